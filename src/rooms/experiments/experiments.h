/*
 * Room experiments: what is tried to learn whether one idea holds. It is small yet: the card with
 * its states, what waits for its owner, and what a ritual looks at.
 */
#ifndef RONDO_EXPERIMENTS_H
#define RONDO_EXPERIMENTS_H

#include "catalog/row.h"
#include "offers/room.h"

enum experiment_field {
    EXPERIMENT_TITLE,
    EXPERIMENT_HYPOTHESIS,
    EXPERIMENT_PRIMARY_METRIC,
    EXPERIMENT_OWNER,
    EXPERIMENT_SURFACE,
    EXPERIMENT_STATE,
    EXPERIMENT_FIELDS,
};

extern const struct record experiment_record;
extern const struct room experiments_room;

#endif
