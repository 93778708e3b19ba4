/* The reader of MLflow's eval_results_table.json, both frames; see eval_line.h. */
#ifndef RONDO_MLFLOW_H
#define RONDO_MLFLOW_H

#include "importers/eval_line.h"

bool mlflow_recognise(text head, const char *file_name);
bool mlflow_read(struct call *call, struct source *source, const struct eval_read_options *options,
                 const struct eval_sink *sink);

#endif
