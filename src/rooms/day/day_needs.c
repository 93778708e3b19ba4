/* What the room says waits for a person: notes that mention one, and own notes whose day came. */
#include "base/stamp.h"
#include "rooms/day/day.h"
#include "store/find.h"

static bool open_notes(struct call *call, int field, enum filter_op op, rid person,
                       struct rows *rows)
{
    struct query query;
    query_init(&query, &note_record);
    return query_add(call, &query, NOTE_STATE, FILTER_IS, value_choice("open")) &&
           query_add(call, &query, field, op, value_ref(person)) &&
           find_rows(call, &query, rows);
}

static bool collect_mentions(struct call *call, rid person, struct needs *needs)
{
    struct rows notes;
    const struct record *persons = catalog_record(call->catalog, TEXT("person"));
    if (!open_notes(call, NOTE_MENTIONS, FILTER_HAS, person, &notes))
        return false;
    for (size_t i = 0; i < notes.count; i++) {
        const struct row *note = &notes.row[i];
        rid author = value_as_int(note->value[NOTE_AUTHOR]);
        if (author == person)
            continue;
        text name = author ? find_title(call, persons, author) : TEXT("somebody");
        struct need need = { .kind = "mention",
                             .title = value_as_text(note->value[NOTE_TITLE]),
                             .why = call_format(call, "%.*s mentions you", TEXT_FMT(name)),
                             .record = &note_record,
                             .row = note->id };
        if (!needs_add(call, needs, need))
            return false;
    }
    return true;
}

/* From its day on; late when that day is over. */
static bool collect_due(struct call *call, rid person, struct needs *needs)
{
    struct rows notes;
    int64_t today;
    text zone;
    if (!open_notes(call, NOTE_AUTHOR, FILTER_IS, person, &notes) ||
        !day_today(call, person, &today, &zone))
        return false;
    for (size_t i = 0; i < notes.count; i++) {
        const struct row *note = &notes.row[i];
        int64_t day = value_as_int(note->value[NOTE_DUE]);
        stamp due;
        if (value_is_null(note->value[NOTE_DUE]) || day > today)
            continue;
        if (!day_begin(call, zone, day, &due))
            return false;
        struct need need = { .kind = "note",
                             .title = value_as_text(note->value[NOTE_TITLE]),
                             .why = TEXT("your note is due"),
                             .record = &note_record,
                             .row = note->id,
                             .due = due,
                             .is_late = day < today };
        if (!needs_add(call, needs, need))
            return false;
    }
    return true;
}

const struct need_source day_needs[] = {
    { .name = "day.mentions", .collect = collect_mentions },
    { .name = "day.due", .collect = collect_due },
    { 0 },
};
