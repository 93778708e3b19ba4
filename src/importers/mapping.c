/* See mapping.h. */
#include "importers/mapping.h"

#include "importers/json_pointer.h"

static const char *const way_words[MAPPING_AS_COUNT_OF_WAYS] = {
    [MAPPING_AS_IT_IS] = "is",        [MAPPING_AS_COUNT] = "count",
    [MAPPING_AS_CONTENT] = "content", [MAPPING_AS_EARLIEST] = "earliest",
    [MAPPING_AS_NTH] = "nth",
};

static bool refuse(struct call *call, text name, const char *wanted)
{
    return fail_at(call, "map", "the map's '%.*s' must be %s",
                   TEXT_FMT(text_until_character(name, 100)), wanted);
}

/* A name without a slash in front is a key of the row. */
static bool pointer_read(struct call *call, text name, const struct json *value, text *pointer)
{
    struct out out;
    if (value->kind != JSON_TEXT || value->text.size == 0)
        return refuse(call, name, "the name of a key or a JSON pointer such as /results");
    *pointer = value->text;
    if (text_starts(value->text, TEXT("/")))
        return true;
    out_init(&out, call);
    out_char(&out, '/');
    for (size_t i = 0; i < value->text.size; i++) {
        char c = value->text.at[i];
        if (c == '~' || c == '/')
            out_string(&out, c == '~' ? "~0" : "~1");
        else
            out_char(&out, c);
    }
    *pointer = out_view(&out);
    return pointer->at != NULL;
}

/* ---- the words inside one rule ---- */

static bool word_from(struct call *call, struct mapping_rule *rule, const struct json *value)
{
    return pointer_read(call, rule->name, value, &rule->from);
}

static bool word_until(struct call *call, struct mapping_rule *rule, const struct json *value)
{
    return pointer_read(call, rule->name, value, &rule->until);
}

static bool word_text(struct call *call, const struct mapping_rule *rule, const struct json *value,
                      text *into)
{
    if (value->kind != JSON_TEXT || value->text.size == 0)
        return refuse(call, rule->name, "given with a text here");
    *into = value->text;
    return true;
}

static bool word_before(struct call *call, struct mapping_rule *rule, const struct json *value)
{
    return word_text(call, rule, value, &rule->before);
}

static bool word_share(struct call *call, struct mapping_rule *rule, const struct json *value)
{
    return word_text(call, rule, value, &rule->share);
}

static bool word_unless(struct call *call, struct mapping_rule *rule, const struct json *value)
{
    (void)call;
    rule->unless = value;
    return true;
}

static bool word_plus(struct call *call, struct mapping_rule *rule, const struct json *value)
{
    if (!json_is_number(value))
        return refuse(call, rule->name, "given with a number in 'plus'");
    rule->plus = json_number(value);
    return true;
}

static bool word_as(struct call *call, struct mapping_rule *rule, const struct json *value)
{
    for (int i = 0; i < MAPPING_AS_COUNT_OF_WAYS; i++)
        if (value->kind == JSON_TEXT && text_is(value->text, way_words[i])) {
            rule->as = (enum mapping_as)i;
            return true;
        }
    return refuse(call, rule->name, "given 'as' count, content, earliest or nth");
}

static const struct {
    const char *word;
    bool (*read)(struct call *call, struct mapping_rule *rule, const struct json *value);
} rule_words[] = {
    { "from", word_from },   { "until", word_until },   { "before", word_before },
    { "share", word_share }, { "unless", word_unless }, { "plus", word_plus },
    { "as", word_as },
};

static bool word_take(struct call *call, struct mapping_rule *rule,
                      const struct json_member *member)
{
    for (size_t i = 0; i < sizeof rule_words / sizeof *rule_words; i++)
        if (text_is(member->key, rule_words[i].word))
            return rule_words[i].read(call, rule, &member->value);
    return fail_at(call, "map",
                   "the map's '%.*s' holds '%.*s': from, until, before, share, unless, plus, as "
                   "and value are known: leave the others out",
                   TEXT_FMT(text_until_character(rule->name, 100)),
                   TEXT_FMT(text_until_character(member->key, 100)));
}

