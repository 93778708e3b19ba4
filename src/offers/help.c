/* See help.h. */
#include "offers/help.h"

#include "base/visible.h"
#include "offers/option_value.h"

enum { HELP_WIDTH_MIN = 60, HELP_WIDTH_MAX = 100, HELP_MARGIN = 2, HELP_LEFT_MAX = 26 };

static const struct {
    enum exit_code code;
    const char *words;
} exit_facts[] = {
    { EXIT_DONE, "done, or the answer is yes" },
    { EXIT_NO, "the answer is no, or some input was quarantined or refused" },
    { EXIT_USAGE, "bad usage or input" },
    { EXIT_UNDECIDED, "cannot decide" },
    { EXIT_SYSTEM, "the store or the system failed" },
};

enum { EXIT_FACTS = sizeof exit_facts / sizeof *exit_facts };

/* A page under way. */
struct page {
    struct out *out;
    const struct terminal *terminal;
    int width;
    int left_width; /* of the left column of the rows under way */
};

static struct page page_of(struct out *out, const struct terminal *terminal)
{
    int width = terminal->width < HELP_WIDTH_MAX ? terminal->width : HELP_WIDTH_MAX;
    if (width < HELP_WIDTH_MIN)
        width = HELP_WIDTH_MIN;
    return (struct page){ .out = out, .terminal = terminal, .width = width };
}

static void page_heading(struct page *page, const char *heading)
{
    out_char(page->out, '\n');
    paint(page->out, page->terminal, PAINT_BOLD, text_of(heading));
    out_char(page->out, '\n');
}

/* Words from `column` on, the lines that follow beginning at `indent`; ends the line. */
static void page_wrap(struct page *page, text words, int column, int indent)
{
    bool is_first = true;
    while (words.size) {
        text word = text_cut(words, ' ', &words);
        int width = visible_width(word);
        if (!is_first && column + 1 + width > page->width) {
            out_char(page->out, '\n');
            out_repeat(page->out, ' ', (size_t)indent);
            column = indent;
        } else if (!is_first) {
            out_char(page->out, ' ');
            column++;
        }
        out_text(page->out, word);
        column += width;
        is_first = false;
    }
    out_char(page->out, '\n');
}

/* Something on the left, its sentence on the right; a wide left has a line of its own. */
static void page_row(struct page *page, text left, text right)
{
    int indent = HELP_MARGIN + page->left_width + HELP_MARGIN, width = visible_width(left);
    out_repeat(page->out, ' ', HELP_MARGIN);
    out_text(page->out, left);
    if (width > page->left_width) {
        out_char(page->out, '\n');
        out_repeat(page->out, ' ', (size_t)indent);
    } else {
        out_repeat(page->out, ' ', (size_t)(indent - HELP_MARGIN - width));
    }
    page_wrap(page, right, indent, indent);
}

static void page_fit_left(struct page *page, text left)
{
    int width = visible_width(left);
    if (width > page->left_width)
        page->left_width = width > HELP_LEFT_MAX ? HELP_LEFT_MAX : width;
}

static text option_words(struct call *call, const struct option *option)
{
    if (!option_has_value(option))
        return call_format(call, "--%s", option->name);
    return call_format(call, "--%s %s", option->name,
                       option->placeholder ? option->placeholder : "WORD");
}

/* The sentence with what the option takes: "Which one (last, best, majority).". */
static void write_option(struct out *out, const struct option *option)
{
    text sentence = text_of(option->help);
    bool has_stop = text_ends(sentence, TEXT("."));
    out_text(out, text_until(sentence, sentence.size - has_stop));
    if (option->kind == OPTION_CHOICE)
        for (const char *const *choice = option->choices; *choice; choice++)
            out_format(out, "%s%s%s", choice == option->choices ? " (" : " ", *choice,
                       choice[1] ? "," : ")");
    text limits = option_limits(out->call, option);
    if (limits.size)
        out_format(out, " (%.*s)", TEXT_FMT(limits));
    out_string(out, has_stop ? "." : "");
}

static void page_options(struct page *page, const struct option *option)
{
    struct call *call = page->out->call;
    for (; option->name; option++) {
        if (option->is_variant)
            continue;
        struct out sentence;
        out_init(&sentence, call);
        write_option(&sentence, option);
        page_row(page, option_words(call, option), out_view(&sentence));
    }
}

static void page_fit_options(struct page *page, const struct option *option)
{
    for (; option->name; option++)
        if (!option->is_variant)
            page_fit_left(page, option_words(page->out->call, option));
}

static void page_exit_codes(struct page *page)
{
    page_heading(page, "Exit codes");
    page->left_width = 1;
    for (size_t i = 0; i < EXIT_FACTS; i++)
        page_row(page, call_format(page->out->call, "%d", (int)exit_facts[i].code),
                 text_of(exit_facts[i].words));
}

void help_command(struct out *out, const struct terminal *terminal, const struct command *command)
{
    struct page page = page_of(out, terminal);
    bool has_arguments = command->arguments && *command->arguments;
    text words = command_words(out->call, command);
    out_format(out, "usage: %.*s%s%s [OPTIONS]\n\n", TEXT_FMT(words), has_arguments ? " " : "",
               has_arguments ? command->arguments : "");
    page_wrap(&page, text_of(command->help), 0, 0);
    page_fit_options(&page, command_options(command));
    page_fit_options(&page, command_everywhere);
    if (command_options(command)->name)
        page_heading(&page, "Options");
    page_options(&page, command_options(command));
    if (command->note) {
        out_char(out, '\n');
        page_wrap(&page, text_of(command->note), 0, 0);
    }
    page_heading(&page, "Options of every command");
    page_options(&page, command_everywhere);
    page_exit_codes(&page);
}

