/* See recurrence_times.h. */
#include "base/recurrence_times.h"

#include "base/recurrence_rule.h"
#include "base/recurrence_sets.h"

/* --- when it begins --- */

/* "20261120T100000Z" as "2026-11-20T10:00:00Z"; anything else as it is. */
static text spread(struct call *call, text word)
{
    bool is_basic = word.size >= 8 && text_find(text_until(word, 8), TEXT("-")) == SIZE_MAX;
    if (!is_basic)
        return word;
    if (word.size == 8)
        return call_format(call, "%.4s-%.2s-%.2s", word.at, word.at + 4, word.at + 6);
    if (word.size < 15)
        return word;
    return call_format(call, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s%.*s", word.at, word.at + 4,
                       word.at + 6, word.at + 9, word.at + 11, word.at + 13,
                       (int)(word.size - 15), word.at + 15);
}

static void set_local(struct recurrence_start *start, stamp local)
{
    start->day = local / STAMP_DAY - (local % STAMP_DAY < 0);
    start->clock = local - start->day * STAMP_DAY;
}

bool recurrence_start_read(struct call *call, const char *name, text word, text zone,
                           struct recurrence_start *start)
{
    stamp at;
    int seconds;
    text plain = spread(call, text_trim(word));
    *start = (struct recurrence_start){ .zone = zone };
    switch (stamp_read(plain, &at, NULL)) {
    case STAMP_NOT:
        break;
    case STAMP_DATE_ONLY:
        *start = (struct recurrence_start){ .is_day = true, .day = at / STAMP_DAY };
        if (at % STAMP_DAY < 0)
            start->day--;
        return true;
    case STAMP_WITHOUT_ZONE:
        set_local(start, at);
        return true;
    case STAMP_WITH_ZONE:
        if (!zone_offset(call, zone, at, &seconds))
            return false;
        set_local(start, at + seconds * STAMP_SECOND);
        return true;
    }
    return fail_at(call, name,
                   "'%.*s' is no time: write it like 2026-11-20T10:00, 2026-11-20T09:00:00Z or "
                   "2026-11-20",
                   TEXT_FMT(text_until_character(word, FAIL_FIELD_SIZE)));
}

static bool instant_of(struct call *call, const struct recurrence_start *start, int64_t day,
                       stamp clock, stamp *at)
{
    *at = day * STAMP_DAY + clock;
    return start->is_day || stamp_from_local(call, start->zone, *at, at);
}

bool recurrence_start_instant(struct call *call, const struct recurrence_start *start, stamp *at)
{
    return instant_of(call, start, start->day, start->clock, at);
}

/* --- times of a day --- */

enum { CLOCKS_MAX = 24 * 60 };

static int compare_stamps(const void *a, const void *b)
{
    stamp x = *(const stamp *)a, y = *(const stamp *)b;
    return x < y ? -1 : x > y;
}

struct clocks {
    stamp *at;
    size_t count;
    bool are_of_rule; /* not the one of the start */
};

/* The values of a part of the clock, or the one of the start. */
static struct recurrence_list part_of(const struct recurrence_rule *rule, enum recurrence_part part,
                                      int64_t *own)
{
    return rule->by[part].count ? rule->by[part]
                                : (struct recurrence_list){ .value = own, .count = 1 };
}

static bool names_clock(const struct recurrence_rule *rule)
{
    return recurrence_has(rule, BY_HOUR) || recurrence_has(rule, BY_MINUTE) ||
           recurrence_has(rule, BY_SECOND);
}

static bool read_clocks(struct call *call, const struct recurrence_rule *rule,
                        const struct recurrence_start *start, struct clocks *clocks)
{
    int64_t seconds = start->clock / STAMP_SECOND;
    int64_t hour = seconds / 3600, minute = seconds / 60 % 60, second = seconds % 60;
    struct recurrence_list hours = part_of(rule, BY_HOUR, &hour);
    struct recurrence_list minutes = part_of(rule, BY_MINUTE, &minute);
    struct recurrence_list every = part_of(rule, BY_SECOND, &second);
    size_t count = start->is_day ? 1 : hours.count * minutes.count * every.count;
    if (count > CLOCKS_MAX)
        return fail_at(call, "rule", "the rule falls %zu times on one day: at most %d are read",
                       count, CLOCKS_MAX);
    *clocks = (struct clocks){ .at = call_array(call, count, sizeof *clocks->at),
                               .are_of_rule = !start->is_day && names_clock(rule) };
    if (!clocks->at)
        return false;
    if (start->is_day) {
        clocks->count = 1;
        return true;
    }
    for (size_t h = 0; h < hours.count; h++)
        for (size_t m = 0; m < minutes.count; m++)
            for (size_t s = 0; s < every.count; s++)
                clocks->at[clocks->count++] =
                    ((hours.value[h] * 60 + minutes.value[m]) * 60 + every.value[s]) *
                    STAMP_SECOND;
    qsort(clocks->at, clocks->count, sizeof *clocks->at, compare_stamps);
    return true;
}

