/* Completion: which shells there are. What their scripts do is tested shell by shell. */
#include "support/commands.h"
#include "support/support.h"

#include "offers/completion.h"

static void every_shell_named_has_a_script(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    for (size_t i = 0; completion_shells[i]; i++) {
        struct out out;
        out_init(&out, &call);
        text shell = text_of(completion_shells[i]);
        assert_done(&call, completion_write(&out, shell, test_commands, TEST_COMMANDS));
        assert_true(text_find(out_view(&out), TEXT("week-run")) != SIZE_MAX);
        assert_true(text_find(out_view(&out), shell) != SIZE_MAX);
    }
    call_release(&call);
}

static void other_shells_are_refused_by_name(void **state)
{
    (void)state;
    struct call call;
    struct out out;
    test_call_init(&call);
    out_init(&out, &call);
    assert_false(completion_write(&out, TEXT("csh"), test_commands, TEST_COMMANDS));
    assert_refused(&call, FAIL_USAGE,
                   "no completion for the shell 'csh': there is one for bash, zsh and fish");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shell_named_has_a_script),
        cmocka_unit_test(other_shells_are_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
