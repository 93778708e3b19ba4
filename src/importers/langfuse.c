/*
 * See langfuse.h. A case is the experiment's item, a run its experiment. A pass needs a score that
 * was chosen: booleans are verdicts, numbers need a threshold, and a category is no number, even
 * where Langfuse writes 0 beside it.
 */
#include "importers/langfuse.h"

#include "importers/eval_head.h"
#include "importers/eval_lines.h"
#include "importers/langfuse_trace.h"

#include <math.h>

enum { ROWS_DEPTH_LIST = 1, ROWS_DEPTH_ANSWER = 2 };

struct reading {
    struct eval_push push;
    struct langfuse_rows rows;
    struct eval_line names; /* of the last line */
    text score;             /* the name of the one that decides; TEXT_NONE: none was chosen */
    bool has_several, has_category;
};

bool langfuse_recognise(text head, const char *file_name)
{
    (void)file_name;
    head = head_trim(head);
    bool is_json = text_starts(head, TEXT("{")) || text_starts(head, TEXT("["));
    return is_json && (head_has_key(head, TEXT("\"experimentItemId\"")) ||
                       (head_has_key(head, TEXT("\"datasetItemId\"")) &&
                        head_has_key(head, TEXT("\"traceId\""))));
}

/* ---- scores ---- */

static double boolean_of(const struct json *score)
{
    const struct json *value = json_get(score, "value");
    text word = eval_text(score, "stringValue");
    if (value && value->kind == JSON_BOOL)
        return value->boolean;
    if (value && json_is_number(value))
        return json_number(value) != 0;
    if (value && value->kind == JSON_TEXT)
        word = value->text;
    return text_same_word(word, TEXT("true")) ? 1 : text_same_word(word, TEXT("false")) ? 0 : NAN;
}

/* Corrections and texts are no measurements. */
static bool is_measure(const struct json *score)
{
    text type = eval_text(score, "dataType");
    return !text_is(type, "CORRECTION") && !text_is(type, "TEXT");
}

static bool score_read(struct call *call, struct reading *reading, const struct json *score,
                       struct eval_line *line)
{
    text type = eval_text(score, "dataType"), name = eval_text(score, "name");
    const struct json *value = json_get(score, "value");
    if (text_is(type, "BOOLEAN") || (value && value->kind == JSON_BOOL)) {
        line->score = boolean_of(score);
        line->verdict = isnan(line->score) ? EVAL_UNSCORED
                        : line->score > 0  ? EVAL_PASS
                                           : EVAL_FAIL;
        return true;
    }
    if (text_is(type, "CATEGORICAL") || (value && value->kind == JSON_TEXT)) {
        reading->has_category = true;
        line->failure = eval_text(score, "stringValue");
        if (!line->failure.at)
            line->failure = eval_text(score, "value");
        return true;
    }
    line->score = eval_number(score, "value");
    return eval_push_judge(call, &reading->push, line, name);
}

/* The score asked for, else the only name there is; of several none is taken by chance. */
static void name_see(struct reading *reading, const struct json *score)
{
    text name = eval_text(score, "name");
    if (!is_measure(score) || !name.at || text_equal(reading->score, name))
        return;
    reading->has_several = reading->has_several || reading->score.at;
    reading->score = name;
}

static void score_choose(struct reading *reading)
{
    const struct langfuse_rows *rows = &reading->rows;
    text wanted = reading->push.options->threshold_metric;
    for (size_t i = 0; i < rows->scores.count; i++)
        name_see(reading, rows->scores.row[i].json);
    for (size_t i = 0; i < rows->items.count; i++) {
        const struct json *scores = json_get(rows->items.row[i].json, "scores");
        for (uint32_t at = 0; scores && scores->kind == JSON_LIST && at < scores->count; at++)
            name_see(reading, &scores->item[at]);
    }
    if (reading->has_several && wanted.size) {
        reading->score = wanted;
        reading->has_several = false;
    } else if (reading->has_several) {
        reading->score = TEXT_NONE;
    }
}

/* The newer of two; the later in the file where they do not say. */
static const struct json *newer_of(const struct json *one, const struct json *other)
{
    if (!one)
        return other;
    return text_compare(eval_text(other, "updatedAt"), eval_text(one, "updatedAt")) < 0 ? one
                                                                                        : other;
}

/* Of several of that name the newest one. */
static const struct json *score_of(const struct reading *reading, const struct json *item,
                                   text owner)
{
    size_t count;
    const struct json *found = NULL;
    const struct json *scores = json_get(item, "scores");
    const struct langfuse_row *rows = langfuse_rows_of(&reading->rows.scores, owner, &count);
    for (uint32_t i = 0; scores && scores->kind == JSON_LIST && i < scores->count; i++)
        if (is_measure(&scores->item[i]) &&
            text_equal(eval_text(&scores->item[i], "name"), reading->score))
            found = newer_of(found, &scores->item[i]);
    for (size_t i = 0; i < count; i++)
        if (is_measure(rows[i].json) && text_equal(eval_text(rows[i].json, "name"), reading->score))
            found = newer_of(found, rows[i].json);
    return found;
}

