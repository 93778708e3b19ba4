/* Rows through their addresses: what is answered, and what is refused and how. */
#include "support/support.h"

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

static void act_as(rid person)
{
    test_act_as(&rest.store.call, person);
}

static int64_t version(void)
{
    return test_member(&rest, "version")->integer;
}

/* --- making and reading --- */

static void a_row_is_made_and_shown_with_its_address_and_etag(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "",
                  "{\"name\":\"Lamp\",\"amount\":3,\"team\":\"Red\",\"owner\":\"PER-1\","
                  "\"helpers\":[\"Bert\"],"
                  "\"tags\":[\"old\"],\"color\":\"red\",\"password\":\"x1\",\"remark\":\"mine\","
                  "\"dimensions\":[\"ai\"]}");
    assert_text(test_header(&rest, "Location"), "/api/v1/gadgets/GAD-1");
    assert_text(test_header(&rest, "ETag"), "\"1\"");
    assert_member(&rest, "id", "GAD-1");
    assert_member(&rest, "team", "Red");
    assert_member(&rest, "owner", "PER-1");
    assert_member(&rest, "helpers/0", "PER-2");
    assert_member(&rest, "dimensions/0", "ai");
    assert_member(&rest, "remark", "mine");
    assert_null(test_member(&rest, "password"));
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/gad-1", "", "");
    assert_member(&rest, "name", "Lamp");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/1", "", "");
    act_as(TEST_BERT);
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1", "", "");
    assert_int_equal(test_member(&rest, "remark")->kind, JSON_NULL);
}

static void what_is_not_there_is_not_found(void **state)
{
    (void)state;
    test_rest_ask(&rest, 404, "GET /api/v1/gadgets/GAD-7", "", "");
    assert_problem(&rest, "not_found", "there is no Gadget 'GAD-7'");
    test_rest_ask(&rest, 404, "GET /api/v1/gadgets/TEAM-1", "", "");
    test_rest_ask(&rest, 404, "PATCH /api/v1/gadgets/GAD-7", "", "{\"amount\":1}");
    test_rest_ask(&rest, 404, "DELETE /api/v1/gadgets/GAD-7", "", "");
    test_rest_ask(&rest, 404, "GET /api/v1/gadgets/GAD-7/history", "", "");
    test_rest_ask(&rest, 404, "GET /api/v1/gadgets/GAD-7/links", "", "");
    test_rest_ask(&rest, 404, "POST /api/v1/gadgets/GAD-7/undo", "", "");
    test_rest_ask(&rest, 404, "POST /api/v1/gadgets/GAD-7/finish", "", "");
}

static void bad_input_is_refused_by_field(void **state)
{
    (void)state;
    static const struct {
        const char *body, *field, *part;
    } refused[] = {
        { "{\"amount\":3}", "name", "'name' is needed" },
        { "{\"name\":\"Lamp\",\"colour\":\"red\"}", "colour", "the nearest is 'color'" },
        { "{\"name\":\"Lamp\",\"amount\":\"3\"}", "amount", "'amount' must be a whole number" },
        { "{\"name\":\"Lamp\",\"amount\":1001}", "amount", "between 0 and 1000" },
        { "{\"name\":\"Lamp\",\"color\":\"pink\"}", "color", "red, green or blue" },
        { "{\"name\":\"Lamp\",\"cases\":3}", "cases", "counted" },
        { "{\"name\":\"Lamp\",\"team\":\"Green\"}", "team", "there is no Team 'Green'" },
        { "{\"name\":\"Lamp\",\"owner\":\"PER-9\"}", "owner", "there is no Person 'PER-9'" },
        { "{\"name\":\"Lamp\",\"is_loud\":true}", "weight", "loud" },
        { "{\"name\":\"Lamp\",\"state\":\"sent\"}", "state", "'draft'" },
        { "{\"name\":\"Lamp\",\"id\":\"GAD-9\"}", "id", "cannot be given" },
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        test_rest_ask(&rest, 422, "POST /api/v1/gadgets", "", refused[i].body);
        assert_member(&rest, "field", refused[i].field);
        assert_problem(&rest, "invalid", refused[i].part);
    }
    test_rest_ask(&rest, 422, "POST /api/v1/gadgets", "", "[1]");
    assert_problem(&rest, "invalid", "not an object");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets", "", "");
    assert_int_equal(test_member(&rest, "items")->count, 0);
}

