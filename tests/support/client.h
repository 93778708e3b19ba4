/*
 * A small HTTP client for tests: it sends exactly the bytes it is given, so that wrong requests can
 * be sent too.
 */
#ifndef RONDO_TEST_CLIENT_H
#define RONDO_TEST_CLIENT_H

#include "base/text.h"

enum { CLIENT_HEAD_SIZE = 8 * 1024, CLIENT_BODY_SIZE = 256 * 1024 };

struct client {
    int socket;
    size_t held; /* bytes of `bytes` that belong to the next answer */
    char bytes[CLIENT_HEAD_SIZE + CLIENT_BODY_SIZE];

    int status;
    text head; /* views into `bytes`, until the next call */
    text body;
};

/* Connects to 127.0.0.1. False when nobody listens. */
bool client_open(struct client *client, int port);
void client_close(struct client *client);

bool client_send(struct client *client, text bytes);

/*
 * Reads one answer; `has_body` is false for HEAD. False: the connection was closed before it was
 * whole.
 */
bool client_read(struct client *client, bool has_body);

/*
 * One GET-like request on a new connection: "GET /path" and, if any, more header lines, each ended
 * by \r\n.
 */
bool client_ask(struct client *client, int port, const char *method_and_path, const char *headers,
                const char *body);

/* The value of a header of the last answer, or TEXT_NONE. */
text client_header(const struct client *client, const char *name);

#endif
