/*
 * Room evals, the inside of a review: one surface against its baseline. What depends
 * on all surfaces together (corrected p values, and what follows from them) is
 * settled afterwards, over the whole week.
 */
#ifndef RONDO_EVALS_SURFACE_H
#define RONDO_EVALS_SURFACE_H

#include "engine/compare.h"
#include "rooms/evals/evals_cases.h"
#include "rooms/evals/evals_review.h"
#include "rooms/evals/evals_select.h"

/* What a flip's history asks of an earlier run: the cases that count, and those that passed. */
struct past_run {
    iso_week week;
    size_t week_at; /* its number among the weeks of these runs */
    uint32_t case_count;
    const uint64_t *counted, *passed;
    const struct week_run_row *run;
    const uint32_t *trials, *trials_passed; /* of each paired case; NULL: each was tried once */
};

/* One week of the window, and what stands for it. */
struct surface_week {
    struct week_runs runs;
    struct chosen chosen;
    bool is_cut; /* another ruler or other cases than in the week before it */
};

/* What one surface's review is made from. */
struct surface_input {
    const struct surface_runs *surface;
    const struct suite_cases *cases;
    struct chosen now, baseline;
    bool has_baseline;
    unsigned words; /* columns of texts that runs of now have: bit i for enum results_word i */
    iso_week week;
    bool is_dated; /* false: no week, hence no history */
    int weeks;     /* the window, up to and with `week` */
    enum week_run rule;
    struct comparison comparison;
    const struct verdicts *history; /* runs inside the window before the week */
    size_t history_count;
    struct past_run *alike; /* those of them that were measured with the ruler of now */
    size_t alike_count;
    struct surface_week *listed; /* the weeks of the window that have runs, up to `week` */
    size_t listed_count;
};

/* Measured with the same things, ruler included: what differs between their results is noise. */
bool surface_same_configuration(const struct week_run_row *a, const struct week_run_row *b);

/* The first part of the ruler that both runs name and that differs; false: there is none. */
bool surface_other_ruler(const struct row *baseline, const struct row *now,
                         struct review_difference *difference);

/* Loads the history that tail and flips look at. */
bool surface_history(struct call *call, struct surface_input *input);

/* Each fills its part of the review. */
bool surface_headline(struct call *call, const struct surface_input *input,
                      struct surface_review *review);
bool surface_flips(struct call *call, const struct surface_input *input,
                   struct surface_review *review);
bool surface_slid(struct call *call, const struct surface_input *input,
                  struct surface_review *review);
/* After the flips, which list what is gone and what is new. */
bool surface_renamed(struct call *call, const struct surface_input *input,
                     struct surface_review *review);
bool surface_errors(struct call *call, const struct surface_input *input,
                    struct surface_review *review);
/* After the flips, to which it gives their scores. */
bool surface_scores(struct call *call, const struct surface_input *input,
                    struct surface_review *review);
bool surface_tail(struct call *call, const struct surface_input *input,
                  struct surface_review *review);
bool surface_slices(struct call *call, const struct surface_input *input,
                    struct surface_review *review);
bool surface_notes(struct call *call, const struct surface_input *input, struct week_runs week,
                   struct surface_review *review);

/*
 * What only a week has, in this order: its weeks, where their ruler changed, and what is made of
 * them.
 */
bool surface_list(struct call *call, struct surface_input *input);
bool surface_breaks(struct call *call, struct surface_input *input, struct surface_review *review);
bool surface_trend(struct call *call, const struct surface_input *input,
                   struct surface_review *review);
bool surface_levels(struct call *call, const struct surface_input *input,
                    struct surface_review *review);
bool surface_score_levels(struct call *call, const struct surface_input *input,
                          struct surface_review *review);
bool surface_alarm(struct call *call, const struct surface_input *input,
                   struct surface_review *review);
bool surface_repeats(struct call *call, const struct surface_input *input,
                     struct surface_review *review);
bool surface_sensitivity(struct call *call, const struct surface_input *input,
                         struct surface_review *review);

/* The repeats, and the comparisons, of all surfaces of a suite together. */
void surfaces_repeats(struct surface_review *review, size_t count);
void surfaces_sensitivity(struct surface_review *review, size_t count);

/* The three families of correction over all surfaces; then verdicts, flip classes and stealth. */
bool surfaces_settle(struct call *call, struct surface_review *review, size_t count);

#endif
