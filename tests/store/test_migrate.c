/* Bringing a store to another catalogue: what is new is added, anything else is refused. */
#include "base/stamp.h"
#include "store/driver.h"
#include "support/test_store.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Three versions of one small world. */
static const struct field box_fields_1[] = {
    { .name = "name", .label = "Name", .help = "Its name.", .kind = FIELD_TEXT,
      .flags = FIELD_NEEDED },
};
static const struct field box_fields_2[] = {
    { .name = "name", .label = "Name", .help = "Its name.", .kind = FIELD_TEXT,
      .flags = FIELD_NEEDED | FIELD_UNIQUE },
    { .name = "color", .label = "Color", .help = "Its color.", .kind = FIELD_TEXT,
      .flags = FIELD_NEEDED, .fallback = "grey" },
    { .name = "size", .label = "Size", .help = "Its size.", .kind = FIELD_INT, .fallback = "3" },
    { .name = "is_open", .label = "Open", .help = "Open?", .kind = FIELD_BOOL, .fallback = "yes" },
    { .name = "weight", .label = "Weight", .help = "Its weight.", .kind = FIELD_REAL },
    { .name = "tags", .label = "Tags", .help = "Words.", .kind = FIELD_TAGS },
    { .name = "near", .label = "Near", .help = "Others.", .kind = FIELD_REFS, .refers = "box" },
};
static const struct field box_fields_other[] = {
    { .name = "name", .label = "Name", .help = "Its name.", .kind = FIELD_INT },
};

#define BOX(fields) { .name = "box", .plural = "boxes", .prefix = "BOX", .label = "Box", \
                      .help = "A box.", .field = fields, \
                      .field_count = sizeof fields / sizeof fields[0] }
static const struct record box_1 = BOX(box_fields_1), box_2 = BOX(box_fields_2),
                           box_other = BOX(box_fields_other);

static const struct record *const records_1[] = { &box_1 };
static const struct record *const records_2[] = { &box_2, &test_person_record };
static const struct record *const records_other[] = { &box_other };

/* Opens the store with these records; NULL: the call has failed. */
static struct store *open_with(struct call *call, struct test_store *at,
                               const struct record *const *record, size_t count, bool read_only,
                               const struct driver *driver)
{
    at->catalog.record = record;
    at->catalog.record_count = count;
    const struct store_options options = { .where = text_of(at->where), .create = true,
                                           .read_only = read_only, .catalog = &at->catalog,
                                           .driver = driver };
    return store_open(call, &options);
}

/* A store of the first version with one box in it. */
static void make_old(struct test_store *at)
{
    struct call call;
    test_store_prepare(at);
    test_call_init(&call);
    at->store = open_with(&call, at, records_1, 1, false, NULL);
    assert_done(&call, at->store != NULL);
    call_release(&call);
    test_call_as(&call, at, MACHINE);
    assert_int_equal(test_make(&call, &box_1, "first", 0).id, 1);
    test_call_end(&call);
    store_close(at->store);
    at->store = NULL;
}

static void copy_path(const struct test_store *at, char path[TEST_PATH_SIZE])
{
    snprintf(path, TEST_PATH_SIZE, "%.64s.before-%s-from-%s", at->where, RONDO_VERSION,
             RONDO_VERSION);
}

static bool has_copy(const struct test_store *at)
{
    char path[TEST_PATH_SIZE];
    struct stat facts;
    copy_path(at, path);
    return stat(path, &facts) == 0;
}

