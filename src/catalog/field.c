/* See field.h. The facts of the kinds; it knows neither records nor values. */
#include "catalog/field.h"

const struct field_kind_fact field_kind_facts[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = { .name = "text" },
    [FIELD_PROSE] = { .name = "prose" },
    [FIELD_INT] = { .name = "int", .is_number = true },
    [FIELD_REAL] = { .name = "real", .is_number = true },
    [FIELD_BOOL] = { .name = "bool", .is_number = true },
    [FIELD_STAMP] = { .name = "stamp", .is_number = true },
    [FIELD_DATE] = { .name = "date", .is_number = true },
    [FIELD_ZONE] = { .name = "zone" },
    [FIELD_CHOICE] = { .name = "choice" },
    [FIELD_REF] = { .name = "ref", .is_number = true },
    [FIELD_REFS] = { .name = "refs", .is_list = true },
    [FIELD_TAGS] = { .name = "tags", .is_list = true },
    [FIELD_RANK] = { .name = "rank" },
    [FIELD_JSON] = { .name = "json" },
    [FIELD_BLOB] = { .name = "blob" },
};

int field_choice(const struct field *field, text word)
{
    for (int i = 0; field->choices && field->choices[i]; i++)
        if (text_is(word, field->choices[i]))
            return i;
    return -1;
}
