/*
 * The demo's results, read back like anybody's and looked at with the engine: what was planted is
 * there for every seed, and nothing else is.
 */
#include "app/demo.h"

#include "engine/bits.h"
#include "engine/compare.h"
#include "engine/lexicon.h"
#include "engine/stats/stats.h"
#include "engine/tail.h"
#include "importers/eval_line.h"
#include "support/support.h"

#include <math.h>

enum { SURFACES = 4, RUNS_MAX = 24, CASES_MAX = 256, SLICES_MAX = 8, WEEKS = 12, SEEDS = 20 };

enum { SUPPORT, SEARCH, CODE, DOCUMENTS };

static const char *const names[SURFACES] = {
    "support-answers", "search-summaries", "code-suggestions", "document-extraction",
};

struct seen_run {
    text run, model, prompt_version, judge, dataset_version;
    stamp started_at;
    iso_week week;
    uint32_t count, case_number[CASES_MAX];
    uint8_t verdict[CASES_MAX];
    text input[CASES_MAX], output[CASES_MAX]; /* by case */
    double latency_ms;
    struct verdicts verdicts;
};

struct seen_surface {
    struct lexicon key, slice;
    uint32_t slice_of[CASES_MAX];
    struct seen_run run[RUNS_MAX];
    size_t run_count;
    uint32_t byte_order[CASES_MAX];
};

/* A world read back. `reading` is the importer's, `kept` ours. */
struct seen {
    struct call writing, reading, kept;
    text bytes;
    stamp now, latest;
    size_t lines;
    struct seen_surface surface[SURFACES];
};

/* ---- reading back ---- */

static struct seen_surface *surface_of(struct seen *seen, text name)
{
    for (size_t i = 0; i < SURFACES; i++)
        if (text_is(name, names[i]))
            return &seen->surface[i];
    print_error("surface '%.*s' is not known\n", TEXT_FMT(name));
    assert_true(false);
    return NULL;
}

static struct seen_run *run_of(struct seen *seen, struct seen_surface *surface,
                               const struct eval_line *line)
{
    struct seen_run *last = surface->run_count ? &surface->run[surface->run_count - 1] : NULL;
    if (last && text_equal(last->run, line->run))
        return last;
    assert_true(surface->run_count < RUNS_MAX);
    assert_true(!last || last->started_at < line->started_at);
    last = &surface->run[surface->run_count++];
    last->run = call_text(&seen->kept, line->run);
    last->model = call_text(&seen->kept, line->model);
    last->prompt_version = call_text(&seen->kept, line->prompt_version);
    last->judge = call_text(&seen->kept, line->judge);
    last->dataset_version = call_text(&seen->kept, line->dataset_version);
    last->started_at = line->started_at;
    assert_done(&seen->kept,
                week_of_stamp(&seen->kept, TEXT("UTC"), line->started_at, &last->week));
    return last;
}

static bool take_line(struct call *call, void *to, const struct eval_line *line)
{
    struct seen *seen = to;
    (void)call;
    struct seen_surface *surface = surface_of(seen, line->surface);
    struct seen_run *run = run_of(seen, surface, line);
    uint32_t number = lexicon_add(&seen->kept, &surface->key, line->case_key);
    assert_true(number < CASES_MAX && run->count < CASES_MAX);
    assert_true(text_is(line->suite, "assistant") && line->is_dated);
    assert_true(line->started_at == run->started_at && text_equal(line->model, run->model));
    assert_true(isnan(line->score) == (line->verdict == EVAL_ERROR));
    assert_true(isnan(line->score) || (line->score >= 0 && line->score <= 1));
    if (line->input.at)
        run->input[number] = call_text(&seen->kept, line->input);
    if (line->output.at)
        run->output[number] = call_text(&seen->kept, line->output);
    assert_true(line->input.at == NULL || line->expected.size);
    assert_true((line->output.at == NULL) == (line->attributes.at == NULL));
    surface->slice_of[number] = lexicon_add(&seen->kept, &surface->slice, line->slice);
    run->case_number[run->count] = number;
    run->verdict[run->count++] = (uint8_t)line->verdict;
    if (!isnan(line->latency_ms))
        run->latency_ms += line->latency_ms;
    if (line->started_at > seen->latest)
        seen->latest = line->started_at;
    seen->lines++;
    return true;
}

