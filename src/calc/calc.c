/* See calc.h: the groups of functions, and how one is run. */
#include "calc/calc.h"

#include "base/json_read.h"
#include "engine/stats/quiet.h"

#include <math.h>

const struct calc_function *const calc_groups[] = {
    calc_eval_functions,     calc_drift_functions,  calc_experiment_functions,
    calc_triage_functions,   calc_slo_functions,    calc_operations_functions,
    calc_planning_functions, calc_format_functions, NULL,
};

const struct calc_function *calc_find(text name)
{
    for (size_t i = 0; calc_groups[i]; i++)
        for (const struct calc_function *function = calc_groups[i]; function->name; function++)
            if (text_is(name, function->name))
                return function;
    return NULL;
}

void calc_put_real(struct json_writer *out, const char *key, bool is_known, double value)
{
    json_key(out, key);
    json_real(out, is_known ? value : NAN);
}

void calc_put_reals(struct json_writer *out, const char *key, const double *value, size_t count)
{
    json_key(out, key);
    json_list(out);
    for (size_t i = 0; i < count; i++)
        json_real(out, value[i]);
    json_list_end(out);
}

void calc_put_counts(struct json_writer *out, const char *key, const int64_t *value, size_t count)
{
    json_key(out, key);
    json_list(out);
    for (size_t i = 0; i < count; i++)
        json_int(out, value[i]);
    json_list_end(out);
}

/* Nothing of a result is written before all of it is known. */
bool calc_run(struct call *call, const struct calc_function *function, text inputs, struct out *out)
{
    struct json object;
    struct calc_values values;
    struct json_writer writer;
    struct out result;
    if (!json_read(call, inputs, &object, NULL))
        return false;
    if (object.kind != JSON_OBJECT)
        return fail(call, FAIL_INVALID, "the inputs of '%s' are not a JSON object", function->name);
    if (!calc_read(call, function->input, &object, TEXT(""), &values))
        return false;
    out_init(&result, call);
    json_writer_init(&writer, &result, false);
    json_object(&writer);
    quiet_gsl();
    if (!function->run(call, &values, &writer))
        return false;
    json_object_end(&writer);
    out_char(&result, '\n');
    out_text(out, out_view(&result));
    return call->fail.kind == FAIL_NONE;
}