/* --- expanding --- */

struct expanding {
    struct call *call;
    const struct recurrence_start *start;
    stamp first, from, to;
    bool has_until;
    stamp until;   /* the last instant */
    int64_t count; /* of the rule, where times are counted here; 0: without end */
    int64_t told;
    const stamp *left_out;
    size_t left_out_count;
    struct recurrence_times *times;
};

static bool is_among(const stamp *list, size_t count, stamp at)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == at)
            return true;
    return false;
}

static bool add(struct expanding *expanding, stamp at)
{
    struct recurrence_times *times = expanding->times;
    if (times->count && times->at[times->count - 1] == at)
        return true;
    times->at = call_more(expanding->call, times->at, times->count, &times->room,
                          sizeof *times->at);
    if (!times->at)
        return false;
    times->at[times->count++] = at;
    return true;
}

/* `*is_over`: no later one belongs to the rule. */
static bool take(struct expanding *expanding, stamp at, bool *is_over)
{
    *is_over = (expanding->has_until && at > expanding->until) || at > expanding->to ||
               (expanding->count && expanding->told == expanding->count);
    if (*is_over)
        return true;
    expanding->told++;
    if (at < expanding->from || is_among(expanding->left_out, expanding->left_out_count, at))
        return true;
    if (expanding->times->count == RECURRENCE_STEPS_MAX) {
        expanding->times->is_cut = true;
        *is_over = true;
        return true;
    }
    return add(expanding, at);
}

/* With a time in UTC it is an instant; a date includes its whole day. */
static bool read_until(struct expanding *expanding, text source, const struct recurrence_rule *rule)
{
    size_t at = text_find(source, TEXT("UNTIL="));
    expanding->has_until = rule->has_until;
    expanding->until = (rule->until + 1) * STAMP_DAY - 1;
    if (!rule->has_until || expanding->start->is_day)
        return true;
    if (rule->has_until_time && at != SIZE_MAX) {
        text word = text_trim(text_cut(text_from(source, at + 6), ';', &(text){ 0 }));
        struct recurrence_start until;
        text zone = text_ends(word, TEXT("Z")) ? TEXT("UTC") : expanding->start->zone;
        return recurrence_start_read(expanding->call, "rule", word, zone, &until) &&
               recurrence_start_instant(expanding->call, &until, &expanding->until);
    }
    return stamp_from_local(expanding->call, expanding->start->zone, expanding->until,
                            &expanding->until);
}

static text without_part(struct call *call, text rule, text name)
{
    struct out out;
    out_init(&out, call);
    while (rule.at) {
        text part = text_trim(text_cut(rule, ';', &rule));
        if (part.size && !text_starts(part, name))
            out_format(&out, "%s%.*s", out.size ? ";" : "", TEXT_FMT(part));
    }
    return out_view(&out);
}

static text upper(struct call *call, text rule)
{
    char *room = call_take(call, rule.size + 1);
    for (size_t i = 0; room && i < rule.size; i++)
        room[i] = rule.at[i] >= 'a' && rule.at[i] <= 'z' ? (char)(rule.at[i] - 32) : rule.at[i];
    return (text){ room, rule.size };
}

/*
 * An UNTIL with a time ends with its date for the days, in UTC: a day more is asked for, since
 * where the start is it may be the next one. The instants are compared here.
 */
static text rule_of_days(struct call *call, text rule, const struct recurrence_rule *read,
                         bool counts_here)
{
    char day[DATE_TEXT_SIZE];
    if (counts_here)
        rule = without_part(call, rule, TEXT("COUNT="));
    if (!read->has_until || !read->has_until_time)
        return rule;
    date_write(read->until + 1, day);
    return call_format(call, "%.*s;UNTIL=%.4s%.2s%.2s",
                       TEXT_FMT(without_part(call, rule, TEXT("UNTIL="))), day, day + 5, day + 8);
}

