/* What tells a case by its content, wherever it stands in a file and however its JSON is written.
 */
#ifndef RONDO_CONTENT_KEY_H
#define RONDO_CONTENT_KEY_H

#include "base/json.h"

/*
 * The SHA-256, in hexadecimal, of the value's canonical JSON: keys sorted by bytes, texts in NFC
 * with LF, numbers as short as they read back. TEXT_NONE: the call has failed.
 */
text content_key(struct call *call, const struct json *value);

/* The same for an object of these members; those whose value is NULL are left out. */
struct content_part {
    const char *name;
    const struct json *value;
};
text content_key_of(struct call *call, const struct content_part *part, size_t count);

#endif
