/*
 * See router.h. A route is filed under the literal segments that its pattern begins with, three at
 * most: "/api/v1/jobs/{id}" under "api/v1/jobs". A path can only match what is filed under its own
 * first segments, so four searches replace a walk over all routes, which are many hundreds.
 */
#include "http/router.h"

#include "http/target.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { METHODS_MAX = 8, FILED_SEGMENTS = 3 };

struct router_entry {
    text filed; /* a view into the pattern */
    size_t place;
    const struct route *route;
};

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

/* --- filing --- */

static text filed_under(const struct route *route)
{
    text whole = pattern_begin(route), rest = whole;
    size_t size = 0;
    for (int i = 0; i < FILED_SEGMENTS && rest.at; i++) {
        text segment = pattern_next(&rest);
        if (is_capture(segment))
            break;
        size = (size_t)(segment.at - whole.at) + segment.size;
    }
    return text_until(whole, size);
}

static int compare_entries(const void *left, const void *right)
{
    const struct router_entry *a = left, *b = right;
    int order = text_compare(a->filed, b->filed);
    return order ? order : a->place < b->place ? -1 : 1;
}

bool router_init(struct call *call, const struct route *const *route, size_t route_count,
                 struct router *router)
{
    router->count = route_count;
    router->entry = call_array(call, route_count + 1, sizeof *router->entry);
    if (!router->entry)
        return false;
    for (size_t i = 0; i < route_count; i++)
        router->entry[i] = (struct router_entry){ filed_under(route[i]), i, route[i] };
    qsort(router->entry, route_count, sizeof *router->entry, compare_entries);
    return true;
}

/* The first entry that is filed under the text or behind it. */
static size_t first_under(const struct router *router, text filed)
{
    size_t low = 0, high = router->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(router->entry[middle].filed, filed) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* --- finding --- */

static void look_under(const struct router *router, text filed,
                       const struct target_segments *segments, struct request *request,
                       struct method_set *methods)
{
    for (size_t i = first_under(router, filed);
         i < router->count && text_equal(router->entry[i].filed, filed); i++) {
        const struct route *route = router->entry[i].route;
        if (!pattern_matches(route, segments))
            continue;
        method_add(methods, route->method);
        if (serves(route, request->method) &&
            (!request->route || is_more_literal(route, request->route)))
            request->route = route;
    }
}

bool router_find(struct call *call, const struct router *router, struct request *request,
                 text *allowed)
{
    char room[TARGET_PATH_MAX + FILED_SEGMENTS];
    struct target_segments segments;
    struct method_set methods = { .count = 0 };
    size_t size = 0;
    request->route = NULL;
    *allowed = TEXT_NONE;
    if (!target_split(call, request->path, &segments))
        return false;
    look_under(router, TEXT(""), &segments, request, &methods);
    for (size_t i = 0; i < segments.count && i < FILED_SEGMENTS; i++) {
        assert(size + 1 + segments.at[i].size <= sizeof room);
        if (i)
            room[size++] = '/';
        memcpy(room + size, segments.at[i].at, segments.at[i].size);
        size += segments.at[i].size;
        if (size)
            look_under(router, (text){ room, size }, &segments, request, &methods);
    }
    if (request->route) {
        take_parts(request, &segments);
        return true;
    }
    return methods.count ? fail_method(call, request, &methods, allowed) : fail_path(call, request);
}
