/*
 * Whether a rule of months or years can fall on any day at all. It is asked before the library,
 * which looks for the first day of a rule until the year 20000 and cannot be told to stop: for a
 * rule without one that takes a second.
 */
#ifndef RONDO_RECURRENCE_REACH_H
#define RONDO_RECURRENCE_REACH_H

#include "base/recurrence_rule.h"

/*
 * False: the rule never falls on a day, whatever the year. True: it does, or only leap years keep
 * it from it. The rule is MONTHLY, or YEARLY without BYWEEKNO.
 */
bool recurrence_reach(const struct recurrence_rule *rule, int64_t first_day);

#endif
