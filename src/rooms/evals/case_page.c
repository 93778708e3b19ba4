/*
 * See case_page.h: which case, surface and runs are meant, and what the store knows of them. Of a
 * surface only the runs of the window are read, as the review does; one that is named may be any.
 */
#include "rooms/evals/case_page.h"

#include "base/json_read.h"
#include "engine/bits.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_select.h"
#include "store/find.h"

#include <math.h>

static const struct review_options all_runs = { .surface = TEXT_NONE, .model = TEXT_NONE };

/* --- which case --- */

static bool fail_several_cases(struct call *call, text word, const struct rows *rows)
{
    struct out words;
    out_init(&words, call);
    for (size_t i = 0; i < rows->count; i++) {
        text id = row_public_id(call, &eval_case_record, rows->row[i].id);
        text suite =
            find_title(call, &suite_record, value_as_int(rows->row[i].value[EVAL_CASE_SUITE]));
        out_format(&words, "%s%.*s in '%.*s'", i ? ", " : "", TEXT_FMT(id), TEXT_FMT(suite));
    }
    return fail(call, FAIL_INVALID,
                "case '%.*s' stands in several suites: say on which surface, or name it by its id: "
                "%.*s",
                TEXT_FMT(word), TEXT_FMT(out_view(&words)));
}

/* Whether a surface of that name is measured with the suite. */
static bool is_of_surface(struct call *call, text surface, rid suite, bool *is)
{
    struct query query;
    struct row row;
    query_init(&query, &surface_record);
    *is = query_add(call, &query, SURFACE_NAME, FILTER_IS, value_text(surface)) &&
          query_add(call, &query, SURFACE_SUITE, FILTER_IS, value_ref(suite)) &&
          find_first(call, &query, &row);
    return call->fail.kind == FAIL_NONE;
}

/*
 * The cases of that key: those of the surface's suite, where one is named and has any (`*is_here`),
 * else of all suites.
 */
static bool find_keyed(struct call *call, const struct case_page_options *options,
                       struct rows *rows, bool *is_here)
{
    struct query query;
    size_t here = 0;
    query_init(&query, &eval_case_record);
    if (!query_add(call, &query, EVAL_CASE_KEY, FILTER_IS, value_text(options->word)) ||
        !find_rows(call, &query, rows))
        return false;
    for (size_t i = 0; options->surface.at && i < rows->count; i++) {
        rid suite = value_as_int(rows->row[i].value[EVAL_CASE_SUITE]);
        bool is;
        if (!is_of_surface(call, options->surface, suite, &is))
            return false;
        if (is)
            rows->row[here++] = rows->row[i];
    }
    *is_here = here > 0;
    rows->count = here ? here : rows->count;
    return true;
}

/*
 * Its key on the surface that is named, its id as it is written ("CASE-3"), its key anywhere, its
 * id in any letters: the first that is there, for suites call their cases "case-3" as well.
 */
static bool find_case(struct call *call, const struct case_page_options *options,
                      struct row *eval_case)
{
    struct rows rows;
    bool is_here;
    rid id;
    if (!find_keyed(call, options, &rows, &is_here))
        return false;
    bool is_id = row_id_read(&eval_case_record, options->word, &id) &&
                 find_may_read(call, &eval_case_record, id);
    if (call->fail.kind)
        return false;
    bool is_written =
        is_id && text_equal(row_public_id(call, &eval_case_record, id), options->word);
    if (is_id && !is_here && (is_written || rows.count == 0))
        return find_row(call, &eval_case_record, id, eval_case);
    if (rows.count > 1)
        return fail_several_cases(call, options->word, &rows);
    if (rows.count == 0)
        return fail(call, FAIL_NOT_FOUND, "there is no case '%.*s': see 'rondo eval-case list'",
                    TEXT_FMT(options->word));
    *eval_case = rows.row[0];
    return true;
}

/* "HUM-3" is the case that a person judged or was asked to judge, in its run on its surface. */
static bool find_judged(struct call *call, rid id, struct case_page_options *options,
                        struct row *eval_case)
{
    struct row verdict, run;
    if (!find_row(call, &human_verdict_record, id, &verdict) ||
        !find_row(call, &eval_case_record, value_as_int(verdict.value[HUMAN_VERDICT_CASE]),
                  eval_case) ||
        !find_row(call, &eval_run_record, value_as_int(verdict.value[HUMAN_VERDICT_RUN]), &run))
        return false;
    options->run = row_public_id(call, &eval_run_record, run.id);
    options->surface = find_title(call, &surface_record, value_as_int(run.value[EVAL_RUN_SURFACE]));
    return call->fail.kind == FAIL_NONE;
}

