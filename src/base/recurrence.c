/* See recurrence.h. */
#include "base/recurrence.h"

#include "base/stamp.h"

#include <libical/ical.h>
#include <pthread.h>

enum { RULE_BYTES_MAX = 500, YEARS_LOOKED_AHEAD = 40, DAYS_OF_YEAR = 366, DAYS_OF_WEEK = 7 };

/* --- reading --- */

/* The parts of a rule that we know, and what may stand for them here. */
enum part { FREQ, INTERVAL, COUNT, UNTIL, WKST, BYDAY, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYMONTH,
            BYSETPOS, PART_COUNT };

static const char *const part_words[PART_COUNT] = {
    "FREQ",      "INTERVAL", "COUNT",   "UNTIL",    "WKST",     "BYDAY", "BYMONTHDAY",
    "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS",
};

struct rule {
    text part[PART_COUNT]; /* TEXT_NONE: not there */
    int64_t last_day;      /* of UNTIL */
    struct icalrecurrencetype recurrence;
};

/* A broken rule is the caller's to tell of, not a reason to end the program. */
static void quiet_libical(void)
{
    icalerror_set_errors_are_fatal(0);
}

static bool refuse(struct call *call, text rule, const char *why)
{
    return fail_at(call, "rule", "the rule '%.*s' %s",
                   TEXT_FMT(text_until_character(rule, RULE_BYTES_MAX)), why);
}

static bool split_part(struct call *call, text rule, text part, struct rule *read)
{
    text value;
    text name = text_cut(part, '=', &value);
    for (int i = 0; i < PART_COUNT; i++) {
        if (!text_same_word(name, text_of(part_words[i])))
            continue;
        if (read->part[i].at)
            return refuse(call, rule, "says a part twice: keep one");
        read->part[i] = value;
        return value.size > 0 ||
               refuse(call, rule, "has a part without a value: write FREQ=WEEKLY");
    }
    if (text_same_word(name, TEXT("BYHOUR")) || text_same_word(name, TEXT("BYMINUTE")) ||
        text_same_word(name, TEXT("BYSECOND")))
        return refuse(call, rule, "has a time of day: that is a field of its own");
    return refuse(call, rule,
                  "has a part that is not known: use FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, "
                  "BYSETPOS, COUNT or UNTIL");
}

static bool check_frequency(struct call *call, text rule, text word)
{
    static const char *const known[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
    static const char *const finer[] = { "HOURLY", "MINUTELY", "SECONDLY" };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_same_word(word, text_of(known[i])))
            return true;
    for (size_t i = 0; i < sizeof finer / sizeof *finer; i++)
        if (text_same_word(word, text_of(finer[i])))
            return refuse(call, rule, "asks for more than once a day: a ritual has days");
    return refuse(call, rule, "has no frequency: begin it with FREQ=WEEKLY, DAILY, MONTHLY or "
                              "YEARLY");
}

/* "20261231", or with a time after it; libical takes months that there are not. */
static bool read_until(struct call *call, text rule, struct rule *read)
{
    text word = read->part[UNTIL];
    if (!word.at)
        return true;
    text date = call_format(call, "%.*s-%.*s-%.*s", TEXT_FMT(text_until(word, 4)),
                            TEXT_FMT(text_until(text_from(word, 4), 2)),
                            TEXT_FMT(text_until(text_from(word, 6), 2)));
    return date.at && (date_read(date, &read->last_day) ||
                       refuse(call, rule, "has an end that is no day: write UNTIL=20261231"));
}

static bool read_rule(struct call *call, text rule, struct rule *read)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    text rest = text_trim(rule);
    *read = (struct rule){ .part = { TEXT_NONE } };
    if (rest.size == 0 || rest.size > RULE_BYTES_MAX)
        return refuse(call, rule, "is empty or too long: write it like FREQ=WEEKLY;BYDAY=MO");
    while (rest.size) {
        text part = text_cut(rest, ';', &rest);
        if (part.size && !split_part(call, rule, part, read))
            return false;
    }
    if (!check_frequency(call, rule, read->part[FREQ]))
        return false;
    if (read->part[COUNT].at && read->part[UNTIL].at)
        return refuse(call, rule, "ends by COUNT and by UNTIL: keep one");
    if (!read_until(call, rule, read))
        return false;
    const char *string = call_string(call, text_trim(rule));
    if (!string)
        return false;
    pthread_once(&once, quiet_libical);
    read->recurrence = icalrecurrencetype_from_string(string);
    if (read->recurrence.freq == ICAL_NO_RECURRENCE)
        return refuse(call, rule, "cannot be read: write it like FREQ=WEEKLY;BYDAY=MO");
    return true;
}

/* --- expanding --- */

static struct icaltimetype time_of_day(int64_t day)
{
    int year, month, date;
    date_from_days(day, &year, &month, &date);
    return (struct icaltimetype){ .year = year, .month = month, .day = date, .is_date = 1 };
}

static int64_t day_of_time(struct icaltimetype at)
{
    return days_from_date(at.year, at.month, at.day);
}

