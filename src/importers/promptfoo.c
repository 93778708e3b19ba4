/*
 * See promptfoo.h. The file as a whole: its names, its columns, its totals, and repeats of a test,
 * which carry no number of their own. A column of the table (a model, a prompt) is a surface.
 */
#include "importers/promptfoo.h"

#include "importers/eval_head.h"
#include "importers/eval_lines.h"
#include "importers/eval_seen.h"
#include "importers/promptfoo_rows.h"

#include <math.h>

enum { ROWS_DEPTH = 3 };

struct reading {
    struct eval_push push;
    struct promptfoo_rows rows;
    struct eval_line names; /* suite, run, start, status: what all lines share */
    struct eval_seen seen;
    bool is_cut;
};

bool promptfoo_recognise(text head, const char *file_name)
{
    static const char *const with_id[] = { "\"evalId\"", "\"results\"", NULL };
    static const char *const with_prompts[] = { "\"results\"", "\"version\"", "\"prompts\"", NULL };
    static const char *const with_table[] = { "\"results\"", "\"version\"", "\"table\"", NULL };
    (void)file_name;
    return head_is_object_with(head, with_id) || head_is_object_with(head, with_prompts) ||
           head_is_object_with(head, with_table);
}

bool promptfoo_lines_recognise(text head, const char *file_name)
{
    static const char *const keys[] = { "\"promptIdx\"", "\"testIdx\"", "\"success\"", NULL };
    static const char *const early[] = { "\"promptIdx\"", "\"testIdx\"", NULL };
    bool is_named = head_name_ends(file_name, TEXT(".jsonl"));
    return !promptfoo_recognise(head, file_name) &&
           head_is_object_with(head, is_named ? early : keys);
}

/* ---- lines ---- */

static bool row_bad(struct call *call, struct reading *reading, const struct json *json,
                    struct eval_line *line)
{
    struct fail reason = call->fail;
    if (reason.kind != FAIL_INVALID)
        return false;
    fail_clear(call);
    text bytes = eval_any(call, json);
    if (call->fail.kind == FAIL_NONE)
        call->fail = reason;
    return eval_push_bad(call, &reading->push, line, bytes);
}

static bool trial_count(struct call *call, struct reading *reading, struct eval_line *line)
{
    text key = call_format(call, "%.*s\x1f%.*s", TEXT_FMT(line->surface), TEXT_FMT(line->case_key));
    if (!key.at)
        return false;
    line->trial = eval_seen_add(call, &reading->seen, key);
    return line->trial > 0;
}

static bool row_push(struct call *call, struct reading *reading, const struct promptfoo_row *row)
{
    struct eval_line line = reading->names;
    text surface;
    line.number = row->number;
    if (!promptfoo_row_surface(call, &reading->rows, row, &surface))
        return false;
    if (surface.size && !reading->push.options->surface.size)
        line.surface = surface;
    if (!promptfoo_row_fill(call, &reading->rows, row, &line))
        return row_bad(call, reading, row->json, &line);
    return trial_count(call, reading, &line) && eval_push_line(call, &reading->push, &line);
}

static bool rows_push(struct call *call, struct reading *reading)
{
    struct eval_push *push = &reading->push;
    if (!promptfoo_rows_settle(call, &reading->rows))
        return false;
    if (reading->is_cut || push->bads) /* of which column the missing rows are is not known */
        reading->names.status = EVAL_RUN_PARTIAL;
    for (size_t i = 0; i < reading->rows.count; i++) {
        struct arena_mark mark = arena_mark(&call->arena);
        if (!row_push(call, reading, &reading->rows.row[i]))
            return false;
        arena_rewind(&call->arena, mark);
    }
    if (reading->rows.has_stripped &&
        !eval_push_note(call, push, "position",
                        TEXT("tests without variables (stripped?) are known by their position: "
                             "another test before them makes them others")))
        return false;
    return eval_push_end(call, push, &reading->names, reading->is_cut);
}

/* ---- the document ---- */

/* What the file says that it holds; NAN where it does not say. */
static double total_of(const struct json *results)
{
    double total = NAN;
    static const char *const keys[] = { "successes", "failures", "errors" };
    const struct json *stats = json_get(results, "stats");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        double count = eval_number(stats, keys[i]);
        if (!isnan(count))
            total = isnan(total) ? count : total + count;
    }
    return total;
}

