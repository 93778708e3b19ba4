/*
 * The fast JSON readers: json_line_read for lines, and for what that declines simdjson's DOM copied
 * into the call's tree. They decide nothing: whatever simdjson refuses, and the little it reads
 * otherwise than we do (integers above int64, lone surrogates), is left to json_read_slowly, which
 * gives the result or the sentence. No exception passes through here: simdjson is compiled to
 * return error codes.
 */
#define SIMDJSON_EXCEPTIONS 0

#include <cstring>
#include <simdjson.h>

#include <cstdbool>
#include <cstddef>
#include <cstdint>

extern "C" {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow" /* in C, a struct and a function may share a name */
#include "base/json_line.h"
#include "base/json_read.h"
#include "base/json_settle.h"
#pragma GCC diagnostic pop
}

namespace
{

namespace dom = simdjson::dom;

/* Above this, parsers and their buffers (about ten times the text) are not kept between reads. */
constexpr size_t kept_size_max = size_t(1) << 20;

enum step { STEP_DONE, STEP_DECLINED, STEP_FAILED };

/* `texts` takes every text of the tree: unescaped texts are never longer than the source. */
struct builder {
    struct call *call;
    struct json_notes *notes;
    char *texts;
    size_t texts_size;
};

text keep(builder &to, std::string_view source)
{
    char *at = to.texts + to.texts_size;
    std::memcpy(at, source.data(), source.size());
    to.texts_size += source.size();
    return text{ at, source.size() };
}

step build(builder &to, const dom::element &element, struct json &json);

/* Counted by hand: simdjson's own count saturates in very large containers. */
template <typename Container> size_t count_of(const Container &container)
{
    size_t count = 0;
    for (auto each : container) {
        (void)each;
        count++;
    }
    return count;
}

step build_list(builder &to, const dom::array &list, struct json &json)
{
    size_t count = count_of(list);
    if (count > UINT32_MAX)
        return STEP_DECLINED;
    auto *item = static_cast<struct json *>(call_array(to.call, count, sizeof(struct json)));
    if (!item)
        return STEP_FAILED;
    json.kind = JSON_LIST;
    json.count = uint32_t(count);
    json.item = item;
    for (dom::element each : list) {
        step built = build(to, each, *item++);
        if (built != STEP_DONE)
            return built;
    }
    return STEP_DONE;
}

step build_object(builder &to, const dom::object &object, struct json &json)
{
    size_t count = count_of(object);
    if (count > UINT32_MAX)
        return STEP_DECLINED;
    auto *member =
        static_cast<struct json_member *>(call_array(to.call, count, sizeof(struct json_member)));
    if (!member)
        return STEP_FAILED;
    json.kind = JSON_OBJECT;
    json.count = uint32_t(count);
    json.member = member;
    struct json_member *at = member;
    for (dom::key_value_pair each : object) {
        at->key = keep(to, each.key);
        step built = build(to, each.value, at->value);
        if (built != STEP_DONE)
            return built;
        at++;
    }
    return json_settle(to.call, member, &json.count, to.notes) ? STEP_DONE : STEP_FAILED;
}

step build(builder &to, const dom::element &element, struct json &json)
{
    switch (element.type()) {
    case dom::element_type::ARRAY:
        return build_list(to, element.get_array().value_unsafe(), json);
    case dom::element_type::OBJECT:
        return build_object(to, element.get_object().value_unsafe(), json);
    case dom::element_type::INT64:
        json.kind = JSON_INT;
        json.integer = element.get_int64().value_unsafe();
        return STEP_DONE;
    case dom::element_type::UINT64:
        return STEP_DECLINED;
    case dom::element_type::DOUBLE:
        json.kind = JSON_REAL;
        json.real = element.get_double().value_unsafe();
        return STEP_DONE;
    case dom::element_type::STRING:
        json.kind = JSON_TEXT;
        json.text = keep(to, element.get_string().value_unsafe());
        return STEP_DONE;
    case dom::element_type::BOOL:
        json.kind = JSON_BOOL;
        json.boolean = element.get_bool().value_unsafe();
        return STEP_DONE;
    case dom::element_type::NULL_VALUE:
        json.kind = JSON_NULL;
        return STEP_DONE;
    }
    return STEP_DECLINED;
}

/* Texts are full of "\n": from one backslash to the next costs a fraction of a search for two. */
bool has_escaped_unit(text source)
{
    const char *at = source.at, *end = source.at + source.size;
    while ((at = static_cast<const char *>(std::memchr(at, '\\', size_t(end - at)))) &&
           end - at > 2) {
        if (at[1] == 'u')
            return true;
        at += 2;
    }
    return false;
}

/* simdjson lets "\udc00" alone pass and makes bytes of it that are not UTF-8. */
bool has_lone_surrogate(const builder &built, text source)
{
    return has_escaped_unit(source) && !text_is_utf8({ built.texts, built.texts_size });
}

step read_with(dom::parser &parser, struct call *call, text source, struct json *json,
               struct json_notes *notes)
{
    if (parser.max_depth() != JSON_DEPTH_MAX && parser.allocate(source.size, JSON_DEPTH_MAX))
        return STEP_DECLINED;
    auto parsed = parser.parse(source.at, source.size, true);
    if (parsed.error())
        return STEP_DECLINED;
    builder to = { call, notes, static_cast<char *>(call_take_unset(call, source.size)), 0 };
    if (!to.texts)
        return STEP_FAILED;
    step built = build(to, parsed.value_unsafe(), *json);
    return built == STEP_DONE && has_lone_surrogate(to, source) ? STEP_DECLINED : built;
}

step read_simdjson(struct call *call, text source, struct json *json, struct json_notes *notes)
{
    /* Opening a parser costs more than reading a line with it, so each thread keeps one. */
    static thread_local dom::parser kept;
    if (source.size <= kept_size_max)
        return read_with(kept, call, source, json, notes);
    dom::parser once;
    return read_with(once, call, source, json, notes);
}

/* What the first reader declines goes to the second. */
step read_fast(struct call *call, text source, struct json *json, struct json_notes *notes)
{
    struct arena_mark mark = arena_mark(&call->arena);
    switch (json_line_read(call, source, json, notes)) {
    case JSON_LINE_DONE:
        return STEP_DONE;
    case JSON_LINE_FAILED:
        return STEP_FAILED;
    case JSON_LINE_DECLINED:
        break;
    }
    arena_rewind(&call->arena, mark);
    return read_simdjson(call, source, json, notes);
}

} // namespace

bool json_read(struct call *call, text source, struct json *json, struct json_notes *notes)
{
    struct arena_mark mark = arena_mark(&call->arena);
    struct json_notes found = {};
    struct json read = {};
    switch (source.size ? read_fast(call, source, &read, &found) : STEP_DECLINED) {
    case STEP_DONE:
        *json = read;
        if (notes)
            notes->duplicate_key = notes->duplicate_key || found.duplicate_key;
        return true;
    case STEP_DECLINED:
        arena_rewind(&call->arena, mark);
        return json_read_slowly(call, source, json, notes);
    case STEP_FAILED:
        break;
    }
    return false;
}