static void a_unique_value_that_is_taken_names_the_other_row(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 409, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    assert_problem(&rest, "conflict", "GAD-1");
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Bulb\"}");
    test_rest_ask(&rest, 409, "PATCH /api/v1/gadgets/GAD-2", "", "{\"name\":\"Lamp\"}");
    assert_problem(&rest, "conflict", "GAD-1");
}

static void a_copy_that_is_still_good_is_not_sent_again(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 304, "GET /api/v1/gadgets/GAD-1", "if-none-match: \"1\"", "");
    assert_text(test_header(&rest, "ETag"), "\"1\"");
    test_rest_ask(&rest, 304, "GET /api/v1/gadgets/GAD-1", "if-none-match: \"7\", W/\"1\"", "");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1", "if-none-match: \"2\"", "");
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "", "{\"amount\":2}");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1", "if-none-match: \"1\"", "");
}

static void what_the_program_makes_is_not_made_by_post(void **state)
{
    (void)state;
    test_rest_ask(&rest, 405, "POST /api/v1/batches", "", "{\"name\":\"x\"}");
    assert_problem(&rest, "method_not_allowed", "'rondo import FILE' makes one");
    assert_text(test_header(&rest, "Allow"), "GET, HEAD");
    struct call *call = &rest.store.call;
    struct row row;
    assert_done(call, row_init(call, &batch_record, &row));
    row.value[BATCH_NAME] = value_choice("first");
    assert_done(call, ledger_create(call, &row));
    test_rest_ask(&rest, 200, "PATCH /api/v1/batches/BAT-1", "", "{\"note\":\"seen\"}");
    test_rest_ask(&rest, 422, "PATCH /api/v1/batches/BAT-1", "", "{\"size\":7}");
    assert_problem(&rest, "invalid", "counted");
}

/* --- changing --- */

static void a_row_is_changed_field_by_field(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "",
             "{\"name\":\"Lamp\",\"amount\":3,\"serial\":\"S1\",\"about\":\"light\"}");
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "if-match: \"1\"",
             "{\"amount\":4,\"about\":null}");
    assert_int_equal(version(), 2);
    assert_text(test_header(&rest, "ETag"), "\"2\"");
    assert_int_equal(test_member(&rest, "amount")->integer, 4);
    assert_int_equal(test_member(&rest, "about")->kind, JSON_NULL);
    assert_member(&rest, "name", "Lamp");
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "", "{\"amount\":4}");
    assert_int_equal(version(), 2);
    test_rest_ask(&rest, 422, "PATCH /api/v1/gadgets/GAD-1", "", "{\"serial\":\"S2\"}");
    assert_problem(&rest, "invalid", "fixed");
    test_rest_ask(&rest, 422, "PATCH /api/v1/gadgets/GAD-1", "", "{\"name\":\"\"}");
    assert_member(&rest, "field", "name");
    test_rest_ask(&rest, 400, "PATCH /api/v1/gadgets/GAD-1", "if-match: 2", "{\"amount\":5}");
    assert_problem(&rest, "usage", "If-Match");
}

