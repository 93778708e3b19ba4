/* See evals_contents.h. */
#include "rooms/evals/evals_contents.h"

#include "ledger/history.h"
#include "ledger/verify.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "store/find.h"

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
    if (!columns_contents(call, run_place(run), &content, &contents->count))
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

static bool content_holds(struct call *call, const struct row *run)
{
    struct verdicts verdicts;
    struct stored_results results;
    if (!columns_read_verdicts(call, run_place(run), &verdicts) ||
        !columns_read_results(call, run_place(run), &verdicts,
                              value_as_int(run->value[EVAL_RUN_RESULTS]), &results))
        return false;
    struct tally tally = verdicts_tally(&verdicts);
    return (tally.cases == value_as_int(run->value[EVAL_RUN_CASES]) &&
            tally.passed == value_as_int(run->value[EVAL_RUN_PASSED])) ||
           fail(call, FAIL_STORE, "its results are not those that it counted");
}

static bool run_holds(struct call *call, const struct row *run, struct verify_check *check)
{
    struct run_contents contents;
    if (!run_contents(call, run, &contents))
        return false;
    for (size_t i = 0; i < contents.count; i++) {
        check->checked++;
        if (!content_holds(call, &contents.row[i]))
            return false;
    }
    int64_t newest = value_as_int(run->value[EVAL_RUN_CONTENT]);
    for (size_t i = 0; i < contents.count; i++)
        if (value_as_int(contents.row[i].value[EVAL_RUN_CONTENT]) == newest)
            return true;
    return fail(call, FAIL_STORE, "its results are not there");
}

/* What makes the reading of one run fail is told; what fails the machine ends it all. */
static bool run_check(struct call *call, const struct row *run, struct verify_check *check)
{
    char sentence[FAIL_SENTENCE_SIZE];
    struct arena_mark mark = arena_mark(&call->arena);
    bool holds = run_holds(call, run, check);
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

bool evals_verify(struct call *call, struct verify_report *report)
{
    struct verify_check *check = verify_add(call, report, "results");
    struct query query;
    struct rows runs;
    int64_t orphans;
    query_init(&query, &eval_run_record);
    query.with_archived = true;
    if (!check || !find_rows(call, &query, &runs))
        return false;
    for (size_t i = 0; i < runs.count; i++) {
        call_progress(call, "results", (int64_t)i, (int64_t)runs.count);
        if (!run_check(call, &runs.row[i], check))
            return false;
    }
    if (!columns_without_run(call, &orphans))
        return false;
    return orphans == 0 ||
           verify_wrong(call, check,
                        call_format(call, "%lld columns are of no run", (long long)orphans));
}
