/* See ics_read.h: what components mean. */
#include "importers/ics_read.h"

#include "base/hash.h"
#include "base/ics_text.h"
#include "base/recurrence_times.h"
#include "importers/ics_raw.h"
#include "importers/ics_rdates.h"
#include "importers/ics_times.h"

#include <stdlib.h>

enum { SHOWN = 60 };

/* An event as it is read; `override` of an occurrence that stands for itself. */
struct read_event {
    struct ics_event event;
    bool has_recurrence_id;
    struct ics_time recurrence_id;
    stamp stamped; /* DTSTAMP */
    struct ics_time *exdate;
    size_t exdate_room;
    struct ics_rdates rdates;
    bool is_broken; /* told already */
};

struct reading {
    struct call *call;
    struct ics_raw raw;
    struct read_event *read;
    size_t count;
};

/* --- one property of an event --- */

struct taking {
    struct reading *reading;
    struct read_event *read;
    bool has_start, has_end, has_duration;
    stamp duration;
    struct ics_rdate_lines rdate_lines;
};

static bool take_times(struct taking *taking, const struct ics_line *line, struct ics_time *time,
                       bool *has, text *zone)
{
    text name;
    bool is_good;
    if (!ics_times_read(&taking->reading->raw, line, line->property.value, time, &name, &is_good))
        return false;
    taking->read->is_broken |= !is_good;
    *has = is_good;
    if (zone)
        *zone = name;
    return true;
}

static bool take_start(struct taking *taking, const struct ics_line *line)
{
    taking->rdate_lines.start = line;
    return take_times(taking, line, &taking->read->event.start, &taking->has_start,
                      &taking->read->event.zone);
}

static bool take_end(struct taking *taking, const struct ics_line *line)
{
    return take_times(taking, line, &taking->read->event.end, &taking->has_end, NULL);
}

static bool take_recurrence_id(struct taking *taking, const struct ics_line *line)
{
    if (ics_parameter(&line->property, "RANGE").at &&
        !ics_warn(&taking->reading->raw, line->number,
                  "what changes from here on (RANGE) is read as this occurrence alone"))
        return false;
    return take_times(taking, line, &taking->read->recurrence_id,
                      &taking->read->has_recurrence_id, NULL);
}

static bool take_duration(struct taking *taking, const struct ics_line *line)
{
    taking->has_duration = ics_times_length(text_trim(line->property.value), &taking->duration);
    return taking->has_duration ||
           ics_warn(&taking->reading->raw, line->number, "'%.*s' is no duration: it is passed over",
                    TEXT_FMT(text_until_character(line->property.value, SHOWN)));
}

static bool take_exdate(struct taking *taking, const struct ics_line *line)
{
    struct read_event *read = taking->read;
    text rest = line->property.value;
    while (rest.at) {
        struct ics_time time;
        text name, word = text_trim(text_cut(rest, ',', &rest));
        bool is_good;
        if (word.size == 0)
            continue;
        if (!ics_times_read(&taking->reading->raw, line, word, &time, &name, &is_good))
            return false;
        read->is_broken |= !is_good;
        read->exdate = call_more(taking->reading->call, read->exdate, read->event.exdate_count,
                                 &read->exdate_room, sizeof *read->exdate);
        if (!read->exdate)
            return false;
        read->exdate[read->event.exdate_count++] = time;
    }
    return true;
}

static bool take_rdate(struct taking *taking, const struct ics_line *line)
{
    struct ics_rdate_lines *lines = &taking->rdate_lines;
    lines->line = call_more(taking->reading->call, lines->line, lines->count, &lines->room,
                            sizeof *lines->line);
    if (!lines->line)
        return false;
    lines->line[lines->count++] = line;
    return true;
}

static text capitals(struct call *call, text word)
{
    word = text_trim(word);
    while (text_ends(word, TEXT(";")))
        word.size--;
    char *room = call_take(call, word.size + 1);
    for (size_t i = 0; room && i < word.size; i++)
        room[i] = word.at[i] >= 'a' && word.at[i] <= 'z' ? (char)(word.at[i] - 32) : word.at[i];
    return (text){ room, word.size };
}

static bool take_rrule(struct taking *taking, const struct ics_line *line)
{
    struct ics_event *event = &taking->read->event;
    if (event->rrule.at)
        return ics_warn(&taking->reading->raw, line->number,
                        "a second rule (RRULE) is passed over");
    text rule = capitals(taking->reading->call, line->property.value);
    if (rule.at && !rule.size)
        return ics_warn(&taking->reading->raw, line->number, "an empty rule is passed over");
    event->rrule = rule;
    return rule.at != NULL;
}

static bool take_words(struct taking *taking, const struct ics_line *line, text *words)
{
    *words = ics_text_unescape(taking->reading->call, line->property.value);
    return words->at != NULL;
}

static bool take_uid(struct taking *taking, const struct ics_line *line)
{
    taking->read->event.uid = text_trim(line->property.value);
    return true;
}

static bool take_summary(struct taking *taking, const struct ics_line *line)
{
    return take_words(taking, line, &taking->read->event.summary);
}

