/* A reply as libmicrohttpd sends it: its headers, those that every reply has, and its bytes. */
#ifndef RONDO_RESPONSE_H
#define RONDO_RESPONSE_H

#include "http/stream.h"

/*
 * The reply's body, or the stream when there is one; both stay the caller's and have to outlive it.
 * `closes`: the connection ends with this reply. NULL when the machine has no memory.
 */
struct MHD_Response *response_new(const struct reply *reply, struct stream *stream, bool closes);

#endif
