/*
 * See column.h. Texts: a dictionary of the distinct ones in order of first appearance, and an index
 * per case. The body: number of distinct texts, the size of each (four bytes each), the indexes
 * (the form is their width; 0 = no text, k = the k-th), and the bytes of the dictionary.
 */
#include "engine/column.h"

#include "base/compress.h"
#include "base/hash.h"
#include "engine/column_body.h"

/*
 * Distinct texts and where each case's text stands; `slot` is a hash table of dictionary numbers.
 */
struct dictionary {
    text *entry;
    uint32_t *index;
    uint32_t *slot;
    size_t slots; /* a power of two, at least twice the values */
    uint32_t count;
    size_t bytes;
};

static bool dictionary_new(struct call *call, uint32_t count, struct dictionary *dictionary)
{
    size_t slots = 2;
    while (slots < (size_t)count * 2)
        slots *= 2;
    *dictionary = (struct dictionary){
        .entry = call_array(call, count, sizeof(text)),
        .index = call_array(call, count, sizeof(uint32_t)),
        .slot = call_array(call, slots, sizeof(uint32_t)),
        .slots = slots,
    };
    return dictionary->entry && dictionary->index && dictionary->slot;
}

/* The number of a text from 1 on, new or known. */
static uint32_t dictionary_number(struct dictionary *dictionary, text value)
{
    size_t at = hash_quick(value, 0) & (dictionary->slots - 1);
    while (dictionary->slot[at]) {
        uint32_t number = dictionary->slot[at];
        if (text_equal(dictionary->entry[number - 1], value))
            return number;
        at = (at + 1) & (dictionary->slots - 1);
    }
    dictionary->entry[dictionary->count++] = value;
    dictionary->bytes += value.size;
    return dictionary->slot[at] = dictionary->count;
}

static size_t body_size(size_t distinct, uint32_t count, uint8_t width)
{
    return 4 + distinct * 4 + (size_t)count * width;
}

static void write_body(unsigned char *at, const struct dictionary *dictionary, uint32_t count,
                       uint8_t width)
{
    column_body_write(at, dictionary->count, 4);
    at += 4;
    for (size_t i = 0; i < dictionary->count; i++, at += 4)
        column_body_write(at, dictionary->entry[i].size, 4);
    for (size_t i = 0; i < count; i++, at += width)
        column_body_write(at, dictionary->index[i], width);
    for (size_t i = 0; i < dictionary->count; i++) {
        if (dictionary->entry[i].size)
            memcpy(at, dictionary->entry[i].at, dictionary->entry[i].size);
        at += dictionary->entry[i].size;
    }
}

/* Seals the body, compressed when that is smaller. */
static bool seal_smaller(struct call *call, unsigned char *body, size_t size, uint8_t width,
                         uint32_t count, text *packed)
{
    text small;
    if (!compress(call, (text){ (const char *)body, size }, &small))
        return false;
    bool is_smaller = small.size < size;
    if (is_smaller) {
        memcpy(body, small.at, small.size);
        size = small.size;
    }
    struct column_head head = { PACKED_TEXTS, width, is_smaller, count };
    *packed = column_body_seal(body, size, head);
    return true;
}

static bool pack_dictionary(struct call *call, const char *name,
                            const struct dictionary *dictionary, uint32_t count, text *packed)
{
    uint8_t width = column_body_width(dictionary->count);
    size_t size = body_size(dictionary->count, count, width) + dictionary->bytes;
    if (size > COLUMN_BODY_SIZE_MAX)
        return fail(call, FAIL_TOO_LARGE,
                    "column '%s' has %zu MiB of texts, more than the %d MiB of one run; shorten "
                    "them or split the run", name, size >> 20, COLUMN_BODY_SIZE_MAX >> 20);
    unsigned char *body = column_body_new(call, size);
    if (!body)
        return false;
    write_body(body, dictionary, count, width);
    return seal_smaller(call, body, size, width, count, packed);
}

bool column_pack_texts(struct call *call, const char *name, const text *value, uint32_t count,
                       text *packed)
{
    struct dictionary dictionary;
    *packed = TEXT_NONE;
    if (!dictionary_new(call, count, &dictionary))
        return false;
    for (size_t i = 0; i < count; i++)
        if (value[i].at)
            dictionary.index[i] = dictionary_number(&dictionary, value[i]);
    return dictionary.count == 0 || pack_dictionary(call, name, &dictionary, count, packed);
}

/* Views of the dictionary's entries in `body`, or NULL: damaged or no memory. */
static text *read_dictionary(struct call *call, const char *name, text body, uint32_t count,
                             uint8_t width, size_t *distinct)
{
    const unsigned char *at = (const unsigned char *)body.at;
    *distinct = body.size >= 4 ? (size_t)column_body_read(at, 4) : SIZE_MAX;
    if (*distinct > count || body.size < body_size(*distinct, count, width)) {
        column_body_damaged(call, name);
        return NULL;
    }
    text *entry = call_array(call, *distinct, sizeof *entry);
    text rest = text_from(body, body_size(*distinct, count, width));
    for (size_t i = 0; entry && i < *distinct; i++) {
        size_t size = (size_t)column_body_read(at + 4 + i * 4, 4);
        if (size > rest.size) {
            column_body_damaged(call, name);
            return NULL;
        }
        entry[i] = text_until(rest, size);
        rest = text_from(rest, size);
    }
    if (entry && rest.size) {
        column_body_damaged(call, name);
        return NULL;
    }
    return entry;
}

static bool unpack_body(struct call *call, const char *name, text body, uint32_t count,
                        uint8_t width, text **value)
{
    size_t distinct;
    text *entry = read_dictionary(call, name, body, count, width, &distinct);
    text *view = call_array(call, count, sizeof *view);
    if (!entry || !view)
        return false;
    const unsigned char *at = (const unsigned char *)body.at + 4 + distinct * 4;
    for (size_t i = 0; i < count; i++) {
        size_t number = (size_t)column_body_read(at + i * width, width);
        if (number > distinct)
            return column_body_damaged(call, name);
        view[i] = number ? entry[number - 1] : TEXT_NONE;
    }
    *value = view;
    return true;
}

bool column_unpack_texts(struct call *call, const char *name, text packed, uint32_t count,
                         text **value)
{
    uint8_t width;
    text body;
    if (!packed.at) {
        *value = call_array(call, count, sizeof **value);
        return *value != NULL;
    }
    if (!column_body_open(call, name, packed, PACKED_TEXTS, count, &width, &body))
        return false;
    if (width != 1 && width != 2 && width != 4)
        return column_body_damaged(call, name);
    /* A body that was not compressed ends with the packed bytes, which may go before the call. */
    bool is_view = body.at + body.size == packed.at + packed.size;
    if (is_view)
        body = call_text(call, body);
    return body.at && unpack_body(call, name, body, count, width, value);
}
