/* See actions_sources.h. */
#include "rooms/actions/actions_sources.h"

#include "rooms/actions/actions.h"
#include "rooms/people/people.h"
#include "store/find.h"

#include <inttypes.h>

static bool open_actions(struct call *call, struct query *query)
{
    query_init(query, &action_record);
    query->sort = ACTION_DUE;
    return query_add(call, query, ACTION_STATE, FILTER_IS, value_choice("open"));
}

static stamp due_of(const struct row *action)
{
    return value_as_int(action->value[ACTION_DUE]);
}

static bool is_past(const struct row *action, stamp now)
{
    return !value_is_null(action->value[ACTION_DUE]) && due_of(action) < now;
}

/* --- what is overdue --- */

/* "3 days", "5 hours", "less than an hour". */
static void write_age(struct out *words, stamp age)
{
    int64_t hours = age / STAMP_HOUR, days = age / STAMP_DAY;
    if (hours < 1)
        out_string(words, "less than an hour");
    else if (days < 2)
        out_format(words, "%" PRId64 " hour%s", hours, hours == 1 ? "" : "s");
    else
        out_format(words, "%" PRId64 " days", days);
}

static text overdue_words(struct call *call, const struct row *action, stamp now)
{
    struct out words;
    rid owner = value_as_int(action->value[ACTION_OWNER]);
    out_init(&words, call);
    write_age(&words, now - due_of(action));
    out_string(&words, " overdue");
    if (owner)
        out_format(&words, ", owned by %.*s", TEXT_FMT(find_title(call, &person_record, owner)));
    else
        out_string(&words, ", nobody owns it");
    return out_view(&words);
}

/* What the query finds, without what is no concern of who asks. */
static bool find_concerned(struct call *call, const struct agenda_ask *ask,
                           const struct query *query, struct rows *rows)
{
    size_t kept = 0;
    if (!find_rows(call, query, rows))
        return false;
    for (size_t i = 0; i < rows->count; i++) {
        bool concerns;
        if (!agenda_concerns(call, ask, &rows->row[i], &concerns))
            return false;
        if (concerns)
            rows->row[kept++] = rows->row[i];
    }
    rows->count = kept;
    return true;
}

/* The longest overdue first. */
static bool compile_overdue(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct query query;
    struct rows rows;
    if (!open_actions(call, &query) ||
        !query_add(call, &query, ACTION_DUE, FILTER_LESS, value_stamp(ask->until)) ||
        !find_concerned(call, ask, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *action = &rows.row[i];
        if (!agenda_add(call, agenda,
                        (struct agenda_point){ .title = row_title(call, action),
                                               .why = overdue_words(call, action, ask->until),
                                               .record = &action_record,
                                               .row = action->id,
                                               .owner = value_as_int(
                                                   action->value[ACTION_OWNER]) }))
            return false;
    }
    return true;
}

/* --- what was promised --- */

static enum promise_kept kept_of(const struct row *action, stamp now)
{
    text state = value_as_text(action->value[ACTION_STATE]);
    if (text_is(state, "done"))
        return PROMISE_KEPT;
    return text_is(state, "open") && !is_past(action, now) ? PROMISE_UNDECIDED : PROMISE_NOT_KEPT;
}

/* What was to be done in the week, by how it stands now. */
static bool collect_due(struct call *call, const struct agenda_ask *ask, struct promises *promises)
{
    struct query query;
    struct rows rows;
    query_init(&query, &action_record);
    query.sort = ACTION_DUE;
    if (!query_add(call, &query, ACTION_DUE, FILTER_AT_LEAST, value_stamp(ask->from)) ||
        !query_add(call, &query, ACTION_DUE, FILTER_LESS, value_stamp(ask->until)) ||
        !find_concerned(call, ask, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *action = &rows.row[i];
        if (!promises_add(call, promises,
                          (struct promise){ .title = row_title(call, action),
                                            .state = value_as_text(action->value[ACTION_STATE]),
                                            .kept = kept_of(action, call->now),
                                            .record = &action_record,
                                            .row = action->id,
                                            .owner = value_as_int(action->value[ACTION_OWNER]) }))
            return false;
    }
    return true;
}

const struct promise_source actions_promises[] = {
    { "actions.due", collect_due },
    { 0 },
};

/* --- what waits --- */

static bool add_need(struct call *call, const struct row *action, text why, struct needs *needs)
{
    return needs_add(call, needs,
                     (struct need){ .kind = "action",
                                    .title = row_title(call, action),
                                    .why = why,
                                    .record = &action_record,
                                    .row = action->id,
                                    .due = due_of(action),
                                    .is_late = is_past(action, call->now) });
}

static text mine_words(struct call *call, const struct row *action)
{
    text step = value_as_text(action->value[ACTION_FIRST_STEP]);
    return step.size ? call_format(call, "you own it; first step: %.*s", TEXT_FMT(step))
                     : TEXT("you own it");
}

static bool collect_mine(struct call *call, rid person, struct needs *needs)
{
    struct query query;
    struct rows rows;
    if (person == 0)
        return true;
    if (!open_actions(call, &query) ||
        !query_add(call, &query, ACTION_OWNER, FILTER_IS, value_ref(person)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!add_need(call, &rows.row[i], mine_words(call, &rows.row[i]), needs))
            return false;
    return true;
}

static bool add_left(struct call *call, const struct row *action, struct needs *needs)
{
    struct row owner;
    if (!find_row(call, &person_record, value_as_int(action->value[ACTION_OWNER]), &owner))
        return false;
    if (owner.archived == 0)
        return true;
    text id = row_public_id(call, &action_record, action->id);
    text why = call_format(call, "%.*s belongs to %.*s, who left: give it to somebody",
                           TEXT_FMT(id), TEXT_FMT(value_as_text(owner.value[PERSON_NAME])));
    return why.at && add_need(call, action, why, needs);
}

/* Whoever owns the workspace, or a team, sees to what nobody would do. */
static bool collect_left(struct call *call, rid person, struct needs *needs)
{
    struct query query;
    struct rows rows;
    unsigned roles;
    if (!people_roles(call, person, &roles))
        return false;
    if (!(roles & ROLE_OWNER))
        return true;
    if (!open_actions(call, &query) ||
        !query_add(call, &query, ACTION_OWNER, FILTER_IS_NOT, VALUE_NONE) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!add_left(call, &rows.row[i], needs))
            return false;
    return true;
}

const struct agenda_source actions_agenda[] = {
    { .name = "actions.overdue",
      .label = "Overdue actions",
      .help = "Open actions past their time, the longest overdue first.",
      .compile = compile_overdue },
    { 0 },
};

const struct need_source actions_needs[] = {
    { "actions.mine", collect_mine },
    { "actions.left", collect_left },
    { 0 },
};
