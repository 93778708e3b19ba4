/* See talking_points.h. Which agenda source stands under which heading is a table. */
#include "rooms/updates/talking_points.h"

#include "base/stamp.h"
#include "offers/update_source.h"
#include "rooms/people/people.h"
#include "rooms/updates/update_draft.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

#include <string.h>

enum { POINTS_MAX = 8, OF_SOURCE_MAX = 3 };

enum heading { OPEN_ITEMS, DECISIONS, BLOCKERS, PROMISES, HEADINGS };
static const char *const heading_words[HEADINGS] = { "Open items", "Decisions", "Blockers",
                                                     "Promises" };

/* What no row names is an open item. */
static const struct {
    const char *source;
    enum heading heading;
} places[] = {
    { "prompts.council", DECISIONS },   { "prompts.urgent", DECISIONS },
    { "knowledge.proposed", DECISIONS }, { "knowledge.revisit", DECISIONS },
    { "incidents.open", BLOCKERS },     { "actions.overdue", BLOCKERS },
    { "prompts.watch", BLOCKERS },      { "updates.bets", PROMISES },
};

static enum heading heading_of(const char *source)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].source, source) == 0)
            return places[i].heading;
    return OPEN_ITEMS;
}

struct page {
    struct call *call;
    struct out out[HEADINGS];
    size_t count[HEADINGS], shown[HEADINGS];
};

/* A line that leads to its row; a point that is about none is its words. */
static bool add_point(struct page *page, enum heading heading, const struct agenda_point *point,
                      bool is_shown)
{
    struct row row;
    struct out *out = &page->out[heading];
    page->count[heading]++;
    if (!is_shown || page->shown[heading] == POINTS_MAX)
        return true;
    page->shown[heading]++;
    bool is_row = point->record && find_row(page->call, point->record, point->row, &row);
    if (page->call->fail.kind != FAIL_NONE)
        return false;
    text title = point->title, shown = is_row ? update_link(page->call, &row) : title;
    out_format(out, "- %.*s", TEXT_FMT(shown));
    if (is_row && title.size && !text_equal(title, row_title(page->call, &row)))
        out_format(out, " %.*s", TEXT_FMT(title));
    if (point->why.size)
        out_format(out, ": %.*s", TEXT_FMT(point->why));
    text owner = find_title(page->call, &person_record, point->owner);
    if (owner.at)
        out_format(out, " (%.*s)", TEXT_FMT(owner));
    out_char(out, '\n');
    return true;
}

/* The first of each source: no source leaves the others without a line. */
static bool add_agenda(struct page *page, const struct agenda_ask *ask)
{
    const struct agenda_source *const *sources = agenda_sources(page->call);
    if (!sources)
        return false;
    for (; *sources; sources++) {
        struct agenda agenda = { .point = NULL };
        /* What the update itself lacks is nothing to talk about with others. */
        if (strcmp((*sources)->name, "updates.missing") == 0)
            continue;
        if (!(*sources)->compile(page->call, ask, &agenda))
            return false;
        for (size_t i = 0; i < agenda.count; i++)
            if (!add_point(page, heading_of((*sources)->name), &agenda.point[i],
                           i < OF_SOURCE_MAX))
                return false;
    }
    return true;
}

/* The open bets of the week's own update. */
static bool add_bets(struct page *page, const struct agenda_ask *ask)
{
    char week[WEEK_TEXT_SIZE];
    struct row update;
    struct rows bets;
    week_write(ask->week, week);
    if (!update_find(page->call, ask->team, text_of(week), &update))
        return page->call->fail.kind == FAIL_NONE;
    if (!update_bets(page->call, update.id, &bets))
        return false;
    for (size_t i = 0; i < bets.count; i++) {
        const struct agenda_point point = {
            .record = &bet_record,
            .row = bets.row[i].id,
            .why = value_as_text(bets.row[i].value[BET_OUTCOME]),
            .owner = value_as_int(bets.row[i].value[BET_OWNER]),
        };
        if (text_is(value_as_text(bets.row[i].value[BET_STATE]), "open") &&
            !add_point(page, PROMISES, &point, true))
            return false;
    }
    return true;
}

static bool read_week(struct call *call, rid team, struct agenda_ask *ask)
{
    text zone;
    *ask = (struct agenda_ask){ .team = team, .until = call->now };
    return people_team_zone(call, team, &zone) &&
           week_of_stamp(call, zone, call->now, &ask->week) &&
           week_monday(call, zone, ask->week, &ask->from);
}

static void write_page(const struct page *page, text team, struct out *out)
{
    out_format(out, "# Talking points, %.*s\n", TEXT_FMT(team));
    for (size_t i = 0; i < HEADINGS; i++) {
        out_format(out, "\n## %s\n\n%.*s", heading_words[i], TEXT_FMT(out_view(&page->out[i])));
        if (page->count[i] == 0)
            out_string(out, "None.\n");
        if (page->count[i] > page->shown[i])
            out_format(out, "- and %zu more\n", page->count[i] - page->shown[i]);
    }
}

bool talking_points(struct call *call, rid team, text *markdown)
{
    struct page page = { .call = call };
    struct agenda_ask ask;
    struct out out;
    text name = team ? find_title(call, &team_record, team) : TEXT("the whole workspace");
    for (size_t i = 0; i < HEADINGS; i++)
        out_init(&page.out[i], call);
    if (!read_week(call, team, &ask) || !add_agenda(&page, &ask) || !add_bets(&page, &ask))
        return false;
    out_init(&out, call);
    write_page(&page, name, &out);
    *markdown = out_view(&out);
    return call->fail.kind == FAIL_NONE;
}
