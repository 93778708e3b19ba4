/* Writing rows: what is stored, what is refused, and who may. */
#include "base/stamp.h"
#include "store/driver.h"
#include "support/test_store.h"

static void a_new_row_has_its_numbers_and_is_found(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row found;
    test_call_as(&call, at, ADA);
    struct row row = test_row(&call, &gadget_record, "lamp", 0);
    row.dimensions = DIMENSION_AI | DIMENSION_PEOPLE;
    assert_done(&call, ledger_create(&call, &row));
    assert_int_equal(row.id, 1);
    assert_int_equal(row.version, 1);
    assert_true(row.created >= TEST_NOW && row.created == row.changed);
    assert_int_equal(row.archived, 0);
    assert_int_equal(row.change, change_id(&call));
    assert_done(&call, find_row(&call, &gadget_record, row.id, &found));
    assert_true(row_is_equal(&row, &found));
    assert_int_equal(found.created, row.created);
    assert_int_equal(found.change, row.change);
    assert_text(value_as_text(found.value[GADGET_ZONE]), "UTC"); /* a fallback */
    test_call_end(&call);
}

static void an_id_that_is_given_is_kept_once(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_row(&call, &gadget_record, "lamp", 0);
    row.id = 40;
    assert_done(&call, ledger_create(&call, &row));
    assert_int_equal(row.id, 40);
    assert_int_equal(test_make(&call, &gadget_record, "chair", 0).id, 41);
    row = test_row(&call, &gadget_record, "table", 0);
    row.id = 40;
    assert_false(ledger_create(&call, &row));
    assert_refused(&call, FAIL_CONFLICT, "");
    test_call_end(&call);
}

static void an_update_is_a_new_version(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row found;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    stamp created = row.created;
    call.now += STAMP_HOUR;
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(7)));
    assert_int_equal(row.version, 2);
    assert_int_equal(row.created, created);
    assert_int_equal(row.changed, call.now);
    assert_done(&call, find_row(&call, &gadget_record, row.id, &found));
    assert_true(row_is_equal(&row, &found));
    assert_int_equal(found.version, 2);
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM history WHERE record = 'gadget'"), 2);
    test_call_end(&call);
}

static void no_difference_is_no_change(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    int64_t changes = test_ask(&call, "SELECT count(*) FROM change");
    int64_t lines = test_ask(&call, "SELECT count(*) FROM audit");
    assert_done(&call, test_set(&call, &row, GADGET_NAME, value_text(TEXT("lamp"))));
    assert_int_equal(row.version, 1);
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM change"), changes);
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM audit"), lines);
    assert_done(&call, change_open(&call, TEXT("nothing at all")));
    assert_done(&call, change_commit(&call));
    assert_int_equal(change_id(&call), 0);
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM change"), changes);
    test_call_end(&call);
}

static void a_stale_version_is_refused_naming_who(void **state)
{
    struct test_store *at = *state;
    struct call ada;
    test_call_as(&ada, at, ADA);
    struct row row = test_make(&ada, &gadget_record, "lamp", 0), stale = row;
    test_act(&ada, at, BEN);
    assert_done(&ada, test_set(&ada, &row, GADGET_AMOUNT, value_int(7)));
    test_act(&ada, at, ADA);
    assert_false(test_set(&ada, &stale, GADGET_AMOUNT, value_int(8)));
    assert_refused(&ada, FAIL_STALE, "GAD-1 was changed by Ben meanwhile (version 2, yours is 1)");
    assert_done(&ada, find_row(&ada, &gadget_record, row.id, &row));
    assert_int_equal(value_as_int(row.value[GADGET_AMOUNT]), 7);
    test_call_end(&ada);
}

static void what_does_not_fit_is_refused_by_its_field(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_row(&call, &gadget_record, "", 0);
    assert_false(ledger_create(&call, &row));
    assert_string_equal(call.fail.field, "name");
    assert_refused(&call, FAIL_INVALID, "'name' is needed");
    row = test_row(&call, &gadget_record, "lamp", 0);
    row.value[GADGET_SERIAL] = value_text(TEXT("S-1"));
    assert_done(&call, ledger_create(&call, &row));
    assert_false(test_set(&call, &row, GADGET_AMOUNT, value_int(1001)));
    assert_refused(&call, FAIL_INVALID, "'amount'");
    assert_false(test_set(&call, &row, GADGET_SERIAL, value_text(TEXT("S-2"))));
    assert_refused(&call, FAIL_INVALID, "'serial' is fixed");
    assert_false(test_set(&call, &row, GADGET_IS_LOUD, value_bool(true)));
    assert_refused(&call, FAIL_INVALID, "'weight' is needed for a loud gadget");
    assert_int_equal(test_live_rows(&call), 10);
    test_call_end(&call);
}

