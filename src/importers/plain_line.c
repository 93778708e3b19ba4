/*
 * See plain_line.h. What one value alone cannot say: defaults, the verdict with its error and
 * threshold, the attributes.
 */
#include "importers/plain_line.h"

#include <math.h>

static bool identity_complete(struct call *call, const struct plain_rules *rules,
                              struct eval_line *line)
{
    const struct eval_read_options *options = rules->options;
    if (!line->suite.at)
        line->suite = options->suite;
    if (!line->suite.at)
        return fail_at(call, "suite", "the line has no 'suite': add it or give one with --suite");
    if (!line->surface.at)
        line->surface = options->surface.at ? options->surface : line->suite;
    if (!line->run.at)
        line->run = options->run.at ? options->run : rules->run;
    if (!line->run.at)
        return fail_at(call, "run", "the line has no 'run': add it or give one with --run");
    if (!line->case_key.at)
        return fail_at(call, "case", "the line has no 'case', which must be a text or an integer");
    return true;
}

static void started_complete(const struct plain_rules *rules, struct eval_line *line)
{
    if (line->is_dated)
        return;
    line->is_dated = rules->started.is_dated;
    line->started_at = rules->started.at;
    line->started_zone = rules->started.zone;
}

/* The threshold that was given, else the suite's own. */
static bool threshold_find(struct call *call, const struct eval_read_options *options, text suite,
                           double *threshold)
{
    *threshold = options->threshold;
    return options->has_threshold ||
           (options->threshold_of &&
            options->threshold_of(call, options->threshold_to, suite, threshold));
}

/* An infrastructure error is no failure of the case; a pass stays a pass, and the contradiction is
 * told. */
static bool verdict_complete(struct call *call, struct plain_rules *rules,
                             const struct plain_values *values, struct eval_line *line)
{
    const struct eval_read_options *options = rules->options;
    if (!values->value[PLAIN_PASS]) {
        double threshold;
        if (isnan(line->score) || !threshold_find(call, options, line->suite, &threshold))
            return call->fail.kind == FAIL_NONE && fail_at(call, "pass",
                           "the line has no 'pass', which may be left out only where a score and a "
                           "threshold are given");
        line->verdict = line->score >= threshold ? EVAL_PASS : EVAL_FAIL;
    }
    if (line->verdict == EVAL_PASS)
        rules->has_pass_with_error = line->error.at != NULL;
    else if (line->error.at)
        line->verdict = EVAL_ERROR;
    else if (line->verdict == EVAL_ERROR)
        line->error = TEXT("error");
    return true;
}

static int by_key(const void *a, const void *b)
{
    const struct json_member *one = a, *other = b;
    return text_compare(one->key, other->key);
}

static bool attributes_write(struct call *call, struct plain_values *values, struct eval_line *line)
{
    struct out out;
    struct json_writer writer;
    if (values->other_count == 0)
        return true;
    qsort(values->other, values->other_count, sizeof *values->other, by_key);
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_object(&writer);
    for (size_t i = 0; i < values->other_count; i++) {
        json_key_text(&writer, values->other[i].key);
        json_tree(&writer, &values->other[i].value);
    }
    json_object_end(&writer);
    line->attributes = out_view(&out);
    return line->attributes.at != NULL;
}

/* Seconds beside milliseconds are not the latency; they are kept, not dropped. */
static bool duration_keep(struct call *call, const struct plain_rules *rules,
                          struct plain_values *values)
{
    const struct json *latency = values->value[PLAIN_LATENCY_MS],
                      *duration = values->value[PLAIN_DURATION_S];
    if (!latency || !duration || latency->kind == JSON_NULL || latency->kind == JSON_NO_NUMBER)
        return true;
    return plain_line_other(call, rules, values, text_of(plain_rows[PLAIN_DURATION_S].name),
                            *duration);
}

bool plain_line_other(struct call *call, const struct plain_rules *rules,
                      struct plain_values *values, text key, struct json value)
{
    enum plain_field field;
    bool may_be_field = rules->keys.has_map || plain_keys_find(&rules->keys, key);
    if (value.kind == JSON_NULL || value.kind == JSON_NO_NUMBER)
        return true;
    if (may_be_field && plain_fields_find(key, &field))
        key = call_format(call, "original_%.*s", TEXT_FMT(key));
    values->other[values->other_count++] = (struct json_member){ key, value };
    return key.at != NULL;
}

bool plain_line_fill(struct call *call, struct plain_rules *rules, struct plain_values *values,
                     struct eval_line *line)
{
    *line = (struct eval_line){
        .verdict = EVAL_UNSCORED,
        .score = NAN,
        .latency_ms = NAN,
        .cost_usd = NAN,
        .tokens_in = NAN,
        .tokens_out = NAN,
    };
    rules->has_pass_with_error = false;
    for (size_t i = 0; i < PLAIN_FIELD_COUNT; i++)
        if (values->value[i] && !plain_value_read(call, rules, i, values->value[i], line))
            return false;
    started_complete(rules, line);
    return identity_complete(call, rules, line) && verdict_complete(call, rules, values, line) &&
           duration_keep(call, rules, values) && attributes_write(call, values, line);
}

bool plain_line_prepare(struct call *call, struct plain_rules *rules,
                        const struct eval_read_options *options, text run, bool is_table)
{
    *rules = (struct plain_rules){ .options = options, .is_table = is_table, .run = run };
    if (!zone_check(call, options->zone) ||
        (options->started_at.at &&
         !plain_value_started(call, rules, options->started_at, &rules->started)))
        return false;
    return plain_keys_init(call, &rules->keys, options->map, !is_table);
}
