/* The script for fish; see completion_script.h. Fish wants one line for each thing that may stand
 * somewhere. */
#include "offers/completion_script.h"

static const char script_start[] =
    "# Completion of rondo for fish. Load it: rondo completion fish | source\n"
    "function __rondo_words\n"
    "    set -l skips 0\n"
    "    for token in (commandline -opc)[2..-1]\n"
    "        if test $skips = 1\n"
    "            set skips 0\n"
    "            continue\n"
    "        end\n"
    "        switch $token\n"
    "            case";

static const char script_middle[] =
    "\n"
    "                set skips 1\n"
    "            case '-*'\n"
    "                true\n"
    "            case '*'\n"
    "                string replace -a _ - -- $token\n"
    "        end\n"
    "    end\n"
    "end\n"
    "function __rondo_needs_name\n"
    "    set -l words (__rondo_words)\n"
    "    test -z \"$words\" -o \"$words\" = help\n"
    "end\n"
    "function __rondo_needs_verb\n"
    "    set -l words (__rondo_words)\n"
    "    test \"$words[1]\" = help; and set -e words[1]\n"
    "    test \"$words\" = $argv[1]\n"
    "end\n"
    "function __rondo_at\n"
    "    set -l words (__rondo_words)\n"
    "    test \"$words[1]\" = $argv[1]; or return 1\n"
    "    test (count $argv) = 1; or test \"$words[2]\" = $argv[2]\n"
    "end\n"
    "complete -c rondo -f\n";

/* In fish's single quotes a backslash escapes itself and the quote. */
static void write_quoted(struct out *out, text words)
{
    out_char(out, '\'');
    for (size_t i = 0; i < words.size; i++) {
        if (words.at[i] == '\'' || words.at[i] == '\\')
            out_char(out, '\\');
        out_char(out, words.at[i]);
    }
    out_char(out, '\'');
}

static void write_word(struct out *out, const char *word, text sentence)
{
    out_format(out, " -a %s -d ", word);
    write_quoted(out, sentence);
    out_char(out, '\n');
}

static void write_option(struct out *out, const struct option *option)
{
    out_format(out, " -l %s", option->name);
    if (option->kind == OPTION_FILE)
        out_string(out, " -r -F");
    else if (option_has_value(option))
        out_string(out, " -x");
    if (option->kind == OPTION_CHOICE) {
        out_string(out, " -a '");
        for (const char *const *choice = option->choices; *choice; choice++)
            out_format(out, "%s%s", choice == option->choices ? "" : " ", *choice);
        out_char(out, '\'');
    }
    out_string(out, " -d ");
    write_quoted(out, text_of(option->help));
    out_char(out, '\n');
}

static void write_names(const struct script *script)
{
    struct out *out = script->out;
    out_string(out, "complete -c rondo -n 'test -z \"$(__rondo_words)\"'");
    write_word(out, "help", TEXT("say how a command is used"));
    for (size_t i = 0; i < script->count; i++)
        if (script_is_first(script, i)) {
            out_string(out, "complete -c rondo -n __rondo_needs_name");
            write_word(out, script->command[i]->name,
                       script_name_help(script, script->command[i]->name));
        }
}

static void write_command(const struct script *script, const struct command *command)
{
    struct out *out = script->out;
    text at = call_format(out->call, "complete -c rondo -n '__rondo_at %s%s%s'", command->name,
                          command->verb ? " " : "", command->verb ? command->verb : "");
    if (command->verb) {
        out_format(out, "complete -c rondo -n '__rondo_needs_verb %s'", command->name);
        write_word(out, command->verb, text_of(command->help));
    }
    if (script_takes_files(command))
        out_format(out, "%.*s -F\n", TEXT_FMT(at));
    for (const struct option *option = command_options(command); option->name; option++) {
        out_text(out, at);
        write_option(out, option);
    }
}

void script_fish(const struct script *script)
{
    struct out *out = script->out;
    out_string(out, script_start);
    for (const struct option *option = command_everywhere; option->name; option++)
        if (option_has_value(option))
            out_format(out, " --%s", option->name);
    out_string(out, script_middle);
    for (const struct option *option = command_everywhere; option->name; option++) {
        out_string(out, "complete -c rondo");
        write_option(out, option);
    }
    write_names(script);
    for (size_t i = 0; i < script->count; i++)
        write_command(script, script->command[i]);
}
