/*
 * One round of pointing a story with cards (methods page, planning, 6). Knows cards only by their
 * number; who showed which, and that "?" and "coffee" abstain, is the caller's.
 */
#ifndef RONDO_POINTING_H
#define RONDO_POINTING_H

#include <stdbool.h>
#include <stddef.h>

struct pointing {
    bool is_known;     /* somebody showed a number; else suggest and spread mean nothing */
    bool is_consensus; /* at least two votes, all alike */
    double suggest;    /* the smallest card that is not below the median */
    size_t spread;     /* steps of the deck between the lowest and the highest vote */
    bool has_outliers; /* two steps or more: lowest and highest speak */
    double lowest, highest;
};

/* Puts the deck in order, each card once; returns how many cards there are. */
size_t pointing_sort_deck(double *deck, size_t count);

/* Whether the card is in the deck. */
bool pointing_has_card(const double *deck, size_t cards, double card);

/* Sorts the votes, which are all in the sorted deck. */
struct pointing pointing_round(double *vote, size_t votes, const double *deck, size_t cards);

#endif
