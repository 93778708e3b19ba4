/* See test_catalog.h. Not named test_catalog.c: the build makes a program of every test_*.c. */
#include "support/test_catalog.h"

static const char *const colors[] = { "red", "green", "blue", NULL };
static const char *const gadget_states[] = { "draft", "ready", "sent", NULL };

static const struct field gadget_fields[GADGET_FIELD_COUNT] = {
    [GADGET_NAME] = { "name", "Name", "What people call it.", FIELD_TEXT,
                      FIELD_NEEDED | FIELD_UNIQUE | FIELD_SEARCHED | FIELD_SORTED | FIELD_FOLDED },
    [GADGET_SERIAL] = { "serial", "Serial number", "Given at creation, for ever.", FIELD_TEXT,
                        FIELD_FIXED | FIELD_INDEXED, .max = 40 },
    [GADGET_ABOUT] = { "about", "About", "What it is good for.", FIELD_PROSE, FIELD_SEARCHED },
    [GADGET_AMOUNT] = { "amount", "Amount", "How many there are.", FIELD_INT, 0, .fallback = "1",
                        .min = 0, .max = 1000 },
    [GADGET_RATIO] = { "ratio", "Ratio", "Share of the whole.", FIELD_REAL, 0, .min = 0, .max = 1 },
    [GADGET_WEIGHT] = { "weight", "Weight", "In kilograms.", FIELD_REAL, 0 },
    [GADGET_IS_LOUD] = { "is_loud", "Loud", "Whether it makes noise.", FIELD_BOOL, FIELD_NEEDED,
                         .fallback = "no" },
    [GADGET_OPENED] = { "opened", "Opened", "When it was first opened.", FIELD_STAMP,
                        FIELD_INDEXED },
    [GADGET_DUE] = { "due", "Due", "The day it must be ready.", FIELD_DATE, 0 },
    [GADGET_ZONE] = { "zone", "Time zone", "Where it stands.", FIELD_ZONE, 0, .fallback = "UTC" },
    [GADGET_COLOR] = { "color", "Color", "Its paint.", FIELD_CHOICE, 0, .choices = colors },
    [GADGET_STATE] = { "state", "State", "How far it is.", FIELD_CHOICE,
                       FIELD_NEEDED | FIELD_INDEXED, .choices = gadget_states,
                       .fallback = "draft" },
    [GADGET_TEAM] = { "team", "Team", "Who looks after it.", FIELD_REF, FIELD_BY_NAME,
                      .refers = "team" },
    [GADGET_OWNER] = { "owner", "Owner", "Who answers for it.", FIELD_REF, 0, .refers = "person" },
    [GADGET_HELPERS] = { "helpers", "Helpers", "Who else knows it, the best first.", FIELD_REFS, 0,
                         .refers = "person" },
    [GADGET_TAGS] = { "tags", "Tags", "Words to find it by.", FIELD_TAGS, FIELD_SEARCHED },
    [GADGET_PLACE] = { "place", "Place", "Its place on the shelf.", FIELD_RANK, 0 },
    [GADGET_EXTRA] = { "extra", "Extra", "Whatever else is known.", FIELD_JSON, 0 },
    [GADGET_PICTURE] = { "picture", "Picture", "A small picture of it.", FIELD_BLOB, 0,
                         .max = 4096 },
    [GADGET_PASSWORD] = { "password", "Password", "Opens it.", FIELD_TEXT, FIELD_SECRET },
    [GADGET_REMARK] = { "remark", "Remark", "For the author's eyes only.", FIELD_PROSE,
                        FIELD_PRIVATE | FIELD_SEARCHED },
    [GADGET_CASES] = { "cases", "Cases", "Counted from its cases.", FIELD_INT, FIELD_COUNTED,
                       .fallback = "0" },
};

static bool gadget_has_about(struct call *call, const struct row *row)
{
    if (value_as_text(row->value[GADGET_ABOUT]).size)
        return true;
    fail_missing(call, "about");
    return fail(call, FAIL_CONFLICT, "'about' is needed to finish a gadget");
}

static bool gadget_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)before;
    if (!value_as_bool(after->value[GADGET_IS_LOUD]) || !value_is_null(after->value[GADGET_WEIGHT]))
        return true;
    return fail_at(call, "weight", "'weight' is needed for a loud gadget");
}

static const struct transition gadget_transitions[] = {
    { "draft", "ready", "finish", 0, gadget_has_about, UNDO_YES },
    { "ready", "draft", "reopen", ROLE_MEMBER, NULL, UNDO_COUNTER },
    { "ready", "sent", "send", ROLE_COUNCIL | ROLE_EXECUTIVE, NULL, UNDO_NO },
    { 0 },
};

const struct record gadget_record = {
    .name = "gadget", .plural = "gadgets", .prefix = "GAD", .label = "Gadget",
    .help = "A thing with everything on it; 'rondo gadget add' makes one.",
    .field = gadget_fields, .field_count = GADGET_FIELD_COUNT, .title = GADGET_NAME,
    .state = GADGET_STATE, .states = gadget_transitions,
    .unique = { { "team", "place" } }, .check = gadget_check,
};

static const struct field gizmo_fields[GIZMO_FIELD_COUNT] = {
    [GIZMO_GADGET] = { "gadget", "Gadget", "The gadget it is part of.", FIELD_REF,
                       FIELD_NEEDED | FIELD_OWNED | FIELD_FIXED, .refers = "gadget" },
    [GIZMO_NAME] = { "name", "Name", "What people call it.", FIELD_TEXT,
                     FIELD_NEEDED | FIELD_SEARCHED },
    [GIZMO_SIZE] = { "size", "Size", "In millimetres.", FIELD_INT, 0 },
};

