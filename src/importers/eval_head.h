/* Looking at the first bytes of a file, to tell formats apart. Nothing here reads a whole value. */
#ifndef RONDO_EVAL_HEAD_H
#define RONDO_EVAL_HEAD_H

#include "base/text.h"

/* Without a byte order mark and white space in front; TEXT_NONE for bytes that are no text. */
text head_trim(text head);

/* The name's ending is `ending`, compressed or not, in any case of letters. */
bool head_name_ends(const char *file_name, text ending);

/* `quoted` stands somewhere as a key: "\"case\"" with a colon behind. */
bool head_has_key(text head, text quoted);

/* A JSON object that holds every key of a list that ends in NULL; keys stand in quotes. */
bool head_is_object_with(text head, const char *const *quoted);

#endif
