/*
 * Room prompts: the eval delta of a change on one surface. A person names two runs; the figures are
 * worked out by the engine of Monday's review when the row is made, and never typed.
 */
#include "base/json_write.h"
#include "rooms/evals/evals.h"
#include "rooms/prompts/change_rules.h"
#include "rooms/prompts/gate_run.h"
#include "rooms/prompts/prompts.h"
#include "store/find.h"

#include <math.h>

static const struct field delta_fields[] = {
    [EVAL_DELTA_TITLE] = { .name = "title",
                           .label = "Title",
                           .kind = FIELD_TEXT,
                           .flags = FIELD_COUNTED | FIELD_SEARCHED,
                           .help = "The surface, and its two runs." },
    [EVAL_DELTA_CHANGE] = { .name = "prompt_change",
                            .label = "Change request",
                            .kind = FIELD_REF,
                            .refers = "prompt_change",
                            .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_OWNED,
                            .help = "What it is evidence for." },
    [EVAL_DELTA_BASELINE] = { .name = "baseline",
                              .label = "Baseline",
                              .kind = FIELD_REF,
                              .refers = "eval_run",
                              .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_BY_NAME,
                              .help = "The run of what is served now." },
    [EVAL_DELTA_CANDIDATE] = { .name = "candidate",
                               .label = "Candidate",
                               .kind = FIELD_REF,
                               .refers = "eval_run",
                               .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_BY_NAME,
                               .help = "The run of what is to be served." },
    [EVAL_DELTA_SURFACE] = { .name = "surface",
                             .label = "Surface",
                             .kind = FIELD_REF,
                             .refers = "surface",
                             .flags = FIELD_COUNTED | FIELD_BY_NAME,
                             .help = "Where both were measured." },
    [EVAL_DELTA_VERDICT] = { .name = "verdict",
                             .label = "Verdict",
                             .kind = FIELD_TEXT,
                             .flags = FIELD_COUNTED,
                             .help = "What the test of Monday's review says." },
    [EVAL_DELTA_FIGURES] = { .name = "figures",
                             .label = "Figures",
                             .kind = FIELD_JSON,
                             .flags = FIELD_COUNTED,
                             .help = "Rates, paired counts, exact p, interval, smallest detectable "
                                     "change, cost, latency, cases." },
};

static void put_rate(struct json_writer *writer, const char *key, double rate)
{
    if (isfinite(rate))
        json_put_real(writer, key, rate);
    else
        json_put_null(writer, key);
}

static void put_if(struct json_writer *writer, const char *key, bool is_known, double value)
{
    put_rate(writer, key, is_known ? value : NAN);
}

static void put_keys(struct json_writer *writer, const char *name, const text *key, size_t count)
{
    json_key(writer, name);
    json_list(writer);
    for (size_t i = 0; i < count; i++)
        json_text(writer, key[i]);
    json_list_end(writer);
}

static text figures_of(struct call *call, const struct run_pair *pair,
                       const struct gate_decision *decision)
{
    struct json_writer writer;
    struct out out;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    put_rate(&writer, "baseline_rate", pair->baseline_rate);
    put_rate(&writer, "candidate_rate", pair->candidate_rate);
    put_if(&writer, "candidate_low", pair->has_rate_interval, pair->rate_low);
    put_if(&writer, "candidate_high", pair->has_rate_interval, pair->rate_high);
    json_put_int(&writer, "paired", pair->paired);
    json_put_int(&writer, "pass_to_fail", pair->pass_to_fail);
    json_put_int(&writer, "fail_to_pass", pair->fail_to_pass);
    json_put_real(&writer, "p_exact", pair->p_exact);
    put_if(&writer, "diff", pair->has_diff, pair->diff);
    put_if(&writer, "low", pair->has_interval, pair->low);
    put_if(&writer, "high", pair->has_interval, pair->high);
    put_if(&writer, "smallest_detectable", pair->has_smallest_detectable,
           pair->smallest_detectable);
    json_put_text(&writer, "not_comparable", pair->not_comparable);
    gate_write_cost_and_latency(decision, &writer);
    put_keys(&writer, "broke", pair->broke, pair->broke_count);
    put_keys(&writer, "fixed", pair->fixed, pair->fixed_count);
    json_object_end(&writer);
    return out_view(&out);
}

