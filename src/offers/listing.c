/* See listing.h. Which filters a kind of field takes is one table. */
#include "offers/listing.h"

#include "base/json_write.h"
#include "ledger/as_of.h"
#include "offers/nearest.h"
#include "offers/refs.h"

enum { NAME_SHOWN_BYTES = 80 };

/* What stands after a field's name. */
static const struct suffix {
    const char *words;
    enum filter_op op;
    const char *help; /* of the parameter; the field's label follows */
} suffixes[] = {
    { "", FILTER_IS, "Only rows with this value of" },
    { ".not", FILTER_IS_NOT, "Only rows with another value of" },
    { ".min", FILTER_AT_LEAST, "The least value of" },
    { ".max", FILTER_AT_MOST, "The greatest value of" },
};
enum { SUFFIX_COUNT = sizeof suffixes / sizeof suffixes[0] };

static const struct kind_filters {
    bool has_order;  /* .min, .max and sort */
    bool only_empty; /* cannot be compared, only asked whether it is there */
    const char *type; /* in the OpenAPI page */
} kind_filters[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = { .has_order = true, .type = "string" },
    [FIELD_PROSE] = { .type = "string" },
    [FIELD_INT] = { .has_order = true, .type = "integer" },
    [FIELD_REAL] = { .has_order = true, .type = "number" },
    [FIELD_BOOL] = { .type = "boolean" },
    [FIELD_STAMP] = { .has_order = true, .type = "string" },
    [FIELD_DATE] = { .has_order = true, .type = "string" },
    [FIELD_ZONE] = { .type = "string" },
    [FIELD_CHOICE] = { .type = "string" },
    [FIELD_REF] = { .type = "string" },
    [FIELD_REFS] = { .type = "string" },
    [FIELD_TAGS] = { .type = "string" },
    [FIELD_RANK] = { .has_order = true, .type = "string" },
    [FIELD_JSON] = { .only_empty = true, .type = "string" },
    [FIELD_BLOB] = { .only_empty = true, .type = "string" },
};

/* What every row has besides its fields, as a field. */
static const struct built_in {
    struct field field;
    int find;
} built_ins[] = {
    { { .name = "created", .label = "Created", .kind = FIELD_STAMP }, FIND_CREATED },
    { { .name = "changed", .label = "Changed", .kind = FIELD_STAMP }, FIND_CHANGED },
};
enum { BUILT_IN_COUNT = sizeof built_ins / sizeof built_ins[0] };

static const struct query_parameter reserved[] = {
    { "dimension", "Only rows with this dimension: data, ai, it, governance, business, people.",
      "string" },
    { "sort", "A field to sort by; a hyphen before it sorts backwards.", "string" },
    { "limit", "At most so many rows, 1 to 1000.", "integer" },
    { "after", "The 'next' of the page before.", "string" },
    { "archived", "Rows that were dropped are in the list, too.", "boolean" },
    { "as_of", LISTING_AS_OF_HELP, "string" },
};
enum { RESERVED_COUNT = sizeof reserved / sizeof reserved[0] };

static bool is_asked_for(const struct field *field)
{
    return !(field->flags & (FIELD_SECRET | FIELD_PRIVATE));
}

static bool takes(const struct field *field, const struct suffix *suffix)
{
    bool is_order = suffix->op == FILTER_AT_LEAST || suffix->op == FILTER_AT_MOST;
    return is_asked_for(field) && (!is_order || kind_filters[field->kind].has_order);
}

/* --- filters --- */

static bool add_one(struct call *call, struct query *query, const struct field *field, int find,
                    enum filter_op op, struct value value)
{
    if (kind_filters[field->kind].only_empty && !value_is_null(value))
        return fail_at(call, field->name, "'%s' can only be asked for empty: '%s='", field->name,
                       field->name);
    if (field->kind == FIELD_CHOICE && !value_check(call, field, value))
        return false;
    return query_add(call, query, find, op, value);
}

/* Of a list each word is a filter of its own. */
static bool add_list(struct call *call, struct query *query, const struct field *field, int find,
                     enum filter_op op, struct value list)
{
    for (uint32_t i = 0; i < list.count; i++) {
        struct value item =
            list.kind == VALUE_IDS ? value_int(list.ids[i]) : value_text(list.texts[i]);
        if (!add_one(call, query, field, find, op, item))
            return false;
    }
    return true;
}

