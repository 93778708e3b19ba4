/* See test_rest.h. Not named test_rest.c: the build makes a program of every test_*.c. */
#include "support/support.h"

#include "support/test_rest.h"

enum { HEADERS_MAX = 8 };

void test_rest_open(struct test_rest *rest)
{
    const struct route *list;
    test_doors_open(&rest->store);
    test_call_init(&rest->routes_call);
    struct call *call = &rest->routes_call;
    assert_done(call, rest_routes(call, test_doors_catalog(), &rest->all, &list, &rest->all.count));
    rest->route = call_array(call, rest->all.count, sizeof *rest->route);
    assert_non_null(rest->route);
    for (size_t i = 0; i < rest->all.count; i++)
        rest->route[i] = &list[i];
    rest->all.route = rest->route;
    rest->options = (struct server_options){ .host = "127.0.0.1", .route = rest->route,
                                             .route_count = rest->all.count };
}

void test_rest_close(struct test_rest *rest)
{
    call_release(&rest->routes_call);
    test_doors_close(&rest->store);
}

static size_t read_headers(struct call *call, const char *lines, struct pair header[HEADERS_MAX])
{
    size_t count = 0;
    text rest = call_text(call, text_of(lines));
    while (rest.size) {
        text value, line = text_cut(rest, '\n', &rest);
        header[count].name = text_cut(line, ':', &value);
        header[count++].value = text_trim(value);
        assert_true(count < HEADERS_MAX);
    }
    return count;
}

void test_rest_ask(struct test_rest *rest, int status, const char *method_and_path,
                   const char *headers, const char *body)
{
    struct call *call = &rest->store.call;
    struct pair header[HEADERS_MAX];
    test_doors_renew(&rest->store);
    text path, method = text_cut(text_of(method_and_path), ' ', &path);
    struct request request = { .method = call_string(call, method),
                               .path = path,
                               .header = header };
    request.header_count = read_headers(call, headers, header);
    request.body = call_text(call, text_of(body));
    if (body[0])
        header[request.header_count++] =
            (struct pair){ TEXT("content-type"), TEXT("application/json") };
    server_answer(&rest->options, call, &request, &rest->reply);
    fail_clear(call);
    text view = out_view(&rest->reply.body);
    if (rest->reply.status != status)
        print_error("%s: wanted %d, got %d: %.*s\n", method_and_path, status, rest->reply.status,
                    TEXT_FMT(view));
    assert_int_equal(rest->reply.status, status);
    rest->json = (struct json){ .kind = JSON_NULL };
    if (view.size)
        assert_done(call, json_read(call, view, &rest->json, NULL));
}

const struct json *test_member(struct test_rest *rest, const char *path)
{
    const struct json *at = &rest->json;
    char name[64];
    text left = text_of(path);
    while (at && left.at) {
        int64_t number;
        text part = text_cut(left, '/', &left);
        snprintf(name, sizeof name, "%.*s", TEXT_FMT(part));
        if (at->kind == JSON_LIST && text_to_int(part, &number))
            at = number < at->count ? &at->item[number] : NULL;
        else
            at = json_get(at, name);
    }
    return at;
}

void test_assert_member(struct test_rest *rest, const char *path, const char *string,
                        const char *file, int line)
{
    const struct json *member = test_member(rest, path);
    if (!member || member->kind != JSON_TEXT)
        print_error("no text at '%s' in: %.*s\n", path, TEXT_FMT(out_view(&rest->reply.body)));
    _assert_true(member && member->kind == JSON_TEXT, path, file, line);
    test_assert_text(member->text, string, file, line);
}

void test_assert_problem(struct test_rest *rest, const char *code, const char *part,
                         const char *file, int line)
{
    test_assert_member(rest, "code", code, file, line);
    const struct json *detail = test_member(rest, "detail");
    bool holds = detail && text_find(detail->text, text_of(part)) != SIZE_MAX;
    if (!holds)
        print_error("wanted '%s' in: %.*s\n", part, TEXT_FMT(out_view(&rest->reply.body)));
    _assert_true(holds, part, file, line);
}

text test_header(const struct test_rest *rest, const char *name)
{
    for (int i = 0; i < rest->reply.header_count; i++)
        if (strcmp(rest->reply.header[i].name, name) == 0)
            return rest->reply.header[i].value;
    return TEXT_NONE;
}
