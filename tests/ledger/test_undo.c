/* Undo and the past: whole changes go back, later work is never lost, what was can be seen. */
#include "base/stamp.h"
#include "store/rows.h"
#include "support/test_store.h"

static struct row now_of(struct call *call, const struct row *row)
{
    struct row now;
    assert_done(call, find_row(call, row->record, row->id, &now));
    return now;
}

static int64_t amount_of(struct call *call, const struct row *row)
{
    struct row now = now_of(call, row);
    return value_as_int(now.value[GADGET_AMOUNT]);
}

static void an_update_goes_back_as_a_new_version(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(7)));
    assert_done(&call, ledger_undo(&call, row.change));
    struct row now = now_of(&call, &row);
    assert_int_equal(value_as_int(now.value[GADGET_AMOUNT]), 1);
    assert_int_equal(now.version, 3);
    assert_int_equal(test_ask(&call, "SELECT undoes FROM change ORDER BY id DESC"), row.change);
    test_call_end(&call);
}

static void every_kind_of_value_goes_back(void **state)
{
    struct test_store *at = *state;
    static const text tags[] = { { "loud", 4 }, { "heavy", 5 } };
    struct call call;
    test_call_as(&call, at, ADA);
    rid helpers[] = { at->person[BEN], at->person[ADA] };
    struct row row = test_row(&call, &gadget_record, "lamp", 0), after;
    row.value[GADGET_TAGS] = (struct value){ .kind = VALUE_TEXTS, .count = 2, .texts = tags };
    row.value[GADGET_HELPERS] = (struct value){ .kind = VALUE_IDS, .count = 2, .ids = helpers };
    row.value[GADGET_PICTURE] = value_text((text){ "\x00\xff\x7f", 3 });
    row.value[GADGET_WEIGHT] = value_real(1e-7);
    row.value[GADGET_PASSWORD] = value_text(TEXT("swordfish"));
    row.value[GADGET_REMARK] = value_text(TEXT("mine"));
    row.value[GADGET_EXTRA] = value_text(TEXT("{\"a\":[1,2.5,null]}"));
    row.value[GADGET_OPENED] = value_stamp(TEST_NOW);
    row.value[GADGET_DUE] = value_int(20000);
    row.dimensions = DIMENSION_DATA;
    assert_done(&call, ledger_create(&call, &row));
    assert_done(&call, row_copy(&call, &row, &after));
    for (int i = GADGET_TEAM; i < GADGET_CASES; i++)
        after.value[i] = VALUE_NONE;
    after.value[GADGET_WEIGHT] = after.value[GADGET_OPENED] = after.value[GADGET_DUE] = VALUE_NONE;
    after.dimensions = DIMENSION_IT;
    assert_done(&call, ledger_update(&call, &row, &after));
    assert_done(&call, ledger_undo(&call, after.change));
    struct row now = now_of(&call, &row);
    assert_true(row_is_equal(&row, &now));
    assert_int_equal(now.version, 3);
    test_call_end(&call);
}

static void a_row_that_was_made_goes_away_and_comes_back(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, ledger_undo(&call, row.change));
    assert_true(now_of(&call, &row).archived > 0);
    assert_done(&call, ledger_undo(&call, change_id(&call)));
    assert_int_equal(now_of(&call, &row).archived, 0);
    test_call_end(&call);
}

static void a_dropped_row_comes_back_with_what_it_owns(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    struct row knob = test_make(&call, &gizmo_record, "knob", lamp.id);
    struct row gone = test_make(&call, &gizmo_record, "gone before", lamp.id);
    assert_done(&call, ledger_archive(&call, &gizmo_record, gone.id));
    assert_done(&call, ledger_archive(&call, &gadget_record, lamp.id));
    assert_true(now_of(&call, &knob).archived > 0);
    assert_done(&call, ledger_undo_row(&call, &gadget_record, lamp.id));
    assert_int_equal(now_of(&call, &lamp).archived, 0);
    assert_int_equal(now_of(&call, &knob).archived, 0);
    assert_true(now_of(&call, &gone).archived > 0);
    test_call_end(&call);
}

