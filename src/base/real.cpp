/*
 * See real.h. The digits are the standard library's shortest (Ryu, Adams 2018), for which C has no
 * function; they are laid out as printf's %g does with 15 digits or more.
 */
#include "base/real.h"

#include <charconv>
#include <cstring>

namespace {

/* -1.25e-7 is the digits 125, their count 3, the exponent -7. */
struct decimal {
    bool is_negative;
    char digit[32];
    int count, exponent;
};

decimal decimal_of(double value)
{
    char room[48];
    decimal result = {};
    const std::to_chars_result end =
        std::to_chars(room, room + sizeof room, value, std::chars_format::scientific);
    const char *at = room;
    result.is_negative = *at == '-';
    at += result.is_negative;
    for (; at < end.ptr && *at != 'e'; at++)
        if (*at != '.')
            result.digit[result.count++] = *at;
    const bool is_small = at[1] == '-';
    std::from_chars(at + 2, end.ptr, result.exponent);
    if (is_small)
        result.exponent = -result.exponent;
    return result;
}

char *put(char *to, const char *from, int count)
{
    std::memcpy(to, from, static_cast<size_t>(count));
    return to + count;
}

char *put_zeros(char *to, int count)
{
    std::memset(to, '0', static_cast<size_t>(count));
    return to + count;
}

char *put_scientific(char *to, const decimal &value)
{
    const int size = value.exponent < 0 ? -value.exponent : value.exponent;
    to = put(to, value.digit, 1);
    if (value.count > 1) {
        *to++ = '.';
        to = put(to, value.digit + 1, value.count - 1);
    }
    *to++ = 'e';
    *to++ = value.exponent < 0 ? '-' : '+';
    if (size < 10)
        *to++ = '0';
    return std::to_chars(to, to + 4, size).ptr;
}

char *put_fixed(char *to, const decimal &value)
{
    const int whole = value.exponent + 1; /* digits before the point */
    if (whole <= 0) {
        to = put(to, "0.", 2);
        to = put_zeros(to, -whole);
        return put(to, value.digit, value.count);
    }
    if (value.count <= whole)
        return put_zeros(put(to, value.digit, value.count), whole - value.count);
    to = put(to, value.digit, whole);
    *to++ = '.';
    return put(to, value.digit + whole, value.count - whole);
}

} // namespace

extern "C" int real_write(double value, char *room)
{
    const decimal number = decimal_of(value);
    const int most = number.count > 15 ? number.count : 15;
    char *to = room;
    if (number.is_negative)
        *to++ = '-';
    to = number.exponent < -4 || number.exponent >= most ? put_scientific(to, number)
                                                         : put_fixed(to, number);
    *to = '\0';
    return static_cast<int>(to - room);
}
