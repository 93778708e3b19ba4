/* One sample of an Inspect log as a line. Private to the readers of Inspect. */
#ifndef RONDO_INSPECT_SAMPLE_H
#define RONDO_INSPECT_SAMPLE_H

#include "importers/inspect_log.h"

/* The sample was marked as not to be used. */
bool inspect_sample_is_invalid(const struct json *sample);

/*
 * Pushes the sample as a line, or as a bad line when it cannot be used. A summary says all but the
 * texts, which are cut in it.
 */
bool inspect_sample_push(struct call *call, struct eval_push *push, struct inspect_log *log,
                         const struct json *sample, bool is_summary);

#endif
