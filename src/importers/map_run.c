/*
 * See map_run.h. Rows become values of the plain shape, and its rules make lines of them; names
 * that the person gave go before those of the mapping.
 */
#include "importers/map_run.h"

#include "importers/eval_push.h"
#include "importers/json_pointer.h"
#include "importers/mapping_rows.h"
#include "importers/mapping_value.h"
#include "importers/plain_line.h"

struct map_reading {
    struct eval_push push;
    struct eval_read_options options; /* the person's, with the mapping's threshold */
    struct mapping mapping;
    struct mapping_rows rows;
    const int64_t *number; /* of each row's line; NULL: rows are counted */
    enum eval_run_status status;
    struct eval_line names; /* of the row before, for one that tells none */
};

/* ---- one row ---- */

static bool is_given(const struct eval_read_options *options, int field)
{
    return (field == PLAIN_SUITE && options->suite.at) ||
           (field == PLAIN_SURFACE && options->surface.at) ||
           (field == PLAIN_RUN && options->run.at) ||
           (field == PLAIN_STARTED_AT && options->started_at.at);
}

static bool rule_apply(struct call *call, struct map_reading *reading, uint32_t row,
                       const struct mapping_rule *rule, struct plain_values *values,
                       struct json *value)
{
    struct json room;
    const struct json *whole = mapping_rows_value(&reading->rows, rule, row, &room);
    if (is_given(&reading->options, rule->field))
        return true;
    if (!mapping_value(call, rule, &reading->rows.row[row], whole, value))
        return false;
    if (rule->field < 0)
        return plain_line_other(call, &reading->push.rules, values, rule->name, *value);
    values->value[rule->field] = value;
    return true;
}

static bool others_keep(struct call *call, struct map_reading *reading, const struct json *row,
                        struct plain_values *values)
{
    for (uint32_t i = 0; i < row->count; i++)
        if (!mapping_uses(&reading->mapping, row->member[i].key) &&
            !plain_line_other(call, &reading->push.rules, values, row->member[i].key,
                              row->member[i].value))
            return false;
    return true;
}

/* Where the verdict comes from the score, no score is no verdict. */
static void verdict_leave_open(struct plain_values *values)
{
    static const struct json none = { .kind = JSON_NULL };
    const struct json *score = values->value[PLAIN_SCORE];
    bool has_no_score = score && (score->kind == JSON_NULL || score->kind == JSON_NO_NUMBER);
    if (!values->value[PLAIN_PASS] && has_no_score)
        values->value[PLAIN_PASS] = &none;
}

static bool row_values(struct call *call, struct map_reading *reading, uint32_t at,
                       struct plain_values *values)
{
    const struct json *row = &reading->rows.row[at];
    const struct mapping *mapping = &reading->mapping;
    if (row->kind != JSON_OBJECT)
        return fail(call, FAIL_INVALID, "the row must be a JSON object");
    struct json *value = call_array(call, mapping->count + 1, sizeof *value);
    values->other = call_array(call, row->count + mapping->count + 1, sizeof *values->other);
    if (!value || !values->other)
        return false;
    for (size_t i = 0; i < mapping->count; i++)
        if (!rule_apply(call, reading, at, &mapping->rule[i], values, &value[i]))
            return false;
    verdict_leave_open(values);
    return mapping->names_attributes || others_keep(call, reading, row, values);
}

static text name_said(const struct plain_values *values, enum plain_field field, text given,
                      text otherwise)
{
    const struct json *value = values->value[field];
    if (given.at)
        return given;
    return value && value->kind == JSON_TEXT && value->text.size ? value->text : otherwise;
}

/* A row that cannot be used still tells its run, or it is the run of the row before. */
static void names_guess(const struct map_reading *reading, const struct plain_values *values,
                        struct eval_line *line)
{
    const struct eval_read_options *options = &reading->options;
    const struct eval_line *before = &reading->names;
    line->suite = name_said(values, PLAIN_SUITE, options->suite, before->suite);
    line->surface = name_said(values, PLAIN_SURFACE, options->surface,
                              before->surface.at ? before->surface : line->suite);
    line->run = name_said(values, PLAIN_RUN, options->run,
                          before->run.at ? before->run : reading->push.rules.run);
}

static bool names_remember(struct call *call, struct map_reading *reading,
                           const struct eval_line *line)
{
    struct eval_line *names = &reading->names;
    if (text_equal(names->suite, line->suite) && text_equal(names->surface, line->surface) &&
        text_equal(names->run, line->run))
        return true;
    names->suite = call_text(call, line->suite);
    names->surface = call_text(call, line->surface);
    names->run = call_text(call, line->run);
    return names->run.at != NULL;
}

