/* See zip_make.h. */
#include "support/zip_make.h"

#include "support/support.h"

#include <zlib.h>
#include <zstd.h>

static void number(struct out *out, uint64_t value, int size)
{
    for (int i = 0; i < size; i++)
        out_char(out, i < 8 ? (char)(value >> (8 * i)) : 0); /* wider fields end in zeros */
}

static text deflated(struct call *call, text bytes)
{
    size_t room_size = bytes.size + bytes.size / 100 + 100;
    char *room = call_take(call, room_size);
    z_stream stream = { .next_in = (unsigned char *)(uintptr_t)bytes.at,
                        .avail_in = (unsigned)bytes.size,
                        .next_out = (unsigned char *)room,
                        .avail_out = (unsigned)room_size };
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t size = stream.total_out;
    deflateEnd(&stream);
    return (text){ room, size };
}

static text one_frame(struct call *call, text bytes)
{
    size_t room_size = ZSTD_compressBound(bytes.size);
    char *room = call_take(call, room_size);
    size_t size = ZSTD_compress(room, room_size, bytes.at, bytes.size, 3);
    assert_false(ZSTD_isError(size));
    return (text){ room, size };
}

static text packed(struct call *call, text bytes, int method, int flags)
{
    if (method == 8)
        return deflated(call, bytes);
    if (method != 93)
        return bytes;
    if (!(flags & MAKE_TWO_FRAMES))
        return one_frame(call, bytes);
    text first = one_frame(call, text_until(bytes, bytes.size / 2));
    text second = one_frame(call, text_from(bytes, bytes.size / 2));
    char *room = call_take(call, first.size + second.size);
    memcpy(room, first.at, first.size);
    memcpy(room + first.size, second.at, second.size);
    return (text){ room, first.size + second.size };
}

void zip_make_begin(struct zip_making *making, struct call *call)
{
    *making = (struct zip_making){ .count = 0 };
    out_init(&making->out, call);
    out_init(&making->directory, call);
}

static void zip64_field(struct out *out, uint64_t size, uint64_t packed_size)
{
    number(out, 1, 2);
    number(out, 16, 2);
    number(out, size, 8);
    number(out, packed_size, 8);
}

void zip_make_entry(struct zip_making *making, const char *name, text bytes, int method, int flags)
{
    text body = packed(making->out.call, bytes, method, flags);
    bool is_wide = flags & MAKE_ZIP64, is_behind = flags & MAKE_SIZES_BEHIND;
    uint64_t crc = crc32_z(0, (const unsigned char *)bytes.at, bytes.size);
    uint64_t offset = making->out.size, full = 0xFFFFFFFF;
    uint64_t bits = (is_behind ? 8 : 0) | (flags & MAKE_ENCRYPTED ? 1 : 0);
    crc ^= flags & MAKE_WRONG_CRC ? 1 : 0;
    making->is_zip64 = making->is_zip64 || is_wide;
    out_text(&making->out, TEXT("PK\x03\x04"));
    number(&making->out, 45, 2);
    number(&making->out, bits, 2);
    number(&making->out, (uint64_t)method, 2);
    number(&making->out, 0, 4);
    number(&making->out, is_behind ? 0 : crc, 4);
    number(&making->out, is_behind ? 0 : is_wide ? full : body.size, 4);
    number(&making->out, is_behind ? 0 : is_wide ? full : bytes.size, 4);
    number(&making->out, strlen(name), 2);
    number(&making->out, is_wide ? 20 : 0, 2);
    out_string(&making->out, name);
    if (is_wide)
        zip64_field(&making->out, bytes.size, body.size);
    out_text(&making->out, body);
    if (is_behind) {
        out_text(&making->out, TEXT("PK\x07\x08"));
        number(&making->out, crc, 4);
        number(&making->out, body.size, 4);
        number(&making->out, bytes.size, 4);
    }
    out_text(&making->directory, TEXT("PK\x01\x02"));
    number(&making->directory, 45, 2);
    number(&making->directory, 45, 2);
    number(&making->directory, bits, 2);
    number(&making->directory, (uint64_t)method, 2);
    number(&making->directory, 0, 4);
    number(&making->directory, crc, 4);
    number(&making->directory, is_wide ? full : body.size, 4);
    number(&making->directory, is_wide ? full : bytes.size, 4);
    number(&making->directory, strlen(name), 2);
    number(&making->directory, is_wide ? 20 : 0, 2);
    number(&making->directory, 0, 2 + 2 + 2 + 4);
    number(&making->directory, offset, 4);
    out_string(&making->directory, name);
    if (is_wide)
        zip64_field(&making->directory, bytes.size, body.size);
    making->count++;
}

text zip_make_end(struct zip_making *making)
{
    struct out *out = &making->out;
    uint64_t offset = out->size, size = making->directory.size;
    uint64_t count = (uint64_t)making->count;
    out_text(out, out_view(&making->directory));
    if (making->is_zip64) {
        uint64_t end64 = out->size;
        out_text(out, TEXT("PK\x06\x06"));
        number(out, 44, 8);
        number(out, 45, 2);
        number(out, 45, 2);
        number(out, 0, 8);
        number(out, count, 8);
        number(out, count, 8);
        number(out, size, 8);
        number(out, offset, 8);
        out_text(out, TEXT("PK\x06\x07"));
        number(out, 0, 4);
        number(out, end64, 8);
        number(out, 1, 4);
    }
    out_text(out, TEXT("PK\x05\x06"));
    number(out, 0, 4);
    number(out, making->is_zip64 ? 0xFFFF : count, 2);
    number(out, making->is_zip64 ? 0xFFFF : count, 2);
    number(out, making->is_zip64 ? 0xFFFFFFFF : size, 4);
    number(out, making->is_zip64 ? 0xFFFFFFFF : offset, 4);
    number(out, 0, 2);
    return out_view(out);
}
