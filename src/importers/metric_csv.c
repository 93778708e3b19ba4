/* See metric_csv.h. */
#include "importers/metric_csv.h"

#include "importers/csv_record.h"

enum { COLUMNS_MAX = 64 };

enum metric_column {
    COLUMN_SERIES,
    COLUMN_AT,
    COLUMN_VALUE,
    COLUMN_NUMERATOR,
    COLUMN_DENOMINATOR,
    COLUMN_KNOWN,
    COLUMN_LABEL = COLUMN_KNOWN
};

static const char *const column_names[COLUMN_KNOWN] = { "series", "at", "value", "numerator",
                                                        "denominator" };

struct metric_table {
    const char *file;
    char delimiter;
    size_t count;
    text name[COLUMNS_MAX]; /* of a label: without "label." */
    enum metric_column column[COLUMNS_MAX];
    bool has[COLUMN_KNOWN];
    text zone;
};

/* --- header --- */

static bool header_column(struct call *call, struct metric_table *table, text name)
{
    size_t at = table->count;
    if (at == COLUMNS_MAX)
        return fail(call, FAIL_TOO_LARGE, "'%s' has more than %d columns: leave some out",
                    table->file, COLUMNS_MAX);
    table->count++;
    table->column[at] = COLUMN_LABEL;
    table->name[at] = text_from(name, sizeof "label." - 1);
    if (text_starts(name, TEXT("label.")) && table->name[at].size)
        return true;
    for (unsigned i = 0; i < COLUMN_KNOWN; i++) {
        if (!text_is(name, column_names[i]))
            continue;
        if (table->has[i])
            return fail(call, FAIL_INVALID, "'%s' has two columns '%s': keep one", table->file,
                        column_names[i]);
        table->has[i] = true;
        table->column[at] = (enum metric_column)i;
        return true;
    }
    return fail(call, FAIL_INVALID,
                "'%s' has a column '%.*s': known are series, at, value, numerator, denominator and "
                "label.NAME; leave it out",
                table->file, TEXT_FMT(name));
}

static char delimiter_of(text header)
{
    static const char delimiters[] = { ',', ';', '\t' };
    for (size_t i = 0; i < sizeof delimiters; i++)
        if (header.size && memchr(header.at, delimiters[i], header.size))
            return delimiters[i];
    return ',';
}

static bool read_header(struct call *call, struct metric_table *table, text header)
{
    struct csv_cell cell;
    text rest = call_text(call, header);
    table->delimiter = delimiter_of(header);
    while (rest.at) {
        if (!csv_cell_take(&rest, table->delimiter, &cell))
            return fail(call, FAIL_INVALID,
                        "the header of '%s' has a quote that is not closed: close it", table->file);
        if (!header_column(call, table, text_trim(cell.inner)))
            return false;
    }
    bool has_ratio = table->has[COLUMN_NUMERATOR] && table->has[COLUMN_DENOMINATOR];
    bool has_any = table->has[COLUMN_NUMERATOR] || table->has[COLUMN_DENOMINATOR];
    if (table->has[COLUMN_AT] && (table->has[COLUMN_VALUE] ? !has_any : has_ratio))
        return call->fail.kind == FAIL_NONE;
    return fail(call, FAIL_INVALID,
                "the header of '%s' needs 'at' and either 'value' or "
                "'numerator' and 'denominator'",
                table->file);
}

/* --- rows --- */

static bool read_number(struct call *call, const char *name, text word, double *number)
{
    return metric_number(word, number) ||
           fail_at(call, name, "the %s '%.*s' is no number: leave out a row without data", name,
                   TEXT_FMT(word));
}

static bool read_cell(struct call *call, const struct metric_table *table, size_t at, text word,
                      struct metric_row *row)
{
    switch (table->column[at]) {
    case COLUMN_SERIES:
        row->series = word;
        return true;
    case COLUMN_AT:
        return metric_time(call, word, table->zone, &row->point.at);
    case COLUMN_VALUE:
        return read_number(call, "value", word, &row->point.value);
    case COLUMN_NUMERATOR:
        return read_number(call, "numerator", word, &row->point.numerator);
    case COLUMN_DENOMINATOR:
        return read_number(call, "denominator", word, &row->point.denominator);
    case COLUMN_LABEL:
        break;
    }
    return true;
}

