/* See conflicts.h. */
#include "offers/conflicts.h"

#include "base/visible.h"
#include "offers/room.h"

#include <stdlib.h>

enum { MINUTES_OF_HOUR = 60 };

bool conflicts_add(struct call *call, struct conflicts *conflicts, struct conflict conflict)
{
    conflicts->conflict = call_more(call, conflicts->conflict, conflicts->count, &conflicts->room,
                                    sizeof *conflicts->conflict);
    if (!conflicts->conflict)
        return false;
    conflicts->conflict[conflicts->count++] = conflict;
    return true;
}

/* A total order, so that both stores and every run list the same. */
static int compare(const void *left, const void *right)
{
    const struct conflict *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->with.from != b->with.from)
        return a->with.from < b->with.from ? -1 : 1;
    return text_compare(a->with.title, b->with.title);
}

bool conflicts_collect(struct call *call, const struct calendar_ask *ask,
                       struct conflicts *conflicts)
{
    *conflicts = (struct conflicts){ .conflict = NULL };
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct conflict_source *source = (*room)->conflicts; source && source->name;
             source++)
            if (!source->collect(call, ask, conflicts))
                return false;
    if (conflicts->count > 1)
        qsort(conflicts->conflict, conflicts->count, sizeof *conflicts->conflict, compare);
    return true;
}

/* --- as JSON --- */

static void put_with(const struct conflict_with *with, struct json_writer *writer)
{
    json_key(writer, "with");
    json_object(writer);
    json_put_text(writer, "title", with->title);
    json_put_text(writer, "place", with->place);
    json_put_text(writer, "calendar", with->calendar);
    json_put_stamp(writer, "from", with->from);
    json_put_stamp(writer, "until", with->until);
    json_put_bool(writer, "all_day", with->is_day);
    json_put_bool(writer, "private", with->is_hidden);
    json_object_end(writer);
}

void conflicts_write_json(struct call *call, const struct conflicts *conflicts,
                          struct json_writer *writer)
{
    json_list(writer);
    for (size_t i = 0; i < conflicts->count; i++) {
        const struct conflict *conflict = &conflicts->conflict[i];
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, conflict->record, conflict->row));
        json_put_text(writer, "title", conflict->title);
        json_put_stamp(writer, "from", conflict->from);
        json_put_stamp(writer, "until", conflict->until);
        json_put_text(writer, "link", conflict->link);
        put_with(&conflict->with, writer);
        json_object_end(writer);
    }
    json_list_end(writer);
}

/* --- in words --- */

bool conflict_write_clock(struct call *call, text zone, stamp at, bool with_day, struct out *out)
{
    struct calendar_event shown = { .day = 0 };
    char date[DATE_TEXT_SIZE];
    if (!calendar_at(call, zone, at, &shown))
        return false;
    date_write(shown.day, date);
    out_format(out, "%s%s%02d:%02d", with_day ? date : "", with_day ? " " : "",
               shown.minute / MINUTES_OF_HOUR, shown.minute % MINUTES_OF_HOUR);
    return true;
}

bool conflict_write_words(struct call *call, text zone, const struct conflict *conflict,
                          struct out *out)
{
    const struct conflict_with *with = &conflict->with;
    if (!conflict_write_clock(call, zone, conflict->from, true, out))
        return false;
    out_string(out, "  ");
    visible_write(out, conflict->title);
    out_string(out, " meets '");
    visible_write(out, with->title);
    out_string(out, "' (");
    visible_write(out, with->calendar);
    out_string(out, with->is_day ? ", all day" : ", ");
    if (!with->is_day && !conflict_write_clock(call, zone, with->from, false, out))
        return false;
    out_string(out, with->is_day ? "" : " to ");
    if (!with->is_day && !conflict_write_clock(call, zone, with->until, false, out))
        return false;
    out_char(out, ')');
    return true;
}
