/*
 * See column.h. Texts: a table of the distinct ones and an index per case, then the bytes of the
 * distinct ones, one after the other. The body: size of the table (four bytes), the table, the
 * bytes. The table: number of distinct texts, the size of each (four bytes each), the indexes (0 =
 * no text, k = the k-th). The form: the width of an index, and which of the two are compressed; the
 * bytes may be several zstd frames.
 */
#include "engine/column.h"

#include "base/compress.h"
#include "base/hash.h"
#include "engine/column_body.h"

#include <assert.h>

enum { FORM_WIDTH = 0x0F, FORM_TABLE_PACKED = 0x10, FORM_BYTES_PACKED = 0x20, NUMBER_BYTES = 4 };

/* What the table says. */
struct text_table {
    uint32_t distinct, count;
    const uint32_t *size;  /* of each distinct text */
    const uint32_t *index; /* of each case */
};

/* --- packing --- */

static size_t table_size(size_t distinct, uint32_t count, uint8_t width)
{
    return NUMBER_BYTES + distinct * NUMBER_BYTES + (size_t)count * width;
}

static void write_table(unsigned char *at, const struct text_table *table, uint8_t width)
{
    column_body_write(at, table->distinct, NUMBER_BYTES);
    at += NUMBER_BYTES;
    for (size_t i = 0; i < table->distinct; i++, at += NUMBER_BYTES)
        column_body_write(at, table->size[i], NUMBER_BYTES);
    for (size_t i = 0; i < table->count; i++, at += width)
        column_body_write(at, table->index[i], width);
}

static bool pack_smaller(struct call *call, text plain, text *packed, bool *is_packed)
{
    if (!compress(call, plain, packed))
        return false;
    *is_packed = packed->size < plain.size;
    if (!*is_packed)
        *packed = plain;
    return true;
}

static bool pack_table(struct call *call, const struct text_table *table, uint8_t width,
                       text *packed, bool *is_packed)
{
    size_t size = table_size(table->distinct, table->count, width);
    unsigned char *room = call_take_unset(call, size);
    if (!room)
        return false;
    write_table(room, table, width);
    return pack_smaller(call, (text){ (const char *)room, size }, packed, is_packed);
}

static bool seal_texts(struct call *call, const struct text_table *table,
                       const struct text_piece *piece, size_t piece_count, bool is_packed,
                       text *packed)
{
    uint8_t width = column_body_width(table->distinct);
    bool is_table_packed;
    text packed_table;
    if (!pack_table(call, table, width, &packed_table, &is_table_packed))
        return false;
    size_t size = NUMBER_BYTES + packed_table.size;
    for (size_t i = 0; i < piece_count; i++)
        size += piece[i].packed.size;
    unsigned char *body = column_body_new(call, size), *at = body;
    if (!body)
        return false;
    column_body_write(at, packed_table.size, NUMBER_BYTES);
    memcpy(at + NUMBER_BYTES, packed_table.at, packed_table.size);
    at += NUMBER_BYTES + packed_table.size;
    for (size_t i = 0; i < piece_count; at += piece[i++].packed.size)
        if (piece[i].packed.size)
            memcpy(at, piece[i].packed.at, piece[i].packed.size);
    uint8_t form = (uint8_t)(width | (is_table_packed ? FORM_TABLE_PACKED : 0) |
                             (is_packed ? FORM_BYTES_PACKED : 0));
    *packed = column_body_seal(body, size,
                               (struct column_head){ PACKED_TEXTS, form, false, table->count });
    return true;
}

static bool fits(struct call *call, const char *name, const struct text_table *table)
{
    size_t size = table_size(table->distinct, table->count, NUMBER_BYTES);
    for (uint32_t i = 0; i < table->distinct; i++)
        size += table->size[i];
    return size <= COLUMN_BODY_SIZE_MAX ||
           fail(call, FAIL_TOO_LARGE,
                "column '%s' has %zu MiB of texts, more than the %d MiB of one run; shorten "
                "them or split the run", name, size >> 20, COLUMN_BODY_SIZE_MAX >> 20);
}

bool column_pack_gathered(struct call *call, const char *name, const struct gathered_texts *texts,
                          const uint32_t *index, uint32_t count, text *packed)
{
    const struct text_table table = { texts->count, count, texts->size, index };
    assert(texts->open.count == 0);
    return fits(call, name, &table) &&
           seal_texts(call, &table, texts->piece, texts->piece_count, true, packed);
}

/* --- packing texts that lie anywhere --- */

/*
 * Distinct texts and where each case's text stands; `slot` is a hash table of dictionary numbers.
 */
struct dictionary {
    text *entry;
    uint32_t *size;
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
        .size = call_array(call, count, sizeof(uint32_t)),
        .index = call_array(call, count, sizeof(uint32_t)),
        .slot = call_array(call, slots, sizeof(uint32_t)),
        .slots = slots,
    };
    return dictionary->entry && dictionary->size && dictionary->index && dictionary->slot;
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
    dictionary->size[dictionary->count] = (uint32_t)value.size;
    dictionary->entry[dictionary->count++] = value;
    dictionary->bytes += value.size;
    return dictionary->slot[at] = dictionary->count;
}

