/*
 * Packs: weeks that others have found to work, as data. Installing one makes its rituals with
 * steps, required artifacts, preparation and roles; what is there stays as people have edited it.
 */
#ifndef RONDO_RITUAL_PACKS_H
#define RONDO_RITUAL_PACKS_H

#include "catalog/row.h"

enum { PACK_PARTS_MAX = 10 };

struct pack_step {
    const char *name;
    int minutes;
};

struct pack_artifact {
    const char *kind;
    int least, most; /* most 0: any number */
    bool or_reason;
};

struct pack_ritual {
    const char *name;
    const char *purpose;
    const char *rule;
    const char *at;
    int minutes;
    unsigned dimensions;
    const char *agenda[PACK_PARTS_MAX];
    struct pack_step step[PACK_PARTS_MAX];
    struct pack_artifact artifact[PACK_PARTS_MAX];
    const char *preparation[PACK_PARTS_MAX];
    const char *not_after; /* the name of a ritual of the same pack that stands before it */
};

struct ritual_pack {
    const char *name; /* "ai-week" */
    const char *label;
    const char *help;
    const struct pack_ritual *ritual; /* ended by one without a name */
};

/* Ended by one without a name. */
extern const struct ritual_pack ritual_packs[];

struct installed_ritual {
    rid ritual;
    bool is_new;
};

struct installed_pack {
    const struct ritual_pack *pack;
    struct installed_ritual *ritual;
    size_t count;
};

/*
 * Installs the pack for a team (0: the workspace), in one change; the actor owns what is new. Rules
 * count from the Monday of the week of `first_day`. Fails for an unknown pack, naming all.
 */
bool ritual_pack_install(struct call *call, text name, rid team, int64_t first_day,
                         struct installed_pack *installed);

#endif
