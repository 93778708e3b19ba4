/* See record.h. Finding records and fields by their names; it knows nothing of rows. */
#include "catalog/record.h"

const struct dimension_fact dimension_facts[DIMENSION_COUNT] = {
    { "data", "Data" },
    { "ai", "AI" },
    { "it", "IT" },
    { "governance", "Governance" },
    { "business", "Business" },
    { "people", "People" },
};

const struct record *catalog_record(const struct catalog *catalog, text name)
{
    for (size_t i = 0; i < catalog->record_count; i++)
        if (text_is(name, catalog->record[i]->name))
            return catalog->record[i];
    return NULL;
}

/* True when `word` is `name` but for hyphens in place of underscores. */
static bool is_word_for(text word, const char *name)
{
    text wanted = text_of(name);
    if (word.size != wanted.size)
        return false;
    for (size_t i = 0; i < word.size; i++)
        if (word.at[i] != wanted.at[i] && !(word.at[i] == '-' && wanted.at[i] == '_'))
            return false;
    return true;
}

const struct record *catalog_record_word(const struct catalog *catalog, text word)
{
    for (size_t i = 0; i < catalog->record_count; i++) {
        const struct record *record = catalog->record[i];
        if (is_word_for(word, record->name) || is_word_for(word, record->plural))
            return record;
    }
    return NULL;
}

const struct record *catalog_record_prefix(const struct catalog *catalog, text prefix)
{
    for (size_t i = 0; i < catalog->record_count; i++)
        if (text_same_word(prefix, text_of(catalog->record[i]->prefix)))
            return catalog->record[i];
    return NULL;
}

int record_field(const struct record *record, text name)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (text_is(name, record->field[i].name))
            return (int)i;
    return -1;
}

int record_parent(const struct record *record)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (record->field[i].flags & FIELD_OWNED)
            return (int)i;
    return -1;
}

static size_t computed_count(const struct record *record)
{
    size_t count = 0;
    while (record->computed && record->computed[count].field.name)
        count++;
    return count;
}

size_t record_shown_count(const struct record *record)
{
    return record->field_count + computed_count(record);
}

const struct field *record_shown_field(const struct record *record, size_t at)
{
    return at < record->field_count ? &record->field[at]
                                    : &record->computed[at - record->field_count].field;
}

int record_shown(const struct record *record, text name)
{
    for (size_t i = 0; i < record_shown_count(record); i++)
        if (text_is(name, record_shown_field(record, i)->name))
            return (int)i;
    return -1;
}

static text hyphenated(struct call *call, const char *name)
{
    size_t size = strlen(name);
    char *word = call_take(call, size + 1);
    if (!word)
        return TEXT_NONE;
    for (size_t i = 0; i < size; i++)
        word[i] = name[i] == '_' ? '-' : name[i];
    return (text){ word, size };
}

text record_word(struct call *call, const struct record *record)
{
    return hyphenated(call, record->name);
}

text record_address(struct call *call, const struct record *record)
{
    return hyphenated(call, record->plural);
}

const char *record_article(const struct record *record)
{
    return strchr("aeioAEIO", record->label[0]) ? "an" : "a";
}
