/*
 * See promptfoo_rows.h. Ids of rows are new in every run and positions shift with every test that
 * is added: a case is known by the id that its author gave, else by its content.
 */
#include "importers/promptfoo_rows.h"

#include "base/json_write.h"
#include "importers/content_key.h"
#include "importers/eval_seen.h"

#include <math.h>

enum { LABEL_MAX = 120, ID_SHOWN = 12, REASON_MAX = 2000 };

/* ---- collecting rows ---- */

static struct promptfoo_row *row_new(struct call *call, struct promptfoo_rows *rows)
{
    struct promptfoo_row *row = call_more(call, rows->row, rows->count, &rows->room, sizeof *row);
    if (!row)
        return NULL;
    rows->row = row;
    row += rows->count++;
    *row = (struct promptfoo_row){ .vars = { .kind = JSON_OBJECT } };
    return row;
}

/* An empty label is common: the id stands for it. */
static void provider_take(struct promptfoo_row *row, const struct json *provider)
{
    bool is_text = provider && provider->kind == JSON_TEXT && provider->text.size;
    text label = eval_text(provider, "label");
    row->provider_id = is_text ? provider->text : eval_text(provider, "id");
    row->model = label.at ? label : row->provider_id;
}

static int64_t whole_of(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);
    return value && value->kind == JSON_INT ? value->integer : -1;
}

/* What was asked of the test: the variables as its author wrote them go before those of the row,
 * into which promptfoo puts some of its own. */
static void vars_take(struct promptfoo_row *row, const struct json *vars)
{
    const struct json *given = json_get(row->given, "vars");
    if (given && given->kind == JSON_OBJECT && given->count)
        row->vars = *given;
    else if (vars && vars->kind == JSON_OBJECT)
        row->vars = *vars;
}

bool promptfoo_rows_add(struct call *call, struct promptfoo_rows *rows, const struct json *json,
                        int64_t number)
{
    if (json->kind != JSON_OBJECT)
        return fail(call, FAIL_INVALID, "row %lld must be a JSON object, one result of promptfoo",
                    (long long)number);
    if (!json_get(json, "success"))
        return fail_at(call, "success",
                       "row %lld must have 'success', as each result of promptfoo has",
                       (long long)number);
    struct promptfoo_row *row = row_new(call, rows);
    if (!row)
        return false;
    row->number = number;
    row->json = json;
    row->given = json_get(json, "testCase");
    row->test = whole_of(json, "testIdx");
    row->prompt = whole_of(json, "promptIdx");
    row->prompt_id = eval_text(json, "promptId");
    row->prompt_label = eval_text(json_get(json, "prompt"), "label");
    provider_take(row, json_get(json, "provider"));
    vars_take(row, json_get(json, "vars"));
    return true;
}

/* Version 2 keeps values of variables in a list, and their names at the head of the table. */
static bool vars_of_table(struct call *call, struct promptfoo_row *row, const struct json *names,
                          const struct json *values)
{
    struct json vars = { .kind = JSON_OBJECT };
    if (!names || !values || names->kind != JSON_LIST || values->kind != JSON_LIST) {
        vars_take(row, NULL);
        return true;
    }
    struct json_member *member = call_array(call, (size_t)names->count + 1, sizeof *member);
    if (!member)
        return false;
    for (uint32_t i = 0; i < names->count && i < values->count; i++)
        if (names->item[i].kind == JSON_TEXT)
            member[vars.count++] = (struct json_member){ names->item[i].text, values->item[i] };
    vars.member = member;
    vars_take(row, &vars);
    return true;
}

static bool cell_add(struct call *call, struct promptfoo_rows *rows, const struct json *head,
                     const struct json *body, uint32_t at, int64_t test)
{
    const struct json *prompts = json_get(head, "prompts");
    const struct json *prompt =
        prompts && prompts->kind == JSON_LIST && at < prompts->count ? &prompts->item[at] : NULL;
    struct promptfoo_row *row = row_new(call, rows);
    if (!row)
        return false;
    row->number = (int64_t)rows->count;
    row->json = &json_get(body, "outputs")->item[at];
    row->given = json_get(body, "test");
    row->test = test;
    row->prompt = at;
    row->prompt_id = eval_text(prompt, "id");
    row->prompt_label = eval_text(prompt, "label");
    provider_take(row, json_get(row->json, "provider"));
    if (!row->model.at)
        provider_take(row, json_get(prompt, "provider"));
    return vars_of_table(call, row, json_get(head, "vars"), json_get(body, "vars"));
}

