/* See password.h. A thin layer over libsodium. */
#include "base/password.h"

#include <sodium.h>

/* Of a password that nobody knows: what is compared with when there is nobody. */
static const char nobodys[] = "$argon2id$v=19$m=65536,t=2,p=1$4"
                              "pQBy17JZOwJhiIfg1gzJQ$OOhyI+FtTV6i4hwn0qLhWieJCuegBSahE0XZIrd2iYA";

bool password_check(struct call *call, text password)
{
    if (password.size >= PASSWORD_BYTES_MIN && password.size <= PASSWORD_BYTES_MAX)
        return true;
    return fail_at(call, "password", "a password has %d to %d bytes: choose another",
                   PASSWORD_BYTES_MIN, PASSWORD_BYTES_MAX);
}

bool password_hash(struct call *call, text password, text *kept)
{
    char room[crypto_pwhash_STRBYTES];
    if (!password_check(call, password))
        return false;
    if (sodium_init() < 0 ||
        crypto_pwhash_str_alg(room, password.at, password.size, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(call, FAIL_BUSY, "the machine has no memory to keep a password: try again");
    *kept = call_text(call, text_of(room));
    return kept->at != NULL;
}

bool password_matches(text kept, text password)
{
    char room[crypto_pwhash_STRBYTES] = "";
    bool is_somebodys = kept.at && kept.size < sizeof room;
    if (password.size > PASSWORD_BYTES_MAX || sodium_init() < 0)
        return false;
    if (is_somebodys)
        memcpy(room, kept.at, kept.size);
    else
        memcpy(room, nobodys, sizeof nobodys);
    return crypto_pwhash_str_verify(room, password.at ? password.at : "", password.size) == 0 &&
           is_somebodys;
}