static bool find_subject(struct call *call, struct case_page_options *options,
                         struct row *eval_case)
{
    rid id;
    if (row_id_read(&human_verdict_record, options->word, &id) &&
        text_equal(row_public_id(call, &human_verdict_record, id), options->word) &&
        find_may_read(call, &human_verdict_record, id))
        return find_judged(call, id, options, eval_case);
    return call->fail.kind == FAIL_NONE && find_case(call, options, eval_case);
}

/* --- which surface --- */

/* The surfaces that a case can be looked at on. */
struct choice {
    struct surface_runs *surface;
    size_t count;
    bool *is_possible; /* by surface */
};

/* The runs of one week in the place of those that were read before. */
static bool read_week(struct call *call, struct surface_runs *surface, iso_week week)
{
    surface->count = surface->left_out_count = 0;
    return select_runs(call, &all_runs, (struct run_bounds){ week, week, false }, surface);
}

/* Those of the last week that has any. */
static bool read_last_week(struct call *call, struct surface_runs *surface)
{
    struct row last;
    iso_week week;
    if (!run_last_before(call, &all_runs, surface->row->id, INT64_MAX, &last))
        return call->fail.kind == FAIL_NONE;
    stamp started_at = value_as_int(last.value[EVAL_RUN_STARTED_AT]);
    return week_of_stamp(call, surface->zone, started_at, &week) && read_week(call, surface, week);
}

static bool is_measured(struct call *call, struct surface_runs *surface, uint32_t number, bool *is)
{
    struct verdicts verdicts;
    *is = false;
    if (!read_last_week(call, surface))
        return false;
    if (surface->count == 0)
        return true;
    if (!select_verdicts(call, &surface->run[surface->count - 1], &verdicts))
        return false;
    *is = verdicts_hold(&verdicts, number);
    return true;
}

/* To those whose last run has the case; a case that is in none of them stays on all. */
static bool narrow(struct call *call, uint32_t number, struct choice *choice)
{
    bool any = false, *is = call_array(call, choice->count + 1, sizeof *is);
    if (!is)
        return false;
    for (size_t i = 0; i < choice->count; i++) {
        if (choice->is_possible[i] &&
            !is_measured(call, &choice->surface[i], number, &is[i]))
            return false;
        any = any || is[i];
    }
    if (any)
        choice->is_possible = is;
    return true;
}

static bool choice_make(struct call *call, const struct case_page_options *options,
                        const struct row *eval_case, struct choice *choice)
{
    if (!select_open(call, &all_runs, &choice->surface, &choice->count))
        return false;
    choice->is_possible = call_array(call, choice->count + 1, sizeof(bool));
    if (!choice->is_possible)
        return false;
    for (size_t i = 0; i < choice->count; i++)
        choice->is_possible[i] =
            choice->surface[i].suite->id == value_as_int(eval_case->value[EVAL_CASE_SUITE]);
    return options->surface.at ||
           narrow(call, (uint32_t)value_as_int(eval_case->value[EVAL_CASE_NUMBER]), choice);
}

static bool fail_no_surface(struct call *call, const struct case_page_options *options,
                            const struct choice *choice)
{
    struct out names;
    size_t found = 0;
    out_init(&names, call);
    for (size_t i = 0; i < choice->count; i++)
        if (choice->is_possible[i])
            out_format(&names, "%s'%.*s'", found++ ? ", " : "", TEXT_FMT(choice->surface[i].name));
    if (found == 0)
        return fail(call, FAIL_NOT_FOUND, "no surface is measured with the suite of case '%.*s'",
                    TEXT_FMT(options->word));
    if (!options->surface.at)
        return fail_at(call, "surface", "case '%.*s' stands on several surfaces: say which of %.*s",
                       TEXT_FMT(options->word), TEXT_FMT(out_view(&names)));
    return fail(call, FAIL_NOT_FOUND,
                "surface '%.*s' is not measured with the suite of case '%.*s': it is one of %.*s",
                TEXT_FMT(options->surface), TEXT_FMT(options->word), TEXT_FMT(out_view(&names)));
}

static bool choose_surface(struct call *call, const struct case_page_options *options,
                           const struct row *eval_case, struct surface_runs **chosen)
{
    struct choice choice;
    size_t found = 0;
    if (!choice_make(call, options, eval_case, &choice))
        return false;
    for (size_t i = 0; i < choice.count; i++)
        if (choice.is_possible[i] &&
            (!options->surface.at || text_equal(choice.surface[i].name, options->surface))) {
            *chosen = choice.surface + i;
            found++;
        }
    return found == 1 || fail_no_surface(call, options, &choice);
}

/* --- which runs --- */

