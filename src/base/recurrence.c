/*
 * See recurrence.h. Days and weeks are counted here: one looks at each day of the range, and where
 * it begins costs nothing. Months and years are libical's, whose parser is passed by: it lets a
 * number end anywhere and fills lists past their end.
 */
#include "base/recurrence.h"
#include "base/recurrence_reach.h"
#include "base/stamp.h"

#include <libical/ical.h>
#include <pthread.h>

enum { WEEKDAYS = 7, MONTHS = 12, FIRST_YEAR = 1600, LAST_YEAR = 2500 };

/* An expansion under way. */
struct walk {
    struct call *call;
    const struct recurrence_rule *rule;
    bool must_match; /* the first day is no instance unless it matches */
    int64_t first_day, from, last; /* `last` is the end of the range, of the rule or of all years */
    struct recurrence_days *days;
    size_t room;
    int64_t taken, steps;
};

/* Monday is 0; 1970-01-01 was a Thursday. */
static int weekday_of(int64_t day)
{
    return (int)(((day + 3) % WEEKDAYS + WEEKDAYS) % WEEKDAYS);
}

static int64_t week_begin(const struct recurrence_rule *rule, int64_t day)
{
    return day - (weekday_of(day) - rule->week_start + WEEKDAYS) % WEEKDAYS;
}

/* --- what every expansion does --- */

static bool is_over(const struct walk *walk)
{
    return walk->rule->count && walk->taken >= walk->rule->count;
}

/* False: no more steps may be made. */
static bool step(struct walk *walk)
{
    if (walk->steps++ < RECURRENCE_STEPS_MAX)
        return true;
    walk->days->is_cut = true;
    return false;
}

/* An instance: kept when it is in the range. False: no memory. */
static bool take(struct walk *walk, int64_t day)
{
    struct recurrence_days *days = walk->days;
    walk->taken++;
    if (day < walk->from || day > walk->last)
        return true;
    int64_t *more = call_more(walk->call, days->day, days->count, &walk->room, sizeof *more);
    if (!more)
        return false;
    days->day = more;
    days->day[days->count++] = day;
    return true;
}

/* Where to look for instances: who has to count them begins at the first day. */
static int64_t walk_begin(const struct walk *walk)
{
    bool may_jump = !walk->rule->count && walk->from > walk->first_day;
    return may_jump ? walk->from : walk->first_day + !walk->must_match;
}

/* --- days and weeks --- */

static bool has_date(const struct recurrence_rule *rule, int64_t at)
{
    if (!recurrence_has(rule, BY_MONTH) && !recurrence_has(rule, BY_MONTH_DAY))
        return true;
    int year, month, day;
    date_from_days(at, &year, &month, &day);
    int64_t next_month = days_from_date(month == 12 ? year + 1 : year, month % 12 + 1, 1);
    return (!recurrence_has(rule, BY_MONTH) || recurrence_lists(rule, BY_MONTH, month, month)) &&
           (!recurrence_has(rule, BY_MONTH_DAY) ||
            recurrence_lists(rule, BY_MONTH_DAY, day, at - next_month));
}

static bool has_weekday(const struct walk *walk, int64_t day)
{
    const struct recurrence_list *list = &walk->rule->by[BY_DAY];
    if (list->count == 0)
        return walk->rule->frequency == RECURRENCE_DAILY ||
               weekday_of(day) == weekday_of(walk->first_day);
    for (size_t i = 0; i < list->count; i++)
        if (recurrence_weekday(list->value[i]) == weekday_of(day))
            return true;
    return false;
}

/* A week belongs to the year that has its fourth day. */
static int week_year(int64_t begin)
{
    int year, month, day;
    date_from_days(begin + 3, &year, &month, &day);
    return year;
}

static bool has_week(const struct recurrence_rule *rule, int64_t begin)
{
    int year = week_year(begin);
    int64_t first = week_begin(rule, days_from_date(year, 1, 4));
    int64_t next = week_begin(rule, days_from_date(year + 1, 1, 4));
    return recurrence_lists(rule, BY_WEEK, (begin - first) / WEEKDAYS + 1,
                            (begin - next) / WEEKDAYS);
}

