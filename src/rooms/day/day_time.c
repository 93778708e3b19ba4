/* See day.h: days of people. */
#include "base/stamp.h"
#include "rooms/day/day.h"
#include "rooms/people/people.h"

bool day_today(struct call *call, rid person, int64_t *day, text *zone)
{
    int seconds;
    if (!people_person_zone(call, person, zone) || !zone_offset(call, *zone, call->now, &seconds))
        return false;
    stamp local = call->now + seconds * STAMP_SECOND;
    *day = local / STAMP_DAY - (local % STAMP_DAY < 0);
    return true;
}

bool day_begin(struct call *call, text zone, int64_t day, stamp *at)
{
    return stamp_from_local(call, zone, day * STAMP_DAY, at);
}

/* The days since the last one of that weekday are counted from Monday, 1970-01-05. */
static bool read_weekday(text word, int64_t today, int64_t *day)
{
    static const char *const weekdays[] = { "monday", "tuesday",  "wednesday", "thursday",
                                            "friday", "saturday", "sunday" };
    int64_t now = ((today - 4) % 7 + 7) % 7;
    for (int i = 0; i < 7; i++) {
        text name = text_of(weekdays[i]);
        if (!text_same_word(word, name) && !text_same_word(word, text_until(name, 3)))
            continue;
        int64_t ahead = (i - now + 7) % 7;
        *day = today + (ahead ? ahead : 7);
        return true;
    }
    return false;
}

bool day_read(text word, int64_t today, int64_t *day)
{
    bool is_today = text_same_word(word, TEXT("today"));
    if (is_today || text_same_word(word, TEXT("tomorrow"))) {
        *day = today + !is_today;
        return true;
    }
    return read_weekday(word, today, day) || date_read(word, day);
}
