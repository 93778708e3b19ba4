/* Instants, dates, zones and weeks. */
#include "base/stamp.h"
#include "support/support.h"

#include <pthread.h>

static struct call call;

static int begin(void **state)
{
    (void)state;
    test_call_init(&call);
    return 0;
}

static int end(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

static stamp instant(const char *written)
{
    stamp at = 0;
    if (stamp_read(text_of(written), &at, NULL) == STAMP_NOT)
        print_error("not an instant: %s\n", written);
    return at;
}

static void assert_instant(stamp at, const char *written)
{
    char room[STAMP_TEXT_SIZE];
    int size = stamp_write(at, room);
    assert_string_equal(room, written);
    assert_int_equal(size, (int)strlen(written));
}

static void every_day_of_eight_centuries_comes_back(void **state)
{
    (void)state;
    int64_t days = days_from_date(1600, 1, 1);
    for (int year = 1600; year < 2400; year++) {
        for (int month = 1; month <= 12; month++) {
            int64_t first = days_from_date(year, month, 1);
            int64_t next =
                month < 12 ? days_from_date(year, month + 1, 1) : days_from_date(year + 1, 1, 1);
            assert_true(first == days);
            for (int day = 1; days < next; day++, days++) {
                int y, m, d;
                date_from_days(days, &y, &m, &d);
                assert_true(y == year && m == month && d == day && days_from_date(y, m, d) == days);
            }
        }
    }
    assert_true(days_from_date(1970, 1, 1) == 0);
    assert_true(days_from_date(2000, 3, 1) == 11017);
}

static void instants_are_written_in_utc(void **state)
{
    (void)state;
    assert_instant(0, "1970-01-01T00:00:00Z");
    assert_instant(TEST_NOW, "2026-11-16T07:00:00Z");
    assert_instant(TEST_NOW + 1, "2026-11-16T07:00:00.000001Z");
    assert_instant(TEST_NOW + 500000, "2026-11-16T07:00:00.500000Z");
    assert_instant(-1, "1969-12-31T23:59:59.999999Z");
    assert_instant(-STAMP_DAY, "1969-12-31T00:00:00Z");
    assert_instant(-STAMP_DAY - STAMP_SECOND, "1969-12-30T23:59:59Z");
    assert_instant(instant("0001-01-01"), "0001-01-01T00:00:00Z");
    assert_instant(instant("9999-12-31T23:59:59Z"), "9999-12-31T23:59:59Z");
    char room[STAMP_TEXT_SIZE];
    assert_true(stamp_write(INT64_MAX, room) < STAMP_TEXT_SIZE);
    assert_true(stamp_write(INT64_MIN, room) < STAMP_TEXT_SIZE);
}

static void assert_internet(const char *at, const char *written)
{
    char room[STAMP_TEXT_SIZE];
    int size = stamp_write_internet(instant(at), room);
    assert_string_equal(room, written);
    assert_int_equal(size, (int)strlen(written));
}

static void instants_are_written_as_mail_and_http_do(void **state)
{
    (void)state;
    assert_internet("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00");
    assert_internet("2024-02-29T23:59:59.999999Z", "Thu, 29 Feb 2024 23:59:59");
    assert_internet("2026-11-15T23:59:59Z", "Sun, 15 Nov 2026 23:59:59");
    assert_internet("2026-11-16T00:00:00Z", "Mon, 16 Nov 2026 00:00:00");
}

static void instants_are_read_in_all_their_forms(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        enum stamp_form form;
        const char *utc;
        int zone_seconds;
    } cases[] = {
        { "2026-11-16", STAMP_DATE_ONLY, "2026-11-16T00:00:00Z", 0 },
        { "2026-11-16T07:00:00Z", STAMP_WITH_ZONE, "2026-11-16T07:00:00Z", 0 },
        { "2026-11-16t07:00:00z", STAMP_WITH_ZONE, "2026-11-16T07:00:00Z", 0 },
        { "2026-11-16 07:00Z", STAMP_WITH_ZONE, "2026-11-16T07:00:00Z", 0 },
        { "2026-11-16 07:00", STAMP_WITHOUT_ZONE, "2026-11-16T07:00:00Z", 0 },
        { "2026-11-16T07:00:09", STAMP_WITHOUT_ZONE, "2026-11-16T07:00:09Z", 0 },
        { "2026-11-16T07:00:00.25+01:00", STAMP_WITH_ZONE, "2026-11-16T06:00:00.250000Z", 3600 },
        { "2026-11-16T00:30:00-05:45", STAMP_WITH_ZONE, "2026-11-16T06:15:00Z", -20700 },
        { "2026-11-16T07:00:00.123456789Z", STAMP_WITH_ZONE, "2026-11-16T07:00:00.123456Z", 0 },
        { "2024-02-29T23:59:59Z", STAMP_WITH_ZONE, "2024-02-29T23:59:59Z", 0 },
        { "2000-02-29", STAMP_DATE_ONLY, "2000-02-29T00:00:00Z", 0 },
        { "1969-12-31T23:59:59.5Z", STAMP_WITH_ZONE, "1969-12-31T23:59:59.500000Z", 0 },
        { "2016-12-31T23:59:60Z", STAMP_WITH_ZONE, "2017-01-01T00:00:00Z", 0 },
        { "2017-01-01T00:59:60.5+01:00", STAMP_WITH_ZONE, "2017-01-01T00:00:00.500000Z", 3600 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stamp at = 5;
        int seconds = 77;
        if (stamp_read(text_of(cases[i].written), &at, &seconds) != cases[i].form)
            print_error("wrong form: %s\n", cases[i].written);
        assert_int_equal(stamp_read(text_of(cases[i].written), &at, &seconds), cases[i].form);
        assert_instant(at, cases[i].utc);
        assert_int_equal(seconds, cases[i].zone_seconds);
    }
}

static void what_is_no_time_is_not_read(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "2026",
        "2026-11",
        "2026-11-1",
        "2026-00-10",
        "2026-13-01",
        "2026-11-00",
        "2026-11-31",
        "2026-02-29",
        "1900-02-29",
        "2026-11-16T",
        "2026-11-16T07",
        "2026-11-16T7:00",
        "2026-11-16T24:00:00Z",
        "2026-11-16T07:60Z",
        "2026-11-16T07:00:61Z",
        "2026-11-16T07:00:60Z",
        "2026-11-16T07:00:00.Z",
        "2026-11-16T07:00.5Z",
        "2026-11-16T07:00:00+1:00",
        "2026-11-16T07:00:00+24:00",
        "2026-11-16T07:00:00+01:60",
        "2026-11-16T07:00:00+0100",
        "2026-11-16T07:00:00ZZ",
        "2026-11-16T07:00:00 Z",
        " 2026-11-16",
        "2026-11-16 ",
        "2026/11/16",
        "26-11-16",
        "-026-11-16",
        "2026-11-16Z",
        "20261116",
        "1794812400",
        "now",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        stamp at = 5;
        int seconds = 77;
        if (stamp_read(text_of(cases[i]), &at, &seconds) != STAMP_NOT)
            print_error("read: %s\n", cases[i]);
        assert_int_equal(stamp_read(text_of(cases[i]), &at, &seconds), STAMP_NOT);
        assert_true(at == 5 && seconds == 77);
    }
    stamp at;
    assert_int_equal(stamp_read(TEXT("2026-11-16\0"), &at, NULL), STAMP_NOT);
    assert_int_equal(stamp_read(TEXT_NONE, &at, NULL), STAMP_NOT);
}

