/*
 * Texts with figures in them: `{{figure evals.pass_rate surface=support}}` becomes what it is now,
 * as a link to its evidence. What cannot be told stays visible and is an error: a text with errors
 * is shown, and not sent. Figures in code are left as they are.
 */
#ifndef RONDO_FIGURE_TEXT_H
#define RONDO_FIGURE_TEXT_H

#include "offers/figure.h"

struct figure_text {
    text markdown;
    struct told_figure *figure; /* in the order of the text, each as often as it stands there */
    size_t figure_count, figure_room;
    text *error; /* sentences, without their end */
    size_t error_count, error_room;
};

/* Fills the figures in; may be asked for several texts one after the other: all is collected. */
bool figure_text_fill(struct call *call, text source, const struct figure_scope *scope,
                      struct figure_text *filled);

/* Keeps one sentence more. */
bool figure_text_error(struct call *call, struct figure_text *filled, text sentence);

/*
 * The offset of the next `opening` that stands in no code, or SIZE_MAX. `*in_code`, at first 0,
 * goes on from one piece of a text to the next.
 */
size_t figure_text_find(text source, text opening, size_t *in_code);

/* Whether what failed the call lies in what somebody wrote; else it is the call's own failure. */
bool figure_text_is_written(const struct call *call);

/* Whether the text has a figure in it. */
bool figure_text_has(text source);

/* The figures as a list of JSON objects. */
bool figure_text_write_json(struct call *call, const struct figure_text *filled,
                            struct json_writer *writer);

#endif
