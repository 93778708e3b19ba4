/* States: which moves are possible, who may make them, what they need; roles as words. */
#include "ledger/state.h"
#include "support/test_store.h"

static bool move(struct call *call, struct row *row, const char *verb)
{
    struct row after;
    if (!row_copy(call, row, &after) || !state_move(call, &after, verb) ||
        !ledger_update(call, row, &after))
        return false;
    *row = after;
    return true;
}

static struct row make_ready(struct call *call, const char *name)
{
    struct row row = test_make(call, &gadget_record, name, 0);
    assert_done(call, test_set(call, &row, GADGET_ABOUT, value_text(TEXT("good for reading"))));
    assert_done(call, move(call, &row, "finish"));
    return row;
}

static void a_verb_moves_the_row_or_names_what_is_possible(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = make_ready(&call, "lamp");
    assert_text(state_of(&row), "ready");
    assert_false(move(&call, &row, "finish"));
    assert_refused(&call, FAIL_CONFLICT,
                   "'finish' is not possible for GAD-1, which is ready: possible now is 'reopen', "
                   "'send'");
    assert_done(&call, move(&call, &row, "reopen"));
    assert_text(state_of(&row), "draft");
    assert_false(move(&call, &row, "explode"));
    assert_refused(&call, FAIL_CONFLICT, "possible now is 'finish'");
    test_call_end(&call);
}

static void the_last_state_says_that_nothing_is_possible(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    struct row row = make_ready(&call, "lamp");
    assert_done(&call, move(&call, &row, "send"));
    assert_false(move(&call, &row, "reopen"));
    assert_refused(&call, FAIL_CONFLICT, "which is sent: possible now is nothing");
    test_call_end(&call);
}

static void a_guard_names_what_is_missing(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_false(move(&call, &row, "finish"));
    assert_int_equal(call.fail.missing_count, 1);
    assert_string_equal(call.fail.missing[0], "about");
    assert_refused(&call, FAIL_CONFLICT, "'about' is needed to finish a gadget");
    test_call_end(&call);
}

static void setting_the_field_obeys_the_same_rules(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_false(test_set(&call, &row, GADGET_STATE, value_choice("ready")));
    assert_refused(&call, FAIL_CONFLICT, "'about' is needed");
    assert_false(test_set(&call, &row, GADGET_STATE, value_choice("sent")));
    assert_refused(&call, FAIL_CONFLICT, "'to sent' is not possible for GAD-1, which is draft");
    assert_false(test_set(&call, &row, GADGET_STATE, value_choice("molten")));
    assert_refused(&call, FAIL_INVALID, "'state'");
    assert_false(test_set(&call, &row, GADGET_STATE, VALUE_NONE));
    assert_refused(&call, FAIL_INVALID, "'state' of a Gadget cannot be empty");
    assert_done(&call, test_set(&call, &row, GADGET_ABOUT, value_text(TEXT("reading"))));
    assert_done(&call, test_set(&call, &row, GADGET_STATE, value_choice("ready")));
    assert_false(test_set(&call, &row, GADGET_STATE, value_choice("sent")));
    assert_refused(&call, FAIL_FORBIDDEN, "'send' needs the role 'council', which Ada does not");
    test_call_end(&call);
}

static void a_role_counts_where_it_is_held(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row own = make_ready(&call, "own"), red = make_ready(&call, "red");
    struct row blue = make_ready(&call, "blue");
    assert_done(&call, test_set(&call, &red, GADGET_TEAM, value_ref(at->red)));
    assert_done(&call, test_set(&call, &blue, GADGET_TEAM, value_ref(at->blue)));
    test_act(&call, at, CARL); /* council of Red alone */
    assert_false(move(&call, &blue, "send"));
    assert_refused(&call, FAIL_FORBIDDEN, "'send' needs the role 'council', which Carl");
    assert_false(move(&call, &own, "send"));
    assert_refused(&call, FAIL_FORBIDDEN, "'send' needs the role 'council'");
    assert_done(&call, move(&call, &red, "send"));
    test_act(&call, at, OLGA); /* an owner approves nothing by being owner */
    assert_false(move(&call, &own, "send"));
    assert_refused(&call, FAIL_FORBIDDEN, "'send' needs the role 'council', which Olga");
    test_call_end(&call);
}

/* Taking a row into one's own team in the same breath does not lend its roles. */
static void a_role_is_asked_before_the_row_changes_team(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row after;
    test_call_as(&call, at, ADA);
    struct row row = make_ready(&call, "lamp");
    test_act(&call, at, CARL);
    assert_done(&call, row_copy(&call, &row, &after));
    after.value[GADGET_TEAM] = value_ref(at->red);
    after.value[GADGET_STATE] = value_choice("sent");
    assert_false(ledger_update(&call, &row, &after));
    assert_refused(&call, FAIL_FORBIDDEN, "'send' needs the role 'council'");
    test_call_end(&call);
}

static void a_new_row_begins_at_the_beginning(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, CARL);
    struct row row = test_row(&call, &gadget_record, "lamp", 0);
    row.value[GADGET_ABOUT] = value_text(TEXT("good for reading"));
    row.value[GADGET_STATE] = value_choice("sent");
    assert_false(ledger_create(&call, &row));
    assert_string_equal(call.fail.field, "state");
    assert_refused(&call, FAIL_INVALID, "a new Gadget cannot be 'sent': it begins as 'draft'");
    row.value[GADGET_STATE] = value_choice("draft");
    assert_done(&call, ledger_create(&call, &row));
    row = test_row(&call, &gadget_record, "brought along", 0);
    row.value[GADGET_STATE] = value_choice("sent");
    call.door = DOOR_IMPORT;
    assert_done(&call, ledger_create(&call, &row));
    test_call_end(&call);
}

static void transitions_are_found_by_their_ends(void **state)
{
    (void)state;
    assert_string_equal(state_transition(&gadget_record, TEXT("draft"), TEXT("ready"))->verb,
                        "finish");
    assert_null(state_transition(&gadget_record, TEXT("draft"), TEXT("sent")));
    assert_null(state_transition(&memo_record, TEXT("draft"), TEXT("ready")));
}

static void roles_are_read_as_they_are_written(void **state)
{
    static const char *const words[] = { "viewer", "member", "council", "executive", "owner",
                                         "robot" };
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        unsigned role = 0;
        assert_true(role_read(text_of(words[i]), &role));
        assert_int_equal(role, 1u << i);
        assert_string_equal(role_words(role), words[i]);
    }
    unsigned role = 77;
    assert_false(role_read(TEXT("Member"), &role));
    assert_false(role_read(TEXT(""), &role));
    assert_int_equal(role, 77);
    assert_string_equal(role_words(0), "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(a_verb_moves_the_row_or_names_what_is_possible),
        WITH_STORE(the_last_state_says_that_nothing_is_possible),
        WITH_STORE(a_guard_names_what_is_missing),
        WITH_STORE(setting_the_field_obeys_the_same_rules),
        WITH_STORE(a_role_counts_where_it_is_held),
        WITH_STORE(a_role_is_asked_before_the_row_changes_team),
        WITH_STORE(a_new_row_begins_at_the_beginning),
        cmocka_unit_test(transitions_are_found_by_their_ends),
        cmocka_unit_test(roles_are_read_as_they_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
