/* Opening a store and refusing what is none; transactions, snapshots and settings. */
#include "base/stamp.h"
#include "base/thread.h"
#include "store/driver.h"
#include "store/sql.h"
#include "store/setting.h"
#include "support/test_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void write_file(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(bytes, file);
    fclose(file);
}

static long size_of(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 ? (long)facts.st_size : -1;
}

static void assert_open_refused(const struct test_store *at, bool create, enum fail_kind kind,
                                const char *part)
{
    struct call call;
    test_call_init(&call);
    assert_null(test_store_open(&call, at, create));
    assert_refused(&call, kind, part);
    call_release(&call);
}

static void a_store_is_made_only_when_asked(void **state)
{
    struct test_store at;
    struct call call;
    (void)state;
    test_store_prepare(&at);
    assert_open_refused(&at, false, FAIL_STORE, "there is no store at");
    test_call_init(&call);
    at.store = test_store_open(&call, &at, true);
    assert_done(&call, at.store != NULL);
    assert_string_equal(store_where(at.store), at.where); /* there is no password in it */
    store_close(at.store);
    at.store = test_store_open(&call, &at, false);
    assert_done(&call, at.store != NULL);
    store_close(at.store);
    call_release(&call);
    test_store_remove(&at);
}

static mode_t rights_of(const struct test_store *at, const char *ending)
{
    char path[TEST_PATH_SIZE + 8];
    struct stat facts;
    snprintf(path, sizeof path, "%s%s", at->where, ending);
    assert_int_equal(stat(path, &facts), 0);
    return facts.st_mode & 0777;
}

static void a_new_store_is_its_owners_alone(void **state)
{
    struct test_store at;
    struct call call;
    (void)state;
    mode_t before = umask(0);
    test_store_prepare(&at);
    test_call_init(&call);
    at.store = test_store_open(&call, &at, true);
    assert_done(&call, at.store != NULL);
    assert_int_equal(rights_of(&at, ""), 0600);
    assert_int_equal(rights_of(&at, "-wal"), 0600);
    assert_int_equal(rights_of(&at, "-shm"), 0600);
    store_close(at.store);
    assert_int_equal(chmod(at.where, 0660), 0); /* shared on purpose: it stays so */
    at.store = test_store_open(&call, &at, true);
    assert_done(&call, at.store != NULL);
    assert_int_equal(rights_of(&at, ""), 0660);
    store_close(at.store);
    call_release(&call);
    test_store_remove(&at);
    umask(before);
}

static void an_empty_file_becomes_a_store_only_when_asked(void **state)
{
    struct test_store at;
    (void)state;
    test_store_prepare(&at);
    write_file(at.where, "");
    assert_open_refused(&at, false, FAIL_STORE, "is empty, and no Rondo store");
    assert_int_equal(size_of(at.where), 0);
    struct call call;
    test_call_init(&call);
    at.store = test_store_open(&call, &at, true);
    assert_done(&call, at.store != NULL);
    store_close(at.store);
    call_release(&call);
    test_store_remove(&at);
}

static void what_cannot_be_a_store_is_refused_by_name(void **state)
{
    struct test_store at;
    (void)state;
    test_store_prepare(&at);
    char file[sizeof at.where];
    memcpy(file, at.where, sizeof file);
    snprintf(at.where, sizeof at.where, "%s", at.folder);
    assert_open_refused(&at, true, FAIL_STORE, "cannot be opened");
    snprintf(at.where, sizeof at.where, "%s/no/such/folder/rondo.db", at.folder);
    assert_open_refused(&at, true, FAIL_STORE, "cannot be opened");
    at.where[0] = '\0';
    assert_open_refused(&at, true, FAIL_USAGE, "--store");
    snprintf(at.where, sizeof at.where, ":memory:");
    assert_open_refused(&at, true, FAIL_USAGE, "--store");
    memcpy(at.where, file, sizeof file);
    write_file(at.where, "these are the words of a letter, and not a database at all\n");
    assert_open_refused(&at, true, FAIL_STORE, "is not a Rondo store");
    assert_int_equal(size_of(at.where), 59);
    test_store_remove(&at);
}

