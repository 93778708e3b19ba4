/* See occurrence_agenda.h. */
#include "rooms/rituals/occurrence_agenda.h"

#include "ledger/ledger.h"
#include "rooms/rituals/rituals.h"

enum { TITLE_BYTES_MAX = 900 };

bool occurrence_owned_read(struct call *call, const struct record *record, rid occurrence,
                           struct rows *rows)
{
    struct query query;
    query_init(&query, record);
    return query_add(call, &query, record_parent(record), FILTER_IS, value_ref(occurrence)) &&
           find_rows(call, &query, rows);
}

/* --- rows that are not stored yet --- */

static struct row *add_row(struct call *call, struct rows *items)
{
    items->row = call_more(call, items->row, items->count, &items->room, sizeof *items->row);
    if (!items->row || !row_init(call, &agenda_item_record, &items->row[items->count]))
        return NULL;
    return &items->row[items->count++];
}

static bool is_unfinished(const struct row *item)
{
    text state = value_as_text(item->value[AGENDA_ITEM_STATE]);
    return text_is(state, "open") || text_is(state, "parked");
}

static bool has_same(const struct row *a, const struct row *b, enum agenda_item_field field)
{
    return !value_is_null(a->value[field]) && value_equal(a->value[field], b->value[field]);
}

/* One row under the same words, whichever source brings it: a flip that is overdue as well. */
static bool tells_the_same(const struct row *a, const struct row *b)
{
    return has_same(a, b, AGENDA_ITEM_ABOUT) && has_same(a, b, AGENDA_ITEM_TITLE);
}

/* The same thing as the last time. */
static bool is_same(const struct row *a, const struct row *b)
{
    enum agenda_item_field by =
        value_is_null(a->value[AGENDA_ITEM_ABOUT]) ? AGENDA_ITEM_TITLE : AGENDA_ITEM_ABOUT;
    return tells_the_same(a, b) ||
           (value_equal(a->value[AGENDA_ITEM_SOURCE], b->value[AGENDA_ITEM_SOURCE]) &&
            value_equal(a->value[by], b->value[by]));
}

/* How often it was unfinished before: one more than the last time counted. */
static void count_carried(const struct rows *last, struct row *item)
{
    for (size_t i = 0; i < last->count; i++)
        if (is_unfinished(&last->row[i]) && is_same(item, &last->row[i]))
            item->value[AGENDA_ITEM_CARRIED] =
                value_int(value_as_int(last->row[i].value[AGENDA_ITEM_CARRIED]) + 1);
}

static bool is_told_before(const struct rows *items, const struct row *row)
{
    for (const struct row *before = items->row; before < row; before++)
        if (tells_the_same(before, row))
            return true;
    return false;
}

static bool add_point(struct call *call, const struct agenda_point *point,
                      const struct rows *last, struct rows *items)
{
    struct row *row = add_row(call, items);
    if (!row)
        return false;
    row->value[AGENDA_ITEM_TITLE] = value_text(text_until_character(point->title, TITLE_BYTES_MAX));
    row->value[AGENDA_ITEM_WHY] = value_text(text_until_character(point->why, TITLE_BYTES_MAX));
    row->value[AGENDA_ITEM_OWNER] = value_ref(point->owner);
    row->value[AGENDA_ITEM_SOURCE] = value_choice(point->source);
    if (point->record)
        row->value[AGENDA_ITEM_ABOUT] =
            value_text(row_public_id(call, point->record, point->row));
    count_carried(last, row);
    items->count -= is_told_before(items, row);
    return true;
}

/*
 * What people added comes along as it is. What a source brought comes only if the source still
 * brings it: what live data no longer tells is done.
 */
static bool is_added(const struct row *item)
{
    return value_is_null(item->value[AGENDA_ITEM_SOURCE]);
}

