/*
 * The plain shape as separated values: a header of names in any order, then one row per line. The
 * header decides which column feeds which field; a row is then the same as a JSON line whose values
 * are all texts.
 */
#include "importers/plain_csv.h"

#include "importers/csv_record.h"
#include "importers/plain_reader.h"

enum { COLUMNS_MAX = 4096, NAMES_SHOWN_MAX = 400 };

struct table {
    struct plain_reader reader;
    char delimiter;
    size_t column_count;
    text *name;
    const struct plain_key **feeds; /* by column; NULL: an attribute */
    struct json *cell;              /* of the row at hand */
    struct json_member *other;

    /* A record of several lines, in memory that is used again. */
    char *memory;
    size_t memory_size;
};

/* ---- records ---- */

/* The delimiter under which the header holds the most names that we know; the most cells where that
 * is even. */
static char delimiter_find(const struct plain_keys *keys, text header)
{
    static const char delimiters[] = { ',', ';', '\t' };
    char best = ',';
    size_t best_known = 0, best_cells = 0;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        size_t known = 0, cells = 0;
        struct csv_cell cell;
        text rest = header;
        while (rest.at && csv_cell_take(&rest, delimiters[i], &cell)) {
            known += plain_keys_find(keys, text_trim(cell.inner)) != NULL;
            cells++;
        }
        if (known > best_known || (known == best_known && cells > best_cells)) {
            best = delimiters[i];
            best_known = known;
            best_cells = cells;
        }
    }
    return best;
}

static bool record_append(struct call *call, struct table *table, text *record, text line)
{
    size_t size = record->size + 1 + line.size;
    const char *name = source_facts(table->reader.source)->name;
    if (size > SOURCE_LINE_MAX)
        return fail(call, FAIL_TOO_LARGE,
                    "'%s' holds a row of more than 64 MiB: a quote may not be closed: close it",
                    name);
    if (size > table->memory_size) {
        char *memory = call_take(call, 2 * size);
        if (!memory)
            return false;
        if (record->size)
            memcpy(memory, record->at, record->size);
        table->memory = memory;
        table->memory_size = 2 * size;
    }
    if (record->size)
        table->memory[record->size] = '\n';
    size_t at = record->size ? record->size + 1 : 0;
    if (line.size)
        memcpy(table->memory + at, line.at, line.size);
    *record = (text){ table->memory, at + line.size };
    return true;
}

/* The lines that follow while a quoted cell is open. A line's bytes live only until the next one:
 * they are copied. */
static enum source_step record_continue(struct call *call, struct table *table, text line,
                                        text *record, bool *is_ended)
{
    enum csv_state state = csv_scan(line, table->delimiter, CSV_CELL_START);
    *record = line;
    if (state != CSV_QUOTED)
        return SOURCE_LINE;
    *record = (text){ table->memory, 0 };
    if (!record_append(call, table, record, line))
        return SOURCE_FAILED;
    while (state == CSV_QUOTED) {
        enum source_step step = source_line(call, table->reader.source, &line, is_ended);
        if (step == SOURCE_FAILED)
            return SOURCE_FAILED;
        *is_ended = *is_ended && step == SOURCE_LINE;
        if (step == SOURCE_END)
            return SOURCE_LINE;
        if (!record_append(call, table, record, line))
            return SOURCE_FAILED;
        state = csv_scan(line, table->delimiter, state);
    }
    return SOURCE_LINE;
}

/* The next record that is not blank, with the number of its first line. */
static enum source_step record_next(struct call *call, struct table *table,
                                    struct plain_bytes *record)
{
    text line;
    bool is_ended;
    enum source_step step;
    do {
        step = source_line(call, table->reader.source, &line, &is_ended);
        if (step != SOURCE_LINE)
            return step;
    } while (text_trim(line).size == 0);
    record->number = source_facts(table->reader.source)->line;
    if (!table->delimiter)
        table->delimiter = delimiter_find(&table->reader.rules.keys, line);
    step = record_continue(call, table, line, &record->bytes, &is_ended);
    record->is_unended = !is_ended;
    return step;
}

/* ---- the header ---- */

static bool utf8_refuse(struct call *call, text bytes)
{
    size_t at = 0;
    while (at < bytes.size) {
        size_t next = at + 1;
        while (next < bytes.size && ((unsigned char)bytes.at[next] & 0xC0) == 0x80)
            next++;
        if (!text_is_utf8(text_until(text_from(bytes, at), next - at)))
            break;
        at = next;
    }
    return fail(call, FAIL_INVALID,
                "byte %zu of the line is not UTF-8: give the encoding with --encoding", at);
}