static void a_stale_edit_is_refused_with_what_collides(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\",\"amount\":3}");
    act_as(TEST_BERT);
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "if-match: \"1\"",
             "{\"amount\":4,\"password\":\"theirs\"}");
    act_as(TEST_ADA);
    test_rest_ask(&rest, 412, "PATCH /api/v1/gadgets/GAD-1", "if-match: \"1\"",
             "{\"amount\":5,\"color\":\"red\",\"password\":\"yours\"}");
    assert_problem(&rest, "stale", "Bert");
    assert_int_equal(version(), 2);
    assert_text(test_header(&rest, "ETag"), "\"2\"");
    assert_int_equal(test_member(&rest, "conflicts")->count, 2);
    assert_member(&rest, "conflicts/0/field", "amount");
    assert_int_equal(test_member(&rest, "conflicts/0/yours")->integer, 5);
    assert_int_equal(test_member(&rest, "conflicts/0/theirs")->integer, 4);
    assert_member(&rest, "conflicts/1/field", "password");
    assert_int_equal(test_member(&rest, "conflicts/1/theirs")->kind, JSON_NULL);
    assert_int_equal(test_member(&rest, "conflicts/1/yours")->kind, JSON_NULL);
    /* Other fields than theirs: nothing collides, but it is stale all the same. */
    test_rest_ask(&rest, 412, "PATCH /api/v1/gadgets/GAD-1", "if-match: \"1\"",
                  "{\"color\":\"red\"}");
    assert_int_equal(test_member(&rest, "conflicts")->count, 0);
    test_rest_ask(&rest, 412, "PATCH /api/v1/gadgets/GAD-1", "if-match: \"9\"",
                  "{\"color\":\"red\"}");
    test_rest_ask(&rest, 412, "DELETE /api/v1/gadgets/GAD-1", "if-match: \"1\"", "");
    test_rest_ask(&rest, 412, "POST /api/v1/gadgets/GAD-1/finish", "if-match: \"1\"", "");
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "", "{\"color\":\"red\"}");
    assert_int_equal(version(), 3);
    assert_int_equal(test_member(&rest, "amount")->integer, 4);
}

static void a_private_field_of_another_author_neither_leaks_nor_changes(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "",
                  "{\"name\":\"Lamp\",\"remark\":\"canary\"}");
    act_as(TEST_BERT);
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "", "{\"amount\":4}");
    assert_int_equal(test_member(&rest, "remark")->kind, JSON_NULL);
    test_rest_ask(&rest, 403, "PATCH /api/v1/gadgets/GAD-1", "", "{\"remark\":\"bert\"}");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1/history", "", "");
    assert_true(text_find(out_view(&rest.reply.body), TEXT("canary")) == SIZE_MAX);
    test_rest_ask(&rest, 412, "PATCH /api/v1/gadgets/GAD-1", "if-match: \"1\"",
                  "{\"remark\":\"bert\"}");
    assert_true(text_find(out_view(&rest.reply.body), TEXT("canary")) == SIZE_MAX);
    act_as(TEST_ADA);
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1", "", "");
    assert_member(&rest, "remark", "canary");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1/history", "", "");
    assert_false(text_find(out_view(&rest.reply.body), TEXT("canary")) == SIZE_MAX);
}

