/*
 * JSON out of code: one call per key and value, pushed into a sink. Commas and nesting are kept
 * here. Numbers that are not finite are written as null; a double is the shortest text that reads
 * back as the same double. Texts are written as UTF-8; bytes that are not are replaced by U+FFFD.
 */
#ifndef RONDO_JSON_WRITE_H
#define RONDO_JSON_WRITE_H

#include "base/out.h"
#include "base/real.h"

struct json;

enum { JSON_WRITE_DEPTH_MAX = 66, JSON_INT_SIZE = 24 };

struct json_writer {
    struct out *out;
    int depth;
    bool has_item[JSON_WRITE_DEPTH_MAX];
    bool after_key;
    bool is_pretty; /* two blanks a level, for people */
};

void json_writer_init(struct json_writer *writer, struct out *out, bool is_pretty);

void json_object(struct json_writer *writer);
void json_object_end(struct json_writer *writer);
void json_list(struct json_writer *writer);
void json_list_end(struct json_writer *writer);
void json_key(struct json_writer *writer, const char *key);
void json_key_text(struct json_writer *writer, text key);

/* Values. TEXT_NONE and NULL are written as null. */
void json_null(struct json_writer *writer);
void json_bool(struct json_writer *writer, bool value);
void json_int(struct json_writer *writer, int64_t value);
void json_real(struct json_writer *writer, double value);
void json_text(struct json_writer *writer, text value);
void json_string(struct json_writer *writer, const char *value);
void json_stamp(struct json_writer *writer, stamp value); /* 2026-11-16T07:00:00Z; 0 gives null */
void json_raw(struct json_writer *writer, text json);     /* already JSON */

/*
 * The same, written by the caller: where `most` bytes have room, and then where they ended. NULL:
 * the output has failed, and there is nothing to end.
 */
char *json_raw_begin(struct json_writer *writer, size_t most);
void json_raw_end(struct json_writer *writer, const char *end);

void json_tree(struct json_writer *writer, const struct json *json);

/* The digits of a whole number, without a NUL; returns how many bytes they are. */
size_t json_int_write(int64_t value, char room[JSON_INT_SIZE]);

/* A key and its value in one line. */
void json_put_bool(struct json_writer *writer, const char *key, bool value);
void json_put_int(struct json_writer *writer, const char *key, int64_t value);
void json_put_real(struct json_writer *writer, const char *key, double value);
/* Null where it is not known. */
void json_put_known_real(struct json_writer *writer, const char *key, bool is_known, double value);
void json_put_text(struct json_writer *writer, const char *key, text value);
void json_put_string(struct json_writer *writer, const char *key, const char *value);
void json_put_stamp(struct json_writer *writer, const char *key, stamp value);
void json_put_null(struct json_writer *writer, const char *key);

#endif
