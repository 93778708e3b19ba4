/*
 * The guard against formulas in CSV: a text that a spreadsheet would run as a formula is written
 * with a leading apostrophe, and read without it. Knows no CSV.
 */
#ifndef RONDO_FORMULA_GUARD_H
#define RONDO_FORMULA_GUARD_H

#include "base/text.h"

/* Whether a text cell needs the apostrophe: it starts with = + - @, a tab or a carriage return. */
bool formula_guard_needed(text cell);

/* Without exactly one apostrophe before = + - @; all else is as it was. */
text formula_guard_strip(text cell);

#endif
