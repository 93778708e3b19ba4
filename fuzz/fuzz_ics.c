/* iCalendar: whatever the bytes, events or a sentence; and each rule that is read is expanded. */
#include "base/recurrence_times.h"
#include "importers/ics_read.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expand(struct call *call, const struct ics_event *event)
{
    struct recurrence_times times;
    const struct recurrence_start start = { .day = event->start.at / STAMP_DAY,
                                            .zone = TEXT("UTC") };
    stamp to = event->start.at + 400 * STAMP_DAY;
    if (event->rrule.at && event->start.at >= 0)
        recurrence_times(call, event->rrule, &start, event->start.at, to, NULL, 0, &times);
    fail_clear(call);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ics_calendar calendar;
    struct call call;
    call_init(&call, 64 * 1024 * 1024);
    bool done = ics_read(&call, (text){ (const char *)data, size }, &calendar);
    assert(done == (call.fail.kind == FAIL_NONE));
    for (size_t i = 0; done && i < calendar.count && i < 8; i++)
        expand(&call, &calendar.event[i]);
    call_release(&call);
    return 0;
}
