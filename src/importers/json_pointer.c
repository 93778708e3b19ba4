/* See json_pointer.h. */
#include "importers/json_pointer.h"

static bool step_is(text step, text key)
{
    size_t at = 0;
    for (size_t i = 0; i < step.size; i++, at++) {
        char c = step.at[i];
        if (c == '~' && i + 1 < step.size)
            c = step.at[++i] == '1' ? '/' : '~';
        if (at >= key.size || key.at[at] != c)
            return false;
    }
    return at == key.size;
}

static const struct json *step_take(const struct json *from, text step)
{
    int64_t item;
    for (uint32_t i = 0; from->kind == JSON_OBJECT && i < from->count; i++)
        if (step_is(step, from->member[i].key))
            return &from->member[i].value;
    if (from->kind == JSON_LIST && text_to_int(step, &item) && item >= 0 && item < from->count)
        return &from->item[item];
    return NULL;
}

const struct json *json_pointer_follow(const struct json *from, text pointer)
{
    text rest = pointer.size ? text_from(pointer, 1) : TEXT_NONE;
    while (from && rest.at)
        from = step_take(from, text_cut(rest, '/', &rest));
    return from;
}

bool json_pointer_begins(text pointer, text key)
{
    text rest;
    return pointer.size && step_is(text_cut(text_from(pointer, 1), '/', &rest), key);
}
