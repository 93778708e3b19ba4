/* Tables of commands: what command_verify refuses. Reading options is tested with the parser. */
#include "support/commands.h"
#include "support/support.h"

static struct command compare_copy(void)
{
    return *test_commands[1];
}

static void assert_table_refused(const struct command *command, const char *part)
{
    struct call call;
    test_call_init(&call);
    const struct command *const table[] = { test_commands[0], command };
    assert_false(command_verify(&call, table, 2));
    assert_refused(&call, FAIL_INTERNAL, part);
    call_release(&call);
}

static void a_sound_table_passes(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_done(&call, command_verify(&call, test_commands, TEST_COMMANDS));
    assert_text(command_words(&call, test_commands[0]), "rondo review");
    assert_text(command_words(&call, test_commands[3]), "rondo quarantine list");
    call_release(&call);
}

static void names_are_lower_case_words_and_unique(void **state)
{
    (void)state;
    struct command command = compare_copy();
    static const char *const wrong[] = {
        "", "Compare", "eval_run", "-a", "a-", "a--b", "1a", "a b"
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        command.name = wrong[i];
        assert_table_refused(&command, "lower-case words");
    }
    command.name = "review";
    assert_table_refused(&command, "there are two of it");
    command.name = "help";
    assert_table_refused(&command, "made from the tables");
}

static void sentences_and_numbers_must_fit(void **state)
{
    (void)state;
    struct command command = compare_copy();
    command.help = "";
    assert_table_refused(&command, "help, group or run is missing");
    command = compare_copy();
    command.group = NULL;
    assert_table_refused(&command, "help, group or run is missing");
    command = compare_copy();
    command.arguments = "";
    assert_table_refused(&command, "words for the arguments");
    command = compare_copy();
    command.arguments_max = 1;
    assert_table_refused(&command, "out of order");
}

static void assert_option_refused(struct option option, const char *part)
{
    struct command command = compare_copy();
    const struct option options[] = { option, { 0 } };
    command.option = options;
    assert_table_refused(&command, part);
}

static void options_must_fit_their_kind(void **state)
{
    (void)state;
    static const char *const bad_words[] = { "two words", NULL }, *const none[] = { NULL };
    assert_option_refused((struct option){ .name = "json", .kind = OPTION_FLAG, .help = "h" },
                          "after every command");
    assert_option_refused((struct option){ .name = "a_b", .kind = OPTION_FLAG, .help = "h" },
                          "lower-case words");
    assert_option_refused((struct option){ .name = "a", .kind = OPTION_FLAG }, "no help");
    assert_option_refused((struct option){ .name = "a", .kind = OPTION_TEXT, .help = "h" },
                          "no placeholder");
    assert_option_refused((struct option){ .name = "a", .kind = OPTION_CHOICE, .help = "h" },
                          "a choice has choices");
    assert_option_refused(
        (struct option){ .name = "a", .kind = OPTION_CHOICE, .help = "h", .choices = none },
        "a choice has choices");
    assert_option_refused(
        (struct option){ .name = "a", .kind = OPTION_CHOICE, .help = "h", .choices = bad_words },
        "a choice is not one word");
    assert_option_refused(
        (struct option){
            .name = "a", .kind = OPTION_TEXT, .placeholder = "A", .help = "h", .max = 3 },
        "limits");
    assert_option_refused(
        (struct option){
            .name = "a", .kind = OPTION_INT, .placeholder = "A", .help = "h", .min = 3, .max = 2 },
        "limits");
}

static void an_option_stands_once(void **state)
{
    (void)state;
    struct command command = compare_copy();
    static const struct option options[] = { { .name = "a", .kind = OPTION_FLAG, .help = "h" },
                                             { .name = "a", .kind = OPTION_FLAG, .help = "h" },
                                             { 0 } };
    command.option = options;
    assert_table_refused(&command, "'--a' of 'rondo compare': it stands there twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_table_passes),
        cmocka_unit_test(names_are_lower_case_words_and_unique),
        cmocka_unit_test(sentences_and_numbers_must_fit),
        cmocka_unit_test(options_must_fit_their_kind),
        cmocka_unit_test(an_option_stands_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
