/* One occurrence as JSON: all that its page shows, before it starts, while it runs, and after. */
#ifndef RONDO_OCCURRENCE_PAGE_H
#define RONDO_OCCURRENCE_PAGE_H

#include "base/json_write.h"
#include "rooms/rituals/occurrence_rules.h"

/* Reads everything and writes it. Nothing is written when the key means no occurrence. */
bool occurrence_page_write(struct call *call, text key, struct json_writer *writer);

#endif
