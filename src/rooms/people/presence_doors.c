/* See presence_doors.h. */
#include "rooms/people/presence_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "store/find.h"

/* --- is somebody there --- */

const struct query_parameter presence_query[] = {
    { "at", "An instant with its zone; now, when not given.", "string" },
    { 0 },
};

static bool read_at(struct call *call, text word, stamp *at)
{
    *at = call->now;
    return !word.size || stamp_read(word, at, NULL) == STAMP_WITH_ZONE ||
           fail_at(call, "at", "'%.*s' is not an instant: write it like 2026-11-16T09:00:00Z",
                   TEXT_FMT(text_until_character(word, FAIL_FIELD_SIZE)));
}

bool presence_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct json_writer *writer = &reply->json;
    enum people_presence presence;
    rid person;
    text zone;
    stamp at;
    int64_t day, until;
    bool is_away;
    char word[DATE_TEXT_SIZE];
    if (!refs_find(call, &person_record, request->part[0], &person) ||
        !read_at(call, request_query(request, "at"), &at) ||
        !people_person_zone(call, person, &zone) || !day_of_stamp(call, zone, at, &day) ||
        !people_working_at(call, person, at, &presence) ||
        !people_away_until(call, person, day, &is_away, &until))
        return false;
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, &person_record, person));
    json_put_stamp(writer, "at", at);
    json_put_text(writer, "zone", zone);
    date_write(day, word);
    json_put_string(writer, "day", word);
    json_put_string(writer, "presence", people_presence_word(presence));
    if (is_away) {
        date_write(until, word);
        json_put_string(writer, "away_until", word);
    } else
        json_put_null(writer, "away_until");
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

/* --- who is away --- */

enum { AWAY_DAYS_MAX = 400 };

const struct query_parameter away_query[] = {
    { "from", "A day; today where who asks is, when not given.", "string" },
    { "to", "The last day; the first alone, when not given.", "string" },
    { "team", "Members of this team only.", "string" },
    { 0 },
};

const struct option away_options[] = {
    { .name = "from",
      .kind = OPTION_TEXT,
      .placeholder = "DAY",
      .help = "The first day; today when not given." },
    { .name = "to",
      .kind = OPTION_TEXT,
      .placeholder = "DAY",
      .help = "The last day; the first alone when not given." },
    { .name = "team",
      .kind = OPTION_TEXT,
      .placeholder = "TEAM",
      .help = "Members of this team only." },
    { 0 },
};

struct away_ask {
    text from, to, team;
};

static bool read_day(struct call *call, const char *field, text word, int64_t *day)
{
    return !word.size || date_read(word, day) ||
           fail_at(call, field, "'%.*s' is not a day: write it like 2026-11-16",
                   TEXT_FMT(text_until_character(word, FAIL_FIELD_SIZE)));
}

static bool read_away(struct call *call, const struct away_ask *ask, struct people_away **away,
                      size_t *count)
{
    int64_t from, to;
    rid team = 0;
    if (!people_day_at(call, call->actor.person, call->now, &from) ||
        !read_day(call, "from", ask->from, &from))
        return false;
    to = from;
    if (!read_day(call, "to", ask->to, &to) ||
        (ask->team.size && !refs_find(call, &team_record, ask->team, &team)))
        return false;
    if (to < from)
        return fail_at(call, "to", "the last day is before the first: change one of them");
    if (to - from >= AWAY_DAYS_MAX)
        return fail_at(call, "to", "that is more than %d days: ask for fewer", AWAY_DAYS_MAX);
    return people_away_between(call, team, from, to, away, count);
}

static void write_items(struct call *call, const struct people_away *away, size_t count,
                        struct json_writer *writer)
{
    json_object(writer);
    json_key(writer, "items");
    people_away_write_json(call, away, count, writer);
    json_object_end(writer);
}

bool away_get(struct call *call, const struct request *request, struct reply *reply)
{
    const struct away_ask ask = { request_query(request, "from"), request_query(request, "to"),
                                  request_query(request, "team") };
    struct people_away *away;
    size_t count;
    if (!read_away(call, &ask, &away, &count))
        return false;
    write_items(call, away, count, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

bool away_run(struct call *call, struct invocation *invocation)
{
    const struct away_ask ask = { option_text(invocation, "from"), option_text(invocation, "to"),
                                  option_text(invocation, "team") };
    struct people_away *away;
    struct json_writer writer;
    size_t count;
    if (!read_away(call, &ask, &away, &count))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_items(call, away, count, &writer);
        out_char(invocation->out, '\n');
        return call->fail.kind == FAIL_NONE;
    }
    people_away_write_lines(away, count, invocation->out);
    if (!count)
        out_string(invocation->out, "Nobody is away.\n");
    return call->fail.kind == FAIL_NONE;
}

/* --- in calendars --- */

static bool concerns(struct call *call, const struct calendar_ask *ask, rid person, bool *does)
{
    *does = !ask->person || ask->person == person;
    return !ask->team || !*does || people_is_member(call, person, ask->team, does);
}

static bool add_absence(struct call *call, const struct row *row, struct calendar *calendar)
{
    rid person = value_as_int(row->value[ABSENCE_PERSON]);
    int64_t first = value_as_int(row->value[ABSENCE_FIRST_DAY]);
    struct calendar_event event = {
        .kind = CALENDAR_ABSENCE,
        .title = CALL_JOIN(call, find_title(call, &person_record, person), TEXT(" is away")),
        .day = first,
        .days = (int)(value_as_int(row->value[ABSENCE_LAST_DAY]) - first + 1),
        .sequence = row->version - 1,
        .changed = row->changed,
        .record = &absence_record,
        .row = row->id,
        .person = person,
    };
    return event.title.at && calendar_add(call, calendar, event);
}

static bool collect_absences(struct call *call, const struct calendar_ask *ask,
                             struct calendar *calendar)
{
    struct query query;
    struct rows rows;
    if (ask->record)
        return true;
    query_init(&query, &absence_record);
    if (!query_add(call, &query, ABSENCE_FIRST_DAY, FILTER_AT_MOST,
                   value_int(ask->until / STAMP_DAY + 1)) ||
        !query_add(call, &query, ABSENCE_LAST_DAY, FILTER_AT_LEAST,
                   value_int(ask->from / STAMP_DAY - 1)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        bool does;
        if (!concerns(call, ask, value_as_int(rows.row[i].value[ABSENCE_PERSON]), &does) ||
            (does && !add_absence(call, &rows.row[i], calendar)))
            return false;
    }
    return true;
}

const struct calendar_source absence_events[] = {
    { "people.absences", "Absences", "Who is away, without why.", collect_absences },
    { 0 },
};
