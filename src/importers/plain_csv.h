/* The reader of the plain shape as separated values; see eval_line.h for what it pushes where. */
#ifndef RONDO_PLAIN_CSV_H
#define RONDO_PLAIN_CSV_H

#include "importers/eval_line.h"

bool plain_csv_read(struct call *call, struct source *source,
                    const struct eval_read_options *options, const struct eval_sink *sink);

#endif
