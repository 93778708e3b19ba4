/* Grids: alignment, cutting on narrow terminals, hostile cells. */
#include "support/support.h"

#include "offers/grid.h"

static const struct grid_column columns[] = {
    { "case", GRID_LEFT },
    { "passed", GRID_RIGHT },
    { "reason", GRID_LEFT },
    { NULL, GRID_LEFT },
};

static const struct terminal pipe_end = { .width = 80 };

struct table {
    struct call call;
    struct grid grid;
    struct out out;
};

static void table_init(struct table *table)
{
    test_call_init(&table->call);
    grid_init(&table->grid, &table->call, columns);
    out_init(&table->out, &table->call);
}

static text table_written(struct table *table, const struct terminal *terminal)
{
    assert_done(&table->call, grid_write(&table->grid, &table->out, terminal));
    return out_view(&table->out);
}

static void columns_are_as_wide_as_their_widest_cell(void **state)
{
    (void)state;
    struct table table;
    table_init(&table);
    grid_push(&table.grid, TEXT("\u65e5\u672c"));
    grid_format(&table.grid, "%d", 7);
    grid_push(&table.grid, TEXT("timed out"));
    grid_push(&table.grid, TEXT("sum-of-two"));
    grid_format(&table.grid, "%d", 1234);
    grid_push(&table.grid, TEXT_NONE);
    assert_text(table_written(&table, &pipe_end), "case        passed  reason\n"
                                                  "\u65e5\u672c             7  timed out\n"
                                                  "sum-of-two    1234\n");
    call_release(&table.call);
}

static void without_rows_the_headings_stand_alone(void **state)
{
    (void)state;
    struct table table;
    table_init(&table);
    assert_text(table_written(&table, &pipe_end), "case  passed  reason\n");
    call_release(&table.call);
}

static void a_narrow_terminal_cuts_the_widest_left_column_and_a_pipe_does_not(void **state)
{
    (void)state;
    struct table table;
    struct terminal narrow = { .is_terminal = true, .width = 34 };
    table_init(&table);
    grid_push(&table.grid, TEXT("short"));
    grid_format(&table.grid, "%d", 1);
    grid_push(&table.grid, TEXT("a sentence that needs more room"));
    assert_text(table_written(&table, &narrow), "case   passed  reason\n"
                                                "short       1  a sentence that ne\u2026\n");
    out_init(&table.out, &table.call);
    narrow.is_terminal = false;
    assert_text(table_written(&table, &narrow), "case   passed  reason\n"
                                                "short       1  a sentence that needs more room\n");
    call_release(&table.call);
}

static void a_hostile_cell_cannot_move_the_cursor(void **state)
{
    (void)state;
    struct table table;
    table_init(&table);
    grid_push(&table.grid, TEXT("\x1b[1A\rx\n"));
    grid_push(&table.grid, TEXT("1"));
    grid_push(&table.grid, TEXT("ok"));
    assert_text(table_written(&table, &pipe_end), "case          passed  reason\n"
                                                  "\\x1b[1A\\rx\\n       1  ok\n");
    call_release(&table.call);
}

static void paint_takes_no_room(void **state)
{
    (void)state;
    struct table table;
    struct terminal coloured = { .is_terminal = true, .has_colours = true, .width = 80 };
    table_init(&table);
    grid_push_painted(&table.grid, PAINT_RED, TEXT("a"));
    grid_push(&table.grid, TEXT("1"));
    grid_push(&table.grid, TEXT("b"));
    assert_text(table_written(&table, &coloured),
                "\x1b[1mcase\x1b[0m  \x1b[1mpassed\x1b[0m  \x1b[1mreason\x1b[0m\n"
                "\x1b[31ma\x1b[0m          1  b\n");
    call_release(&table.call);
}

static void a_grid_that_ran_out_of_memory_says_so(void **state)
{
    (void)state;
    struct call call;
    struct grid grid;
    struct out out;
    call_init(&call, 4096);
    grid_init(&grid, &call, columns);
    out_init(&out, &call);
    for (int i = 0; i < 3000; i++)
        grid_push(&grid, TEXT("cell"));
    assert_false(grid_write(&grid, &out, &pipe_end));
    assert_refused(&call, FAIL_TOO_LARGE, "needs more than");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_as_wide_as_their_widest_cell),
        cmocka_unit_test(without_rows_the_headings_stand_alone),
        cmocka_unit_test(a_narrow_terminal_cuts_the_widest_left_column_and_a_pipe_does_not),
        cmocka_unit_test(a_hostile_cell_cannot_move_the_cursor),
        cmocka_unit_test(paint_takes_no_room),
        cmocka_unit_test(a_grid_that_ran_out_of_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