static void what_is_owned_goes_with_the_making_of_its_owner(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    struct row knob = test_make(&call, &gizmo_record, "knob", lamp.id);
    assert_done(&call, ledger_undo(&call, lamp.change));
    rid undo = change_id(&call);
    assert_true(now_of(&call, &lamp).archived > 0);
    assert_true(now_of(&call, &knob).archived > 0);
    assert_done(&call, ledger_undo(&call, undo));
    assert_int_equal(now_of(&call, &lamp).archived, 0);
    assert_int_equal(now_of(&call, &knob).archived, 0);
    test_call_end(&call);
}

static void what_is_owned_does_not_come_back_alone(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    struct row knob = test_make(&call, &gizmo_record, "knob", lamp.id);
    assert_done(&call, ledger_archive(&call, &gizmo_record, knob.id));
    rid dropped = change_id(&call);
    assert_done(&call, ledger_archive(&call, &gadget_record, lamp.id));
    assert_false(ledger_undo(&call, dropped));
    assert_refused(&call, FAIL_CONFLICT, "GAD-1 was dropped: bring it back with 'undo' first");
    assert_done(&call, ledger_undo_row(&call, &gadget_record, lamp.id));
    assert_done(&call, ledger_undo(&call, dropped));
    assert_int_equal(now_of(&call, &knob).archived, 0);
    test_call_end(&call);
}

static void several_rows_go_back_together_or_not_at_all(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    struct row chair = test_make(&call, &gadget_record, "chair", 0);
    assert_done(&call, change_open(&call, TEXT("both")));
    assert_done(&call, test_set(&call, &lamp, GADGET_AMOUNT, value_int(7)));
    assert_done(&call, test_set(&call, &lamp, GADGET_AMOUNT, value_int(8))); /* twice */
    assert_done(&call, test_set(&call, &chair, GADGET_AMOUNT, value_int(9)));
    struct row knob = test_make(&call, &gizmo_record, "knob", lamp.id);
    assert_done(&call, change_commit(&call));
    rid both = change_id(&call);
    assert_done(&call, test_set(&call, &lamp, GADGET_AMOUNT, value_int(10)));
    assert_false(ledger_undo(&call, both));
    assert_refused(&call, FAIL_CONFLICT, "'amount' of GAD-1");
    assert_int_equal(amount_of(&call, &chair), 9);
    assert_int_equal(now_of(&call, &knob).archived, 0);
    assert_done(&call, ledger_undo(&call, lamp.change));
    assert_done(&call, ledger_undo(&call, both));
    assert_int_equal(amount_of(&call, &lamp), 1);
    assert_int_equal(amount_of(&call, &chair), 1);
    assert_true(now_of(&call, &knob).archived > 0);
    test_call_end(&call);
}

static void a_refused_undo_cannot_be_committed_half_done(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    struct row chair = test_make(&call, &gadget_record, "chair", 0);
    assert_done(&call, change_open(&call, TEXT("both")));
    assert_done(&call, test_set(&call, &lamp, GADGET_AMOUNT, value_int(8)));
    assert_done(&call, test_set(&call, &chair, GADGET_AMOUNT, value_int(9)));
    assert_done(&call, change_commit(&call));
    rid both = change_id(&call);
    assert_done(&call, test_set(&call, &lamp, GADGET_AMOUNT, value_int(10)));
    assert_done(&call, change_open(&call, TEXT("careless")));
    assert_false(ledger_undo(&call, both));
    assert_refused(&call, FAIL_CONFLICT, "'amount' of GAD-1");
    assert_false(change_commit(&call));
    assert_refused(&call, FAIL_STORE, "nothing of this change was stored");
    assert_int_equal(amount_of(&call, &chair), 9);
    assert_int_equal(now_of(&call, &chair).archived, 0);
    assert_int_equal(now_of(&call, &lamp).archived, 0);
    test_call_end(&call);
}