static void a_ref_must_lead_to_what_the_actor_reads(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    rid helpers[] = { at->person[BEN], 77 };
    struct value refs = { .kind = VALUE_IDS, .count = 2, .ids = helpers };
    assert_false(test_set(&call, &row, GADGET_OWNER, value_ref(77)));
    assert_string_equal(call.fail.field, "owner");
    assert_refused(&call, FAIL_INVALID, "there is no Person 'PER-77' for 'owner'");
    assert_false(test_set(&call, &row, GADGET_HELPERS, refs));
    assert_refused(&call, FAIL_INVALID, "there is no Person 'PER-77' for 'helpers'");
    refs.count = 1;
    assert_done(&call, test_set(&call, &row, GADGET_HELPERS, refs));
    assert_done(&call, test_set(&call, &row, GADGET_OWNER, value_ref(at->person[BEN])));
    test_call_end(&call);
}

static void a_taken_value_is_refused_naming_the_other(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    struct row chair = test_make(&call, &gadget_record, "chair", 0);
    struct row twin = test_row(&call, &gadget_record, "lamp", 0);
    assert_false(ledger_create(&call, &twin));
    assert_refused(&call, FAIL_CONFLICT, "there is already a Gadget with name 'lamp': GAD-1");
    assert_false(test_set(&call, &chair, GADGET_NAME, value_text(TEXT("lamp"))));
    assert_refused(&call, FAIL_CONFLICT, "GAD-1");
    assert_done(&call, test_set(&call, &lamp, GADGET_AMOUNT, value_int(3))); /* not its own twin */
    assert_done(&call, ledger_archive(&call, &gadget_record, lamp.id));
    assert_done(&call, test_set(&call, &chair, GADGET_NAME, value_text(TEXT("lamp"))));
    test_call_end(&call);
}

static void a_combination_is_taken_as_a_whole(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    struct row chair = test_make(&call, &gadget_record, "chair", 0);
    assert_done(&call, test_set(&call, &lamp, GADGET_PLACE, value_text(TEXT("a"))));
    assert_done(&call, test_set(&call, &chair, GADGET_PLACE, value_text(TEXT("a"))));
    assert_done(&call, test_set(&call, &lamp, GADGET_TEAM, value_ref(at->red)));
    assert_false(test_set(&call, &chair, GADGET_TEAM, value_ref(at->red)));
    assert_refused(&call, FAIL_CONFLICT, "there is already a Gadget with place 'a': GAD-1");
    assert_done(&call, test_set(&call, &chair, GADGET_TEAM, value_ref(at->blue)));
    test_make(&call, &gizmo_record, "knob", lamp.id);
    test_make(&call, &gizmo_record, "knob", chair.id);
    struct row knob = test_row(&call, &gizmo_record, "knob", lamp.id);
    assert_false(ledger_create(&call, &knob));
    assert_refused(&call, FAIL_CONFLICT, "GIZ-1");
    test_call_end(&call);
}

static void dropping_takes_what_is_owned_along(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row found;
    test_call_as(&call, at, ADA);
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    struct row knob = test_make(&call, &gizmo_record, "knob", lamp.id);
    struct row other = test_make(&call, &gadget_record, "other", 0);
    struct row kept = test_make(&call, &gizmo_record, "kept", other.id);
    assert_done(&call, ledger_archive(&call, &gadget_record, lamp.id));
    assert_done(&call, find_row(&call, &gizmo_record, knob.id, &found));
    assert_int_equal(found.archived, call.change.at);
    assert_int_equal(found.change, change_id(&call));
    assert_done(&call, find_row(&call, &gizmo_record, kept.id, &found));
    assert_int_equal(found.archived, 0);
    assert_false(ledger_archive(&call, &gadget_record, lamp.id));
    assert_refused(&call, FAIL_CONFLICT, "GAD-1 was dropped before");
    struct row late = test_row(&call, &gizmo_record, "late", lamp.id);
    assert_false(ledger_create(&call, &late));
    assert_refused(&call, FAIL_CONFLICT, "GAD-1 was dropped: bring it back");
    assert_false(ledger_archive(&call, &gadget_record, 77));
    assert_refused(&call, FAIL_NOT_FOUND, "GAD-77");
    test_call_end(&call);
}