static bool take_bad(struct call *call, void *to, const struct eval_bad_line *bad)
{
    (void)call;
    (void)to;
    print_error("line %lld: %.*s\n", (long long)bad->number, TEXT_FMT(bad->reason));
    assert_true(false);
    return false;
}

static bool take_note(struct call *call, void *to, const struct eval_note *note)
{
    (void)call;
    (void)to;
    assert_text(note->words, "other key 'reason' kept as an attribute");
    return true;
}

static bool take_cut(struct call *call, void *to, text suite, text surface, text run)
{
    (void)call;
    (void)to;
    (void)suite;
    (void)surface;
    (void)run;
    assert_true(false);
    return false;
}

static void rank_by_bytes(struct seen_surface *surface)
{
    for (uint32_t i = 0; i < surface->key.count; i++)
        for (uint32_t j = 0; j < surface->key.count; j++)
            surface->byte_order[i] +=
                text_compare(surface->key.word[j], surface->key.word[i]) < 0;
}

static void settle(struct seen *seen)
{
    for (size_t i = 0; i < SURFACES; i++) {
        struct seen_surface *surface = &seen->surface[i];
        rank_by_bytes(surface);
        for (size_t r = 0; r < surface->run_count; r++) {
            struct seen_run *run = &surface->run[r];
            assert_done(&seen->kept, verdicts_build(&seen->kept, surface->key.count,
                                                    run->case_number, run->verdict, run->count,
                                                    TRIAL_MAJORITY, NULLS_FAIL, &run->verdicts));
        }
    }
}

static text demo_bytes(struct call *call, uint64_t seed, stamp now, unsigned plant)
{
    struct demo_options options = { seed, now, plant, DEMO_WHOLE };
    struct out lines;
    out_init(&lines, call);
    assert_done(call, demo_evals(call, &options, &lines));
    return out_view(&lines);
}

static struct seen *look(uint64_t seed, stamp now, unsigned plant)
{
    static const struct eval_read_options none = { .map = NULL };
    struct seen *seen = calloc(1, sizeof *seen);
    assert_non_null(seen);
    test_call_init(&seen->writing);
    test_call_init(&seen->reading);
    test_call_init(&seen->kept);
    seen->now = now;
    seen->latest = INT64_MIN;
    seen->bytes = demo_bytes(&seen->writing, seed, now, plant);
    const struct eval_sink sink = { seen, take_line, take_bad, take_note, take_cut, take_cut };
    struct source *source =
        source_open_memory(&seen->reading, "demo.jsonl", seen->bytes, TEXT_NONE);
    assert_done(&seen->reading, source != NULL);
    const struct eval_format *plain = eval_formats;
    while (plain->name && strcmp(plain->name, "plain") != 0)
        plain++;
    assert_non_null(plain->name);
    assert_done(&seen->reading, plain->read(&seen->reading, source, &none, &sink));
    source_close(source);
    settle(seen);
    return seen;
}

static void look_release(struct seen *seen)
{
    for (size_t i = 0; i < SURFACES; i++) {
        lexicon_release(&seen->surface[i].key);
        lexicon_release(&seen->surface[i].slice);
    }
    call_release(&seen->writing);
    call_release(&seen->reading);
    call_release(&seen->kept);
    free(seen);
}

/* ---- a review in small ---- */

struct finding {
    const struct seen_run *now, *before;
    struct comparison flips;
    struct mcnemar test;
    double p_adjusted;
    struct mann_kendall trend;
    struct tail tail;
    int64_t tail_worse, tail_better, tail_passed, tail_n;
    bool is_stealth;
    int slices_apart; /* significant after correction */
    uint32_t slice_apart;
    int64_t slice_worse[SLICES_MAX], slice_better[SLICES_MAX];
};

struct findings {
    enum nulls nulls;
    struct finding of[SURFACES];
};

