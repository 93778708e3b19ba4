/* See outside_calendar.h: its fields, and who may say what in them. */
#include "links/outward.h"
#include "rooms/calendar/outside_calendar.h"
#include "rooms/people/people.h"

static const struct field outside_calendar_fields[] = {
    [OUTSIDE_CALENDAR_NAME] = { .name = "name",
                                .label = "Name",
                                .kind = FIELD_TEXT,
                                .flags = FIELD_NEEDED,
                                .max = 200,
                                .help = "What it is called, such as 'Work'; everybody reads it." },
    [OUTSIDE_CALENDAR_PERSON] = { .name = "person",
                                  .label = "Person",
                                  .kind = FIELD_REF,
                                  .refers = "person",
                                  .flags = FIELD_COUNTED | FIELD_BY_NAME | FIELD_INDEXED,
                                  .help = "Whose time it is: who made it; empty: the team's." },
    [OUTSIDE_CALENDAR_TEAM] = { .name = "team",
                                .label = "Team",
                                .kind = FIELD_REF,
                                .refers = "team",
                                .flags = FIELD_FIXED | FIELD_BY_NAME,
                                .help = "The team whose time it is; empty: the person's." },
    [OUTSIDE_CALENDAR_IS_PRIVATE] = { .name = "is_private",
                                      .label = "Busy only",
                                      .kind = FIELD_BOOL,
                                      .flags = FIELD_NEEDED,
                                      .fallback = "true",
                                      .help = "Whether others read no more than that the time is "
                                              "taken." },
    [OUTSIDE_CALENDAR_READ_AT] = { .name = "read_at",
                                   .label = "Read",
                                   .kind = FIELD_STAMP,
                                   .flags = FIELD_COUNTED,
                                   .help = "When what it holds was read." },
    [OUTSIDE_CALENDAR_EVENTS] = { .name = "events",
                                  .label = "Events",
                                  .kind = FIELD_INT,
                                  .flags = FIELD_COUNTED,
                                  .help = "How many events it holds; what recurs is one." },
    [OUTSIDE_CALENDAR_WARNINGS] = { .name = "warnings",
                                    .label = "Warnings",
                                    .kind = FIELD_INT,
                                    .flags = FIELD_COUNTED,
                                    .help = "How many things in its file were not understood." },
    [OUTSIDE_CALENDAR_ADDRESS] = { .name = "address",
                                   .label = "Address",
                                   .kind = FIELD_TEXT,
                                   .flags = FIELD_SECRET,
                                   .help = "Where it is fetched from every hour, https:// or "
                                           "webcal://; it is never shown again. Empty: from files "
                                           "alone." },
    [OUTSIDE_CALENDAR_INSIDE] = { .name = "inside",
                                  .label = "Inside",
                                  .kind = FIELD_BOOL,
                                  .help = "The address lies in the own network, and that is meant; "
                                          "an owner of the workspace says so." },
    [OUTSIDE_CALENDAR_FAILURE] = { .name = "failure",
                                   .label = "Failure",
                                   .kind = FIELD_TEXT,
                                   .flags = FIELD_COUNTED,
                                   .help = "Why it could not be fetched the last time; what was "
                                           "read before is kept." },
    [OUTSIDE_CALENDAR_FAILED_AT] = { .name = "failed_at",
                                     .label = "Fails since",
                                     .kind = FIELD_STAMP,
                                     .flags = FIELD_COUNTED,
                                     .help = "Since when it cannot be fetched." },
};

/* A calendar program's own word for an address over https. */
text outside_address_url(struct call *call, text address)
{
    static const char *const schemes[] = { "webcal://", "webcals://" };
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (address.at && text_starts(address, text_of(schemes[i])))
            return CALL_JOIN(call, TEXT("https://"), text_from(address, strlen(schemes[i])));
    return address;
}

/* What failed at another address says nothing of this one; without one nothing fails. */
static void forget_failure(const struct row *before, struct row *after)
{
    text was = before ? value_as_text(before->value[OUTSIDE_CALENDAR_ADDRESS]) : TEXT_NONE;
    text address = value_as_text(after->value[OUTSIDE_CALENDAR_ADDRESS]);
    if (address.size && text_equal(was, address))
        return;
    after->value[OUTSIDE_CALENDAR_FAILURE] = VALUE_NONE;
    after->value[OUTSIDE_CALENDAR_FAILED_AT] = VALUE_NONE;
}