static void a_database_of_somebody_else_is_left_alone(void **state)
{
    static const char *const strangers[] = {
        "CREATE TABLE invoice (id INTEGER PRIMARY KEY);",
        "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT);",
        "CREATE TABLE setting (id INTEGER PRIMARY KEY, color TEXT);",
    };
    (void)state;
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        struct test_store at;
        test_store_prepare(&at);
        test_tamper(&at, strangers[i]);
        assert_open_refused(&at, true, FAIL_STORE, "is a database, but not a Rondo store");
        /* Still there, and alone. */
        test_tamper(&at, "CREATE TABLE change (id INTEGER PRIMARY KEY);");
        test_store_remove(&at);
    }
}

static void a_store_that_may_not_be_written_is_read(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_init(&call);
    const struct store_options options = { .where = text_of(at->where), .read_only = true,
                                           .catalog = &at->catalog };
    struct store *writable = at->store;
    at->store = store_open(&call, &options);
    assert_done(&call, at->store != NULL);
    call_release(&call);
    test_call_as(&call, at, MACHINE);
    assert_int_equal(test_live_rows(&call), 9);
    struct row row = test_row(&call, &gadget_record, "lamp", 0);
    assert_false(ledger_create(&call, &row));
    assert_refused(&call, FAIL_STORE, "cannot be written");
    test_call_end(&call);
    store_close(at->store);
    at->store = writable;
}

static void what_is_committed_stays_and_what_is_not_goes(void **state)
{
    struct test_store *at = *state;
    struct call call;
    text value;
    test_call_as(&call, at, MACHINE);
    assert_false(store_in_transaction(&call));
    assert_done(&call, store_begin(&call));
    assert_true(store_in_transaction(&call));
    assert_done(&call, store_setting_set(&call, "founded", TEXT("today")));
    store_rollback(&call);
    assert_false(store_in_transaction(&call));
    assert_done(&call, store_setting(&call, "founded", &value));
    assert_null(value.at);
    assert_done(&call, store_begin(&call));
    assert_done(&call, store_setting_set(&call, "founded", TEXT("today")));
    assert_done(&call, store_commit(&call));
    assert_done(&call, store_setting(&call, "founded", &value));
    assert_text(value, "today");
    assert_done(&call, store_begin(&call));
    assert_done(&call, store_setting_set(&call, "founded", TEXT("tomorrow")));
    test_call_end(&call); /* leaving rolls back */
    test_call_as(&call, at, MACHINE);
    assert_done(&call, store_setting(&call, "founded", &value));
    assert_text(value, "today");
    test_call_end(&call);
}

static void its_moment_moves_with_what_is_committed_and_with_news(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    uint64_t before = store_moment(at->store);
    assert_int_not_equal(before, 0);
    assert_done(&call, store_begin(&call) && store_setting_set(&call, "a", TEXT("1")));
    assert_int_equal(store_moment(at->store), before);
    store_rollback(&call);
    assert_int_equal(store_moment(at->store), before);
    assert_done(&call, store_begin(&call) && store_setting_set(&call, "a", TEXT("1")) &&
                           store_commit(&call));
    uint64_t after = store_moment(at->store);
    assert_true(after > before);
    store_moved(at->store); /* somebody else's commit was heard of */
    assert_true(store_moment(at->store) > after);
    test_call_end(&call);
}

static void nothing_is_written_outside_a_transaction(void **state)
{
    struct test_store *at = *state;
    struct call call;
    text value;
    test_call_as(&call, at, MACHINE);
    assert_false(store_setting_set(&call, "founded", TEXT("never")));
    assert_int_equal(call.fail.kind, FAIL_STORE);
    fail_clear(&call);
    assert_done(&call, store_setting(&call, "founded", &value));
    assert_null(value.at);
    test_call_end(&call);
}

static _Atomic int opened;

static enum driver_result counted_open(const char *where, bool create, bool read_only,
                                       struct connection **connection,
                                       char message[DRIVER_MESSAGE_SIZE])
{
    opened++;
    return test_driver()->open(where, create, read_only, connection, message);
}

