/* See ritual_needs.h. */
#include "rooms/rituals/ritual_needs.h"

#include "rooms/people/people.h"
#include "rooms/rituals/ritual_listener.h"
#include "rooms/rituals/ritual_offers.h"
#include "rooms/rituals/ritual_roles.h"
#include "rooms/rituals/rituals.h"

enum { LOOK_BACK_DAYS = 28, WORKING_DAYS = 2 };

/* What can wait for somebody and begins before that; a zone's day is at most one from UTC's. */
static bool read_calendar(struct call *call, stamp until, struct ritual_calendar *calendar)
{
    return ritual_calendar_read(call, call->now / STAMP_DAY - LOOK_BACK_DAYS,
                                until / STAMP_DAY + 1, calendar);
}

static rid person_in(const struct row *row, int field)
{
    return value_as_int(row->value[field]);
}

/* --- what was not held --- */

/* How many of the last ones were missed in silence, and which was the last. */
static int64_t silent_streak(const struct call *call, const struct occurrence_slots *slots,
                             const struct occurrence_slot **last)
{
    int64_t streak = 0;
    *last = NULL;
    for (size_t i = 0; i < slots->count; i++) {
        const struct occurrence_slot *slot = &slots->slot[i];
        if (slot->until >= call->now)
            break;
        streak = slot->is_missed ? streak + 1 : 0;
        *last = slot->is_missed ? slot : NULL;
    }
    return streak;
}

static text owner_name(struct call *call, const struct row *ritual)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    rid owner = person_in(ritual, RITUAL_OWNER);
    text name = owner ? find_title(call, person, owner) : TEXT_NONE;
    return name.at ? name : TEXT("nobody");
}

static bool add_missed(struct call *call, const struct row *ritual, int64_t streak, bool is_own,
                       stamp due, struct needs *needs)
{
    text why = is_own && streak == 1
                   ? TEXT("it was not held: say why with 'rondo ritual skip', or move it")
                   : call_format(call, "not held %lld times in a row without a word; its owner is "
                                       "%.*s",
                                 (long long)streak, TEXT_FMT(owner_name(call, ritual)));
    return why.at && needs_add(call, needs,
                               (struct need){ .kind = "ritual", .title = row_title(call, ritual),
                                              .why = why, .record = &ritual_record,
                                              .row = ritual->id, .due = due, .is_late = true });
}

static bool collect_missed_of(struct call *call, const struct ritual_calendar *calendar,
                              const struct row *ritual, const struct ritual_listener *listener,
                              struct needs *needs)
{
    const struct occurrence_slot *last;
    struct occurrence_slots slots;
    bool hears, is_own = person_in(ritual, RITUAL_OWNER) == listener->person;
    if (!ritual_listener_hears(call, ritual, listener, &hears))
        return false;
    if (!is_own && !hears)
        return true;
    if (!occurrence_slots_of(call, calendar, ritual, INT64_MIN, call->now, &slots))
        return false;
    int64_t streak = silent_streak(call, &slots, &last);
    return !(streak > 1 || (streak == 1 && is_own)) ||
           add_missed(call, ritual, streak, is_own, last->until, needs);
}

static bool collect_missed(struct call *call, rid person, struct needs *needs)
{
    struct ritual_calendar *calendar = call_new(call, struct ritual_calendar);
    struct ritual_listener listener;
    if (!calendar || !read_calendar(call, call->now, calendar) ||
        !ritual_listener_read(call, person, &listener))
        return false;
    for (size_t i = 0; i < calendar->rituals.count; i++)
        if (!collect_missed_of(call, calendar, &calendar->rituals.row[i], &listener, needs))
            return false;
    return true;
}

/* --- what comes --- */

static bool count_open_preparations(struct call *call, const struct occurrence_slot *slot,
                                    int64_t *open)
{
    struct query query;
    int64_t all;
    query_init(&query, &ritual_preparation_record);
    if (!query_add(call, &query, RITUAL_PREPARATION_RITUAL, FILTER_IS,
                   value_ref(slot->ritual->id)) ||
        !find_count(call, &query, &all))
        return false;
    *open = all - (slot->stored ? slot->stored->value[OCCURRENCE_PREPARED].count : 0);
    return true;
}

/* Whoever leads it for its owner is told so, until it begins. */
static bool add_coming(struct call *call, const struct occurrence_slot *slot, bool is_own,
                       struct needs *needs)
{
    int64_t open;
    text why = TEXT("you lead it");
    if (!count_open_preparations(call, slot, &open))
        return false;
    if (open <= 0 && is_own)
        return true;
    if (open > 0)
        why = call_format(call, "%s%lld preparation%s to be done before it",
                          is_own ? "" : "you lead it: ", (long long)open,
                          open == 1 ? " is" : "s are");
    return why.at && needs_add(call, needs,
                               (struct need){ .kind = open > 0 ? "preparation" : "ritual",
                                              .title = row_title(call, slot->ritual), .why = why,
                                              .record = &ritual_record, .row = slot->ritual->id,
                                              .due = slot->at });
}

