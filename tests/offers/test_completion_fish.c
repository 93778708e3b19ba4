/* Completion in fish, where it is installed: asked with `complete -C`. */
#include "support/commands.h"
#include "support/shell.h"
#include "support/support.h"

#include <unistd.h>

static void assert_fish_offers(const char *line, const char *offers)
{
    struct call call;
    char path[SHELL_PATH_SIZE];
    test_call_init(&call);
    shell_script(path, "fish", test_commands, TEST_COMMANDS);
    text command = call_format(
        &call,
        "fish --no-config -c 'source %s; complete -C \"%s\"' | cut -f 1 | sort | tr '\\n' ' '",
        path, line);
    assert_text(shell_answer(&call, command.at), offers);
    unlink(path);
    call_release(&call);
}

static void fish_completes_alike(void **state)
{
    (void)state;
    if (!shell_is_there("fish"))
        return;
    assert_fish_offers("rondo re", "review");
    assert_fish_offers("rondo --store x.db re", "review");
    assert_fish_offers("rondo help quarantine ", "list replay");
    assert_fish_offers("rondo review --we", "--week --week-run --weeks");
    assert_fish_offers("rondo review --week-run ", "best last majority");
    assert_fish_offers("rondo quarantine replay --re", "");
    assert_fish_offers("rondo import CMakeL", "CMakeLists.txt");
    assert_fish_offers("rondo compare CMakeL", "");
    assert_fish_offers("rondo review --week=3 --ch", "--check");
}

static void fish_reads_the_script_whatever_the_sentences_hold(void **state)
{
    (void)state;
    if (shell_is_there("fish"))
        shell_assert_sound("fish");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fish_completes_alike),
        cmocka_unit_test(fish_reads_the_script_whatever_the_sentences_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
