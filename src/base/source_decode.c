/* See source_decode.h. Two ICU converters with UTF-16 between them; knows no lines. */
#include "base/source_decode.h"

#include <unicode/ucnv.h>

enum { PIVOT_SIZE = 4096 };

struct source_decode {
    UConverter *from;
    UConverter *to;
    UChar pivot[PIVOT_SIZE];
    UChar *pivot_source;
    UChar *pivot_target;
    bool is_feed_ended;
    bool is_ended;
    size_t at;
    size_t size;
    char bytes[SOURCE_CHUNK];
};

bool source_decode_is_none(text encoding)
{
    return encoding.size == 0 || text_same_word(encoding, TEXT("UTF-8")) ||
           text_same_word(encoding, TEXT("UTF8"));
}

static bool open_converters(struct source_decode *decode, const char *encoding)
{
    UErrorCode status = U_ZERO_ERROR;
    decode->from = ucnv_open(encoding, &status);
    decode->to = ucnv_open("UTF-8", &status);
    decode->pivot_source = decode->pivot_target = decode->pivot;
    return U_SUCCESS(status);
}

struct source_decode *source_decode_open(struct call *call, const char *name, text encoding)
{
    char *encoding_name = call_string(call, encoding);
    if (!encoding_name)
        return NULL;
    struct source_decode *decode = calloc(1, sizeof *decode);
    if (!decode) {
        fail(call, FAIL_INTERNAL, "no memory to decode '%s'", name);
        return NULL;
    }
    if (open_converters(decode, encoding_name))
        return decode;
    fail(call, FAIL_INVALID,
         "the encoding '%s' for '%s' is not known; use a name such as 'UTF-8' or 'windows-1252'",
         encoding_name, name);
    source_decode_close(decode);
    return NULL;
}

void source_decode_close(struct source_decode *decode)
{
    if (!decode)
        return;
    ucnv_close(decode->from);
    ucnv_close(decode->to);
    free(decode);
}

static bool refill(struct call *call, struct source_decode *decode, struct source_feed *feed)
{
    decode->at = 0;
    if (!source_feed_read(call, feed, decode->bytes, sizeof decode->bytes, &decode->size))
        return false;
    decode->is_feed_ended = decode->size == 0;
    return true;
}

bool source_decode_read(struct call *call, struct source_decode *decode, struct source_feed *feed,
                        char *room, size_t size, size_t *got)
{
    *got = 0;
    while (*got == 0 && !decode->is_ended) {
        if (decode->at == decode->size && !decode->is_feed_ended && !refill(call, decode, feed))
            return false;
        char *target = room;
        const char *source = decode->bytes + decode->at;
        UErrorCode status = U_ZERO_ERROR;
        ucnv_convertEx(decode->to, decode->from, &target, room + size, &source,
                       decode->bytes + decode->size, decode->pivot, &decode->pivot_source,
                       &decode->pivot_target, decode->pivot + PIVOT_SIZE, false,
                       decode->is_feed_ended, &status);
        decode->at = (size_t)(source - decode->bytes);
        *got = (size_t)(target - room);
        if (status == U_BUFFER_OVERFLOW_ERROR)
            continue;
        if (U_FAILURE(status))
            return fail(call, FAIL_INVALID,
                        "cannot decode '%s': %s; name the encoding it is written in",
                        feed->facts->name, u_errorName(status));
        decode->is_ended = decode->is_feed_ended;
    }
    return true;
}
