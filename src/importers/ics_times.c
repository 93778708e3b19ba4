/* See ics_times.h. */
#include "importers/ics_times.h"

enum { SHOWN = 60 };

static bool unknown_zone(struct ics_raw *raw, size_t line, text tzid, bool *is_known)
{
    *is_known = false;
    return ics_warn(raw, line, "nobody knows the zone '%.*s', and the file does not say: "
                    "the event is left out", TEXT_FMT(text_until_character(tzid, SHOWN)));
}

/*
 * The zone of a property's times; NULL in `*zone` is UTC. A time without one is the calendar's,
 * else UTC. `*is_known` false: the event is left out, and that is told.
 */
static bool zone_of(struct ics_raw *raw, const struct ics_line *line,
                    const struct ics_zone **zone, bool *is_known)
{
    text tzid = ics_parameter(&line->property, "TZID");
    *is_known = true;
    *zone = NULL;
    if (!tzid.at)
        tzid = raw->zone_name;
    if (!tzid.at)
        return ics_warn(raw, line->number,
                        "'%.*s' has no zone: it is taken as UTC",
                        TEXT_FMT(text_until_character(line->property.value, SHOWN)));
    *zone = ics_zones_find(raw->call, &raw->zones, tzid);
    if (*zone || raw->call->fail.kind != FAIL_NONE)
        return *zone != NULL;
    return unknown_zone(raw, line->number, tzid, is_known);
}

bool ics_times_read(struct ics_raw *raw, const struct ics_line *line, text word,
                    struct ics_time *time, text *name, bool *is_good)
{
    const struct ics_zone *zone;
    bool is_utc;
    stamp local;
    *name = TEXT_NONE;
    *is_good = ics_time_read(word, &time->is_day, &is_utc, &local);
    if (!*is_good)
        return ics_warn(raw, line->number, "'%.*s' is no time: the event is left out",
                        TEXT_FMT(text_until_character(word, SHOWN)));
    time->at = local;
    if (time->is_day)
        return true;
    if (is_utc) {
        *name = TEXT("UTC");
        return true;
    }
    if (!zone_of(raw, line, &zone, is_good))
        return false;
    if (!*is_good || !zone)
        return true;
    *name = zone->iana.at ? zone->iana : zone->tzid;
    return ics_zone_instant(raw->call, zone, local, &time->at);
}

bool ics_times_length(text word, stamp *length)
{
    static const struct {
        char letter;
        stamp length;
    } units[] = { { 'W', 7 * STAMP_DAY }, { 'D', STAMP_DAY },     { 'H', STAMP_HOUR },
                  { 'M', STAMP_MINUTE },  { 'S', STAMP_SECOND } };
    bool is_back = text_starts(word, TEXT("-")), has_part = false;
    int64_t number = -1;
    *length = 0;
    if (is_back || text_starts(word, TEXT("+")))
        word = text_from(word, 1);
    if (word.size == 0 || (word.at[0] != 'P' && word.at[0] != 'p'))
        return false;
    for (size_t i = 1; i < word.size; i++) {
        char c = word.at[i];
        if (c >= '0' && c <= '9') {
            number = (number < 0 ? 0 : number) * 10 + (c - '0');
            if (number > 100000000)
                return false;
            continue;
        }
        if ((c == 'T' || c == 't') && number < 0)
            continue;
        size_t unit = 0;
        while (unit < sizeof units / sizeof *units && units[unit].letter != (c & ~0x20))
            unit++;
        if (unit == sizeof units / sizeof *units || number < 0)
            return false;
        *length += number * units[unit].length;
        number = -1;
        has_part = true;
    }
    if (is_back)
        *length = -*length;
    return has_part && number < 0;
}
