/* See visible.h. */
#include "base/visible.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* What must not reach a terminal: controls, line and paragraph separators, marks that turn the
 * direction. */
static bool is_dangerous(UChar32 character)
{
    return (U_GET_GC_MASK(character) & (U_GC_CC_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK)) != 0 ||
           u_hasBinaryProperty(character, UCHAR_BIDI_CONTROL);
}

/* The middle and final parts of a Korean syllable are drawn inside the first part's two columns. */
static bool is_inner_jamo(UChar32 character)
{
    return character >= 0x1160 && character <= 0x11FF;
}

static int character_width(UChar32 character)
{
    if ((U_GET_GC_MASK(character) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0 ||
        is_inner_jamo(character))
        return 0;
    int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

static size_t escape(char room[VISIBLE_ROOM], const char *format, unsigned value, int *width)
{
    *width = snprintf(room, VISIBLE_ROOM, format, value);
    return (size_t)*width;
}

static size_t control_escape(char room[VISIBLE_ROOM], UChar32 character, int *width)
{
    if (character == '\n' || character == '\t' || character == '\r')
        return escape(room, "\\%c", character == '\n' ? 'n' : character == '\t' ? 't' : 'r', width);
    return escape(room, character < 0x80 ? "\\x%02x" : "\\u%04x", (unsigned)character, width);
}

/* Nearly all text is printable ASCII: it does not need to ask ICU. */
static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F;
}

size_t visible_next(text *rest, char room[VISIBLE_ROOM], int *width)
{
    const unsigned char *at = (const unsigned char *)rest->at;
    if (is_plain(at[0])) {
        room[0] = rest->at[0];
        *rest = text_from(*rest, 1);
        *width = 1;
        return 1;
    }
    int32_t size = 0;
    UChar32 character;
    U8_NEXT(at, size, rest->size < U8_MAX_LENGTH ? (int32_t)rest->size : U8_MAX_LENGTH, character);
    if (character < 0) {
        *rest = text_from(*rest, 1);
        return escape(room, "\\x%02x", at[0], width);
    }
    *rest = text_from(*rest, (size_t)size);
    if (is_dangerous(character))
        return control_escape(room, character, width);
    memcpy(room, at, (size_t)size);
    *width = character_width(character);
    return (size_t)size;
}

int visible_width(text whole)
{
    char room[VISIBLE_ROOM];
    int sum = 0, width;
    while (whole.size) {
        visible_next(&whole, room, &width);
        sum += width;
    }
    return sum;
}

static bool needs_escape(text whole)
{
    char room[VISIBLE_ROOM];
    int width;
    while (whole.size) {
        const char *at = whole.at;
        size_t size = visible_next(&whole, room, &width);
        if (size != (size_t)(whole.at - at) || memcmp(at, room, size) != 0)
            return true;
    }
    return false;
}

text visible_text(struct call *call, text whole)
{
    if (!needs_escape(whole))
        return whole.at ? whole : TEXT("");
    struct out out;
    out_init(&out, call);
    visible_write(&out, whole);
    return out_view(&out);
}

void visible_write(struct out *out, text whole)
{
    char room[VISIBLE_ROOM];
    int width;
    while (whole.size) {
        size_t size = visible_next(&whole, room, &width);
        out_text(out, (text){ room, size });
    }
}

text visible_until(text whole, int width)
{
    char room[VISIBLE_ROOM];
    text rest = whole;
    size_t fitting = 0;
    int one;
    while (rest.size) {
        visible_next(&rest, room, &one);
        if (one > width)
            break;
        width -= one;
        fitting = (size_t)(rest.at - whole.at);
    }
    return text_until(whole, fitting);
}
