/* JSON pointers (RFC 6901): "/a/0/b~1c" into a tree. */
#ifndef RONDO_JSON_POINTER_H
#define RONDO_JSON_POINTER_H

#include "base/json.h"

/* The value that the pointer leads to, or NULL. An empty pointer is `from` itself. */
const struct json *json_pointer_follow(const struct json *from, text pointer);

/* The pointer's first step is this key. */
bool json_pointer_begins(text pointer, text key);

#endif
