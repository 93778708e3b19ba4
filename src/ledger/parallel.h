/*
 * Several things of one call that have nothing to do with each other, worked on by several threads
 * at once: the surfaces of a review. Each thread has a call beside the one that asks: for the same
 * actor, at the same moment of the store, over a connection of its own.
 *
 * Only for reading. What the threads make belongs to the asking call in the end, with its memory;
 * what it is made of is noted there. Where threads cannot be had, do not pay, or would see another
 * moment, the asking call does everything by itself: the result is the same.
 */
#ifndef RONDO_PARALLEL_H
#define RONDO_PARALLEL_H

#include "base/call.h"

enum { PARALLEL_HANDS_MAX = 4 };

/*
 * Calls `one` once for each item from 0 to `count`, in no order. `hand` tells the thread, 0 is the
 * asking one: for what is kept from one item to the next, in a list of PARALLEL_HANDS_MAX. It may
 * ask the store through the call that it is given, and none other; only what belongs to the item or
 * to the hand may be written. False: one of them failed, and with it the call; others may be done.
 */
bool parallel_each(struct call *call, size_t count,
                   bool (*one)(struct call *call, void *of, size_t item, size_t hand), void *of);

#endif