static void many_rows_need_no_more_memory_than_few(void **state)
{
    enum { PARTS = 1000, MEMORY = 512 * 1024 };
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, change_open(&call, TEXT("parts")));
    for (int i = 0; i < PARTS; i++)
        test_make(&call, &gizmo_record, call_format(&call, "part %d", i).at, lamp.id);
    assert_done(&call, change_commit(&call));
    rid parts = change_id(&call);
    test_call_end(&call);
    test_call_as(&call, at, ADA);
    call.arena.limit = call.arena.used + MEMORY;
    assert_done(&call, ledger_archive(&call, &gadget_record, lamp.id));
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM gizmos WHERE archived = 0"), 0);
    assert_done(&call, ledger_undo(&call, change_id(&call)));
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM gizmos WHERE archived = 0"), PARTS);
    assert_done(&call, ledger_undo(&call, parts));
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM gizmos WHERE archived = 0"), 0);
    test_call_end(&call);
}

/* Names moved in a ring inside one change: each step back must find its name free. */
static void rows_that_handed_on_a_unique_value_go_back(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row a = test_make(&call, &gadget_record, "a", 0);
    struct row b = test_make(&call, &gadget_record, "b", 0);
    assert_done(&call, change_open(&call, TEXT("hand on")));
    assert_done(&call, test_set(&call, &b, GADGET_NAME, value_text(TEXT("c"))));
    assert_done(&call, test_set(&call, &a, GADGET_NAME, value_text(TEXT("b"))));
    assert_done(&call, test_set(&call, &b, GADGET_NAME, value_text(TEXT("a"))));
    assert_done(&call, change_commit(&call));
    assert_done(&call, ledger_undo(&call, change_id(&call)));
    assert_text(value_as_text(now_of(&call, &a).value[GADGET_NAME]), "a");
    assert_text(value_as_text(now_of(&call, &b).value[GADGET_NAME]), "b");
    assert_done(&call, ledger_undo(&call, change_id(&call)));
    assert_text(value_as_text(now_of(&call, &a).value[GADGET_NAME]), "b");
    assert_text(value_as_text(now_of(&call, &b).value[GADGET_NAME]), "a");
    test_call_end(&call);
}

static void later_work_on_the_same_field_is_not_lost(void **state)
{
    struct test_store *at = *state;
    struct call call;
    char part[96];
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(7)));
    rid change = row.change;
    test_act(&call, at, BEN);
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(8)));
    rid his = row.change;
    test_act(&call, at, CARL);
    assert_done(&call, test_set(&call, &row, GADGET_COLOR, value_choice("red")));
    test_act(&call, at, ADA);
    assert_false(ledger_undo(&call, change));
    snprintf(part, sizeof part, "Ben changed 'amount' of GAD-1 later (change %lld)",
             (long long)his);
    assert_refused(&call, FAIL_CONFLICT, part);
    assert_int_equal(amount_of(&call, &row), 8);
    assert_int_equal(now_of(&call, &row).version, 4);
    test_call_end(&call);
}

static void later_work_on_another_field_stays(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(7)));
    rid change = row.change;
    assert_done(&call, test_set(&call, &row, GADGET_COLOR, value_choice("red")));
    assert_done(&call, ledger_undo(&call, change));
    struct row now = now_of(&call, &row);
    assert_int_equal(value_as_int(now.value[GADGET_AMOUNT]), 1);
    assert_text(value_as_text(now.value[GADGET_COLOR]), "red");
    test_call_end(&call);
}

