/*
 * The reader of short objects, such as the lines of an eval file: where a file has a million of
 * them, what simdjson costs before it has seen a byte counts for more than what it saves. It reads
 * what such lines mostly hold and declines the rest; it decides nothing and has no sentences.
 */
#ifndef RONDO_JSON_LINE_H
#define RONDO_JSON_LINE_H

#include "base/json.h"

#ifdef __cplusplus
extern "C" {
#endif

enum json_line { JSON_LINE_DONE, JSON_LINE_DECLINED, JSON_LINE_FAILED };

/*
 * The same tree as json_read's, or declined: JSON that is no object or no JSON, has blanks before
 * it, more than 64 KiB, 8 levels or 64 values that are open at once, \u escapes, or numbers that
 * are not read exactly with one division. Failed: the call has no memory.
 */
enum json_line json_line_read(struct call *call, text source, struct json *json,
                              struct json_notes *notes);

#ifdef __cplusplus
}
#endif

#endif
