/*
 * See evals_week.h. The review of a week: choose what stands for it, compare each surface
 * with its own baseline, then settle what depends on all of them together. A filter narrows
 * what is shown, never what is corrected for.
 */
#include "rooms/evals/evals_week.h"

#include "ledger/parallel.h"
#include "ledger/worked_out.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_store.h"
#include "rooms/evals/evals_suspects.h"
#include "rooms/evals/evals_surface.h"
#include "rooms/evals/review_marks.h"
#include "store/find.h"
#include "store/sql.h"

/* One question instead of one for each column and run: most columns are not there. */
static bool find_words(struct call *call, struct surface_input *input)
{
    const struct chosen *now = &input->now;
    rid first = now->latest->row->id, last = first;
    for (size_t i = 0; i < now->run_count; i++) {
        rid id = now->runs[i].row->id;
        first = id < first ? id : first;
        last = id > last ? id : last;
    }
    return columns_words_named(call, run_place(now->latest->row).surface, first, last,
                               &input->words);
}

static bool surface_review(struct call *call, struct suites_cases *suites,
                           struct surface_input *input, struct week_runs week,
                           struct surface_review *review)
{
    static const struct verdicts nothing = { .case_count = 0 };
    input->cases = cases_of(call, suites, input->surface->suite->id);
    const struct verdicts *baseline = input->has_baseline ? &input->baseline.verdicts : &nothing;
    return input->cases && find_words(call, input) && surface_history(call, input) &&
           compare(call, baseline, &input->now.verdicts, input->surface->nulls,
                   &input->comparison) &&
           surface_headline(call, input, review) && surface_flips(call, input, review) &&
           surface_slid(call, input, review) && surface_renamed(call, input, review) &&
           surface_errors(call, input, review) && surface_scores(call, input, review) &&
           surface_tail(call, input, review) && surface_slices(call, input, review) &&
           surface_notes(call, input, week, review);
}

/* What only a week has: the weeks before it. */
static bool surface_window(struct call *call, struct surface_input *input,
                           struct surface_review *review)
{
    return surface_list(call, input) && surface_breaks(call, input, review) &&
           surface_trend(call, input, review) && surface_levels(call, input, review) &&
           surface_score_levels(call, input, review) && surface_alarm(call, input, review) &&
           surface_repeats(call, input, review) && surface_sensitivity(call, input, review);
}

/* --- the week --- */

static bool surface_is_shown(const struct review_options *options, text name)
{
    return !options->surface.at || text_equal(options->surface, name);
}

/* " of surface 'x' with the model 'y'": what the runs were narrowed to. */
static text narrowed_words(struct call *call, const struct review_options *options)
{
    struct out words;
    out_init(&words, call);
    if (options->surface.at)
        out_format(&words, " of surface '%.*s'", TEXT_FMT(options->surface));
    if (options->model.at)
        out_format(&words, " with the model '%.*s'", TEXT_FMT(options->model));
    return out_view(&words);
}

static bool fail_no_runs(struct call *call, const struct review_options *options,
                         const struct surface_runs *surface, size_t count)
{
    char week[WEEK_TEXT_SIZE], latest_words[WEEK_TEXT_SIZE];
    iso_week latest = 0;
    bool has_latest;
    text narrowed = narrowed_words(call, options);
    if (!select_latest_week(call, options, INT32_MAX, surface, count, &has_latest, &latest))
        return false;
    if (!has_latest)
        return fail(call, FAIL_NOT_FOUND,
                    "there is no complete run with a date%.*s yet: %s", TEXT_FMT(narrowed),
                    narrowed.size ? "see 'rondo eval-run list'"
                                  : "bring some in with 'rondo import FILE'");
    week_write(options->week, week);
    week_write(latest, latest_words);
    return fail(call, FAIL_NOT_FOUND,
                "there is no complete run%.*s in %s: the latest week with one is %s",
                TEXT_FMT(narrowed), week, latest_words);
}

static text *week_run_names(struct call *call, const struct surface_runs *surface,
                            struct week_runs week)
{
    text *name = call_array(call, week.count + 1, sizeof *name);
    for (size_t i = 0; name && i < week.count; i++)
        name[i] = surface->run[week.first + i].name;
    return name;
}

