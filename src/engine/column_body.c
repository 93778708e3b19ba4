/* See column_body.h; the layout of the head stands in column.h. */
#include "engine/column_body.h"

#include "base/compress.h"
#include "base/hash.h"

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

uint8_t column_body_width(uint32_t largest)
{
    return largest <= UINT8_MAX ? 1 : largest <= UINT16_MAX ? 2 : 4;
}

bool column_body_damaged(struct call *call, const char *name)
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

text column_body_seal(unsigned char *body, size_t size, struct column_head head)
{
    unsigned char *at = body - HEAD_SIZE;
    at[0] = MAGIC;
    at[AT_VERSION] = VERSION;
    at[AT_KIND] = head.kind;
    at[AT_FORM] = head.form;
    at[AT_PACKING] = head.is_compressed;
    column_body_write(at + AT_COUNT, head.count, 4);
    column_body_write(at + AT_HASH, seal_of(at, (text){ (const char *)body, size }), 4);
    return (text){ (const char *)at, HEAD_SIZE + size };
}

/* The seal covers what is not looked at here: form, packing and the zero bytes. */
static bool is_sound(text packed, uint8_t kind, uint32_t count)
{
    if (packed.size < HEAD_SIZE)
        return false;
    const unsigned char *head = (const unsigned char *)packed.at;
    return head[0] == MAGIC && head[AT_VERSION] == VERSION && head[AT_KIND] == kind &&
           head[AT_PACKING] <= 1 && column_body_read(head + AT_COUNT, 4) == count &&
           column_body_read(head + AT_HASH, 4) == seal_of(head, text_from(packed, HEAD_SIZE));
}

bool column_body_open(struct call *call, const char *name, text packed, uint8_t kind,
                      uint32_t count, uint8_t *form, text *body)
{
    if (!is_sound(packed, kind, count))
        return column_body_damaged(call, name);
    *form = (uint8_t)packed.at[AT_FORM];
    *body = text_from(packed, HEAD_SIZE);
    if (!packed.at[AT_PACKING] || decompress(call, *body, COLUMN_BODY_SIZE_MAX, body))
        return true;
    if (call->fail.kind == FAIL_TOO_LARGE)
        return false;
    fail_clear(call);
    return column_body_damaged(call, name);
}
