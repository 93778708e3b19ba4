/*
 * Unpacking bytes that nobody packed. The first six bytes choose kind, count, form and packing; the
 * rest is tried as it is, and once more as a body under a correct head, which gets past the seal.
 */
#include "engine/column.h"
#include "engine/column_body.h"

enum { CHOICES = 6, MEMORY = 16 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void unpack(enum packed_kind kind, text packed, uint32_t count)
{
    struct call call;
    uint64_t *set;
    double *real;
    uint32_t *number;
    text *view;
    call_init(&call, MEMORY);
    switch (kind) {
    case PACKED_BITS:
        column_unpack_bits(&call, "fuzz", packed, count, &set);
        break;
    case PACKED_REALS:
        column_unpack_reals(&call, "fuzz", packed, count, &real);
        break;
    case PACKED_NUMBERS:
        column_unpack_numbers(&call, "fuzz", packed, count, &number);
        break;
    case PACKED_TEXTS:
        if (column_unpack_texts(&call, "fuzz", packed, count, &view))
            column_pack_texts(&call, "fuzz", view, count, &packed); /* reads every view */
        break;
    }
    call_release(&call);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < CHOICES)
        return 0;
    enum packed_kind kind = PACKED_BITS + bytes[0] % 4;
    uint32_t count = (uint32_t)column_body_read(bytes + 1, 2) | (uint32_t)(bytes[3] & 1) << 16;
    text rest = { (const char *)bytes + CHOICES, size - CHOICES };
    unpack(kind, rest, count);

    struct call call;
    call_init(&call, MEMORY);
    unsigned char *body = column_body_new(&call, rest.size);
    if (body) {
        memcpy(body, rest.at, rest.size);
        struct column_head head = { (uint8_t)kind, bytes[4], bytes[5] & 1, count };
        unpack(kind, column_body_seal(body, rest.size, head), count);
    }
    call_release(&call);
    return 0;
}
