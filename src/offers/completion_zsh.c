/* The script for zsh; see completion_script.h. Words are shown with their sentences. */
#include "offers/completion_script.h"

static const char script_start[] =
    "#compdef rondo\n"
    "# Completion of rondo for zsh. Load it: source <(rondo completion zsh), or keep it as _rondo "
    "in $fpath.\n"
    "_rondo() {\n"
    "    local name= verb= help= taken= files= word option=${words[CURRENT-1]}\n"
    "    local -a names verbs options everywhere values\n"
    "    integer at\n"
    "    if [[ $PREFIX == --*=* ]]; then\n"
    "        option=${PREFIX%%=*}\n"
    "        compset -P '*='\n"
    "    fi\n"
    "    for ((at = 2; at < CURRENT; at++)); do\n"
    "        word=${words[at]}\n"
    "        case $word in\n";

static const char script_middle[] =
    "            (-*) ;;\n"
    "            (*)\n"
    "                if [[ -z $name && -z $help && $word == help ]]; then\n"
    "                    help=1\n"
    "                elif [[ -z $name ]]; then\n"
    "                    name=${word//_/-}\n"
    "                elif [[ -z $verb ]]; then\n"
    "                    verb=${word//_/-}\n"
    "                fi\n"
    "                ;;\n"
    "        esac\n"
    "    done\n";

static const char script_end[] =
    "    case $taken in\n"
    "        (words) compadd -a values ;;\n"
    "        (files) _files ;;\n"
    "        (free) _message 'a value' ;;\n"
    "        (*)\n"
    "            if [[ $PREFIX == -* ]]; then\n"
    "                _describe -o 'option' options -- everywhere\n"
    "            elif [[ -z $name ]]; then\n"
    "                _describe 'command' names\n"
    "            else\n"
    "                [[ -z $verb ]] && ((${#verbs})) && _describe 'verb' verbs\n"
    "                [[ -n $files ]] && _files\n"
    "            fi\n"
    "            ;;\n"
    "    esac\n"
    "}\n"
    "if [[ ${funcstack[1]} == _rondo ]]; then\n"
    "    _rondo \"$@\"\n"
    "else\n"
    "    compdef _rondo rondo\n"
    "fi\n";

/* 'word:sentence', as _describe reads it. */
static void write_described(struct out *out, const char *hyphens, const char *word, text sentence)
{
    out_format(out, " %s%s:", hyphens, word);
    script_quote(out, sentence, ':');
}

static void write_options(struct out *out, const char *variable, const struct option *option)
{
    out_format(out, "%s=(", variable);
    for (; option->name; option++)
        write_described(out, "--", option->name, text_of(option->help));
    out_string(out, " )\n");
}

static void write_values(struct out *out, const struct option *option)
{
    for (; option->name; option++) {
        if (!option_has_value(option))
            continue;
        out_format(out, "                (--%s) taken=", option->name);
        if (option->kind == OPTION_CHOICE) {
            out_string(out, "words values=(");
            for (const char *const *choice = option->choices; *choice; choice++)
                out_format(out, " %s", *choice);
            out_string(out, " ) ;;\n");
        } else {
            out_string(out, option->kind == OPTION_FILE ? "files ;;\n" : "free ;;\n");
        }
    }
}

static void write_step_over(const struct script *script)
{
    const char *before = "            (";
    for (const struct option *option = command_everywhere; option->name; option++)
        if (option_has_value(option)) {
            out_format(script->out, "%s--%s", before, option->name);
            before = "|";
        }
    out_string(script->out, ") at=$((at + 1)) ;;\n");
}

static void write_command(const struct script *script, const struct command *command)
{
    struct out *out = script->out;
    out_format(out, "        (\"%s %s\"%s)\n            ", command->name,
               command->verb ? command->verb : "", command->verb ? "" : "*");
    write_options(out, "options", command_options(command));
    if (script_takes_files(command))
        out_string(out, "            files=1\n");
    out_string(out, "            case $option in\n");
    write_values(out, command_options(command));
    out_string(out, "            esac\n            ;;\n");
}

static void write_names(const struct script *script)
{
    out_string(script->out, "    names=(");
    write_described(script->out, "", "help", TEXT("say how a command is used"));
    for (size_t i = 0; i < script->count; i++)
        if (script_is_first(script, i))
            write_described(script->out, "", script->command[i]->name,
                            script_name_help(script, script->command[i]->name));
    out_string(script->out, " )\n");
}

static void write_verbs(const struct script *script)
{
    struct out *out = script->out;
    out_string(out, "    case $name in\n");
    for (size_t i = 0; i < script->count; i++) {
        const char *name = script->command[i]->name;
        if (!script_is_first(script, i) || !script_has_verbs(script, name))
            continue;
        out_format(out, "        (%s) verbs=(", name);
        for (size_t j = i; j < script->count; j++)
            if (script->command[j]->verb && strcmp(script->command[j]->name, name) == 0)
                write_described(out, "", script->command[j]->verb,
                                text_of(script->command[j]->help));
        out_string(out, " ) ;;\n");
    }
    out_string(out, "    esac\n");
}

/* With verbs first: the pattern of a name without one takes whatever is left. */
static void write_commands(const struct script *script)
{
    out_string(script->out, "    case \"$name $verb\" in\n");
    for (size_t i = 0; i < script->count; i++)
        if (script->command[i]->verb)
            write_command(script, script->command[i]);
    for (size_t i = 0; i < script->count; i++)
        if (!script->command[i]->verb)
            write_command(script, script->command[i]);
    out_string(script->out, "    esac\n");
}

void script_zsh(const struct script *script)
{
    struct out *out = script->out;
    out_string(out, script_start);
    write_step_over(script);
    out_string(out, script_middle);
    write_names(script);
    out_string(out, "    ");
    write_options(out, "everywhere", command_everywhere);
    out_string(out, "    case $option in\n");
    write_values(out, command_everywhere);
    out_string(out, "    esac\n");
    write_verbs(script);
    write_commands(script);
    out_string(out, script_end);
}