bool promptfoo_rows_add_table(struct call *call, struct promptfoo_rows *rows,
                              const struct json *table)
{
    const struct json *head = json_get(table, "head"), *body = json_get(table, "body");
    for (uint32_t i = 0; body && body->kind == JSON_LIST && i < body->count; i++) {
        const struct json *outputs = json_get(&body->item[i], "outputs");
        int64_t test = whole_of(&body->item[i], "testIdx");
        for (uint32_t at = 0; outputs && outputs->kind == JSON_LIST && at < outputs->count; at++)
            if (!cell_add(call, rows, head, &body->item[i], at, test >= 0 ? test : i))
                return false;
    }
    return true;
}

struct lent_test {
    text key; /* of its variables */
    uint32_t at;
};

static int by_lent_key(const void *a, const void *b)
{
    const struct lent_test *one = a, *other = b;
    int order = text_compare(one->key, other->key);
    return order ? order : (one->at > other->at) - (one->at < other->at);
}

static const struct lent_test *lent_find(const struct lent_test *test, size_t count, text key)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(test[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && text_equal(test[low].key, key) ? &test[low] : NULL;
}

bool promptfoo_rows_lend_tests(struct call *call, struct promptfoo_rows *rows,
                               const struct json *table)
{
    const struct json *body = json_get(table, "body");
    if (!body || body->kind != JSON_LIST || !body->count)
        return true;
    struct lent_test *test = call_array(call, body->count, sizeof *test);
    for (uint32_t i = 0; test && i < body->count; i++) {
        const struct json *vars = json_get(json_get(&body->item[i], "test"), "vars");
        test[i] = (struct lent_test){ .key = content_key(call, vars), .at = i };
    }
    if (!test || call->fail.kind != FAIL_NONE)
        return false;
    qsort(test, body->count, sizeof *test, by_lent_key);
    for (size_t i = 0; i < rows->count; i++) {
        struct promptfoo_row *row = &rows->row[i];
        text key = row->given ? TEXT_NONE : content_key(call, &row->vars);
        const struct lent_test *of = key.at ? lent_find(test, body->count, key) : NULL;
        if (of)
            row->given = json_get(&body->item[of->at], "test");
    }
    return call->fail.kind == FAIL_NONE;
}

static int by_place(const void *a, const void *b)
{
    const struct promptfoo_row *one = a, *other = b;
    if (one->test != other->test)
        return one->test < other->test ? -1 : 1;
    if (one->prompt != other->prompt)
        return one->prompt < other->prompt ? -1 : 1;
    return (one->number > other->number) - (one->number < other->number);
}

static bool same_prompt(const struct promptfoo_row *one, const struct promptfoo_row *other)
{
    return text_equal(one->prompt_id, other->prompt_id) &&
           text_equal(one->prompt_label, other->prompt_label);
}

/* A label is often the whole prompt: then its id must do. */
static text prompt_name(const struct promptfoo_row *row)
{
    text label = text_trim(row->prompt_label);
    bool is_short = label.size && label.size <= LABEL_MAX && !memchr(label.at, '\n', label.size);
    return is_short ? label : text_until(row->prompt_id, ID_SHOWN);
}

/* A name that comes with several ids comes more often than with this one. */
static bool name_see(struct call *call, struct eval_seen *seen, const char *kind, text name,
                     text id, bool *is_shared)
{
    struct arena_mark mark = arena_mark(&call->arena);
    text alone = call_format(call, "%s\x1f%.*s", kind, TEXT_FMT(name));
    text both = call_format(call, "%.*s\x1f%.*s", TEXT_FMT(alone), TEXT_FMT(id));
    int names = both.at ? eval_seen_add(call, seen, alone) : 0;
    int pairs = names ? eval_seen_add(call, seen, both) : 0;
    *is_shared = *is_shared || names != pairs;
    arena_rewind(&call->arena, mark);
    return pairs > 0;
}

static bool names_see(struct call *call, struct promptfoo_rows *rows, struct eval_seen *seen)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct promptfoo_row *row = &rows->row[i];
        if (!name_see(call, seen, "model", row->model, row->provider_id,
                      &rows->has_shared_models) ||
            !name_see(call, seen, "prompt", prompt_name(row), row->prompt_id,
                      &rows->has_shared_prompts))
            return false;
    }
    return true;
}

bool promptfoo_rows_settle(struct call *call, struct promptfoo_rows *rows)
{
    struct eval_seen seen;
    for (size_t i = 1; i < rows->count; i++) {
        const struct promptfoo_row *row = &rows->row[i], *first = &rows->row[0];
        if (!text_equal(row->model, first->model) ||
            !text_equal(row->provider_id, first->provider_id))
            rows->has_models = true;
        if (!same_prompt(row, first))
            rows->has_prompts = true;
    }
    eval_seen_init(&seen, call);
    bool is_done = names_see(call, rows, &seen);
    eval_seen_release(&seen);
    if (rows->count)
        qsort(rows->row, rows->count, sizeof *rows->row, by_place);
    return is_done;
}

