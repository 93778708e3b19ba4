/* What changed between two texts: nothing is lost, and no shorter way exists. */
#include "engine/word_diff.h"
#include "base/out.h"
#include "support/runs.h"

enum { WORDS_MAX = 12 };

static void assert_diff(const char *from, const char *to, const char *wanted)
{
    static const char mark[] = { [WORD_SAME] = '=', [WORD_REMOVED] = '-', [WORD_ADDED] = '+' };
    struct call call;
    struct word_piece *piece;
    struct out out;
    size_t count;
    test_call_init(&call);
    assert_done(&call, word_diff(&call, text_of(from), text_of(to), &piece, &count));
    out_init(&out, &call);
    for (size_t i = 0; i < count; i++)
        out_format(&out, "%c[%.*s]", mark[piece[i].change], TEXT_FMT(piece[i].words));
    text written = out_view(&out);
    assert_string_equal(call_string(&call, written), wanted);
    call_release(&call);
}

static void pieces_are_in_the_order_of_reading(void **state)
{
    (void)state;
    assert_diff("", "", "");
    assert_diff("the same", "the same", "=[the same]");
    assert_diff("", "new words", "+[new words]");
    assert_diff("old words", "", "-[old words]");
    assert_diff("pay in 30 days", "pay in 14 days", "=[pay in ]-[30]+[14]=[ days]");
    assert_diff("a b c", "a c", "=[a ]-[b ]=[c]");
    assert_diff("a c", "a b c", "=[a ]+[b ]=[c]");
    assert_diff("line one\n", "line one", "=[line one]-[\n]");
}

static void words_that_changed_side_by_side_are_one_phrase(void **state)
{
    (void)state;
    assert_diff("in 30 days; use the form", "in 14 days. Please write",
                "=[in ]-[30 days; use the form]+[14 days. Please write]");
    assert_diff("one two three", "eins two drei", "-[one]+[eins]=[ two ]-[three]+[drei]");
    assert_diff("one\ntwo", "eins\nzwei", "-[one]+[eins]=[\n]-[two]+[zwei]");
    assert_diff("one two ", "eins zwei ", "-[one two]+[eins zwei]=[ ]");
}

/* The length of the longest sequence that both have, the slow way. */
static int longest_common(const char *a, int a_count, const char *b, int b_count)
{
    int best[WORDS_MAX + 1][WORDS_MAX + 1] = { { 0 } };
    for (int i = 1; i <= a_count; i++)
        for (int k = 1; k <= b_count; k++) {
            int longer = best[i - 1][k] > best[i][k - 1] ? best[i - 1][k] : best[i][k - 1];
            best[i][k] = a[i - 1] == b[k - 1] ? best[i - 1][k - 1] + 1 : longer;
        }
    return best[a_count][b_count];
}

/* Words of one letter; a blank and a word alternate, so that each letter is a token. */
static int random_words(uint64_t *seed, char blank, char *word)
{
    int count = (int)test_random(seed, WORDS_MAX / 2) * 2;
    for (int i = 0; i < count; i++)
        word[i] = i % 2 ? blank : (char)('a' + test_random(seed, 3));
    word[count] = '\0';
    return count;
}

static void random_texts_lose_nothing_and_change_least(void **state)
{
    (void)state;
    uint64_t seed = 11;
    for (int turn = 0; turn < 2000; turn++) {
        char from[WORDS_MAX + 1], to[WORDS_MAX + 1], blank = turn % 2 ? ' ' : '\n';
        int from_count = random_words(&seed, blank, from),
            to_count = random_words(&seed, blank, to), same = 0;
        struct call call;
        struct word_piece *piece;
        struct out was, is;
        size_t count;
        test_call_init(&call);
        out_init(&was, &call);
        out_init(&is, &call);
        assert_done(&call, word_diff(&call, text_of(from), text_of(to), &piece, &count));
        for (size_t i = 0; i < count; i++) {
            if (piece[i].change != WORD_ADDED)
                out_text(&was, piece[i].words);
            if (piece[i].change != WORD_REMOVED)
                out_text(&is, piece[i].words);
            same += piece[i].change == WORD_SAME ? (int)piece[i].words.size : 0;
        }
        assert_true(text_is(out_view(&was), from));
        assert_true(text_is(out_view(&is), to));
        int most = longest_common(from, from_count, to, to_count);
        assert_true(blank == ' ' ? same <= most : same == most); /* blanks join phrases */
        call_release(&call);
    }
}

static void texts_that_share_little_are_one_piece_each(void **state)
{
    (void)state;
    enum { COUNT = 3000, SIZE = COUNT * 8 };
    struct call call;
    struct word_piece *piece;
    size_t count;
    test_call_init(&call);
    struct out from, to;
    out_init(&from, &call);
    out_init(&to, &call);
    out_string(&from, "start ");
    out_string(&to, "start ");
    for (int i = 0; i < COUNT; i++) {
        out_format(&from, "a%d ", i);
        out_format(&to, "b%d\n", i);
    }
    assert_done(&call, word_diff(&call, out_view(&from), out_view(&to), &piece, &count));
    assert_int_equal(count, 3);
    assert_int_equal(piece[0].change, WORD_SAME);
    assert_int_equal(piece[1].change, WORD_REMOVED);
    assert_int_equal(piece[2].change, WORD_ADDED);
    assert_int_equal(piece[0].words.size + piece[1].words.size, out_view(&from).size);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_in_the_order_of_reading),
        cmocka_unit_test(words_that_changed_side_by_side_are_one_phrase),
        cmocka_unit_test(random_texts_lose_nothing_and_change_least),
        cmocka_unit_test(texts_that_share_little_are_one_piece_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
