/*
 * Who hears of what a ritual's owner leaves undone: the lead of its team; without one who is there,
 * or where that is the owner, the owners of the workspace.
 */
#ifndef RONDO_RITUAL_LISTENER_H
#define RONDO_RITUAL_LISTENER_H

#include "catalog/row.h"

/* One person, and what decides whether that person hears of any ritual at all. */
struct ritual_listener {
    rid person;
    bool owns_workspace;
    bool leads_some_team;
};

bool ritual_listener_read(struct call *call, rid person, struct ritual_listener *listener);

bool ritual_listener_hears(struct call *call, const struct row *ritual,
                           const struct ritual_listener *listener, bool *hears);

#endif
