/*
 * The facts of a surface, each as words after its label. A fact that is not known, or that there is
 * nothing to say about, writes nothing. The paint it returns never says what its words do not say.
 */
#ifndef RONDO_REVIEW_FACTS_H
#define RONDO_REVIEW_FACTS_H

#include "offers/terminal.h"
#include "rooms/evals/evals_review.h"

struct review_subject {
    const struct surface_review *surface;
    int weeks; /* of the window; 0: not known */
};

/* A flip is confirmed by as many runs as REVIEW_FACTS_RUNS_MIN. */
enum { REVIEW_FACTS_NAMES_MAX = 3, REVIEW_FACTS_FLIPS_MAX = 10, REVIEW_FACTS_RUNS_MIN = 3 };

enum paint review_facts_rate(struct out *out, const struct review_subject *subject);
enum paint review_facts_headline(struct out *out, const struct review_subject *subject);
enum paint review_facts_pairs(struct out *out, const struct review_subject *subject);
enum paint review_facts_trend(struct out *out, const struct review_subject *subject);
enum paint review_facts_tail(struct out *out, const struct review_subject *subject);
enum paint review_facts_slices(struct out *out, const struct review_subject *subject);
enum paint review_facts_changed(struct out *out, const struct review_subject *subject);
enum paint review_facts_run(struct out *out, const struct review_subject *subject);
enum paint review_facts_slid(struct out *out, const struct review_subject *subject);
enum paint review_facts_fixed(struct out *out, const struct review_subject *subject);
enum paint review_facts_missing(struct out *out, const struct review_subject *subject);
enum paint review_facts_new(struct out *out, const struct review_subject *subject);
enum paint review_facts_renamed(struct out *out, const struct review_subject *subject);
enum paint review_facts_errors(struct out *out, const struct review_subject *subject);
enum paint review_facts_flips(struct out *out, const struct review_subject *subject);

/* review_statistics_words.c */
enum paint review_facts_scores(struct out *out, const struct review_subject *subject);
enum paint review_facts_clusters(struct out *out, const struct review_subject *subject);
enum paint review_facts_breaks(struct out *out, const struct review_subject *subject);
enum paint review_facts_level(struct out *out, const struct review_subject *subject);
enum paint review_facts_score_level(struct out *out, const struct review_subject *subject);
enum paint review_facts_alarm(struct out *out, const struct review_subject *subject);
enum paint review_facts_sensitivity(struct out *out, const struct review_subject *subject);
enum paint review_facts_repeats(struct out *out, const struct review_subject *subject);

#endif
