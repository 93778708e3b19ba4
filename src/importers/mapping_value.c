/* See mapping_value.h. One small function per word of a rule. */
#include "importers/mapping_value.h"

#include "base/stamp.h"
#include "importers/content_key.h"
#include "importers/eval_push.h"
#include "importers/json_pointer.h"

#include <math.h>

static const struct json nothing = { .kind = JSON_NULL };

static struct json real_of(double number)
{
    if (number == floor(number) && fabs(number) < 9e15)
        return (struct json){ .kind = JSON_INT, .integer = (int64_t)number };
    return (struct json){ .kind = JSON_REAL, .real = number };
}

static bool refuse(struct call *call, const struct mapping_rule *rule, const char *what)
{
    return fail_at(call, "map", "'%.*s' of the row, for '%.*s', is %s: mend the row or the map",
                   TEXT_FMT(rule->from), TEXT_FMT(rule->name), what);
}

static bool is_same(const struct json *a, const struct json *b)
{
    if (json_is_number(a) && json_is_number(b))
        return json_number(a) == json_number(b);
    if (a->kind != b->kind)
        return false;
    return a->kind == JSON_TEXT   ? text_equal(a->text, b->text)
           : a->kind == JSON_BOOL ? a->boolean == b->boolean
                                  : a->kind == JSON_NULL;
}

/* Both times need a zone, or both have none. */
static bool seconds_between(struct call *call, const struct mapping_rule *rule,
                            const struct json *row, const struct json *from, struct json *value)
{
    stamp began, ended;
    const struct json *until = json_pointer_follow(row, rule->until);
    *value = nothing;
    if (!until || until->kind == JSON_NULL)
        return true;
    if (from->kind != JSON_TEXT || until->kind != JSON_TEXT)
        return refuse(call, rule, "no time as text");
    enum stamp_form form = stamp_read(from->text, &began, NULL);
    if (form == STAMP_NOT || form != stamp_read(until->text, &ended, NULL))
        return refuse(call, rule, "no time, or one written in another way than its end");
    if (ended >= began)
        *value = real_of((double)(ended - began) / (double)STAMP_SECOND);
    return true;
}

static bool share_of(struct call *call, const struct mapping_rule *rule, const struct json *from,
                     struct json *value)
{
    uint32_t hits = 0;
    *value = nothing;
    if (from->kind != JSON_OBJECT && from->kind != JSON_LIST)
        return refuse(call, rule, "neither a list nor an object");
    for (uint32_t i = 0; i < from->count; i++) {
        const struct json *item = from->kind == JSON_LIST ? &from->item[i] : &from->member[i].value;
        hits += item->kind == JSON_TEXT && text_equal(item->text, rule->share);
    }
    if (from->count)
        *value = (struct json){ .kind = JSON_REAL, .real = (double)hits / from->count };
    return true;
}

static bool part_before(struct call *call, const struct mapping_rule *rule, const struct json *from,
                        struct json *value)
{
    if (from->kind != JSON_TEXT)
        return refuse(call, rule, "no text");
    size_t at = text_find(from->text, rule->before);
    *value = *from;
    if (at != SIZE_MAX)
        value->text = text_until(from->text, at);
    return true;
}

static bool count_of(struct call *call, const struct mapping_rule *rule, const struct json *from,
                     struct json *value)
{
    if (from->kind != JSON_OBJECT && from->kind != JSON_LIST)
        return refuse(call, rule, "neither a list nor an object");
    *value = (struct json){ .kind = JSON_INT, .integer = from->count };
    return true;
}

static bool content_of(struct call *call, const struct json *from, struct json *value)
{
    *value = (struct json){ .kind = JSON_TEXT, .text = content_key(call, from) };
    return value->text.at != NULL;
}

static bool sum_of(struct call *call, const struct mapping_rule *rule, const struct json *from,
                   struct json *value)
{
    double number;
    bool is_number = json_is_number(from);
    if (is_number)
        number = json_number(from);
    else if (from->kind != JSON_TEXT || !text_to_real(text_trim(from->text), &number))
        return refuse(call, rule, "no number");
    *value = real_of(number + rule->plus);
    return true;
}

bool mapping_value(struct call *call, const struct mapping_rule *rule, const struct json *row,
                   const struct json *whole, struct json *value)
{
    const struct json *from = rule->constant ? rule->constant
                              : whole        ? whole
                                             : json_pointer_follow(row, rule->from);
    *value = from ? *from : nothing;
    if (rule->constant || whole || !from || from->kind == JSON_NULL || from->kind == JSON_NO_NUMBER)
        return true;
    if (rule->unless && is_same(from, rule->unless)) {
        *value = nothing;
        return true;
    }
    if (rule->until.at)
        return seconds_between(call, rule, row, from, value);
    if (rule->share.at)
        return share_of(call, rule, from, value);
    if (rule->before.at)
        return part_before(call, rule, from, value);
    if (rule->as == MAPPING_AS_COUNT)
        return count_of(call, rule, from, value);
    if (rule->as == MAPPING_AS_CONTENT)
        return content_of(call, from, value);
    return rule->plus == 0 || sum_of(call, rule, from, value);
}
