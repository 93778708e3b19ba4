/* See normal.h. Plain ASCII, which is most of what comes, never reaches ICU. */
#include "base/normal.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static bool is_ascii(text source)
{
    for (size_t i = 0; i < source.size; i++)
        if ((unsigned char)source.at[i] >= 0x80)
            return false;
    return true;
}

static bool without_cr(struct call *call, text *source)
{
    size_t size = 0;
    if (text_find(*source, TEXT("\r\n")) == SIZE_MAX)
        return true;
    char *room = call_take(call, source->size);
    if (!room)
        return false;
    for (size_t i = 0; i < source->size; i++)
        if (source->at[i] != '\r' || i + 1 == source->size || source->at[i + 1] != '\n')
            room[size++] = source->at[i];
    *source = (text){ room, size };
    return true;
}

/* A character of NFC text is at most three times as long in UTF-16 units as before (UAX 15). */
static text compose(struct call *call, text source)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t size = (int32_t)source.size, wide_size = 0, composed_size = 0, narrow_size = 0;
    const UNormalizer2 *form = unorm2_getNFCInstance(&error);
    UChar *wide = call_array(call, source.size + 1, sizeof *wide);
    UChar *composed = call_array(call, 3 * source.size + 1, sizeof *composed);
    char *narrow = call_take(call, 9 * source.size + 1);
    if (!wide || !composed || !narrow)
        return TEXT_NONE;
    u_strFromUTF8(wide, size, &wide_size, source.at, size, &error);
    composed_size = unorm2_normalize(form, wide, wide_size, composed, 3 * size, &error);
    u_strToUTF8(narrow, 9 * size, &narrow_size, composed, composed_size, &error);
    return U_FAILURE(error) ? source : (text){ narrow, (size_t)narrow_size };
}

text normal_text(struct call *call, text source)
{
    enum { SIZE_MAX_COMPOSED = 200 * 1024 * 1024 };
    if (!without_cr(call, &source))
        return TEXT_NONE;
    bool is_as_it_is = is_ascii(source) || source.size > SIZE_MAX_COMPOSED || !text_is_utf8(source);
    return is_as_it_is ? source : compose(call, source);
}
