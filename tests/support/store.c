/* See test_store.h. Not named test_store.c: the build makes a program of every test_*.c. */
#include "support/test_store.h"

#include "ledger/audit_tables.h"
#include "store/sql.h"

static const char *const actor_names[ACTOR_COUNT] = {
    [ADA] = "Ada", [BEN] = "Ben", [OLGA] = "Olga", [VERA] = "Vera",
    [CARL] = "Carl", [TINA] = "Tina", [ROBOT] = "Robot",
};

void test_store_prepare(struct test_store *at)
{
    *at = (struct test_store){ .store = NULL };
    test_place_make(at->folder, at->where);
    size_t count = 0;
    for (size_t i = 0; i < test_catalog.table_count; i++)
        at->table[count++] = test_catalog.table[i];
    for (int i = 0; ledger_tables[i]; i++)
        at->table[count++] = ledger_tables[i];
    assert_true(count <= TEST_TABLES_MAX);
    at->catalog = test_catalog;
    at->catalog.table = at->table;
    at->catalog.table_count = count;
}

void test_store_add_records(struct test_store *at, const struct record *const *record,
                            size_t count)
{
    struct call call;
    store_close(at->store);
    assert_true(at->catalog.record_count + count <= TEST_RECORDS_MAX);
    memcpy(at->record, at->catalog.record, at->catalog.record_count * sizeof *at->record);
    memcpy(at->record + at->catalog.record_count, record, count * sizeof *record);
    at->catalog.record = at->record;
    at->catalog.record_count += count;
    test_call_init(&call);
    at->store = test_store_open(&call, at, false);
    assert_done(&call, at->store != NULL);
    call_release(&call);
}

void test_store_remove(const struct test_store *at)
{
    test_place_remove(at->folder, at->where);
}

struct store *test_store_open(struct call *call, const struct test_store *at, bool create)
{
    const struct store_options options = { .where = text_of(at->where), .create = create,
                                           .catalog = &at->catalog };
    return store_open(call, &options);
}

static void make_people(struct test_store *at)
{
    struct call call;
    test_call_as(&call, at, MACHINE);
    assert_done(&call, change_open(&call, TEXT("make people")));
    at->red = test_make(&call, &test_team_record, "Red", 0).id;
    at->blue = test_make(&call, &test_team_record, "Blue", 0).id;
    for (int who = ADA; who < ACTOR_COUNT; who++)
        at->person[who] = test_make(&call, &test_person_record, actor_names[who], 0).id;
    assert_done(&call, change_commit(&call));
    test_call_end(&call);
}

int test_store_setup(void **state)
{
    struct test_store *at = calloc(1, sizeof *at);
    struct call call;
    assert_non_null(at);
    test_store_prepare(at);
    test_call_init(&call);
    at->store = test_store_open(&call, at, true);
    assert_done(&call, at->store != NULL);
    call_release(&call);
    make_people(at);
    *state = at;
    return 0;
}

int test_store_teardown(void **state)
{
    struct test_store *at = *state;
    if (at->store)
        store_close(at->store);
    test_store_remove(at);
    free(at);
    return 0;
}

enum { WORKSPACE, RED, BLUE };

/* Memberships: the test catalogue has no record for them. */
static const struct {
    enum test_actor who;
    int team;
    unsigned roles;
} memberships[] = {
    { ADA, WORKSPACE, ROLE_MEMBER },   { ADA, RED, ROLE_MEMBER },
    { BEN, WORKSPACE, ROLE_MEMBER },   { BEN, BLUE, ROLE_MEMBER },
    { OLGA, WORKSPACE, ROLE_OWNER | ROLE_MEMBER },
    { VERA, WORKSPACE, ROLE_VIEWER },
    { CARL, WORKSPACE, ROLE_MEMBER },  { CARL, RED, ROLE_COUNCIL },
    { TINA, RED, ROLE_MEMBER },
    { ROBOT, WORKSPACE, ROLE_ROBOT },
};

void test_act(struct call *call, const struct test_store *at, enum test_actor who)
{
    enum { COUNT = sizeof memberships / sizeof memberships[0] };
    struct team_roles *team = call_array(call, COUNT, sizeof *team);
    assert_non_null(team);
    call->all_rows = who == MACHINE;
    call->actor = (struct actor){ .person = at->person[who], .name = text_of(actor_names[who]),
                                  .team = team, .scopes = who == NOBODY ? 0 : SCOPE_ALL };
    for (int i = 0; i < COUNT; i++) {
        if (memberships[i].who != who)
            continue;
        rid id = memberships[i].team == RED ? at->red : memberships[i].team == BLUE ? at->blue : 0;
        team[call->actor.team_count++] = (struct team_roles){ id, memberships[i].roles };
        call->actor.roles |= memberships[i].roles;
    }
}

void test_call_as(struct call *call, const struct test_store *at, enum test_actor who)
{
    test_call_init(call);
    assert_done(call, store_attach(call, at->store));
    test_act(call, at, who);
}

void test_call_end(struct call *call)
{
    store_leave(call);
    call_release(call);
}

struct row test_row(struct call *call, const struct record *record, const char *title, rid parent)
{
    struct row row;
    assert_done(call, row_init(call, record, &row));
    row.value[record->title] = value_text(call_text(call, text_of(title)));
    if (record == &gizmo_record)
        row.value[GIZMO_GADGET] = value_ref(parent);
    if (record == &plan_item_record)
        row.value[PLAN_ITEM_TEAM] = value_ref(parent);
    return row;
}

struct row test_make(struct call *call, const struct record *record, const char *title, rid parent)
{
    struct row row = test_row(call, record, title, parent);
    assert_done(call, ledger_create(call, &row));
    return row;
}

bool test_set(struct call *call, struct row *row, int field, struct value value)
{
    struct row after;
    if (!row_copy(call, row, &after))
        return false;
    after.value[field] = value;
    if (!ledger_update(call, row, &after))
        return false;
    *row = after;
    return true;
}

int64_t test_ask(struct call *call, const char *statement)
{
    struct sql *sql = sql_prepare(call, text_of(statement));
    assert_done(call, sql != NULL);
    enum sql_step step = sql_step(call, sql);
    int64_t answer = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    assert_done(call, step != SQL_FAILED);
    return answer;
}

void test_tamper(const struct test_store *at, const char *statements)
{
    struct connection *connection;
    char message[DRIVER_MESSAGE_SIZE] = "";
    const struct driver *driver = test_driver();
    assert_int_equal(driver->open(at->where, true, false, &connection, message), DRIVER_OK);
    enum driver_result result = driver->script(connection, statements);
    if (result != DRIVER_OK)
        print_error("%s: %s\n", statements, driver->message(connection));
    assert_int_equal(result, DRIVER_OK);
    driver->close(connection);
}

int64_t test_live_rows(struct call *call)
{
    int64_t all = 0;
    for (size_t i = 0; i < call->catalog->record_count; i++) {
        struct query query;
        int64_t count;
        query_init(&query, call->catalog->record[i]);
        assert_done(call, find_count(call, &query, &count));
        all += count;
    }
    return all;
}
