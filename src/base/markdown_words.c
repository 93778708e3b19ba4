/* See markdown_words.h. */
#include "base/markdown_words.h"

#include "base/visible.h"

/* A period makes a link only in "www.", a colon only in "://". */
static bool starts_link(text whole, size_t i)
{
    if (whole.at[i] == ':')
        return text_starts(text_from(whole, i + 1), TEXT("//")) ||
               (i >= 6 && text_same_word(text_from(text_until(whole, i), i - 6), TEXT("mailto")));
    return whole.at[i] == '.' && i >= 3 &&
           text_same_word(text_from(text_until(whole, i), i - 3), TEXT("www"));
}

/* One run of "@" is one piece of code; two pieces side by side would be read as one. */
static void write_at_signs(struct out *out, text whole, size_t i)
{
    if (i == 0 || whole.at[i - 1] != '@')
        out_char(out, '`');
    out_char(out, '@');
    if (i + 1 == whole.size || whole.at[i + 1] != '@')
        out_char(out, '`');
}

static void write_character(struct out *out, text whole, size_t i)
{
    char c = whole.at[i];
    if (c == '<' || c == '&') {
        out_string(out, c == '<' ? "&lt;" : "&amp;");
        return;
    }
    if (c == '@') {
        write_at_signs(out, whole, i);
        return;
    }
    if (strchr("\\`*_[]|~#$", c) || starts_link(whole, i))
        out_char(out, '\\');
    out_char(out, c);
}

void markdown_write_words(struct call *call, text words, struct out *out)
{
    text safe = visible_text(call, words);
    for (size_t i = 0; i < safe.size; i++)
        write_character(out, safe, i);
}