static void what_is_new_is_added(void **state)
{
    struct test_store at;
    struct call call;
    struct row row, after;
    (void)state;
    make_old(&at);
    assert_false(has_copy(&at));
    test_call_init(&call);
    at.store = open_with(&call, &at, records_2, 2, false, NULL);
    assert_done(&call, at.store != NULL);
    call_release(&call);
    test_call_as(&call, &at, MACHINE);
    assert_done(&call, find_row(&call, &box_2, 1, &row));
    assert_text(value_as_text(row.value[0]), "first");
    assert_text(value_as_text(row.value[1]), "grey"); /* what a new row would have */
    assert_int_equal(value_as_int(row.value[2]), 3);
    assert_true(value_as_bool(row.value[3]));
    for (int i = 4; i < 7; i++)
        assert_true(value_is_null(row.value[i]));
    static const text tags[] = { { "loud", 4 } };
    static const rid near[] = { 1 };
    assert_done(&call, row_copy(&call, &row, &after));
    after.value[4] = value_real(2.5);
    after.value[5] = (struct value){ .kind = VALUE_TEXTS, .count = 1, .texts = tags };
    after.value[6] = (struct value){ .kind = VALUE_IDS, .count = 1, .ids = near };
    assert_done(&call, ledger_update(&call, &row, &after));
    assert_done(&call, ledger_undo(&call, after.change));
    test_make(&call, &test_person_record, "Ada", 0);
    struct row twin = test_row(&call, &box_2, "first", 0); /* the new index holds */
    assert_false(ledger_create(&call, &twin));
    assert_refused(&call, FAIL_CONFLICT, "there is already a Box");
    assert_done(&call, ledger_row_at(&call, &box_2, 1, row.changed, &after));
    test_call_end(&call);
    store_close(at.store);
    test_store_remove(&at);
}

static void undoing_what_is_older_than_a_field_leaves_the_field_alone(void **state)
{
    struct test_store at;
    struct call call;
    struct row row;
    (void)state;
    make_old(&at);
    test_call_init(&call);
    at.store = open_with(&call, &at, records_1, 1, false, NULL);
    assert_done(&call, at.store != NULL);
    call_release(&call);
    test_call_as(&call, &at, MACHINE);
    assert_done(&call, find_row(&call, &box_1, 1, &row));
    assert_done(&call, test_set(&call, &row, 0, value_text(TEXT("second"))));
    rid change = row.change;
    store_leave(&call);
    store_close(at.store);
    at.store = open_with(&call, &at, records_2, 2, false, NULL);
    assert_done(&call, at.store != NULL && store_attach(&call, at.store));
    assert_done(&call, ledger_undo(&call, change));
    assert_done(&call, find_row(&call, &box_2, 1, &row));
    assert_text(value_as_text(row.value[0]), "first");
    assert_text(value_as_text(row.value[1]), "grey");
    assert_int_equal(value_as_int(row.value[2]), 3);
    assert_true(value_as_bool(row.value[3]));
    test_call_end(&call);
    store_close(at.store);
    test_store_remove(&at);
}

static void a_copy_of_the_old_store_is_kept_beside_it(void **state)
{
    struct test_store at, old;
    struct call call;
    (void)state;
    make_old(&at);
    test_call_init(&call);
    at.store = open_with(&call, &at, records_2, 2, false, NULL);
    assert_done(&call, at.store != NULL);
    store_close(at.store);
    assert_true(has_copy(&at));
    old = at;
    copy_path(&at, old.where);
    old.store = open_with(&call, &old, records_1, 1, false, NULL);
    assert_done(&call, old.store != NULL);
    call_release(&call);
    test_call_as(&call, &old, MACHINE);
    assert_int_equal(test_live_rows(&call), 1);
    test_call_end(&call);
    store_close(old.store);
    test_store_remove(&at);
}

/* Another program brings the store up to date while this one is still making its copy. */
static enum driver_result late_copy(struct connection *connection, const char *path)
{
    struct test_store other;
    struct call call;
    const char *end = strstr(path, ".before-");
    assert_non_null(end);
    test_store_prepare(&other);
    snprintf(other.where, sizeof other.where, "%.*s", (int)(end - path), path);
    test_call_init(&call);
    other.store = open_with(&call, &other, records_2, 2, false, NULL);
    assert_done(&call, other.store != NULL);
    store_close(other.store);
    call_release(&call);
    test_store_remove(&other);
    return test_driver()->copy(connection, path);
}

