/* Markdown as HTML: what is rendered, what is left out, and what no table may cost. */
#include "support/support.h"

#include "base/markdown.h"
#include "base/markdown_words.h"
#include "base/out.h"

#include <sys/resource.h>

static struct call call;

static int set_up(void **state)
{
    (void)state;
    test_call_init(&call);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static text rendered(text source)
{
    text html;
    assert_done(&call, markdown_html(&call, source, &html));
    return html;
}

static void assert_html(const char *source, const char *html)
{
    assert_text(rendered(text_of(source)), html);
}

static bool holds(text whole, const char *part)
{
    return text_find(whole, text_of(part)) != SIZE_MAX;
}

static void usual_markdown_becomes_html(void **state)
{
    (void)state;
    assert_html("# A\n\n*b* & `c`", "<h1>A</h1>\n<p><em>b</em> &amp; <code>c</code></p>\n");
    assert_html("~~gone~~", "<p><del>gone</del></p>\n");
    assert_html("www.example.org",
                "<p><a href=\"http://www.example.org\">www.example.org</a></p>\n");
    assert_true(holds(rendered(TEXT("- [x] done\n- [ ] open")), "type=\"checkbox\""));
    assert_html("| a |\n|:-:|\n| 1 |",
                "<table>\n<thead>\n<tr>\n<th align=\"center\">a</th>\n</tr>\n</thead>\n<tbody>\n"
                "<tr>\n<td align=\"center\">1</td>\n</tr>\n</tbody>\n</table>\n");
    assert_html("", "");
}

static void what_could_run_is_left_out(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b",
        "[a](javascript:alert(1))",  "[a](JaVaScRiPt:alert(1))",
        "![a](vbscript:x)",          "[a](data:text/html,x)",
        "<javascript:alert(1)>",     "[a]\n\n[a]: javascript:alert(1)",
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        text html = rendered(text_of(sources[i]));
        assert_false(holds(html, "<script") || holds(html, "<img src=x"));
        assert_false(holds(html, "=\"javascript:") || holds(html, "=\"JaVaScRiPt:"));
        assert_false(holds(html, "=\"vbscript:") || holds(html, "=\"data:"));
    }
    assert_true(holds(rendered(TEXT("[a](https://example.org)")), "href=\"https://example.org\""));
}

static void a_picture_of_another_host_is_a_link(void **state)
{
    (void)state;
    static const char *const elsewhere[] = { "https://evil.example/x.png", "//evil.example/x.png",
                                             "/\\\\evil.example/x.png", "x.png" };
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        text html = rendered(call_format(&call, "a ![*words* b](%s) c", elsewhere[i]));
        assert_false(holds(html, "<img"));
        assert_true(holds(html, "\"><em>words</em> b</a> c"));
    }
    assert_true(holds(rendered(TEXT("![a](/api/v1/blobs/1)")), "<img src=\"/api/v1/blobs/1\""));
    assert_true(holds(rendered(TEXT("![a](data:image/png;base64,iVBO)")), "<img src=\"data:"));
}

static void words_of_others_are_read_as_they_are(void **state)
{
    (void)state;
    struct out out;
    out_init(&out, &call);
    out_string(&out, "| a | b |\n|---|---|\n| ");
    markdown_write_words(&call, TEXT("x|y *z* <b> www.a.b [c](d) `e\\"), &out);
    out_string(&out, " | ");
    markdown_write_words(&call, TEXT_NONE, &out);
    out_string(&out, " |\n");
    text html = rendered(out_view(&out));
    assert_true(holds(html, "<td>x|y *z* &lt;b&gt; www.a.b [c](d) `e\\</td>\n<td></td>"));
}

static void no_style_stands_in_the_html(void **state)
{
    (void)state;
    assert_false(holds(rendered(TEXT("|a|b|\n|:-|-:|\n|1|2|")), "style"));
}

static void a_text_is_rendered_up_to_its_limit(void **state)
{
    (void)state;
    struct out out;
    text html;
    out_init(&out, &call);
    out_repeat(&out, 'a', MARKDOWN_BYTES_MAX);
    assert_int_equal(rendered(out_view(&out)).size, MARKDOWN_BYTES_MAX + 8);
    out_char(&out, 'a');
    assert_false(markdown_html(&call, out_view(&out), &html));
    assert_refused(&call, FAIL_TOO_LARGE, "262144");
}

