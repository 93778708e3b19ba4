/* See source_feed.h. Knows files, SHA-256 and gzip; knows no lines and no encodings. */
#include "base/source_feed.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNPACKED_MAX ((int64_t)64 << 30)
#define UNPACKED_TRUSTED ((int64_t)64 << 20) /* up to here the ratio does not count */
#define RATIO_MAX 1000

static bool feed_prepare(struct call *call, struct source_feed *feed)
{
    sha256_init(&feed->digest);
    feed->raw = malloc(SOURCE_CHUNK);
    return feed->raw || fail(call, FAIL_INTERNAL, "no memory to read '%s'", feed->facts->name);
}

static bool fail_open(struct call *call, const struct source_feed *feed, int error)
{
    return fail(call, FAIL_INVALID, "cannot read '%s': %s; name a file that can be read",
                feed->facts->name, strerror(error));
}

bool source_feed_open(struct call *call, struct source_feed *feed, const char *path)
{
    struct stat about;
    bool is_standard_input = strcmp(path, "-") == 0;
    feed->file = is_standard_input ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                   : open(path, O_RDONLY | O_CLOEXEC);
    if (feed->file < 0 || fstat(feed->file, &about) != 0)
        return fail_open(call, feed, errno);
    if (S_ISDIR(about.st_mode))
        return fail_open(call, feed, EISDIR);
    feed->facts->bytes_total = S_ISREG(about.st_mode) ? about.st_size : 0;
    return feed_prepare(call, feed);
}

bool source_feed_open_memory(struct call *call, struct source_feed *feed, text bytes)
{
    feed->file = -1;
    feed->memory = bytes;
    feed->facts->bytes_total = (int64_t)bytes.size;
    return feed_prepare(call, feed);
}

void source_feed_close(struct source_feed *feed)
{
    if (feed->form == SOURCE_GZIP)
        inflateEnd(&feed->unpacker);
    if (feed->file >= 0)
        close(feed->file);
    free(feed->raw);
}

static size_t read_memory(struct source_feed *feed, void *room, size_t size)
{
    text part = text_until(feed->memory, size);
    if (part.size)
        memcpy(room, part.at, part.size);
    feed->memory = text_from(feed->memory, part.size);
    return part.size;
}

static bool read_file(struct call *call, struct source_feed *feed, void *room, size_t size,
                      size_t *got)
{
    ssize_t count;
    do
        count = read(feed->file, room, size);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return fail(call, FAIL_STORE, "cannot read '%s' any further: %s", feed->facts->name,
                    strerror(errno));
    *got = (size_t)count;
    return true;
}

/* The bytes as they came: counted, digested. */
static bool read_raw(struct call *call, struct source_feed *feed, void *room, size_t size,
                     size_t *got)
{
    *got = 0;
    if (feed->is_raw_ended)
        return true;
    if (feed->file < 0)
        *got = read_memory(feed, room, size);
    else if (!read_file(call, feed, room, size, got))
        return false;
    if (*got == 0) {
        feed->is_raw_ended = true;
        if (!feed->is_undigested)
            sha256_digest(&feed->digest, HASH_SIZE, feed->facts->sha256.byte);
        return true;
    }
    if (!feed->is_undigested)
        sha256_update(&feed->digest, *got, room);
    feed->facts->bytes_read += (int64_t)*got;
    return true;
}

/* The next chunk into `raw`; nothing there afterwards means the end. */
static bool fill_raw(struct call *call, struct source_feed *feed)
{
    feed->raw_at = 0;
    return read_raw(call, feed, feed->raw, SOURCE_CHUNK, &feed->raw_size);
}

/* Whether the next two bytes begin a gzip member. A pipe may give them one at a time. */
static bool is_gzip_next(struct call *call, struct source_feed *feed, bool *is)
{
    size_t got;
    memmove(feed->raw, feed->raw + feed->raw_at, feed->raw_size - feed->raw_at);
    feed->raw_size -= feed->raw_at;
    feed->raw_at = 0;
    while (feed->raw_size < 2 && !feed->is_raw_ended) {
        if (!read_raw(call, feed, feed->raw + feed->raw_size, SOURCE_CHUNK - feed->raw_size, &got))
            return false;
        feed->raw_size += got;
    }
    *is = feed->raw_size >= 2 && feed->raw[0] == 0x1f && feed->raw[1] == 0x8b;
    return true;
}

static bool recognise(struct call *call, struct source_feed *feed)
{
    bool is_gzip;
    if (!is_gzip_next(call, feed, &is_gzip))
        return false;
    if (!is_gzip) {
        feed->form = SOURCE_PLAIN;
        return true;
    }
    if (inflateInit2(&feed->unpacker, 15 + 16) != Z_OK) /* 16: gzip, with its header and checksum */
        return fail(call, FAIL_INTERNAL, "no memory to gunzip '%s'", feed->facts->name);
    feed->form = SOURCE_GZIP;
    return true;
}

