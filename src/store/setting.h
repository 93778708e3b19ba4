/* Small settings of the workspace, by name: "zone", "shape", "version". */
#ifndef RONDO_SETTING_H
#define RONDO_SETTING_H

#include "base/call.h"

/* TEXT_NONE when it is not set. */
bool store_setting(struct call *call, const char *name, text *value);

/* Inside a transaction. */
bool store_setting_set(struct call *call, const char *name, text value);

#endif
