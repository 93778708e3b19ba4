/*
 * See gate_policy.h. The keys of a policy are a table; those of its objects are a table each. The
 * record has the same keys as fields and is checked by the same reading.
 */
#include "rooms/prompts/gate_policy.h"

#include "base/json_read.h"
#include "rooms/evals/evals.h"
#include "store/find.h"

enum { CRITICAL_MAX = 1000 };

static const struct field gate_policy_fields[] = {
    [GATE_POLICY_TITLE] = { .name = "title",
                            .label = "Title",
                            .kind = FIELD_TEXT,
                            .flags = FIELD_COUNTED | FIELD_SEARCHED,
                            .help = "The surface's name." },
    [GATE_POLICY_SURFACE] = { .name = "surface",
                              .label = "Surface",
                              .kind = FIELD_REF,
                              .refers = "surface",
                              .flags = FIELD_NEEDED | FIELD_UNIQUE | FIELD_BY_NAME,
                              .help = "Whose candidates it judges; a surface has one policy." },
    [GATE_POLICY_FLOOR] = { .name = "floor",
                            .label = "Floor",
                            .kind = FIELD_JSON,
                            .help = "{\"pass_rate_lower\": 0.90}: what the lower bound of the pass "
                                    "rate has to reach; without it the gate is not defined." },
    [GATE_POLICY_REGRESSION] = { .name = "regression",
                                 .label = "Regression",
                                 .kind = FIELD_JSON,
                                 .help = "{\"alpha\": 0.05}: of the one-sided exact test; 0.05 "
                                         "when it is not said." },
    [GATE_POLICY_CRITICAL_CASES] = { .name = "critical_cases",
                                     .label = "Critical cases",
                                     .kind = FIELD_JSON,
                                     .help = "[\"case-1\", ...]: cases that have to pass." },
    [GATE_POLICY_TAIL] = { .name = "tail",
                           .label = "Hardest cases",
                           .kind = FIELD_JSON,
                           .help = "{\"fraction\": 0.1, \"margin\": 0.05}: how much lower the "
                                   "pass rate of the hardest cases may be." },
    [GATE_POLICY_COST_USD] = { .name = "cost_usd",
                               .label = "Cost (USD)",
                               .kind = FIELD_JSON,
                               .help = "{\"max_increase\": 0.10}: how much more a case may cost, "
                                       "as a part of what it did." },
    [GATE_POLICY_LATENCY_MS] = { .name = "latency_ms",
                                 .label = "Latency (ms)",
                                 .kind = FIELD_JSON,
                                 .help = "{\"p95_max\": 3000}: what 19 of 20 results have to "
                                         "keep." },
    [GATE_POLICY_COVERAGE_MIN] = { .name = "coverage_min",
                                   .label = "Coverage, at least",
                                   .kind = FIELD_REAL,
                                   .min = 0,
                                   .max = 1,
                                   .help = "Which part of the baseline's cases the candidate has "
                                           "to have; 0.95 when it is not said." },
    [GATE_POLICY_ERRORS_MAX] = { .name = "errors_max",
                                 .label = "Errors, at most",
                                 .kind = FIELD_REAL,
                                 .min = 0,
                                 .max = 1,
                                 .help = "Which part of the candidate's cases may end without a "
                                         "verdict; 0.05 when it is not said." },
};

/* --- reading --- */

/* A number of the policy, and where it goes. */
struct policy_number {
    const char *name;
    double min, max;
    size_t place;     /* of the double in struct gate_policy */
    bool is_needed;   /* an object without it says nothing */
    bool is_above;    /* more than `min`, not `min` itself */
    double otherwise; /* of one that is not needed */
};

static bool fail_number(struct call *call, const char *field, const struct policy_number *number)
{
    return fail_at(call, field, "'%s' of '%s' is a number %s %g up to %g", number->name, field,
                   number->is_above ? "above" : "from", number->min, number->max);
}

static double *number_in(struct gate_policy *policy, const struct policy_number *number)
{
    void *at = (char *)policy + number->place;
    return at;
}

static bool read_number(struct call *call, const char *field, const struct policy_number *number,
                        const struct json *json, struct gate_policy *policy)
{
    double *to = number_in(policy, number);
    if (!json_is_number(json))
        return fail_number(call, field, number);
    *to = json_number(json);
    bool is_enough = number->is_above ? *to > number->min : *to >= number->min;
    return (is_enough && *to <= number->max) || fail_number(call, field, number);
}

