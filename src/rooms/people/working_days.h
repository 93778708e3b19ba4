/* Days of the week as people write them, "MO,TU,WE", and as a set of bits: bit 0 is Monday. */
#ifndef RONDO_WORKING_DAYS_H
#define RONDO_WORKING_DAYS_H

#include "base/call.h"

/* Monday to Friday: what holds for who says nothing. */
enum { WORKING_DAYS_USUAL = 0x1f };

/* In any order and case, with commas. False: a word is no weekday; nothing is set. */
bool working_days_read(text words, unsigned *days);

/* In their order; the text is the call's. TEXT_NONE: the call has failed. */
text working_days_write(struct call *call, unsigned days);

/* Whether the day, counted since 1970-01-01, is on one of them. */
bool working_days_has(unsigned days, int64_t day);

#endif
