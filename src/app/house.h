/* What all rooms offer, joined: the catalogue, the routes, the commands, the importers. Built once at start and never changed. */
#ifndef RONDO_HOUSE_H
#define RONDO_HOUSE_H

#include "offers/importer.h"
#include "offers/rest.h"
#include "offers/room.h"

struct house {
    struct catalog catalog;
    const struct importer *const *importers; /* ended by NULL */
    struct route_list routes;
    const struct command *const *command;
    size_t command_count;
};

/* Joins the tables of these rooms (ended by NULL) with those of offers and app, and checks them. Lives in the call's memory. */
bool house_build(struct call *call, const struct room *const *rooms, struct house *house);

#endif
