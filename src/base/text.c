/* See text.h. */
#include "base/text.h"

#include <errno.h>
#include <math.h>

text text_of(const char *string)
{
    return string ? (text){ string, strlen(string) } : TEXT_NONE;
}

bool text_is(text a, const char *string)
{
    return text_equal(a, text_of(string));
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_same_word(text a, text b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (ascii_lower(a.at[i]) != ascii_lower(b.at[i]))
            return false;
    return true;
}

int text_compare(text a, text b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared ? memcmp(a.at, b.at, shared) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool text_starts(text whole, text start)
{
    return whole.size >= start.size && text_equal(text_until(whole, start.size), start);
}

bool text_ends(text whole, text end)
{
    return whole.size >= end.size && text_equal(text_from(whole, whole.size - end.size), end);
}

size_t text_find(text whole, text part)
{
    if (part.size == 0)
        return 0;
    const char *hit = whole.size ? memmem(whole.at, whole.size, part.at, part.size) : NULL;
    return hit ? (size_t)(hit - whole.at) : SIZE_MAX;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

text text_trim(text whole)
{
    while (whole.size && is_blank(whole.at[0]))
        whole = text_from(whole, 1);
    while (whole.size && is_blank(whole.at[whole.size - 1]))
        whole.size--;
    return whole;
}

text text_cut(text whole, char mark, text *rest)
{
    const char *hit = whole.size ? memchr(whole.at, mark, whole.size) : NULL;
    if (!hit) {
        *rest = TEXT_NONE;
        return whole;
    }
    size_t size = (size_t)(hit - whole.at);
    *rest = text_from(whole, size + 1);
    return text_until(whole, size);
}

bool text_to_int(text digits, int64_t *value)
{
    size_t i = 0;
    bool negative = digits.size && digits.at[0] == '-';
    if (negative)
        i = 1;
    if (i == digits.size)
        return false;
    int64_t sum = 0;
    for (; i < digits.size; i++) {
        char c = digits.at[i];
        if (c < '0' || c > '9')
            return false;
        int digit = negative ? -(c - '0') : c - '0';
        if (__builtin_mul_overflow(sum, 10, &sum) || __builtin_add_overflow(sum, digit, &sum))
            return false;
    }
    *value = sum;
    return true;
}

/* Decimal notation only: strtod alone would also take hexadecimal, "inf" and leading blanks. */
static bool looks_decimal(text digits)
{
    if (digits.size == 0 || digits.size > 400)
        return false;
    bool has_digit = false;
    for (size_t i = 0; i < digits.size; i++) {
        char c = digits.at[i];
        has_digit = has_digit || (c >= '0' && c <= '9');
        if (!((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E'))
            return false;
    }
    return has_digit;
}

bool text_to_real(text digits, double *value)
{
    char copy[401];
    if (!looks_decimal(digits))
        return false;
    memcpy(copy, digits.at, digits.size);
    copy[digits.size] = '\0';
    char *end;
    double read = strtod(copy, &end);
    if (*end != '\0' || !isfinite(read))
        return false;
    *value = read;
    return true;
}

/* Table 3-7 of the Unicode standard. */
size_t text_character(text whole)
{
    const unsigned char *at = (const unsigned char *)whole.at;
    size_t size = whole.size;
    if (size == 0)
        return 0;
    unsigned char lead = at[0];
    if (lead < 0x80)
        return 1;
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || size < length)
        return 0;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

/* Most texts are ASCII for long stretches: eight such bytes are one look. */
static text behind_ascii(text bytes)
{
    while (bytes.size >= 8 && !(text_eight(bytes.at) & UINT64_C(0x8080808080808080)))
        bytes = text_from(bytes, 8);
    return bytes;
}

bool text_is_utf8(text bytes)
{
    for (bytes = behind_ascii(bytes); bytes.size; bytes = behind_ascii(bytes)) {
        size_t length = text_character(bytes);
        if (length == 0)
            return false;
        bytes = text_from(bytes, length);
    }
    return true;
}

text text_until_character(text whole, size_t size)
{
    if (size >= whole.size)
        return whole;
    while (size > 0 && ((unsigned char)whole.at[size] & 0xC0) == 0x80)
        size--;
    return text_until(whole, size);
}
