/* The reader of the plain shape as JSON lines; see eval_line.h for what it pushes where. */
#ifndef RONDO_PLAIN_JSONL_H
#define RONDO_PLAIN_JSONL_H

#include "importers/eval_line.h"

bool plain_jsonl_read(struct call *call, struct source *source,
                      const struct eval_read_options *options, const struct eval_sink *sink);

#endif
