/* See evals_archive.h. */
#include "rooms/evals/evals_archive.h"

#include "base/base64.h"
#include "importers/plain_fields.h"
#include "ledger/history.h"
#include "ledger/ledger.h"
#include "ledger/whole.h"
#include "offers/archive.h"
#include "rooms/evals/evals_cases.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_draft.h"
#include "store/find.h"

#include <math.h>

#define COLUMNS_PATH "facts/eval_columns.jsonl"

/* --- columns --- */

struct column_export {
    struct archive_writer *writer;
    const struct row *run;
    int64_t content;
};

static bool export_column(struct call *call, const char *name, text body, void *to)
{
    const struct column_export *from = to;
    struct json_writer *json = &from->writer->json;
    text base64 = base64_write(call, body);
    json_object(json);
    json_put_text(json, "run", row_public_id(call, &eval_run_record, from->run->id));
    json_put_int(json, "content", from->content);
    json_put_string(json, "column", name);
    json_put_text(json, "body", base64);
    json_object_end(json);
    return base64.at && archive_line(from->writer);
}

/* The largest content that the run had until then: one that was undone is stored still. */
static bool last_content(struct call *call, const struct row *run, int64_t *last)
{
    struct versions versions;
    *last = 0;
    if (!history_read(call, &eval_run_record, run->id, run->version + 1, (int)run->version,
                      &versions))
        return false;
    for (size_t i = 0; i < versions.count; i++) {
        int64_t content = value_as_int(versions.version[i].after.value[EVAL_RUN_CONTENT]);
        *last = content > *last ? content : *last;
    }
    return true;
}

/* As of an instant, contents that came later have no place; else all that is stored has. */
static bool export_columns(struct call *call, const struct row *run, void *to)
{
    struct archive_writer *writer = to;
    struct run_place place = run_place(run);
    int64_t *content, last = INT64_MAX;
    size_t count;
    if (!stored_verdicts_contents(call, place, &content, &count) ||
        (writer->at && !last_content(call, run, &last)))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct column_export from = { writer, run, content[i] };
        if (content[i] > last)
            break;
        place.content = content[i];
        if (!columns_each(call, place, export_column, &from))
            return false;
    }
    return true;
}

/* --- the plain shape --- */

struct plain_export {
    struct archive_writer *writer;
    struct suites_cases cases;
};

static text text_or_none(struct value value)
{
    return value_is_null(value) ? TEXT_NONE : value_as_text(value);
}

/* The name that the row had, or has. */
static bool name_of(struct call *call, const struct record *record, rid id, stamp at, text *name)
{
    struct row row;
    if (!(at ? ledger_row_at(call, record, id, at, &row) : find_row(call, record, id, &row)))
        return false;
    *name = value_as_text(row.value[record->title]);
    return true;
}

/* What all lines of the run say alike. */
static bool line_of_run(struct call *call, const struct row *run, stamp at, struct eval_line *line)
{
    text word[RUN_WORDS];
    for (int i = 0; i < RUN_WORDS; i++)
        word[i] = text_or_none(run->value[run_word_fields[i]]);
    *line = (struct eval_line){
        .run = value_as_text(run->value[EVAL_RUN_RUN]),
        .is_dated = !value_is_null(run->value[EVAL_RUN_STARTED_AT]),
        .started_at = value_as_int(run->value[EVAL_RUN_STARTED_AT]),
        .started_zone = text_or_none(run->value[EVAL_RUN_STARTED_ZONE]),
        .model = word[RUN_MODEL],
        .model_served = word[RUN_MODEL_SERVED],
        .agent = word[RUN_AGENT],
        .prompt = word[RUN_PROMPT],
        .prompt_version = word[RUN_PROMPT_VERSION],
        .dataset_version = word[RUN_DATASET_VERSION],
        .judge = word[RUN_JUDGE],
        .harness_version = word[RUN_HARNESS_VERSION],
    };
    return name_of(call, &suite_record, value_as_int(run->value[EVAL_RUN_SUITE]), at,
                   &line->suite) &&
           name_of(call, &surface_record, value_as_int(run->value[EVAL_RUN_SURFACE]), at,
                   &line->surface);
}

static double real_at(const struct stored_results *stored, enum results_real which, uint32_t at)
{
    return stored->real[which] ? stored->real[which][at] : NAN;
}

static text word_at(const struct stored_results *stored, enum results_word which, uint32_t at)
{
    return stored->word[which] ? stored->word[which][at] : TEXT_NONE;
}

/* Tags stand a line each in one text. */
static bool read_tags(struct call *call, text words, struct eval_line *line)
{
    text *tag = NULL;
    size_t room = 0;
    line->tag_count = 0;
    while (words.at) {
        tag = call_more(call, tag, line->tag_count, &room, sizeof *tag);
        if (!tag)
            return false;
        tag[line->tag_count++] = text_cut(words, '\n', &words);
    }
    line->tag = tag;
    return true;
}

