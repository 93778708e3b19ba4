/* See postgresql_value.h. */
#include "store/postgresql_value.h"

#include <math.h>
#include <string.h>

/* A numeric: four heads of 16 bits, then digits of base 10,000. */
enum { NUMERIC_HEADS = 4, NUMERIC_BASE = 10000, NUMERIC_NEGATIVE = 0x4000 };

static uint64_t read_network(const char *bytes, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

static void write_network(uint64_t value, size_t size, char *bytes)
{
    for (size_t i = size; i-- > 0; value >>= 8)
        bytes[i] = (char)(value & 0xff);
}

static int integer_size(unsigned type)
{
    switch (type) {
    case POSTGRESQL_BOOL:
        return 1;
    case POSTGRESQL_INT2:
        return 2;
    case POSTGRESQL_INT4:
        return 4;
    case POSTGRESQL_INT8:
        return 8;
    default:
        return 0;
    }
}

bool postgresql_type_is_number(unsigned type)
{
    return integer_size(type) || type == POSTGRESQL_FLOAT4 || type == POSTGRESQL_FLOAT8 ||
           type == POSTGRESQL_NUMERIC;
}

int postgresql_write_int(unsigned type, int64_t value, char bytes[POSTGRESQL_NUMBER_SIZE])
{
    int size = integer_size(type);
    if (type == POSTGRESQL_FLOAT4 || type == POSTGRESQL_FLOAT8)
        return postgresql_write_real(type, (double)value, bytes);
    if (size == 0 || (type == POSTGRESQL_BOOL && value != 0 && value != 1))
        return 0;
    write_network((uint64_t)value, (size_t)size, bytes);
    return postgresql_read_int(type, (text){ bytes, (size_t)size }) == value ? size : 0;
}

int postgresql_write_real(unsigned type, double value, char bytes[POSTGRESQL_NUMBER_SIZE])
{
    if (type == POSTGRESQL_FLOAT8) {
        uint64_t bits;
        memcpy(&bits, &value, sizeof bits);
        write_network(bits, sizeof bits, bytes);
        return sizeof bits;
    }
    if (type == POSTGRESQL_FLOAT4) {
        float narrow = (float)value;
        uint32_t bits;
        memcpy(&bits, &narrow, sizeof bits);
        write_network(bits, sizeof bits, bytes);
        return sizeof bits;
    }
    bool is_whole = value == floor(value) && fabs(value) < 0x1p63;
    return is_whole ? postgresql_write_int(type, (int64_t)value, bytes) : 0;
}

static double read_numeric(text bytes)
{
    size_t digits = bytes.size < 2 * NUMERIC_HEADS ? 0 : read_network(bytes.at, 2);
    if (digits == 0 || bytes.size < 2 * (NUMERIC_HEADS + digits))
        return 0;
    int weight = (int16_t)read_network(bytes.at + 2, 2);
    double value = 0;
    for (size_t i = 0; i < digits; i++)
        value += (double)read_network(bytes.at + 2 * (NUMERIC_HEADS + i), 2) *
                 pow(NUMERIC_BASE, weight - (double)i);
    return read_network(bytes.at + 4, 2) == NUMERIC_NEGATIVE ? -value : value;
}

/* Whole numbers exactly: a double cannot hold them all. */
static int64_t read_numeric_int(text bytes)
{
    size_t digits = bytes.size < 2 * NUMERIC_HEADS ? 0 : read_network(bytes.at, 2);
    if (digits == 0 || bytes.size < 2 * (NUMERIC_HEADS + digits))
        return 0;
    bool is_negative = read_network(bytes.at + 4, 2) == NUMERIC_NEGATIVE;
    int weight = (int16_t)read_network(bytes.at + 2, 2);
    int64_t value = 0;
    for (int place = 0; place <= weight; place++) {
        size_t at = (size_t)place;
        int64_t digit =
            at < digits ? (int64_t)read_network(bytes.at + 2 * (NUMERIC_HEADS + at), 2) : 0;
        if (__builtin_mul_overflow(value, NUMERIC_BASE, &value) ||
            __builtin_sub_overflow(value, digit, &value)) /* below 0 there is room for one more */
            return is_negative ? INT64_MIN : INT64_MAX;
    }
    if (is_negative)
        return value;
    return value == INT64_MIN ? INT64_MAX : -value;
}

int64_t postgresql_read_int(unsigned type, text bytes)
{
    size_t size = (size_t)integer_size(type);
    if (type == POSTGRESQL_NUMERIC)
        return read_numeric_int(bytes);
    if (type == POSTGRESQL_FLOAT4 || type == POSTGRESQL_FLOAT8) {
        double real = postgresql_read_real(type, bytes);
        if (isnan(real))
            return 0;
        return real >= 0x1p63 ? INT64_MAX : real < -0x1p63 ? INT64_MIN : (int64_t)real;
    }
    if (size == 0 || bytes.size != size)
        return 0;
    uint64_t bits = read_network(bytes.at, size);
    switch (size) {
    case 2:
        return (int16_t)bits;
    case 4:
        return (int32_t)bits;
    default:
        return (int64_t)bits;
    }
}

double postgresql_read_real(unsigned type, text bytes)
{
    if (type == POSTGRESQL_FLOAT8 && bytes.size == 8) {
        uint64_t bits = read_network(bytes.at, 8);
        double real;
        memcpy(&real, &bits, sizeof real);
        return real;
    }
    if (type == POSTGRESQL_FLOAT4 && bytes.size == 4) {
        uint32_t bits = (uint32_t)read_network(bytes.at, 4);
        float real;
        memcpy(&real, &bits, sizeof real);
        return (double)real;
    }
    if (type == POSTGRESQL_NUMERIC)
        return read_numeric(bytes);
    return integer_size(type) ? (double)postgresql_read_int(type, bytes) : 0;
}
