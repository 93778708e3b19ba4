/* See row.h. Values, empty rows, copies, titles and public ids; checking, reading and writing live
 * in row_*.c. */
#include "catalog/row.h"

struct value value_int(int64_t integer)
{
    return (struct value){ .kind = VALUE_INT, .integer = integer };
}

struct value value_real(double real)
{
    return (struct value){ .kind = VALUE_REAL, .real = real };
}

struct value value_bool(bool is_true)
{
    return value_int(is_true ? 1 : 0);
}

struct value value_text(text view)
{
    return view.at ? (struct value){ .kind = VALUE_TEXT, .text = view } : VALUE_NONE;
}

struct value value_choice(const char *word)
{
    return value_text(text_of(word));
}

struct value value_stamp(stamp at)
{
    return value_int(at);
}

struct value value_ref(rid id)
{
    return id ? value_int(id) : VALUE_NONE;
}

static bool is_list(struct value value)
{
    return value.kind == VALUE_TEXTS || value.kind == VALUE_IDS;
}

bool value_is_null(struct value value)
{
    return value.kind == VALUE_NULL || (is_list(value) && value.count == 0);
}

static bool texts_equal(const text *a, const text *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!text_equal(a[i], b[i]))
            return false;
    return true;
}

bool value_equal(struct value a, struct value b)
{
    if (value_is_null(a) || value_is_null(b))
        return value_is_null(a) && value_is_null(b);
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case VALUE_NULL: return true;
    case VALUE_INT: return a.integer == b.integer;
    case VALUE_REAL: return a.real == b.real;
    case VALUE_TEXT: return text_equal(a.text, b.text);
    case VALUE_TEXTS: return a.count == b.count && texts_equal(a.texts, b.texts, a.count);
    case VALUE_IDS: return a.count == b.count && memcmp(a.ids, b.ids, a.count * sizeof *a.ids) == 0;
    }
    return false;
}

int64_t value_as_int(struct value value)
{
    return value.kind == VALUE_INT ? value.integer : 0;
}

double value_as_real(struct value value)
{
    return value.kind == VALUE_REAL ? value.real : 0.0;
}

bool value_as_bool(struct value value)
{
    return value_as_int(value) != 0;
}

text value_as_text(struct value value)
{
    return value.kind == VALUE_TEXT ? value.text : TEXT_NONE;
}

struct value row_shown(const struct row *row, size_t at, stamp now)
{
    size_t fields = row->record->field_count;
    if (at < fields)
        return row->value[at];
    return row->record->computed[at - fields].value(row, row->as_of ? row->as_of : now);
}

static bool set_fallback(struct call *call, const struct field *field, struct value *value)
{
    return !field->fallback || value_read_text(call, field, text_of(field->fallback), NULL, value);
}

bool row_init(struct call *call, const struct record *record, struct row *row)
{
    *row = (struct row){ .record = record };
    row->value = call_array(call, record->field_count, sizeof *row->value);
    if (!row->value)
        return false;
    for (size_t i = 0; i < record->field_count; i++)
        if (!set_fallback(call, &record->field[i], &row->value[i]))
            return false;
    return true;
}

static bool copy_texts(struct call *call, struct value *value)
{
    text *copy = call_array(call, value->count, sizeof *copy);
    if (!copy)
        return false;
    for (uint32_t i = 0; i < value->count; i++) {
        copy[i] = call_text(call, value->texts[i]);
        if (!copy[i].at)
            return false;
    }
    value->texts = copy;
    return true;
}

static bool copy_ids(struct call *call, struct value *value)
{
    rid *copy = call_array(call, value->count, sizeof *copy);
    if (!copy)
        return false;
    if (value->count)
        memcpy(copy, value->ids, value->count * sizeof *copy);
    value->ids = copy;
    return true;
}

/* Makes what the value points at its own. */
static bool copy_value(struct call *call, struct value *value)
{
    if (value->kind == VALUE_TEXT) {
        value->text = call_text(call, value->text);
        return value->text.at != NULL;
    }
    if (value->kind == VALUE_TEXTS)
        return copy_texts(call, value);
    return value->kind != VALUE_IDS || copy_ids(call, value);
}

bool row_copy(struct call *call, const struct row *from, struct row *to)
{
    size_t count = from->record->field_count;
    struct value *value = call_array(call, count, sizeof *value);
    if (!value)
        return false;
    if (count)
        memcpy(value, from->value, count * sizeof *value);
    *to = *from;
    to->value = value;
    for (size_t i = 0; i < count; i++)
        if (!copy_value(call, &value[i]))
            return false;
    return true;
}

text row_title(struct call *call, const struct row *row)
{
    text title = value_as_text(row->value[row->record->title]);
    return title.size ? title : row_public_id(call, row->record, row->id);
}

/* --- public ids --- */

/* Crockford's base 32: no i, l, o, u, so that an id can be read aloud. Twelve digits are sixty
 * bits. */
static const char base32[] = "0123456789abcdefghjkmnpqrstvwxyz";
enum { BASE32_DIGITS = 12, BASE32_DIGITS_MAX = 13 };

static text write_base32(char room[BASE32_DIGITS_MAX], rid id)
{
    uint64_t left = (uint64_t)id;
    size_t at = BASE32_DIGITS_MAX;
    while (at > BASE32_DIGITS_MAX - BASE32_DIGITS || left) {
        room[--at] = base32[left & 31];
        left >>= 5;
    }
    return (text){ room + at, BASE32_DIGITS_MAX - at };
}

/* The digit's worth, or -1. Letters that were left out are taken for the digits they look like. */
static int base32_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c - 'A' + 'a');
    if (c == 'o')
        return 0;
    if (c == 'i' || c == 'l')
        return 1;
    const char *hit = c ? strchr(base32, c) : NULL;
    return hit ? (int)(hit - base32) : -1;
}

static bool read_base32(text digits, rid *id)
{
    uint64_t sum = 0;
    if (digits.size < BASE32_DIGITS || digits.size > BASE32_DIGITS_MAX)
        return false;
    for (size_t i = 0; i < digits.size; i++) {
        int digit = base32_digit(digits.at[i]);
        if (digit < 0 || sum > (INT64_MAX >> 5))
            return false;
        sum = sum << 5 | (unsigned)digit;
    }
    *id = (rid)sum;
    return sum > 0;
}

static bool read_number(text digits, rid *id)
{
    int64_t number;
    if (digits.size == 0 || digits.at[0] == '-' || !text_to_int(digits, &number) || number <= 0)
        return false;
    *id = number;
    return true;
}

text row_public_id(struct call *call, const struct record *record, rid id)
{
    char room[BASE32_DIGITS_MAX];
    if (record->privacy != PRIVACY_PRIVATE)
        return call_format(call, "%s-%lld", record->prefix, (long long)id);
    return call_format(call, "%s-%.*s", record->prefix, TEXT_FMT(write_base32(room, id)));
}

bool row_id_read(const struct record *record, text public_id, rid *id)
{
    text number;
    text prefix = text_cut(public_id, '-', &number);
    bool has_prefix = number.at && text_same_word(prefix, text_of(record->prefix));
    if (record->privacy == PRIVACY_PRIVATE)
        return has_prefix && read_base32(number, id);
    return read_number(has_prefix ? number : public_id, id);
}

bool catalog_id_read(const struct catalog *catalog, text public_id, const struct record **record,
                     rid *id)
{
    text number;
    text prefix = text_cut(public_id, '-', &number);
    const struct record *found = number.at ? catalog_record_prefix(catalog, prefix) : NULL;
    if (!found || !row_id_read(found, public_id, id))
        return false;
    *record = found;
    return true;
}