static bool plain_result(struct call *call, const struct stored_results *stored, uint32_t at,
                         text key, struct eval_line *line)
{
    line->case_key = key.at ? key : TEXT("");
    line->verdict = (enum eval_verdict)stored->verdict[at];
    line->trial = (int)stored->trial[at];
    line->score = real_at(stored, RESULTS_SCORE, at);
    line->latency_ms = real_at(stored, RESULTS_LATENCY_MS, at);
    line->cost_usd = real_at(stored, RESULTS_COST_USD, at);
    line->tokens_in = real_at(stored, RESULTS_TOKENS_IN, at);
    line->tokens_out = real_at(stored, RESULTS_TOKENS_OUT, at);
    line->slice = word_at(stored, RESULTS_SLICE, at);
    line->cluster = word_at(stored, RESULTS_CLUSTER, at);
    line->error = word_at(stored, RESULTS_ERROR, at);
    line->failure = word_at(stored, RESULTS_FAILURE, at);
    line->attributes = word_at(stored, RESULTS_ATTRIBUTES, at);
    line->input = word_at(stored, RESULTS_INPUT, at);
    line->output = word_at(stored, RESULTS_OUTPUT, at);
    line->expected = word_at(stored, RESULTS_EXPECTED, at);
    return read_tags(call, word_at(stored, RESULTS_TAGS, at), line);
}

static bool plain_results(struct call *call, const struct row *run, const struct suite_cases *cases,
                          struct archive_writer *writer)
{
    struct verdicts verdicts;
    struct stored_results stored;
    struct eval_line line;
    if (!stored_verdicts_read(call, run_place(run), &verdicts) ||
        !columns_read_results(call, run_place(run), &verdicts,
                              value_as_int(run->value[EVAL_RUN_RESULTS]), &stored) ||
        !line_of_run(call, run, writer->at, &line))
        return false;
    for (uint32_t i = 0; i < stored.count; i++) {
        struct arena_mark mark = arena_mark(&call->arena);
        uint32_t number = stored.case_number[i];
        text key = number < cases->count ? cases->key[number] : TEXT_NONE;
        if (!plain_result(call, &stored, i, key, &line))
            return false;
        plain_write_line(&writer->json, &line);
        arena_rewind(&call->arena, mark);
        if (!archive_line(writer))
            return false;
    }
    return true;
}

static bool export_plain(struct call *call, const struct row *run, void *to)
{
    struct plain_export *plain = to;
    text id = row_public_id(call, &eval_run_record, run->id);
    text path = call_format(call, "facts/results/%.*s.jsonl", TEXT_FMT(id));
    const struct suite_cases *cases =
        cases_of(call, &plain->cases, value_as_int(run->value[EVAL_RUN_SUITE]));
    return path.at && cases && archive_begin(plain->writer, path, true) &&
           plain_results(call, run, cases, plain->writer) && archive_end(plain->writer);
}

/* Loaded before the walk over runs, which gives back what is taken on the way. */
static bool load_cases(struct call *call, struct suites_cases *cases)
{
    struct query query;
    struct rows suites;
    query_init(&query, &suite_record);
    query.with_archived = true;
    if (!find_rows(call, &query, &suites))
        return false;
    for (size_t i = 0; i < suites.count; i++)
        if (!cases_of(call, cases, suites.row[i].id))
            return false;
    return true;
}

bool evals_facts_export(struct call *call, struct archive_writer *writer)
{
    struct plain_export plain = { .writer = writer };
    return archive_begin(writer, TEXT(COLUMNS_PATH), true) &&
           whole_rows(call, &eval_run_record, writer->at, export_columns, writer) &&
           archive_end(writer) && load_cases(call, &plain.cases) &&
           whole_rows(call, &eval_run_record, writer->at, export_plain, &plain);
}

/* --- back --- */

static bool import_column(struct call *call, const struct json *line, void *to)
{
    const struct json *id = json_get(line, "run"), *content = json_get(line, "content");
    const struct json *name = json_get(line, "column"), *body = json_get(line, "body");
    struct row run;
    rid run_id;
    text bytes;
    (void)to;
    if (!id || id->kind != JSON_TEXT || !row_id_read(&eval_run_record, id->text, &run_id) ||
        !content || content->kind != JSON_INT || !name || name->kind != JSON_TEXT || !body ||
        body->kind != JSON_TEXT || !base64_read(call, body->text, &bytes))
        return call->fail.kind == FAIL_NONE &&
               fail(call, FAIL_INVALID, "a column needs 'run', 'content', 'column' and 'body'");
    if (!find_row(call, &eval_run_record, run_id, &run)) {
        if (call->fail.kind != FAIL_NOT_FOUND)
            return false;
        fail_clear(call);
        return fail(call, FAIL_INVALID, "there is no run '%.*s'", TEXT_FMT(id->text));
    }
    struct run_place place = run_place(&run);
    char *column = call_string(call, name->text);
    place.content = content->integer;
    return column && columns_put(call, place, column, bytes);
}

bool evals_facts_import(struct call *call, struct archive_reader *reader)
{
    const struct archive_entry *entry = archive_find(reader, TEXT(COLUMNS_PATH));
    call->all_rows = true;
    return !entry || archive_read(reader, entry, import_column, NULL);
}
