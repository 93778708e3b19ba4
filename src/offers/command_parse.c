/* See command_parse.h. */
#include "offers/command_parse.h"

#include "offers/nearest.h"
#include "offers/option_value.h"

/*
 * Life of a parse: no name yet -> a name whose verb may follow -> a command. A local option, `--`
 * or the end of the line settle the command that has no verb.
 */
struct parse {
    struct call *call;
    const struct command *const *commands;
    size_t command_count;
    char **argv;
    int argc, at;
    bool is_help; /* the words after `help` name a command */
    bool options_ended;
    text name;
    const struct command *command;
    struct given_option *given;
    size_t given_count;
    text *argument;
    size_t argument_count;
};

static text shown(struct parse *parse, text word)
{
    return option_value_shown(parse->call, word);
}

/* "review", "audit verify", or "" before the name. */
static text words_so_far(struct parse *parse)
{
    return parse->command ? command_name(parse->call, parse->command) : parse->name;
}

/* " (see 'rondo help audit verify')": the end of nearly every sentence. */
static text see(struct parse *parse)
{
    text words = words_so_far(parse);
    return call_format(parse->call, " (see 'rondo help%s%.*s')", words.size ? " " : "",
                       TEXT_FMT(words));
}

/* ": did you mean '--week'?", or nothing. */
static text meant(struct parse *parse, const struct nearest *nearest, const char *before)
{
    text best = nearest_best(nearest);
    return best.size ? call_format(parse->call, ": did you mean '%s%.*s'?", before, TEXT_FMT(best))
                     : TEXT("");
}

/* Field names are typed with underscores by habit; tables have hyphens. */
static text with_hyphens(struct parse *parse, text word)
{
    if (!word.size || !memchr(word.at, '_', word.size))
        return word;
    char *copy = call_take(parse->call, word.size);
    if (!copy)
        return word;
    for (size_t i = 0; i < word.size; i++)
        copy[i] = word.at[i] == '_' ? '-' : word.at[i];
    return (text){ copy, word.size };
}

static const struct command *find_command(const struct parse *parse, text verb)
{
    for (size_t i = 0; i < parse->command_count; i++) {
        const struct command *command = parse->commands[i];
        if (text_is(parse->name, command->name) && text_is(verb, command->verb))
            return command;
    }
    return NULL;
}

static bool fail_unknown_command(struct parse *parse, text word)
{
    struct nearest nearest;
    nearest_init(&nearest, word);
    nearest_try(&nearest, TEXT("help"));
    for (size_t i = 0; i < parse->command_count; i++)
        nearest_try(&nearest, text_of(parse->commands[i]->name));
    text hint = meant(parse, &nearest, "rondo "), word_shown = shown(parse, word);
    return fail(parse->call, FAIL_USAGE, "unknown command '%.*s'%.*s (see 'rondo help')",
                TEXT_FMT(word_shown), TEXT_FMT(hint));
}

/* The verbs of the name, for sentences: "list, replay". */
static text verbs_of_name(struct parse *parse, struct nearest *nearest)
{
    struct out out;
    out_init(&out, parse->call);
    for (size_t i = 0; i < parse->command_count; i++) {
        const struct command *command = parse->commands[i];
        if (!text_is(parse->name, command->name) || !command->verb)
            continue;
        nearest_try(nearest, text_of(command->verb));
        out_format(&out, "%s%s", out.size ? ", " : "", command->verb);
    }
    return out_view(&out);
}

static bool fail_verb(struct parse *parse, text word)
{
    struct nearest nearest;
    nearest_init(&nearest, word);
    text verbs = verbs_of_name(parse, &nearest), hint = meant(parse, &nearest, "");
    text word_shown = shown(parse, word), end = see(parse);
    if (!verbs.size)
        return fail(parse->call, FAIL_USAGE, "'rondo %.*s' has no verbs, got '%.*s'%.*s",
                    TEXT_FMT(parse->name), TEXT_FMT(word_shown), TEXT_FMT(end));
    if (!word.at)
        return fail(parse->call, FAIL_USAGE, "'rondo %.*s' needs a verb, one of %.*s%.*s",
                    TEXT_FMT(parse->name), TEXT_FMT(verbs), TEXT_FMT(end));
    return fail(parse->call, FAIL_USAGE,
                "unknown verb '%.*s' of 'rondo %.*s', which has %.*s%.*s%.*s", TEXT_FMT(word_shown),
                TEXT_FMT(parse->name), TEXT_FMT(verbs), TEXT_FMT(hint), TEXT_FMT(end));
}

/* What follows is no verb: the command without one is meant. */
static bool settle(struct parse *parse)
{
    if (!parse->command)
        parse->command = find_command(parse, TEXT_NONE);
    return parse->command || fail_verb(parse, TEXT_NONE);
}

