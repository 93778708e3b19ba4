/* See json.h. */
#include "base/json.h"

const struct json *json_get(const struct json *object, const char *key)
{
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    text wanted = text_of(key);
    for (uint32_t i = 0; i < object->count; i++)
        if (text_equal(object->member[i].key, wanted))
            return &object->member[i].value;
    return NULL;
}

bool json_is_number(const struct json *json)
{
    return json && (json->kind == JSON_INT || json->kind == JSON_REAL);
}

double json_number(const struct json *json)
{
    return json->kind == JSON_INT ? (double)json->integer : json->real;
}