/* The last run of each week up to `week`, newest last, of the twelve weeks before its end. */
static size_t weekly(const struct seen_surface *surface, iso_week week,
                     const struct seen_run **run)
{
    size_t count = 0;
    for (size_t i = 0; i < surface->run_count; i++) {
        const struct seen_run *each = &surface->run[i];
        if (each->week > week || each->week <= week - WEEKS)
            continue;
        if (count && run[count - 1]->week == each->week)
            count--;
        run[count++] = each;
    }
    return count;
}

static void find_trend(const struct seen_run **run, size_t count, enum nulls nulls,
                       struct finding *finding)
{
    double rate[WEEKS];
    for (size_t i = 0; i < count; i++) {
        struct tally tally = verdicts_tally(&run[i]->verdicts);
        rate[i] = (double)tally.passed /
                  (double)(nulls == NULLS_FAIL ? tally.cases : tally.evaluated);
    }
    assert_true(mann_kendall(rate, NULL, count, &finding->trend));
}

/* History is every run before the week's Monday, also the midweek ones. */
static void find_tail(struct seen *seen, struct seen_surface *surface, iso_week week,
                      enum nulls nulls, struct finding *finding)
{
    struct verdicts past[RUNS_MAX];
    size_t count = 0;
    uint32_t cases = surface->key.count;
    for (size_t i = 0; i < surface->run_count; i++)
        if (surface->run[i].week < week && surface->run[i].week > week - WEEKS)
            past[count++] = surface->run[i].verdicts;
    struct tail *tail = &finding->tail;
    assert_done(&seen->kept,
                tail_pick(&seen->kept, past, count, finding->now->verdicts.held, cases,
                          surface->byte_order, 0.1, nulls, tail));
    finding->tail_worse = bits_and_count(tail->chosen, finding->flips.pass_to_fail, cases);
    finding->tail_better = bits_and_count(tail->chosen, finding->flips.fail_to_pass, cases);
    tail_rate(tail->chosen, cases, &finding->now->verdicts, nulls, &finding->tail_passed,
              &finding->tail_n);
}

static bool is_worse(const struct finding *finding)
{
    return finding->p_adjusted <= .05 && finding->flips.pass_fail > finding->flips.fail_pass;
}

static void find_slices(struct seen_surface *surface, struct finding *finding)
{
    for (size_t at = 0; bits_next(finding->flips.pass_to_fail, surface->key.count, &at); at++)
        finding->slice_worse[surface->slice_of[at]]++;
    for (size_t at = 0; bits_next(finding->flips.fail_to_pass, surface->key.count, &at); at++)
        finding->slice_better[surface->slice_of[at]]++;
}

/* Headlines are one family, slices of all surfaces another. */
static void correct(struct seen *seen, struct findings *findings)
{
    double p[SURFACES * SLICES_MAX], adjusted[SURFACES * SLICES_MAX];
    struct sorted_real sorting[2 * SURFACES * SLICES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < SURFACES; i++)
        p[i] = findings->of[i].test.p_exact;
    benjamini_hochberg(p, SURFACES, adjusted, sorting);
    for (size_t i = 0; i < SURFACES; i++)
        findings->of[i].p_adjusted = adjusted[i];
    for (size_t i = 0; i < SURFACES; i++)
        for (size_t s = 0; s < seen->surface[i].slice.count; s++)
            p[count++] = mcnemar(findings->of[i].slice_worse[s],
                                 findings->of[i].slice_better[s]).p_exact;
    benjamini_hochberg(p, count, adjusted, sorting);
    count = 0;
    for (size_t i = 0; i < SURFACES; i++)
        for (uint32_t s = 0; s < seen->surface[i].slice.count; s++)
            if (adjusted[count++] <= .05) {
                findings->of[i].slices_apart++;
                findings->of[i].slice_apart = s;
            }
}

