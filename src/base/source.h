/*
 * Bytes from outside, read once and forwards: a file, standard input or memory; gunzipped
 * when the first two bytes say so; decoded to UTF-8 when another encoding is named; cut into
 * lines. It never reads more than it must and refuses a line over 64 MiB and a stream that
 * unpacks to more than 64 GiB or to 1,000 times its size.
 *
 * States: open -> lines or bytes -> end. After the end, `is_cut` says whether a gzip stream ended
 * early, `is_damaged` whether it did because its bytes are wrong, and `sha256` holds the digest of
 * the bytes as they came (before gunzip).
 */
#ifndef RONDO_SOURCE_H
#define RONDO_SOURCE_H

#include "base/source_facts.h"

#define SOURCE_LINE_MAX ((size_t)64 * 1024 * 1024)

struct source;

/*
 * `path` "-" is standard input. `encoding` TEXT_NONE is UTF-8.
 * Failures name the path. Close also after failures.
 */
struct source *source_open(struct call *call, const char *path, text encoding);
struct source *source_open_memory(struct call *call, const char *name, text bytes, text encoding);
void source_close(struct source *source);

/* The first bytes (at most `size`), without consuming them: for recognising formats. */
bool source_peek(struct call *call, struct source *source, size_t size, text *head);

enum source_step { SOURCE_LINE, SOURCE_END, SOURCE_FAILED };

/*
 * The next line without its LF or CRLF, valid until the next call. `*ended` is
 * false when the last line has no line end (it may be cut). A BOM at the start
 * is dropped and noted. Empty lines are returned too.
 */
enum source_step source_line(struct call *call, struct source *source, text *line, bool *ended);

/*
 * Everything that is left, for formats that are not
 * lines; at most `size_max` bytes, else "too large".
 */
bool source_rest(struct call *call, struct source *source, size_t size_max, text *bytes);

/* A whole file ("-": standard input), copied into the call; at most `size_max` bytes. */
bool source_whole(struct call *call, text path, size_t size_max, text *bytes);

const struct source_facts *source_facts(const struct source *source);

#endif
