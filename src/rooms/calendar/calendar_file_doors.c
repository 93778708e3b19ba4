/* See calendar_file_doors.h. */
#include "rooms/calendar/calendar_file_doors.h"

#include "base/recurrence_times.h"
#include "base/source.h"
#include "importers/ics_read.h"
#include "importers/ics_times.h"

/* --- times as they are told --- */

/* An instant in UTC, or a date. */
static text time_words(struct call *call, bool is_day, stamp at)
{
    char room[STAMP_TEXT_SIZE], day[DATE_TEXT_SIZE];
    if (!is_day) {
        size_t size = (size_t)stamp_write(at, room);
        return call_text(call, (text){ room, size });
    }
    date_write(at / STAMP_DAY - (at % STAMP_DAY < 0), day);
    return call_text(call, text_of(day));
}

static void put_time(struct call *call, struct json_writer *writer, const char *key,
                     struct ics_time time)
{
    json_put_text(writer, key, time_words(call, time.is_day, time.at));
}

/* --- reading --- */

static void write_overrides(struct call *call, const struct ics_event *event,
                            struct json_writer *writer)
{
    json_key(writer, "overrides");
    json_list(writer);
    for (size_t i = 0; i < event->override_count; i++) {
        const struct ics_override *override = &event->override[i];
        json_object(writer);
        put_time(call, writer, "recurrence_id", override->recurrence_id);
        put_time(call, writer, "start", override->start);
        put_time(call, writer, "end", override->end);
        json_put_text(writer, "summary", override->summary);
        json_put_text(writer, "status", override->status);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void write_event(struct call *call, const struct ics_event *event,
                        struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "uid", event->uid);
    json_put_text(writer, "summary", event->summary);
    put_time(call, writer, "start", event->start);
    put_time(call, writer, "end", event->end);
    json_put_text(writer, "zone", event->zone);
    json_put_bool(writer, "all_day", event->start.is_day);
    json_put_text(writer, "rrule", event->rrule);
    json_key(writer, "exdates");
    json_list(writer);
    for (size_t i = 0; i < event->exdate_count; i++)
        json_text(writer, time_words(call, event->exdate[i].is_day, event->exdate[i].at));
    json_list_end(writer);
    write_overrides(call, event, writer);
    json_put_text(writer, "status", event->status);
    json_object_end(writer);
}

static bool write_json(struct call *call, const struct ics_calendar *calendar, struct out *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, true);
    json_object(&writer);
    json_key(&writer, "events");
    json_list(&writer);
    for (size_t i = 0; i < calendar->count; i++)
        write_event(call, &calendar->event[i], &writer);
    json_list_end(&writer);
    json_key(&writer, "warnings");
    json_list(&writer);
    for (size_t i = 0; i < calendar->warning_count; i++)
        json_text(&writer, calendar->warning[i]);
    json_list_end(&writer);
    json_object_end(&writer);
    out_char(out, '\n');
    return call->fail.kind == FAIL_NONE;
}

static bool write_words(struct call *call, const struct ics_calendar *calendar,
                        struct invocation *invocation)
{
    for (size_t i = 0; i < calendar->count; i++) {
        const struct ics_event *event = &calendar->event[i];
        out_format(invocation->out, "%.*s  %.*s",
                   TEXT_FMT(time_words(call, event->start.is_day, event->start.at)),
                   TEXT_FMT(event->summary.size ? event->summary : event->uid));
        if (event->rrule.at) {
            text words = recurrence_words(call, event->rrule);
            out_format(invocation->out, ", %.*s", TEXT_FMT(words.at ? words : event->rrule));
            fail_clear(call);
        }
        if (event->status.at && text_is(event->status, "CANCELLED"))
            out_string(invocation->out, ", cancelled");
        out_char(invocation->out, '\n');
    }
    for (size_t i = 0; i < calendar->warning_count; i++)
        out_format(invocation->err, "%.*s\n", TEXT_FMT(calendar->warning[i]));
    return call->fail.kind == FAIL_NONE;
}

bool calendar_read_run(struct call *call, struct invocation *invocation)
{
    struct ics_calendar calendar;
    text bytes;
    if (!source_whole(call, invocation->argument[0], ICS_BYTES_MAX + 1, &bytes) ||
        !ics_read(call, bytes, &calendar))
        return false;
    return invocation->as_json ? write_json(call, &calendar, invocation->out)
                               : write_words(call, &calendar, invocation);
}

/* --- expanding --- */

const struct option calendar_expand_options[] = {
    { .name = "rule", .kind = OPTION_TEXT, .placeholder = "RULE",
      .help = "The recurrence rule (RRULE): FREQ=WEEKLY;BYDAY=WE." },
    { .name = "start", .kind = OPTION_TEXT, .placeholder = "TIME",
      .help = "The first: a local time in the zone, an instant, or a date." },
    { .name = "zone", .kind = OPTION_TEXT, .placeholder = "ZONE",
      .help = "Where its local time is kept, such as Europe/Berlin; without one, UTC." },
    { .name = "from", .kind = OPTION_TEXT, .placeholder = "TIME", .help = "No earlier ones." },
    { .name = "to", .kind = OPTION_TEXT, .placeholder = "TIME",
      .help = "No later ones; a date includes its day." },
    { .name = "exdate", .kind = OPTION_TEXT, .placeholder = "TIME",
      .help = "Leave this one out; may be given several times." },
    { .name = "rdate", .kind = OPTION_TEXT, .placeholder = "TIME",
      .help = "One more, unless it is left out; may be given several times." },
    { 0 },
};

