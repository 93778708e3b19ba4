/*
 * See lm_eval_run.h. Task and date stand in the samples file's name; model, limit and versions only
 * in the results file of the same date, which is read when the person named a file on disk. Bytes
 * that came another way never make us open a path. Version 0.3 left the name of that file to the
 * person, so nothing is sought beside what it wrote.
 */
#include "importers/lm_eval_run.h"

#include <math.h>
#include <unistd.h>

#define RESULTS_MAX ((size_t)256 * 1024 * 1024)

enum { DATE_SIZE = sizeof "2024-06-13T12-34-56" - 1 };

/* ---- the name: samples_TASK_DATE.jsonl, TASK_write_out_info.json ---- */

static bool is_date(text word)
{
    int64_t days;
    return word.size >= DATE_SIZE && word.at[10] == 'T' && date_read(text_until(word, 10), &days);
}

static text file_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return text_of(slash ? slash + 1 : path);
}

static text ending_drop(text name)
{
    static const char *const endings[] = { ".gz", ".jsonl", ".json" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (text_ends(name, text_of(endings[i])))
            name = text_until(name, name.size - strlen(endings[i]));
    return name;
}

/* A task's name may hold underscores: the date is behind the last one. */
static void name_read(text name, text *task, text *date)
{
    text start = TEXT("samples_"), end = TEXT("_write_out_info");
    *task = *date = TEXT_NONE;
    name = ending_drop(name);
    if (text_ends(name, end))
        *task = text_until(name, name.size - end.size);
    if (!text_starts(name, start))
        return;
    name = text_from(name, start.size);
    size_t at = name.size;
    while (at > 0 && name.at[at - 1] != '_')
        at--;
    bool has_date = at > 1 && is_date(text_from(name, at));
    *date = has_date ? text_from(name, at) : TEXT_NONE;
    *task = has_date ? text_until(name, at - 1) : name;
}

/* "2024-06-13T12-34-56.789" as a time; the machine's local one, without zone. */
static text date_words(struct call *call, text date)
{
    if (!date.at)
        return TEXT_NONE;
    return call_format(call, "%.*s:%.*s:%.*s", 13, date.at, 2, date.at + 14, 2, date.at + 17);
}

/* ---- the file beside it ---- */

static char *beside(struct call *call, const char *path, text date, const char *ending)
{
    text folder = text_until(text_of(path), strlen(path) - file_of(path).size);
    text name = call_format(call, "%.*sresults_%.*s%s", TEXT_FMT(folder), TEXT_FMT(date), ending);
    return name.at ? call_string(call, name) : NULL;
}

static bool file_read(struct call *call, const char *path, struct json *tree)
{
    text bytes;
    struct source *source = source_open(call, path, TEXT_NONE);
    bool done = source && source_rest(call, source, RESULTS_MAX, &bytes) &&
                json_read(call, text_trim(bytes), tree, NULL);
    source_close(source);
    return done || fail_about(call, text_of(path));
}

static bool results_find(struct call *call, const struct eval_push *push, text date,
                         struct json *tree, bool *is_found)
{
    static const char *const endings[] = { ".json", ".json.gz" };
    const struct source_facts *facts = source_facts(push->source);
    *is_found = false;
    for (size_t i = 0; date.at && facts->is_named_file && i < 2; i++) {
        char *path = beside(call, facts->name, date, endings[i]);
        if (!path)
            return false;
        if (access(path, R_OK) != 0)
            continue;
        *is_found = true;
        return file_read(call, path, tree);
    }
    return true;
}

/* ---- what it says ---- */

static const struct json *under(const struct json *results, const char *key, text task)
{
    const struct json *object = json_get(results, key);
    for (uint32_t i = 0; object && object->kind == JSON_OBJECT && i < object->count; i++)
        if (text_equal(object->member[i].key, task))
            return &object->member[i].value;
    return NULL;
}

/* "pretrained=x,dtype=y" or an object, after the kind of model. */
static text model_of(struct call *call, const struct json *results, const struct json *config)
{
    text name = eval_text(results, "model_name");
    text kind = eval_text(config, "model");
    text arguments = eval_any(call, json_get(config, "model_args"));
    if (name.at)
        return name;
    if (!arguments.at)
        return kind;
    return kind.at ? call_format(call, "%.*s %.*s", TEXT_FMT(kind), TEXT_FMT(arguments))
                   : arguments;
}

static bool is_limited(const struct json *results, const struct json *config, text task,
                       double *had, double *of)
{
    const struct json *samples = under(results, "n-samples", task);
    *had = samples ? eval_number(samples, "effective") : NAN;
    *of = samples ? eval_number(samples, "original") : NAN;
    return eval_says(config, "limit") || *had < *of;
}

static bool limit_tell(struct call *call, struct eval_push *push, const struct lm_eval_run *run,
                       double had, double of)
{
    if (isnan(had) || isnan(of))
        return eval_push_note(call, push, "coverage",
                              TEXT("the run was limited to some of the task's cases and stays out "
                                   "of trends"));
    return eval_push_note(call, push, "coverage",
                          call_format(call,
                                      "run '%.*s' covers %.0f of the task's %.0f cases and stays "
                                      "out of trends",
                                      TEXT_FMT(run->line.run), had, of));
}

/* Shots, chat template and system instruction: another of them is another prompt. */
static bool prompt_version(struct call *call, const struct json *results, struct lm_eval_run *run)
{
    char hexadecimal[HASH_TEXT_SIZE];
    text shots = eval_any(call, under(results, "n-shot", run->task));
    text chat = eval_text(results, "chat_template_sha");
    text instruction = eval_text(results, "system_instruction_sha");
    if (!shots.at && !chat.at && !instruction.at)
        return call->fail.kind == FAIL_NONE;
    text whole = call_format(call, "%.*s\n%.*s\n%.*s", TEXT_FMT(shots), TEXT_FMT(chat),
                             TEXT_FMT(instruction));
    struct hash hash = hash_sha256(whole);
    hash_write(&hash, hexadecimal);
    run->line.prompt_version = call_text(call, text_until(text_of(hexadecimal), 16));
    return whole.at && run->line.prompt_version.at;
}

/* How the model was asked; the commit is the tool's own. */
static bool parameters_read(struct call *call, const struct json *results,
                            const struct json *config, struct lm_eval_run *run)
{
    const struct content_part part[] = {
        { "model_args", json_get(config, "model_args") },
        { "gen_kwargs", json_get(config, "gen_kwargs") },
        { "n-shot", under(results, "n-shot", run->task) },
        { "limit", json_get(config, "limit") },
    };
    run->line.git_commit = eval_text(results, "git_hash");
    return eval_parameters(call, part, sizeof part / sizeof *part, &run->line.parameters);
}

static bool results_take(struct call *call, struct eval_push *push, const struct json *results,
                         struct lm_eval_run *run)
{
    double had, of;
    const struct json *config = json_get(results, "config");
    text hash = eval_any(call, under(results, "task_hashes", run->task));
    text version = eval_any(call, under(results, "versions", run->task));
    run->has_results = true;
    run->is_higher_better = under(results, "higher_is_better", run->task);
    run->line.model = model_of(call, results, config);
    run->line.dataset_version = version.at ? version : hash;
    run->line.harness_version = eval_text(results, "lm_eval_version");
    if (!run->line.harness_version.at)
        run->line.harness_version = eval_text(results, "git_hash");
    if (!prompt_version(call, results, run) || !parameters_read(call, results, config, run) ||
        !eval_push_started_unix(call, push, &run->line, eval_number(results, "date")))
        return false;
    bool is_part = is_limited(results, config, run->task, &had, &of);
    run->told = had;
    run->line.dataset_cases = of > 0 && of < 1e15 ? (int64_t)of : 0;
    if (!is_part)
        return true;
    run->line.status = EVAL_RUN_PARTIAL;
    return limit_tell(call, push, run, had, of);
}

/* What is not known of the run, and where it would stand. */
static bool unknown_tell(struct call *call, struct eval_push *push, bool is_write_out)
{
    return eval_push_note(call, push, "no_results",
                          is_write_out
                              ? TEXT("a file of --write_out names no model, limit, version or "
                                     "date: they are unknown; give the date with --started-at")
                              : TEXT("results_DATE.json does not lie beside the samples: model, "
                                     "limit and versions are unknown"));
}

bool lm_eval_run_read(struct call *call, struct eval_push *push, bool is_write_out,
                      struct lm_eval_run *run)
{
    struct json results;
    bool is_found;
    text date;
    *run = (struct lm_eval_run){ .line = eval_push_blank(), .told = NAN };
    name_read(file_of(source_facts(push->source)->name), &run->task, &date);
    if (!eval_push_names(call, push, &run->line, run->task, TEXT_NONE, TEXT_NONE) ||
        !results_find(call, push, date, &results, &is_found) ||
        (is_found && !results_take(call, push, &results, run)))
        return false;
    if (run->line.is_dated)
        return true;
    if (!is_found && !unknown_tell(call, push, is_write_out))
        return false;
    return eval_push_started(call, push, &run->line, date_words(call, date));
}

bool lm_eval_run_is_lower_better(const struct lm_eval_run *run, text metric)
{
    const struct json *better = run->is_higher_better;
    for (uint32_t i = 0; better && better->kind == JSON_OBJECT && i < better->count; i++)
        if (text_equal(better->member[i].key, metric))
            return better->member[i].value.kind == JSON_BOOL && !better->member[i].value.boolean;
    return false;
}
