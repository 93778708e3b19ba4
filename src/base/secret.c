/* See secret.h. */
#include "base/secret.h"

#include "base/hash.h"

enum { SECRET_SIZE = 24 };

text secret_digest(struct call *call, text secret)
{
    char hexadecimal[HASH_TEXT_SIZE];
    struct hash digest = hash_strong(secret);
    hash_write(&digest, hexadecimal);
    return call_text(call, text_of(hexadecimal));
}

bool secret_new(struct call *call, const char *prefix, text *secret, text *digest)
{
    unsigned char random[SECRET_SIZE];
    char hexadecimal[2 * SECRET_SIZE + 1];
    random_bytes(random, sizeof random);
    for (int i = 0; i < SECRET_SIZE; i++)
        snprintf(hexadecimal + 2 * i, 3, "%02x", random[i]);
    *secret = call_format(call, "%s%s", prefix, hexadecimal);
    *digest = secret->at ? secret_digest(call, *secret) : TEXT_NONE;
    return digest->at != NULL;
}
