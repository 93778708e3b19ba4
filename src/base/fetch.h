/*
 * One question to somebody else's HTTP server, and its whole answer. Only http and https; no
 * redirect is followed; what takes too long or answers too much is given up. Knows no format: any
 * status is an answer.
 */
#ifndef RONDO_FETCH_H
#define RONDO_FETCH_H

#include "base/out.h"

struct fetch {
    text url;
    text form;       /* sent as a form by POST; TEXT_NONE: a GET, or what `json` says */
    text json;       /* sent as JSON by POST */
    text bearer;     /* a token that is sent along; TEXT_NONE: none */
    int seconds_max; /* for all of it; 0 = 30 */
    size_t size_max; /* of the answer, after decompression; 0 = 64 MiB */
};

struct fetched {
    int status;
    text body;
};

/* Refuses what is no address of http or https, and one that holds a password. */
bool fetch_check_url(struct call *call, const char *field, text url);

/* FAIL_BUSY when nobody answers in time, FAIL_TOO_LARGE when the answer has no end. */
bool fetch(struct call *call, const struct fetch *question, struct fetched *answer);

/* "name=value", escaped, with "&" before all but the first pair of a form. */
void fetch_form_add(struct out *form, const char *name, text value);

#endif
