/*
 * See preparation_block.h. A block follows its ritual in all that happens to it, so it is the same
 * event, a while earlier. Where nothing is free in the hours before, there is none: the list of
 * what waits has the preparation anyway.
 */
#include "rooms/calendar/preparation_block.h"

#include "rooms/rituals/rituals.h"
#include "store/find.h"

enum { BLOCK_MINUTES = 30, EARLIEST_MINUTES = 240, DAYS_LOOKED_AT = 60 };

/* One walk over a calendar. */
struct placing {
    struct calendar_ask ahead; /* the days on which nothing may be touched */
    struct rows tasks;
    struct calendar kept;      /* what the person keeps free */
    struct calendar_entries busy;
    struct calendar *calendar;
};

static bool read_tasks(struct call *call, struct rows *tasks)
{
    struct query query;
    query_init(&query, &ritual_preparation_record);
    return find_rows(call, &query, tasks);
}

static bool read_busy(struct call *call, const struct calendar_ask *ask, struct placing *placing)
{
    const struct calendar *calendar = placing->calendar;
    placing->ahead = *ask;
    placing->ahead.from = call->now;
    placing->ahead.until = call->now + DAYS_LOOKED_AT * STAMP_DAY;
    for (size_t i = 0; i < calendar->count; i++)
        if (calendar->event[i].kind == CALENDAR_BUSY &&
            !calendar_add(call, &placing->kept, calendar->event[i]))
            return false;
    return calendar_expand(call, &placing->ahead, &placing->kept, &placing->busy);
}

/* The ritual's tasks as lines, and what they do to its number; TEXT_NONE: there are none. */
static text tasks_of(struct call *call, const struct placing *placing,
                     struct calendar_event *event)
{
    struct out lines;
    out_init(&lines, call);
    for (size_t i = 0; i < placing->tasks.count; i++) {
        const struct row *task = &placing->tasks.row[i];
        if (value_as_int(task->value[RITUAL_PREPARATION_RITUAL]) != event->row)
            continue;
        if (lines.size)
            out_char(&lines, '\n');
        out_text(&lines, value_as_text(task->value[RITUAL_PREPARATION_TASK]));
        event->sequence += task->version;
        event->changed = task->changed > event->changed ? task->changed : event->changed;
    }
    return lines.size ? out_view(&lines) : TEXT_NONE;
}

static bool is_free(const struct placing *placing, const struct calendar_entries *held,
                    int before)
{
    for (size_t i = 0; i < held->count; i++) {
        stamp from = held->entry[i].from - before * STAMP_MINUTE;
        stamp until = from + BLOCK_MINUTES * STAMP_MINUTE;
        for (size_t k = 0; k < placing->busy.count; k++)
            if (placing->busy.entry[k].from < until && from < placing->busy.entry[k].until)
                return false;
    }
    return true;
}

/* How many minutes before its ritual the block begins; 0: nowhere, on the day itself. */
static bool find_place(struct call *call, const struct placing *placing,
                       const struct calendar *ritual, int *before)
{
    struct calendar_entries held;
    *before = 0;
    if (!calendar_expand(call, &placing->ahead, ritual, &held))
        return false;
    int most = EARLIEST_MINUTES < ritual->event->minute ? EARLIEST_MINUTES : ritual->event->minute;
    for (int minutes = BLOCK_MINUTES; !*before && minutes <= most; minutes += BLOCK_MINUTES)
        if (is_free(placing, &held, minutes))
            *before = minutes;
    return true;
}

/* The ritual and what stands instead of its days follow each other. */
static struct calendar ritual_at(const struct calendar *calendar, size_t at, size_t count)
{
    struct calendar ritual = { .event = &calendar->event[at], .count = 1 };
    while (at + ritual.count < count && ritual.event[ritual.count].is_instead &&
           ritual.event[ritual.count].record == ritual.event->record &&
           ritual.event[ritual.count].row == ritual.event->row)
        ritual.count++;
    return ritual;
}

static bool add_block(struct call *call, const struct placing *placing,
                      struct calendar_event event, int before)
{
    text tasks = tasks_of(call, placing, &event);
    event.kind = CALENDAR_PREPARATION;
    event.title = CALL_JOIN(call, TEXT("Prepare: "), event.title);
    event.why = event.is_cancelled ? event.why : tasks;
    event.minute -= before;
    event.instead_minute -= before;
    event.minutes = BLOCK_MINUTES;
    return event.title.at && calendar_add(call, placing->calendar, event);
}

static bool add_blocks(struct call *call, const struct placing *placing, size_t at, size_t count)
{
    const struct calendar ritual = ritual_at(placing->calendar, at, count);
    struct calendar_event probe = *ritual.event;
    int before;
    if (!tasks_of(call, placing, &probe).at)
        return call->fail.kind == FAIL_NONE;
    if (!find_place(call, placing, &ritual, &before))
        return false;
    for (size_t i = 0; before && i < ritual.count; i++) /* the list may move as it grows */
        if (!add_block(call, placing, placing->calendar->event[at + i], before))
            return false;
    return true;
}

bool preparation_blocks_add(struct call *call, const struct calendar_ask *ask,
                            struct calendar *calendar)
{
    struct placing placing = { .calendar = calendar };
    size_t count = calendar->count;
    if (!ask->person)
        return true;
    if (!read_tasks(call, &placing.tasks) || !read_busy(call, ask, &placing))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct calendar_event *event = &calendar->event[i];
        if (event->record == &ritual_record && event->rule.size && event->person == ask->person &&
            !add_blocks(call, &placing, i, count))
            return false;
    }
    return true;
}
