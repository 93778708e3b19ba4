/* The versions of a row as a page: for GET .../history. Knows no addresses. */
#ifndef RONDO_HISTORY_PAGE_H
#define RONDO_HISTORY_PAGE_H

#include "ledger/history.h"

struct json_writer;

/*
 * {"items":[{"version","change","at","actor","who","door","what","fields":[...]}],"next"},
 * each field {"field","before","after"}.
 */
bool history_page_write(struct call *call, const struct versions *versions,
                        struct json_writer *writer);

/* Whether values of the field may be shown at all. */
bool history_page_shows(const struct field *field);

#endif
