/* The pages that describe the program: the OpenAPI document and the catalogue. */
#include "support/support.h"

#include "support/test_rest.h"

static struct test_rest rest;

static int set_up(void **state)
{
    (void)state;
    test_rest_open(&rest);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_rest_close(&rest);
    return 0;
}

/* A POST that only says how such a row is made is nothing to call. */
static bool is_refused(const struct route *route)
{
    return route->status == 405;
}

static void every_route_that_can_be_called_is_described(void **state)
{
    (void)state;
    test_rest_ask(&rest, 200, "GET /api/v1/openapi.json", "", "");
    assert_member(&rest, "openapi", "3.1.0");
    const struct json *paths = test_member(&rest, "paths");
    for (size_t i = 0; i < rest.all.count; i++) {
        const struct route *route = rest.all.route[i];
        char method[16] = "";
        for (size_t at = 0; route->method[at]; at++)
            method[at] = (char)(route->method[at] | 0x20);
        const struct json *operation = json_get(json_get(paths, route->path), method);
        if (is_refused(route)) {
            assert_null(operation);
            continue;
        }
        if (!operation)
            print_error("%s %s is missing\n", route->method, route->path);
        assert_non_null(operation);
        assert_text(json_get(operation, "summary")->text, route->help);
        assert_non_null(json_get(json_get(operation, "responses"), "default"));
    }
}

/* Calls `visit` for every member of that name, however deep. */
static void walk(const struct json *json, const char *name, void (*visit)(const struct json *))
{
    for (uint32_t i = 0; json->kind == JSON_LIST && i < json->count; i++)
        walk(&json->item[i], name, visit);
    for (uint32_t i = 0; json->kind == JSON_OBJECT && i < json->count; i++) {
        if (text_is(json->member[i].key, name) && json->member[i].value.kind == JSON_TEXT)
            visit(&json->member[i].value);
        walk(&json->member[i].value, name, visit);
    }
}

static int seen_count;

static void resolve(const struct json *ref)
{
    char path[128];
    assert_true(text_starts(ref->text, TEXT("#/")));
    snprintf(path, sizeof path, "%.*s", TEXT_FMT(text_from(ref->text, 2)));
    if (!test_member(&rest, path))
        print_error("%s leads nowhere\n", path);
    assert_non_null(test_member(&rest, path));
    seen_count++;
}

static void every_reference_leads_somewhere(void **state)
{
    (void)state;
    seen_count = 0;
    test_rest_ask(&rest, 200, "GET /api/v1/openapi.json", "", "");
    walk(&rest.json, "$ref", resolve);
    assert_true(seen_count > 100);
}

static text seen[512];

static void is_new(const struct json *id)
{
    for (int i = 0; i < seen_count; i++)
        assert_false(text_equal(seen[i], id->text));
    assert_true(seen_count < 512);
    seen[seen_count++] = id->text;
}

static void every_operation_has_a_name_of_its_own(void **state)
{
    (void)state;
    seen_count = 0;
    test_rest_ask(&rest, 200, "GET /api/v1/openapi.json", "", "");
    walk(test_member(&rest, "paths"), "operationId", is_new);
    int refused = 0;
    for (size_t i = 0; i < rest.all.count; i++)
        refused += is_refused(rest.all.route[i]);
    assert_true(refused > 0);
    assert_int_equal(seen_count, rest.all.count - (size_t)refused);
}

/* The member is reached key by key: paths hold slashes. */
static const struct json *operation(const char *path, const char *method)
{
    return json_get(json_get(test_member(&rest, "paths"), path), method);
}

static bool has_parameter(const struct json *of, const char *name, const char *in)
{
    const struct json *list = json_get(of, "parameters");
    for (uint32_t i = 0; i < list->count; i++)
        if (text_is(json_get(&list->item[i], "name")->text, name) &&
            text_is(json_get(&list->item[i], "in")->text, in))
            return true;
    return false;
}

static void parameters_bodies_and_replies_are_named(void **state)
{
    (void)state;
    test_rest_ask(&rest, 200, "GET /api/v1/openapi.json", "", "");
    const struct json *list = operation("/api/v1/gadgets", "get");
    assert_true(has_parameter(list, "amount.min", "query"));
    assert_true(has_parameter(list, "sort", "query"));
    assert_false(has_parameter(list, "password", "query"));
    assert_false(has_parameter(list, "remark", "query"));
    const struct json *patch = operation("/api/v1/gadgets/{id}", "patch");
    assert_true(has_parameter(patch, "id", "path"));
    assert_true(has_parameter(patch, "If-Match", "header"));
    assert_non_null(json_get(patch, "requestBody"));
    assert_null(json_get(list, "requestBody"));
    const struct json *created =
        json_get(json_get(operation("/api/v1/gadgets", "post"), "responses"), "201");
    assert_non_null(created);
    assert_non_null(operation("/api/v1/gadgets/{id}/{verb}", "post"));
    assert_null(operation("/api/v1/gizmos/{id}/{verb}", "post"));
    assert_member(&rest, "components/securitySchemes/bearer/scheme", "bearer");
    assert_null(test_member(&rest, "components/schemas/gadget/properties/password"));
    assert_non_null(test_member(&rest, "components/schemas/gadget_creation/properties/password"));
}

static const struct json *named(const struct json *list, const char *name)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (text_is(json_get(&list->item[i], "name")->text, name))
            return &list->item[i];
    return NULL;
}

static void the_catalogue_tells_what_a_form_needs(void **state)
{
    (void)state;
    test_rest_ask(&rest, 200, "GET /api/v1/catalog", "", "");
    const struct json *records = test_member(&rest, "records");
    assert_int_equal(records->count, test_doors_catalog()->record_count);
    const struct json *gadget = named(records, "gadget");
    assert_text(json_get(gadget, "address")->text, "/api/v1/gadgets");
    assert_text(json_get(named(records, "plan_item"), "address")->text, "/api/v1/plan-items");
    assert_text(json_get(gadget, "title")->text, "name");
    assert_text(json_get(gadget, "state")->text, "state");
    assert_int_equal(json_get(gadget, "transitions")->count, 3);
    const struct json *fields = json_get(gadget, "fields");
    assert_int_equal(fields->count, GADGET_FIELD_COUNT);
    const struct json *color = named(fields, "color");
    assert_text(json_get(color, "kind")->text, "choice");
    assert_int_equal(json_get(color, "choices")->count, 3);
    assert_text(json_get(named(fields, "owner"), "refers")->text, "person");
    assert_text(json_get(named(fields, "name"), "flags")->item[0].text, "needed");
    assert_int_equal(json_get(named(fields, "amount"), "max")->kind, JSON_INT);
    assert_int_equal(json_get(named(records, "batch"), "made_by_program")->boolean, true);
    assert_int_equal(test_member(&rest, "dimensions")->count, 6);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_route_that_can_be_called_is_described),
        TEST(every_reference_leads_somewhere),
        TEST(every_operation_has_a_name_of_its_own),
        TEST(parameters_bodies_and_replies_are_named),
        TEST(the_catalogue_tells_what_a_form_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
