/* See place.h. */
#include "support/place.h"

#include "support/support.h"

#include <dirent.h>
#include <unistd.h>

bool test_is_on_file(void)
{
    return !text_is(text_of(getenv("RONDO_TEST_STORE")), "postgresql");
}

const struct driver *test_driver(void)
{
    return test_is_on_file() ? &sqlite_driver : &postgresql_driver;
}

static const char *server(void)
{
    const char *url = getenv("RONDO_TEST_POSTGRESQL");
    if (!url)
        print_error("RONDO_TEST_POSTGRESQL names no server: run this under tools/postgresql.py\n");
    assert_non_null(url);
    return url;
}

static void tell_server(const char *statement)
{
    struct connection *connection;
    char message[DRIVER_MESSAGE_SIZE] = "";
    enum driver_result result = postgresql_driver.open(server(), true, false, &connection, message);
    if (result != DRIVER_OK)
        print_error("%s: %s\n", server(), message);
    assert_int_equal(result, DRIVER_OK);
    result = postgresql_driver.script(connection, statement);
    if (result != DRIVER_OK)
        print_error("%s: %s\n", statement, postgresql_driver.message(connection));
    assert_int_equal(result, DRIVER_OK);
    postgresql_driver.close(connection);
}

/* The folder's name is as new as the schema has to be. */
static const char *schema_of(const char *folder)
{
    return folder + sizeof "/tmp/rondo-test-" - 1;
}

void test_place_make(char folder[64], char where[TEST_PATH_SIZE])
{
    char statement[TEST_PATH_SIZE];
    snprintf(folder, 64, "/tmp/rondo-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
    if (test_is_on_file()) {
        snprintf(where, TEST_PATH_SIZE, "%s/rondo.db", folder);
        return;
    }
    snprintf(statement, sizeof statement, "CREATE SCHEMA \"%s\"", schema_of(folder));
    tell_server(statement);
    int size = snprintf(where, TEST_PATH_SIZE, "%s&options=-csearch_path%%3D%%22%s%%22", server(),
                        schema_of(folder));
    assert_true(size < TEST_PATH_SIZE);
}

static void remove_folder(const char *path)
{
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char name[512];
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(name);
    }
    closedir(folder);
    assert_int_equal(rmdir(path), 0);
}

void test_place_remove(const char *folder, const char *where)
{
    char statement[TEST_PATH_SIZE];
    remove_folder(folder);
    if (!text_starts(text_of(where), TEXT("postgresql://")))
        return;
    snprintf(statement, sizeof statement, "DROP SCHEMA \"%s\" CASCADE", schema_of(folder));
    tell_server(statement);
}
