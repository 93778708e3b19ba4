/* Room people: its nouns. */
#include "ledger/state.h"
#include "rooms/people/people.h"
#include "rooms/people/people_presence.h"
#include "rooms/people/working_days.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct field person_fields[] = {
    [PERSON_NAME] = { .name = "name",
                      .label = "Name",
                      .kind = FIELD_TEXT,
                      .flags = FIELD_NEEDED | FIELD_UNIQUE | FIELD_SEARCHED,
                      .help = "What others call this person.",
                      .max = 200 },
    [PERSON_EMAIL] = { .name = "email",
                       .label = "E-mail",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_UNIQUE | FIELD_FOLDED,
                       .help = "Where updates and digests go.",
                       .max = 320 },
    [PERSON_ZONE] = { .name = "zone",
                      .label = "Time zone",
                      .kind = FIELD_ZONE,
                      .help = "The IANA zone this person works in, such as Europe/Berlin." },
    [PERSON_WORKING_FROM] = { .name = "working_from",
                              .label = "Works from",
                              .kind = FIELD_TEXT,
                              .max = 5,
                              .help = "When the person's working hours begin, in the person's "
                                      "zone, such as 09:00; empty: not told." },
    [PERSON_WORKING_UNTIL] = { .name = "working_until",
                               .label = "Works until",
                               .kind = FIELD_TEXT,
                               .max = 5,
                               .help = "When they end, such as 17:30; before they begin: on the "
                                       "next day." },
    [PERSON_WORKING_DAYS] = { .name = "working_days",
                              .label = "Working days",
                              .kind = FIELD_TEXT,
                              .max = 60,
                              .help = "Any of MO,TU,WE,TH,FR,SA,SU, as rules have them; empty: "
                                      "Monday to Friday." },
    [PERSON_HOLIDAY_CALENDAR] = { .name = "holiday_calendar",
                                  .label = "Holidays of",
                                  .kind = FIELD_REF,
                                  .refers = "holiday_calendar",
                                  .flags = FIELD_BY_NAME,
                                  .help = "Whose public holidays the person has off; empty: those "
                                          "of the person's teams." },
    [PERSON_IS_ROBOT] = { .name = "is_robot",
                          .label = "Robot",
                          .kind = FIELD_BOOL,
                          .flags = FIELD_FIXED, /* an owner makes tokens for robots only */
                          .fallback = "no",
                          .help = "A machine that uses tokens, not a person." },
};

/* What a person says of itself; the rest an owner says. */
static bool is_for_owners(size_t field)
{
    return field == PERSON_NAME || field == PERSON_EMAIL || field == PERSON_IS_ROBOT;
}

static bool person_is_own(const struct call *call, const struct row *row)
{
    return row->id && row->id == call->actor.person;
}

static bool check_rights(struct call *call, const struct row *before, const struct row *after)
{
    if (call->all_rows || (role_held(call, after) & ROLE_OWNER))
        return true;
    for (size_t i = 0; i < PERSON_FIELDS; i++)
        if (is_for_owners(i) && !(before && value_equal(before->value[i], after->value[i])))
            return fail(call, FAIL_FORBIDDEN,
                        "'%s' of a person is changed by an owner of the workspace: ask one",
                        person_fields[i].name);
    return true;
}

/* "mo, we" is "MO,WE": one way to write it is kept, as iCalendar has it. */
static bool person_settle(struct call *call, const struct row *before, struct row *after)
{
    unsigned days;
    (void)before;
    text words = value_as_text(after->value[PERSON_WORKING_DAYS]);
    if (!words.at || !working_days_read(words, &days))
        return true; /* the check says what is wrong with it */
    text written = working_days_write(call, days);
    after->value[PERSON_WORKING_DAYS] = value_text(written);
    return written.at != NULL;
}

