/*
 * Any bytes cut into words, as they are stored and as they are asked for. Every word must keep the
 * promises of words.h, whoever stops early must be given the same words up to there, and what a
 * word was folded to must be found again by what it was folded from.
 */
#include "base/words.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { MEMORY = 64 * 1024 * 1024 };

struct seen {
    text source;
    size_t count, enough; /* enough 0: all */
    uint64_t sum;         /* of all words */
    size_t last;          /* where the word before begins */
    bool is_found;        /* `wanted` was among them */
    text wanted;
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

static uint64_t sum_of(uint64_t sum, text word)
{
    for (size_t i = 0; i < word.size; i++)
        sum = sum * 31 + (unsigned char)word.at[i];
    return sum;
}

static bool take(void *to, const struct word *word)
{
    struct seen *seen = to;
    require(word->folded.size > 0 && word->folded.size <= WORD_BYTES_MAX);
    require(text_is_utf8(word->folded));
    require(word->size > 0 && word->start <= seen->source.size);
    require(word->size <= seen->source.size - word->start);
    require(word->start >= seen->last);
    require(seen->enough == 0 || seen->count < seen->enough);
    seen->last = word->start;
    seen->sum = sum_of(seen->sum, word->folded);
    seen->is_found |= text_equal(word->folded, seen->wanted);
    return ++seen->count != seen->enough;
}

static void cut(text source, enum words_use use, struct seen *seen)
{
    struct call call;
    call_init(&call, MEMORY);
    seen->source = source;
    require(words_cut(&call, source, use, take, seen));
    call_release(&call);
}

/* Stored a word, asked for it: by the same bytes it is found. */
static bool ask_again(void *to, const struct word *word)
{
    struct seen *stored = to;
    struct seen again = { .wanted = word->folded };
    cut(stored->source, WORDS_STORED, &again);
    require(again.is_found);
    return ++stored->count < 16;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    text source = { (const char *)bytes, size };
    for (int use = WORDS_STORED; use <= WORDS_ASKED; use++) {
        struct seen all = { .count = 0 }, half = { .count = 0 };
        cut(source, (enum words_use)use, &all);
        half.enough = all.count / 2;
        cut(source, (enum words_use)use, &half);
        require(half.count == (half.enough ? half.enough : all.count));
    }
    struct call call;
    struct seen asked = { .source = source };
    call_init(&call, MEMORY);
    require(words_cut(&call, source, WORDS_ASKED, ask_again, &asked));
    call_release(&call);
    return 0;
}
