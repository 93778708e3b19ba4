/* Did you mean: distances, and when nothing is near enough. */
#include "support/support.h"

#include "offers/nearest.h"

static void distances_count_single_mistakes(void **state)
{
    (void)state;
    assert_int_equal(nearest_distance(TEXT("week"), TEXT("week")), 0);
    assert_int_equal(nearest_distance(TEXT("wek"), TEXT("week")), 1);
    assert_int_equal(nearest_distance(TEXT("reveiw"), TEXT("review")), 1); /* a swap */
    assert_int_equal(nearest_distance(TEXT(""), TEXT("abc")), 3);
    assert_int_equal(nearest_distance(TEXT("kitten"), TEXT("sitting")), 3);
    char longest[80];
    memset(longest, 'a', sizeof longest);
    assert_true(nearest_distance((text){ longest, sizeof longest }, TEXT("a")) == SIZE_MAX);
}

static text nearest_of_two(text word)
{
    struct nearest nearest;
    nearest_init(&nearest, word);
    nearest_try(&nearest, TEXT("surface"));
    nearest_try(&nearest, TEXT("suite"));
    return nearest_best(&nearest);
}

static void the_nearest_word_is_given_and_far_ones_are_not(void **state)
{
    (void)state;
    assert_text(nearest_of_two(TEXT("suit")), "suite");
    assert_text(nearest_of_two(TEXT("surfcae")), "surface");
    assert_text(nearest_of_two(TEXT("sur")), "surface"); /* broken off */
    assert_null(nearest_of_two(TEXT("model")).at);
    assert_null(nearest_of_two(TEXT("s")).at);
    assert_null(nearest_of_two(TEXT("")).at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_count_single_mistakes),
        cmocka_unit_test(the_nearest_word_is_given_and_far_ones_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
