/* See record_page.h. */
#include "offers/record_page.h"

#include "base/stamp.h"
#include "base/visible.h"
#include "ledger/link.h"
#include "offers/grid.h"
#include "offers/refs.h"

enum { COLUMN_GAP = 2, CARD_MARGIN = 2 };

static bool value_words(struct call *call, const struct row *row, size_t i, text *words)
{
    struct out out;
    out_init(&out, call);
    const struct field *field = record_shown_field(row->record, i);
    struct value value = row_shown(row, i, call->now);
    if (field->kind == FIELD_STAMP && !value_is_null(value))
        value = value_stamp(stamp_to_second(value.integer));
    if (!value_write_text(call, field, value, refs_name, &out))
        return false;
    *words = out_view(&out);
    return words->at != NULL;
}

text record_page_title(const struct row *row)
{
    text title = value_as_text(row->value[row->record->title]);
    return title.at ? title : TEXT("");
}

/* --- lists --- */

/*
 * A list under way: the words of all fields of all rows, row by row, and the fields that are
 * columns, in their order.
 */
struct list_page {
    const struct record *record;
    const struct rows *rows;
    text *cell;
    size_t *column;
    size_t column_count;
    bool has_title;
};

static bool is_for_lists(const struct record *record, size_t i)
{
    const struct field *field = record_shown_field(record, i);
    bool is_long =
        field->kind == FIELD_PROSE || field->kind == FIELD_JSON || field->kind == FIELD_BLOB;
    return !is_long && !(field->flags & FIELD_SECRET) && (int)i != record->title;
}

/* What may become a column: what the record names, else its short fields. */
static bool list_columns(struct call *call, struct list_page *page)
{
    const struct record *record = page->record;
    page->column = call_array(call, record_shown_count(record) + 1, sizeof *page->column);
    if (!page->column)
        return false;
    for (const char *const *name = record->listed; name && *name; name++)
        page->column[page->column_count++] = (size_t)record_shown(record, text_of(*name));
    for (size_t i = 0; !record->listed && i < record_shown_count(record); i++)
        if (is_for_lists(record, i))
            page->column[page->column_count++] = i;
    return true;
}

static bool fill_cells(struct call *call, struct list_page *page)
{
    size_t fields = record_shown_count(page->record);
    page->cell = call_array(call, page->rows->count * fields + 1, sizeof *page->cell);
    if (!page->cell)
        return false;
    for (size_t row = 0; row < page->rows->count; row++)
        for (size_t i = 0; i < page->column_count; i++)
            if (!value_words(call, &page->rows->row[row], page->column[i],
                             &page->cell[row * fields + page->column[i]]))
                return false;
    return true;
}

/* 0: not set in any row. */
static int column_width(const struct list_page *page, size_t i)
{
    size_t fields = record_shown_count(page->record);
    int widest = 0;
    for (size_t row = 0; row < page->rows->count; row++) {
        int width = visible_width(page->cell[row * fields + i]);
        widest = width > widest ? width : widest;
    }
    int heading = visible_width(text_of(record_shown_field(page->record, i)->label));
    return widest && heading > widest ? heading : widest;
}

/* What id and title take; `*has_title` tells whether any row has one. */
static bool first_width(struct call *call, const struct list_page *page, int *width,
                        bool *has_title)
{
    int id_width = 0, title_width = 0;
    for (size_t row = 0; row < page->rows->count; row++) {
        text id = row_public_id(call, page->record, page->rows->row[row].id);
        int of_id = visible_width(id);
        int of_title = visible_width(record_page_title(&page->rows->row[row]));
        id_width = of_id > id_width ? of_id : id_width;
        title_width = of_title > title_width ? of_title : title_width;
    }
    *has_title = title_width > 0;
    *width = id_width + COLUMN_GAP + title_width;
    return call->fail.kind == FAIL_NONE;
}

/* Keeps the columns that hold something and fit beside those before them. */
static bool choose_columns(struct call *call, struct list_page *page,
                           const struct terminal *terminal)
{
    int used;
    size_t kept = 0;
    if (!first_width(call, page, &used, &page->has_title))
        return false;
    for (size_t i = 0; i < page->column_count && kept < GRID_COLUMNS_MAX - 2; i++) {
        int width = column_width(page, page->column[i]);
        bool fits = !terminal->is_terminal || used + COLUMN_GAP + width <= terminal->width;
        if (width == 0 || !fits)
            continue;
        page->column[kept++] = page->column[i];
        used += COLUMN_GAP + width;
    }
    page->column_count = kept;
    return true;
}

static bool is_right(const struct field *field)
{
    return field->kind == FIELD_INT || field->kind == FIELD_REAL;
}

static void push_row(struct call *call, const struct list_page *page, size_t at, struct grid *grid)
{
    const struct row *row = &page->rows->row[at];
    grid_push_painted(grid, PAINT_BOLD, row_public_id(call, page->record, row->id));
    if (page->has_title)
        grid_push_painted(grid, row->archived ? PAINT_DIM : PAINT_NONE, record_page_title(row));
    for (size_t i = 0; i < page->column_count; i++)
        grid_push(grid, page->cell[at * record_shown_count(page->record) + page->column[i]]);
}

