/*
 * See store.h. Opening and closing; what a call does meanwhile is in transaction.c and session.c.
 */
#include "store/store.h"

#include "store/migrate.h"
#include "store/session.h"
#include "store/setting.h"
#include "store/shelf.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* A path is anything that is no other driver's. */
static const struct driver *driver_for(struct call *call, text where)
{
    if (postgresql_driver.is_mine(where))
        return &postgresql_driver;
    /* SQLite would give each connection a database of its own. */
    if (where.size == 0 || text_is(where, ":memory:")) {
        fail(call, FAIL_USAGE,
             "a store is a file or a PostgreSQL database: name its path or its address with "
             "--store");
        return NULL;
    }
    return &sqlite_driver;
}

/* SQLite's own word for a database without a name: one connection's, gone when that is closed. */
#define REHEARSAL_ADDRESS ""

/*
 * A rehearsal takes such a one only where a store could be made: else it goes the usual way, is
 * refused there as the real thing would be, and leaves as little.
 */
static bool path_may_be_made(struct call *call, const char *where)
{
    struct stat facts;
    if (stat(where, &facts) == 0)
        return S_ISREG(facts.st_mode) && facts.st_size == 0;
    char *folder = call_string(call, text_of(where));
    char *slash = folder ? strrchr(folder, '/') : NULL;
    if (slash)
        slash[slash == folder ? 1 : 0] = '\0';
    return folder && errno == ENOENT && access(slash ? folder : ".", W_OK | X_OK) == 0;
}

static bool is_rehearsed(struct call *call, const struct store_options *options,
                         const struct driver *driver, const char *where)
{
    char message[DRIVER_MESSAGE_SIZE];
    struct connection *connection;
    if (!options->rehearses || !options->create)
        return false;
    if (driver == &sqlite_driver)
        return path_may_be_made(call, where);
    enum driver_result result = driver->open(where, false, false, &connection, message);
    if (result == DRIVER_OK)
        driver->close(connection);
    return result == DRIVER_NO_STORE;
}

static bool keep_address(struct call *call, struct store *store, const char *address)
{
    struct out shown;
    out_init(&shown, call);
    if (store->driver->show)
        store->driver->show(address, &shown);
    else
        out_string(&shown, address);
    out_char(&shown, '\0');
    store->address = strdup(store->is_rehearsal ? REHEARSAL_ADDRESS : address);
    store->where = shown.failed ? NULL : strdup(out_view(&shown).at);
    return (store->address && store->where) ||
           fail(call, FAIL_INTERNAL, "the machine has no more memory");
}

static bool where_is_missing(struct call *call, const struct store_options *options,
                             const char *where)
{
    struct stat facts;
    if (options->create && !options->read_only)
        return false;
    if (stat(where, &facts) != 0)
        fail(call, FAIL_STORE,
             "there is no store at '%s': make one with 'rondo init', or name it with --store",
             where);
    else if (S_ISREG(facts.st_mode) && facts.st_size == 0)
        fail(
            call, FAIL_STORE,
            "the file '%s' is empty, and no Rondo store: make one there with 'rondo init', or name "
            "another with --store",
            where);
    return call->fail.kind != FAIL_NONE;
}

struct store *store_open(struct call *call, const struct store_options *options)
{
    const struct driver *driver =
        options->driver ? options->driver : driver_for(call, options->where);
    char *where = driver ? call_string(call, options->where) : NULL;
    if (!where || (driver == &sqlite_driver && where_is_missing(call, options, where)))
        return NULL;
    struct store *store = calloc(1, sizeof *store);
    if (store)
        store->shelf = shelf_new();
    if (!store || !store->shelf) {
        free(store);
        fail(call, FAIL_INTERNAL, "the machine has no more memory");
        return NULL;
    }
    store->driver = driver;
    store->catalog = options->catalog;
    store->read_only = options->read_only;
    store->is_rehearsal = is_rehearsed(call, options, driver, where);
    store->is_of_one_call = options->is_of_one_call;
    store->reads_once = options->reads_once;
    store->moment = 2;
    pthread_mutex_init(&store->writer_lock, NULL);
    pthread_cond_init(&store->writer_is_free, NULL);
    pthread_mutex_init(&store->pool_lock, NULL);
    bool has_address = keep_address(call, store, where);
    if (store->is_rehearsal)
        store->driver = &sqlite_driver;
    if (has_address && options->opens_beside)
        reader_expect(store);
    if (has_address)
        store->writer =
            slot_open(call, store, options->create && !options->read_only, options->read_only);
    if (!store->writer || !migrate(call, store)) {
        store_close(store);
        return NULL;
    }
    return store;
}

void store_close(struct store *store)
{
    reader_await(store);
    while (store->free_reader) {
        struct slot *next = store->free_reader->next;
        slot_close(store, store->free_reader);
        store->free_reader = next;
    }
    if (store->writer)
        slot_close(store, store->writer);
    pthread_cond_destroy(&store->writer_is_free);
    pthread_mutex_destroy(&store->writer_lock);
    pthread_mutex_destroy(&store->pool_lock);
    shelf_release(store->shelf);
    free(store->address);
    free(store->where);
    free(store);
}

const char *store_where(const struct store *store)
{
    return store->where;
}

bool store_is_rehearsal(const struct store *store)
{
    return store->is_rehearsal;
}

uint64_t store_moment(const struct store *store)
{
    uint64_t moment = store->moment;
    return moment % 2 ? 0 : moment;
}

void store_moved(struct store *store)
{
    store->moment += 2;
}

bool store_attach_beside(struct call *beside, const struct call *call)
{
    struct session *session = call_new(beside, struct session);
    if (!session)
        return false;
    session->is_beside = true;
    beside->store = call->store;
    beside->catalog = call->catalog;
    beside->workspace_zone = call->workspace_zone;
    beside->session = session;
    return true;
}

bool store_attach(struct call *call, struct store *store)
{
    struct session *session = call_new(call, struct session);
    if (!session)
        return false;
    call->store = store;
    call->catalog = store->catalog;
    call->session = session;
    text zone;
    if (!store_setting(call, "zone", &zone))
        return false;
    if (zone.at)
        call->workspace_zone = zone;
    return true;
}
