/* The command line: every form that is taken, and beside it the one that is refused with a
 * sentence. */
#include "support/commands.h"
#include "support/support.h"

#include "offers/command_parse.h"

#include <math.h>

struct line {
    struct call call;
    struct invocation invocation;
};

enum { LINE_WORDS_MAX = 16, LINE_SIZE = 256 };

/* Parses "review --week 3", cut at blanks; a word "''" is the empty one. */
static bool parse_with(struct line *line, const struct command *const *command, size_t count,
                       const char *words)
{
    char *argv[LINE_WORDS_MAX] = { "rondo" };
    int argc = 1;
    char *copy = call_string(&line->call, text_of(words));
    assert_non_null(copy);
    for (char *word = strsep(&copy, " "); word; word = strsep(&copy, " "))
        if (*word)
            argv[argc++] = strcmp(word, "''") == 0 ? "" : word;
    return command_parse(&line->call, command, count, argc, argv, &line->invocation);
}

static bool parse(struct line *line, const char *words)
{
    return parse_with(line, test_commands, TEST_COMMANDS, words);
}

static void line_accepted(struct line *line, const char *words)
{
    assert_done(&line->call, parse(line, words));
}

static void line_refused(struct line *line, const char *words, const char *sentence)
{
    assert_false(parse(line, words));
    assert_int_equal(line->call.fail.kind, FAIL_USAGE);
    assert_string_equal(line->call.fail.sentence, sentence);
    fail_clear(&line->call);
}

static int line_init(void **state)
{
    static struct line line;
    test_call_init(&line.call);
    *state = &line;
    return 0;
}

static int line_release(void **state)
{
    struct line *line = *state;
    call_release(&line->call);
    return 0;
}

static void commands_are_found_by_name_and_verb(void **state)
{
    struct line *line = *state;
    line_accepted(line, "review");
    assert_ptr_equal(line->invocation.command, test_commands[0]);
    line_accepted(line, "quarantine replay 7 8");
    assert_string_equal(line->invocation.command->verb, "replay");
    assert_int_equal(line->invocation.argument_count, 2);
    assert_text(line->invocation.argument[1], "8");
    line_accepted(line, "eval_run list");
    assert_string_equal(line->invocation.command->name, "eval-run");
    line_refused(line, "reveiw",
                 "unknown command 'reveiw': did you mean 'rondo review'? (see 'rondo help')");
    line_refused(line, "zebra --json", "unknown command 'zebra' (see 'rondo help')");
    line_refused(line, "''", "unknown command '' (see 'rondo help')");
}

static void verbs_are_asked_for_by_name(void **state)
{
    struct line *line = *state;
    line_refused(
        line, "quarantine",
        "'rondo quarantine' needs a verb, one of list, replay (see 'rondo help quarantine')");
    line_refused(
        line, "quarantine --report accepted list",
        "'rondo quarantine' needs a verb, one of list, replay (see 'rondo help quarantine')");
    line_refused(line, "quarantine lits",
                 "unknown verb 'lits' of 'rondo quarantine', which has list, replay: did you mean "
                 "'list'? (see 'rondo "
                 "help quarantine')");
}

static void a_name_without_verb_takes_what_is_no_verb(void **state)
{
    struct line *line = *state;
    line_accepted(line, "note call the team");
    assert_null(line->invocation.command->verb);
    assert_int_equal(line->invocation.argument_count, 3);
    line_accepted(line, "note list");
    assert_string_equal(line->invocation.command->verb, "list");
    line_accepted(line, "note -- list");
    assert_null(line->invocation.command->verb);
    assert_text(line->invocation.argument[0], "list");
    line_accepted(line, "note --tag x list");
    assert_null(line->invocation.command->verb);
}

static void options_stand_in_both_forms(void **state)
{
    struct line *line = *state;
    line_accepted(line, "review --week 2024-W14 --weeks=12 --floor .5 --check --week_run best");
    const struct invocation *invocation = &line->invocation;
    assert_text(option_text(invocation, "week"), "2024-W14");
    assert_int_equal(option_int(invocation, "weeks", 3), 12);
    assert_true(option_real(invocation, "floor", 0) == 0.5);
    assert_true(option_flag(invocation, "check"));
    assert_text(option_text(invocation, "week-run"), "best");
    line_accepted(line, "review --week=");
    assert_non_null(option_text(invocation, "week").at);
    assert_int_equal(option_text(invocation, "week").size, 0);
    line_accepted(line, "review");
    assert_null(option_text(invocation, "week").at);
    assert_int_equal(option_int(invocation, "weeks", 3), 3);
    assert_true(option_real(invocation, "floor", 0.25) == 0.25);
    assert_false(option_flag(invocation, "check"));
}