/* Totals without rows are no results; totals that differ keep the run out of trends. */
static bool totals_check(struct call *call, struct reading *reading, const struct json *results)
{
    double total = total_of(results);
    size_t count = reading->rows.count + (size_t)reading->push.bads;
    const char *file = source_facts(reading->push.source)->name;
    if (count == 0 && eval_push_fail_early(call, &reading->push))
        return false;
    if (count == 0)
        return fail_at(call, "results",
                       "'%s' tells %.0f results and holds none: export it with "
                       "its rows, as JSON or JSON lines",
                       file, isnan(total) ? 0 : total);
    double told = eval_number(json_get(results, "stats"), "successes");
    size_t passed = promptfoo_rows_passed(&reading->rows);
    bool is_other = !isnan(told) && told != (double)passed;
    if (reading->is_cut || ((isnan(total) || total == (double)count) && !is_other))
        return true;
    reading->names.status = EVAL_RUN_PARTIAL;
    return eval_push_note(call, &reading->push, "totals",
                          is_other ? call_format(call,
                                                 "the file tells %.0f passes and holds %zu: its "
                                                 "runs are partial and stay out of trends",
                                                 told, passed)
                                   : call_format(call,
                                                 "the file tells %.0f results and holds %zu: its "
                                                 "runs are partial and stay out of trends",
                                                 total, count));
}

static bool rows_take(struct call *call, struct reading *reading, const struct json *results)
{
    const struct json *list = json_get(results, "results");
    for (uint32_t i = 0; list && list->kind == JSON_LIST && i < list->count; i++) {
        struct eval_line line = reading->names;
        line.number = (int64_t)i + 1;
        if (!promptfoo_rows_add(call, &reading->rows, &list->item[i], line.number) &&
            !row_bad(call, reading, &list->item[i], &line))
            return false;
    }
    const struct json *table = json_get(results, "table");
    bool has_rows = list && list->kind == JSON_LIST && list->count;
    return has_rows ? promptfoo_rows_lend_tests(call, &reading->rows, table)
                    : promptfoo_rows_add_table(call, &reading->rows, table);
}

static bool names_take(struct call *call, struct reading *reading, const struct json *tree)
{
    const struct json *results = json_get(tree, "results");
    text suite = eval_text(json_get(tree, "config"), "description");
    reading->names.harness_version = eval_text(json_get(tree, "metadata"), "promptfooVersion");
    return eval_push_names(call, &reading->push, &reading->names, suite, TEXT_NONE,
                           eval_text(tree, "evalId")) &&
           eval_push_started(call, &reading->push, &reading->names,
                             eval_text(results, "timestamp"));
}

static bool document_read(struct call *call, struct reading *reading)
{
    struct json *tree = call_new(call, struct json);
    if (!tree || !eval_push_document(call, &reading->push, ROWS_DEPTH, tree, &reading->is_cut))
        return false;
    const struct json *results = json_get(tree, "results");
    if (!results || results->kind != JSON_OBJECT)
        return fail_at(call, "results",
                       "'%s' has no object 'results': it is no output of promptfoo; "
                       "write one with --output results.json",
                       source_facts(reading->push.source)->name);
    return names_take(call, reading, tree) && rows_take(call, reading, results) &&
           totals_check(call, reading, results) && rows_push(call, reading);
}

/* ---- JSON lines ---- */

static bool line_take(struct call *call, struct reading *reading, text bytes, bool is_ended)
{
    struct json *json = call_new(call, struct json);
    struct eval_line line = reading->names;
    line.number = source_facts(reading->push.source)->line;
    if (!json)
        return false;
    if (json_read(call, bytes, json, &reading->push.notes))
        return promptfoo_rows_add(call, &reading->rows, json, line.number) ||
               eval_push_bad(call, &reading->push, &line, bytes);
    reading->is_cut = reading->is_cut || !is_ended;
    return eval_push_bad(call, &reading->push, &line, bytes);
}

/* Which columns there are is known at the end: rows are kept until then. */
static bool lines_read(struct call *call, struct reading *reading)
{
    text bytes;
    bool is_ended;
    enum source_step step;
    if (!eval_push_names(call, &reading->push, &reading->names, TEXT_NONE, TEXT_NONE, TEXT_NONE) ||
        !eval_push_started(call, &reading->push, &reading->names, TEXT_NONE))
        return false;
    while ((step = source_line(call, reading->push.source, &bytes, &is_ended)) == SOURCE_LINE)
        if (text_trim(bytes).size && !line_take(call, reading, bytes, is_ended))
            return false;
    if (step != SOURCE_END)
        return false;
    if (reading->rows.count == 0)
        return eval_lines_fail(call, &reading->push);
    return rows_push(call, reading);
}

static bool read_with(struct call *call, struct source *source,
                      const struct eval_read_options *options, const struct eval_sink *sink,
                      bool (*read)(struct call *, struct reading *))
{
    struct reading reading = { .names = eval_push_blank() };
    if (!eval_push_init(call, &reading.push, source, options, sink))
        return false;
    eval_seen_init(&reading.seen, call);
    bool is_done = read(call, &reading);
    eval_seen_release(&reading.seen);
    return is_done;
}

bool promptfoo_read(struct call *call, struct source *source,
                    const struct eval_read_options *options, const struct eval_sink *sink)
{
    return read_with(call, source, options, sink, document_read);
}

bool promptfoo_lines_read(struct call *call, struct source *source,
                          const struct eval_read_options *options, const struct eval_sink *sink)
{
    return read_with(call, source, options, sink, lines_read);
}
