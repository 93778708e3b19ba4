/* Service levels: the table of the methods page, and what stands exactly on a threshold. */
#include "engine/slo.h"
#include "support/close.h"

static struct maybe is(double value)
{
    return (struct maybe){ true, value };
}

static void budgets_are_those_of_the_methods_page(void **state)
{
    (void)state;
    assert_close(slo_budget_seconds(0.999, 30) / 60, 43.2, 1e-9);
    assert_close(slo_budget_seconds(0.999, 28) / 60, 40.32, 1e-9);
    struct slo_events events = slo_budget_events(0.99, 1000, 15);
    assert_close(events.allowed, 10, 1e-9);
    assert_close(events.consumed.value, 1.5, 1e-9);
    assert_close(events.remaining.value, -0.5, 1e-9);
    struct slo_events none = slo_budget_events(0.99, 0, 0);
    assert_true(none.allowed == 0 && none.remaining_events == 0);
    assert_false(none.sli.is_known || none.consumed.is_known || none.remaining.is_known);
}

static void factors_are_those_of_the_methods_page(void **state)
{
    (void)state;
    static const struct {
        double days, percent, hours, factor;
    } rows[] = {
        { 30, 2, 1, 14.4 },  { 30, 5, 6, 6 },    { 30, 10, 24, 3 },   { 30, 10, 72, 1 },
        { 28, 2, 1, 13.44 }, { 28, 5, 6, 5.6 },  { 28, 10, 24, 2.8 }, { 7, 8, 1, 13.44 },
        { 7, 12.5, 6, 3.5 }, { 7, 20, 24, 1.4 }, { 7, 42, 72, 0.98 }, { 90, 2, 1, 43.2 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        double factor = slo_burn_factor(rows[i].days, rows[i].percent, rows[i].hours);
        assert_close(factor, rows[i].factor, 1e-12);
        assert_close(slo_consumed(factor, rows[i].hours, rows[i].days), rows[i].percent / 100,
                     1e-12);
    }
}

static void what_does_not_burn_is_never_exhausted(void **state)
{
    (void)state;
    assert_close(slo_exhaustion(0.5, 6, 30).value, 216000, 1e-9);
    assert_true(slo_exhaustion(-0.2, 6, 30).is_known && slo_exhaustion(-0.2, 6, 30).value == 0);
    assert_false(slo_exhaustion(0.5, 0, 30).is_known);
    assert_false(slo_exhaustion(0.5, -1, 30).is_known);
}

/* In doubles 14.4 (1 - .999) lies below .0144 and 1 - .9 below .1. */
static void a_ratio_on_the_threshold_is_not_above_it(void **state)
{
    (void)state;
    struct maybe ratio[SLO_WINDOWS] = { { .is_known = false } };
    ratio[SLO_5M] = ratio[SLO_1H] = is(0.0144);
    assert_false(slo_alert_of(0.999, ratio).page);
    ratio[SLO_5M] = ratio[SLO_1H] = is(0.01441);
    assert_true(slo_alert_of(0.999, ratio).page);
    ratio[SLO_6H] = ratio[SLO_3D] = is((100 - 99.9) / 100);
    assert_false(slo_alert_of(0.999, ratio).ticket);
    assert_false(slo_detection(0.1, 0.9, 1, 1).is_known);
    assert_close(slo_detection(0.2, 0.9, 1, 1).value, 1800, 1e-6);
}

static void an_alert_needs_both_windows(void **state)
{
    (void)state;
    struct maybe ratio[SLO_WINDOWS] = { { .is_known = false } };
    ratio[SLO_30M] = is(0.5);
    assert_false(slo_alert_of(0.99, ratio).page);
    ratio[SLO_6H] = is(0.07);
    assert_true(slo_alert_of(0.99, ratio).page && !slo_alert_of(0.99, ratio).ticket);
    ratio[SLO_3D] = is(0.011);
    assert_true(slo_alert_of(0.99, ratio).ticket);
}

static void slices_without_traffic_do_not_count(void **state)
{
    (void)state;
    const double total[] = { 10, 0, 1000 }, bad[] = { 5, 0, 0 };
    struct slo_ratios ratios = slo_ratios_of(total, bad, 3);
    assert_close(ratios.by_events.value, 5.0 / 1010, 1e-15);
    assert_close(ratios.by_slices.value, 0.25, 1e-15);
    ratios = slo_ratios_of(total + 1, bad + 1, 1);
    assert_false(ratios.by_events.is_known || ratios.by_slices.is_known);
}

static void slices_without_data_do_not_count(void **state)
{
    (void)state;
    const double sli[] = { 0.99, __builtin_nan(""), 0.98, 1 };
    struct slo_slices slices = slo_slices_of(sli, 4, 0.99, 0.9);
    assert_true(slices.good == 2 && slices.total == 3);
    assert_close(slices.consumed.value, (1.0 / 3) / 0.1, 1e-12);
    assert_false(slo_slices_of(sli + 1, 1, 0.99, 0.9).sli.is_known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(budgets_are_those_of_the_methods_page),
        cmocka_unit_test(factors_are_those_of_the_methods_page),
        cmocka_unit_test(what_does_not_burn_is_never_exhausted),
        cmocka_unit_test(a_ratio_on_the_threshold_is_not_above_it),
        cmocka_unit_test(an_alert_needs_both_windows),
        cmocka_unit_test(slices_without_traffic_do_not_count),
        cmocka_unit_test(slices_without_data_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
