/*
 * See store_sqlite_ahead.h. All pages of a tree's level are asked for before the first is looked
 * at; of the lowest one none but the first is, for all leaves lie on one level.
 */
#include "store/store_sqlite_ahead.h"

#include "base/banned.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    FILE_HEAD = 100, /* before the head of the first page */
    PAGE_SIZE_AT = 16,
    INTERIOR_HEAD = 12,
    KIND_INTERIOR_INDEX = 2,
    KIND_INTERIOR_TABLE = 5,
    LEVELS_MAX = 20,   /* of a tree; SQLite has the same limit */
    PAGES_MAX = 16384, /* what is larger is read as it is asked for */
    SAMPLES = 32, /* pages that stand for all */
    VARINT_MAX = 9,
};

struct file {
    const unsigned char *at;
    size_t page_size;
    uint32_t page_count;
};

/* A level of the tree, from left to right. */
struct level {
    uint32_t *page;
    size_t count, room;
};

static uint32_t big_endian(const unsigned char *at, int bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    return value;
}

static bool file_init(struct file *file, const unsigned char *at, size_t size)
{
    if (size < FILE_HEAD)
        return false;
    size_t page_size = big_endian(at + PAGE_SIZE_AT, 2);
    page_size = page_size == 1 ? 65536 : page_size; /* as the format has it */
    if (page_size < 512 || size / page_size > UINT32_MAX)
        return false;
    *file = (struct file){ at, page_size, (uint32_t)(size / page_size) };
    return true;
}

static const unsigned char *page_at(const struct file *file, uint32_t page)
{
    return file->at + (size_t)(page - 1) * file->page_size;
}

static bool level_add(const struct file *file, struct level *level, uint32_t page)
{
    if (page == 0 || page > file->page_count)
        return true; /* not in the file yet, or nonsense: SQLite will say so */
    if (level->count == level->room) {
        size_t room = level->room ? level->room * 2 : 64;
        uint32_t *more = room > PAGES_MAX ? NULL : realloc(level->page, room * sizeof *more);
        if (!more)
            return false;
        *level = (struct level){ more, level->count, room };
    }
    level->page[level->count++] = page;
    return true;
}

/* --- keys --- */

/* A number of one to nine bytes, seven bits in each but the ninth; the bytes it took. */
static size_t varint(const unsigned char *at, const unsigned char *end, int64_t *value)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < VARINT_MAX && at + i < end; i++) {
        if (i == VARINT_MAX - 1)
            sum = sum << 8 | at[i];
        else
            sum = sum << 7 | (at[i] & 0x7f);
        if (i == VARINT_MAX - 1 || !(at[i] & 0x80)) {
            *value = (int64_t)sum;
            return i + 1;
        }
    }
    return 0;
}

/* A whole number of a record, by its type; false for anything else. */
static bool whole(const unsigned char **at, const unsigned char *end, int64_t type, int64_t *value)
{
    static const int sizes[] = { 0, 1, 2, 3, 4, 6, 8 };
    if (type == 8 || type == 9) {
        *value = type - 8;
        return true;
    }
    if (type < 1 || type > 6 || end - *at < sizes[type])
        return false;
    uint64_t sum = **at & 0x80 ? UINT64_MAX : 0;
    for (int i = 0; i < sizes[type]; i++)
        sum = sum << 8 | (*at)[i];
    *at += sizes[type];
    *value = (int64_t)sum;
    return true;
}

struct key {
    bool is_known;
    int64_t first, second;
};

/* The first two numbers of the row that a cell holds, behind the child's page. */
static struct key index_key(const unsigned char *cell, const unsigned char *end)
{
    struct key key = { .is_known = false };
    int64_t size, head, types[2];
    size_t at = varint(cell, end, &size), begin = at, took;
    if (!at || !(took = varint(cell + at, end, &head)))
        return key;
    at += took;
    for (int i = 0; i < 2; i++, at += took)
        if (!(took = varint(cell + at, end, &types[i])))
            return key;
    if (head < 0 || head > end - (cell + begin))
        return key;
    const unsigned char *value = cell + begin + head;
    key.is_known =
        whole(&value, end, types[0], &key.first) && whole(&value, end, types[1], &key.second);
    return key;
}

/* --- the tree --- */

