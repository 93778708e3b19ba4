/* See knowledge_sources.h. A decision is no team's: it is on every agenda that asks for it. */
#include "rooms/knowledge/knowledge_sources.h"

#include "rooms/knowledge/knowledge_page.h"
#include "store/find.h"

/* Accepted ones whose day has come and whose outcome is not written down, by that day. */
static bool find_due(struct call *call, int64_t today, rid owner, struct rows *rows)
{
    struct query query;
    query_init(&query, &decision_record);
    query.sort = DECISION_REVISIT;
    return query_add(call, &query, DECISION_STATE, FILTER_IS, value_choice("accepted")) &&
           query_add(call, &query, DECISION_REVISIT, FILTER_AT_MOST, value_int(today)) &&
           query_add(call, &query, DECISION_OUTCOME, FILTER_IS, VALUE_NONE) &&
           (owner == 0 ||
            query_add(call, &query, DECISION_OWNER, FILTER_IS, value_ref(owner))) &&
           find_rows(call, &query, rows);
}

static struct agenda_point point_of(struct call *call, const struct row *decision, text why)
{
    return (struct agenda_point){ .title = row_title(call, decision),
                                  .why = why,
                                  .record = &decision_record,
                                  .row = decision->id,
                                  .owner = value_as_int(decision->value[DECISION_OWNER]) };
}

static bool compile_revisit(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct rows rows;
    int64_t today;
    if (!decision_day(call, ask->until, &today) || !find_due(call, today, 0, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        char day[DATE_TEXT_SIZE];
        date_write(value_as_int(rows.row[i].value[DECISION_REVISIT]), day);
        text why = call_format(call, "to be looked at again on %s; its outcome is not recorded",
                               day);
        if (!why.at || !agenda_add(call, agenda, point_of(call, &rows.row[i], why)))
            return false;
    }
    return true;
}

/* What accepting it would be refused for, so that somebody brings it along. */
static text proposed_words(const struct row *decision)
{
    bool has_owner = !value_is_null(decision->value[DECISION_OWNER]),
         has_options = !value_is_null(decision->value[DECISION_OPTIONS]);
    if (has_owner && has_options)
        return TEXT("waits for a decision");
    if (has_owner)
        return TEXT("waits for a decision; the options considered are missing");
    return has_options ? TEXT("waits for a decision; an owner is missing")
                       : TEXT("waits for a decision; owner and options considered are missing");
}

static bool compile_proposed(struct call *call, const struct agenda_ask *ask,
                             struct agenda *agenda)
{
    struct query query;
    struct rows rows;
    (void)ask;
    query_init(&query, &decision_record);
    if (!query_add(call, &query, DECISION_STATE, FILTER_IS, value_choice("proposed")) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!agenda_add(call, agenda,
                        point_of(call, &rows.row[i], proposed_words(&rows.row[i]))))
            return false;
    return true;
}

/* The day lasts until its end in the workspace's zone; after it the owner is late. */
static bool collect_revisit(struct call *call, rid person, struct needs *needs)
{
    struct rows rows;
    int64_t today;
    if (person == 0)
        return true;
    if (!decision_day(call, call->now, &today) || !find_due(call, today, person, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        int64_t day = value_as_int(rows.row[i].value[DECISION_REVISIT]);
        stamp due;
        if (!stamp_from_local(call, call->workspace_zone, (day + 1) * STAMP_DAY, &due) ||
            !needs_add(call, needs,
                       (struct need){ .kind = "decision",
                                      .title = row_title(call, &rows.row[i]),
                                      .why = TEXT("you own it, and the day to look at it again has "
                                                  "come: record its outcome"),
                                      .record = &decision_record,
                                      .row = rows.row[i].id,
                                      .due = due,
                                      .is_late = day < today }))
            return false;
    }
    return true;
}

const struct agenda_source knowledge_agenda[] = {
    { .name = "knowledge.revisit",
      .label = "Decisions to look at again",
      .help = "Accepted decisions whose day has come and whose outcome is not recorded.",
      .compile = compile_revisit },
    { .name = "knowledge.proposed",
      .label = "Waiting for a decision",
      .help = "Decisions that are proposed, the oldest first.",
      .compile = compile_proposed },
    { .name = "knowledge.stale",
      .label = "Pages to look at again",
      .help = "Knowledge pages whose day has passed.",
      .compile = knowledge_compile_stale },
    { 0 },
};

const struct need_source knowledge_needs[] = {
    { "knowledge.revisit", collect_revisit },
    { "knowledge.stale", knowledge_collect_stale },
    { 0 },
};
