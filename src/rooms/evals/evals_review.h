/*
 * Room evals: the Monday review. One struct holds everything that the page, the terminal, Markdown
 * and JSON show; it is made by reading alone (evals_week.c) and says for each surface what moved,
 * how surely, and what could have been seen.
 */
#ifndef RONDO_EVALS_REVIEW_H
#define RONDO_EVALS_REVIEW_H

#include "base/json_write.h"
#include "base/stamp.h"
#include "engine/stats/stats.h"
#include "engine/suspects.h"
#include "engine/verdicts.h"

enum week_run { WEEK_RUN_LAST, WEEK_RUN_BEST, WEEK_RUN_MAJORITY };

/* In the order of the rule: the first that holds. */
enum review_verdict {
    REVIEW_NOT_COMPARABLE,
    REVIEW_COULD_NOT_MEASURE,
    REVIEW_INSUFFICIENT,
    REVIEW_REGRESSED,
    REVIEW_IMPROVED,
    REVIEW_NO_EVIDENCE,
    REVIEW_VERDICTS,
};

enum trend_verdict {
    TREND_FALLING,
    TREND_RISING,
    TREND_NO_TREND,
    TREND_TOO_FEW_WEEKS,
    TREND_VERDICTS
};

enum flip_class { FLIP_NO_CLASS, FLIP_CANDIDATE, FLIP_CONFIRMED, FLIP_FLAKY, FLIP_CLASSES };

/* The words of JSON, indexed by the enums; the class of FLIP_NO_CLASS is NULL. */
extern const char *const review_verdict_words[REVIEW_VERDICTS];
extern const char *const trend_verdict_words[TREND_VERDICTS];
extern const char *const flip_class_words[FLIP_CLASSES];
extern const char *const verdict_words[5]; /* by enum verdict: "fail", "pass", ... */

/* The window in calendar weeks. */
enum { REVIEW_WEEKS_DEFAULT = 12, REVIEW_WEEKS_MAX = 520 };

struct review_options {
    bool has_week;
    iso_week week;
    text surface, model; /* TEXT_NONE: all */
    enum week_run week_run;
    bool has_nulls;
    enum nulls nulls; /* without has_nulls each suite's own setting */
    int weeks;        /* 1 to 520 */
    bool with_partial; /* runs that were cut or cancelled stand, too */
};

struct review_note {
    const char *code;
    text words;
};

/* What differs between two runs: a part, and its two values. */
struct review_difference {
    const char *part;
    text from, to;
};

/* How a case did in one earlier week. */
struct flip_week {
    iso_week week;
    int32_t passed, n; /* tries in a week's runs: there are many flips */
};

struct review_flip {
    text case_key;
    enum verdict from, to;
    enum flip_class class;
    int64_t now_passed, now_n; /* runs and trials of this week, as it was configured */
    bool has_p; /* false for a flip to no verdict */
    double p_worse, p_adjusted;
    bool has_scores; /* both weeks scored it: without, bare verdicts are all that is known */
    double score_before, score_now; /* its mean in each week, as the suite scores */
    const struct flip_week *history;
    size_t history_count;
    text action, owner; /* TEXT_NONE: none was made of it; nobody's */
    stamp late_from;    /* it is nobody's, and late after this; 0: never */
};

static inline bool flip_is_late(const struct review_flip *flip, stamp now)
{
    return flip->late_from && flip->late_from < now;
}

/* A case that passed each of several tries before and not each now, and is no flip. */
struct review_slip {
    text case_key;
    struct {
        uint32_t passed, n;
    } before, now;
};

/* A case that was gone under one key and there under another, known by its input. */
struct review_rename {
    text from, to;
};

struct review_error {
    text case_key;
    enum verdict kind; /* VERDICT_ERROR, VERDICT_UNSCORED, VERDICT_SKIPPED */
    text reason;
};

struct review_week {
    iso_week week;
    text run; /* TEXT_NONE with majority */
    int64_t n, passed;
    double pass_rate; /* NAN when n = 0 */
    struct interval interval;
    bool has_scored;   /* false: its runs came in before scores were counted */
    int64_t scored;    /* cases with a score; with majority those of the run that has the fewest */
    double mean_score; /* NAN when scored = 0; with majority the mean of its runs' */
    bool is_partial;   /* stands on a run that was cut or cancelled */
};

struct review_trend {
    const struct review_week *week;
    size_t week_count;
    bool has_test; /* two weeks or more */
    struct mann_kendall test; /* x = place in the list: slope per listed week */
    double slope_per_week;    /* per calendar week */
    size_t tested_from; /* the first week under the ruler of now: those before are not tested */
    enum trend_verdict verdict;
};