static void what_is_no_text_is_replaced(void **state)
{
    (void)state;
    assert_text(rendered((text){ "a\xff\0b", 4 }), "<p>a\xef\xbf\xbd\xef\xbf\xbd"
                                                   "b</p>\n");
}

/* A head and a rule of that many columns, then short rows. */
static text table_of(size_t columns, size_t rows, const char *before, const char *end)
{
    struct out out;
    out_init(&out, &call);
    out_string(&out, before);
    for (size_t i = 0; i < columns; i++)
        out_string(&out, "|a");
    out_format(&out, "|%s%s", end, before);
    for (size_t i = 0; i < columns; i++)
        out_string(&out, "|-");
    out_format(&out, "|%s", end);
    for (size_t i = 0; i < rows; i++)
        out_format(&out, "%sb%s", before, end);
    return out_view(&out);
}

static void cells_are_counted_before_anything_is_parsed(void **state)
{
    (void)state;
    static const char *const before[] = { "", "> 1. ", "  - " };
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t cells = markdown_cells(table_of(100, 30, before[i], i ? "\r\n" : "\n"));
        assert_true(cells >= 100 * 31 && cells < 100 * 35);
    }
    assert_int_equal(markdown_cells(TEXT("one\ntwo\n\nthree")), 0);
    size_t alone = markdown_cells(TEXT("|a|b|\n|-|-|\n\n"));
    assert_int_equal(markdown_cells(TEXT("|a|b|\n|-|-|\n\nno row\nno row\n")), alone);
    assert_true(markdown_cells(TEXT("|a|b|\n|-|-|\na row\n\n")) > alone);
}

static void below_the_limit_there_is_a_table_and_above_it_none(void **state)
{
    (void)state;
    assert_true(holds(rendered(table_of(99, 190, "", "\n")), "<table>"));
    static const char *const ends[] = { "\n", "\r\n", "\r" };
    static const char *const before[] = { "", "> ", "   " };
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++)
            assert_false(holds(rendered(table_of(99, 210, before[j], ends[i])), "<table>"));
    assert_true(holds(rendered(table_of(99, 10, "> ", "\r\n")), "<table>"));
}

#ifndef __SANITIZE_ADDRESS__ /* it keeps what was given back */
static void a_table_of_gigabytes_stays_below_32_megabytes(void **state)
{
    (void)state;
    struct rusage before, after;
    text source = table_of(2000, 8000, "", "\n"); /* 24 KB */
    getrusage(RUSAGE_SELF, &before);
    assert_false(holds(rendered(source), "<table>"));
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 32 * 1024);
}
#endif

static void plain_text_has_each_address_once_and_in_full(void **state)
{
    text plain;
    (void)state;
    const text source = TEXT("# Week\n\n[88 %](/runs/1) of **all** ([down](/runs/1)), "
                             "<https://a.example/x>\n\n- one\n- two");
    assert_done(&call, markdown_plain(&call, source, 72, TEXT("https://rondo.example"), &plain));
    assert_text(plain, "Week\n\n88 % <https://rondo.example/runs/1> of all (down), "
                       "https://a.example/x\n\n  - one\n  - two\n");
    assert_done(&call, markdown_plain(&call, TEXT("aaaa bbbb cccc dddd"), 10, TEXT_NONE, &plain));
    assert_text(plain, "aaaa bbbb\ncccc dddd\n");
}

#define MARKDOWN(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifndef __SANITIZE_ADDRESS__
        MARKDOWN(a_table_of_gigabytes_stays_below_32_megabytes),
#endif
        MARKDOWN(plain_text_has_each_address_once_and_in_full),
        MARKDOWN(usual_markdown_becomes_html),
        MARKDOWN(what_could_run_is_left_out),
        MARKDOWN(a_picture_of_another_host_is_a_link),
        MARKDOWN(words_of_others_are_read_as_they_are),
        MARKDOWN(no_style_stands_in_the_html),
        MARKDOWN(a_text_is_rendered_up_to_its_limit),
        MARKDOWN(what_is_no_text_is_replaced),
        MARKDOWN(cells_are_counted_before_anything_is_parsed),
        MARKDOWN(below_the_limit_there_is_a_table_and_above_it_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
