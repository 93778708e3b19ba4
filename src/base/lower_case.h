/* Lower case of any script (Unicode's full mapping, by ICU, of no language in particular). */
#ifndef RONDO_LOWER_CASE_H
#define RONDO_LOWER_CASE_H

#include "base/call.h"

/*
 * The text in lower case, in the call's memory; bytes that are not UTF-8 stay as they are.
 * TEXT_NONE: the call has failed.
 */
text lower_case(struct call *call, text source);

#endif
