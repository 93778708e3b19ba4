/* Progress: what a terminal shows as a made-up clock moves on, and the silence elsewhere. */
#include "support/support.h"

#include "offers/progress.h"

static int64_t clock_us;

static int64_t clock_ticks(void)
{
    return clock_us;
}

struct screen {
    struct progress progress;
    FILE *stream;
    char *shown;
    size_t size, seen;
};

static void screen_init(struct screen *screen, bool is_terminal, int width)
{
    struct terminal terminal = { .is_terminal = is_terminal, .width = width };
    clock_us = 5000000;
    screen->seen = 0;
    screen->stream = open_memstream(&screen->shown, &screen->size);
    assert_non_null(screen->stream);
    progress_init(&screen->progress, screen->stream, &terminal, clock_ticks);
}

static void screen_release(struct screen *screen)
{
    fclose(screen->stream);
    free(screen->shown);
}

/* What was written since the last look. */
static void assert_shown(struct screen *screen, const char *wanted)
{
    fflush(screen->stream);
    assert_string_equal(screen->shown + screen->seen, wanted);
    screen->seen = screen->size;
}

static void step(struct screen *screen, int64_t milliseconds, const char *what, int64_t done,
                 int64_t total)
{
    clock_us += milliseconds * 1000;
    progress_update(&screen->progress, what, done, total);
}

static void the_line_shows_bar_share_rate_and_remaining_time(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, true, 100);
    step(&screen, 0, "storing results", 0, 100000);
    step(&screen, 2000, "storing results", 25000, 100000);
    assert_shown(&screen, "\rstoring results  [#######-----------------------]   25 %  12,500 "
                          "results/s  0:06 left\x1b[K");
    screen_release(&screen);
}

static void the_line_is_rewritten_at_most_ten_times_a_second(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, true, 100);
    step(&screen, 0, "lines", 0, 0);
    step(&screen, 99, "lines", 99, 0);
    assert_shown(&screen, "");
    step(&screen, 1, "lines", 100, 0);
    assert_shown(&screen, "\rlines  100  1,000 lines/s\x1b[K");
    step(&screen, 99, "lines", 199, 0);
    assert_shown(&screen, "");
    step(&screen, 101, "lines", 300, 0);
    assert_shown(&screen, "\rlines  300  1,000 lines/s\x1b[K");
    screen_release(&screen);
}

static void a_new_piece_of_work_has_a_rate_of_its_own(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, true, 100);
    step(&screen, 0, "reading lines", 0, 0);
    step(&screen, 10000, "storing results", 0, 0);
    step(&screen, 1000, "storing results", 2000, 0);
    assert_shown(&screen, "\rstoring results  2,000  2,000 results/s\x1b[K");
    step(&screen, 50, "storing results", 0, 0); /* the same again, from the start */
    step(&screen, 1000, "storing results", 4, 0);
    assert_shown(&screen, "\rstoring results  4  4.0 results/s\x1b[K");
    screen_release(&screen);
}

static void the_end_erases_the_line_if_there_was_one(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, true, 80);
    step(&screen, 0, "lines", 0, 10);
    progress_end(&screen.progress);
    assert_shown(&screen, "");
    step(&screen, 0, "lines", 0, 10);
    step(&screen, 200, "lines", 1, 10);
    assert_shown(&screen,
                 "\rlines  [###---------------------------]   10 %  5.0 lines/s  0:02 left\x1b[K");
    progress_end(&screen.progress);
    assert_shown(&screen, "\r\x1b[K");
    progress_end(&screen.progress);
    assert_shown(&screen, "");
    screen_release(&screen);
}

static void a_narrow_line_loses_its_bar_and_is_cut(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, true, 20);
    step(&screen, 0, "storing \x1b[2Jresults", 0, 100);
    step(&screen, 1000, "storing \x1b[2Jresults", 50, 100);
    assert_shown(&screen, "\rstoring \\x1b[2Jresu\x1b[K");
    screen_release(&screen);
}

static void more_than_all_is_all_and_hours_are_written(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, true, 54);
    step(&screen, 0, "lines", 0, 3725);
    step(&screen, 1000, "lines", 1, 3726);
    assert_shown(&screen, "\rlines  [----------]    0 %  1.0 lines/s  1:02:05 left\x1b[K");
    step(&screen, 1000, "lines", 9999, 10);
    assert_shown(&screen, "\rlines  [###########]  100 %  5,000 lines/s  0:00 left\x1b[K");
    screen_release(&screen);
}

static void nothing_is_written_off_a_terminal(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, false, 80);
    step(&screen, 0, "lines", 0, 10);
    step(&screen, 1000, "lines", 5, 10);
    progress_end(&screen.progress);
    assert_shown(&screen, "");
    screen_release(&screen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_shows_bar_share_rate_and_remaining_time),
        cmocka_unit_test(the_line_is_rewritten_at_most_ten_times_a_second),
        cmocka_unit_test(a_new_piece_of_work_has_a_rate_of_its_own),
        cmocka_unit_test(the_end_erases_the_line_if_there_was_one),
        cmocka_unit_test(a_narrow_line_loses_its_bar_and_is_cut),
        cmocka_unit_test(more_than_all_is_all_and_hours_are_written),
        cmocka_unit_test(nothing_is_written_off_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
