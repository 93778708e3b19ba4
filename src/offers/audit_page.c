/* See audit_page.h. */
#include "offers/audit_page.h"

#include "offers/refs.h"

enum { WORD_SHOWN_BYTES = 80 };

static bool read_row(struct call *call, text record, text row, struct audit_query *query)
{
    const struct record *asked = record.size ? catalog_record_word(call->catalog, record) : NULL;
    const struct record *found = NULL;
    text shown = text_until_character(record.size ? record : row, WORD_SHOWN_BYTES);
    if (record.size && !asked)
        return fail_at(call, "record", "there is no record called '%.*s'", TEXT_FMT(shown));
    if (row.size && !catalog_id_read(call->catalog, row, &found, &query->row))
        return fail_at(call, "row", "'%.*s' is not the id of a row, such as TEAM-1",
                       TEXT_FMT(text_until_character(row, WORD_SHOWN_BYTES)));
    if (asked && found && asked != found)
        return fail_at(call, "row", "'%.*s' is not a row of '%s'", TEXT_FMT(row), asked->name);
    if (asked || found)
        query->record = text_of(asked ? asked->name : found->name);
    return true;
}

static bool read_door(struct call *call, text word, struct audit_query *query)
{
    struct out known;
    out_init(&known, call);
    for (int door = 0; door < DOOR_COUNT; door++) {
        if (text_is(word, door_word((enum door)door)))
            query->door = word;
        out_format(&known, "%s%s", door ? ", " : "", door_word((enum door)door));
    }
    if (word.size == 0 || query->door.at)
        return true;
    text words = out_view(&known);
    return fail_at(call, "door", "'door' takes one of %.*s, not '%.*s'", TEXT_FMT(words),
                   TEXT_FMT(text_until_character(word, WORD_SHOWN_BYTES)));
}

static bool read_time(struct call *call, const char *name, text word, stamp *time)
{
    const struct field field = { .name = name, .kind = FIELD_STAMP };
    struct value value;
    if (!word.at)
        return true;
    if (!value_read_text(call, &field, word, NULL, &value))
        return false;
    if (value_is_null(value))
        return fail_at(call, name, "'%s' needs an instant or a day, such as 2026-11-16", name);
    *time = value.integer;
    return true;
}

bool audit_page_read(struct call *call, audit_word given, const void *door,
                     struct audit_query *query)
{
    static const struct field person = { .name = "actor", .kind = FIELD_REF, .refers = "person" };
    text actor = given(door, "actor");
    query->verb = given(door, "verb");
    if (query->verb.size == 0)
        query->verb = TEXT_NONE;
    return read_row(call, given(door, "record"), given(door, "row"), query) &&
           (actor.size == 0 || refs_resolve(call, &person, actor, &query->actor)) &&
           read_door(call, given(door, "door"), query) &&
           read_time(call, "since", given(door, "since"), &query->since) &&
           read_time(call, "until", given(door, "until"), &query->until);
}

void audit_page_write_report(const struct audit_report *report, struct json_writer *writer)
{
    json_object(writer);
    json_put_bool(writer, "is_intact", report->is_intact);
    json_put_int(writer, "lines", report->lines);
    json_put_int(writer, "sealed", report->sealed);
    json_put_int(writer, "unsealed", report->unsealed);
    json_put_int(writer, "erased_values", report->erased_values);
    if (report->first_bad)
        json_put_int(writer, "first_bad", report->first_bad);
    else
        json_put_null(writer, "first_bad");
    json_put_text(writer, "sentence", report->sentence);
    json_object_end(writer);
}
