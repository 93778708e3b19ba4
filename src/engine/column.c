/* See column.h. Bits and numbers; reals and texts have a file each. */
#include "engine/column.h"

#include "engine/bits.h"
#include "engine/column_body.h"

bool column_pack_bits(struct call *call, const uint64_t *word, uint32_t count, text *packed)
{
    size_t words = bits_words(count);
    unsigned char *body = column_body_new(call, words * 8);
    if (!body)
        return false;
    for (size_t i = 0; i < words; i++)
        column_body_write(body + i * 8, word[i], 8);
    *packed = column_body_seal(body, words * 8,
                               (struct column_head){ .kind = PACKED_BITS, .count = count });
    return true;
}

bool column_unpack_bits(struct call *call, const char *name, text packed, uint32_t count,
                        uint64_t **word)
{
    uint8_t form;
    text body;
    size_t words = bits_words(count);
    if (!column_body_open(call, name, packed, PACKED_BITS, count, &form, &body))
        return false;
    if (form != 0 || body.size != words * 8)
        return column_body_damaged(call, name);
    uint64_t *set = bits_new(call, count);
    if (!set)
        return false;
    for (size_t i = 0; i < words; i++)
        set[i] = column_body_read((const unsigned char *)body.at + i * 8, 8);
    if (count % 64 && set[words - 1] >> count % 64)
        return column_body_damaged(call, name);
    *word = set;
    return true;
}

bool column_pack_numbers(struct call *call, const uint32_t *value, uint32_t count, text *packed)
{
    uint32_t largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = value[i] > largest ? value[i] : largest;
    uint8_t width = column_body_width(largest);
    unsigned char *body = column_body_new(call, (size_t)count * width);
    if (!body)
        return false;
    for (size_t i = 0; i < count; i++)
        column_body_write(body + i * width, value[i], width);
    struct column_head head = { .kind = PACKED_NUMBERS, .form = width, .count = count };
    *packed = column_body_seal(body, (size_t)count * width, head);
    return true;
}

bool column_unpack_numbers(struct call *call, const char *name, text packed, uint32_t count,
                           uint32_t **value)
{
    uint8_t width;
    text body;
    if (!column_body_open(call, name, packed, PACKED_NUMBERS, count, &width, &body))
        return false;
    if ((width != 1 && width != 2 && width != 4) || body.size != (size_t)count * width)
        return column_body_damaged(call, name);
    uint32_t *number = call_array(call, count, sizeof *number);
    if (!number)
        return false;
    for (size_t i = 0; i < count; i++)
        number[i] = (uint32_t)column_body_read((const unsigned char *)body.at + i * width, width);
    *value = number;
    return true;
}