static struct findings review(struct seen *seen, iso_week week, enum nulls nulls)
{
    struct findings findings = { .nulls = nulls };
    for (size_t i = 0; i < SURFACES; i++) {
        const struct seen_run *run[WEEKS];
        struct finding *finding = &findings.of[i];
        struct seen_surface *surface = &seen->surface[i];
        size_t count = weekly(surface, week, run);
        assert_true(count >= 2);
        finding->now = run[count - 1];
        finding->before = run[count - 2];
        assert_done(&seen->kept, compare(&seen->kept, &finding->before->verdicts,
                                         &finding->now->verdicts, nulls, &finding->flips));
        finding->test = mcnemar(finding->flips.pass_fail, finding->flips.fail_pass);
        find_trend(run, count, nulls, finding);
        find_tail(seen, surface, week, nulls, finding);
        find_slices(surface, finding);
    }
    correct(seen, &findings);
    for (size_t i = 0; i < SURFACES; i++) {
        struct finding *finding = &findings.of[i];
        finding->is_stealth = !is_worse(finding) && finding->tail.count >= 10 &&
                              mcnemar(finding->tail_worse, finding->tail_better).p_worse <= .05;
    }
    return findings;
}

static iso_week latest_week(const struct seen *seen)
{
    iso_week week = INT32_MIN;
    for (size_t i = 0; i < SURFACES; i++)
        for (size_t r = 0; r < seen->surface[i].run_count; r++)
            if (seen->surface[i].run[r].week > week)
                week = seen->surface[i].run[r].week;
    return week;
}

/* ---- what every world holds ---- */

/* Every weekday, the turn of two years, and the edges of the Monday morning. */
static const char *const clocks[] = {
    "2026-11-16T07:00:00Z", "2027-01-04T07:00:00Z", "2026-11-17T23:59:59Z", "2026-11-18T12:00:00Z",
    "2026-12-31T00:00:00Z", "2026-11-20T05:00:00Z", "2026-11-21T09:30:00Z", "2026-11-22T23:59:59Z",
    "2026-11-16T05:59:59Z", "2026-11-16T06:00:00Z", "2027-01-01T00:00:00Z", "2027-01-04T00:00:00Z",
};

enum { CLOCKS = sizeof clocks / sizeof *clocks };

static stamp clock_at(size_t i)
{
    stamp now = 0;
    assert_int_equal(stamp_read(text_of(clocks[i % CLOCKS]), &now, NULL), STAMP_WITH_ZONE);
    return now;
}

static double rate_of(const struct seen_run *run)
{
    struct tally tally = verdicts_tally(&run->verdicts);
    return (double)tally.passed / (double)tally.cases;
}

static void expect_whole(struct seen *seen)
{
    iso_week last;
    assert_done(&seen->kept,
                week_of_stamp(&seen->kept, TEXT("UTC"), seen->now - 6 * STAMP_HOUR, &last));
    assert_true(seen->latest <= seen->now);
    assert_int_equal(latest_week(seen), last);
    assert_true(seen->bytes.size < 6 * 1000 * 1000);
    for (size_t i = 0; i < SURFACES; i++) {
        const struct seen_surface *surface = &seen->surface[i];
        assert_true(surface->key.count >= 150 && surface->key.count <= 240);
        assert_int_equal(surface->run[0].week, last - WEEKS + 1);
        for (size_t r = 0; r < surface->run_count; r++) {
            const struct seen_run *run = &surface->run[r];
            struct tally tally = verdicts_tally(&run->verdicts);
            int64_t unanswered = tally.cases - tally.evaluated;
            assert_int_equal(tally.cases, surface->key.count);
            assert_true((double)unanswered < .05 * (double)tally.cases);
            assert_true(run->week < last - 1 || unanswered == 0);
            assert_true(rate_of(run) > .75 && rate_of(run) < .97);
        }
    }
}

static size_t weeks_of(const struct seen_surface *surface, size_t *midweek)
{
    size_t weeks = 0;
    *midweek = 0;
    for (size_t r = 0; r < surface->run_count; r++)
        if (r && surface->run[r].week == surface->run[r - 1].week)
            ++*midweek;
        else
            weeks++;
    return weeks;
}

static void expect_same_ruler(const struct finding *finding)
{
    assert_true(text_equal(finding->now->judge, finding->before->judge));
    assert_true(text_equal(finding->now->dataset_version, finding->before->dataset_version));
    assert_int_equal(finding->now->week - finding->before->week, 1);
}

static void expect_same_model(const struct finding *finding)
{
    assert_true(text_equal(finding->now->model, finding->before->model));
}

