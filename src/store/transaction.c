/* See transaction.h. */
#include "store/transaction.h"

#include "store/session.h"
#include "store/shelf.h"

#include <assert.h>
#include <time.h>

/* Longer than the pause between two tries of somebody who waits (see store_sqlite.c). */
enum { GIVE_WAY_MS = 8 };

/* --- the one writer: who comes first is served first --- */

static void writer_lock(struct store *store)
{
    pthread_mutex_lock(&store->writer_lock);
    uint64_t place = store->writer_places++;
    while (place != store->writer_turn)
        pthread_cond_wait(&store->writer_is_free, &store->writer_lock);
    pthread_mutex_unlock(&store->writer_lock);
}

static void writer_unlock(struct store *store)
{
    pthread_mutex_lock(&store->writer_lock);
    store->writer_turn++;
    pthread_cond_broadcast(&store->writer_is_free);
    pthread_mutex_unlock(&store->writer_lock);
}

void store_give_way(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = GIVE_WAY_MS * 1000000L }, NULL);
}

/* --- calls --- */

static void reader_give_back(struct store *store, struct slot *reader)
{
    pthread_mutex_lock(&store->pool_lock);
    reader->next = store->free_reader;
    store->free_reader = reader;
    pthread_mutex_unlock(&store->pool_lock);
}

void store_leave(struct call *call)
{
    if (!call->session)
        return;
    store_rollback(call);
    session_refresh(call);
    if (call->session->reader && call->session->reader != call->store->writer)
        reader_give_back(call->store, call->session->reader);
    call_forget(call); /* it may lie on the shelf */
    shelf_let_go(call->store->shelf, call->session->held);
    call->session = NULL;
    call->store = NULL;
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
    writer_lock(store);
    enum driver_result result = store->driver->begin(store->writer->connection, true);
    if (result != DRIVER_OK) {
        store_fail(call, store, store->writer->connection, result);
        writer_unlock(store);
        return false;
    }
    call->session->is_writing = true;
    return true;
}

void store_doom(struct call *call)
{
    session_doom(call);
}

bool store_is_doomed(const struct call *call)
{
    return store_in_transaction(call) && call->session->is_doomed;
}

static void writer_give_back(struct call *call)
{
    call->session->is_writing = false;
    call->session->is_doomed = false;
    writer_unlock(call->store);
}

bool store_commit(struct call *call)
{
    assert(store_in_transaction(call));
    struct store *store = call->store;
    if (!session_is_sound(call)) {
        store_rollback(call);
        return false;
    }
    store->moment++;
    enum driver_result result = store->driver->commit(store->writer->connection);
    store->moment++;
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
