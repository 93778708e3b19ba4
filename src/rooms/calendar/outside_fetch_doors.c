/* See outside_fetch_doors.h. Of an address no more is told than its host. */
#include "rooms/calendar/outside_fetch_doors.h"

#include "base/stamp.h"
#include "http/reply.h"
#include "http/request.h"
#include "offers/refs.h"
#include "rooms/calendar/outside_fetch.h"
#include "rooms/people/people.h"
#include "store/find.h"

enum { PERIOD_SECONDS = 30, PER_PERIOD = 20, PER_COMMAND = 100, RUN_SECONDS = 10,
       RUN_BYTES = 256 * 1024 * 1024 };

/* --- as JSON --- */

/* "calendar.example" of "https://calendar.example/secret.ics"; TEXT_NONE: it has no address. */
static text host_of(struct call *call, const struct row *calendar)
{
    text rest, address = value_as_text(calendar->value[OUTSIDE_CALENDAR_ADDRESS]);
    size_t host = address.at ? text_find(address, TEXT("://")) : SIZE_MAX;
    if (host == SIZE_MAX)
        return TEXT_NONE;
    text name = text_cut(text_from(address, host + 3), '/', &rest);
    return call_text(call, text_cut(name, '?', &rest));
}

static bool put_calendar(struct call *call, const struct row *calendar, struct json_writer *writer)
{
    const struct value *value = calendar->value;
    rid team = value_as_int(value[OUTSIDE_CALENDAR_TEAM]);
    stamp asked_at, next_at;
    if (!outside_fetch_when(call, calendar->id, &asked_at, &next_at))
        return false;
    text host = host_of(call, calendar);
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, &outside_calendar_record, calendar->id));
    json_put_text(writer, "name", value_as_text(value[OUTSIDE_CALENDAR_NAME]));
    json_put_text(writer, "team", team ? find_title(call, &team_record, team) : TEXT_NONE);
    json_put_bool(writer, "is_private", value_as_bool(value[OUTSIDE_CALENDAR_IS_PRIVATE]));
    json_put_int(writer, "events", value_as_int(value[OUTSIDE_CALENDAR_EVENTS]));
    json_put_int(writer, "warnings", value_as_int(value[OUTSIDE_CALENDAR_WARNINGS]));
    json_put_stamp(writer, "read_at", value_as_int(value[OUTSIDE_CALENDAR_READ_AT]));
    json_put_text(writer, "host", host);
    json_put_stamp(writer, "asked_at", host.at ? asked_at : 0);
    json_put_stamp(writer, "next_at", host.at ? next_at : 0);
    json_put_text(writer, "failure", value_as_text(value[OUTSIDE_CALENDAR_FAILURE]));
    json_put_stamp(writer, "failed_at", value_as_int(value[OUTSIDE_CALENDAR_FAILED_AT]));
    json_put_int(writer, "version", calendar->version);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

static bool is_mine(struct call *call, const struct row *calendar, bool *is)
{
    rid person = value_as_int(calendar->value[OUTSIDE_CALENDAR_PERSON]);
    rid team = value_as_int(calendar->value[OUTSIDE_CALENDAR_TEAM]);
    *is = call->actor.person && person == call->actor.person;
    return person || people_is_member(call, call->actor.person, team, is);
}

bool outside_list_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct query query;
    struct rows rows;
    (void)request;
    query_init(&query, &outside_calendar_record);
    if (!find_rows(call, &query, &rows))
        return false;
    json_object(&reply->json);
    json_key(&reply->json, "calendars");
    json_list(&reply->json);
    for (size_t i = 0; i < rows.count; i++) {
        bool is;
        if (!is_mine(call, &rows.row[i], &is) ||
            (is && !put_calendar(call, &rows.row[i], &reply->json)))
            return false;
    }
    json_list_end(&reply->json);
    json_object_end(&reply->json);
    return true;
}

/* --- asking now --- */

static bool find_calendar(struct call *call, text word, struct row *calendar)
{
    rid id;
    return refs_find(call, &outside_calendar_record, word, &id) &&
           find_row(call, &outside_calendar_record, id, calendar) &&
           (!calendar->archived ||
            fail(call, FAIL_CONFLICT, "the outside calendar '%.*s' was dropped: undo that first",
                 TEXT_FMT(value_as_text(calendar->value[OUTSIDE_CALENDAR_NAME]))));
}