static void expect_same_prompt(const struct finding *finding)
{
    assert_true(text_equal(finding->now->prompt_version, finding->before->prompt_version));
}

static void expect_no_trend(const struct finding *finding)
{
    assert_true(finding->trend.has_tau_b);
    assert_true(finding->trend.p > .1);
}

/* Nothing at all to find on this surface. */
static void expect_calm(const struct finding *finding)
{
    expect_same_ruler(finding);
    expect_same_model(finding);
    expect_same_prompt(finding);
    assert_int_equal(finding->flips.pass_fail, 0);
    assert_true(finding->flips.fail_pass <= 2);
    assert_true(finding->p_adjusted > .4 && finding->test.p_exact > .4);
    assert_true(finding->trend.has_tau_b && finding->trend.p > .3);
    assert_false(finding->is_stealth);
    assert_int_equal(finding->slices_apart, 0);
}

/* ---- what each plant holds ---- */

static void expect_regression(struct seen *seen, const struct finding *finding)
{
    int64_t before = 0, now = 0;
    (void)seen;
    expect_same_ruler(finding);
    expect_same_model(finding);
    assert_true(text_to_int(finding->before->prompt_version, &before));
    assert_true(text_to_int(finding->now->prompt_version, &now));
    assert_int_equal(now, before + 1);
    assert_in_range(finding->flips.pass_fail, 14, 18);
    assert_in_range(finding->flips.fail_pass, 1, 2);
    assert_true(is_worse(finding));
    assert_int_equal(finding->slices_apart, 1);
    assert_true(finding->slice_worse[finding->slice_apart] * 4 > finding->flips.pass_fail * 3);
    assert_false(finding->is_stealth);
    expect_no_trend(finding);
}

static double mean_latency(const struct seen_run *run)
{
    return run->latency_ms / run->count;
}

static void expect_provider(struct seen *seen, const struct finding *finding)
{
    (void)seen;
    double slower = mean_latency(finding->now) / mean_latency(finding->before);
    expect_same_ruler(finding);
    expect_same_prompt(finding);
    assert_true(text_compare(finding->before->model, finding->now->model) < 0);
    assert_in_range(finding->flips.pass_fail, 12, 15);
    assert_true(is_worse(finding));
    assert_int_equal(finding->slices_apart, 0);
    for (size_t s = 0; s < 4; s++)
        assert_in_range(finding->slice_worse[s], 3, 4);
    assert_true(slower > 1.25 && slower < 1.35);
    assert_false(finding->is_stealth);
    expect_no_trend(finding);
}

static void expect_tail(struct seen *seen, const struct finding *finding)
{
    (void)seen;
    expect_same_ruler(finding);
    expect_same_model(finding);
    expect_same_prompt(finding);
    assert_true(finding->test.p_exact > .5);
    assert_true(fabs(rate_of(finding->now) - rate_of(finding->before)) < .01);
    assert_int_equal(finding->tail.count, (seen->surface[CODE].key.count + 9) / 10);
    assert_true(finding->tail_n >= 10 && finding->tail_worse >= 8);
    assert_int_equal(finding->tail_better, 0);
    assert_true(finding->tail_passed * 4 <= finding->tail_n);
    assert_true(finding->is_stealth);
    assert_int_equal(finding->slices_apart, 0);
    expect_no_trend(finding);
}

static void expect_flaky(struct seen *seen, const struct finding *finding)
{
    const struct seen_surface *surface = &seen->surface[DOCUMENTS];
    expect_same_ruler(finding);
    expect_same_model(finding);
    expect_same_prompt(finding);
    assert_int_equal(finding->flips.pass_fail, 5);
    for (size_t at = 0; bits_next(finding->flips.pass_to_fail, surface->key.count, &at); at++) {
        int passes = 0, fails = 0;
        for (size_t r = 0; r < surface->run_count; r++)
            if (surface->run[r].week < finding->now->week) {
                enum verdict verdict = verdict_of(&surface->run[r].verdicts, (uint32_t)at);
                passes += verdict == VERDICT_PASS;
                fails += verdict == VERDICT_FAIL;
            }
        assert_true(passes >= 4 && fails >= 3);
    }
    assert_true(finding->p_adjusted > .05 && finding->test.p_exact > .05);
    assert_int_equal(finding->slices_apart, 0);
    assert_false(finding->is_stealth);
    expect_no_trend(finding);
}

