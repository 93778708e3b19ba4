/* Room people: what people see of signing in (records), and what nobody sees (tables). */
#include "rooms/people/sign_in.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct field session_fields[] = {
    [SESSION_NAME] = { .name = "name",
                       .label = "Name",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_NEEDED,
                       .help = "What it runs in: the browser, as it calls itself.",
                       .max = 200 },
    [SESSION_PERSON] = { .name = "person",
                         .label = "Person",
                         .kind = FIELD_REF,
                         .refers = "person",
                         .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_BY_NAME,
                         .help = "Who is signed in." },
};

const struct record session_record = {
    .name = "session",
    .plural = "sessions",
    .prefix = "SES",
    .label = "session",
    .help = "A browser that somebody is signed in with; dropping it signs it out.",
    .field = session_fields,
    .field_count = COUNT(session_fields),
    .title = SESSION_NAME,
    .privacy = PRIVACY_NAMED,
    .writers = ROLE_VIEWER | ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
    .made_by_program = true,
};

static const struct field invitation_fields[] = {
    [INVITATION_NAME] = { .name = "name",
                          .label = "Name",
                          .kind = FIELD_TEXT,
                          .flags = FIELD_NEEDED | FIELD_FIXED,
                          .help = "Who was invited, as the name was then.",
                          .max = 200 },
    [INVITATION_PERSON] = { .name = "person",
                            .label = "Person",
                            .kind = FIELD_REF,
                            .refers = "person",
                            .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_BY_NAME,
                            .help = "Who gets a password by it." },
    [INVITATION_EXPIRES] = { .name = "expires",
                             .label = "Expires",
                             .kind = FIELD_STAMP,
                             .flags = FIELD_NEEDED,
                             .help = "From then on it is refused." },
    [INVITATION_USED] = { .name = "used",
                          .label = "Used",
                          .kind = FIELD_STAMP,
                          .flags = FIELD_COUNTED,
                          .help = "When it was accepted; empty: not yet." },
};

const struct record invitation_record = {
    .name = "invitation",
    .plural = "invitations",
    .prefix = "INV",
    .label = "invitation",
    .help = "A link that makes a password, once: 'rondo person invite NAME'; dropping it revokes "
            "it.",
    .field = invitation_fields,
    .field_count = COUNT(invitation_fields),
    .title = INVITATION_NAME,
    .writers = ROLE_OWNER,
    .made_by_program = true,
};

static const struct column password_columns[] = { { "person", COLUMN_INT, true },
                                                  { "kept", COLUMN_TEXT, true },
                                                  { 0 } };

const struct table password_table = { .name = "password",
                                      .column = password_columns,
                                      .key = { "person" } };

static const struct column session_key_columns[] = { { "digest", COLUMN_TEXT, true },
                                                     { "session", COLUMN_INT, true },
                                                     { "person", COLUMN_INT, true },
                                                     { "seen_at", COLUMN_INT, true },
                                                     { 0 } };

const struct table session_key_table = {
    .name = "session_key",
    .column = session_key_columns,
    .key = { "digest" },
    .index = { { .column = { "person" } }, { .column = { "seen_at" } } },
};

static const struct column invitation_key_columns[] = { { "digest", COLUMN_TEXT, true },
                                                        { "invitation", COLUMN_INT, true },
                                                        { 0 } };

const struct table invitation_key_table = { .name = "invitation_key",
                                            .column = invitation_key_columns,
                                            .key = { "digest" } };

static const struct column sign_in_try_columns[] = { { "word", COLUMN_TEXT, true },
                                                     { "tries", COLUMN_INT, true },
                                                     { "since", COLUMN_INT, true },
                                                     { 0 } };

const struct table sign_in_try_table = {
    .name = "sign_in_try",
    .column = sign_in_try_columns,
    .key = { "word" },
    .index = { { .column = { "since" } } },
};
