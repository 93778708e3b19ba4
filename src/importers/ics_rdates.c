/* See ics_rdates.h. */
#include "importers/ics_rdates.h"

#include "importers/ics_times.h"

#include <stdlib.h>

enum { DATE_SIZE = 8, SHOWN = 60 };

/* One walk over the further dates of one event. */
struct walk {
    struct ics_raw *raw;
    const struct ics_rdate_lines *lines;
    const struct ics_event *event;
    stamp *left_out; /* rising */
    struct ics_span *span;
    size_t count, room;
    bool is_good;
};

/* --- one value --- */

/*
 * A day beside times is at the time of the event's start, and a time beside days is its day: so
 * EXDATE has it too. The start's own zone holds then.
 */
static text as_start(struct walk *walk, const struct ics_line **line, text word)
{
    bool is_day = word.size == DATE_SIZE;
    text start = text_trim(walk->lines->start->property.value);
    if (is_day == walk->event->start.is_day)
        return word;
    if (!is_day)
        return text_until(word, DATE_SIZE);
    *line = walk->lines->start;
    return CALL_JOIN(walk->raw->call, word, text_from(start, DATE_SIZE));
}

static bool pass_over(struct walk *walk, const struct ics_line *line, text word)
{
    return ics_warn(walk->raw, line->number, "'%.*s' is no further date: it is passed over",
                    TEXT_FMT(text_until_character(word, SHOWN)));
}

/* "20261120T100000Z/PT1H" or with its end; without a period it is as long as the event. */
static bool read_end(struct walk *walk, const struct ics_line *line, text period,
                     struct ics_span *span, bool *is_date)
{
    stamp length = walk->event->end.at - walk->event->start.at;
    bool is_day, is_utc;
    text name;
    span->end = (struct ics_time){ span->start.is_day, span->start.at + length };
    if (!period.at || span->start.is_day)
        return true;
    if (ics_times_length(period, &length)) {
        span->end.at = span->start.at + length;
    } else {
        *is_date = ics_time_read(period, &is_day, &is_utc, &length) && !is_day;
        if (*is_date &&
            !ics_times_read(walk->raw, line, period, &span->end, &name, &walk->is_good))
            return false;
    }
    *is_date &= span->end.at >= span->start.at;
    return true;
}

static bool read_span(struct walk *walk, const struct ics_line *line, text word,
                      struct ics_span *span, bool *is_date)
{
    bool is_day, is_utc;
    stamp local;
    text name, period, begin = text_trim(text_cut(word, '/', &period));
    *is_date = ics_time_read(begin, &is_day, &is_utc, &local);
    if (!*is_date)
        return true;
    begin = as_start(walk, &line, begin);
    return begin.at &&
           ics_times_read(walk->raw, line, begin, &span->start, &name, &walk->is_good) &&
           (!walk->is_good ||
            read_end(walk, line, period.at ? text_trim(period) : period, span, is_date));
}

static bool keep(struct walk *walk, const struct ics_span *span)
{
    if (walk->raw->rdate_count++ == ICS_EVENTS_MAX)
        return fail(walk->raw->call, FAIL_TOO_LARGE,
                    "the calendar has more than %d further dates (RDATE)", ICS_EVENTS_MAX);
    walk->span =
        call_more(walk->raw->call, walk->span, walk->count, &walk->room, sizeof *walk->span);
    if (!walk->span)
        return false;
    walk->span[walk->count++] = *span;
    return true;
}

static bool read_line(struct walk *walk, const struct ics_line *line)
{
    text rest = line->property.value;
    while (rest.at && walk->is_good) {
        struct ics_span span;
        bool is_date;
        text word = text_trim(text_cut(rest, ',', &rest));
        if (word.size == 0)
            continue;
        if (!read_span(walk, line, word, &span, &is_date) ||
            (walk->is_good && !(is_date ? keep(walk, &span) : pass_over(walk, line, word))))
            return false;
    }
    return true;
}

/* --- all of them --- */

static int compare_stamps(const void *left, const void *right)
{
    const stamp *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* Of one start the longest is first and stays, in whichever order they came. */
static int compare_spans(const void *left, const void *right)
{
    const struct ics_span *a = left, *b = right;
    int by = compare_stamps(&a->start.at, &b->start.at);
    return by ? by : compare_stamps(&b->end.at, &a->end.at);
}

static bool read_left_out(struct walk *walk)
{
    const struct ics_event *event = walk->event;
    walk->left_out = call_array(walk->raw->call, event->exdate_count + 1, sizeof(stamp));
    if (!walk->left_out)
        return false;
    for (size_t i = 0; i < event->exdate_count; i++)
        walk->left_out[i] = event->exdate[i].at;
    qsort(walk->left_out, event->exdate_count, sizeof(stamp), compare_stamps);
    return true;
}

static bool is_told(const struct walk *walk, const struct ics_rdates *rdates, stamp at)
{
    return at == walk->event->start.at ||
           (rdates->count && rdates->span[rdates->count - 1].start.at == at) ||
           bsearch(&at, walk->left_out, walk->event->exdate_count, sizeof(stamp), compare_stamps);
}

bool ics_rdates_read(struct ics_raw *raw, const struct ics_rdate_lines *lines,
                     const struct ics_event *event, struct ics_rdates *rdates, bool *is_good)
{
    struct walk walk = { .raw = raw, .lines = lines, .event = event, .is_good = true };
    *rdates = (struct ics_rdates){ .span = NULL };
    for (size_t i = 0; i < lines->count && walk.is_good; i++)
        if (!read_line(&walk, lines->line[i]))
            return false;
    *is_good = walk.is_good;
    if (!walk.count)
        return true;
    if (!read_left_out(&walk))
        return false;
    qsort(walk.span, walk.count, sizeof *walk.span, compare_spans);
    rdates->span = walk.span;
    for (size_t i = 0; i < walk.count; i++)
        if (!is_told(&walk, rdates, walk.span[i].start.at))
            rdates->span[rdates->count++] = walk.span[i];
    return true;
}

bool ics_rdates_join(struct call *call, const struct ics_rdates *rdates, struct ics_event *event)
{
    size_t count = 0, at = 0;
    struct ics_override *all =
        call_array(call, event->override_count + rdates->count + 1, sizeof *all);
    if (!all)
        return false;
    for (size_t i = 0; i < rdates->count; i++) {
        const struct ics_span *span = &rdates->span[i];
        while (at < event->override_count &&
               event->override[at].recurrence_id.at < span->start.at)
            all[count++] = event->override[at++];
        if (at == event->override_count || event->override[at].recurrence_id.at != span->start.at)
            all[count++] = (struct ics_override){ span->start, span->start, span->end, TEXT_NONE,
                                                  TEXT_NONE };
    }
    while (at < event->override_count)
        all[count++] = event->override[at++];
    event->override = all;
    event->override_count = count;
    return true;
}
