/* Lists by name=value pairs: every filter, order and page, and what is refused. */
#include "support/support.h"

#include "base/stamp.h"
#include "support/test_rest.h"

static struct test_rest rest;

/* Four gadgets: A to D. */
static const char *const gadgets[] = {
    "{\"name\":\"A\",\"amount\":10,\"ratio\":0.5,\"color\":\"red\",\"team\":\"Red\",\"owner\":"
    "\"Ada\","
    "\"tags\":[\"x\",\"y\"],\"helpers\":[\"Ada\",\"Bert\"],\"due\":\"2026-01-02\",\"dimensions\":["
    "\"ai\"],"
    "\"opened\":\"2026-01-01T10:00:00Z\",\"extra\":{\"k\":1},\"place\":\"b\"}",
    "{\"name\":\"B\",\"amount\":20,\"ratio\":0.25,\"color\":\"green\",\"team\":\"Blue\",\"tags\":["
    "\"y\"],"
    "\"is_loud\":true,\"weight\":2,\"dimensions\":[\"ai\",\"data\"],\"place\":\"a\"}",
    "{\"name\":\"C\",\"amount\":30,\"color\":\"red\",\"helpers\":[\"Bert\"],\"due\":\"2026-03-"
    "01\"}",
    "{\"name\":\"D\",\"amount\":20}",
};

static int set_up(void **state)
{
    (void)state;
    test_rest_open(&rest);
    for (size_t i = 0; i < sizeof gadgets / sizeof gadgets[0]; i++)
        test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", gadgets[i]);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_rest_close(&rest);
    return 0;
}

/* The names of the rows that the query gives, as one word. */
static void assert_lists(const char *query, const char *names)
{
    char line[256], got[64] = "";
    snprintf(line, sizeof line, "GET /api/v1/gadgets?%s", query);
    test_rest_ask(&rest, 200, line, "", "");
    const struct json *items = test_member(&rest, "items");
    for (uint32_t i = 0; i < items->count; i++)
        got[i] = json_get(&items->item[i], "name")->text.at[0];
    if (strcmp(got, names) != 0)
        print_error("%s: wanted %s, got %s\n", query, names, got);
    assert_string_equal(got, names);
}

static void assert_refuses(const char *query, int status, const char *part)
{
    char line[256];
    snprintf(line, sizeof line, "GET /api/v1/gadgets?%s", query);
    test_rest_ask(&rest, status, line, "", "");
    test_assert_problem(&rest, status == 400 ? "usage" : "invalid", part, query, 0);
}