/* A week from which on things were measured with another ruler, or on other cases. */
struct review_break {
    iso_week week;
    const char *part; /* a part of the run; or "cases", which no trend breaks at */
    text from, to;
};

/* Where the level of the rate changed for good: between two weeks that stand side by side. */
struct review_level {
    iso_week from_week, to_week;
    text from_run, to_run; /* TEXT_NONE with majority */
    int64_t passed_before, n_before, passed_after, n_after;
    size_t runs_before, runs_after; /* weeks of either level */
};

/* Where the level of the mean score changed for good. */
struct review_score_level {
    iso_week from_week, to_week;
    text from_run, to_run;          /* TEXT_NONE with majority */
    double mean_before, mean_after; /* of the weeks of either level, each counting once */
    size_t runs_before, runs_after; /* these weeks */
};

enum alarm_state { ALARM_NONE, ALARM_UNCONFIRMED, ALARM_CONFIRMED, ALARM_COULD_NOT_MEASURE,
                   ALARM_STATES };
extern const char *const alarm_state_words[ALARM_STATES];

/* The last run of the week against a baseline that stays the same until the level has moved. */
struct review_alarm {
    enum alarm_state state;
    text reason; /* of what could not be measured; else TEXT_NONE */
    bool has_baseline;
    iso_week baseline_week;
    text baseline_run; /* TEXT_NONE with majority */
    text run;
    text confirmed_by; /* the second run that fell as well */
    text refuted;      /* a run of this week that fell, and the one after it did not */
    int64_t n, pass_to_fail, fail_to_pass;
    double log_e, p, effect; /* of `run`; the effect is the net change of its rate */
    double effect_floor, alpha;
    double false_alarm_rate; /* of one look, at most */
};

/* The scores of the cases that both weeks scored, each case by its mean. */
struct review_scores {
    bool is_known; /* both have scores of a case */
    size_t n;
    size_t runs_before, runs_now; /* that they are of: more than one where a majority stands */
    double mean_before, mean_now, diff;
    bool has_repeats; /* a case with several scores in one run */
    size_t clusters;  /* 0: the cases carry none */
    bool has_se;
    double se, se_unclustered;
    struct interval interval;
    bool has_t;
    double t, df;
    bool has_p;
    double p;
};

/* Runs that were made alike in one week: what differs between them is noise. */
struct review_repeats {
    int64_t pairs, alarms; /* alarms: pairs that the test of the verdict calls a change */
    int64_t cases, flips;  /* cases of all pairs, and those that ended otherwise */
};

/*
 * How small a net change this surface's pairs can see in four of five weeks, by the share of cases
 * that flipped in the last comparisons of its suite, week on week.
 */
struct review_sensitivity {
    int64_t comparisons, pairs, flips; /* of the whole suite, within the window */
    int64_t n;                         /* pairs of this surface now */
    bool has_smallest;                 /* false: not even if every flip went the same way */
    double smallest;
    double effect; /* the smallest change that matters, as the suite says */
    bool has_cases_needed;
    double cases_needed; /* to see that one */
};

struct review_tail {
    double fraction;
    const text *case_key; /* hardest first */
    size_t case_count;
    int64_t passed, n; /* this run, on these cases */
    bool has_baseline;
    int64_t baseline_passed, baseline_n;
    int64_t tied_n, tied_passed;
    bool has_p;
    double p_worse;
    bool has_stealth; /* ten cases or more, and a baseline */
    bool is_stealth;
};

struct review_slice {
    text slice;
    int64_t n, passed;
    struct interval interval;
    int64_t paired;
    bool has_delta;
    double delta;
    bool has_p; /* ten cases or more */
    double p_exact, p_adjusted;
};

/* What may have brought about a drop (evals_suspects.h). */
struct review_suspect {
    text id; /* "CHG-3"; a part of the runs such as "prompt_version"; or "noise" and the like */
    const char *kind;
    text title;
    bool has_effective_at;
    stamp effective_at;
    double share; /* of drops whose cause was of this kind; the prior of `counts` knows more */
    struct suspect counts;
    struct ranked_suspect rank;
    const char *verdict; /* of the first: what is said of the drop; else: if this is it */
};

/* Halving among the changes that remain: each rerun goes back on half of them. */
struct review_rerun_plan {
    const text *change; /* ids, by posterior */
    size_t change_count;
    int reruns;
    int64_t cases, controls; /* of each rerun: newly failing ones, and others that still pass */
    bool has_cost;
    double cost_usd; /* of all reruns, by what these cases cost now */
};

