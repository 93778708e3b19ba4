/*
 * From a request to its reply, in two steps that the socket and the tests share: check before the
 * body is read, run when it is there. It knows no sockets.
 */
#ifndef RONDO_ANSWER_H
#define RONDO_ANSWER_H

#include "http/server_options.h"

/*
 * Checks method, path, query and headers and finds the route. `body_size` is what the client
 * announced, or GUARD_SIZE_UNKNOWN. False: the reply is the refusal, ready to be sent.
 */
bool answer_check(const struct server_options *options, struct call *call, struct request *request,
                  size_t body_size, struct reply *reply);

/* begin, handler, reply, end. Always leaves a reply. */
void answer_run(const struct server_options *options, struct call *call, struct request *request,
                struct reply *reply);

#endif
