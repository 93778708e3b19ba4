/* See lexicon.h. Open addressing; half of the places stay free. */
#include "engine/lexicon.h"

#include "base/hash.h"

enum { LEXICON_ROOM_FIRST = 64, LEXICON_ROOM_MAX = 1 << 29 };

void lexicon_release(struct lexicon *lexicon)
{
    free(lexicon->word);
    free(lexicon->hash);
    free(lexicon->place);
    *lexicon = (struct lexicon){ .count = 0 };
}

/* The place of the word, or the free one where it would stand. */
static uint32_t *place_of(const struct lexicon *lexicon, text word, uint64_t hash)
{
    uint32_t mask = 2 * lexicon->room - 1;
    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
        uint32_t number = lexicon->place[i];
        if (number == 0 ||
            (lexicon->hash[number - 1] == hash && text_equal(lexicon->word[number - 1], word)))
            return &lexicon->place[i];
    }
}

uint32_t lexicon_find(const struct lexicon *lexicon, text word)
{
    uint32_t number = lexicon->room ? *place_of(lexicon, word, hash_quick(word, 0)) : 0;
    return number ? number - 1 : LEXICON_NONE;
}

static bool lexicon_grow(struct call *call, struct lexicon *lexicon)
{
    uint32_t room = lexicon->room ? lexicon->room * 2 : LEXICON_ROOM_FIRST;
    text *word = room <= LEXICON_ROOM_MAX ? realloc(lexicon->word, room * sizeof *word) : NULL;
    if (word)
        lexicon->word = word;
    uint64_t *hash = word ? realloc(lexicon->hash, room * sizeof *hash) : NULL;
    if (hash)
        lexicon->hash = hash;
    uint32_t *place = hash ? calloc(2 * (size_t)room, sizeof *place) : NULL;
    if (!place)
        return fail(call, FAIL_INTERNAL,
                    "the machine has no memory for more than %u distinct texts", lexicon->count);
    free(lexicon->place);
    lexicon->place = place;
    lexicon->room = room;
    for (uint32_t i = 0; i < lexicon->count; i++)
        *place_of(lexicon, lexicon->word[i], lexicon->hash[i]) = i + 1;
    return true;
}

uint32_t lexicon_add(struct call *call, struct lexicon *lexicon, text word)
{
    uint64_t hash = hash_quick(word, 0);
    if (lexicon->room) {
        uint32_t known = *place_of(lexicon, word, hash);
        if (known)
            return known - 1;
    }
    if (lexicon->count == lexicon->room && !lexicon_grow(call, lexicon))
        return LEXICON_NONE;
    text copy = call_text(call, word);
    if (!copy.at)
        return LEXICON_NONE;
    lexicon->word[lexicon->count] = copy;
    lexicon->hash[lexicon->count] = hash;
    *place_of(lexicon, word, hash) = ++lexicon->count;
    return lexicon->count - 1;
}
