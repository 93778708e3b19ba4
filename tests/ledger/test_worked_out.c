/* What was worked out of rows: which changes make it be made anew, and which do not. */
#include "ledger/worked_out.h"

#include "ledger/audit.h"
#include "ledger/change.h"
#include "support/test_store.h"

static const char kind;

/* What is made, how often it was, and what it reads. */
struct making {
    const struct record *record;
    bool finds_all;
    int made;
};

static const void *make_count(struct call *call, const void *ask)
{
    struct making *making = *(struct making *const *)ask;
    struct query query;
    int64_t *count = call_new(call, int64_t);
    query_init(&query, making->record);
    making->made++;
    if (!making->finds_all) /* none: what is not there may come */
        assert_done(call, query_add(call, &query, making->record->title, FILTER_IS,
                                    value_text(TEXT("nothing has this name"))));
    return count && find_count(call, &query, count) ? count : NULL;
}

static int64_t have(const struct test_store *at, enum test_actor who, struct making *making)
{
    struct call call;
    test_call_as(&call, at, who);
    assert_true(worked_out_is_kept(&call));
    const int64_t *count =
        worked_out(&call, &kind, (struct hash){ { 0 } }, make_count, (const void *)&making);
    assert_non_null(count);
    int64_t found = *count;
    test_call_end(&call);
    return found;
}

static void make(const struct test_store *at, const struct record *record, const char *title,
                 rid parent)
{
    struct call call;
    test_call_as(&call, at, ADA);
    test_make(&call, record, title, parent);
    test_call_end(&call);
}

static void a_change_elsewhere_leaves_it_as_it_is(void **state)
{
    struct test_store *at = *state;
    struct making making = { .record = &gadget_record, .finds_all = true };
    make(at, &gadget_record, "lamp", 0);
    assert_int_equal(have(at, ADA, &making), 1);
    for (int i = 0; i < 3; i++) {
        make(at, &memo_record, "plans", 0);
        assert_int_equal(have(at, ADA, &making), 1);
        assert_int_equal(making.made, 1);
    }
    make(at, &gadget_record, "chair", 0);
    assert_int_equal(have(at, ADA, &making), 2);
    assert_int_equal(making.made, 2);
    make(at, &memo_record, "plans", 0);
    assert_int_equal(have(at, ADA, &making), 2);
    assert_int_equal(have(at, BEN, &making), 2); /* made for him */
    assert_int_equal(making.made, 3);
}

static void what_was_looked_for_in_vain_may_come(void **state)
{
    struct test_store *at = *state;
    struct making making = { .record = &gadget_record };
    assert_int_equal(have(at, ADA, &making), 0);
    make(at, &gadget_record, "nothing has this name", 0);
    assert_int_equal(have(at, ADA, &making), 1);
}

static void a_line_that_names_no_record_may_be_about_anything(void **state)
{
    struct test_store *at = *state;
    struct making making = { .record = &gadget_record, .finds_all = true };
    struct call call;
    have(at, ADA, &making);
    test_call_as(&call, at, ADA);
    assert_done(&call, change_open(&call, TEXT("bring many")));
    assert_done(&call, audit_act(&call, change_id(&call), "import", TEXT("many")));
    assert_done(&call, change_commit(&call));
    test_call_end(&call);
    have(at, ADA, &making);
    assert_int_equal(making.made, 2);
}

/* Who reads a plan item changes with the teams of a person, a memo with whom it is shared with. */
static void rows_of_some_readers_change_with_anything(void **state)
{
    struct test_store *at = *state;
    struct making making = { .record = &plan_item_record, .finds_all = true };
    have(at, ADA, &making);
    make(at, &gadget_record, "lamp", 0);
    have(at, ADA, &making);
    assert_int_equal(making.made, 2);
    have(at, MACHINE, &making); /* who reads all rows does not depend on readers */
    make(at, &gadget_record, "chair", 0);
    have(at, MACHINE, &making);
    assert_int_equal(making.made, 3);
}

static void what_the_call_remembers_is_not_seen(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    int mine = 1;
    assert_true(call_remember(&call, &kind, &mine));
    struct making *making = &(struct making){ .record = &gadget_record, .finds_all = true };
    assert_non_null(
        worked_out(&call, &kind, (struct hash){ { 0 } }, make_count, (const void *)&making));
    assert_ptr_equal(call_recall(&call, &kind), &mine);
    assert_null(call.sources);
    test_call_end(&call);
}

static void behind_too_many_lines_it_is_made_anew(void **state)
{
    struct test_store *at = *state;
    struct making making = { .record = &gadget_record, .finds_all = true };
    struct call call;
    have(at, ADA, &making);
    test_call_as(&call, at, ADA);
    assert_done(&call, change_open(&call, TEXT("many memos")));
    for (int i = 0; i < 4097; i++) {
        struct row row = test_row(&call, &memo_record, "plans", 0);
        assert_done(&call, ledger_create(&call, &row));
    }
    assert_done(&call, change_commit(&call));
    test_call_end(&call);
    have(at, ADA, &making);
    assert_int_equal(making.made, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(a_change_elsewhere_leaves_it_as_it_is),
        WITH_STORE(what_was_looked_for_in_vain_may_come),
        WITH_STORE(a_line_that_names_no_record_may_be_about_anything),
        WITH_STORE(rows_of_some_readers_change_with_anything),
        WITH_STORE(what_the_call_remembers_is_not_seen),
        WITH_STORE(behind_too_many_lines_it_is_made_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
