/*
 * Who does what in a ritual. One day of it is led by whoever is named for that day, else by the
 * person of the role 'facilitator', else by the ritual's owner. A role whose person was dropped is
 * nobody's until somebody else is named, and a sentence says so.
 */
#ifndef RONDO_RITUAL_ROLES_H
#define RONDO_RITUAL_ROLES_H

#include "rooms/people/people.h"
#include "rooms/rituals/occurrence_slots.h"

struct ritual_role {
    const struct row *row;
    rid ritual;
    rid person;    /* 0: whoever takes it on the day */
    bool has_left; /* the person was dropped */
};

struct ritual_roles {
    struct ritual_role *role; /* by id */
    size_t count;
    struct rows persons; /* all who are there */
};

/* The roles of one ritual; 0: of all. */
bool ritual_roles_read(struct call *call, rid ritual, struct ritual_roles *roles);

bool ritual_roles_is_here(const struct ritual_roles *roles, rid person);

/* Whether it is the role of whoever leads. */
bool ritual_roles_leads(const struct ritual_role *role);

/*
 * Who is named to lead the slot, for the day or by the role, and is there; 0: nobody. Who led one
 * that is over stays who led it.
 */
rid ritual_roles_facilitator(const struct ritual_roles *roles, const struct occurrence_slot *slot);

/* The same, and else the owner of the ritual; 0: nobody. */
rid ritual_roles_leader(const struct ritual_roles *roles, const struct occurrence_slot *slot);

/*
 * The stretch on which whoever leads the slot is away when it is held, out of those; NULL: nobody
 * leads it, or who does is there.
 */
bool ritual_roles_leader_away(struct call *call, const struct ritual_roles *roles,
                              const struct occurrence_slot *slot, const struct people_away *away,
                              size_t count, const struct people_away **leader);

/*
 * After one that was held: each role that takes turns goes to the next attendee of the ritual who
 * is still there; without one it stays.
 */
bool ritual_roles_turn(struct call *call, const struct row *ritual);

/* "its scribe was Bert, who left: give RRO-2 to somebody"; TEXT_NONE where the person is there. */
text ritual_roles_advice(struct call *call, const struct ritual_role *role);

#endif