static bool outside_calendar_settle(struct call *call, const struct row *before, struct row *after)
{
    if (!before && value_is_null(after->value[OUTSIDE_CALENDAR_PERSON]) &&
        value_is_null(after->value[OUTSIDE_CALENDAR_TEAM]))
        after->value[OUTSIDE_CALENDAR_PERSON] = value_ref(call->actor.person);
    forget_failure(before, after);
    return true;
}

/* Who may change it is who reads what is in it: its person, or the members of its team. */
bool outside_calendar_check_owner(struct call *call, const struct row *row)
{
    rid person = value_as_int(row->value[OUTSIDE_CALENDAR_PERSON]);
    rid team = value_as_int(row->value[OUTSIDE_CALENDAR_TEAM]);
    bool is_owner = person == call->actor.person;
    if (call->all_rows || call->door == DOOR_IMPORT)
        return true;
    if (!person && !people_is_member(call, call->actor.person, team, &is_owner))
        return false;
    return is_owner ||
           fail(call, FAIL_FORBIDDEN,
                person ? "this is somebody else's calendar: only its person changes it"
                       : "this is the calendar of a team: only its members change it");
}

static bool is_workspace_owner(const struct call *call)
{
    const struct actor *actor = &call->actor;
    bool is_owner = call->all_rows;
    for (size_t i = 0; i < actor->team_count; i++)
        is_owner |= actor->team[i].team == 0 && (actor->team[i].roles & ROLE_OWNER);
    return is_owner;
}

/* Whether the own network is asked, and what there, owners say: others could look around in it. */
static bool check_inside(struct call *call, const struct row *before, const struct row *after)
{
    text was = before ? value_as_text(before->value[OUTSIDE_CALENDAR_ADDRESS]) : TEXT_NONE;
    bool was_inside = before && value_as_bool(before->value[OUTSIDE_CALENDAR_INSIDE]);
    bool is_new = !was_inside ||
                  !text_equal(was, value_as_text(after->value[OUTSIDE_CALENDAR_ADDRESS]));
    return !value_as_bool(after->value[OUTSIDE_CALENDAR_INSIDE]) || !is_new ||
           is_workspace_owner(call) ||
           fail(call, FAIL_FORBIDDEN,
                "that an address lies in the own network, and which, only an owner of the "
                "workspace says: leave 'inside' out for an address of the internet");
}

static bool check_address(struct call *call, const struct row *before, const struct row *after)
{
    text address = outside_address_url(call, value_as_text(after->value[OUTSIDE_CALENDAR_ADDRESS]));
    if (!address.size)
        return call->fail.kind == FAIL_NONE;
    return (outward_is_address(address, value_as_bool(after->value[OUTSIDE_CALENDAR_INSIDE])) ||
            fail_at(call, "address",
                    "an address of a calendar begins with https:// or webcal:// and holds no user "
                    "and no blank: copy it from the other program")) &&
           check_inside(call, before, after);
}

static bool outside_calendar_check(struct call *call, const struct row *before,
                                   const struct row *after)
{
    return outside_calendar_check_owner(call, before ? before : after) &&
           check_address(call, before, after);
}

static bool outside_calendar_check_drop(struct call *call, const struct row *row)
{
    return outside_calendar_check_owner(call, row);
}

static const char *const outside_calendar_listed[] = { "person", "team", "is_private", "read_at",
                                                       "events", "failure",    NULL };

const struct record outside_calendar_record = {
    .name = "outside_calendar",
    .plural = "outside_calendars",
    .prefix = "OCA",
    .label = "outside calendar",
    .help = "A calendar of another program, whose times are held against the rituals: 'rondo "
            "calendar import FILE --name NAME', or 'rondo outside-calendar add --name NAME "
            "--address ADDRESS'.",
    .field = outside_calendar_fields,
    .field_count = OUTSIDE_CALENDAR_FIELDS,
    .title = OUTSIDE_CALENDAR_NAME,
    .unique = { { "person", "name" }, { "team", "name" } },
    .listed = outside_calendar_listed,
    .check = outside_calendar_check,
    .check_drop = outside_calendar_check_drop,
    .settle = outside_calendar_settle,
    .writers = ROLE_VIEWER | ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};
