/* See ritual_listener.h. */
#include "rooms/rituals/ritual_listener.h"

#include "rooms/people/people.h"
#include "rooms/rituals/rituals.h"
#include "store/find.h"

bool ritual_listener_read(struct call *call, rid person, struct ritual_listener *listener)
{
    struct query query;
    int64_t teams;
    unsigned roles;
    query_init(&query, &team_record);
    if (!people_roles(call, person, &roles) ||
        !query_add(call, &query, TEAM_LEAD, FILTER_IS, value_ref(person)) ||
        !find_count(call, &query, &teams))
        return false;
    *listener =
        (struct ritual_listener){ person, (roles & ROLE_OWNER) != 0, person && teams > 0 };
    return true;
}

bool ritual_listener_hears(struct call *call, const struct row *ritual,
                           const struct ritual_listener *listener, bool *hears)
{
    rid lead;
    *hears = false;
    if (!listener->owns_workspace && !listener->leads_some_team)
        return true;
    if (!people_team_lead(call, value_as_int(ritual->value[RITUAL_TEAM]), &lead))
        return false;
    *hears = lead && lead != value_as_int(ritual->value[RITUAL_OWNER])
                 ? lead == listener->person
                 : listener->owns_workspace;
    return true;
}
