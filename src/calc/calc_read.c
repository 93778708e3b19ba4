/* See calc.h: what each type of input is called, and what it refuses. */
#include "calc/calc.h"

#include "base/json_read.h"
#include "base/visible.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>

/* --- one value --- */

static bool is_finite(const struct json *value)
{
    return json_is_number(value) && isfinite(json_number(value));
}

static bool is_amount(const struct json *value)
{
    return is_finite(value) && json_number(value) >= 0;
}

static bool is_positive(const struct json *value)
{
    return is_finite(value) && json_number(value) > 0;
}

/* Beyond 2^53 not every whole number is a double. */
static bool is_count(const struct json *value)
{
    return is_amount(value) && json_number(value) <= 9007199254740992.0 &&
           json_number(value) == floor(json_number(value));
}

static bool is_probability(const struct json *value)
{
    return is_amount(value) && json_number(value) <= 1;
}

static bool is_share(const struct json *value)
{
    return is_positive(value) && json_number(value) < 1;
}

static bool is_bool(const struct json *value)
{
    return value->kind == JSON_BOOL;
}

static bool is_text(const struct json *value)
{
    return value->kind == JSON_TEXT;
}

static bool is_label(const struct json *value)
{
    return is_text(value) || is_finite(value);
}

static bool is_object(const struct json *value)
{
    return value->kind == JSON_OBJECT;
}

static bool is_anything(const struct json *value)
{
    (void)value;
    return true;
}

/* What a value, or each item of a list, must be. */
static const struct {
    const char *words; /* of --list */
    bool is_list;
    bool (*fits)(const struct json *value);
    const char *demand; /* "'n' must be ..." */
} types[CALC_TYPES] = {
    [CALC_NUMBER] = { "number", false, is_finite, "a finite number" },
    [CALC_AMOUNT] = { "number", false, is_amount, "a finite number, 0 or more" },
    [CALC_POSITIVE] = { "number", false, is_positive, "a finite number above 0" },
    [CALC_COUNT] = { "number", false, is_count, "a whole number, 0 or more" },
    [CALC_PROBABILITY] = { "number", false, is_probability, "a number from 0 to 1" },
    [CALC_SHARE] = { "number", false, is_share, "a number strictly between 0 and 1" },
    [CALC_BOOL] = { "bool", false, is_bool, "true or false" },
    [CALC_TEXT] = { "text", false, is_text, "a text" },
    [CALC_CHOICE] = { "text", false, is_text, "a text" },
    [CALC_LABEL] = { "number or text", false, is_label, "a number or a text" },
    [CALC_NUMBERS] = { "list of numbers", true, is_finite, "a list of finite numbers" },
    [CALC_AMOUNTS] = { "list of numbers", true, is_amount, "a list of numbers, 0 or more" },
    [CALC_COUNTS] = { "list of numbers", true, is_count, "a list of whole numbers, 0 or more" },
    [CALC_PROBABILITIES] = { "list of numbers", true, is_probability,
                             "a list of numbers from 0 to 1" },
    [CALC_TEXTS] = { "list of texts", true, is_text, "a list of texts" },
    [CALC_LABELS] = { "list of labels", true, is_label, "a list of numbers or texts" },
    [CALC_OBJECT] = { "object", false, is_object, "an object" },
    [CALC_OBJECTS] = { "list of objects", true, is_object, "a list of objects" },
    [CALC_ANY] = { "any", false, is_anything, "a value" },
};

const char *calc_type_words(const struct calc_input *input)
{
    return input->words ? input->words : types[input->type].words;
}

/* --- sentences --- */

