/* The walk over JSON lines that readers of other tools' formats share. */
#ifndef RONDO_EVAL_LINES_H
#define RONDO_EVAL_LINES_H

#include "importers/eval_push.h"

struct eval_lines {
    struct eval_push *push;
    const struct eval_line *names; /* the run that a line belongs to which cannot be read */
    void *to;
    /* One object. The call's memory is taken back afterwards; a failure of kind invalid makes the
     * line a bad one. */
    bool (*take)(struct call *call, void *to, const struct json *object, int64_t number);
    int64_t readable;
    bool is_cut;
};

/* Refuses a file that holds no line that can be read. */
bool eval_lines_read(struct call *call, struct eval_lines *lines);

/* Of lines none of which could be read: why the first could not, or that there are none. False. */
bool eval_lines_fail(struct call *call, const struct eval_push *push);

#endif