static const struct {
    size_t surface;
    unsigned plant;
    void (*expect)(struct seen *seen, const struct finding *finding);
} planted[SURFACES] = {
    { SUPPORT, DEMO_REGRESSION, expect_regression },
    { SEARCH, DEMO_PROVIDER, expect_provider },
    { CODE, DEMO_TAIL, expect_tail },
    { DOCUMENTS, DEMO_FLAKY, expect_flaky },
};

static void expect_world(uint64_t seed, stamp now, unsigned plant)
{
    struct seen *seen = look(seed, now, plant);
    expect_whole(seen);
    for (int nulls = NULLS_FAIL; nulls <= NULLS_EXCLUDE; nulls++) {
        struct findings findings = review(seen, latest_week(seen), (enum nulls)nulls);
        for (size_t i = 0; i < SURFACES; i++)
            if (plant & planted[i].plant)
                planted[i].expect(seen, &findings.of[planted[i].surface]);
            else
                expect_calm(&findings.of[planted[i].surface]);
    }
    look_release(seen);
}

/* ---- the tests ---- */

static void without_plants_no_seed_holds_anything_to_find(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        expect_world(seed, clock_at(seed), 0);
}

static void all_plants_are_found_for_every_seed(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        expect_world(seed, clock_at(seed + 5), DEMO_PLANTS_ALL);
}

static void each_plant_alone_is_found_and_nothing_beside_it(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        for (size_t i = 0; i < SURFACES; i++)
            expect_world(seed, clock_at(seed + i), planted[i].plant);
}

static void every_clock_and_large_seed_is_as_good(void **state)
{
    (void)state;
    for (size_t i = 0; i < CLOCKS; i++)
        expect_world(UINT64_MAX - i, clock_at(i), i % 2 ? DEMO_PLANTS_ALL : 0);
}

/* Weeks before the last are calm too, whatever was planted. */
static void earlier_weeks_hold_nothing_to_find(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed += 3) {
        struct seen *seen = look(seed, clock_at(0), seed % 2 ? DEMO_PLANTS_ALL : 0);
        for (int back = 1; back <= WEEKS - 2; back++) {
            struct findings findings = review(seen, latest_week(seen) - back, NULLS_FAIL);
            for (size_t i = 0; i < SURFACES; i++) {
                const struct finding *finding = &findings.of[i];
                expect_same_model(finding);
                assert_true(finding->p_adjusted > .05);
                assert_int_equal(finding->slices_apart, 0);
                if (finding->is_stealth)
                    print_error("seed %llu, %d weeks back, %s: tail %lld worse, %lld better\n",
                                (unsigned long long)seed, back, names[i],
                                (long long)finding->tail_worse, (long long)finding->tail_better);
                assert_false(finding->is_stealth);
                assert_true(finding->trend.n < 5 || finding->trend.p > .05);
            }
        }
        look_release(seen);
    }
}

static void one_week_is_missing_and_one_surface_also_runs_midweek(void **state)
{
    (void)state;
    struct seen *seen = look(1, TEST_NOW, DEMO_PLANTS_ALL);
    size_t midweek, weeks[SURFACES], midweeks[SURFACES];
    for (size_t i = 0; i < SURFACES; i++) {
        weeks[i] = weeks_of(&seen->surface[i], &midweek);
        midweeks[i] = midweek;
    }
    assert_int_equal(weeks[SUPPORT], WEEKS - 1);
    assert_int_equal(weeks[SEARCH] + weeks[CODE] + weeks[DOCUMENTS], 3 * WEEKS);
    assert_int_equal(midweeks[SEARCH], 3);
    assert_int_equal(midweeks[SUPPORT] + midweeks[CODE] + midweeks[DOCUMENTS], 0);
    look_release(seen);
}

