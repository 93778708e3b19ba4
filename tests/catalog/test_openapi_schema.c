/* The schemas of a record: what each of the three shows, asks for and hides. */
#include "support/support.h"

#include "base/json_read.h"
#include "base/json_write.h"
#include "catalog/openapi_schema.h"
#include "support/test_catalog.h"

typedef bool (*schema_writer)(struct call *call, const struct record *record,
                              struct json_writer *writer);

static struct json schema_of(struct call *call, schema_writer write)
{
    struct out out;
    struct json_writer writer;
    struct json json;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    assert_done(call, write(call, &gadget_record, &writer));
    assert_done(call, json_read(call, out_view(&out), &json, NULL));
    return json;
}

static text compact(struct call *call, const struct json *json)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    json_tree(&writer, json);
    return out_view(&out);
}

/* The schema of one field without its title and description. */
static text part(struct call *call, const struct json *schema, const char *field)
{
    const struct json *found = json_get(json_get(schema, "properties"), field);
    if (!found)
        return TEXT_NONE;
    text whole = compact(call, found);
    size_t at = text_find(whole, TEXT(".\","));
    return at == SIZE_MAX ? whole : text_from(whole, at + 3);
}

static void fields_of_a_row_are_described_by_kind(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct json schema = schema_of(&call, openapi_schema_row);
    assert_text(part(&call, &schema, "name"), "\"type\":\"string\",\"maxLength\":1000}");
    assert_text(part(&call, &schema, "serial"), "\"type\":[\"string\",\"null\"],\"maxLength\":40}");
    assert_text(part(&call, &schema, "about"),
                "\"type\":[\"string\",\"null\"],\"maxLength\":262144}");
    assert_text(
        part(&call, &schema, "amount"),
        "\"type\":[\"integer\",\"null\"],\"format\":\"int64\",\"minimum\":0,\"maximum\":1000}");
    assert_text(part(&call, &schema, "weight"),
                "\"type\":[\"number\",\"null\"],\"format\":\"double\"}");
    assert_text(part(&call, &schema, "is_loud"), "\"type\":\"boolean\"}");
    assert_text(part(&call, &schema, "opened"),
                "\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}");
    assert_text(part(&call, &schema, "due"), "\"type\":[\"string\",\"null\"],\"format\":\"date\"}");
    assert_text(part(&call, &schema, "color"),
                "\"type\":[\"string\",\"null\"],\"enum\":[\"red\",\"green\",\"blue\",null]}");
    assert_text(part(&call, &schema, "state"),
                "\"type\":\"string\",\"enum\":[\"draft\",\"ready\",\"sent\"]}");
    assert_text(part(&call, &schema, "team"),
                "\"type\":[\"string\",\"null\"],\"x-refers\":\"team\"}");
    assert_text(part(&call, &schema, "helpers"),
                "\"type\":\"array\",\"x-refers\":\"person\",\"items\":{\"type\":\"string\"}}");
    assert_text(
        part(&call, &schema, "tags"),
        "\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":60},\"maxItems\":100}");
    assert_text(part(&call, &schema, "place"),
                "\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-9a-z]+$\",\"maxLength\":200}");
    assert_text(part(&call, &schema, "picture"),
                "\"type\":[\"string\",\"null\"],\"contentEncoding\":\"base64\"}");
    assert_text(part(&call, &schema, "cases"),
                "\"type\":[\"integer\",\"null\"],\"format\":\"int64\",\"readOnly\":true}");
    call_release(&call);
}

static void a_row_shows_everything_but_secrets(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct json schema = schema_of(&call, openapi_schema_row);
    const struct json *properties = json_get(&schema, "properties");
    const struct json *required = json_get(&schema, "required");
    assert_null(json_get(properties, "password"));
    assert_int_equal(properties->count, GADGET_FIELD_COUNT - 1 + 6);
    assert_int_equal(required->count, properties->count);
    for (uint32_t i = 0; i < required->count; i++)
        assert_true(text_equal(required->item[i].text, properties->member[i].key));
    assert_text(properties->member[0].key, "id");
    assert_text(part(&call, &schema, "version"),
                "\"type\":\"integer\",\"format\":\"int64\",\"readOnly\":true}");
    assert_text(part(&call, &schema, "archived"),
                "\"type\":[\"string\",\"null\"],\"format\":\"date-time\",\"readOnly\":true}");
    assert_text(json_get(&schema, "title")->text, "Gadget");
    call_release(&call);
}

static void creation_asks_for_what_is_needed_and_has_no_fallback(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct json schema = schema_of(&call, openapi_schema_creation);
    assert_text(compact(&call, json_get(&schema, "required")), "[\"name\"]");
    assert_false(json_get(&schema, "additionalProperties")->boolean);
    assert_text(part(&call, &schema, "serial"), "\"type\":[\"string\",\"null\"],\"maxLength\":40}");
    assert_text(part(&call, &schema, "is_loud"), "\"type\":\"boolean\",\"default\":false}");
    assert_text(part(&call, &schema, "zone"),
                "\"type\":[\"string\",\"null\"],\"default\":\"UTC\"}");
    assert_text(part(&call, &schema, "password"),
                "\"type\":[\"string\",\"null\"],\"maxLength\":1000,\"writeOnly\":true}");
    assert_non_null(part(&call, &schema, "dimensions").at);
    assert_null(part(&call, &schema, "cases").at);
    assert_null(part(&call, &schema, "id").at);
    call_release(&call);
}

static void an_update_asks_for_nothing_and_leaves_out_what_is_fixed(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    struct json schema = schema_of(&call, openapi_schema_update);
    assert_null(json_get(&schema, "required"));
    assert_null(part(&call, &schema, "serial").at);
    assert_null(part(&call, &schema, "cases").at);
    assert_text(part(&call, &schema, "is_loud"), "\"type\":\"boolean\"}");
    assert_text(
        part(&call, &schema, "helpers"),
        "\"type\":[\"array\",\"null\"],\"x-refers\":\"person\",\"items\":{\"type\":\"string\"}}");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_of_a_row_are_described_by_kind),
        cmocka_unit_test(a_row_shows_everything_but_secrets),
        cmocka_unit_test(creation_asks_for_what_is_needed_and_has_no_fallback),
        cmocka_unit_test(an_update_asks_for_nothing_and_leaves_out_what_is_fixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
