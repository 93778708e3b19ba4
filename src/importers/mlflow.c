/*
 * See mlflow.h. A table of columns and rows; which columns are metrics is told by their names,
 * "METRIC/v1/score" in the one frame and "NAME/value" in the other. A pass needs a metric that was
 * chosen, or that is the only one.
 */
#include "importers/mlflow.h"

#include "base/hash.h"
#include "base/json_write.h"
#include "importers/content_key.h"
#include "importers/eval_head.h"
#include "importers/eval_push.h"
#include "importers/eval_seen.h"

#include <math.h>

enum { ROWS_DEPTH = 2, NONE = -1 };

struct reading {
    struct eval_push push;
    struct eval_line names;
    struct eval_seen seen;
    const struct json *columns, *data;
    int64_t metric; /* the column that decides, or NONE */
    text metric_name;
    bool has_several, has_category, has_positions, is_cut;
};

bool mlflow_recognise(text head, const char *file_name)
{
    static const char *const keys[] = { "\"columns\"", "\"data\"", NULL };
    bool is_named = head_name_ends(file_name, TEXT("eval_results_table.json"));
    return head_is_object_with(head, keys) &&
           (is_named || text_find(head, TEXT("/score\"")) != SIZE_MAX ||
            text_find(head, TEXT("/value\"")) != SIZE_MAX);
}

/* ---- columns ---- */

static text column_name(const struct reading *reading, uint32_t at)
{
    const struct json *name = &reading->columns->item[at];
    return name->kind == JSON_TEXT ? name->text : TEXT_NONE;
}

static text metric_of(text column)
{
    text rest;
    bool is_metric = text_ends(column, TEXT("/score")) || text_ends(column, TEXT("/value"));
    return is_metric ? text_cut(column, '/', &rest) : TEXT_NONE;
}

/* The metric asked for, else the only one there is; of several none is taken by chance. */
static void metric_choose(struct reading *reading)
{
    text wanted = reading->push.options->threshold_metric;
    int64_t only = NONE, asked = NONE;
    for (uint32_t i = 0; i < reading->columns->count; i++) {
        text metric = metric_of(column_name(reading, i));
        if (!metric.at)
            continue;
        reading->has_several = reading->has_several || only != NONE;
        only = i;
        if (wanted.size &&
            (text_equal(metric, wanted) || text_equal(column_name(reading, i), wanted)))
            asked = i;
    }
    if (asked != NONE)
        reading->has_several = false;
    reading->metric = asked != NONE ? asked : reading->has_several ? NONE : only;
    if (reading->metric != NONE)
        reading->metric_name = metric_of(column_name(reading, (uint32_t)reading->metric));
}

static bool is_null(const struct json *value)
{
    return !value || value->kind == JSON_NULL || value->kind == JSON_NO_NUMBER;
}

/* The row's value in that column; NULL: no such column, or nothing in it. */
static const struct json *cell(const struct reading *reading, const struct json *row,
                               const char *column)
{
    for (uint32_t i = 0; i < reading->columns->count && i < row->count; i++)
        if (text_is(column_name(reading, i), column) && !is_null(&row->item[i]))
            return &row->item[i];
    return NULL;
}

/* The same for a column that stands beside the metric: its start, then `ending`. */
static text beside(const struct reading *reading, const struct json *row, const char *ending)
{
    text name = column_name(reading, (uint32_t)reading->metric);
    size_t start = name.size;
    while (start > 0 && name.at[start - 1] != '/')
        start--;
    for (uint32_t i = 0; i < reading->columns->count && i < row->count; i++) {
        text other = column_name(reading, i);
        if (text_starts(other, text_until(name, start)) && text_is(text_from(other, start), ending))
            return row->item[i].kind == JSON_TEXT ? row->item[i].text : TEXT_NONE;
    }
    return TEXT_NONE;
}

/* ---- the verdict ---- */

static const struct word_row {
    const char *word;
    bool is_pass;
} words[] = {
    { "yes", true },    { "true", true },  { "pass", true },    { "passed", true }, { "no", false },
    { "false", false }, { "fail", false }, { "failed", false }, { NULL, false },
};

static bool word_read(text word, bool *is_pass)
{
    for (const struct word_row *row = words; row->word; row++)
        if (text_same_word(text_trim(word), text_of(row->word))) {
            *is_pass = row->is_pass;
            return true;
        }
    return false;
}

static void verdict_say(struct eval_line *line, bool is_pass)
{
    line->verdict = is_pass ? EVAL_PASS : EVAL_FAIL;
    line->score = is_pass;
}

