/*
 * Searching through the address and the command: what people type, what they get, and what nobody
 * hears of others' rows, neither in results nor in their order.
 */
#include "support/support.h"

#include "offers/search.h"
#include "offers/search_page.h"
#include "support/test_lines.h"
#include "support/test_rest.h"

static struct test_rest rest;
static struct test_lines lines;

static int set_up(void **state)
{
    (void)state;
    test_rest_open(&rest);
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "",
                  "{\"name\":\"Old lamp\",\"about\":\"It stands in the cellar.\","
                  "\"owner\":\"Bert\","
                  "\"tags\":[\"x\",\"two\"],\"remark\":\"quokka\",\"password\":\"wombat\"}");
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "",
                  "{\"name\":\"Rope\",\"about\":\"Hangs beside the old lamp.\",\"tags\":[\"x\"]}");
    test_rest_ask(&rest, 201, "POST /api/v1/diaries", "",
                  "{\"headline\":\"lamp quokka\",\"entry\":\"lamp lamp lamp\"}");
    test_rest_ask(&rest, 201, "POST /api/v1/plan-items", "",
                  "{\"name\":\"lamp quokka\",\"team\":\"Red\"}");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_rest_close(&rest);
    return 0;
}

static void ask(int status, const char *query)
{
    char line[256];
    snprintf(line, sizeof line, "GET /api/v1/search?%s", query);
    test_rest_ask(&rest, status, line, "", "");
}

/* The titles of what is found, each followed by a bar. */
static void assert_finds(const char *query, const char *titles)
{
    struct out got;
    ask(200, query);
    out_init(&got, &rest.store.call);
    const struct json *items = test_member(&rest, "items");
    for (uint32_t i = 0; i < items->count; i++)
        out_format(&got, "%.*s|", TEXT_FMT(json_get(&items->item[i], "title")->text));
    test_assert_text(out_view(&got), titles, query, 0);
}

static void assert_refuses(const char *query, const char *part)
{
    ask(422, query);
    test_assert_problem(&rest, "invalid", part, query, 0);
}

static void a_result_says_what_where_when_and_who(void **state)
{
    (void)state;
    ask(200, "q=cellar");
    assert_int_equal(test_member(&rest, "items")->count, 1);
    assert_int_equal(test_member(&rest, "items/0")->count, 7);
    assert_member(&rest, "items/0/record", "gadget");
    assert_member(&rest, "items/0/id", "GAD-1");
    assert_member(&rest, "items/0/title", "Old lamp");
    assert_member(&rest, "items/0/field", "about");
    assert_member(&rest, "items/0/excerpt", "It stands in the cellar.");
    assert_true(text_starts(test_member(&rest, "items/0/changed")->text, TEXT("2026-11-16T")));
    assert_member(&rest, "items/0/by", "Ada");
    assert_int_equal(test_member(&rest, "next")->kind, JSON_NULL);
    ask(200, "q=GAD-2");
    assert_int_equal(test_member(&rest, "items/0/field")->kind, JSON_NULL);
    assert_int_equal(test_member(&rest, "items/0/excerpt")->kind, JSON_NULL);
}

static void all_words_must_be_there_and_the_last_may_go_on(void **state)
{
    (void)state;
    assert_finds("q=old%20lamp&kind=gadget", "Old lamp|Rope|");
    assert_finds("q=LAMP%20OLD&kind=gadget", "Old lamp|Rope|");
    assert_finds("q=old%20la&kind=gadget", "Old lamp|Rope|");
    assert_finds("q=ol%20lamp", ""); /* only the last */
    assert_finds("q=lamp%20cellar", "Old lamp|");
    assert_finds("q=lamp%20wallaby", "");
}

static void an_id_puts_its_row_in_front(void **state)
{
    (void)state;
    assert_finds("q=GAD-2", "Rope|");
    assert_finds("q=gad-2%20gad-1", "Rope|Old lamp|");
    assert_finds("q=GAD-2&kind=team", "");
    assert_finds("q=GAD-99", "");
    test_rest_ask(&rest, 201, "POST /api/v1/gadgets", "", "{\"name\":\"Instead of GAD-2\"}");
    assert_finds("q=GAD-2", "Rope|Instead of GAD-2|");
}

