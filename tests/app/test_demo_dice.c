/* The demo's dice: the numbers of SplitMix64 on every machine, and shuffles that lose nothing. */
#include "app/demo_dice.h"

#include "support/support.h"

/* The values that other implementations of SplitMix64 give for this seed. */
static void the_sequence_is_that_of_splitmix64(void **state)
{
    (void)state;
    struct demo_dice dice = { 1234567 };
    assert_true(demo_dice_next(&dice) == 6457827717110365317u);
    assert_true(demo_dice_next(&dice) == 3203168211198807973u);
    assert_true(demo_dice_next(&dice) == 9817491932198370423u);
}

static void streams_of_one_seed_differ(void **state)
{
    (void)state;
    struct demo_dice a = demo_dice_of(1, 0), again = demo_dice_of(1, 0), b = demo_dice_of(1, 1);
    uint64_t first = demo_dice_next(&a);
    assert_true(first == demo_dice_next(&again));
    assert_true(first != demo_dice_next(&b));
}

static void every_number_below_the_limit_comes_and_none_above(void **state)
{
    (void)state;
    struct demo_dice dice = demo_dice_of(1, 0);
    unsigned seen = 0;
    for (int i = 0; i < 200; i++) {
        uint32_t number = demo_dice_below(&dice, 5);
        assert_true(number < 5);
        seen |= 1u << number;
    }
    assert_int_equal(seen, 31);
}

static void a_shuffle_keeps_its_items_and_leaves_the_others(void **state)
{
    (void)state;
    enum { COUNT = 20, STEP = 3 };
    struct demo_dice dice = demo_dice_of(1, 0);
    uint32_t item[COUNT];
    bool seen[COUNT] = { false };
    int moved = 0;
    for (uint32_t i = 0; i < COUNT; i++)
        item[i] = i;
    demo_dice_shuffle(&dice, item, COUNT, STEP);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_true(item[i] < COUNT && !seen[item[i]]);
        seen[item[i]] = true;
        assert_true(i % STEP == 0 ? item[i] % STEP == 0 : item[i] == i);
        moved += item[i] != i;
    }
    assert_true(moved > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sequence_is_that_of_splitmix64),
        cmocka_unit_test(streams_of_one_seed_differ),
        cmocka_unit_test(every_number_below_the_limit_comes_and_none_above),
        cmocka_unit_test(a_shuffle_keeps_its_items_and_leaves_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
