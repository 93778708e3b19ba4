/* See command.h. */
#include "offers/command.h"

const struct option command_everywhere[EVERYWHERE_COUNT + 1] = {
    [EVERYWHERE_STORE] = { .name = "store",
                           .kind = OPTION_FILE,
                           .placeholder = "STORE",
                           .help = "The store to work on; else RONDO_STORE, else ./rondo.db." },
    [EVERYWHERE_AS] = { .name = "as",
                        .kind = OPTION_TEXT,
                        .placeholder = "PERSON",
                        .help = "Who acts; needless while the workspace has one person." },
    [EVERYWHERE_JSON] = { .name = "json", .kind = OPTION_FLAG, .help = "Answer in JSON." },
    [EVERYWHERE_NO_COLOR] = { .name = "no-color",
                              .kind = OPTION_FLAG,
                              .help = "No colours, also not on a terminal." },
    [EVERYWHERE_HELP] = { .name = "help",
                          .kind = OPTION_FLAG,
                          .help = "Say how the command is used." },
};

const struct option *command_options(const struct command *command)
{
    static const struct option none = { .name = NULL };
    return command->option ? command->option : &none;
}

bool option_has_value(const struct option *option)
{
    return option->kind != OPTION_FLAG;
}

bool option_has_limits(const struct option *option)
{
    return option->min < 0 || option->min > 0 || option->max < 0 || option->max > 0;
}

static bool is_named(const struct given_option *given, const char *name)
{
    return strcmp(given->option->name, name) == 0;
}

static const struct given_option *option_last(const struct invocation *invocation, const char *name)
{
    for (size_t i = invocation->given_count; i > 0; i--)
        if (is_named(&invocation->given[i - 1], name))
            return &invocation->given[i - 1];
    return NULL;
}

text option_text(const struct invocation *invocation, const char *name)
{
    const struct given_option *given = option_last(invocation, name);
    return given ? given->value : TEXT_NONE;
}

bool option_flag(const struct invocation *invocation, const char *name)
{
    return option_last(invocation, name) != NULL;
}

int64_t option_int(const struct invocation *invocation, const char *name, int64_t fallback)
{
    int64_t value = fallback;
    text_to_int(option_text(invocation, name), &value);
    return value;
}

double option_real(const struct invocation *invocation, const char *name, double fallback)
{
    double value = fallback;
    text_to_real(option_text(invocation, name), &value);
    return value;
}

bool option_next(const struct invocation *invocation, const char *name, size_t n, text *value)
{
    for (size_t i = 0; i < invocation->given_count; i++)
        if (is_named(&invocation->given[i], name) && n-- == 0) {
            *value = invocation->given[i].value;
            return true;
        }
    return false;
}

text command_name(struct call *call, const struct command *command)
{
    const char *verb = command->verb ? command->verb : "";
    return call_format(call, "%s%s%s", command->name, *verb ? " " : "", verb);
}

text command_words(struct call *call, const struct command *command)
{
    text name = command_name(call, command);
    return call_format(call, "rondo %.*s", TEXT_FMT(name));
}

/* Lower-case words joined by single hyphens. */
static bool is_word(const char *name)
{
    size_t size = name ? strlen(name) : 0;
    for (size_t i = 0; i < size; i++) {
        char c = name[i];
        bool is_hyphen = c == '-' && i > 0 && i + 1 < size && name[i - 1] != '-';
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9' && i > 0) && !is_hyphen)
            return false;
    }
    return size > 0;
}

static bool has_words(const char *words)
{
    return words && *words;
}

static bool same_command(const struct command *a, const struct command *b)
{
    return strcmp(a->name, b->name) == 0 && text_equal(text_of(a->verb), text_of(b->verb));
}

static bool is_number(const struct option *option)
{
    return option->kind == OPTION_INT || option->kind == OPTION_REAL;
}

/* Choices go into sentences and shell scripts as they are. */
static bool are_choices(const char *const *choice)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    for (; *choice; choice++)
        if (strspn(*choice, letters) != strlen(*choice) || !**choice)
            return false;
    return true;
}

/* What is wrong with one option, or NULL. */
static const char *option_mistake(const struct option *option)
{
    bool is_choice = option->kind == OPTION_CHOICE;
    if (!is_word(option->name))
        return "its name is not made of lower-case words and hyphens";
    if (!has_words(option->help))
        return "it has no help";
    if (is_choice != (option->choices && option->choices[0]))
        return "a choice has choices, and nothing else has them";
    if (is_choice && !are_choices(option->choices))
        return "a choice is not one word of letters, digits, '-', '_' and '.'";
    if (option_has_value(option) && !is_choice && !has_words(option->placeholder))
        return "it has a value but no placeholder";
    if (option->min > option->max || (option_has_limits(option) && !is_number(option)))
        return "its limits are out of order, or it is no number";
    for (int i = 0; i < EVERYWHERE_COUNT; i++)
        if (strcmp(option->name, command_everywhere[i].name) == 0)
            return "an option of that name stands after every command";
    return NULL;
}

static const char *command_mistake(const struct command *command)
{
    bool takes_arguments = command->arguments_max != 0;
    if (!is_word(command->name) || (command->verb && !is_word(command->verb)))
        return "its name is not made of lower-case words and hyphens";
    if (strcmp(command->name, "help") == 0)
        return "'help' is made from the tables";
    if (!has_words(command->help) || !has_words(command->group) || !command->run)
        return "help, group or run is missing";
    if (takes_arguments != has_words(command->arguments))
        return "its words for the arguments and their number differ";
    if (command->arguments_min < 0 ||
        (command->arguments_max != -1 && command->arguments_min > command->arguments_max))
        return "its numbers of arguments are out of order";
    return NULL;
}

static bool options_verify(struct call *call, const struct command *command)
{
    text name = command_name(call, command);
    for (const struct option *option = command_options(command); option->name; option++) {
        const char *mistake = option_mistake(option);
        for (const struct option *earlier = command_options(command); earlier < option; earlier++)
            if (strcmp(earlier->name, option->name) == 0)
                mistake = "it stands there twice";
        if (mistake)
            return fail(call, FAIL_INTERNAL, "option '--%s' of 'rondo %.*s': %s", option->name,
                        TEXT_FMT(name), mistake);
    }
    return true;
}

bool command_verify(struct call *call, const struct command *const *command, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *mistake = command_mistake(command[i]);
        for (size_t j = 0; j < i && !mistake; j++)
            if (same_command(command[j], command[i]))
                mistake = "there are two of it";
        text name = command_name(call, command[i]);
        if (mistake)
            return fail(call, FAIL_INTERNAL, "command 'rondo %.*s': %s", TEXT_FMT(name), mistake);
        if (!options_verify(call, command[i]))
            return false;
    }
    return true;
}

const struct command *command_table_with(struct call *call, const struct command *table,
                                         const void *context)
{
    size_t count = 0;
    while (table[count].name)
        count++;
    struct command *copy = call_array(call, count + 1, sizeof *copy);
    for (size_t i = 0; copy && i < count; i++) {
        copy[i] = table[i];
        copy[i].context = context;
    }
    return copy;
}