static bool review_surface_week(struct call *call, struct suites_cases *suites,
                                const struct surface_runs *surface, const struct review *review,
                                struct surface_input *input, struct surface_review *result)
{
    struct week_runs week = select_week(surface, review->week), before;
    *input = (struct surface_input){ .surface = surface,
                                     .week = review->week,
                                     .is_dated = true,
                                     .weeks = review->options.weeks,
                                     .rule = review->options.week_run };
    input->has_baseline = select_week_before(surface, review->week, &before);
    if (!select_read(call, surface, review->week - review->options.weeks + 1, review->week) ||
        !select_chosen(call, surface, week, input->rule, &input->now) ||
        (input->has_baseline &&
         !select_chosen(call, surface, before, input->rule, &input->baseline)))
        return false;
    result->runs = week_run_names(call, surface, week);
    result->run_count = week.count;
    result->has_weeks = input->has_baseline;
    result->baseline_week = input->has_baseline ? before.week : 0;
    result->weeks_apart = input->has_baseline ? (int)(review->week - before.week) : 0;
    return result->runs && surface_review(call, suites, input, week, result) &&
           surface_window(call, input, result);
}

/* The nearest earlier week in which any surface has a run. */
static void find_baseline_week(const struct surface_runs *surface, size_t count,
                               struct review *review)
{
    for (size_t i = 0; i < count; i++) {
        struct week_runs before;
        if (!select_week_before(&surface[i], review->week, &before))
            continue;
        if (!review->has_baseline_week || before.week > review->baseline_week)
            review->baseline_week = before.week;
        review->has_baseline_week = true;
    }
    review->weeks_apart =
        review->has_baseline_week ? (int)(review->week - review->baseline_week) : 0;
}

/* What needs a look first: a place in the page, from the verdict and the tail. */
static int urgency(const struct surface_review *surface)
{
    static const int place[REVIEW_VERDICTS] = {
        [REVIEW_REGRESSED] = 0,    [REVIEW_COULD_NOT_MEASURE] = 2, [REVIEW_NOT_COMPARABLE] = 3,
        [REVIEW_INSUFFICIENT] = 4, [REVIEW_NO_EVIDENCE] = 5,       [REVIEW_IMPROVED] = 6,
    };
    return surface->tail.is_stealth ? 1 : place[surface->verdict];
}

static int compare_urgency(const void *left, const void *right)
{
    const struct surface_review *a = left, *b = right;
    if (urgency(a) != urgency(b))
        return urgency(a) - urgency(b);
    int order = text_compare(a->suite, b->suite);
    return order ? order : text_compare(a->surface, b->surface);
}

/* A filter takes away from what is shown, after everything was settled. */
static void show_only(const struct review_options *options, struct surface_review *all,
                      size_t count, struct review *review)
{
    for (size_t i = 0; i < count; i++)
        if (surface_is_shown(options, all[i].surface))
            all[review->surface_count++] = all[i];
    qsort(all, review->surface_count, sizeof *all, compare_urgency);
    review->surface = all;
}

static bool check_surface_filter(struct call *call, const struct review_options *options,
                                 const struct surface_runs *surface, size_t count)
{
    if (!options->surface.at)
        return true;
    for (size_t i = 0; i < count; i++)
        if (text_equal(surface[i].name, options->surface))
            return true;
    return fail(call, FAIL_NOT_FOUND, "there is no surface '%.*s': see 'rondo surface list'",
                TEXT_FMT(options->surface));
}

/* The surfaces of a review while they are made, one by one and in no order. */
struct surfaces_making {
    const struct review *review;
    struct run_bounds bounds;
    struct surface_runs *surface;
    struct surface_input *input;
    struct surface_review *made;
    struct suites_cases suites[PARALLEL_HANDS_MAX];
};

static bool make_surface(struct call *call, void *of, size_t item, size_t hand)
{
    struct surfaces_making *making = of;
    struct surface_runs *surface = &making->surface[item];
    if (!select_runs(call, &making->review->options, making->bounds, surface))
        return false;
    return select_week(surface, making->review->week).count == 0 ||
           review_surface_week(call, &making->suites[hand], surface, making->review,
                               &making->input[item], &making->made[item]);
}

