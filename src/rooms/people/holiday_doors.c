/* See holiday_doors.h. */
#include "rooms/people/holiday_doors.h"

#include "base/source.h"
#include "http/reply.h"
#include "http/request.h"
#include "importers/ics_read.h"
#include "offers/refs.h"
#include "rooms/people/holiday_import.h"
#include "rooms/people/people.h"

static void write_import(struct call *call, const struct holiday_import *import,
                         const struct ics_calendar *read, struct json_writer *writer)
{
    text rest = out_view(&import->notes);
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, &holiday_calendar_record, import->calendar));
    json_put_text(writer, "name", find_title(call, &holiday_calendar_record, import->calendar));
    json_put_int(writer, "new", import->fresh);
    json_put_int(writer, "known", import->before);
    json_key(writer, "warnings");
    json_list(writer);
    for (size_t i = 0; i < read->warning_count; i++)
        json_text(writer, read->warning[i]);
    for (size_t i = 0; i < import->note_count; i++)
        json_text(writer, text_cut(rest, '\n', &rest));
    json_list_end(writer);
    json_object_end(writer);
}

bool holiday_file_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct ics_calendar read;
    struct holiday_import import;
    rid calendar;
    if (!refs_find(call, &holiday_calendar_record, request->part[0], &calendar) ||
        !ics_read(call, request->body, &read) ||
        !holiday_import(call, calendar, TEXT_NONE, &read, &import))
        return false;
    write_import(call, &import, &read, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

const struct option holiday_import_options[] = {
    { .name = "calendar",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "The holiday calendar, which is made when it is not there; else what the file calls "
              "itself." },
    { 0 },
};

bool holiday_import_run(struct call *call, struct invocation *invocation)
{
    struct ics_calendar read;
    struct holiday_import import;
    struct json_writer writer;
    text bytes, name = option_text(invocation, "calendar");
    if (!source_whole(call, invocation->argument[0], ICS_BYTES_MAX + 1, &bytes) ||
        !ics_read(call, bytes, &read))
        return false;
    name = text_trim(name.size ? name : read.name);
    if (!name.size)
        return fail_at(call, "calendar",
                       "the file does not say whose holidays it has: give --calendar NAME");
    if (!holiday_import(call, 0, name, &read, &import))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_import(call, &import, &read, &writer);
        out_char(invocation->out, '\n');
        return call->fail.kind == FAIL_NONE;
    }
    out_format(invocation->out, "%.*s: %lld holiday%s new, %lld known\n",
               TEXT_FMT(row_public_id(call, &holiday_calendar_record, import.calendar)),
               (long long)import.fresh, import.fresh == 1 ? "" : "s", (long long)import.before);
    for (size_t i = 0; i < read.warning_count; i++)
        out_format(invocation->err, "%.*s\n", TEXT_FMT(read.warning[i]));
    out_text(invocation->err, out_view(&import.notes));
    return call->fail.kind == FAIL_NONE;
}
