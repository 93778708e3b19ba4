/* The audit: what a line says and hides, who reads it, and that tampering shows. */
#include "ledger/audit.h"

#include "base/json_read.h"
#include "support/test_store.h"

static text page_of(struct call *call, const struct audit_query *query)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    assert_done(call, audit_write_json(call, query, &writer));
    return out_view(&out);
}

static struct json items_of(struct call *call, const struct audit_query *query, text *next)
{
    struct json page;
    assert_done(call, json_read(call, page_of(call, query), &page, NULL));
    const struct json *after = json_get(&page, "next");
    if (next)
        *next = after->kind == JSON_TEXT ? after->text : TEXT_NONE;
    return *json_get(&page, "items");
}

static bool holds(text whole, const char *part)
{
    return text_find(whole, text_of(part)) != SIZE_MAX;
}

static void a_line_says_who_did_what_to_which_row(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    call.door = DOOR_API;
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(7)));
    struct audit_query query = { .record = TEXT("gadget"), .row = row.id, .limit = 1 };
    struct json items = items_of(&call, &query, NULL);
    assert_int_equal(items.count, 1);
    assert_text(json_get(&items.item[0], "actor")->text, "PER-1");
    assert_text(json_get(&items.item[0], "door")->text, "api");
    assert_text(json_get(&items.item[0], "verb")->text, "set");
    assert_text(json_get(&items.item[0], "record")->text, "gadget");
    assert_text(json_get(&items.item[0], "row")->text, "GAD-1");
    assert_int_equal(json_get(&items.item[0], "change")->integer, row.change);
    const struct json *fields = json_get(&items.item[0], "fields");
    assert_int_equal(fields->count, 1);
    assert_text(json_get(&fields->item[0], "field")->text, "amount");
    assert_text(json_get(&fields->item[0], "before")->text, "1");
    assert_text(json_get(&fields->item[0], "after")->text, "7");
    assert_null(json_get(&fields->item[0], "salt"));
    assert_null(json_get(&fields->item[0], "hash"));
    test_call_end(&call);
}

static void every_verb_has_its_line(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row memo = test_make(&call, &memo_record, "plans", 0);
    assert_done(&call, ledger_share(&call, &memo_record, memo.id, at->person[BEN]));
    assert_done(&call, ledger_archive(&call, &memo_record, memo.id));
    assert_done(&call, ledger_undo_row(&call, &memo_record, memo.id));
    struct audit_query query = { .record = TEXT("memo") };
    struct json items = items_of(&call, &query, NULL);
    static const char *const verbs[] = { "undo", "drop", "share", "add" };
    assert_int_equal(items.count, 4);
    for (int i = 0; i < 4; i++)
        assert_text(json_get(&items.item[i], "verb")->text, verbs[i]);
    assert_text(json_get(&items.item[2], "what")->text, "PER-2");
    assert_done(&call, change_open(&call, TEXT("batch")));
    assert_done(&call, change_require(&call));
    assert_done(&call, audit_act(&call, change_id(&call), "import", TEXT("results.jsonl")));
    assert_done(&call, change_commit(&call));
    query = (struct audit_query){ .limit = 1 };
    items = items_of(&call, &query, NULL);
    assert_text(json_get(&items.item[0], "what")->text, "results.jsonl");
    assert_int_equal(json_get(&items.item[0], "row")->kind, JSON_NULL);
    test_call_end(&call);
}

static bool audit_holds(struct call *call, const char *word)
{
    char statement[512];
    snprintf(statement, sizeof statement,
             "SELECT count(*) FROM audit WHERE what || fields || door || verb LIKE '%%%s%%'", word);
    return test_ask(call, statement) > 0;
}

static void nothing_hidden_stands_in_a_line(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_row(&call, &gadget_record, "lamp", 0);
    row.value[GADGET_PASSWORD] = value_text(TEXT("swordfish"));
    row.value[GADGET_REMARK] = value_text(TEXT("rosebud"));
    row.value[GADGET_ABOUT] = value_text(TEXT("openly"));
    assert_done(&call, ledger_create(&call, &row));
    struct row diary = test_row(&call, &diary_record, "melancholy", 0);
    diary.value[DIARY_ENTRY] = value_text(TEXT("nightingale"));
    diary.dimensions = 21;
    assert_done(&call, ledger_create(&call, &diary));
    struct row memo = test_make(&call, &memo_record, "conspiracy", 0);
    assert_done(&call, test_set(&call, &memo, MEMO_BODY, value_text(TEXT("midnight"))));
    assert_true(audit_holds(&call, "openly"));
    static const char *const hidden[] = { "swordfish", "rosebud", "melancholy", "nightingale",
                                          "conspiracy", "midnight", "\"21\"" };
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        assert_false(audit_holds(&call, hidden[i]));
    assert_true(audit_holds(&call, "{\"field\":\"password\"}")); /* that it was set, is said */
    test_call_end(&call);
}

