/* Logs of OpenAI evals: JSON lines of a spec, events and a final report; see eval_line.h for what
 * is pushed where. */
#ifndef RONDO_OPENAI_EVALS_H
#define RONDO_OPENAI_EVALS_H

#include "importers/eval_line.h"

bool openai_evals_recognise(text head, const char *file_name);
bool openai_evals_read(struct call *call, struct source *source,
                       const struct eval_read_options *options, const struct eval_sink *sink);

#endif
