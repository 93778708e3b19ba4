/* See outside_doors.h. */
#include "rooms/calendar/outside_doors.h"

#include "base/source.h"
#include "http/reply.h"
#include "http/request.h"
#include "offers/refs.h"
#include "rooms/calendar/calendar_view.h"
#include "rooms/calendar/outside_calendar.h"
#include "rooms/calendar/outside_conflicts.h"
#include "rooms/people/people.h"
#include "store/find.h"

/* --- reading in --- */

static void write_taken(struct call *call, const struct row *calendar,
                        const struct ics_calendar *read, struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, &outside_calendar_record, calendar->id));
    json_put_text(writer, "name", value_as_text(calendar->value[OUTSIDE_CALENDAR_NAME]));
    json_put_bool(writer, "is_private",
                  value_as_bool(calendar->value[OUTSIDE_CALENDAR_IS_PRIVATE]));
    json_put_int(writer, "events", value_as_int(calendar->value[OUTSIDE_CALENDAR_EVENTS]));
    json_key(writer, "warnings");
    json_list(writer);
    for (size_t i = 0; i < read->warning_count; i++)
        json_text(writer, read->warning[i]);
    json_list_end(writer);
    json_object_end(writer);
}

static bool check_live(struct call *call, const struct row *calendar)
{
    return !calendar->archived ||
           fail(call, FAIL_CONFLICT, "the outside calendar '%.*s' was dropped: undo that first",
                TEXT_FMT(value_as_text(calendar->value[OUTSIDE_CALENDAR_NAME])));
}

bool outside_file_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct ics_calendar read;
    struct row calendar;
    rid id;
    if (!refs_find(call, &outside_calendar_record, request->part[0], &id) ||
        !find_row(call, &outside_calendar_record, id, &calendar) ||
        !check_live(call, &calendar) || !ics_read(call, request->body, &read) ||
        !outside_calendar_take(call, &calendar, &read))
        return false;
    write_taken(call, &calendar, &read, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

const struct option outside_import_options[] = {
    { .name = "name",
      .kind = OPTION_TEXT,
      .placeholder = "NAME",
      .help = "What the calendar is called; one of that name is read again." },
    { .name = "team",
      .kind = OPTION_TEXT,
      .placeholder = "TEAM",
      .help = "It is this team's; else of the person who asks." },
    { .name = "shown",
      .kind = OPTION_FLAG,
      .help = "Others read what is in it; else they read that the time is taken." },
    { 0 },
};

/* Its own name, where none was given. */
static bool wish_of(struct call *call, const struct invocation *invocation,
                    const struct ics_calendar *read, struct outside_wish *wish)
{
    text team = option_text(invocation, "team"), name = option_text(invocation, "name");
    *wish = (struct outside_wish){ .name = name.size ? name : text_trim(read->name),
                                   .is_shown = option_flag(invocation, "shown") };
    if (!wish->name.size)
        return fail_at(call, "name", "the file does not say what it is called: give --name NAME");
    return !team.size || refs_find(call, &team_record, team, &wish->team);
}

bool outside_import_run(struct call *call, struct invocation *invocation)
{
    struct ics_calendar read;
    struct outside_wish wish;
    struct json_writer writer;
    struct row calendar;
    text bytes;
    if (!source_whole(call, invocation->argument[0], ICS_BYTES_MAX + 1, &bytes) ||
        !ics_read(call, bytes, &read) || !wish_of(call, invocation, &read, &wish) ||
        !outside_calendar_find(call, &wish, &calendar) ||
        !outside_calendar_take(call, &calendar, &read))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_taken(call, &calendar, &read, &writer);
        out_char(invocation->out, '\n');
        return call->fail.kind == FAIL_NONE;
    }
    int64_t events = value_as_int(calendar.value[OUTSIDE_CALENDAR_EVENTS]);
    out_format(invocation->out, "%.*s: %lld event%s in\n",
               TEXT_FMT(row_public_id(call, &outside_calendar_record, calendar.id)),
               (long long)events, events == 1 ? "" : "s");
    for (size_t i = 0; i < read.warning_count; i++)
        out_format(invocation->err, "%.*s\n", TEXT_FMT(read.warning[i]));
    return call->fail.kind == FAIL_NONE;
}

/* --- what they meet --- */

static bool ask_of(struct call *call, text person, text from, text to, struct calendar_ask *ask)
{
    *ask = (struct calendar_ask){ .person = call->actor.person };
    return (!person.size || refs_find(call, &person_record, person, &ask->person)) &&
           people_person_zone(call, call->actor.person, &ask->zone) &&
           calendar_view_days(call, from, to, ask);
}

static bool write_conflicts(struct call *call, const struct calendar_ask *ask,
                            struct json_writer *writer)
{
    struct conflicts conflicts;
    if (!conflicts_collect(call, ask, &conflicts))
        return false;
    json_object(writer);
    json_put_text(writer, "zone", ask->zone);
    json_key(writer, "conflicts");
    conflicts_write_json(call, &conflicts, writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

static bool write_conflict_lines(struct call *call, const struct calendar_ask *ask,
                                 struct out *out)
{
    struct conflicts conflicts;
    if (!conflicts_collect(call, ask, &conflicts))
        return false;
    for (size_t i = 0; i < conflicts.count; i++) {
        if (!conflict_write_words(call, ask->zone, &conflicts.conflict[i], out))
            return false;
        out_char(out, '\n');
    }
    if (!conflicts.count)
        out_string(out, "No ritual meets anything in the outside calendars on these days.\n");
    return true;
}

bool outside_conflicts_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct calendar_ask ask;
    return ask_of(call, request_query(request, "person"), request_query(request, "from"),
                  request_query(request, "to"), &ask) &&
           write_conflicts(call, &ask, &reply->json);
}

const struct option outside_conflicts_options[] = {
    { .name = "from",
      .kind = OPTION_TEXT,
      .placeholder = "DAY",
      .help = "The first day, such as 2026-11-23; else that of this month." },
    { .name = "to",
      .kind = OPTION_TEXT,
      .placeholder = "DAY",
      .help = "The last day; else that of the month." },
    { .name = "person",
      .kind = OPTION_TEXT,
      .placeholder = "PERSON",
      .help = "Whose rituals and calendars; else of who asks." },
    { 0 },
};

bool outside_conflicts_run(struct call *call, struct invocation *invocation)
{
    struct calendar_ask ask;
    struct json_writer writer;
    if (!ask_of(call, option_text(invocation, "person"), option_text(invocation, "from"),
                option_text(invocation, "to"), &ask))
        return false;
    if (!invocation->as_json)
        return write_conflict_lines(call, &ask, invocation->out);
    json_writer_init(&writer, invocation->out, true);
    if (!write_conflicts(call, &ask, &writer))
        return false;
    out_char(invocation->out, '\n');
    return true;
}
