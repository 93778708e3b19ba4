/* A deck cut into slides, and as one file that needs no other. */
#include "base/slides.h"
#include "support/support.h"

static int set_up(void **state)
{
    static struct call call;
    test_call_init(&call);
    *state = &call;
    return 0;
}

static int tear_down(void **state)
{
    call_release(*state);
    return 0;
}

#define WITH_CALL(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static struct slides cut(struct call *call, const char *source)
{
    struct slides slides;
    assert_done(call, slides_read(call, text_of(source), &slides));
    return slides;
}

static void assert_slide(const struct slides *slides, size_t number, const char *markdown)
{
    assert_true(number <= slides->count);
    assert_text(text_trim(slides->slide[number - 1].markdown), markdown);
}

static void a_rule_begins_the_next_slide(void **state)
{
    struct call *call = *state;
    struct slides slides = cut(call, "# One\n\n---\n\ntwo\n\n* * *\nthree\n");
    assert_int_equal(slides.count, 3);
    assert_slide(&slides, 1, "# One");
    assert_slide(&slides, 2, "two");
    assert_slide(&slides, 3, "three");
}

static void a_rule_in_code_or_below_a_heading_is_no_cut(void **state)
{
    struct call *call = *state;
    assert_int_equal(cut(call, "```\na\n---\nb\n```\n").count, 1);
    assert_int_equal(cut(call, "~~~ yaml\n\n---\n~~~\n").count, 1);
    assert_int_equal(cut(call, "A heading\n---\nwords\n").count, 1);
    assert_int_equal(cut(call, "- a list\n\n  ---\n\n  goes on\n").count, 1);
    assert_int_equal(cut(call, "```\na\n```\n\n---\nb\n").count, 2);
}

static void front_matter_says_how_all_slides_look(void **state)
{
    struct call *call = *state;
    struct slides slides = cut(call, "---\nmarp: true\ntheme: gaia\nsize: 4:3\n"
                                     "paginate: true\n"
                                     "header: 'Ada''s week'\nfooter: a: b\n---\n# One\n\n"
                                     "---\ntwo\n");
    assert_int_equal(slides.count, 2);
    assert_text(slides.theme, "gaia");
    assert_true(slides.is_narrow);
    assert_true(slides.slide[1].has_number);
    assert_text(slides.slide[1].header, "Ada's week");
    assert_text(slides.slide[1].footer, "a: b");
}

static void an_unknown_theme_is_the_first_and_front_matter_without_end_is_text(void **state)
{
    struct call *call = *state;
    assert_text(cut(call, "---\ntheme: neon\n---\n# One\n").theme, "default");
    struct slides slides = cut(call, "---\ntheme: gaia\n\n# One\n");
    assert_text(slides.theme, "default");
    assert_slide(&slides, 2, "theme: gaia\n\n# One");
}

static void headings_divide_where_the_head_says_so(void **state)
{
    struct call *call = *state;
    struct slides slides =
        cut(call, "---\nheadingDivider: 2\n---\n<!-- _class: lead -->\n# One\n\n## Two\n\n"
                  "### no\n\n---\n\n## Three\n");
    assert_int_equal(slides.count, 3);
    assert_text(slides.slide[0].classes, "lead");
    assert_slide(&slides, 2, "## Two\n\n### no");
    assert_slide(&slides, 3, "## Three");
    assert_int_equal(cut(call, "# One\n\n## Two\n").count, 1);
}

static void a_directive_with_a_line_before_it_is_of_one_slide(void **state)
{
    struct call *call = *state;
    struct slides slides = cut(call, "<!-- class: invert -->\na\n\n---\n<!-- _class: lead\n"
                                     "_paginate: true -->\nb\n\n---\nc\n");
    assert_text(slides.slide[0].classes, "invert");
    assert_text(slides.slide[1].classes, "lead");
    assert_true(slides.slide[1].has_number);
    assert_text(slides.slide[2].classes, "invert");
    assert_false(slides.slide[2].has_number);
    assert_text(cut(call, "<!-- class: a\" onclick=\"x -->\n").slide[0].classes, "a  onclick  x");
}

