/* See recurrence_rule.h. */
#include "base/recurrence_rule.h"
#include "base/stamp.h"

enum { SHOWN_BYTES = 40, INTERVAL_MAX = 32767, WEEKDAYS = 7, NTH_MAX = 53 };

static const char *const frequencies[] = {
    [RECURRENCE_DAILY] = "DAILY",
    [RECURRENCE_WEEKLY] = "WEEKLY",
    [RECURRENCE_MONTHLY] = "MONTHLY",
    [RECURRENCE_YEARLY] = "YEARLY",
};

/* What a list may hold; the library that reads it has no room for more than `most`. */
static const struct list_fact {
    const char *name;
    int64_t lowest, highest;
    bool counts_from_end;
    size_t most;
} lists[RECURRENCE_PARTS] = {
    [BY_DAY] = { "BYDAY", 0, 0, true, 366 },
    [BY_MONTH_DAY] = { "BYMONTHDAY", 1, 31, true, 31 },
    [BY_YEAR_DAY] = { "BYYEARDAY", 1, 366, true, 366 },
    [BY_WEEK] = { "BYWEEKNO", 1, 53, true, 53 },
    [BY_MONTH] = { "BYMONTH", 1, 12, false, 12 },
    [BY_POSITION] = { "BYSETPOS", 1, 366, true, 366 },
    [BY_HOUR] = { "BYHOUR", 0, 23, false, 24 },
    [BY_MINUTE] = { "BYMINUTE", 0, 59, false, 60 },
    [BY_SECOND] = { "BYSECOND", 0, 60, false, 61 },
};

const char *recurrence_part_name(enum recurrence_part part)
{
    return lists[part].name;
}

bool recurrence_has(const struct recurrence_rule *rule, enum recurrence_part part)
{
    return rule->by[part].count > 0;
}

bool recurrence_lists(const struct recurrence_rule *rule, enum recurrence_part part, int64_t value,
                      int64_t from_end)
{
    const struct recurrence_list *list = &rule->by[part];
    for (size_t i = 0; i < list->count; i++)
        if (list->value[i] == value || list->value[i] == from_end)
            return true;
    return false;
}

/* --- weekdays --- */

/* Weekday and number are kept as number * 7 + weekday. */
int recurrence_weekday(int64_t value)
{
    return (int)((value % WEEKDAYS + WEEKDAYS) % WEEKDAYS);
}

int recurrence_nth(int64_t value)
{
    return (int)((value - recurrence_weekday(value)) / WEEKDAYS);
}

bool recurrence_has_nth(const struct recurrence_rule *rule)
{
    for (size_t i = 0; i < rule->by[BY_DAY].count; i++)
        if (recurrence_nth(rule->by[BY_DAY].value[i]) != 0)
            return true;
    return false;
}

const char *const recurrence_weekday_words[WEEKDAYS] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

int recurrence_weekday_read(text word)
{
    for (int i = 0; i < WEEKDAYS; i++)
        if (text_same_word(word, text_of(recurrence_weekday_words[i])))
            return i;
    return -1;
}

/* --- values --- */

static bool refuse(struct call *call, const char *name, text value, const char *what_to_do)
{
    return fail_at(call, "rule", "'rule' has %s=%.*s: %s", name,
                   TEXT_FMT(text_until_character(value, SHOWN_BYTES)), what_to_do);
}

/* A sign of either kind may stand before it. */
static bool read_number(text word, int64_t *number)
{
    if (text_starts(word, TEXT("+")) && !text_starts(word, TEXT("+-")))
        word = text_from(word, 1);
    return text_to_int(word, number);
}

/* "TH", "3TH", "-1FR"; some write a blank between. */
static bool read_weekday(text word, int64_t *value)
{
    if (word.size < 2)
        return false;
    int weekday = recurrence_weekday_read(text_from(word, word.size - 2));
    text digits = text_trim(text_until(word, word.size - 2));
    int64_t nth = 0;
    if (weekday < 0 || (digits.size && (!read_number(digits, &nth) || nth == 0)) ||
        nth < -NTH_MAX || nth > NTH_MAX)
        return false;
    *value = nth * WEEKDAYS + weekday;
    return true;
}

static bool read_value(text word, enum recurrence_part part, int64_t *value)
{
    const struct list_fact *fact = &lists[part];
    if (part == BY_DAY)
        return read_weekday(word, value);
    if (!read_number(word, value))
        return false;
    return (*value >= fact->lowest && *value <= fact->highest) ||
           (fact->counts_from_end && *value >= -fact->highest && *value <= -fact->lowest);
}

