/*
 * Whether values are what their fields allow: what no row may be without. It knows how values look,
 * not where they came from; what joins several fields is the record's own check, called last.
 */
#include "base/json_read.h"
#include "base/stamp.h"
#include "catalog/reading.h"

#include <math.h>

enum { YEAR_MIN = 1900, YEAR_MAX = 9999 };

static bool has_limits(const struct field *field)
{
    return field->min != 0 || field->max != 0;
}

/* --- texts --- */

static size_t character_count(text whole)
{
    size_t count = 0;
    for (size_t i = 0; i < whole.size; i++)
        count += ((unsigned char)whole.at[i] & 0xC0) != 0x80;
    return count;
}

/* C0 without the tab, DEL and C1 (in UTF-8: C2 80 to C2 9F), which holds a line end too. */
static bool has_control_character(text whole)
{
    for (size_t i = 0; i < whole.size; i++) {
        unsigned char c = (unsigned char)whole.at[i];
        unsigned char next = i + 1 < whole.size ? (unsigned char)whole.at[i + 1] : 0;
        if ((c < 0x20 && c != '\t') || c == 0x7F || (c == 0xC2 && next >= 0x80 && next <= 0x9F))
            return true;
    }
    return false;
}

static bool check_bytes(struct call *call, const struct field *field, text bytes)
{
    if (has_limits(field) && (double)bytes.size > field->max)
        return fail_at(call, field->name, "'%s' has %zu bytes; at most %.0f are allowed",
                       field->name, bytes.size, field->max);
    if (has_limits(field) && (double)bytes.size < field->min)
        return fail_at(call, field->name, "'%s' has %zu bytes; at least %.0f are needed",
                       field->name, bytes.size, field->min);
    return true;
}

static bool check_utf8(struct call *call, const struct field *field, text bytes)
{
    if (!text_is_utf8(bytes))
        return fail_at(call, field->name, "'%s' is not valid UTF-8", field->name);
    if (bytes.size && memchr(bytes.at, '\0', bytes.size))
        return fail_at(call, field->name, "'%s' holds a NUL byte, which is not accepted",
                       field->name);
    return check_bytes(call, field, bytes);
}

static bool check_text(struct call *call, const struct field *field, struct value value)
{
    if (!check_utf8(call, field, value.text))
        return false;
    if (has_control_character(value.text))
        return fail_at(call, field->name, "'%s' must be one line without control characters",
                       field->name);
    size_t count = character_count(value.text);
    if (!has_limits(field) && count > TEXT_CHARACTERS_MAX)
        return fail_at(call, field->name, "'%s' has %zu characters; at most %d are allowed",
                       field->name, count, TEXT_CHARACTERS_MAX);
    return true;
}

static bool check_prose(struct call *call, const struct field *field, struct value value)
{
    if (!check_utf8(call, field, value.text))
        return false;
    if (!has_limits(field) && value.text.size > PROSE_BYTES_MAX)
        return fail_at(call, field->name, "'%s' has %zu bytes; at most %d are allowed", field->name,
                       value.text.size, PROSE_BYTES_MAX);
    return true;
}

static bool check_zone(struct call *call, const struct field *field, struct value value)
{
    if (zone_is_known(value.text))
        return true;
    return fail_at(call, field->name,
                   "'%s' must be a time zone such as Europe/Berlin or UTC, not '%.*s'", field->name,
                   TEXT_FMT(text_until_character(value.text, FAIL_FIELD_SIZE)));
}

static bool check_choice(struct call *call, const struct field *field, struct value value)
{
    if (field_choice(field, value.text) >= 0)
        return true;
    struct out list;
    out_init(&list, call);
    for (int i = 0; field->choices[i]; i++) {
        bool is_last = !field->choices[i + 1];
        out_string(&list, i == 0 ? "" : is_last ? " or " : ", ");
        out_string(&list, field->choices[i]);
    }
    return fail_at(call, field->name, "'%s' must be %.*s, not '%.*s'", field->name,
                   TEXT_FMT(out_view(&list)),
                   TEXT_FMT(text_until_character(value.text, FAIL_FIELD_SIZE)));
}