static bool check_hours(struct call *call, const struct row *row)
{
    text from = value_as_text(row->value[PERSON_WORKING_FROM]);
    text until = value_as_text(row->value[PERSON_WORKING_UNTIL]);
    int begins, ends;
    if (!from.at && !until.at)
        return true;
    if (!from.at || !until.at)
        return fail_at(call, from.at ? "working_until" : "working_from",
                       "working hours have a beginning and an end: give both, or neither");
    return minute_read(call, "working_from", from, &begins) &&
           minute_read(call, "working_until", until, &ends) &&
           (begins != ends ||
            fail_at(call, "working_until",
                    "working hours end at another time than they begin: leave both empty when "
                    "they are not to be told"));
}

static bool check_working_days(struct call *call, const struct row *row)
{
    unsigned days;
    text words = value_as_text(row->value[PERSON_WORKING_DAYS]);
    return !words.at || working_days_read(words, &days) ||
           fail_at(call, "working_days",
                   "'%.*s' are no days of the week: use MO, TU, WE, TH, FR, SA and SU, with commas",
                   TEXT_FMT(text_until_character(words, FAIL_FIELD_SIZE)));
}

static bool person_check(struct call *call, const struct row *before, const struct row *after)
{
    return check_rights(call, before, after) && check_hours(call, after) &&
           check_working_days(call, after);
}

static bool person_check_drop(struct call *call, const struct row *row)
{
    return call->all_rows || (role_held(call, row) & ROLE_OWNER) ||
           fail(call, FAIL_FORBIDDEN,
                "writing a person needs the role 'owner', which %.*s does "
                "not have",
                TEXT_FMT(call->actor.name));
}

const struct record person_record = {
    .name = "person",
    .plural = "persons",
    .prefix = "PER",
    .label = "person",
    .help = "Somebody, or a machine, that acts in this workspace: 'rondo person add --name NAME'.",
    .field = person_fields,
    .field_count = COUNT(person_fields),
    .title = PERSON_NAME,
    .settle = person_settle,
    .check = person_check,
    .check_drop = person_check_drop,
    .is_own = person_is_own,
    .remark = people_remark,
    .writers = ROLE_OWNER,
};

static const struct field team_fields[] = {
    [TEAM_NAME] = { .name = "name",
                    .label = "Name",
                    .kind = FIELD_TEXT,
                    .flags = FIELD_NEEDED | FIELD_UNIQUE | FIELD_SEARCHED,
                    .help = "What the team is called.",
                    .max = 200 },
    [TEAM_ZONE] = { .name = "zone",
                    .label = "Time zone",
                    .kind = FIELD_ZONE,
                    .help = "Decides the team's weeks, noons and deadlines; without one the "
                            "workspace's zone holds." },
    [TEAM_LEAD] = { .name = "lead",
                    .label = "Lead",
                    .kind = FIELD_REF,
                    .refers = "person",
                    .flags = FIELD_BY_NAME,
                    .help = "Who hears of what the team leaves undone in silence; empty: the "
                            "owners of the workspace." },
    [TEAM_HOLIDAY_CALENDAR] = { .name = "holiday_calendar",
                                .label = "Holidays of",
                                .kind = FIELD_REF,
                                .refers = "holiday_calendar",
                                .flags = FIELD_BY_NAME,
                                .help = "On whose public holidays the team holds no rituals; its "
                                        "members have them off unless they follow others." },
};

static bool team_check(struct call *call, const struct row *before, const struct row *after)
{
    return people_check_here(call, before, after, TEAM_LEAD);
}

const struct record team_record = {
    .name = "team", .plural = "teams", .prefix = "TEAM", .label = "team",
    .help = "People who own surfaces together: 'rondo team add --name NAME --zone ZONE'.",
    .field = team_fields, .field_count = COUNT(team_fields), .title = TEAM_NAME,
    .check = team_check, .writers = ROLE_OWNER,
};

