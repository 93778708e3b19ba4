/* See rollback_drill.h: the record, and what happens to one. */
#include "rooms/prompts/rollback_drill.h"

#include "base/stamp.h"
#include "ledger/ledger.h"
#include "ledger/state.h"
#include "rooms/prompts/label_move.h"
#include "store/find.h"

enum { TARGET_SECONDS_DEFAULT = 300 };

static const char *const state_words[] = { "running",   "confirmed", "held",
                                           "abandoned", "postponed", NULL };
static const char *const result_words[] = { "passed", "failed", NULL };

static const struct field drill_fields[] = {
    [ROLLBACK_DRILL_SCENARIO] = { .name = "scenario",
                                  .label = "Scenario",
                                  .kind = FIELD_TEXT,
                                  .flags = FIELD_NEEDED | FIELD_SEARCHED,
                                  .help = "What is supposed to have gone wrong." },
    [ROLLBACK_DRILL_PROMPT] = { .name = "prompt",
                                .label = "Prompt",
                                .kind = FIELD_REF,
                                .refers = "prompt",
                                .flags = FIELD_COUNTED | FIELD_INDEXED | FIELD_BY_NAME,
                                .help = "What is rolled back." },
    [ROLLBACK_DRILL_STATE] = { .name = "state",
                               .label = "State",
                               .kind = FIELD_CHOICE,
                               .choices = state_words,
                               .flags = FIELD_NEEDED,
                               .fallback = "running",
                               .help = "Where it stands." },
    [ROLLBACK_DRILL_LABEL] = { .name = "label",
                               .label = "Shadow label",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_COUNTED,
                               .help = "What is moved in place of the label that users meet." },
    [ROLLBACK_DRILL_PLAN] = { .name = "plan",
                              .label = "Rollback plan",
                              .kind = FIELD_PROSE,
                              .flags = FIELD_SEARCHED,
                              .help = "What was written down for this hour." },
    [ROLLBACK_DRILL_FROM_VERSION] = { .name = "from_version",
                                      .label = "From",
                                      .kind = FIELD_REF,
                                      .refers = "prompt_version",
                                      .flags = FIELD_COUNTED | FIELD_BY_NAME,
                                      .help = "What is served when it starts." },
    [ROLLBACK_DRILL_TO_VERSION] = { .name = "to_version",
                                    .label = "Back to",
                                    .kind = FIELD_REF,
                                    .refers = "prompt_version",
                                    .flags = FIELD_COUNTED | FIELD_BY_NAME,
                                    .help = "What is to be served in the end." },
    [ROLLBACK_DRILL_TARGET_SECONDS] = { .name = "target_seconds",
                                        .label = "Target, seconds",
                                        .kind = FIELD_INT,
                                        .min = 1,
                                        .max = 86400,
                                        .help = "How long it may take." },
    [ROLLBACK_DRILL_LEAD] = { .name = "lead",
                              .label = "Lead",
                              .kind = FIELD_REF,
                              .refers = "person",
                              .flags = FIELD_COUNTED | FIELD_BY_NAME,
                              .help = "Who holds it, or put it off." },
    [ROLLBACK_DRILL_STARTED] = { .name = "started",
                                 .label = "Started",
                                 .kind = FIELD_STAMP,
                                 .flags = FIELD_COUNTED | FIELD_INDEXED,
                                 .help = "When the stopwatch was started." },
    [ROLLBACK_DRILL_CONFIRMED] = { .name = "confirmed",
                                   .label = "Confirmed",
                                   .kind = FIELD_STAMP,
                                   .flags = FIELD_COUNTED,
                                   .help = "When the program saw the old version served." },
    [ROLLBACK_DRILL_SECONDS] = { .name = "seconds",
                                 .label = "Seconds",
                                 .kind = FIELD_REAL,
                                 .flags = FIELD_COUNTED,
                                 .help = "From the one to the other." },
    [ROLLBACK_DRILL_RESULT] = { .name = "result",
                                .label = "Result",
                                .kind = FIELD_CHOICE,
                                .choices = result_words,
                                .flags = FIELD_COUNTED,
                                .help = "Whether it took no longer than it may." },
    [ROLLBACK_DRILL_LESSONS] = { .name = "lessons",
                                 .label = "Lessons",
                                 .kind = FIELD_PROSE,
                                 .flags = FIELD_SEARCHED,
                                 .help = "What was in the way, and what is done about it." },
    [ROLLBACK_DRILL_POSTPONED_TO] = { .name = "postponed_to",
                                      .label = "Postponed to",
                                      .kind = FIELD_DATE,
                                      .flags = FIELD_COUNTED,
                                      .help = "Until then none is due." },
    [ROLLBACK_DRILL_REASON] = { .name = "reason",
                                .label = "Reason",
                                .kind = FIELD_TEXT,
                                .flags = FIELD_SEARCHED,
                                .help = "Why it was abandoned or put off." },
};

