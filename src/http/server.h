/*
 * One listener: reads a request, finds its route, asks who is calling, runs
 * the handler, writes the reply. It knows no store and no room: what it needs
 * of them are the function pointers below, set by app.
 */
#ifndef RONDO_SERVER_H
#define RONDO_SERVER_H

#include "http/server_options.h"

struct server;

/*
 * Starts listening with its own threads; what `options` points to must outlive the server. NULL:
 * the call says why (address in use, not allowed).
 */
struct server *server_start(struct call *call, const struct server_options *options);
int server_port(const struct server *server);

/* Takes no new requests, lets running ones finish, ends streams, gives everything back. */
void server_stop(struct server *server);

/* There may be something new to say in replies that go on (reply.h). For any thread. */
void server_wake(struct server *server);

/*
 * Rondo's own figures in the Prometheus text format:
 * requests by route and status, durations, bytes, in flight.
 */
void server_write_metrics(struct server *server, struct out *out);

/*
 * Answers one request without a socket, by the same checks: the tests' and the fuzzer's door. Set
 * `method`, `path` (as it is sent, with its query), `header` and `body`; a body needs its
 * content-type. A failure stays in the call.
 */
void server_answer(const struct server_options *options, struct call *call, struct request *request,
                   struct reply *reply);

#endif