static const struct field membership_fields[] = {
    [MEMBERSHIP_PERSON] = { .name = "person",
                            .label = "Person",
                            .kind = FIELD_REF,
                            .refers = "person",
                            .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_OWNED | FIELD_BY_NAME,
                            .help = "Who has the roles." },
    [MEMBERSHIP_TEAM] = { .name = "team",
                          .label = "Team",
                          .kind = FIELD_REF,
                          .refers = "team",
                          .flags = FIELD_FIXED | FIELD_BY_NAME,
                          .help = "Where the roles hold; empty: in the whole workspace." },
    [MEMBERSHIP_ROLES] = { .name = "roles",
                           .label = "Roles",
                           .kind = FIELD_TAGS,
                           .flags = FIELD_NEEDED,
                           .help = "Any of viewer, member, council, executive, owner, robot." },
    [MEMBERSHIP_NOTE] = { .name = "note", .label = "Note", .kind = FIELD_TEXT,
                          .help = "What the roles were given for." },
};

static bool membership_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)before;
    struct value roles = after->value[MEMBERSHIP_ROLES];
    for (uint32_t i = 0; i < roles.count; i++) {
        unsigned role;
        if (!role_read(roles.texts[i], &role))
            return fail_at(
                call, "roles",
                "'%.*s' is not a role: use viewer, member, council, executive, owner or robot",
                TEXT_FMT(roles.texts[i]));
    }
    return true;
}

const struct record membership_record = {
    .name = "membership",
    .plural = "memberships",
    .prefix = "MEM",
    .label = "membership",
    .help = "The roles of a person in a team: 'rondo membership add --person NAME --team TEAM "
            "--roles member,council'.",
    .field = membership_fields,
    .field_count = COUNT(membership_fields),
    .title = MEMBERSHIP_NOTE,
    .unique = { { "person", "team" } },
    .check = membership_check,
    .writers = ROLE_OWNER,
};

static const struct field token_fields[] = {
    [TOKEN_NAME] = { .name = "name",
                     .label = "Name",
                     .kind = FIELD_TEXT,
                     .flags = FIELD_NEEDED,
                     .help = "What uses the token: 'ci', 'laptop'.",
                     .max = 200 },
    [TOKEN_PERSON] = { .name = "person",
                       .label = "Person",
                       .kind = FIELD_REF,
                       .refers = "person",
                       .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_BY_NAME,
                       .help = "Who acts when the token is used." },
    [TOKEN_SCOPES] = { .name = "scopes",
                       .label = "Scopes",
                       .kind = FIELD_TAGS,
                       .flags = FIELD_NEEDED | FIELD_FIXED,
                       .help = "What the token may do: any of read, import, write; write is to "
                               "read, too." },
    [TOKEN_EXPIRES] = { .name = "expires",
                        .label = "Expires",
                        .kind = FIELD_STAMP,
                        .help = "From then on it is refused; empty: never." },
    [TOKEN_HASH] = { .name = "hash",
                     .label = "Hash",
                     .kind = FIELD_TEXT,
                     .flags = FIELD_SECRET | FIELD_FIXED | FIELD_UNIQUE | FIELD_COUNTED,
                     .help = "What is kept of the secret." },
};

static bool token_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)before;
    struct value scopes = after->value[TOKEN_SCOPES];
    for (uint32_t i = 0; i < scopes.count; i++)
        if (!text_is(scopes.texts[i], "read") && !text_is(scopes.texts[i], "import") &&
            !text_is(scopes.texts[i], "write"))
            return fail_at(call, "scopes", "'%.*s' is not a scope: use read, import or write",
                           TEXT_FMT(scopes.texts[i]));
    return true;
}

const struct record token_record = {
    .name = "token",
    .plural = "tokens",
    .prefix = "TOK",
    .label = "token",
    .help =
        "A key for the API: 'rondo token add --name ci --scopes import'; dropping it revokes it.",
    .field = token_fields,
    .field_count = COUNT(token_fields),
    .title = TOKEN_NAME,
    .check = token_check,
    .privacy = PRIVACY_NAMED,
    .writers = ROLE_VIEWER | ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
    .made_by_program = true,
};