static bool add_filter(struct call *call, struct query *query, const struct field *field, int find,
                       const struct suffix *suffix, text word)
{
    struct value value;
    if (kind_filters[field->kind].only_empty && word.size)
        return add_one(call, query, field, find, suffix->op, value_text(word));
    if (!value_read_text(call, field, word, refs_resolve, &value))
        return false;
    if (value_is_null(value) && suffix->op != FILTER_IS && suffix->op != FILTER_IS_NOT)
        return fail_at(call, field->name, "'%s%s' needs a value", field->name, suffix->words);
    if (value.kind == VALUE_IDS || value.kind == VALUE_TEXTS)
        return add_list(call, query, field, find, suffix->op, value);
    return add_one(call, query, field, find, suffix->op, value);
}

/* --- the words that are not fields --- */

static bool read_dimension(struct call *call, struct listing *listing, text word)
{
    for (unsigned i = 0; i < DIMENSION_COUNT; i++)
        if (text_same_word(word, text_of(dimension_facts[i].word)))
            return query_add(call, &listing->query, FIND_DIMENSIONS, FILTER_HAS, value_int(1 << i));
    return fail_at(call, "dimension",
                   "'dimension' takes data, ai, it, governance, business or people, not '%.*s'",
                   TEXT_FMT(text_until_character(word, NAME_SHOWN_BYTES)));
}

static bool sort_by(struct query *query, text name)
{
    const struct record *record = query->record;
    int field = record_field(record, name);
    bool may_sort = field >= 0 && is_asked_for(&record->field[field]);
    if (may_sort && !kind_filters[record->field[field].kind].only_empty &&
        !field_kind_fact(record->field[field].kind)->is_list) {
        query->sort = field;
        return true;
    }
    for (int i = 0; i < BUILT_IN_COUNT; i++)
        if (text_is(name, built_ins[i].field.name)) {
            query->sort = built_ins[i].find;
            return true;
        }
    return text_is(name, "id"); /* as query_init has set it */
}

static bool read_sort(struct call *call, struct listing *listing, text word)
{
    struct query *query = &listing->query;
    text name = word;
    query->is_descending = text_starts(word, TEXT("-"));
    if (query->is_descending)
        name = text_from(word, 1);
    if (sort_by(query, name))
        return true;
    struct nearest nearest;
    nearest_init(&nearest, name);
    for (size_t i = 0; i < query->record->field_count; i++)
        if (is_asked_for(&query->record->field[i]))
            nearest_try(&nearest, text_of(query->record->field[i].name));
    text best = nearest_best(&nearest);
    return fail_at(call, "sort", "a list of %s cannot be sorted by '%.*s'%s%.*s%s",
                   query->record->plural, TEXT_FMT(text_until_character(name, NAME_SHOWN_BYTES)),
                   best.at ? "; the nearest field is '" : "", TEXT_FMT(best), best.at ? "'" : "");
}

static bool read_limit(struct call *call, struct listing *listing, text word)
{
    int64_t limit;
    if (!text_to_int(word, &limit) || limit < 1 || limit > FIND_LIMIT_MAX)
        return fail_at(call, "limit", "'limit' takes a whole number from 1 to %d, not '%.*s'",
                       FIND_LIMIT_MAX, TEXT_FMT(text_until_character(word, NAME_SHOWN_BYTES)));
    listing->query.limit = (int)limit;
    return true;
}

static bool read_after(struct call *call, struct listing *listing, text word)
{
    (void)call;
    listing->query.after = word;
    return true;
}

static bool read_archived(struct call *call, struct listing *listing, text word)
{
    static const struct field archived = { .name = "archived", .kind = FIELD_BOOL };
    struct value value;
    if (!value_read_text(call, &archived, word, NULL, &value))
        return false;
    /* `?archived` alone is a yes */
    listing->query.with_archived = word.size == 0 || value_as_bool(value);
    return true;
}

bool listing_read_as_of(struct call *call, text word, stamp *as_of)
{
    static const struct field field = { .name = "as_of", .kind = FIELD_STAMP };
    struct value value;
    *as_of = LISTING_NOW;
    if (!word.at)
        return true;
    if (!value_read_text(call, &field, word, NULL, &value))
        return false;
    if (value_is_null(value))
        return fail_at(call, "as_of", "'as_of' needs an instant or a day, such as 2026-11-16");
    *as_of = value.integer;
    return true;
}

static bool read_as_of(struct call *call, struct listing *listing, text word)
{
    return listing_read_as_of(call, word, &listing->as_of);
}

/* In the order of `reserved`. */
static bool (*const reserved_readers[RESERVED_COUNT])(struct call *, struct listing *, text) = {
    read_dimension, read_sort, read_limit, read_after, read_archived, read_as_of,
};

/* --- names --- */

