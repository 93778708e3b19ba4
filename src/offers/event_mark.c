/*
 * See event_mark.h. 32 bytes in hexadecimal: 8 random ones; the two numbers, covered by a digest of
 * key and random bytes; 8 of a digest of all of them with the key, by which forged words are known.
 */
#include "offers/event_mark.h"

#include "store/setting.h"
#include "store/transaction.h"

#define KEY_NAME "event_key"

enum { NONCE_SIZE = 8, NUMBERS_SIZE = 16, TAG_SIZE = 8 };

/* --- the key --- */

static bool key_exists(struct call *call, bool *exists)
{
    text word;
    if (!store_setting(call, KEY_NAME, &word))
        return false;
    *exists = word.at != NULL;
    return true;
}

/* Asked again inside the transaction: another server may have been faster. */
static bool make_inside(struct call *call)
{
    bool exists;
    struct hash key;
    char word[HASH_TEXT_SIZE];
    if (!key_exists(call, &exists))
        return false;
    random_bytes(&key, sizeof key);
    hash_write(&key, word);
    return exists || store_setting_set(call, KEY_NAME, text_of(word));
}

bool event_mark_make_key(struct call *call)
{
    bool exists;
    if (!key_exists(call, &exists))
        return false;
    if (exists)
        return true;
    if (!store_begin(call))
        return false;
    if (make_inside(call))
        return store_commit(call);
    store_rollback(call);
    return false;
}

bool event_mark_key(struct call *call, struct hash *key)
{
    text word;
    if (!store_setting(call, KEY_NAME, &word))
        return false;
    return (word.at && hash_read(word, key)) ||
           fail(call, FAIL_INTERNAL,
                "the workspace has no key for its events: start the server again");
}

/* --- words --- */

static text bytes_of(const void *at, size_t size)
{
    return (text){ at, size };
}

static void cover(const struct hash *key, const unsigned char *nonce, unsigned char *numbers)
{
    const text part[] = { bytes_of(key, sizeof *key), TEXT("cover"), bytes_of(nonce, NONCE_SIZE) };
    const struct hash digest = hash_strong_parts(part, sizeof part / sizeof *part);
    for (int i = 0; i < NUMBERS_SIZE; i++)
        numbers[i] ^= digest.byte[i];
}

static struct hash tag_of(const struct hash *key, const struct hash *word)
{
    const text part[] = { bytes_of(key, sizeof *key), TEXT("tag"),
                          bytes_of(word->byte, NONCE_SIZE + NUMBERS_SIZE) };
    return hash_strong_parts(part, sizeof part / sizeof *part);
}

static void put_number(unsigned char *room, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        room[i] = (unsigned char)(number >> (8 * i));
}

static int64_t get_number(const unsigned char *room)
{
    uint64_t number = 0;
    for (int i = 0; i < 8; i++)
        number |= (uint64_t)room[i] << (8 * i);
    return (int64_t)number;
}

void event_mark_write(const struct hash *key, const struct event_mark *mark,
                      char room[EVENT_MARK_SIZE])
{
    struct hash word;
    random_bytes(word.byte, NONCE_SIZE);
    put_number(word.byte + NONCE_SIZE, (uint64_t)mark->line);
    put_number(word.byte + NONCE_SIZE + 8, (uint64_t)mark->job);
    cover(key, word.byte, word.byte + NONCE_SIZE);
    const struct hash tag = tag_of(key, &word);
    memcpy(word.byte + NONCE_SIZE + NUMBERS_SIZE, tag.byte, TAG_SIZE);
    hash_write(&word, room);
}

bool event_mark_read(const struct hash *key, text word, struct event_mark *mark)
{
    struct hash read;
    if (!hash_read(word, &read))
        return false;
    const struct hash tag = tag_of(key, &read);
    if (memcmp(read.byte + NONCE_SIZE + NUMBERS_SIZE, tag.byte, TAG_SIZE) != 0)
        return false;
    cover(key, read.byte, read.byte + NONCE_SIZE);
    mark->line = get_number(read.byte + NONCE_SIZE);
    mark->job = get_number(read.byte + NONCE_SIZE + 8);
    return true;
}
