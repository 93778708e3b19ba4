/*
 * Readers that work by a mapping: of a file that the person gives with --map, or one of ours for
 * tools whose results need no more than that; see eval_line.h for what is pushed where.
 */
#ifndef RONDO_MAP_READ_H
#define RONDO_MAP_READ_H

#include "importers/eval_line.h"

bool map_recognise(text head, const char *file_name);
bool map_read(struct call *call, struct source *source, const struct eval_read_options *options,
              const struct eval_sink *sink);

bool terminal_bench_recognise(text head, const char *file_name);
bool terminal_bench_read(struct call *call, struct source *source,
                         const struct eval_read_options *options, const struct eval_sink *sink);

bool tau_bench_recognise(text head, const char *file_name);
bool tau_bench_read(struct call *call, struct source *source,
                    const struct eval_read_options *options, const struct eval_sink *sink);

bool pairwise_recognise(text head, const char *file_name);
bool pairwise_read(struct call *call, struct source *source,
                   const struct eval_read_options *options, const struct eval_sink *sink);

#endif