/* Closes ranks: the surfaces with a run, and the names of those that had one in earlier weeks. */
static bool gather_surfaces(struct call *call, const struct surfaces_making *making, size_t count,
                            size_t *reviewed, struct review *review)
{
    text *without = call_array(call, count + 1, sizeof *without);
    *reviewed = 0;
    for (size_t i = 0; without && i < count; i++) {
        const struct surface_runs *surface = &making->surface[i];
        struct week_runs before;
        if (select_week(surface, review->week).count) {
            making->input[*reviewed] = making->input[i];
            making->made[(*reviewed)++] = making->made[i];
        } else if (select_week_before(surface, review->week, &before) &&
                   surface_is_shown(&review->options, surface->name)) {
            without[review->without_run_count++] = surface->name;
        }
    }
    review->without_run = without;
    return without != NULL;
}

static bool has_shown_run(const struct review *review, const struct surface_runs *surface,
                          size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (surface_is_shown(&review->options, surface[i].name) &&
            select_week(&surface[i], review->week).count)
            return true;
    return false;
}

static bool review_surfaces(struct call *call, struct surface_runs *surface, size_t count,
                            struct review *review)
{
    struct surface_review *all = call_array(call, count + 1, sizeof *all);
    struct surface_input *input = call_array(call, count + 1, sizeof *input);
    struct surfaces_making making = { .review = review,
                                      .bounds =
                                          run_bounds_of(review->week, review->options.weeks, true),
                                      .surface = surface,
                                      .input = input,
                                      .made = all };
    size_t reviewed;
    if (!all || !input || !parallel_each(call, count, make_surface, &making))
        return false;
    if (!has_shown_run(review, surface, count))
        return fail_no_runs(call, &review->options, surface, count);
    find_baseline_week(surface, count, review);
    if (!gather_surfaces(call, &making, count, &reviewed, review))
        return false;
    if (!review_marks_overrides(call, review->week, input, all, reviewed) ||
        !surfaces_settle(call, all, reviewed) || !surfaces_suspects(call, input, all, reviewed) ||
        !review_marks_actions(call, review->week, input, all, reviewed))
        return false;
    show_only(&review->options, all, reviewed, review);
    return true;
}

/*
 * What most of a review's time would else be waited for. Where no week is asked for it is about the
 * one of the last run: about, because that may be of another zone or not shown.
 */
bool evals_read_ahead(struct call *call, const struct review_options *options)
{
    struct row last;
    iso_week week = options->week;
    if (!options->has_week) {
        if (!run_last_before(call, options, 0, INT64_MAX, &last))
            return call->fail.kind == FAIL_NONE;
        if (!week_of_stamp(call, TEXT("UTC"), value_as_int(last.value[EVAL_RUN_STARTED_AT]), &week))
            return false;
    }
    const stamp since = run_bounds_begin(run_bounds_of(week, options->weeks, false));
    const struct ahead_wish wishes[] = {
        { "eval_runs_by_started_at", false, since },
        { "surfaces", false, 0 },
        { "eval_cases", false, 0 },
    };
    return !sql_ahead(call, wishes, sizeof wishes / sizeof *wishes) ||
           stored_verdicts_ahead(call, since);
}

static bool make_review(struct call *call, const struct review_options *options,
                        struct review *review)
{
    struct surface_runs *surface;
    size_t count;
    bool has_week = options->has_week;
    *review =
        (struct review){ .options = *options, .week = options->week, .generated_at = call->now };
    if (!evals_read_ahead(call, options) || !select_open(call, options, &surface, &count) ||
        !check_surface_filter(call, options, surface, count) ||
        (!has_week &&
         !select_latest_week(call, options, INT32_MAX, surface, count, &has_week, &review->week)))
        return false;
    if (!has_week)
        return fail_no_runs(call, options, surface, count);
    if (!review_surfaces(call, surface, count, review))
        return false;
    review->summary = review_summary(call, review);
    return review->summary.at != NULL;
}

/* --- a review that was made already --- */

/* Everything that decides what a review says, but for the reader and what is stored. */
static bool review_digest(struct call *call, const struct review_options *options,
                          struct hash *digest)
{
    text numbers = call_format(call, "%d %d %d %d %d %d %d", options->has_week, (int)options->week,
                               (int)options->week_run, options->has_nulls, (int)options->nulls,
                               options->weeks, options->with_partial);
    const text part[] = { numbers, options->surface, options->model };
    *digest = hash_strong_parts(part, 3);
    return numbers.at != NULL;
}