static void a_page_shows_what_the_reader_may_read(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row diary = test_make(&call, &diary_record, "thoughts", 0);
    struct row plan = test_make(&call, &plan_item_record, "dig", at->red);
    test_make(&call, &gadget_record, "lamp", 0);
    struct audit_query query = { .limit = 3 };
    assert_int_equal(items_of(&call, &query, NULL).count, 3);
    assert_true(holds(page_of(&call, &query), "diary"));
    static const enum test_actor others[] = { BEN, OLGA, ROBOT, NOBODY };
    for (int i = 0; i < 4; i++) {
        test_act(&call, at, others[i]);
        struct audit_query all = { .limit = 1000 };
        text page = page_of(&call, &all);
        assert_true(holds(page, "lamp"));
        assert_false(holds(page, "diary"));
        assert_false(holds(page, "plan_item"));
        struct audit_query one = { .record = TEXT("diary"), .row = diary.id };
        struct audit_query none = { .record = TEXT("diary"), .row = diary.id + 1 };
        assert_true(text_equal(page_of(&call, &one), page_of(&call, &none)));
        one = (struct audit_query){ .change = plan.change };
        none = (struct audit_query){ .change = 777 };
        assert_true(text_equal(page_of(&call, &one), page_of(&call, &none)));
    }
    test_call_end(&call);
}

static void pages_go_through_all_lines_once(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    for (int i = 0; i < 12; i++) {
        char name[16];
        snprintf(name, sizeof name, "row %d", i);
        test_make(&call, i % 3 ? &gadget_record : &diary_record, name, 0);
    }
    test_act(&call, at, BEN);
    struct audit_query query = { .limit = 4 };
    int64_t last = INT64_MAX;
    uint32_t seen = 0;
    for (text next = TEXT("first"); next.at;) {
        struct json items = items_of(&call, &query, &next);
        assert_true(items.count <= 4);
        for (uint32_t i = 0; i < items.count; i++) {
            int64_t id = json_get(&items.item[i], "id")->integer;
            assert_true(id < last);
            last = id;
        }
        seen += items.count;
        assert_true(!next.at || text_to_int(next, &query.before));
    }
    assert_int_equal(seen, 9 + 8); /* people and teams, and the gadgets */
    test_call_end(&call);
}

static void hidden_lines_do_not_fill_the_memory(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    assert_done(&call, change_open(&call, TEXT("many")));
    for (int i = 0; i < 200; i++)
        test_make(&call, &diary_record, "thoughts", 0);
    assert_done(&call, change_commit(&call));
    test_act(&call, at, BEN);
    struct audit_query query = { .record = TEXT("diary") };
    size_t before = call.arena.used;
    page_of(&call, &query);
    assert_true(call.arena.used - before < (size_t)64 * 1024);
    test_call_end(&call);
}

/* --- the chain --- */

/* Nine people and teams; then ten lines of Ada, the first half sealed in two seals. */
static void make_lines(struct test_store *at)
{
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, audit_seal(&call));
    call.now += 1000;
    for (int i = 0; i < 4; i++)
        assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(10 + i)));
    assert_done(&call, test_set(&call, &row, GADGET_PASSWORD, value_text(TEXT("swordfish"))));
    test_make(&call, &memo_record, "plans", 0);
    assert_done(&call, audit_seal(&call));
    for (int i = 0; i < 3; i++)
        assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(20 + i)));
    test_call_end(&call);
}

enum { SEALED = 16, LINES = 19 };

static struct audit_report report_of(struct test_store *at)
{
    struct call call;
    struct audit_report report;
    test_call_as(&call, at, MACHINE);
    assert_done(&call, audit_verify(&call, &report));
    assert_true(holds(report.sentence, report.is_intact ? "is intact" : "was tampered with"));
    test_call_end(&call);
    report.sentence = TEXT_NONE;
    return report;
}

static void what_was_not_touched_is_intact(void **state)
{
    struct test_store *at = *state;
    struct audit_report report = report_of(at);
    assert_true(report.is_intact);
    assert_int_equal(report.sealed, 0);
    assert_int_equal(report.unsealed, 9);
    make_lines(at);
    report = report_of(at);
    assert_true(report.is_intact);
    assert_int_equal(report.lines, LINES);
    assert_int_equal(report.sealed, SEALED);
    assert_int_equal(report.unsealed, LINES - SEALED);
    assert_int_equal(report.erased_values, 0);
    assert_int_equal(report.first_bad, 0);
}

static void sealing_without_new_lines_makes_no_seal(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_done(&call, audit_seal(&call));
    assert_done(&call, audit_seal(&call));
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM audit_seal"), 1);
    test_call_end(&call);
}

