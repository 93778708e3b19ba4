/* See word_diff.h. A token is a run of blanks or a run of anything else. */
#include "engine/word_diff.h"

enum { CHANGES_MAX = 1000 };

struct tokens {
    text *token;
    size_t count, room;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool cut_tokens(struct call *call, text words, struct tokens *tokens)
{
    while (words.size) {
        size_t size = 1;
        while (size < words.size && is_blank(words.at[size]) == is_blank(words.at[0]))
            size++;
        tokens->token =
            call_more(call, tokens->token, tokens->count, &tokens->room, sizeof *tokens->token);
        if (!tokens->token)
            return false;
        tokens->token[tokens->count++] = text_until(words, size);
        words = text_from(words, size);
    }
    return true;
}

/* Pieces in the making, and where each text has been read to. */
struct difference {
    struct call *call;
    struct word_piece *piece;
    size_t count, room;
};

/* Tokens of one text lie side by side, so that a piece grows by their bytes. */
static bool add_piece(struct difference *to, enum word_change change, text token)
{
    struct word_piece *last = to->count ? &to->piece[to->count - 1] : NULL;
    if (last && last->change == change) {
        last->words.size += token.size;
        return true;
    }
    to->piece = call_more(to->call, to->piece, to->count, &to->room, sizeof *to->piece);
    if (to->piece)
        to->piece[to->count++] = (struct word_piece){ change, token };
    return to->piece != NULL;
}

static bool add_tokens(struct difference *to, enum word_change change, const text *token,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!add_piece(to, change, token[i]))
            return false;
    return true;
}

/*
 * The middle that differs. reach[d] holds, for each diagonal k = x - y from -d to d in steps of 2,
 * the furthest x that d changes get to.
 */
struct middle {
    const text *from, *to;
    int64_t from_count, to_count;
    int64_t *reach[CHANGES_MAX + 1];
    int changes;
};

static int64_t furthest(const struct middle *middle, int d, int64_t k)
{
    const int64_t *before = middle->reach[d - 1];
    bool is_down = k == -d || (k != d && before[(k - 1 + d - 1) / 2] < before[(k + 1 + d - 1) / 2]);
    return is_down ? before[(k + 1 + d - 1) / 2] : before[(k - 1 + d - 1) / 2] + 1;
}

/* Sets `changes` to the fewest; to -1 when they are more than CHANGES_MAX. */
static bool find_changes(struct call *call, struct middle *middle)
{
    for (int d = 0; d <= CHANGES_MAX; d++) {
        middle->reach[d] = call_array(call, (size_t)d + 1, sizeof *middle->reach[d]);
        if (!middle->reach[d])
            return false;
        for (int64_t k = -d; k <= d; k += 2) {
            int64_t x = d ? furthest(middle, d, k) : 0, y = x - k;
            while (x < middle->from_count && y < middle->to_count && y >= 0 &&
                   text_equal(middle->from[x], middle->to[y])) {
                x++;
                y++;
            }
            middle->reach[d][(k + d) / 2] = x;
            if (x >= middle->from_count && y >= middle->to_count) {
                middle->changes = d;
                return true;
            }
        }
    }
    middle->changes = -1;
    return true;
}

/* One change of the road back: whether it adds a token of `to` or removes one of `from`. */
struct step {
    bool is_added;
    int64_t at;
};

/* The changes from the last to the first. */
static void walk_back(const struct middle *middle, struct step *step)
{
    int64_t x = middle->from_count, y = middle->to_count;
    for (int d = middle->changes; d > 0; d--) {
        const int64_t *before = middle->reach[d - 1];
        int64_t k = x - y;
        bool is_down =
            k == -d || (k != d && before[(k - 1 + d - 1) / 2] < before[(k + 1 + d - 1) / 2]);
        int64_t k_before = is_down ? k + 1 : k - 1, x_before = before[(k_before + d - 1) / 2];
        *step++ = (struct step){ is_down, is_down ? x_before - k_before : x_before };
        x = x_before;
        y = x_before - k_before;
    }
}