static const struct json *success_of(const struct promptfoo_row *row)
{
    const struct json *success = json_get(row->json, "success");
    return success ? success : json_get(row->json, "pass");
}

size_t promptfoo_rows_passed(const struct promptfoo_rows *rows)
{
    size_t passed = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct json *success = success_of(&rows->row[i]);
        passed += success && success->kind == JSON_BOOL && success->boolean;
    }
    return passed;
}

/* ---- columns ---- */

/* The name, and the id behind it where the name alone does not tell which. */
static text name_with_id(struct call *call, text name, text id, bool is_shared)
{
    if (!is_shared || !id.size || !name.size || text_equal(name, id))
        return name;
    return call_format(call, "%.*s (%.*s)", TEXT_FMT(name), TEXT_FMT(id));
}

bool promptfoo_row_surface(struct call *call, const struct promptfoo_rows *rows,
                           const struct promptfoo_row *row, text *surface)
{
    text id = text_until(row->prompt_id, ID_SHOWN);
    text prompt = name_with_id(call, prompt_name(row), id, rows->has_shared_prompts);
    text model = name_with_id(call, row->model, row->provider_id, rows->has_shared_models);
    *surface = TEXT_NONE;
    if (rows->has_prompts && rows->has_models && model.size && prompt.size)
        *surface = call_format(call, "%.*s / %.*s", TEXT_FMT(model), TEXT_FMT(prompt));
    else if (rows->has_prompts && prompt.size)
        *surface = prompt;
    else if (rows->has_models)
        *surface = model;
    return call->fail.kind == FAIL_NONE;
}

/* ---- the case ---- */

static text id_given(struct call *call, const struct promptfoo_row *row)
{
    const struct json *metadata = json_get(row->given, "metadata");
    text id = eval_label(call, json_get(metadata, "id"));
    return id.at ? id : eval_label(call, json_get(metadata, "case_id"));
}

static bool is_stripped(const struct promptfoo_row *row)
{
    const struct json *response = json_get(row->json, "response");
    return text_is(eval_text(response, "output"), "[output stripped]") ||
           text_is(eval_text(json_get(row->json, "prompt"), "raw"), "[prompt stripped]");
}

static bool key_fill(struct call *call, struct promptfoo_rows *rows,
                     const struct promptfoo_row *row, struct eval_line *line)
{
    const struct json *description = json_get(row->given, "description");
    line->case_key = id_given(call, row);
    line->key_kind = EVAL_KEY_ID;
    if (line->case_key.at)
        return true;
    if (row->vars.count == 0 && (is_stripped(row) || !description)) {
        rows->has_stripped = true;
        line->key_kind = EVAL_KEY_POSITION;
        line->case_key = call_format(call, "test %lld", (long long)row->test);
        return line->case_key.at != NULL;
    }
    const struct content_part part[] = { { "vars", &row->vars },
                                         { "description", description },
                                         { "assert", json_get(row->given, "assert") } };
    line->key_kind = EVAL_KEY_CONTENT;
    line->case_key = content_key_of(call, part, sizeof part / sizeof *part);
    return line->case_key.at != NULL;
}

/* ---- the verdict ---- */

/* The assertion that did not hold; `*is_judge_broken`: a judge gave no verdict at all. */
static text assertion_failed(const struct json *grading, bool *is_judge_broken)
{
    text type = TEXT_NONE;
    const struct json *parts = json_get(grading, "componentResults");
    for (uint32_t i = 0; parts && parts->kind == JSON_LIST && i < parts->count; i++) {
        const struct json *part = &parts->item[i], *pass = json_get(part, "pass");
        const struct json *broken = json_get(json_get(part, "metadata"), "graderError");
        *is_judge_broken =
            *is_judge_broken || (broken && broken->kind == JSON_BOOL && broken->boolean);
        if (!type.at && pass && pass->kind == JSON_BOOL && !pass->boolean)
            type = eval_text(json_get(part, "assertion"), "type");
    }
    return type;
}

/* `error` is set where an assertion failed, too: the reason of the failure decides, where there is
 * one. */
static bool is_error(const struct json *row, const struct json *grading, bool is_judge_broken)
{
    const struct json *reason = json_get(row, "failureReason");
    if (is_judge_broken)
        return true;
    if (reason && json_is_number(reason))
        return json_number(reason) == 2;
    return eval_text(json_get(row, "response"), "error").at ||
           (eval_text(row, "error").at && (!grading || grading->kind != JSON_OBJECT));
}

