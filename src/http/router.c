/*
 * See router.h. A walk over all routes: some hundred comparisons of a few bytes, far below the work
 * of a handler.
 */
#include "http/router.h"

#include "http/target.h"

#include <assert.h>

enum { METHODS_MAX = 8 };

/* The next segment of a pattern; `*rest` is TEXT_NONE after the last. */
static text pattern_next(text *rest)
{
    return text_cut(*rest, '/', rest);
}

static text pattern_begin(const struct route *route)
{
    assert(route->path[0] == '/');
    return text_from(text_of(route->path), 1);
}

static bool is_capture(text segment)
{
    return segment.size > 1 && segment.at[0] == '{' && segment.at[segment.size - 1] == '}';
}

static bool pattern_matches(const struct route *route, const struct target_segments *segments)
{
    text rest = pattern_begin(route);
    for (size_t i = 0; i < segments->count; i++) {
        if (!rest.at)
            return false;
        text segment = pattern_next(&rest);
        text given = segments->at[i];
        if (is_capture(segment) ? given.size == 0 : !text_equal(segment, given))
            return false;
    }
    return !rest.at;
}

/*
 * Of two patterns for one path: the first segment that is literal in one and captured in the other
 * decides.
 */
static bool is_more_literal(const struct route *a, const struct route *b)
{
    text rest_a = pattern_begin(a);
    text rest_b = pattern_begin(b);
    while (rest_a.at && rest_b.at) {
        bool captures_a = is_capture(pattern_next(&rest_a));
        bool captures_b = is_capture(pattern_next(&rest_b));
        if (captures_a != captures_b)
            return captures_b;
    }
    return false;
}

static bool serves(const struct route *route, const char *method)
{
    return strcmp(route->method, strcmp(method, "HEAD") == 0 ? "GET" : method) == 0;
}

static void take_parts(struct request *request, const struct target_segments *segments)
{
    text rest = pattern_begin(request->route);
    request->part_count = 0;
    for (size_t i = 0; i < segments->count; i++) {
        if (!is_capture(pattern_next(&rest)))
            continue;
        assert(request->part_count < REQUEST_PARTS_MAX);
        request->part[request->part_count++] = segments->at[i];
    }
}

struct method_set {
    const char *method[METHODS_MAX];
    size_t count;
};

static void method_add(struct method_set *set, const char *method)
{
    for (size_t i = 0; i < set->count; i++)
        if (strcmp(set->method[i], method) == 0)
            return;
    if (set->count < METHODS_MAX)
        set->method[set->count++] = method;
}

static bool fail_method(struct call *call, const struct request *request,
                        const struct method_set *set, text *allowed)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < set->count; i++) {
        bool is_get = strcmp(set->method[i], "GET") == 0;
        out_format(&out, "%s%s%s", i ? ", " : "", set->method[i], is_get ? ", HEAD" : "");
    }
    *allowed = out_view(&out);
    text path = text_until_character(request->path, 200);
    return fail(call, FAIL_USAGE, "'%.*s' does not take the method '%.20s': use %.*s",
                TEXT_FMT(path), request->method, TEXT_FMT(*allowed));
}

static bool fail_path(struct call *call, const struct request *request)
{
    text path = text_until_character(request->path, 200);
    return fail(call, FAIL_NOT_FOUND, "there is nothing at '%.*s': check the address",
                TEXT_FMT(path));
}

bool router_find(struct call *call, const struct route *const *route, size_t route_count,
                 struct request *request, text *allowed)
{
    struct target_segments segments;
    struct method_set methods = { .count = 0 };
    request->route = NULL;
    *allowed = TEXT_NONE;
    if (!target_split(call, request->path, &segments))
        return false;
    for (size_t i = 0; i < route_count; i++) {
        if (!pattern_matches(route[i], &segments))
            continue;
        method_add(&methods, route[i]->method);
        if (serves(route[i], request->method) &&
            (!request->route || is_more_literal(route[i], request->route)))
            request->route = route[i];
    }
    if (request->route) {
        take_parts(request, &segments);
        return true;
    }
    return methods.count ? fail_method(call, request, &methods, allowed) : fail_path(call, request);
}
