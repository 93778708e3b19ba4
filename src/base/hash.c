/* See hash.h. A thin layer over xxhash, libsodium and nettle; knows nothing of what is hashed. */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <assert.h>
#include <nettle/sha2.h>
#include <pthread.h>
#include <sodium.h>
#include <xxhash.h>

static pthread_once_t sodium_once = PTHREAD_ONCE_INIT;

/* Fails only on a machine without a source of randomness, where nothing we do would be safe. */
static void sodium_prepare(void)
{
    int status = sodium_init();
    assert(status >= 0);
    (void)status;
}

uint64_t hash_quick(text bytes, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes.at ? bytes.at : "", bytes.size, seed);
}

static const unsigned char *bytes_of(text bytes)
{
    return (const unsigned char *)(bytes.at ? bytes.at : "");
}

struct hash hash_strong(text bytes)
{
    struct hash hash;
    pthread_once(&sodium_once, sodium_prepare);
    crypto_generichash(hash.byte, HASH_SIZE, bytes_of(bytes), bytes.size, NULL, 0);
    return hash;
}

struct hash hash_sha256(text bytes)
{
    struct hash hash;
    struct sha256_ctx digest;
    sha256_init(&digest);
    sha256_update(&digest, bytes.size, bytes_of(bytes));
    sha256_digest(&digest, HASH_SIZE, hash.byte);
    return hash;
}

struct hash_running {
    struct sha256_ctx digest;
};

struct hash_running *hash_running_new(struct call *call)
{
    struct hash_running *running = call_new(call, struct hash_running);
    if (running)
        sha256_init(&running->digest);
    return running;
}

void hash_running_add(struct hash_running *running, text bytes)
{
    sha256_update(&running->digest, bytes.size, bytes_of(bytes));
}

struct hash hash_running_end(struct hash_running *running)
{
    struct hash hash;
    sha256_digest(&running->digest, HASH_SIZE, hash.byte);
    return hash;
}

/* The length goes in as eight bytes, lowest first, on every machine. */
static void add_length(crypto_generichash_state *state, uint64_t length)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(length >> (8 * i));
    crypto_generichash_update(state, bytes, sizeof bytes);
}

struct hash hash_strong_parts(const text *part, size_t count)
{
    struct hash hash;
    crypto_generichash_state state;
    pthread_once(&sodium_once, sodium_prepare);
    crypto_generichash_init(&state, NULL, 0, HASH_SIZE);
    for (size_t i = 0; i < count; i++) {
        add_length(&state, part[i].size);
        crypto_generichash_update(&state, bytes_of(part[i]), part[i].size);
    }
    crypto_generichash_final(&state, hash.byte, HASH_SIZE);
    return hash;
}

void hash_write(const struct hash *hash, char room[HASH_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < HASH_SIZE; i++) {
        room[2 * i] = digits[hash->byte[i] >> 4];
        room[2 * i + 1] = digits[hash->byte[i] & 15];
    }
    room[2 * HASH_SIZE] = '\0';
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool hash_read(text hexadecimal, struct hash *hash)
{
    struct hash read;
    if (hexadecimal.size != 2 * HASH_SIZE)
        return false;
    for (size_t i = 0; i < HASH_SIZE; i++) {
        int high = digit_value(hexadecimal.at[2 * i]);
        int low = digit_value(hexadecimal.at[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        read.byte[i] = (unsigned char)(high << 4 | low);
    }
    *hash = read;
    return true;
}

void random_bytes(void *room, size_t size)
{
    pthread_once(&sodium_once, sodium_prepare);
    randombytes_buf(room, size);
}