/* Opens the store again: how many connections reading and writing in one call takes. */
static int connections_of(struct test_store *at, bool is_of_one_call, const char *made)
{
    struct driver counting = *test_driver();
    const struct store_options options = { .where = text_of(at->where),
                                           .is_of_one_call = is_of_one_call,
                                           .catalog = &at->catalog,
                                           .driver = &counting };
    struct call call;
    counting.open = counted_open;
    opened = 0;
    store_close(at->store);
    test_call_init(&call);
    at->store = store_open(&call, &options);
    assert_done(&call, at->store != NULL);
    call_release(&call);
    test_call_as(&call, at, MACHINE);
    int64_t before = test_live_rows(&call);
    assert_false(store_setting_set(&call, "founded", TEXT("never"))); /* no transaction is open */
    fail_clear(&call);
    test_make(&call, &gadget_record, made, 0);
    assert_int_equal(test_live_rows(&call), before + 1);
    test_call_end(&call);
    test_call_as(&call, at, MACHINE); /* the next call finds the connection free */
    assert_int_equal(test_live_rows(&call), before + 1);
    test_call_end(&call);
    store_close(at->store);
    test_call_init(&call);
    at->store = test_store_open(&call, at, false);
    call_release(&call);
    return opened;
}

static void the_store_of_one_call_needs_one_connection(void **state)
{
    assert_int_equal(connections_of(*state, true, "lamp"), 1);
    assert_int_equal(connections_of(*state, false, "chair"), 2);
}

static _Atomic int refusals; /* of connections that only read */

static enum driver_result stubborn_open(const char *where, bool create, bool read_only,
                                        struct connection **connection,
                                        char message[DRIVER_MESSAGE_SIZE])
{
    opened++;
    if (read_only && refusals && refusals--)
        return DRIVER_BROKEN;
    return test_driver()->open(where, create, read_only, connection, message);
}

/* Opens the store, with a connection beside; whether a call beside another one reads there. */
static void check_beside(struct test_store *at, struct driver driver, int wanted)
{
    const struct store_options options = { .where = text_of(at->where),
                                           .is_of_one_call = true,
                                           .opens_beside = true,
                                           .catalog = &at->catalog,
                                           .driver = &driver };
    struct call call, beside;
    opened = 0;
    store_close(at->store);
    test_call_init(&call);
    at->store = store_open(&call, &options);
    assert_done(&call, at->store != NULL);
    call_release(&call);
    test_call_as(&call, at, MACHINE);
    int64_t rows = test_live_rows(&call);
    test_call_init(&beside);
    beside.actor = call.actor;
    assert_done(&beside, store_attach_beside(&beside, &call));
    assert_int_equal(test_live_rows(&beside), rows);
    assert_int_equal(opened, wanted);
    test_call_end(&beside);
    test_call_end(&call);
    store_close(at->store); /* whoever expects a reader and does not read waits for it here */
    test_call_init(&call);
    at->store = store_open(&call, &options);
    assert_done(&call, at->store != NULL);
    call_release(&call);
    store_close(at->store);
    test_call_init(&call);
    at->store = test_store_open(&call, at, false);
    call_release(&call);
}

static void a_connection_beside_is_opened_before_it_is_asked_for(void **state)
{
    struct driver driver = *test_driver();
    cpu_set_t processors;
    refusals = thread_others(&processors) > 0; /* with one processor none is opened early */
    driver.open = counted_open;
    check_beside(*state, driver, 2);
    driver.open = stubborn_open; /* what cannot be opened early is opened when it is needed */
    check_beside(*state, driver, 2 + refusals);
}

static void the_zone_of_the_workspace_comes_with_attaching(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_text(call.workspace_zone, "UTC");
    assert_done(&call, store_begin(&call));
    assert_done(&call, store_setting_set(&call, "zone", TEXT("Europe/Berlin")));
    assert_done(&call, store_commit(&call));
    test_call_end(&call);
    test_call_as(&call, at, MACHINE);
    assert_text(call.workspace_zone, "Europe/Berlin");
    test_call_end(&call);
}

