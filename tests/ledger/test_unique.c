/*
 * Unique values and refs where not everybody reads everything: what a refusal and a line may say.
 */
#include "ledger/audit.h"
#include "support/test_store.h"

enum { KEY_NAME, KEY_TEAM, KEY_SECRET, KEY_FIELD_COUNT };

static const struct field key_fields[KEY_FIELD_COUNT] = {
    [KEY_NAME] = { .name = "name", .label = "Name", .help = "Its name.", .kind = FIELD_TEXT,
                   .flags = FIELD_NEEDED | FIELD_UNIQUE },
    [KEY_TEAM] = { .name = "team", .label = "Team", .help = "Whose it is.", .kind = FIELD_REF,
                   .flags = FIELD_NEEDED, .refers = "team" },
    [KEY_SECRET] = { .name = "secret", .label = "Secret", .help = "Opens it.", .kind = FIELD_TEXT,
                     .flags = FIELD_SECRET | FIELD_UNIQUE },
};
static const struct record key_record = {
    .name = "key", .plural = "keys", .prefix = "KEY", .label = "Key", .help = "A key.",
    .field = key_fields, .field_count = KEY_FIELD_COUNT, .privacy = PRIVACY_TEAM,
};

enum { NOTE_WORDS, NOTE_DIARY, NOTE_OWNER, NOTE_WEIGHT, NOTE_FIELD_COUNT };

/* For all to read; what it refers to is not. */
static const struct field note_fields[NOTE_FIELD_COUNT] = {
    [NOTE_WORDS] = { .name = "words", .label = "Words", .help = "Words.", .kind = FIELD_TEXT,
                     .flags = FIELD_NEEDED },
    [NOTE_DIARY] = { .name = "diary", .label = "Diary", .help = "Where it is from.",
                     .kind = FIELD_REF, .refers = "diary" },
    [NOTE_OWNER] = { .name = "owner", .label = "Owner", .help = "Whose it is.", .kind = FIELD_REF,
                     .refers = "person", .flags = FIELD_UNIQUE },
    [NOTE_WEIGHT] = { .name = "weight", .label = "Weight", .help = "In grams.", .kind = FIELD_REAL,
                      .flags = FIELD_UNIQUE },
};
static const struct record note_record = {
    .name = "note", .plural = "notes", .prefix = "NOTE", .label = "Note", .help = "A note.",
    .field = note_fields, .field_count = NOTE_FIELD_COUNT,
};

static const struct record *const more_records[] = { &key_record, &note_record };

static int setup(void **state)
{
    test_store_setup(state);
    test_store_add_records(*state, more_records, 2);
    return 0;
}

static struct row key_of(struct call *call, const char *name, rid team, const char *secret)
{
    struct row row;
    assert_done(call, row_init(call, &key_record, &row));
    row.value[KEY_NAME] = value_text(text_of(name));
    row.value[KEY_TEAM] = value_ref(team);
    row.value[KEY_SECRET] = value_text(text_of(secret));
    return row;
}

static void a_taken_value_names_only_what_the_actor_reads(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row key = key_of(&call, "front door", at->red, NULL);
    assert_done(&call, ledger_create(&call, &key));
    struct row twin = key_of(&call, "front door", at->red, NULL);
    assert_false(ledger_create(&call, &twin));
    assert_refused(&call, FAIL_CONFLICT, "there is already a Key with name 'front door': KEY-1");
    test_act(&call, at, BEN);
    twin = key_of(&call, "front door", at->blue, NULL);
    assert_false(ledger_create(&call, &twin));
    assert_null(strstr(call.fail.sentence, "KEY-1"));
    assert_refused(&call, FAIL_CONFLICT, "this 'name' is taken: choose another");
    test_call_end(&call);
}

static void a_taken_secret_is_not_repeated(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row key = key_of(&call, "front door", at->red, "swordfish");
    assert_done(&call, ledger_create(&call, &key));
    struct row twin = key_of(&call, "back door", at->red, "swordfish");
    assert_false(ledger_create(&call, &twin));
    assert_null(strstr(call.fail.sentence, "swordfish"));
    assert_refused(&call, FAIL_CONFLICT, "this 'secret' is taken");
    test_call_end(&call);
}

static void a_taken_number_is_shown_as_people_write_it(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row note, twin;
    test_call_as(&call, at, ADA);
    assert_done(&call, row_init(&call, &note_record, &note));
    note.value[NOTE_WORDS] = value_text(TEXT("words"));
    note.value[NOTE_OWNER] = value_ref(at->person[BEN]);
    note.value[NOTE_WEIGHT] = value_real(0.5);
    assert_done(&call, row_copy(&call, &note, &twin));
    assert_done(&call, ledger_create(&call, &note));
    assert_false(ledger_create(&call, &twin));
    assert_refused(&call, FAIL_CONFLICT, "with owner 'PER-2': NOTE-1");
    twin.value[NOTE_OWNER] = VALUE_NONE;
    twin.value[NOTE_WEIGHT] = value_real(0.5);
    assert_false(ledger_create(&call, &twin));
    assert_refused(&call, FAIL_CONFLICT, "with weight '0.5': NOTE-1");
    twin.value[NOTE_WEIGHT] = value_real(0.25);
    assert_done(&call, ledger_create(&call, &twin));
    twin.id = 0;
    twin.value[NOTE_WEIGHT] = VALUE_NONE; /* unknown equals nothing */
    assert_done(&call, ledger_create(&call, &twin));
    test_call_end(&call);
}

static void a_line_does_not_show_where_a_hidden_ref_leads(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row note;
    struct out out;
    struct json_writer writer;
    test_call_as(&call, at, ADA);
    struct row diary = test_make(&call, &diary_record, "thoughts", 0);
    assert_done(&call, row_init(&call, &note_record, &note));
    note.value[NOTE_WORDS] = value_text(TEXT("words"));
    note.value[NOTE_DIARY] = value_ref(diary.id);
    assert_done(&call, ledger_create(&call, &note));
    test_act(&call, at, BEN);
    out_init(&out, &call);
    json_writer_init(&writer, &out, false);
    const struct audit_query query = { .record = TEXT("note") };
    assert_done(&call, audit_write_json(&call, &query, &writer));
    text id = row_public_id(&call, &diary_record, diary.id);
    assert_true(text_find(out_view(&out), id) == SIZE_MAX);
    assert_true(text_find(out_view(&out), call_format(&call, "%lld", (long long)diary.id)) ==
                SIZE_MAX);
    assert_true(text_find(out_view(&out), TEXT("{\"field\":\"diary\"}")) != SIZE_MAX);
    test_call_end(&call);
}

#define WITH_KEYS(test) cmocka_unit_test_setup_teardown(test, setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KEYS(a_taken_value_names_only_what_the_actor_reads),
        WITH_KEYS(a_taken_secret_is_not_repeated),
        WITH_KEYS(a_taken_number_is_shown_as_people_write_it),
        WITH_KEYS(a_line_does_not_show_where_a_hidden_ref_leads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