static void a_field_is_a_filter(void **state)
{
    (void)state;
    static const char *const lists[][2] = {
        { "", "ABCD" },
        { "amount=20", "BD" },
        { "amount.not=20", "AC" },
        { "amount.min=20", "BCD" },
        { "amount.max=20", "ABD" },
        { "amount.min=15&amount.max=25&color.not=green", "D" },
        { "ratio.min=0.3", "A" },
        { "ratio=", "CD" },
        { "ratio.not=", "AB" },
        { "name=a", "A" },
        { "name.min=B&name.max=C", "BC" },
        { "is_loud=yes", "B" },
        { "is_loud=false", "ACD" },
        { "color=red", "AC" },
        { "color.not=red", "BD" },
        { "due.max=2026-02-01", "A" },
        { "opened=2026-01-01T11:00:00%2B01:00", "A" },
        { "state=draft", "ABCD" },
        { "extra=", "BCD" },
        { "extra.not=", "A" },
        { "place.min=b", "A" },
        { "created.min=2026-11-16", "ABCD" },
        { "changed.max=2026-11-15", "" },
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        assert_lists(lists[i][0], lists[i][1]);
}

static void refs_and_lists_are_filters_by_what_they_hold(void **state)
{
    (void)state;
    static const char *const lists[][2] = {
        { "team=Red", "A" },
        { "team=TEAM-2", "B" },
        { "team=", "CD" },
        { "team.not=Red", "BCD" },
        { "owner=PER-1", "A" },
        { "tags=y", "AB" },
        { "tags=x,y", "A" },
        { "tags=y&tags.not=x", "B" },
        { "tags=", "CD" },
        { "tags.not=", "AB" },
        { "tags=z", "" },
        { "helpers=Bert", "AC" },
        { "helpers=Bert&helpers=Ada", "A" },
        { "helpers.not=Ada", "BCD" },
        { "helpers=", "BD" },
        { "dimension=ai", "AB" },
        { "dimension=ai&dimension=data", "B" },
        { "dimension=people", "" },
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        assert_lists(lists[i][0], lists[i][1]);
}

static void a_list_is_sorted_with_unknown_values_last(void **state)
{
    (void)state;
    assert_lists("sort=-name", "DCBA");
    assert_lists("sort=amount", "ABDC");
    assert_lists("sort=-amount", "CDBA");
    assert_lists("sort=ratio", "BACD");
    assert_lists("sort=-ratio", "ABDC");
    assert_lists("sort=-created", "DCBA");
    assert_lists("sort=-id", "DCBA");
    assert_lists("sort=place", "BACD");
}

/* Page by page is the same as all at once. */
static void pages_follow_each_other_in_every_order(void **state)
{
    (void)state;
    static const char *const orders[][2] = {
        { "sort=id", "ABCD" },     { "sort=-id", "DCBA" },    { "sort=ratio", "BACD" },
        { "sort=-ratio", "ABDC" }, { "sort=-amount", "CDBA" }, { "sort=name", "ABCD" },
        { "sort=-changed", "DCBA" },
    };
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        char line[256], got[64] = "", after[64] = "";
        for (size_t count = 0; count < 4; count++) {
            snprintf(line, sizeof line, "GET /api/v1/gadgets?limit=1&%s%s", orders[i][0], after);
            test_rest_ask(&rest, 200, line, "", "");
            assert_int_equal(test_member(&rest, "items")->count, 1);
            got[count] = test_member(&rest, "items/0/name")->text.at[0];
            const struct json *next = test_member(&rest, "next");
            assert_int_equal(next->kind, count < 3 ? JSON_TEXT : JSON_NULL);
            if (count < 3)
                snprintf(after, sizeof after, "&after=%.*s", TEXT_FMT(next->text));
        }
        assert_string_equal(got, orders[i][1]);
    }
}

static void dropped_rows_are_listed_on_demand(void **state)
{
    (void)state;
    test_rest_ask(&rest, 204, "DELETE /api/v1/gadgets/GAD-2", "", "");
    assert_lists("", "ACD");
    assert_lists("archived=yes", "ABCD");
    assert_lists("archived", "ABCD");
    assert_lists("archived=no", "ACD");
    assert_refuses("archived=perhaps", 422, "yes or no");
}

static void what_is_no_filter_is_refused_with_the_nearest(void **state)
{
    (void)state;
    assert_refuses("colour=red", 400, "'colour' is no filter of gadgets: did you mean 'color'?");
    assert_refuses("amount.mim=3", 400, "did you mean 'amount.min'?");
    assert_refuses("limt=3", 400, "did you mean 'limit'?");
    assert_refuses("qqqqqqqqqq=3", 400, "give a field, such as 'name'");
    assert_refuses("color.min=red", 400, "'color.min' is no filter");
    assert_refuses("tags.max=x", 400, "'tags.max' is no filter");
    assert_refuses("password=x", 400, "'password' is no filter");
    assert_refuses("remark=x", 400, "'remark' is no filter");
    assert_refuses("q=lamp", 400, "'q' is no filter");
}

static void values_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    assert_refuses("amount=many", 422, "'amount' must be a whole number");
    assert_refuses("color=pink", 422, "red, green or blue");
    assert_refuses("team=Green", 422, "there is no Team 'Green'");
    assert_refuses("due=soon", 422, "a day such as");
    assert_refuses("dimension=tech", 422, "'dimension' takes data");
    assert_refuses("extra=1", 422, "only be asked for empty");
    assert_refuses("amount.min=", 422, "'amount.min' needs a value");
    assert_refuses("limit=0", 422, "1 to 1000");
    assert_refuses("limit=1001", 422, "1 to 1000");
    assert_refuses("limit=ten", 422, "1 to 1000");
    assert_refuses("sort=colour", 422, "the nearest field is 'color'");
    assert_refuses("sort=tags", 422, "cannot be sorted by 'tags'");
    assert_refuses("sort=password", 422, "cannot be sorted by 'password'");
    assert_refuses("after=x", 422, "'after' is not the 'next'");
    assert_refuses("after=3:i7", 422, "'after' is not the 'next'");
    assert_refuses("sort=amount&after=3", 422, "'after' is not the 'next'");
    assert_refuses("sort=amount&after=3:q", 422, "'after' is not the 'next'");
}