static void later_work_on_dimensions_or_the_whole_row_counts(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row after;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    rid made = row.change;
    for (unsigned i = 1; i <= 2; i++) {
        assert_done(&call, row_copy(&call, &row, &after));
        after.dimensions = i;
        assert_done(&call, ledger_update(&call, &row, &after));
        row = after;
    }
    assert_false(ledger_undo(&call, row.change - 1));
    assert_refused(&call, FAIL_CONFLICT, "Ada changed 'dimensions' of GAD-1 later");
    assert_false(ledger_undo(&call, made));
    assert_refused(&call, FAIL_CONFLICT, "Ada changed GAD-1 later (change 3)");
    assert_done(&call, ledger_archive(&call, &gadget_record, row.id));
    rid dropped = change_id(&call);
    struct row chair = test_make(&call, &gadget_record, "chair", 0);
    assert_done(&call, ledger_archive(&call, &gadget_record, chair.id));
    assert_false(ledger_undo(&call, chair.change));
    assert_refused(&call, FAIL_CONFLICT, "Ada changed GAD-2 later");
    assert_done(&call, ledger_undo(&call, dropped));
    test_call_end(&call);
}

static void what_is_undone_is_undone_once(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(7)));
    assert_done(&call, ledger_undo(&call, row.change));
    rid undo = change_id(&call);
    assert_false(ledger_undo(&call, row.change));
    assert_refused(&call, FAIL_CONFLICT, "was undone before, by change");
    assert_done(&call, ledger_undo(&call, undo)); /* redo */
    assert_int_equal(amount_of(&call, &row), 7);
    rid redo = change_id(&call);
    assert_false(ledger_undo(&call, undo));
    assert_refused(&call, FAIL_CONFLICT, "was undone before");
    assert_done(&call, ledger_undo(&call, row.change)); /* it stands again */
    assert_int_equal(amount_of(&call, &row), 1);
    assert_false(ledger_undo(&call, redo));
    assert_refused(&call, FAIL_CONFLICT, "later");
    test_call_end(&call);
}

static void the_latest_change_of_a_row_is_undone_by_the_row(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(7)));
    assert_done(&call, ledger_undo_row(&call, &gadget_record, row.id));
    assert_int_equal(amount_of(&call, &row), 1);
    assert_done(&call, ledger_undo_row(&call, &gadget_record, row.id)); /* undoes the undo */
    assert_int_equal(amount_of(&call, &row), 7);
    assert_false(ledger_undo_row(&call, &gadget_record, 77));
    assert_refused(&call, FAIL_NOT_FOUND, "GAD-77");
    test_call_end(&call);
}

static void what_left_nothing_is_not_undone(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    assert_done(&call, change_open(&call, TEXT("make and drop")));
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, ledger_archive(&call, &gadget_record, row.id));
    assert_done(&call, change_commit(&call));
    assert_false(ledger_undo(&call, row.change));
    assert_refused(&call, FAIL_CONFLICT, "change 2 left nothing that could be undone");
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM change"), 2);
    test_call_end(&call);
}

static struct row make_ready(struct call *call)
{
    struct row row = test_make(call, &gadget_record, "lamp", 0);
    assert_done(call, test_set(call, &row, GADGET_ABOUT, value_text(TEXT("good for reading"))));
    assert_done(call, test_set(call, &row, GADGET_STATE, value_choice("ready")));
    return row;
}

static void what_was_sent_stays_sent(void **state)
{
    struct call call;
    test_call_as(&call, *state, MACHINE);
    struct row row = make_ready(&call);
    assert_done(&call, test_set(&call, &row, GADGET_STATE, value_choice("sent")));
    assert_false(ledger_undo(&call, row.change));
    assert_refused(&call, FAIL_CONFLICT, "'send' cannot be undone");
    assert_text(value_as_text(now_of(&call, &row).value[GADGET_STATE]), "sent");
    test_call_end(&call);
}

static void what_has_a_counter_verb_is_taken_back_by_it(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row row = make_ready(&call);
    assert_done(&call, test_set(&call, &row, GADGET_STATE, value_choice("draft")));
    assert_false(ledger_undo(&call, row.change));
    assert_refused(&call, FAIL_CONFLICT, "'reopen' is not undone, it is taken back: use 'finish'");
    test_call_end(&call);
}

