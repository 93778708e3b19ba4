/* See body_words.h. */
#include "offers/body_words.h"

#include "base/out.h"
#include "http/request.h"

static bool read_word(struct call *call, const struct json *body, const struct body_word *known)
{
    const struct json *json = json_get(body, known->key);
    *known->word = TEXT_NONE;
    if (!json || json->kind == JSON_NULL)
        return true;
    if (json->kind == JSON_INT)
        *known->word = call_format(call, "%lld", (long long)json->integer);
    else if (json->kind == JSON_TEXT)
        *known->word = json->text;
    else
        return fail_at(call, known->key, "'%s' is a text", known->key);
    return true;
}

/* "'lable' is not known here: this takes 'label', 'version'". */
static bool fail_unknown(struct call *call, text key, const struct body_word *known, size_t count)
{
    struct out names;
    text shown = text_until_character(key, 100);
    out_init(&names, call);
    for (size_t i = 0; i < count; i++)
        out_format(&names, "%s'%s'", i ? ", " : "", known[i].key);
    return fail_at(call, call_string(call, shown), "'%.*s' is not known here: this takes %.*s",
                   TEXT_FMT(shown), TEXT_FMT(out_view(&names)));
}

bool body_words_read(struct call *call, const struct request *request,
                     const struct body_word *known, size_t count)
{
    struct json body = { .kind = JSON_OBJECT };
    if (request->body.size && !request_object(call, request, &body))
        return false;
    for (size_t i = 0; i < body.count; i++) {
        bool is_known = false;
        for (size_t k = 0; k < count; k++)
            is_known |= text_is(body.member[i].key, known[k].key);
        if (!is_known)
            return fail_unknown(call, body.member[i].key, known, count);
    }
    for (size_t k = 0; k < count; k++)
        if (!read_word(call, &body, &known[k]))
            return false;
    return true;
}
