/*
 * Reading ahead in a file of SQLite. The rows of a table lie in pages all over the file; asked for
 * one after the other each costs a wait for the disk, or at least a fault of the processor. The
 * pages above them say where they lie, so all are asked for at once. Only advice: what cannot be
 * read here is read by SQLite later. It knows the format of the file
 * (https://www.sqlite.org/fileformat2.html), as it is mapped into memory, and not SQLite.
 */
#ifndef RONDO_STORE_SQLITE_AHEAD_H
#define RONDO_STORE_SQLITE_AHEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The tree of a table or index that begins at the page `root`: of a table with row ids the rows
 * from `from` on, of a table without the rows whose second key is `from` or more, or the first one
 * `by_first`.
 */
struct ahead_tree {
    uint32_t root;
    int64_t from;
    bool by_first;
};

/* Asks the system for these trees; `size` bytes of the file are mapped at `file`. */
void store_sqlite_ahead(const unsigned char *file, size_t size, const struct ahead_tree *tree,
                        size_t count);

/* Whether the system has the whole file, as far as some pages tell that are spread over it. */
bool store_sqlite_is_in_memory(const unsigned char *file, size_t size);

#endif