enum { OBJECT_NUMBERS_MAX = 3 };

/* An object of the policy. Its numbers are ended by one without a name. */
struct policy_object {
    const char *name;
    size_t has; /* place of the bool that says it was asked for */
    struct policy_number number[OBJECT_NUMBERS_MAX];
};

#define PLACE(member) offsetof(struct gate_policy, member)
#define NO_FLAG SIZE_MAX
#define MILLISECONDS_MAX 1e9

static const struct policy_object objects[] = {
    { "floor", PLACE(has_floor), { { "pass_rate_lower", 0, 1, PLACE(floor), true, false, 0 } } },
    { "regression", NO_FLAG, { { "alpha", 0, 0.5, PLACE(alpha), true, true, 0 } } },
    { "tail",
      PLACE(has_tail),
      { { "fraction", 0, 1, PLACE(tail_fraction), false, true, 0.1 },
        { "margin", 0, 1, PLACE(tail_margin), true, false, 0 } } },
    { "cost_usd", PLACE(has_cost), { { "max_increase", 0, 1000, PLACE(cost_max_increase), true,
                                       false, 0 } } },
    { "latency_ms",
      PLACE(has_latency),
      { { "p95_max", 0, MILLISECONDS_MAX, PLACE(latency_p95_max_ms), true, true, 0 } } },
};
enum { OBJECTS = sizeof objects / sizeof objects[0] };

static const struct policy_number numbers[] = {
    { "coverage_min", 0, 1, PLACE(coverage_min), false, false, 0 },
    { "errors_max", 0, 1, PLACE(errors_max), false, false, 0 },
};
enum { NUMBERS = sizeof numbers / sizeof numbers[0] };

static const struct policy_number *number_of(const struct policy_object *object, text key)
{
    for (size_t i = 0; object->number[i].name; i++)
        if (text_is(key, object->number[i].name))
            return &object->number[i];
    return NULL;
}

/* "pass_rate_lower" or "fraction, margin": the keys of an object, for sentences. */
static text keys_of(struct call *call, const struct policy_object *object)
{
    struct out words;
    out_init(&words, call);
    for (size_t i = 0; object->number[i].name; i++)
        out_format(&words, "%s%s", i ? ", " : "", object->number[i].name);
    return out_view(&words);
}

static bool check_keys(struct call *call, const struct policy_object *object,
                       const struct json *json)
{
    text keys = keys_of(call, object);
    if (json->kind != JSON_OBJECT)
        return fail_at(call, object->name, "'%s' is an object with %.*s", object->name,
                       TEXT_FMT(keys));
    for (size_t i = 0; i < json->count; i++)
        if (!number_of(object, json->member[i].key))
            return fail_at(call, object->name, "'%.*s' is no key of '%s': it has %.*s",
                           TEXT_FMT(json->member[i].key), object->name, TEXT_FMT(keys));
    return true;
}

static bool read_object(struct call *call, const struct policy_object *object,
                        const struct json *json, struct gate_policy *policy)
{
    if (!check_keys(call, object, json))
        return false;
    for (size_t i = 0; object->number[i].name; i++) {
        const struct policy_number *number = &object->number[i];
        const struct json *value = json_get(json, number->name);
        if (!value && number->is_needed)
            return fail_at(call, object->name, "'%s' needs '%s'", object->name, number->name);
        if (!value)
            *number_in(policy, number) = number->otherwise;
        else if (!read_number(call, object->name, number, value, policy))
            return false;
    }
    if (object->has != NO_FLAG)
        *(bool *)((char *)policy + object->has) = true;
    return true;
}

static bool read_critical(struct call *call, const struct json *json, struct gate_policy *policy)
{
    const char *name = "critical_cases";
    if (json->kind != JSON_LIST)
        return fail_at(call, name, "'%s' is a list of the ids of cases", name);
    if (json->count > CRITICAL_MAX)
        return fail_at(call, name, "'%s' has %u cases: %d at most", name, json->count,
                       CRITICAL_MAX);
    text *critical = call_array(call, (size_t)json->count + 1, sizeof *critical);
    for (uint32_t i = 0; critical && i < json->count; i++) {
        const struct json *item = &json->item[i];
        bool is_text = item->kind == JSON_TEXT && item->text.size > 0;
        if (!is_text && item->kind != JSON_INT)
            return fail_at(call, name, "item %u of '%s' is no id of a case", i + 1, name);
        critical[i] = is_text ? item->text
                              : call_format(call, "%lld", (long long)item->integer);
    }
    policy->critical = critical;
    policy->critical_count = json->count;
    return critical != NULL;
}

