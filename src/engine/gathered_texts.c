/* See gathered_texts.h. Open addressing among the open texts; half of the places stay free. */
#include "engine/gathered_texts.h"

#include "base/compress.h"
#include "base/hash.h"

enum { NONE = UINT32_MAX, ROOM_FIRST = 64, ROOM_MAX = 1 << 29, BYTES_FIRST = 64 * 1024 };

#define OPEN_BYTES_MAX ((size_t)1 << 30)

static void open_texts_release(struct open_texts *open)
{
    free(open->bytes);
    free(open->at);
    free(open->place);
    *open = (struct open_texts){ .count = 0 };
}

void gathered_texts_release(struct gathered_texts *texts)
{
    free(texts->hash);
    free(texts->size);
    open_texts_release(&texts->open);
    *texts = (struct gathered_texts){ .count = 0 };
}

void text_packer_release(struct text_packer *packer)
{
    open_texts_release(&packer->last);
    open_texts_release(&packer->spare);
    *packer = (struct text_packer){ .last_packed = TEXT_NONE };
}

static bool fail_texts(struct call *call, const struct gathered_texts *texts)
{
    return fail(call, FAIL_INTERNAL, "the machine has no memory for more than %u texts of one run",
                texts->count);
}

/* --- what is open --- */

/* Of the open text at `index`: it is the last `open.count` that are open. */
static uint32_t number_of(const struct gathered_texts *texts, uint32_t index)
{
    return texts->count - texts->open.count + index;
}

/* The place of the text, or the free one where it would stand. */
static uint32_t *place_of(const struct gathered_texts *texts, text value, uint64_t hash)
{
    const struct open_texts *open = &texts->open;
    uint32_t mask = 2 * open->at_room - 1;
    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
        uint32_t index = open->place[i] - 1, number = number_of(texts, index);
        if (index == NONE)
            return &open->place[i];
        text known = { open->bytes + open->at[index], texts->size[number] };
        if (texts->hash[number] == hash && text_equal(known, value))
            return &open->place[i];
    }
}

static bool open_grow_list(struct gathered_texts *texts)
{
    struct open_texts *open = &texts->open;
    uint32_t room = open->at_room ? open->at_room * 2 : ROOM_FIRST;
    uint32_t *at = room <= ROOM_MAX ? realloc(open->at, room * sizeof *at) : NULL;
    if (at)
        open->at = at;
    uint32_t *place = at ? calloc(2 * (size_t)room, sizeof *place) : NULL;
    if (!place)
        return false;
    free(open->place);
    open->place = place;
    open->at_room = room;
    for (uint32_t i = 0; i < open->count; i++) {
        uint32_t number = number_of(texts, i);
        text known = { open->bytes + open->at[i], texts->size[number] };
        *place_of(texts, known, texts->hash[number]) = i + 1;
    }
    return true;
}

static bool open_grow_bytes(struct open_texts *open, size_t size)
{
    size_t room = open->room ? open->room : BYTES_FIRST;
    if (size > OPEN_BYTES_MAX - open->size)
        return false;
    while (room < open->size + size)
        room *= 2;
    char *bytes = realloc(open->bytes, room);
    if (!bytes)
        return false;
    open->bytes = bytes;
    open->room = room;
    return true;
}

static bool numbers_grow(struct gathered_texts *texts)
{
    uint32_t room = texts->room ? texts->room * 2 : ROOM_FIRST;
    uint64_t *hash = room <= ROOM_MAX ? realloc(texts->hash, room * sizeof *hash) : NULL;
    if (hash)
        texts->hash = hash;
    uint32_t *size = hash ? realloc(texts->size, room * sizeof *size) : NULL;
    if (!size)
        return false;
    texts->size = size;
    texts->room = room;
    return true;
}

static bool open_prepare(struct gathered_texts *texts, struct text_packer *packer, size_t size)
{
    struct open_texts *open = &texts->open;
    if (open->at_room == 0) {
        *open = packer->spare;
        packer->spare = (struct open_texts){ .count = 0 };
    }
    return (open->count < open->at_room || open_grow_list(texts)) &&
           (open->room - open->size >= size || open_grow_bytes(open, size));
}

