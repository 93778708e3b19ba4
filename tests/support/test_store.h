/*
 * A fresh store of the test catalogue in a folder of its own, with people in it, and calls that act
 * as one of them. What fails here fails the test.
 */
#ifndef RONDO_TEST_STORE_H
#define RONDO_TEST_STORE_H

#include "ledger/ledger.h"
#include "store/find.h"
#include "support/place.h"
#include "support/support.h"
#include "support/test_catalog.h"

/* Who acts. All but the first two are persons of the store, by these names. */
enum test_actor {
    NOBODY,
    MACHINE, /* all rows: whoever holds the machine */
    ADA,     /* member of the workspace and of team Red */
    BEN,     /* member of the workspace and of team Blue */
    OLGA,    /* owner and member of the workspace */
    VERA,    /* viewer of the workspace */
    CARL,    /* member of the workspace, council of team Red */
    TINA,    /* member of team Red alone */
    ROBOT,   /* robot of the workspace, all scopes */
    ACTOR_COUNT,
};

enum { TEST_TABLES_MAX = 8, TEST_RECORDS_MAX = 16 };

struct test_store {
    char folder[64];
    char where[TEST_PATH_SIZE];
    struct catalog catalog; /* test_catalog and the tables of the ledger */
    const struct table *table[TEST_TABLES_MAX];
    const struct record *record[TEST_RECORDS_MAX];
    struct store *store;
    rid person[ACTOR_COUNT];
    rid red, blue;
};

/* The folder and the catalogue, without a store in it. */
void test_store_prepare(struct test_store *at);

/* Opens `at->where`; NULL when the call has failed. The caller closes it. */
struct store *test_store_open(struct call *call, const struct test_store *at, bool create);

/* For cmocka: a store with people in `*state`, and its end. */
int test_store_setup(void **state);
int test_store_teardown(void **state);
#define WITH_STORE(test) \
    cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

/* Opens the store again with records of the test's own beside those of the test catalogue. */
void test_store_add_records(struct test_store *at, const struct record *const *record,
                            size_t count);

/* Removes the store and its folder. */
void test_store_remove(const struct test_store *at);

/* A call that is attached and acts; end it before the store is closed. */
void test_call_as(struct call *call, const struct test_store *at, enum test_actor who);
void test_call_end(struct call *call);

/* Another person acts from here on; what the call has read stays. */
void test_act(struct call *call, const struct test_store *at, enum test_actor who);

/*
 * An unsaved row with everything that is needed: its title, and what it belongs to (a gizmo: its
 * gadget; a plan item: its team).
 */
struct row test_row(struct call *call, const struct record *record, const char *title, rid parent);

/* The same, created. */
struct row test_make(struct call *call, const struct record *record, const char *title, rid parent);

/* Sets a text field and updates; the row becomes the new version. */
bool test_set(struct call *call, struct row *row, int field, struct value value);

/* The first column of the first row, 0 when there is none. */
int64_t test_ask(struct call *call, const char *statement);

/* Runs statements on the store beside everything else, as a stranger would. */
void test_tamper(const struct test_store *at, const char *statements);

/* How many live rows all records of the catalogue have, for the call's reader. */
int64_t test_live_rows(struct call *call);

#endif