static bool header_refuse(struct call *call, const struct table *table, const char *what)
{
    struct out names;
    out_init(&names, call);
    for (size_t i = 0; i < table->column_count && names.size < NAMES_SHOWN_MAX; i++)
        out_format(&names, "%s'%.*s'", i ? ", " : "", TEXT_FMT(table->name[i]));
    text shown = text_until_character(out_view(&names), NAMES_SHOWN_MAX);
    return fail(call, FAIL_INVALID, "the header of '%s' %s; its columns are %.*s",
                source_facts(table->reader.source)->name, what, TEXT_FMT(shown));
}

static bool names_read(struct call *call, struct table *table, text header)
{
    const char *file = source_facts(table->reader.source)->name;
    size_t count = 1;
    bool ends_in_cr = false;
    for (size_t i = 0; i < header.size; i++) {
        count += header.at[i] == table->delimiter;
        ends_in_cr =
            ends_in_cr || (header.at[i] == '\r' && i + 1 < header.size && header.at[i + 1] != '\n');
    }
    if (ends_in_cr)
        return fail(call, FAIL_INVALID, "lines of '%s' end in CR alone: write them with LF", file);
    if (count > COLUMNS_MAX)
        return fail(call, FAIL_TOO_LARGE, "'%s' has more than %d columns: leave some out", file,
                    COLUMNS_MAX);
    table->name = call_array(call, count, sizeof *table->name);
    if (!table->name)
        return false;
    while (header.at) {
        struct csv_cell cell;
        if (!csv_cell_take(&header, table->delimiter, &cell))
            return fail(call, FAIL_INVALID,
                        "the header of '%s' has a quote that is not closed: close it", file);
        text name = csv_cell_text(call, &cell);
        text copy = name.at ? call_text(call, text_trim(name)) : TEXT_NONE;
        if (copy.at && copy.size == 0)
            copy = call_format(call, "column_%zu", table->column_count + 1);
        if (!copy.at)
            return false;
        table->name[table->column_count++] = copy;
    }
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return text_compare(*(const text *)a, *(const text *)b);
}

static bool names_differ(struct call *call, const struct table *table)
{
    size_t count = table->column_count;
    text *sorted = call_array(call, count, sizeof *sorted);
    if (!sorted)
        return false;
    memcpy(sorted, table->name, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_bytes);
    for (size_t i = 1; i < count; i++)
        if (text_equal(sorted[i - 1], sorted[i])) {
            text what = call_format(call, "names '%.*s' twice and must name each column once",
                                    TEXT_FMT(text_until_character(sorted[i], 100)));
            return what.at && header_refuse(call, table, what.at);
        }
    return true;
}

static bool columns_feed(struct call *call, struct table *table)
{
    const struct plain_keys *keys = &table->reader.rules.keys;
    size_t count = table->column_count;
    bool has_case = keys->constant[PLAIN_CASE] != NULL;
    table->feeds = call_array(call, count, sizeof(const struct plain_key *));
    table->cell = call_array(call, count, sizeof *table->cell);
    table->other = call_array(call, count + 1, sizeof *table->other);
    if (!table->feeds || !table->cell || !table->other)
        return false;
    for (size_t i = 0; i < count; i++) {
        table->feeds[i] = plain_keys_find(keys, table->name[i]);
        for (const struct plain_key *key = table->feeds[i]; key; key = key->next)
            has_case = has_case || key->field == PLAIN_CASE;
    }
    if (!has_case)
        return header_refuse(call, table,
                             "names no 'case', which is needed: name another column with --map");
    return true;
}

static bool header_read(struct call *call, struct table *table, text header)
{
    if (!text_is_utf8(header)) {
        utf8_refuse(call, header);
        return fail_about(call, text_of(source_facts(table->reader.source)->name));
    }
    return names_read(call, table, header) && names_differ(call, table) &&
           columns_feed(call, table);
}

/* ---- rows ---- */

static bool cell_keep(struct call *call, struct table *table, size_t column,
                      const struct csv_cell *raw)
{
    if (column >= table->column_count)
        return true;
    struct json *cell = &table->cell[column];
    *cell = (struct json){ .kind = raw->inner.size ? JSON_TEXT : JSON_NULL };
    if (raw->inner.size)
        cell->text = csv_cell_text(call, raw);
    return !raw->inner.size || cell->text.at;
}