static void run_names_tell_the_surfaces_apart(void **state)
{
    (void)state;
    struct seen *seen = look(1, TEST_NOW, 0);
    struct lexicon name = { .count = 0 };
    uint32_t runs = 0;
    for (size_t i = 0; i < SURFACES; i++)
        for (size_t r = 0; r < seen->surface[i].run_count; r++, runs++)
            lexicon_add(&seen->kept, &name, seen->surface[i].run[r].run);
    assert_int_equal(name.count, runs);
    lexicon_release(&name);
    look_release(seen);
}

static void the_same_options_give_the_same_bytes(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    text first = demo_bytes(&call, 7, TEST_NOW, DEMO_PLANTS_ALL);
    text again = demo_bytes(&call, 7, TEST_NOW, DEMO_PLANTS_ALL);
    assert_true(text_equal(first, again));
    assert_false(text_equal(first, demo_bytes(&call, 8, TEST_NOW, DEMO_PLANTS_ALL)));
    call_release(&call);
}

static void another_seed_fails_other_cases(void **state)
{
    (void)state;
    struct seen *a = look(1, TEST_NOW, 0), *b = look(2, TEST_NOW, 0);
    for (size_t i = 0; i < SURFACES; i++) {
        const struct seen_surface *left = &a->surface[i], *right = &b->surface[i];
        assert_int_equal(left->key.count, right->key.count);
        assert_memory_not_equal(left->run[0].verdict, right->run[0].verdict, left->key.count);
    }
    look_release(a);
    look_release(b);
}

/* What is planted into the last week leaves all other weeks as they are. */
static void a_plant_changes_only_its_own_surface(void **state)
{
    (void)state;
    struct seen *none = look(3, TEST_NOW, 0), *tail = look(3, TEST_NOW, DEMO_TAIL);
    for (size_t i = 0; i < SURFACES; i++)
        for (size_t r = 0; r < none->surface[i].run_count; r++) {
            const struct seen_run *left = &none->surface[i].run[r];
            const struct seen_run *right = &tail->surface[i].run[r];
            bool is_last = r + 1 == none->surface[i].run_count;
            bool differs = memcmp(left->verdict, right->verdict, left->count) != 0;
            assert_int_equal(differs, i == CODE && is_last);
        }
    look_release(none);
    look_release(tail);
}

/* What somebody looks at on Monday, and only that. */
static void what_flipped_lately_can_be_read(void **state)
{
    (void)state;
    struct seen *seen = look(1, TEST_NOW, DEMO_PLANTS_ALL);
    size_t flips = 0;
    for (size_t i = 0; i < SURFACES; i++) {
        struct seen_surface *surface = &seen->surface[i];
        const struct seen_run *now = &surface->run[surface->run_count - 1], *before = now - 1;
        for (uint32_t n = 0; n < surface->key.count; n++) {
            bool has_flipped = verdict_of(&now->verdicts, n) != verdict_of(&before->verdicts, n);
            assert_null(surface->run[0].input[n].at);
            assert_true(text_equal(now->input[n], before->input[n]));
            if (!has_flipped)
                assert_true(text_equal(now->output[n], before->output[n]));
            else
                assert_true(now->output[n].size && before->output[n].size &&
                            !text_equal(now->output[n], before->output[n]));
            flips += has_flipped;
        }
        assert_null(before[-2].input[0].at);
    }
    assert_true(flips > 40);
    look_release(seen);
}

static text part_bytes(struct call *call, enum demo_part part)
{
    struct demo_options options = { 3, TEST_NOW, DEMO_PLANTS_ALL, part };
    struct out lines;
    out_init(&lines, call);
    assert_done(call, demo_evals(call, &options, &lines));
    return out_view(&lines);
}

static size_t lines_of(text bytes)
{
    size_t count = 0;
    for (size_t i = 0; i < bytes.size; i++)
        count += bytes.at[i] == '\n';
    return count;
}

static void two_parts_are_the_whole(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    text whole = part_bytes(&call, DEMO_WHOLE), until = part_bytes(&call, DEMO_UNTIL_LAST_WEEK),
         last = part_bytes(&call, DEMO_LAST_WEEK);
    assert_int_equal(until.size + last.size, whole.size);
    assert_int_equal(lines_of(last), 220 + 200 + 180 + 150);
    for (text rest = last; rest.size;) {
        text line = text_cut(rest, '\n', &rest);
        assert_true(text_find(line, TEXT("\"started_at\":\"2026-11-16")) != SIZE_MAX);
    }
    assert_true(text_find(until, TEXT("\"started_at\":\"2026-11-16")) == SIZE_MAX);
    call_release(&call);
}

