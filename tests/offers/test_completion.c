/* Completion: the scripts are run by the shells themselves; bash is always there, zsh and fish
 * where installed. */
#include "support/commands.h"
#include "support/support.h"

#include "offers/completion.h"

#include <sys/wait.h>
#include <unistd.h>

static const char script_path[] = "/tmp/rondo-completion-XXXXXX";

struct script_file {
    char path[sizeof script_path];
};

static void file_write(struct script_file *file, const char *shell,
                       const struct command *const *command, size_t count)
{
    struct call call;
    struct out out;
    test_call_init(&call);
    memcpy(file->path, script_path, sizeof script_path);
    FILE *stream = fdopen(mkstemp(file->path), "w");
    assert_non_null(stream);
    out_init_stream(&out, &call, stream);
    assert_done(&call, completion_write(&out, text_of(shell), command, count));
    assert_done(&call, out_flush(&out));
    fclose(stream);
    call_release(&call);
}

/* Runs a shell command; what it printed, without the last newline. */
static text shell_answer(struct call *call, const char *command)
{
    struct out out;
    char piece[512];
    out_init(&out, call);
    FILE *stream = popen(command, "r");
    assert_non_null(stream);
    for (size_t size; (size = fread(piece, 1, sizeof piece, stream)) > 0;)
        out_text(&out, (text){ piece, size });
    assert_int_equal(pclose(stream), 0);
    return text_trim(out_view(&out));
}

/* Completes the last word of `words` (shell words; "''" for an empty one) and compares the offers.
 */
static void assert_bash_offers(const char *words, const char *offers)
{
    struct call call;
    struct script_file file;
    test_call_init(&call);
    file_write(&file, "bash", test_commands, TEST_COMMANDS);
    text command =
        call_format(&call,
                    "cd tests/offers && bash --norc -c '. %s; COMP_WORDS=(rondo %s); "
                    "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _rondo; echo \"${COMPREPLY[@]}\"' 2>&1",
                    file.path, words);
    assert_text(shell_answer(&call, command.at), offers);
    unlink(file.path);
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
    assert_bash_offers("import test_comp", "test_completion.c");
    assert_bash_offers("import --map test_comp", "test_completion.c");
    assert_bash_offers("review --store test_comp", "test_completion.c");
    assert_bash_offers("import --threshold test_comp", "");
    assert_bash_offers("compare test_comp", "");
}

static bool has_shell(const char *shell)
{
    char command[64];
    snprintf(command, sizeof command, "command -v %s > /dev/null", shell);
    int status = system(command);
    if (status != 0)
        print_message("%s is not installed: its script is not read here\n", shell);
    return status == 0;
}

/* A sentence may hold anything that a shell could take for its own. */
static void scripts_are_sound_whatever_the_sentences_hold(void **state)
{
    (void)state;
    struct command odd = *test_commands[0];
    odd.help = "It's \"$(exit 7)\" `exit 7` \\ a:b [c] {d} # !";
    struct option options[] = { odd.option[0], { 0 } };
    options[0].help = odd.help;
    odd.option = options;
    const struct command *const commands[] = { &odd, test_commands[3] };
    static const char *const shells[] = { "bash", "zsh", "fish" };
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        struct script_file file;
        char command[128];
        if (!has_shell(shells[i]))
            continue;
        file_write(&file, shells[i], commands, 2);
        snprintf(command, sizeof command, "%s -n %s", shells[i], file.path);
        assert_int_equal(system(command), 0);
        unlink(file.path);
    }
}

static void assert_fish_offers(const char *line, const char *offers)
{
    struct call call;
    struct script_file file;
    test_call_init(&call);
    file_write(&file, "fish", test_commands, TEST_COMMANDS);
    text command = call_format(
        &call,
        "fish --no-config -c 'source %s; complete -C \"%s\"' | cut -f 1 | sort | tr '\\n' ' '",
        file.path, line);
    assert_text(shell_answer(&call, command.at), offers);
    unlink(file.path);
    call_release(&call);
}

static void fish_completes_alike(void **state)
{
    (void)state;
    if (!has_shell("fish"))
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
        cmocka_unit_test(bash_completes_names_and_verbs),
        cmocka_unit_test(bash_completes_options_of_the_command_and_of_every_command),
        cmocka_unit_test(bash_completes_values),
        cmocka_unit_test(bash_completes_files_where_files_belong),
        cmocka_unit_test(scripts_are_sound_whatever_the_sentences_hold),
        cmocka_unit_test(fish_completes_alike),
        cmocka_unit_test(other_shells_are_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
