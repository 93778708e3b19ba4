/* See plain_keys.h. A small table of slots per file; two names in one slot go to the next free one.
 */
#include "importers/plain_keys.h"

/* Size, first, middle and last byte tell the names of the table apart well enough. */
static size_t slot_of(text name)
{
    if (name.size == 0)
        return 0;
    size_t first = (unsigned char)name.at[0];
    size_t middle = (unsigned char)name.at[name.size / 2];
    size_t last = (unsigned char)name.at[name.size - 1];
    return (name.size * 37 + first * 11 + middle * 5 + last) % PLAIN_SLOT_COUNT;
}

static void key_add(struct plain_keys *keys, text name, enum plain_field field)
{
    struct plain_key *key = &keys->key[keys->count++];
    *key = (struct plain_key){ .name = name, .field = field };
    size_t at = slot_of(name);
    while (keys->slot[at] && !text_equal(keys->slot[at]->name, name))
        at = (at + 1) % PLAIN_SLOT_COUNT;
    key->next = keys->slot[at];
    keys->slot[at] = key;
}

const struct plain_key *plain_keys_find(const struct plain_keys *keys, text name)
{
    size_t at = slot_of(name);
    while (keys->slot[at] && !text_equal(keys->slot[at]->name, name))
        at = (at + 1) % PLAIN_SLOT_COUNT;
    return keys->slot[at];
}

const struct plain_key *plain_keys_at(struct plain_keys *keys, size_t place, text name)
{
    if (place >= PLAIN_PLACE_COUNT)
        return plain_keys_find(keys, name);
    const struct plain_key **last = &keys->last[place];
    if (!*last || !text_equal((*last)->name, name))
        *last = plain_keys_find(keys, name);
    return *last;
}

/* A pointer of one step is a key; one with escapes or more steps is walked for every line. */
static void name_map(struct plain_keys *keys, text name, enum plain_field field, bool has_pointers)
{
    bool is_pointer = has_pointers && text_starts(name, TEXT("/"));
    text step = text_from(name, 1);
    if (!is_pointer)
        key_add(keys, name, field);
    else if (text_find(step, TEXT("/")) == SIZE_MAX && text_find(step, TEXT("~")) == SIZE_MAX)
        key_add(keys, step, field);
    else
        keys->pointer[field] = name;
}

static bool member_map(struct call *call, struct plain_keys *keys, const struct json_member *member,
                       bool has_pointers)
{
    enum plain_field field;
    if (!plain_fields_find(member->key, &field))
        return fail_at(
            call, "map",
            "the map names '%.*s', which is not a field of the plain shape: leave it out",
            TEXT_FMT(text_until_character(member->key, 100)));
    const char *name = plain_rows[field].name;
    if (keys->is_mapped[field])
        return fail_at(call, "map", "the map names '%s' twice: name it once", name);
    keys->is_mapped[field] = true;
    const struct json *constant = json_get(&member->value, "value");
    if (member->value.kind == JSON_TEXT && member->value.text.size)
        name_map(keys, member->value.text, field, has_pointers);
    else if (constant && member->value.count == 1)
        keys->constant[field] = constant;
    else
        return fail_at(
            call, "map",
            "the map's '%s' must be the name of a column, a JSON pointer or {\"value\": ...}",
            name);
    return true;
}

bool plain_keys_init(struct call *call, struct plain_keys *keys, const struct json *map,
                     bool has_pointers)
{
    *keys = (struct plain_keys){ .has_map = map != NULL };
    if (map && map->kind != JSON_OBJECT)
        return fail_at(call, "map",
                       "the map must be a JSON object of plain fields and column names");
    for (uint32_t i = 0; map && i < map->count; i++)
        if (!member_map(call, keys, &map->member[i], has_pointers))
            return false;
    for (size_t i = 0; i < PLAIN_FIELD_COUNT; i++)
        if (!keys->is_mapped[i])
            key_add(keys, text_of(plain_rows[i].name), (enum plain_field)i);
    return true;
}
