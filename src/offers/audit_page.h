/*
 * Which lines of the audit are asked for, and the report of its verification: shared by both doors.
 */
#ifndef RONDO_AUDIT_PAGE_H
#define RONDO_AUDIT_PAGE_H

#include "ledger/audit.h"

/* What a door was given under a name; TEXT_NONE: nothing. */
typedef text (*audit_word)(const void *door, const char *name);

/*
 * Sets the query from the words record, row, actor, door, verb, since and until. Fails when there
 * is no such record, person or door, when the row is of another record, or a time is none.
 */
bool audit_page_read(struct call *call, audit_word given, const void *door,
                     struct audit_query *query);

void audit_page_write_report(const struct audit_report *report, struct json_writer *writer);

#endif
