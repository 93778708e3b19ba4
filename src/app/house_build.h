/* Joins what the rooms offer with what offers and app have themselves into one house. */
#ifndef RONDO_HOUSE_BUILD_H
#define RONDO_HOUSE_BUILD_H

#include "app/house.h"

/*
 * Joins the tables of these rooms (ended by NULL), checks the catalogue, and builds what is derived
 * from it. Lives in the call's memory; `house` must stay where it is.
 */
bool house_build(struct call *call, const struct room *const *rooms, struct house *house);

#endif
