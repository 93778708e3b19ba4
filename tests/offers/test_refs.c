/* How rows are called at the doors. */
#include "support/support.h"

#include "offers/refs.h"
#include "store/sources.h"
#include "support/test_doors.h"

static struct test_doors test;

static int set_up(void **state)
{
    (void)state;
    test_doors_open(&test);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_doors_close(&test);
    return 0;
}

static void a_row_is_found_by_id_title_or_number(void **state)
{
    (void)state;
    struct call *call = &test.call;
    rid id;
    assert_done(call, refs_find(call, &test_team_record, TEXT("TEAM-2"), &id));
    assert_int_equal(id, TEST_BLUE);
    assert_done(call, refs_find(call, &test_team_record, TEXT(" team-2 "), &id));
    assert_int_equal(id, TEST_BLUE);
    assert_done(call, refs_find(call, &test_team_record, TEXT("Blue"), &id));
    assert_int_equal(id, TEST_BLUE);
    assert_done(call, refs_find(call, &test_team_record, TEXT("2"), &id));
    assert_int_equal(id, TEST_BLUE);
    assert_false(refs_find(call, &test_team_record, TEXT("blue"), &id));
    assert_refused(call, FAIL_NOT_FOUND, "there is no Team 'blue'");
    assert_false(refs_find(call, &test_team_record, TEXT("TEAM-9"), &id));
    assert_refused(call, FAIL_NOT_FOUND, "there is no Team 'TEAM-9'");
    assert_false(refs_find(call, &test_team_record, TEXT(""), &id));
    assert_refused(call, FAIL_NOT_FOUND, "there is no Team ''");
}

static void a_title_wins_over_a_number(void **state)
{
    (void)state;
    struct call *call = &test.call;
    rid id, first = test_gadget(call, "5");
    for (int i = 0; i < 5; i++)
        test_gadget(call, (const char *[]){ "a", "b", "c", "d", "e" }[i]);
    assert_done(call, refs_find(call, &gadget_record, TEXT("5"), &id));
    assert_int_equal(id, first);
    assert_done(call, refs_find(call, &gadget_record, TEXT("GAD-5"), &id));
    assert_int_equal(id, 5);
}

static void a_title_wins_over_an_id_that_is_not_written_as_ids_are(void **state)
{
    (void)state;
    struct call *call = &test.call;
    rid id, first = test_gadget(call, "gad-2"), second = test_gadget(call, "other");
    assert_done(call, refs_find(call, &gadget_record, TEXT("gad-2"), &id));
    assert_int_equal(id, first);
    assert_done(call, refs_find(call, &gadget_record, TEXT("GAD-2"), &id));
    assert_int_equal(id, second);
    assert_done(call, refs_find(call, &gadget_record, TEXT("gad-1"), &id));
    assert_int_equal(id, first);
}

static void add_memo(const char *subject)
{
    struct row row;
    assert_done(&test.call, row_init(&test.call, &memo_record, &row));
    row.value[MEMO_SUBJECT] = value_choice(subject);
    assert_done(&test.call, ledger_create(&test.call, &row));
}

static void a_title_that_several_bear_is_refused_with_their_ids(void **state)
{
    (void)state;
    struct call *call = &test.call;
    rid id;
    add_memo("Plan");
    add_memo("Plan");
    assert_false(refs_find(call, &memo_record, TEXT("Plan"), &id));
    assert_refused(call, FAIL_CONFLICT, "'Plan' is the name of several: MEM-1, MEM-2");
    test_act_as(call, TEST_BERT);
    assert_false(refs_find(call, &memo_record, TEXT("Plan"), &id));
    assert_refused(call, FAIL_NOT_FOUND, "there is no Memo 'Plan'");
    add_memo("Plan"); /* his own: the others are not there for him */
    assert_done(call, refs_find(call, &memo_record, TEXT("Plan"), &id));
    assert_int_equal(id, 3);
}

static void a_field_names_its_refusal(void **state)
{
    (void)state;
    struct call *call = &test.call;
    const struct field *team = &gadget_record.field[GADGET_TEAM];
    rid id;
    assert_done(call, refs_resolve(call, team, TEXT("Red"), &id));
    assert_int_equal(id, TEST_RED);
    assert_false(refs_resolve(call, team, TEXT("Green"), &id));
    assert_string_equal(call->fail.field, "team");
    assert_refused(call, FAIL_INVALID, "there is no Team 'Green'");
}

