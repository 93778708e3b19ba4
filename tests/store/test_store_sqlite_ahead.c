/* Reading ahead: only advice, so what is asked for in vain, or of broken bytes, harms nobody. */
#include "store/store_sqlite_ahead.h"
#include "store/sql.h"
#include "support/test_store.h"

#include <sys/mman.h>

enum { PAGES = 4, PAGE = 4096, SIZE = PAGES * PAGE };

static int64_t settings(struct call *call)
{
    struct sql *sql = SQL(call, "SELECT count(*) FROM setting");
    assert_done(call, sql != NULL);
    assert_int_equal(sql_step(call, sql), SQL_ROW);
    int64_t count = sql_int(sql, 0);
    sql_done(sql);
    return count;
}

static void a_table_that_was_read_ahead_reads_as_before(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    int64_t before = settings(&call);
    static const struct ahead_wish wishes[] = {
        { "setting", false, 0 },
        { "setting", true, 0 },
        { "no_such_table", false, INT64_MAX },
    };
    sql_ahead(&call, wishes, 3);
    assert_false(sql_ahead(&call, wishes, 3)); /* it is known */
    assert_int_equal(call.fail.kind, FAIL_NONE);
    assert_int_equal(settings(&call), before);
    test_call_end(&call);
}

static unsigned char *bytes_of(unsigned char fill)
{
    unsigned char *bytes =
        mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(bytes, MAP_FAILED);
    memset(bytes, fill, SIZE);
    bytes[16] = PAGE >> 8; /* the size of a page */
    bytes[17] = 0;
    return bytes;
}

/* A watched build ends here when a byte outside of them is read. */
static void broken_bytes_are_not_followed_out_of_the_file(void **state)
{
    (void)state;
    static const unsigned char kinds[] = { 2, 5, 10, 13, 255 };
    for (size_t kind = 0; kind < sizeof kinds; kind++)
        for (unsigned fill = 0; fill < 256; fill++) {
            unsigned char *bytes = bytes_of((unsigned char)fill);
            bytes[100] = kinds[kind];
            bytes[PAGE] = kinds[kind];
            for (uint32_t root = 0; root < PAGES + 2; root++)
                store_sqlite_ahead(bytes, SIZE, &(struct ahead_tree){ root, 7, fill % 2 }, 1);
            store_sqlite_ahead(bytes, 99, &(struct ahead_tree){ 1, 7, false }, 1);
            assert_int_equal(bytes[PAGE], kinds[kind]);
            munmap(bytes, SIZE);
        }
}

/* A page that is its own child: the walk ends all the same. */
static void a_tree_that_goes_round_ends(void **state)
{
    (void)state;
    unsigned char *bytes = bytes_of(0), *page = bytes + PAGE;
    page[0] = 5;
    page[4] = 1; /* one cell, at 200 */
    page[11] = 2;
    page[13] = 200;
    page[203] = 2;
    page[204] = 9; /* its key */
    store_sqlite_ahead(bytes, SIZE, &(struct ahead_tree){ 2, 7, false }, 1);
    assert_int_equal(page[11], 2);
    munmap(bytes, SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(a_table_that_was_read_ahead_reads_as_before),
        cmocka_unit_test(broken_bytes_are_not_followed_out_of_the_file),
        cmocka_unit_test(a_tree_that_goes_round_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
