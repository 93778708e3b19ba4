/* See completion.h. */
#include "offers/completion.h"

#include "offers/completion_script.h"
#include "offers/option_value.h"

const char *const completion_shells[] = { "bash", "zsh", "fish", NULL };

static void (*const script_writers[])(const struct script *script) = {
    script_bash,
    script_zsh,
    script_fish,
};

bool completion_write(struct out *out, text shell, const struct command *const *command,
                      size_t count)
{
    struct script script = { .out = out, .command = command, .count = count };
    for (size_t i = 0; completion_shells[i]; i++)
        if (text_is(shell, completion_shells[i])) {
            script_writers[i](&script);
            return !out->failed;
        }
    text word = option_value_shown(out->call, shell);
    return fail(out->call, FAIL_USAGE,
                "no completion for the shell '%.*s': there is one for bash, zsh and fish",
                TEXT_FMT(word));
}

bool script_is_first(const struct script *script, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(script->command[i]->name, script->command[at]->name) == 0)
            return false;
    return true;
}

const struct command *script_plain(const struct script *script, const char *name)
{
    for (size_t i = 0; i < script->count; i++)
        if (!script->command[i]->verb && strcmp(script->command[i]->name, name) == 0)
            return script->command[i];
    return NULL;
}

bool script_has_verbs(const struct script *script, const char *name)
{
    for (size_t i = 0; i < script->count; i++)
        if (script->command[i]->verb && strcmp(script->command[i]->name, name) == 0)
            return true;
    return false;
}

text script_name_help(const struct script *script, const char *name)
{
    const struct command *plain = script_plain(script, name);
    if (plain)
        return text_of(plain->help);
    struct out out;
    out_init(&out, script->out->call);
    for (size_t i = 0; i < script->count; i++)
        if (strcmp(script->command[i]->name, name) == 0)
            out_format(&out, "%s%s", out.size ? ", " : "", script->command[i]->verb);
    return out_view(&out);
}

bool script_takes_files(const struct command *command)
{
    return command->arguments && text_find(text_of(command->arguments), TEXT("FILE")) != SIZE_MAX;
}

void script_quote(struct out *out, text words, char also)
{
    out_char(out, '\'');
    for (size_t i = 0; i < words.size; i++) {
        if (words.at[i] == '\'')
            out_string(out, "'\\'");
        else if (also && words.at[i] == also)
            out_char(out, '\\');
        out_char(out, words.at[i]);
    }
    out_char(out, '\'');
}
