/*
 * Room prompts: the versions of a prompt as its history: which labels stand on each, how they came
 * and went, and which runs measured it.
 */
#ifndef RONDO_PROMPT_HISTORY_H
#define RONDO_PROMPT_HISTORY_H

#include "rooms/prompts/prompts.h"
#include "store/find.h"

/* A version, how many runs measured it, and the last one of each surface. */
struct prompt_history_version {
    const struct row *row;
    int64_t runs;
    const struct row **last;
    size_t count, room;
};

struct prompt_history {
    const struct row *prompt;
    struct rows labels, moves; /* all of the prompt; of the moves the latest first */
    struct prompt_history_version *version;
    size_t count;
};

/*
 * Of the prompt's versions the latest `limit`, below the number `before` unless that is 0; without
 * their contents.
 */
bool prompt_history_versions(struct call *call, const struct row *prompt, int64_t before, int limit,
                             struct rows *versions);

bool prompt_history_read(struct call *call, const struct row *prompt, const struct rows *versions,
                         struct prompt_history *history);

/* A shadow label, which serves nobody. */
bool prompt_history_is_drill(const struct row *label);

bool prompt_history_stands_on(const struct row *label, const struct row *version);

/* It is elsewhere now and was here before: the way back needs nothing but a reason. */
bool prompt_history_may_return(const struct prompt_history *history, const struct row *label,
                               const struct row *version);

/* Whether the move came to the version or went from it. */
bool prompt_history_concerns(const struct row *move, const struct row *version);

/* The change that brought what the label carries, with the plan for its way back. */
bool prompt_history_change(struct call *call, const struct prompt_history *history,
                           const struct row *label, bool *has, struct row *change);

#endif