static text error_words(const struct json *row, const struct json *grading)
{
    text words = eval_text(row, "error");
    if (!words.at)
        words = eval_text(json_get(row, "response"), "error");
    if (!words.at)
        words = eval_text(grading, "reason");
    return words.at ? text_until_character(words, REASON_MAX) : TEXT("error");
}

static bool verdict_fill(struct call *call, const struct promptfoo_row *row, struct eval_line *line)
{
    bool is_judge_broken = false;
    const struct json *grading = json_get(row->json, "gradingResult");
    const struct json *success = success_of(row);
    line->score = eval_number(row->json, "score");
    text assertion = assertion_failed(grading, &is_judge_broken);
    if (success && success->kind == JSON_BOOL && success->boolean) {
        line->verdict = EVAL_PASS;
        return true;
    }
    if (is_error(row->json, grading, is_judge_broken)) {
        line->verdict = EVAL_ERROR;
        line->score = NAN;
        line->error = error_words(row->json, grading);
        return true;
    }
    if (!success || success->kind != JSON_BOOL)
        return fail_at(call, "success", "'success' of row %lld must be true or false",
                       (long long)row->number);
    line->verdict = EVAL_FAIL;
    line->failure = assertion;
    return true;
}

/* ---- measures ---- */

/* The source writes 0 for what it does not know. */
static double known(double number)
{
    return number > 0 ? number : NAN;
}

static double either(double a, double b)
{
    return isnan(a) ? b : a;
}

static bool is_cached(const struct json *row)
{
    const struct json *cached = json_get(json_get(row, "response"), "cached");
    return cached && cached->kind == JSON_BOOL && cached->boolean;
}

/* What came from a cache is no fresh measurement. */
static void measures_fill(const struct json *row, struct eval_line *line)
{
    const struct json *response = json_get(row, "response");
    const struct json *usage = json_get(response, "tokenUsage");
    if (!usage)
        usage = json_get(row, "tokenUsage");
    line->tokens_in = known(eval_number(usage, "prompt"));
    line->tokens_out = known(eval_number(usage, "completion"));
    if (is_cached(row))
        return;
    line->latency_ms = known(eval_number(row, "latencyMs"));
    line->cost_usd = known(either(eval_number(row, "cost"), eval_number(response, "cost")));
}

static bool texts_fill(struct call *call, const struct promptfoo_row *row, struct eval_line *line)
{
    const struct json *output = json_get(json_get(row->json, "response"), "output");
    line->model = row->model;
    line->prompt = prompt_name(row);
    line->prompt_version = row->prompt_id;
    line->input = row->vars.count ? eval_any(call, &row->vars) : TEXT_NONE;
    line->output = eval_any(call, output ? output : json_get(row->json, "text"));
    return call->fail.kind == FAIL_NONE;
}

static void put_object(struct json_writer *writer, const char *key, const struct json *object)
{
    if (!object || object->kind != JSON_OBJECT || !object->count)
        return;
    json_key(writer, key);
    json_tree(writer, object);
}

static bool attributes_fill(struct call *call, const struct promptfoo_row *row,
                            struct eval_line *line)
{
    struct out out;
    struct json_writer writer;
    const struct json *scores = json_get(row->json, "namedScores");
    const struct json *grading = json_get(row->json, "gradingResult");
    const struct json *metadata = json_get(row->given, "metadata");
    text description = eval_text(row->given, "description");
    text reason = text_until_character(eval_text(grading, "reason"), REASON_MAX);
    text comment = text_until_character(eval_text(grading, "comment"), REASON_MAX);
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    if (is_cached(row->json))
        json_put_bool(&writer, "cached", true);
    if (comment.size)
        json_put_text(&writer, "comment", comment);
    if (description.size)
        json_put_text(&writer, "description", description);
    put_object(&writer, "metadata", metadata);
    put_object(&writer, "named_scores", scores);
    if (reason.size)
        json_put_text(&writer, "reason", reason);
    json_object_end(&writer);
    text words = out_view(&out);
    line->attributes = text_is(words, "{}") ? TEXT_NONE : words;
    return words.at != NULL;
}

bool promptfoo_row_fill(struct call *call, struct promptfoo_rows *rows,
                        const struct promptfoo_row *row, struct eval_line *line)
{
    measures_fill(row->json, line);
    return key_fill(call, rows, row, line) && verdict_fill(call, row, line) &&
           texts_fill(call, row, line) && attributes_fill(call, row, line);
}
