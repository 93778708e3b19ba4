/* See record_commands.h. The commands of a record are one table, filled in for each record. */
#include "offers/record_commands.h"

#include "offers/label.h"
#include "offers/listing.h"
#include "offers/record_run.h"

enum command_options { OPTIONS_NONE, OPTIONS_FILTERS, OPTIONS_SHOW, OPTIONS_ADD, OPTIONS_SET };

/* `%s` is the record's label. */
static const struct generic {
    const char *verb, *arguments, *help;
    command_run run;
    enum command_options options;
} generics[] = {
    { "list", "", "List rows of '%s', filtered, sorted, a page at a time.", record_run_list,
      OPTIONS_FILTERS },
    { "show", "ID", "Show a %s with its links; ID may be a name.", record_run_show, OPTIONS_SHOW },
    { "add", "", "Make a %s.", record_run_add, OPTIONS_ADD },
    { "set", "ID...", "Change a %s, or several at once; an empty value clears the field.",
      record_run_set, OPTIONS_SET },
    { "drop", "ID...", "Take a %s, or several, out of the lists; undo brings it back.",
      record_run_drop, OPTIONS_NONE },
    { "undo", "ID", "Undo the latest change of a %s.", record_run_undo, OPTIONS_NONE },
};
enum { GENERIC_COUNT = sizeof generics / sizeof generics[0], GENERIC_ADD = 2 };

static const char *const yes_no[] = { "yes", "no", NULL };

/* The words that stand for a value of a kind. */
static const char *const placeholders[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = "TEXT", [FIELD_PROSE] = "TEXT",  [FIELD_INT] = "N",
    [FIELD_REAL] = "X",    [FIELD_BOOL] = "YES_NO", [FIELD_STAMP] = "TIME",
    [FIELD_DATE] = "DAY",  [FIELD_ZONE] = "ZONE",   [FIELD_CHOICE] = "WORD",
    [FIELD_REF] = "ID",    [FIELD_REFS] = "ID,...", [FIELD_TAGS] = "WORD,...",
    [FIELD_RANK] = "RANK", [FIELD_JSON] = "JSON",   [FIELD_BLOB] = "BASE64",
};

/* "is_loud.not" becomes "is-loud-not". */
static const char *option_name(struct call *call, const char *name)
{
    text copy = call_text(call, text_of(name));
    char *at = (char *)(uintptr_t)copy.at;
    for (size_t i = 0; i < copy.size; i++)
        if (at[i] == '_' || at[i] == '.')
            at[i] = '-';
    return at;
}

/* A choice that must have a value completes; one that can be cleared takes an empty word too. */
static const char *const *choices_of(const struct field *field, bool creating)
{
    if (!creating && !(field->flags & FIELD_NEEDED))
        return NULL;
    return field->kind == FIELD_BOOL ? yes_no : field->choices;
}

static bool field_option(struct call *call, const struct field *field, bool creating,
                         struct option *option)
{
    const char *const *choices = choices_of(field, creating);
    *option = (struct option){
        .name = option_name(call, field->name),
        .kind = choices ? OPTION_CHOICE : OPTION_TEXT,
        .placeholder = placeholders[field->kind],
        .help = field->help,
        .choices = choices,
    };
    return option->name != NULL;
}

static const struct option *field_options(struct call *call, const struct record *record,
                                          bool creating)
{
    struct option *list = call_array(call, record->field_count + 2, sizeof *list), *next = list;
    unsigned hidden = creating ? FIELD_COUNTED : FIELD_COUNTED | FIELD_FIXED;
    for (size_t i = 0; list && i < record->field_count; i++) {
        const struct field *field = &record->field[i];
        bool is_first_state = creating && record->states && (int)i == record->state;
        if (!(field->flags & hidden) && !is_first_state &&
            !field_option(call, field, creating, next++))
            return NULL;
    }
    if (list)
        *next = (struct option){ .name = "dimensions",
                                 .kind = OPTION_TEXT,
                                 .placeholder = "WORD,...",
                                 .help = "Any of data, ai, it, governance, business, people." };
    return list;
}

/* One option for each parameter, in the same order. */
static const struct option *filter_options(struct call *call, const struct query_parameter *filter)
{
    size_t count = 0;
    while (filter && filter[count].name)
        count++;
    struct option *list = filter ? call_array(call, count + 1, sizeof *list) : NULL;
    for (size_t i = 0; list && i < count; i++) {
        bool is_flag = strcmp(filter[i].name, "archived") == 0;
        bool is_limit = strcmp(filter[i].name, "limit") == 0;
        list[i] = (struct option){ .name = option_name(call, filter[i].name),
                                   .help = filter[i].help,
                                   .is_variant = strchr(filter[i].name, '.') != NULL,
                                   .kind = is_flag ? OPTION_FLAG : OPTION_TEXT };
        if (!is_flag)
            list[i].placeholder = is_limit ? "N" : "VALUE";
        if (!list[i].name)
            return NULL;
    }
    return list;
}