static void it_is_quick(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    int64_t quickest = INT64_MAX;
    for (int i = 0; i < 3; i++) {
        struct arena_mark mark = arena_mark(&call.arena);
        int64_t start = stamp_ticks();
        demo_bytes(&call, 1, TEST_NOW, DEMO_PLANTS_ALL);
        int64_t took = stamp_ticks() - start;
        quickest = took < quickest ? took : quickest;
        arena_rewind(&call.arena, mark);
    }
    assert_true(quickest < 300 * 1000);
    call_release(&call);
}

static void too_little_memory_fails_the_call(void **state)
{
    (void)state;
    static const size_t limits[] = { 100, 1000, 4000, 20000, 200000, 2000000 };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct call call;
        struct out lines;
        struct demo_options options = { 1, TEST_NOW, DEMO_PLANTS_ALL, DEMO_WHOLE };
        call_init(&call, limits[i]);
        out_init(&lines, &call);
        assert_false(demo_evals(&call, &options, &lines));
        assert_refused(&call, FAIL_TOO_LARGE, "more than");
        call_release(&call);
    }
}

static void plants_are_named_with_commas_or_none(void **state)
{
    (void)state;
    static const struct {
        text words;
        unsigned plant;
    } right[] = {
        { { NULL, 0 }, DEMO_PLANTS_ALL },
        { { "none", 4 }, 0 },
        { { "tail", 4 }, DEMO_TAIL },
        { { "flaky, provider", 15 }, DEMO_FLAKY | DEMO_PROVIDER },
        { { "regression,flaky,provider,tail", 30 }, DEMO_PLANTS_ALL },
        { { "tail,tail", 9 }, DEMO_TAIL },
    };
    struct call call;
    test_call_init(&call);
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        unsigned plant = 99;
        assert_done(&call, demo_plant_read(&call, right[i].words, &plant));
        assert_int_equal(plant, right[i].plant);
    }
    call_release(&call);
}

static void an_unknown_plant_is_refused_with_the_known_words(void **state)
{
    (void)state;
    static const struct {
        const char *words, *part;
    } wrong[] = {
        { "regresion", "'regresion' is nothing that can be planted" },
        { "tail,weeds", "regression, flaky, provider and tail" },
        { "TAIL", "or none" },
        { "", "'' is nothing" },
        { "tail,", "'' is nothing" },
        { "none,tail", "'none' stands beside other words" },
        { "tail,none", "'none' stands beside other words" },
    };
    struct call call;
    test_call_init(&call);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        unsigned plant = 99;
        assert_false(demo_plant_read(&call, text_of(wrong[i].words), &plant));
        assert_refused(&call, FAIL_INVALID, wrong[i].part);
        assert_int_equal(plant, 99);
    }
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_plants_no_seed_holds_anything_to_find),
        cmocka_unit_test(all_plants_are_found_for_every_seed),
        cmocka_unit_test(each_plant_alone_is_found_and_nothing_beside_it),
        cmocka_unit_test(every_clock_and_large_seed_is_as_good),
        cmocka_unit_test(earlier_weeks_hold_nothing_to_find),
        cmocka_unit_test(one_week_is_missing_and_one_surface_also_runs_midweek),
        cmocka_unit_test(run_names_tell_the_surfaces_apart),
        cmocka_unit_test(the_same_options_give_the_same_bytes),
        cmocka_unit_test(another_seed_fails_other_cases),
        cmocka_unit_test(a_plant_changes_only_its_own_surface),
        cmocka_unit_test(what_flipped_lately_can_be_read),
        cmocka_unit_test(two_parts_are_the_whole),
        cmocka_unit_test(it_is_quick),
        cmocka_unit_test(too_little_memory_fails_the_call),
        cmocka_unit_test(plants_are_named_with_commas_or_none),
        cmocka_unit_test(an_unknown_plant_is_refused_with_the_known_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
