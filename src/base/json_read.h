/*
 * JSON into a tree. Short objects are read by a small reader (json_line.h), what else is well
 * formed by simdjson; what that refuses goes to a slower reader of our own, which also takes what
 * real eval files hold (bare NaN and Infinity, integers beyond 64 bits) and which names the place
 * of a mistake. All refuse invalid UTF-8 and more than 64 levels.
 */
#ifndef RONDO_JSON_READ_H
#define RONDO_JSON_READ_H

#include "base/json.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Reads one JSON value that fills `source` (white space around it is allowed, a BOM is not: the
 * caller strips it). The tree lives in the call's arena and does not point into `source`. Duplicate
 * keys: the last wins, in the place of the first. `notes` may be NULL. On failure: FAIL_INVALID
 * with what was expected where: at which byte, or behind the first line at which line and column.
 */
bool json_read(struct call *call, text source, struct json *json, struct json_notes *notes);

/* The slow reader alone, same contract; json_read calls it when simdjson refuses. */
bool json_read_slowly(struct call *call, text source, struct json *json, struct json_notes *notes);

#ifdef __cplusplus
}
#endif

#endif
