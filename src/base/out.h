/*
 * A growing sink for bytes: a reply, a page, a line. Writers push into it and ask once, at the end,
 * whether all went well: a failed sink swallows what follows.
 *
 * Invariants: `at[0..size)` is what was written; a sink on a stream empties
 * itself into the stream when it is full and at out_flush.
 */
#ifndef RONDO_OUT_H
#define RONDO_OUT_H

#include "base/call.h"

#include <stdio.h>

struct out {
    struct call *call;
    char *at;
    size_t size;
    size_t room;
    FILE *stream; /* NULL: memory only */
    bool failed;
};

/* Life cycle. The bytes live in the call's arena; `stream` stays the caller's. */
void out_init(struct out *out, struct call *call);
void out_init_stream(struct out *out, struct call *call, FILE *stream);

/*
 * About `more` bytes are to come: a long answer has its memory at once, and in large pages, instead
 * of growing into it by steps that are copied. Does nothing to a sink on a stream, nor where that
 * is more than half of what the call may still have.
 */
void out_expect(struct out *out, size_t more);

/*
 * Room for `most` bytes, written by the caller, and where they ended. NULL: the sink has failed,
 * and there is nothing to end.
 */
char *out_begin(struct out *out, size_t most);
void out_end(struct out *out, const char *end);

void out_text(struct out *out, text bytes);
void out_string(struct out *out, const char *string);
void out_char(struct out *out, char c);
void out_format(struct out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes `c` n times: columns, bars, rules. */
void out_repeat(struct out *out, char c, size_t n);

/* False when memory or the stream failed; the call's failure says which. */
bool out_flush(struct out *out);

/* What a memory sink holds, valid until the next write. TEXT_NONE when it failed. */
text out_view(const struct out *out);

#endif