static void more_filters_than_a_list_takes_are_refused(void **state)
{
    (void)state;
    char query[200] = "amount=20";
    for (int i = 0; i < 15; i++)
        memcpy(query + 9 + 10 * (size_t)i, "&amount=20", 11);
    assert_lists(query, "BD");
    memcpy(query + 159, "&amount=20", 11);
    assert_refuses(query, 400, "more than 16 filters");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* --- the past --- */

static void change_an_hour_later(void)
{
    rest.store.call.now += STAMP_HOUR;
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "", "{\"color\":\"green\"}");
    test_rest_ask(&rest, 204, "DELETE /api/v1/gadgets/GAD-3", "", "");
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"E\",\"color\":\"red\"}");
}

static void a_list_of_the_past_is_filtered_sorted_and_paged(void **state)
{
    (void)state;
    change_an_hour_later();
    assert_lists("color=red", "E");
    assert_lists("color=red&as_of=2026-11-16T07:30:00Z", "AC");
    assert_lists("sort=-amount&as_of=2026-11-16T07:30:00Z&limit=2", "CD");
    char line[256];
    text next = test_member(&rest, "next")->text;
    snprintf(line, sizeof line, "sort=-amount&as_of=2026-11-16T07:30:00Z&limit=2&after=%.*s",
             TEXT_FMT(next));
    assert_lists(line, "BA");
    assert_lists("as_of=2026-11-16T06:00:00Z", "");
    assert_lists("as_of=2099-01-01", "ABDE");
    assert_lists("as_of=2099-01-01&archived=yes", "ABCDE");
}

static void a_row_is_shown_as_it_was(void **state)
{
    (void)state;
    change_an_hour_later();
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1?as_of=2026-11-16T07:30:00Z", "", "");
    assert_member(&rest, "color", "red");
    test_rest_ask(&rest, 200, "GET /api/v1/gadgets/GAD-1?as_of=2099-01-01", "", "");
    assert_member(&rest, "color", "green");
    test_rest_ask(&rest, 404, "GET /api/v1/gadgets/GAD-5?as_of=2026-11-16T07:30:00Z", "", "");
    assert_problem(&rest, "not_found", "there was no Gadget 'GAD-5' then");
}

static void what_was_dropped_long_ago_is_kept_and_comes_back(void **state)
{
    (void)state;
    test_rest_ask(&rest, 204, "DELETE /api/v1/gadgets/GAD-3", "", "");
    rest.store.call.now += 40 * STAMP_DAY;
    assert_lists("", "ABD");
    assert_lists("archived=yes", "ABCD");
    test_rest_ask(&rest, 200, "POST /api/v1/gadgets/GAD-3/undo", "", "");
    assert_lists("", "ABCD");
}

static void what_is_no_instant_is_refused(void **state)
{
    (void)state;
    static const char *const refused[] = { "yesterday", "", "2026-02-30", "2026-11-16T07:00" };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        char line[96];
        snprintf(line, sizeof line, "GET /api/v1/gadgets?as_of=%s", refused[i]);
        test_rest_ask(&rest, 422, line, "", "");
        assert_problem(&rest, "invalid", "'as_of'");
        snprintf(line, sizeof line, "GET /api/v1/gadgets/GAD-1?as_of=%s", refused[i]);
        test_rest_ask(&rest, 422, line, "", "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_field_is_a_filter),
        TEST(refs_and_lists_are_filters_by_what_they_hold),
        TEST(a_list_is_sorted_with_unknown_values_last),
        TEST(pages_follow_each_other_in_every_order),
        TEST(dropped_rows_are_listed_on_demand),
        TEST(what_is_no_filter_is_refused_with_the_nearest),
        TEST(values_that_do_not_fit_are_refused),
        TEST(more_filters_than_a_list_takes_are_refused),
        TEST(a_list_of_the_past_is_filtered_sorted_and_paged),
        TEST(a_row_is_shown_as_it_was),
        TEST(what_was_dropped_long_ago_is_kept_and_comes_back),
        TEST(what_is_no_instant_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
