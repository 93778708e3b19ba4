/*
 * See ics_zone.h. The database knows instants, not rules: ten years of them are asked for, and the
 * rule that gives all of them is looked for.
 */
#include "base/ics_zone.h"

enum {
    YEARS = 10,
    CHANGES_MAX = 64,
    WEEKDAYS = 7,
    FIRST_YEAR = 1970,
    DAYS_OF_YEAR = 365,
};

/* One change of the clock, as the clock before it showed it. */
struct change {
    int before, since; /* offsets in seconds */
    int year, month, day, weekday, seconds; /* Monday is 0 */
    int month_days;
};

struct changes {
    struct change change[CHANGES_MAX];
    size_t count;
};

/* --- what the database says --- */

static bool read_change(struct call *call, text zone, stamp at, struct change *change)
{
    if (!zone_offset(call, zone, at - STAMP_SECOND, &change->before) ||
        !zone_offset(call, zone, at, &change->since))
        return false;
    stamp local = at + change->before * STAMP_SECOND;
    stamp of_day = (local % STAMP_DAY + STAMP_DAY) % STAMP_DAY;
    int64_t day = (local - of_day) / STAMP_DAY;
    date_from_days(day, &change->year, &change->month, &change->day);
    change->weekday = (int)(((day + 3) % WEEKDAYS + WEEKDAYS) % WEEKDAYS);
    change->seconds = (int)(of_day / STAMP_SECOND);
    int64_t next = days_from_date(change->year + change->month / 12, change->month % 12 + 1, 1);
    change->month_days = (int)(next - days_from_date(change->year, change->month, 1));
    return true;
}

static bool read_changes(struct call *call, text zone, stamp from, struct changes *changes)
{
    stamp at = from, until = from + (stamp)YEARS * DAYS_OF_YEAR * STAMP_DAY;
    bool has_one = true;
    changes->count = 0;
    while (changes->count < CHANGES_MAX) {
        if (!zone_next_change(call, zone, at, &at, &has_one))
            return false;
        if (!has_one || at >= until)
            return true;
        if (!read_change(call, zone, at, &changes->change[changes->count]))
            return false;
        changes->count++;
    }
    return true;
}

/* --- rules --- */

static bool is_alike(const struct change *one, const struct change *other)
{
    return one->month == other->month && one->weekday == other->weekday &&
           one->seconds == other->seconds && one->before == other->before &&
           one->since == other->since;
}

/* Two changes a year, and each year the same two. */
static bool is_yearly(const struct changes *changes)
{
    if (changes->count < 2 * (YEARS - 1))
        return false;
    for (size_t i = 2; i < changes->count; i++)
        if (!is_alike(&changes->change[i], &changes->change[i % 2]) ||
            changes->change[i].year != changes->change[i - 2].year + 1)
            return false;
    return true;
}

/* The days of the month on which the changes at first, first + 2, ... are. */
static void day_range(const struct changes *changes, size_t first, int *lowest, int *highest,
                      bool *is_last)
{
    *lowest = 31;
    *highest = 0;
    *is_last = true;
    for (size_t i = first; i < changes->count; i += 2) {
        const struct change *change = &changes->change[i];
        *lowest = change->day < *lowest ? change->day : *lowest;
        *highest = change->day > *highest ? change->day : *highest;
        *is_last &= change->day > change->month_days - WEEKDAYS;
    }
}

