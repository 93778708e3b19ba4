/* See column.h. Heads, bits and numbers; reals and texts have a file each. */
#include "engine/column.h"

#include "base/compress.h"
#include "base/hash.h"
#include "engine/bits.h"
#include "engine/column_body.h"

enum {
    HEAD_SIZE = 16,
    HEAD_HASHED = 12,
    MAGIC = 0xC5,
    VERSION = 1,
    AT_VERSION = 1,
    AT_KIND = 2,
    AT_FORM = 3,
    AT_PACKING = 4,
    AT_COUNT = 8,
    AT_HASH = 12,
};

uint8_t column_width(uint32_t largest)
{
    return largest <= UINT8_MAX ? 1 : largest <= UINT16_MAX ? 2 : 4;
}

void column_write(unsigned char *at, uint64_t value, size_t width)
{
    for (size_t i = 0; i < width; i++)
        at[i] = (unsigned char)(value >> 8 * i);
}

uint64_t column_read(const unsigned char *at, size_t width)
{
    uint64_t value = 0;
    for (size_t i = 0; i < width; i++)
        value |= (uint64_t)at[i] << 8 * i;
    return value;
}

bool column_damaged(struct call *call, const char *name)
{
    return fail(call, FAIL_STORE,
                "column '%s' is damaged; run 'rondo verify' and restore the store from a backup",
                name);
}

static uint64_t seal_of(const unsigned char *head, text body)
{
    uint64_t seed = hash_quick((text){ (const char *)head, HEAD_HASHED }, 0);
    return hash_quick(body, seed) & UINT32_MAX;
}

unsigned char *column_body_new(struct call *call, size_t size)
{
    unsigned char *head = call_take(call, HEAD_SIZE + size);
    return head ? head + HEAD_SIZE : NULL;
}

text column_body_seal(unsigned char *body, size_t size, enum column_kind kind, uint8_t form,
                      bool is_compressed, uint32_t count)
{
    unsigned char *head = body - HEAD_SIZE;
    head[0] = MAGIC;
    head[AT_VERSION] = VERSION;
    head[AT_KIND] = (unsigned char)kind;
    head[AT_FORM] = form;
    head[AT_PACKING] = is_compressed;
    column_write(head + AT_COUNT, count, 4);
    column_write(head + AT_HASH, seal_of(head, (text){ (const char *)body, size }), 4);
    return (text){ (const char *)head, HEAD_SIZE + size };
}

/* The seal covers what is not looked at here: form, packing and the zero bytes. */
static bool is_sound(text packed, enum column_kind kind, uint32_t count)
{
    if (packed.size < HEAD_SIZE)
        return false;
    const unsigned char *head = (const unsigned char *)packed.at;
    return head[0] == MAGIC && head[AT_VERSION] == VERSION && head[AT_KIND] == kind &&
           head[AT_PACKING] <= 1 && column_read(head + AT_COUNT, 4) == count &&
           column_read(head + AT_HASH, 4) == seal_of(head, text_from(packed, HEAD_SIZE));
}

bool column_body_open(struct call *call, const char *name, text packed, enum column_kind kind,
                      uint32_t count, uint8_t *form, text *body)
{
    if (!is_sound(packed, kind, count))
        return column_damaged(call, name);
    *form = (uint8_t)packed.at[AT_FORM];
    *body = text_from(packed, HEAD_SIZE);
    if (!packed.at[AT_PACKING] || decompress(call, *body, COLUMN_SIZE_MAX, body))
        return true;
    if (call->fail.kind == FAIL_TOO_LARGE)
        return false;
    fail_clear(call);
    return column_damaged(call, name);
}

bool column_pack_bits(struct call *call, const uint64_t *word, uint32_t count, text *packed)
{
    size_t words = bits_words(count);
    unsigned char *body = column_body_new(call, words * 8);
    if (!body)
        return false;
    for (size_t i = 0; i < words; i++)
        column_write(body + i * 8, word[i], 8);
    *packed = column_body_seal(body, words * 8, COLUMN_BITS, 0, false, count);
    return true;
}

bool column_unpack_bits(struct call *call, const char *name, text packed, uint32_t count,
                        uint64_t **word)
{
    uint8_t form;
    text body;
    size_t words = bits_words(count);
    if (!column_body_open(call, name, packed, COLUMN_BITS, count, &form, &body))
        return false;
    if (form != 0 || body.size != words * 8)
        return column_damaged(call, name);
    uint64_t *set = bits_new(call, count);
    if (!set)
        return false;
    for (size_t i = 0; i < words; i++)
        set[i] = column_read((const unsigned char *)body.at + i * 8, 8);
    if (count % 64 && set[words - 1] >> count % 64)
        return column_damaged(call, name);
    *word = set;
    return true;
}

bool column_pack_numbers(struct call *call, const uint32_t *value, uint32_t count, text *packed)
{
    uint32_t largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = value[i] > largest ? value[i] : largest;
    uint8_t width = column_width(largest);
    unsigned char *body = column_body_new(call, (size_t)count * width);
    if (!body)
        return false;
    for (size_t i = 0; i < count; i++)
        column_write(body + i * width, value[i], width);
    *packed = column_body_seal(body, (size_t)count * width, COLUMN_NUMBERS, width, false, count);
    return true;
}

bool column_unpack_numbers(struct call *call, const char *name, text packed, uint32_t count,
                           uint32_t **value)
{
    uint8_t width;
    text body;
    if (!column_body_open(call, name, packed, COLUMN_NUMBERS, count, &width, &body))
        return false;
    if ((width != 1 && width != 2 && width != 4) || body.size != (size_t)count * width)
        return column_damaged(call, name);
    uint32_t *number = call_array(call, count, sizeof *number);
    if (!number)
        return false;
    for (size_t i = 0; i < count; i++)
        number[i] = (uint32_t)column_read((const unsigned char *)body.at + i * width, width);
    *value = number;
    return true;
}