static bool is_in_period(const struct walk *walk, int64_t day)
{
    const struct recurrence_rule *rule = walk->rule;
    int64_t begin = week_begin(rule, day), first = week_begin(rule, walk->first_day);
    if (rule->frequency == RECURRENCE_DAILY)
        return (day - walk->first_day) % rule->interval == 0;
    if (rule->frequency == RECURRENCE_WEEKLY)
        return (begin - first) / WEEKDAYS % rule->interval == 0;
    return (week_year(begin) - week_year(first)) % rule->interval == 0 && has_week(rule, begin);
}

static bool is_in_set(const struct walk *walk, int64_t day)
{
    return has_weekday(walk, day) && has_date(walk->rule, day);
}

/* Whether the day, which is in its period's set, has one of the positions asked for there. */
static bool has_position(const struct walk *walk, int64_t day)
{
    bool is_weekly = walk->rule->frequency == RECURRENCE_WEEKLY;
    if (!recurrence_has(walk->rule, BY_POSITION))
        return true;
    int64_t begin = is_weekly ? week_begin(walk->rule, day) : day, before = 0, all = 0;
    for (int64_t other = begin; other < begin + (is_weekly ? WEEKDAYS : 1); other++)
        if (is_in_set(walk, other)) {
            before += other < day;
            all++;
        }
    return recurrence_lists(walk->rule, BY_POSITION, before + 1, before - all);
}

static bool walk_days(struct walk *walk)
{
    for (int64_t day = walk_begin(walk); day <= walk->last && !is_over(walk) && step(walk); day++)
        if (is_in_period(walk, day) && is_in_set(walk, day) && has_position(walk, day) &&
            !take(walk, day))
            return false;
    return true;
}

/* --- months and years --- */

static pthread_once_t prepared = PTHREAD_ONCE_INIT;

/* The one setting that is everybody's; the number of the last error is each thread's own. */
static void prepare(void)
{
    icalerror_set_errors_are_fatal(0);
}

/* At midnight: icaltime_null_date has an hour of -1, which the iterator takes for one. */
static struct icaltimetype date_of(int64_t day)
{
    struct icaltimetype date = { .is_date = 1 };
    date_from_days(day, &date.year, &date.month, &date.day);
    return date;
}

/* Its Sunday is 1; the number of a weekday is kept above it, with the sign of both. */
static short weekday_value(int64_t value)
{
    int nth = recurrence_nth(value), weekday = (recurrence_weekday(value) + 1) % WEEKDAYS + 1;
    return (short)(nth < 0 ? nth * 8 - weekday : nth * 8 + weekday);
}

static void fill(short *array, const struct recurrence_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        array[i] = (short)list->value[i];
    array[list->count] = ICAL_RECURRENCE_ARRAY_MAX;
}

/* All lists have room for recurrence_rule's most and an end. Instances are counted here. */
static struct icalrecurrencetype library_rule(const struct walk *walk)
{
    const struct recurrence_rule *rule = walk->rule;
    bool is_yearly = rule->frequency == RECURRENCE_YEARLY;
    struct icalrecurrencetype made;
    icalrecurrencetype_clear(&made);
    made.freq = is_yearly ? ICAL_YEARLY_RECURRENCE : ICAL_MONTHLY_RECURRENCE;
    made.interval = (short)rule->interval;
    made.until = date_of(walk->last);
    made.week_start = (icalrecurrencetype_weekday)((rule->week_start + 1) % WEEKDAYS + 1);
    fill(made.by_day, &rule->by[BY_DAY]);
    for (size_t i = 0; i < rule->by[BY_DAY].count; i++)
        made.by_day[i] = weekday_value(rule->by[BY_DAY].value[i]);
    fill(made.by_month_day, &rule->by[BY_MONTH_DAY]);
    fill(made.by_year_day, &rule->by[BY_YEAR_DAY]);
    fill(made.by_month, &rule->by[BY_MONTH]);
    fill(made.by_set_pos, &rule->by[BY_POSITION]);
    /* Days of a month are those of every month, unless some are named; it alone takes one month. */
    if (is_yearly && recurrence_has(rule, BY_MONTH_DAY) && !recurrence_has(rule, BY_MONTH))
        for (short month = 0; month <= MONTHS; month++)
            made.by_month[month] =
                month < MONTHS ? (short)(month + 1) : (short)ICAL_RECURRENCE_ARRAY_MAX;
    return made;
}

