/* See calc_planning.h: velocity and forecasts (methods/planning.md, 1 and 2). */
#include "calc/calc_planning.h"

#include "engine/forecast.h"
#include "engine/velocity.h"

#include <math.h>

enum { NUMBERS_MAX = 1000000 }; /* of the generator, and of runs, in one answer */

static bool check_window(struct call *call, const struct calc_values *in, int64_t most)
{
    int64_t window = calc_count(in, "window");
    return (window >= 1 && window <= most) ||
           calc_refuse(call, in, "window", "is %lld: it must be from 1 to %lld", (long long)window,
                       (long long)most);
}

/* --- velocity --- */

static const struct calc_input iteration_members[] = {
    CALC_INPUT("points", CALC_AMOUNT),
    CALC_INPUT("strength", CALC_AMOUNT, .fallback = "1"),
    CALC_INPUT("weeks", CALC_POSITIVE, .fallback = "null"),
    { 0 },
};

const struct calc_input calc_planning_velocity_inputs[] = {
    CALC_INPUT("iterations", CALC_OBJECTS, .members = iteration_members),
    CALC_INPUT("window", CALC_COUNT, .fallback = "3"),
    CALC_INPUT("iteration_weeks", CALC_POSITIVE, .fallback = "1"),
    CALC_INPUT("initial", CALC_AMOUNT, .fallback = "10"),
    { 0 },
};

bool calc_planning_velocity(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    size_t count = calc_size(in, "iterations");
    double weeks = calc_real(in, "iteration_weeks");
    struct velocity_iteration *iteration = call_array(call, count + 1, sizeof *iteration);
    struct calc_values one;
    if (!iteration || !check_window(call, in, VELOCITY_WINDOW_MAX))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!calc_item(call, in, "iterations", i, &one))
            return false;
        iteration[i] =
            (struct velocity_iteration){ calc_real(&one, "points"), calc_real(&one, "strength"),
                                         calc_given(&one, "weeks") ? calc_real(&one, "weeks")
                                                                   : weeks };
    }
    struct velocity velocity = velocity_average(iteration, count, (size_t)calc_count(in, "window"),
                                                weeks, calc_real(in, "initial"));
    calc_put_real(out, "velocity", true, velocity.points);
    json_put_string(out, "source", velocity.is_initial ? "initial" : "average");
    return true;
}

const struct calc_input calc_planning_velocity_volatility_inputs[] = {
    CALC_INPUT("points", CALC_AMOUNTS),
    CALC_INPUT("window", CALC_COUNT, .fallback = "3"),
    { 0 },
};

bool calc_planning_velocity_volatility(struct call *call, const struct calc_values *in,
                                       struct json_writer *out)
{
    int64_t percent;
    double *points = calc_reals(call, in, "points");
    if (!points || !check_window(call, in, NUMBERS_MAX))
        return false;
    if (velocity_volatility(points, calc_size(in, "points"), (size_t)calc_count(in, "window"),
                            &percent))
        json_put_int(out, "value", percent);
    else
        json_put_null(out, "value");
    return true;
}

const struct calc_input calc_planning_velocity_interval_inputs[] = {
    CALC_INPUT("velocities", CALC_AMOUNTS),
    CALC_INPUT("confidence", CALC_SHARE, .fallback = "0.9"),
    { 0 },
};

bool calc_planning_velocity_interval(struct call *call, const struct calc_values *in,
                                     struct json_writer *out)
{
    double *velocity = calc_reals(call, in, "velocities");
    if (!velocity)
        return false;
    struct velocity_interval interval =
        velocity_interval(velocity, calc_size(in, "velocities"), calc_real(in, "confidence"));
    if (interval.is_known)
        json_put_int(out, "k", interval.k);
    else
        json_put_null(out, "k");
    calc_put_real(out, "low", interval.is_known, interval.low);
    calc_put_real(out, "high", interval.is_known, interval.high);
    return true;
}

const struct calc_input calc_planning_velocity_range_inputs[] = {
    CALC_INPUT("velocities", CALC_AMOUNTS),
    CALC_INPUT("iterations", CALC_COUNT),
    { 0 },
};

