/*
 * A view of bytes: pointer and length, passed by value, owning nothing. The bytes live in an arena,
 * a literal or a buffer that outlives the view. Not NUL-ended; `call_string` makes such a copy at
 * a library border. A view whose pointer is NULL is "absent"; one of length zero is "empty".
 */
#ifndef RONDO_TEXT_H
#define RONDO_TEXT_H

#include "base/banned.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct text {
    const char *at;
    size_t size;
} text;

#define TEXT(literal) ((text){ "" literal, sizeof(literal) - 1 })
#define TEXT_NONE ((text){ NULL, 0 })

/* For printf: "%.*s", TEXT_FMT(t). */
#define TEXT_FMT(t) (int)(t).size, (t).at ? (t).at : ""

/* Views a NUL-ended string; NULL gives TEXT_NONE. */
text text_of(const char *string);

static inline uint64_t text_eight(const char *at)
{
    uint64_t bytes;
    __builtin_memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

/*
 * Asked millions of times in an import, mostly of equal texts of 8 to 16 bytes: two steps of eight
 * that may overlap cost less than a call.
 */
static inline bool text_equal(text a, text b)
{
    if (a.size != b.size)
        return false;
    if (a.size >= 8 && a.size <= 16)
        return text_eight(a.at) == text_eight(b.at) &&
               text_eight(a.at + a.size - 8) == text_eight(b.at + b.size - 8);
    return a.size == 0 || memcmp(a.at, b.at, a.size) == 0;
}

bool text_is(text a, const char *string);

/* True when a and b are the same but for the case of ASCII letters. */
bool text_same_word(text a, text b);

/* Orders by bytes, a prefix before what it begins: negative, zero or positive. */
int text_compare(text a, text b);

bool text_starts(text whole, text start);
bool text_ends(text whole, text end);

/* Finds `part` in `whole`; its offset, or SIZE_MAX. */
size_t text_find(text whole, text part);

/* Without ASCII white space at both ends. */
text text_trim(text whole);

/*
 * The part before the first `mark`; `*rest` is what follows it, or TEXT_NONE if there is no mark.
 */
text text_cut(text whole, char mark, text *rest);

static inline text text_from(text whole, size_t offset)
{
    if (offset > whole.size)
        offset = whole.size;
    return whole.at ? (text){ whole.at + offset, whole.size - offset } : TEXT_NONE;
}

static inline text text_until(text whole, size_t size)
{
    return (text){ whole.at, size < whole.size ? size : whole.size };
}

/* Strict decimal readers: the whole view must be the number. False leaves `*value` alone. */
bool text_to_int(text digits, int64_t *value);
bool text_to_real(text digits, double *value);

/* The size of the well-formed UTF-8 character at the start, or 0: nothing there, or not UTF-8. */
size_t text_character(text whole);

/* True for well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
bool text_is_utf8(text bytes);

/* The longest start of at most `size` bytes that does not cut a UTF-8 character. */
text text_until_character(text whole, size_t size);

#endif
