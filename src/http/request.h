/* One HTTP request, already read and checked for size. Views live as long as the call. */
#ifndef RONDO_REQUEST_H
#define RONDO_REQUEST_H

#include "base/json_read.h"

enum { REQUEST_PARTS_MAX = 4 };

struct pair {
    text name;
    text value;
};

struct route;

struct request {
    const struct route *route;
    const char *method;
    text path;
    text part[REQUEST_PARTS_MAX]; /* what matched the {brackets}, decoded, in order */
    int part_count;
    const struct pair *query; /* decoded */
    size_t query_count;
    const struct pair *header; /* names in lower case */
    size_t header_count;
    text body;
};

/* TEXT_NONE when it was not given. */
text request_query(const struct request *request, const char *name);
text request_header(const struct request *request, const char *lower_case_name);
/* If-None-Match has this ETag in its list; a weak one will do for reading. */
bool request_names_etag(const struct request *request, text etag);
text request_cookie(const struct request *request, const char *name);

/*
 * A flag is set by "true", "1", "yes" or without a value, not set by "false", "0", "no" or when
 * absent; other words fail. A number that was not given leaves `*value`, the default, alone.
 */
bool request_flag(struct call *call, const struct request *request, const char *name, bool *is_set);
bool request_int(struct call *call, const struct request *request, const char *name, int64_t lowest,
                 int64_t highest, int64_t *value);

/* The body as JSON; fails when it is not an object. */
bool request_object(struct call *call, const struct request *request, struct json *object);

#endif