static bool take_description(struct taking *taking, const struct ics_line *line)
{
    return take_words(taking, line, &taking->read->event.description);
}

static bool take_location(struct taking *taking, const struct ics_line *line)
{
    return take_words(taking, line, &taking->read->event.location);
}

static bool take_url(struct taking *taking, const struct ics_line *line)
{
    taking->read->event.url = text_trim(line->property.value);
    return true;
}

static bool take_status(struct taking *taking, const struct ics_line *line)
{
    taking->read->event.status = capitals(taking->reading->call, line->property.value);
    return taking->read->event.status.at != NULL;
}

static bool take_sequence(struct taking *taking, const struct ics_line *line)
{
    text_to_int(text_trim(line->property.value), &taking->read->event.sequence);
    return true;
}

static bool take_stamped(struct taking *taking, const struct ics_line *line)
{
    bool is_day, is_utc;
    ics_time_read(line->property.value, &is_day, &is_utc, &taking->read->stamped);
    return true;
}

static bool take_class(struct taking *taking, const struct ics_line *line)
{
    taking->read->event.is_private =
        !text_same_word(text_trim(line->property.value), TEXT("PUBLIC"));
    return true;
}

static bool take_transparency(struct taking *taking, const struct ics_line *line)
{
    taking->read->event.is_free =
        text_same_word(text_trim(line->property.value), TEXT("TRANSPARENT"));
    return true;
}

static const struct {
    const char *name;
    bool (*take)(struct taking *taking, const struct ics_line *line);
} takers[] = {
    { "DTSTART", take_start },       { "DTEND", take_end },
    { "DURATION", take_duration },   { "UID", take_uid },
    { "SUMMARY", take_summary },     { "DESCRIPTION", take_description },
    { "LOCATION", take_location },   { "URL", take_url },
    { "STATUS", take_status },       { "SEQUENCE", take_sequence },
    { "DTSTAMP", take_stamped },     { "RRULE", take_rrule },
    { "EXDATE", take_exdate },       { "RDATE", take_rdate },
    { "RECURRENCE-ID", take_recurrence_id },
    { "CLASS", take_class },         { "TRANSP", take_transparency },
};

static bool take_line(struct taking *taking, const struct ics_line *line)
{
    for (size_t i = 0; i < sizeof takers / sizeof *takers; i++)
        if (text_same_word(line->property.name, text_of(takers[i].name)))
            return takers[i].take(taking, line);
    return true;
}

/* --- a whole event --- */

static bool settle_end(struct taking *taking, size_t line)
{
    struct ics_event *event = &taking->read->event;
    stamp shortest = event->start.is_day ? STAMP_DAY : 0;
    bool is_other = taking->has_end && event->end.is_day != event->start.is_day;
    if (!taking->has_end || is_other) {
        stamp length = taking->has_duration ? taking->duration : shortest;
        event->end = (struct ics_time){ event->start.is_day, event->start.at + length };
    }
    if (event->end.at >= event->start.at + shortest)
        return true;
    bool is_back = event->end.at < event->start.at;
    event->end.at = event->start.at + shortest;
    return !is_back || ics_warn(&taking->reading->raw, line,
                                "the event ends before it begins: it is taken as without length");
}

static bool settle_uid(struct taking *taking, size_t line)
{
    struct ics_event *event = &taking->read->event;
    char room[HASH_TEXT_SIZE];
    if (event->uid.size)
        return true;
    text when = call_format(taking->reading->call, "%lld", (long long)event->start.at);
    const text part[] = { event->summary, when };
    struct hash hash = hash_strong_parts(part, 2);
    hash_write(&hash, room);
    event->uid = call_format(taking->reading->call, "%.32s@rondo", room);
    return event->uid.at &&
           ics_warn(&taking->reading->raw, line, "the event has no UID: it is known as '%.*s'",
                    TEXT_FMT(event->uid));
}

/* The rule is held as it is; one that cannot be expanded is told of. */
static bool check_rule(struct taking *taking, size_t line)
{
    const struct ics_event *event = &taking->read->event;
    struct call *call = taking->reading->call;
    struct recurrence_days days;
    int64_t day = event->start.at / STAMP_DAY;
    if (!event->rrule.at || recurrence_days(call, event->rrule, day, day, day, &days))
        return true;
    if (call->fail.kind != FAIL_INVALID)
        return false;
    text why = call_text(call, text_of(call->fail.sentence));
    fail_clear(call);
    return ics_warn(&taking->reading->raw, line, "its rule is not expanded: %.*s", TEXT_FMT(why));
}

static bool read_rdates(struct taking *taking)
{
    struct read_event *read = taking->read;
    bool is_good = true;
    if (!ics_rdates_read(&taking->reading->raw, &taking->rdate_lines, &read->event, &read->rdates,
                         &is_good))
        return false;
    read->is_broken |= !is_good;
    return true;
}

