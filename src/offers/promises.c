/* See promises.h. */
#include "offers/promises.h"

#include "offers/room.h"
#include "store/find.h"

bool promises_add(struct call *call, struct promises *promises, struct promise promise)
{
    promises->promise = call_more(call, promises->promise, promises->count, &promises->room,
                                  sizeof *promises->promise);
    if (!promises->promise)
        return false;
    promises->promise[promises->count++] = promise;
    return true;
}

bool promises_collect(struct call *call, rid team, text zone, iso_week week,
                      struct promises *promises)
{
    struct agenda_ask ask = { .team = team, .week = week };
    *promises = (struct promises){ .promise = NULL };
    if (!week_monday(call, zone, week - 1, &ask.from) || !week_monday(call, zone, week, &ask.until))
        return false;
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct promise_source *source = (*room)->promises; source && source->name;
             source++)
            if (!source->collect(call, &ask, promises))
                return false;
    return true;
}

static void put_kept(struct json_writer *writer, enum promise_kept kept)
{
    json_key(writer, "kept");
    if (kept == PROMISE_UNDECIDED)
        json_null(writer);
    else
        json_bool(writer, kept == PROMISE_KEPT);
}

void promises_write_json(struct call *call, const struct promises *promises,
                         struct json_writer *writer)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    json_list(writer);
    for (size_t i = 0; i < promises->count; i++) {
        const struct promise *promise = &promises->promise[i];
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, promise->record, promise->row));
        json_put_string(writer, "record", promise->record->name);
        json_put_text(writer, "title", promise->title);
        json_put_text(writer, "state", promise->state);
        put_kept(writer, promise->kept);
        json_put_text(writer, "owner",
                      promise->owner ? find_title(call, person, promise->owner) : TEXT_NONE);
        json_object_end(writer);
    }
    json_list_end(writer);
}
