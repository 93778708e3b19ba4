/*
 * See zip.h. The list comes from the central directory at the end; an archive without one was cut,
 * and the local headers are walked instead, up to the first entry that is not whole. Field offsets
 * are those of APPNOTE.TXT 6.3.10.
 */
#include "base/zip.h"

#include "base/zip_unpack.h"

#include <zlib.h>

enum {
    LOCAL_SIZE = 30,
    CENTRAL_SIZE = 46,
    END_SIZE = 22,
    END64_SIZE = 56,
    LOCATOR64_SIZE = 20,
    COMMENT_MAX = 65535,
    ENTRIES_MAX = 1000000,
    FLAG_ENCRYPTED = 1,
    FLAG_SIZES_BEHIND = 8,
    EXTRA_ZIP64 = 1,
    WORD_FULL = 0xFFFF,
};

#define DWORD_FULL 0xFFFFFFFFu
#define LOCAL_MARK TEXT("PK\x03\x04")
#define CENTRAL_MARK TEXT("PK\x01\x02")
#define END_MARK TEXT("PK\x05\x06")
#define END64_MARK TEXT("PK\x06\x06")
#define LOCATOR64_MARK TEXT("PK\x06\x07")
#define DESCRIPTOR_MARK TEXT("PK\x07\x08")

/* --- little-endian numbers; the caller has checked that they are there --- */

static uint64_t number_at(text bytes, size_t at, int size)
{
    uint64_t number = 0;
    for (int i = size; i-- > 0;)
        number = number << 8 | (unsigned char)bytes.at[at + (size_t)i];
    return number;
}

static uint16_t word_at(text bytes, size_t at)
{
    return (uint16_t)number_at(bytes, at, 2);
}

static uint32_t dword_at(text bytes, size_t at)
{
    return (uint32_t)number_at(bytes, at, 4);
}

static bool holds(text bytes, uint64_t at, uint64_t size)
{
    return at <= bytes.size && size <= bytes.size - at;
}

bool zip_is(text head)
{
    return text_starts(head, LOCAL_MARK) || text_starts(head, END_MARK);
}

static bool refuse(struct call *call, const struct zip *zip, const char *what)
{
    return fail(call, FAIL_INVALID, "'%s' is a damaged ZIP archive: %s: write it again", zip->name,
                what);
}

/* --- ZIP64: numbers that did not fit stand in an extra field, in this order --- */

struct wide {
    uint64_t *number;
    bool is_there; /* the narrow field is full */
};

static void widen(text extra, const struct wide *wide, size_t count)
{
    while (extra.size >= 4) {
        uint16_t size = word_at(extra, 2);
        text field = text_until(text_from(extra, 4), size);
        if (word_at(extra, 0) == EXTRA_ZIP64) {
            for (size_t i = 0; i < count; i++) {
                if (!wide[i].is_there || field.size < 8)
                    continue;
                *wide[i].number = number_at(field, 0, 8);
                field = text_from(field, 8);
            }
            return;
        }
        extra = text_from(extra, 4 + (size_t)size);
    }
}

/* --- one entry --- */

static bool entry_check(struct call *call, const struct zip *zip, const struct zip_entry *entry)
{
    text shown = text_until_character(entry->name, 200);
    if (!text_is_utf8(entry->name) || entry->name.size == 0 ||
        memchr(entry->name.at, '\0', entry->name.size))
        return refuse(call, zip, "an entry has no readable name");
    if (entry->flags & FLAG_ENCRYPTED)
        return fail(call, FAIL_INVALID,
                    "entry '%.*s' of '%s' is encrypted: give an archive without a password",
                    TEXT_FMT(shown), zip->name);
    return true;
}

static bool entry_add(struct call *call, struct zip *zip, const struct zip_entry *entry)
{
    if (!entry_check(call, zip, entry))
        return false;
    struct zip_entry *list = call_more(call, zip->entry, zip->count, &zip->room, sizeof *list);
    if (!list)
        return false;
    zip->entry = list;
    list[zip->count++] = *entry;
    return true;
}

/* Where the packed bytes of the entry begin; SIZE_MAX: its local header is not what was said. */
static size_t data_of(const struct zip *zip, const struct zip_entry *entry)
{
    if (!holds(zip->bytes, entry->offset, LOCAL_SIZE))
        return SIZE_MAX;
    text local = text_from(zip->bytes, (size_t)entry->offset);
    size_t name_size = word_at(local, 26), extra_size = word_at(local, 28);
    if (!text_starts(local, LOCAL_MARK) || !holds(local, LOCAL_SIZE, name_size + extra_size) ||
        !text_equal(text_until(text_from(local, LOCAL_SIZE), name_size), entry->name))
        return SIZE_MAX;
    size_t at = (size_t)entry->offset + LOCAL_SIZE + name_size + extra_size;
    return holds(zip->bytes, at, entry->packed_size) ? at : SIZE_MAX;
}