static void writing_needs_the_role(void **state)
{
    (void)state;
    act_as(TEST_OLGA);
    test_rest_ask(&rest, 403, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    assert_problem(&rest, "forbidden", "member");
    act_as(0);
    test_rest_ask(&rest, 401, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    act_as(TEST_ADA);
    test_rest_ask(&rest, 403, "POST /api/v1/teams", "", "{\"name\":\"Green\"}");
    assert_problem(&rest, "forbidden", "owner");
}

/* --- verbs --- */

static void a_verb_moves_the_state_and_takes_what_its_guard_asks_for(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 409, "POST /api/v1/gadgets/GAD-1/finish", "", "");
    assert_problem(&rest, "conflict", "'about' is needed");
    assert_member(&rest, "missing/0", "about");
    test_rest_ask(&rest, 200, "POST /api/v1/gadgets/GAD-1/finish", "", "{\"about\":\"light\"}");
    assert_member(&rest, "state", "ready");
    assert_member(&rest, "about", "light");
    test_rest_ask(&rest, 409, "POST /api/v1/gadgets/GAD-1/finish", "", "");
    assert_problem(&rest, "conflict", "possible now is 'reopen', 'send'");
    test_rest_ask(&rest, 404, "POST /api/v1/gadgets/GAD-1/fly", "", "");
    assert_problem(&rest, "not_found", "'finish', 'reopen', 'send'");
    act_as(TEST_BERT);
    test_rest_ask(&rest, 403, "POST /api/v1/gadgets/GAD-1/send", "", "");
    act_as(TEST_ADA);
    test_rest_ask(&rest, 200, "POST /api/v1/gadgets/GAD-1/send", "", "");
    assert_member(&rest, "state", "sent");
    test_rest_ask(&rest, 409, "POST /api/v1/gadgets/GAD-1/undo", "", "");
    assert_problem(&rest, "conflict", "'send' cannot be undone");
}

/* --- dropping and undoing --- */

static void a_dropped_row_leaves_the_lists_and_undo_brings_it_back(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 201, "POST /api/v1/gizmos", "",
                  "{\"gadget\":\"GAD-1\",\"name\":\"Knob\"}");
    test_rest_ask(&rest, 204, "DELETE /api/v1/gadgets/GAD-1", "", "");
    assert_int_equal(out_view(&rest.reply.body).size, 0);
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets", "", "");
    assert_int_equal(test_member(&rest, "items")->count, 0);
    test_rest_ask(&rest, 200, "GET /api/v1/gizmos", "", "");
    assert_int_equal(test_member(&rest, "items")->count, 0);
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1", "", "");
    assert_int_equal(test_member(&rest, "archived")->kind, JSON_TEXT);
    test_rest_ask(&rest, 409, "DELETE /api/v1/gadgets/GAD-1", "", "");
    assert_problem(&rest, "conflict", "dropped before");
    test_rest_ask(&rest, 200, "POST /api/v1/gadgets/GAD-1/undo", "", "");
    assert_int_equal(test_member(&rest, "archived")->kind, JSON_NULL);
    test_rest_ask(&rest, 200, "GET /api/v1/gizmos", "", "");
    assert_int_equal(test_member(&rest, "items")->count, 1);
}

static void a_change_is_undone_once_and_not_over_a_later_one(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\",\"amount\":3}");
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "", "{\"amount\":4}");
    act_as(TEST_BERT);
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "", "{\"amount\":5}");
    act_as(TEST_ADA);
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1/history", "", "");
    int64_t change = test_member(&rest, "items/1/change")->integer;
    char undo[64];
    snprintf(undo, sizeof undo, "POST /api/v1/undo/%lld", (long long)change);
    test_rest_ask(&rest, 409, undo, "", "");
    assert_problem(&rest, "conflict", "Bert changed 'amount' of GAD-1 later");
    test_rest_ask(&rest, 200, "POST /api/v1/gadgets/GAD-1/undo", "", "");
    assert_int_equal(test_member(&rest, "amount")->integer, 4);
    test_rest_ask(&rest, 200, undo, "", "");
    assert_int_equal(test_member(&rest, "undone")->integer, change);
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1", "", "");
    assert_int_equal(test_member(&rest, "amount")->integer, 3);
    test_rest_ask(&rest, 409, undo, "", "");
    assert_problem(&rest, "conflict", "undone before");
    test_rest_ask(&rest, 404, "POST /api/v1/undo/999", "", "");
    assert_problem(&rest, "not_found", "there is no change 999");
    test_rest_ask(&rest, 404, "POST /api/v1/undo/x", "", "");
}

