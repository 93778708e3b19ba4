/*
 * A route: method, path pattern, handler and its help. Rooms and offers declare tables of them; the
 * router, the OpenAPI page and the tests walk the tables.
 */
#ifndef RONDO_ROUTE_H
#define RONDO_ROUTE_H

#include "http/reply.h"
#include "http/request.h"

typedef bool (*route_handler)(struct call *call, const struct request *request,
                              struct reply *reply);

struct query_parameter {
    const char *name;
    const char *help;
    const char *type; /* OpenAPI: "string", "integer", "number", "boolean" */
};

struct route {
    const char *method;  /* "GET" */
    const char *path;    /* "/api/v1/jobs/{id}": a segment in brackets matches any one segment */
    route_handler handle;
    const char *help;    /* one sentence */
    const struct query_parameter *query; /* ended by one without a name; NULL: none is allowed */
    bool any_query;      /* the handler itself refuses what it does not know; `query` is for help */
    bool is_open;        /* answers without sign-in: health */
    bool is_for_import;  /* a token that may only import may ask this: to import, how it went */
    bool is_kept;        /* the reply has an ETag and depends on nothing but the address, the query,
                            who asks and the store: it may be given again (http/kept.h), and is 304
                            when If-None-Match names it */
    bool takes_body;     /* any type; others accept JSON only */
    size_t body_max;     /* 0 = 1 MiB */
    int status;          /* of success, for OpenAPI; 0 = 200 */
    const char *body_schema;  /* for OpenAPI: names of schemas there; NULL: not said */
    const char *reply_schema;
    const char *reply_type;     /* for OpenAPI; NULL: JSON, or what the address says */
    const char *const *headers; /* for OpenAPI: those that it heeds, ended by NULL; NULL: none */
    const void *context; /* what the handler needs to know: a generic one its record */
};

#endif
