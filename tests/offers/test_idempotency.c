/* A request under a key is done once. */
#include "support/support.h"

#include "base/stamp.h"
#include "store/find.h"
#include "support/test_rest.h"

#define KEY "idempotency-key: k1"

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

static void assert_gadgets(int64_t wanted)
{
    struct query query;
    int64_t count;
    query_init(&query, &gadget_record);
    assert_done(&rest.store.call, find_count(&rest.store.call, &query, &count));
    assert_int_equal(count, wanted);
}

static void the_same_request_gets_the_kept_reply(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", KEY, "{\"name\":\"Lamp\"}");
    assert_null(test_header(&rest, "Idempotent-Replay").at);
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", KEY, "{\"name\":\"Lamp\"}");
    assert_text(test_header(&rest, "Idempotent-Replay"), "true");
    assert_text(test_header(&rest, "Location"), "/api/v1/gadgets/GAD-1");
    assert_text(test_header(&rest, "ETag"), "\"1\"");
    assert_member(&rest, "id", "GAD-1");
    assert_gadgets(1);
    test_rest_ask(&rest, 409, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 409, "POST /api/v1/gadgets", "idempotency-key: k2", "{\"name\":\"Lamp\"}");
}

static void the_key_is_not_good_for_another_request(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", KEY, "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 422, "POST /api/v1/gadgets", KEY, "{\"name\":\"Bulb\"}");
    assert_problem(&rest, "invalid", "the Idempotency-Key 'k1' was used for another request");
    test_rest_ask(&rest, 422, "POST /api/v1/memos", KEY, "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 422, "DELETE /api/v1/gadgets/GAD-1", KEY, "");
    assert_gadgets(1);
}

static void changing_dropping_and_undoing_are_done_once_too(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\",\"about\":\"x\"}");
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "idempotency-key: a",
                  "{\"amount\":4}");
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "", "{\"amount\":5}");
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "idempotency-key: a",
                  "{\"amount\":4}");
    assert_int_equal(test_member(&rest, "amount")->integer, 4); /* as it was answered then */
    test_rest_ask(&rest, 200, "POST /api/v1/gadgets/GAD-1/undo", "idempotency-key: b", "");
    test_rest_ask(&rest, 200, "POST /api/v1/gadgets/GAD-1/undo", "idempotency-key: b", "");
    assert_text(test_header(&rest, "Idempotent-Replay"), "true");
    test_rest_ask(&rest, 200, "POST /api/v1/gadgets/GAD-1/finish", "idempotency-key: c", "");
    test_rest_ask(&rest, 200, "POST /api/v1/gadgets/GAD-1/finish", "idempotency-key: c", "");
    test_rest_ask(&rest, 204, "DELETE /api/v1/gadgets/GAD-1", "idempotency-key: d", "");
    test_rest_ask(&rest, 204, "DELETE /api/v1/gadgets/GAD-1", "idempotency-key: d", "");
    assert_text(test_header(&rest, "Idempotent-Replay"), "true");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1", "", "");
    assert_int_equal(test_member(&rest, "version")->integer, 6);
}

static void a_refused_request_keeps_nothing(void **state)
{
    (void)state;
    test_rest_ask(&rest, 422, "POST /api/v1/gadgets", KEY, "{\"name\":\"Lamp\",\"amount\":-1}");
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", KEY, "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 412, "PATCH /api/v1/gadgets/GAD-1", "idempotency-key: k2\nif-match: \"7\"",
             "{\"amount\":2}");
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "idempotency-key: k2\nif-match: \"1\"",
             "{\"amount\":2}");
}

static void keys_belong_to_their_person(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/diaries", KEY, "{\"headline\":\"canary\"}");
    test_act_as(&rest.store.call, TEST_BERT);
    test_rest_ask(&rest, 201, "POST /api/v1/diaries", KEY, "{\"headline\":\"mine\"}");
    assert_member(&rest, "headline", "mine");
    assert_null(test_header(&rest, "Idempotent-Replay").at);
}

static void a_key_is_forgotten_after_a_day(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", KEY, "{\"name\":\"Lamp\"}");
    rest.store.call.now += STAMP_DAY - STAMP_SECOND;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", KEY, "{\"name\":\"Lamp\"}");
    rest.store.call.now += STAMP_SECOND;
    test_rest_ask(&rest, 409, "POST /api/v1/gadgets", KEY, "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", KEY, "{\"name\":\"Bulb\"}");
}

static void a_key_has_a_sensible_size(void **state)
{
    (void)state;
    char header[260] = "idempotency-key: ";
    memset(header + 17, 'k', 200);
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", header, "{\"name\":\"Lamp\"}");
    header[217] = 'k';
    test_rest_ask(&rest, 400, "POST /api/v1/gadgets", header, "{\"name\":\"Bulb\"}");
    assert_problem(&rest, "usage", "1 to 200 bytes");
    test_rest_ask(&rest, 400, "POST /api/v1/gadgets", "idempotency-key: ", "{\"name\":\"Bulb\"}");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_same_request_gets_the_kept_reply),
        TEST(the_key_is_not_good_for_another_request),
        TEST(changing_dropping_and_undoing_are_done_once_too),
        TEST(a_refused_request_keeps_nothing),
        TEST(keys_belong_to_their_person),
        TEST(a_key_is_forgotten_after_a_day),
        TEST(a_key_has_a_sensible_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
