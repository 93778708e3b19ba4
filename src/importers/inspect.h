/* Logs of Inspect, as one JSON document or as an archive of several; see eval_line.h for what is
 * pushed where. */
#ifndef RONDO_INSPECT_H
#define RONDO_INSPECT_H

#include "importers/eval_line.h"

bool inspect_json_recognise(text head, const char *file_name);
bool inspect_json_read(struct call *call, struct source *source,
                       const struct eval_read_options *options, const struct eval_sink *sink);

bool inspect_eval_recognise(text head, const char *file_name);
bool inspect_eval_read(struct call *call, struct source *source,
                       const struct eval_read_options *options, const struct eval_sink *sink);

#endif