/* Every command leaves a seal: a store of years has a million. */
static void verifying_needs_the_same_memory_for_any_number_of_seals(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct audit_report report;
    test_tamper(at, "INSERT INTO audit_seal WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL "
                    "SELECT i + 1 FROM n WHERE i < 20000) SELECT i, 9, 9, 1, i, 'none' FROM n");
    test_call_as(&call, at, MACHINE);
    call.arena.limit = call.arena.used + 64 * 1024;
    assert_done(&call, audit_verify(&call, &report));
    assert_false(report.is_intact);
    test_call_end(&call);
}

static void a_line_too_large_for_the_call_is_not_called_tampered_with(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct audit_report report;
    char about[50001];
    memset(about, 'x', sizeof about - 1);
    about[sizeof about - 1] = '\0';
    test_call_as(&call, at, ADA);
    struct row row = test_make(&call, &gadget_record, "lamp", 0);
    assert_done(&call, test_set(&call, &row, GADGET_ABOUT, value_text(text_of(about))));
    test_call_end(&call);
    test_call_as(&call, at, MACHINE);
    call.arena.limit = call.arena.used + 32 * 1024;
    assert_false(audit_verify(&call, &report));
    assert_refused(&call, FAIL_TOO_LARGE, "one request may use");
    test_call_end(&call);
}

/* Each of these in a store of its own. */
static const struct tampering {
    const char *statements;
    rid first_bad; /* 0: whichever */
} tamperings[] = {
    { "UPDATE audit SET change = change + 1 WHERE id = 11", 0 },
    { "UPDATE audit SET at = at + 1 WHERE id = 11", 0 },
    { "UPDATE audit SET actor = 2 WHERE id = 11", 0 },
    { "UPDATE audit SET door = 'web' WHERE id = 11", 0 },
    { "UPDATE audit SET record = 'gizmo' WHERE id = 11", 0 },
    { "UPDATE audit SET \"row\" = 2 WHERE id = 11", 0 },
    { "UPDATE audit SET verb = 'drop' WHERE id = 11", 0 },
    { "UPDATE audit SET what = 'nothing' WHERE id = 11", 0 },
    { "UPDATE audit SET fields = '[]' WHERE id = 11", 0 },
    { "UPDATE audit SET fields = 'not json' WHERE id = 11", 11 },
    { "UPDATE audit SET fields = '[1]' WHERE id = 11", 11 },
    { "UPDATE audit SET fields = replace(fields, '\"10\"', '\"11\"') WHERE id = 11", 11 },
    { "UPDATE audit SET fields = replace(fields, '\"10\"', 'null') WHERE id = 11", 11 },
    { "UPDATE audit SET fields = replace(fields, '\"10\"', '10') WHERE id = 11", 11 },
    { "UPDATE audit SET fields = replace(fields, 'amount', 'weight') WHERE id = 11", 0 },
    { "UPDATE audit SET fields = replace(fields, '\"after\":\"10\"',"
      " '\"after\":\"11\",\"erased\":true') WHERE id = 11", 11 },
    { "UPDATE audit SET fields = replace(fields, '\"after\":\"10\"',"
      " '\"after\":\"10\",\"note\":\"it was Ben\"') WHERE id = 11", 11 },
    { "UPDATE audit SET fields = '[{\"field\":\"amount\"}]' WHERE id = 11", 0 },
    { "UPDATE audit SET fields = replace(fields, '\"salt\":\"', '\"salt\":\"aa') WHERE id = 11",
      11 },
    { "UPDATE audit SET fields = replace(fields, '\"hash\":\"', '\"hash\":\"aa') WHERE id = 11",
      11 },
    { "UPDATE audit SET fields = '[{\"field\":\"password\",\"after\":\"lie\"}]' WHERE id = 15",
      15 },
    { "DELETE FROM audit WHERE id = 1", 0 },
    { "DELETE FROM audit WHERE id = 12", 0 },
    { "DELETE FROM audit WHERE id = 16", 0 }, /* the last that is sealed */
    { "DELETE FROM audit WHERE id = 17", 18 }, /* the first that is not */
    { "DELETE FROM audit WHERE id = 18", 19 },
    { "INSERT INTO audit SELECT 0, change, at, actor, door, record, \"row\", verb, what, fields"
      " FROM audit WHERE id = 11", 0 },
    { "INSERT INTO audit SELECT -5, change, at, actor, door, record, \"row\", verb, what, fields"
      " FROM audit WHERE id = 11", -5 },
    { "INSERT INTO audit SELECT 40, change, at, actor, door, record, \"row\", verb, what, fields"
      " FROM audit WHERE id = 11", 40 },
    { "DELETE FROM audit WHERE id = 13;"
      "INSERT INTO audit SELECT 13, change, at, actor, door, record, \"row\", verb, what, fields"
      " FROM audit WHERE id = 12", 0 },
    { "UPDATE audit SET id = 100 WHERE id = 12; UPDATE audit SET id = 12 WHERE id = 13;"
      "UPDATE audit SET id = 13 WHERE id = 100", 0 },
    { "UPDATE audit SET fields = replace(fields, '\"21\"', '\"99\"') WHERE id = 18", 18 },
    { "UPDATE audit_seal SET first = first + 1 WHERE id = 2", 0 },
    { "UPDATE audit_seal SET last = last + 1 WHERE id = 2", 0 },
    { "UPDATE audit_seal SET last = last + 100 WHERE id = 2", 0 },
    { "UPDATE audit_seal SET count = count - 1 WHERE id = 1", 0 },
    { "UPDATE audit_seal SET at = at + 1 WHERE id = 1", 0 },
    { "UPDATE audit_seal SET chain = replace(chain, substr(chain, 1, 1), 'x') WHERE id = 2", 0 },
    { "UPDATE audit_seal SET id = 3 WHERE id = 2", 0 },
    { "DELETE FROM audit_seal WHERE id = 1", 0 },
};