static bool read_surface(struct call *call, const struct json *json, text *surface)
{
    *surface = json->kind == JSON_TEXT ? json->text : TEXT_NONE;
    return surface->size > 0 ||
           fail_at(call, "surface", "'surface' is the name of the surface that the policy is for");
}

static bool fail_key(struct call *call, text key)
{
    return fail(call, FAIL_INVALID,
                "'%.*s' is no key of a gate policy: it has surface, floor, regression, "
                "critical_cases, tail, cost_usd, latency_ms, coverage_min, errors_max",
                TEXT_FMT(key));
}

static bool read_member(struct call *call, const struct json_member *member,
                        struct gate_policy *policy, text *surface)
{
    if (text_is(member->key, "surface"))
        return read_surface(call, &member->value, surface);
    if (text_is(member->key, "critical_cases"))
        return read_critical(call, &member->value, policy);
    for (size_t i = 0; i < OBJECTS; i++)
        if (text_is(member->key, objects[i].name))
            return read_object(call, &objects[i], &member->value, policy);
    for (size_t i = 0; i < NUMBERS; i++)
        if (text_is(member->key, numbers[i].name))
            return read_number(call, numbers[i].name, &numbers[i], &member->value, policy);
    return fail_key(call, member->key);
}

bool gate_policy_read(struct call *call, const struct json *object, struct gate_policy *policy,
                      text *surface)
{
    *policy = gate_policy_default;
    *surface = TEXT_NONE;
    if (object->kind != JSON_OBJECT)
        return fail(call, FAIL_INVALID,
                    "a gate policy is an object, such as floor: {pass_rate_lower: 0.90}");
    for (uint32_t i = 0; i < object->count; i++)
        if (!read_member(call, &object->member[i], policy, surface))
            return false;
    return true;
}

/* --- the record --- */

/* What a row says, by the same reading as a file: each field that is not null is a member. */
static bool read_row(struct call *call, const struct row *row, struct gate_policy *policy)
{
    text surface;
    *policy = gate_policy_default;
    for (size_t i = GATE_POLICY_FLOOR; i < GATE_POLICY_FIELDS; i++) {
        const struct field *field = &gate_policy_fields[i];
        struct json_member member = { .key = text_of(field->name) };
        if (value_is_null(row->value[i]))
            continue;
        if (field->kind == FIELD_REAL)
            member.value = (struct json){ .kind = JSON_REAL, .real = row->value[i].real };
        else if (!json_read(call, value_as_text(row->value[i]), &member.value, NULL))
            return false;
        if (!read_member(call, &member, policy, &surface))
            return false;
    }
    return true;
}

static bool gate_policy_settle(struct call *call, const struct row *before, struct row *after)
{
    (void)before;
    after->value[GATE_POLICY_TITLE] = value_text(
        find_title(call, &surface_record, value_as_int(after->value[GATE_POLICY_SURFACE])));
    return call->fail.kind == FAIL_NONE;
}

static bool gate_policy_check(struct call *call, const struct row *before, const struct row *after)
{
    struct gate_policy policy;
    (void)before;
    return read_row(call, after, &policy);
}

static const char *const gate_policy_listed[] = { "floor",    "regression", "critical_cases",
                                                  "tail",     "cost_usd",   "latency_ms",
                                                  "coverage_min", "errors_max", NULL };

const struct record gate_policy_record = {
    .name = "gate_policy",
    .plural = "gate_policies",
    .prefix = "GTP",
    .label = "gate policy",
    .help = "What a candidate of a surface has to keep: 'rondo gate-policy add --surface support "
            "--floor {\"pass_rate_lower\":0.9}'.",
    .field = gate_policy_fields,
    .field_count = sizeof gate_policy_fields / sizeof gate_policy_fields[0],
    .title = GATE_POLICY_TITLE,
    .listed = gate_policy_listed,
    .settle = gate_policy_settle,
    .check = gate_policy_check,
    .writers = ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};

bool gate_policy_of(struct call *call, rid surface, bool *has, struct gate_policy *policy)
{
    struct query query;
    struct row row;
    *policy = gate_policy_default;
    query_init(&query, &gate_policy_record);
    *has = query_add(call, &query, GATE_POLICY_SURFACE, FILTER_IS, value_ref(surface)) &&
           find_first(call, &query, &row);
    return call->fail.kind == FAIL_NONE && (!*has || read_row(call, &row, policy));
}