static bool check_rank(struct call *call, const struct field *field, struct value value)
{
    text rank = value.text;
    bool is_good = rank.size > 0 && rank.size <= RANK_BYTES_MAX;
    for (size_t i = 0; is_good && i < rank.size; i++)
        is_good =
            (rank.at[i] >= '0' && rank.at[i] <= '9') || (rank.at[i] >= 'a' && rank.at[i] <= 'z');
    return is_good ||
           fail_at(call, field->name, "'%s' must be 1 to %d of the characters 0-9 and a-z",
                   field->name, RANK_BYTES_MAX);
}

static bool check_json(struct call *call, const struct field *field, struct value value)
{
    struct value read;
    return check_bytes(call, field, value.text) &&
           value_read_text(call, field, value.text, NULL, &read);
}

static bool check_blob(struct call *call, const struct field *field, struct value value)
{
    return check_bytes(call, field, value.text);
}

/* --- numbers --- */

static bool check_range(struct call *call, const struct field *field, double number)
{
    if (has_limits(field) && (number < field->min || number > field->max))
        return fail_at(call, field->name, "'%s' must be between %.15g and %.15g, not %.15g",
                       field->name, field->min, field->max, number);
    return true;
}

static bool check_int(struct call *call, const struct field *field, struct value value)
{
    return check_range(call, field, (double)value.integer);
}

static bool check_real(struct call *call, const struct field *field, struct value value)
{
    if (!isfinite(value.real))
        return fail_at(call, field->name, "'%s' must be a finite number", field->name);
    return check_range(call, field, value.real);
}

static bool check_bool(struct call *call, const struct field *field, struct value value)
{
    return value.integer == 0 || value.integer == 1 ||
           fail_at(call, field->name, "'%s' must be yes or no", field->name);
}

static bool check_days(struct call *call, const struct field *field, int64_t days)
{
    return (days >= days_from_date(YEAR_MIN, 1, 1) && days <= days_from_date(YEAR_MAX, 12, 31)) ||
           fail_at(call, field->name, "'%s' must lie in the years %d to %d", field->name, YEAR_MIN,
                   YEAR_MAX);
}

static bool check_stamp(struct call *call, const struct field *field, struct value value)
{
    int64_t days = value.integer / STAMP_DAY - (value.integer % STAMP_DAY < 0);
    return check_days(call, field, days);
}

static bool check_date(struct call *call, const struct field *field, struct value value)
{
    return check_days(call, field, value.integer);
}

/* --- refs and lists --- */

static bool check_id(struct call *call, const struct field *field, rid id)
{
    return id > 0 ||
           fail_at(call, field->name, "'%s' must name a row of '%s'", field->name, field->refers);
}

static bool check_ref(struct call *call, const struct field *field, struct value value)
{
    return check_id(call, field, value.integer);
}

static bool check_refs(struct call *call, const struct field *field, struct value value)
{
    for (uint32_t i = 0; i < value.count; i++)
        if (!check_id(call, field, value.ids[i]))
            return false;
    return true;
}

static bool check_tag(struct call *call, const struct field *field, text tag)
{
    bool has_separator =
        tag.size && (memchr(tag.at, ' ', tag.size) || memchr(tag.at, ',', tag.size) ||
                     memchr(tag.at, '\t', tag.size));
    if (tag.size == 0 || tag.size > TAG_BYTES_MAX)
        return fail_at(call, field->name, "'%s' takes words of 1 to %d bytes", field->name,
                       TAG_BYTES_MAX);
    if (has_separator || has_control_character(tag) || !text_is_utf8(tag))
        return fail_at(
            call, field->name,
            "'%.*s' is not a word that '%s' takes: no blanks, commas or control characters",
            TEXT_FMT(tag), field->name);
    return true;
}

static bool check_tags(struct call *call, const struct field *field, struct value value)
{
    if (value.count > TAGS_MAX)
        return fail_at(call, field->name, "'%s' takes at most %d words", field->name, TAGS_MAX);
    for (uint32_t i = 0; i < value.count; i++)
        if (!check_tag(call, field, value.texts[i]))
            return false;
    return true;
}

/* --- by kind --- */

typedef bool (*value_checker)(struct call *call, const struct field *field, struct value value);

