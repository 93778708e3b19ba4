/*
 * A real store in a folder of its own, with the made-up catalogue and what ledger and offers keep
 * besides. Two teams and three persons are in it; a call acts as one of them.
 */
#ifndef RONDO_TEST_DOORS_H
#define RONDO_TEST_DOORS_H

#include "ledger/ledger.h"
#include "ledger/link.h"
#include "support/place.h"
#include "support/test_catalog.h"

/* The ids of the rows that every such store begins with. */
enum { TEST_RED = 1, TEST_BLUE = 2 };
enum { TEST_ADA = 1, TEST_BERT = 2, TEST_OLGA = 3 };

struct test_doors {
    struct call call;
    struct store *store;
    char folder[64];
    char where[TEST_PATH_SIZE];
};

/*
 * test_catalog with the link record, a record made by the program, the tables of ledger and offers.
 */
const struct catalog *test_doors_catalog(void);

/* A record whose rows only the program makes: name and counted size. */
enum { BATCH_NAME, BATCH_NOTE, BATCH_SIZE, BATCH_FIELD_COUNT };
extern const struct record batch_record;

/* Fails the test when it cannot. The call acts as Ada, through the API. */
void test_doors_open(struct test_doors *test);
void test_doors_close(struct test_doors *test);

/* For cmocka: such a store in `*state`, and its end. */
int test_doors_setup(void **state);
int test_doors_teardown(void **state);
#define WITH_DOORS(test) \
    cmocka_unit_test_setup_teardown(test, test_doors_setup, test_doors_teardown)

/*
 * Ada: member and council everywhere, and of team Red. Bert: member everywhere and of team Blue.
 * Olga: owner of the workspace and nothing else. Person 0 is nobody.
 */
void test_act_as(struct call *call, rid person);

/*
 * A new call on the same store, as a new request would be; keeps
 * who acts. Memory of the old one is gone.
 */
void test_doors_renew(struct test_doors *test);

/* A gadget of that name, made by whoever acts. */
rid test_gadget(struct call *call, const char *name);

#endif
