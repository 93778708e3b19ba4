/* Unicode normal forms (UAX 15, by ICU): texts that look alike made alike before they are hashed.
 */
#ifndef RONDO_NORMAL_H
#define RONDO_NORMAL_H

#include "base/call.h"

/* The text in form NFC, with LF for CR LF; the same view when nothing changes. What is not UTF-8
 * stays as it is. TEXT_NONE: the call has failed. */
text normal_text(struct call *call, text source);

#endif
