/* See evals_contents.h. */
#include "rooms/evals/evals_contents.h"

#include "engine/bits.h"
#include "ledger/history.h"
#include "ledger/verify.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_cases.h"
#include "rooms/evals/evals_columns.h"
#include "store/find.h"

#include <math.h>

/* The newest version with that content; `row` stays empty when history knows none. */
static void row_of_content(const struct versions *versions, int64_t content, struct row *row)
{
    for (size_t i = 0; i < versions->count; i++) {
        const struct row *after = &versions->version[i].after;
        if (value_as_int(after->value[EVAL_RUN_CONTENT]) == content) {
            *row = *after;
            return;
        }
    }
}

bool run_contents(struct call *call, const struct row *run, struct run_contents *contents)
{
    struct versions versions;
    int64_t *content;
    *contents = (struct run_contents){ .count = 0 };
    if (!stored_verdicts_contents(call, run_place(run), &content, &contents->count))
        return false;
    contents->row = call_array(call, contents->count + 1, sizeof *contents->row);
    bool is_alone =
        contents->count == 1 && content[0] == value_as_int(run->value[EVAL_RUN_CONTENT]);
    if (!contents->row)
        return false;
    if (is_alone) {
        contents->row[0] = *run;
        return true;
    }
    if (!history_read(call, &eval_run_record, run->id, 0, (int)run->version, &versions))
        return false;
    for (size_t i = 0; i < contents->count; i++) {
        if (content[i] == value_as_int(run->value[EVAL_RUN_CONTENT]))
            contents->row[i] = *run;
        else
            row_of_content(&versions, content[i], &contents->row[i]);
        if (!contents->row[i].record)
            return fail(call, FAIL_STORE, "content %lld of its results is no version's",
                        (long long)content[i]);
    }
    return true;
}

/* --- verify --- */

/* A result is one of a case that there is, dropped or not. */
static bool cases_hold(struct call *call, const struct suite_cases *cases,
                       const struct verdicts *verdicts)
{
    for (size_t at = 0; bits_next(verdicts->held, verdicts->case_count, &at); at++)
        if (at >= cases->count || !cases->key[at].at)
            return fail(call, FAIL_STORE, "its case number %zu is not there", at);
    return true;
}

/* A run from before scores were counted says nothing of them. */
static bool scores_hold(const struct stored_results *results, const struct row *run)
{
    struct mean_score scores =
        mean_score_of(results->case_number, results->real[RESULTS_SCORE], NULL, results->count);
    if (value_is_null(run->value[EVAL_RUN_SCORED]))
        return true;
    bool has_mean = !value_is_null(run->value[EVAL_RUN_MEAN_SCORE]);
    return scores.cases == value_as_int(run->value[EVAL_RUN_SCORED]) &&
           has_mean == !isnan(scores.mean) &&
           (!has_mean || scores.mean == value_as_real(run->value[EVAL_RUN_MEAN_SCORE]));
}

static bool content_holds(struct call *call, const struct suite_cases *cases, const struct row *run)
{
    struct verdicts verdicts;
    struct stored_results results;
    if (!stored_verdicts_read(call, run_place(run), &verdicts) ||
        !columns_read_results(call, run_place(run), &verdicts,
                              value_as_int(run->value[EVAL_RUN_RESULTS]), &results) ||
        !cases_hold(call, cases, &verdicts))
        return false;
    struct tally tally = verdicts_tally(&verdicts);
    if (!scores_hold(&results, run))
        return fail(call, FAIL_STORE, "its scores are not those that it counted");
    return (tally.cases == value_as_int(run->value[EVAL_RUN_CASES]) &&
            tally.passed == value_as_int(run->value[EVAL_RUN_PASSED])) ||
           fail(call, FAIL_STORE, "its results are not those that it counted");
}

static bool run_holds(struct call *call, const struct row *run, struct suites_cases *all,
                      struct verify_check *check)
{
    struct run_contents contents;
    const struct suite_cases *cases = cases_of(call, all, value_as_int(run->value[EVAL_RUN_SUITE]));
    if (!cases || !run_contents(call, run, &contents))
        return false;
    for (size_t i = 0; i < contents.count; i++) {
        check->checked++;
        if (!content_holds(call, cases, &contents.row[i]))
            return false;
    }
    int64_t newest = value_as_int(run->value[EVAL_RUN_CONTENT]);
    for (size_t i = 0; i < contents.count; i++)
        if (value_as_int(contents.row[i].value[EVAL_RUN_CONTENT]) == newest)
            return true;
    return fail(call, FAIL_STORE, "its results are not there");
}

/* What makes the reading of one run fail is told; what fails the machine ends it all. */
static bool run_check(struct call *call, const struct row *run, struct suites_cases *all,
                      struct verify_check *check)
{
    char sentence[FAIL_SENTENCE_SIZE];
    struct arena_mark mark = arena_mark(&call->arena);
    bool holds = run_holds(call, run, all, check);
    arena_rewind(&call->arena, mark);
    if (holds)
        return true;
    if (call->fail.kind != FAIL_STORE && call->fail.kind != FAIL_INVALID)
        return false;
    memcpy(sentence, call->fail.sentence, sizeof sentence);
    fail_clear(call);
    text id = row_public_id(call, &eval_run_record, run->id);
    return verify_wrong(call, check, call_format(call, "%.*s: %s", TEXT_FMT(id), sentence));
}

/* Before the walk, which gives back what is taken on its way. */
static bool load_cases(struct call *call, const struct rows *runs, struct suites_cases *all)
{
    for (size_t i = 0; i < runs->count; i++)
        if (!cases_of(call, all, value_as_int(runs->row[i].value[EVAL_RUN_SUITE])))
            return false;
    return true;
}

bool evals_verify(struct call *call, struct verify_report *report)
{
    struct verify_check *check = verify_add(call, report, "results");
    struct query query;
    struct suites_cases all = { .count = 0 };
    struct rows runs;
    int64_t orphans;
    query_init(&query, &eval_run_record);
    query.with_archived = true;
    if (!check || !find_rows(call, &query, &runs) || !load_cases(call, &runs, &all))
        return false;
    for (size_t i = 0; i < runs.count; i++) {
        call_progress(call, "results", (int64_t)i, (int64_t)runs.count);
        if (!run_check(call, &runs.row[i], &all, check))
            return false;
    }
    if (!columns_without_run(call, &orphans))
        return false;
    return orphans == 0 ||
           verify_wrong(call, check,
                        call_format(call, "%lld columns are of no run", (long long)orphans));
}
