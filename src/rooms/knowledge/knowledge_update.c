/* Room knowledge: what was decided in the week, for the weekly update. */
#include "offers/update_source.h"
#include "rooms/knowledge/knowledge.h"
#include "store/find.h"

static bool collect_decided(struct call *call, const struct agenda_ask *ask,
                            struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    int64_t from, until;
    query_init(&query, &decision_record);
    if (!decision_day(call, ask->from, &from) || !decision_day(call, ask->until, &until) ||
        !query_add(call, &query, DECISION_DECIDED, FILTER_AT_LEAST, value_int(from)) ||
        !query_add(call, &query, DECISION_DECIDED, FILTER_AT_MOST, value_int(until)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        text line = call_format(call, "Decided: %.*s.", TEXT_FMT(update_link(call, &rows.row[i])));
        if (decision_is(&rows.row[i], "accepted") &&
            !update_line_about(call, ask, &rows.row[i], line, 1, lines))
            return false;
    }
    return true;
}

/* What was learned of users in the week. */
static bool collect_lessons(struct call *call, const struct agenda_ask *ask,
                            struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    /* Of the week that runs, all that there is. */
    stamp until = ask->until < call->now ? ask->until : INT64_MAX;
    query_init(&query, &lesson_record);
    query.sort = FIND_CREATED;
    if (!query_add(call, &query, LESSON_TOPIC, FILTER_IS, value_choice("users")) ||
        !query_add(call, &query, FIND_CREATED, FILTER_AT_LEAST, value_stamp(ask->from)) ||
        !query_add(call, &query, FIND_CREATED, FILTER_LESS, value_stamp(until)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!update_line_about(call, ask, &rows.row[i], update_link(call, &rows.row[i]), 2, lines))
            return false;
    return true;
}

const struct update_source knowledge_update[] = {
    { "knowledge.decided", "Decisions of the week", UPDATE_PART_CHANGED, collect_decided },
    { "knowledge.lessons", "Lessons about users", UPDATE_PART_USER, collect_lessons },
    { 0 },
};