static bool keep_day(struct call *call, int64_t day, size_t *room, struct recurrence_days *days)
{
    if (days->count && days->day[days->count - 1] >= day)
        return true;
    days->day = call_more(call, days->day, days->count, room, sizeof *days->day);
    if (!days->day)
        return false;
    days->day[days->count++] = day;
    return true;
}

/*
 * Where to begin so that nothing is lost: by whole intervals after the first day, as near to `from`
 * as they reach. libical can jump by itself, and then takes the wrong ones of every second week.
 * What counts instances, and months and years, of which there are few, is walked from the start.
 */
static int64_t begin_near(const struct rule *rule, int64_t first_day, int64_t from)
{
    bool is_weekly = rule->recurrence.freq == ICAL_WEEKLY_RECURRENCE;
    if (rule->part[COUNT].at || (!is_weekly && rule->recurrence.freq != ICAL_DAILY_RECURRENCE))
        return first_day;
    int64_t days = rule->recurrence.interval * (is_weekly ? DAYS_OF_WEEK : 1);
    return from - first_day > days ? first_day + ((from - first_day) / days - 1) * days : first_day;
}

static bool walk(struct call *call, icalrecur_iterator *iterator, int64_t from, int64_t to,
                 size_t *room, struct recurrence_days *days)
{
    for (int step = 0; step < RECURRENCE_STEPS_MAX; step++) {
        struct icaltimetype next = icalrecur_iterator_next(iterator);
        if (icaltime_is_null_time(next) || day_of_time(next) > to)
            return true;
        if (day_of_time(next) >= from && !keep_day(call, day_of_time(next), room, days))
            return false;
    }
    days->is_cut = true;
    return true;
}

static bool expand(struct call *call, struct rule *rule, int64_t first_day, int64_t from,
                   int64_t to, struct recurrence_days *days)
{
    size_t room = 0;
    *days = (struct recurrence_days){ .day = NULL };
    if (from < first_day)
        from = first_day;
    if (from > to)
        return true;
    icalrecur_iterator *iterator =
        icalrecur_iterator_new(rule->recurrence, time_of_day(begin_near(rule, first_day, from)));
    if (!iterator)
        return fail_at(call, "rule", "the rule never occurs: look at its months and days, and at "
                                     "parts that do not go together");
    bool done = walk(call, iterator, from, to, &room, days);
    icalrecur_iterator_free(iterator);
    return done;
}

bool recurrence_days(struct call *call, text rule, int64_t first_day, int64_t from, int64_t to,
                     struct recurrence_days *days)
{
    struct rule read;
    return read_rule(call, rule, &read) && expand(call, &read, first_day, from, to, days);
}

/* --- writing --- */

static bool is_frequency(const struct rule *rule, const char *word)
{
    return text_same_word(rule->part[FREQ], text_of(word));
}

static bool check_number(struct call *call, text rule, text word, const char *why)
{
    int64_t number;
    return !word.at || (text_to_int(word, &number) && number >= 1 && number <= INT16_MAX) ||
           refuse(call, rule, why);
}

static bool has_leap_day(const struct rule *rule)
{
    const short *day = rule->recurrence.by_month_day;
    for (int i = 0; i < ICAL_BY_MONTHDAY_SIZE && day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
        if (day[i] == 29)
            return true;
    return false;
}

/* Readers of calendars disagree on these: libical and dateutil give other days. */
static bool check_same_to_all(struct call *call, text rule, const struct rule *read)
{
    bool is_yearly = is_frequency(read, "YEARLY");
    if (read->part[BYWEEKNO].at && !read->part[BYDAY].at)
        return refuse(call, rule, "names weeks without a weekday: add BYDAY");
    if (is_yearly && has_leap_day(read))
        return refuse(call, rule, "names the 29th every year, which calendars read differently: "
                                  "use FREQ=MONTHLY;INTERVAL=12");
    if (is_frequency(read, "WEEKLY") && read->part[BYSETPOS].at)
        return refuse(call, rule, "picks places within a week, which calendars read differently: "
                                  "name the weekdays");
    return true;
}

static bool check_until(struct call *call, text rule, const struct rule *read, int64_t first_day)
{
    return !read->part[UNTIL].at || read->last_day >= first_day ||
           refuse(call, rule, "ends before it begins: move UNTIL or the first day");
}

static bool check_occurs(struct call *call, text rule, struct rule *read, int64_t first_day)
{
    struct recurrence_days days;
    return expand(call, read, first_day, first_day,
                  first_day + YEARS_LOOKED_AHEAD * DAYS_OF_YEAR, &days) &&
           (days.count > 0 || refuse(call, rule, "never occurs: look at its months and days"));
}

bool recurrence_check(struct call *call, text rule, int64_t first_day)
{
    struct rule read;
    return read_rule(call, rule, &read) &&
           check_number(call, rule, read.part[INTERVAL], "has an INTERVAL that is no number from "
                                                         "1 on") &&
           check_number(call, rule, read.part[COUNT], "has a COUNT that is no number from 1 on") &&
           check_until(call, rule, &read, first_day) &&
           check_same_to_all(call, rule, &read) && check_occurs(call, rule, &read, first_day);
}