/* --- states --- */

static bool is_served(struct call *call, const struct row *drill, bool *is_served, text *carried)
{
    struct row label;
    bool has;
    *is_served = false;
    *carried = TEXT("nothing");
    if (!label_find(call, value_as_int(drill->value[ROLLBACK_DRILL_PROMPT]),
                    value_as_text(drill->value[ROLLBACK_DRILL_LABEL]), &has, &label))
        return false;
    if (!has)
        return true;
    rid version = value_as_int(label.value[PROMPT_LABEL_VERSION]);
    *is_served = version == value_as_int(drill->value[ROLLBACK_DRILL_TO_VERSION]);
    *carried = find_title(call, &prompt_version_record, version);
    return call->fail.kind == FAIL_NONE;
}

static bool guard_confirm(struct call *call, const struct row *drill)
{
    bool served;
    text carried;
    if (call->all_rows)
        return true;
    if (!is_served(call, drill, &served, &carried))
        return false;
    text label = value_as_text(drill->value[ROLLBACK_DRILL_LABEL]),
         prompt = find_title(call, &prompt_record,
                             value_as_int(drill->value[ROLLBACK_DRILL_PROMPT])),
         old = find_title(call, &prompt_version_record,
                          value_as_int(drill->value[ROLLBACK_DRILL_TO_VERSION]));
    return served || fail(call, FAIL_CONFLICT,
                          "'%.*s' still serves %.*s, not %.*s: 'rondo prompt rollback %.*s %.*s "
                          "--reason drill'",
                          TEXT_FMT(label), TEXT_FMT(carried), TEXT_FMT(old), TEXT_FMT(prompt),
                          TEXT_FMT(label));
}

static bool guard_finish(struct call *call, const struct row *drill)
{
    static const int needed[] = { ROLLBACK_DRILL_LESSONS, -1 };
    return row_require(call, drill, needed, "to finish a drill");
}

static bool guard_reason(struct call *call, const struct row *drill)
{
    static const int needed[] = { ROLLBACK_DRILL_REASON, -1 };
    return row_require(call, drill, needed, "to give up or put off a drill");
}

static const struct transition drill_states[] = {
    { "running", "confirmed", "confirm", 0, guard_confirm, UNDO_NO },
    { "confirmed", "held", "finish", 0, guard_finish, UNDO_YES },
    { "running", "abandoned", "abandon", 0, guard_reason, UNDO_YES },
    { "", "postponed", "postpone", 0, guard_reason, UNDO_YES },
    { 0 },
};

static bool drill_is(const struct row *drill, const char *state)
{
    return text_is(value_as_text(drill->value[ROLLBACK_DRILL_STATE]), state);
}

/* The stopwatch is the program's, whichever door confirms. */
static bool drill_settle(struct call *call, const struct row *before, struct row *after)
{
    struct value *value = after->value;
    if (!before || drill_is(before, "confirmed") || !drill_is(after, "confirmed"))
        return true;
    double seconds = (double)(call->now - value_as_int(value[ROLLBACK_DRILL_STARTED])) /
                     (double)STAMP_SECOND;
    value[ROLLBACK_DRILL_CONFIRMED] = value_stamp(call->now);
    value[ROLLBACK_DRILL_SECONDS] = value_real(seconds);
    bool passed = seconds <= (double)value_as_int(value[ROLLBACK_DRILL_TARGET_SECONDS]);
    value[ROLLBACK_DRILL_RESULT] = value_choice(result_words[!passed]);
    return true;
}

