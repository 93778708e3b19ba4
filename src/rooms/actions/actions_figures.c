/* See actions_sources.h: how many actions there are, and those that no update leaves out. */
#include "rooms/actions/actions_sources.h"

#include "rooms/actions/actions.h"
#include "rooms/people/people.h"
#include "store/find.h"

/* --- figures --- */

enum { OF_SURFACE };

static bool count_rows(struct call *call, const struct figure_ask *ask, const char *state,
                       struct query *query, struct figure_answer *answer)
{
    struct agenda_ask whose = { .team = ask->scope.team };
    struct rows rows;
    if (!query_add(call, query, ACTION_STATE, FILTER_IS, value_choice(state)) ||
        (ask->row[OF_SURFACE] && !query_add(call, query, ACTION_SURFACE, FILTER_IS,
                                            value_ref(ask->row[OF_SURFACE]))) ||
        !find_rows(call, query, &rows))
        return false;
    answer->is_known = true;
    for (size_t i = 0; i < rows.count; i++) {
        bool concerns;
        if (!agenda_concerns(call, &whose, &rows.row[i], &concerns))
            return false;
        answer->value += concerns;
    }
    return true;
}

static bool read_open(struct call *call, const struct figure_ask *ask,
                      struct figure_answer *answer)
{
    struct query query;
    query_init(&query, &action_record);
    answer->link = TEXT("/actions?state=open");
    answer->working = TEXT("rondo action list --state open");
    return count_rows(call, ask, "open", &query, answer);
}

static bool read_overdue(struct call *call, const struct figure_ask *ask,
                         struct figure_answer *answer)
{
    struct query query;
    query_init(&query, &action_record);
    answer->link = TEXT("/actions?state=open&sort=due");
    answer->working = TEXT("rondo action list --state open --sort due");
    return query_add(call, &query, ACTION_DUE, FILTER_LESS, value_stamp(call->now)) &&
           count_rows(call, ask, "open", &query, answer);
}

static bool read_done(struct call *call, const struct figure_ask *ask,
                      struct figure_answer *answer)
{
    char week[WEEK_TEXT_SIZE];
    struct query query;
    query_init(&query, &action_record);
    week_write(ask->scope.week, week);
    answer->link = call_format(call, "/actions?state=done&week=%s", week);
    answer->working = call_format(call, "rondo action list --state done --week %s", week);
    return query_add(call, &query, ACTION_WEEK, FILTER_IS, value_text(text_of(week))) &&
           count_rows(call, ask, "done", &query, answer);
}

#define PARAMETER_SURFACE { { "surface", "surface", false, "Only those of a surface." } }

const struct figure actions_figures[] = {
    { "actions.open", "Open actions", "Actions that nobody has done yet.", FIGURE_COUNT,
      PARAMETER_SURFACE, read_open },
    { "actions.overdue", "Overdue actions", "Open actions past their time.", FIGURE_COUNT,
      PARAMETER_SURFACE, read_overdue },
    { "actions.done", "Actions done", "Actions of the week's review that are done.", FIGURE_COUNT,
      PARAMETER_SURFACE, read_done },
    { 0 },
};

/* --- what no update leaves out --- */

static text overdue_line(struct call *call, const struct row *action)
{
    rid owner = value_as_int(action->value[ACTION_OWNER]);
    text name = owner ? find_title(call, &person_record, owner) : TEXT_NONE;
    long long days =
        (long long)((call->now - value_as_int(action->value[ACTION_DUE])) / STAMP_DAY);
    struct out line;
    out_init(&line, call);
    out_text(&line, update_link(call, action));
    if (days > 0)
        out_format(&line, " is overdue by %lld day%s", days, days == 1 ? "" : "s");
    else
        out_string(&line, " is overdue since today");
    if (name.at)
        out_format(&line, ", owned by %.*s.", TEXT_FMT(name));
    else
        out_string(&line, ", nobody owns it.");
    return out_view(&line);
}

/* The longest overdue first. */
static bool collect_overdue(struct call *call, const struct agenda_ask *ask,
                            struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    query_init(&query, &action_record);
    query.sort = ACTION_DUE;
    if (!query_add(call, &query, ACTION_STATE, FILTER_IS, value_choice("open")) ||
        !query_add(call, &query, ACTION_DUE, FILTER_LESS, value_stamp(call->now)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!update_line_about(call, ask, &rows.row[i], overdue_line(call, &rows.row[i]), 0,
                               lines))
            return false;
    return true;
}

const struct update_source actions_update[] = {
    { "actions.overdue", "Overdue actions", UPDATE_PART_EXCEPTION, collect_overdue },
    { 0 },
};
