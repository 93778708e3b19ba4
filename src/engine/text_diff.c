/* See text_diff.h. */
#include "engine/text_diff.h"

#include "base/hash.h"

#include <string.h>

const char *const diff_op_words[DIFF_OPS] = { "same", "removed", "added" };

/* A text cut into words or lines. */
struct tokens {
    text *at;
    uint64_t *hash; /* so that unequal ones are told apart at once */
    size_t count, room;
};

/* --- cutting --- */

enum character_class { CLASS_WORD, CLASS_BLANK, CLASS_OTHER };

static enum character_class class_of(char c)
{
    unsigned char byte = (unsigned char)c;
    if (byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
        (c >= '0' && c <= '9') || c == '_')
        return CLASS_WORD;
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' ? CLASS_BLANK : CLASS_OTHER;
}

static size_t word_size(text rest)
{
    enum character_class class = class_of(rest.at[0]);
    size_t size = 1;
    while (class != CLASS_OTHER && size < rest.size && class_of(rest.at[size]) == class)
        size++;
    return size;
}

static size_t line_size(text rest)
{
    const char *end = memchr(rest.at, '\n', rest.size);
    return end ? (size_t)(end - rest.at) + 1 : rest.size;
}

static bool cut(struct call *call, text whole, enum diff_unit unit, struct tokens *tokens)
{
    *tokens = (struct tokens){ .count = 0 };
    for (text rest = whole; rest.size;) {
        size_t size = unit == DIFF_WORDS ? word_size(rest) : line_size(rest);
        tokens->at = call_more(call, tokens->at, tokens->count, &tokens->room, sizeof *tokens->at);
        if (!tokens->at)
            return false;
        tokens->at[tokens->count++] = text_until(rest, size);
        rest = text_from(rest, size);
    }
    tokens->hash = call_array(call, tokens->count + 1, sizeof *tokens->hash);
    for (size_t i = 0; tokens->hash && i < tokens->count; i++)
        tokens->hash[i] = hash_quick(tokens->at[i], 0);
    return tokens->hash != NULL;
}

/* --- the shortest script --- */

/* What is compared: both texts without what begins and what ends both. */
struct middle {
    const struct tokens *before, *after;
    size_t start;              /* tokens that are the same at the start */
    int64_t before_count, after_count; /* in the middle */
};

static bool is_same(const struct tokens *a, size_t i, const struct tokens *b, size_t j)
{
    return a->hash[i] == b->hash[j] && text_equal(a->at[i], b->at[j]);
}

static struct middle middle_of(const struct tokens *before, const struct tokens *after)
{
    size_t least = before->count < after->count ? before->count : after->count;
    size_t start = 0, end = 0;
    while (start < least && is_same(before, start, after, start))
        start++;
    while (end < least - start &&
           is_same(before, before->count - 1 - end, after, after->count - 1 - end))
        end++;
    return (struct middle){ before, after, start, (int64_t)(before->count - start - end),
                            (int64_t)(after->count - start - end) };
}

static int64_t slide(const struct middle *middle, int64_t x, int64_t diagonal)
{
    while (x < middle->before_count && x - diagonal < middle->after_count &&
           is_same(middle->before, middle->start + (size_t)x, middle->after,
                   middle->start + (size_t)(x - diagonal)))
        x++;
    return x;
}

/*
 * The furthest x on each diagonal after each number of edits: row d has the
 * diagonals -d to d, of which every second one is used. `*edits` is the length of
 * the script; -1: more than is looked for.
 */
static bool walk(struct call *call, const struct middle *middle, int32_t **rows, int64_t *edits)
{
    int64_t most = middle->before_count + middle->after_count;
    *edits = -1;
    for (int64_t d = 0; d <= most && d <= DIFF_EDITS_MAX; d++) {
        int32_t *row = call_array(call, (size_t)(2 * d + 1), sizeof *row);
        const int32_t *last = d ? rows[d - 1] + (d - 1) : NULL; /* at diagonal 0 */
        if (!row)
            return false;
        rows[d] = row;
        for (int64_t k = -d; k <= d; k += 2) {
            bool is_down = d == 0 || k == -d || (k != d && last[k - 1] < last[k + 1]);
            int64_t x = d == 0 ? 0 : is_down ? last[k + 1] : last[k - 1] + 1;
            x = slide(middle, x, k);
            row[k + d] = (int32_t)x;
            if (x >= middle->before_count && x - k >= middle->after_count) {
                *edits = d;
                return true;
            }
        }
    }
    return true;
}