static void open_add(struct gathered_texts *texts, text value, uint32_t *place)
{
    struct open_texts *open = &texts->open;
    open->at[open->count] = (uint32_t)open->size;
    if (value.size)
        memcpy(open->bytes + open->size, value.at, value.size);
    open->size += value.size;
    *place = ++open->count;
}

uint32_t gathered_texts_add(struct call *call, struct gathered_texts *texts,
                            struct text_packer *packer, text value)
{
    if ((texts->count == texts->room && !numbers_grow(texts)) ||
        !open_prepare(texts, packer, value.size)) {
        fail_texts(call, texts);
        return NONE;
    }
    uint64_t hash = hash_quick(value, 0);
    uint32_t *place = place_of(texts, value, hash);
    if (*place)
        return number_of(texts, *place - 1);
    open_add(texts, value, place);
    texts->hash[texts->count] = hash;
    texts->size[texts->count] = (uint32_t)value.size;
    return texts->count++;
}

bool gathered_texts_equal(const struct gathered_texts *texts, uint32_t a, uint32_t b)
{
    return a == b || (a != NONE && b != NONE && texts->size[a] == texts->size[b] &&
                      texts->hash[a] == texts->hash[b]);
}

/* --- what is compressed --- */

static bool is_as_last(const struct open_texts *open, const struct text_packer *packer)
{
    const struct open_texts *last = &packer->last;
    return packer->last_packed.at && last->size == open->size &&
           (open->size == 0 || memcmp(last->bytes, open->bytes, open->size) == 0);
}

/* What was packed before it is no longer the last: its memory goes to who comes next. */
static void open_leave(struct gathered_texts *texts, struct text_packer *packer)
{
    struct open_texts spare = packer->last;
    packer->last = texts->open;
    texts->open = (struct open_texts){ .count = 0 };
    open_texts_release(&packer->spare);
    if (spare.place)
        memset(spare.place, 0, 2 * (size_t)spare.at_room * sizeof *spare.place);
    spare.count = 0;
    spare.size = 0;
    packer->spare = spare;
}

bool gathered_texts_pack(struct call *call, struct gathered_texts *texts,
                         struct text_packer *packer)
{
    const struct open_texts *open = &texts->open;
    if (open->count == 0)
        return true;
    struct text_piece *piece =
        call_more(call, texts->piece, texts->piece_count, &texts->piece_room, sizeof *piece);
    if (!piece)
        return false;
    texts->piece = piece;
    if (!is_as_last(open, packer) &&
        !compress(call, (text){ open->bytes, open->size }, &packer->last_packed))
        return false;
    piece[texts->piece_count++] = (struct text_piece){ packer->last_packed, open->size };
    open_leave(texts, packer);
    return true;
}

/* --- and back --- */

static bool unpack_all(struct call *call, const struct gathered_texts *texts, char *room)
{
    for (size_t i = 0; i < texts->piece_count; i++) {
        const struct text_piece *piece = &texts->piece[i];
        text plain;
        if (!decompress(call, piece->packed, piece->size, &plain))
            return false;
        if (plain.size)
            memcpy(room, plain.at, plain.size);
        room += plain.size;
    }
    if (texts->open.size)
        memcpy(room, texts->open.bytes, texts->open.size);
    return true;
}

const text *gathered_texts_view(struct call *call, const struct gathered_texts *texts)
{
    size_t size = 0;
    for (uint32_t i = 0; i < texts->count; i++)
        size += texts->size[i];
    text *view = call_array(call, (size_t)texts->count + 1, sizeof *view);
    char *room = view ? call_take_unset(call, size + 1) : NULL;
    if (!room || !unpack_all(call, texts, room))
        return NULL;
    for (uint32_t i = 0; i < texts->count; i++) {
        view[i] = (text){ room, texts->size[i] };
        room += texts->size[i];
    }
    return view;
}
