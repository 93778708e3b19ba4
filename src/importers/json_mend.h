/* A JSON document that was cut, made whole again by leaving out what is not complete. */
#ifndef RONDO_JSON_MEND_H
#define RONDO_JSON_MEND_H

#include "base/call.h"

/*
 * `bytes` up to the last value that is complete at most `depth` levels deep, with what is open
 * closed. False: it does not end in the middle, nothing of it is complete, or the call has failed.
 */
bool json_mend(struct call *call, text bytes, int depth, text *mended);

#endif
