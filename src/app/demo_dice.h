/*
 * For the files demo*.c: numbers that look random and are the same on every machine. Each purpose
 * has a stream of its own, so that drawing more for one thing changes no other.
 */
#ifndef RONDO_DEMO_DICE_H
#define RONDO_DEMO_DICE_H

#include <stddef.h>
#include <stdint.h>

struct demo_dice {
    uint64_t state;
};

struct demo_dice demo_dice_of(uint64_t seed, uint64_t stream);
uint64_t demo_dice_next(struct demo_dice *dice);

/* From 0, below `limit`. */
uint32_t demo_dice_below(struct demo_dice *dice, uint32_t limit);

/* Shuffles the items at 0, step, 2 * step, ... below `count` among themselves. */
void demo_dice_shuffle(struct demo_dice *dice, uint32_t *item, size_t count, size_t step);

#endif
