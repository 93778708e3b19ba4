/* See archive.h: the manifest, and files on their way in. */
#include "offers/archive.h"

#include <errno.h>
#include <sys/stat.h>

enum { MANIFEST_SIZE_MAX = 256 * 1024 * 1024, CHUNK_SIZE = 256 * 1024, SHOWN = 200 };

bool archive_is(const char *path)
{
    struct stat facts;
    char name[4096];
    int size = snprintf(name, sizeof name, "%s/" ARCHIVE_MANIFEST, path);
    return size > 0 && (size_t)size < sizeof name && stat(name, &facts) == 0 &&
           S_ISREG(facts.st_mode);
}

static bool fail_archive(struct archive_reader *reader, text path, const char *what)
{
    return fail(reader->call, FAIL_INVALID, "'%s/%.*s' %s: the archive was left as it is",
                reader->folder, TEXT_FMT(text_until_character(path, SHOWN)), what);
}

/* --- the manifest --- */

static bool read_whole(struct archive_reader *reader, text path, text *bytes)
{
    struct call *call = reader->call;
    text name = call_format(call, "%s/%.*s", reader->folder, TEXT_FMT(path));
    struct source *source = name.at ? source_open(call, name.at, TEXT_NONE) : NULL;
    if (!source)
        return false;
    bool done = source_rest(call, source, MANIFEST_SIZE_MAX, bytes);
    if (done)
        *bytes = call_text(call, *bytes);
    source_close(source);
    return done && bytes->at;
}

/* Letters, digits, '_', '-' and '.', with single slashes between; no name begins with a dot. */
static bool path_is_plain(text path)
{
    char before = '/';
    for (size_t i = 0; i < path.size; i++) {
        char c = path.at[i];
        bool is_name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '-';
        if (!is_name && !(before != '/' && (c == '.' || c == '/')))
            return false;
        before = c;
    }
    return path.size > 0 && before != '/';
}

static bool read_entry(struct archive_reader *reader, const struct json *json,
                       struct archive_entry *entry)
{
    const struct json *path = json_get(json, "path"), *lines = json_get(json, "lines");
    const struct json *sha256 = json_get(json, "sha256");
    struct hash digest;
    if (!path || path->kind != JSON_TEXT || !path_is_plain(path->text) || !lines ||
        lines->kind != JSON_INT || lines->integer < 0 || !sha256 || sha256->kind != JSON_TEXT ||
        !hash_read(sha256->text, &digest))
        return fail_archive(reader, TEXT(ARCHIVE_MANIFEST), "lists a file that cannot be one");
    if (archive_find(reader, path->text))
        return fail_archive(reader, path->text, "is listed twice");
    *entry = (struct archive_entry){ .path = path->text, .lines = lines->integer };
    hash_write(&digest, entry->sha256);
    reader->lines += entry->lines;
    return true;
}

static bool read_entries(struct archive_reader *reader)
{
    const struct json *files = json_get(&reader->manifest, "files");
    if (!files || files->kind != JSON_LIST)
        return fail_archive(reader, TEXT(ARCHIVE_MANIFEST), "lists no files");
    reader->entry = call_array(reader->call, (size_t)files->count + 1, sizeof *reader->entry);
    if (!reader->entry)
        return false;
    for (uint32_t i = 0; i < files->count; i++, reader->count++)
        if (!read_entry(reader, &files->item[i], &reader->entry[i]))
            return false;
    return true;
}

static bool manifest_is_ours(struct archive_reader *reader)
{
    const struct json *format = json_get(&reader->manifest, "format");
    const struct json *version = json_get(&reader->manifest, "version");
    if (!format || format->kind != JSON_TEXT || !text_is(format->text, ARCHIVE_FORMAT) ||
        !version || version->kind != JSON_INT)
        return fail_archive(reader, TEXT(ARCHIVE_MANIFEST), "is not that of a Rondo archive");
    if (version->integer == ARCHIVE_VERSION)
        return true;
    return fail(reader->call, FAIL_INVALID,
                "the archive '%s' has format %lld and this Rondo (%s) reads format %d: import it "
                "with the Rondo that wrote it",
                reader->folder, (long long)version->integer, RONDO_VERSION, ARCHIVE_VERSION);
}

