/* See nearest.h. */
#include "offers/nearest.h"

enum { WORD_MAX = 64, PREFIX_MIN = 3 };

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: the Levenshtein recurrence with a swap of neighbours as a fourth step;
 * three rows suffice. */
size_t nearest_distance(text a, text b)
{
    size_t rows[3][WORD_MAX + 1];
    if (a.size > WORD_MAX || b.size > WORD_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.size; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.size; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.size; j++) {
            bool is_same = a.at[i - 1] == b.at[j - 1];
            row[j] = smaller(above[j - 1] + !is_same, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                row[j] = smaller(row[j], second[j - 2] + 1);
        }
    }
    return rows[a.size % 3][b.size];
}

void nearest_init(struct nearest *nearest, text word)
{
    *nearest = (struct nearest){ .word = word, .best = TEXT_NONE, .distance = SIZE_MAX };
}

/* A word broken off is one mistake, however much is missing. */
static size_t mistakes(text word, text candidate)
{
    if (word.size >= PREFIX_MIN && text_starts(candidate, word))
        return candidate.size > word.size;
    return nearest_distance(word, candidate);
}

void nearest_try(struct nearest *nearest, text candidate)
{
    size_t distance = mistakes(nearest->word, candidate);
    if (distance < nearest->distance) {
        nearest->best = candidate;
        nearest->distance = distance;
    }
}

text nearest_best(const struct nearest *nearest)
{
    size_t tolerated = nearest->word.size < 6 ? 1 : nearest->word.size / 3;
    return nearest->distance <= tolerated ? nearest->best : TEXT_NONE;
}