struct times {
    stamp *at;
    size_t count;
};

struct asked {
    text rule, zone;
    struct recurrence_start start;
    stamp from, to;
    struct times left_out, further;
};

static bool need(struct call *call, const struct invocation *invocation, const char *name,
                 text *word)
{
    *word = option_text(invocation, name);
    return word->at ||
           fail(call, FAIL_USAGE, "'rondo calendar expand' needs --%s", name);
}

/* A bound: what has no zone is where the start is. A date begins, or ends, with its day there. */
static bool read_bound(struct call *call, const struct asked *asked, const char *name, text word,
                       bool is_end, stamp *at)
{
    struct recurrence_start bound;
    if (!recurrence_start_read(call, name, word, asked->zone, &bound))
        return false;
    if (bound.is_day && !asked->start.is_day) {
        bound = (struct recurrence_start){ .day = bound.day + is_end, .zone = asked->zone };
        if (!recurrence_start_instant(call, &bound, at))
            return false;
        *at -= is_end;
        return true;
    }
    if (asked->start.is_day)
        bound = (struct recurrence_start){ .is_day = true, .day = bound.day };
    return recurrence_start_instant(call, &bound, at);
}

/* A date is what begins at the start's time of that day; of a period its beginning counts. */
static bool read_time(struct call *call, const struct asked *asked, const char *name, text word,
                      stamp *at)
{
    struct recurrence_start one, end;
    stamp length;
    text period, begin = text_cut(word, '/', &period);
    if (!recurrence_start_read(call, name, begin, asked->zone, &one) ||
        (period.at && !ics_times_length(text_trim(period), &length) &&
         !recurrence_start_read(call, name, period, asked->zone, &end)))
        return false;
    if (one.is_day != asked->start.is_day) {
        int64_t day = one.day;
        one = asked->start;
        one.day = day;
    }
    return recurrence_start_instant(call, &one, at);
}

static bool read_times(struct call *call, const struct invocation *invocation, const char *name,
                       const struct asked *asked, struct times *times)
{
    text word;
    size_t room = 0;
    while (option_next(invocation, name, times->count, &word)) {
        times->at = call_more(call, times->at, times->count, &room, sizeof *times->at);
        if (!times->at || !read_time(call, asked, name, word, &times->at[times->count++]))
            return false;
    }
    return true;
}

static bool read_asked(struct call *call, const struct invocation *invocation, struct asked *asked)
{
    text start, from, to;
    *asked = (struct asked){ .zone = option_text(invocation, "zone") };
    if (!need(call, invocation, "rule", &asked->rule) ||
        !need(call, invocation, "start", &start) || !need(call, invocation, "from", &from) ||
        !need(call, invocation, "to", &to) || !zone_check(call, asked->zone))
        return false;
    if (!asked->zone.at)
        asked->zone = TEXT("UTC");
    return recurrence_start_read(call, "start", start, asked->zone, &asked->start) &&
           read_bound(call, asked, "from", from, false, &asked->from) &&
           read_bound(call, asked, "to", to, true, &asked->to) &&
           (asked->from <= asked->to ||
            fail_at(call, "to", "'%.*s' is before '%.*s': give --from and --to the other way round",
                    TEXT_FMT(to), TEXT_FMT(from))) &&
           read_times(call, invocation, "exdate", asked, &asked->left_out) &&
           read_times(call, invocation, "rdate", asked, &asked->further);
}

static bool write_starts(struct call *call, const struct asked *asked,
                         const struct recurrence_times *times, struct invocation *invocation)
{
    struct json_writer writer;
    if (!invocation->as_json) {
        for (size_t i = 0; i < times->count; i++)
            out_format(invocation->out, "%.*s\n",
                       TEXT_FMT(time_words(call, asked->start.is_day, times->at[i])));
        return call->fail.kind == FAIL_NONE;
    }
    json_writer_init(&writer, invocation->out, true);
    json_object(&writer);
    json_key(&writer, "starts");
    json_list(&writer);
    for (size_t i = 0; i < times->count; i++)
        json_text(&writer, time_words(call, asked->start.is_day, times->at[i]));
    json_list_end(&writer);
    json_object_end(&writer);
    out_char(invocation->out, '\n');
    return call->fail.kind == FAIL_NONE;
}

bool calendar_expand_run(struct call *call, struct invocation *invocation)
{
    struct recurrence_times times;
    struct asked asked;
    if (!read_asked(call, invocation, &asked) ||
        !recurrence_times(call, asked.rule, &asked.start, asked.from, asked.to, asked.left_out.at,
                          asked.left_out.count, &times) ||
        !recurrence_times_add(call, &times, asked.further.at, asked.further.count, asked.from,
                              asked.to, asked.left_out.at, asked.left_out.count))
        return false;
    if (times.is_cut)
        return fail(call, FAIL_TOO_LARGE,
                    "the rule has more than %d starts up to there: ask for a shorter range",
                    RECURRENCE_STEPS_MAX);
    return write_starts(call, &asked, &times, invocation);
}