static bool refuse_value(struct call *call, text word, enum recurrence_part part)
{
    const struct list_fact *fact = &lists[part];
    if (part == BY_DAY)
        return refuse(call, fact->name, word,
                      "write MO, TU, WE, TH, FR, SA or SU, with a number before it at most");
    return fail_at(call, "rule", "'rule' has %s=%.*s: write numbers from %lld to %lld%s",
                   fact->name, TEXT_FMT(text_until_character(word, SHOWN_BYTES)),
                   (long long)fact->lowest, (long long)fact->highest,
                   fact->counts_from_end ? ", with '-' to count from the end" : "");
}

static bool read_list(struct call *call, text value, enum recurrence_part part,
                      struct recurrence_rule *rule)
{
    struct recurrence_list *list = &rule->by[part];
    size_t room = 0;
    text rest = value;
    while (rest.at) {
        int64_t one;
        text word = text_trim(text_cut(rest, ',', &rest));
        if (!read_value(word, part, &one))
            return refuse_value(call, word, part);
        if (recurrence_lists(rule, part, one, one))
            continue;
        if (list->count == lists[part].most)
            return fail_at(call, "rule", "'rule' has more than %zu values in %s: write fewer",
                           lists[part].most, lists[part].name);
        int64_t *more = call_more(call, list->value, list->count, &room, sizeof *more);
        if (!more)
            return false;
        list->value = more;
        list->value[list->count++] = one;
    }
    return true;
}

/* --- parts that are no lists --- */

static bool read_frequency(struct call *call, text value, struct recurrence_rule *rule)
{
    for (int i = RECURRENCE_DAILY; i <= RECURRENCE_YEARLY; i++)
        if (text_same_word(value, text_of(frequencies[i]))) {
            rule->frequency = (enum recurrence_frequency)i;
            return true;
        }
    return refuse(call, "FREQ", value, "write DAILY, WEEKLY, MONTHLY or YEARLY");
}

static bool read_interval(struct call *call, text value, struct recurrence_rule *rule)
{
    return (text_to_int(value, &rule->interval) && rule->interval >= 1 &&
            rule->interval <= INTERVAL_MAX) ||
           refuse(call, "INTERVAL", value, "write a whole number from 1 to 32767");
}

static bool read_count(struct call *call, text value, struct recurrence_rule *rule)
{
    return (text_to_int(value, &rule->count) && rule->count >= 1) ||
           refuse(call, "COUNT", value, "write a whole number, 1 or more");
}

/* 20261231, 20261231T225959Z, and without the Z. */
static bool read_until(struct call *call, text value, struct recurrence_rule *rule)
{
    char moment[] = "0000-00-00T00:00:00Z";
    static const int places[] = { 0, 1, 2, 3, 5, 6, 8, 9, 10, 11, 12, 14, 15, 17, 18 };
    stamp at;
    bool is_utc = value.size == 16 && (value.at[15] == 'Z' || value.at[15] == 'z');
    size_t size = is_utc ? 15 : value.size;
    for (size_t i = 0; i < size && i < sizeof places / sizeof *places; i++)
        moment[places[i]] = value.at[i];
    moment[10] = moment[10] == 't' ? 'T' : moment[10];
    rule->has_until = true;
    rule->has_until_time = size == 15;
    if ((size != 8 && size != 15) || moment[10] != 'T' ||
        !date_read((text){ moment, 10 }, &rule->until) ||
        stamp_read(text_of(moment), &at, NULL) == STAMP_NOT)
        return refuse(call, "UNTIL", value, "write a date such as 20261231");
    return true;
}

static bool read_week_start(struct call *call, text value, struct recurrence_rule *rule)
{
    rule->week_start = recurrence_weekday_read(value);
    return rule->week_start >= 0 ||
           refuse(call, "WKST", value, "write MO, TU, WE, TH, FR, SA or SU");
}

static const struct single {
    const char *name;
    bool (*read)(struct call *call, text value, struct recurrence_rule *rule);
} singles[] = {
    { "FREQ", read_frequency }, { "INTERVAL", read_interval },  { "COUNT", read_count },
    { "UNTIL", read_until },    { "WKST", read_week_start },
};

enum { SINGLES = sizeof singles / sizeof *singles };

/* --- the whole --- */

