/* Room people: its nouns. */
#include "ledger/state.h"
#include "rooms/people/people.h"

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
    [PERSON_IS_ROBOT] = { .name = "is_robot",
                          .label = "Robot",
                          .kind = FIELD_BOOL,
                          .flags = FIELD_FIXED, /* an owner makes tokens for robots only */
                          .fallback = "no",
                          .help = "A machine that uses tokens, not a person." },
};

const struct record person_record = {
    .name = "person", .plural = "persons", .prefix = "PER", .label = "person",
    .help = "Somebody, or a machine, that acts in this workspace: 'rondo person add --name NAME'.",
    .field = person_fields, .field_count = COUNT(person_fields), .title = PERSON_NAME,
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
