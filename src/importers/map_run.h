/* A file read under a mapping, whoever wrote the mapping. */
#ifndef RONDO_MAP_RUN_H
#define RONDO_MAP_RUN_H

#include "importers/eval_line.h"

/* One JSON document with a list of rows, a list, or JSON lines. `map` outlives the call. */
bool map_run(struct call *call, struct source *source, const struct eval_read_options *options,
             const struct eval_sink *sink, const struct json *map);

#endif
