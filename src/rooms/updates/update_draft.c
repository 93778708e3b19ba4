/* See update_draft.h. */
#include "rooms/updates/update_draft.h"

#include "base/stamp.h"
#include "engine/weekly_update.h"
#include "ledger/ledger.h"
#include "offers/update_source.h"
#include "rooms/people/people.h"
#include "rooms/updates/update_document.h"

enum { CHANGED_MAX = 8 };

bool update_week(struct call *call, rid team, text word, text *week)
{
    char room[WEEK_TEXT_SIZE];
    iso_week number;
    text zone;
    if (!people_team_zone(call, team, &zone) || !week_of_stamp(call, zone, call->now, &number) ||
        !week_check(call, word, &number))
        return false;
    week_write(number, room);
    *week = call_text(call, text_of(room));
    return week->at != NULL;
}

bool update_find(struct call *call, rid team, text week, struct row *update)
{
    struct query query;
    query_init(&query, &update_record);
    return query_add(call, &query, UPDATE_WEEK, FILTER_IS, value_text(week)) &&
           query_add(call, &query, UPDATE_TEAM, FILTER_IS, team ? value_ref(team) : VALUE_NONE) &&
           find_first(call, &query, update);
}

/* --- what the rooms bring --- */

/* As many lines as there may be, as a list. */
static bool fill_list(struct call *call, const struct agenda_ask *ask, struct row *update)
{
    struct update_lines lines;
    struct out out;
    if (!update_lines_of(call, ask, UPDATE_PART_CHANGED, &lines))
        return false;
    out_init(&out, call);
    for (size_t i = 0; i < lines.count && i < CHANGED_MAX; i++)
        out_format(&out, "%s- %.*s", i ? "\n" : "", TEXT_FMT(lines.line[i].line));
    if (out.size)
        update->value[UPDATE_PRODUCTION] = value_text(out_view(&out));
    return call->fail.kind == FAIL_NONE;
}

/* The weightiest line: exactly one is told. */
static bool fill_one(struct call *call, const struct agenda_ask *ask, enum update_part part,
                     int field, struct row *update)
{
    struct update_lines lines;
    if (!update_lines_of(call, ask, part, &lines))
        return false;
    if (lines.count)
        update->value[field] = value_text(lines.line[0].line);
    return true;
}

/* As many lines as two sentences hold. */
static bool fill_world(struct call *call, const struct agenda_ask *ask, struct row *update)
{
    struct update_lines lines;
    struct out out;
    size_t sentences = 0;
    if (!update_lines_of(call, ask, UPDATE_PART_WORLD, &lines))
        return false;
    out_init(&out, call);
    for (size_t i = 0; i < lines.count; i++) {
        sentences += weekly_update_sentences(lines.line[i].line);
        if (sentences > UPDATE_SENTENCES_MAX)
            break;
        out_format(&out, "%s%.*s", out.size ? " " : "", TEXT_FMT(lines.line[i].line));
    }
    if (out.size)
        update->value[UPDATE_WORLD] = value_text(out_view(&out));
    return call->fail.kind == FAIL_NONE;
}

bool update_draft_fill(struct call *call, const struct agenda_ask *ask, struct row *update)
{
    return fill_list(call, ask, update) &&
           fill_one(call, ask, UPDATE_PART_EVAL, UPDATE_EVAL, update) &&
           fill_one(call, ask, UPDATE_PART_USER, UPDATE_USER, update) &&
           fill_one(call, ask, UPDATE_PART_COST_LATENCY, UPDATE_COST_LATENCY, update) &&
           fill_world(call, ask, update);
}

static bool fill(struct call *call, struct row *update)
{
    struct agenda_ask ask;
    return update_ask(call, update, &ask) && update_draft_fill(call, &ask, update);
}

bool update_draft_make(struct call *call, rid team, text week, struct row *update)
{
    if (update_find(call, team, week, update))
        return true;
    if (call->fail.kind != FAIL_NONE || !row_init(call, &update_record, update))
        return false;
    update->value[UPDATE_WEEK] = value_text(week);
    update->value[UPDATE_TEAM] = value_ref(team);
    return update_record.settle(call, NULL, update) && fill(call, update);
}

bool update_draft_store(struct call *call, rid team, text week, struct row *update, bool *is_new)
{
    if (!update_draft_make(call, team, week, update))
        return false;
    *is_new = update->id == 0;
    return !*is_new || ledger_create(call, update);
}