static struct command *start_command(struct call *call, const struct record *record,
                                     struct command *command)
{
    struct record_context *context = call_new(call, struct record_context);
    text name = record_word(call, record);
    if (!context || !name.at)
        return NULL;
    context->record = record;
    *command = (struct command){ .name = name.at, .group = "Records", .flags = COMMAND_GENERIC,
                                 .context = context };
    return command;
}

static const struct option show_options[] = {
    { .name = "as-of", .kind = OPTION_TEXT, .placeholder = "TIME", .help = LISTING_AS_OF_HELP },
    { 0 },
};

static bool set_options(struct call *call, const struct record *record,
                        enum command_options options, struct command *command)
{
    struct record_context *context = (struct record_context *)(uintptr_t)command->context;
    if (options == OPTIONS_NONE)
        return true;
    if (options == OPTIONS_SHOW) {
        command->option = show_options;
    } else if (options == OPTIONS_FILTERS) {
        context->filter = listing_parameters(call, record);
        command->option = filter_options(call, context->filter);
        command->note =
            "Behind the name of a field -not turns the filter round, and where there is an order "
            "-min and -max bound it, as in --created-min 2026-11-16. An empty value asks for rows "
            "without one.";
    } else {
        command->option = field_options(call, record, options == OPTIONS_ADD);
    }
    return command->option != NULL;
}

static bool add_generic(struct call *call, const struct record *record,
                        const struct generic *generic, struct command *command)
{
    if (!start_command(call, record, command))
        return false;
    command->verb = generic->verb;
    command->arguments = generic->arguments;
    command->arguments_min = command->arguments_max = generic->arguments[0] ? 1 : 0;
    if (text_ends(text_of(generic->arguments), TEXT("...")))
        command->arguments_max = -1;
    command->help = label_sentence(call, generic->help, record);
    command->run = generic->run;
    return command->help && set_options(call, record, generic->options, command);
}

static bool add_verb(struct call *call, const struct record *record, const struct transition *step,
                     struct command *command)
{
    if (!start_command(call, record, command))
        return false;
    struct record_context *context = (struct record_context *)(uintptr_t)command->context;
    context->verb = step->verb;
    command->verb = option_name(call, step->verb);
    command->arguments = "ID";
    command->arguments_min = command->arguments_max = 1;
    text help =
        call_format(call, "Move a %%s to '%s'; what that needs may be given too.", step->to);
    command->help = help.at ? label_sentence(call, help.at, record) : NULL;
    command->run = record_run_move;
    return command->verb && command->help && set_options(call, record, OPTIONS_SET, command);
}

/* A verb may lead from several states; it is one command. */
static bool is_first_of_verb(const struct record *record, const struct transition *step)
{
    for (const struct transition *before = record->states; before < step; before++)
        if (strcmp(before->verb, step->verb) == 0)
            return false;
    return true;
}

static size_t count_most(const struct catalog *catalog)
{
    size_t count = 0;
    for (size_t i = 0; i < catalog->record_count; i++) {
        count += GENERIC_COUNT;
        for (const struct transition *step = catalog->record[i]->states; step && step->verb; step++)
            count++;
    }
    return count;
}

static bool add_commands(struct call *call, const struct record *record, struct command *list,
                         size_t *count)
{
    for (int i = 0; i < GENERIC_COUNT; i++) {
        if (i == GENERIC_ADD && record->made_by_program)
            continue;
        if (!add_generic(call, record, &generics[i], &list[(*count)++]))
            return false;
    }
    for (const struct transition *step = record->states; step && step->verb; step++)
        if (is_first_of_verb(record, step) && !add_verb(call, record, step, &list[(*count)++]))
            return false;
    return true;
}

bool record_commands(struct call *call, const struct catalog *catalog,
                     const struct command **command, size_t *count)
{
    struct command *list = call_array(call, count_most(catalog) + 1, sizeof *list);
    *count = 0;
    if (!list)
        return false;
    for (size_t i = 0; i < catalog->record_count; i++)
        if (!add_commands(call, catalog->record[i], list, count))
            return false;
    *command = list;
    return true;
}