/* Whether a child may hold what is asked for, between the keys to its left and to its right. */
static bool child_matters(bool by_first, struct key left, struct key right, int64_t from)
{
    if (!right.is_known)
        return true;
    if (by_first)
        return right.first >= from;
    return !left.is_known || left.first != right.first || right.second >= from;
}

/* The children of a page into the level below; false when it is no page with children. */
static bool add_children(const struct file *file, uint32_t page, int64_t from, bool by_first,
                         struct level *below)
{
    const unsigned char *at = page_at(file, page), *end = at + file->page_size;
    const unsigned char *head = page == 1 ? at + FILE_HEAD : at;
    bool is_table = head[0] == KIND_INTERIOR_TABLE;
    struct key left = { .is_known = false };
    if (!is_table && head[0] != KIND_INTERIOR_INDEX)
        return false;
    size_t count = big_endian(head + 3, 2);
    for (size_t i = 0; i < count && head + INTERIOR_HEAD + 2 * i + 2 <= end; i++) {
        size_t offset = big_endian(head + INTERIOR_HEAD + 2 * i, 2);
        if (offset > file->page_size - 4)
            return false;
        const unsigned char *cell = at + offset;
        struct key right = { .is_known = is_table && varint(cell + 4, end, &right.first) };
        if (!is_table)
            right = index_key(cell + 4, end);
        if (child_matters(is_table || by_first, left, right, from) &&
            !level_add(file, below, big_endian(cell, 4)))
            return false;
        left = right;
    }
    return level_add(file, below, big_endian(head + 8, 4));
}

static bool page_is_in_memory(const unsigned char *page, size_t granule)
{
    unsigned char is_there;
    uintptr_t at = (uintptr_t)page & ~(granule - 1);
    return mincore((void *)at, 1, &is_there) == 0 && (is_there & 1);
}

/*
 * Whether the system has some pages of the level, spread over it: then it has most. Asking for all
 * takes milliseconds even where every one is there.
 */
static bool is_in_memory(const struct file *file, const struct level *level, size_t granule)
{
    size_t step = level->count / SAMPLES + 1;
    for (size_t i = 0; i < level->count; i += step)
        if (!page_is_in_memory(page_at(file, level->page[i]), granule))
            return false;
    return true;
}

/* Neighbours in the file are one wish; nobody waits for it. */
static void ask_for(const struct file *file, const struct level *level)
{
    size_t granule = (size_t)sysconf(_SC_PAGESIZE);
    if (is_in_memory(file, level, granule))
        return;
    for (size_t i = 0; i < level->count;) {
        size_t first = i++;
        while (i < level->count && level->page[i] == level->page[i - 1] + 1)
            i++;
        uintptr_t begin = (uintptr_t)page_at(file, level->page[first]) & ~(granule - 1);
        uintptr_t end = (uintptr_t)page_at(file, level->page[i - 1]) + file->page_size;
        madvise((void *)begin, end - begin, MADV_WILLNEED);
    }
}

static void ask_for_tree(const struct file *file, const struct ahead_tree *tree)
{
    struct level level = { .count = 0 };
    bool goes_on = level_add(file, &level, tree->root);
    for (int depth = 0; goes_on && level.count && depth < LEVELS_MAX; depth++) {
        struct level below = { .count = 0 };
        ask_for(file, &level);
        for (size_t i = 0; goes_on && i < level.count; i++)
            goes_on = add_children(file, level.page[i], tree->from, tree->by_first, &below);
        free(level.page);
        level = below;
    }
    free(level.page);
}

void store_sqlite_ahead(const unsigned char *file_at, size_t size, const struct ahead_tree *tree,
                        size_t count)
{
    struct file file;
    if (!file_init(&file, file_at, size))
        return;
    /* Else the system reads megabytes around each page, which takes longer than all of them. */
    madvise((void *)(uintptr_t)file_at, size, MADV_RANDOM);
    for (size_t i = 0; i < count; i++)
        ask_for_tree(&file, &tree[i]);
}

bool store_sqlite_is_in_memory(const unsigned char *file_at, size_t size)
{
    size_t granule = (size_t)sysconf(_SC_PAGESIZE), step = size / SAMPLES + granule;
    for (size_t at = 0; at < size; at += step)
        if (!page_is_in_memory(file_at + at, granule))
            return false;
    return true;
}
