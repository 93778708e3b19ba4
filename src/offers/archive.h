/*
 * An archive: all that people put into a store, as a folder of files that others can read, and that
 * another Rondo reads back equal.
 *
 *   manifest.json           what it is; every data file with its lines and its SHA-256
 *   records/PLURAL.jsonl    each row as the API answers it, by id; dropped rows too
 *   history/PLURAL.jsonl    each version: which change wrote it, when, and the row before it
 *   tables/NAME.jsonl       what is no record: changes, who reads what, quarantined lines
 *   facts/...               what rooms keep beside records, written and read by them
 *   csv/..., markdown/...   on request, for people; not read back
 *
 * It depends on the store alone: no clock and no path stands in it, so that two archives of the
 * same content are the same bytes. Secrets and the audit are left out.
 */
#ifndef RONDO_ARCHIVE_H
#define RONDO_ARCHIVE_H

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/source.h"

#define ARCHIVE_FORMAT "rondo-archive"
enum { ARCHIVE_VERSION = 1 };
#define ARCHIVE_MANIFEST "manifest.json"

/* The workspace's; others are the store's own: its shape, its words to search in, its keys. */
#define ARCHIVE_SETTINGS "('zone')"

struct archive_entry {
    text path; /* "records/suites.jsonl" */
    int64_t lines;
    char sha256[HASH_TEXT_SIZE];
};

/* --- writing --- */

/*
 * One file is open at a time. Its lines go through `json`, or `out` where it is no JSON; a file
 * without lines is not there.
 */
struct archive_writer {
    struct call *call;
    const char *folder;
    stamp at;           /* as of; 0: now */
    rid last_change;    /* as of then */
    struct call memory; /* outlives what visitors take */
    struct archive_entry *entry;
    size_t count, room;
    struct out out;
    struct json_writer json;
    text path;
    FILE *stream; /* NULL until the first line is full */
    struct hash_running *digest;
    int64_t lines;
    bool is_listed;
};

void archive_writer_init(struct call *call, const char *folder, stamp at,
                         struct archive_writer *writer);
void archive_writer_release(struct archive_writer *writer);

/* A file for people is not listed in the manifest. */
bool archive_begin(struct archive_writer *writer, text path, bool is_listed);
/* Ends a line; what is written before archive_end. */
bool archive_line(struct archive_writer *writer);
bool archive_end(struct archive_writer *writer);

/* --- reading --- */

struct archive_reader {
    struct call *call;
    const char *folder;
    text manifest_sha256;
    struct json manifest;
    struct archive_entry *entry;
    size_t count;
    int64_t lines; /* of all files */
    int64_t done;
};

/*
 * Reads the manifest and holds every file against its digest. Nothing that is missing, changed,
 * listed twice or outside the folder gets further; nor an archive of a later format.
 */
bool archive_open(struct call *call, text folder, struct archive_reader *reader);

/* One line, as JSON; a failure is told with its file and line. Memory is given back after it. */
typedef bool (*archive_visitor)(struct call *call, const struct json *line, void *to);

bool archive_read(struct archive_reader *reader, const struct archive_entry *entry,
                  archive_visitor visit, void *to);

/* NULL: the archive has no such file. */
const struct archive_entry *archive_find(const struct archive_reader *reader, text path);

/* True for a folder with a manifest in it. */
bool archive_is(const char *path);

#endif
