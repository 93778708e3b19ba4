/* See transaction.h. */
#include "store/transaction.h"

#include "store/session.h"

#include <assert.h>

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
    pthread_mutex_unlock(&call->store->writer_lock);
}

bool store_commit(struct call *call)
{
    assert(store_in_transaction(call));
    struct store *store = call->store;
    if (!session_is_sound(call)) {
        store_rollback(call);
        return false;
    }
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
