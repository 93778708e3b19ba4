/*
 * Room incidents: something broke for users, who leads it, and what it came from. It is small yet:
 * a record with its states, what waits for the lead, and what a ritual looks at.
 */
#ifndef RONDO_INCIDENTS_H
#define RONDO_INCIDENTS_H

#include "catalog/row.h"
#include "offers/room.h"

enum incident_field {
    INCIDENT_TITLE,
    INCIDENT_STATE,
    INCIDENT_SEVERITY,
    INCIDENT_PRIORITY,
    INCIDENT_SURFACES,
    INCIDENT_LEAD,
    INCIDENT_IMPACT,
    INCIDENT_CAUSE,
    INCIDENT_OPENED,
    INCIDENT_FIELDS,
};

extern const struct record incident_record;
extern const struct room incidents_room;

#endif
