/* What the text of a note says, and what its code does not. */
#include "rooms/day/note_text.h"

#include "support/support.h"

static void assert_marks(const char *body, const char *expected)
{
    static const char signs[] = { '@', '#', '!', '=' };
    struct call call;
    struct note_marks marks;
    char got[256] = "";
    int size = 0;
    call_init(&call, CALL_MEMORY_DEFAULT);
    assert_done(&call, note_text_marks(&call, text_of(body), &marks));
    for (size_t i = 0; i < marks.count; i++)
        size += snprintf(got + size, sizeof got - (size_t)size, "%s%c%.*s", i ? " " : "",
                         signs[marks.mark[i].kind], TEXT_FMT(marks.mark[i].word));
    assert_string_equal(got, expected);
    call_release(&call);
}

static void marks_are_found_where_words_begin(void **state)
{
    (void)state;
    assert_marks("@ben #eval-set due:2026-12-01, dim:ai.", "@ben #eval-set !2026-12-01 =ai");
    assert_marks("(@ben) **#a** @Zoë", "@ben #a @Zoë");
    assert_marks("a@b.org http://x/#top #12 ## head overdue:x due: @", "");
}

static void code_says_nothing(void **state)
{
    (void)state;
    assert_marks("`@a` ``x ` #b`` #c", "#c");
    assert_marks("a ` @b", "@b");
    assert_marks("a ` b\n\n@c ` d", "@c");
    assert_marks("```c\n@a\n``\n#b\n```\n#c", "#c");
    assert_marks("~~~\n```\n@a\n~~~\n@b\n   ```\n@c", "@b");
    assert_marks("``` inline ``` @a", "@a");
}

static void a_title_is_the_first_line_with_words(void **state)
{
    (void)state;
    assert_text(note_text_title(TEXT("\n\n## Head  \nx")), "Head");
    assert_text(note_text_title(TEXT("- > item")), "item");
    assert_text(note_text_title(TEXT("#tag first")), "#tag first");
    assert_text(note_text_title(TEXT("**bold** x")), "**bold** x");
    assert_text(note_text_title(TEXT(" \n--\n")), "");
}

static void names_end_where_words_end(void **state)
{
    (void)state;
    assert_true(note_text_names(TEXT("ada lovelace, x"), TEXT("Ada Lovelace")));
    assert_true(note_text_names(TEXT("Ada"), TEXT("Ada")));
    assert_true(note_text_names(TEXT("Ada- x"), TEXT("Ada")));
    assert_false(note_text_names(TEXT("Adam"), TEXT("Ada")));
    assert_false(note_text_names(TEXT("Ada-Lena"), TEXT("Ada")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_found_where_words_begin),
        cmocka_unit_test(code_says_nothing),
        cmocka_unit_test(a_title_is_the_first_line_with_words),
        cmocka_unit_test(names_end_where_words_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