bool calc_refuse(struct call *call, const struct calc_values *in, const char *name,
                 const char *format, ...)
{
    char rest[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(rest, sizeof rest, format, arguments);
    va_end(arguments);
    /* Inputs that the sentence repeats may hold line ends; it stays one line. */
    return fail_at(call, name, "'%.*s%.*s' %.*s", TEXT_FMT(in->where),
                   TEXT_FMT(visible_text(call, text_of(name))),
                   TEXT_FMT(visible_text(call, text_of(rest))));
}

static const struct calc_input *input_named(const struct calc_input *input, text name)
{
    for (; input->name; input++)
        if (text_is(name, input->name))
            return input;
    return NULL;
}

static bool refuse_unknown(struct call *call, const struct calc_values *values, text key)
{
    struct out known;
    out_init(&known, call);
    for (const struct calc_input *input = values->input; input->name; input++)
        out_format(&known, "%s%s", input == values->input ? "" : ", ", input->name);
    char name[64];
    snprintf(name, sizeof name, "%.*s", TEXT_FMT(key));
    return calc_refuse(call, values, name, "is no input: it takes %.*s",
                       TEXT_FMT(out_view(&known)));
}

static bool check_choice(struct call *call, const struct calc_values *values,
                         const struct calc_input *input, const struct json *value)
{
    struct out words;
    out_init(&words, call);
    for (const char *const *choice = input->choices; *choice; choice++) {
        if (text_is(value->text, *choice))
            return true;
        out_format(&words, "%s'%s'", choice == input->choices ? "" : ", ", *choice);
    }
    return calc_refuse(call, values, input->name, "is '%.*s': it must be one of %.*s",
                       TEXT_FMT(value->text), TEXT_FMT(out_view(&words)));
}

/* --- an object of inputs --- */

static bool check_members(struct call *call, const struct calc_values *values,
                          const struct calc_input *input, const struct json *value, text item)
{
    struct calc_values members;
    text where =
        call_format(call, "%.*s%s%.*s.", TEXT_FMT(values->where), input->name, TEXT_FMT(item));
    return where.at && calc_read(call, input->members, value, where, &members);
}

static bool check_items(struct call *call, const struct calc_values *values,
                        const struct calc_input *input, const struct json *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const struct json *item = &list->item[i];
        if (item->kind == JSON_NULL && input->takes_null)
            continue;
        if (!types[input->type].fits(item))
            return calc_refuse(call, values, input->name, "must be %s: item %u is not",
                               types[input->type].demand, i + 1);
        if (input->members &&
            !check_members(call, values, input, item, call_format(call, "[%u]", i)))
            return false;
    }
    return true;
}

static bool check_pairs(struct call *call, const struct calc_values *values,
                        const struct calc_input *input, const struct json *list)
{
    if (!input->pairs_with)
        return true;
    const struct json *other = calc_json(values, input->pairs_with);
    if (other->kind != JSON_LIST || other->count == list->count)
        return true;
    return calc_refuse(call, values, input->name, "has %u items and '%s' has %u: they are paired",
                       list->count, input->pairs_with, other->count);
}

static bool check_value(struct call *call, const struct calc_values *values,
                        const struct calc_input *input, const struct json *value)
{
    bool is_list = types[input->type].is_list;
    if (value->kind == JSON_NULL)
        return true;
    if (is_list && value->kind == JSON_LIST)
        return check_items(call, values, input, value) && check_pairs(call, values, input, value);
    if (is_list || !types[input->type].fits(value))
        return calc_refuse(call, values, input->name, "must be %s", types[input->type].demand);
    if (input->type == CALC_CHOICE)
        return check_choice(call, values, input, value);
    return input->type != CALC_OBJECT || !input->members ||
           check_members(call, values, input, value, TEXT(""));
}

/* Null for an optional input means "not given". */
static bool take_value(struct call *call, const struct calc_values *values,
                       const struct calc_input *input, const struct json *object,
                       const struct json **value)
{
    const struct json *given = json_get(object, input->name);
    if (given && (given->kind != JSON_NULL || input->takes_null)) {
        *value = given;
        return check_value(call, values, input, given);
    }
    if (!input->fallback)
        return calc_refuse(call, values, input->name, "is missing: give %s",
                           types[input->type].demand);
    struct json *fallback = call_new(call, struct json);
    *value = fallback;
    return fallback && json_read(call, text_of(input->fallback), fallback, NULL);
}

/* A part may not exceed its whole. */
static bool check_within(struct call *call, const struct calc_values *values,
                         const struct calc_input *input)
{
    const struct json *part = calc_json(values, input->name),
                      *whole = calc_json(values, input->within);
    bool is_list = part->kind == JSON_LIST && whole->kind == JSON_LIST;
    uint32_t count = is_list ? part->count : 1;
    for (uint32_t i = 0; i < count; i++) {
        const struct json *one = is_list ? &part->item[i] : part,
                          *other = is_list ? &whole->item[i] : whole;
        if (json_is_number(one) && json_is_number(other) && json_number(one) > json_number(other))
            return calc_refuse(call, values, input->name, "is %g, more than '%s' (%g)",
                               json_number(one), input->within, json_number(other));
    }
    return true;
}

