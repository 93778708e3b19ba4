/*
 * A store that fails at its n-th operation, for every n until the whole work succeeds: after each
 * failure nothing of the work is stored and the sentence says so. And a disk that is full.
 */
#include "ledger/audit.h"
#include "store/driver.h"
#include "support/test_store.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The face of a driver has no place for these: one test, one thread. */
static int64_t operations_left;
static enum driver_result failure;

static bool fails(void)
{
    return operations_left-- <= 0;
}

static enum driver_result faulty_begin(struct connection *connection, bool writing)
{
    return fails() ? failure : test_driver()->begin(connection, writing);
}

static enum driver_result faulty_step(struct statement *prepared)
{
    return fails() ? failure : test_driver()->step(prepared);
}

static enum driver_result faulty_commit(struct connection *connection)
{
    return fails() ? failure : test_driver()->commit(connection);
}

static enum driver_result faulty_prepare(struct connection *connection, text statement,
                                         struct statement **prepared)
{
    return fails() ? failure : test_driver()->prepare(connection, statement, prepared);
}

static struct driver faulty_driver(void)
{
    struct driver driver = *test_driver();
    driver.begin = faulty_begin;
    driver.step = faulty_step;
    driver.commit = faulty_commit;
    driver.prepare = faulty_prepare;
    return driver;
}

/* Like an import: rows of several records, lists, an update, a drop, all in one change. */
static bool work(struct call *call, const struct test_store *at)
{
    static const text tags[] = { { "loud", 4 }, { "heavy", 5 } };
    const rid helpers[] = { at->person[ADA], at->person[BEN] };
    struct row lamp = test_row(call, &gadget_record, "lamp", 0), after;
    lamp.value[GADGET_TAGS] = (struct value){ .kind = VALUE_TEXTS, .count = 2, .texts = tags };
    lamp.value[GADGET_HELPERS] = (struct value){ .kind = VALUE_IDS, .count = 2, .ids = helpers };
    if (!ledger_create(call, &lamp) || !row_copy(call, &lamp, &after))
        return false;
    struct row knob = test_row(call, &gizmo_record, "knob", lamp.id);
    struct row memo = test_row(call, &memo_record, "plans", 0);
    after.value[GADGET_AMOUNT] = value_int(7);
    after.value[GADGET_TAGS].count = 1;
    return ledger_create(call, &knob) && ledger_create(call, &memo) &&
           ledger_share(call, &memo_record, memo.id, at->person[BEN]) &&
           ledger_update(call, &lamp, &after) &&
           ledger_archive(call, &gadget_record, lamp.id) &&
           audit_act(call, change_id(call), "import", TEXT("results.jsonl"));
}

static bool work_as_one(struct call *call, const struct test_store *at)
{
    if (!change_open(call, TEXT("import results.jsonl")))
        return false;
    if (work(call, at))
        return change_commit(call);
    change_rollback(call);
    return false;
}

/* A careless caller forgives what failed and commits all the same. */
static bool work_carelessly(struct call *call, const struct test_store *at)
{
    if (!change_open(call, TEXT("import results.jsonl")))
        return false;
    if (!work(call, at))
        fail_clear(call);
    return change_commit(call);
}

static bool undo_all(struct call *call, const struct test_store *at)
{
    (void)at;
    return ledger_undo(call, 2);
}

/* Every byte that the tables of the work hold, as one number. */
static int64_t print_of(struct call *call)
{
    return test_ask(call, "SELECT (SELECT count(*) FROM gadgets) + (SELECT count(*) FROM gizmos) +"
                          " (SELECT count(*) FROM memos) + (SELECT count(*) FROM tag) +"
                          " (SELECT count(*) FROM gadget_helpers) +"
                          " (SELECT count(*) FROM reader) + (SELECT count(*) FROM history) +"
                          " (SELECT count(*) FROM change) + (SELECT count(*) FROM audit) +"
                          " (SELECT sum(version) FROM people) +"
                          " (SELECT coalesce(sum(version), 0) FROM gadgets)");
}

typedef bool (*work_function)(struct call *call, const struct test_store *at);

static struct store *open_store(struct test_store *at, const struct driver *driver)
{
    struct call call;
    test_call_init(&call);
    const struct store_options options = { .where = text_of(at->where), .catalog = &at->catalog,
                                           .driver = driver };
    struct store *store = store_open(&call, &options);
    assert_done(&call, store != NULL);
    call_release(&call);
    return store;
}

