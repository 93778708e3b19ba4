/*
 * Results of lm-evaluation-harness: samples_TASK_DATE.jsonl, with what results_DATE.json beside it
 * says of the run; see eval_line.h for what is pushed where.
 */
#ifndef RONDO_LM_EVAL_H
#define RONDO_LM_EVAL_H

#include "importers/eval_line.h"

bool lm_eval_recognise(text head, const char *file_name);
bool lm_eval_read(struct call *call, struct source *source, const struct eval_read_options *options,
                  const struct eval_sink *sink);

#endif