static bool put_middle(struct difference *to, const struct middle *middle)
{
    int64_t x = 0, y = 0;
    struct step *step = call_array(to->call, (size_t)middle->changes + 1, sizeof *step);
    if (!step)
        return false;
    walk_back(middle, step);
    for (int d = middle->changes - 1; d >= 0; d--) {
        int64_t same = step[d].at - (step[d].is_added ? y : x);
        if (!add_tokens(to, WORD_SAME, middle->from + x, (size_t)same))
            return false;
        x += same;
        y += same;
        if (!(step[d].is_added ? add_piece(to, WORD_ADDED, middle->to[y++])
                               : add_piece(to, WORD_REMOVED, middle->from[x++])))
            return false;
    }
    return add_tokens(to, WORD_SAME, middle->from + x, (size_t)(middle->from_count - x));
}

static bool diff_middle(struct difference *to, const text *from, size_t from_count,
                        const text *other, size_t other_count)
{
    struct middle *middle = call_new(to->call, struct middle);
    if (!middle)
        return false;
    *middle = (struct middle){ .from = from,
                               .to = other,
                               .from_count = (int64_t)from_count,
                               .to_count = (int64_t)other_count };
    if (!find_changes(to->call, middle))
        return false;
    if (middle->changes >= 0)
        return put_middle(to, middle);
    return add_tokens(to, WORD_REMOVED, from, from_count) &&
           add_tokens(to, WORD_ADDED, other, other_count);
}

/* Blanks of one line that are the same, between changes. */
static bool is_gap(const struct word_piece *piece)
{
    for (size_t i = 0; i < piece->words.size; i++)
        if (!is_blank(piece->words.at[i]) || piece->words.at[i] == '\n')
            return false;
    return piece->change == WORD_SAME;
}

/* Behind the changes that begin at `first` with the gaps between them; `first` where none does. */
static size_t phrase_end(const struct word_piece *piece, size_t count, size_t first)
{
    size_t end = first;
    while (end < count && (piece[end].change != WORD_SAME ||
                           (end > first && end + 1 < count && is_gap(&piece[end]))))
        end++;
    return end;
}

/*
 * Words that changed side by side are read as one phrase that went and one that came: what lies
 * between them goes with both.
 */
static size_t join_phrases(text from, text to, struct word_piece *piece, size_t count)
{
    size_t kept = 0, x = 0, y = 0;
    for (size_t i = 0; i < count;) {
        size_t end = phrase_end(piece, count, i), removed = 0, added = 0;
        if (end == i) {
            x += piece[i].words.size;
            y += piece[i].words.size;
            piece[kept++] = piece[i++];
            continue;
        }
        for (; i < end; i++) {
            removed += piece[i].change == WORD_ADDED ? 0 : piece[i].words.size;
            added += piece[i].change == WORD_REMOVED ? 0 : piece[i].words.size;
        }
        if (removed)
            piece[kept++] = (struct word_piece){ WORD_REMOVED, { from.at + x, removed } };
        if (added)
            piece[kept++] = (struct word_piece){ WORD_ADDED, { to.at + y, added } };
        x += removed;
        y += added;
    }
    return kept;
}

bool word_diff(struct call *call, text from, text to, struct word_piece **piece, size_t *count)
{
    struct tokens a = { .count = 0 }, b = { .count = 0 };
    struct difference result = { .call = call };
    if (!cut_tokens(call, from, &a) || !cut_tokens(call, to, &b))
        return false;
    size_t start = 0, end = 0, least = a.count < b.count ? a.count : b.count;
    while (start < least && text_equal(a.token[start], b.token[start]))
        start++;
    while (end < least - start &&
           text_equal(a.token[a.count - 1 - end], b.token[b.count - 1 - end]))
        end++;
    if (!add_tokens(&result, WORD_SAME, a.token, start) ||
        !diff_middle(&result, a.token + start, a.count - start - end, b.token + start,
                     b.count - start - end) ||
        !add_tokens(&result, WORD_SAME, a.token + (a.count - end), end))
        return false;
    *piece = result.piece;
    *count = join_phrases(from, to, result.piece, result.count);
    return true;
}
