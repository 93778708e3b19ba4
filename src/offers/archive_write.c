/* See archive.h: files on their way out. Their digests are taken as they are written. */
#include "offers/archive.h"

#include <errno.h>
#include <sys/stat.h>

enum { CHUNK_SIZE = 256 * 1024 };
#define WRITER_MEMORY ((size_t)4 * 1024 * 1024 * 1024)

static bool fail_file(struct archive_writer *writer, text path)
{
    return fail(writer->call, FAIL_STORE, "cannot write '%s/%.*s': %s", writer->folder,
                TEXT_FMT(path), strerror(errno));
}

void archive_writer_init(struct call *call, const char *folder, stamp at,
                         struct archive_writer *writer)
{
    *writer = (struct archive_writer){ .call = call, .folder = folder, .at = at };
    call_init(&writer->memory, WRITER_MEMORY);
    out_init(&writer->out, &writer->memory);
}

void archive_writer_release(struct archive_writer *writer)
{
    if (writer->stream)
        fclose(writer->stream);
    writer->stream = NULL;
    call_release(&writer->memory);
}

/* Makes the folders that the path names. */
static bool make_folders(struct archive_writer *writer, text path)
{
    for (size_t i = 0; i < path.size; i++) {
        if (path.at[i] != '/')
            continue;
        text name = call_format(&writer->memory, "%s/%.*s", writer->folder, (int)i, path.at);
        if (!name.at || (mkdir(name.at, 0700) != 0 && errno != EEXIST))
            return fail_file(writer, (text){ path.at, i });
    }
    return true;
}

static bool open_stream(struct archive_writer *writer)
{
    text name = call_format(&writer->memory, "%s/%.*s", writer->folder, TEXT_FMT(writer->path));
    if (!name.at || !make_folders(writer, writer->path))
        return false;
    writer->stream = fopen(name.at, "wxe");
    return writer->stream || fail_file(writer, writer->path);
}

bool archive_begin(struct archive_writer *writer, text path, bool is_listed)
{
    writer->path = call_text(&writer->memory, path);
    writer->digest = hash_running_new(&writer->memory);
    writer->lines = 0;
    writer->is_listed = is_listed;
    writer->out.size = 0;
    json_writer_init(&writer->json, &writer->out, false);
    return (writer->path.at && writer->digest) ||
           fail(writer->call, FAIL_TOO_LARGE, "the archive has too many files");
}

static bool drain(struct archive_writer *writer)
{
    struct out *out = &writer->out;
    if (out->failed)
        return fail(writer->call, writer->memory.fail.kind, "%s", writer->memory.fail.sentence);
    if (out->size == 0)
        return true;
    if (!writer->stream && !open_stream(writer))
        return false;
    if (writer->is_listed)
        hash_running_add(writer->digest, (text){ out->at, out->size });
    if (fwrite_unlocked(out->at, 1, out->size, writer->stream) != out->size)
        return fail_file(writer, writer->path);
    out->size = 0;
    return true;
}

bool archive_line(struct archive_writer *writer)
{
    out_char(&writer->out, '\n');
    writer->lines++;
    json_writer_init(&writer->json, &writer->out, false);
    return writer->out.size < CHUNK_SIZE || drain(writer);
}

static bool list_file(struct archive_writer *writer)
{
    struct archive_entry *entry =
        call_more(&writer->memory, writer->entry, writer->count, &writer->room, sizeof *entry);
    if (!entry)
        return fail(writer->call, FAIL_TOO_LARGE, "the archive has too many files");
    writer->entry = entry;
    entry += writer->count++;
    *entry = (struct archive_entry){ .path = writer->path, .lines = writer->lines };
    struct hash digest = hash_running_end(writer->digest);
    hash_write(&digest, entry->sha256);
    return true;
}

bool archive_end(struct archive_writer *writer)
{
    if (!drain(writer))
        return false;
    if (!writer->stream)
        return true;
    FILE *stream = writer->stream;
    writer->stream = NULL;
    if (fclose(stream) != 0)
        return fail_file(writer, writer->path);
    return !writer->is_listed || list_file(writer);
}