static void an_option_keeps_all_its_values(void **state)
{
    struct line *line = *state;
    text value = TEXT_NONE;
    line_accepted(line, "import a --threshold x=1 --map m --threshold=y=2");
    assert_true(option_next(&line->invocation, "threshold", 0, &value));
    assert_text(value, "x=1");
    assert_true(option_next(&line->invocation, "threshold", 1, &value));
    assert_text(value, "y=2");
    assert_false(option_next(&line->invocation, "threshold", 2, &value));
    assert_text(option_text(&line->invocation, "threshold"), "y=2");
}

static void unknown_options_name_the_nearest(void **state)
{
    struct line *line = *state;
    line_refused(line, "review --wek 3",
                 "unknown option '--wek' of 'rondo review': did you mean '--week'? (see 'rondo "
                 "help review')");
    line_refused(
        line, "quarantine list --zebra",
        "unknown option '--zebra' of 'rondo quarantine list' (see 'rondo help quarantine list')");
    line_refused(
        line, "--jsn review",
        "unknown option '--jsn' before the command: did you mean '--json'? (see 'rondo help')");
    line_refused(line, "--week 3 review",
                 "unknown option '--week' before the command (see 'rondo help')");
    line_refused(line, "review -w 3",
                 "unknown option '-w': options begin with two hyphens, and '--' stands before an "
                 "argument that begins "
                 "with one (see 'rondo help review')");
    line_refused(line, "review --\x1b[2J",
                 "unknown option '--\\x1b[2J' of 'rondo review' (see 'rondo help review')");
}

static void values_are_where_they_belong(void **state)
{
    struct line *line = *state;
    line_refused(line, "review --week", "option '--week' needs a value (see 'rondo help review')");
    line_refused(line, "review --week --check",
                 "option '--week' needs a value; one that begins with hyphens is written "
                 "--NAME=VALUE (see 'rondo help "
                 "review')");
    line_accepted(line, "review --week=--check");
    assert_text(option_text(&line->invocation, "week"), "--check");
    line_refused(line, "review --json=1", "option '--json' takes no value: write it alone");
    line_refused(line, "review --check=", "option '--check' takes no value: write it alone");
    line_refused(
        line, "import a --map=", "option '--map' takes a name, not '' (see 'rondo help import')");
    line_refused(line, "review --week \xff",
                 "option '--week' takes text in UTF-8, not '\\xff' (see 'rondo help review')");
    line_accepted(line, "import \xff --map \xff"); /* names of files are bytes */
}

static void numbers_stay_inside_their_limits(void **state)
{
    struct line *line = *state;
    line_accepted(line, "review --weeks 520 --floor 0");
    line_refused(
        line, "review --weeks 521",
        "option '--weeks' takes a whole number from 1 to 520, not '521' (see 'rondo help review')");
    line_refused(
        line, "review --weeks 0",
        "option '--weeks' takes a whole number from 1 to 520, not '0' (see 'rondo help review')");
    line_refused(
        line, "review --weeks 2.5",
        "option '--weeks' takes a whole number from 1 to 520, not '2.5' (see 'rondo help review')");
    line_refused(
        line, "review --floor 1.01",
        "option '--floor' takes a number from 0 to 1, not '1.01' (see 'rondo help review')");
    line_refused(
        line, "review --floor nan",
        "option '--floor' takes a number from 0 to 1, not 'nan' (see 'rondo help review')");
    line_accepted(line, "import a --offset -9");
    assert_int_equal(option_int(&line->invocation, "offset", 0), -9);
    line_refused(line, "import a --offset 9e9",
                 "option '--offset' takes a whole number, not '9e9' (see 'rondo help import')");
}

