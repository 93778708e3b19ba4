/* See test_store.h. Not named test_store.c: the build makes a program of every test_*.c. */
#include "support/support.h"

#include "support/test_doors.h"

#include "ledger/audit_tables.h"
#include "offers/job.h"
#include "offers/offers_tables.h"
#include "offers/quarantine.h"

enum { TABLES_MAX = 16 };

static const struct field batch_fields[BATCH_FIELD_COUNT] = {
    [BATCH_NAME] = { "name", "Name", "What it is called.", FIELD_TEXT, FIELD_NEEDED },
    [BATCH_NOTE] = { "note", "Note", "What to know of it.", FIELD_TEXT, 0 },
    [BATCH_SIZE] = { "size", "Size", "How much is in it.", FIELD_INT, FIELD_COUNTED,
                     .fallback = "0" },
};

const struct record batch_record = {
    .name = "batch", .plural = "batches", .prefix = "BAT", .label = "batch",
    .help = "What an import brought; 'rondo import FILE' makes one.",
    .field = batch_fields, .field_count = BATCH_FIELD_COUNT, .title = BATCH_NAME,
    .made_by_program = true,
};

static const struct record *const store_records[] = {
    &test_team_record, &test_person_record, &gadget_record, &gizmo_record, &diary_record,
    &memo_record, &plan_item_record, &link_record, &batch_record,
};

static size_t add_tables(const struct table **to, size_t count, const struct table *const *from)
{
    for (; *from; from++) {
        assert_true(count < TABLES_MAX);
        to[count++] = *from;
    }
    return count;
}

const struct catalog *test_doors_catalog(void)
{
    static const struct table *tables[TABLES_MAX];
    static const struct table *const facts[] = { &gadget_reading_table, NULL };
    static const struct table *const import_tables[] = { &quarantine_table, NULL };
    static struct catalog catalog;
    size_t count = add_tables(tables, 0, facts);
    count = add_tables(tables, count, ledger_tables);
    count = add_tables(tables, count, offers_tables);
    count = add_tables(tables, count, import_tables);
    count = add_tables(tables, count, job_tables);
    catalog = (struct catalog){ .record = store_records,
                                .record_count = sizeof store_records / sizeof store_records[0],
                                .table = tables, .table_count = count };
    return &catalog;
}

static void add_named(struct call *call, const struct record *record, const char *name, rid wanted)
{
    struct row row;
    assert_done(call, row_init(call, record, &row));
    row.value[record->title] = value_choice(name);
    assert_done(call, ledger_create(call, &row));
    assert_int_equal(row.id, wanted);
}

static void add_first_rows(struct call *call)
{
    call->all_rows = true;
    add_named(call, &test_team_record, "Red", TEST_RED);
    add_named(call, &test_team_record, "Blue", TEST_BLUE);
    add_named(call, &test_person_record, "Ada", TEST_ADA);
    add_named(call, &test_person_record, "Bert", TEST_BERT);
    add_named(call, &test_person_record, "Olga", TEST_OLGA);
    call->all_rows = false;
}

void test_act_as(struct call *call, rid person)
{
    static const struct team_roles red_everywhere[] = { { TEST_RED, ROLE_MEMBER },
                                                        { 0, ROLE_MEMBER | ROLE_COUNCIL } };
    static const struct team_roles blue_everywhere[] = { { TEST_BLUE, ROLE_MEMBER },
                                                         { 0, ROLE_MEMBER } };
    static const struct team_roles owner[] = { { 0, ROLE_OWNER } };
    call->door = DOOR_API;
    call->actor = (struct actor){ .person = 0 };
    if (person == TEST_ADA)
        call->actor = (struct actor){ TEST_ADA, TEXT("Ada"), red_everywhere, 2,
                                      ROLE_MEMBER | ROLE_COUNCIL, SCOPE_ALL };
    if (person == TEST_BERT)
        call->actor = (struct actor){ TEST_BERT, TEXT("Bert"), blue_everywhere, 2, ROLE_MEMBER,
                                      SCOPE_ALL };
    if (person == TEST_OLGA)
        call->actor = (struct actor){ TEST_OLGA, TEXT("Olga"), owner, 1, ROLE_OWNER, SCOPE_ALL };
}

void test_doors_open(struct test_doors *test)
{
    test_place_make(test->folder, test->where);
    test_call_init(&test->call);
    const struct store_options options = { .where = text_of(test->where), .create = true,
                                           .catalog = test_doors_catalog() };
    test->store = store_open(&test->call, &options);
    assert_done(&test->call, test->store != NULL);
    assert_done(&test->call, store_attach(&test->call, test->store));
    add_first_rows(&test->call);
    test_act_as(&test->call, TEST_ADA);
}

void test_doors_close(struct test_doors *test)
{
    store_leave(&test->call);
    store_close(test->store);
    call_release(&test->call);
    test_place_remove(test->folder, test->where);
}

void test_doors_renew(struct test_doors *test)
{
    struct actor actor = test->call.actor;
    stamp now = test->call.now;
    enum door door = test->call.door;
    bool all_rows = test->call.all_rows;
    store_leave(&test->call);
    call_release(&test->call);
    test_call_init(&test->call);
    assert_done(&test->call, store_attach(&test->call, test->store));
    test->call.actor = actor;
    test->call.now = now;
    test->call.door = door;
    test->call.all_rows = all_rows;
}

rid test_gadget(struct call *call, const char *name)
{
    struct row row;
    assert_done(call, row_init(call, &gadget_record, &row));
    row.value[GADGET_NAME] = value_choice(name);
    assert_done(call, ledger_create(call, &row));
    return row.id;
}

int test_doors_setup(void **state)
{
    struct test_doors *test = calloc(1, sizeof *test);
    assert_non_null(test);
    test_doors_open(test);
    *state = test;
    return 0;
}

int test_doors_teardown(void **state)
{
    test_doors_close(*state);
    free(*state);
    return 0;
}
