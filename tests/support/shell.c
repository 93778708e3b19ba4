/* See shell.h. */
#include "support/shell.h"

#include "support/commands.h"
#include "support/support.h"

#include "offers/completion.h"

#include <unistd.h>

bool shell_is_there(const char *shell)
{
    char command[64];
    snprintf(command, sizeof command, "command -v %s > /dev/null", shell);
    int status = system(command);
    if (status != 0)
        print_message("%s is not installed: its script is not read here\n", shell);
    return status == 0;
}

void shell_script(char path[SHELL_PATH_SIZE], const char *shell,
                  const struct command *const *command, size_t count)
{
    struct call call;
    struct out out;
    test_call_init(&call);
    snprintf(path, SHELL_PATH_SIZE, "/tmp/rondo-completion-XXXXXX");
    FILE *stream = fdopen(mkstemp(path), "w");
    assert_non_null(stream);
    out_init_stream(&out, &call, stream);
    assert_done(&call, completion_write(&out, text_of(shell), command, count));
    assert_done(&call, out_flush(&out));
    fclose(stream);
    call_release(&call);
}

void shell_assert_sound(const char *shell)
{
    struct command odd = *test_commands[0];
    odd.help = "It's \"$(exit 7)\" `exit 7` \\ a:b [c] {d} # !";
    struct option options[] = { odd.option[0], { 0 } };
    options[0].help = odd.help;
    odd.option = options;
    const struct command *const commands[] = { &odd, test_commands[3] };
    char path[SHELL_PATH_SIZE], command[128];
    shell_script(path, shell, commands, 2);
    snprintf(command, sizeof command, "%s -n %s", shell, path);
    assert_int_equal(system(command), 0);
    unlink(path);
}

text shell_answer(struct call *call, const char *command)
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