/* --- pieces --- */

/* Neighbours of one kind are one piece: their views touch. */
static bool add(struct call *call, struct text_diff *diff, enum diff_op op, text words)
{
    struct diff_piece *last = diff->count ? &diff->piece[diff->count - 1] : NULL;
    if (words.size == 0)
        return true;
    if (last && last->op == op && last->words.at + last->words.size == words.at) {
        last->words.size += words.size;
        return true;
    }
    diff->piece = call_more(call, diff->piece, diff->count, &diff->room, sizeof *diff->piece);
    if (!diff->piece)
        return false;
    diff->piece[diff->count++] = (struct diff_piece){ op, words };
    return true;
}

/* Tokens [from, to) of one side. */
static bool add_tokens(struct call *call, struct text_diff *diff, enum diff_op op,
                       const struct tokens *tokens, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (!add(call, diff, op, tokens->at[i]))
            return false;
    return true;
}

/* The ops of the middle, backwards along the rows; `op` has room for both counts. */
static size_t trace(const struct middle *middle, int32_t *const *rows, int64_t edits, uint8_t *op)
{
    int64_t x = middle->before_count, y = middle->after_count;
    size_t count = (size_t)(x + y), at = count;
    for (int64_t d = edits; d > 0; d--) {
        const int32_t *last = rows[d - 1] + (d - 1);
        int64_t k = x - y;
        bool is_down = k == -d || (k != d && last[k - 1] < last[k + 1]);
        int64_t from_k = is_down ? k + 1 : k - 1, from_x = last[from_k],
                from_y = from_x - from_k;
        for (; x > from_x && y > from_y; x--, y--)
            op[--at] = DIFF_SAME;
        op[--at] = is_down ? DIFF_ADDED : DIFF_REMOVED;
        x = from_x;
        y = from_y;
    }
    for (; x > 0 && y > 0; x--, y--)
        op[--at] = DIFF_SAME;
    return at;
}

/* Runs of edits: first what was removed, then what was added. */
static bool add_edits(struct call *call, struct text_diff *diff, const struct middle *middle,
                      const uint8_t *op, size_t at, size_t count)
{
    size_t x = middle->start, y = x;
    while (at < count) {
        for (; at < count && op[at] == DIFF_SAME; at++, x++, y++)
            if (!add(call, diff, DIFF_SAME, middle->after->at[y]))
                return false;
        size_t removed = x, added = y;
        for (; at < count && op[at] != DIFF_SAME; at++)
            if (op[at] == DIFF_REMOVED)
                x++;
            else
                y++;
        if (!add_tokens(call, diff, DIFF_REMOVED, middle->before, removed, x) ||
            !add_tokens(call, diff, DIFF_ADDED, middle->after, added, y))
            return false;
    }
    return true;
}

static bool add_middle(struct call *call, struct text_diff *diff, const struct middle *middle)
{
    size_t before = (size_t)middle->before_count, after = (size_t)middle->after_count;
    int32_t **rows = call_array(call, DIFF_EDITS_MAX + 1, sizeof *rows);
    uint8_t *op = call_array(call, before + after + 1, 1);
    int64_t edits;
    if (!rows || !op || !walk(call, middle, rows, &edits))
        return false;
    diff->is_coarse = edits < 0;
    if (diff->is_coarse)
        return add_tokens(call, diff, DIFF_REMOVED, middle->before, middle->start,
                          middle->start + before) &&
               add_tokens(call, diff, DIFF_ADDED, middle->after, middle->start,
                          middle->start + after);
    return add_edits(call, diff, middle, op, trace(middle, rows, edits, op), before + after);
}

bool text_diff(struct call *call, text before, text after, enum diff_unit unit,
               struct text_diff *diff)
{
    struct tokens was, is;
    *diff = (struct text_diff){ .count = 0 };
    if (!cut(call, before, unit, &was) || !cut(call, after, unit, &is))
        return false;
    struct middle middle = middle_of(&was, &is);
    size_t end = middle.start + (size_t)middle.after_count;
    return add_tokens(call, diff, DIFF_SAME, &is, 0, middle.start) &&
           add_middle(call, diff, &middle) &&
           add_tokens(call, diff, DIFF_SAME, &is, end, is.count);
}
