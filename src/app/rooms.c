/* See rooms.h. The order is that of menus, help and migrations. */
#include "app/rooms.h"

#include "rooms/actions/actions.h"
#include "rooms/day/day.h"
#include "rooms/evals/evals.h"
#include "rooms/metrics/metrics.h"
#include "rooms/people/people.h"

const struct room *const rooms[] = {
    &evals_room,
    &actions_room,
    &day_room,
    &metrics_room,
    &people_room,
    NULL,
};