/* An empty label is no label. */
static bool read_labels(struct call *call, const struct metric_table *table, const text *word,
                        struct metric_row *row)
{
    struct json_member label[COLUMNS_MAX];
    struct json object = { .kind = JSON_OBJECT, .member = label };
    for (size_t i = 0; i < table->count; i++) {
        if (table->column[i] != COLUMN_LABEL || word[i].size == 0)
            continue;
        label[object.count].key = table->name[i];
        label[object.count++].value = (struct json){ .kind = JSON_TEXT, .text = word[i] };
    }
    return metric_labels(call, &object, &row->point.labels);
}

static bool read_row(struct call *call, const struct metric_table *table, text line,
                     struct metric_row *row)
{
    text word[COLUMNS_MAX], rest = line;
    struct csv_cell cell;
    size_t count = 0;
    row->point.is_ratio = table->has[COLUMN_NUMERATOR];
    while (rest.at) {
        if (!csv_cell_take(&rest, table->delimiter, &cell))
            return fail(call, FAIL_INVALID, "a quote is not closed: close it");
        if (count == table->count)
            return fail(call, FAIL_INVALID,
                        "the row has more cells than the header's %zu: give it as many",
                        table->count);
        word[count] = text_trim(csv_cell_text(call, &cell));
        if (!word[count].at || !text_is_utf8(word[count]))
            return call->fail.kind == FAIL_NONE &&
                   fail(call, FAIL_INVALID, "a cell is not UTF-8: save the file as UTF-8");
        count++;
    }
    if (count < table->count)
        return fail(call, FAIL_INVALID, "the row has %zu cells and the header %zu: give it as many",
                    count, table->count);
    for (size_t i = 0; i < count; i++) {
        word[i] = call_text(call, word[i]);
        if (!word[i].at || !read_cell(call, table, i, word[i], row))
            return false;
    }
    return read_labels(call, table, word, row);
}

static bool add_row(struct call *call, const struct metric_table *table, int64_t number, text line,
                    struct metric_rows *rows)
{
    struct metric_row row = { .series = TEXT_NONE, .line = number };
    if (!read_row(call, table, line, &row)) {
        text subject = call_format(call, "line %lld of '%s'", (long long)number, table->file);
        return fail_about(call, subject);
    }
    struct metric_row *list = call_more(call, rows->row, rows->count, &rows->room, sizeof *list);
    if (!list)
        return false;
    rows->row = list;
    list[rows->count++] = row;
    return true;
}

bool metric_csv_read(struct call *call, struct source *source, text zone, struct metric_rows *rows)
{
    struct metric_table *table = call_new(call, struct metric_table);
    enum source_step step;
    bool is_ended;
    text line;
    *rows = (struct metric_rows){ .count = 0 };
    if (!table)
        return false;
    table->file = source_facts(source)->name;
    table->zone = zone;
    while ((step = source_line(call, source, &line, &is_ended)) == SOURCE_LINE) {
        if (text_trim(line).size == 0)
            continue;
        int64_t number = source_facts(source)->line;
        if (table->count ? !add_row(call, table, number, line, rows)
                         : !read_header(call, table, line))
            return false;
    }
    if (step == SOURCE_FAILED)
        return false;
    if (source_facts(source)->is_cut)
        return fail(call, FAIL_INVALID,
                    source_facts(source)->is_damaged
                        ? "the compressed data of '%s' are damaged: fetch or export it again"
                        : "'%s' ends in the middle of its compressed data: export it again",
                    table->file);
    if (source_facts(source)->had_junk)
        return fail(call, FAIL_INVALID,
                    "behind the compressed data of '%s' stand bytes that are no gzip: compress it "
                    "again, alone",
                    table->file);
    return table->count || fail(call, FAIL_INVALID, "'%s' is empty: export it again", table->file);
}
