/* See needs.h. */
#include "offers/needs.h"

#include "offers/room.h"

#include <stdlib.h>
#include <string.h>

bool needs_add(struct call *call, struct needs *needs, struct need need)
{
    needs->need = call_more(call, needs->need, needs->count, &needs->room, sizeof *needs->need);
    if (!needs->need)
        return false;
    if (!need.link.at)
        need.link = call_format(call, "/%.*s/%.*s", TEXT_FMT(record_address(call, need.record)),
                                TEXT_FMT(row_public_id(call, need.record, need.row)));
    needs->need[needs->count++] = need;
    return need.link.at != NULL;
}

/* A total order, so that both stores and every run list the same. */
static int compare_needs(const void *left, const void *right)
{
    const struct need *a = left, *b = right;
    if (a->is_late != b->is_late)
        return a->is_late ? -1 : 1;
    if ((a->due == 0) != (b->due == 0))
        return a->due ? -1 : 1;
    if (a->due != b->due)
        return a->due < b->due ? -1 : 1;
    int by_record = strcmp(a->record->name, b->record->name);
    if (by_record)
        return by_record;
    return a->row < b->row ? -1 : a->row > b->row;
}

bool needs_collect(struct call *call, rid person, struct needs *needs)
{
    *needs = (struct needs){ .need = NULL };
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct need_source *source = (*room)->needs; source && source->name; source++)
            if (!source->collect(call, person, needs))
                return false;
    if (needs->count > 1)
        qsort(needs->need, needs->count, sizeof *needs->need, compare_needs);
    return true;
}

void needs_write_json(struct call *call, const struct needs *needs, struct json_writer *writer)
{
    json_list(writer);
    for (size_t i = 0; i < needs->count; i++) {
        const struct need *need = &needs->need[i];
        json_object(writer);
        json_put_string(writer, "kind", need->kind);
        json_put_text(writer, "id", row_public_id(call, need->record, need->row));
        json_put_string(writer, "record", need->record->name);
        json_put_text(writer, "title", need->title);
        json_put_text(writer, "why", need->why);
        json_put_text(writer, "link", need->link);
        json_put_stamp(writer, "due", need->due);
        json_put_bool(writer, "late", need->is_late);
        json_object_end(writer);
    }
    json_list_end(writer);
}