static void what_was_dropped_is_not_changed(void **state)
{
    struct call call;
    struct row found;
    test_call_as(&call, *state, ADA);
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, ledger_archive(&call, &gadget_record, lamp.id));
    assert_done(&call, find_row(&call, &gadget_record, lamp.id, &found));
    assert_false(test_set(&call, &found, GADGET_AMOUNT, value_int(3)));
    assert_refused(&call, FAIL_CONFLICT, "GAD-1 was dropped: bring it back with 'undo' first");
    assert_done(&call, ledger_undo_row(&call, &gadget_record, lamp.id));
    assert_done(&call, find_row(&call, &gadget_record, lamp.id, &found));
    assert_done(&call, test_set(&call, &found, GADGET_AMOUNT, value_int(3)));
    test_call_end(&call);
}

static const struct field bolt_fields[] = {
    { .name = "name", .label = "Name", .help = "Its name.", .kind = FIELD_TEXT },
    { .name = "gadget", .label = "Gadget", .help = "What it holds.", .kind = FIELD_REF,
      .flags = FIELD_OWNED, .refers = "gadget" },
};
static const struct record bolt_record = {
    .name = "bolt", .plural = "bolts", .prefix = "BOLT", .label = "bolt", .help = "A bolt.",
    .field = bolt_fields, .field_count = 2,
};

static void nothing_moves_to_an_owner_that_was_dropped(void **state)
{
    static const struct record *const bolts[] = { &bolt_record };
    struct call call;
    test_store_add_records(*state, bolts, 1);
    test_call_as(&call, *state, ADA);
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    struct row chair = test_make(&call, &gadget_record, "chair", 0);
    struct row bolt = test_make(&call, &bolt_record, "M8", 0);
    assert_done(&call, test_set(&call, &bolt, 1, value_ref(lamp.id)));
    assert_done(&call, ledger_archive(&call, &gadget_record, chair.id));
    assert_false(test_set(&call, &bolt, 1, value_ref(chair.id)));
    assert_refused(&call, FAIL_CONFLICT, "GAD-2 was dropped");
    test_call_end(&call);
}

static void several_rows_are_one_change_or_none(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    int64_t before = test_live_rows(&call);
    assert_done(&call, change_open(&call, TEXT("three at once")));
    rid change = test_make(&call, &gadget_record, "lamp", 0).change;
    assert_int_equal(test_make(&call, &gadget_record, "chair", 0).change, change);
    change_rollback(&call);
    assert_int_equal(change_id(&call), 0);
    assert_int_equal(test_live_rows(&call), before);
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM history WHERE record = 'gadget'"), 0);
    assert_done(&call, change_open(&call, TEXT("three at once")));
    test_make(&call, &gadget_record, "lamp", 0);
    struct row bad = test_row(&call, &gadget_record, "", 0);
    assert_false(ledger_create(&call, &bad));
    fail_clear(&call); /* a refused row does not hurt the others */
    test_make(&call, &gadget_record, "chair", 0);
    assert_done(&call, change_commit(&call));
    assert_int_equal(test_live_rows(&call), before + 2);
    test_call_end(&call);
}

static void a_checkpoint_keeps_what_is_done(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    int64_t before = test_live_rows(&call);
    assert_done(&call, change_open(&call, TEXT("long")));
    rid first = test_make(&call, &gadget_record, "lamp", 0).change;
    assert_done(&call, change_checkpoint(&call));
    assert_int_equal(test_make(&call, &gadget_record, "chair", 0).change, first);
    change_rollback(&call);
    assert_int_equal(test_live_rows(&call), before + 1);
    test_call_end(&call);
}

static int64_t commits_left; /* until another program comes in between */
static const struct test_store *visited;

