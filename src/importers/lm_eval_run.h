/* What the results file of lm-evaluation-harness says of one task's run. Private to lm_eval.c. */
#ifndef RONDO_LM_EVAL_RUN_H
#define RONDO_LM_EVAL_RUN_H

#include "importers/eval_push.h"

struct lm_eval_run {
    struct eval_line line; /* what all samples of the task say alike */
    text task;
    bool has_results;                    /* a results file lay beside the samples */
    const struct json *is_higher_better; /* by metric, or NULL */
    double told;                         /* how many cases the results count; NAN: unknown */
};

/* From the name of the samples file, and the file beside it where there is one. */
bool lm_eval_run_read(struct call *call, struct eval_push *push, bool is_write_out,
                      struct lm_eval_run *run);

/* The metric is better when it is lower. */
bool lm_eval_run_is_lower_better(const struct lm_eval_run *run, text metric);

#endif
