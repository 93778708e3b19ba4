/*
 * The review as Markdown, to be pasted where people talk. Whatever came from outside is
 * escaped (base/markdown_words.h).
 */
#include "rooms/evals/review_page.h"

#include "base/markdown_words.h"

static void write_escaped(const struct review_pen *pen, text words)
{
    markdown_write_words(pen->call, words, pen->out);
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