/* A server may have asked at the same moment: then it is asked once more, and nobody is told. */
static bool fetch_now(struct call *call, text word, struct row *calendar,
                      struct outside_fetched *fetched)
{
    if (find_calendar(call, word, calendar) && outside_fetch(call, calendar, fetched))
        return true;
    if (call->fail.kind != FAIL_STALE)
        return false;
    fail_clear(call);
    return find_calendar(call, word, calendar) && outside_fetch(call, calendar, fetched);
}

bool outside_fetch_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct outside_fetched fetched;
    struct row calendar;
    return fetch_now(call, request->part[0], &calendar, &fetched) &&
           put_calendar(call, &calendar, &reply->json);
}

static bool tell_one(struct call *call, const struct row *calendar,
                     const struct outside_fetched *fetched, struct invocation *invocation)
{
    const struct value *value = calendar->value;
    int64_t events = value_as_int(value[OUTSIDE_CALENDAR_EVENTS]);
    struct json_writer writer;
    if (fetched->has_failed)
        return fail(call, FAIL_BUSY, "'%.*s' stays as it was: %.*s",
                    TEXT_FMT(value_as_text(value[OUTSIDE_CALENDAR_NAME])),
                    TEXT_FMT(value_as_text(value[OUTSIDE_CALENDAR_FAILURE])));
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        if (!put_calendar(call, calendar, &writer))
            return false;
        out_char(invocation->out, '\n');
        return true;
    }
    out_format(invocation->out, "%.*s: %lld event%s%s\n",
               TEXT_FMT(row_public_id(call, &outside_calendar_record, calendar->id)),
               (long long)events, events == 1 ? "" : "s",
               fetched->is_same ? ", as before" : " in");
    for (size_t i = 0; i < fetched->read.warning_count; i++)
        out_format(invocation->err, "%.*s\n", TEXT_FMT(fetched->read.warning[i]));
    return call->fail.kind == FAIL_NONE;
}

bool outside_fetch_run(struct call *call, struct invocation *invocation)
{
    struct outside_fetched fetched;
    struct row calendar;
    int asked;
    if (invocation->argument_count)
        return fetch_now(call, invocation->argument[0], &calendar, &fetched) &&
               tell_one(call, &calendar, &fetched, invocation);
    if (!outside_fetch_due(call, PER_COMMAND, &asked))
        return false;
    out_format(invocation->out, "Asked for %d calendar%s\n", asked, asked == 1 ? "" : "s");
    return !invocation->out->failed;
}

/* --- the job --- */

/*
 * One after the other, as long as neither a server that hangs holds up the other jobs nor large
 * files fill the call's memory: what is left is due again in the next period.
 */
static bool run_job(struct call *call, struct job_run *run)
{
    int64_t begin = stamp_ticks();
    int asked = 1;
    (void)run;
    for (int i = 0; i < PER_PERIOD && asked && call->arena.used < RUN_BYTES; i++) {
        if (stamp_ticks() - begin >= RUN_SECONDS * STAMP_SECOND)
            return true;
        if (!outside_fetch_due(call, 1, &asked))
            return false;
    }
    return true;
}

const struct job_kind outside_fetch_jobs[] = {
    { .name = "fetch_calendars",
      .label = "Fetch outside calendars",
      .run = run_job,
      .is_due = outside_fetch_is_due,
      .period_seconds = PERIOD_SECONDS },
    { 0 },
};

/* --- what fails --- */

bool outside_fetch_need(struct call *call, rid person, struct needs *needs)
{
    struct query query;
    struct rows rows;
    query_init(&query, &outside_calendar_record);
    if (!person)
        return true;
    if (!query_add(call, &query, OUTSIDE_CALENDAR_PERSON, FILTER_IS, value_ref(person)) ||
        !query_add(call, &query, OUTSIDE_CALENDAR_FAILED_AT, FILTER_AT_MOST,
                   value_stamp(call->now - STAMP_DAY)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        text failure = value_as_text(rows.row[i].value[OUTSIDE_CALENDAR_FAILURE]);
        if (!needs_add(call, needs,
                       (struct need){ .kind = "calendar",
                                      .title = row_title(call, &rows.row[i]),
                                      .why = call_format(call, "it cannot be fetched: %.*s",
                                                         TEXT_FMT(failure)),
                                      .record = &outside_calendar_record,
                                      .row = rows.row[i].id }))
            return false;
    }
    return true;
}
