/* See store.h and session.h. */
#include "store/store.h"

#include "store/migrate.h"
#include "store/session.h"

#include <assert.h>
#include <unistd.h>

/* What a person reads when the store refuses; indexed by enum driver_result. */
static const struct {
    enum fail_kind kind;
    const char *words; /* takes the store's place */
} store_troubles[] = {
    [DRIVER_CONFLICT] = { FAIL_CONFLICT, "the store '%s' refused a value that another row already has" },
    [DRIVER_INVALID] = { FAIL_INVALID, "the store '%s' refused a value that does not fit its column" },
    [DRIVER_BUSY] = { FAIL_BUSY, "the store '%s' stayed locked by another program; try again when it has ended" },
    [DRIVER_FULL] = { FAIL_STORE, "no room left to write the store '%s': nothing of this change was stored; "
                                  "free some space and repeat" },
    [DRIVER_READ_ONLY] = { FAIL_STORE, "the store '%s' cannot be written: check the rights of the file and "
                                       "of its folder" },
    [DRIVER_CANNOT_OPEN] = { FAIL_STORE, "the store '%s' cannot be opened: check the path and its rights, "
                                         "or make a new store with 'rondo init --store PATH'" },
    [DRIVER_NOT_A_STORE] = { FAIL_STORE, "the file '%s' is not a Rondo store, or it is damaged: name another "
                                         "with --store, or restore a backup" },
    [DRIVER_BROKEN] = { FAIL_STORE, "the store '%s' failed" },
};

bool store_fail(struct call *call, struct store *store, struct connection *connection, enum driver_result result)
{
    assert(result > DRIVER_DONE);
    char sentence[FAIL_SENTENCE_SIZE];
    snprintf(sentence, sizeof sentence, store_troubles[result].words, store->where);
    if (result == DRIVER_BROKEN && connection)
        return fail(call, store_troubles[result].kind, "%s: %s", sentence, store->driver->message(connection));
    return fail(call, store_troubles[result].kind, "%s", sentence);
}

struct slot *slot_open(struct call *call, struct store *store, bool create)
{
    char message[DRIVER_MESSAGE_SIZE] = "";
    struct slot *slot = calloc(1, sizeof *slot);
    if (!slot) {
        fail(call, FAIL_INTERNAL, "the machine has no more memory");
        return NULL;
    }
    enum driver_result result =
        store->driver->open(store->where, create, store->read_only, &slot->connection, message);
    if (result == DRIVER_OK)
        return slot;
    free(slot);
    if (result == DRIVER_BROKEN)
        fail(call, FAIL_STORE, "the store '%s' cannot be opened: %s", store->where, message);
    else
        store_fail(call, store, NULL, result);
    return NULL;
}

/* PostgreSQL comes with its own driver; until it is built in, its address is refused by name. */
static const struct driver *driver_for(struct call *call, text where)
{
    if (text_starts(where, TEXT("postgres://")) || text_starts(where, TEXT("postgresql://"))) {
        fail(call, FAIL_USAGE, "this Rondo keeps its store in an SQLite file: name a path with --store");
        return NULL;
    }
    return &sqlite_driver;
}

static bool where_is_missing(struct call *call, const struct store_options *options, const char *where)
{
    if (options->create || access(where, F_OK) == 0)
        return false;
    fail(call, FAIL_STORE, "there is no store at '%s': make one with 'rondo init', or name it with --store", where);
    return true;
}

struct store *store_open(struct call *call, const struct store_options *options)
{
    const struct driver *driver = options->driver ? options->driver : driver_for(call, options->where);
    char *where = driver ? call_string(call, options->where) : NULL;
    if (!where || (driver == &sqlite_driver && where_is_missing(call, options, where)))
        return NULL;
    struct store *store = calloc(1, sizeof *store);
    if (store)
        store->where = strdup(where);
    if (!store || !store->where) {
        free(store);
        fail(call, FAIL_INTERNAL, "the machine has no more memory");
        return NULL;
    }
    store->driver = driver;
    store->catalog = options->catalog;
    store->read_only = options->read_only;
    pthread_mutex_init(&store->writer_lock, NULL);
    pthread_mutex_init(&store->pool_lock, NULL);
    store->writer = slot_open(call, store, options->create);
    if (!store->writer || !migrate(call, store)) {
        store_close(store);
        return NULL;
    }
    return store;
}