bool record_page_list(struct call *call, const struct record *record, const struct rows *rows,
                      struct out *out, const struct terminal *terminal)
{
    struct list_page page = { .record = record, .rows = rows };
    struct grid_column column[GRID_COLUMNS_MAX + 1] = { { "Id", GRID_LEFT } };
    struct grid grid;
    if (!list_columns(call, &page) || !fill_cells(call, &page) ||
        !choose_columns(call, &page, terminal))
        return false;
    size_t count = 1;
    if (page.has_title)
        column[count++] = (struct grid_column){ record->field[record->title].label, GRID_LEFT };
    for (size_t i = 0; i < page.column_count; i++) {
        const struct field *field = record_shown_field(record, page.column[i]);
        column[count++] =
            (struct grid_column){ field->label, is_right(field) ? GRID_RIGHT : GRID_LEFT };
    }
    grid_init(&grid, call, column);
    for (size_t at = 0; at < rows->count; at++)
        push_row(call, &page, at, &grid);
    return grid_write(&grid, out, terminal);
}

/* --- one row --- */

struct card {
    struct out *out;
    const struct terminal *terminal;
    int label_width;
};

/* Lines after the first stand under it. */
static void card_line(const struct card *card, const char *label, text words)
{
    int indent = CARD_MARGIN + card->label_width + COLUMN_GAP;
    out_repeat(card->out, ' ', CARD_MARGIN);
    paint(card->out, card->terminal, PAINT_DIM, text_of(label));
    out_repeat(card->out, ' ', (size_t)(indent - CARD_MARGIN - visible_width(text_of(label))));
    while (words.at) {
        text line = text_cut(words, '\n', &words);
        visible_write(card->out, line);
        out_char(card->out, '\n');
        if (words.size)
            out_repeat(card->out, ' ', (size_t)indent);
        else
            break;
    }
}

static void card_stamp(const struct card *card, const char *label, stamp at)
{
    char room[STAMP_TEXT_SIZE];
    stamp_write(stamp_to_second(at), room);
    card_line(card, label, text_of(room));
}

static bool is_on_card(const struct row *row, size_t i)
{
    bool is_computed = i >= row->record->field_count; /* it is worked out when it is written */
    return is_computed || (!(row->record->field[i].flags & FIELD_SECRET) &&
                           !value_is_null(row->value[i]));
}

static bool write_fields(struct call *call, const struct row *row, const struct card *card)
{
    for (size_t i = 0; i < record_shown_count(row->record); i++) {
        text words;
        if (!is_on_card(row, i))
            continue;
        if (!value_words(call, row, i, &words))
            return false;
        if (words.size) /* a ref that may not be read has no name */
            card_line(card, record_shown_field(row->record, i)->label, words);
    }
    return true;
}

static void write_dimensions(struct call *call, unsigned bits, const struct card *card)
{
    struct out words;
    out_init(&words, call);
    for (unsigned i = 0; i < DIMENSION_COUNT; i++)
        if (bits & 1u << i)
            out_format(&words, "%s%s", words.size ? ", " : "", dimension_facts[i].label);
    if (bits)
        card_line(card, "Dimensions", out_view(&words));
}

/* "fixes INC-2 Checkout down: see the log", or "ACT-1 Retry fixes this". */
static text link_words(struct call *call, const struct link *link)
{
    text id = row_public_id(call, link->record, link->id);
    text title = find_title(call, link->record, link->id);
    text kind = value_as_text(link->row.value[LINK_KIND]);
    text note = value_as_text(link->row.value[LINK_NOTE]);
    struct out words;
    out_init(&words, call);
    if (link->is_from)
        out_format(&words, "%.*s %.*s %.*s", TEXT_FMT(kind), TEXT_FMT(id), TEXT_FMT(title));
    else
        out_format(&words, "%.*s %.*s %.*s this", TEXT_FMT(id), TEXT_FMT(title), TEXT_FMT(kind));
    if (note.size)
        out_format(&words, ": %.*s", TEXT_FMT(note));
    return out_view(&words);
}

static bool write_links(struct call *call, const struct row *row, const struct card *card)
{
    struct link *list;
    size_t count;
    if (!link_list(call, row->record, row->id, &list, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        card_line(card, "Link", link_words(call, &list[i]));
    return call->fail.kind == FAIL_NONE;
}

static int widest_label(const struct row *row)
{
    int widest = visible_width(TEXT("Dimensions"));
    for (size_t i = 0; i < record_shown_count(row->record); i++) {
        int width = visible_width(text_of(record_shown_field(row->record, i)->label));
        if (is_on_card(row, i) && width > widest)
            widest = width;
    }
    return widest;
}

bool record_page_show(struct call *call, const struct row *row, text remark, struct out *out,
                      const struct terminal *terminal)
{
    const struct card card = { out, terminal, widest_label(row) };
    paint(out, terminal, PAINT_BOLD, row_public_id(call, row->record, row->id));
    text title = record_page_title(row);
    out_string(out, title.size ? " " : "");
    visible_write(out, title);
    if (remark.size)
        out_format(out, " (%.*s)", TEXT_FMT(remark));
    out_char(out, '\n');
    if (!write_fields(call, row, &card))
        return false;
    write_dimensions(call, row->dimensions, &card);
    card_stamp(&card, "Created", row->created);
    card_stamp(&card, "Changed", row->changed);
    if (row->archived)
        card_stamp(&card, "Dropped", row->archived);
    return write_links(call, row, &card) && !out->failed;
}