static enum driver_result visited_commit(struct connection *connection)
{
    enum driver_result result = test_driver()->commit(connection);
    if (commits_left-- == 1)
        test_tamper(visited, "INSERT INTO change SELECT max(id) + 1, max(at) + 500, 0, 'cli', "
                             "'visit', NULL FROM change");
    return result;
}

static void what_follows_a_checkpoint_is_later_than_what_came_between(void **state)
{
    struct driver driver = *test_driver();
    struct test_store at = *(struct test_store *)*state;
    struct call call;
    driver.commit = visited_commit;
    visited = &at;
    commits_left = 1;
    const struct store_options options = { .where = text_of(at.where), .catalog = &at.catalog,
                                           .driver = &driver };
    test_call_init(&call);
    at.store = store_open(&call, &options);
    assert_done(&call, at.store != NULL);
    call_release(&call);
    test_call_as(&call, &at, ADA);
    assert_done(&call, change_open(&call, TEXT("long")));
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    stamp before = row.changed;
    assert_done(&call, change_checkpoint(&call));
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(3)));
    assert_int_equal(row.changed, before + 501);
    assert_done(&call, change_checkpoint(&call)); /* nobody came this time */
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(4)));
    assert_int_equal(row.changed, before + 501);
    assert_done(&call, change_commit(&call));
    test_call_end(&call);
    store_close(at.store);
}

static void instants_of_changes_only_grow(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    stamp last = test_make(&call, &gadget_record, "a", 0).changed;
    struct row row = test_make(&call, &gadget_record, "b", 0);
    assert_int_equal(row.changed, last + 1); /* the clock stands still */
    call.now -= STAMP_DAY;                   /* or goes back */
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(3)));
    assert_int_equal(row.changed, last + 2);
    call.now += 2 * STAMP_DAY;
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(4)));
    assert_int_equal(row.changed, call.now);
    test_call_end(&call);
}

static void only_whose_role_it_is_may_write(void **state)
{
    static const struct {
        enum test_actor who;
        const struct record *record;
        bool in_red; /* belongs to team Red, where it belongs to a team */
        enum fail_kind kind;
        const char *part;
    } attempts[] = {
        { ADA, &gadget_record, true, FAIL_NONE, "" },
        { ADA, &gadget_record, false, FAIL_NONE, "" },
        { TINA, &gadget_record, true, FAIL_NONE, "" },
        { TINA, &gadget_record, false, FAIL_NONE, "" },
        { TINA, &diary_record, false, FAIL_NONE, "" },
        { OLGA, &test_person_record, false, FAIL_NONE, "" },
        { NOBODY, &gadget_record, false, FAIL_UNKNOWN_USER, "nobody is signed in" },
        { NOBODY, &diary_record, false, FAIL_UNKNOWN_USER, "nobody is signed in" },
        { VERA, &gadget_record, false, FAIL_FORBIDDEN, "needs the role 'member', which Vera" },
        { VERA, &diary_record, false, FAIL_FORBIDDEN, "needs the role 'member'" },
        { ROBOT, &gadget_record, false, FAIL_FORBIDDEN, "needs the role 'member'" },
        { ADA, &test_person_record, false, FAIL_FORBIDDEN, "needs the role 'owner'" },
        { CARL, &test_team_record, false, FAIL_FORBIDDEN, "needs the role 'owner', which Carl" },
    };
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        char name[32];
        snprintf(name, sizeof name, "row %zu", i);
        test_act(&call, at, attempts[i].who);
        struct row row = test_row(&call, attempts[i].record, name, 0);
        if (attempts[i].in_red)
            row.value[GADGET_TEAM] = value_ref(at->red);
        bool done = ledger_create(&call, &row);
        assert_int_equal(done, attempts[i].kind == FAIL_NONE);
        if (!done)
            assert_refused(&call, attempts[i].kind, attempts[i].part);
    }
    test_call_end(&call);
}

