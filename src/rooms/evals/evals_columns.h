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

/* A run that is asked for, how many results it has, and its number in the caller's order. */
struct run_results {
    struct run_place place;
    uint32_t count;
    size_t at;
};

/* What a run has of a column of numbers; both last until the visitor returns. */
typedef bool (*reals_visitor)(struct call *call, const struct run_results *run, const double *real,
                              void *to);

/*
 * One column of numbers of several runs of one surface, in one question; runs without it are not
 * visited. Puts `asked` in order of run, in which they are visited.
 */
bool columns_each_real(struct call *call, struct run_results *asked, size_t count, int which,
                       reals_visitor visit, void *to);

/*
 * Which columns of texts the surface's runs from `first` to `last` have, one of them at least: bit
 * i of `*words` is enum results_word i.
 */
bool columns_words_named(struct call *call, rid surface, rid first, rid last, unsigned *words);

/* Case numbers of the results, in their order; trials count apart. */
bool columns_read_cases(struct call *call, struct run_place place, const struct verdicts *verdicts,
                        int64_t result_count, const uint32_t **case_number);

#endif
