/* Several threads on one store: nobody is told that it is busy, nothing is lost or half seen. */
#include "support/test_store.h"

#include <pthread.h>
#include <stdatomic.h>

enum { WRITERS = 4, READERS = 4, CHANGES = 200, SHARED = 3 };

struct worker {
    pthread_t thread;
    const struct test_store *at;
    int number;
    atomic_int *writers_left;
    int done, stale;
    char trouble[FAIL_SENTENCE_SIZE];
};

static bool keep_trouble(struct worker *worker, struct call *call)
{
    if (call->fail.kind != FAIL_NONE)
        snprintf(worker->trouble, sizeof worker->trouble, "%s", call->fail.sentence);
    return call->fail.kind == FAIL_NONE;
}

/* cmocka's assertions are for the main thread: a worker tells its trouble and stops. */
static bool worker_call(struct call *call, const struct worker *worker)
{
    test_call_init(call);
    if (!store_attach(call, worker->at->store))
        return false;
    call->all_rows = true;
    return true;
}

/* A gadget with two parts: no reader may ever see one without the other. */
static bool make_pair(struct call *call, const struct worker *worker, int i)
{
    struct row gadget, gizmo;
    if (!row_init(call, &gadget_record, &gadget) || !row_init(call, &gizmo_record, &gizmo) ||
        !change_open(call, TEXT("a pair")))
        return false;
    gadget.value[GADGET_NAME] = value_text(call_format(call, "%d of %d", i, worker->number));
    gizmo.value[GIZMO_NAME] = value_text(TEXT("knob"));
    bool done = ledger_create(call, &gadget);
    gizmo.value[GIZMO_GADGET] = value_ref(gadget.id);
    done = done && ledger_create(call, &gizmo);
    if (done)
        return change_commit(call);
    change_rollback(call);
    return false;
}

/* One of the rows that all writers want; whoever comes second reads it again. */
static bool count_up(struct call *call, struct worker *worker, int i)
{
    for (;;) {
        struct row row, after;
        if (!find_row(call, &gadget_record, 1 + i % SHARED, &row) ||
            !row_copy(call, &row, &after))
            return false;
        after.value[GADGET_AMOUNT] = value_int(value_as_int(row.value[GADGET_AMOUNT]) + 1);
        if (ledger_update(call, &row, &after))
            return true;
        if (call->fail.kind != FAIL_STALE)
            return false;
        worker->stale++;
        fail_clear(call);
    }
}

static void *write_changes(void *to)
{
    struct worker *worker = to;
    for (int i = 0; i < CHANGES && !worker->trouble[0]; i++) {
        struct call call;
        bool done = worker_call(&call, worker) &&
                    (i % 2 ? count_up(&call, worker, i) : make_pair(&call, worker, i));
        if (keep_trouble(worker, &call) && done)
            worker->done++;
        test_call_end(&call);
    }
    atomic_fetch_sub(worker->writers_left, 1);
    return NULL;
}

static int64_t count_rows(struct call *call, const struct record *record)
{
    struct query query;
    int64_t count = -1;
    query_init(&query, record);
    return find_count(call, &query, &count) ? count : -1;
}

static void *read_pairs(void *to)
{
    struct worker *worker = to;
    int64_t last = 0;
    while (atomic_load(worker->writers_left) > 0 && !worker->trouble[0]) {
        struct call call;
        if (worker_call(&call, worker)) {
            int64_t gadgets = count_rows(&call, &gadget_record) - SHARED;
            int64_t gizmos = count_rows(&call, &gizmo_record);
            if (gadgets != gizmos || gizmos < last)
                snprintf(worker->trouble, sizeof worker->trouble,
                         "%d gadgets, %d gizmos, %d before", (int)gadgets, (int)gizmos, (int)last);
            last = gizmos;
        }
        keep_trouble(worker, &call);
        worker->done++;
        test_call_end(&call);
    }
    return NULL;
}

static void start(struct worker *worker, void *(*work)(void *))
{
    assert_int_equal(pthread_create(&worker->thread, NULL, work, worker), 0);
}

static void assert_all_is_there(const struct test_store *at)
{
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_int_equal(count_rows(&call, &gizmo_record), WRITERS * CHANGES / 2);
    int64_t counted = 0;
    for (rid id = 1; id <= SHARED; id++) {
        struct row row;
        assert_done(&call, find_row(&call, &gadget_record, id, &row));
        counted += value_as_int(row.value[GADGET_AMOUNT]);
        assert_int_equal(row.version, 1 + value_as_int(row.value[GADGET_AMOUNT]));
    }
    assert_int_equal(counted, WRITERS * CHANGES / 2);
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM change WHERE id > 2"),
                     WRITERS * CHANGES);
    assert_int_equal(test_ask(&call, "SELECT count(DISTINCT at) FROM change WHERE id > 2"),
                     WRITERS * CHANGES);
    assert_int_equal(test_ask(&call, "SELECT max(id) - count(*) FROM audit"), 0);
    test_call_end(&call);
}

static void make_shared(const struct test_store *at)
{
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_done(&call, change_open(&call, TEXT("shared")));
    for (int i = 0; i < SHARED; i++) {
        char name[16];
        snprintf(name, sizeof name, "shared %d", i);
        struct row row = test_row(&call, &gadget_record, name, 0);
        row.value[GADGET_AMOUNT] = value_int(0);
        assert_done(&call, ledger_create(&call, &row));
    }
    assert_done(&call, change_commit(&call));
    test_call_end(&call);
}

static void writers_and_readers_do_not_disturb_each_other(void **state)
{
    struct test_store *at = *state;
    struct worker worker[WRITERS + READERS] = { { .at = at } };
    atomic_int writers_left = WRITERS;
    make_shared(at);
    for (int i = 0; i < WRITERS + READERS; i++) {
        worker[i] = (struct worker){ .at = at, .number = i, .writers_left = &writers_left };
        start(&worker[i], i < WRITERS ? write_changes : read_pairs);
    }
    for (int i = 0; i < WRITERS + READERS; i++)
        assert_int_equal(pthread_join(worker[i].thread, NULL), 0);
    for (int i = 0; i < WRITERS + READERS; i++) {
        assert_string_equal(worker[i].trouble, "");
        if (i < WRITERS)
            assert_int_equal(worker[i].done, CHANGES);
        else
            assert_true(worker[i].done > 0);
    }
    assert_all_is_there(at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(writers_and_readers_do_not_disturb_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
