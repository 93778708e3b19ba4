/* Help: whole pages over a made-up table. */
#include "support/commands.h"
#include "support/support.h"

#include "base/visible.h"
#include "offers/help.h"

static const char overview[] =
    "usage: rondo COMMAND [ARGUMENTS] [OPTIONS]\n"
    "\n"
    "Every week\n"
    "  review             Reports what got better and what got worse in a week,\n"
    "                     surface by surface, with the evidence.\n"
    "  compare            Compares two runs.\n"
    "  note               Keeps a thought.\n"
    "\n"
    "Data in and out\n"
    "  import             Brings in results; '-' is standard input.\n"
    "  quarantine list    Lists what was refused.\n"
    "  quarantine replay  Tries again what was refused.\n"
    "\n"
    "Records\n"
    "  rondo <record> list|show, for: note, surface\n"
    "  rondo <record> list, for: eval-run\n"
    "\n"
    "Options of every command\n"
    "  --store STORE      The store to work on; else RONDO_STORE, else ./rondo.db.\n"
    "  --as PERSON        Who acts; needless while the workspace has one person.\n"
    "  --json             Answer in JSON.\n"
    "  --no-color         No colours, also not on a terminal.\n"
    "  --help             Say how the command is used.\n"
    "\n"
    "'rondo help COMMAND' tells all about one.\n";

static const char review[] =
    "usage: rondo review [OPTIONS]\n"
    "\n"
    "Reports what got better and what got worse in a week,\n"
    "surface by surface, with the evidence.\n"
    "\n"
    "Options\n"
    "  --week WEEK       an ISO week such as 2024-W14\n"
    "  --week-run WHICH  which of the week's runs counts (last,\n"
    "                    best, majority)\n"
    "  --weeks N         how many weeks the trend looks back\n"
    "                    over, up to and with the week that was\n"
    "                    asked for (from 1 to 520)\n"
    "  --floor RATE      the lowest rate that is tolerated (from\n"
    "                    0 to 1)\n"
    "  --check           say by the exit code whether a surface\n"
    "                    regressed\n"
    "\n"
    "Options of every command\n"
    "  --store STORE     The store to work on; else RONDO_STORE,\n"
    "                    else ./rondo.db.\n"
    "  --as PERSON       Who acts; needless while the workspace\n"
    "                    has one person.\n"
    "  --json            Answer in JSON.\n"
    "  --no-color        No colours, also not on a terminal.\n"
    "  --help            Say how the command is used.\n"
    "\n"
    "Exit codes\n"
    "  0  done, or the answer is yes\n"
    "  1  the answer is no, or some input was quarantined or\n"
    "     refused\n"
    "  2  bad usage or input\n"
    "  3  cannot decide\n"
    "  4  the store or the system failed\n";

static const char quarantine[] =
    "usage: rondo quarantine VERB [ARGUMENTS] [OPTIONS]\n"
    "\n"
    "  quarantine list    Lists what was refused.\n"
    "  quarantine replay  Tries again what was refused.\n"
    "\n"
    "'rondo help quarantine VERB' tells all about one.\n";

static void assert_page(struct invocation asked, int width, bool has_colours, const char *wanted)
{
    struct call call;
    struct out out;
    test_call_init(&call);
    out_init(&out, &call);
    asked.out = &out;
    asked.terminal =
        (struct terminal){ .is_terminal = true, .has_colours = has_colours, .width = width };
    help_write(&asked, test_commands, TEST_COMMANDS);
    text page = out_view(&out);
    if (wanted)
        assert_text(page, wanted);
    for (text rest = page; rest.size;)
        assert_true(visible_width(text_cut(rest, '\n', &rest)) <= (width < 60    ? 60
                                                                   : width > 100 ? 100
                                                                                 : width));
    call_release(&call);
}

static void the_overview_groups_commands_and_names_records_once(void **state)
{
    (void)state;
    assert_page((struct invocation){ .wants_help = true }, 80, false, overview);
}

static void a_command_has_usage_options_and_exit_codes(void **state)
{
    (void)state;
    assert_page((struct invocation){ .command = test_commands[0] }, 60, false, review);
    assert_page((struct invocation){ .command = test_commands[0] }, 20, false,
                review); /* never narrower */
}

static void a_name_with_verbs_lists_them(void **state)
{
    (void)state;
    assert_page((struct invocation){ .help_topic = TEXT("quarantine") }, 80, false, quarantine);
}

static void no_line_is_wider_than_the_page(void **state)
{
    (void)state;
    for (int width = 50; width < 130; width += 7) {
        assert_page((struct invocation){ .wants_help = true }, width, false, NULL);
        for (size_t i = 0; i < TEST_COMMANDS; i++)
            assert_page((struct invocation){ .command = test_commands[i] }, width, false, NULL);
    }
}

static void headings_are_bold_where_colours_are(void **state)
{
    (void)state;
    struct call call;
    struct out out;
    struct terminal coloured = { .is_terminal = true, .has_colours = true, .width = 80 };
    test_call_init(&call);
    out_init(&out, &call);
    help_command(&out, &coloured, test_commands[1]);
    assert_true(text_find(out_view(&out), TEXT("\n\x1b[1mExit codes\x1b[0m\n")) != SIZE_MAX);
    assert_true(text_starts(out_view(&out), TEXT("usage: rondo compare RUN_A RUN_B [OPTIONS]\n")));
    assert_true(text_find(out_view(&out), TEXT("\x1b[1mOptions\x1b[0m")) ==
                SIZE_MAX); /* it has none */
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_overview_groups_commands_and_names_records_once),
        cmocka_unit_test(a_command_has_usage_options_and_exit_codes),
        cmocka_unit_test(a_name_with_verbs_lists_them),
        cmocka_unit_test(no_line_is_wider_than_the_page),
        cmocka_unit_test(headings_are_bold_where_colours_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
