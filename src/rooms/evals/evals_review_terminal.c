/*
 * The review for a terminal: paragraphs wrapped to its width, facts behind a column of labels,
 * flips as a grid. Looks right without colours too: a colour never says what the words do not say.
 */
#include "rooms/evals/review_page.h"

#include "base/visible.h"

enum { INDENT = 2, LABEL_WIDTH = 12, WIDTH_MIN = 40, WIDTH_MAX = 100 };

/* The next word and the blanks before it. */
static text take_word(text *rest, size_t *blanks)
{
    *blanks = 0;
    while (*blanks < rest->size && rest->at[*blanks] == ' ')
        (*blanks)++;
    *rest = text_from(*rest, *blanks);
    size_t size = 0;
    while (size < rest->size && rest->at[size] != ' ')
        size++;
    text word = text_until(*rest, size);
    *rest = text_from(*rest, size);
    return word;
}

/* "p = .02" and "5.0 %" stay on one line. */
static bool is_glued(text before, text after)
{
    return text_is(before, "=") || text_is(before, "<") || text_is(after, "=") ||
           text_is(after, "<") || text_starts(after, TEXT("%"));
}

/* The longest start of `rest` that fits into `room` columns, at least one word. */
static text take_line(text *rest, int room)
{
    size_t blanks;
    text whole = *rest, after = *rest;
    text word = take_word(&after, &blanks);
    int used = (int)blanks + visible_width(word);
    size_t size = (size_t)(after.at - whole.at);
    while (after.size) {
        text before = word;
        size_t end = (size_t)(after.at - whole.at);
        word = take_word(&after, &blanks);
        size = is_glued(before, word) ? size : end;
        used += (int)blanks + visible_width(word);
        if (used > room)
            break;
    }
    if (used <= room)
        size = whole.size;
    *rest = text_trim(text_from(whole, size));
    return text_until(whole, size);
}

/* Readable lines are not as wide as the widest terminal. */
static int page_width(const struct review_pen *pen)
{
    int width = pen->terminal.width;
    return width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width;
}

/* Foreign text is made harmless before it is measured; `indent` columns are written already. */
static void write_wrapped(const struct review_pen *pen, int indent, enum paint look, text words)
{
    text rest = visible_text(pen->call, words);
    for (bool is_first = true; rest.size; is_first = false) {
        text line = take_line(&rest, page_width(pen) - indent);
        out_repeat(pen->out, ' ', is_first ? 0 : (size_t)indent);
        paint(pen->out, &pen->terminal, look, line);
        out_char(pen->out, '\n');
    }
}

static void terminal_title(const struct review_pen *pen, text words)
{
    write_wrapped(pen, 0, PAINT_BOLD, words);
}

static void terminal_paragraph(const struct review_pen *pen, text words)
{
    out_char(pen->out, '\n');
    write_wrapped(pen, 0, PAINT_NONE, words);
}

static void terminal_surface(const struct review_pen *pen, text name, enum paint look,
                             const char *verdict)
{
    out_char(pen->out, '\n');
    paint(pen->out, &pen->terminal, PAINT_BOLD, visible_text(pen->call, name));
    out_string(pen->out, ": ");
    paint(pen->out, &pen->terminal, look, text_of(verdict));
    out_char(pen->out, '\n');
}

static void terminal_sentence(const struct review_pen *pen, text words)
{
    out_repeat(pen->out, ' ', INDENT);
    write_wrapped(pen, INDENT, PAINT_NONE, words);
}

static void terminal_fact(const struct review_pen *pen, const char *label, enum paint look,
                          text words)
{
    out_repeat(pen->out, ' ', INDENT);
    paint(pen->out, &pen->terminal, PAINT_DIM, text_of(label));
    out_repeat(pen->out, ' ', LABEL_WIDTH - strlen(label));
    write_wrapped(pen, INDENT + LABEL_WIDTH, look, words);
}

/* A grid stands at the margin, so it is drawn aside and moved in. */
static void terminal_table(const struct review_pen *pen, const struct grid_column *column,
                           const text *cell, size_t cell_count)
{
    struct terminal inner = pen->terminal;
    struct grid grid;
    struct out aside;
    inner.width -= INDENT;
    out_init(&aside, pen->call);
    grid_init(&grid, pen->call, column);
    for (size_t i = 0; i < cell_count; i++)
        grid_push(&grid, cell[i]);
    grid_write(&grid, &aside, &inner);
    text rest = out_view(&aside);
    while (rest.size) {
        text line = text_cut(rest, '\n', &rest);
        out_repeat(pen->out, ' ', INDENT);
        out_text(pen->out, line);
        out_char(pen->out, '\n');
    }
}

static void terminal_after_table(const struct review_pen *pen, text words)
{
    out_repeat(pen->out, ' ', INDENT);
    write_wrapped(pen, INDENT, PAINT_DIM, words);
}

static struct review_pen terminal_pen(struct call *call, int width, bool has_colour,
                                      struct out *out)
{
    return (struct review_pen){
        .call = call,
        .out = out,
        .terminal = { .is_terminal = width > 0,
                      .has_colours = has_colour,
                      .width = width > 0 ? width : TERMINAL_WIDTH_DEFAULT },
        .title = terminal_title,
        .paragraph = terminal_paragraph,
        .surface = terminal_surface,
        .sentence = terminal_sentence,
        .fact = terminal_fact,
        .table = terminal_table,
        .after_table = terminal_after_table,
    };
}

void review_write_terminal(struct call *call, const struct review *review, int width,
                           bool has_colour, struct out *out)
{
    struct review_pen pen = terminal_pen(call, width, has_colour, out);
    review_page(&pen, review);
}

void surface_review_write_terminal(struct call *call, const struct surface_review *surface,
                                   int width, bool has_colour, struct out *out)
{
    struct review_pen pen = terminal_pen(call, width, has_colour, out);
    review_page_comparison(&pen, surface);
}