/* Cells beyond the header are counted, not kept; a broken one counts as empty. */
static bool row_cut(struct call *call, struct table *table, text row, size_t *count)
{
    *count = 0;
    while (row.at) {
        struct csv_cell raw;
        bool is_whole = csv_cell_take(&row, table->delimiter, &raw);
        if (!is_whole)
            raw.inner = TEXT_NONE;
        if (!cell_keep(call, table, (*count)++, &raw))
            return false;
        if (!is_whole)
            return fail(
                call, FAIL_INVALID,
                "the quote of cell %zu is not closed where the cell ends: close it there, and "
                "double quotes inside it",
                *count);
    }
    return true;
}

static bool values_of_row(struct call *call, struct table *table, size_t count,
                          struct plain_values *values)
{
    const struct plain_rules *rules = &table->reader.rules;
    *values = (struct plain_values){ .other = table->other };
    for (size_t i = 0; i < count && i < table->column_count; i++) {
        const struct plain_key *key = table->feeds[i];
        if (!key && !plain_line_other(call, rules, values, table->name[i], table->cell[i]))
            return false;
        for (; key; key = key->next)
            values->value[key->field] = &table->cell[i];
    }
    for (size_t i = 0; i < PLAIN_FIELD_COUNT; i++)
        if (rules->keys.constant[i])
            values->value[i] = rules->keys.constant[i];
    return true;
}

/* The cells before the damage still tell the run; the last cell of a cut row may be cut itself. */
static bool row_damaged(struct call *call, struct table *table, const struct plain_bytes *record,
                        size_t count)
{
    struct plain_values values;
    if (record->is_unended && count > 0)
        count--;
    if (!values_of_row(call, table, count, &values))
        return false;
    return plain_reader_damaged(call, &table->reader, record, &values);
}

static bool row_read(struct call *call, struct table *table, const struct plain_bytes *record)
{
    size_t count = 0;
    struct plain_values values;
    table->reader.rules.notes = (struct json_notes){ .no_number = false };
    bool is_cut_well = row_cut(call, table, record->bytes, &count);
    if (is_cut_well && !text_is_utf8(record->bytes))
        is_cut_well = utf8_refuse(call, record->bytes);
    else if (is_cut_well && count != table->column_count)
        is_cut_well =
            fail(call, FAIL_INVALID,
                 "the row has %zu cell%s where the header has %zu: give it as many, and quote "
                 "cells that hold the delimiter",
                 count, count == 1 ? "" : "s", table->column_count);
    if (!is_cut_well)
        return call->fail.kind == FAIL_INVALID && row_damaged(call, table, record, count);
    return values_of_row(call, table, count, &values) &&
           plain_reader_push(call, &table->reader, record, &values);
}

static bool row_take(struct call *call, struct table *table, const struct plain_bytes *record)
{
    struct plain_reader *reader = &table->reader;
    struct arena_mark mark = arena_mark(&call->arena);
    reader->keeps_memory = false;
    bool is_done = plain_reader_count(call, reader) && row_read(call, table, record);
    if (!reader->keeps_memory)
        arena_rewind(&call->arena, mark);
    return is_done;
}

bool plain_csv_read(struct call *call, struct source *source,
                    const struct eval_read_options *options, const struct eval_sink *sink)
{
    struct table table = { .delimiter = options->delimiter };
    struct plain_bytes record;
    if (!plain_reader_init(call, &table.reader, source, options, sink, true))
        return false;
    enum source_step step = record_next(call, &table, &record);
    if (step == SOURCE_END)
        return plain_reader_end(call, &table.reader);
    text header = step == SOURCE_FAILED ? TEXT_NONE : call_text(call, record.bytes);
    if (!header.at || !header_read(call, &table, record.bytes))
        return false;
    table.reader.header = header;
    table.reader.readable_count = 1; /* the header */
    while ((step = record_next(call, &table, &record)) == SOURCE_LINE)
        if (!row_take(call, &table, &record))
            return false;
    if (step == SOURCE_END && table.reader.line_count == 0)
        return fail(call, FAIL_INVALID, "'%s' is empty but for its header: export it with its rows",
                    source_facts(source)->name);
    return step == SOURCE_END && plain_reader_end(call, &table.reader);
}
