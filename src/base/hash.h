/*
 * Digests. hash_quick (XXH3) finds and compares within one process or store;
 * hash_strong (BLAKE2b) is for what must show tampering or is kept for secrets;
 * hash_sha256 is for what others also compute (file evidence).
 */
#ifndef RONDO_HASH_H
#define RONDO_HASH_H

#include "base/call.h"

enum { HASH_SIZE = 32, HASH_TEXT_SIZE = 2 * HASH_SIZE + 1 };

uint64_t hash_quick(text bytes, uint64_t seed);

struct hash { unsigned char byte[HASH_SIZE]; };

struct hash hash_strong(text bytes);
struct hash hash_sha256(text bytes);

/* The SHA-256 of what comes piece by piece; lives in the call. NULL: the call has failed. */
struct hash_running;
struct hash_running *hash_running_new(struct call *call);
void hash_running_add(struct hash_running *running, text bytes);
struct hash hash_running_end(struct hash_running *running);

/*
 * Several parts as one: each part is preceded by its
 * length, so that moving a border changes the digest.
 */
struct hash hash_strong_parts(const text *part, size_t count);

/* Lower-case hexadecimal with its NUL. */
void hash_write(const struct hash *hash, char room[HASH_TEXT_SIZE]);
bool hash_read(text hexadecimal, struct hash *hash);

/* Unpredictable bytes from the system. */
void random_bytes(void *room, size_t size);

#endif
