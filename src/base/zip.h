/*
 * Reading a ZIP archive out of bytes in memory: its list of entries, and one entry at a time. Knows
 * what eval tools write: stored, deflated (8) and Zstandard (93, one frame or several), ZIP64, and
 * archives whose end is missing. Nothing is ever written to a path that an archive names.
 *
 * Strict: entries that overlap, are encrypted, unpack to more than they say or to more than 1,000
 * times their size are refused.
 */
#ifndef RONDO_ZIP_H
#define RONDO_ZIP_H

#include "base/call.h"

struct zip_entry {
    text name;
    uint16_t method;
    uint16_t flags;
    uint32_t crc;
    uint64_t packed_size;
    uint64_t size;
    uint64_t offset; /* of its local header */
};

struct zip {
    const char *name; /* of the archive, for sentences */
    text bytes;
    struct zip_entry *entry; /* in the order of the archive */
    size_t count;
    size_t room;
    bool is_cut; /* it ends early: `entry` holds those that are whole */
};

bool zip_is(text head);

/* The bytes must outlive the list. Invalid: no archive, or one that breaks the rules above. */
bool zip_open(struct call *call, const char *name, text bytes, struct zip *zip);

/* The last entry of that name, which is the one that counts; NULL: there is none. */
const struct zip_entry *zip_find(const struct zip *zip, text name);

/*
 * Unpacks one entry into the call's memory. Invalid: it is damaged. Too large: it is one that would
 * exhaust the machine, and the whole archive is not to be trusted.
 */
bool zip_read(struct call *call, const struct zip *zip, const struct zip_entry *entry, text *bytes);

#endif
