/* See rituals.h. */
#include "engine/rituals.h"

#include <stdlib.h>

/* --- lists of days --- */

static int by_day(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

struct day_list rituals_days(int64_t *day, size_t count)
{
    struct day_list list = { day, 0 };
    qsort(day, count, sizeof *day, by_day);
    for (size_t i = 0; i < count; i++)
        if (list.count == 0 || day[list.count - 1] != day[i])
            day[list.count++] = day[i];
    return list;
}

bool rituals_has_day(const struct day_list *list, int64_t day)
{
    return list->count > 0 && bsearch(&day, list->day, list->count, sizeof day, by_day);
}

bool rituals_difference(struct call *call, const struct day_list *list,
                        const struct day_list *other, struct day_list *result)
{
    *result = (struct day_list){ call_array(call, list->count + 1, sizeof *result->day), 0 };
    if (!result->day)
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (!rituals_has_day(other, list->day[i]))
            result->day[result->count++] = list->day[i];
    return true;
}

/* --- the rule --- */

static bool read_weekday(text word, unsigned *weekdays)
{
    static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (text_same_word(word, text_of(names[i]))) {
            *weekdays |= 1u << i;
            return true;
        }
    return false;
}

static bool read_weekdays(struct call *call, text list, struct ritual_rule *rule)
{
    text rest = list;
    while (rest.at) {
        text word = text_trim(text_cut(rest, ',', &rest));
        if (!read_weekday(word, &rule->weekdays))
            return fail_at(call, "rule",
                           "'rule' has '%.*s' in BYDAY: write MO, TU, WE, TH, FR, SA "
                           "or SU",
                           TEXT_FMT(word));
    }
    return true;
}

static bool read_part(struct call *call, text name, text value, struct ritual_rule *rule,
                      bool *is_weekly)
{
    if (text_same_word(name, TEXT("FREQ"))) {
        *is_weekly = text_same_word(value, TEXT("WEEKLY"));
        return *is_weekly ||
               fail_at(call, "rule", "'rule' has FREQ=%.*s: only WEEKLY can be expected here",
                       TEXT_FMT(value));
    }
    if (text_same_word(name, TEXT("INTERVAL")))
        return (text_to_int(value, &rule->interval) && rule->interval >= 1) ||
               fail_at(call, "rule", "'rule' has INTERVAL=%.*s: write a whole number, 1 or more",
                       TEXT_FMT(value));
    if (text_same_word(name, TEXT("BYDAY")))
        return read_weekdays(call, value, rule);
    if (text_same_word(name, TEXT("WKST")) && text_same_word(value, TEXT("MO")))
        return true;
    return fail_at(call, "rule", "'rule' has '%.*s': it may have FREQ=WEEKLY, INTERVAL and BYDAY",
                   TEXT_FMT(name));
}

bool rituals_read_rule(struct call *call, text source, struct ritual_rule *rule)
{
    bool is_weekly = false;
    text rest = source;
    *rule = (struct ritual_rule){ .interval = 1 };
    while (rest.at) {
        text value, part = text_trim(text_cut(rest, ';', &rest));
        text name = text_trim(text_cut(part, '=', &value));
        if (part.size && !value.at)
            return fail_at(call, "rule", "'rule' has '%.*s' without a value", TEXT_FMT(part));
        if (part.size && !read_part(call, name, text_trim(value), rule, &is_weekly))
            return false;
    }
    return is_weekly || fail_at(call, "rule", "'rule' lacks FREQ=WEEKLY");
}

/* --- expected days --- */

/* Monday is 0; 1970-01-01 was a Thursday. */
static int64_t weekday_of(int64_t day)
{
    return ((day + 3) % 7 + 7) % 7;
}

bool rituals_expected(struct call *call, const struct ritual_rule *rule, int64_t from, int64_t to,
                      const struct day_list *not_after, const struct day_list *without,
                      struct day_list *expected)
{
    unsigned weekdays = rule->weekdays ? rule->weekdays : 1u << weekday_of(from);
    int64_t monday = from - weekday_of(from);
    *expected =
        (struct day_list){ call_array(call, (size_t)(to - from) + 1, sizeof *expected->day), 0 };
    if (!expected->day)
        return false;
    for (int64_t day = from; day <= to; day++)
        if ((weekdays >> weekday_of(day) & 1) && (day - monday) / 7 % rule->interval == 0 &&
            !rituals_has_day(not_after, day - 1) && !rituals_has_day(without, day))
            expected->day[expected->count++] = day;
    return true;
}

/* --- held for nothing, and its cost --- */

struct ritual_zombie rituals_zombie(const struct ritual_occurrence *occurrence, size_t count,
                                    size_t window, int64_t threshold)
{
    struct ritual_zombie zombie = { .is_too_few = count < window };
    for (size_t i = zombie.is_too_few ? count : count - window; i < count; i++) {
        const struct ritual_occurrence *one = &occurrence[i];
        zombie.empty += one->artifacts == 0 && one->decisions == 0 && one->actions == 0;
        zombie.unattended += one->attended < 2;
    }
    zombie.is_zombie =
        !zombie.is_too_few && (zombie.empty >= threshold || zombie.unattended >= threshold);
    return zombie;
}

double rituals_hours_per_week(double people, double minutes, double per_week)
{
    return people * minutes / 60 * per_week;
}