/* "2SU", "-1SU", or "FR" with the seven days among which it is. False: no rule gives them. */
static bool find_rule(const struct changes *changes, size_t first, struct out *rule)
{
    static const char *const day_words[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
    const struct change *change = &changes->change[first];
    int lowest, highest;
    bool is_last;
    day_range(changes, first, &lowest, &highest, &is_last);
    out_format(rule, "FREQ=YEARLY;BYMONTH=%d;BYDAY=", change->month);
    if (is_last) {
        out_format(rule, "-1%s", day_words[change->weekday]);
        return true;
    }
    if ((lowest - 1) / WEEKDAYS == (highest - 1) / WEEKDAYS) {
        out_format(rule, "%d%s", (lowest - 1) / WEEKDAYS + 1, day_words[change->weekday]);
        return true;
    }
    out_format(rule, "%s;BYMONTHDAY=", day_words[change->weekday]);
    for (int day = highest - WEEKDAYS + 1; day <= highest; day++)
        out_format(rule, "%s%d", day == highest - WEEKDAYS + 1 ? "" : ",", day);
    return highest - lowest < WEEKDAYS && highest >= WEEKDAYS;
}

/* The day in 1970 on which the rule of those changes would have been: the first of its kind. */
static int first_day(const struct changes *changes, size_t first)
{
    const struct change *change = &changes->change[first];
    int lowest, highest, begin;
    bool is_last;
    day_range(changes, first, &lowest, &highest, &is_last);
    int64_t next = days_from_date(FIRST_YEAR + change->month / 12, change->month % 12 + 1, 1);
    int64_t month = days_from_date(FIRST_YEAR, change->month, 1);
    if (is_last)
        begin = (int)(next - month) - WEEKDAYS + 1;
    else if ((lowest - 1) / WEEKDAYS == (highest - 1) / WEEKDAYS)
        begin = (lowest - 1) / WEEKDAYS * WEEKDAYS + 1;
    else
        begin = highest - WEEKDAYS + 1;
    int weekday = (int)((month + begin - 1 + 3) % WEEKDAYS);
    return begin + (change->weekday - weekday + WEEKDAYS) % WEEKDAYS;
}

/* --- writing --- */

static void write_offset(struct out *out, const char *name, int seconds)
{
    int size = seconds < 0 ? -seconds : seconds;
    out_format(out, "%s:%c%02d%02d", name, seconds < 0 ? '-' : '+', size / 3600, size / 60 % 60);
    if (size % 60)
        out_format(out, "%02d", size % 60);
    out_string(out, "\r\n");
}

/* The greater offset is the summer's, also where the law calls the winter an exception. */
static void write_observance(struct out *out, const struct change *change, int year, int month,
                             int day, text rule)
{
    const char *kind = change->since > change->before ? "DAYLIGHT" : "STANDARD";
    out_format(out, "BEGIN:%s\r\nDTSTART:%04d%02d%02dT%02d%02d%02d\r\n", kind, year, month, day,
               change->seconds / 3600, change->seconds / 60 % 60, change->seconds % 60);
    write_offset(out, "TZOFFSETFROM", change->before);
    write_offset(out, "TZOFFSETTO", change->since);
    if (rule.size)
        out_format(out, "RRULE:%.*s\r\n", TEXT_FMT(rule));
    out_format(out, "END:%s\r\n", kind);
}

/* What holds before the first change, and for good where there is none. */
static bool write_beginning(struct call *call, text zone, stamp from, struct out *out)
{
    struct change none = { .seconds = 0 };
    if (!zone_offset(call, zone, from, &none.since))
        return false;
    none.before = none.since;
    write_observance(out, &none, FIRST_YEAR, 1, 1, TEXT_NONE);
    return true;
}

static bool write_each(struct call *call, text zone, stamp from, const struct changes *changes,
                       struct out *out)
{
    if (!write_beginning(call, zone, from, out))
        return false;
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->change[i];
        write_observance(out, change, change->year, change->month, change->day, TEXT_NONE);
    }
    return true;
}

static void write_rules(const struct changes *changes, const struct out rule[2], struct out *out)
{
    for (size_t i = 0; i < 2; i++)
        write_observance(out, &changes->change[i], FIRST_YEAR, changes->change[i].month,
                         first_day(changes, i), out_view(&rule[i]));
}

bool ics_zone_write(struct call *call, text zone, stamp from, struct out *out)
{
    struct changes changes;
    struct out rule[2];
    out_init(&rule[0], call);
    out_init(&rule[1], call);
    if (!read_changes(call, zone, from, &changes))
        return false;
    out_format(out, "BEGIN:VTIMEZONE\r\nTZID:%.*s\r\n", TEXT_FMT(zone));
    if (is_yearly(&changes) && find_rule(&changes, 0, &rule[0]) &&
        find_rule(&changes, 1, &rule[1]))
        write_rules(&changes, rule, out);
    else if (!write_each(call, zone, from, &changes, out))
        return false;
    out_string(out, "END:VTIMEZONE\r\n");
    return !out->failed;
}
