/*
 * A prompt's template: text with variables such as {{customer_name}}. Which variables it has,
 * whether it is well formed, and what becomes of it with values. A value is text and stays text: it
 * cannot bring variables of its own, nor characters that control a terminal.
 */
#ifndef RONDO_PROMPT_TEMPLATE_H
#define RONDO_PROMPT_TEMPLATE_H

#include "base/out.h"

enum { TEMPLATE_VARIABLES_MAX = 100, TEMPLATE_NAME_BYTES_MAX = 60 };

/* The names of variables, each once, in the order in which they first stand. */
struct template_variables {
    text *name;
    size_t count, room;
};

struct template_value {
    text name, value;
};

/*
 * Adds the variables of a template. Fails at `field` for a name that is not made of letters, digits
 * and _ or begins with a digit, for braces that do not close, and for too many.
 */
bool template_read(struct call *call, const char *field, text template,
                   struct template_variables *variables);

/*
 * Checks the values against the variables: one is missing, one is not asked for, one stands twice,
 * or one holds what is unsafe: "{{", "}}", or a control character that is no line break or tab.
 * Each is named.
 */
bool template_check_values(struct call *call, const struct template_variables *variables,
                           const struct template_value *value, size_t count);

/* Writes the template with its variables replaced; both were checked before. */
void template_fill(text template, const struct template_value *value, size_t count,
                   struct out *out);

#endif
