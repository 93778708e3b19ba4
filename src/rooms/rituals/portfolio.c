/* See portfolio.h. */
#include "rooms/rituals/portfolio.h"

#include <stdlib.h>

#include "rooms/people/people.h"
#include "rooms/rituals/rituals.h"
#include "store/find.h"

enum { DAYS_OF_WEEK = 7, CLONES_OF_CLONES_MAX = 20 };

struct reading {
    struct call *call;
    struct ritual_calendar *calendar;
    struct portfolio *portfolio;
    text zone;      /* of the workspace: its weeks are counted */
    iso_week first; /* the first week that counts */
    stamp from, until;
    size_t row_room, column_room;
};

/* --- rows and columns --- */

/* The ritual that it came from first, over clones of clones. */
static const struct row *root_of(const struct reading *reading, const struct row *ritual)
{
    for (int i = 0; i < CLONES_OF_CLONES_MAX; i++) {
        rid of = value_as_int(ritual->value[RITUAL_CLONE_OF]);
        const struct row *original = of ? ritual_calendar_find(reading->calendar, of) : NULL;
        if (!original)
            break;
        ritual = original;
    }
    return ritual;
}

static bool add_line(struct portfolio_line *lines, size_t room, size_t *count,
                     struct portfolio_line line)
{
    for (size_t i = 0; i < *count; i++)
        if (lines[i].key == line.key)
            return true;
    if (*count < room)
        lines[(*count)++] = line;
    return line.name.at != NULL;
}

static bool add_row(struct reading *reading, const struct row *ritual)
{
    struct call *call = reading->call;
    struct portfolio *portfolio = reading->portfolio;
    bool by_surface = portfolio->wish.by_surface;
    const struct record *record =
        by_surface ? catalog_record(call->catalog, TEXT("surface")) : &team_record;
    struct portfolio_line line = {
        .key = value_as_int(ritual->value[by_surface ? RITUAL_SURFACE : RITUAL_TEAM]),
        .name = by_surface ? TEXT("All surfaces") : TEXT("The whole workspace"),
    };
    if (line.key) {
        line.name = find_title(call, record, line.key);
        line.id = row_public_id(call, record, line.key);
        if (!line.name.at)
            line.name = line.id; /* dropped, or not for whoever asks */
    }
    return add_line(portfolio->row, reading->row_room, &portfolio->row_count, line);
}

static bool add_ritual_column(struct reading *reading, const struct row *ritual)
{
    const struct row *root = root_of(reading, ritual);
    struct portfolio *portfolio = reading->portfolio;
    struct portfolio_line line = {
        .key = root->id,
        .name = row_title(reading->call, root),
        .id = row_public_id(reading->call, &ritual_record, root->id),
    };
    return add_line(portfolio->column, reading->column_room, &portfolio->column_count, line);
}

static bool add_week_columns(struct reading *reading)
{
    struct portfolio *portfolio = reading->portfolio;
    for (int64_t i = 0; i < portfolio->wish.weeks; i++) {
        char word[WEEK_TEXT_SIZE];
        week_write(reading->first + (iso_week)i, word);
        struct portfolio_line line = { .key = reading->first + i,
                                       .name = call_text(reading->call, text_of(word)) };
        if (!add_line(portfolio->column, reading->column_room, &portfolio->column_count, line))
            return false;
    }
    return true;
}

static int by_name(const void *a, const void *b)
{
    const struct portfolio_line *x = a, *y = b;
    int order = text_compare(x->name, y->name);
    return order ? order : (x->key > y->key) - (x->key < y->key);
}

static bool make_lines(struct reading *reading)
{
    struct portfolio *portfolio = reading->portfolio;
    const struct rows *rituals = &reading->calendar->rituals;
    bool by_ritual = portfolio->wish.by_ritual;
    reading->row_room = rituals->count + 1;
    reading->column_room = (by_ritual ? rituals->count : (size_t)portfolio->wish.weeks) + 1;
    portfolio->row = call_array(reading->call, reading->row_room, sizeof *portfolio->row);
    portfolio->column = call_array(reading->call, reading->column_room, sizeof *portfolio->column);
    if (!portfolio->row || !portfolio->column || (!by_ritual && !add_week_columns(reading)))
        return false;
    for (size_t i = 0; i < rituals->count; i++)
        if (!add_row(reading, &rituals->row[i]) ||
            (by_ritual && !add_ritual_column(reading, &rituals->row[i])))
            return false;
    qsort(portfolio->row, portfolio->row_count, sizeof *portfolio->row, by_name);
    if (by_ritual)
        qsort(portfolio->column, portfolio->column_count, sizeof *portfolio->column, by_name);
    portfolio->cell = call_array(reading->call, portfolio->row_count * portfolio->column_count + 1,
                                 sizeof *portfolio->cell);
    return portfolio->cell != NULL;
}