/* One that was opened late has its whole time from then. */
static stamp end_of_open(const struct occurrence_slot *slot)
{
    stamp started = value_as_int(slot->stored->value[OCCURRENCE_STARTED]);
    return started > slot->at ? slot->until + (started - slot->at) : slot->until;
}

/* One that runs past its end is closed by whoever leads it. */
static bool add_open(struct call *call, const struct occurrence_slot *slot, struct needs *needs)
{
    stamp end = end_of_open(slot);
    if (end >= call->now)
        return true;
    return needs_add(call, needs,
                     (struct need){ .kind = "ritual", .title = row_title(call, slot->ritual),
                                    .why = TEXT("it is open past its end: close it"),
                                    .record = &occurrence_record, .row = slot->stored->id,
                                    .due = end, .is_late = true });
}

/* Who is away cannot lead; whoever can name somebody else is told in time. */
static bool add_led_by_nobody(struct call *call, const struct occurrence_slot *slot,
                              const struct people_away *leader, rid person, struct needs *needs)
{
    char until[DATE_TEXT_SIZE];
    date_write(leader->last_day, until);
    text why = leader->person == person
                   ? TEXT("you lead it and are away: name who does, or move it")
                   : call_format(
                         call, "%.*s leads it and is away until %s: name somebody else, or move it",
                         TEXT_FMT(leader->name), until);
    return why.at && needs_add(call, needs,
                               (struct need){ .kind = "ritual",
                                              .title = row_title(call, slot->ritual),
                                              .why = why,
                                              .record = &ritual_record,
                                              .row = slot->ritual->id,
                                              .due = slot->at });
}

/* The leader hears of it, its owner, and where that is the same person, those above. */
static bool hears_of_away(struct call *call, const struct occurrence_slot *slot,
                          const struct people_away *leader, rid person,
                          const struct ritual_listener *listener, bool *hears)
{
    rid owner = person_in(slot->ritual, RITUAL_OWNER);
    *hears = person == leader->person || person == owner;
    return *hears || owner != leader->person ||
           ritual_listener_hears(call, slot->ritual, listener, hears);
}

/* What comes within two working days of a person. */
struct coming {
    struct ritual_calendar calendar;
    struct occurrence_slots slots;
    struct ritual_roles roles;
    struct ritual_listener listener;
    struct people_away *away;
    size_t away_count;
};

static bool read_coming(struct call *call, rid person, struct coming *coming)
{
    stamp soon;
    return people_after_working_days(call, person, call->now, WORKING_DAYS, &soon) &&
           read_calendar(call, soon, &coming->calendar) &&
           ritual_roles_read(call, 0, &coming->roles) &&
           ritual_listener_read(call, person, &coming->listener) &&
           occurrence_slots_read(call, &coming->calendar, 0, INT64_MIN, soon, &coming->slots) &&
           people_away_between(call, 0, call->now / STAMP_DAY - 1, soon / STAMP_DAY + 1,
                               &coming->away, &coming->away_count);
}

static bool add_scheduled(struct call *call, const struct coming *coming,
                          const struct occurrence_slot *slot, rid person, struct needs *needs)
{
    const struct people_away *leader;
    bool hears = false;
    if (!ritual_roles_leader_away(call, &coming->roles, slot, coming->away, coming->away_count,
                                  &leader) ||
        (leader && !hears_of_away(call, slot, leader, person, &coming->listener, &hears)))
        return false;
    if (leader)
        return !hears || add_led_by_nobody(call, slot, leader, person, needs);
    return ritual_roles_leader(&coming->roles, slot) != person ||
           add_coming(call, slot, person_in(slot->ritual, RITUAL_OWNER) == person, needs);
}

static bool collect_coming(struct call *call, rid person, struct needs *needs)
{
    struct coming *coming = call_new(call, struct coming);
    if (!coming || !read_coming(call, person, coming))
        return false;
    for (size_t i = 0; i < coming->slots.count; i++) {
        const struct occurrence_slot *slot = &coming->slots.slot[i];
        bool is_open = text_is(slot->state, "open");
        bool is_ahead = text_is(slot->state, "scheduled") && slot->at > call->now;
        if (is_open && ritual_roles_leader(&coming->roles, slot) == person &&
            !add_open(call, slot, needs))
            return false;
        if (is_ahead && !add_scheduled(call, coming, slot, person, needs))
            return false;
    }
    return true;
}

/* --- who left --- */

static bool add_left_role(struct call *call, const struct row *ritual,
                          const struct ritual_role *role, struct needs *needs)
{
    return needs_add(call, needs,
                     (struct need){ .kind = "ritual", .title = row_title(call, ritual),
                                    .why = ritual_roles_advice(call, role),
                                    .record = &ritual_role_record, .row = role->row->id });
}