static void history_tells_who_did_what_newest_first(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "",
                  "{\"name\":\"Lamp\",\"password\":\"s3cret\"}");
    act_as(TEST_BERT);
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "",
             "{\"team\":\"Red\",\"dimensions\":[\"ai\",\"people\"],\"password\":\"s4cret\"}");
    test_rest_ask(&rest, 204, "DELETE /api/v1/gadgets/GAD-1", "", "");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1/history", "", "");
    assert_int_equal(test_member(&rest, "items")->count, 3);
    assert_member(&rest, "items/0/what", "drop Gadget");
    assert_member(&rest, "items/0/fields/0/field", "archived");
    assert_int_equal(test_member(&rest, "items/1/version")->integer, 2);
    assert_member(&rest, "items/1/who", "Bert");
    assert_member(&rest, "items/1/actor", "PER-2");
    assert_member(&rest, "items/1/door", "api");
    assert_member(&rest, "items/1/fields/0/field", "team");
    assert_member(&rest, "items/1/fields/0/after", "Red");
    assert_member(&rest, "items/1/fields/1/field", "password");
    assert_null(test_member(&rest, "items/1/fields/1/after"));
    assert_member(&rest, "items/1/fields/2/field", "dimensions");
    assert_member(&rest, "items/1/fields/2/after/1", "people");
    assert_member(&rest, "items/2/who", "Ada");
    assert_true(text_find(out_view(&rest.reply.body), TEXT("cret")) == SIZE_MAX);
    assert_int_equal(test_member(&rest, "next")->kind, JSON_NULL);
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1/history?limit=2", "", "");
    assert_member(&rest, "next", "2");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1/history?limit=2&before=2", "", "");
    assert_int_equal(test_member(&rest, "items")->count, 1);
    assert_member(&rest, "items/0/fields/0/after", "Lamp");
    test_rest_ask(&rest, 422, "GET /api/v1/gadgets/GAD-1/history?limit=0", "", "");
}

/* --- privacy --- */

static void a_private_row_is_not_there_for_others_nor_for_an_owner(void **state)
{
    (void)state;
    char path[96];
    test_rest_ask(&rest, 201, "POST /api/v1/diaries", "", "{\"headline\":\"canary\"}");
    text location = test_header(&rest, "Location");
    snprintf(path, sizeof path, "%.*s", TEXT_FMT(location));
    static const struct {
        const char *method, *rest, *body;
    } tries[] = { { "GET", "", "" },         { "PATCH", "", "{\"headline\":\"x\"}" },
                  { "DELETE", "", "" },      { "GET", "/history", "" },
                  { "GET", "/links", "" },   { "POST", "/undo", "" } };
    for (rid person = TEST_BERT; person <= TEST_OLGA; person++) {
        act_as(person);
        for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
            char line[160];
            snprintf(line, sizeof line, "%s %s%s", tries[i].method, path, tries[i].rest);
            test_rest_ask(&rest, 404, line, "", tries[i].body);
            assert_problem(&rest, "not_found", "there is no Diary entry");
        }
        test_rest_ask(&rest, 200, "GET /api/v1/diaries", "", "");
        assert_int_equal(test_member(&rest, "items")->count, 0);
        test_rest_ask(&rest, 200, "GET /api/v1/audit?limit=1000", "", "");
        assert_true(text_find(out_view(&rest.reply.body), TEXT("DIA-")) == SIZE_MAX);
    }
    act_as(TEST_ADA);
    char line[160];
    snprintf(line, sizeof line, "GET %s", path);
    test_rest_ask(&rest, 200, line, "", "");
    assert_member(&rest, "headline", "canary");
}

static void a_change_of_what_one_may_not_read_cannot_be_undone(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/diaries", "", "{\"headline\":\"canary\"}");
    char undo[64];
    snprintf(undo, sizeof undo, "POST /api/v1/undo/%lld", (long long)change_id(&rest.store.call));
    act_as(TEST_OLGA);
    test_rest_ask(&rest, 404, undo, "", "");
    assert_problem(&rest, "not_found", "there is no change");
    act_as(TEST_ADA);
    test_rest_ask(&rest, 200, undo, "", "");
}

