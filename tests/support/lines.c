/* See test_lines.h. Not named test_lines.c: the build makes a program of every test_*.c. */
#include "support/support.h"

#include "support/test_lines.h"

#include "offers/command_parse.h"
#include "offers/ledger_commands.h"
#include "offers/record_commands.h"
#include "offers/search_doors.h"

enum { WORDS_MAX = 32 };

void test_lines_open(struct test_lines *lines)
{
    const struct command *list;
    size_t count;
    test_doors_open(&lines->store);
    test_call_init(&lines->tables_call);
    lines->terminal = (struct terminal){ .width = 80 };
    lines->count = 0;
    assert_done(&lines->tables_call,
                record_commands(&lines->tables_call, test_doors_catalog(), &list, &count));
    for (size_t i = 0; i < count; i++)
        lines->command[lines->count++] = &list[i];
    for (const struct command *command = ledger_commands; command->name; command++)
        lines->command[lines->count++] = command;
    lines->command[lines->count++] = &search_commands[0];
    assert_true(lines->count <= TEST_COMMANDS_MAX);
}

void test_lines_close(struct test_lines *lines)
{
    call_release(&lines->tables_call);
    test_doors_close(&lines->store);
}

static int split(char *line, char *word[WORDS_MAX])
{
    int count = 0;
    while (*line) {
        bool is_quoted = false;
        char *to = line;
        assert_true(count < WORDS_MAX);
        word[count++] = line;
        for (; *line && (is_quoted || *line != ' '); line++)
            if (*line == '\'')
                is_quoted = !is_quoted;
            else
                *to++ = *line;
        while (*line == ' ')
            line++;
        *to = '\0'; /* at a quote, at the blank or at the end */
    }
    return count;
}

bool test_line(struct test_lines *lines, const char *line)
{
    struct call *call = &lines->store.call;
    struct invocation invocation;
    char *word[WORDS_MAX + 1] = { (char[]){ "rondo" } };
    test_doors_renew(&lines->store);
    call->door = DOOR_CLI;
    int count = split(call_string(call, text_of(line)), word + 1);
    out_init(&lines->out, call);
    out_init(&lines->err, call);
    if (!command_parse(call, lines->command, lines->count, count + 1, word, &invocation))
        return false;
    invocation.out = &lines->out;
    invocation.err = &lines->err;
    invocation.terminal = lines->terminal;
    bool done = invocation.command->run(call, &invocation);
    lines->exit = invocation.exit;
    return done;
}

void test_assert_prints(struct test_lines *lines, const char *line, const char *words, bool is_all,
                        const char *file, int at)
{
    test_assert_done(&lines->store.call, test_line(lines, line), line, file, at);
    text printed = out_view(&lines->out);
    bool is_right =
        is_all ? text_is(printed, words) : text_find(printed, text_of(words)) != SIZE_MAX;
    if (!is_right)
        print_error("%s\nwanted: %s\ngot: %.*s\n", line, words, TEXT_FMT(printed));
    _assert_true(is_right, line, file, at);
}
