/*
 * Any bytes as a rule of recurrence. Days must lie where they were asked for, in rising order; what
 * may be written can be expanded.
 */
#include "base/recurrence.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { MEMORY = 16 * 1024 * 1024, FIRST = 20775, FROM = 20800, TO = 21500 }; /* 2026 to 2028 */

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    text rule = { (const char *)bytes, size };
    struct recurrence_days days;
    struct call call;
    call_init(&call, MEMORY);
    bool may_write = recurrence_check(&call, rule, FIRST);
    require(may_write == (call.fail.kind == FAIL_NONE));
    fail_clear(&call);
    bool is_read = recurrence_days(&call, rule, FIRST, FROM, TO, &days);
    require(is_read || !may_write);
    for (size_t i = 0; is_read && i < days.count; i++) {
        require(days.day[i] >= FROM && days.day[i] <= TO);
        require(i == 0 || days.day[i] > days.day[i - 1]);
    }
    call_release(&call);
    return 0;
}
