/* The readers of promptfoo's results: JSON (version 3 and 2) and JSON lines; see eval_line.h. */
#ifndef RONDO_PROMPTFOO_H
#define RONDO_PROMPTFOO_H

#include "importers/eval_line.h"

bool promptfoo_recognise(text head, const char *file_name);
bool promptfoo_lines_recognise(text head, const char *file_name);

bool promptfoo_read(struct call *call, struct source *source,
                    const struct eval_read_options *options, const struct eval_sink *sink);
bool promptfoo_lines_read(struct call *call, struct source *source,
                          const struct eval_read_options *options, const struct eval_sink *sink);

#endif
