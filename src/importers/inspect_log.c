/* See inspect_log.h. Field names are those of inspect_ai's log/_log.py. */
#include "importers/inspect_log.h"

#include "importers/content_key.h"

#include <math.h>

static const struct {
    const char *word;
    enum eval_run_status status;
} statuses[] = {
    { "success", EVAL_RUN_COMPLETE },
    { "cancelled", EVAL_RUN_CANCELLED },
    { "error", EVAL_RUN_ERROR },
    { "started", EVAL_RUN_PARTIAL },
};

static bool status_read(struct call *call, const struct eval_push *push, const struct json *header,
                        enum eval_run_status *status)
{
    text word = eval_text(header, "status");
    *status = EVAL_RUN_PARTIAL; /* a log that does not say has not come to its end */
    if (!word.at)
        return true;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (text_is(word, statuses[i].word)) {
            *status = statuses[i].status;
            return true;
        }
    return fail_at(call, "status",
                   "'%s' has the status '%.*s': it must be success, cancelled, error or started",
                   source_facts(push->source)->name, TEXT_FMT(text_until_character(word, 60)));
}

/* The solvers with their parameters, the commit and the task's version: another of them is another
 * prompt. */
static bool prompt_version(struct call *call, const struct json *header, const struct json *eval,
                           text *version)
{
    char hexadecimal[HASH_TEXT_SIZE];
    const struct json *steps = json_get(json_get(header, "plan"), "steps");
    text part[] = {
        steps ? content_key(call, steps) : TEXT_NONE,
        eval_text(json_get(eval, "revision"), "commit"),
        eval_any(call, json_get(eval, "task_version")),
    };
    *version = TEXT_NONE;
    if (!part[0].at)
        return call->fail.kind == FAIL_NONE;
    text whole = call_format(call, "%.*s\n%.*s\n%.*s", TEXT_FMT(part[0]), TEXT_FMT(part[1]),
                             TEXT_FMT(part[2]));
    struct hash hash = hash_sha256(whole);
    hash_write(&hash, hexadecimal);
    *version = call_text(call, text_until(text_of(hexadecimal), 16));
    return whole.at && version->at;
}

/* Early logs name their only scorer with the results. */
static const struct json *scorers_of(const struct json *header, const struct json *eval)
{
    const struct json *scorers = json_get(eval, "scorers");
    const struct json *scores = json_get(json_get(header, "results"), "scores");
    if (scorers && scorers->kind == JSON_LIST && scorers->count)
        return scorers;
    return scores && scores->kind == JSON_LIST && scores->count ? scores : NULL;
}

/* The scorer asked for, else the first, is the headline: one for all samples of the run. */
static text scorer_of(const struct eval_push *push, const struct json *header,
                      const struct json *eval)
{
    const struct json *scorers = scorers_of(header, eval);
    const struct json *scorer = json_get(json_get(header, "results"), "scorer");
    text rest, wanted = text_cut(push->options->threshold_metric, '/', &rest);
    for (uint32_t i = 0; scorers && i < scorers->count; i++)
        if (wanted.size && text_equal(eval_text(&scorers->item[i], "name"), wanted))
            return wanted;
    if (scorers)
        return eval_text(&scorers->item[0], "name");
    if (scorer && scorer->kind == JSON_TEXT)
        return scorer->text;
    return eval_text(scorer, "name");
}

static int64_t count_of(const struct json *object, const char *key)
{
    double number = object ? eval_number(object, key) : NAN;
    return number >= 0 && number < 1e15 ? (int64_t)number : -1;
}

static bool names_read(struct call *call, struct eval_push *push, const struct json *eval,
                       struct inspect_log *log)
{
    const struct json *dataset = json_get(eval, "dataset");
    text id = eval_text(eval, "eval_id");
    if (!id.at)
        id = eval_text(eval, "run_id");
    return eval_push_names(call, push, &log->run, eval_text(eval, "task"),
                           dataset ? eval_text(dataset, "name") : TEXT_NONE, id) &&
           eval_push_started(call, push, &log->run, eval_text(eval, "created"));
}

/* Arguments of task and model, limits, and how answers were generated. */
static bool parameters_read(struct call *call, const struct json *header, const struct json *eval,
                            struct eval_line *run)
{
    const struct content_part part[] = {
        { "task_args", json_get(eval, "task_args") },
        { "model_args", json_get(eval, "model_args") },
        { "generate", json_get(json_get(header, "plan"), "config") },
        { "config", json_get(eval, "config") },
    };
    run->git_commit = eval_text(json_get(eval, "revision"), "commit");
    return eval_parameters(call, part, sizeof part / sizeof *part, &run->parameters);
}

