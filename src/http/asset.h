/*
 * The web pages as bytes of the program: what a browser asks for, in the encoding it takes, known
 * again by its ETag. Files under /assets/ are named after their bytes and never asked for again;
 * an address that is neither a file nor the API's is a place inside the pages, and their router's.
 * It knows no page. The table itself is made by tools/embed.py.
 */
#ifndef RONDO_ASSET_H
#define RONDO_ASSET_H

#include "http/route.h"

struct asset {
    const char *path;   /* "/assets/index-4f1c.js" */
    const char *type;   /* "text/javascript; charset=utf-8" */
    const char *digest; /* of the plain bytes, in hexadecimal */
    bool is_immutable;
    text plain, brotli, gzip; /* TEXT_NONE where compressing gains nothing */
};

/* Ended by one without a path; has "/index.html" at least. */
extern const struct asset asset_embedded[];

/* A route's handler; its context is such a table. */
bool asset_answer(struct call *call, const struct request *request, struct reply *reply);

/*
 * A path that no route has may be a place inside the pages: it is none of the programs' own, which
 * are "/metrics" and everything under "/api" and "/assets".
 */
bool asset_is_page(text path);

#endif