/* Nothing was measured: because of a mistake, when the columns beside say one. */
static void verdict_missing(const struct reading *reading, const struct json *row,
                            struct eval_line *line)
{
    text error = beside(reading, row, "error_message");
    text why = beside(reading, row, "justification");
    if (!error.size && text_find(why, TEXT("Failed to score")) != SIZE_MAX)
        error = why;
    if (!error.size)
        return;
    line->verdict = EVAL_ERROR;
    line->error = error;
}

static bool metric_read(struct call *call, struct reading *reading, const struct json *row,
                        struct eval_line *line)
{
    bool is_pass;
    const struct json *value = &row->item[reading->metric];
    if (is_null(value)) {
        verdict_missing(reading, row, line);
    } else if (value->kind == JSON_BOOL) {
        verdict_say(line, value->boolean);
    } else if (json_is_number(value)) {
        line->score = json_number(value);
        return eval_push_judge(call, &reading->push, line, reading->metric_name);
    } else if (value->kind == JSON_TEXT && word_read(value->text, &is_pass)) {
        verdict_say(line, is_pass);
    } else if (value->kind == JSON_TEXT) {
        reading->has_category = true;
        line->failure = value->text;
    } else {
        return fail_at(call, "data", "'%.*s' of row %lld must be a number, a text, true or false",
                       TEXT_FMT(column_name(reading, (uint32_t)reading->metric)),
                       (long long)line->number);
    }
    return true;
}

static bool verdict_fill(struct call *call, struct reading *reading, const struct json *row,
                         struct eval_line *line)
{
    if (reading->metric != NONE && !metric_read(call, reading, row, line))
        return false;
    const struct json *error = cell(reading, row, "error_message");
    if (error && error->kind == JSON_TEXT && error->text.size) {
        line->error = error->text;
        if (line->verdict != EVAL_PASS)
            line->verdict = EVAL_ERROR;
    }
    return true;
}

/* ---- the row ---- */

static bool is_hash(text id)
{
    struct hash hash;
    return id.size == HASH_TEXT_SIZE - 1 && hash_read(id, &hash);
}

/* Ids of requests are hashes of the inputs unless a tracing server gave new ones. */
static bool key_fill(struct call *call, struct reading *reading, const struct json *row,
                     struct eval_line *line)
{
    text id = eval_label(call, cell(reading, row, "request_id"));
    const struct json *inputs = cell(reading, row, "inputs");
    line->key_kind = EVAL_KEY_CONTENT;
    if (is_hash(id)) {
        line->case_key = id;
    } else if (inputs) {
        line->case_key = content_key(call, inputs);
    } else if (id.at) {
        line->key_kind = EVAL_KEY_ID;
        line->case_key = id;
    } else {
        reading->has_positions = true;
        line->key_kind = EVAL_KEY_POSITION;
        line->case_key = call_format(call, "row %lld", (long long)line->number);
    }
    if (!line->case_key.at)
        return false;
    line->trial = eval_seen_add(call, &reading->seen, line->case_key);
    return line->trial > 0;
}

static text first_cell(struct call *call, const struct reading *reading, const struct json *row,
                       const char *const *column)
{
    const struct json *value = NULL;
    for (; *column && !value; column++)
        value = cell(reading, row, *column);
    return eval_any(call, value);
}

static const char *const expected_columns[] = { "targets", "ground_truth", "expectations", NULL };
static const char *const not_kept[] = { "trace", NULL };
static const char *const own_columns[] = { "inputs",       "outputs",       "targets",
                                           "ground_truth", "expectations",  "request_id",
                                           "latency",      "error_message", NULL };

static bool is_one_of(text name, const char *const *list)
{
    for (; *list; list++)
        if (text_is(name, *list))
            return true;
    return false;
}

/* All other columns, metrics and their reasons among them. */
static bool attributes_fill(struct call *call, const struct reading *reading,
                            const struct json *row, struct eval_line *line)
{
    struct out out;
    struct json_writer writer;
    bool has_some = false;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    for (uint32_t i = 0; i < reading->columns->count; i++) {
        text name = column_name(reading, i);
        if (!name.size || is_one_of(name, own_columns) || is_one_of(name, not_kept) ||
            is_null(&row->item[i]))
            continue;
        has_some = true;
        json_key_text(&writer, name);
        json_tree(&writer, &row->item[i]);
    }
    json_object_end(&writer);
    text words_written = out_view(&out);
    line->attributes = has_some ? words_written : TEXT_NONE;
    return words_written.at != NULL;
}

