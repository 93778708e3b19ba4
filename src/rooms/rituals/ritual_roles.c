/* See ritual_roles.h. */
#include "rooms/rituals/ritual_roles.h"

#include "ledger/ledger.h"
#include "rooms/people/people.h"
#include "rooms/rituals/rituals.h"

bool ritual_roles_is_here(const struct ritual_roles *roles, rid person)
{
    for (size_t i = 0; i < roles->persons.count; i++)
        if (roles->persons.row[i].id == person)
            return true;
    return false;
}

bool ritual_roles_read(struct call *call, rid ritual, struct ritual_roles *roles)
{
    struct query query, persons;
    struct rows rows;
    *roles = (struct ritual_roles){ .count = 0 };
    query_init(&query, &ritual_role_record);
    query_init(&persons, &person_record);
    if ((ritual &&
         !query_add(call, &query, RITUAL_ROLE_RITUAL, FILTER_IS, value_ref(ritual))) ||
        !find_rows(call, &query, &rows) || !find_rows(call, &persons, &roles->persons))
        return false;
    roles->role = call_array(call, rows.count + 1, sizeof *roles->role);
    if (!roles->role)
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *row = &rows.row[i];
        rid person = value_as_int(row->value[RITUAL_ROLE_PERSON]);
        roles->role[roles->count++] = (struct ritual_role){
            .row = row, .ritual = value_as_int(row->value[RITUAL_ROLE_RITUAL]), .person = person,
            .has_left = person && !ritual_roles_is_here(roles, person),
        };
    }
    return true;
}

bool ritual_roles_leads(const struct ritual_role *role)
{
    return text_same_word(value_as_text(role->row->value[RITUAL_ROLE_NAME]), TEXT("facilitator"));
}

rid ritual_roles_facilitator(const struct ritual_roles *roles, const struct occurrence_slot *slot)
{
    rid of_day = slot->stored ? value_as_int(slot->stored->value[OCCURRENCE_FACILITATOR]) : 0;
    bool is_over = slot->stored && !value_is_null(slot->stored->value[OCCURRENCE_ENDED]);
    if (of_day && (is_over || ritual_roles_is_here(roles, of_day)))
        return of_day;
    for (size_t i = 0; i < roles->count; i++) {
        const struct ritual_role *role = &roles->role[i];
        if (role->ritual == slot->ritual->id && !role->has_left && ritual_roles_leads(role))
            return role->person;
    }
    return 0;
}

rid ritual_roles_leader(const struct ritual_roles *roles, const struct occurrence_slot *slot)
{
    rid named = ritual_roles_facilitator(roles, slot);
    return named ? named : value_as_int(slot->ritual->value[RITUAL_OWNER]);
}

/* On the day of its rule, or where it was moved to; days are those where the ritual is. */
static bool day_held(struct call *call, const struct occurrence_slot *slot, int64_t *day)
{
    text zone;
    *day = slot->day;
    if (!slot->stored || value_is_null(slot->stored->value[OCCURRENCE_MOVED_TO]))
        return true;
    return ritual_zone(call, slot->ritual, &zone) && day_of_stamp(call, zone, slot->at, day);
}

bool ritual_roles_leader_away(struct call *call, const struct ritual_roles *roles,
                              const struct occurrence_slot *slot, const struct people_away *away,
                              size_t count, const struct people_away **leader)
{
    rid person = count ? ritual_roles_leader(roles, slot) : 0;
    int64_t day;
    *leader = NULL;
    if (person == 0)
        return true;
    if (!day_held(call, slot, &day))
        return false;
    for (size_t i = 0; i < count; i++)
        if (away[i].person == person && away[i].first_day <= day && day <= away[i].last_day)
            *leader = &away[i];
    return true;
}

/* Who comes after the person among the attendees and is there; 0: nobody else. */
static rid next_attendee(const struct ritual_roles *roles, const struct row *ritual, rid person)
{
    struct value attendees = ritual->value[RITUAL_ATTENDEES];
    uint32_t at = 0;
    while (at < attendees.count && attendees.ids[at] != person)
        at++;
    uint32_t from = at < attendees.count ? at + 1 : 0;
    for (uint32_t i = 0; i < attendees.count; i++) {
        rid next = attendees.ids[(from + i) % attendees.count];
        if (next != person && ritual_roles_is_here(roles, next))
            return next;
    }
    return 0;
}

bool ritual_roles_turn(struct call *call, const struct row *ritual)
{
    struct ritual_roles roles;
    if (!ritual_roles_read(call, ritual->id, &roles))
        return false;
    for (size_t i = 0; i < roles.count; i++) {
        const struct ritual_role *role = &roles.role[i];
        rid next = next_attendee(&roles, ritual, role->person);
        struct row after;
        if (!next || !value_as_bool(role->row->value[RITUAL_ROLE_ROTATES]))
            continue;
        if (!row_copy(call, role->row, &after))
            return false;
        after.value[RITUAL_ROLE_PERSON] = value_ref(next);
        if (!ledger_update(call, role->row, &after))
            return false;
    }
    return true;
}

text ritual_roles_advice(struct call *call, const struct ritual_role *role)
{
    if (!role->has_left)
        return TEXT_NONE;
    text name = find_title(call, &person_record, role->person);
    return call_format(call, "its %.*s was %.*s, who left: give %.*s to somebody",
                       TEXT_FMT(value_as_text(role->row->value[RITUAL_ROLE_NAME])),
                       TEXT_FMT(name.at ? name : TEXT("somebody")),
                       TEXT_FMT(row_public_id(call, &ritual_role_record, role->row->id)));
}