static void nobody_makes_what_he_could_not_read(void **state)
{
    (void)state;
    test_rest_ask(&rest, 403, "POST /api/v1/plan-items", "",
                  "{\"name\":\"Move\",\"team\":\"Blue\"}");
    assert_problem(&rest, "forbidden", "belongs to others");
    test_rest_ask(&rest, 201, "POST /api/v1/plan-items", "",
                  "{\"name\":\"Move\",\"team\":\"Red\"}");
    act_as(TEST_BERT);
    test_rest_ask(&rest, 404, "GET /api/v1/plan-items/PLAN-1", "", "");
}

/* --- links --- */

static void links_join_rows_both_ways(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Bulb\"}");
    test_rest_ask(&rest, 201, "POST /api/v1/links", "",
             "{\"kind\":\"fixes\",\"from\":\"gad-2\",\"to\":\"GAD-1\",\"note\":\"at last\"}");
    assert_member(&rest, "from", "GAD-2");
    assert_member(&rest, "from_record", "gadget");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1/links", "", "");
    assert_int_equal(test_member(&rest, "items")->count, 1);
    assert_member(&rest, "items/0/direction", "in");
    assert_member(&rest, "items/0/row", "GAD-2");
    assert_member(&rest, "items/0/title", "Bulb");
    assert_member(&rest, "items/0/note", "at last");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-2/links", "", "");
    assert_member(&rest, "items/0/direction", "out");
    test_rest_ask(&rest, 409, "POST /api/v1/links", "",
             "{\"kind\":\"fixes\",\"from\":\"GAD-2\",\"to\":\"GAD-1\"}");
    assert_problem(&rest, "conflict", "LNK-1");
    test_rest_ask(&rest, 422, "POST /api/v1/links", "",
             "{\"kind\":\"fixes\",\"from\":\"GAD-2\",\"to\":\"GAD-99\"}");
    assert_problem(&rest, "invalid", "there is no record 'GAD-99'");
    assert_member(&rest, "field", "to");
    test_rest_ask(&rest, 422, "POST /api/v1/links", "",
             "{\"kind\":\"fixes\",\"from\":\"GAD-2\",\"to\":\"gad-2\"}");
    assert_problem(&rest, "invalid", "the same");
    test_rest_ask(&rest, 422, "POST /api/v1/links", "", "{\"kind\":\"fixes\",\"from\":\"GAD-2\"}");
    assert_member(&rest, "field", "to");
    test_rest_ask(&rest, 422, "PATCH /api/v1/links/LNK-1", "", "{\"to\":\"GAD-3\"}");
    test_rest_ask(&rest, 200, "PATCH /api/v1/links/LNK-1", "", "{\"note\":\"x\"}");
}

static void a_link_is_read_by_whoever_may_read_both_ends(void **state)
{
    (void)state;
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Lamp\"}");
    test_rest_ask(&rest, 201, "POST /api/v1/memos", "", "{\"subject\":\"canary\"}");
    test_rest_ask(&rest, 201, "POST /api/v1/links", "",
             "{\"kind\":\"about\",\"from\":\"MEM-1\",\"to\":\"GAD-1\"}");
    act_as(TEST_BERT);
    test_rest_ask(&rest, 404, "GET /api/v1/links/LNK-1", "", "");
    test_rest_ask(&rest, 200, "GET /api/v1/links", "", "");
    assert_int_equal(test_member(&rest, "items")->count, 0);
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1/links", "", "");
    assert_int_equal(test_member(&rest, "items")->count, 0);
    test_rest_ask(&rest, 422, "POST /api/v1/links", "",
             "{\"kind\":\"about\",\"from\":\"MEM-1\",\"to\":\"GAD-1\"}");
    assert_problem(&rest, "invalid", "there is no record 'MEM-1'");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* --- many at once --- */

static void make_three(void)
{
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"A\",\"amount\":1}");
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"B\",\"amount\":2}");
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"C\",\"amount\":3}");
}

