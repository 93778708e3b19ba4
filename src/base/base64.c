/* See base64.h. */
#include "base/base64.h"

#include <sodium.h>

text base64_write(struct call *call, text bytes)
{
    size_t room = sodium_base64_encoded_len(bytes.size, sodium_base64_VARIANT_ORIGINAL);
    char *at = call_take(call, room);
    if (!at)
        return TEXT_NONE;
    sodium_bin2base64(at, room, (const unsigned char *)bytes.at, bytes.size,
                      sodium_base64_VARIANT_ORIGINAL);
    return (text){ at, room - 1 };
}

bool base64_read(struct call *call, text base64, text *bytes)
{
    size_t room = base64.size / 4 * 3 + 3;
    unsigned char *at = call_take(call, room);
    size_t size = 0;
    if (!at || sodium_base642bin(at, room, base64.at, base64.size, NULL, &size, NULL,
                                 sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    *bytes = (text){ (char *)at, size };
    return true;
}
