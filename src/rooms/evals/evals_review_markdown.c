/*
 * The review as Markdown, to be pasted where people talk. Whatever came from outside is escaped
 * character by character, so that a name can neither break a table nor bring links, images or HTML.
 * An "@" stands as code: readers make mentions and addresses even of an escaped one.
 */
#include "rooms/evals/review_page.h"

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

static void write_escaped(const struct review_pen *pen, text words)
{
    text safe = visible_text(pen->call, words);
    for (size_t i = 0; i < safe.size; i++)
        write_character(pen->out, safe, i);
}

static void markdown_title(const struct review_pen *pen, text words)
{
    out_string(pen->out, "# ");
    write_escaped(pen, words);
    out_char(pen->out, '\n');
}

static void markdown_paragraph(const struct review_pen *pen, text words)
{
    out_char(pen->out, '\n');
    write_escaped(pen, words);
    out_char(pen->out, '\n');
}

static void markdown_surface(const struct review_pen *pen, text name, enum paint look,
                             const char *verdict)
{
    (void)look; /* the word says it */
    out_string(pen->out, "\n## ");
    write_escaped(pen, name);
    out_format(pen->out, ": %s\n", verdict);
}

static void markdown_sentence(const struct review_pen *pen, text words)
{
    markdown_paragraph(pen, words);
    out_char(pen->out, '\n');
}

static void markdown_fact(const struct review_pen *pen, const char *label, enum paint look,
                          text words)
{
    (void)look;
    out_format(pen->out, "- **%s:** ", label);
    write_escaped(pen, words);
    out_char(pen->out, '\n');
}

static size_t write_headings(const struct review_pen *pen, const struct grid_column *column)
{
    size_t count = 0;
    out_string(pen->out, "\n|");
    for (; column[count].heading; count++)
        out_format(pen->out, " %s |", column[count].heading);
    out_string(pen->out, "\n|");
    for (size_t i = 0; i < count; i++)
        out_string(pen->out, column[i].align == GRID_RIGHT ? " ---: |" : " --- |");
    out_char(pen->out, '\n');
    return count;
}

static void markdown_table(const struct review_pen *pen, const struct grid_column *column,
                           const text *cell, size_t cell_count)
{
    size_t columns = write_headings(pen, column);
    for (size_t i = 0; i < cell_count; i++) {
        out_string(pen->out, i % columns == 0 ? "| " : " ");
        write_escaped(pen, cell[i]);
        out_string(pen->out, (i + 1) % columns == 0 ? " |\n" : " |");
    }
}

void review_write_markdown(struct call *call, const struct review *review, struct out *out)
{
    struct review_pen pen = {
        .call = call,
        .out = out,
        .title = markdown_title,
        .paragraph = markdown_paragraph,
        .surface = markdown_surface,
        .sentence = markdown_sentence,
        .fact = markdown_fact,
        .table = markdown_table,
        .after_table = markdown_paragraph,
    };
    review_page(&pen, review);
}