/* --- the central directory --- */

struct directory {
    uint64_t offset, size, count;
};

/* The end record's comment reaches to the end of the file, which tells it from chance. */
static size_t end_find(text bytes)
{
    for (size_t back = END_SIZE; back <= bytes.size && back <= END_SIZE + COMMENT_MAX; back++) {
        size_t at = bytes.size - back;
        if (text_starts(text_from(bytes, at), END_MARK) &&
            (size_t)word_at(bytes, at + 20) + END_SIZE == back)
            return at;
    }
    return SIZE_MAX;
}

static bool directory_widen(struct call *call, const struct zip *zip, size_t end,
                            struct directory *directory)
{
    text bytes = zip->bytes;
    if (directory->count != WORD_FULL && directory->size != DWORD_FULL &&
        directory->offset != DWORD_FULL)
        return true;
    if (end < LOCATOR64_SIZE ||
        !text_starts(text_from(bytes, end - LOCATOR64_SIZE), LOCATOR64_MARK))
        return true; /* just as many entries as fit */
    uint64_t at = number_at(bytes, end - LOCATOR64_SIZE + 8, 8);
    if (!holds(bytes, at, END64_SIZE) || !text_starts(text_from(bytes, (size_t)at), END64_MARK))
        return refuse(call, zip, "its ZIP64 record is not where it says");
    text record = text_from(bytes, (size_t)at);
    directory->count = number_at(record, 32, 8);
    directory->size = number_at(record, 40, 8);
    directory->offset = number_at(record, 48, 8);
    return true;
}

static bool central_take(struct call *call, struct zip *zip, text *rest)
{
    if (!holds(*rest, 0, CENTRAL_SIZE) || !text_starts(*rest, CENTRAL_MARK))
        return refuse(call, zip, "its directory ends early");
    size_t name_size = word_at(*rest, 28), extra_size = word_at(*rest, 30);
    size_t comment_size = word_at(*rest, 32);
    if (!holds(*rest, CENTRAL_SIZE, name_size + extra_size + comment_size))
        return refuse(call, zip, "its directory ends early");
    struct zip_entry entry = {
        .name = text_until(text_from(*rest, CENTRAL_SIZE), name_size),
        .flags = word_at(*rest, 8),
        .method = word_at(*rest, 10),
        .crc = dword_at(*rest, 16),
        .packed_size = dword_at(*rest, 20),
        .size = dword_at(*rest, 24),
        .offset = dword_at(*rest, 42),
    };
    const struct wide wide[] = { { &entry.size, entry.size == DWORD_FULL },
                                 { &entry.packed_size, entry.packed_size == DWORD_FULL },
                                 { &entry.offset, entry.offset == DWORD_FULL } };
    widen(text_until(text_from(*rest, CENTRAL_SIZE + name_size), extra_size), wide, 3);
    *rest = text_from(*rest, CENTRAL_SIZE + name_size + extra_size + comment_size);
    return entry_add(call, zip, &entry);
}

/* More packed bytes than the archive has: entries share them, as in archives made to exhaust. */
static bool overlap_refuse(struct call *call, const struct zip *zip)
{
    uint64_t left = zip->bytes.size;
    for (size_t i = 0; i < zip->count; i++) {
        if (zip->entry[i].packed_size > left)
            return refuse(call, zip, "its entries overlap");
        left -= zip->entry[i].packed_size;
    }
    return true;
}

static bool directory_read(struct call *call, struct zip *zip, size_t end)
{
    struct directory directory = { .offset = dword_at(zip->bytes, end + 16),
                                   .size = dword_at(zip->bytes, end + 12),
                                   .count = word_at(zip->bytes, end + 10) };
    if (!directory_widen(call, zip, end, &directory))
        return false;
    if (directory.count > ENTRIES_MAX)
        return fail(call, FAIL_TOO_LARGE, "'%s' holds more than %d entries: split it", zip->name,
                    ENTRIES_MAX);
    if (!holds(text_until(zip->bytes, end), directory.offset, directory.size))
        return refuse(call, zip, "its directory is not where it says");
    text rest = text_until(text_from(zip->bytes, (size_t)directory.offset), (size_t)directory.size);
    for (uint64_t i = 0; i < directory.count; i++)
        if (!central_take(call, zip, &rest))
            return false;
    return overlap_refuse(call, zip);
}

/* --- without a directory --- */

/* What stands behind an entry whose header did not know its sizes: with or without its mark, with
 * sizes of 4 or 8 bytes. */
static size_t descriptor_size(text rest, uint64_t packed_size)
{
    size_t mark = text_starts(rest, DESCRIPTOR_MARK) ? 4 : 0;
    if (holds(rest, mark + 4, 8) && number_at(rest, mark + 4, 8) == packed_size)
        return mark + 20;
    return mark + 12;
}

