/* See archive_pages.h. */
#include "offers/archive_pages.h"

#include "base/stamp.h"
#include "ledger/whole.h"
#include "offers/archive_row.h"

static bool is_shown(const struct field *field)
{
    return !(field->flags & FIELD_SECRET);
}

/* --- CSV (RFC 4180; its lines end with CR LF) --- */

/* What a spreadsheet would run as a formula is shown as a text; a number is no formula. */
static void write_cell(struct out *out, text cell, bool is_text, bool is_first)
{
    bool is_formula = is_text && cell.size && cell.at[0] && strchr("=+-@\t\r", cell.at[0]);
    bool is_quoted = false;
    for (size_t i = 0; i < cell.size; i++)
        is_quoted = is_quoted || (cell.at[i] && strchr(",\"\r\n", cell.at[i]));
    if (!is_first)
        out_char(out, ',');
    if (is_quoted)
        out_char(out, '"');
    if (is_formula)
        out_char(out, '\'');
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.at[i] == '"')
            out_char(out, '"');
        out_char(out, cell.at[i]);
    }
    if (is_quoted)
        out_char(out, '"');
}

static void write_word(struct out *out, const char *word)
{
    write_cell(out, text_of(word), true, false);
}

static void write_stamp(struct out *out, stamp at)
{
    char room[STAMP_TEXT_SIZE] = "";
    if (at)
        stamp_write(at, room);
    write_word(out, room);
}

static bool end_csv_line(struct archive_writer *writer)
{
    out_char(&writer->out, '\r');
    return archive_line(writer);
}

static const char *const built_in_heads[] = { "dimensions", "version", "created", "changed",
                                              "archived" };

static bool csv_head(struct archive_writer *writer, const struct record *record)
{
    write_cell(&writer->out, TEXT("id"), true, true);
    for (size_t i = 0; i < record->field_count; i++)
        if (is_shown(&record->field[i]))
            write_word(&writer->out, record->field[i].name);
    for (size_t i = 0; i < sizeof built_in_heads / sizeof *built_in_heads; i++)
        write_word(&writer->out, built_in_heads[i]);
    return end_csv_line(writer);
}

static text dimension_words(struct call *call, unsigned bits)
{
    struct out words;
    out_init(&words, call);
    out_string(&words, "");
    for (unsigned i = 0; i < DIMENSION_COUNT; i++)
        if (bits & 1u << i)
            out_format(&words, "%s%s", words.size ? "," : "", dimension_facts[i].word);
    return words.size ? out_view(&words) : TEXT("");
}

static bool csv_row(struct call *call, const struct row *row, void *to)
{
    struct archive_writer *writer = to;
    write_cell(&writer->out, row_public_id(call, row->record, row->id), true, true);
    for (size_t i = 0; i < row->record->field_count; i++) {
        const struct field *field = &row->record->field[i];
        bool is_number = field->kind == FIELD_INT || field->kind == FIELD_REAL;
        struct out cell;
        out_init(&cell, call);
        if (!is_shown(field))
            continue;
        if (!value_write_text(call, field, row->value[i], archive_row_name, &cell))
            return false;
        write_cell(&writer->out, cell.size ? out_view(&cell) : TEXT(""), !is_number, false);
    }
    write_cell(&writer->out, dimension_words(call, row->dimensions), true, false);
    write_cell(&writer->out, call_format(call, "%lld", (long long)row->version), false, false);
    write_stamp(&writer->out, row->created);
    write_stamp(&writer->out, row->changed);
    write_stamp(&writer->out, row->archived);
    return end_csv_line(writer);
}

bool archive_csv(struct archive_writer *writer, const struct record *record)
{
    text path = call_format(writer->call, "csv/%s.csv", record->plural);
    return path.at && archive_begin(writer, path, false) && csv_head(writer, record) &&
           whole_rows(writer->call, record, writer->at, csv_row, writer) && archive_end(writer);
}

/* --- Markdown: what is short stands in front as YAML (of which JSON is a part), prose below --- */

static bool front_value(struct call *call, const struct row *row, size_t at,
                        struct archive_writer *writer)
{
    const struct field *field = &row->record->field[at];
    out_format(&writer->out, "%s: ", field->name);
    json_writer_init(&writer->json, &writer->out, false);
    bool done = value_write_json(call, field, row->value[at], archive_row_name, &writer->json);
    out_char(&writer->out, '\n');
    return done;
}

static void front_stamp(struct out *out, const char *name, stamp at)
{
    char room[STAMP_TEXT_SIZE];
    if (at == 0)
        return;
    stamp_write(at, room);
    out_format(out, "%s: \"%s\"\n", name, room);
}

static bool write_front(struct call *call, const struct row *row, struct archive_writer *writer)
{
    struct out *out = &writer->out;
    out_format(out, "---\nid: \"%.*s\"\nrecord: \"%s\"\n",
               TEXT_FMT(row_public_id(call, row->record, row->id)), row->record->name);
    for (size_t i = 0; i < row->record->field_count; i++) {
        const struct field *field = &row->record->field[i];
        if (is_shown(field) && field->kind != FIELD_PROSE && !value_is_null(row->value[i]) &&
            !front_value(call, row, i, writer))
            return false;
    }
    out_format(out, "dimensions: [%.*s]\nversion: %lld\n",
               TEXT_FMT(dimension_words(call, row->dimensions)), (long long)row->version);
    front_stamp(out, "created", row->created);
    front_stamp(out, "changed", row->changed);
    front_stamp(out, "archived", row->archived);
    out_string(out, "---\n");
    return true;
}

static void write_body(struct call *call, const struct row *row, struct out *out)
{
    out_format(out, "\n# %.*s\n", TEXT_FMT(row_title(call, row)));
    for (size_t i = 0; i < row->record->field_count; i++) {
        const struct field *field = &row->record->field[i];
        if (!is_shown(field) || field->kind != FIELD_PROSE || value_is_null(row->value[i]))
            continue;
        out_format(out, "\n## %s\n\n", field->label);
        out_text(out, row->value[i].text);
        out_char(out, '\n');
    }
}

static bool markdown_row(struct call *call, const struct row *row, void *to)
{
    struct archive_writer *writer = to;
    text id = row_public_id(call, row->record, row->id);
    text path = call_format(call, "markdown/%s/%.*s.md", row->record->plural, TEXT_FMT(id));
    if (!path.at || !archive_begin(writer, path, false) || !write_front(call, row, writer))
        return false;
    write_body(call, row, &writer->out);
    return archive_end(writer);
}

bool archive_markdown(struct archive_writer *writer, const struct record *record)
{
    return whole_rows(writer->call, record, writer->at, markdown_row, writer);
}
