/* See house.h. */
#include "support/house.h"

#include "app/house_build.h"
#include "app/rooms.h"
#include "rooms/evals/evals.h"
#include "rooms/people/people.h"
#include "store/sql.h"

static void open_store(struct test_house *test, bool create, const struct driver *driver)
{
    const struct store_options options = { .where = text_of(test->where), .create = create,
                                           .catalog = &test->house.catalog, .driver = driver };
    test->store = store_open(&test->call, &options);
    assert_done(&test->call, test->store != NULL);
    assert_done(&test->call, store_attach(&test->call, test->store));
    test->call.door = DOOR_CLI;
}

static void leave(struct test_house *test)
{
    store_leave(&test->call);
    call_release(&test->call);
}

/* A workspace of Ada's. */
static void make_house(const char *where)
{
    struct test_house made = { .store = NULL };
    bool is_new;
    snprintf(made.where, sizeof made.where, "%s", where);
    test_call_init(&made.building);
    assert_done(&made.building, house_build(&made.building, rooms, &made.house));
    test_call_init(&made.call);
    open_store(&made, true, NULL);
    assert_done(&made.call, people_found(&made.call, TEXT("Ada"), &is_new));
    assert_true(is_new);
    leave(&made);
    store_close(made.store);
    call_release(&made.building);
}

int test_house_setup(void **state)
{
    struct test_house *test = calloc(1, sizeof *test);
    assert_non_null(test);
    test_place_copy(test->folder, test->where, "original-house", make_house);
    test_call_init(&test->building);
    assert_done(&test->building, house_build(&test->building, rooms, &test->house));
    test_call_init(&test->call);
    open_store(test, false, NULL);
    assert_done(&test->call, people_act_unnamed(&test->call));
    *state = test;
    return 0;
}

int test_house_teardown(void **state)
{
    struct test_house *test = *state;
    leave(test);
    store_close(test->store);
    call_release(&test->building);
    test_place_remove(test->folder, test->where);
    free(test);
    return 0;
}

void test_house_renew(struct test_house *test)
{
    stamp now = test->call.now;
    leave(test);
    test_call_init(&test->call);
    test->call.now = now;
    assert_done(&test->call, store_attach(&test->call, test->store));
    test->call.door = DOOR_CLI;
    assert_done(&test->call, people_act_as(&test->call, TEXT("Ada")));
}

void test_house_reopen(struct test_house *test, const struct driver *driver)
{
    leave(test);
    store_close(test->store);
    test_call_init(&test->call);
    open_store(test, false, driver);
    assert_done(&test->call, people_act_as(&test->call, TEXT("Ada")));
}

bool test_try_import(struct test_house *test, const char *name, const char *bytes,
                     const struct import_options *options, struct import_report *report)
{
    static const struct import_options none = { .dry_run = false };
    return import_bytes(&test->call, test->house.importers, text_of(name), text_of(bytes),
                        options ? options : &none, report);
}

struct import_report test_import(struct test_house *test, const char *name, const char *bytes,
                                 const struct import_options *options)
{
    struct import_report report;
    assert_done(&test->call, test_try_import(test, name, bytes, options, &report));
    return report;
}

struct row test_titled(struct test_house *test, const struct record *record, const char *title)
{
    struct query query;
    struct rows rows;
    query_init(&query, record);
    assert_done(&test->call, query_add(&test->call, &query, record->title, FILTER_IS,
                                       value_text(text_of(title))));
    assert_done(&test->call, find_rows(&test->call, &query, &rows));
    assert_true(rows.count <= 1);
    return rows.count ? rows.row[0] : (struct row){ .id = 0 };
}

struct row test_run_row(struct test_house *test, const char *name)
{
    struct row row = test_titled(test, &eval_run_record, name);
    if (row.id == 0)
        print_error("there is no run '%s'\n", name);
    assert_true(row.id != 0);
    return row;
}

int64_t test_count(struct test_house *test, const char *table_and_condition)
{
    struct call *call = &test->call;
    struct sql *sql =
        sql_prepare(call, call_format(call, "SELECT count(*) FROM %s", table_and_condition));
    assert_done(call, sql != NULL);
    assert_int_equal(sql_step(call, sql), SQL_ROW);
    int64_t count = sql_int(sql, 0);
    sql_done(sql);
    return count;
}

int64_t test_house_live(struct test_house *test)
{
    int64_t all = 0;
    for (size_t i = 0; i < test->house.catalog.record_count; i++) {
        struct query query;
        int64_t count;
        query_init(&query, test->house.catalog.record[i]);
        assert_done(&test->call, find_count(&test->call, &query, &count));
        all += count;
    }
    return all;
}

struct review test_review(struct test_house *test, const char *week, enum week_run rule)
{
    struct review_options options = { .has_week = week != NULL, .week_run = rule, .weeks = 12 };
    struct review review;
    if (week)
        assert_true(week_read(text_of(week), &options.week));
    assert_done(&test->call, evals_review(&test->call, &options, &review));
    return review;
}

text test_note(const struct import_report *report, const char *code)
{
    for (size_t i = 0; i < report->note_count; i++)
        if (strcmp(report->note[i].code, code) == 0)
            return report->note[i].words;
    return TEXT_NONE;
}