/* What was measured stays measured against what it was to be measured against. */
static bool drill_check(struct call *call, const struct row *before, const struct row *after)
{
    return !before || drill_is(before, "running") ||
           value_equal(before->value[ROLLBACK_DRILL_TARGET_SECONDS],
                       after->value[ROLLBACK_DRILL_TARGET_SECONDS]) ||
           fail_at(call, "target_seconds", "the target of a drill stands when it is over");
}

static const char *const drill_listed[] = { "prompt",  "state",          "result",  "seconds",
                                            "target_seconds", "started", "lead", NULL };

const struct record rollback_drill_record = {
    .name = "rollback_drill",
    .plural = "rollback_drills",
    .prefix = "DRILL",
    .label = "rollback drill",
    .help = "Practising the way back: 'rondo prompt drill NAME --scenario ...'.",
    .field = drill_fields,
    .field_count = sizeof drill_fields / sizeof drill_fields[0],
    .title = ROLLBACK_DRILL_SCENARIO,
    .state = ROLLBACK_DRILL_STATE,
    .states = drill_states,
    .listed = drill_listed,
    .check = drill_check,
    .settle = drill_settle,
    .made_by_program = true,
};

/* --- starting --- */

/* What the label carried before what it carries now; else the version before it by number. */
static bool find_old(struct call *call, const struct row *label, struct row *old)
{
    struct row move, current;
    bool has;
    rid prompt = value_as_int(label->value[PROMPT_LABEL_PROMPT]);
    if (!label_last_move(call, prompt, value_as_text(label->value[PROMPT_LABEL_NAME]), &has, &move))
        return false;
    rid from = has ? value_as_int(move.value[DEPLOYMENT_FROM_VERSION]) : 0;
    if (from)
        return find_row(call, &prompt_version_record, from, old);
    if (!find_row(call, &prompt_version_record, value_as_int(label->value[PROMPT_LABEL_VERSION]),
                  &current))
        return false;
    int64_t number = value_as_int(current.value[PROMPT_VERSION_NUMBER]);
    if (number > 1)
        return prompt_version_find(call, prompt, call_format(call, "%lld", (long long)number - 1),
                                   old);
    return fail(call, FAIL_CONFLICT,
                "%.*s is the first version there is: there is nothing to go back to",
                TEXT_FMT(row_title(call, &current)));
}

/* The rollback plan of the last change of that label. */
static bool find_plan(struct call *call, const struct row *label, text *plan)
{
    struct row move, change;
    bool has;
    *plan = TEXT_NONE;
    if (!label_last_move(call, value_as_int(label->value[PROMPT_LABEL_PROMPT]),
                         value_as_text(label->value[PROMPT_LABEL_NAME]), &has, &move))
        return false;
    rid id = has ? value_as_int(move.value[DEPLOYMENT_CHANGE]) : 0;
    if (!id)
        return true;
    if (!find_row(call, &prompt_change_record, id, &change))
        return false;
    *plan = value_as_text(change.value[PROMPT_CHANGE_ROLLBACK_PLAN]);
    return true;
}

/* The shadow carries the old version first and then the new one, so that there is a way back. */
static bool set_shadow(struct call *call, rid prompt, text shadow, rid old, rid current)
{
    const rid version[] = { old, current };
    for (size_t i = 0; i < 2; i++) {
        struct row label, deployment;
        bool has;
        const struct label_move move = { .prompt = prompt,
                                         .label = shadow,
                                         .kind = MOVE_DRILL,
                                         .version = version[i],
                                         .reason = TEXT("drill") };
        if (!label_find(call, prompt, shadow, &has, &label))
            return false;
        bool is_there = has && value_as_int(label.value[PROMPT_LABEL_VERSION]) == version[i];
        if (!is_there && !label_move(call, &move, &deployment))
            return false;
    }
    return true;
}