static bool is_generic(const struct command *command)
{
    return (command->flags & COMMAND_GENERIC) != 0;
}

/* A record on the command line: its name and all its generic verbs, "list|show|add". */
struct noun {
    const char *name;
    text verbs;
};

static text verbs_of(struct call *call, const char *name, const struct command *const *command,
                     size_t count)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < count; i++)
        if (is_generic(command[i]) && strcmp(command[i]->name, name) == 0 && command[i]->verb)
            out_format(&out, "%s%s", out.size ? "|" : "", command[i]->verb);
    return out_view(&out);
}

static bool is_noun_of(const struct command *command, const char *group)
{
    return is_generic(command) && strcmp(command->group, group) == 0;
}

/* Each name of the group's generic commands once. NULL: the call has failed. */
static struct noun *nouns_of(struct call *call, const char *group,
                             const struct command *const *command, size_t count, size_t *noun_count)
{
    struct noun *noun = call_array(call, count, sizeof *noun);
    *noun_count = 0;
    for (size_t i = 0; noun && i < count; i++) {
        bool is_known = false;
        for (size_t j = 0; j < *noun_count && !is_known; j++)
            is_known = strcmp(noun[j].name, command[i]->name) == 0;
        if (!is_known && is_noun_of(command[i], group))
            noun[(*noun_count)++] =
                (struct noun){ command[i]->name, verbs_of(call, command[i]->name, command, count) };
    }
    return noun;
}

/* One paragraph for the nouns that share the verbs of the first, which are then done. */
static void page_nouns_alike(struct page *page, struct noun *noun, size_t count)
{
    struct out names;
    out_init(&names, page->out->call);
    text verbs = noun[0].verbs;
    out_format(&names, "rondo <record> %.*s, for:", TEXT_FMT(verbs));
    const char *before = " ";
    for (size_t i = 0; i < count; i++) {
        if (!noun[i].name || !text_equal(noun[i].verbs, verbs))
            continue;
        out_format(&names, "%s%s", before, noun[i].name);
        noun[i].name = NULL;
        before = ", ";
    }
    out_repeat(page->out, ' ', HELP_MARGIN);
    page_wrap(page, out_view(&names), HELP_MARGIN, 2 * HELP_MARGIN);
}

static void page_nouns(struct page *page, const char *group, const struct command *const *command,
                       size_t count)
{
    size_t noun_count;
    struct noun *noun = nouns_of(page->out->call, group, command, count, &noun_count);
    for (size_t i = 0; noun && i < noun_count; i++)
        if (noun[i].name)
            page_nouns_alike(page, noun + i, noun_count - i);
}

static void page_commands(struct page *page, const char *group, bool has_verb,
                          const struct command *const *command, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_generic(command[i]) && !command[i]->verb != has_verb &&
            strcmp(command[i]->group, group) == 0)
            page_row(page, command_name(page->out->call, command[i]), text_of(command[i]->help));
}

/* What is one word comes first: `init` before `token add`, whichever room offers them. */
static void page_group(struct page *page, const char *group, const struct command *const *command,
                       size_t count)
{
    page_heading(page, group);
    page_commands(page, group, false, command, count);
    page_commands(page, group, true, command, count);
    page_nouns(page, group, command, count);
}

static bool is_first_of_group(const struct command *const *command, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(command[i]->group, command[at]->group) == 0)
            return false;
    return true;
}

void help_overview(struct out *out, const struct terminal *terminal,
                   const struct command *const *command, size_t count)
{
    struct page page = page_of(out, terminal);
    out_string(out, "usage: rondo COMMAND [ARGUMENTS] [OPTIONS]\n");
    page_fit_options(&page, command_everywhere);
    for (size_t i = 0; i < count; i++)
        if (!is_generic(command[i]))
            page_fit_left(&page, command_name(out->call, command[i]));
    for (size_t i = 0; i < count; i++)
        if (is_first_of_group(command, i))
            page_group(&page, command[i]->group, command, count);
    page_heading(&page, "Options of every command");
    page_options(&page, command_everywhere);
    out_string(out, "\n'rondo help COMMAND' tells all about one.\n");
}

/* The command of that name that has no verb, or NULL. */
static const struct command *plain_of(text topic, const struct command *const *command,
                                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(topic, command[i]->name) && !command[i]->verb)
            return command[i];
    return NULL;
}

/* A name with several verbs: one row each, after all about the one without. */
static void help_topic(const struct invocation *invocation, const struct command *const *command,
                       size_t count)
{
    struct page page = page_of(invocation->out, &invocation->terminal);
    text topic = invocation->help_topic;
    const struct command *plain = plain_of(topic, command, count);
    if (plain) {
        help_command(page.out, &invocation->terminal, plain);
        page_heading(&page, "Verbs");
    } else {
        out_format(page.out, "usage: rondo %.*s VERB [ARGUMENTS] [OPTIONS]\n\n", TEXT_FMT(topic));
    }
    for (size_t i = 0; i < count; i++)
        if (text_is(topic, command[i]->name))
            page_fit_left(&page, command_name(page.out->call, command[i]));
    for (size_t i = 0; i < count; i++)
        if (text_is(topic, command[i]->name))
            page_row(&page, command_name(page.out->call, command[i]), text_of(command[i]->help));
    out_format(page.out, "\n'rondo help %.*s VERB' tells all about one.\n", TEXT_FMT(topic));
}

void help_write(const struct invocation *invocation, const struct command *const *command,
                size_t count)
{
    if (invocation->command)
        help_command(invocation->out, &invocation->terminal, invocation->command);
    else if (invocation->help_topic.at)
        help_topic(invocation, command, count);
    else
        help_overview(invocation->out, &invocation->terminal, command, count);
}