static bool row_push(struct call *call, struct map_reading *reading, uint32_t at)
{
    struct plain_values values = { .other = NULL };
    struct eval_line line = eval_push_blank();
    int64_t number = reading->number ? reading->number[at] : (int64_t)at + 1;
    const struct mapping_rule *key = mapping_rule_of(&reading->mapping, PLAIN_CASE);
    if (!row_values(call, reading, at, &values) ||
        !plain_line_fill(call, &reading->push.rules, &values, &line)) {
        names_guess(reading, &values, &line);
        line.number = number;
        struct fail reason = call->fail;
        fail_clear(call);
        text bytes = eval_any(call, &reading->rows.row[at]);
        if (call->fail.kind == FAIL_NONE)
            call->fail = reason;
        return eval_push_bad(call, &reading->push, &line, bytes);
    }
    line.number = number;
    line.status = reading->status;
    if (key->as == MAPPING_AS_CONTENT)
        line.key_kind = EVAL_KEY_CONTENT;
    reading->push.notes.no_number |= reading->push.rules.notes.no_number;
    return eval_push_line(call, &reading->push, &line) && names_remember(call, reading, &line);
}

static bool rows_push(struct call *call, struct map_reading *reading)
{
    for (uint32_t i = 0; i < reading->rows.count; i++) {
        text run = reading->names.run;
        struct arena_mark mark = arena_mark(&call->arena);
        if (!row_push(call, reading, i))
            return false;
        if (run.at == reading->names.run.at)
            arena_rewind(&call->arena, mark);
    }
    return true;
}

/* ---- rows of a document ---- */

/* The file's own count of passes is held against its rows, unless the end is missing. */
static bool passed_check(struct call *call, struct map_reading *reading, const struct json *tree,
                         bool is_cut)
{
    const struct json *passed =
        reading->mapping.passed.at ? json_pointer_follow(tree, reading->mapping.passed) : NULL;
    if (is_cut || !passed || passed->kind != JSON_INT || passed->integer == reading->rows.passed)
        return true;
    reading->status = EVAL_RUN_PARTIAL;
    return eval_push_note(call, &reading->push, "totals_differ",
                          call_format(call, "the file counts %lld passes and holds %lld",
                                      (long long)passed->integer, (long long)reading->rows.passed));
}

/* One row by itself, whose run the person names: how a bad line comes back. */
static const struct json *row_alone(struct call *call, const struct map_reading *reading,
                                    const struct json *tree)
{
    if (tree->kind != JSON_OBJECT || !reading->options.run.at)
        return NULL;
    struct json *list = call_new(call, struct json);
    if (list)
        *list = (struct json){ .kind = JSON_LIST, .count = 1, .item = tree };
    return list;
}

static const struct json *rows_find(struct call *call, const struct map_reading *reading,
                                    const struct json *tree)
{
    text pointer = reading->mapping.rows;
    const struct json *list = pointer.at ? json_pointer_follow(tree, pointer) : tree;
    const char *name = source_facts(reading->push.source)->name;
    if (!list || list == tree)
        list = list && list->kind == JSON_LIST ? list : row_alone(call, reading, tree);
    if (call->fail.kind != FAIL_NONE)
        return NULL;
    if (list && list->kind == JSON_LIST && list->count)
        return list;
    if (eval_push_fail_early(call, &reading->push))
        return NULL;
    if (list && list->kind == JSON_LIST)
        fail(call, FAIL_INVALID, "'%s' holds no rows: export it with its rows", name);
    else
        fail(call, FAIL_INVALID,
             "'%s' has no list of rows at '%.*s': name its place in the map's 'rows'", name,
             TEXT_FMT(pointer));
    return NULL;
}

static int rows_depth(text pointer)
{
    int depth = 1;
    for (size_t i = 0; i < pointer.size; i++)
        depth += pointer.at[i] == '/';
    return depth;
}

static bool rows_read(struct call *call, struct map_reading *reading, const struct json *tree,
                      const struct json *list, bool is_cut)
{
    return mapping_rows_init(call, &reading->mapping, list, &reading->rows) &&
           passed_check(call, reading, tree, is_cut) && rows_push(call, reading) &&
           eval_push_end(call, &reading->push, &reading->names, is_cut);
}