struct latest_week {
    bool is_found;
    iso_week week;
};

static const void *latest_week_made(struct call *call, const void *ask)
{
    const struct review_options *options = ask;
    struct latest_week *latest = call_new(call, struct latest_week);
    struct surface_runs *surface;
    size_t count;
    bool done = latest && select_open(call, options, &surface, &count) &&
                select_latest_week(call, options, INT32_MAX, surface, count, &latest->is_found,
                                   &latest->week);
    return done ? latest : NULL;
}

/*
 * Names the week of a review that is asked for without one, so that it is the same review as the
 * one that is asked for by its week. Where there is none, making it says why.
 */
static bool name_week(struct call *call, struct review_options *options)
{
    static const char known_by;
    struct hash digest;
    const struct latest_week *latest =
        review_digest(call, options, &digest)
            ? worked_out(call, &known_by, digest, latest_week_made, options)
            : NULL;
    if (latest && latest->is_found) {
        options->has_week = true;
        options->week = latest->week;
    }
    return latest != NULL;
}

static const void *review_made(struct call *call, const void *ask)
{
    struct review *made = call_new(call, struct review);
    return made && make_review(call, ask, made) ? made : NULL;
}

bool evals_review(struct call *call, const struct review_options *options, struct review *review)
{
    static const char known_by;
    struct review_options named = *options;
    struct hash digest;
    if (!worked_out_is_kept(call))
        return make_review(call, options, review);
    if ((!named.has_week && !name_week(call, &named)) || !review_digest(call, &named, &digest))
        return false;
    const struct review *made = worked_out(call, &known_by, digest, review_made, &named);
    if (!made)
        return false;
    *review = *made;
    review->options = *options; /* its texts are the asking call's */
    review->generated_at = call->now;
    return true;
}

bool evals_latest_week(struct call *call, iso_week until, bool *has, iso_week *week)
{
    const struct review_options all = { .weeks = REVIEW_WEEKS_DEFAULT };
    struct surface_runs *surface;
    size_t count;
    *has = false;
    return select_open(call, &all, &surface, &count) &&
           select_latest_week(call, &all, until, surface, count, has, week);
}

int review_exit(const struct review *review, bool check)
{
    int code = 0;
    for (size_t i = 0; check && i < review->surface_count; i++) {
        enum review_verdict verdict = review->surface[i].verdict;
        if (verdict == REVIEW_REGRESSED)
            return 1;
        if (verdict == REVIEW_NOT_COMPARABLE || verdict == REVIEW_COULD_NOT_MEASURE ||
            verdict == REVIEW_INSUFFICIENT)
            code = 3;
    }
    return code;
}

/* --- two runs --- */

static bool fail_several(struct call *call, text name, const struct rows *runs)
{
    struct out words;
    out_init(&words, call);
    for (size_t i = 0; i < runs->count; i++) {
        text surface =
            find_title(call, &surface_record, value_as_int(runs->row[i].value[EVAL_RUN_SURFACE]));
        text id = row_public_id(call, &eval_run_record, runs->row[i].id);
        out_format(&words, "%s'%.*s' (%.*s)", i ? ", " : "", TEXT_FMT(surface), TEXT_FMT(id));
    }
    text list = out_view(&words);
    return fail(call, FAIL_INVALID,
                "run '%.*s' stands in several surfaces: %.*s; name it by its id", TEXT_FMT(name),
                TEXT_FMT(list));
}

bool evals_find_run(struct call *call, text word, struct row *run)
{
    struct query query;
    struct rows runs;
    rid id;
    query_init(&query, &eval_run_record);
    if (!query_add(call, &query, EVAL_RUN_RUN, FILTER_IS, value_text(word)) ||
        !find_rows(call, &query, &runs))
        return false;
    if (runs.count > 1)
        return fail_several(call, word, &runs);
    if (runs.count == 1) {
        *run = runs.row[0];
        return true;
    }
    if (row_id_read(&eval_run_record, word, &id) && find_may_read(call, &eval_run_record, id))
        return find_row(call, &eval_run_record, id, run);
    return call->fail.kind == FAIL_NONE &&
           fail(call, FAIL_NOT_FOUND, "there is no run '%.*s': see 'rondo eval-run list'",
                TEXT_FMT(word));
}

