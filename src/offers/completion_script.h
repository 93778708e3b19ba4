/*
 * What the scripts of all shells share, between completion.c and its one file per shell. The words
 * of a line are read alike everywhere: the first word without hyphens is the name (`help` before it
 * is skipped), the second may be a verb; the values of the options that stand everywhere are
 * stepped over.
 */
#ifndef RONDO_COMPLETION_SCRIPT_H
#define RONDO_COMPLETION_SCRIPT_H

#include "offers/command.h"

struct script {
    struct out *out;
    const struct command *const *command;
    size_t count;
};

void script_bash(const struct script *script);
void script_zsh(const struct script *script);
void script_fish(const struct script *script);

/* True for the first command of its name. */
bool script_is_first(const struct script *script, size_t at);

/* The command of that name without a verb, or NULL; and whether the name has verbs. */
const struct command *script_plain(const struct script *script, const char *name);
bool script_has_verbs(const struct script *script, const char *name);

/* One sentence for a name: its help, or its verbs. */
text script_name_help(const struct script *script, const char *name);

/* True when the command's arguments are files. */
bool script_takes_files(const struct command *command);

/* Writes between single quotes, for bash and zsh; `also` (or '\0') gets a backslash before it. */
void script_quote(struct out *out, text words, char also);

#endif