static void dates_are_read_and_written(void **state)
{
    (void)state;
    int64_t days = 5;
    char room[DATE_TEXT_SIZE];
    assert_true(date_read(TEXT("2026-03-01"), &days));
    assert_int_equal(date_write(days - 1, room), 10);
    assert_string_equal(room, "2026-02-28");
    assert_false(date_read(TEXT("2026-02-30"), &days));
    assert_false(date_read(TEXT("2026-03-01T00:00"), &days));
    assert_true(date_write(INT64_MIN, room) < DATE_TEXT_SIZE);
}

static void the_clocks_go_forward(void **state)
{
    (void)state;
    int64_t before = stamp_ticks();
    assert_true(stamp_ticks() >= before);
    assert_true(stamp_clock() > instant("2024-01-01"));
}

static void only_names_of_places_are_zones(void **state)
{
    (void)state;
    static const char *const known[] = {
        "UTC", "Europe/Berlin", "Asia/Kathmandu", "America/Argentina/Ushuaia", "Etc/UTC", "GMT"
    };
    static const char *const unknown[] = { "",
                                           "Europe/Berli",
                                           "europe/berlin",
                                           "GMT+3",
                                           "GMT+03:00",
                                           "+01:00",
                                           "EST5",
                                           "PST",
                                           "CET",
                                           "IST",
                                           "SystemV/EST5",
                                           "Etc/Unknown",
                                           "Europe/Berlin ",
                                           "Europe",
                                           "Z",
                                           "utc",
                                           "\xc3\x9c" };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_true(zone_is_known(text_of(known[i])));
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        int seconds;
        stamp at;
        if (zone_is_known(text_of(unknown[i])))
            print_error("known: %s\n", unknown[i]);
        assert_false(zone_is_known(text_of(unknown[i])));
        assert_false(zone_offset(&call, text_of(unknown[i]), 0, &seconds));
        assert_refused(&call, FAIL_INVALID, unknown[i]);
        assert_false(stamp_from_local(&call, text_of(unknown[i]), 0, &at));
        assert_refused(&call, FAIL_INVALID, "is not known");
    }
    assert_false(zone_is_known(TEXT("UTC\0")));
    assert_false(zone_is_known(TEXT_NONE));
}

