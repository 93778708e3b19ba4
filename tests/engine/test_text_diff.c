/*
 * Diffs: the pieces give both texts back, the script is the shortest, and large texts end in time.
 */
#include "base/out.h"
#include "engine/text_diff.h"

#include "support/support.h"

#include <stdlib.h>
#include <string.h>

static struct text_diff diff_of(struct call *call, text before, text after, enum diff_unit unit)
{
    struct text_diff diff;
    assert_done(call, text_diff(call, before, after, unit, &diff));
    return diff;
}

/* "same|-removed|+added|". */
static void assert_pieces(const char *before, const char *after, enum diff_unit unit,
                          const char *expected)
{
    static const char *const marks[DIFF_OPS] = { "", "-", "+" };
    struct call call;
    struct out out;
    test_call_init(&call);
    struct text_diff diff = diff_of(&call, text_of(before), text_of(after), unit);
    out_init(&out, &call);
    for (size_t i = 0; i < diff.count; i++)
        out_format(&out, "%s%.*s|", marks[diff.piece[i].op], TEXT_FMT(diff.piece[i].words));
    assert_text(out_view(&out), expected);
    call_release(&call);
}

static void words_and_lines(void **state)
{
    (void)state;
    assert_pieces("Be kind.", "Be kind.", DIFF_WORDS, "Be kind.|");
    assert_pieces("", "", DIFF_WORDS, "");
    assert_pieces("", "new", DIFF_WORDS, "+new|");
    assert_pieces("old", "", DIFF_LINES, "-old|");
    assert_pieces("Be kind to {{x}}.", "Be very kind to {{y}}.", DIFF_WORDS,
                  "Be |+very |kind to {{|-x|+y|}}.|");
    assert_pieces("a\nb\nc\n", "a\nc\nd", DIFF_LINES, "a\n|-b\n|c\n|+d|");
    assert_pieces("süß\n", "süßer\n", DIFF_WORDS, "-süß|+süßer|\n|");
}

static text side_of(struct call *call, const struct text_diff *diff, enum diff_op op)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < diff->count; i++)
        if (diff->piece[i].op == DIFF_SAME || diff->piece[i].op == op)
            out_text(&out, diff->piece[i].words);
    return out_view(&out);
}

/* A few letters, so that much is the same by chance; each is a word, since dots stand between. */
static text random_text(struct call *call, int words)
{
    struct out out;
    out_init(&out, call);
    for (int i = 0; i < words; i++)
        out_format(&out, "%c.", 'a' + rand() % 3);
    return out_view(&out);
}

/* The length of the longest common part of the letters, by the table that everybody knows. */
static int longest_common(text a, text b)
{
    static int length[80][80];
    int m = (int)a.size / 2, n = (int)b.size / 2;
    memset(length, 0, sizeof length);
    for (int i = 1; i <= m; i++)
        for (int j = 1; j <= n; j++)
            if (a.at[2 * (i - 1)] == b.at[2 * (j - 1)])
                length[i][j] = length[i - 1][j - 1] + 1;
            else
                length[i][j] = length[i - 1][j] > length[i][j - 1] ? length[i - 1][j]
                                                                    : length[i][j - 1];
    return length[m][n];
}

static size_t letters_of(const struct text_diff *diff, enum diff_op op)
{
    size_t letters = 0;
    for (size_t i = 0; i < diff->count; i++)
        for (size_t c = 0; diff->piece[i].op == op && c < diff->piece[i].words.size; c++)
            letters += diff->piece[i].words.at[c] != '\n';
    return letters;
}

static void random_edits_give_both_texts_back_by_the_shortest_script(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 400; round++) {
        struct call call;
        test_call_init(&call);
        text a = random_text(&call, rand() % 60), b = random_text(&call, rand() % 60);
        struct text_diff diff = diff_of(&call, a, b, DIFF_WORDS);
        assert_true(text_equal(side_of(&call, &diff, DIFF_REMOVED), a));
        assert_true(text_equal(side_of(&call, &diff, DIFF_ADDED), b));
        assert_false(diff.is_coarse);
        call_release(&call);
    }
}

/* By lines of one letter each line is one token, as in the table. */
static void the_script_is_the_shortest(void **state)
{
    (void)state;
    srand(11);
    for (int round = 0; round < 400; round++) {
        struct call call;
        test_call_init(&call);
        text a = random_text(&call, rand() % 60), b = random_text(&call, rand() % 60);
        for (size_t i = 1; i < a.size; i += 2)
            ((char *)a.at)[i] = '\n';
        for (size_t i = 1; i < b.size; i += 2)
            ((char *)b.at)[i] = '\n';
        struct text_diff diff = diff_of(&call, a, b, DIFF_LINES);
        assert_true(text_equal(side_of(&call, &diff, DIFF_REMOVED), a));
        assert_int_equal(letters_of(&diff, DIFF_SAME), longest_common(a, b));
        call_release(&call);
    }
}

static void texts_that_differ_in_everything_end_in_time_and_say_so(void **state)
{
    struct call call;
    struct out a, b;
    (void)state;
    test_call_init(&call);
    out_init(&a, &call);
    out_init(&b, &call);
    for (int i = 0; i < 40000; i++) {
        out_format(&a, "x%d ", i);
        out_format(&b, "y%d ", i);
    }
    struct text_diff diff = diff_of(&call, out_view(&a), out_view(&b), DIFF_WORDS);
    assert_true(diff.is_coarse);
    assert_true(text_equal(side_of(&call, &diff, DIFF_REMOVED), out_view(&a)));
    assert_true(text_equal(side_of(&call, &diff, DIFF_ADDED), out_view(&b)));
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_lines),
        cmocka_unit_test(random_edits_give_both_texts_back_by_the_shortest_script),
        cmocka_unit_test(the_script_is_the_shortest),
        cmocka_unit_test(texts_that_differ_in_everything_end_in_time_and_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