/* Undoing 'finish' looks like 'reopen', and is none: it can be undone, past the guard. */
static void an_undone_move_can_be_made_again(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row row = make_ready(&call);
    assert_done(&call, ledger_undo(&call, row.change));
    rid undo = change_id(&call);
    row = now_of(&call, &row);
    assert_text(value_as_text(row.value[GADGET_STATE]), "draft");
    assert_done(&call, test_set(&call, &row, GADGET_ABOUT, VALUE_NONE));
    assert_false(ledger_undo(&call, undo));
    assert_refused(&call, FAIL_CONFLICT, "'about' is needed to finish a gadget");
    assert_done(&call, test_set(&call, &row, GADGET_ABOUT, value_text(TEXT("for writing"))));
    assert_done(&call, ledger_undo(&call, undo));
    assert_text(value_as_text(now_of(&call, &row).value[GADGET_STATE]), "ready");
    test_call_end(&call);
}

static void a_change_of_what_is_not_readable_is_no_change(void **state)
{
    struct test_store *at = *state;
    struct call call;
    char part[64];
    test_call_as(&call, at, ADA);
    struct row diary = test_make(&call, &diary_record, "thoughts", 0);
    assert_done(&call, change_open(&call, TEXT("both")));
    struct row lamp = test_make(&call, &gadget_record, "lamp", 0);
    test_make(&call, &diary_record, "more thoughts", 0);
    assert_done(&call, change_commit(&call));
    static const enum test_actor others[] = { BEN, OLGA, ROBOT, NOBODY };
    for (int i = 0; i < 4; i++) {
        test_act(&call, at, others[i]);
        const rid changes[] = { diary.change, lamp.change, 777, 0, -1 };
        for (int n = 0; n < 5; n++) {
            assert_false(ledger_undo(&call, changes[n]));
            snprintf(part, sizeof part, "there is no change %lld", (long long)changes[n]);
            assert_refused(&call, FAIL_NOT_FOUND, part);
        }
        assert_false(ledger_undo_row(&call, &diary_record, diary.id));
        assert_refused(&call, FAIL_NOT_FOUND, "there is no Diary entry");
    }
    test_act(&call, at, ADA);
    assert_done(&call, ledger_undo(&call, diary.change));
    test_call_end(&call);
}

static void a_private_field_goes_back_by_its_author_alone(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, test_set(&call, &row, GADGET_REMARK, value_text(TEXT("mine"))));
    test_act(&call, at, BEN);
    assert_false(ledger_undo(&call, row.change));
    assert_refused(&call, FAIL_FORBIDDEN, "'remark' can only be set by who made the Gadget");
    test_act(&call, at, ADA);
    assert_done(&call, ledger_undo(&call, row.change));
    assert_true(value_is_null(now_of(&call, &row).value[GADGET_REMARK]));
    test_call_end(&call);
}

static void going_back_needs_a_free_name_and_a_role(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, test_set(&call, &row, GADGET_NAME, value_text(TEXT("old lamp"))));
    test_act(&call, at, VERA);
    assert_false(ledger_undo(&call, row.change));
    assert_refused(&call, FAIL_FORBIDDEN, "needs the role 'member'");
    test_act(&call, at, BEN);
    test_make(&call, &gadget_record, "lamp", 0);
    assert_false(ledger_undo(&call, row.change));
    assert_refused(&call, FAIL_CONFLICT, "there is already a Gadget with name 'lamp': GAD-2");
    test_call_end(&call);
}