static void rows_are_named_by_title_or_id_as_the_field_says(void **state)
{
    (void)state;
    struct call *call = &test.call;
    text name;
    assert_done(call, refs_name(call, &gadget_record.field[GADGET_TEAM], TEST_RED, &name));
    assert_text(name, "Red");
    assert_done(call, refs_name(call, &gadget_record.field[GADGET_OWNER], TEST_ADA, &name));
    assert_text(name, "PER-1");
    assert_done(call, refs_name(call, &gadget_record.field[GADGET_OWNER], 99, &name));
    assert_null(name.at);
}

static void a_name_is_remembered_until_something_changes(void **state)
{
    (void)state;
    struct call *call = &test.call;
    const struct field *team = &gadget_record.field[GADGET_TEAM];
    struct row before, after;
    text name;
    assert_done(call, refs_name(call, team, TEST_RED, &name));
    const char *first = name.at;
    assert_done(call, refs_name(call, team, TEST_RED, &name));
    assert_ptr_equal(name.at, first);
    test_act_as(call, TEST_OLGA);
    assert_done(call, row_init(call, &test_team_record, &before));
    before.id = TEST_RED;
    before.version = 1;
    assert_done(call, row_copy(call, &before, &after));
    after.value[TEAM_NAME] = value_choice("Crimson");
    assert_done(call, ledger_update(call, &before, &after));
    assert_done(call, refs_name(call, team, TEST_RED, &name));
    assert_text(name, "Crimson");
}

static void a_word_is_remembered_for_its_record_until_something_changes(void **state)
{
    (void)state;
    struct call *call = &test.call;
    struct row before, after;
    rid id, other;
    assert_done(call, refs_find(call, &test_team_record, TEXT("Red"), &id));
    assert_int_equal(id, TEST_RED);
    assert_done(call, refs_find(call, &test_team_record, TEXT(" Red "), &id));
    assert_int_equal(id, TEST_RED);
    assert_false(refs_find(call, &gadget_record, TEXT("Red"), &other)); /* no gadget is called so */
    assert_refused(call, FAIL_NOT_FOUND, "Red");
    test_act_as(call, TEST_OLGA);
    assert_done(call, row_init(call, &test_team_record, &before));
    before.id = TEST_RED;
    before.version = 1;
    assert_done(call, row_copy(call, &before, &after));
    after.value[TEAM_NAME] = value_choice("Crimson");
    assert_done(call, ledger_update(call, &before, &after));
    assert_done(call, refs_find(call, &test_team_record, TEXT("Crimson"), &id));
    assert_int_equal(id, TEST_RED);
    assert_false(refs_find(call, &test_team_record, TEXT("Red"), &id));
    assert_refused(call, FAIL_NOT_FOUND, "Red");
}

/* Whether the store was asked. */
static bool asks(struct call *call, text word, rid wanted)
{
    struct sources noted = { .count = 0 };
    rid id;
    call->sources = &noted;
    assert_done(call, refs_find(call, &gadget_record, word, &id));
    call->sources = NULL;
    assert_int_equal(id, wanted);
    return noted.count > 0;
}

static void a_word_is_looked_up_once_a_long_one_each_time(void **state)
{
    (void)state;
    struct call *call = &test.call;
    const char *title =
        "a gadget whose name is longer than what is kept of a word, as those are that "
        "people paste from a page of theirs";
    rid lamp = test_gadget(call, "lamp"), named = test_gadget(call, title);
    assert_true(asks(call, TEXT("lamp"), lamp));
    assert_false(asks(call, TEXT("lamp"), lamp));
    assert_true(asks(call, text_of(title), named));
    assert_true(asks(call, text_of(title), named));
    test_act_as(call, TEST_OLGA); /* what one was told is not for the other */
    assert_true(asks(call, TEXT("lamp"), lamp));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_row_is_found_by_id_title_or_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_title_wins_over_a_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_title_wins_over_an_id_that_is_not_written_as_ids_are,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_title_that_several_bear_is_refused_with_their_ids, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_field_names_its_refusal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_are_named_by_title_or_id_as_the_field_says, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_word_is_remembered_for_its_record_until_something_changes,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_word_is_looked_up_once_a_long_one_each_time, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_name_is_remembered_until_something_changes, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