static bool add_carried(struct call *call, const struct rows *last, struct rows *items)
{
    static const enum agenda_item_field kept[] = { AGENDA_ITEM_TITLE, AGENDA_ITEM_WHY,
                                                   AGENDA_ITEM_OWNER, AGENDA_ITEM_ABOUT };
    for (size_t i = 0; i < last->count; i++) {
        const struct row *before = &last->row[i];
        if (!is_unfinished(before) || !is_added(before))
            continue;
        struct row *row = add_row(call, items);
        if (!row)
            return false;
        for (size_t field = 0; field < sizeof kept / sizeof *kept; field++)
            row->value[kept[field]] = before->value[kept[field]];
        row->value[AGENDA_ITEM_CARRIED] =
            value_int(value_as_int(before->value[AGENDA_ITEM_CARRIED]) + 1);
    }
    return true;
}

/* What is not stored: carried over first, then what the sources bring. */
static bool compile(struct call *call, const struct occurrence_slot *slot,
                    const struct agenda_ask *ask, const struct rows *last, struct rows *items)
{
    struct value names = slot->ritual->value[RITUAL_AGENDA];
    struct agenda agenda = { .point = NULL };
    if (!add_carried(call, last, items) ||
        !agenda_compile(call, ask, names.texts, names.count, &agenda))
        return false;
    for (size_t i = 0; i < agenda.count; i++)
        if (!add_point(call, &agenda.point[i], last, items))
            return false;
    return true;
}

static bool read_last(struct call *call, rid last, struct rows *items)
{
    *items = (struct rows){ .row = NULL };
    return last == 0 || occurrence_owned_read(call, &agenda_item_record, last, items);
}

bool occurrence_agenda_read(struct call *call, const struct occurrence_slot *slot,
                            const struct agenda_ask *ask, rid last, struct rows *items)
{
    struct rows before;
    *items = (struct rows){ .row = NULL };
    if (slot->stored &&
        !occurrence_owned_read(call, &agenda_item_record, slot->stored->id, items))
        return false;
    if (!text_is(slot->state, "scheduled"))
        return true;
    items->room = items->count;
    return read_last(call, last, &before) && compile(call, slot, ask, &before, items);
}

/* --- the start --- */

static bool comes_along(const struct row *item, const struct rows *items)
{
    for (size_t i = 0; i < items->count; i++)
        if (is_same(item, &items->row[i]))
            return true;
    return false;
}

static bool mark_carried(struct call *call, const struct rows *last, const struct rows *items)
{
    for (size_t i = 0; i < last->count; i++) {
        struct row after;
        if (!is_unfinished(&last->row[i]) || !comes_along(&last->row[i], items))
            continue;
        if (!row_copy(call, &last->row[i], &after))
            return false;
        after.value[AGENDA_ITEM_STATE] = value_choice("carried");
        if (!ledger_update(call, &last->row[i], &after))
            return false;
    }
    return true;
}

static bool store_items(struct call *call, rid occurrence, struct rows *items)
{
    for (size_t i = 0; i < items->count; i++) {
        items->row[i].value[AGENDA_ITEM_OCCURRENCE] = value_ref(occurrence);
        if (!ledger_create(call, &items->row[i]))
            return false;
    }
    return true;
}

static bool store_steps(struct call *call, const struct occurrence_slot *slot)
{
    struct rows steps;
    if (!occurrence_owned_read(call, &ritual_step_record, slot->ritual->id, &steps))
        return false;
    for (size_t i = 0; i < steps.count; i++) {
        struct row row;
        if (!row_init(call, &occurrence_step_record, &row))
            return false;
        row.value[OCCURRENCE_STEP_OCCURRENCE] = value_ref(slot->stored->id);
        row.value[OCCURRENCE_STEP_NAME] = steps.row[i].value[RITUAL_STEP_NAME];
        row.value[OCCURRENCE_STEP_MINUTES] = steps.row[i].value[RITUAL_STEP_MINUTES];
        row.value[OCCURRENCE_STEP_PLACE] = steps.row[i].value[RITUAL_STEP_PLACE];
        if (!ledger_create(call, &row))
            return false;
    }
    return true;
}

bool occurrence_agenda_freeze(struct call *call, const struct occurrence_slot *slot,
                              const struct agenda_ask *ask, rid last)
{
    struct rows before, items = { .row = NULL };
    return read_last(call, last, &before) && compile(call, slot, ask, &before, &items) &&
           mark_carried(call, &before, &items) && store_items(call, slot->stored->id, &items) &&
           store_steps(call, slot);
}
