/* See request.h. */
#include "http/request.h"

#include <inttypes.h>

static text pair_find(const struct pair *pair, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(pair[i].name, name))
            return pair[i].value;
    return TEXT_NONE;
}

text request_query(const struct request *request, const char *name)
{
    return pair_find(request->query, request->query_count, name);
}

text request_header(const struct request *request, const char *lower_case_name)
{
    return pair_find(request->header, request->header_count, lower_case_name);
}

bool request_names_etag(const struct request *request, text etag)
{
    text list = request_header(request, "if-none-match");
    while (list.at) {
        text tag = text_trim(text_cut(list, ',', &list));
        if (text_starts(tag, TEXT("W/")))
            tag = text_from(tag, 2);
        if (text_equal(tag, etag) || text_is(tag, "*"))
            return true;
    }
    return false;
}

text request_cookie(const struct request *request, const char *name)
{
    text rest = request_header(request, "cookie");
    while (rest.at) {
        text value, pair = text_cut(rest, ';', &rest);
        if (text_is(text_trim(text_cut(pair, '=', &value)), name) && value.at)
            return text_trim(value);
    }
    return TEXT_NONE;
}

static const struct {
    const char *word;
    bool is_set;
} flag_words[] = {
    { "", true },       { "true", true }, { "1", true },   { "yes", true },
    { "false", false }, { "0", false },   { "no", false },
};

bool request_flag(struct call *call, const struct request *request, const char *name, bool *is_set)
{
    text given = request_query(request, name);
    *is_set = false;
    if (!given.at)
        return true;
    for (size_t i = 0; i < sizeof flag_words / sizeof *flag_words; i++) {
        if (text_same_word(given, text_of(flag_words[i].word))) {
            *is_set = flag_words[i].is_set;
            return true;
        }
    }
    given = text_until_character(given, 80);
    return fail_at(call, name, "'%s' is '%.*s': give 'true' or 'false'", name, TEXT_FMT(given));
}

bool request_int(struct call *call, const struct request *request, const char *name, int64_t lowest,
                 int64_t highest, int64_t *value)
{
    text given = request_query(request, name);
    if (!given.at)
        return true;
    int64_t read;
    if (text_to_int(given, &read) && read >= lowest && read <= highest) {
        *value = read;
        return true;
    }
    given = text_until_character(given, 80);
    return fail_at(call, name, "'%s' is '%.*s': give a whole number from %" PRId64 " to %" PRId64,
                   name, TEXT_FMT(given), lowest, highest);
}

/*
 * What the reader tolerates for eval files, a request may not hold: two readers could differ on it.
 */
static bool json_is_plain(struct call *call, const struct json_notes *notes)
{
    if (notes->no_number)
        return fail(call, FAIL_INVALID,
                    "the body holds NaN or Infinity, which is not JSON: send null instead");
    if (notes->duplicate_key)
        return fail(call, FAIL_INVALID, "the body holds a key twice: send each key once");
    return true;
}

bool request_object(struct call *call, const struct request *request, struct json *object)
{
    text body = text_trim(request->body);
    if (text_starts(body, TEXT("\xEF\xBB\xBF")))
        body = text_from(body, 3);
    if (body.size == 0)
        return fail(call, FAIL_INVALID, "the request has no body: send a JSON object");
    struct json_notes notes = { 0 };
    if (!json_read(call, body, object, &notes) || !json_is_plain(call, &notes))
        return false;
    if (object->kind != JSON_OBJECT)
        return fail(call, FAIL_INVALID,
                    "the body is JSON but not an object: send one in braces, such as {}");
    return true;
}
