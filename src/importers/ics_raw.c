/* See ics_raw.h. */
#include "importers/ics_raw.h"

#include "base/ics_text.h"

#include <stdarg.h>
#include <stdio.h>

enum { NAME_SHOWN = 60 };

/* --- warnings --- */

bool ics_warn(struct ics_raw *raw, size_t line, const char *format, ...)
{
    struct ics_calendar *calendar = raw->calendar;
    char words[512];
    va_list arguments;
    if (calendar->warning_count == ICS_WARNINGS_MAX)
        return true;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    calendar->warning = call_more(raw->call, calendar->warning, calendar->warning_count,
                                  &raw->warning_room, sizeof *calendar->warning);
    if (!calendar->warning)
        return false;
    text sentence = call_format(raw->call, "line %zu: %s", line, words);
    calendar->warning[calendar->warning_count++] = sentence;
    return sentence.at != NULL;
}

/* --- times --- */

static bool digits_at(text word, size_t at, size_t count, int *value)
{
    *value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= word.size || word.at[i] < '0' || word.at[i] > '9')
            return false;
        *value = *value * 10 + (word.at[i] - '0');
    }
    return true;
}

bool ics_time_read(text word, bool *is_day, bool *is_utc, stamp *at)
{
    int hour, minute, second;
    char date[] = "yyyy-mm-dd";
    int64_t days;
    word = text_trim(word);
    *is_day = word.size == 8;
    *is_utc = word.size == 16 && (word.at[15] == 'Z' || word.at[15] == 'z');
    if (word.size < 8)
        return false;
    memcpy(date, word.at, 4);
    memcpy(date + 5, word.at + 4, 2);
    memcpy(date + 8, word.at + 6, 2);
    if (!date_read(text_of(date), &days))
        return false;
    *at = days * STAMP_DAY;
    if (*is_day)
        return true;
    if ((word.size != 15 && !*is_utc) || (word.at[8] != 'T' && word.at[8] != 't') ||
        !digits_at(word, 9, 2, &hour) || !digits_at(word, 11, 2, &minute) ||
        !digits_at(word, 13, 2, &second) || hour > 23 || minute > 59 || second > 60)
        return false;
    /* A leap second is told as the second before it. */
    *at += ((hour * 60 + minute) * 60 + (second > 59 ? 59 : second)) * STAMP_SECOND;
    return true;
}

/* --- components --- */

enum component { COMPONENT_OTHER, COMPONENT_CALENDAR, COMPONENT_EVENT, COMPONENT_ZONE,
                 COMPONENT_OBSERVANCE };

static const struct {
    const char *name;
    enum component component;
} components[] = {
    { "VCALENDAR", COMPONENT_CALENDAR },   { "VEVENT", COMPONENT_EVENT },
    { "VTIMEZONE", COMPONENT_ZONE },       { "STANDARD", COMPONENT_OBSERVANCE },
    { "DAYLIGHT", COMPONENT_OBSERVANCE },
};

struct opened {
    text name;
    enum component component;
    size_t line;
};

struct reading {
    struct ics_raw *raw;
    struct opened opened[ICS_DEPTH_MAX];
    size_t depth;
    bool has_calendar;
    struct ics_raw_event event;
    struct ics_zone zone;
    struct ics_observance observance;
};

static enum component component_of(text name)
{
    for (size_t i = 0; i < sizeof components / sizeof *components; i++)
        if (text_same_word(name, text_of(components[i].name)))
            return components[i].component;
    return COMPONENT_OTHER;
}

static enum component innermost(const struct reading *reading)
{
    return reading->depth ? reading->opened[reading->depth - 1].component : COMPONENT_OTHER;
}

static bool begin(struct reading *reading, text name, size_t number)
{
    enum component component = component_of(name);
    if (reading->depth == ICS_DEPTH_MAX)
        return fail(reading->raw->call, FAIL_TOO_LARGE,
                    "line %zu: components lie %d deep in each other: more is not read", number,
                    ICS_DEPTH_MAX);
    reading->opened[reading->depth++] = (struct opened){ name, component, number };
    reading->has_calendar |= component == COMPONENT_CALENDAR;
    if (component == COMPONENT_EVENT)
        reading->event = (struct ics_raw_event){ reading->raw->line_count, 0, number };
    else if (component == COMPONENT_ZONE)
        reading->zone = (struct ics_zone){ .tzid = TEXT_NONE };
    else if (component == COMPONENT_OBSERVANCE)
        reading->observance = (struct ics_observance){ .rrule = TEXT_NONE };
    return true;
}

