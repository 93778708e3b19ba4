/* See evals_difference.h. */
#include "rooms/evals/evals_difference.h"

#include "rooms/evals/evals_columns.h"
#include "store/find.h"

static const char *const verdict_said[] = {
    [VERDICT_FAIL] = "fail", [VERDICT_PASS] = "pass", [VERDICT_ERROR] = "error",
    [VERDICT_UNSCORED] = "unscored", [VERDICT_SKIPPED] = "skipped",
};

text run_difference_case(struct call *call, text key, const char *what)
{
    return call_format(call, "case '%.*s' is %s", TEXT_FMT(key), what);
}

/* TEXT_NONE: the headers say the same, or the call has failed. */
static text header_difference(struct call *call, const struct row *run,
                              const struct run_draft *draft)
{
    struct value start = run->value[EVAL_RUN_STARTED_AT];
    bool was_dated = !value_is_null(start);
    text was = draft_stamp_words(call, was_dated, value_as_int(start)),
         is = draft_stamp_words(call, draft->is_dated, draft->started_at);
    if (was_dated != draft->is_dated || value_as_int(start) != draft->started_at)
        return call_format(call, "started_at was %.*s and is %.*s", TEXT_FMT(was), TEXT_FMT(is));
    for (int i = 0; i < RUN_CONTENT_WORDS; i++) {
        text said = value_as_text(run->value[run_word_fields[i]]);
        if (!text_equal(said, draft->word[i]))
            return call_format(call, "%s was '%.*s' and is '%.*s'", run_word_names[i],
                               TEXT_FMT(said), TEXT_FMT(draft->word[i]));
    }
    return TEXT_NONE;
}

static text case_key(struct call *call, const struct row *run, uint32_t number)
{
    struct query query;
    struct row row;
    query_init(&query, &eval_case_record);
    query.with_archived = true;
    bool is_found =
        query_add(call, &query, EVAL_CASE_SUITE, FILTER_IS, run->value[EVAL_RUN_SUITE]) &&
        query_add(call, &query, EVAL_CASE_NUMBER, FILTER_IS, value_int(number)) &&
        find_first(call, &query, &row);
    return is_found ? value_as_text(row.value[EVAL_CASE_KEY]) : TEXT("");
}

static text verdict_difference(struct call *call, const struct row *run,
                               const struct verdicts *was, const struct verdicts *now)
{
    uint32_t count = was->case_count > now->case_count ? was->case_count : now->case_count;
    for (uint32_t i = 0; i < count; i++) {
        bool was_held = verdicts_hold(was, i), is_held = verdicts_hold(now, i);
        if (was_held != is_held)
            return run_difference_case(call, case_key(call, run, i), is_held ? "new" : "missing");
        if (is_held && verdict_of(was, i) != verdict_of(now, i))
            return call_format(call, "case '%.*s' was %s and is %s",
                               TEXT_FMT(case_key(call, run, i)), verdict_said[verdict_of(was, i)],
                               verdict_said[verdict_of(now, i)]);
    }
    return TEXT_NONE;
}

text run_difference(struct call *call, const struct row *run, const struct run_draft *draft,
                    const struct verdicts *now, uint32_t result_count)
{
    struct verdicts was;
    if (!stored_verdicts_read(call, run_place(run), &was))
        return TEXT_NONE;
    text words = header_difference(call, run, draft);
    if (!words.at)
        words = verdict_difference(call, run, &was, now);
    if (words.at || call->fail.kind != FAIL_NONE)
        return words;
    long long results = value_as_int(run->value[EVAL_RUN_RESULTS]);
    if (results != result_count)
        return call_format(call, "it had %lld results and has %u", results, result_count);
    text status = value_as_text(run->value[EVAL_RUN_STATUS]);
    if (!text_is(status, eval_run_status_words[draft->status]))
        return call_format(call, "it was %.*s and is %s", TEXT_FMT(status),
                           eval_run_status_words[draft->status]);
    return TEXT("scores, times, costs, slices or texts of results differ");
}
