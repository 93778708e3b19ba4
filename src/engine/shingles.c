/* See shingles.h. */
#include "engine/shingles.h"

#include <math.h>

struct shingles {
    text *piece;
    size_t count;
};

/* The blanks of Unicode that are more than one byte; each once, as UTF-8. */
static const char *const wide_blanks[] = {
    "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80",
};

/* The bytes of the blank at the start; 0: there is none. */
static size_t blank_size(text rest)
{
    unsigned char first = (unsigned char)rest.at[0];
    if (first == ' ' || (first >= '\t' && first <= '\r') || (first >= 0x1C && first <= 0x1F))
        return 1;
    for (size_t i = 0; i < sizeof wide_blanks / sizeof wide_blanks[0]; i++)
        if (text_starts(rest, text_of(wide_blanks[i])))
            return text_of(wide_blanks[i]).size;
    /* U+2000 to U+200A: all widths of a printer's blank. */
    bool is_printed = text_starts(rest, TEXT("\xE2\x80")) && rest.size > 2 &&
                      (unsigned char)rest.at[2] >= 0x80 && (unsigned char)rest.at[2] <= 0x8A;
    return is_printed ? 3 : 0;
}

/* Each run of blanks as one, and none at either end. */
static text collapse(struct call *call, text words)
{
    char *to = call_take(call, words.size + 1);
    size_t size = 0;
    bool is_apart = false;
    for (size_t i = 0, blank; to && i < words.size; i += blank ? blank : 1) {
        blank = blank_size(text_from(words, i));
        if (!blank && is_apart && size)
            to[size++] = ' ';
        is_apart = blank > 0;
        if (!blank)
            to[size++] = words.at[i];
    }
    return to ? (text){ to, size } : TEXT_NONE;
}

static int by_bytes(const void *left, const void *right)
{
    return text_compare(*(const text *)left, *(const text *)right);
}

/* Each shingle once, in the order of bytes. */
static void keep_distinct(struct shingles *shingles)
{
    size_t kept = 0;
    qsort(shingles->piece, shingles->count, sizeof *shingles->piece, by_bytes);
    for (size_t i = 0; i < shingles->count; i++)
        if (kept == 0 || !text_equal(shingles->piece[i], shingles->piece[kept - 1]))
            shingles->piece[kept++] = shingles->piece[i];
    shingles->count = kept;
}

static bool cut_shingles(struct call *call, text source, size_t k, struct shingles *shingles)
{
    text words = collapse(call, source);
    size_t *start = call_array(call, words.size + 2, sizeof *start), characters = 0;
    shingles->count = 0;
    shingles->piece = call_array(call, words.size + 1, sizeof *shingles->piece);
    if (!words.at || !start || !shingles->piece)
        return false;
    for (size_t at = 0; at < words.size; characters++) {
        size_t size = text_character(text_from(words, at));
        start[characters] = at;
        at += size ? size : 1;
    }
    start[characters] = words.size;
    if (characters && characters < k)
        shingles->piece[shingles->count++] = words;
    for (size_t i = 0; i + k <= characters; i++)
        shingles->piece[shingles->count++] =
            text_until(text_from(words, start[i]), start[i + k] - start[i]);
    keep_distinct(shingles);
    return true;
}

bool shingles_overlap(struct call *call, text a, text b, size_t k, struct shingle_overlap *overlap)
{
    struct shingles left, right;
    if (!cut_shingles(call, a, k, &left) || !cut_shingles(call, b, k, &right))
        return false;
    *overlap = (struct shingle_overlap){ .size_a = left.count, .size_b = right.count };
    for (size_t i = 0, j = 0; i < left.count && j < right.count;) {
        int order = text_compare(left.piece[i], right.piece[j]);
        overlap->both += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    overlap->any = left.count + right.count - overlap->both;
    overlap->has_jaccard = overlap->any > 0;
    overlap->jaccard = overlap->any ? (double)overlap->both / (double)overlap->any : 0;
    return true;
}

double shingles_proposed(double jaccard, double bands, double rows)
{
    return 1 - pow(1 - pow(jaccard, rows), bands);
}