static int offset(const char *zone, const char *at)
{
    int seconds = -1;
    assert_done(&call, zone_offset(&call, text_of(zone), instant(at), &seconds));
    return seconds;
}

static void offsets_follow_the_clock_changes(void **state)
{
    (void)state;
    assert_int_equal(offset("UTC", "2026-07-01"), 0);
    assert_int_equal(offset("Asia/Kathmandu", "2026-07-01"), 20700);
    assert_int_equal(offset("Europe/Berlin", "2026-03-29T00:59:59.999999Z"), 3600);
    assert_int_equal(offset("Europe/Berlin", "2026-03-29T01:00:00Z"), 7200);
    assert_int_equal(offset("Europe/Berlin", "2026-10-25T00:59:59.999999Z"), 7200);
    assert_int_equal(offset("Europe/Berlin", "2026-10-25T01:00:00Z"), 3600);
    assert_int_equal(offset("America/New_York", "1969-07-20T20:17:40Z"), -14400);
    assert_int_equal(offset("Asia/Tokyo", "2026-07-01"), 32400);
    assert_int_equal(offset("Australia/Lord_Howe", "2026-01-01"), 39600);
    assert_int_equal(offset("Europe/Berlin", "2026-01-01"), 3600);
}

/* More zones than a thread keeps open, each asked twice. */
static void *ask_many_zones(void *wrong)
{
    static const struct {
        const char *zone;
        int seconds;
    } zones[] = { { "Europe/Berlin", 3600 },   { "Asia/Tokyo", 32400 },
                  { "Asia/Kathmandu", 20700 }, { "UTC", 0 },
                  { "America/Lima", -18000 },  { "Africa/Lagos", 3600 },
                  { "Asia/Kolkata", 19800 },   { "Pacific/Apia", 13 * 3600 } };
    struct call own;
    test_call_init(&own);
    for (size_t i = 0; i < 2 * sizeof zones / sizeof zones[0]; i++) {
        size_t n = i % (sizeof zones / sizeof zones[0]);
        int seconds;
        if (!zone_offset(&own, text_of(zones[n].zone), instant("2026-01-01"), &seconds) ||
            seconds != zones[n].seconds)
            ++*(int *)wrong;
    }
    call_release(&own);
    return NULL;
}

static void every_thread_keeps_zones_of_its_own(void **state)
{
    (void)state;
    pthread_t thread[4];
    int wrong[4] = { 0 };
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, ask_many_zones, &wrong[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(wrong[i], 0);
    }
}

static void assert_local(const char *zone, const char *local, const char *utc)
{
    stamp at = 0;
    assert_done(&call, stamp_from_local(&call, text_of(zone), instant(local), &at));
    assert_instant(at, utc);
}

static void local_times_become_instants(void **state)
{
    (void)state;
    assert_local("UTC", "2026-03-29T02:30", "2026-03-29T02:30:00Z");
    assert_local("Europe/Berlin", "2026-03-29T01:59:59.999999", "2026-03-29T00:59:59.999999Z");
    /* does not exist: 03:30 */
    assert_local("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00Z");
    assert_local("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00:00Z");
    assert_local("Europe/Berlin", "2026-10-25T01:59", "2026-10-24T23:59:00Z");
    /* twice: the earlier */
    assert_local("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z");
    assert_local("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00:00Z");
    assert_local("Asia/Kathmandu", "2026-11-16T00:00", "2026-11-15T18:15:00Z");
    assert_local("America/New_York", "1969-12-31T18:59:59.5", "1969-12-31T23:59:59.500000Z");
}