static void a_qualifier_narrows_the_search(void **state)
{
    (void)state;
    assert_finds("q=lamp%20tag:x", "Old lamp|Rope|");
    assert_finds("q=tag:%22two%22", "Old lamp|");
    assert_finds("q=tag:x%20tag:two", "Old lamp|");
    assert_finds("q=tag:y", "");
    assert_finds("q=cellar%20by:Bert", "Old lamp|"); /* its owner */
    assert_finds("q=hangs%20by:Bert", "");
    assert_finds("q=hangs%20by:Ada", "Rope|"); /* who changed it */
    assert_finds("q=hangs%20by:PER-1", "Rope|");
    assert_finds("q=hangs%20since:2026-11-16", "Rope|");
    assert_finds("q=hangs%20since:2026-11-17", "");
    assert_finds("q=hangs%20until:2026-11-16", "Rope|");
    assert_finds("q=hangs%20until:2026-11-15", "");
    assert_finds("q=SINCE:2026-11-16&kind=gadget", "Rope|Old lamp|"); /* the newest first */
    assert_finds("q=note:hangs", ""); /* no qualifier: two words */
}

static void what_makes_no_sense_is_refused_in_a_sentence(void **state)
{
    (void)state;
    static const char *const refused[][2] = {
        { "q=", "there is nothing to search for: give words" },
        { "", "there is nothing to search for" },
        { "q=%20.%20!", "there is nothing to search for" },
        { "q=lamp&kind=gadgt", "there is no record called 'gadgt': did you mean 'gadget'?" },
        { "q=lamp&kind=elephant", "there is no record called 'elephant'" },
        { "q=lamp&limit=0", "1 to 100" },
        { "q=lamp&limit=101", "1 to 100" },
        { "q=lamp&limit=x", "1 to 100" },
        { "q=tag:", "'tag:' needs a value right behind it" },
        { "q=tag:%22x", "the quotes after 'tag:' are not closed" },
        { "q=by:nobody", "there is no person 'nobody'" },
        { "q=by:Ada%20by:Bert", "'by:' is given twice" },
        { "q=since:yesterday", "'since:' needs a day such as 2026-11-16, not 'yesterday'" },
        { "q=until:2026-02-30", "'until:' needs a day" },
        { "q=since:2026-01-01%20since:2026-01-02", "'since:' is given twice" },
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_refuses(refused[i][0], refused[i][1]);
    ask(200, "q=lamp&limit=1");
    assert_int_equal(test_member(&rest, "items")->count, 1);
    ask(200, "q=lamp&limit=100&kind=gadgets");
    ask(400, "word=lamp");
    ask(400, "q=%FF");
}

static void too_much_is_refused_and_as_much_as_is_allowed_is_not(void **state)
{
    (void)state;
    char words[256] = "q=w0", tags[256] = "q=tag:t0";
    for (int i = 1; i < MATCH_WORDS_MAX; i++)
        snprintf(words + strlen(words), sizeof words - strlen(words), "%%20w%d", i);
    for (int i = 1; i < MATCH_TAGS_MAX; i++)
        snprintf(tags + strlen(tags), sizeof tags - strlen(tags), "%%20tag:t%d", i);
    assert_finds(words, "");
    assert_finds(tags, "");
    snprintf(words + strlen(words), sizeof words - strlen(words), "%%20more");
    snprintf(tags + strlen(tags), sizeof tags - strlen(tags), "%%20tag:more");
    assert_refuses(words, "more than 32 words");
    assert_refuses(tags, "more than 8 tags");
}

/* What the request answers, byte for byte. */
static text answer(struct call *call, const char *query)
{
    ask(200, query);
    return call_text(call, out_view(&rest.reply.body));
}

static void nobody_hears_of_others_rows(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_finds("q=quokka", "lamp quokka|Old lamp|lamp quokka|");
    assert_finds("q=wombat", ""); /* a secret is not found by its author either */
    test_act_as(&rest.store.call, TEST_BERT);
    assert_finds("q=quokka", "");
    assert_finds("q=quok", "");
    assert_finds("q=quokka%20by:Ada", "");
    assert_finds("q=by:Ada&kind=diary", "");
    assert_finds("q=by:Ada&kind=plan_item", "");
    assert_finds("q=PLAN-1", "");
    assert_finds("q=lamp", "Old lamp|Rope|");
    text before = answer(&call, "q=lamp");
    test_act_as(&rest.store.call, TEST_ADA);
    for (int i = 0; i < 5; i++)
        test_rest_ask(&rest, 201, "POST /api/v1/plan-items", "",
                      i % 2 ? "{\"name\":\"old cellar\",\"team\":\"Red\"}"
                            : "{\"name\":\"lamp lamp\",\"team\":\"Red\"}");
    test_act_as(&rest.store.call, TEST_BERT);
    assert_true(text_equal(answer(&call, "q=lamp"), before));
    test_act_as(&rest.store.call, 0);
    assert_finds("q=lamp", "Old lamp|Rope|");
    call_release(&call);
}

static void a_changed_a_dropped_and_a_returned_row(void **state)
{
    (void)state;
    test_rest_ask(&rest, 200, "PATCH /api/v1/gadgets/GAD-1", "", "{\"about\":\"In the attic.\"}");
    assert_finds("q=cellar", "");
    assert_finds("q=attic", "Old lamp|");
    test_rest_ask(&rest, 204, "DELETE /api/v1/gadgets/GAD-1", "", "");
    assert_finds("q=attic", "");
    assert_finds("q=GAD-1", "");
    test_rest_ask(&rest, 200, "POST /api/v1/gadgets/GAD-1/undo", "", "");
    assert_finds("q=attic", "Old lamp|");
}

static void an_excerpt_is_one_line_around_the_word(void **state)
{
    (void)state;
    struct call *call = &rest.store.call;
    assert_text(search_page_excerpt(call, TEXT("one\n\n\ttwo"), 0, 3), "one two");
    struct out out;
    out_init(&out, call);
    for (int i = 0; i < 40; i++)
        out_string(&out, "wörter ");
    text excerpt = search_page_excerpt(call, out_view(&out), 160, 7);
    assert_true(text_starts(excerpt, TEXT("…wörter ")));
    assert_true(text_is_utf8(excerpt));
    assert_true(excerpt.size < 200);
    assert_text(text_from(excerpt, excerpt.size - 3), "…");
}

static int set_up_lines(void **state)
{
    (void)state;
    test_lines_open(&lines);
    assert_true(test_line(&lines, "gadget add --name 'Old lamp' --about 'In the cellar.' "
                                  "--tags x"));
    return 0;
}

static int tear_down_lines(void **state)
{
    (void)state;
    test_lines_close(&lines);
    return 0;
}

static void the_command_shows_a_table_or_json(void **state)
{
    (void)state;
    assert_shows(&lines, "search old cel", "GAD-1");
    assert_shows(&lines, "search cel", "In the cellar.");
    assert_shows(&lines, "search old cel --json", "\"id\":\"GAD-1\"");
    assert_shows(&lines, "search tag:x", "Old lamp");
    assert_fails(&lines, "search 'by:Ada L.'", FAIL_INVALID, "no person 'Ada L.'"); /* no quotes */
    assert_shows(&lines, "search lamp --kind gadget --limit 1", "Old lamp");
    assert_shows(&lines, "search wallaby", "nothing was found: search with fewer or shorter words");
    assert_fails(&lines, "search .", FAIL_INVALID, "there is nothing to search for");
    assert_fails(&lines, "search lamp --kind gadgt", FAIL_INVALID, "did you mean 'gadget'?");
    assert_fails(&lines, "search lamp --limit 0", FAIL_USAGE, "1 to 100");
    assert_fails(&lines, "search", FAIL_USAGE, "WORDS");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_result_says_what_where_when_and_who),
        TEST(all_words_must_be_there_and_the_last_may_go_on),
        TEST(an_id_puts_its_row_in_front),
        TEST(a_qualifier_narrows_the_search),
        TEST(what_makes_no_sense_is_refused_in_a_sentence),
        TEST(too_much_is_refused_and_as_much_as_is_allowed_is_not),
        TEST(nobody_hears_of_others_rows),
        TEST(a_changed_a_dropped_and_a_returned_row),
        TEST(an_excerpt_is_one_line_around_the_word),
        cmocka_unit_test_setup_teardown(the_command_shows_a_table_or_json, set_up_lines,
                                        tear_down_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