static bool keep_event(struct reading *reading)
{
    struct ics_raw *raw = reading->raw;
    if (raw->event_count == ICS_EVENTS_MAX)
        return fail(raw->call, FAIL_TOO_LARGE, "the calendar has more than %d events",
                    ICS_EVENTS_MAX);
    raw->event = call_more(raw->call, raw->event, raw->event_count, &raw->event_room,
                           sizeof *raw->event);
    if (!raw->event)
        return false;
    reading->event.count = raw->line_count - reading->event.first;
    raw->event[raw->event_count++] = reading->event;
    return true;
}

static bool keep_zone(struct reading *reading)
{
    struct ics_zones *zones = &reading->raw->zones;
    bool says_nothing = !reading->zone.iana.at && !reading->zone.count;
    if (!reading->zone.tzid.at || says_nothing ||
        ics_zones_find(reading->raw->call, zones, reading->zone.tzid))
        return reading->raw->call->fail.kind == FAIL_NONE;
    zones->zone = call_more(reading->raw->call, zones->zone, zones->count, &zones->room,
                            sizeof *zones->zone);
    if (!zones->zone)
        return false;
    zones->zone[zones->count++] = reading->zone;
    return true;
}

static bool keep_observance(struct reading *reading)
{
    struct ics_zone *zone = &reading->zone;
    zone->observance = call_more(reading->raw->call, zone->observance, zone->count, &zone->room,
                                 sizeof *zone->observance);
    if (!zone->observance)
        return false;
    zone->observance[zone->count++] = reading->observance;
    return true;
}

static bool close_one(struct reading *reading)
{
    switch (reading->opened[--reading->depth].component) {
    case COMPONENT_EVENT:
        return keep_event(reading);
    case COMPONENT_ZONE:
        return keep_zone(reading);
    case COMPONENT_OBSERVANCE:
        return keep_observance(reading);
    case COMPONENT_OTHER:
    case COMPONENT_CALENDAR:
        break;
    }
    return true;
}

/* What was not closed within it is broken, and left out. */
static bool end(struct reading *reading, text name, size_t number)
{
    size_t depth = reading->depth;
    while (depth && !text_same_word(reading->opened[depth - 1].name, name))
        depth--;
    if (depth == 0)
        return ics_warn(reading->raw, number, "'END:%.*s' closes what was not begun",
                        TEXT_FMT(text_until_character(name, NAME_SHOWN)));
    for (; reading->depth > depth; reading->depth--) {
        const struct opened *open = &reading->opened[reading->depth - 1];
        if (!ics_warn(reading->raw, open->line, "the %.*s that begins here does not end: it is "
                      "left out", TEXT_FMT(text_until_character(open->name, NAME_SHOWN))))
            return false;
    }
    return close_one(reading);
}

/* --- properties --- */

static bool take_event_line(struct reading *reading, const struct ics_property *property,
                            size_t number)
{
    struct ics_raw *raw = reading->raw;
    raw->line = call_more(raw->call, raw->line, raw->line_count, &raw->line_room,
                          sizeof *raw->line);
    if (!raw->line)
        return false;
    raw->line[raw->line_count++] = (struct ics_line){ *property, number };
    return true;
}

static void take_observance_line(struct reading *reading, const struct ics_property *property)
{
    struct ics_observance *observance = &reading->observance;
    bool is_day, is_utc;
    if (text_same_word(property->name, TEXT("DTSTART")))
        ics_time_read(property->value, &is_day, &is_utc, &observance->start);
    else if (text_same_word(property->name, TEXT("TZOFFSETFROM")))
        ics_offset_read(text_trim(property->value), &observance->from_seconds);
    else if (text_same_word(property->name, TEXT("TZOFFSETTO")))
        ics_offset_read(text_trim(property->value), &observance->to_seconds);
    else if (text_same_word(property->name, TEXT("RRULE")))
        observance->rrule = property->value;
}

