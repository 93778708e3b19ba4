/* The open notes that the actor may read, grouped by dimension: a page, and its Markdown. */
#ifndef RONDO_NOTE_PAGE_H
#define RONDO_NOTE_PAGE_H

#include "base/json_write.h"
#include "store/find.h"

/* A note of two dimensions stands in both groups; the last group is that of the unsorted. */
bool note_page_markdown(struct call *call, struct out *out);

/* {"groups":[{"dimension":"data"|null,"label","items":[{"id","title","due","reason"}]}],
 * "markdown"} */
bool note_page_write_json(struct call *call, struct json_writer *writer);

#endif