static void a_reader_sees_one_moment_until_it_writes(void **state)
{
    struct test_store *at = *state;
    struct call reader, writer;
    test_call_as(&reader, at, MACHINE);
    test_call_as(&writer, at, MACHINE);
    int64_t before = test_live_rows(&reader);
    test_make(&writer, &gadget_record, "lamp", 0);
    assert_int_equal(test_live_rows(&writer), before + 1);
    assert_int_equal(test_live_rows(&reader), before);
    test_make(&reader, &gadget_record, "chair", 0);
    assert_int_equal(test_live_rows(&reader), before + 2);
    assert_int_equal(test_live_rows(&writer), before + 1);
    test_call_end(&writer);
    test_call_as(&writer, at, MACHINE);
    assert_int_equal(test_live_rows(&writer), before + 2);
    test_call_end(&writer);
    test_call_end(&reader);
}

static void a_transaction_sees_what_it_has_written_itself(void **state)
{
    struct test_store *at = *state;
    struct call writer, reader;
    test_call_as(&reader, at, MACHINE);
    test_call_as(&writer, at, MACHINE);
    int64_t before = test_live_rows(&writer);
    assert_done(&writer, change_open(&writer, TEXT("two")));
    test_make(&writer, &gadget_record, "lamp", 0);
    assert_int_equal(test_live_rows(&writer), before + 1);
    assert_int_equal(test_live_rows(&reader), before);
    change_rollback(&writer);
    assert_int_equal(test_live_rows(&writer), before);
    test_call_end(&writer);
    test_call_end(&reader);
}

/* Another process, as the command line beside a running server. */
static int make_gadgets_in_child(const struct test_store *at, int count)
{
    struct test_store child = *at;
    struct call call;
    test_call_init(&call);
    child.store = test_store_open(&call, &child, true);
    if (!child.store) {
        fprintf(stderr, "%s\n", call.fail.sentence);
        return 1;
    }
    call_release(&call);
    test_call_init(&call);
    if (!store_attach(&call, child.store))
        return 2;
    test_act(&call, &child, MACHINE);
    for (int i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "%d of %d", i, (int)getpid());
        struct row row = test_row(&call, &gadget_record, name, 0);
        if (!ledger_create(&call, &row)) {
            fprintf(stderr, "%s\n", call.fail.sentence);
            return 3;
        }
    }
    test_call_end(&call);
    store_close(child.store);
    return 0;
}