static const struct kind_rule {
    enum value_kind value;
    value_checker check;
} kind_rules[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = { VALUE_TEXT, check_text },     [FIELD_PROSE] = { VALUE_TEXT, check_prose },
    [FIELD_INT] = { VALUE_INT, check_int },        [FIELD_REAL] = { VALUE_REAL, check_real },
    [FIELD_BOOL] = { VALUE_INT, check_bool },      [FIELD_STAMP] = { VALUE_INT, check_stamp },
    [FIELD_DATE] = { VALUE_INT, check_date },      [FIELD_ZONE] = { VALUE_TEXT, check_zone },
    [FIELD_CHOICE] = { VALUE_TEXT, check_choice }, [FIELD_REF] = { VALUE_INT, check_ref },
    [FIELD_REFS] = { VALUE_IDS, check_refs },      [FIELD_TAGS] = { VALUE_TEXTS, check_tags },
    [FIELD_RANK] = { VALUE_TEXT, check_rank },     [FIELD_JSON] = { VALUE_TEXT, check_json },
    [FIELD_BLOB] = { VALUE_TEXT, check_blob },
};

bool value_check(struct call *call, const struct field *field, struct value value)
{
    const struct kind_rule *rule = &kind_rules[field->kind];
    if (value_is_null(value))
        return true;
    if (value.kind != rule->value)
        return fail(call, FAIL_INTERNAL, "'%s' was given a value of another kind than %s",
                    field->name, field_kind_fact(field->kind)->name);
    return rule->check(call, field, value);
}

/* --- rows --- */

/* A needed text must say something; a needed list must hold something. */
static bool says_nothing(struct value value)
{
    return value_is_null(value) ||
           (value.kind == VALUE_TEXT && text_trim(value.text).size == 0);
}

static bool is_missing(const struct field *field, struct value value)
{
    return (field->flags & FIELD_NEEDED) && says_nothing(value);
}

bool row_require(struct call *call, const struct row *row, const int *field, const char *what)
{
    const char *missing[ROW_FIELDS_MAX];
    struct out names;
    size_t count = 0;
    for (; *field >= 0; field++)
        if (says_nothing(row->value[*field]))
            missing[count++] = row->record->field[*field].name;
    if (count == 0)
        return true;
    out_init(&names, call);
    for (size_t i = 0; i < count; i++) {
        fail_missing(call, missing[i]);
        out_format(&names, "%s'%s'", i == 0 ? "" : i + 1 < count ? ", " : " and ", missing[i]);
    }
    return fail_at(call, missing[0], "%.*s %s needed %s", TEXT_FMT(out_view(&names)),
                   count == 1 ? "is" : "are", what);
}

static bool check_needed(struct call *call, const struct row *before, const struct row *after)
{
    const struct record *record = after->record;
    const char *first = NULL;
    for (size_t i = 0; i < record->field_count; i++) {
        if (!is_missing(&record->field[i], after->value[i]))
            continue;
        fail_missing(call, record->field[i].name);
        first = first ? first : record->field[i].name;
    }
    if (!first)
        return true;
    return fail_at(call, first,
                   before ? "'%s' of %s %s cannot be empty" : "'%s' is needed to add %s %s", first,
                   record_article(record), record->label);
}

static bool check_fixed(struct call *call, const struct row *before, const struct row *after)
{
    const struct record *record = after->record;
    for (size_t i = 0; before && i < record->field_count; i++) {
        const struct field *field = &record->field[i];
        if ((field->flags & FIELD_FIXED) && !value_equal(before->value[i], after->value[i]))
            return fail_at(call, field->name, "'%s' is fixed at creation and cannot be changed",
                           field->name);
    }
    return true;
}

bool row_check(struct call *call, const struct row *before, const struct row *after)
{
    const struct record *record = after->record;
    if (!check_needed(call, before, after) || !check_fixed(call, before, after))
        return false;
    if (after->dimensions & ~(unsigned)DIMENSION_ALL)
        return fail(call, FAIL_INTERNAL, "the dimensions of '%s' hold unknown bits", record->name);
    for (size_t i = 0; i < record->field_count; i++)
        if (!value_check(call, &record->field[i], after->value[i]))
            return false;
    return !record->check || record->check(call, before, after);
}
