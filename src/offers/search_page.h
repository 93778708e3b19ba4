/* What a search found, as JSON: the same at every door. */
#ifndef RONDO_SEARCH_PAGE_H
#define RONDO_SEARCH_PAGE_H

#include "base/json_write.h"
#include "store/match.h"

/*
 * Writes {"items":[...],"next":"20"}. What changes between two pages may move in the order: a row
 * can come twice or be missed, as scores are not kept.
 */
bool search_page_write(struct call *call, const struct match_question *question,
                       const struct matches *matches, struct json_writer *writer);

/* A short piece of the text around its part [at, at + size): one line, cut ends with an ellipsis.
 */
text search_page_excerpt(struct call *call, text whole, size_t at, size_t size);

#endif
