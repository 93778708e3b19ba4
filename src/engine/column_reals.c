/*
 * See column.h. Reals: scores and rates have few decimal places, latencies are often whole numbers,
 * so most columns fit 16 bits. A form is taken only when every value comes back with the same bits.
 */
#include "engine/column.h"

#include "engine/bits.h"
#include "engine/column_body.h"

#include <float.h>
#include <math.h>

/* Forms 0 to 4 are 16-bit whole numbers of that many decimal places. */
enum { SCALE_MAX = 4, FORM_FLOAT = 5, FORM_DOUBLE = 6, FORM_COUNT };

static const double powers[SCALE_MAX + 1] = { 1, 10, 100, 1000, 10000 };
static const uint8_t widths[FORM_COUNT] = { 2, 2, 2, 2, 2, 4, 8 };

static uint64_t double_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static double bits_double(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/*
 * The lowest 16-bit number means unknown. Division by a power of ten gives the double nearest to
 * the decimal, which is what reading the decimal gave.
 */
static uint64_t encode_decimal(double value, double power)
{
    if (isnan(value))
        return (uint16_t)INT16_MIN;
    double scaled = round(value * power);
    return fabs(scaled) <= INT16_MAX ? (uint16_t)(int16_t)scaled : (uint16_t)INT16_MIN;
}

static double decode_decimal(uint64_t bits, double power)
{
    int32_t number = bits < 0x8000 ? (int32_t)bits : (int32_t)bits - 0x10000;
    return number == INT16_MIN ? NAN : number / power;
}

static uint64_t encode_float(double value)
{
    bool fits = !isfinite(value) || fabs(value) <= FLT_MAX;
    float narrow = fits ? (float)value : 0;
    uint32_t bits;
    memcpy(&bits, &narrow, sizeof bits);
    return bits;
}

static double decode_float(uint64_t wide)
{
    uint32_t bits = (uint32_t)wide;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t encode(double value, uint8_t form)
{
    if (form <= SCALE_MAX)
        return encode_decimal(value, powers[form]);
    return form == FORM_FLOAT ? encode_float(value) : double_bits(value);
}

static double decode(uint64_t bits, uint8_t form)
{
    if (form <= SCALE_MAX)
        return decode_decimal(bits, powers[form]);
    return form == FORM_FLOAT ? decode_float(bits) : bits_double(bits);
}

/* Unknown is unknown whatever its bits; everything else keeps them, minus zero included. */
static bool is_same(double value, double back)
{
    return isnan(value) ? isnan(back) : double_bits(back) == double_bits(value);
}

/* Into a body that has room for doubles; false: not every value survives the form. */
static bool write_in_form(const double *value, uint32_t count, uint8_t form, unsigned char *body)
{
    size_t width = widths[form];
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = encode(value[i], form);
        if (!is_same(value[i], decode(bits, form)))
            return false;
        column_body_write(body + i * width, bits, width);
    }
    return true;
}

static bool all_unknown(const double *value, uint32_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isnan(value[i]))
            return false;
    return true;
}

bool column_pack_reals(struct call *call, const double *value, uint32_t count, text *packed)
{
    *packed = TEXT_NONE;
    if (all_unknown(value, count))
        return true;
    uint8_t form = 0;
    unsigned char *body = column_body_new(call, (size_t)count * widths[FORM_DOUBLE]);
    if (!body)
        return false;
    while (!write_in_form(value, count, form, body)) /* every value survives the last */
        form++;
    struct column_head head = { .kind = PACKED_REALS, .form = form, .count = count };
    *packed = column_body_seal(body, (size_t)count * widths[form], head);
    return true;
}

static bool unknown_reals(struct call *call, uint32_t count, double **value)
{
    *value = call_array(call, count, sizeof **value);
    for (size_t i = 0; *value && i < count; i++)
        (*value)[i] = NAN;
    return *value != NULL;
}

/* Apart, for most columns are decimals: what is the same for all of them leaves the loop. */
BITS_WIDE static void decode_decimals(const unsigned char *body, size_t count, double power,
                                      double *value)
{
    for (size_t i = 0; i < count; i++) {
        uint16_t bits = (uint16_t)(body[2 * i] | body[2 * i + 1] << 8);
        value[i] = decode_decimal(bits, power);
    }
}

static void decode_all(const unsigned char *body, size_t count, uint8_t form, double *value)
{
    size_t width = widths[form];
    if (form <= SCALE_MAX)
        decode_decimals(body, count, powers[form], value);
    else
        for (size_t i = 0; i < count; i++)
            value[i] = decode(column_body_read(body + i * width, width), form);
}

bool column_unpack_reals(struct call *call, const char *name, text packed, uint32_t count,
                         double **value)
{
    uint8_t form;
    text body;
    if (!packed.at)
        return unknown_reals(call, count, value);
    if (!column_body_open(call, name, packed, PACKED_REALS, count, &form, &body))
        return false;
    if (form >= FORM_COUNT || body.size != (size_t)count * widths[form])
        return column_body_damaged(call, name);
    *value = call_take_unset(call, ((size_t)count + 1) * sizeof **value);
    if (!*value)
        return false;
    decode_all((const unsigned char *)body.at, count, form, *value);
    return true;
}
