/* Joins what the rooms offer with what offers and app have themselves into one house. */
#ifndef RONDO_HOUSE_BUILD_H
#define RONDO_HOUSE_BUILD_H

#include "app/house.h"

/*
 * Joins the tables of these rooms (ended by NULL), and builds the commands that are derived from
 * them. Lives in the call's memory; `house` must stay where it is.
 */
bool house_build(struct call *call, const struct room *const *rooms, struct house *house);

/*
 * What a server needs besides: the catalogue is checked, and the routes are built. Every command
 * would wait for them, and the catalogue of the program is checked by its tests.
 */
bool house_open_doors(struct call *call, struct house *house);

#endif