/* --- counting --- */

static struct portfolio_line *line_of(struct portfolio_line *lines, size_t count, rid key)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i].key == key)
            return &lines[i];
    return NULL;
}

/* What is open or still to come is neither, unless it was called off or skipped beforehand. */
static void count_slot(const struct occurrence_slot *slot, struct portfolio_cell *cell)
{
    cell->held += text_is(slot->state, "closed");
    cell->incomplete += text_is(slot->state, "held_incomplete");
    cell->skipped += text_is(slot->state, "skipped");
    cell->cancelled += text_is(slot->state, "cancelled");
    cell->missed += slot->is_missed;
}

static bool column_key(struct reading *reading, const struct occurrence_slot *slot, rid *key)
{
    iso_week week;
    if (reading->portfolio->wish.by_ritual) {
        *key = root_of(reading, slot->ritual)->id;
        return true;
    }
    if (!week_of_stamp(reading->call, reading->zone, slot->at, &week))
        return false;
    *key = week;
    return true;
}

static bool count_ritual(struct reading *reading, const struct row *ritual)
{
    struct portfolio *portfolio = reading->portfolio;
    struct occurrence_slots slots;
    rid row_key = value_as_int(
        ritual->value[portfolio->wish.by_surface ? RITUAL_SURFACE : RITUAL_TEAM]);
    struct portfolio_line *row = line_of(portfolio->row, portfolio->row_count, row_key);
    if (!occurrence_slots_of(reading->call, reading->calendar, ritual, reading->from,
                             reading->until, &slots))
        return false;
    for (size_t i = 0; i < slots.count; i++) {
        rid key;
        if (!slots.slot[i].stored && slots.slot[i].at >= reading->call->now)
            continue; /* its condition may be met until then */
        if (!column_key(reading, &slots.slot[i], &key))
            return false;
        struct portfolio_line *column = line_of(portfolio->column, portfolio->column_count, key);
        if (!row || !column)
            continue;
        size_t at = (size_t)(row - portfolio->row) * portfolio->column_count +
                    (size_t)(column - portfolio->column);
        count_slot(&slots.slot[i], &portfolio->cell[at]);
        count_slot(&slots.slot[i], &row->total);
        count_slot(&slots.slot[i], &column->total);
        count_slot(&slots.slot[i], &portfolio->total);
    }
    return true;
}

static bool begin(struct reading *reading)
{
    struct call *call = reading->call;
    iso_week now;
    if (!people_team_zone(call, 0, &reading->zone) ||
        !week_of_stamp(call, reading->zone, call->now, &now))
        return false;
    reading->first = now - (iso_week)reading->portfolio->wish.weeks + 1;
    reading->calendar = call_new(call, struct ritual_calendar);
    return reading->calendar &&
           week_monday(call, reading->zone, reading->first, &reading->from) &&
           week_monday(call, reading->zone, now + 1, &reading->until) &&
           ritual_calendar_read(call, reading->from / STAMP_DAY - DAYS_OF_WEEK,
                                reading->until / STAMP_DAY + DAYS_OF_WEEK, reading->calendar);
}

bool portfolio_read(struct call *call, const struct portfolio_wish *wish,
                    struct portfolio *portfolio)
{
    struct reading reading = { .call = call, .portfolio = portfolio };
    *portfolio = (struct portfolio){ .wish = *wish };
    if (!begin(&reading) || !make_lines(&reading))
        return false;
    for (size_t i = 0; i < reading.calendar->rituals.count; i++)
        if (!count_ritual(&reading, &reading.calendar->rituals.row[i]))
            return false;
    return true;
}

int64_t portfolio_expected(const struct portfolio_cell *cell)
{
    return cell->held + cell->incomplete + cell->skipped + cell->missed;
}
