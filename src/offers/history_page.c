/* See history_page.h. */
#include "offers/history_page.h"

#include "base/json_write.h"
#include "offers/refs.h"
#include "store/find.h"

bool history_page_shows(const struct field *field)
{
    return !(field->flags & FIELD_SECRET);
}

static bool write_side(struct call *call, const char *key, const struct field *field,
                       struct value value, struct json_writer *writer)
{
    json_key(writer, key);
    return value_write_json(call, field, value, refs_name, writer);
}

static bool write_field(struct call *call, const struct version *version, size_t i,
                        struct json_writer *writer)
{
    const struct field *field = &version->after.record->field[i];
    struct value before = version->has_before ? version->before.value[i] : VALUE_NONE;
    if (value_equal(before, version->after.value[i]))
        return true;
    json_object(writer);
    json_put_string(writer, "field", field->name);
    if (history_page_shows(field) &&
        (!write_side(call, "before", field, before, writer) ||
         !write_side(call, "after", field, version->after.value[i], writer)))
        return false;
    json_object_end(writer);
    return true;
}

static void write_dimensions(const char *key, unsigned bits, struct json_writer *writer)
{
    json_key(writer, key);
    json_list(writer);
    for (unsigned i = 0; i < DIMENSION_COUNT; i++)
        if (bits & 1u << i)
            json_string(writer, dimension_facts[i].word);
    json_list_end(writer);
}

static void write_built_ins(const struct version *version, struct json_writer *writer)
{
    unsigned dimensions = version->has_before ? version->before.dimensions : 0;
    stamp archived = version->has_before ? version->before.archived : 0;
    if (dimensions != version->after.dimensions) {
        json_object(writer);
        json_put_string(writer, "field", "dimensions");
        write_dimensions("before", dimensions, writer);
        write_dimensions("after", version->after.dimensions, writer);
        json_object_end(writer);
    }
    if (archived != version->after.archived) {
        json_object(writer);
        json_put_string(writer, "field", "archived");
        json_put_stamp(writer, "before", archived);
        json_put_stamp(writer, "after", version->after.archived);
        json_object_end(writer);
    }
}

static void write_actor(struct call *call, rid actor, struct json_writer *writer)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    text name = actor && person ? find_title(call, person, actor) : TEXT_NONE;
    json_put_text(writer, "actor", name.at ? row_public_id(call, person, actor) : TEXT_NONE);
    json_put_text(writer, "who", name);
}

static bool write_version(struct call *call, const struct version *version,
                          struct json_writer *writer)
{
    json_object(writer);
    json_put_int(writer, "version", version->number);
    json_put_int(writer, "change", version->change);
    json_put_stamp(writer, "at", version->at);
    write_actor(call, version->actor, writer);
    json_put_text(writer, "door", version->door);
    json_put_text(writer, "what", version->what);
    json_key(writer, "fields");
    json_list(writer);
    for (size_t i = 0; i < version->after.record->field_count; i++)
        if (!write_field(call, version, i, writer))
            return false;
    write_built_ins(version, writer);
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

bool history_page_write(struct call *call, const struct versions *versions,
                        struct json_writer *writer)
{
    json_object(writer);
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; i < versions->count; i++)
        if (!write_version(call, &versions->version[i], writer))
            return false;
    json_list_end(writer);
    if (versions->next)
        json_put_text(writer, "next", call_format(call, "%lld", (long long)versions->next));
    else
        json_put_null(writer, "next");
    json_object_end(writer);
    return !writer->out->failed;
}
