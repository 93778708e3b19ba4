/*
 * Room evals: results at rest. Besides its verdicts each run has one row for each thing known of
 * its results, in the order (case number, trial).
 */
#ifndef RONDO_EVALS_COLUMNS_H
#define RONDO_EVALS_COLUMNS_H

#include "engine/results.h"
#include "rooms/evals/stored_verdicts.h"

/* Results as they are stored: `count` of them, texts as numbers in `word`. */
struct stored_results {
    uint32_t count;
    const uint32_t *case_number;
    const uint32_t *trial;   /* from 1 */
    const uint32_t *verdict; /* enum verdict */
    const double *real[RESULTS_REALS]; /* NULL: not known of any */
    const text *word[RESULTS_WORDS];   /* NULL: not known of any; tags stand a line each */
};

/* Every column as it is stored, by name; views last until the visitor returns. */
typedef bool (*column_visitor)(struct call *call, const char *name, text body, void *to);
bool columns_each(struct call *call, struct run_place place, column_visitor visit, void *to);

/* Stores a column as it came out of another store. */
bool columns_put(struct call *call, struct run_place place, const char *name, text body);

/* How many columns are of a run that is not there. */
bool columns_without_run(struct call *call, int64_t *count);

/*
 * Writes the results of `order[0..count)`; case numbers are looked up in
 * `dense`. Texts of cases only when they are kept; they are packed already.
 */
bool columns_write_results(struct call *call, struct run_place place, const struct results *results,
                           const struct lexicon *words, const uint32_t *order, uint32_t count,
                           const uint32_t *dense, bool keeps_texts);

bool columns_read_results(struct call *call, struct run_place place,
                          const struct verdicts *verdicts, int64_t result_count,
                          struct stored_results *results);

/* Cases, trials and verdicts alone. */
bool columns_read_trials(struct call *call, struct run_place place, const struct verdicts *verdicts,
                         int64_t result_count, struct stored_results *results);

/* One column of texts; NULL in `*word` when the run has none. */
bool columns_read_words(struct call *call, struct run_place place, enum results_word which,
                        uint32_t count, const text **word);

/* One column of numbers, by enum results_real; NULL in `*real` when the run has none. */
bool columns_read_reals(struct call *call, struct run_place place, int which, uint32_t count,
                        const double **real);

/* Case numbers of the results, in their order; trials count apart. */
bool columns_read_cases(struct call *call, struct run_place place, const struct verdicts *verdicts,
                        int64_t result_count, const uint32_t **case_number);

#endif
