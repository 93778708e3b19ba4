/*
 * Room evals: what a person says of a case in a run, and what one is asked to say: a row without a
 * verdict is a place in that person's queue. Judges are held against these verdicts
 * (judge_agreement.c).
 */
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "store/find.h"

static const char *const verdict_choices[] = { "pass", "fail", "unsure", NULL };

static const struct field human_verdict_fields[] = {
    [HUMAN_VERDICT_RUN] = { .name = "run",
                            .label = "Run",
                            .kind = FIELD_REF,
                            .refers = "eval_run",
                            .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_BY_NAME,
                            .help = "The run whose result is looked at." },
    [HUMAN_VERDICT_CASE] = { .name = "case",
                             .label = "Case",
                             .kind = FIELD_REF,
                             .refers = "eval_case",
                             .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_BY_NAME,
                             .help = "The case of that run." },
    [HUMAN_VERDICT_PERSON] = { .name = "person",
                               .label = "Person",
                               .kind = FIELD_REF,
                               .refers = "person",
                               .flags = FIELD_NEEDED | FIELD_BY_NAME,
                               .help = "Who judges, or is asked to." },
    [HUMAN_VERDICT_VERDICT] = { .name = "verdict",
                                .label = "Verdict",
                                .kind = FIELD_CHOICE,
                                .choices = verdict_choices,
                                .help = "Empty while it waits for the person." },
    [HUMAN_VERDICT_REASON] = { .name = "reason",
                               .label = "Reason",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_SEARCHED,
                               .max = 4096,
                               .help = "Why, in the person's words." },
};

static bool fail_not_held(struct call *call, const struct row *run, const struct row *eval_case)
{
    text key = value_as_text(eval_case->value[EVAL_CASE_KEY]),
         name = value_as_text(run->value[EVAL_RUN_RUN]);
    return fail_at(call, "case", "run '%.*s' does not hold case '%.*s': choose a run that has it",
                   TEXT_FMT(name), TEXT_FMT(key));
}

/* Only a result that there is can be judged. */
static bool human_verdict_check(struct call *call, const struct row *before,
                                const struct row *after)
{
    struct row run, eval_case;
    struct verdicts verdicts;
    if (before)
        return true;
    if (!find_row(call, &eval_run_record, value_as_int(after->value[HUMAN_VERDICT_RUN]), &run) ||
        !find_row(call, &eval_case_record, value_as_int(after->value[HUMAN_VERDICT_CASE]),
                  &eval_case))
        return false;
    uint32_t number = (uint32_t)value_as_int(eval_case.value[EVAL_CASE_NUMBER]);
    if (value_as_int(run.value[EVAL_RUN_SUITE]) != value_as_int(eval_case.value[EVAL_CASE_SUITE]))
        return fail_not_held(call, &run, &eval_case);
    return stored_verdicts_read(call, run_place(&run), &verdicts) &&
           (verdicts_hold(&verdicts, number) || fail_not_held(call, &run, &eval_case));
}

const struct record human_verdict_record = {
    .name = "human_verdict",
    .plural = "human_verdicts",
    .prefix = "HUM",
    .label = "human verdict",
    .help = "What a person says of a case in a run, or is asked to say.",
    .field = human_verdict_fields,
    .field_count = sizeof human_verdict_fields / sizeof human_verdict_fields[0],
    .title = HUMAN_VERDICT_REASON,
    .unique = { { "run", "case", "person" } },
    .check = human_verdict_check,
};
