/*
 * The real house on a real store in a folder of its own: all rooms, all records, the real formats.
 * A call acts as the founder Ada, who owns the workspace. What fails here fails the test.
 */
#ifndef RONDO_TEST_HOUSE_H
#define RONDO_TEST_HOUSE_H

#include "app/house.h"
#include "ledger/ledger.h"
#include "rooms/evals/evals_week.h"
#include "store/find.h"
#include "support/place.h"
#include "support/support.h"

struct test_house {
    struct house house;
    struct call building; /* owns the tables of the house */
    struct store *store;
    struct call call;
    char folder[64];
    char where[TEST_PATH_SIZE];
};

/* For cmocka: a founded house in `*state`, and its end. */
int test_house_setup(void **state);
int test_house_teardown(void **state);
#define WITH_HOUSE(test) \
    cmocka_unit_test_setup_teardown(test, test_house_setup, test_house_teardown)

/* A new call on the same store, acting as the founder; memory of the old one is gone. */
void test_house_renew(struct test_house *test);

/* Closes the store and opens it again through that driver; NULL: the usual one. */
void test_house_reopen(struct test_house *test, const struct driver *driver);

/* Imports these bytes as a file of that name. Options may be NULL. The report is the call's. */
bool test_try_import(struct test_house *test, const char *name, const char *bytes,
                     const struct import_options *options, struct import_report *report);

/* The same; it must be done. */
struct import_report test_import(struct test_house *test, const char *name, const char *bytes,
                                 const struct import_options *options);

/* The only run of that name. */
struct row test_run_row(struct test_house *test, const char *name);

/* The only row of that title in the record, else one with id 0. */
struct row test_titled(struct test_house *test, const struct record *record, const char *title);

/* How many rows the query of a table gives: "eval_column WHERE run = 1". */
int64_t test_count(struct test_house *test, const char *table_and_condition);

/* How many live rows all records have. */
int64_t test_house_live(struct test_house *test);

/* The review of a week ("2026-W47", or NULL for the latest), with 12 weeks. */
struct review test_review(struct test_house *test, const char *week, enum week_run rule);

/* The words of the first note of that code in a report, else TEXT_NONE. */
text test_note(const struct import_report *report, const char *code);

#endif
