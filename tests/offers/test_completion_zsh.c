/* Completion in zsh, where it is installed. */
#include "support/commands.h"
#include "support/shell.h"
#include "support/support.h"

#include <unistd.h>

/*
 * Runs the function with stand-ins for what zsh has only at its prompt: they print what is offered.
 * The last word of `words` is the one to complete.
 */
static void assert_zsh_offers(const char *words, const char *offers)
{
    struct call call;
    char path[SHELL_PATH_SIZE];
    test_call_init(&call);
    shell_script(path, "zsh", test_commands, TEST_COMMANDS);
    text command = call_format(
        &call,
        "zsh -f -c 'compdef() { }; compset() { PREFIX=${PREFIX#*=} }; _message() { print free };"
        "_files() { print files }; compadd() { print -l -- ${(M)${(P)2}:#$PREFIX*} };"
        "_describe() { [[ $1 == -o ]] && shift; shift; local list; for list; do [[ $list == -- ]] "
        "|| print -l -- ${(M)${(@)${(P)list}%%%%:*}:#$PREFIX*}; done };"
        "source %s; words=(rondo %s); CURRENT=${#words}; PREFIX=${words[-1]}; _rondo' 2>&1"
        " | grep . | tr '\\n' ' '",
        path, words);
    assert_text(shell_answer(&call, command.at), offers);
    unlink(path);
    call_release(&call);
}

static void zsh_completes_alike(void **state)
{
    (void)state;
    if (!shell_is_there("zsh"))
        return;
    assert_zsh_offers("re", "review");
    assert_zsh_offers("--store x.db re", "review");
    assert_zsh_offers("help quarantine \"\"", "list replay");
    assert_zsh_offers("review --we", "--week --week-run --weeks");
    assert_zsh_offers("review --week-run \"\"", "last best majority");
    assert_zsh_offers("review --week-run=m", "majority");
    assert_zsh_offers("review --week \"\"", "free");
    assert_zsh_offers("quarantine replay --re", "");
    assert_zsh_offers("import a", "files");
    assert_zsh_offers("compare a", "");
    assert_zsh_offers("note buy --ta", "--tag");
}

static void zsh_reads_the_script_whatever_the_sentences_hold(void **state)
{
    (void)state;
    if (shell_is_there("zsh"))
        shell_assert_sound("zsh");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zsh_completes_alike),
        cmocka_unit_test(zsh_reads_the_script_whatever_the_sentences_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
