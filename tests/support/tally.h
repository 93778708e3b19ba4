/*
 * A made-up format for tests of importing. A line "NAME SIZE" is a batch; "? ..." cannot be read
 * and goes to quarantine, with its second word as its run; "! ..." fails as the words say:
 * "! early invalid" before anything of the file is written, "! late large" amid writing. Beside
 * it is "tally2", the same under a name that must be given.
 */
#ifndef RONDO_TEST_TALLY_H
#define RONDO_TEST_TALLY_H

#include "offers/importer.h"
#include "store/find.h"
#include "support/test_doors.h"

/* Ended by NULL. It recognises names that end in ".tally". */
extern const struct importer *const tally_importers[];

/* Imports one file from memory, as whoever acts; options may be NULL. */
bool tally_try(struct test_doors *test, const char *name, const char *bytes,
               const struct import_options *options, struct import_report *report);

/* The same; it must be done. */
struct import_report tally(struct test_doors *test, const char *name, const char *bytes);

/* How many rows the query of a table gives: "batches WHERE size > 3". */
int64_t test_doors_count(struct test_doors *test, const char *table_and_condition);

#endif
