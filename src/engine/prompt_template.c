/* See prompt_template.h. */
#include "engine/prompt_template.h"

static bool is_name_character(char c, bool is_first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (!is_first && c >= '0' && c <= '9');
}

static bool is_name(text word)
{
    if (word.size == 0 || word.size > TEMPLATE_NAME_BYTES_MAX)
        return false;
    for (size_t i = 0; i < word.size; i++)
        if (!is_name_character(word.at[i], i == 0))
            return false;
    return true;
}

/* A piece of a template: text, and the variable behind it where there is one. */
struct piece {
    text words, name;
    bool has_name;
    bool is_open; /* braces that do not close: the last piece */
};

static bool next_piece(text *rest, struct piece *piece)
{
    if (!rest->at || rest->size == 0)
        return false;
    size_t open = text_find(*rest, TEXT("{{"));
    *piece = (struct piece){ .words = *rest };
    if (open == SIZE_MAX) {
        *rest = TEXT_NONE;
        return true;
    }
    text inside = text_from(*rest, open + 2);
    size_t close = text_find(inside, TEXT("}}"));
    piece->words = text_until(*rest, open);
    piece->is_open = close == SIZE_MAX;
    piece->has_name = !piece->is_open;
    piece->name = piece->is_open ? inside : text_trim(text_until(inside, close));
    *rest = piece->is_open ? TEXT_NONE : text_from(inside, close + 2);
    return true;
}

static bool is_known(const struct template_variables *variables, text name)
{
    for (size_t i = 0; i < variables->count; i++)
        if (text_equal(variables->name[i], name))
            return true;
    return false;
}

static bool add_variable(struct call *call, const char *field, text name,
                         struct template_variables *variables)
{
    if (is_known(variables, name))
        return true;
    if (variables->count == TEMPLATE_VARIABLES_MAX)
        return fail_at(call, field, "a prompt has at most %d variables: use fewer",
                       TEMPLATE_VARIABLES_MAX);
    variables->name = call_more(call, variables->name, variables->count, &variables->room,
                                sizeof *variables->name);
    if (!variables->name)
        return false;
    variables->name[variables->count++] = name;
    return true;
}

bool template_read(struct call *call, const char *field, text template,
                   struct template_variables *variables)
{
    struct piece piece;
    while (next_piece(&template, &piece)) {
        text shown = text_until_character(piece.name, 40);
        if (piece.is_open)
            return fail_at(call, field, "'{{%.*s' does not close: write {{name}}",
                           TEXT_FMT(shown));
        if (!piece.has_name)
            continue;
        if (!is_name(piece.name))
            return fail_at(
                call, field,
                "'{{%.*s}}' is no variable: names are letters, digits and _, at most %d, "
                "and do not begin with a digit",
                TEXT_FMT(shown), TEMPLATE_NAME_BYTES_MAX);
        if (!add_variable(call, field, piece.name, variables))
            return false;
    }
    return true;
}

/* --- values --- */

static const struct template_value *find_value(const struct template_value *value, size_t count,
                                               text name)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(value[i].name, name))
            return &value[i];
    return NULL;
}

static bool is_control(char c)
{
    unsigned char byte = (unsigned char)c;
    return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7f;
}

static bool check_value(struct call *call, const struct template_value *value)
{
    if (text_find(value->value, TEXT("{{")) != SIZE_MAX ||
        text_find(value->value, TEXT("}}")) != SIZE_MAX)
        return fail_at(call, "variables",
                       "the value of '%.*s' holds '{{' or '}}', which could bring in other "
                       "variables: take them out",
                       TEXT_FMT(value->name));
    if (!text_is_utf8(value->value))
        return fail_at(call, "variables", "the value of '%.*s' is not UTF-8",
                       TEXT_FMT(value->name));
    for (size_t i = 0; i < value->value.size; i++)
        if (is_control(value->value.at[i]))
            return fail_at(call, "variables",
                           "the value of '%.*s' holds the control character 0x%02x: take it out",
                           TEXT_FMT(value->name), (unsigned char)value->value.at[i]);
    return true;
}

bool template_check_values(struct call *call, const struct template_variables *variables,
                           const struct template_value *value, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        text shown = text_until_character(value[i].name, 40);
        if (!is_known(variables, value[i].name))
            return fail_at(call, "variables", "the prompt has no variable '%.*s'",
                           TEXT_FMT(shown));
        if (find_value(value, i, value[i].name))
            return fail_at(call, "variables", "'%.*s' has two values: give one", TEXT_FMT(shown));
        if (!check_value(call, &value[i]))
            return false;
    }
    for (size_t i = 0; i < variables->count; i++)
        if (!find_value(value, count, variables->name[i]))
            return fail_at(call, "variables", "the variable '%.*s' has no value",
                           TEXT_FMT(variables->name[i]));
    return true;
}

void template_fill(text template, const struct template_value *value, size_t count,
                   struct out *out)
{
    struct piece piece;
    while (next_piece(&template, &piece)) {
        const struct template_value *found =
            piece.has_name ? find_value(value, count, piece.name) : NULL;
        out_text(out, piece.words);
        if (found)
            out_text(out, found->value);
    }
}
