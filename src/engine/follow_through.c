/* See follow_through.h. Knows no calendar: days are whole numbers. */
#include "engine/follow_through.h"

struct follow_through action_follow_through(const struct action_days *action, size_t count,
                                            int64_t today)
{
    struct follow_through through = { .total = (int64_t)count };
    for (size_t i = 0; i < count; i++) {
        int64_t late = action[i].has_due ? today - action[i].due : 0;
        if (action[i].is_done) {
            through.closed++;
            through.on_time += action[i].has_due && action[i].done <= action[i].due;
            continue;
        }
        through.undated += !action[i].has_due;
        through.overdue += late > 0;
        if (late > through.overdue_days_max)
            through.overdue_days_max = late;
    }
    return through;
}
