/*
 * One HTTP reply in the making. A handler that returns
 * false is answered with problem JSON from call->fail.
 */
#ifndef RONDO_REPLY_H
#define RONDO_REPLY_H

#include "base/json_write.h"

enum { REPLY_HEADERS_MAX = 8 };

struct request;

/* What a stream has to say after a piece: nothing for now, more at once, nothing ever again. */
enum stream_state { STREAM_WAITS, STREAM_HAS_MORE, STREAM_ENDS };

/*
 * A reply that goes on for as long as the client listens. `read` writes what there is to say now,
 * if anything: once when the head is sent, then after every server_wake, and never while an earlier
 * piece is still on its way. Each time the call is a new one on which the server's `begin` has run,
 * so that who signed in may lose what he could read; when that fails, or a call fails, the stream
 * ends. `of` has to live as long as the call of the request.
 */
struct reply_stream {
    enum stream_state (*read)(void *of, struct call *call, struct out *out);
    void *of;
};

struct reply {
    int status; /* 0 = the route's, or 200 */
    const char *type; /* NULL = application/json */
    struct reply_stream stream; /* with `read`: instead of the body */
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