/* The end of an entry that says its size only behind itself is found by unpacking it. */
static bool entry_measure(struct call *call, text packed, struct zip_entry *entry, size_t *behind)
{
    struct zip_unpacked unpacked;
    struct arena_mark mark = arena_mark(&call->arena);
    bool done = zip_unpack(call, entry->method, packed, SIZE_MAX, &unpacked);
    arena_rewind(&call->arena, mark);
    if (!done)
        return false;
    text rest = text_from(packed, unpacked.consumed);
    entry->packed_size = unpacked.consumed;
    entry->size = unpacked.bytes.size;
    *behind = descriptor_size(rest, entry->packed_size);
    if (!holds(rest, 0, *behind))
        return false;
    entry->crc = dword_at(rest, text_starts(rest, DESCRIPTOR_MARK) ? 4 : 0);
    return true;
}

/* False: what begins there is no whole entry. The call may have failed for it. */
static bool local_take(struct call *call, const struct zip *zip, size_t at, struct zip_entry *entry,
                       size_t *next)
{
    text local = text_from(zip->bytes, at);
    if (!holds(local, 0, LOCAL_SIZE) || !text_starts(local, LOCAL_MARK))
        return false;
    size_t name_size = word_at(local, 26), extra_size = word_at(local, 28), behind = 0;
    size_t head_size = LOCAL_SIZE + name_size + extra_size;
    if (!holds(local, 0, head_size))
        return false;
    *entry = (struct zip_entry){
        .name = text_until(text_from(local, LOCAL_SIZE), name_size),
        .flags = word_at(local, 6),
        .method = word_at(local, 8),
        .crc = dword_at(local, 14),
        .packed_size = dword_at(local, 18),
        .size = dword_at(local, 22),
        .offset = at,
    };
    const struct wide wide[] = { { &entry->size, entry->size == DWORD_FULL },
                                 { &entry->packed_size, entry->packed_size == DWORD_FULL } };
    widen(text_until(text_from(local, LOCAL_SIZE + name_size), extra_size), wide, 2);
    text packed = text_from(local, head_size);
    if ((entry->flags & FLAG_SIZES_BEHIND) && entry->packed_size == 0 &&
        !entry_measure(call, packed, entry, &behind))
        return false;
    if (!holds(packed, 0, entry->packed_size))
        return false;
    *next = at + head_size + (size_t)entry->packed_size + behind;
    return true;
}

static bool locals_walk(struct call *call, struct zip *zip)
{
    struct zip_entry entry;
    size_t at = 0;
    zip->is_cut = true;
    while (zip->count < ENTRIES_MAX && local_take(call, zip, at, &entry, &at))
        if (!entry_add(call, zip, &entry))
            return false;
    if (call->fail.kind == FAIL_INVALID)
        fail_clear(call);
    return call->fail.kind == FAIL_NONE;
}

/* --- from outside --- */

bool zip_open(struct call *call, const char *name, text bytes, struct zip *zip)
{
    *zip = (struct zip){ .name = name, .bytes = bytes };
    if (!zip_is(bytes))
        return fail(call, FAIL_INVALID, "'%s' is not a ZIP archive: give one", name);
    size_t end = end_find(bytes);
    return end == SIZE_MAX ? locals_walk(call, zip) : directory_read(call, zip, end);
}

const struct zip_entry *zip_find(const struct zip *zip, text name)
{
    for (size_t i = zip->count; i-- > 0;)
        if (text_equal(zip->entry[i].name, name))
            return &zip->entry[i];
    return NULL;
}

static bool entry_fail(struct call *call, const struct zip *zip, const struct zip_entry *entry)
{
    text subject = call_format(call, "entry '%.*s' of '%s'",
                               TEXT_FMT(text_until_character(entry->name, 200)), zip->name);
    return subject.at && fail_about(call, subject);
}

bool zip_read(struct call *call, const struct zip *zip, const struct zip_entry *entry, text *bytes)
{
    struct zip_unpacked unpacked;
    size_t at = data_of(zip, entry);
    if (at == SIZE_MAX) {
        fail(call, FAIL_INVALID, "its bytes are not where the archive says: write it again");
        return entry_fail(call, zip, entry);
    }
    text packed = text_until(text_from(zip->bytes, at), (size_t)entry->packed_size);
    if (!zip_unpack(call, entry->method, packed, (size_t)entry->size, &unpacked)) {
        fail_advise(call, "write the archive again");
        return entry_fail(call, zip, entry);
    }
    uLong crc = crc32_z(0, (const unsigned char *)unpacked.bytes.at, unpacked.bytes.size);
    if (unpacked.bytes.size != entry->size || crc != entry->crc) {
        fail(call, FAIL_INVALID,
             "its checksum is wrong, it was damaged or changed: write it again");
        return entry_fail(call, zip, entry);
    }
    *bytes = unpacked.bytes;
    return true;
}
