/*
 * The mappings that come with the program, one row each: how a file is known, and what a mapping
 * file for it would say.
 */
#include "importers/eval_head.h"
#include "importers/map_read.h"
#include "importers/map_run.h"

struct built_in {
    text map;
    const char *begins; /* with this bracket */
    const char *key[4]; /* stand in the file's first bytes */
};

/*
 * A pass may carry agent_timeout; 0 tokens mean that nobody counted; one task is tried several
 * times under other trial names. The local time in names is not used: records hold UTC.
 */
static const struct built_in terminal_bench = {
    .map = TEXT(
        "{\"rows\":\"/results\",\"passed\":\"/n_resolved\","
        "\"suite\":{\"value\":\"terminal-bench\"},"
        "\"run\":{\"from\":\"/recording_path\",\"before\":\"/\"},"
        "\"started_at\":{\"from\":\"/trial_started_at\",\"as\":\"earliest\"},"
        "\"case\":\"/task_id\",\"trial\":{\"from\":\"/trial_name\",\"as\":\"nth\"},"
        "\"pass\":\"/is_resolved\",\"failure\":{\"from\":\"/failure_mode\",\"unless\":\"unset\"},"
        "\"score\":{\"from\":\"/parser_results\",\"share\":\"passed\"},"
        "\"duration_s\":{\"from\":\"/agent_started_at\",\"until\":\"/agent_ended_at\"},"
        "\"tokens_in\":{\"from\":\"/total_input_tokens\",\"unless\":0},"
        "\"tokens_out\":{\"from\":\"/total_output_tokens\",\"unless\":0},"
        "\"attributes\":{\"checks\":{\"from\":\"/parser_results\",\"as\":\"count\"}}}"),
    .begins = "{",
    .key = { "\"results\"", "\"task_id\"", "\"is_resolved\"" },
};

/* Trials count from 0; a reward is a sum of products near 0 or 1. */
static const struct built_in tau_bench = {
    .map = TEXT("{\"threshold\":0.999999,\"suite\":{\"value\":\"tau-bench\"},"
                "\"case\":\"/task_id\",\"score\":\"/reward\","
                "\"trial\":{\"from\":\"/trial\",\"plus\":1},\"error\":\"/info/error\","
                "\"attributes\":{\"turns\":{\"from\":\"/traj\",\"as\":\"count\"}}}"),
    .begins = "[",
    .key = { "\"task_id\"", "\"reward\"", "\"info\"" },
};

/* The second model is the one that is judged, 1 to 2; a tie in the middle is no win. */
static const struct built_in pairwise = {
    .map = TEXT("{\"threshold\":0.5000001,\"suite\":{\"value\":\"alpaca_eval\"},"
                "\"run\":\"/generator_2\",\"model\":\"/generator_2\",\"judge\":\"/annotator\","
                "\"case\":{\"from\":\"/instruction\",\"as\":\"content\"},"
                "\"score\":{\"from\":\"/preference\",\"plus\":-1},\"slice\":\"/dataset\","
                "\"input\":\"/instruction\",\"output\":\"/output_2\","
                "\"attributes\":{\"baseline\":\"/generator_1\"}}"),
    .begins = "[",
    .key = { "\"preference\"", "\"output_2\"", "\"generator_2\"" },
};

static bool recognises(const struct built_in *built_in, text head)
{
    head = head_trim(head);
    if (!text_starts(head, text_of(built_in->begins)))
        return false;
    for (int i = 0; built_in->key[i]; i++)
        if (!head_has_key(head, text_of(built_in->key[i])))
            return false;
    return true;
}

static bool read_by(struct call *call, const struct built_in *built_in, struct source *source,
                    const struct eval_read_options *options, const struct eval_sink *sink)
{
    struct json map;
    return json_read(call, built_in->map, &map, NULL) && map_run(call, source, options, sink, &map);
}

bool terminal_bench_recognise(text head, const char *file_name)
{
    (void)file_name;
    return recognises(&terminal_bench, head);
}

bool terminal_bench_read(struct call *call, struct source *source,
                         const struct eval_read_options *options, const struct eval_sink *sink)
{
    return read_by(call, &terminal_bench, source, options, sink);
}

bool tau_bench_recognise(text head, const char *file_name)
{
    (void)file_name;
    return recognises(&tau_bench, head);
}

bool tau_bench_read(struct call *call, struct source *source,
                    const struct eval_read_options *options, const struct eval_sink *sink)
{
    return read_by(call, &tau_bench, source, options, sink);
}

bool pairwise_recognise(text head, const char *file_name)
{
    (void)file_name;
    return recognises(&pairwise, head);
}

bool pairwise_read(struct call *call, struct source *source,
                   const struct eval_read_options *options, const struct eval_sink *sink)
{
    return read_by(call, &pairwise, source, options, sink);
}

/* --- the person's own --- */

/* Any list, and documents by their name: without a map they are refused by name when read. */
bool map_recognise(text head, const char *file_name)
{
    head = head_trim(head);
    return text_starts(head, TEXT("[")) ||
           (text_starts(head, TEXT("{")) && head_name_ends(file_name, TEXT(".json")));
}

bool map_read(struct call *call, struct source *source, const struct eval_read_options *options,
              const struct eval_sink *sink)
{
    struct out known;
    if (options->map)
        return map_run(call, source, options, sink, options->map);
    out_init(&known, call);
    for (const struct eval_format *format = eval_formats; format->name; format++)
        out_format(&known, "%s%s", format == eval_formats ? "" : ", ", format->name);
    text words = out_view(&known);
    return fail(call, FAIL_INVALID,
                "cannot tell the format of '%s': name one with --format (%.*s), or say with --map "
                "FILE which keys hold what",
                source_facts(source)->name, TEXT_FMT(words));
}
