/* A prompt's template: variables, what is refused, and what becomes of it with values. */
#include "engine/prompt_template.h"

#include "support/support.h"

static bool reads(struct call *call, const char *template, struct template_variables *variables)
{
    *variables = (struct template_variables){ .count = 0 };
    return template_read(call, "text", text_of(template), variables);
}

static void variables_are_found_once_in_their_order(void **state)
{
    struct template_variables variables;
    struct call *call = *state;
    assert_true(reads(call, "{{b}} and {{ a }}, {{b}} {not} }}", &variables));
    assert_int_equal(variables.count, 2);
    assert_text(variables.name[0], "b");
    assert_text(variables.name[1], "a");
}

static void what_is_no_variable_is_refused(void **state)
{
    static const char *const bad[] = { "{{}}", "{{1st}}", "{{two words}}", "{{open", "{{na-me}}" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct template_variables variables;
        struct call *call = *state;
        assert_false(reads(call, bad[i], &variables));
        assert_refused(call, FAIL_INVALID, "{{");
    }
}

static void values_replace_variables_and_nothing_else(void **state)
{
    static const struct template_value value[] = { { { "a", 1 }, { "x {y}", 5 } } };
    struct template_variables variables;
    struct call *call = *state;
    struct out out;
    assert_true(reads(call, "<{{a}}|{{ a }}>", &variables));
    assert_true(template_check_values(call, &variables, value, 1));
    out_init(&out, call);
    template_fill(TEXT("<{{a}}|{{ a }}>"), value, 1, &out);
    assert_text(out_view(&out), "<x {y}|x {y}>");
}

static void unsafe_and_wrong_values_are_refused_by_name(void **state)
{
    static const struct {
        struct template_value value;
        const char *words;
    } bad[] = {
        { { { "a", 1 }, { "{{secret}}", 10 } }, "the value of 'a' holds '{{' or '}}'" },
        { { { "a", 1 }, { "\x1b[2J", 4 } }, "the control character 0x1b" },
        { { { "a", 1 }, { "\xff", 1 } }, "is not UTF-8" },
        { { { "b", 1 }, { "x", 1 } }, "the prompt has no variable 'b'" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct template_variables variables;
        struct call *call = *state;
        assert_true(reads(call, "{{a}}", &variables));
        assert_false(template_check_values(call, &variables, &bad[i].value, 1));
        assert_refused(call, FAIL_INVALID, bad[i].words);
        assert_false(template_check_values(call, &variables, NULL, 0));
        assert_refused(call, FAIL_INVALID, "the variable 'a' has no value");
    }
}

static int begin(void **state)
{
    static struct call call;
    test_call_init(&call);
    *state = &call;
    return 0;
}

static int end(void **state)
{
    call_release(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(variables_are_found_once_in_their_order, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_variable_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(values_replace_variables_and_nothing_else, begin, end),
        cmocka_unit_test_setup_teardown(unsafe_and_wrong_values_are_refused_by_name, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