/* What is not behind the start is none of the rule's: the start has been taken. */
static bool take_place(struct expanding *expanding, int64_t day, stamp clock, bool *is_over)
{
    stamp at;
    return instant_of(expanding->call, expanding->start, day, clock, &at) &&
           (at <= expanding->first || take(expanding, at, is_over));
}

static bool expand_days(struct expanding *expanding, text rule, const struct clocks *clocks,
                        int64_t from, int64_t to)
{
    int64_t first_day = expanding->start->day;
    struct recurrence_days days;
    bool is_over = false;
    /* The start is the first instance, whether the rule names it or not; its day's other times are
     * instances only where the rule names the day. */
    if (!(clocks->are_of_rule
              ? recurrence_days_matching(expanding->call, rule, first_day, from, to, &days)
              : recurrence_days(expanding->call, rule, first_day, from, to, &days)) ||
        (from == first_day && !take(expanding, expanding->first, &is_over)))
        return false;
    for (size_t i = 0; i < days.count && !is_over; i++)
        for (size_t k = 0; k < clocks->count && !is_over; k++)
            if (!take_place(expanding, days.day[i], clocks->at[k], &is_over))
                return false;
    expanding->times->is_cut |= days.is_cut && !is_over;
    return true;
}

static bool expand_sets(struct expanding *expanding, text rule, const struct recurrence_rule *read,
                        const struct clocks *clocks, int64_t from, int64_t to)
{
    static const char *const passed_over[] = { "BYSETPOS=", "COUNT=", "UNTIL=" };
    struct recurrence_places places;
    bool is_over = false;
    for (size_t i = 0; i < sizeof passed_over / sizeof *passed_over; i++)
        rule = without_part(expanding->call, rule, text_of(passed_over[i]));
    if (!rule.at ||
        !recurrence_sets_places(expanding->call, rule, read, expanding->start->day, from, to,
                                clocks->count, &places) ||
        (from == expanding->start->day && !take(expanding, expanding->first, &is_over)))
        return false;
    for (size_t i = 0; i < places.count && !is_over; i++)
        if (!take_place(expanding, places.place[i].day, clocks->at[places.place[i].time],
                        &is_over))
            return false;
    expanding->times->is_cut |= places.is_cut && !is_over;
    return true;
}

static int64_t day_of(stamp at)
{
    return at / STAMP_DAY - (at % STAMP_DAY < 0);
}

bool recurrence_times(struct call *call, text rule, const struct recurrence_start *start,
                      stamp from, stamp to, const stamp *left_out, size_t left_out_count,
                      struct recurrence_times *times)
{
    struct expanding expanding = { .call = call, .start = start, .from = from, .to = to,
                                   .left_out = left_out, .left_out_count = left_out_count,
                                   .times = times };
    struct recurrence_rule read;
    struct clocks clocks = { .at = NULL };
    *times = (struct recurrence_times){ .at = NULL };
    rule = upper(call, text_trim(rule));
    if (!rule.at || !recurrence_rule_read(call, rule, &read) ||
        !read_clocks(call, &read, start, &clocks) || !read_until(&expanding, rule, &read) ||
        !recurrence_start_instant(call, start, &expanding.first))
        return false;
    bool counts_here = clocks.are_of_rule && read.count > 0;
    expanding.count = counts_here ? read.count : 0;
    int64_t from_day = counts_here ? start->day : day_of(from) - 1;
    if (from_day < start->day)
        from_day = start->day;
    if (clocks.count > 1 && recurrence_has(&read, BY_POSITION))
        return expand_sets(&expanding, rule, &read, &clocks, from_day, day_of(to) + 1);
    return expand_days(&expanding, rule_of_days(call, rule, &read, counts_here), &clocks, from_day,
                       day_of(to) + 1);
}

bool recurrence_times_add(struct call *call, struct recurrence_times *times, const stamp *further,
                          size_t further_count, stamp from, stamp to, const stamp *left_out,
                          size_t left_out_count)
{
    for (size_t i = 0; i < further_count; i++) {
        if (further[i] < from || further[i] > to ||
            is_among(left_out, left_out_count, further[i]) ||
            is_among(times->at, times->count, further[i]))
            continue;
        times->at = call_more(call, times->at, times->count, &times->room, sizeof *times->at);
        if (!times->at)
            return false;
        times->at[times->count++] = further[i];
    }
    if (times->count)
        qsort(times->at, times->count, sizeof *times->at, compare_stamps);
    return true;
}
