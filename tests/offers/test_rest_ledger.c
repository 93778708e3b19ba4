/* The audit through its addresses. Undo by change is tested with the rows that it touches. */
#include "support/support.h"

#include "ledger/audit.h"
#include "store/sql.h"
#include "support/test_rest.h"

static struct test_rest rest;

static int set_up(void **state)
{
    (void)state;
    test_rest_open(&rest);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_rest_close(&rest);
    return 0;
}

static void the_audit_is_listed_by_record_row_and_change(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "", "{\"amount\":7}");
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Bulb\"}");
    test_rest_ask(&rest, 200, "GET /api/v1/audit?record=gadget", "", "");
    assert_int_equal(test_member(&rest, "items")->count, 3);
    assert_member(&rest, "items/0/row", "GAD-2");
    assert_member(&rest, "items/1/verb", "set");
    assert_member(&rest, "items/1/fields/0/after", "7");
    assert_null(test_member(&rest, "items/1/fields/0/salt"));
    test_rest_ask(&rest, 200, "GET /api/v1/audit?row=GAD-1&limit=1", "", "");
    assert_int_equal(test_member(&rest, "items")->count, 1);
    char line[96];
    text next = test_member(&rest, "next")->text;
    snprintf(line, sizeof line, "GET /api/v1/audit?row=GAD-1&limit=1&before=%.*s", TEXT_FMT(next));
    test_rest_ask(&rest, 200, line, "", "");
    assert_member(&rest, "items/0/verb", "add");
    assert_int_equal(test_member(&rest, "next")->kind, JSON_NULL);
    snprintf(line, sizeof line, "GET /api/v1/audit?change=%lld",
             (long long)test_member(&rest, "items/0/change")->integer);
    test_rest_ask(&rest, 200, line, "", "");
    assert_int_equal(test_member(&rest, "items")->count, 1);
}

static void assert_lines(const char *query, unsigned count)
{
    char line[128];
    snprintf(line, sizeof line, "GET /api/v1/audit?record=gadget&%s", query);
    test_rest_ask(&rest, 200, line, "", "");
    assert_int_equal(test_member(&rest, "items")->count, count);
}

static void the_audit_is_listed_by_who_when_how_and_what(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "", "{\"amount\":7}");
    assert_lines("actor=PER-1", 2);
    assert_lines("actor=PER-2", 0);
    assert_lines("door=api", 2);
    assert_lines("door=web", 0);
    assert_lines("verb=set", 1);
    assert_lines("verb=sit", 0);
    assert_lines("since=2026-11-16T07:00:00Z", 2);
    assert_lines("since=2026-11-17", 0);
    assert_lines("until=2026-11-17", 2);
    assert_lines("until=2026-11-16T07:00:00Z", 0);
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    static const char *const refused[][2] = {
        { "record=lamps", "there is no record called 'lamps'" },
        { "row=lamp", "not the id of a row" },
        { "record=team&row=PER-1", "not a row of 'team'" },
        { "door=window", "'door' takes one of cli" },
        { "actor=Nobody", "Nobody" },
        { "since=yesterday", "'since'" },
        { "until=", "'until'" },
        { "limit=0", "from 1 to 1000" },
        { "before=x", "whole number" },
        { "change=-1", "whole number" },
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        char line[96];
        snprintf(line, sizeof line, "GET /api/v1/audit?%s", refused[i][0]);
        test_rest_ask(&rest, 422, line, "", "");
        assert_problem(&rest, "invalid", refused[i][1]);
    }
    test_rest_ask(&rest, 400, "GET /api/v1/audit?rows=GAD-1", "", "");
}

static void secrets_and_private_values_are_not_in_the_audit(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "",
             "{\"name\":\"Lamp\",\"password\":\"canary\",\"remark\":\"canary\"}");
    test_rest_ask(&rest, 201, "POST /api/v1/diaries", "", "{\"headline\":\"canary\"}");
    test_rest_ask(&rest, 200, "GET /api/v1/audit", "", "");
    assert_true(text_find(out_view(&rest.reply.body), TEXT("canary")) == SIZE_MAX);
    assert_true(text_find(out_view(&rest.reply.body), TEXT("password")) != SIZE_MAX);
}

static void verifying_tells_tampering(void **state)
{
    (void)state;
    struct call *call = &rest.store.call;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    assert_done(call, audit_seal(call));
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Bulb\"}");
    test_rest_ask(&rest, 200, "GET /api/v1/audit/verify", "", "");
    assert_true(test_member(&rest, "is_intact")->boolean);
    assert_int_equal(test_member(&rest, "lines")->integer, 7);
    assert_int_equal(test_member(&rest, "unsealed")->integer, 1);
    assert_int_equal(test_member(&rest, "first_bad")->kind, JSON_NULL);
    assert_done(call, store_begin(call));
    assert_done(call, sql_run(call, SQL(call, "UPDATE audit SET actor = 2 WHERE id = 6")));
    assert_done(call, store_commit(call));
    test_rest_ask(&rest, 200, "GET /api/v1/audit/verify", "", "");
    assert_false(test_member(&rest, "is_intact")->boolean);
    assert_int_equal(test_member(&rest, "first_bad")->kind, JSON_INT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_audit_is_listed_by_record_row_and_change),
        TEST(the_audit_is_listed_by_who_when_how_and_what),
        TEST(what_makes_no_sense_is_refused),
        TEST(secrets_and_private_values_are_not_in_the_audit),
        TEST(verifying_tells_tampering),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
