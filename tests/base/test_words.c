/* Words in any script: where they begin and end, how they are folded, what parts them. */
#include "base/out.h"
#include "base/words.h"
#include "support/support.h"

struct collected {
    struct call call;
    struct out list; /* folded words, each followed by a bar; singles have a dot before it */
    text source;
    int count, enough;
};

static bool collect(void *to, const struct word *word)
{
    struct collected *all = to;
    assert_true(word->folded.size > 0 && word->folded.size <= WORD_BYTES_MAX);
    assert_true(text_is_utf8(word->folded));
    assert_true(word->size > 0 && word->start + word->size <= all->source.size);
    out_text(&all->list, word->folded);
    out_string(&all->list, word->is_single ? ".|" : "|");
    return ++all->count != all->enough;
}

static void assert_words(text source, enum words_use use, const char *wanted, const char *file,
                         int line)
{
    struct collected all = { .source = source };
    test_call_init(&all.call);
    out_init(&all.list, &all.call);
    assert_done(&all.call, words_cut(&all.call, source, use, collect, &all));
    test_assert_text(out_view(&all.list), wanted, file, line);
    call_release(&all.call);
}

#define assert_stored(source, wanted) \
    assert_words(TEXT(source), WORDS_STORED, (wanted), __FILE__, __LINE__)
#define assert_asked(source, wanted) \
    assert_words(TEXT(source), WORDS_ASKED, (wanted), __FILE__, __LINE__)

static void blanks_and_signs_part_words_and_nothing_else_is_one(void **state)
{
    (void)state;
    assert_stored("Ship the agent, (today)!", "ship|the|agent|today|");
    assert_stored("snake_case kebab-case a/b a.b@c.de", "snake|case|kebab|case|a|b|a|b|c|de|");
    assert_stored("l'homme don\u2019t", "l|homme|don|t|");
    assert_stored("GPT4 v2", "gpt4|v2|");
    assert_stored("", "");
    assert_stored(" \t\r\n.,;:!?-_'\"()[]{}", "");
    assert_stored("a\nb\tc", "a|b|c|");
}

static void a_number_keeps_its_points(void **state)
{
    (void)state;
    assert_stored("3.14 1,000.5", "3.14|1,000.5|");
    assert_stored("3. 14", "3|14|");
    assert_stored("2026-11-16", "2026|11|16|");
    assert_stored("1_000", "1|000|");
}

static void case_and_form_make_no_difference(void **state)
{
    (void)state;
    assert_stored("Stra\u00dfe STRASSE stra\u1e9ee", "strasse|strasse|strasse|");
    assert_stored("\u00c9t\u00e9 E\u0301te\u0301", "\u00e9t\u00e9|\u00e9t\u00e9|");
    assert_stored("\uff26\uff55\uff4c\uff4c \ufb01n", "full|fin|");
    assert_stored("\u039f\u0394\u039f\u03a3 \u03bf\u03b4\u03bf\u03c2",
                  "\u03bf\u03b4\u03bf\u03c3|\u03bf\u03b4\u03bf\u03c3|");
    assert_stored("\u041f\u0440\u0438\u0432\u0435\u0442", "\u043f\u0440\u0438\u0432\u0435\u0442|");
    assert_stored("ete", "ete|"); /* an accent is no matter of form */
}

static void marks_belong_to_the_letter_before_them(void **state)
{
    (void)state;
    assert_stored("\u0939\u093f\u0928\u094d\u0926\u0940 \u092d\u093e\u0937\u093e",
                  "\u0939\u093f\u0928\u094d\u0926\u0940|\u092d\u093e\u0937\u093e|");
    assert_stored("\u0627\u0644\u0639\u0631\u0628\u064a\u0629, \u0644\u063a\u0629",
                  "\u0627\u0644\u0639\u0631\u0628\u064a\u0629|\u0644\u063a\u0629|");
    assert_stored("\u05e2\u05d1\u05e8\u05d9\u05ea", "\u05e2\u05d1\u05e8\u05d9\u05ea|");
    assert_stored("\u0301 \u0301\u0302", ""); /* marks without a letter */
    assert_stored("soft\u00adhyphen zero\u200cwidth", "softhyphen|zerowidth|");
    assert_stored("two\u200bwords", "two|words|"); /* a blank, if of no width */
}

static void scripts_without_blanks_become_pairs(void **state)
{
    (void)state;
    assert_stored("\u4e2d\u6587\u641c\u7d22", "\u4e2d\u6587|\u6587\u641c|\u641c\u7d22|\u7d22.|");
    assert_stored("\u6771\u4eac\u30bf\u30ef\u30fc",
                  "\u6771\u4eac|\u4eac\u30bf|\u30bf\u30ef|\u30ef\u30fc|\u30fc.|");
    assert_stored("\u0e44\u0e17\u0e22", "\u0e44\u0e17|\u0e17\u0e22|\u0e22.|");
    assert_stored("\u5b57", "\u5b57.|");
    assert_stored("\u4e2d\u6587\u3002\u641c", "\u4e2d\u6587|\u6587.|\u641c.|"); /* a stop */
    assert_stored("\ud55c\uad6d\uc5b4", "\ud55c\uad6d\uc5b4|"); /* Korean has blanks */
}