static bool scores_read(struct call *call, struct reading *reading, const struct json *item,
                        struct eval_line *line)
{
    const struct json *score = NULL;
    line->judge = reading->score;
    if (reading->score.at)
        score = score_of(reading, item, eval_text(item, "observationId"));
    if (reading->score.at && !score)
        score = score_of(reading, item, eval_text(item, "traceId"));
    return !score || score_read(call, reading, score, line);
}

/* ---- items ---- */

static bool case_read(struct call *call, const struct json *item, struct eval_line *line)
{
    text id = eval_label(call, json_get(item, "experimentItemId"));
    text version = eval_label(call, json_get(item, "experimentItemVersion"));
    if (!id.at)
        id = eval_label(call, json_get(item, "datasetItemId"));
    if (!id.at)
        return call->fail.kind == FAIL_NONE &&
               fail_at(call, "experimentItemId",
                       "the item must have the id of its case as text, in 'experimentItemId' or "
                       "'datasetItemId'");
    line->case_key =
        version.at ? call_format(call, "%.*s@%.*s", TEXT_FMT(id), TEXT_FMT(version)) : id;
    return line->case_key.at != NULL;
}

static text suite_of(const struct json *item)
{
    text suite = eval_text(item, "datasetName");
    return suite.at ? suite : eval_text(item, "datasetId");
}

static bool names_read(struct call *call, struct reading *reading, const struct json *item,
                       struct eval_line *line)
{
    text run = eval_text(item, "experimentId");
    text name = eval_text(item, "experimentName");
    if (!run.at)
        run = eval_text(item, "datasetRunId");
    if (!run.at)
        run = name.at ? name : eval_text(item, "datasetRunName");
    return eval_push_names(call, &reading->push, line, suite_of(item), TEXT_NONE, run) &&
           eval_push_started(call, &reading->push, line, eval_text(item, "experimentStartTime"));
}

static bool rest_read(struct call *call, const struct reading *reading, const struct json *item,
                      struct eval_line *line)
{
    line->input = eval_any(call, json_get(item, "input"));
    line->output = eval_any(call, json_get(item, "output"));
    line->expected = eval_any(call, json_get(item, "expectedOutput"));
    return call->fail.kind == FAIL_NONE && langfuse_trace_fill(call, &reading->rows, item, line);
}

static bool item_push(struct call *call, struct reading *reading, const struct langfuse_row *row)
{
    struct eval_line line = eval_push_blank();
    line.number = row->number;
    if (!names_read(call, reading, row->json, &line) || !case_read(call, row->json, &line) ||
        !scores_read(call, reading, row->json, &line) ||
        !rest_read(call, reading, row->json, &line)) {
        struct fail reason = call->fail;
        fail_clear(call);
        text bytes = eval_any(call, row->json);
        if (call->fail.kind == FAIL_NONE)
            call->fail = reason;
        return eval_push_bad(call, &reading->push, &line, bytes);
    }
    reading->names.suite = line.suite;
    reading->names.surface = line.surface;
    reading->names.run = line.run;
    return eval_push_line(call, &reading->push, &line);
}

/* ---- the file ---- */