static bool read_manifest(struct archive_reader *reader)
{
    struct call *call = reader->call;
    char hexadecimal[HASH_TEXT_SIZE];
    text bytes;
    if (!read_whole(reader, TEXT(ARCHIVE_MANIFEST), &bytes))
        return false;
    struct hash digest = hash_sha256(bytes);
    hash_write(&digest, hexadecimal);
    reader->manifest_sha256 = call_text(call, text_of(hexadecimal));
    if (!json_read(call, bytes, &reader->manifest, NULL)) {
        if (call->fail.kind != FAIL_INVALID)
            return false;
        fail_clear(call);
        return fail_archive(reader, TEXT(ARCHIVE_MANIFEST), "is no JSON");
    }
    return reader->manifest_sha256.at && manifest_is_ours(reader) && read_entries(reader);
}

/* --- digests --- */

static bool digest_stream(FILE *stream, struct hash_running *digest, char *room)
{
    size_t size;
    while ((size = fread(room, 1, CHUNK_SIZE, stream)) > 0)
        hash_running_add(digest, (text){ room, size });
    return !ferror(stream);
}

static bool check_digest(struct archive_reader *reader, const struct archive_entry *entry,
                         char *room)
{
    struct call *call = reader->call;
    text name = call_format(call, "%s/%.*s", reader->folder, TEXT_FMT(entry->path));
    struct hash_running *digest = hash_running_new(call);
    char hexadecimal[HASH_TEXT_SIZE];
    if (!name.at || !digest)
        return false;
    FILE *stream = fopen(name.at, "re");
    if (!stream)
        return fail_archive(reader, entry->path,
                            errno == ENOENT ? "is missing" : "cannot be opened");
    bool is_read = digest_stream(stream, digest, room);
    fclose(stream);
    if (!is_read)
        return fail_archive(reader, entry->path, "cannot be read");
    struct hash found = hash_running_end(digest);
    hash_write(&found, hexadecimal);
    return strcmp(hexadecimal, entry->sha256) == 0 ||
           fail_archive(reader, entry->path, "is not what the manifest says: it was changed");
}

bool archive_open(struct call *call, text folder, struct archive_reader *reader)
{
    *reader = (struct archive_reader){ .call = call, .folder = call_string(call, folder) };
    char *room = call_take(call, CHUNK_SIZE);
    if (!reader->folder || !room || !read_manifest(reader))
        return false;
    for (size_t i = 0; i < reader->count; i++) {
        struct arena_mark mark = arena_mark(&call->arena);
        if (!check_digest(reader, &reader->entry[i], room))
            return false;
        arena_rewind(&call->arena, mark);
    }
    return true;
}

const struct archive_entry *archive_find(const struct archive_reader *reader, text path)
{
    for (size_t i = 0; i < reader->count; i++)
        if (text_equal(reader->entry[i].path, path))
            return &reader->entry[i];
    return NULL;
}

/* --- lines --- */

/* Says where a line that is no good stands. */
static bool fail_line(struct archive_reader *reader, text path, int64_t line)
{
    struct call *call = reader->call;
    char sentence[FAIL_SENTENCE_SIZE];
    enum fail_kind kind = call->fail.kind;
    if (kind != FAIL_INVALID && kind != FAIL_CONFLICT && kind != FAIL_STORE)
        return false;
    memcpy(sentence, call->fail.sentence, sizeof sentence);
    fail_clear(call);
    return fail(call, kind, "'%s/%.*s', line %lld: %s", reader->folder, TEXT_FMT(path),
                (long long)line, sentence);
}

static bool read_line(struct archive_reader *reader, const struct archive_entry *entry, text line,
                      int64_t number, archive_visitor visit, void *to)
{
    struct call *call = reader->call;
    struct arena_mark mark = arena_mark(&call->arena);
    struct json json;
    bool done = json_read(call, line, &json, NULL) && visit(call, &json, to);
    if (!done)
        fail_line(reader, entry->path, number);
    arena_rewind(&call->arena, mark);
    return done;
}

bool archive_read(struct archive_reader *reader, const struct archive_entry *entry,
                  archive_visitor visit, void *to)
{
    struct call *call = reader->call;
    text name = call_format(call, "%s/%.*s", reader->folder, TEXT_FMT(entry->path));
    struct source *source = name.at ? source_open(call, name.at, TEXT_NONE) : NULL;
    enum source_step step = SOURCE_FAILED;
    text line;
    bool ended;
    int64_t number = 0;
    while (source && (step = source_line(call, source, &line, &ended)) == SOURCE_LINE) {
        if (!read_line(reader, entry, line, ++number, visit, to))
            break;
        if (++reader->done % 1000 == 0)
            call_progress(call, "reading", reader->done, reader->lines);
    }
    if (source)
        source_close(source);
    if (step != SOURCE_END)
        return false;
    return number == entry->lines ||
           fail_archive(reader, entry->path, "has another number of lines than the manifest says");
}