static bool read_event(struct reading *reading, const struct ics_raw_event *raw,
                       struct read_event *read)
{
    struct taking taking = { .reading = reading, .read = read };
    read->event.line = raw->line;
    for (size_t i = 0; i < raw->count && !read->is_broken; i++)
        if (!take_line(&taking, &reading->raw.line[raw->first + i]))
            return false;
    if (read->is_broken)
        return true;
    if (!taking.has_start) {
        read->is_broken = true;
        return ics_warn(&reading->raw, raw->line, "the event has no DTSTART: it is left out");
    }
    read->event.exdate = read->exdate;
    return settle_end(&taking, raw->line) && settle_uid(&taking, raw->line) &&
           check_rule(&taking, raw->line) && read_rdates(&taking);
}

/* --- one of each UID, with its overrides --- */

static int compare_ids(const struct read_event *a, const struct read_event *b)
{
    if (a->has_recurrence_id != b->has_recurrence_id)
        return a->has_recurrence_id ? 1 : -1;
    if (!a->has_recurrence_id || a->recurrence_id.at == b->recurrence_id.at)
        return 0;
    return a->recurrence_id.at < b->recurrence_id.at ? -1 : 1;
}

/* By UID, the event before its overrides, of the same the newest first. */
static int compare_read(const void *left, const void *right)
{
    const struct read_event *a = *(const struct read_event *const *)left,
                            *b = *(const struct read_event *const *)right;
    int by = text_compare(a->event.uid, b->event.uid);
    if (by == 0)
        by = compare_ids(a, b);
    if (by == 0 && a->event.sequence != b->event.sequence)
        by = a->event.sequence > b->event.sequence ? -1 : 1;
    if (by == 0 && a->stamped != b->stamped)
        by = a->stamped > b->stamped ? -1 : 1;
    if (by == 0)
        by = a->event.line < b->event.line ? 1 : -1;
    return by;
}

static int compare_lines(const void *left, const void *right)
{
    const struct ics_event *a = left, *b = right;
    return a->line < b->line ? -1 : a->line > b->line;
}

static bool same_uid(const struct read_event *a, const struct read_event *b)
{
    return text_equal(a->event.uid, b->event.uid);
}

/* What stands in `group[0 .. count)` has one UID; older ones of the same are dropped already. */
static bool keep_group(struct reading *reading, struct read_event *const *group, size_t count)
{
    struct ics_calendar *calendar = reading->raw.calendar;
    bool has_event = !group[0]->has_recurrence_id;
    if (!has_event) {
        for (size_t i = 0; i < count; i++) {
            calendar->event[calendar->count++] = group[i]->event;
            if (!ics_warn(&reading->raw, group[i]->event.line,
                          "an occurrence of '%.*s' without its event: it stands for itself",
                          TEXT_FMT(text_until_character(group[i]->event.uid, SHOWN))))
                return false;
        }
        return true;
    }
    struct ics_event *event = &calendar->event[calendar->count++];
    struct ics_override *override = call_array(reading->call, count, sizeof *override);
    if (!override)
        return false;
    *event = group[0]->event;
    for (size_t i = 1; i < count; i++)
        override[i - 1] = (struct ics_override){ group[i]->recurrence_id, group[i]->event.start,
                                                 group[i]->event.end, group[i]->event.summary,
                                                 group[i]->event.status };
    event->override = override;
    event->override_count = count - 1;
    return !group[0]->rdates.count || ics_rdates_join(reading->call, &group[0]->rdates, event);
}

static bool gather(struct reading *reading)
{
    struct ics_calendar *calendar = reading->raw.calendar;
    struct read_event **sorted = call_array(reading->call, reading->count + 1, sizeof *sorted);
    size_t count = 0, kept = 0;
    calendar->event = call_array(reading->call, reading->count + 1, sizeof *calendar->event);
    if (!sorted || !calendar->event)
        return false;
    for (size_t i = 0; i < reading->count; i++)
        if (!reading->read[i].is_broken)
            sorted[count++] = &reading->read[i];
    qsort(sorted, count, sizeof *sorted, compare_read);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !same_uid(sorted[i], sorted[kept - 1]) ||
            compare_ids(sorted[i], sorted[kept - 1]) != 0)
            sorted[kept++] = sorted[i];
    for (size_t first = 0, end; first < kept; first = end) {
        end = first + 1;
        while (end < kept && same_uid(sorted[end], sorted[first]))
            end++;
        if (!keep_group(reading, &sorted[first], end - first))
            return false;
    }
    qsort(calendar->event, calendar->count, sizeof *calendar->event, compare_lines);
    return true;
}

bool ics_read(struct call *call, text bytes, struct ics_calendar *calendar)
{
    struct reading reading = { .call = call };
    *calendar = (struct ics_calendar){ .name = TEXT_NONE };
    if (!ics_raw_read(call, bytes, calendar, &reading.raw))
        return false;
    reading.count = reading.raw.event_count;
    reading.read = call_array(call, reading.count + 1, sizeof *reading.read);
    if (!reading.read)
        return false;
    for (size_t i = 0; i < reading.count; i++)
        if (!read_event(&reading, &reading.raw.event[i], &reading.read[i]))
            return false;
    if (calendar->name.at)
        calendar->name = ics_text_unescape(call, calendar->name);
    return gather(&reading);
}