static void many_rows_are_changed_and_undone_as_one(void **state)
{
    (void)state;
    make_three();
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets", "",
                  "{\"ids\":[\"GAD-3\",\"GAD-1\"],\"set\":{\"amount\":7}}");
    assert_member(&rest, "items/0/id", "GAD-3");
    assert_int_equal(test_member(&rest, "items/0/amount")->integer, 7);
    assert_int_equal(test_member(&rest, "items/1/amount")->integer, 7);
    long long change = test_member(&rest, "change")->integer;
    char word[96];
    snprintf(word, sizeof word, "%lld", change);
    assert_text(test_header(&rest, "Rondo-Change"), word);
    snprintf(word, sizeof word, "POST /api/v1/undo/%lld", change);
    test_rest_ask(&rest, 200, word, "", "");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets", "", "");
    assert_int_equal(test_member(&rest, "items/0/amount")->integer, 1);
    assert_int_equal(test_member(&rest, "items/1/amount")->integer, 2);
    assert_int_equal(test_member(&rest, "items/2/amount")->integer, 3);
}

static void an_edit_of_many_that_one_row_refuses_changes_none(void **state)
{
    (void)state;
    static const char *const refused[][2] = {
        { "{\"ids\":[\"GAD-1\",\"GAD-9\"],\"set\":{\"amount\":7}}", "GAD-9" },
        { "{\"ids\":[\"GAD-1\",\"1\"],\"set\":{\"amount\":7}}", "'GAD-1' is in 'ids' twice" },
        { "{\"ids\":[\"GAD-1\",\"TEAM-1\"],\"set\":{\"amount\":7}}", "TEAM-1" },
        { "{\"ids\":[],\"set\":{\"amount\":7}}", "1 to 1000" },
        { "{\"ids\":[1],\"set\":{\"amount\":7}}", "as texts" },
        { "{\"ids\":[\"GAD-1\"],\"set\":{}}", "'set' takes" },
        { "{\"ids\":[\"GAD-1\"],\"set\":{\"amount\":\"x\"}}", "GAD-1" },
        { "{\"ids\":[\"GAD-1\"],\"set\":{\"amount\":7},\"by\":1}", "not 'by'" },
    };
    make_three();
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        int status = i == 0 || i == 2 ? 404 : 422; /* not there, whatever the word */
        test_rest_ask(&rest, status, "PATCH /api/v1/gadgets", "", refused[i][0]);
        assert_problem(&rest, status == 404 ? "not_found" : "invalid", refused[i][1]);
    }
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1", "", "");
    assert_int_equal(test_member(&rest, "amount")->integer, 1);
    assert_int_equal(version(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_row_is_made_and_shown_with_its_address_and_etag),
        TEST(what_is_not_there_is_not_found),
        TEST(bad_input_is_refused_by_field),
        TEST(a_unique_value_that_is_taken_names_the_other_row),
        TEST(a_copy_that_is_still_good_is_not_sent_again),
        TEST(what_the_program_makes_is_not_made_by_post),
        TEST(a_row_is_changed_field_by_field),
        TEST(a_stale_edit_is_refused_with_what_collides),
        TEST(a_private_field_of_another_author_neither_leaks_nor_changes),
        TEST(writing_needs_the_role),
        TEST(a_verb_moves_the_state_and_takes_what_its_guard_asks_for),
        TEST(a_dropped_row_leaves_the_lists_and_undo_brings_it_back),
        TEST(a_change_is_undone_once_and_not_over_a_later_one),
        TEST(history_tells_who_did_what_newest_first),
        TEST(a_private_row_is_not_there_for_others_nor_for_an_owner),
        TEST(a_change_of_what_one_may_not_read_cannot_be_undone),
        TEST(nobody_makes_what_he_could_not_read),
        TEST(links_join_rows_both_ways),
        TEST(a_link_is_read_by_whoever_may_read_both_ends),
        TEST(many_rows_are_changed_and_undone_as_one),
        TEST(an_edit_of_many_that_one_row_refuses_changes_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
