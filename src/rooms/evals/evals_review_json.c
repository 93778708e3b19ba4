/*
 * The review as JSON: the keys that other programs script against, in their order, and the words
 * of its enums. Decides nothing and computes nothing but rates out of counts. What is not known is
 * null, never 0.
 */
#include "rooms/evals/evals_review.h"

#include "base/hash.h"
#include "base/sort.h"
#include "engine/bits.h"
#include "ledger/parallel.h"
#include "rooms/evals/review_headline.h"
#include "rooms/evals/review_put.h"

const char *const review_verdict_words[REVIEW_VERDICTS] = {
    [REVIEW_NOT_COMPARABLE] = "not_comparable",
    [REVIEW_COULD_NOT_MEASURE] = "could_not_measure",
    [REVIEW_INSUFFICIENT] = "insufficient",
    [REVIEW_REGRESSED] = "regressed",
    [REVIEW_IMPROVED] = "improved",
    [REVIEW_NO_EVIDENCE] = "no_evidence",
};

const char *const trend_verdict_words[TREND_VERDICTS] = {
    [TREND_FALLING] = "falling",
    [TREND_RISING] = "rising",
    [TREND_NO_TREND] = "no_trend",
    [TREND_TOO_FEW_WEEKS] = "too_few_weeks",
};

const char *const flip_class_words[FLIP_CLASSES] = {
    [FLIP_NO_CLASS] = NULL,
    [FLIP_CANDIDATE] = "candidate",
    [FLIP_CONFIRMED] = "confirmed",
    [FLIP_FLAKY] = "flaky",
};

const char *const verdict_words[5] = {
    [VERDICT_FAIL] = "fail",         [VERDICT_PASS] = "pass",       [VERDICT_ERROR] = "error",
    [VERDICT_UNSCORED] = "unscored", [VERDICT_SKIPPED] = "skipped",
};

static void put_changed(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "changed");
    json_object(writer);
    for (size_t i = 0; i < surface->changed_count; i++) {
        const struct review_difference *changed = &surface->changed[i];
        json_key(writer, changed->part);
        json_list(writer);
        json_text(writer, changed->from);
        json_text(writer, changed->to);
        json_list_end(writer);
    }
    json_object_end(writer);
}

static void put_notes(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "notes");
    json_list(writer);
    for (size_t i = 0; i < surface->note_count; i++) {
        json_object(writer);
        json_put_string(writer, "code", surface->note[i].code);
        json_put_text(writer, "text", surface->note[i].words);
        json_object_end(writer);
    }
    json_list_end(writer);
}

/* The one figure of the surface, in its own direction; the keys beside it are of passes. */
static void put_headline(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "headline");
    json_object(writer);
    json_put_text(writer, "metric", surface->metric);
    json_put_string(writer, "direction", surface->is_lower_better ? "lower" : "higher");
    review_put_rate(writer, "rate", headline_part(surface, surface->tally.passed, surface->n),
                    surface->n);
    review_put_interval(writer, headline_interval(surface, surface->interval));
    review_put_real(writer, "delta", surface->has_delta, headline_change(surface, surface->delta));
    review_put_real(writer, "floor", surface->has_floor, surface->floor);
    if (headline_is_judged(surface))
        json_put_bool(writer, "breached", headline_is_breached(surface));
    else
        json_put_null(writer, "breached");
    json_object_end(writer);
}

static void put_counts(struct json_writer *writer, const struct surface_review *surface)
{
    json_put_int(writer, "cases", surface->tally.cases);
    json_put_int(writer, "evaluated", surface->tally.evaluated);
    json_put_int(writer, "unscored", surface->tally.cases - surface->tally.evaluated);
    json_put_int(writer, "passed", surface->tally.passed);
    review_put_real(writer, "pass_rate", surface->n > 0, surface->pass_rate);
    review_put_interval(writer, surface->interval);
    review_put_real(writer, "delta", surface->has_delta, surface->delta);
    review_put_real(writer, "smallest_detectable", surface->has_smallest_detectable,
             surface->smallest_detectable);
}

