/*
 * Any bytes as a recurrence rule. The first eight choose the first day and the range. Days rise and
 * lie in the range, a part of the range has a part of the days, what may be written can be read,
 * and a rule always has words.
 */
#include "base/recurrence.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { HEAD = 8, FIRST = -20000 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void expand(struct call *call, text rule, int64_t first, int64_t from, int64_t to,
                   struct recurrence_days *days)
{
    if (!recurrence_days(call, rule, first, from, to, days)) {
        require(call->fail.kind == FAIL_INVALID && call->fail.field[0]);
        return;
    }
    for (size_t i = 0; i < days->count; i++) {
        require(days->day[i] >= from && days->day[i] <= to && days->day[i] >= first);
        require(i == 0 || days->day[i] > days->day[i - 1]);
    }
}

static void require_part(text rule, int64_t first, int64_t from, int64_t to)
{
    struct call call;
    struct recurrence_days whole, part;
    call_init(&call, CALL_MEMORY_DEFAULT);
    expand(&call, rule, first, first, to, &whole);
    if (call.fail.kind == FAIL_NONE) {
        expand(&call, rule, first, from, to, &part);
        size_t skipped = whole.count - part.count;
        require(whole.is_cut || part.is_cut || part.count <= whole.count);
        for (size_t i = 0; !whole.is_cut && !part.is_cut && i < part.count; i++)
            require(whole.day[skipped + i] == part.day[i]);
    }
    call_release(&call);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct call call;
    if (size < HEAD)
        return 0;
    text rule = { (const char *)bytes + HEAD, size - HEAD };
    int64_t first = FIRST + (bytes[0] | bytes[1] << 8);
    int64_t from = first + (bytes[2] | bytes[3] << 8), to = from + (bytes[4] | bytes[5] << 4);
    require_part(rule, first, from, to);
    call_init(&call, CALL_MEMORY_DEFAULT);
    require(recurrence_words(&call, rule).at && call.fail.kind == FAIL_NONE);
    if (recurrence_check(&call, rule, first)) {
        struct recurrence_days days;
        require(recurrence_days(&call, rule, first, from, to, &days));
    } else {
        require(call.fail.kind == FAIL_INVALID);
    }
    call_release(&call);
    return 0;
}