static void several_processes_make_and_write_one_store(void **state)
{
    enum { PROCESSES = 4, GADGETS = 8 };
    struct test_store at;
    struct call call;
    pid_t child[PROCESSES];
    (void)state;
    test_store_prepare(&at);
    for (int i = 0; i < PROCESSES; i++) {
        child[i] = fork();
        if (child[i] == 0)
            _exit(make_gadgets_in_child(&at, GADGETS));
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    test_call_init(&call);
    at.store = test_store_open(&call, &at, false);
    assert_done(&call, at.store != NULL);
    call_release(&call);
    test_call_as(&call, &at, MACHINE);
    assert_int_equal(test_live_rows(&call), PROCESSES * GADGETS);
    assert_int_equal(test_ask(&call, "SELECT count(DISTINCT at) FROM change"),
                     PROCESSES * GADGETS);
    test_call_end(&call);
    store_close(at.store);
    test_store_remove(&at);
}

/* Holds the store for a second and says through the pipe that it does. */
static int hold_in_child(const struct test_store *at, int ready)
{
    struct connection *connection;
    char message[DRIVER_MESSAGE_SIZE];
    if (test_driver()->open(at->where, false, false, &connection, message) != DRIVER_OK ||
        test_driver()->begin(connection, true) != DRIVER_OK || write(ready, "!", 1) != 1)
        return 1;
    usleep(1000 * 1000);
    return test_driver()->commit(connection) == DRIVER_OK ? 0 : 2;
}

/* Whatever it did before, and by whichever of its statements. */
static void a_connection_that_reads_changes_nothing(void **state)
{
    struct test_store *at = *state;
    const struct driver *driver = test_driver();
    struct connection *connection;
    struct statement *statement;
    char message[DRIVER_MESSAGE_SIZE];
    assert_int_equal(driver->open(at->where, false, false, &connection, message), DRIVER_OK);
    for (int round = 0; round < 2; round++) {
        const char *words = "DELETE FROM gadgets";
        assert_int_equal(driver->begin(connection, true), DRIVER_OK);
        assert_int_equal(driver->prepare(connection, text_of(words), &statement), DRIVER_OK);
        assert_int_equal(driver->step(statement), DRIVER_DONE);
        driver->reset(statement);
        assert_int_equal(driver->script(connection, words), DRIVER_OK);
        assert_int_equal(driver->rollback(connection), DRIVER_OK);
        assert_int_equal(driver->begin(connection, false), DRIVER_OK);
        assert_int_equal(driver->step(statement), DRIVER_READ_ONLY);
        driver->finish(statement);
        assert_int_equal(driver->rollback(connection), DRIVER_OK);
        assert_int_equal(driver->begin(connection, false), DRIVER_OK);
        assert_int_equal(driver->script(connection, words), DRIVER_READ_ONLY);
        assert_int_equal(driver->rollback(connection), DRIVER_OK);
    }
    driver->close(connection);
}

static void a_writer_waits_for_another_process_and_is_not_refused(void **state)
{
    struct test_store *at = *state;
    struct call call;
    char byte;
    int ready[2], status;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0)
        _exit(hold_in_child(at, ready[1]));
    assert_int_equal(read(ready[0], &byte, 1), 1);
    int64_t start = stamp_ticks();
    test_call_as(&call, at, MACHINE);
    test_make(&call, &gadget_record, "lamp", 0);
    assert_true(stamp_ticks() - start > STAMP_SECOND / 2);
    test_call_end(&call);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    close(ready[0]);
    close(ready[1]);
}

static void a_store_is_opened_again_as_it_was_left(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    rid id = test_make(&call, &gadget_record, "lamp", 0).id;
    struct row found;
    test_call_end(&call);
    store_close(at->store);
    test_call_init(&call);
    at->store = test_store_open(&call, at, false);
    assert_done(&call, at->store != NULL);
    call_release(&call);
    test_call_as(&call, at, MACHINE);
    assert_done(&call, find_row(&call, &gadget_record, id, &found));
    assert_text(value_as_text(found.value[GADGET_NAME]), "lamp");
    test_call_end(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_store_is_made_only_when_asked),
        cmocka_unit_test(a_database_of_somebody_else_is_left_alone),
        WITH_STORE(a_store_that_may_not_be_written_is_read),
        WITH_STORE(what_is_committed_stays_and_what_is_not_goes),
        WITH_STORE(its_moment_moves_with_what_is_committed_and_with_news),
        WITH_STORE(nothing_is_written_outside_a_transaction),
        WITH_STORE(the_store_of_one_call_needs_one_connection),
        WITH_STORE(a_connection_beside_is_opened_before_it_is_asked_for),
        WITH_STORE(the_zone_of_the_workspace_comes_with_attaching),
        WITH_STORE(a_reader_sees_one_moment_until_it_writes),
        WITH_STORE(a_transaction_sees_what_it_has_written_itself),
        cmocka_unit_test(several_processes_make_and_write_one_store),
        WITH_STORE(a_connection_that_reads_changes_nothing),
        WITH_STORE(a_writer_waits_for_another_process_and_is_not_refused),
        WITH_STORE(a_store_is_opened_again_as_it_was_left),
    };
    const struct CMUnitTest of_a_file[] = {
        cmocka_unit_test(a_new_store_is_its_owners_alone),
        cmocka_unit_test(an_empty_file_becomes_a_store_only_when_asked),
        cmocka_unit_test(what_cannot_be_a_store_is_refused_by_name),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed || !test_is_on_file() ? failed : cmocka_run_group_tests(of_a_file, NULL, NULL);
}