static void the_role_is_asked_in_the_team_of_the_row(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, test_set(&call, &row, GADGET_TEAM, value_ref(at->blue)));
    test_act(&call, at, TINA);
    assert_false(test_set(&call, &row, GADGET_AMOUNT, value_int(3)));
    assert_refused(&call, FAIL_FORBIDDEN, "needs the role 'member', which Tina");
    assert_false(test_set(&call, &row, GADGET_TEAM, value_ref(at->red))); /* nor taken away */
    assert_refused(&call, FAIL_FORBIDDEN, "needs the role 'member'");
    assert_false(ledger_archive(&call, &gadget_record, row.id));
    assert_refused(&call, FAIL_FORBIDDEN, "needs the role 'member'");
    assert_false(ledger_undo_row(&call, &gadget_record, row.id));
    assert_refused(&call, FAIL_FORBIDDEN, "needs the role 'member'");
    struct row own = test_row(&call, &gadget_record, "own", 0);
    own.value[GADGET_TEAM] = value_ref(at->red);
    assert_done(&call, ledger_create(&call, &own));
    assert_false(test_set(&call, &own, GADGET_TEAM, value_ref(at->blue))); /* nor given away */
    assert_refused(&call, FAIL_FORBIDDEN, "needs the role 'member'");
    test_call_end(&call);
}

static void a_token_does_what_its_scope_says(void **state)
{
    static const struct {
        enum test_actor who;
        unsigned scopes;
        enum door door;
        const char *refusal;
    } tokens[] = {
        { ADA, SCOPE_WRITE, DOOR_API, NULL },
        { ADA, SCOPE_IMPORT, DOOR_IMPORT, NULL },
        { ROBOT, SCOPE_IMPORT, DOOR_IMPORT, NULL },
        { ADA, SCOPE_READ, DOOR_API, "does not have the scope 'write'" },
        { ADA, SCOPE_READ | SCOPE_IMPORT, DOOR_API, "does not have the scope 'write'" },
        { ADA, SCOPE_READ, DOOR_IMPORT, "does not have the scope 'import'" },
        { ROBOT, SCOPE_READ, DOOR_IMPORT, "does not have the scope 'import'" },
        { ROBOT, SCOPE_ALL, DOOR_API, "needs the role 'member'" },
        { VERA, SCOPE_ALL, DOOR_IMPORT, "needs the role 'member'" },
    };
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
        char name[32];
        snprintf(name, sizeof name, "row %zu", i);
        test_act(&call, at, tokens[i].who);
        call.actor.scopes = tokens[i].scopes;
        call.door = tokens[i].door;
        struct row row = test_row(&call, &gadget_record, name, 0);
        assert_int_equal(ledger_create(&call, &row), tokens[i].refusal == NULL);
        if (tokens[i].refusal)
            assert_refused(&call, FAIL_FORBIDDEN, tokens[i].refusal);
    }
    test_call_end(&call);
}

static void a_private_field_is_set_by_its_author_alone(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row found;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, test_set(&call, &row, GADGET_REMARK, value_text(TEXT("mine"))));
    test_act(&call, at, BEN);
    assert_done(&call, find_row(&call, &gadget_record, row.id, &found));
    assert_true(value_is_null(found.value[GADGET_REMARK]));
    assert_done(&call, test_set(&call, &found, GADGET_AMOUNT, value_int(3)));
    assert_true(value_is_null(found.value[GADGET_REMARK])); /* the answer holds it neither */
    assert_false(test_set(&call, &found, GADGET_REMARK, value_text(TEXT("his"))));
    assert_refused(&call, FAIL_FORBIDDEN, "'remark' can only be set by who made the Gadget");
    test_act(&call, at, ADA);
    assert_done(&call, find_row(&call, &gadget_record, row.id, &found));
    assert_text(value_as_text(found.value[GADGET_REMARK]), "mine");
    assert_int_equal(value_as_int(found.value[GADGET_AMOUNT]), 3);
    test_call_end(&call);
}

static void a_secret_is_kept_and_comes_back_in_c_only(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row found;
    test_call_as(&call, at, ADA);
    struct row row = test_row(&call, &gadget_record, "lamp", 0);
    row.value[GADGET_PASSWORD] = value_text(TEXT("swordfish"));
    assert_done(&call, ledger_create(&call, &row));
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(2)));
    assert_done(&call, find_row(&call, &gadget_record, row.id, &found));
    assert_text(value_as_text(found.value[GADGET_PASSWORD]), "swordfish");
    test_call_end(&call);
}

