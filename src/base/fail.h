/*
 * Why a call could not do what it was asked: a kind and a sentence for a person. The sentence says
 * what failed, names its subject in single quotes and says what to do; lower case, no full stop. It
 * is kept in fixed storage, so that failing cannot fail. How a call fails is in call.h.
 */
#ifndef RONDO_FAIL_H
#define RONDO_FAIL_H

#include "base/text.h"

enum fail_kind {
    FAIL_NONE,
    FAIL_USAGE,        /* the command line or the address makes no sense */
    FAIL_INVALID,      /* the input is understood and wrong; names a field where there is one */
    FAIL_UNKNOWN_USER, /* nobody, or a token that is not valid (any more) */
    FAIL_FORBIDDEN,    /* the role needed is named */
    FAIL_NOT_FOUND,    /* not there, or not for this reader: both read alike */
    FAIL_CONFLICT,     /* the state, a unique value or a later change forbids it */
    FAIL_STALE,        /* somebody changed it since it was read (If-Match) */
    FAIL_TOO_LARGE,    /* over a limit; the sentence names the limit */
    FAIL_UNDECIDED,    /* the question has no answer from this data */
    FAIL_BUSY,         /* the store stayed locked; the same call may work later */
    FAIL_STORE,        /* the store cannot be read or written */
    FAIL_INTERNAL,     /* our own mistake; details are in the log */
    FAIL_KIND_COUNT,
};

enum { FAIL_SENTENCE_SIZE = 1024, FAIL_FIELD_SIZE = 64, FAIL_MISSING_MAX = 16 };

struct fail {
    enum fail_kind kind;
    char field[FAIL_FIELD_SIZE];
    char sentence[FAIL_SENTENCE_SIZE];
    char missing[FAIL_MISSING_MAX][FAIL_FIELD_SIZE];
    int missing_count;
};

/* What a kind means at the doors. */
struct fail_fact {
    const char *code;  /* `code` in problem JSON */
    const char *title; /* `title` in problem JSON */
    int status;        /* HTTP */
    /* command line: 1 no, 2 bad usage or input, 3 cannot decide, 4 store or system */
    int exit_code;
};

const struct fail_fact *fail_fact(enum fail_kind kind);

#endif