static bool document_read(struct call *call, struct map_reading *reading)
{
    struct json tree;
    bool is_cut;
    if (!eval_push_document(call, &reading->push, rows_depth(reading->mapping.rows), &tree,
                            &is_cut))
        return false;
    const struct json *list = rows_find(call, reading, &tree);
    return list && rows_read(call, reading, &tree, list, is_cut);
}

/* ---- JSON lines ---- */

static bool line_bad(struct call *call, struct map_reading *reading, text bytes)
{
    const struct plain_values values = { .other = NULL };
    struct eval_line line = { .number = source_facts(reading->push.source)->line };
    names_guess(reading, &values, &line);
    return eval_push_bad(call, &reading->push, &line, bytes);
}

static bool lines_take(struct call *call, struct map_reading *reading, struct json *list,
                       bool *is_cut)
{
    text bytes;
    bool is_ended;
    enum source_step step;
    struct json *row = NULL;
    int64_t *number = NULL;
    size_t count = 0, room = 0, number_room = 0;
    while ((step = source_line(call, reading->push.source, &bytes, &is_ended)) == SOURCE_LINE) {
        if (text_trim(bytes).size == 0)
            continue;
        row = call_more(call, row, count, &room, sizeof *row);
        number = call_more(call, number, count, &number_room, sizeof *number);
        if (!row || !number)
            return false;
        number[count] = source_facts(reading->push.source)->line;
        if (json_read(call, bytes, &row[count], &reading->push.notes))
            count++;
        else if (line_bad(call, reading, bytes))
            *is_cut = *is_cut || !is_ended;
        else
            return false;
    }
    *list = (struct json){ .kind = JSON_LIST, .count = (uint32_t)count, .item = row };
    reading->number = number;
    return step == SOURCE_END;
}

static bool lines_read(struct call *call, struct map_reading *reading)
{
    struct json list;
    bool is_cut = false;
    if (!lines_take(call, reading, &list, &is_cut))
        return false;
    if (list.count == 0)
        return fail(call, FAIL_INVALID,
                    "'%s' holds no line that can be read: export it again, or give --format if it "
                    "is of another format",
                    source_facts(reading->push.source)->name);
    return rows_read(call, reading, &list, &list, is_cut);
}

/* A first line that is an object by itself begins JSON lines, unless rows stand inside it. */
static bool is_lines(struct call *call, struct map_reading *reading, bool *lines)
{
    text head, rest;
    struct json tree;
    if (!source_peek(call, reading->push.source, SOURCE_LINE_MAX, &head))
        return false;
    text line = text_cut(text_trim(head), '\n', &rest);
    struct arena_mark mark = arena_mark(&call->arena);
    *lines = !reading->mapping.rows.at && text_starts(line, TEXT("{")) &&
             json_read(call, text_trim(line), &tree, NULL);
    arena_rewind(&call->arena, mark);
    if (call->fail.kind == FAIL_INVALID)
        fail_clear(call);
    return call->fail.kind == FAIL_NONE;
}

/* ---- from outside ---- */

/* Mapped values may be words and digits where JSON has verdicts and numbers. */
static void rules_prepare(struct map_reading *reading)
{
    struct plain_keys *keys = &reading->push.rules.keys;
    keys->has_map = true;
    for (size_t i = 0; i < reading->mapping.count; i++)
        if (reading->mapping.rule[i].field >= 0)
            keys->is_mapped[reading->mapping.rule[i].field] = true;
}

static bool suite_check(struct call *call, const struct map_reading *reading)
{
    return reading->options.suite.at || mapping_rule_of(&reading->mapping, PLAIN_SUITE) ||
           fail_at(call, "suite",
                   "neither the map nor the file says the suite of '%s': give one "
                   "with --suite",
                   source_facts(reading->push.source)->name);
}

bool map_run(struct call *call, struct source *source, const struct eval_read_options *options,
             const struct eval_sink *sink, const struct json *map)
{
    struct map_reading reading = { .options = *options };
    bool lines;
    if (!mapping_read(call, map, &reading.mapping))
        return false;
    if (!options->has_threshold) {
        reading.options.has_threshold = reading.mapping.has_threshold;
        reading.options.threshold = reading.mapping.threshold;
    }
    if (!eval_push_init(call, &reading.push, source, &reading.options, sink))
        return false;
    rules_prepare(&reading);
    return suite_check(call, &reading) && is_lines(call, &reading, &lines) &&
           (lines ? lines_read(call, &reading) : document_read(call, &reading));
}
