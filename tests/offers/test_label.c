/* Sentences about any record. */
#include "support/support.h"

#include "offers/label.h"

static void assert_sentence(const char *sentence, const char *label, const char *wanted)
{
    struct call call;
    const struct record record = { .label = label };
    test_call_init(&call);
    assert_string_equal(label_sentence(&call, sentence, &record), wanted);
    call_release(&call);
}

static void the_label_stands_in_its_place(void **state)
{
    (void)state;
    assert_sentence("Makes a %s.", "team", "Makes a team.");
    assert_sentence("Lists rows of '%s'.", "incident", "Lists rows of 'incident'.");
}

static void a_vowel_is_preceded_by_an(void **state)
{
    (void)state;
    assert_sentence("Makes a %s.", "incident", "Makes an incident.");
    assert_sentence("Makes data %s.", "open", "Makes data open.");
}

static void a_label_is_never_a_format(void **state)
{
    (void)state;
    assert_sentence("Makes a %s.", "100%n", "Makes a 100%n.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_label_stands_in_its_place),
        cmocka_unit_test(a_vowel_is_preceded_by_an),
        cmocka_unit_test(a_label_is_never_a_format),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
