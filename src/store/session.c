/* See session.h. */
#include "store/session.h"

#include "base/thread.h"

#include <assert.h>

/* What a person reads when the store refuses; indexed by enum driver_result. */
static const struct {
    enum fail_kind kind;
    const char *words; /* takes the store's place */
    bool has_more;     /* the native text says more */
} store_troubles[] = {
    [DRIVER_CONFLICT] = { FAIL_CONFLICT,
                          "the store '%s' refused a value that another row already has" },
    [DRIVER_INVALID] = { FAIL_INVALID,
                         "the store '%s' refused a value that does not fit its column" },
    [DRIVER_BUSY] = { FAIL_BUSY, "the store '%s' stayed locked by another program; try again when "
                                 "it has ended" },
    [DRIVER_FULL] = { FAIL_STORE,
                      "no room left to write the store '%s': nothing of this change was stored; "
                      "free some space and repeat" },
    [DRIVER_READ_ONLY] = { FAIL_STORE,
                           "the store '%s' cannot be written: check the rights of the file and "
                           "of its folder, or of the role at the server" },
    [DRIVER_CANNOT_OPEN] = { FAIL_STORE,
                             "the store '%s' cannot be opened: check the path and its rights, "
                             "or make a new store with 'rondo init --store PATH'" },
    [DRIVER_NOT_A_STORE] = { FAIL_STORE,
                             "the file '%s' is not a Rondo store, or it is damaged: name another "
                             "with --store, or restore a backup" },
    [DRIVER_NO_STORE] = { FAIL_STORE,
                          "there is no store at '%s': make one with 'rondo init', or name it with "
                          "--store" },
    [DRIVER_BAD_ADDRESS] = { FAIL_USAGE,
                             "the address '%s' cannot be read: write "
                             "postgres://USER@HOST:PORT/DATABASE, with %%40 for an @ in a name" },
    [DRIVER_NO_CLIENT] = { FAIL_STORE,
                           "the store '%s' needs PostgreSQL's client library: install libpq5, or "
                           "name a file with --store" },
    [DRIVER_TOO_OLD] = { FAIL_STORE,
                         "the server of the store '%s' is older than PostgreSQL 13: upgrade it, or "
                         "name another with --store" },
    [DRIVER_NOT_ADMITTED] = { FAIL_STORE,
                              "the server of the store '%s' does not let this user in: check the "
                              "name and the password (PGPASSWORD or ~/.pgpass)",
                              true },
    [DRIVER_CROWDED] = { FAIL_BUSY,
                         "the server of the store '%s' has no connection left: try again, or raise "
                         "its max_connections" },
    [DRIVER_LOST] = { FAIL_BUSY,
                      "the server of the store '%s' does not answer: nothing was stored; repeat "
                      "this when the server is back",
                      true },
    [DRIVER_UNCERTAIN] = { FAIL_STORE, "the server of the store '%s' was lost while it stored this "
                                       "change: look "
                                       "whether it is there before you repeat it" },
    [DRIVER_BROKEN] = { FAIL_STORE, "the store '%s' failed", true },
};

void session_doom(struct call *call)
{
    if (call->session && call->session->is_writing)
        call->session->is_doomed = true;
}

bool session_is_sound(struct call *call)
{
    if (!call->session->is_doomed)
        return true;
    return fail(
        call, FAIL_STORE,
        "an earlier step failed, so nothing of this change was stored: repeat it as a whole");
}

static bool fail_with(struct call *call, const struct store *store, enum driver_result result,
                      const char *message)
{
    assert(result > DRIVER_DONE);
    char sentence[FAIL_SENTENCE_SIZE];
    session_doom(call);
    snprintf(sentence, sizeof sentence, store_troubles[result].words, store->where);
    if (store_troubles[result].has_more && message[0])
        return fail(call, store_troubles[result].kind, "%s: %s", sentence, message);
    return fail(call, store_troubles[result].kind, "%s", sentence);
}

bool store_fail(struct call *call, struct store *store, struct connection *connection,
                enum driver_result result)
{
    return fail_with(call, store, result, store->driver->message(connection));
}

struct slot *slot_open(struct call *call, struct store *store, bool create, bool read_only)
{
    char message[DRIVER_MESSAGE_SIZE] = "";
    struct slot *slot = calloc(1, sizeof *slot);
    if (!slot) {
        fail(call, FAIL_INTERNAL, "the machine has no more memory");
        return NULL;
    }
    enum driver_result result =
        store->driver->open(store->address, create, read_only, &slot->connection, message);
    if (result == DRIVER_OK) {
        if (store->reads_once && store->driver->reads_once)
            store->driver->reads_once(slot->connection);
        return slot;
    }
    free(slot);
    if (result == DRIVER_BROKEN)
        fail(call, FAIL_STORE, "the store '%s' cannot be opened: %s", store->where, message);
    else
        fail_with(call, store, result, message);
    return NULL;
}

static void *reader_open(void *of)
{
    struct call call;
    call_init(&call, CALL_MEMORY_DEFAULT);
    struct slot *reader = slot_open(&call, of, false, true);
    call_release(&call);
    return reader;
}

void reader_expect(struct store *store)
{
    cpu_set_t processors;
    store->is_opening = thread_others(&processors) &&
                        thread_start_on(&processors, reader_open, store, &store->opening);
}

void reader_await(struct store *store)
{
    void *opened = NULL;
    if (!store->is_opening)
        return;
    store->is_opening = false;
    pthread_join(store->opening, &opened);
    struct slot *reader = opened;
    if (reader) {
        reader->next = store->free_reader;
        store->free_reader = reader;
    }
}

static struct slot *reader_take(struct call *call)
{
    struct store *store = call->store;
    if (store->is_of_one_call && !call->session->is_beside)
        return store->writer;
    pthread_mutex_lock(&store->pool_lock);
    reader_await(store);
    struct slot *reader = store->free_reader;
    if (reader)
        store->free_reader = reader->next;
    pthread_mutex_unlock(&store->pool_lock);
    return reader ? reader : slot_open(call, store, false, true);
}

struct slot *session_slot(struct call *call)
{
    assert(call->session);
    struct session *session = call->session;
    struct store *store = call->store;
    if (session->is_writing && !session_is_sound(call))
        return NULL;
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
