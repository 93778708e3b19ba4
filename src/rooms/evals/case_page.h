/*
 * Room evals: everything that is known of one case on one surface: the texts of two runs and what
 * changed between them, its verdict in each week of the window, and what people said of it. Made by
 * reading alone.
 */
#ifndef RONDO_CASE_PAGE_H
#define RONDO_CASE_PAGE_H

#include "base/out.h"
#include "catalog/row.h"
#include "engine/word_diff.h"
#include "rooms/evals/evals_review.h"

struct case_page_options {
    text word;     /* the case: its id or its key; or "HUM-3", what a person says of one in a run */
    text surface;  /* TEXT_NONE: the only one that holds the case's suite */
    bool has_week; /* false: the week of `run`, else the latest in which the surface has one */
    iso_week week;
    text run, before; /* names or ids of runs; TEXT_NONE: as the review chooses them, by the last */
    int weeks;
};

/* One result of the case: with several trials there are several. */
struct case_trial {
    uint32_t trial;
    enum verdict verdict;
    double score, latency_ms, cost_usd; /* NAN: not known */
    text output, error, failure, attributes;
    text reason; /* what the judge gave as its reason, found among the attributes */
};

struct case_result {
    bool is_held; /* the run has the case */
    const struct row *run;
    enum verdict verdict;
    text input, expected;
    const struct case_trial *trial;
    size_t trial_count;
};

struct case_week {
    iso_week week;
    int64_t passed, n; /* runs that hold the case */
};

struct case_page {
    struct row eval_case, surface;
    text suite_name;
    bool has_week;
    iso_week week;
    bool has_now, has_before;
    struct case_result now, before;
    const struct word_piece *difference; /* of the first outputs, when both are known */
    size_t difference_count;
    const struct case_week *strip; /* weeks with runs, the earliest first */
    size_t strip_count;
    const struct row *verdict; /* human verdicts on the case, by id */
    size_t verdict_count;
};

/* FAIL_NOT_FOUND or FAIL_INVALID with what to do when the case, surface or run is not clear. */
bool case_page(struct call *call, const struct case_page_options *asked, struct case_page *page);

bool case_page_write_json(struct call *call, const struct case_page *page,
                          struct json_writer *writer);
void case_page_write_terminal(struct call *call, const struct case_page *page, bool has_colour,
                              struct out *out);

#endif
