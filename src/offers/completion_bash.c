/* The script for bash; see completion_script.h. Bash makes `=` a word of its own, which the script
 * steps over. */
#include "offers/completion_script.h"

static const char script_start[] =
    "# Completion of rondo for bash. Load it: source <(rondo completion bash)\n"
    "_rondo()\n"
    "{\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} option= name= verb= help= at word\n"
    "    local options= verbs= taken= values= files=\n"
    "    COMPREPLY=()\n"
    "    ((COMP_CWORD > 0)) && option=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    if [[ $current == = ]]; then\n"
    "        current=\n"
    "    elif [[ $option == = ]] && ((COMP_CWORD > 1)); then\n"
    "        option=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    for ((at = 1; at < COMP_CWORD; at++)); do\n"
    "        word=${COMP_WORDS[at]}\n"
    "        case $word in\n";

static const char script_middle[] =
    "            -* | =) ;;\n"
    "            *)\n"
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
    "        words) mapfile -t COMPREPLY < <(compgen -W \"$values\" -- \"$current\") ;;\n"
    "        files) files=1 ;;\n"
    "        free) files= ;;\n"
    "        *)\n"
    "            if [[ $current == -* ]]; then\n"
    "                files= values=\"$options $everywhere\"\n"
    "            elif [[ -z $name ]]; then\n"
    "                files= values=$names\n"
    "            elif [[ -z $verb ]]; then\n"
    "                values=$verbs\n"
    "            fi\n"
    "            mapfile -t COMPREPLY < <(compgen -W \"$values\" -- \"$current\")\n"
    "            ;;\n"
    "    esac\n"
    "    if [[ -n $files ]]; then\n"
    "        local -a found\n"
    "        mapfile -t found < <(compgen -f -- \"$current\")\n"
    "        COMPREPLY+=(\"${found[@]}\")\n"
    "        compopt -o filenames 2> /dev/null\n"
    "    fi\n"
    "}\n"
    "complete -F _rondo rondo\n";

static void write_step_over(const struct script *script)
{
    const char *before = "            ";
    for (const struct option *option = command_everywhere; option->name; option++)
        if (option_has_value(option)) {
            out_format(script->out, "%s--%s", before, option->name);
            before = " | ";
        }
    out_string(script->out,
               ") [[ ${COMP_WORDS[at + 1]} == = ]] && at=$((at + 2)) || at=$((at + 1)) ;;\n");
}

/* What the option before the cursor takes. */
static void write_values(struct out *out, const struct option *option)
{
    for (; option->name; option++) {
        if (!option_has_value(option))
            continue;
        out_format(out, "                --%s) taken=", option->name);
        if (option->kind == OPTION_CHOICE) {
            out_string(out, "words values='");
            for (const char *const *choice = option->choices; *choice; choice++)
                out_format(out, "%s%s", choice == option->choices ? "" : " ", *choice);
            out_string(out, "' ;;\n");
        } else {
            out_string(out, option->kind == OPTION_FILE ? "files ;;\n" : "free ;;\n");
        }
    }
}

static void write_option_names(struct out *out, const char *variable, const struct option *option)
{
    out_format(out, "%s='", variable);
    for (const char *before = ""; option->name; option++, before = " ")
        out_format(out, "%s--%s", before, option->name);
    out_string(out, "'\n");
}

static void write_command(const struct script *script, const struct command *command)
{
    struct out *out = script->out;
    out_format(out, "        \"%s %s\"%s)\n            ", command->name,
               command->verb ? command->verb : "", command->verb ? "" : "*");
    write_option_names(out, "options", command_options(command));
    if (script_takes_files(command))
        out_string(out, "            files=1\n");
    if (command_options(command)->name) {
        out_string(out, "            case $option in\n");
        write_values(out, command_options(command));
        out_string(out, "                *) ;;\n            esac\n");
    }
    out_string(out, "            ;;\n");
}

static void write_names(const struct script *script)
{
    out_string(script->out, "    local names='help");
    for (size_t i = 0; i < script->count; i++)
        if (script_is_first(script, i))
            out_format(script->out, " %s", script->command[i]->name);
    out_string(script->out, "'\n");
}

static void write_verbs(const struct script *script)
{
    struct out *out = script->out;
    out_string(out, "    case $name in\n");
    for (size_t i = 0; i < script->count; i++) {
        const char *name = script->command[i]->name;
        if (!script_is_first(script, i) || !script_has_verbs(script, name))
            continue;
        out_format(out, "        %s) verbs='", name);
        for (size_t j = i; j < script->count; j++)
            if (script->command[j]->verb && strcmp(script->command[j]->name, name) == 0)
                out_format(out, "%s ", script->command[j]->verb);
        out_string(out, "' ;;\n");
    }
    out_string(out, "        *) ;;\n    esac\n");
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
    out_string(script->out, "        *) ;;\n    esac\n");
}

void script_bash(const struct script *script)
{
    struct out *out = script->out;
    out_string(out, script_start);
    write_step_over(script);
    out_string(out, script_middle);
    write_names(script);
    out_string(out, "    local ");
    write_option_names(out, "everywhere", command_everywhere);
    out_string(out, "    case $option in\n");
    write_values(out, command_everywhere);
    out_string(out, "        *) ;;\n    esac\n");
    write_verbs(script);
    write_commands(script);
    out_string(out, script_end);
}
