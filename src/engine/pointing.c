/* See pointing.h. */
#include "engine/pointing.h"

#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

size_t pointing_sort_deck(double *deck, size_t count)
{
    size_t cards = 0;
    qsort(deck, count, sizeof *deck, by_value);
    for (size_t i = 0; i < count; i++)
        if (cards == 0 || deck[cards - 1] != deck[i])
            deck[cards++] = deck[i];
    return cards;
}

/* The first card that is not below `value`. */
static size_t card_from(const double *deck, size_t cards, double value)
{
    size_t at = 0;
    while (at < cards && deck[at] < value)
        at++;
    return at;
}

bool pointing_has_card(const double *deck, size_t cards, double card)
{
    size_t at = card_from(deck, cards, card);
    return at < cards && deck[at] == card;
}

struct pointing pointing_round(double *vote, size_t votes, const double *deck, size_t cards)
{
    struct pointing round = { .is_known = votes > 0 };
    if (votes == 0)
        return round;
    qsort(vote, votes, sizeof *vote, by_value);
    double median = (vote[(votes - 1) / 2] + vote[votes / 2]) / 2;
    round.lowest = vote[0];
    round.highest = vote[votes - 1];
    round.suggest = deck[card_from(deck, cards, median)];
    round.spread = card_from(deck, cards, round.highest) - card_from(deck, cards, round.lowest);
    round.is_consensus = votes >= 2 && round.spread == 0;
    round.has_outliers = round.spread >= 2;
    return round;
}
