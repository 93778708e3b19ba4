/* See calc_case.h. */
#include "support/calc_case.h"

#include "calc/calc.h"

static void run_case(const struct calc_case *one)
{
    struct call call;
    struct out out;
    test_call_init(&call);
    out_init(&out, &call);
    const struct calc_function *function = calc_find(text_of(one->name));
    assert_non_null(function);
    bool is_done = calc_run(&call, function, text_of(one->inputs), &out);
    if (is_done != (one->answer != NULL))
        print_message("%s %s\n", one->name, one->inputs);
    if (one->answer) {
        assert_done(&call, is_done);
        assert_text(text_trim(out_view(&out)), one->answer);
    } else {
        assert_false(is_done);
        assert_refused(&call, FAIL_INVALID, one->refusal);
    }
    call_release(&call);
}

void test_calc_cases(const struct calc_case *cases)
{
    for (; cases->name; cases++)
        run_case(cases);
}
