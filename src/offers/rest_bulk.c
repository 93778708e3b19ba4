/* See rest_bulk.h. */
#include "offers/rest_bulk.h"

#include "ledger/ledger.h"
#include "offers/idempotency.h"
#include "offers/refs.h"
#include "store/find.h"

enum { WORD_SHOWN_BYTES = 80 };

struct bulk {
    const struct record *record;
    const struct json *set; /* NULL: they are dropped */
    rid *id;
    uint32_t count;
};

static bool read_id(struct call *call, const struct json *word, struct bulk *bulk)
{
    const struct record *record = bulk->record;
    rid *id = &bulk->id[bulk->count];
    if (word->kind != JSON_TEXT)
        return fail_at(call, "ids", "'ids' takes the ids of rows as texts, such as \"%s-1\"",
                       record->prefix);
    text shown = text_until_character(word->text, WORD_SHOWN_BYTES);
    if (!row_id_read(record, word->text, id))
        return fail(call, FAIL_NOT_FOUND, "there is no %s '%.*s'", record->label, TEXT_FMT(shown));
    for (uint32_t i = 0; i < bulk->count; i++) {
        text twin = bulk->id[i] == *id ? row_public_id(call, record, *id) : TEXT_NONE;
        if (twin.at)
            return fail_at(call, "ids", "'%.*s' is in 'ids' twice", TEXT_FMT(twin));
    }
    bulk->count++;
    return true;
}

static bool read_what(struct call *call, const struct json *object, struct bulk *bulk)
{
    for (uint32_t i = 0; i < object->count; i++) {
        text key = object->member[i].key;
        if (!text_is(key, "ids") && !text_is(key, "set") && !text_is(key, "drop"))
            return fail(call, FAIL_INVALID,
                        "a change of several rows takes 'ids' and 'set' or 'drop', not '%.*s'",
                        TEXT_FMT(text_until_character(key, WORD_SHOWN_BYTES)));
    }
    const struct json *drop = json_get(object, "drop");
    bulk->set = json_get(object, "set");
    if (drop)
        return (!bulk->set && drop->kind == JSON_BOOL && drop->boolean) ||
               fail_at(call, "drop", "'drop' is true, and nothing is set of what is dropped");
    return (bulk->set && bulk->set->kind == JSON_OBJECT && bulk->set->count > 0) ||
           fail_at(call, "set", "'set' takes the fields to change, as an object");
}

static bool bulk_read(struct call *call, const struct request *request, struct bulk *bulk)
{
    struct json object;
    *bulk = (struct bulk){ .record = request->route->context };
    if (!request_object(call, request, &object))
        return false;
    const struct json *ids = json_get(&object, "ids");
    if (!ids || ids->kind != JSON_LIST || ids->count == 0 || ids->count > REST_BULK_MAX)
        return fail_at(call, "ids", "'ids' takes a list of 1 to %d ids", REST_BULK_MAX);
    if (!read_what(call, &object, bulk))
        return false;
    bulk->id = call_array(call, ids->count, sizeof *bulk->id);
    for (uint32_t i = 0; bulk->id && i < ids->count; i++)
        if (!read_id(call, &ids->item[i], bulk))
            return false;
    return bulk->id != NULL;
}

static bool update_one(struct call *call, const struct bulk *bulk, rid id)
{
    struct row before, after;
    if (!find_row(call, bulk->record, id, &before))
        return false; /* it names the row itself */
    if (!bulk->set)
        return ledger_archive(call, bulk->record, id) ||
               fail_about(call, row_public_id(call, bulk->record, id));
    return (row_copy(call, &before, &after) &&
            row_read_json(call, bulk->set, refs_resolve, false, &after) &&
            ledger_update(call, &before, &after)) ||
           fail_about(call, row_public_id(call, bulk->record, id));
}

/* Read again, as this reader sees them. */
static bool write_rows(struct call *call, const struct bulk *bulk, struct json_writer *writer)
{
    for (uint32_t i = 0; i < bulk->count; i++) {
        struct row row;
        if (!find_row(call, bulk->record, bulk->id[i], &row) ||
            !row_show_json(call, &row, refs_name, writer))
            return false;
    }
    return true;
}

static bool update_inside(struct call *call, const struct request *request, struct reply *reply)
{
    struct bulk bulk;
    if (!bulk_read(call, request, &bulk))
        return false;
    for (uint32_t i = 0; i < bulk.count; i++)
        if (!update_one(call, &bulk, bulk.id[i]))
            return false;
    json_object(&reply->json);
    if (change_id(call))
        json_put_int(&reply->json, "change", change_id(call));
    else
        json_put_null(&reply->json, "change");
    json_key(&reply->json, "items");
    json_list(&reply->json);
    if (!write_rows(call, &bulk, &reply->json))
        return false;
    json_list_end(&reply->json);
    json_object_end(&reply->json);
    return true;
}

bool rest_bulk_update(struct call *call, const struct request *request, struct reply *reply)
{
    const struct record *record = request->route->context;
    text what = call_format(call, "change several %s", record->plural);
    return what.at && idempotency_run(call, request, reply, what, update_inside);
}
