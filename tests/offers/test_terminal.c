/* Terminals: a real pseudo-terminal, and the environment that speaks of it. */
#include "support/support.h"

#include "offers/terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct pair {
    int near, far;
};

static struct pair pair_open(unsigned short columns)
{
    struct pair pair = { .near = posix_openpt(O_RDWR | O_NOCTTY) };
    assert_true(pair.near >= 0);
    assert_int_equal(grantpt(pair.near), 0);
    assert_int_equal(unlockpt(pair.near), 0);
    pair.far = open(ptsname(pair.near), O_RDWR | O_NOCTTY);
    assert_true(pair.far >= 0);
    struct winsize size = { .ws_col = columns, .ws_row = 24 };
    assert_int_equal(ioctl(pair.far, TIOCSWINSZ, &size), 0);
    return pair;
}

static void pair_close(struct pair pair)
{
    close(pair.far);
    close(pair.near);
}

static int environment_empty(void **state)
{
    (void)state;
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    unsetenv("COLUMNS");
    return 0;
}

static void a_terminal_is_one_unless_it_is_dumb(void **state)
{
    (void)state;
    struct pair pair = pair_open(120);
    assert_true(terminal_is(pair.far));
    setenv("TERM", "dumb", 1);
    assert_false(terminal_is(pair.far));
    unsetenv("TERM");
    assert_false(terminal_is(pair.far));
    pair_close(pair);
    setenv("TERM", "xterm", 1);
    int file = open("/dev/null", O_WRONLY);
    assert_false(terminal_is(file));
    close(file);
}

static void the_width_is_the_terminals_then_the_environments_then_eighty(void **state)
{
    (void)state;
    struct pair pair = pair_open(132);
    setenv("COLUMNS", "70", 1);
    assert_int_equal(terminal_width(pair.far), 132);
    pair_close(pair);
    pair = pair_open(0);
    assert_int_equal(terminal_width(pair.far), 70);
    setenv("COLUMNS", "-3", 1);
    assert_int_equal(terminal_width(pair.far), TERMINAL_WIDTH_DEFAULT);
    setenv("COLUMNS", "wide", 1);
    assert_int_equal(terminal_width(pair.far), TERMINAL_WIDTH_DEFAULT);
    pair_close(pair);
}

static void colours_need_a_terminal_and_nobody_who_objects(void **state)
{
    (void)state;
    struct pair pair = pair_open(80);
    assert_true(terminal_of(pair.far, false).has_colours);
    assert_false(terminal_of(pair.far, true).has_colours);
    setenv("NO_COLOR", "", 1);
    assert_true(terminal_of(pair.far, false).has_colours);
    setenv("NO_COLOR", "1", 1);
    assert_false(terminal_of(pair.far, false).has_colours);
    assert_true(terminal_of(pair.far, false).is_terminal);
    pair_close(pair);
}

static void paint_is_put_on_only_with_colours(void **state)
{
    (void)state;
    struct call call;
    struct out out;
    test_call_init(&call);
    out_init(&out, &call);
    struct terminal plain = { .width = 80 },
                    coloured = { .is_terminal = true, .has_colours = true, .width = 80 };
    paint(&out, &plain, PAINT_RED, TEXT("a"));
    paint(&out, &coloured, PAINT_RED, TEXT("b"));
    paint(&out, &coloured, PAINT_NONE, TEXT("c"));
    paint(&out, &coloured, PAINT_BOLD, TEXT(""));
    assert_text(out_view(&out), "a\x1b[31mb\x1b[0mc");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_terminal_is_one_unless_it_is_dumb, environment_empty),
        cmocka_unit_test_setup(the_width_is_the_terminals_then_the_environments_then_eighty,
                               environment_empty),
        cmocka_unit_test_setup(colours_need_a_terminal_and_nobody_who_objects, environment_empty),
        cmocka_unit_test(paint_is_put_on_only_with_colours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