static void a_copy_that_came_too_late_does_not_replace_the_old_one(void **state)
{
    struct driver late = *test_driver();
    struct test_store at, old;
    struct call call;
    struct stat facts;
    char path[TEST_PATH_SIZE + 16];
    (void)state;
    late.copy = late_copy;
    make_old(&at);
    test_call_init(&call);
    at.store = open_with(&call, &at, records_2, 2, false, &late);
    assert_done(&call, at.store != NULL);
    store_close(at.store);
    old = at;
    copy_path(&at, old.where);
    assert_int_equal(stat(old.where, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    old.store = open_with(&call, &old, records_1, 1, true, NULL); /* the old shape */
    assert_done(&call, old.store != NULL);
    store_close(old.store);
    snprintf(path, sizeof path, "%s.%ld", old.where, (long)getpid());
    assert_int_equal(stat(path, &facts), -1);
    call_release(&call);
    test_store_remove(&at);
}

static void an_equal_catalogue_changes_nothing(void **state)
{
    struct test_store at;
    struct call call;
    (void)state;
    make_old(&at);
    test_call_init(&call);
    at.store = open_with(&call, &at, records_1, 1, false, NULL);
    assert_done(&call, at.store != NULL);
    store_close(at.store);
    assert_false(has_copy(&at));
    call_release(&call);
    test_store_remove(&at);
}

static void a_newer_store_is_refused_and_left_alone(void **state)
{
    struct test_store at;
    struct call call;
    (void)state;
    make_old(&at);
    test_call_init(&call);
    at.store = open_with(&call, &at, records_2, 2, false, NULL);
    assert_done(&call, at.store != NULL);
    store_close(at.store);
    assert_null(open_with(&call, &at, records_1, 1, false, NULL));
    assert_refused(&call, FAIL_STORE, "was written by a newer Rondo");
    at.store = open_with(&call, &at, records_2, 2, false, NULL);
    assert_done(&call, at.store != NULL);
    store_close(at.store);
    call_release(&call);
    test_store_remove(&at);
}

static void a_changed_kind_asks_for_a_step(void **state)
{
    struct test_store at;
    struct call call;
    (void)state;
    make_old(&at);
    test_call_init(&call);
    assert_null(open_with(&call, &at, records_other, 1, false, NULL));
    assert_refused(&call, FAIL_STORE, "'boxes.name' as TEXT, this Rondo");
    assert_false(has_copy(&at));
    call_release(&call);
    test_store_remove(&at);
}

static void reading_alone_does_not_migrate(void **state)
{
    struct test_store at;
    struct call call;
    (void)state;
    make_old(&at);
    test_call_init(&call);
    assert_null(open_with(&call, &at, records_2, 2, true, NULL));
    assert_refused(&call, FAIL_STORE, "open it once for writing");
    assert_false(has_copy(&at));
    at.store = open_with(&call, &at, records_1, 1, true, NULL);
    assert_done(&call, at.store != NULL);
    store_close(at.store);
    call_release(&call);
    test_store_remove(&at);
}

/* --- interruptions --- */

static int steps_left; /* of this test's driver: the store's face has no place for it */

static enum driver_result failing_step(struct statement *prepared)
{
    return steps_left-- > 0 ? test_driver()->step(prepared) : DRIVER_FULL;
}

static enum driver_result failing_script(struct connection *connection, const char *statements)
{
    return steps_left-- > 0 ? test_driver()->script(connection, statements) : DRIVER_FULL;
}

static enum driver_result failing_commit(struct connection *connection)
{
    return steps_left-- > 0 ? test_driver()->commit(connection) : DRIVER_FULL;
}

static enum driver_result failing_copy(struct connection *connection, const char *path)
{
    return steps_left-- > 0 ? test_driver()->copy(connection, path) : DRIVER_FULL;
}

static void an_interrupted_migration_leaves_the_old_shape(void **state)
{
    struct driver failing = *test_driver();
    struct test_store at;
    struct call call;
    (void)state;
    failing.step = failing_step;
    failing.script = failing_script;
    failing.commit = failing_commit;
    if (failing.copy)
        failing.copy = failing_copy;
    make_old(&at);
    bool done = false;
    int failures = 0;
    for (int n = 0; !done && n < 200; n++) {
        test_call_init(&call);
        steps_left = n;
        struct store *store = open_with(&call, &at, records_2, 2, false, &failing);
        done = store != NULL;
        if (done) {
            store_close(store);
        } else {
            failures++;
            assert_refused(&call, FAIL_STORE, "no room left");
            store = open_with(&call, &at, records_1, 1, false, NULL); /* still the old one */
            assert_done(&call, store != NULL);
            store_close(store);
        }
        call_release(&call);
    }
    assert_true(done);
    assert_true(failures >= 6);
    test_store_remove(&at);
}

/* Opens the store with the new records in a process of its own; 0 when that was done. */
static pid_t migrate_in_child(struct test_store *at)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    struct call call;
    test_call_init(&call);
    struct store *store = open_with(&call, at, records_2, 2, false, NULL);
    if (!store)
        fprintf(stderr, "%s\n", call.fail.sentence);
    else
        store_close(store);
    _exit(store ? 0 : 1);
}

static void several_programs_migrate_one_store(void **state)
{
    enum { PROGRAMS = 4 };
    struct test_store at;
    struct call call;
    pid_t child[PROGRAMS];
    (void)state;
    make_old(&at);
    for (int i = 0; i < PROGRAMS; i++)
        child[i] = migrate_in_child(&at);
    for (int i = 0; i < PROGRAMS; i++) {
        int status;
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_int_equal(status, 0);
    }
    test_call_init(&call);
    at.store = open_with(&call, &at, records_2, 2, false, NULL);
    assert_done(&call, at.store != NULL);
    call_release(&call);
    test_call_as(&call, &at, MACHINE);
    assert_int_equal(test_live_rows(&call), 1);
    test_call_end(&call);
    store_close(at.store);
    test_store_remove(&at);
}

/* Whether the store has the new shape; it must have one of both, with its row. */
static bool is_new_and_whole(struct test_store *at)
{
    struct call call;
    test_call_init(&call);
    at->store = open_with(&call, at, records_1, 1, false, NULL);
    bool is_new = at->store == NULL;
    if (is_new) {
        assert_refused(&call, FAIL_STORE, "was written by a newer Rondo");
        at->store = open_with(&call, at, records_2, 2, false, NULL);
        assert_done(&call, at->store != NULL);
    }
    call_release(&call);
    test_call_as(&call, at, MACHINE);
    assert_int_equal(test_live_rows(&call), 1);
    if (is_new)
        assert_int_equal(test_ask(&call, "SELECT count(*) FROM boxes WHERE color = 'grey'"), 1);
    test_call_end(&call);
    store_close(at->store);
    at->store = NULL;
    return is_new;
}

/* How long a program takes that is left alone. */
static int64_t time_of_migration(void)
{
    struct test_store at;
    int status;
    make_old(&at);
    int64_t start = stamp_ticks();
    assert_int_equal(waitpid(migrate_in_child(&at), &status, 0) > 0, 1);
    int64_t taken = stamp_ticks() - start;
    assert_int_equal(status, 0);
    test_store_remove(&at);
    return taken;
}

/* At moments that are spread over the time that a migration takes. */
static void a_killed_migration_leaves_the_old_shape_or_the_new(void **state)
{
    const char *wanted = getenv("RONDO_KILLS");
    const int kills = wanted ? (int)strtol(wanted, NULL, 10) : 50;
    const int64_t whole = time_of_migration();
    int old = 0;
    (void)state;
    for (int n = 0; n < kills; n++) {
        struct test_store at;
        int status;
        make_old(&at);
        int64_t start = stamp_ticks();
        pid_t child = migrate_in_child(&at);
        while (stamp_ticks() - start < whole * n / kills)
            usleep(50);
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, &status, 0), child);
        bool is_new = is_new_and_whole(&at);
        if (WIFEXITED(status))
            assert_true(is_new);
        old += !is_new;
        test_store_remove(&at);
    }
    assert_true(old > 0); /* else it was killed too late to mean anything */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_new_is_added),
        cmocka_unit_test(undoing_what_is_older_than_a_field_leaves_the_field_alone),
        cmocka_unit_test(an_equal_catalogue_changes_nothing),
        cmocka_unit_test(a_newer_store_is_refused_and_left_alone),
        cmocka_unit_test(a_changed_kind_asks_for_a_step),
        cmocka_unit_test(reading_alone_does_not_migrate),
        cmocka_unit_test(an_interrupted_migration_leaves_the_old_shape),
        cmocka_unit_test(several_programs_migrate_one_store),
        cmocka_unit_test(a_killed_migration_leaves_the_old_shape_or_the_new),
    };
    const struct CMUnitTest of_a_file[] = {
        cmocka_unit_test(a_copy_of_the_old_store_is_kept_beside_it),
        cmocka_unit_test(a_copy_that_came_too_late_does_not_replace_the_old_one),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed || !test_is_on_file() ? failed : cmocka_run_group_tests(of_a_file, NULL, NULL);
}