bool calc_planning_velocity_range(struct call *call, const struct calc_values *in,
                                  struct json_writer *out)
{
    double *velocity = calc_reals(call, in, "velocities");
    if (!velocity)
        return false;
    struct velocity_range range =
        velocity_range(velocity, calc_size(in, "velocities"), calc_count(in, "iterations"));
    calc_put_real(out, "worst3", range.is_known, range.worst);
    calc_put_real(out, "mean", range.is_known, range.mean);
    calc_put_real(out, "best3", range.is_known, range.best);
    return true;
}

/* --- the plan --- */

static const struct calc_input story_members[] = {
    CALC_INPUT("id", CALC_LABEL),
    CALC_INPUT("points", CALC_ANY, .fallback = "null", .words = "number"),
    { 0 },
};

const struct calc_input calc_planning_plan_iterations_inputs[] = {
    CALC_INPUT("backlog", CALC_OBJECTS, .members = story_members),
    CALC_INPUT("velocity", CALC_AMOUNT),
    { 0 },
};

/* A story without an estimate is named, so that somebody can estimate it. */
static bool read_story(struct call *call, const struct calc_values *in, size_t i, double *points,
                       const struct json **id)
{
    struct calc_values story;
    if (!calc_item(call, in, "backlog", i, &story))
        return false;
    *id = calc_json(&story, "id");
    *points = calc_real(&story, "points");
    if (isfinite(*points) && *points >= 0)
        return true;
    struct out name;
    out_init(&name, call);
    if ((*id)->kind == JSON_TEXT)
        out_text(&name, (*id)->text);
    else
        out_format(&name, "%.15g", json_number(*id));
    return calc_refuse(call, &story, "points",
                       "is no estimate of the story '%.*s': give a finite number, 0 or more",
                       TEXT_FMT(out_view(&name)));
}

static void put_plan(struct json_writer *out, const struct json *const *id, const size_t *iteration,
                     size_t count)
{
    json_key(out, "value");
    json_list(out);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || iteration[i] != iteration[i - 1])
            json_list(out);
        json_tree(out, id[i]);
        if (i + 1 == count || iteration[i + 1] != iteration[i])
            json_list_end(out);
    }
    json_list_end(out);
}

bool calc_planning_plan_iterations(struct call *call, const struct calc_values *in,
                                   struct json_writer *out)
{
    size_t count = calc_size(in, "backlog");
    double *points = call_array(call, count + 1, sizeof *points);
    size_t *iteration = call_array(call, count + 1, sizeof *iteration);
    const struct json **id = call_array(call, count + 1, sizeof *id);
    if (!points || !iteration || !id)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!read_story(call, in, i, &points[i], &id[i]))
            return false;
    velocity_plan(points, count, calc_real(in, "velocity"), iteration);
    put_plan(out, id, iteration, count);
    return true;
}

const struct calc_input calc_planning_ready_enough_inputs[] = {
    CALC_INPUT("ready_points", CALC_AMOUNTS),
    CALC_INPUT("velocity", CALC_AMOUNT),
    { 0 },
};

bool calc_planning_ready_enough(struct call *call, const struct calc_values *in,
                                struct json_writer *out)
{
    double *points = calc_reals(call, in, "ready_points"), needed = calc_real(in, "velocity");
    if (!points)
        return false;
    struct velocity_ready ready = velocity_ready(points, calc_size(in, "ready_points"), needed);
    calc_put_real(out, "ready_points", true, ready.points);
    json_put_real(out, "needed", needed);
    json_put_bool(out, "enough", ready.is_enough);
    calc_put_real(out, "iterations_ready", ready.has_iterations, ready.iterations);
    return true;
}

/* --- forecasts --- */

#define THROUGHPUT CALC_INPUT("throughput", CALC_COUNTS)

static bool read_throughput(struct call *call, const struct calc_values *in,
                            struct throughput *past)
{
    *past = (struct throughput){ calc_counts(call, in, "throughput"), calc_size(in, "throughput") };
    return past->items &&
           (past->count > 0 ||
            calc_refuse(call, in, "throughput", "is empty: there is no week to learn from"));
}

const struct calc_input calc_planning_forecast_how_many_inputs[] = {
    THROUGHPUT,
    CALC_INPUT("periods", CALC_COUNT),
    CALC_INPUT("confidence", CALC_SHARE),
    { 0 },
};

bool calc_planning_forecast_how_many(struct call *call, const struct calc_values *in,
                                     struct json_writer *out)
{
    struct throughput past;
    struct how_many forecast;
    if (!read_throughput(call, in, &past) ||
        !forecast_how_many(call, &past, calc_count(in, "periods"), calc_real(in, "confidence"),
                           &forecast))
        return false;
    json_put_int(out, "items", forecast.items);
    json_put_real(out, "p_at_least", forecast.p_at_least);
    return true;
}