static void assert_week(const char *date, const char *written)
{
    char room[WEEK_TEXT_SIZE];
    iso_week week = 0, read = 0;
    assert_done(&call, week_of_stamp(&call, TEXT("UTC"), instant(date), &week));
    assert_int_equal(week_write(week, room), 8);
    assert_string_equal(room, written);
    assert_true(week_read(text_of(written), &read));
    assert_int_equal(read, week);
}

static void weeks_belong_to_the_year_of_their_thursday(void **state)
{
    (void)state;
    assert_week("2026-11-16", "2026-W47");
    assert_week("2020-12-28", "2020-W53");
    assert_week("2021-01-03T23:59:59Z", "2020-W53");
    assert_week("2021-01-04", "2021-W01");
    assert_week("2023-12-31", "2023-W52");
    assert_week("2024-01-01", "2024-W01");
    assert_week("2024-12-30", "2025-W01");
    assert_week("2027-01-01", "2026-W53");
    assert_week("1970-01-01", "1970-W01");
    assert_week("1970-01-05", "1970-W02");
    assert_week("1969-12-28", "1969-W52");
    assert_week("1961-01-01", "1960-W52");
}

static void weeks_that_do_not_exist_are_not_read(void **state)
{
    (void)state;
    static const char *const cases[] = { "2021-W53", "2024-W53",  "2026-W54", "2026-W00",
                                         "2026-W1",  "2026W47",   "2026-w47", "2026-W-1",
                                         "-026-W10", "2026-W470", "2026-47",  "" };
    iso_week week = 77;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_false(week_read(text_of(cases[i]), &week));
    assert_int_equal(week, 77);
}

static void a_week_begins_on_monday_of_its_zone(void **state)
{
    (void)state;
    iso_week week;
    stamp at;
    assert_done(
        &call, week_of_stamp(&call, TEXT("Europe/Berlin"), instant("2026-03-29T22:00:00Z"), &week));
    assert_done(&call, week_monday(&call, TEXT("Europe/Berlin"), week, &at));
    assert_instant(at, "2026-03-29T22:00:00Z");
    assert_done(
        &call, week_of_stamp(&call, TEXT("Europe/Berlin"), instant("2026-03-29T21:59:59Z"), &week));
    assert_done(&call, week_monday(&call, TEXT("Europe/Berlin"), week, &at));
    assert_instant(at, "2026-03-22T23:00:00Z");
    assert_int_equal(week_monday_days(0), 4);
    assert_false(week_monday(&call, TEXT("Mars/Olympus"), week, &at));
    assert_refused(&call, FAIL_INVALID, "'Mars/Olympus'");
    assert_false(week_of_stamp(&call, TEXT("CEST"), 0, &week));
    assert_refused(&call, FAIL_INVALID, "'CEST'");
}

static void people_read_whole_seconds(void **state)
{
    (void)state;
    assert_true(stamp_to_second(1999999) == STAMP_SECOND);
    assert_true(stamp_to_second(STAMP_SECOND) == STAMP_SECOND);
    assert_true(stamp_to_second(-1) == -STAMP_SECOND);
    assert_true(stamp_to_second(0) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_day_of_eight_centuries_comes_back, begin, end),
        cmocka_unit_test_setup_teardown(instants_are_written_in_utc, begin, end),
        cmocka_unit_test_setup_teardown(instants_are_written_as_mail_and_http_do, begin, end),
        cmocka_unit_test_setup_teardown(instants_are_read_in_all_their_forms, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_time_is_not_read, begin, end),
        cmocka_unit_test(people_read_whole_seconds),
        cmocka_unit_test_setup_teardown(dates_are_read_and_written, begin, end),
        cmocka_unit_test_setup_teardown(the_clocks_go_forward, begin, end),
        cmocka_unit_test_setup_teardown(only_names_of_places_are_zones, begin, end),
        cmocka_unit_test_setup_teardown(offsets_follow_the_clock_changes, begin, end),
        cmocka_unit_test_setup_teardown(every_thread_keeps_zones_of_its_own, begin, end),
        cmocka_unit_test_setup_teardown(local_times_become_instants, begin, end),
        cmocka_unit_test_setup_teardown(weeks_belong_to_the_year_of_their_thursday, begin, end),
        cmocka_unit_test_setup_teardown(weeks_that_do_not_exist_are_not_read, begin, end),
        cmocka_unit_test_setup_teardown(a_week_begins_on_monday_of_its_zone, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