/* By its name, else by its id; whose runs it stands among is for the caller to see. */
static bool find_run_row(struct call *call, const struct surface_runs *surface, text word,
                         bool *is_found, struct row *run)
{
    struct query query;
    rid id;
    query_init(&query, &eval_run_record);
    if (!query_add(call, &query, EVAL_RUN_SURFACE, FILTER_IS, value_ref(surface->row->id)) ||
        !query_add(call, &query, EVAL_RUN_RUN, FILTER_IS, value_text(word)))
        return false;
    *is_found = find_first(call, &query, run);
    if (!*is_found && call->fail.kind == FAIL_NONE && row_id_read(&eval_run_record, word, &id) &&
        find_may_read(call, &eval_run_record, id))
        *is_found = find_row(call, &eval_run_record, id, run);
    return call->fail.kind == FAIL_NONE;
}

/* It is sought among the runs of its own week, which may lie outside of the window. */
static bool find_named_run(struct call *call, const struct surface_runs *surface, const char *field,
                           text word, const struct week_run_row **run)
{
    struct surface_runs named = *surface;
    struct row row;
    iso_week week;
    bool is_found;
    named.count = 0;
    if (!find_run_row(call, surface, word, &is_found, &row))
        return false;
    const struct value *started = &row.value[EVAL_RUN_STARTED_AT];
    if (is_found && !value_is_null(*started) &&
        (!week_of_stamp(call, surface->zone, value_as_int(*started), &week) ||
         !read_week(call, &named, week)))
        return false;
    for (size_t i = 0; i < named.count; i++)
        if (named.run[i].row->id == row.id) {
            *run = named.run + i;
            return true;
        }
    return fail_at(call, field, "surface '%.*s' has no complete run '%.*s'",
                   TEXT_FMT(surface->name), TEXT_FMT(word));
}

static const struct week_run_row *last_of(const struct surface_runs *surface, struct week_runs week)
{
    return week.count ? &surface->run[week.first + week.count - 1] : NULL;
}

struct two_runs {
    const struct week_run_row *now, *before;
};

/* The week asked for, else that of the run asked for, else the last one with runs. */
static bool choose_week(struct call *call, const struct case_page_options *options,
                        struct surface_runs *surface, struct case_page *page)
{
    const struct week_run_row *run;
    page->has_week = options->has_week;
    page->week = options->week;
    if (options->has_week)
        return true;
    if (options->run.at) {
        if (!find_named_run(call, surface, "run", options->run, &run))
            return false;
        page->has_week = true;
        page->week = run->week;
        return true;
    }
    if (!read_last_week(call, surface))
        return false;
    page->has_week = surface->count > 0;
    page->week = surface->count ? surface->run[surface->count - 1].week : 0;
    return true;
}

static bool choose_runs(struct call *call, const struct case_page_options *options,
                        struct surface_runs *surface, struct case_page *page,
                        struct two_runs *runs)
{
    struct week_runs before;
    *runs = (struct two_runs){ NULL, NULL };
    if (!choose_week(call, options, surface, page))
        return false;
    surface->count = surface->left_out_count = 0;
    if (!page->has_week)
        return true;
    if (!select_runs(call, &all_runs, run_bounds_of(page->week, options->weeks, true), surface))
        return false;
    runs->now = last_of(surface, select_week(surface, page->week));
    if (select_week_before(surface, page->week, &before))
        runs->before = last_of(surface, before);
    return (!options->run.at || find_named_run(call, surface, "run", options->run, &runs->now)) &&
           (!options->before.at ||
            find_named_run(call, surface, "before", options->before, &runs->before));
}

/* --- what a run says of the case --- */

