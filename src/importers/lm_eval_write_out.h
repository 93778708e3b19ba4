/*
 * A case of TASK_write_out_info.json, which version 0.3 of lm-evaluation-harness wrote with
 * --write_out, in the shape of the samples of later versions. Private to lm_eval.c.
 */
#ifndef RONDO_LM_EVAL_WRITE_OUT_H
#define RONDO_LM_EVAL_WRITE_OUT_H

#include "base/json.h"

/* A list whose cases have a prompt. */
bool lm_eval_is_write_out(text head);

/* `item` as a line of samples. Refuses what is no object, and a case without a prompt. */
bool lm_eval_write_out_line(struct call *call, const struct json *item, int64_t number,
                            struct json *line);

#endif
