/*
 * Which lines of the audit are asked for, and the report of its verification: shared by both doors.
 */
#ifndef RONDO_AUDIT_PAGE_H
#define RONDO_AUDIT_PAGE_H

#include "ledger/audit.h"

/*
 * Sets record and row of the query from words: a record's name, a row's public id; TEXT_NONE: all.
 * Fails when there is no such record, or when the row is of another one.
 */
bool audit_page_read(struct call *call, text record, text row, struct audit_query *query);

void audit_page_write_report(const struct audit_report *report, struct json_writer *writer);

#endif