/* One attempt on a fresh connection, so that no statement is prepared before. */
static bool attempt(struct test_store *at, work_function worker, int64_t operations)
{
    const struct driver driver = faulty_driver();
    struct store *sound = at->store;
    struct call call;
    operations_left = INT64_MAX;
    at->store = open_store(at, &driver);
    test_call_as(&call, at, ADA);
    operations_left = operations;
    bool done = worker(&call, at);
    operations_left = INT64_MAX;
    assert_false(store_in_transaction(&call));
    assert_int_equal(done, call.fail.kind == FAIL_NONE);
    if (!done && failure == DRIVER_BUSY)
        assert_true(call.fail.kind == FAIL_BUSY || strstr(call.fail.sentence, "nothing of this"));
    else if (!done)
        assert_refused(&call, FAIL_STORE, "nothing of this change was stored");
    fail_clear(&call);
    struct row row = test_row(&call, &test_team_record, "after", 0); /* the call works again */
    assert_false(ledger_create(&call, &row));
    assert_refused(&call, FAIL_FORBIDDEN, "needs the role 'owner'");
    test_call_end(&call);
    store_close(at->store);
    at->store = sound;
    return done;
}

static void step_through(struct test_store *at, work_function worker)
{
    struct call call;
    test_call_as(&call, at, MACHINE);
    int64_t before = print_of(&call), failures = 0;
    test_call_end(&call);
    const int stride = test_is_on_file() ? 1 : 5; /* opening a store at the server takes longer */
    for (int64_t n = 0; !attempt(at, worker, n); n += stride) {
        test_call_as(&call, at, MACHINE);
        assert_int_equal(print_of(&call), before);
        test_call_end(&call);
        failures++;
        assert_true(n < 2000);
    }
    test_call_as(&call, at, MACHINE);
    assert_true(print_of(&call) > before);
    struct audit_report report;
    assert_done(&call, audit_verify(&call, &report));
    assert_true(report.is_intact);
    test_call_end(&call);
    assert_true(failures > 50 / stride);
}

static void a_failed_change_leaves_nothing(void **state)
{
    failure = DRIVER_FULL;
    step_through(*state, work_as_one);
}

static void a_locked_store_leaves_nothing(void **state)
{
    failure = DRIVER_BUSY;
    step_through(*state, work_as_one);
}

static void a_careless_caller_commits_nothing_half(void **state)
{
    failure = DRIVER_FULL;
    step_through(*state, work_carelessly);
}

static void a_failed_undo_leaves_nothing(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    assert_done(&call, work_as_one(&call, at));
    test_call_end(&call);
    failure = DRIVER_FULL;
    /* The lamp was made and dropped in that change: only the memo goes back. */
    step_through(at, undo_all);
}

/* --- a full disk --- */

/* In a process of its own, since a limit cannot be taken back. */
static int work_on_full_disk(struct test_store *at, int64_t room, int64_t before)
{
    struct call call;
    struct stat facts;
    char log[sizeof at->where + 8];
    snprintf(log, sizeof log, "%s-wal", at->where);
    signal(SIGXFSZ, SIG_IGN);
    at->store = open_store(at, NULL);
    test_call_as(&call, at, ADA);
    int64_t size = stat(log, &facts) == 0 ? facts.st_size : 0;
    const struct rlimit limit = { (rlim_t)(size + room), (rlim_t)(size + room) };
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 4;
    if (work_as_one(&call, at))
        return 0;
    if (call.fail.kind != FAIL_STORE || !strstr(call.fail.sentence, "no room left")) {
        fprintf(stderr, "room %d: %s\n", (int)room, call.fail.sentence);
        return 3;
    }
    fail_clear(&call);
    return print_of(&call) == before ? 1 : 2; /* read on the full disk: as before */
}

static void a_full_disk_is_named_and_stores_nothing(void **state)
{
    struct test_store *at = *state;
    struct call call;
    bool done = false;
    int failures = 0;
    test_call_as(&call, at, MACHINE);
    int64_t before = print_of(&call);
    test_call_end(&call);
    for (int64_t room = 0; !done && room < 1 << 20; room += 6000) {
        store_close(at->store);
        at->store = NULL;
        pid_t child = fork();
        if (child == 0)
            _exit(work_on_full_disk(at, room, before));
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        done = WEXITSTATUS(status) == 0;
        failures += !done;
        if (!done)
            assert_int_equal(WEXITSTATUS(status), 1);
        at->store = open_store(at, NULL);
        test_call_as(&call, at, MACHINE);
        if (!done)
            assert_int_equal(print_of(&call), before);
        test_call_end(&call);
    }
    assert_true(done);
    assert_true(failures > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(a_failed_change_leaves_nothing),
        WITH_STORE(a_locked_store_leaves_nothing),
        WITH_STORE(a_careless_caller_commits_nothing_half),
        WITH_STORE(a_failed_undo_leaves_nothing),
    };
    const struct CMUnitTest of_a_file[] = {
        WITH_STORE(a_full_disk_is_named_and_stores_nothing),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed || !test_is_on_file() ? failed : cmocka_run_group_tests(of_a_file, NULL, NULL);
}