struct review_suspects {
    struct review_suspect *suspect; /* by posterior; none: nobody asked */
    size_t count;
    text last_good, first_bad; /* runs that the changes lie between */
    double share[SUSPECT_SHARES]; /* by kind */
    int64_t confirmed; /* causes that the shares were learned from; 0: they are the defaults */
    bool has_plan;
    struct review_rerun_plan plan;
};

struct surface_review {
    rid surface_id, suite_id;
    text surface, suite, metric;
    bool is_lower_better; /* of the metric; see review_headline.h */
    bool has_floor;
    double floor; /* of the headline; its ceiling where better is lower */
    text run; /* TEXT_NONE with majority */
    const text *runs;
    size_t run_count;
    text baseline_run;
    rid run_id, baseline_run_id; /* of these two; 0: a majority stands for the week */
    bool has_baseline;
    bool has_weeks; /* both runs are dated */
    iso_week baseline_week;
    int weeks_apart;
    enum nulls nulls;
    const struct review_difference *changed;
    size_t changed_count;
    const struct review_difference *not_comparable;
    size_t not_comparable_count;
    text compared_anyway; /* why, where the ruler changed and somebody decided to; else TEXT_NONE */
    text override;        /* "OVR-1", which says so; or TEXT_NONE */
    const struct review_note *note;
    size_t note_count;

    struct tally tally;
    int64_t n; /* denominator of the rate: cases, or evaluated with NULLS_EXCLUDE */
    double pass_rate; /* NAN when n = 0 */
    struct interval interval;
    bool has_delta;
    double delta; /* pass rate minus the baseline's */
    bool has_smallest_detectable;
    double smallest_detectable;

    struct paired_binary paired;
    struct mcnemar mcnemar; /* discordant counts stand in pass_to_fail and fail_to_pass */
    int64_t pass_to_fail, fail_to_pass;
    int64_t baseline_cases;
    double p_adjusted;
    enum review_verdict verdict;

    struct review_flip *flip; /* settled over all surfaces after it was made, as slices are */
    size_t flip_count;
    const text *fixed, *missing, *added; /* case keys, by bytes */
    size_t fixed_count, missing_count, added_count;
    const struct review_slip *slid; /* by key, by bytes */
    size_t slid_count;
    const struct review_rename *renamed; /* by `from`; these are not among missing and added */
    size_t renamed_count;
    const struct review_error *error;
    size_t error_count;
    bool has_trend; /* false in a comparison of two runs */
    struct review_trend trend;
    const struct review_break *breaks;
    size_t break_count;
    const struct review_level *level;
    size_t level_count;
    const struct review_score_level *score_level;
    size_t score_level_count;
    struct review_alarm alarm;
    struct review_repeats repeats; /* of the whole suite */
    struct review_sensitivity sensitivity;
    struct review_scores scores;
    struct review_scores clustered; /* of the verdicts, 1 for a pass, where cases have clusters */
    struct review_tail tail;
    struct review_slice *slice;
    size_t slice_count;
    struct review_suspects suspects;
};

struct review {
    struct review_options options;
    iso_week week;
    bool has_baseline_week;
    iso_week baseline_week;
    int weeks_apart;
    stamp generated_at;
    text summary; /* one paragraph */
    const struct surface_review *surface;
    size_t surface_count;
    const text *without_run; /* surfaces that have earlier runs and none this week */
    size_t without_run_count;
};

/* --- words (evals_review_json.c, evals_review_words.c) --- */

/* The objects that the contract names. */
void review_write_json(const struct review *review, struct json_writer *writer);

/* How much of it: `is_brief` is without the lists of cases, the slices and the suspects. */
struct review_extent {
    bool is_brief;
    int64_t flips_max; /* of each surface, the surest first; 0: all */
};
bool review_write_json_part(struct call *call, const struct review *review,
                            struct review_extent extent, struct json_writer *writer);

void surface_review_write_json(const struct surface_review *surface, struct json_writer *writer);

/* One paragraph for the broader team. */
text review_summary(struct call *call, const struct review *review);

/* The verdict of a surface as one sentence, with its test and what it could have missed. */
text surface_review_sentence(struct call *call, const struct surface_review *surface);

/*
 * For the terminal (columns, colours when `has_colour`; width 0: no
 * terminal, nothing is cut) and as Markdown.
 */
void review_write_terminal(struct call *call, const struct review *review, int width,
                           bool has_colour, struct out *out);
void review_write_markdown(struct call *call, const struct review *review, struct out *out);
void surface_review_write_terminal(struct call *call, const struct surface_review *surface,
                                   int width, bool has_colour, struct out *out);

#endif
