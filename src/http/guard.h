/*
 * What is refused before a handler runs or a body is kept, each check by its own sentence: strange
 * hosts, requests that another site's page sends, unknown query parameters, bodies of the wrong
 * type or size. It knows neither who is calling nor what the handlers do.
 */
#ifndef RONDO_GUARD_H
#define RONDO_GUARD_H

#include "http/route.h"

enum { GUARD_HEADERS_MAX = 100, GUARD_BODY_DEFAULT = 1024 * 1024 };

/* A body whose size is not told beforehand. */
#define GUARD_SIZE_UNKNOWN SIZE_MAX

/* No more headers than GUARD_HEADERS_MAX, and none twice that may be given once. */
bool guard_headers(struct call *call, const struct request *request, struct reply *reply);

/*
 * On loopback only: the Host header is a name of this machine. `listening_host` as in
 * server_options.
 */
bool guard_host(struct call *call, const char *listening_host, const struct request *request);

/* A request that changes something comes from a page of this server, or from no page. */
bool guard_origin(struct call *call, const struct request *request);

/*
 * What a browser sends by itself, a cookie, is no proof that its person wanted it: a request that
 * changes something has to say that a page of this server asks. After guard_origin.
 */
bool guard_same_origin(struct call *call, const struct request *request);

/* Every query parameter is one that the route names. */
bool guard_query(struct call *call, const struct request *request);

/* The body's type and size fit the route. */
bool guard_body(struct call *call, const struct request *request, size_t body_size,
                struct reply *reply);

size_t guard_body_max(const struct route *route);
bool guard_fail_body_size(struct call *call, const struct route *route);

#endif
