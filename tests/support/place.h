/*
 * Where a test's store is: a file in its folder or, with RONDO_TEST_STORE=postgresql, a schema or a
 * database of its own at the server that RONDO_TEST_POSTGRESQL names. A server that is not there
 * fails the test.
 */
#ifndef RONDO_TEST_PLACE_H
#define RONDO_TEST_PLACE_H

#include "store/driver.h"

enum { TEST_PATH_SIZE = 192 };

/* The driver of the store that this run is about; whether that is a file. */
const struct driver *test_driver(void);
bool test_is_on_file(void);

/* Makes a folder, and in it (or at the server) a place for a store that is not made yet. */
void test_place_make(char folder[64], char where[TEST_PATH_SIZE]);

/*
 * The same with a store in it: on file `make` makes it there; at the server it makes the database
 * `original`, once for all programs that name it, and each place is a copy: hundreds of tables are
 * copied in a fourth of the time that it takes to make them. `make` leaves no connection open.
 */
void test_place_copy(char folder[64], char where[TEST_PATH_SIZE], const char *original,
                     void (*make)(const char *where));

/* Removes the folder, what is in it, and the place at the server. */
void test_place_remove(const char *folder, const char *where);

#endif