static bool take_all(struct walk *walk, int64_t begin, icalrecur_iterator *iterator)
{
    while (!is_over(walk) && step(walk)) {
        struct icaltimetype date = icalrecur_iterator_next(iterator);
        if (icaltime_is_null_time(date))
            return true;
        int64_t day = days_from_date(date.year, date.month, date.day);
        if (day >= begin && !take(walk, day))
            return false;
    }
    return true;
}

/*
 * No iterator and memory: no day. What the library cannot read was refused before, and what is left
 * is a leap day that the interval steps over for ever.
 */
static bool walk_library(struct walk *walk)
{
    int64_t begin = walk_begin(walk);
    if (begin > walk->last || is_over(walk) || !recurrence_reach(walk->rule, walk->first_day))
        return true;
    pthread_once(&prepared, prepare);
    icalerror_clear_errno();
    icalrecur_iterator *iterator =
        icalrecur_iterator_new(library_rule(walk), date_of(walk->first_day));
    if (!iterator)
        return icalerrno != ICAL_NEWFAILED_ERROR ||
               fail(walk->call, FAIL_INTERNAL, "no memory for the days of a rule");
    bool must_jump = begin > walk->first_day + 1;
    bool is_done = (must_jump && !icalrecur_iterator_set_start(iterator, date_of(begin))) ||
                   take_all(walk, begin, iterator);
    icalrecur_iterator_free(iterator);
    return is_done;
}

/* --- the whole --- */

static bool check_first_day(struct call *call, int64_t first_day)
{
    return (first_day >= days_from_date(FIRST_YEAR, 1, 1) &&
            first_day <= days_from_date(LAST_YEAR, 12, 31)) ||
           fail_at(call, "first_day",
                   "the first day of a rule has to lie in the years %d to %d: give another",
                   FIRST_YEAR, LAST_YEAR);
}

static bool is_walked(const struct recurrence_rule *rule)
{
    return rule->frequency <= RECURRENCE_WEEKLY || recurrence_has(rule, BY_WEEK);
}

/* The instances that are looked for. */
static bool walk_all(struct walk *walk)
{
    return is_walked(walk->rule) ? walk_days(walk) : walk_library(walk);
}

static bool expand(struct call *call, text source, bool must_match, int64_t first_day,
                   int64_t from, int64_t to, struct recurrence_days *days)
{
    struct recurrence_rule rule;
    *days = (struct recurrence_days){ NULL, 0, false };
    if (!recurrence_rule_read(call, source, &rule) || !check_first_day(call, first_day))
        return false;
    int64_t last = days_from_date(LAST_YEAR, 12, 31);
    bool ends_before = to <= last || (rule.has_until && rule.until <= last);
    last = to < last ? to : last;
    last = rule.has_until && rule.until < last ? rule.until : last;
    struct walk walk = { call, &rule, must_match, first_day, from, last, days, 0, 0, 0 };
    if (from > to || (rule.has_until && rule.until < first_day))
        return true;
    if ((!must_match && !take(&walk, first_day)) || !walk_all(&walk))
        return false;
    days->is_cut = days->is_cut || !(ends_before || is_over(&walk));
    return true;
}

bool recurrence_days(struct call *call, text source, int64_t first_day, int64_t from, int64_t to,
                     struct recurrence_days *days)
{
    return expand(call, source, false, first_day, from, to, days);
}

bool recurrence_days_matching(struct call *call, text source, int64_t first_day, int64_t from,
                              int64_t to, struct recurrence_days *days)
{
    return expand(call, source, true, first_day, from, to, days);
}