static void limits_may_be_open_on_one_side(void **state)
{
    struct line *line = *state;
    struct command open = *test_commands[1];
    static const struct option limits[] = {
        { .name = "least", .kind = OPTION_INT, .min = 1, .max = INFINITY },
        { .name = "most", .kind = OPTION_REAL, .min = -INFINITY, .max = 2.5 },
        { 0 },
    };
    open.option = limits;
    const struct command *const commands[] = { &open };
    assert_done(&line->call, parse_with(line, commands, 1, "compare a b --least 999999 --most -7"));
    assert_false(parse_with(line, commands, 1, "compare a b --least 0"));
    assert_refused(&line->call, FAIL_USAGE,
                   "option '--least' takes a whole number from 1 up, not '0'");
    assert_false(parse_with(line, commands, 1, "compare a b --most 3"));
    assert_refused(&line->call, FAIL_USAGE, "option '--most' takes a number up to 2.5, not '3'");
}

static void a_choice_is_one_of_the_words(void **state)
{
    struct line *line = *state;
    line_accepted(line, "review --week-run majority");
    line_refused(line, "review --week-run first",
                 "option '--week-run' takes one of last, best, majority, not 'first' (see 'rondo "
                 "help review')");
    line_refused(
        line, "review --week-run=",
        "option '--week-run' takes one of last, best, majority, not '' (see 'rondo help review')");
}

static void arguments_are_counted(void **state)
{
    struct line *line = *state;
    line_accepted(line, "compare a b");
    line_refused(line, "compare a",
                 "'rondo compare' takes at least 2 arguments, got 1: usage is rondo compare RUN_A "
                 "RUN_B (see 'rondo "
                 "help compare')");
    line_refused(line, "compare a b c",
                 "'rondo compare' takes at most 2 arguments, got 3: usage is rondo compare RUN_A "
                 "RUN_B (see 'rondo "
                 "help compare')");
    line_refused(line, "import",
                 "'rondo import' takes at least 1 argument, got 0: usage is rondo import FILE... "
                 "(see 'rondo help "
                 "import')");
    line_refused(line, "review 2024-W14",
                 "'rondo review' takes no arguments, got '2024-W14' (see 'rondo help review')");
}

static void hyphens_can_begin_an_argument(void **state)
{
    struct line *line = *state;
    line_accepted(line, "import - -3.5 -- --map -x --");
    const struct invocation *invocation = &line->invocation;
    assert_int_equal(invocation->argument_count, 5);
    assert_text(invocation->argument[0], "-");
    assert_text(invocation->argument[1], "-3.5");
    assert_text(invocation->argument[2], "--map");
    assert_text(invocation->argument[4], "--");
    assert_null(option_text(invocation, "map").at);
    line_accepted(line, "import --map - a");
    assert_text(option_text(invocation, "map"), "-");
}

static void what_stands_everywhere_stands_everywhere(void **state)
{
    struct line *line = *state;
    static const char *const lines[] = {
        "--store x.db --as=ada --json --no-color quarantine list",
        "quarantine --store x.db --as=ada --json --no-color list",
        "quarantine list --store x.db --as=ada --json --no-color",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        line_accepted(line, lines[i]);
        assert_string_equal(line->invocation.command->verb, "list");
        assert_text(line->invocation.store, "x.db");
        assert_text(line->invocation.person, "ada");
        assert_true(line->invocation.as_json && line->invocation.no_colour &&
                    !line->invocation.wants_help);
    }
    line_accepted(line, "review --store a --store b");
    assert_text(line->invocation.store, "b");
    assert_null(line->invocation.person.at);
    assert_false(line->invocation.as_json);
    line_refused(
        line, "review --store=", "option '--store' takes a name, not '' (see 'rondo help review')");
    line_refused(line, "review --as=", "option '--as' takes the name of a person, not nothing");
}

static void a_command_may_have_an_option_of_its_own_that_stands_everywhere(void **state)
{
    struct line *line = *state;
    struct command own = *test_commands[1];
    static const struct option options[] = { { .name = "json", .kind = OPTION_TEXT }, { 0 } };
    own.option = options;
    const struct command *const commands[] = { &own };
    assert_done(&line->call, parse_with(line, commands, 1, "compare a b --json x"));
    assert_text(option_text(&line->invocation, "json"), "x");
    assert_false(line->invocation.as_json);
}

static void a_refused_line_still_says_how_to_show_the_failure(void **state)
{
    struct line *line = *state;
    assert_false(parse(line, "review --zebra --json --no-color"));
    assert_true(line->invocation.as_json && line->invocation.no_colour);
    fail_clear(&line->call);
    assert_false(parse(line, "review --zebra -- --json"));
    assert_false(line->invocation.as_json);
    fail_clear(&line->call);
}