static bool row_fill(struct call *call, struct reading *reading, const struct json *row,
                     struct eval_line *line)
{
    const struct json *latency;
    if (row->kind != JSON_LIST || row->count != reading->columns->count)
        return fail_at(call, "data", "row %lld must have the %u values of its columns",
                       (long long)line->number, reading->columns->count);
    latency = cell(reading, row, "latency");
    if (latency && json_is_number(latency))
        line->latency_ms = json_number(latency) * 1000;
    line->input = eval_any(call, cell(reading, row, "inputs"));
    line->output = eval_any(call, cell(reading, row, "outputs"));
    line->expected = first_cell(call, reading, row, expected_columns);
    line->judge = reading->metric_name;
    return call->fail.kind == FAIL_NONE && key_fill(call, reading, row, line) &&
           verdict_fill(call, reading, row, line) && attributes_fill(call, reading, row, line);
}

static bool row_push(struct call *call, struct reading *reading, const struct json *row,
                     int64_t number)
{
    struct eval_line line = reading->names;
    line.number = number;
    if (row_fill(call, reading, row, &line))
        return eval_push_line(call, &reading->push, &line);
    struct fail reason = call->fail;
    if (reason.kind != FAIL_INVALID)
        return false;
    fail_clear(call);
    text bytes = eval_any(call, row);
    if (call->fail.kind == FAIL_NONE)
        call->fail = reason;
    return eval_push_bad(call, &reading->push, &line, bytes);
}

/* ---- the file ---- */

static bool notes_tell(struct call *call, struct reading *reading)
{
    bool has_trace = false;
    for (uint32_t i = 0; i < reading->columns->count; i++)
        has_trace = has_trace || is_one_of(column_name(reading, i), not_kept);
    const struct {
        bool is_so;
        const char *code;
        text words;
    } notes[] = {
        { reading->has_several, "several_metrics",
          TEXT("rows have several metrics: choose one with --threshold METRIC=X") },
        { reading->has_category, "category",
          TEXT("a category is no verdict: its results have none") },
        { reading->has_positions, "position",
          TEXT("rows without inputs are known by their position: another one before them makes "
               "them others") },
        { has_trace, "not_kept", TEXT("the column 'trace' is not kept") },
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (notes[i].is_so && !eval_push_note(call, &reading->push, notes[i].code, notes[i].words))
            return false;
    return true;
}

static bool names_take(struct call *call, struct reading *reading)
{
    return eval_push_names(call, &reading->push, &reading->names, TEXT_NONE, TEXT_NONE,
                           TEXT_NONE) &&
           eval_push_started(call, &reading->push, &reading->names, TEXT_NONE);
}

static bool table_take(struct call *call, struct reading *reading, const struct json *tree)
{
    const char *file = source_facts(reading->push.source)->name;
    reading->columns = json_get(tree, "columns");
    reading->data = json_get(tree, "data");
    bool has_rows = reading->data && reading->data->kind == JSON_LIST && reading->data->count;
    if (!has_rows && eval_push_fail_early(call, &reading->push))
        return false;
    if (!reading->columns || reading->columns->kind != JSON_LIST || !reading->data ||
        reading->data->kind != JSON_LIST)
        return fail_at(call, "columns",
                       "'%s' has no lists 'columns' and 'data': give MLflow's "
                       "eval_results_table.json",
                       file);
    if (reading->data->count == 0)
        return fail_at(call, "data", "'%s' holds no row: export the table with its rows", file);
    metric_choose(reading);
    return true;
}

static bool file_read(struct call *call, struct reading *reading)
{
    struct json *tree = call_new(call, struct json);
    if (!tree || !eval_push_document(call, &reading->push, ROWS_DEPTH, tree, &reading->is_cut) ||
        !table_take(call, reading, tree) || !names_take(call, reading))
        return false;
    for (uint32_t i = 0; i < reading->data->count; i++)
        if (!row_push(call, reading, &reading->data->item[i], (int64_t)i + 1))
            return false;
    return notes_tell(call, reading) &&
           eval_push_end(call, &reading->push, &reading->names, reading->is_cut);
}

bool mlflow_read(struct call *call, struct source *source, const struct eval_read_options *options,
                 const struct eval_sink *sink)
{
    struct reading reading = { .names = eval_push_blank(), .metric = NONE };
    if (!eval_push_init(call, &reading.push, source, options, sink))
        return false;
    eval_seen_init(&reading.seen, call);
    bool is_done = file_read(call, &reading);
    eval_seen_release(&reading.seen);
    return is_done;
}