static bool rule_read(struct call *call, const struct json *value, struct mapping_rule *rule)
{
    const struct json *constant = json_get(value, "value");
    if (value->kind == JSON_TEXT)
        return word_from(call, rule, value);
    if (value->kind != JSON_OBJECT || (constant && value->count != 1))
        return refuse(call, rule->name,
                      "a key, a JSON pointer, {\"value\": ...} or {\"from\": POINTER, ...}");
    rule->constant = constant;
    for (uint32_t i = 0; !constant && i < value->count; i++)
        if (!word_take(call, rule, &value->member[i]))
            return false;
    return constant || rule->from.at || refuse(call, rule->name, "given a pointer in 'from'");
}

/* ---- the file ---- */

static bool rule_add(struct call *call, struct mapping *mapping, text name, int field,
                     const struct json *value)
{
    struct mapping_rule *rule = &mapping->rule[mapping->count++];
    *rule = (struct mapping_rule){ .name = name, .field = field };
    return rule_read(call, value, rule);
}

static bool attributes_read(struct call *call, struct mapping *mapping, const struct json *value)
{
    mapping->names_attributes = true;
    if (value->kind != JSON_OBJECT)
        return refuse(call, TEXT("attributes"), "an object of names and where they come from");
    for (uint32_t i = 0; i < value->count; i++)
        if (!rule_add(call, mapping, value->member[i].key, -1, &value->member[i].value))
            return false;
    return true;
}

static bool member_read(struct call *call, struct mapping *mapping,
                        const struct json_member *member)
{
    enum plain_field field;
    if (text_is(member->key, "rows"))
        return pointer_read(call, member->key, &member->value, &mapping->rows);
    if (text_is(member->key, "passed"))
        return pointer_read(call, member->key, &member->value, &mapping->passed);
    if (text_is(member->key, "attributes"))
        return attributes_read(call, mapping, &member->value);
    if (text_is(member->key, "threshold")) {
        mapping->has_threshold = json_is_number(&member->value);
        mapping->threshold = mapping->has_threshold ? json_number(&member->value) : 0;
        return mapping->has_threshold || refuse(call, member->key, "a number");
    }
    if (!plain_fields_find(member->key, &field))
        return fail_at(call, "map",
                       "the map names '%.*s', which is not a field of the plain shape; others go "
                       "into 'attributes'",
                       TEXT_FMT(text_until_character(member->key, 100)));
    return rule_add(call, mapping, text_of(plain_rows[field].name), (int)field, &member->value);
}

bool mapping_read(struct call *call, const struct json *map, struct mapping *mapping)
{
    *mapping = (struct mapping){ .count = 0 };
    if (map->kind != JSON_OBJECT)
        return fail_at(call, "map",
                       "the map must be a JSON object of plain fields and where they come from");
    const struct json *attributes = json_get(map, "attributes");
    size_t room = (size_t)map->count + (attributes ? attributes->count : 0) + 1;
    mapping->rule = call_array(call, room, sizeof *mapping->rule);
    if (!mapping->rule)
        return false;
    for (uint32_t i = 0; i < map->count; i++)
        if (!member_read(call, mapping, &map->member[i]))
            return false;
    return mapping_rule_of(mapping, PLAIN_CASE) ||
           fail_at(call, "map", "the map must say where 'case' comes from");
}

const struct mapping_rule *mapping_rule_of(const struct mapping *mapping, enum plain_field field)
{
    for (size_t i = 0; i < mapping->count; i++)
        if (mapping->rule[i].field == (int)field)
            return &mapping->rule[i];
    return NULL;
}

bool mapping_uses(const struct mapping *mapping, text key)
{
    for (size_t i = 0; i < mapping->count; i++)
        if (json_pointer_begins(mapping->rule[i].from, key) ||
            json_pointer_begins(mapping->rule[i].until, key))
            return true;
    return false;
}