static void the_past_is_seen_at_every_instant(void **state)
{
    struct call call;
    struct row then;
    stamp at[4];
    test_call_as(&call, *state, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    at[0] = row.changed;
    for (int i = 1; i < 4; i++) {
        call.now += STAMP_HOUR;
        assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(10 * i)));
        at[i] = row.changed;
    }
    assert_false(ledger_row_at(&call, &gadget_record, row.id, at[0] - 1, &then));
    assert_refused(&call, FAIL_NOT_FOUND, "there was no Gadget 'GAD-1' then");
    for (int i = 0; i < 4; i++) {
        const stamp instants[] = { at[i], at[i] + 1, at[i] + STAMP_MINUTE };
        for (int n = 0; n < 3; n++) {
            assert_done(&call, ledger_row_at(&call, &gadget_record, row.id, instants[n], &then));
            assert_int_equal(value_as_int(then.value[GADGET_AMOUNT]), i ? 10 * i : 1);
            assert_int_equal(then.version, i + 1);
        }
    }
    assert_false(ledger_row_at(&call, &gadget_record, 77, at[1], &then));
    assert_refused(&call, FAIL_NOT_FOUND, "there is no Gadget 'GAD-77'");
    test_call_end(&call);
}

static void the_past_hides_what_is_hidden(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row then;
    test_call_as(&call, at, ADA);
    struct row row = test_row(&call, &gadget_record, "lamp", 0);
    row.value[GADGET_REMARK] = value_text(TEXT("mine"));
    assert_done(&call, ledger_create(&call, &row));
    stamp made = row.changed;
    assert_done(&call, test_set(&call, &row, GADGET_REMARK, VALUE_NONE));
    struct row diary = test_make(&call, &diary_record, "thoughts", 0);
    assert_done(&call, ledger_row_at(&call, &gadget_record, row.id, made, &then));
    assert_text(value_as_text(then.value[GADGET_REMARK]), "mine"); /* also where it is gone now */
    test_act(&call, at, BEN);
    assert_done(&call, ledger_row_at(&call, &gadget_record, row.id, made, &then));
    assert_true(value_is_null(then.value[GADGET_REMARK]));
    assert_false(ledger_row_at(&call, &diary_record, diary.id, diary.changed, &then));
    assert_refused(&call, FAIL_NOT_FOUND, "there is no Diary entry");
    assert_false(ledger_row_at(&call, &diary_record, diary.id, 0, &then));
    assert_refused(&call, FAIL_NOT_FOUND, "there is no Diary entry");
    test_call_end(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(an_update_goes_back_as_a_new_version),
        WITH_STORE(every_kind_of_value_goes_back),
        WITH_STORE(a_row_that_was_made_goes_away_and_comes_back),
        WITH_STORE(a_dropped_row_comes_back_with_what_it_owns),
        WITH_STORE(what_is_owned_goes_with_the_making_of_its_owner),
        WITH_STORE(what_is_owned_does_not_come_back_alone),
        WITH_STORE(several_rows_go_back_together_or_not_at_all),
        WITH_STORE(a_refused_undo_cannot_be_committed_half_done),
        WITH_STORE(many_rows_need_no_more_memory_than_few),
        WITH_STORE(rows_that_handed_on_a_unique_value_go_back),
        WITH_STORE(later_work_on_the_same_field_is_not_lost),
        WITH_STORE(later_work_on_another_field_stays),
        WITH_STORE(later_work_on_dimensions_or_the_whole_row_counts),
        WITH_STORE(what_is_undone_is_undone_once),
        WITH_STORE(the_latest_change_of_a_row_is_undone_by_the_row),
        WITH_STORE(what_left_nothing_is_not_undone),
        WITH_STORE(what_was_sent_stays_sent),
        WITH_STORE(what_has_a_counter_verb_is_taken_back_by_it),
        WITH_STORE(an_undone_move_can_be_made_again),
        WITH_STORE(a_change_of_what_is_not_readable_is_no_change),
        WITH_STORE(a_private_field_goes_back_by_its_author_alone),
        WITH_STORE(going_back_needs_a_free_name_and_a_role),
        WITH_STORE(the_past_is_seen_at_every_instant),
        WITH_STORE(the_past_hides_what_is_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
