/* See lower_case.h. */
#include "base/lower_case.h"

#include <unicode/ucasemap.h>

text lower_case(struct call *call, text source)
{
    UErrorCode status = U_ZERO_ERROR;
    /* Lower case may take more bytes than the text: at most three times as many (Unicode 15). */
    size_t room = source.size * 3 + 1;
    if (room > INT32_MAX) {
        fail(call, FAIL_TOO_LARGE, "a text of %zu bytes is too long for lower case", source.size);
        return TEXT_NONE;
    }
    UCaseMap *map = ucasemap_open("", 0, &status);
    char *lower = call_take(call, room);
    int32_t size = 0;
    if (lower && U_SUCCESS(status))
        size = ucasemap_utf8ToLower(map, lower, (int32_t)room, source.at ? source.at : "",
                                    (int32_t)source.size, &status);
    ucasemap_close(map);
    if (lower && U_FAILURE(status))
        fail(call, FAIL_INTERNAL, "ICU cannot put a text into lower case: %s", u_errorName(status));
    return lower && U_SUCCESS(status) ? (text){ lower, (size_t)size } : TEXT_NONE;
}