bool inspect_log_begin(struct call *call, struct eval_push *push, const struct json *header,
                       bool is_started, struct inspect_log *log)
{
    const struct json *eval = json_get(header, "eval");
    const struct json *invalidated = json_get(header, "invalidated");
    *log = (struct inspect_log){ .run = eval_push_blank() };
    if (!eval || eval->kind != JSON_OBJECT)
        return fail(call, FAIL_INVALID,
                    "'%s' is not a log of Inspect: it has no object 'eval'; give the log that "
                    "Inspect wrote",
                    source_facts(push->source)->name);
    if (!status_read(call, push, header, &log->run.status) || !names_read(call, push, eval, log) ||
        !prompt_version(call, header, eval, &log->run.prompt_version) ||
        !parameters_read(call, header, eval, &log->run))
        return false;
    if (is_started)
        log->run.status = EVAL_RUN_PARTIAL;
    log->run.model = eval_text(eval, "model");
    log->run.harness_version = eval_text(json_get(eval, "packages"), "inspect_ai");
    log->scorer = scorer_of(push, header, eval);
    log->run.judge = log->scorer;
    log->declared = count_of(json_get(header, "results"), "total_samples");
    log->dataset = count_of(json_get(eval, "dataset"), "samples");
    log->run.dataset_cases = log->dataset > 0 ? log->dataset : 0;
    log->has_invalid = invalidated && invalidated->kind == JSON_BOOL && invalidated->boolean;
    return true;
}

bool inspect_log_alone(struct call *call, struct eval_push *push, struct inspect_log *log)
{
    *log = (struct inspect_log){ .run = eval_push_blank(), .declared = -1, .dataset = -1 };
    return eval_push_names(call, push, &log->run, TEXT_NONE, TEXT_NONE, TEXT_NONE) &&
           eval_push_started(call, push, &log->run, TEXT_NONE);
}

/* A run of which something is missing stays out of trends. */
static bool hold_back(struct call *call, struct eval_push *push, struct inspect_log *log,
                      const char *code, text words)
{
    if (log->run.status == EVAL_RUN_COMPLETE)
        log->run.status = EVAL_RUN_PARTIAL;
    return eval_push_note(call, push, code, words);
}

bool inspect_log_count(struct call *call, struct eval_push *push, struct inspect_log *log,
                       int64_t samples, int64_t invalid)
{
    const char *name = source_facts(push->source)->name;
    if (samples == 0 && eval_push_fail_early(call, push))
        return false;
    if (samples == 0)
        return fail(call, FAIL_INVALID, "'%s' holds no samples%s: give the log that has them", name,
                    log->declared > 0 ? ", only totals" : "");
    if (log->declared >= 0 && log->declared != samples &&
        !hold_back(call, push, log, "totals_differ",
                   call_format(call, "the log counts %lld samples and holds %lld",
                               (long long)log->declared, (long long)samples)))
        return false;
    if (log->has_invalid && invalid == 0 &&
        !hold_back(call, push, log, "invalid_unknown",
                   TEXT("the log says that some of its samples are invalid, and not which")))
        return false;
    return true;
}

bool inspect_log_end(struct call *call, struct eval_push *push, struct inspect_log *log,
                     bool is_cut)
{
    if (log->dataset > log->read &&
        !eval_push_note(call, push, "coverage",
                        call_format(call, "run '%.*s' covers %lld of the dataset's %lld samples",
                                    TEXT_FMT(log->run.run), (long long)log->read,
                                    (long long)log->dataset)))
        return false;
    if (log->invalid &&
        !eval_push_note(call, push, "invalid",
                        call_format(call, "samples marked as invalid are left out: %lld",
                                    (long long)log->invalid)))
        return false;
    if (log->has_several_metrics &&
        !eval_push_note(call, push, "several_metrics",
                        TEXT("samples have several metrics: choose one with --threshold METRIC=X")))
        return false;
    if (log->left_texts &&
        !eval_push_note(call, push, "fields_left_out",
                        TEXT("messages, events, stores and further explanations of samples are not "
                             "kept")))
        return false;
    return eval_push_end(call, push, &log->run, is_cut);
}