static void every_tampering_shows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tamperings / sizeof tamperings[0]; i++) {
        void *own;
        test_store_setup(&own);
        make_lines(own);
        test_tamper(own, tamperings[i].statements);
        struct audit_report report = report_of(own);
        if (report.is_intact)
            print_error("not seen: %s\n", tamperings[i].statements);
        assert_false(report.is_intact);
        if (tamperings[i].first_bad)
            assert_int_equal(report.first_bad, tamperings[i].first_bad);
        test_store_teardown(&own);
    }
}

static void sealing_does_not_heal_what_was_tampered_with(void **state)
{
    struct test_store *at = *state;
    struct call call;
    make_lines(at);
    test_tamper(at, "UPDATE audit SET fields = replace(fields, '\"21\"', '\"99\"') WHERE id = 18");
    test_call_as(&call, at, MACHINE);
    assert_done(&call, audit_seal(&call));
    test_call_end(&call);
    struct audit_report report = report_of(at);
    assert_false(report.is_intact);
    assert_int_equal(report.first_bad, 18);
    assert_int_equal(report.unsealed, 0);
}

static void an_erased_value_still_verifies(void **state)
{
    struct test_store *at = *state;
    make_lines(at);
    test_tamper(at, "UPDATE audit SET fields = replace(replace(fields, "
                    "'\"before\":\"1\",\"after\":\"10\"', "
                    "'\"before\":null,\"after\":null,\"erased\":true'), "
                    "'\"before\":\"20\",\"after\":\"21\"', "
                    "'\"before\":null,\"after\":null,\"erased\":true') WHERE id IN (11, 18)");
    struct audit_report report = report_of(at);
    assert_true(report.is_intact);
    assert_int_equal(report.erased_values, 2);
    assert_int_equal(report.lines, LINES);
}

static void odd_values_verify_like_plain_ones(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_row(&call, &gadget_record, "\"quoted\" \\ \xe2\x82\xac \xf0\x9f\x99\x82",
                              0);
    row.value[GADGET_ABOUT] = value_text(TEXT("two\nlines\tand more"));
    row.value[GADGET_WEIGHT] = value_real(1.0 / 3);
    row.value[GADGET_EXTRA] = value_text(TEXT("{\"a\":[1,2.5,null,\"\\u0001\"]}"));
    row.value[GADGET_PICTURE] = value_text((text){ "\x00\xff\x7f", 3 });
    assert_done(&call, ledger_create(&call, &row));
    assert_done(&call, test_set(&call, &row, GADGET_ABOUT, value_text(TEXT(""))));
    assert_done(&call, test_set(&call, &row, GADGET_ABOUT, VALUE_NONE));
    assert_done(&call, audit_seal(&call));
    test_call_end(&call);
    assert_true(report_of(at).is_intact);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(a_line_says_who_did_what_to_which_row),
        WITH_STORE(every_verb_has_its_line),
        WITH_STORE(nothing_hidden_stands_in_a_line),
        WITH_STORE(a_page_shows_what_the_reader_may_read),
        WITH_STORE(pages_go_through_all_lines_once),
        WITH_STORE(hidden_lines_do_not_fill_the_memory),
        WITH_STORE(what_was_not_touched_is_intact),
        WITH_STORE(verifying_needs_the_same_memory_for_any_number_of_seals),
        WITH_STORE(a_line_too_large_for_the_call_is_not_called_tampered_with),
        WITH_STORE(sealing_without_new_lines_makes_no_seal),
        cmocka_unit_test(every_tampering_shows),
        WITH_STORE(sealing_does_not_heal_what_was_tampered_with),
        WITH_STORE(an_erased_value_still_verifies),
        WITH_STORE(odd_values_verify_like_plain_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
