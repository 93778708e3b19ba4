/*
 * Room prompts: where a prompt is used, in groups, and what of that a change under way would meet
 * (FEATURES PR-08).
 */
#ifndef RONDO_PROMPT_USED_H
#define RONDO_PROMPT_USED_H

#include "rooms/prompts/prompts.h"
#include "store/find.h"

/* A row that uses the prompt, and how: "itself", "change", "link" or "surface". */
struct prompt_use {
    const struct record *record;
    rid id;
    const char *by;
    rid surface; /* by which it does; 0: by the prompt alone */
};

struct prompt_uses {
    struct prompt_use *use;
    size_t count, room;
};

struct prompt_used {
    struct prompt_uses surfaces, prompts, experiments, incidents;
    struct rows changes, open; /* all of the prompt; those under way */
    struct rows applications;  /* outside changes, the last seen first */
    int64_t runs;
    bool has_last;
    struct row last;
    text *model;
    size_t models;
};

/*
 * Experiments and incidents are those that are linked to the prompt, in either direction, and those
 * of its surfaces. What the actor may not read is not there.
 */
bool prompt_used_gather(struct call *call, const struct row *prompt, struct prompt_used *used);

/* Whether what uses the prompt so meets the change. */
bool prompt_use_is_affected(const struct prompt_use *use, const struct row *change);

#endif