static bool check_none_running(struct call *call, rid prompt)
{
    struct query query;
    struct row running;
    query_init(&query, &rollback_drill_record);
    if (!query_add(call, &query, ROLLBACK_DRILL_PROMPT, FILTER_IS, value_ref(prompt)) ||
        !query_add(call, &query, ROLLBACK_DRILL_STATE, FILTER_IS, value_choice("running")) ||
        !find_first(call, &query, &running))
        return call->fail.kind == FAIL_NONE;
    return fail(call, FAIL_CONFLICT, "%.*s is running: confirm it or abandon it first",
                TEXT_FMT(row_public_id(call, &rollback_drill_record, running.id)));
}

static bool start_inside(struct call *call, const struct drill_plan *plan, struct row *row)
{
    struct row label, old;
    bool has;
    text shadow = call_format(call, "drill/%.*s", TEXT_FMT(plan->label)), written = plan->plan;
    if (!check_none_running(call, plan->prompt) ||
        !label_find(call, plan->prompt, plan->label, &has, &label))
        return false;
    if (!has)
        return fail(call, FAIL_CONFLICT,
                    "nothing is served as '%.*s': there is nothing to practise",
                    TEXT_FMT(plan->label));
    rid current = value_as_int(label.value[PROMPT_LABEL_VERSION]);
    if (!find_old(call, &label, &old) || (!written.at && !find_plan(call, &label, &written)) ||
        !set_shadow(call, plan->prompt, shadow, old.id, current) ||
        !row_init(call, &rollback_drill_record, row))
        return false;
    row->value[ROLLBACK_DRILL_SCENARIO] = value_text(plan->scenario);
    row->value[ROLLBACK_DRILL_PROMPT] = value_ref(plan->prompt);
    row->value[ROLLBACK_DRILL_LABEL] = value_text(shadow);
    row->value[ROLLBACK_DRILL_PLAN] = value_text(written);
    row->value[ROLLBACK_DRILL_FROM_VERSION] = value_ref(current);
    row->value[ROLLBACK_DRILL_TO_VERSION] = value_ref(old.id);
    row->value[ROLLBACK_DRILL_TARGET_SECONDS] =
        value_int(plan->target_seconds ? plan->target_seconds : TARGET_SECONDS_DEFAULT);
    row->value[ROLLBACK_DRILL_LEAD] = value_ref(call->actor.person);
    row->value[ROLLBACK_DRILL_STARTED] = value_stamp(call->now);
    return ledger_create(call, row);
}

bool drill_start(struct call *call, const struct drill_plan *plan, struct row *row)
{
    if (text_trim(plan->scenario).size == 0)
        return fail_at(call, "scenario", "say what is supposed to have gone wrong: 'scenario' is "
                       "needed");
    if (!change_open(call, TEXT("start rollback drill")))
        return false;
    if (start_inside(call, plan, row))
        return change_commit(call);
    change_rollback(call);
    return false;
}

bool drill_confirm(struct call *call, rid drill, struct row *row)
{
    struct row before;
    return find_row(call, &rollback_drill_record, drill, &before) &&
           row_copy(call, &before, row) && state_move(call, row, "confirm") &&
           ledger_update(call, &before, row);
}

bool drill_postpone(struct call *call, rid prompt, text reason, int64_t until, struct row *row)
{
    if (until <= call->now / STAMP_DAY)
        return fail_at(call, "until", "a drill is put off to a day that is to come");
    if (!row_init(call, &rollback_drill_record, row))
        return false;
    row->value[ROLLBACK_DRILL_SCENARIO] = value_text(TEXT("put off"));
    row->value[ROLLBACK_DRILL_PROMPT] = value_ref(prompt);
    row->value[ROLLBACK_DRILL_STATE] = value_choice("postponed");
    row->value[ROLLBACK_DRILL_REASON] = value_text(text_trim(reason).size ? reason : TEXT_NONE);
    row->value[ROLLBACK_DRILL_POSTPONED_TO] = value_int(until);
    row->value[ROLLBACK_DRILL_LEAD] = value_ref(call->actor.person);
    return ledger_create(call, row);
}
