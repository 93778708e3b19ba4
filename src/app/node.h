/*
 * What this process is called among all that share a store, and whether another one is still there.
 * A host's name would not do: names repeat, and so do process numbers. The name holds the machine's
 * boot, the space that process numbers are counted in, the number, and when the process began.
 */
#ifndef RONDO_NODE_H
#define RONDO_NODE_H

#include "base/call.h"

/* In the call's memory; TEXT_NONE: the call has failed. */
text node_name(struct call *call);

/* True when that process ran on this machine and has ended; false when that cannot be told. */
bool node_is_gone(text node);

#endif
