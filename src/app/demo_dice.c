/* See demo_dice.h. */
#include "app/demo_dice.h"

struct demo_dice demo_dice_of(uint64_t seed, uint64_t stream)
{
    struct demo_dice dice = { seed };
    dice.state = demo_dice_next(&dice) + stream;
    dice.state = demo_dice_next(&dice);
    return dice;
}

/* SplitMix64: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA;
 * with the finalizer "Mix13" of Stafford. */
uint64_t demo_dice_next(struct demo_dice *dice)
{
    uint64_t z = dice->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

uint32_t demo_dice_below(struct demo_dice *dice, uint32_t limit)
{
    return (uint32_t)((demo_dice_next(dice) >> 32) * limit >> 32);
}

void demo_dice_shuffle(struct demo_dice *dice, uint32_t *item, size_t count, size_t step)
{
    size_t items = (count + step - 1) / step;
    for (size_t left = items; left > 1; left--) {
        size_t a = (left - 1) * step, b = demo_dice_below(dice, (uint32_t)left) * step;
        uint32_t kept = item[a];
        item[a] = item[b];
        item[b] = kept;
    }
}
