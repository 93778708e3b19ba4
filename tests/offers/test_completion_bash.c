/* Completion in bash: the function is called as bash calls it. */
#include "support/commands.h"
#include "support/shell.h"
#include "support/support.h"

#include <unistd.h>

/* Completes the last word of `words` (shell words; "''" for an empty one) and compares the offers.
 */
static void assert_bash_offers(const char *words, const char *offers)
{
    struct call call;
    char path[SHELL_PATH_SIZE];
    test_call_init(&call);
    shell_script(path, "bash", test_commands, TEST_COMMANDS);
    text command =
        call_format(&call,
                    "cd tests/offers && bash --norc -c '. %s; COMP_WORDS=(rondo %s); "
                    "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _rondo; echo \"${COMPREPLY[@]}\"' 2>&1",
                    path, words);
    assert_text(shell_answer(&call, command.at), offers);
    unlink(path);
    call_release(&call);
}

static void bash_completes_names_and_verbs(void **state)
{
    (void)state;
    assert_bash_offers("re", "review");
    assert_bash_offers("--json --store x.db re", "review");
    assert_bash_offers("\"\"", "help review compare import quarantine note eval-run surface");
    assert_bash_offers("quarantine \"\"", "list replay");
    assert_bash_offers("help quarantine re", "replay");
    assert_bash_offers("eval_run \"\"", "list");
    assert_bash_offers("zebra \"\"", "");
}

static void bash_completes_options_of_the_command_and_of_every_command(void **state)
{
    (void)state;
    assert_bash_offers("review --we", "--week --week-run --weeks");
    assert_bash_offers("review --week 2024-W14 --ch", "--check");
    assert_bash_offers("quarantine list --", "--report --store --as --json --no-color --help");
    assert_bash_offers("quarantine replay --re", "");
    assert_bash_offers("note list --ta", "");
    assert_bash_offers("note buy --ta", "--tag");
    assert_bash_offers("--js", "--json");
}

static void bash_completes_values(void **state)
{
    (void)state;
    assert_bash_offers("review --week-run \"\"", "last best majority");
    assert_bash_offers("review --week-run = m", "majority");
    assert_bash_offers("review --week-run =", "last best majority");
    assert_bash_offers("quarantine list --report re", "refused");
    assert_bash_offers("review --week re", ""); /* any text: nothing to offer */
    assert_bash_offers("review --check l", ""); /* a flag takes none */
}

static void bash_completes_files_where_files_belong(void **state)
{
    (void)state;
    assert_bash_offers("import test_help", "test_help.c");
    assert_bash_offers("import --map test_help", "test_help.c");
    assert_bash_offers("review --store test_help", "test_help.c");
    assert_bash_offers("import --threshold test_help", "");
    assert_bash_offers("compare test_help", "");
}

static void bash_reads_the_script_whatever_the_sentences_hold(void **state)
{
    (void)state;
    shell_assert_sound("bash");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bash_completes_names_and_verbs),
        cmocka_unit_test(bash_completes_options_of_the_command_and_of_every_command),
        cmocka_unit_test(bash_completes_values),
        cmocka_unit_test(bash_completes_files_where_files_belong),
        cmocka_unit_test(bash_reads_the_script_whatever_the_sentences_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
