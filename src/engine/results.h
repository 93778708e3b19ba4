/*
 * The results of one run while they are gathered: a row for each result, a column for
 * each thing known of it. Columns that no row has are not there. Grows on the heap, so
 * that a large import needs its own size once.
 */
#ifndef RONDO_RESULTS_H
#define RONDO_RESULTS_H

#include "engine/gathered_texts.h"
#include "engine/lexicon.h"

/* Numbers known of a result; NAN = unknown. */
enum results_real {
    RESULTS_SCORE,
    RESULTS_LATENCY_MS,
    RESULTS_COST_USD,
    RESULTS_TOKENS_IN,
    RESULTS_TOKENS_OUT,
    RESULTS_REALS
};

/*
 * Texts known of a result, as numbers in a lexicon that runs share, or, from RESULTS_INPUT on, in
 * the run's own texts; LEXICON_NONE = unknown.
 */
enum results_word {
    RESULTS_SLICE,
    RESULTS_TAGS,
    RESULTS_CLUSTER,
    RESULTS_ERROR,
    RESULTS_FAILURE,
    RESULTS_ATTRIBUTES,
    RESULTS_INPUT,
    RESULTS_OUTPUT,
    RESULTS_EXPECTED,
    RESULTS_WORDS,
};
enum { RESULTS_TEXTS = RESULTS_WORDS - RESULTS_INPUT };

/* "score", "latency_ms", ...; the names of the stored columns too. */
extern const char *const results_real_names[RESULTS_REALS];
extern const char *const results_word_names[RESULTS_WORDS];

struct results {
    uint32_t count, room;
    uint32_t room_first; /* how many will come, where that can be guessed; else 0 */
    uint32_t *case_number; /* in the caller's numbering of cases */
    uint32_t *line;
    uint32_t *trial;  /* 0 = not given */
    uint8_t *verdict; /* enum verdict */
    double *real[RESULTS_REALS];
    uint32_t *word[RESULTS_WORDS];
    struct gathered_texts text[RESULTS_TEXTS]; /* of RESULTS_INPUT, ... */
};

/* One result, on its way into a row. */
struct result {
    uint32_t case_number, line, trial;
    uint8_t verdict;
    double real[RESULTS_REALS];
    uint32_t word[RESULTS_WORDS];
};

/* Zero-initialise, then push; release. */
void results_release(struct results *results);
bool results_push(struct call *call, struct results *results, const struct result *result);

/* The row as it was pushed. */
void results_get(const struct results *results, uint32_t row, struct result *result);

/* Same case, verdict, numbers and texts; line and trial do not count. */
bool results_equal(const struct results *results, uint32_t a, uint32_t b);

/*
 * The mean score of the cases that have one, each by the mean of its trials' scores. Results of one
 * case lie side by side: in `order`, or as they stand where that is NULL. An unknown score is NAN;
 * `score` is NULL where none is known. Without a case no mean is known.
 */
struct mean_score {
    int64_t cases;
    double mean; /* NAN when there is no case, or their sum is beyond a double */
};
struct mean_score mean_score_of(const uint32_t *case_number, const double *score,
                                const uint32_t *order, uint32_t count);

/*
 * Orders rows by `rank[case_number]` (NULL: by case number), then trial, then line; rows of one
 * line stay as they were pushed. Results without a trial get one first: the lowest free numbers, in
 * line order, where the case has numbered trials; else 1. `order` receives row numbers.
 */
bool results_order(struct call *call, struct results *results, const uint32_t *rank,
                   uint32_t **order);

/* Puts rows in another order: by `rank[case_number]`, then trial; their trials are given. */
bool results_sort(struct call *call, const struct results *results, const uint32_t *rank,
                  uint32_t *order, uint32_t count);

#endif