static bool pack_dictionary(struct call *call, const char *name,
                            const struct dictionary *dictionary, uint32_t count, text *packed)
{
    const struct text_table table = { dictionary->count, count, dictionary->size,
                                      dictionary->index };
    struct text_piece piece = { .size = dictionary->bytes };
    bool is_packed;
    if (!fits(call, name, &table))
        return false;
    char *bytes = call_take_unset(call, dictionary->bytes + 1), *at = bytes;
    if (!bytes)
        return false;
    for (size_t i = 0; i < dictionary->count; at += dictionary->size[i++])
        if (dictionary->size[i])
            memcpy(at, dictionary->entry[i].at, dictionary->size[i]);
    return pack_smaller(call, (text){ bytes, dictionary->bytes }, &piece.packed, &is_packed) &&
           seal_texts(call, &table, &piece, 1, is_packed, packed);
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

/* --- and back --- */

/* Unpacking has failed: bytes that are no piece are damaged, unless memory is what is missing. */
static bool fail_damaged(struct call *call, const char *name)
{
    if (call->fail.kind == FAIL_TOO_LARGE)
        return false;
    fail_clear(call);
    return column_body_damaged(call, name);
}

/* Where the table lies, unpacked, and the bytes behind it, as they are. */
static bool open_table(struct call *call, const char *name, text body, uint32_t count,
                       uint8_t form, text *table, text *bytes)
{
    size_t size = body.size >= NUMBER_BYTES
                      ? (size_t)column_body_read((const unsigned char *)body.at, NUMBER_BYTES)
                      : SIZE_MAX;
    if (size > body.size - NUMBER_BYTES)
        return column_body_damaged(call, name);
    *table = text_until(text_from(body, NUMBER_BYTES), size);
    *bytes = text_from(body, NUMBER_BYTES + size);
    size_t size_max = table_size(count, count, NUMBER_BYTES);
    return !(form & FORM_TABLE_PACKED) || decompress(call, *table, size_max, table) ||
           fail_damaged(call, name);
}

/* The bytes in the call, as many as the sizes of the table say. */
static bool open_bytes(struct call *call, const char *name, size_t size, uint8_t form, text *bytes)
{
    if (size > COLUMN_BODY_SIZE_MAX || (!(form & FORM_BYTES_PACKED) && bytes->size != size))
        return column_body_damaged(call, name);
    if (!(form & FORM_BYTES_PACKED)) {
        *bytes = call_text(call, *bytes);
        return bytes->at != NULL;
    }
    return decompress_pieces(call, *bytes, size, bytes) || fail_damaged(call, name);
}

/* Views of the distinct texts, or NULL: damaged or no memory. */
static text *read_entries(struct call *call, const char *name, text table, size_t distinct,
                          uint8_t form, text bytes)
{
    const unsigned char *size = (const unsigned char *)table.at + NUMBER_BYTES;
    size_t whole = 0;
    for (size_t i = 0; i < distinct; i++)
        whole += (size_t)column_body_read(size + i * NUMBER_BYTES, NUMBER_BYTES);
    text *entry = call_array(call, distinct, sizeof *entry);
    if (!entry || !open_bytes(call, name, whole, form, &bytes))
        return NULL;
    for (size_t i = 0; i < distinct; i++) {
        entry[i] =
            text_until(bytes, (size_t)column_body_read(size + i * NUMBER_BYTES, NUMBER_BYTES));
        bytes = text_from(bytes, entry[i].size);
    }
    return entry;
}

static bool unpack_body(struct call *call, const char *name, text body, uint32_t count,
                        uint8_t form, text **value)
{
    text table, bytes;
    uint8_t width = form & FORM_WIDTH;
    if (!open_table(call, name, body, count, form, &table, &bytes))
        return false;
    const unsigned char *at = (const unsigned char *)table.at;
    size_t distinct = table.size >= NUMBER_BYTES ? (size_t)column_body_read(at, NUMBER_BYTES)
                                               : SIZE_MAX;
    if (distinct > count || table.size != table_size(distinct, count, width))
        return column_body_damaged(call, name);
    text *entry = read_entries(call, name, table, distinct, form, bytes);
    text *view = call_array(call, count, sizeof *view);
    if (!entry || !view)
        return false;
    at += table_size(distinct, 0, width);
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
    uint8_t form;
    text body;
    if (!packed.at) {
        *value = call_array(call, count, sizeof **value);
        return *value != NULL;
    }
    if (!column_body_open(call, name, packed, PACKED_TEXTS, count, &form, &body))
        return false;
    uint8_t width = form & FORM_WIDTH;
    if ((width != 1 && width != 2 && width != 4) ||
        (form & ~(FORM_WIDTH | FORM_TABLE_PACKED | FORM_BYTES_PACKED)))
        return column_body_damaged(call, name);
    return unpack_body(call, name, body, count, form, value);
}
