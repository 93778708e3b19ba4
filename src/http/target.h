/*
 * The address of a request, taken apart: path and query, percent escapes decoded. A path is cut at
 * its slashes before it is decoded, so that "%2F" stays inside its segment. Broken escapes, NUL
 * bytes and text that is not UTF-8 are refused. It knows no routes.
 */
#ifndef RONDO_TARGET_H
#define RONDO_TARGET_H

#include "http/request.h"

enum {
    TARGET_PATH_MAX = 2048,
    TARGET_QUERY_MAX = 16 * 1024,
    TARGET_PAIRS_MAX = 64,
    TARGET_SEGMENTS_MAX = 16,
};

struct target_segments {
    text at[TARGET_SEGMENTS_MAX];
    size_t count;
};

/*
 * Takes a '?' and what follows off request->path and reads it into request->query; without a '?',
 * query stays. Where it fails, the path is the one before the '?' all the same, and there is no
 * query.
 */
bool target_read(struct call *call, struct request *request);

/* The decoded segments of a path that begins with a slash; "/" is one empty segment. */
bool target_split(struct call *call, text path, struct target_segments *segments);

#endif