static bool add_left_owner(struct call *call, const struct row *ritual, struct needs *needs)
{
    text why = call_format(call, "it belongs to %.*s, who left: give it to somebody",
                           TEXT_FMT(owner_name(call, ritual)));
    return why.at && needs_add(call, needs,
                               (struct need){ .kind = "ritual", .title = row_title(call, ritual),
                                              .why = why, .record = &ritual_record,
                                              .row = ritual->id });
}

/* Its owner names somebody else for a role; where the owner left, too, those above see to both. */
static bool collect_left_of(struct call *call, const struct row *ritual,
                            const struct ritual_roles *roles,
                            const struct ritual_listener *listener, struct needs *needs)
{
    rid owner = person_in(ritual, RITUAL_OWNER);
    bool hears, has_owner = ritual_roles_is_here(roles, owner);
    if (!ritual_listener_hears(call, ritual, listener, &hears))
        return false;
    if (has_owner ? owner != listener->person : !hears)
        return true;
    if (owner && !has_owner && !add_left_owner(call, ritual, needs))
        return false;
    for (size_t i = 0; i < roles->count; i++)
        if (roles->role[i].ritual == ritual->id && roles->role[i].has_left &&
            !add_left_role(call, ritual, &roles->role[i], needs))
            return false;
    return true;
}

static bool collect_left(struct call *call, rid person, struct needs *needs)
{
    struct ritual_roles roles;
    struct ritual_listener listener;
    struct query query;
    struct rows rituals;
    query_init(&query, &ritual_record);
    if (!query_add(call, &query, RITUAL_STATE, FILTER_IS, value_choice("active")) ||
        !find_rows(call, &query, &rituals) || !ritual_roles_read(call, 0, &roles) ||
        !ritual_listener_read(call, person, &listener))
        return false;
    for (size_t i = 0; i < rituals.count; i++)
        if (!collect_left_of(call, &rituals.row[i], &roles, &listener, needs))
            return false;
    return true;
}

/* --- what rests --- */

static bool add_resting(struct call *call, const struct row *ritual, text zone,
                        struct needs *needs)
{
    stamp due;
    int64_t day = value_as_int(ritual->value[RITUAL_REVIEW_DATE]);
    return stamp_from_local(call, zone, day * STAMP_DAY, &due) &&
           needs_add(call, needs,
                     (struct need){ .kind = "ritual", .title = row_title(call, ritual),
                                    .why = TEXT("it rests: is it missed?"),
                                    .record = &ritual_record, .row = ritual->id, .due = due });
}

/* From the day on which it is looked at again, where the person is. */
static bool collect_resting(struct call *call, rid person, struct needs *needs)
{
    struct query query;
    struct rows rows;
    int64_t today;
    text zone;
    query_init(&query, &ritual_record);
    if (!people_person_zone(call, person, &zone) ||
        !day_of_stamp(call, zone, call->now, &today) ||
        !query_add(call, &query, RITUAL_OWNER, FILTER_IS, value_ref(person)) ||
        !query_add(call, &query, RITUAL_STATE, FILTER_IS_NOT, value_choice("active")) ||
        !query_add(call, &query, RITUAL_REVIEW_DATE, FILTER_AT_MOST,
                   value_int(today)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!add_resting(call, &rows.row[i], zone, needs))
            return false;
    return true;
}

/* --- what is offered --- */

/* "its original changed: Rule, Steps; take or decline that in the portfolio" */
static bool add_offered(struct call *call, const struct ritual_offers *offers,
                        struct needs *needs)
{
    struct out why;
    size_t told = 0;
    out_init(&why, call);
    out_string(&why, "its original changed: ");
    for (size_t i = 0; i < offers->count; i++)
        if (offers->offer[i].is_open)
            out_format(&why, "%s%s", told++ ? ", " : "", offers->offer[i].part->label);
    out_string(&why, "; take or decline that in the portfolio");
    return needs_add(call, needs,
                     (struct need){ .kind = "ritual", .title = row_title(call, &offers->clone),
                                    .why = out_view(&why), .record = &ritual_record,
                                    .row = offers->clone.id });
}

static bool collect_offered(struct call *call, rid person, struct needs *needs)
{
    struct query query;
    struct rows clones;
    query_init(&query, &ritual_record);
    if (!query_add(call, &query, RITUAL_OWNER, FILTER_IS, value_ref(person)) ||
        !query_add(call, &query, RITUAL_CLONE_OF, FILTER_IS_NOT, VALUE_NONE) ||
        !query_add(call, &query, RITUAL_STATE, FILTER_IS, value_choice("active")) ||
        !find_rows(call, &query, &clones))
        return false;
    for (size_t i = 0; i < clones.count; i++) {
        struct ritual_offers offers;
        if (!ritual_offers_read(call, clones.row[i].id, &offers) ||
            (offers.open && !add_offered(call, &offers, needs)))
            return false;
    }
    return true;
}

const struct need_source ritual_needs[] = {
    { "rituals.missed", collect_missed },
    { "rituals.coming", collect_coming },
    { "rituals.left", collect_left },
    { "rituals.resting", collect_resting },
    { "rituals.offered", collect_offered },
    { 0 },
};