static void pairs_are_asked_for_without_the_last_character_alone(void **state)
{
    (void)state;
    assert_asked("\u4e2d\u6587\u641c", "\u4e2d\u6587|\u6587\u641c|");
    assert_asked("\u4e2d", "\u4e2d.|");
    assert_asked("plain words", "plain|words|");
}

static void another_script_ends_a_run(void **state)
{
    (void)state;
    assert_stored("GPT\u6a21\u578b4", "gpt|\u6a21\u578b|\u578b.|4|");
    assert_stored("\u4e2d a", "\u4e2d.|a|");
}

static void an_emoji_is_a_word(void **state)
{
    (void)state;
    assert_stored("ship \U0001F680!", "ship|\U0001F680|");
    assert_stored("\U0001F44D\U0001F3FD", "\U0001F44D\U0001F3FD|");
    assert_stored("\u263a\ufe0f", "\u263a|");
    assert_stored("\u2192 \u00b1 \u20ac", ""); /* signs are none */
}

static void what_is_not_utf8_parts_words(void **state)
{
    (void)state;
    assert_words((text){ "a\xff""b", 3 }, WORDS_STORED, "a|b|", __FILE__, __LINE__);
    assert_words((text){ "\xc3", 1 }, WORDS_STORED, "", __FILE__, __LINE__);
    assert_words((text){ "ab\xe4\xb8", 4 }, WORDS_STORED, "ab|", __FILE__, __LINE__);
    assert_words((text){ "a\xed\xa0\x80""b", 5 }, WORDS_STORED, "a|b|", __FILE__, __LINE__);
    assert_words((text){ "a\0b", 3 }, WORDS_STORED, "a|b|", __FILE__, __LINE__);
}

/* A text of `count` times the same piece. */
static text repeat(struct call *call, const char *piece, size_t count)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < count; i++)
        out_string(&out, piece);
    return out_view(&out);
}

static void a_huge_word_is_cut_at_a_character_and_is_one_word_still(void **state)
{
    (void)state;
    static const char *const pieces[] = { "x", "\u00e9", "\u0434", "\ufdfa", "a\u0301\u0302" };
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        struct collected all = { .count = 0 };
        test_call_init(&all.call);
        out_init(&all.list, &all.call);
        all.source = repeat(&all.call, pieces[i], 50000);
        assert_done(&all.call, words_cut(&all.call, all.source, WORDS_STORED, collect, &all));
        assert_int_equal(all.count, 1);
        assert_true(out_view(&all.list).size > WORD_BYTES_MAX - 8);
        call_release(&all.call);
    }
}

static void a_taker_that_has_enough_is_given_no_more(void **state)
{
    (void)state;
    struct collected all = { .source = TEXT("one two \u4e2d\u6587 three"), .enough = 2 };
    test_call_init(&all.call);
    out_init(&all.list, &all.call);
    assert_done(&all.call, words_cut(&all.call, all.source, WORDS_STORED, collect, &all));
    assert_text(out_view(&all.list), "one|two|");
    call_release(&all.call);
}

static bool keep_last(void *to, const struct word *word)
{
    *(struct word *)to = *word;
    return true;
}

static void a_word_knows_where_it_stands(void **state)
{
    (void)state;
    struct call call;
    struct word last = { .start = 0 };
    test_call_init(&call);
    assert_done(&call, words_cut(&call, TEXT("gr\u00fc\u00df Stra\u00dfe."), WORDS_STORED,
                                 keep_last, &last));
    assert_int_equal(last.start, 7);
    assert_int_equal(last.size, 7);
    assert_done(&call, words_cut(&call, TEXT("\u4e2d\u6587"), WORDS_ASKED, keep_last, &last));
    assert_int_equal(last.start, 0);
    assert_int_equal(last.size, 6);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_and_signs_part_words_and_nothing_else_is_one),
        cmocka_unit_test(a_number_keeps_its_points),
        cmocka_unit_test(case_and_form_make_no_difference),
        cmocka_unit_test(marks_belong_to_the_letter_before_them),
        cmocka_unit_test(scripts_without_blanks_become_pairs),
        cmocka_unit_test(pairs_are_asked_for_without_the_last_character_alone),
        cmocka_unit_test(another_script_ends_a_run),
        cmocka_unit_test(an_emoji_is_a_word),
        cmocka_unit_test(what_is_not_utf8_parts_words),
        cmocka_unit_test(a_huge_word_is_cut_at_a_character_and_is_one_word_still),
        cmocka_unit_test(a_taker_that_has_enough_is_given_no_more),
        cmocka_unit_test(a_word_knows_where_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