static void other_comments_are_what_the_speaker_says(void **state)
{
    struct call *call = *state;
    struct slides slides = cut(call, "a <!-- first --> b\n\n<!--\nsecond: thing\n-->\n\n---\nc\n");
    assert_text(slides.slide[0].notes, "first\n\nsecond: thing");
    assert_text(slides.slide[1].notes, "");
    assert_text(cut(call, "`<!-- code -->`\n").slide[0].notes, "");
}

static void a_byte_is_of_one_slide(void **state)
{
    struct call *call = *state;
    struct slides slides = cut(call, "one\n\n---\ntwo\n");
    assert_int_equal(slides_at(&slides, 0), 1);
    assert_int_equal(slides_at(&slides, 10), 2);
    assert_int_equal(slides_at(&slides, 1000), 2);
}

static text html_of(struct call *call, const char *source)
{
    struct slides slides = cut(call, source);
    struct out out;
    out_init(&out, call);
    assert_done(call, slides_write_html(call, &slides, TEXT("A & B"), &out));
    return out_view(&out);
}

static void assert_holds(text html, const char *part, bool holds)
{
    bool is_there = text_find(html, text_of(part)) != SIZE_MAX;
    if (is_there != holds)
        print_error("'%s' in:\n%.*s\n", part, TEXT_FMT(html));
    assert_int_equal(is_there, holds);
}

static void the_file_needs_no_other(void **state)
{
    struct call *call = *state;
    text html = html_of(call, "---\nheader: <b>&\n---\n# One\n\n"
                              "![a picture](https://x.example/p.png)"
                              "\n\n<script>alert(1)</script>\n\n<!-- say </div> -->\n"
                              "[no](javascript:alert(1))\n");
    assert_holds(html, "<title>A &amp; B</title>", true);
    assert_holds(html, "<a href=\"https://x.example/p.png\">a picture</a>", true);
    assert_holds(html, "<img", false);
    assert_holds(html, "alert(1)</script>", false);
    assert_holds(html, "javascript:alert", false);
    assert_holds(html, "<header>&lt;b&gt;&amp;</header>", true);
    assert_holds(html, "say &lt;/div&gt;", true);
    assert_holds(html, "default-src 'none'", true);
    assert_holds(html, "@page{size:1280px 720px}", true);
    html = html_of(call, "---\nsize: 4:3\n---\n![a](data:image/png;base64,AA==)\n");
    assert_holds(html, "<img src=\"data:image/png", true);
    assert_holds(html, "@page{size:960px 720px}", true);
}

static void too_many_slides_are_refused(void **state)
{
    struct call *call = *state;
    struct out out;
    struct slides slides;
    out_init(&out, call);
    for (int i = 0; i < SLIDES_MAX - 1; i++)
        out_string(&out, "a\n\n---\n");
    assert_done(call, slides_read(call, out_view(&out), &slides));
    out_string(&out, "\n---\n");
    assert_false(slides_read(call, out_view(&out), &slides));
    assert_refused(call, FAIL_TOO_LARGE, "more than 400 slides");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CALL(a_rule_begins_the_next_slide),
        WITH_CALL(a_rule_in_code_or_below_a_heading_is_no_cut),
        WITH_CALL(front_matter_says_how_all_slides_look),
        WITH_CALL(an_unknown_theme_is_the_first_and_front_matter_without_end_is_text),
        WITH_CALL(headings_divide_where_the_head_says_so),
        WITH_CALL(a_directive_with_a_line_before_it_is_of_one_slide),
        WITH_CALL(other_comments_are_what_the_speaker_says),
        WITH_CALL(a_byte_is_of_one_slide),
        WITH_CALL(the_file_needs_no_other),
        WITH_CALL(too_many_slides_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
