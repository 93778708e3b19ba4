/* See audit_page.h. */
#include "offers/audit_page.h"

enum { WORD_SHOWN_BYTES = 80 };

bool audit_page_read(struct call *call, text record, text row, struct audit_query *query)
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