static bool delta_settle(struct call *call, const struct row *before, struct row *after)
{
    struct run_pair pair;
    struct gate_decision decision;
    struct value *value = after->value;
    rid baseline = value_as_int(value[EVAL_DELTA_BASELINE]),
        candidate = value_as_int(value[EVAL_DELTA_CANDIDATE]);
    if (before || !baseline || !candidate)
        return true;
    if (!evals_pair(call, baseline, candidate, &pair) ||
        !gate_of_runs(call, baseline, candidate, &gate_policy_default, &decision))
        return false;
    text figures = figures_of(call, &pair, &decision),
         surface = find_title(call, &surface_record, pair.surface),
         from = find_title(call, &eval_run_record, baseline),
         to = find_title(call, &eval_run_record, candidate);
    value[EVAL_DELTA_SURFACE] = value_ref(pair.surface);
    value[EVAL_DELTA_VERDICT] = value_choice(pair.verdict);
    value[EVAL_DELTA_FIGURES] = value_text(figures);
    value[EVAL_DELTA_TITLE] = value_text(call_format(
        call, "%.*s: %.*s against %.*s", TEXT_FMT(surface), TEXT_FMT(to), TEXT_FMT(from)));
    return figures.at && call->fail.kind == FAIL_NONE;
}

/* A run that says which version it measured has to have measured the one that is to be served. */
static bool check_candidate(struct call *call, const struct row *after, const struct row *change)
{
    struct row run, version;
    if (!find_row(call, &eval_run_record, value_as_int(after->value[EVAL_DELTA_CANDIDATE]), &run) ||
        !find_row(call, &prompt_version_record,
                  value_as_int(change->value[PROMPT_CHANGE_TO_VERSION]), &version))
        return false;
    text prompt = find_title(call, &prompt_record,
                             value_as_int(change->value[PROMPT_CHANGE_PROMPT]));
    text measured = value_as_text(run.value[EVAL_RUN_PROMPT_VERSION]);
    if (!measured.at || !text_equal(value_as_text(run.value[EVAL_RUN_PROMPT]), prompt) ||
        version_is_called(call, &version, measured))
        return true;
    return fail_at(call, "candidate",
                   "this run measured version %.*s of %.*s, and the change is to %.*s: name a run "
                   "of that version",
                   TEXT_FMT(measured), TEXT_FMT(prompt), TEXT_FMT(row_title(call, &version)));
}

static bool delta_check(struct call *call, const struct row *before, const struct row *after)
{
    struct row change;
    if (before)
        return true;
    if (!find_row(call, &prompt_change_record, value_as_int(after->value[EVAL_DELTA_CHANGE]),
                  &change))
        return false;
    if (change_is(&change, "approved") || change_is(&change, "deployed") ||
        change_is(&change, "rolled_back"))
        return fail(
            call, FAIL_CONFLICT,
            "%.*s is %.*s: take it back to review with 'reopen' before its evidence changes",
            TEXT_FMT(row_public_id(call, &prompt_change_record, change.id)),
            TEXT_FMT(value_as_text(change.value[PROMPT_CHANGE_STATE])));
    return check_candidate(call, after, &change);
}

static const char *const delta_listed[] = { "prompt_change", "surface", "verdict", "baseline",
                                            "candidate", NULL };

const struct record eval_delta_record = {
    .name = "eval_delta",
    .plural = "eval_deltas",
    .prefix = "DLT",
    .label = "eval delta",
    .help = "Two runs side by side as evidence for a change: 'rondo eval-delta add --prompt-change "
            "PCR-1 --baseline RUN --candidate RUN'.",
    .field = delta_fields,
    .field_count = sizeof delta_fields / sizeof delta_fields[0],
    .title = EVAL_DELTA_TITLE,
    .listed = delta_listed,
    .check = delta_check,
    .settle = delta_settle,
};