static bool take_name(struct parse *parse, text word)
{
    word = with_hyphens(parse, word);
    if (!parse->is_help && text_is(word, "help")) {
        parse->is_help = true;
        return true;
    }
    size_t named = 0;
    for (size_t i = 0; i < parse->command_count; i++)
        named += text_is(word, parse->commands[i]->name);
    if (named == 0)
        return fail_unknown_command(parse, word);
    parse->name = word;
    const struct command *plain = find_command(parse, TEXT_NONE);
    if (plain && named == 1)
        parse->command = plain;
    return true;
}

static bool take_argument(struct parse *parse, text word)
{
    parse->argument[parse->argument_count++] = word;
    return true;
}

static bool take_verb(struct parse *parse, text word)
{
    text verb = with_hyphens(parse, word);
    parse->command = verb.size ? find_command(parse, verb) : NULL;
    if (parse->command)
        return true;
    const struct command *plain = find_command(parse, TEXT_NONE);
    if (parse->is_help || !plain || plain->arguments_max == 0)
        return fail_verb(parse, word);
    parse->command = plain;
    return take_argument(parse, word);
}

static bool take_word(struct parse *parse, text word)
{
    if (!parse->name.size)
        return take_name(parse, word);
    if (!parse->command)
        return take_verb(parse, word);
    return parse->is_help ? fail_verb(parse, word) : take_argument(parse, word);
}

static const struct option *find_in(const struct option *option, text name)
{
    for (; option->name; option++)
        if (text_is(name, option->name))
            return option;
    return NULL;
}

/* A command's own option stands before one of the same name that stands everywhere. */
static const struct option *find_option(const struct parse *parse, text name)
{
    const struct option *own =
        parse->command ? find_in(command_options(parse->command), name) : NULL;
    return own ? own : find_in(command_everywhere, name);
}

static bool fail_unknown_option(struct parse *parse, text name)
{
    struct nearest nearest;
    nearest_init(&nearest, name);
    if (parse->command)
        for (const struct option *option = command_options(parse->command); option->name; option++)
            nearest_try(&nearest, text_of(option->name));
    for (const struct option *option = command_everywhere; option->name; option++)
        nearest_try(&nearest, text_of(option->name));
    text words = words_so_far(parse), hint = meant(parse, &nearest, "--"), end = see(parse);
    text name_shown = shown(parse, name);
    if (!words.size)
        return fail(parse->call, FAIL_USAGE, "unknown option '--%.*s' before the command%.*s%.*s",
                    TEXT_FMT(name_shown), TEXT_FMT(hint), TEXT_FMT(end));
    return fail(parse->call, FAIL_USAGE, "unknown option '--%.*s' of 'rondo %.*s'%.*s%.*s",
                TEXT_FMT(name_shown), TEXT_FMT(words), TEXT_FMT(hint), TEXT_FMT(end));
}

/* The value after `=`, or the next word. Two hyphens begin an option, so they are no value: the
 * value was forgotten. */
static bool take_value(struct parse *parse, const struct option *option, text *value)
{
    if (value->at)
        return true;
    text next = parse->at < parse->argc ? text_of(parse->argv[parse->at]) : TEXT_NONE;
    if (next.at && !text_starts(next, TEXT("--"))) {
        parse->at++;
        *value = next;
        return true;
    }
    text end = see(parse);
    return fail(parse->call, FAIL_USAGE, "option '--%s' needs a value%s%.*s", option->name,
                next.at ? "; one that begins with hyphens is written --NAME=VALUE" : "",
                TEXT_FMT(end));
}

static bool take_option(struct parse *parse, text token)
{
    text value, name = with_hyphens(parse, text_cut(text_from(token, 2), '=', &value));
    const struct option *option = find_option(parse, name);
    if (!option && !parse->command && parse->name.size) {
        if (!settle(parse))
            return false;
        option = find_option(parse, name);
    }
    if (!option && !parse->name.size && text_is(name, "version") && !value.at)
        return take_word(parse, name); /* as every program is asked for it */
    if (!option)
        return fail_unknown_option(parse, name);
    if (!option_has_value(option) && value.at)
        return fail(parse->call, FAIL_USAGE, "option '--%s' takes no value: write it alone",
                    option->name);
    if (option_has_value(option) && !(take_value(parse, option, &value) &&
                                      option_value_check(parse->call, option, value, see(parse))))
        return false;
    parse->given[parse->given_count++] = (struct given_option){ .option = option, .value = value };
    return true;
}

static bool is_negative_number(text token)
{
    double number;
    return text_to_real(token, &number);
}

