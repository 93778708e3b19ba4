/* See model_name.h. */
#include "rooms/evals/model_name.h"

/* --- the normal form --- */

static bool is_separator(char c)
{
    return c == ' ' || c == '_' || c == '-' || c == ':';
}

/* Behind the last slash; a word and a colon before a name is a provider, too, as a tag stands after
 * the name ("llama3:8b") only where the word before it has a digit. */
static text without_provider(text name)
{
    for (size_t i = name.size; i-- > 0;)
        if (name.at[i] == '/')
            return text_from(name, i + 1);
    for (size_t i = 0; i < name.size; i++) {
        if (name.at[i] == ':')
            return i + 1 < name.size ? text_from(name, i + 1) : name;
        if (name.at[i] >= '0' && name.at[i] <= '9')
            return name;
    }
    return name;
}

static text plain_form(struct call *call, text name)
{
    text rest = text_trim(without_provider(text_trim(name)));
    char *at = call_array(call, rest.size + 1, 1);
    size_t size = 0;
    if (!at)
        return TEXT_NONE;
    for (size_t i = 0; i < rest.size; i++) {
        char c = rest.at[i];
        if (is_separator(c) && size > 0 && at[size - 1] == '-')
            continue;
        at[size++] = is_separator(c) ? '-' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    while (size > 0 && at[size - 1] == '-')
        size--;
    return (text){ at, size };
}

text model_name_normal(struct call *call, text name, const struct model_alias *alias, size_t count)
{
    text normal = plain_form(call, name);
    for (size_t i = 0; normal.at && i < count; i++) {
        text known = plain_form(call, alias[i].alias);
        if (!known.at)
            return TEXT_NONE;
        if (text_equal(known, normal))
            return plain_form(call, alias[i].model);
    }
    return normal;
}

/* --- snapshots --- */

/* How many bytes at the end fit the pattern, where 9 is a digit; 0: it does not. */
static size_t ends_like(text name, const char *pattern)
{
    size_t size = strlen(pattern);
    if (name.size <= size)
        return 0;
    const char *at = name.at + name.size - size;
    for (size_t i = 0; i < size; i++)
        if (pattern[i] == '9' ? at[i] < '0' || at[i] > '9' : at[i] != pattern[i])
            return 0;
    return size;
}

text model_name_family(text normal, bool *is_dated)
{
    static const char *const dates[] = { "-9999-99-99", "@9999-99-99", "-99999999", "@99999999" };
    static const char *const latest[] = { "-latest", "@latest" };
    *is_dated = false;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        size_t size = ends_like(normal, dates[i]);
        /* Eight digits are a date in this century; others may be a number of weights. */
        if (size && text_starts(text_from(normal, normal.size - size + 1), TEXT("20"))) {
            *is_dated = true;
            return text_until(normal, normal.size - size);
        }
    }
    for (size_t i = 0; i < sizeof latest / sizeof *latest; i++) {
        size_t size = ends_like(normal, latest[i]);
        if (size)
            return text_until(normal, normal.size - size);
    }
    return normal;
}

bool model_name_same(text a, text b)
{
    bool a_is_dated, b_is_dated;
    text a_family = model_name_family(a, &a_is_dated), b_family = model_name_family(b, &b_is_dated);
    return text_equal(a, b) || (!(a_is_dated && b_is_dated) && text_equal(a_family, b_family));
}
