/* The reader of DeepEval's test_run_*.json; see eval_line.h for what it pushes where. */
#ifndef RONDO_DEEPEVAL_H
#define RONDO_DEEPEVAL_H

#include "importers/eval_line.h"

bool deepeval_recognise(text head, const char *file_name);
bool deepeval_read(struct call *call, struct source *source,
                   const struct eval_read_options *options, const struct eval_sink *sink);

#endif
