/*
 * What was found when a store was looked through: one line for each kind of thing. The ledger
 * (verify_ledger.h) and rooms add to the same report. What is wrong is told, never mended.
 */
#ifndef RONDO_VERIFY_H
#define RONDO_VERIFY_H

#include "catalog/record.h"

struct json_writer;

enum { VERIFY_SHOWN_MAX = 10 };

/* One kind of thing that was looked at. */
struct verify_check {
    const char *what; /* "references" */
    int64_t checked, wrong;
    text shown[VERIFY_SHOWN_MAX]; /* the first that are wrong: their ids, and what is */
    int shown_count;
};

struct verify_report {
    struct verify_check *check;
    size_t count, room;
};

/* A further check, all well so far; valid until the next one is added. NULL: the call has failed.
 */
struct verify_check *verify_add(struct call *call, struct verify_report *report, const char *what);

/* One more thing is wrong. TEXT_NONE: the call has failed already. Always says what the call says.
 */
bool verify_wrong(struct call *call, struct verify_check *check, text words);

/* Adds the number that the statement gives to what was checked. TEXT_NONE: the call has failed. */
bool verify_count(struct call *call, struct verify_check *check, text words);

/* Each row of the statement is the id of a row of the record, and wrong in the same way. */
bool verify_rows(struct call *call, struct verify_check *check, const struct record *record,
                 const char *what, text words);

bool verify_is_sound(const struct verify_report *report);

void verify_write_json(const struct verify_report *report, struct json_writer *writer);

#endif