static bool notes_tell(struct call *call, struct reading *reading)
{
    const struct {
        bool is_so;
        const char *code;
        text words;
    } notes[] = {
        { reading->rows.repeated > 0, "repeated_line",
          TEXT("rows with the same id: the newest counts") },
        { reading->has_several, "several_metrics",
          TEXT("items have several scores: choose one with --threshold SCORE=X") },
        { reading->has_category, "category",
          TEXT("a category is no number: its results have no verdict") },
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (notes[i].is_so && !eval_push_note(call, &reading->push, notes[i].code, notes[i].words))
            return false;
    return true;
}

static bool suite_check(struct call *call, const struct reading *reading)
{
    for (size_t i = 0; i < reading->rows.items.count; i++)
        if (!reading->push.options->suite.at && !suite_of(reading->rows.items.row[i].json).at)
            return fail_at(call, "suite",
                           "the item in row %lld of '%s' names no dataset: give one with --suite",
                           (long long)reading->rows.items.row[i].number,
                           source_facts(reading->push.source)->name);
    return true;
}

static bool items_push(struct call *call, struct reading *reading, bool is_cut)
{
    langfuse_rows_settle(&reading->rows);
    score_choose(reading);
    if (!suite_check(call, reading))
        return false;
    if (reading->rows.items.count == 0 && eval_push_fail_early(call, &reading->push))
        return false;
    if (reading->rows.items.count == 0)
        return fail(call, FAIL_INVALID,
                    "'%s' holds no items of experiments: export them with their scores",
                    source_facts(reading->push.source)->name);
    for (size_t i = 0; i < reading->rows.items.count; i++)
        if (!item_push(call, reading, &reading->rows.items.row[i]))
            return false;
    return notes_tell(call, reading) &&
           eval_push_end(call, &reading->push, &reading->names, is_cut);
}

/* A row that is neither is a bad line, and the others count. */
static bool row_take(struct call *call, struct reading *reading, const struct json *row,
                     int64_t number)
{
    struct eval_line line = { .number = number };
    if (langfuse_rows_add(call, &reading->rows, row, number))
        return true;
    struct fail reason = call->fail;
    fail_clear(call);
    text bytes = eval_any(call, row);
    if (call->fail.kind == FAIL_NONE)
        call->fail = reason;
    return eval_push_bad(call, &reading->push, &line, bytes);
}

/* A row, or an answer with lists of them, which count from 1 where the answer is the whole file. */
static bool answer_take(struct call *call, struct reading *reading, const struct json *answer,
                        int64_t number, bool is_file)
{
    bool has_list = false;
    int64_t row = 0;
    for (size_t which = 0; which < LANGFUSE_LISTS; which++) {
        const struct json *list = langfuse_rows_inside(answer, which);
        has_list = has_list || list;
        for (uint32_t i = 0; list && i < list->count; i++)
            if (!row_take(call, reading, &list->item[i], is_file ? ++row : number))
                return false;
    }
    bool is_row = !has_list || langfuse_rows_is_trace(answer);
    return !is_row || row_take(call, reading, answer, number);
}

static bool line_keep(struct call *call, struct reading *reading, text bytes, bool is_ended,
                      bool *is_cut)
{
    int64_t number = source_facts(reading->push.source)->line;
    struct json *row = call_new(call, struct json);
    const struct eval_line line = { .number = number };
    if (!row)
        return false;
    if (json_read(call, bytes, row, &reading->push.notes))
        return answer_take(call, reading, row, number, false);
    *is_cut = *is_cut || !is_ended;
    return eval_push_bad(call, &reading->push, &line, bytes);
}

/* Scores may stand behind the items that they belong to: lines are kept until all are read. */
static bool lines_read(struct call *call, struct reading *reading)
{
    text bytes;
    bool is_ended, is_cut = false;
    enum source_step step;
    while ((step = source_line(call, reading->push.source, &bytes, &is_ended)) == SOURCE_LINE)
        if (text_trim(bytes).size && !line_keep(call, reading, bytes, is_ended, &is_cut))
            return false;
    return step == SOURCE_END && items_push(call, reading, is_cut);
}

static bool document_read(struct call *call, struct reading *reading, int depth)
{
    struct json *tree = call_new(call, struct json);
    bool is_cut;
    if (!tree || !eval_push_document(call, &reading->push, depth, tree, &is_cut))
        return false;
    if (tree->kind == JSON_OBJECT && !answer_take(call, reading, tree, 1, true))
        return false;
    for (uint32_t i = 0; tree->kind == JSON_LIST && i < tree->count; i++)
        if (!row_take(call, reading, &tree->item[i], (int64_t)i + 1))
            return false;
    return items_push(call, reading, is_cut);
}

/* A first line that is an object by itself, with another line behind it, begins JSON lines. */
static bool is_lines(struct call *call, text head)
{
    text rest;
    struct json tree;
    text line = text_cut(text_trim(head), '\n', &rest);
    struct arena_mark mark = arena_mark(&call->arena);
    bool lines = text_trim(rest).size && json_read(call, text_trim(line), &tree, NULL) &&
                 tree.kind == JSON_OBJECT;
    arena_rewind(&call->arena, mark);
    if (call->fail.kind == FAIL_INVALID)
        fail_clear(call);
    return lines;
}

bool langfuse_read(struct call *call, struct source *source,
                   const struct eval_read_options *options, const struct eval_sink *sink)
{
    struct reading reading = { .names = eval_push_blank() };
    text head;
    if (!eval_push_init(call, &reading.push, source, options, sink) ||
        !source_peek(call, source, SOURCE_LINE_MAX, &head))
        return false;
    if (is_lines(call, head))
        return lines_read(call, &reading);
    bool is_list = text_starts(text_trim(head), TEXT("["));
    return call->fail.kind == FAIL_NONE &&
           document_read(call, &reading, is_list ? ROWS_DEPTH_LIST : ROWS_DEPTH_ANSWER);
}
