/*
 * What all rooms offer, joined: catalogue, importers, jobs, routes, commands. Built once, never
 * changed.
 */
#ifndef RONDO_HOUSE_H
#define RONDO_HOUSE_H

#include "offers/importer.h"
#include "offers/rest.h"
#include "offers/room.h"

struct house {
    const struct room *const *rooms; /* ended by NULL */
    struct catalog catalog;
    const struct importer *const *importers; /* ended by NULL */
    const struct job_kind *const *jobs; /* kinds, ended by NULL */
    struct route_list routes; /* none before house_open_doors */
    const struct command *const *command;
    size_t command_count;
};

#endif