/* Without a single pair nothing was tested, so there is no p either. */
static void put_paired(struct json_writer *writer, const struct surface_review *surface)
{
    const struct paired_binary *paired = &surface->paired;
    bool is_tested = surface->has_baseline && paired->n > 0;
    json_key(writer, "paired");
    json_object(writer);
    json_put_int(writer, "n", surface->has_baseline ? paired->n : 0);
    json_put_int(writer, "pass_to_fail", surface->has_baseline ? surface->pass_to_fail : 0);
    json_put_int(writer, "fail_to_pass", surface->has_baseline ? surface->fail_to_pass : 0);
    review_put_real(writer, "diff", is_tested && paired->has_diff, paired->diff);
    review_put_interval(writer, is_tested ? paired->interval : (struct interval){ 0 });
    review_put_real(writer, "p_exact", is_tested, surface->mcnemar.p_exact);
    review_put_real(writer, "p_worse", is_tested, surface->mcnemar.p_worse);
    review_put_real(writer, "p_adjusted", is_tested, surface->p_adjusted);
    json_object_end(writer);
}

static void put_not_comparable(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "not_comparable");
    json_list(writer);
    for (size_t i = 0; i < surface->not_comparable_count; i++) {
        const struct review_difference *difference = &surface->not_comparable[i];
        json_object(writer);
        json_put_string(writer, "part", difference->part);
        json_put_text(writer, "from", difference->from);
        json_put_text(writer, "to", difference->to);
        json_object_end(writer);
    }
    json_list_end(writer);
}

/* Why the two are compared although the ruler changed, and where that was written down. */
static void put_compared_anyway(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "compared_anyway");
    if (!surface->compared_anyway.at) {
        json_null(writer);
        return;
    }
    json_object(writer);
    json_put_text(writer, "id", surface->override);
    json_put_text(writer, "reason", surface->compared_anyway);
    json_object_end(writer);
}

/*
 * The flips of a surface tell the same few weeks, each of them thousands of times: what stands
 * before a week's counts is written once.
 */
enum { KNOWN_WEEKS = 64, WEEK_START_SIZE = 48 };
struct known_weeks {
    iso_week week[KNOWN_WEEKS];
    size_t size[KNOWN_WEEKS]; /* 0: nothing is known yet */
    char words[KNOWN_WEEKS][WEEK_START_SIZE];
};

static size_t know_week(struct known_weeks *known, iso_week week)
{
    size_t at = (size_t)week % KNOWN_WEEKS;
    if (!known->size[at] || known->week[at] != week) {
        char words[WEEK_TEXT_SIZE];
        week_write(week, words);
        known->week[at] = week;
        known->size[at] = (size_t)snprintf(known->words[at], WEEK_START_SIZE,
                                           "{\"week\":\"%s\",\"passed\":", words);
    }
    return at;
}

/* Nor do they have many p values: each comes of a few small counts. */
enum { KNOWN_REALS = 256, REAL_SIZE = 32 };
struct known_reals {
    double value[KNOWN_REALS];
    int size[KNOWN_REALS]; /* 0: nothing is known yet */
    char words[KNOWN_REALS][REAL_SIZE];
};

static void put_p(struct json_writer *writer, const char *key, bool is_known, double p,
                  struct known_reals *known)
{
    size_t at = (size_t)hash_quick((text){ (const char *)&p, sizeof p }, 0) % KNOWN_REALS;
    if (!is_known) {
        json_put_null(writer, key);
        return;
    }
    if (!known->size[at] || memcmp(&known->value[at], &p, sizeof p) != 0) {
        known->value[at] = p;
        known->size[at] = real_write(p, known->words[at]);
    }
    json_key(writer, key);
    json_raw(writer, (text){ known->words[at], (size_t)known->size[at] });
}

/* What the flips of one surface say over and over again. */
struct known_words {
    struct known_weeks weeks;
    struct known_reals reals;
};

/* Most counts are of one digit. */
static char *append_count(char *to, int64_t count)
{
    if (count < 0 || count > 9)
        return to + json_int_write(count, to);
    *to = (char)('0' + count);
    return to + 1;
}

/*
 * The weeks of all flips are most of a review's JSON: each is written in one piece, also for
 * people, to whom it is a line.
 */
