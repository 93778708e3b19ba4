/* The reader of JUnit XML; see eval_line.h for what it pushes where. */
#ifndef RONDO_JUNIT_H
#define RONDO_JUNIT_H

#include "importers/eval_line.h"

bool junit_recognise(text head, const char *file_name);
bool junit_read(struct call *call, struct source *source, const struct eval_read_options *options,
                const struct eval_sink *sink);

#endif
