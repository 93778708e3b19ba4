/* Content keys: the same content is the same key however it was written, other content is not. */
#include "importers/content_key.h"

#include "base/json_read.h"
#include "support/support.h"

static text key_of(struct call *call, const char *json)
{
    struct json value;
    assert_done(call, json_read(call, text_of(json), &value, NULL));
    return content_key(call, &value);
}

static void order_of_keys_and_form_of_texts_make_no_difference(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    text key = key_of(&call, "{\"a\":1,\"b\":\"caf\\u00e9\\n\"}");
    assert_int_equal(key.size, 64);
    assert_true(text_equal(key, key_of(&call, "{\"b\":\"cafe\\u0301\\r\\n\", \"a\":1}")));
    assert_false(text_equal(key, key_of(&call, "{\"a\":1,\"b\":\"cafe\\n\"}")));
    assert_false(text_equal(key, key_of(&call, "{\"a\":\"1\",\"b\":\"caf\\u00e9\\n\"}")));
    call_release(&call);
}

static void the_key_is_the_sha256_of_the_canonical_json(void **state)
{
    (void)state;
    struct call call;
    test_call_init(&call);
    assert_text(key_of(&call, "{ }"),
                "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    assert_false(text_equal(key_of(&call, "[1,2]"), key_of(&call, "[2,1]")));
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_of_keys_and_form_of_texts_make_no_difference),
        cmocka_unit_test(the_key_is_the_sha256_of_the_canonical_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