static bool mark_seen(struct call *call, const char *name, unsigned bit, unsigned *seen)
{
    if (*seen >> bit & 1)
        return fail_at(call, "rule", "'rule' has %s twice: write it once", name);
    *seen |= 1u << bit;
    return true;
}

static bool read_part(struct call *call, text part, struct recurrence_rule *rule, unsigned *seen)
{
    text value, name = text_trim(text_cut(part, '=', &value));
    value = text_trim(value);
    for (unsigned i = 0; i < SINGLES; i++)
        if (text_same_word(name, text_of(singles[i].name)))
            return mark_seen(call, singles[i].name, i, seen) && singles[i].read(call, value, rule);
    for (unsigned i = 0; i < RECURRENCE_PARTS; i++)
        if (text_same_word(name, text_of(lists[i].name)))
            return mark_seen(call, lists[i].name, SINGLES + i, seen) &&
                   (value.at ? read_list(call, value, (enum recurrence_part)i, rule)
                             : refuse_value(call, value, (enum recurrence_part)i));
    if (!rule->unknown.at)
        rule->unknown = name;
    return text_same_word(text_until(name, 2), TEXT("X-")) ||
           fail_at(call, "rule",
                   "'rule' has '%.*s', which is no part of a rule: write parts such as "
                   "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
                   TEXT_FMT(text_until_character(name, SHOWN_BYTES)));
}

static bool counts_from_both_ends(const struct recurrence_list *list)
{
    bool has_start = false, has_end = false;
    for (size_t i = 0; i < list->count; i++) {
        has_start |= list->value[i] > 0;
        has_end |= list->value[i] < 0;
    }
    return has_start && has_end;
}

/* What RFC 5545 forbids (3.3.10), and what has no meaning that two readers would share. */
static const char *contradiction(const struct recurrence_rule *rule)
{
    bool is_yearly = rule->frequency == RECURRENCE_YEARLY;
    bool has_month = recurrence_has(rule, BY_MONTH);
    bool has_month_day = recurrence_has(rule, BY_MONTH_DAY);
    bool has_year_day = recurrence_has(rule, BY_YEAR_DAY), has_week = recurrence_has(rule, BY_WEEK);
    if (rule->count && rule->has_until)
        return "COUNT and UNTIL: write one of them";
    if (has_week && !is_yearly)
        return "BYWEEKNO without FREQ=YEARLY: leave it out";
    if (has_year_day && !is_yearly)
        return "BYYEARDAY without FREQ=YEARLY: leave it out";
    if (has_month_day && rule->frequency == RECURRENCE_WEEKLY)
        return "BYMONTHDAY with FREQ=WEEKLY: write FREQ=MONTHLY";
    if (has_week && (has_month || has_month_day || recurrence_has_nth(rule)))
        return "BYWEEKNO with days or numbers of a month: write BYMONTH or BYWEEKNO, not both";
    if (has_week && recurrence_has(rule, BY_POSITION))
        return "BYWEEKNO with BYSETPOS: name the days with BYDAY";
    if (has_year_day && (has_month || has_month_day || has_week || recurrence_has_nth(rule)))
        return "BYYEARDAY with another way to name days: write one of them";
    /* One day may then be named twice, which the library counts as two. */
    if (recurrence_has(rule, BY_POSITION) && (counts_from_both_ends(&rule->by[BY_MONTH_DAY]) ||
                                              counts_from_both_ends(&rule->by[BY_YEAR_DAY])))
        return "BYSETPOS among days counted from both ends: count from one";
    if (is_yearly && has_month_day && !has_month && recurrence_has_nth(rule))
        return "BYMONTHDAY with a numbered weekday of the year: add BYMONTH";
    return NULL;
}

bool recurrence_rule_read(struct call *call, text source, struct recurrence_rule *rule)
{
    unsigned seen = 0;
    *rule = (struct recurrence_rule){ .interval = 1 };
    text rest = source;
    while (rest.at) {
        text part = text_trim(text_cut(rest, ';', &rest));
        if (part.size && !read_part(call, part, rule, &seen))
            return false;
    }
    if (rule->frequency == RECURRENCE_NO_FREQUENCY)
        return fail_at(call, "rule",
                       "'rule' lacks FREQ: write FREQ=DAILY, WEEKLY, MONTHLY or YEARLY");
    const char *sentence = contradiction(rule);
    return !sentence || fail_at(call, "rule", "'rule' has %s", sentence);
}