static bool fail_unknown(struct call *call, const struct record *record, text name)
{
    struct nearest nearest;
    nearest_init(&nearest, name);
    const struct query_parameter *known = listing_parameters(call, record);
    for (; known && known->name; known++)
        nearest_try(&nearest, text_of(known->name));
    text best = nearest_best(&nearest);
    text shown = text_until_character(name, NAME_SHOWN_BYTES);
    if (best.at)
        return fail(call, FAIL_USAGE, "'%.*s' is no filter of %s: did you mean '%.*s'?",
                    TEXT_FMT(shown), record->plural, TEXT_FMT(best));
    return fail(call, FAIL_USAGE,
                "'%.*s' is no filter of %s: give a field, such as '%s', or sort, limit, after, "
                "archived, as_of, dimension",
                TEXT_FMT(shown), record->plural, record->field[record->title].name);
}

static const struct suffix *suffix_of(text name, text *stem)
{
    for (int i = SUFFIX_COUNT - 1; i > 0; i--)
        if (text_ends(name, text_of(suffixes[i].words))) {
            *stem = text_until(name, name.size - strlen(suffixes[i].words));
            return &suffixes[i];
        }
    *stem = name;
    return &suffixes[0];
}

static bool read_pair(struct call *call, struct listing *listing, const struct pair *pair)
{
    const struct record *record = listing->query.record;
    for (int i = 0; i < RESERVED_COUNT; i++)
        if (text_is(pair->name, reserved[i].name))
            return reserved_readers[i](call, listing, pair->value);
    text stem;
    const struct suffix *suffix = suffix_of(pair->name, &stem);
    int find = record_field(record, stem);
    const struct field *field = find >= 0 ? &record->field[find] : NULL;
    for (int i = 0; !field && i < BUILT_IN_COUNT; i++)
        if (text_is(stem, built_ins[i].field.name)) {
            field = &built_ins[i].field;
            find = built_ins[i].find;
        }
    if (!field || !takes(field, suffix))
        return fail_unknown(call, record, pair->name);
    return add_filter(call, &listing->query, field, find, suffix, pair->value);
}

bool listing_read(struct call *call, const struct record *record, const struct pair *pair,
                  size_t count, struct listing *listing)
{
    listing->as_of = LISTING_NOW;
    query_init(&listing->query, record);
    listing->query.limit = FIND_LIMIT_DEFAULT;
    for (size_t i = 0; i < count; i++)
        if (!read_pair(call, listing, &pair[i]))
            return false;
    return true;
}

bool listing_rows(struct call *call, const struct listing *listing, struct rows *rows)
{
    return listing->as_of == LISTING_NOW
               ? find_rows(call, &listing->query, rows)
               : as_of_rows(call, &listing->query, listing->as_of, rows);
}

/* --- help --- */

static bool is_reserved(const char *name)
{
    for (int i = 0; i < RESERVED_COUNT; i++)
        if (strcmp(reserved[i].name, name) == 0)
            return true;
    return false;
}

static bool add_parameters(struct call *call, const struct field *field,
                           struct query_parameter **next)
{
    for (int i = 0; i < SUFFIX_COUNT; i++) {
        const struct suffix *suffix = &suffixes[i];
        if (!takes(field, suffix) || is_reserved(field->name))
            continue;
        text name = CALL_JOIN(call, text_of(field->name), text_of(suffix->words));
        text help = CALL_JOIN(call, text_of(suffix->help), TEXT(" '"), text_of(field->name),
                              TEXT("'."));
        if (!name.at || !help.at)
            return false;
        *(*next)++ = (struct query_parameter){ name.at, help.at, kind_filters[field->kind].type };
    }
    return true;
}

const struct query_parameter *listing_parameters(struct call *call, const struct record *record)
{
    size_t most = (record->field_count + BUILT_IN_COUNT) * SUFFIX_COUNT + RESERVED_COUNT + 1;
    struct query_parameter *list = call_array(call, most, sizeof *list), *next = list;
    if (!list)
        return NULL;
    for (size_t i = 0; i < record->field_count; i++)
        if (!add_parameters(call, &record->field[i], &next))
            return NULL;
    for (int i = 0; i < BUILT_IN_COUNT; i++)
        if (!add_parameters(call, &built_ins[i].field, &next))
            return NULL;
    memcpy(next, reserved, sizeof reserved);
    return list;
}

bool listing_write_json(struct call *call, const struct rows *rows, struct json_writer *writer)
{
    json_object(writer);
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; i < rows->count; i++)
        if (!row_show_json(call, &rows->row[i], refs_name, writer))
            return false;
    json_list_end(writer);
    json_put_text(writer, "next", rows->next);
    json_object_end(writer);
    return !writer->out->failed;
}