static bool take_short(struct parse *parse, text token)
{
    if (text_is(token, "-h"))
        return take_option(parse, TEXT("--help"));
    if (text_is(token, "-") || is_negative_number(token))
        return take_word(parse, token);
    text token_shown = shown(parse, token), end = see(parse);
    return fail(parse->call, FAIL_USAGE,
                "unknown option '%.*s': options begin with two hyphens, and '--' stands before an "
                "argument that begins with one%.*s",
                TEXT_FMT(token_shown), TEXT_FMT(end));
}

static bool take_token(struct parse *parse, text token)
{
    if (parse->options_ended || !text_starts(token, TEXT("-")))
        return take_word(parse, token);
    if (!text_starts(token, TEXT("--")))
        return take_short(parse, token);
    if (token.size > 2)
        return take_option(parse, token);
    parse->options_ended = true;
    return !parse->name.size || settle(parse);
}

/* The last value of an option that stands everywhere; by its row, because a command may have one of
 * that name. */
static const struct given_option *everywhere(const struct parse *parse, int which)
{
    for (size_t i = parse->given_count; i > 0; i--)
        if (parse->given[i - 1].option == &command_everywhere[which])
            return &parse->given[i - 1];
    return NULL;
}

static bool take_everywhere(struct parse *parse, struct invocation *invocation)
{
    const struct given_option *store = everywhere(parse, EVERYWHERE_STORE);
    const struct given_option *person = everywhere(parse, EVERYWHERE_AS);
    invocation->store = store ? store->value : TEXT_NONE;
    invocation->person = person ? person->value : TEXT_NONE;
    invocation->as_json = everywhere(parse, EVERYWHERE_JSON);
    invocation->no_colour = everywhere(parse, EVERYWHERE_NO_COLOR);
    invocation->wants_help =
        parse->is_help || everywhere(parse, EVERYWHERE_HELP) || !parse->name.size;
    /* An empty variable in a script must not act as somebody else. */
    if (person && person->value.size == 0)
        return fail(parse->call, FAIL_USAGE,
                    "option '--as' takes the name of a person, not nothing");
    return true;
}

static bool check_arguments(struct parse *parse)
{
    const struct command *command = parse->command;
    size_t count = parse->argument_count, least = (size_t)command->arguments_min;
    bool is_many = command->arguments_max >= 0 && count > (size_t)command->arguments_max;
    if (count >= least && !is_many)
        return true;
    text words = command_words(parse->call, command), end = see(parse);
    if (is_many && command->arguments_max == 0) {
        text first = shown(parse, parse->argument[0]);
        return fail(parse->call, FAIL_USAGE, "'%.*s' takes no arguments, got '%.*s'%.*s",
                    TEXT_FMT(words), TEXT_FMT(first), TEXT_FMT(end));
    }
    size_t bound = is_many ? (size_t)command->arguments_max : least;
    return fail(parse->call, FAIL_USAGE,
                "'%.*s' takes at %s %zu argument%s, got %zu: usage is %.*s %s%.*s", TEXT_FMT(words),
                is_many ? "most" : "least", bound, bound == 1 ? "" : "s", count, TEXT_FMT(words),
                command->arguments, TEXT_FMT(end));
}

static bool parse_line(struct parse *parse, struct invocation *invocation)
{
    for (parse->at = 1; parse->at < parse->argc;)
        if (!take_token(parse, text_of(parse->argv[parse->at++])))
            return false;
    if (!take_everywhere(parse, invocation))
        return false;
    invocation->help_topic = parse->command ? TEXT_NONE : parse->name;
    if (!invocation->wants_help && !(settle(parse) && check_arguments(parse)))
        return false;
    invocation->command = parse->command;
    invocation->given = parse->given;
    invocation->given_count = parse->given_count;
    invocation->argument = parse->argument;
    invocation->argument_count = parse->argument_count;
    return true;
}

/* How a line that is not understood wants its failure shown. */
static bool line_has(int argc, char **argv, const char *word)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], word) == 0)
            return true;
    return false;
}

bool command_parse(struct call *call, const struct command *const *command, size_t count, int argc,
                   char **argv, struct invocation *invocation)
{
    *invocation = (struct invocation){ .command = NULL };
    size_t most = argc > 0 ? (size_t)argc : 1;
    struct parse parse = {
        .call = call, .commands = command, .command_count = count, .argv = argv, .argc = argc
    };
    parse.given = call_array(call, most, sizeof *parse.given);
    parse.argument = call_array(call, most, sizeof *parse.argument);
    if (parse.given && parse.argument && parse_line(&parse, invocation))
        return true;
    invocation->as_json = line_has(argc, argv, "--json");
    invocation->no_colour = line_has(argc, argv, "--no-color");
    return false;
}
