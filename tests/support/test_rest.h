/*
 * Requests on a test store through the server's own checks, without a socket: each on a new call,
 * as somebody. The answer stays until the next request.
 */
#ifndef RONDO_TEST_REST_H
#define RONDO_TEST_REST_H

#include "base/json_read.h"
#include "http/server.h"
#include "offers/rest.h"
#include "support/test_doors.h"

struct test_rest {
    struct test_doors store;
    struct call routes_call; /* owns the routes */
    const struct route **route;
    struct route_list all;
    struct server_options options;
    struct reply reply;
    struct json json; /* the body of the last reply */
};

void test_rest_open(struct test_rest *rest);
void test_rest_close(struct test_rest *rest);

/*
 * "GET /api/v1/gadgets?limit=2"; headers are lines "name: value" or ""; a body makes its own
 * content type. Fails the test when the answer has not that status.
 */
void test_rest_ask(struct test_rest *rest, int status, const char *method_and_path,
                   const char *headers, const char *body);

/*
 * The member of the last reply's object: "items", or a path
 * "items/0/name". NULL when it is not there.
 */
const struct json *test_member(struct test_rest *rest, const char *path);

#define assert_member(rest, path, string) \
    test_assert_member((rest), (path), (string), __FILE__, __LINE__)
void test_assert_member(struct test_rest *rest, const char *path, const char *string,
                        const char *file, int line);

/* The last reply is a problem with that code, whose sentence holds `part`. */
#define assert_problem(rest, code, part) \
    test_assert_problem((rest), (code), (part), __FILE__, __LINE__)
void test_assert_problem(struct test_rest *rest, const char *code, const char *part,
                         const char *file, int line);

/* A header of the last reply, or TEXT_NONE. */
text test_header(const struct test_rest *rest, const char *name);

#endif