bool calc_read(struct call *call, const struct calc_input *input, const struct json *object,
               text where, struct calc_values *values)
{
    *values = (struct calc_values){ .input = input, .where = where };
    for (uint32_t i = 0; i < object->count; i++)
        if (!input_named(input, object->member[i].key))
            return refuse_unknown(call, values, object->member[i].key);
    for (size_t i = 0; input[i].name; i++) {
        assert(i < CALC_INPUTS_MAX);
        if (!take_value(call, values, &input[i], object, &values->value[i]))
            return false;
    }
    for (size_t i = 0; input[i].name; i++)
        if (input[i].within && !check_within(call, values, &input[i]))
            return false;
    return true;
}

/* --- what was given --- */

const struct json *calc_json(const struct calc_values *in, const char *name)
{
    const struct calc_input *input = input_named(in->input, text_of(name));
    assert(input && in->value[input - in->input]);
    return in->value[input - in->input];
}

bool calc_given(const struct calc_values *in, const char *name)
{
    return calc_json(in, name)->kind != JSON_NULL;
}

double calc_real(const struct calc_values *in, const char *name)
{
    const struct json *value = calc_json(in, name);
    return json_is_number(value) ? json_number(value) : NAN;
}

int64_t calc_count(const struct calc_values *in, const char *name)
{
    const struct json *value = calc_json(in, name);
    return json_is_number(value) ? (int64_t)json_number(value) : 0;
}

bool calc_bool(const struct calc_values *in, const char *name)
{
    const struct json *value = calc_json(in, name);
    return value->kind == JSON_BOOL && value->boolean;
}

text calc_text(const struct calc_values *in, const char *name)
{
    const struct json *value = calc_json(in, name);
    return value->kind == JSON_TEXT ? value->text : TEXT_NONE;
}

size_t calc_size(const struct calc_values *in, const char *name)
{
    const struct json *value = calc_json(in, name);
    return value->kind == JSON_LIST ? value->count : 0;
}

int calc_choice(const struct calc_values *in, const char *name)
{
    const struct calc_input *input = input_named(in->input, text_of(name));
    int place = 0;
    assert(input && input->choices);
    while (input->choices[place] && !text_is(calc_text(in, name), input->choices[place]))
        place++;
    return place;
}

double *calc_reals(struct call *call, const struct calc_values *in, const char *name)
{
    const struct json *list = calc_json(in, name);
    size_t count = calc_size(in, name);
    double *value = call_array(call, count + 1, sizeof *value);
    for (size_t i = 0; value && i < count; i++)
        value[i] = json_is_number(&list->item[i]) ? json_number(&list->item[i]) : NAN;
    return value;
}

int64_t *calc_counts(struct call *call, const struct calc_values *in, const char *name)
{
    const struct json *list = calc_json(in, name);
    size_t count = calc_size(in, name);
    int64_t *value = call_array(call, count + 1, sizeof *value);
    for (size_t i = 0; value && i < count; i++)
        value[i] = (int64_t)json_number(&list->item[i]);
    return value;
}

static bool label_equal(const struct json *a, const struct json *b)
{
    if (a->kind == JSON_TEXT || b->kind == JSON_TEXT)
        return a->kind == b->kind && text_equal(a->text, b->text);
    return json_number(a) == json_number(b);
}

static uint32_t label_number(struct call *call, const struct json *label, struct calc_labels *known)
{
    for (uint32_t i = 0; i < known->count; i++)
        if (label_equal(known->label[i], label))
            return i;
    known->label = call_more(call, known->label, known->count, &known->room, sizeof *known->label);
    if (known->label)
        known->label[known->count++] = label;
    return known->count - 1;
}

uint32_t *calc_label_numbers(struct call *call, const struct calc_values *in, const char *name,
                             struct calc_labels *known)
{
    const struct json *list = calc_json(in, name);
    size_t count = calc_size(in, name);
    uint32_t *number = call_array(call, count + 1, sizeof *number);
    for (size_t i = 0; number && i < count; i++) {
        number[i] = label_number(call, &list->item[i], known);
        if (!known->label)
            return NULL;
    }
    return number;
}

bool calc_object(struct call *call, const struct calc_values *in, const char *name,
                 struct calc_values *members)
{
    const struct calc_input *input = input_named(in->input, text_of(name));
    text where = call_format(call, "%.*s%s.", TEXT_FMT(in->where), name);
    return where.at && calc_read(call, input->members, calc_json(in, name), where, members);
}

bool calc_item(struct call *call, const struct calc_values *in, const char *name, size_t i,
               struct calc_values *members)
{
    const struct calc_input *input = input_named(in->input, text_of(name));
    text where = call_format(call, "%.*s%s[%zu].", TEXT_FMT(in->where), name, i);
    return where.at &&
           calc_read(call, input->members, &calc_json(in, name)->item[i], where, members);
}