const struct record gizmo_record = {
    .name = "gizmo", .plural = "gizmos", .prefix = "GIZ", .label = "Gizmo",
    .help = "A part of a gadget; 'rondo gizmo add' makes one.",
    .field = gizmo_fields, .field_count = GIZMO_FIELD_COUNT, .title = GIZMO_NAME,
    .unique = { { "gadget", "name" } },
};

static const struct field diary_fields[DIARY_FIELD_COUNT] = {
    [DIARY_HEADLINE] = { "headline", "Headline", "The day in a few words.", FIELD_TEXT,
                         FIELD_NEEDED | FIELD_SEARCHED },
    [DIARY_ENTRY] = { "entry", "Entry", "What happened.", FIELD_PROSE, FIELD_SEARCHED },
    [DIARY_DAY] = { "day", "Day", "The day it is about.", FIELD_DATE, FIELD_INDEXED },
};

const struct record diary_record = {
    .name = "diary", .plural = "diaries", .prefix = "DIA", .label = "Diary entry",
    .help = "A page that only its author reads; 'rondo diary add' makes one.",
    .field = diary_fields, .field_count = DIARY_FIELD_COUNT, .title = DIARY_HEADLINE,
    .privacy = PRIVACY_PRIVATE,
};

static const struct field memo_fields[MEMO_FIELD_COUNT] = {
    [MEMO_SUBJECT] = { "subject", "Subject", "What it is about.", FIELD_TEXT,
                       FIELD_NEEDED | FIELD_SEARCHED },
    [MEMO_BODY] = { "body", "Body", "What it says.", FIELD_PROSE, FIELD_SEARCHED },
};

const struct record memo_record = {
    .name = "memo", .plural = "memos", .prefix = "MEM", .label = "Memo",
    .help = "A page for named readers; 'rondo memo add' makes one.",
    .field = memo_fields, .field_count = MEMO_FIELD_COUNT, .title = MEMO_SUBJECT,
    .privacy = PRIVACY_NAMED,
};

static const struct field plan_item_fields[PLAN_ITEM_FIELD_COUNT] = {
    [PLAN_ITEM_NAME] = { "name", "Name", "What is to be done.", FIELD_TEXT,
                         FIELD_NEEDED | FIELD_SEARCHED },
    [PLAN_ITEM_TEAM] = { "team", "Team", "Who will do it.", FIELD_REF, FIELD_NEEDED | FIELD_BY_NAME,
                         .refers = "team" },
    [PLAN_ITEM_EFFORT] = { "effort", "Effort", "In days.", FIELD_REAL, 0, .min = 0, .max = 100 },
};

const struct record plan_item_record = {
    .name = "plan_item", .plural = "plan_items", .prefix = "PLAN", .label = "Plan item",
    .help = "A piece of a team's work; 'rondo plan-item add' makes one.",
    .field = plan_item_fields, .field_count = PLAN_ITEM_FIELD_COUNT, .title = PLAN_ITEM_NAME,
    .privacy = PRIVACY_TEAM,
};

static const struct field team_fields[TEAM_FIELD_COUNT] = {
    [TEAM_NAME] = { "name", "Name", "What the team is called.", FIELD_TEXT,
                    FIELD_NEEDED | FIELD_UNIQUE },
    [TEAM_ZONE] = { "zone", "Time zone", "Where its weeks begin.", FIELD_ZONE, 0 },
};

const struct record test_team_record = {
    .name = "team",
    .plural = "teams",
    .prefix = "TEAM",
    .label = "Team",
    .help = "People who work together; 'rondo team add' makes one.",
    .field = team_fields,
    .field_count = TEAM_FIELD_COUNT,
    .title = TEAM_NAME,
    .writers = ROLE_OWNER,
};

static const struct field person_fields[PERSON_FIELD_COUNT] = {
    [PERSON_NAME] = { "name", "Name", "What the person is called.", FIELD_TEXT,
                      FIELD_NEEDED | FIELD_SEARCHED },
    [PERSON_EMAIL] = { "email", "E-mail", "Where letters go.", FIELD_TEXT, FIELD_UNIQUE },
};

const struct record test_person_record = {
    .name = "person",
    .plural = "people",
    .prefix = "PER",
    .label = "Person",
    .help = "Somebody; 'rondo person add' makes one.",
    .field = person_fields,
    .field_count = PERSON_FIELD_COUNT,
    .title = PERSON_NAME,
    .writers = ROLE_OWNER,
};

static const struct column gadget_reading_columns[] = {
    { "gadget", COLUMN_INT, true }, { "at", COLUMN_INT, true },     { "score", COLUMN_REAL, true },
    { "note", COLUMN_TEXT, false }, { "wave", COLUMN_BLOB, false }, { 0 },
};

const struct table gadget_reading_table = {
    .name = "gadget_reading", .column = gadget_reading_columns, .key = { "gadget", "at" },
    .index = { { .column = { "at" } } },
};

static const struct record *const records[] = {
    &test_team_record, &test_person_record, &gadget_record, &gizmo_record,
    &diary_record, &memo_record, &plan_item_record,
};
static const struct table *const tables[] = { &gadget_reading_table };

const struct catalog test_catalog = {
    .record = records, .record_count = sizeof records / sizeof records[0],
    .table = tables, .table_count = sizeof tables / sizeof tables[0],
};