static void assert_help(struct line *line, const char *words, const struct command *command,
                        const char *topic)
{
    line_accepted(line, words);
    assert_true(line->invocation.wants_help);
    assert_ptr_equal(line->invocation.command, command);
    assert_true(text_is(line->invocation.help_topic, topic));
}

static void help_is_asked_for_in_four_ways(void **state)
{
    struct line *line = *state;
    assert_help(line, "", NULL, NULL);
    assert_help(line, "help", NULL, NULL);
    assert_help(line, "--help", NULL, NULL);
    assert_help(line, "-h", NULL, NULL);
    assert_help(line, "help compare", test_commands[1], NULL);
    assert_help(line, "compare --help", test_commands[1], NULL);
    assert_help(line, "--help compare a b c d", test_commands[1], NULL);
    assert_help(line, "help quarantine", NULL, "quarantine");
    assert_help(line, "quarantine --help", NULL, "quarantine");
    assert_help(line, "help quarantine list", test_commands[3], NULL);
    assert_help(line, "quarantine --help list", test_commands[3], NULL);
    assert_help(line, "help note", NULL, "note");
    assert_help(line, "help eval_run --json", NULL, "eval-run");
    line_refused(line, "help reveiw",
                 "unknown command 'reveiw': did you mean 'rondo review'? (see 'rondo help')");
    line_refused(line, "help review week",
                 "'rondo review' has no verbs, got 'week' (see 'rondo help review')");
    line_refused(line, "help note lst",
                 "unknown verb 'lst' of 'rondo note', which has list, show: did you mean 'list'? "
                 "(see 'rondo help "
                 "note')");
    line_refused(line, "hlep",
                 "unknown command 'hlep': did you mean 'rondo help'? (see 'rondo help')");
}

static void a_long_word_is_cut_in_the_sentence(void **state)
{
    struct line *line = *state;
    char word[3000];
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    char *argv[] = { "rondo", word };
    assert_false(
        command_parse(&line->call, test_commands, TEST_COMMANDS, 2, argv, &line->invocation));
    assert_refused(&line->call, FAIL_USAGE, "xxx' (see 'rondo help')");
}

/* Every allocation on the way fails once; the reason is then memory, never a wrong sentence. */
static void a_call_without_memory_says_so(void **state)
{
    (void)state;
    char *argv[] = { "rondo", "eval_run", "lits", "--week_run", "\x1b", NULL };
    enum fail_kind kind = FAIL_NONE;
    for (size_t limit = 1; kind != FAIL_USAGE; limit += 16) {
        struct call call;
        struct invocation invocation;
        call_init(&call, limit);
        assert_false(command_parse(&call, test_commands, TEST_COMMANDS, 5, argv, &invocation));
        kind = call.fail.kind;
        assert_true(kind == FAIL_TOO_LARGE || kind == FAIL_USAGE);
        assert_true(limit < 1024 * 1024);
        call_release(&call);
    }
}

#define LINE_TEST(name) cmocka_unit_test_setup_teardown(name, line_init, line_release)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LINE_TEST(commands_are_found_by_name_and_verb),
        LINE_TEST(verbs_are_asked_for_by_name),
        LINE_TEST(a_name_without_verb_takes_what_is_no_verb),
        LINE_TEST(options_stand_in_both_forms),
        LINE_TEST(an_option_keeps_all_its_values),
        LINE_TEST(unknown_options_name_the_nearest),
        LINE_TEST(values_are_where_they_belong),
        LINE_TEST(numbers_stay_inside_their_limits),
        LINE_TEST(limits_may_be_open_on_one_side),
        LINE_TEST(a_choice_is_one_of_the_words),
        LINE_TEST(arguments_are_counted),
        LINE_TEST(hyphens_can_begin_an_argument),
        LINE_TEST(what_stands_everywhere_stands_everywhere),
        LINE_TEST(a_command_may_have_an_option_of_its_own_that_stands_everywhere),
        LINE_TEST(a_refused_line_still_says_how_to_show_the_failure),
        LINE_TEST(help_is_asked_for_in_four_ways),
        LINE_TEST(a_long_word_is_cut_in_the_sentence),
        cmocka_unit_test(a_call_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