static bool read_plain(struct call *call, struct source_feed *feed, char *room, size_t size,
                       size_t *got)
{
    size_t waiting = feed->raw_size - feed->raw_at;
    if (waiting == 0)
        return read_raw(call, feed, room, size, got);
    *got = waiting < size ? waiting : size;
    memcpy(room, feed->raw + feed->raw_at, *got);
    feed->raw_at += *got;
    return true;
}

/* Nothing more can be unpacked; the rest is read for the digest alone. */
static bool finish_unpacking(struct call *call, struct source_feed *feed, bool is_cut)
{
    feed->is_unpacked = true;
    feed->facts->is_cut = is_cut;
    while (!feed->is_raw_ended)
        if (!fill_raw(call, feed))
            return false;
    return true;
}

static bool begin_member(struct call *call, struct source_feed *feed)
{
    bool is_gzip;
    if (!is_gzip_next(call, feed, &is_gzip))
        return false;
    feed->facts->had_junk = !is_gzip;
    feed->is_between_members = false;
    if (!is_gzip)
        return finish_unpacking(call, feed, false);
    return inflateReset(&feed->unpacker) == Z_OK ||
           fail(call, FAIL_INTERNAL, "cannot gunzip '%s' any further", feed->facts->name);
}

/* Several gzip files in a row are one stream; some writers fill up with zeros after the last. */
static bool next_member(struct call *call, struct source_feed *feed)
{
    while (feed->raw_at < feed->raw_size && feed->raw[feed->raw_at] == 0)
        feed->raw_at++;
    if (feed->raw_at < feed->raw_size)
        return begin_member(call, feed);
    if (!fill_raw(call, feed))
        return false;
    return feed->raw_size || finish_unpacking(call, feed, false);
}

/* Inside a member. The unpacker may hold output when its input is used up: it is asked first. */
static bool unpack_more(struct call *call, struct source_feed *feed)
{
    z_stream *unpacker = &feed->unpacker;
    unpacker->next_in = feed->raw + feed->raw_at;
    unpacker->avail_in = (uInt)(feed->raw_size - feed->raw_at);
    int status = inflate(unpacker, Z_NO_FLUSH);
    feed->raw_at = feed->raw_size - unpacker->avail_in;
    if (status == Z_MEM_ERROR)
        return fail(call, FAIL_INTERNAL, "no memory to gunzip '%s'", feed->facts->name);
    if (status == Z_STREAM_END)
        feed->is_between_members = true;
    else if (status == Z_BUF_ERROR)
        return fill_raw(call, feed) && (feed->raw_size || finish_unpacking(call, feed, true));
    else if (status != Z_OK) {
        feed->facts->is_damaged = true;
        return finish_unpacking(call, feed, true);
    }
    return true;
}

static bool check_unpacked(struct call *call, const struct source_feed *feed)
{
    const struct source_facts *facts = feed->facts;
    int64_t packed = facts->bytes_total ? facts->bytes_total : facts->bytes_read;
    if (feed->unpacked_bytes > UNPACKED_MAX)
        return fail(call, FAIL_TOO_LARGE, "'%s' unpacks to more than 64 GiB; split it",
                    facts->name);
    if (feed->unpacked_bytes > UNPACKED_TRUSTED && feed->unpacked_bytes / RATIO_MAX >= packed)
        return fail(call, FAIL_TOO_LARGE,
                    "'%s' unpacks to more than %d times its size; gunzip it first to use it",
                    facts->name, RATIO_MAX);
    return true;
}

static bool read_gzip(struct call *call, struct source_feed *feed, char *room, size_t size,
                      size_t *got)
{
    uInt room_size = size < SOURCE_CHUNK ? (uInt)size : SOURCE_CHUNK;
    feed->unpacker.next_out = (unsigned char *)room;
    feed->unpacker.avail_out = room_size;
    while (feed->unpacker.avail_out == room_size && !feed->is_unpacked)
        if (!(feed->is_between_members ? next_member(call, feed) : unpack_more(call, feed)))
            return false;
    *got = room_size - feed->unpacker.avail_out;
    feed->unpacked_bytes += (int64_t)*got;
    return check_unpacked(call, feed);
}

bool source_feed_read(struct call *call, struct source_feed *feed, char *room, size_t size,
                      size_t *got)
{
    if (feed->form == SOURCE_UNKNOWN && !recognise(call, feed))
        return false;
    return feed->form == SOURCE_GZIP ? read_gzip(call, feed, room, size, got)
                                     : read_plain(call, feed, room, size, got);
}
