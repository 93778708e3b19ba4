/*
 * What the real house says of itself, against golden files: the catalogue, the OpenAPI page, both
 * schemas, the help.
 */
#include "app/house_build.h"

#include "app/rooms.h"
#include "catalog/table.h"
#include "offers/catalog_page.h"
#include "offers/help.h"
#include "offers/openapi.h"
#include "support/golden.h"
#include "support/support.h"

static struct call call;
static struct house house;
static struct out out;
static struct json_writer writer;

static int build(void **state)
{
    (void)state;
    test_call_init(&call);
    assert_done(&call, house_build(&call, rooms, &house));
    assert_done(&call, house_open_doors(&call, &house));
    out_init(&out, &call);
    json_writer_init(&writer, &out, true);
    return 0;
}

static int end(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static void assert_out_is(const char *path)
{
    assert_done(&call, !out.failed);
    assert_golden(path, out_view(&out));
}

static void the_catalogue_is_as_agreed(void **state)
{
    (void)state;
    assert_done(&call, catalog_page_write(&call, &house.catalog, &writer));
    out_char(&out, '\n');
    assert_out_is("tests/golden/catalogue.json");
}

static void the_openapi_page_is_as_agreed(void **state)
{
    (void)state;
    assert_done(&call, openapi_write(&call, &house.catalog, house.routes.route, house.routes.count,
                                     &writer));
    out_char(&out, '\n');
    assert_out_is("tests/golden/openapi.json");
}

static void the_schema_of_sqlite_is_as_agreed(void **state)
{
    (void)state;
    assert_done(&call, catalog_write_ddl(&call, &house.catalog, &dialect_sqlite, &out));
    assert_out_is("tests/golden/schema_sqlite.sql");
}

static void the_schema_of_postgresql_is_as_agreed(void **state)
{
    (void)state;
    assert_done(&call, catalog_write_ddl(&call, &house.catalog, &dialect_postgresql, &out));
    assert_out_is("tests/golden/schema_postgresql.sql");
}

static void the_help_is_as_agreed(void **state)
{
    (void)state;
    const struct terminal terminal = { .width = 80 };
    help_overview(&out, &terminal, house.command, house.command_count);
    for (size_t i = 0; i < house.command_count; i++) {
        text words = command_words(&call, house.command[i]);
        out_format(&out, "\n==== %.*s ====\n", TEXT_FMT(words));
        help_command(&out, &terminal, house.command[i]);
    }
    assert_out_is("tests/golden/help.txt");
}

/* A second house, built elsewhere in memory, says the same. */
static void building_twice_says_the_same(void **state)
{
    (void)state;
    struct call other;
    struct house second;
    struct out again;
    struct json_writer writing;
    test_call_init(&other);
    assert_done(&other, house_build(&other, rooms, &second));
    assert_done(&other, house_open_doors(&other, &second));
    out_init(&again, &other);
    json_writer_init(&writing, &again, true);
    assert_done(&call, openapi_write(&call, &house.catalog, house.routes.route, house.routes.count,
                                     &writer));
    assert_done(&other, openapi_write(&other, &second.catalog, second.routes.route,
                                      second.routes.count, &writing));
    assert_true(text_equal(out_view(&out), out_view(&again)));
    call_release(&other);
}

/* The tables that people type are sound: names, sentences, groups, limits. */
static void every_command_of_the_house_is_well_formed(void **state)
{
    (void)state;
    assert_done(&call, command_verify(&call, house.command, house.command_count));
}

#define IN_THE_HOUSE(test) cmocka_unit_test_setup_teardown(test, build, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_THE_HOUSE(the_catalogue_is_as_agreed),
        IN_THE_HOUSE(the_openapi_page_is_as_agreed),
        IN_THE_HOUSE(the_schema_of_sqlite_is_as_agreed),
        IN_THE_HOUSE(the_schema_of_postgresql_is_as_agreed),
        IN_THE_HOUSE(the_help_is_as_agreed),
        IN_THE_HOUSE(building_twice_says_the_same),
        IN_THE_HOUSE(every_command_of_the_house_is_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