/* The place that a zone's definition names beside its own word for it. */
static void take_zone_line(struct reading *reading, const struct ics_property *property)
{
    if (text_same_word(property->name, TEXT("TZID")))
        reading->zone.tzid = text_trim(property->value);
    else if (text_same_word(property->name, TEXT("X-LIC-LOCATION")) &&
             zone_is_known(text_trim(property->value)))
        reading->zone.iana = text_trim(property->value);
}

static bool take_calendar_line(struct reading *reading, const struct ics_property *property)
{
    struct ics_raw *raw = reading->raw;
    if (text_same_word(property->name, TEXT("X-WR-TIMEZONE")))
        raw->zone_name = text_trim(property->value);
    else if (text_same_word(property->name, TEXT("X-WR-CALNAME")))
        return (raw->calendar->name = ics_text_unescape(raw->call, property->value)).at != NULL;
    return true;
}

static bool take_line(struct reading *reading, text line, size_t number)
{
    struct ics_property property;
    if (!ics_property_read(line, &property))
        return ics_warn(reading->raw, number, "'%.*s' is no line of a calendar: it is passed over",
                        TEXT_FMT(text_until_character(line, NAME_SHOWN)));
    if (text_same_word(property.name, TEXT("BEGIN")))
        return begin(reading, text_trim(property.value), number);
    if (text_same_word(property.name, TEXT("END")))
        return end(reading, text_trim(property.value), number);
    switch (innermost(reading)) {
    case COMPONENT_EVENT:
        return take_event_line(reading, &property, number);
    case COMPONENT_OBSERVANCE:
        take_observance_line(reading, &property);
        return true;
    case COMPONENT_ZONE:
        take_zone_line(reading, &property);
        return true;
    case COMPONENT_CALENDAR:
        return take_calendar_line(reading, &property);
    case COMPONENT_OTHER:
        break;
    }
    return true;
}

/* --- bytes that are no characters --- */

static bool mend(struct ics_raw *raw, text *line, size_t number)
{
    struct out out;
    bool has_nul = memchr(line->at, '\0', line->size);
    if (!has_nul && text_is_utf8(*line))
        return true;
    out_init(&out, raw->call);
    for (text rest = *line; rest.size;) {
        size_t size = *rest.at ? text_character(rest) : 0;
        out_text(&out, size ? text_until(rest, size) : TEXT("\xEF\xBF\xBD"));
        rest = text_from(rest, size ? size : 1);
    }
    *line = out_view(&out);
    return line->at && ics_warn(raw, number,
                                has_nul ? "bytes that no text has (NUL) are replaced"
                                        : "bytes that are no UTF-8 are replaced");
}

bool ics_raw_read(struct call *call, text bytes, struct ics_calendar *calendar,
                  struct ics_raw *raw)
{
    struct reading reading = { .raw = raw };
    struct ics_lines lines;
    text line;
    size_t number;
    *raw = (struct ics_raw){ .call = call, .calendar = calendar };
    if (bytes.size > ICS_BYTES_MAX)
        return fail(call, FAIL_TOO_LARGE,
                    "the calendar is larger than the %d MB that are read: split it",
                    ICS_BYTES_MAX / (1024 * 1024));
    if (!ics_lines_open(call, bytes, &lines))
        return false;
    while (ics_lines_next(&lines, &line, &number))
        if (!mend(raw, &line, number) || !take_line(&reading, line, number))
            return false;
    if (!reading.has_calendar)
        return fail(call, FAIL_INVALID,
                    "this is no calendar: a line 'BEGIN:VCALENDAR' is missing; give an .ics file");
    for (; reading.depth; reading.depth--) {
        const struct opened *open = &reading.opened[reading.depth - 1];
        if (!ics_warn(raw, open->line, "the file ends within the %.*s that begins here%s",
                      TEXT_FMT(text_until_character(open->name, NAME_SHOWN)),
                      open->component == COMPONENT_EVENT ? ": it is left out" : ""))
            return false;
    }
    return true;
}