static void put_history_week(struct json_writer *writer, const struct flip_week *week,
                             struct known_weeks *known)
{
    static const char before_n[] = { ',', '"', 'n', '"', ':' };
    size_t place = know_week(known, week->week);
    char *at = json_raw_begin(writer, WEEK_START_SIZE + 2 * JSON_INT_SIZE + sizeof before_n + 1);
    if (!at)
        return;
    memcpy(at, known->words[place], WEEK_START_SIZE); /* all of it: that is three moves */
    at = append_count(at + known->size[place], week->passed);
    memcpy(at, before_n, sizeof before_n);
    at = append_count(at + sizeof before_n, week->n);
    *at++ = '}';
    json_raw_end(writer, at);
}

static void put_history(struct json_writer *writer, const struct review_flip *flip,
                        struct known_weeks *known)
{
    json_key(writer, "history");
    json_list(writer);
    for (size_t i = 0; i < flip->history_count; i++)
        put_history_week(writer, &flip->history[i], known);
    json_list_end(writer);
}

/* Opening the review gives a flip its action; until then action and owner are unknown. */
static void write_flip(struct json_writer *writer, const struct review_flip *flip, stamp now,
                       struct known_words *known)
{
    json_object(writer);
    json_put_text(writer, "case", flip->case_key);
    json_put_string(writer, "from", verdict_words[flip->from]);
    json_put_string(writer, "to", verdict_words[flip->to]);
    json_put_string(writer, "class", flip_class_words[flip->class]);
    put_p(writer, "p_worse", flip->has_p, flip->p_worse, &known->reals);
    put_p(writer, "p_adjusted", flip->has_p, flip->p_adjusted, &known->reals);
    if (flip->has_scores) {
        put_p(writer, "score_before", true, flip->score_before, &known->reals);
        put_p(writer, "score_now", true, flip->score_now, &known->reals);
    }
    put_history(writer, flip, &known->weeks);
    json_put_text(writer, "action", flip->action);
    json_put_text(writer, "owner", flip->owner);
    if (flip->action.at)
        json_put_bool(writer, "late", flip_is_late(flip, now));
    json_object_end(writer);
}

/* `shown`: a set of flips, in bits; NULL: all of them, and nothing is said of any left out. */
static void put_flips(struct json_writer *writer, const struct surface_review *surface,
                      const uint64_t *shown, stamp now)
{
    struct known_words known = { .weeks = { .size = { 0 } } };
    int64_t left_out = 0;
    json_key(writer, "flips");
    json_list(writer);
    for (size_t i = 0; i < surface->flip_count; i++) {
        if (!shown || bits_has(shown, i))
            write_flip(writer, &surface->flip[i], now, &known);
        else
            left_out++;
    }
    json_list_end(writer);
    if (shown)
        json_put_int(writer, "flips_left_out", left_out);
}

static void put_tries(struct json_writer *writer, const char *key, uint32_t passed, uint32_t n)
{
    json_key(writer, key);
    json_object(writer);
    json_put_int(writer, "passed", passed);
    json_put_int(writer, "n", n);
    json_object_end(writer);
}