void store_close(struct store *store)
{
    while (store->free_reader) {
        struct slot *next = store->free_reader->next;
        slot_close(store, store->free_reader);
        store->free_reader = next;
    }
    if (store->writer)
        slot_close(store, store->writer);
    pthread_mutex_destroy(&store->writer_lock);
    pthread_mutex_destroy(&store->pool_lock);
    free(store->where);
    free(store);
}

const char *store_where(const struct store *store)
{
    return store->where;
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

void store_leave(struct call *call)
{
    if (!call->session)
        return;
    store_rollback(call);
    struct slot *reader = call->session->reader;
    if (reader) {
        session_refresh(call);
        pthread_mutex_lock(&call->store->pool_lock);
        reader->next = call->store->free_reader;
        call->store->free_reader = reader;
        pthread_mutex_unlock(&call->store->pool_lock);
    }
    call->session = NULL;
    call->store = NULL;
}

static struct slot *reader_take(struct call *call)
{
    struct store *store = call->store;
    pthread_mutex_lock(&store->pool_lock);
    struct slot *reader = store->free_reader;
    if (reader)
        store->free_reader = reader->next;
    pthread_mutex_unlock(&store->pool_lock);
    return reader ? reader : slot_open(call, store, false);
}

struct slot *session_slot(struct call *call)
{
    assert(call->session);
    struct session *session = call->session;
    struct store *store = call->store;
    if (session->is_writing)
        return store->writer;
    if (!session->reader)
        session->reader = reader_take(call);
    struct slot *reader = session->reader;
    if (!reader || reader->in_transaction)
        return reader;
    enum driver_result result = store->driver->begin(reader->connection, false);
    if (result != DRIVER_OK) {
        store_fail(call, store, reader->connection, result);
        return NULL;
    }
    reader->in_transaction = true;
    return reader;
}

void session_refresh(struct call *call)
{
    struct slot *reader = call->session->reader;
    if (reader && reader->in_transaction) {
        call->store->driver->rollback(reader->connection);
        reader->in_transaction = false;
    }
}

bool store_in_transaction(const struct call *call)
{
    return call->session && call->session->is_writing;
}

bool store_begin(struct call *call)
{
    assert(call->session && !call->session->is_writing);
    struct store *store = call->store;
    session_refresh(call);
    pthread_mutex_lock(&store->writer_lock);
    enum driver_result result = store->driver->begin(store->writer->connection, true);
    if (result != DRIVER_OK) {
        store_fail(call, store, store->writer->connection, result);
        pthread_mutex_unlock(&store->writer_lock);
        return false;
    }
    call->session->is_writing = true;
    return true;
}

static void writer_give_back(struct call *call)
{
    call->session->is_writing = false;
    pthread_mutex_unlock(&call->store->writer_lock);
}

bool store_commit(struct call *call)
{
    assert(store_in_transaction(call));
    struct store *store = call->store;
    enum driver_result result = store->driver->commit(store->writer->connection);
    if (result != DRIVER_OK) {
        store_fail(call, store, store->writer->connection, result);
        store->driver->rollback(store->writer->connection);
    }
    writer_give_back(call);
    return result == DRIVER_OK;
}

void store_rollback(struct call *call)
{
    if (!store_in_transaction(call))
        return;
    call->store->driver->rollback(call->store->writer->connection);
    writer_give_back(call);
}

bool store_setting(struct call *call, const char *name, text *value)
{
    *value = TEXT_NONE;
    struct sql *sql = SQL(call, "SELECT value FROM setting WHERE name = ?1");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(name));
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW)
        *value = call_text(call, sql_text(sql, 0));
    sql_done(sql);
    return step != SQL_FAILED && call->fail.kind == FAIL_NONE;
}

bool store_setting_set(struct call *call, const char *name, text value)
{
    struct sql *sql = SQL(call, "INSERT INTO setting (name, value) VALUES (?1, ?2) "
                                "ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(name));
    sql_bind_text(sql, 2, value);
    return sql_run(call, sql);
}
