/* Logs of Inspect as one JSON document, samples inline. */
#include "importers/eval_head.h"
#include "importers/inspect.h"
#include "importers/inspect_sample.h"

enum { SAMPLES_DEPTH = 2 };

bool inspect_json_recognise(text head, const char *file_name)
{
    static const char *const keys[] = { "\"status\"", "\"eval\"", "\"task\"", NULL };
    (void)file_name;
    return head_is_object_with(head, keys);
}

static int64_t invalid_count(const struct json *samples)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < samples->count; i++)
        count += inspect_sample_is_invalid(&samples->item[i]);
    return count;
}

static bool samples_push(struct call *call, struct eval_push *push, struct inspect_log *log,
                         const struct json *samples)
{
    for (uint32_t i = 0; i < samples->count; i++) {
        struct arena_mark mark = arena_mark(&call->arena);
        if (!inspect_sample_push(call, push, log, &samples->item[i], false))
            return false;
        arena_rewind(&call->arena, mark);
    }
    return true;
}

static bool is_alone(const struct eval_read_options *options, const struct json *tree)
{
    return options->run.at && !json_get(tree, "eval") && eval_says(tree, "id") &&
           (json_get(tree, "scores") || json_get(tree, "score"));
}

static bool alone_push(struct call *call, struct eval_push *push, struct inspect_log *log,
                       const struct json *sample)
{
    return inspect_log_alone(call, push, log) &&
           inspect_sample_push(call, push, log, sample, false) &&
           inspect_log_end(call, push, log, false);
}

bool inspect_json_read(struct call *call, struct source *source,
                       const struct eval_read_options *options, const struct eval_sink *sink)
{
    static const struct json none = { .kind = JSON_LIST };
    struct eval_push push;
    struct inspect_log log;
    struct json tree;
    bool is_cut;
    if (!eval_push_init(call, &push, source, options, sink) ||
        !eval_push_document(call, &push, SAMPLES_DEPTH, &tree, &is_cut))
        return false;
    if (is_alone(options, &tree))
        return alone_push(call, &push, &log, &tree);
    if (!inspect_log_begin(call, &push, &tree, false, &log))
        return false;
    const struct json *samples = json_get(&tree, "samples");
    if (!samples || samples->kind != JSON_LIST)
        samples = &none;
    if (is_cut)
        log.declared = -1; /* they count what is cut off */
    return inspect_log_count(call, &push, &log, samples->count, invalid_count(samples)) &&
           samples_push(call, &push, &log, samples) && inspect_log_end(call, &push, &log, is_cut);
}