const struct calc_input calc_planning_forecast_when_inputs[] = {
    THROUGHPUT,
    CALC_INPUT("backlog", CALC_NUMBER),
    CALC_INPUT("confidence", CALC_SHARE),
    { 0 },
};

static void put_periods(struct json_writer *out, const char *key, const struct when *when)
{
    if (when->is_ever)
        json_put_int(out, key, when->periods);
    else
        json_put_null(out, key);
}

bool calc_planning_forecast_when(struct call *call, const struct calc_values *in,
                                 struct json_writer *out)
{
    struct throughput past;
    struct when forecast;
    if (!read_throughput(call, in, &past) || !forecast_when(call, &past, calc_real(in, "backlog"),
                                                            calc_real(in, "confidence"), &forecast))
        return false;
    put_periods(out, "periods", &forecast);
    calc_put_real(out, "p", forecast.is_ever, forecast.p);
    return true;
}

/* A whole number below 2^64; beyond 2^53 only what was not written with a point is exact. */
static bool read_seed(struct call *call, const struct calc_values *in, bool takes_text,
                      uint64_t *seed)
{
    const struct json *value = calc_json(in, "seed");
    bool is_digits = value->kind == JSON_BIG_INT || (takes_text && value->kind == JSON_TEXT);
    if (value->kind == JSON_INT && value->integer >= 0) {
        *seed = (uint64_t)value->integer;
        return true;
    }
    if (value->kind == JSON_REAL && value->real >= 0 && value->real <= 9007199254740992.0 &&
        value->real == floor(value->real)) {
        *seed = (uint64_t)value->real;
        return true;
    }
    bool fits = is_digits && value->text.size > 0;
    uint64_t sum = 0;
    for (size_t i = 0; fits && i < value->text.size; i++) {
        unsigned digit = (unsigned)(value->text.at[i] - '0');
        fits = digit <= 9 && !__builtin_mul_overflow(sum, 10, &sum) &&
               !__builtin_add_overflow(sum, digit, &sum);
    }
    *seed = sum;
    return fits || calc_refuse(call, in, "seed", "must be a whole number from 0 to 2^64 - 1");
}

const struct calc_input calc_planning_forecast_when_mc_inputs[] = {
    THROUGHPUT,
    CALC_INPUT("backlog", CALC_NUMBER),
    CALC_INPUT("runs", CALC_COUNT),
    CALC_INPUT("seed", CALC_ANY, .words = "number"),
    CALC_INPUT("confidence", CALC_SHARE),
    { 0 },
};

bool calc_planning_forecast_when_mc(struct call *call, const struct calc_values *in,
                                    struct json_writer *out)
{
    struct throughput past;
    struct when forecast;
    uint64_t seed;
    int64_t runs = calc_count(in, "runs");
    if (!read_throughput(call, in, &past) || !read_seed(call, in, false, &seed))
        return false;
    if (runs < 1 || runs > NUMBERS_MAX)
        return calc_refuse(call, in, "runs", "is %lld: it must be from 1 to %d", (long long)runs,
                           NUMBERS_MAX);
    if (!forecast_when_mc(call, &past, calc_real(in, "backlog"), runs, seed,
                          calc_real(in, "confidence"), &forecast))
        return false;
    put_periods(out, "value", &forecast);
    return true;
}

const struct calc_input calc_planning_splitmix64_inputs[] = {
    CALC_INPUT("seed", CALC_ANY, .words = "number or text"),
    CALC_INPUT("n", CALC_COUNT),
    { 0 },
};

bool calc_planning_splitmix64(struct call *call, const struct calc_values *in,
                              struct json_writer *out)
{
    uint64_t state;
    int64_t n = calc_count(in, "n");
    char digits[24];
    if (!read_seed(call, in, true, &state))
        return false;
    if (n > NUMBERS_MAX)
        return calc_refuse(call, in, "n", "is %lld: at most %d at once", (long long)n, NUMBERS_MAX);
    json_key(out, "value");
    json_list(out);
    for (int64_t i = 0; i < n; i++) {
        snprintf(digits, sizeof digits, "%llu", (unsigned long long)forecast_splitmix64(&state));
        json_string(out, digits);
    }
    json_list_end(out);
    return true;
}