static void put_slid(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "slid");
    json_list(writer);
    for (size_t i = 0; i < surface->slid_count; i++) {
        const struct review_slip *slip = &surface->slid[i];
        json_object(writer);
        json_put_text(writer, "case", slip->case_key);
        put_tries(writer, "before", slip->before.passed, slip->before.n);
        put_tries(writer, "now", slip->now.passed, slip->now.n);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void put_renamed(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "renamed");
    json_list(writer);
    for (size_t i = 0; i < surface->renamed_count; i++) {
        json_object(writer);
        json_put_text(writer, "from", surface->renamed[i].from);
        json_put_text(writer, "to", surface->renamed[i].to);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void put_errors(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "errors");
    json_list(writer);
    for (size_t i = 0; i < surface->error_count; i++) {
        json_object(writer);
        json_put_text(writer, "case", surface->error[i].case_key);
        json_put_string(writer, "kind", verdict_words[surface->error[i].kind]);
        json_put_text(writer, "reason", surface->error[i].reason);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void put_trend_weeks(struct json_writer *writer, const struct review_trend *trend)
{
    json_key(writer, "weeks");
    json_list(writer);
    for (size_t i = 0; i < trend->week_count; i++) {
        const struct review_week *week = &trend->week[i];
        json_object(writer);
        review_put_week(writer, "week", true, week->week);
        json_put_text(writer, "run", week->run);
        json_put_int(writer, "n", week->n);
        json_put_int(writer, "passed", week->passed);
        review_put_real(writer, "pass_rate", week->n > 0, week->pass_rate);
        review_put_interval(writer, week->interval);
        if (week->has_scored)
            json_put_int(writer, "scored", week->scored);
        else
            json_put_null(writer, "scored");
        review_put_real(writer, "mean_score", week->scored > 0, week->mean_score);
        if (week->is_partial)
            json_put_bool(writer, "partial", true);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void put_mann_kendall(struct json_writer *writer, const struct review_trend *trend)
{
    const struct mann_kendall *test = &trend->test;
    json_key(writer, "mann_kendall");
    json_object(writer);
    json_put_int(writer, "n", (int64_t)test->n);
    json_put_int(writer, "s", test->s);
    review_put_real(writer, "var_s", trend->has_test, test->var_s);
    review_put_real(writer, "z", trend->has_test, test->z);
    review_put_real(writer, "p_normal", trend->has_test, test->p_normal);
    review_put_real(writer, "p_exact", test->has_exact, test->p_exact);
    review_put_real(writer, "p", trend->has_test, test->p);
    review_put_real(writer, "tau_b", test->has_tau_b, test->tau_b);
    json_object_end(writer);
}

static void put_trend(struct json_writer *writer, const struct surface_review *surface)
{
    const struct review_trend *trend = &surface->trend;
    bool has_slope = trend->has_test && trend->test.has_slope;
    if (!surface->has_trend)
        return;
    json_key(writer, "trend");
    json_object(writer);
    put_trend_weeks(writer, trend);
    put_mann_kendall(writer, trend);
    review_put_real(writer, "sen_slope_per_listed_week", has_slope, trend->test.slope);
    review_put_real(writer, "sen_slope_per_week", has_slope, trend->slope_per_week);
    json_put_string(writer, "verdict", trend_verdict_words[trend->verdict]);
    json_object_end(writer);
}

static void put_tail(struct json_writer *writer, const struct review_tail *tail, bool is_brief)
{
    json_key(writer, "tail");
    json_object(writer);
    json_put_real(writer, "fraction", tail->fraction);
    if (!is_brief)
        review_put_texts(writer, "cases", tail->case_key, tail->case_count);
    review_put_rate(writer, "pass_rate", tail->passed, tail->n);
    review_put_rate(writer, "baseline_pass_rate", tail->baseline_passed,
             tail->has_baseline ? tail->baseline_n : 0);
    json_key(writer, "ties_included");
    json_object(writer);
    json_put_int(writer, "n", tail->tied_n);
    review_put_rate(writer, "pass_rate", tail->tied_passed, tail->tied_n);
    json_object_end(writer);
    review_put_real(writer, "p_worse", tail->has_p, tail->p_worse);
    json_key(writer, "stealth");
    if (tail->has_stealth)
        json_bool(writer, tail->is_stealth);
    else
        json_null(writer);
    json_object_end(writer);
}

static void put_slices(struct json_writer *writer, const struct surface_review *surface)
{
    json_key(writer, "slices");
    json_list(writer);
    for (size_t i = 0; i < surface->slice_count; i++) {
        const struct review_slice *slice = &surface->slice[i];
        json_object(writer);
        json_put_text(writer, "slice", slice->slice);
        json_put_int(writer, "n", slice->n);
        review_put_rate(writer, "pass_rate", slice->passed, slice->n);
        review_put_real(writer, "delta", slice->has_delta, slice->delta);
        review_put_real(writer, "p_exact", slice->has_p, slice->p_exact);
        review_put_real(writer, "p_adjusted", slice->has_p, slice->p_adjusted);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void put_cases(struct json_writer *writer, const struct surface_review *surface,
                      const uint64_t *shown, stamp now)
{
    put_flips(writer, surface, shown, now);
    review_put_texts(writer, "fixed", surface->fixed, surface->fixed_count);
    put_slid(writer, surface);
    review_put_texts(writer, "missing", surface->missing, surface->missing_count);
    review_put_texts(writer, "new", surface->added, surface->added_count);
    put_renamed(writer, surface);
    put_errors(writer, surface);
}

static void write_surface(struct json_writer *writer, const struct surface_review *surface,
                          bool is_brief, const uint64_t *shown, stamp now)
{
    bool has_baseline = surface->has_baseline, has_weeks = has_baseline && surface->has_weeks;
    json_object(writer);
    json_put_text(writer, "surface", surface->surface);
    json_put_text(writer, "suite", surface->suite);
    json_put_text(writer, "run", surface->run);
    review_put_texts(writer, "runs", surface->runs, surface->run_count);
    json_put_text(writer, "baseline_run", has_baseline ? surface->baseline_run : TEXT_NONE);
    review_put_week(writer, "baseline_week", has_weeks, surface->baseline_week);
    review_put_weeks_apart(writer, has_weeks, surface->weeks_apart);
    put_changed(writer, surface);
    put_notes(writer, surface);
    put_headline(writer, surface);
    put_counts(writer, surface);
    put_paired(writer, surface);
    json_put_string(writer, "verdict", review_verdict_words[surface->verdict]);
    put_not_comparable(writer, surface);
    put_compared_anyway(writer, surface);
    if (!is_brief)
        put_cases(writer, surface, shown, now);
    put_trend(writer, surface);
    put_tail(writer, &surface->tail, is_brief);
    if (!is_brief) {
        put_slices(writer, surface);
        review_put_suspects(writer, &surface->suspects);
    }
    review_put_statistics(writer, surface);
    json_object_end(writer);
}

/* No action is of a comparison, so none is late in it. */
void surface_review_write_json(const struct surface_review *surface, struct json_writer *writer)
{
    write_surface(writer, surface, false, NULL, 0);
}

/* --- some of the flips --- */

/* What needs a look first: the class, then how sure it is to be worse, then the order of cases. */
static int compare_sure(const void *left, const void *right)
{
    static const int place[FLIP_CLASSES] = {
        [FLIP_CONFIRMED] = 0, [FLIP_CANDIDATE] = 1, [FLIP_NO_CLASS] = 2, [FLIP_FLAKY] = 3
    };
    const struct review_flip *a = left, *b = right;
    if (a->class != b->class)
        return place[a->class] - place[b->class];
    if (a->has_p && b->has_p && (a->p_worse < b->p_worse || a->p_worse > b->p_worse))
        return a->p_worse < b->p_worse ? -1 : 1;
    return (a > b) - (a < b);
}

/* The `most` surest flips as a set; NULL in `*shown` where there are no more than that. */
static bool pick_flips(struct call *call, const struct surface_review *surface, int64_t most,
                       const uint64_t **shown)
{
    *shown = NULL;
    if (most == 0 || surface->flip_count <= (uint64_t)most)
        return true;
    uint64_t *set = bits_new(call, surface->flip_count);
    const void **flip = call_take_unset(call, surface->flip_count * sizeof *flip);
    if (!set || !flip)
        return false;
    for (size_t i = 0; i < surface->flip_count; i++)
        flip[i] = &surface->flip[i];
    sort_least(flip, surface->flip_count, (size_t)most, compare_sure);
    for (int64_t i = 0; i < most; i++)
        bits_set(set, (size_t)((const struct review_flip *)flip[i] - surface->flip));
    *shown = set;
    return true;
}

/* --- the review --- */

static void open_review(const struct review *review, struct json_writer *writer)
{
    json_object(writer);
    review_put_week(writer, "week", true, review->week);
    review_put_week(writer, "baseline_week", review->has_baseline_week, review->baseline_week);
    review_put_weeks_apart(writer, review->has_baseline_week, review->weeks_apart);
    json_put_stamp(writer, "generated_at", review->generated_at);
    json_put_text(writer, "summary", review->summary);
    json_key(writer, "surfaces");
    json_list(writer);
}

/*
 * The surfaces of a review as JSON, each for itself and by whichever thread is free; the asking one
 * puts them out in their order as far as they are ready, while others go on.
 */
struct surfaces_writing {
    const struct review *review;
    struct review_extent extent;
    struct json_writer *writer;
    text *json;
    _Atomic bool *is_ready;
    _Atomic size_t put;                      /* how many are put out */
    struct piece *piece[PARALLEL_HANDS_MAX]; /* what each thread has written into, the last first */
};

/* Memory for a surface's JSON, used again for another one when it is put out. */
struct piece {
    struct out out;
    size_t item;
    struct piece *before;
};

static struct out *piece_take(struct call *call, struct surfaces_writing *writing, size_t item,
                              size_t hand)
{
    struct piece *piece = writing->piece[hand];
    while (piece && piece->item >= writing->put)
        piece = piece->before;
    if (!piece) {
        piece = call_new(call, struct piece);
        if (!piece)
            return NULL;
        out_init(&piece->out, call);
        piece->before = writing->piece[hand];
        writing->piece[hand] = piece;
    }
    piece->item = item;
    piece->out.size = 0;
    return &piece->out;
}

static void put_ready(struct surfaces_writing *writing)
{
    size_t count = writing->review->surface_count;
    if (writing->put == 0 && count && writing->is_ready[0]) /* the others are about as long */
        out_expect(writing->writer->out, writing->json[0].size * count);
    for (size_t at = writing->put; at < count && writing->is_ready[at];) {
        json_raw(writing->writer, writing->json[at]);
        writing->put = ++at;
    }
}

static bool write_one(struct call *call, void *of, size_t item, size_t hand)
{
    struct surfaces_writing *writing = of;
    const struct surface_review *surface = &writing->review->surface[item];
    const uint64_t *shown;
    struct out *out = piece_take(call, writing, item, hand);
    struct json_writer writer;
    if (!out || !pick_flips(call, surface, writing->extent.flips_max, &shown))
        return false;
    json_writer_init(&writer, out, false);
    write_surface(&writer, surface, writing->extent.is_brief, shown, writing->review->generated_at);
    writing->json[item] = out_view(out);
    if (!writing->json[item].at)
        return false;
    writing->is_ready[item] = true;
    if (hand == 0)
        put_ready(writing);
    return true;
}

static bool write_surfaces(struct call *call, const struct review *review,
                           struct review_extent extent, struct json_writer *writer)
{
    struct surfaces_writing writing = { .review = review, .extent = extent, .writer = writer };
    writing.json = call_array(call, review->surface_count + 1, sizeof *writing.json);
    writing.is_ready = call_array(call, review->surface_count + 1, sizeof *writing.is_ready);
    if (!writing.json || !writing.is_ready ||
        !parallel_each(call, review->surface_count, write_one, &writing))
        return false;
    put_ready(&writing);
    return true;
}

/* For people it is indented, one after the other: nobody reads that much. */
static bool write_surfaces_indented(struct call *call, const struct review *review,
                                    struct review_extent extent, struct json_writer *writer)
{
    for (size_t i = 0; i < review->surface_count; i++) {
        const uint64_t *shown;
        if (!pick_flips(call, &review->surface[i], extent.flips_max, &shown))
            return false;
        write_surface(writer, &review->surface[i], extent.is_brief, shown, review->generated_at);
    }
    return true;
}

bool review_write_json_part(struct call *call, const struct review *review,
                            struct review_extent extent, struct json_writer *writer)
{
    open_review(review, writer);
    bool is_written = writer->is_pretty ? write_surfaces_indented(call, review, extent, writer)
                                        : write_surfaces(call, review, extent, writer);
    if (!is_written)
        return false;
    json_list_end(writer);
    json_object_end(writer);
    return true;
}

void review_write_json(const struct review *review, struct json_writer *writer)
{
    const struct review_extent whole = { .flips_max = 0 };
    if (!review_write_json_part(writer->out->call, review, whole, writer))
        writer->out->failed = true;
}
