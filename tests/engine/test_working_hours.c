/* Working hours: what follows is the first moment inside, at every hour around clock changes. */
#include "engine/working_hours.h"
#include "support/support.h"

static const char *const zones[] = { "UTC",          "Europe/Berlin",       "America/New_York",
                                     "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia" };

static void the_next_instant_is_the_first_one_inside(void **state)
{
    (void)state;
    struct call call;
    stamp from, step = STAMP_HOUR / 2;
    test_call_init(&call);
    assert_int_equal(stamp_read(TEXT("2011-12-24T00:00:00Z"), &from, NULL), STAMP_WITH_ZONE);
    for (size_t z = 0; z < sizeof zones / sizeof *zones; z++) {
        const struct working_hours hours = { text_of(zones[z]), 9, 17.5 };
        stamp known = 0;
        for (int i = 48 * 14; i-- > 0;) {
            stamp at = from + i * step, next;
            bool is_inside;
            assert_done(&call, working_hours_holds(&call, &hours, at, &is_inside));
            if (is_inside)
                known = at;
            if (!known)
                continue;
            assert_done(&call, working_hours_next(&call, &hours, at, &next));
            assert_int_equal(next, known);
        }
    }
    call_release(&call);
}

static void the_end_is_outside_and_weekends_are_off(void **state)
{
    (void)state;
    static const struct {
        const char *at;
        bool is_inside;
    } cases[] = {
        { "2026-11-20T08:59:59Z", false }, { "2026-11-20T09:00:00Z", true },
        { "2026-11-20T17:29:59Z", true },  { "2026-11-20T17:30:00Z", false },
        { "2026-11-21T12:00:00Z", false }, { "2026-11-22T12:00:00Z", false },
    };
    const struct working_hours hours = { TEXT("UTC"), 9, 17.5 };
    struct call call;
    test_call_init(&call);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stamp at;
        bool is_inside;
        assert_int_equal(stamp_read(text_of(cases[i].at), &at, NULL), STAMP_WITH_ZONE);
        assert_done(&call, working_hours_holds(&call, &hours, at, &is_inside));
        assert_int_equal(is_inside, cases[i].is_inside);
    }
    call_release(&call);
}

static void an_unknown_zone_is_refused(void **state)
{
    (void)state;
    const struct working_hours hours = { TEXT("Mars/Base"), 9, 17.5 };
    struct call call;
    stamp next;
    test_call_init(&call);
    assert_false(working_hours_next(&call, &hours, TEST_NOW, &next));
    assert_refused(&call, FAIL_INVALID, "'Mars/Base' is not known");
    call_release(&call);
}

/* Of an instant, each zone counts from the day that it has there. */
static void working_days_are_those_of_the_zone(void **state)
{
    (void)state;
    static const struct {
        const char *zone, *at;
        int days;
        const char *end;
    } cases[] = {
        { "UTC", "2026-11-16T11:00:00Z", 2, "2026-11-19T00:00:00Z" },
        { "Pacific/Kiritimati", "2026-11-16T09:59:59Z", 2, "2026-11-18T10:00:00Z" },
        { "Pacific/Kiritimati", "2026-11-16T10:00:00Z", 2, "2026-11-19T10:00:00Z" },
        { "Pacific/Kiritimati", "2026-11-20T09:59:59Z", 2, "2026-11-24T10:00:00Z" },
        { "Pacific/Kiritimati", "2026-11-20T10:00:00Z", 2, "2026-11-24T10:00:00Z" },
        { "Pacific/Pago_Pago", "2026-11-21T10:59:59Z", 1, "2026-11-24T11:00:00Z" },
        { "Europe/Berlin", "2026-10-23T12:00:00Z", 1, "2026-10-26T23:00:00Z" },
        { "UTC", "2026-11-16T11:00:00Z", 0, "2026-11-17T00:00:00Z" },
    };
    struct call call;
    test_call_init(&call);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stamp at, end, known;
        assert_int_equal(stamp_read(text_of(cases[i].at), &at, NULL), STAMP_WITH_ZONE);
        assert_int_equal(stamp_read(text_of(cases[i].end), &known, NULL), STAMP_WITH_ZONE);
        assert_done(&call, working_hours_after_days(&call, text_of(cases[i].zone), at,
                                                    cases[i].days, &end));
        assert_int_equal(end, known);
    }
    call_release(&call);
}

static void working_days_of_an_unknown_zone_are_refused(void **state)
{
    (void)state;
    struct call call;
    stamp end;
    test_call_init(&call);
    assert_false(working_hours_after_days(&call, TEXT("Mars/Base"), TEST_NOW, 2, &end));
    assert_refused(&call, FAIL_INVALID, "'Mars/Base' is not known");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(working_days_are_those_of_the_zone),
        cmocka_unit_test(working_days_of_an_unknown_zone_are_refused),
        cmocka_unit_test(the_next_instant_is_the_first_one_inside),
        cmocka_unit_test(the_end_is_outside_and_weekends_are_off),
        cmocka_unit_test(an_unknown_zone_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
