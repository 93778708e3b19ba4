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

static enum driver_result try_server(const char *statement, char message[DRIVER_MESSAGE_SIZE])
{
    struct connection *connection;
    enum driver_result result = postgresql_driver.open(server(), true, false, &connection, message);
    if (result != DRIVER_OK)
        return result;
    result = postgresql_driver.script(connection, statement);
    if (result != DRIVER_OK)
        snprintf(message, DRIVER_MESSAGE_SIZE, "%s", postgresql_driver.message(connection));
    postgresql_driver.close(connection);
    return result;
}

static void tell_server(const char *statement)
{
    char message[DRIVER_MESSAGE_SIZE] = "";
    enum driver_result result = try_server(statement, message);
    if (result != DRIVER_OK)
        print_error("%s: %s\n", statement, message);
    assert_int_equal(result, DRIVER_OK);
}

/* The folder's name is as new as the schema, or the database, has to be. */
static const char *name_of(const char *folder)
{
    return folder + sizeof "/tmp/rondo-test-" - 1;
}

static void make_folder(char folder[64])
{
    snprintf(folder, 64, "/tmp/rondo-test-XXXXXX");
    assert_non_null(mkdtemp(folder));
}

void test_place_make(char folder[64], char where[TEST_PATH_SIZE])
{
    char statement[TEST_PATH_SIZE];
    make_folder(folder);
    if (test_is_on_file()) {
        snprintf(where, TEST_PATH_SIZE, "%s/rondo.db", folder);
        return;
    }
    snprintf(statement, sizeof statement, "CREATE SCHEMA \"%s\"", name_of(folder));
    tell_server(statement);
    int size = snprintf(where, TEST_PATH_SIZE, "%s&options=-csearch_path%%3D%%22%s%%22", server(),
                        name_of(folder));
    assert_true(size < TEST_PATH_SIZE);
}

/* The server's address, with another database in it. */
static void address_of(const char *database, char where[TEST_PATH_SIZE])
{
    const char *query = strchr(server(), '?');
    assert_non_null(query);
    const char *old = memrchr(server(), '/', (size_t)(query - server()));
    assert_non_null(old);
    int size = snprintf(where, TEST_PATH_SIZE, "%.*s%s%s", (int)(old + 1 - server()), server(),
                        database, query);
    assert_true(size < TEST_PATH_SIZE);
}

/* Under a name of its own until it is whole; of two programs that make it, one is first. */
static void make_original(const char *original, void (*make)(const char *where))
{
    char own[64], where[TEST_PATH_SIZE], statement[TEST_PATH_SIZE];
    char message[DRIVER_MESSAGE_SIZE] = "";
    snprintf(own, sizeof own, "%s-%d", original, (int)getpid());
    snprintf(statement, sizeof statement, "CREATE DATABASE \"%s\"", own);
    tell_server(statement);
    address_of(own, where);
    make(where);
    snprintf(statement, sizeof statement, "ALTER DATABASE \"%s\" RENAME TO \"%s\"", own, original);
    if (try_server(statement, message) != DRIVER_OK) {
        snprintf(statement, sizeof statement, "DROP DATABASE \"%s\" WITH (FORCE)", own);
        tell_server(statement);
    }
}

void test_place_copy(char folder[64], char where[TEST_PATH_SIZE], const char *original,
                     void (*make)(const char *where))
{
    char statement[TEST_PATH_SIZE], message[DRIVER_MESSAGE_SIZE] = "";
    if (test_is_on_file()) {
        test_place_make(folder, where);
        make(where);
        return;
    }
    make_folder(folder);
    address_of(name_of(folder), where);
    snprintf(statement, sizeof statement,
             "CREATE DATABASE \"%s\" TEMPLATE \"%s\" STRATEGY file_copy", name_of(folder),
             original);
    if (try_server(statement, message) == DRIVER_OK)
        return;
    make_original(original, make);
    tell_server(statement);
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
    bool is_schema = strstr(where, "search_path") != NULL;
    snprintf(statement, sizeof statement,
             is_schema ? "DROP SCHEMA \"%s\" CASCADE" : "DROP DATABASE \"%s\" WITH (FORCE)",
             name_of(folder));
    tell_server(statement);
}