/* A run as one of its surface's, also when it may not stand in trends. */
static bool run_of_surface(struct call *call, const struct surface_runs *surface,
                           const struct row *row, struct week_run_row *run)
{
    *run = (struct week_run_row){ .row = row, .name = value_as_text(row->value[EVAL_RUN_RUN]),
                                  .model = value_as_text(row->value[EVAL_RUN_MODEL]),
                                  .started_at = value_as_int(row->value[EVAL_RUN_STARTED_AT]) };
    return select_is_copy(call, row, &run->is_copy) &&
           (value_is_null(row->value[EVAL_RUN_STARTED_AT]) ||
            week_of_stamp(call, surface->zone, run->started_at, &run->week));
}

static struct surface_runs *surface_with(struct surface_runs *surface, size_t count, rid id)
{
    for (size_t i = 0; i < count; i++)
        if (surface[i].row->id == id)
            return &surface[i];
    return NULL;
}

static bool check_same_suite(struct call *call, const struct row *a, const struct row *b)
{
    rid suite_a = value_as_int(a->value[EVAL_RUN_SUITE]),
        suite_b = value_as_int(b->value[EVAL_RUN_SUITE]);
    if (suite_a == suite_b)
        return true;
    text name_a = find_title(call, &suite_record, suite_a),
         name_b = find_title(call, &suite_record, suite_b);
    return fail(call, FAIL_INVALID,
                "the runs are of different suites ('%.*s' and '%.*s') and share no cases",
                TEXT_FMT(name_a), TEXT_FMT(name_b));
}

static bool choose_run(struct call *call, const struct week_run_row *run, struct chosen *chosen)
{
    chosen->run = chosen->latest = chosen->runs = run;
    chosen->run_count = 1;
    return stored_verdicts_read(call, run_place(run->row), &chosen->verdicts);
}

bool evals_compare(struct call *call, text run_a, text run_b, bool has_nulls, enum nulls nulls,
                   struct surface_review *result)
{
    const struct review_options options = { .has_nulls = has_nulls,
                                            .nulls = nulls,
                                            .weeks = REVIEW_WEEKS_DEFAULT,
                                            .surface = TEXT_NONE,
                                            .model = TEXT_NONE };
    struct row *row = call_array(call, 2, sizeof *row);
    struct week_run_row *run = call_array(call, 2, sizeof *run);
    text *name = call_array(call, 1, sizeof *name);
    struct suites_cases suites = { .count = 0 };
    struct surface_runs *surfaces;
    size_t count;
    *result = (struct surface_review){ .run = TEXT_NONE };
    if (!row || !run || !name || !evals_find_run(call, run_a, &row[0]) ||
        !evals_find_run(call, run_b, &row[1]) || !check_same_suite(call, &row[0], &row[1]) ||
        !select_open(call, &options, &surfaces, &count))
        return false;
    struct surface_runs *surface =
        surface_with(surfaces, count, value_as_int(row[1].value[EVAL_RUN_SURFACE]));
    struct surface_input input = { .surface = surface,
                                   .weeks = REVIEW_WEEKS_DEFAULT,
                                   .has_baseline = true };
    if (!surface)
        return fail(call, FAIL_NOT_FOUND, "there is no run '%.*s': see 'rondo eval-run list'",
                    TEXT_FMT(run_b));
    if (!run_of_surface(call, surface, &row[0], &run[0]) ||
        !run_of_surface(call, surface, &row[1], &run[1]) ||
        !choose_run(call, &run[0], &input.baseline) || !choose_run(call, &run[1], &input.now))
        return false;
    input.is_dated = !value_is_null(row[1].value[EVAL_RUN_STARTED_AT]);
    input.week = run[1].week;
    const struct run_bounds bounds = run_bounds_of(input.week, input.weeks, false);
    if (input.is_dated && !select_runs(call, &options, bounds, surface))
        return false;
    name[0] = run[1].name;
    result->runs = name;
    result->run_count = 1;
    result->has_weeks = input.is_dated && !value_is_null(row[0].value[EVAL_RUN_STARTED_AT]);
    result->baseline_week = run[0].week;
    result->weeks_apart = (int)(run[1].week - run[0].week);
    return surface_review(call, &suites, &input, (struct week_runs){ .count = 0 }, result) &&
           surfaces_settle(call, result, 1) && surfaces_suspects(call, &input, result, 1);
}
