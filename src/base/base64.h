/* Bytes as text and back: base64 of RFC 4648 section 4, with its padding, without line ends. */
#ifndef RONDO_BASE64_H
#define RONDO_BASE64_H

#include "base/call.h"

/* TEXT_NONE: the call has failed. */
text base64_write(struct call *call, text bytes);

/* False without a failure when it is not base64; false with one when memory ran out. */
bool base64_read(struct call *call, text base64, text *bytes);

#endif