/* Where the case's results begin in a run, which lie by case, and how many they are. */
static size_t results_of(const struct stored_results *results, uint32_t number, size_t *count)
{
    size_t low = 0, high = results->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (results->case_number[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    for (*count = 0; low + *count < results->count; (*count)++)
        if (results->case_number[low + *count] != number)
            break;
    return low;
}

/* Eval tools call it differently; the first that is there. */
static bool find_reason(struct call *call, text attributes, text *reason)
{
    static const char *const names[] = { "reason", "explanation", "justification", "rationale" };
    struct json object;
    *reason = TEXT_NONE;
    if (!attributes.at)
        return true;
    if (!json_read(call, attributes, &object, NULL))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct json *value = json_get(&object, names[i]);
        if (value && value->kind == JSON_TEXT) {
            *reason = value->text;
            return true;
        }
    }
    return true;
}

static text word_at(const struct stored_results *results, enum results_word which, size_t at)
{
    return results->word[which] ? results->word[which][at] : TEXT_NONE;
}

static double real_at(const struct stored_results *results, enum results_real which, size_t at)
{
    return results->real[which] ? results->real[which][at] : NAN;
}

static bool read_trial(struct call *call, const struct stored_results *results, size_t at,
                       struct case_trial *trial)
{
    *trial = (struct case_trial){
        .trial = results->trial[at],
        .verdict = (enum verdict)results->verdict[at],
        .score = real_at(results, RESULTS_SCORE, at),
        .latency_ms = real_at(results, RESULTS_LATENCY_MS, at),
        .cost_usd = real_at(results, RESULTS_COST_USD, at),
        .output = word_at(results, RESULTS_OUTPUT, at),
        .error = word_at(results, RESULTS_ERROR, at),
        .failure = word_at(results, RESULTS_FAILURE, at),
        .attributes = word_at(results, RESULTS_ATTRIBUTES, at),
    };
    return find_reason(call, trial->attributes, &trial->reason);
}

static bool read_run(struct call *call, const struct week_run_row *run, uint32_t number,
                     struct case_result *result)
{
    struct verdicts verdicts;
    struct stored_results results;
    *result = (struct case_result){ .run = run->row };
    if (!select_verdicts(call, run, &verdicts))
        return false;
    if (!verdicts_hold(&verdicts, number))
        return true;
    int64_t count = value_as_int(run->row->value[EVAL_RUN_RESULTS]);
    if (!columns_read_results(call, run_place(run->row), &verdicts, count, &results))
        return false;
    size_t first = results_of(&results, number, &result->trial_count);
    struct case_trial *trial = call_array(call, result->trial_count + 1, sizeof *trial);
    if (!trial)
        return false;
    for (size_t i = 0; i < result->trial_count; i++)
        if (!read_trial(call, &results, first + i, &trial[i]))
            return false;
    result->trial = trial;
    result->is_held = true;
    result->verdict = verdict_of(&verdicts, number);
    result->input = word_at(&results, RESULTS_INPUT, first);
    result->expected = word_at(&results, RESULTS_EXPECTED, first);
    return true;
}

static bool read_runs(struct call *call, const struct two_runs *runs, uint32_t number,
                      struct case_page *page)
{
    struct word_piece *piece;
    page->has_now = runs->now != NULL;
    page->has_before = runs->before != NULL;
    if ((runs->now && !read_run(call, runs->now, number, &page->now)) ||
        (runs->before && !read_run(call, runs->before, number, &page->before)))
        return false;
    if (!page->now.trial_count || !page->before.trial_count || !page->now.trial[0].output.at ||
        !page->before.trial[0].output.at)
        return true;
    if (!word_diff(call, page->before.trial[0].output, page->now.trial[0].output, &piece,
                   &page->difference_count))
        return false;
    page->difference = piece;
    return true;
}

/* --- the strip --- */

static bool add_week(struct call *call, const struct surface_runs *surface, struct week_runs week,
                     uint32_t number, struct case_week *to)
{
    *to = (struct case_week){ .week = week.week };
    for (size_t i = 0; i < week.count; i++) {
        struct verdicts verdicts;
        if (!select_verdicts(call, &surface->run[week.first + i], &verdicts))
            return false;
        if (!verdicts_hold(&verdicts, number))
            continue;
        to->n++;
        to->passed += bits_has(verdicts.passed, number);
    }
    return true;
}

static bool read_strip(struct call *call, const struct surface_runs *surface, uint32_t number,
                       int weeks, struct case_page *page)
{
    iso_week first = page->week - weeks + 1;
    struct case_week *strip = call_array(call, (size_t)weeks + 1, sizeof *strip);
    if (!strip || !select_read(call, surface, first, page->week))
        return false;
    for (iso_week week = first; page->has_week && week <= page->week; week++) {
        struct week_runs runs = select_week(surface, week);
        if (runs.count && !add_week(call, surface, runs, number, &strip[page->strip_count++]))
            return false;
    }
    page->strip = strip;
    return true;
}

/* --- people --- */

static bool read_human_verdicts(struct call *call, struct case_page *page)
{
    struct query query;
    struct rows rows;
    query_init(&query, &human_verdict_record);
    if (!query_add(call, &query, HUMAN_VERDICT_CASE, FILTER_IS, value_ref(page->eval_case.id)) ||
        !find_rows(call, &query, &rows))
        return false;
    page->verdict = rows.row;
    page->verdict_count = rows.count;
    return true;
}

bool case_page(struct call *call, const struct case_page_options *asked, struct case_page *page)
{
    struct case_page_options options = *asked;
    struct surface_runs *surface = NULL;
    struct two_runs runs;
    *page = (struct case_page){ .has_week = false };
    if (!find_subject(call, &options, &page->eval_case) ||
        !choose_surface(call, &options, &page->eval_case, &surface) ||
        !choose_runs(call, &options, surface, page, &runs))
        return false;
    uint32_t number = (uint32_t)value_as_int(page->eval_case.value[EVAL_CASE_NUMBER]);
    page->surface = *surface->row;
    page->suite_name = surface->suite_name;
    return read_runs(call, &runs, number, page) &&
           read_strip(call, surface, number, options.weeks, page) &&
           read_human_verdicts(call, page);
}
