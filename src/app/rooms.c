/* See rooms.h. The order is that of menus, help and migrations. */
#include "app/rooms.h"

#include "rooms/actions/actions.h"
#include "rooms/calendar/calendar.h"
#include "rooms/day/day.h"
#include "rooms/evals/evals.h"
#include "rooms/experiments/experiments.h"
#include "rooms/incidents/incidents.h"
#include "rooms/knowledge/knowledge.h"
#include "rooms/messages/messages.h"
#include "rooms/metrics/metrics.h"
#include "rooms/people/people.h"
#include "rooms/prompts/prompts.h"
#include "rooms/releases/releases.h"
#include "rooms/rituals/rituals.h"
#include "rooms/updates/updates.h"

const struct room *const rooms[] = {
    &rituals_room,
    &evals_room,
    &prompts_room,
    &releases_room,
    &actions_room,
    &incidents_room,
    &experiments_room,
    &calendar_room,
    &day_room,
    &updates_room,
    &messages_room,
    &knowledge_room,
    &metrics_room,
    &people_room,
    NULL,
};
