/* See working_days.h. */
#include "rooms/people/working_days.h"

#include "base/out.h"
#include "base/recurrence_rule.h"

enum { DAYS_OF_WEEK = 7, THURSDAY = 3 };

bool working_days_read(text words, unsigned *days)
{
    unsigned read = 0;
    text rest = words;
    while (rest.at) {
        int weekday = recurrence_weekday_read(text_trim(text_cut(rest, ',', &rest)));
        if (weekday < 0)
            return false;
        read |= 1u << weekday;
    }
    if (read)
        *days = read;
    return read != 0;
}

text working_days_write(struct call *call, unsigned days)
{
    struct out out;
    out_init(&out, call);
    for (int i = 0; i < DAYS_OF_WEEK; i++)
        if (days & (1u << i))
            out_format(&out, "%s%s", out.size ? "," : "", recurrence_weekday_words[i]);
    return out_view(&out);
}

/* 1970-01-01 was a Thursday. */
bool working_days_has(unsigned days, int64_t day)
{
    int64_t weekday = ((day + THURSDAY) % DAYS_OF_WEEK + DAYS_OF_WEEK) % DAYS_OF_WEEK;
    return (days >> weekday) & 1;
}