static void a_named_row_is_shared_by_its_readers_only(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row found;
    test_call_as(&call, at, ADA);
    struct row memo = test_make(&call, &memo_record, "plans", 0);
    struct row diary = test_make(&call, &diary_record, "thoughts", 0);
    test_act(&call, at, BEN);
    assert_false(ledger_share(&call, &memo_record, memo.id, at->person[BEN]));
    assert_refused(&call, FAIL_NOT_FOUND, "there is no Memo 'MEM-1'");
    assert_false(find_may_read(&call, &memo_record, memo.id));
    test_act(&call, at, ADA);
    assert_false(ledger_share(&call, &memo_record, memo.id, 77));
    assert_refused(&call, FAIL_NOT_FOUND, "there is no Person 'PER-77'");
    assert_false(ledger_share(&call, &diary_record, diary.id, at->person[BEN]));
    assert_refused(&call, FAIL_CONFLICT, "is not shared with single persons");
    assert_done(&call, ledger_share(&call, &memo_record, memo.id, at->person[BEN]));
    assert_done(&call, ledger_share(&call, &memo_record, memo.id, at->person[BEN])); /* again */
    test_call_end(&call);
    test_call_as(&call, at, BEN);
    assert_done(&call, find_row(&call, &memo_record, memo.id, &found));
    assert_done(&call, test_set(&call, &found, MEMO_BODY, value_text(TEXT("agreed"))));
    test_act(&call, at, CARL);
    assert_false(find_may_read(&call, &memo_record, memo.id));
    test_call_end(&call);
}

static void what_cannot_be_read_cannot_be_written(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row memo = test_make(&call, &memo_record, "plans", 0), guess = memo;
    test_act(&call, at, BEN);
    assert_false(test_set(&call, &guess, MEMO_BODY, value_text(TEXT("I was here"))));
    assert_refused(&call, FAIL_NOT_FOUND, "there is no Memo 'MEM-1'");
    guess.version = 9; /* the refusal does not tell a wrong version from a wrong reader */
    assert_false(test_set(&call, &guess, MEMO_BODY, value_text(TEXT("I was here"))));
    assert_refused(&call, FAIL_NOT_FOUND, "there is no Memo 'MEM-1'");
    guess.id = 77;
    assert_false(test_set(&call, &guess, MEMO_BODY, value_text(TEXT("I was here"))));
    assert_refused(&call, FAIL_NOT_FOUND, "there is no Memo 'MEM-77'");
    assert_false(ledger_archive(&call, &memo_record, memo.id));
    assert_refused(&call, FAIL_NOT_FOUND, "there is no Memo 'MEM-1'");
    test_call_end(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(a_new_row_has_its_numbers_and_is_found),
        WITH_STORE(an_id_that_is_given_is_kept_once),
        WITH_STORE(an_update_is_a_new_version),
        WITH_STORE(no_difference_is_no_change),
        WITH_STORE(a_stale_version_is_refused_naming_who),
        WITH_STORE(what_does_not_fit_is_refused_by_its_field),
        WITH_STORE(a_ref_must_lead_to_what_the_actor_reads),
        WITH_STORE(a_taken_value_is_refused_naming_the_other),
        WITH_STORE(a_combination_is_taken_as_a_whole),
        WITH_STORE(dropping_takes_what_is_owned_along),
        WITH_STORE(what_was_dropped_is_not_changed),
        WITH_STORE(nothing_moves_to_an_owner_that_was_dropped),
        WITH_STORE(several_rows_are_one_change_or_none),
        WITH_STORE(a_checkpoint_keeps_what_is_done),
        WITH_STORE(what_follows_a_checkpoint_is_later_than_what_came_between),
        WITH_STORE(instants_of_changes_only_grow),
        WITH_STORE(only_whose_role_it_is_may_write),
        WITH_STORE(the_role_is_asked_in_the_team_of_the_row),
        WITH_STORE(a_token_does_what_its_scope_says),
        WITH_STORE(a_private_field_is_set_by_its_author_alone),
        WITH_STORE(a_secret_is_kept_and_comes_back_in_c_only),
        WITH_STORE(a_named_row_is_shared_by_its_readers_only),
        WITH_STORE(what_cannot_be_read_cannot_be_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
