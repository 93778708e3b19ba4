/*
 * What the pages and the summary share with the sentence of a surface. Internal to the words of the
 * review.
 */
#ifndef RONDO_EVALS_REVIEW_WORDS_H
#define RONDO_EVALS_REVIEW_WORDS_H

#include "rooms/evals/evals_review.h"

/* The level at which a corrected p speaks. */
#define REVIEW_ALPHA 0.05

/*
 * After the week that most stand against, the surfaces whose own latest week before it is another
 * one: "; search against 2026-W44"; nothing where there is none.
 */
void evals_review_words_others(struct out *out, const struct review *review);

/* Why the surface could not be compared: for the three verdicts that come before a test. */
void evals_review_words_reason(struct out *out, const struct surface_review *surface);

/* "12 cases now fail, 2 now pass", or the other way round for the better. */
void evals_review_words_flips(struct out *out, const struct surface_review *surface);

/* "judge was 'rubric-3', is 'rubric-4'". */
void evals_review_words_difference(struct out *out, const struct review_difference *difference);

#endif
