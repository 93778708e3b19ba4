/* From a named encoding to UTF-8; what cannot be decoded becomes U+FFFD. Private to source.c. */
#ifndef RONDO_SOURCE_DECODE_H
#define RONDO_SOURCE_DECODE_H

#include "base/source_feed.h"

struct source_decode;

/* True when the name means that bytes are taken as they are: none, or a name of UTF-8. */
bool source_decode_is_none(text encoding);

/* NULL for an encoding that ICU does not know. `name` is the source's, for the sentence. */
struct source_decode *source_decode_open(struct call *call, const char *name, text encoding);
void source_decode_close(struct source_decode *decode);

/* As source_feed_read, decoded. */
bool source_decode_read(struct call *call, struct source_decode *decode, struct source_feed *feed,
                        char *room, size_t size, size_t *got);

#endif
