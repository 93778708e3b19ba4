/* See note_page.h. */
#include "rooms/day/note_page.h"

#include "base/stamp.h"
#include "rooms/day/day.h"

enum { GROUPS = DIMENSION_COUNT + 1 };

static bool open_notes(struct call *call, struct rows *rows)
{
    struct query query;
    query_init(&query, &note_record);
    return query_add(call, &query, NOTE_STATE, FILTER_IS, value_choice("open")) &&
           find_rows(call, &query, rows);
}

static bool is_in(const struct row *note, int group)
{
    return group < DIMENSION_COUNT ? note->dimensions >> group & 1 : note->dimensions == 0;
}

static const char *label_of(int group)
{
    return group < DIMENSION_COUNT ? dimension_facts[group].label : "Unsorted";
}

static text due_of(struct call *call, const struct row *note)
{
    char day[DATE_TEXT_SIZE];
    if (value_is_null(note->value[NOTE_DUE]))
        return TEXT_NONE;
    date_write(value_as_int(note->value[NOTE_DUE]), day);
    return call_text(call, text_of(day));
}

static bool write_markdown(struct call *call, const struct rows *rows, struct out *out)
{
    out_string(out, "# Notes by dimension\n");
    for (int group = 0; group < GROUPS; group++) {
        bool has_any = false;
        for (size_t i = 0; i < rows->count; i++) {
            const struct row *note = &rows->row[i];
            text due = due_of(call, note);
            if (!is_in(note, group))
                continue;
            if (!has_any)
                out_format(out, "\n## %s\n\n", label_of(group));
            has_any = true;
            out_format(out, "- %.*s (%.*s%s%.*s)\n",
                       TEXT_FMT(value_as_text(note->value[NOTE_TITLE])),
                       TEXT_FMT(row_public_id(call, &note_record, note->id)),
                       due.at ? ", due " : "", TEXT_FMT(due));
        }
    }
    if (rows->count == 0)
        out_string(out, "\nNo note is open.\n");
    return call->fail.kind == FAIL_NONE && !out->failed;
}

bool note_page_markdown(struct call *call, struct out *out)
{
    struct rows rows;
    return open_notes(call, &rows) && write_markdown(call, &rows, out);
}

static void put_note(struct call *call, const struct row *note, struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, &note_record, note->id));
    json_put_text(writer, "title", value_as_text(note->value[NOTE_TITLE]));
    json_put_text(writer, "due", due_of(call, note));
    json_put_text(writer, "reason", value_as_text(note->value[NOTE_DIMENSION_REASON]));
    json_object_end(writer);
}

bool note_page_write_json(struct call *call, struct json_writer *writer)
{
    struct rows rows;
    struct out markdown;
    out_init(&markdown, call);
    if (!open_notes(call, &rows) || !write_markdown(call, &rows, &markdown))
        return false;
    json_object(writer);
    json_key(writer, "groups");
    json_list(writer);
    for (int group = 0; group < GROUPS; group++) {
        json_object(writer);
        json_put_string(writer, "dimension",
                        group < DIMENSION_COUNT ? dimension_facts[group].word : NULL);
        json_put_string(writer, "label", label_of(group));
        json_key(writer, "items");
        json_list(writer);
        for (size_t i = 0; i < rows.count; i++)
            if (is_in(&rows.row[i], group))
                put_note(call, &rows.row[i], writer);
        json_list_end(writer);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_put_text(writer, "markdown", out_view(&markdown));
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}
