/*
 * One HTTP reply in the making. A handler that returns
 * false is answered with problem JSON from call->fail.
 */
#ifndef RONDO_REPLY_H
#define RONDO_REPLY_H

#include "base/json_write.h"

enum { REPLY_HEADERS_MAX = 8 };

struct reply {
    int status; /* 0 = the route's, or 200 */
    const char *type; /* NULL = application/json */
    struct out body;
    struct json_writer json; /* on `body` */
    struct { const char *name; text value; } header[REPLY_HEADERS_MAX];
    int header_count;
};

void reply_init(struct reply *reply, struct call *call);
/*
 * Copies `value`, with blanks for control bytes; `name` stays the caller's. The same name twice
 * makes two headers.
 */
void reply_header(struct reply *reply, const char *name, text value);

/*
 * The failure as RFC 9457 problem JSON: type, title, status, code, detail, field, missing[].
 * Forgets the body so far. The status is that of the failure's kind, unless reply->status is one
 * from 400 on: HTTP has some of its own, such as 429.
 */
void reply_problem(struct reply *reply, struct call *call);

/*
 * The same, with its object left open for more members; json_object_end ends it. A handler that
 * answers so returns true; the headers that it has set are kept.
 */
void reply_problem_open(struct reply *reply, struct call *call);

#endif
