/*
 * YAML into the tree that JSON is read into, by libfyaml: one document; mappings with scalar keys,
 * sequences, scalars by the core schema of YAML 1.2 (what is quoted is text). The library refuses a
 * key that stands twice and more than 64 levels; aliases are refused here: a few bytes of them can
 * mean gigabytes.
 */
#ifndef RONDO_YAML_H
#define RONDO_YAML_H

#include "base/json.h"

enum { YAML_SIZE_MAX = 1024 * 1024 };

/*
 * Reads one document. On failure FAIL_INVALID with the line and the column, FAIL_BUSY when this
 * machine has no libfyaml. An empty document is null.
 */
bool yaml_read(struct call *call, text source, struct json *json);

#endif
