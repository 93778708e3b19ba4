/* Rows for the outside: the order of keys, what is hidden, and that a row that was written reads
 * back. */
#include "support/support.h"

#include "base/json_read.h"
#include "base/json_write.h"
#include "support/test_catalog.h"

static void full_gadget(struct call *call, struct row *row)
{
    static const text tags[] = { { "new", 3 }, { "old", 3 } };
    static const rid helpers[] = { 2, 9 };
    assert_done(call, row_init(call, &gadget_record, row));
    row->id = 12;
    row->version = 3;
    row->created = TEST_NOW;
    row->changed = TEST_NOW + 1500000;
    row->change = 77;
    row->dimensions = DIMENSION_PEOPLE | DIMENSION_DATA;
    row->value[GADGET_NAME] = value_text(TEXT("La\"mp"));
    row->value[GADGET_RATIO] = value_real(0.1);
    row->value[GADGET_OPENED] = value_stamp(0);
    row->value[GADGET_DUE] = value_int(-1);
    row->value[GADGET_COLOR] = value_choice("red");
    row->value[GADGET_TEAM] = value_ref(4);
    row->value[GADGET_HELPERS] = (struct value){ .kind = VALUE_IDS, .count = 2, .ids = helpers };
    row->value[GADGET_TAGS] = (struct value){ .kind = VALUE_TEXTS, .count = 2, .texts = tags };
    row->value[GADGET_EXTRA] = value_text(TEXT("{\"a\":[1]}"));
    row->value[GADGET_PICTURE] = value_text(TEXT("\xff\0\x01"));
    row->value[GADGET_PASSWORD] = value_text(TEXT("sesame"));
}

static text written(struct call *call, const struct row *row, ref_namer name)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    assert_done(call, row_write_json(call, row, name, &writer));
    return out_view(&out);
}

static void keys_come_in_order_and_secrets_not_at_all(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    test_call_init(&call);
    full_gadget(&call, &row);
    assert_text(written(&call, &row, NULL),
                "{\"id\":\"GAD-12\",\"name\":\"La\\\"mp\",\"serial\":null,\"about\":null,"
                "\"amount\":1,\"ratio\":0.1,\"weight\":null,\"is_loud\":false,"
                "\"opened\":\"1970-01-01T00:00:00Z\",\"due\":\"1969-12-31\","
                "\"zone\":\"UTC\",\"color\":\"red\",\"state\":\"draft\",\"team\":4,"
                "\"owner\":null,\"helpers\":[2,9],\"tags\":[\"new\",\"old\"],\"place\":null,"
                "\"extra\":{\"a\":[1]},\"picture\":\"/wAB\",\"remark\":null,\"cases\":0,"
                "\"dimensions\":[\"data\",\"people\"],\"version\":3,"
                "\"created\":\"2026-11-16T07:00:00Z\","
                "\"changed\":\"2026-11-16T07:00:01.500000Z\",\"archived\":null}");
    call_release(&call);
}

/* Row 9 may not be read. */
static bool name_all_but_nine(struct call *call, const struct field *field, rid id, text *name)
{
    *name = id == 9 ? TEXT_NONE : call_format(call, "%s %d", field->refers, (int)id);
    return id == 9 || name->at;
}

static bool name_none(struct call *call, const struct field *field, rid id, text *name)
{
    (void)field;
    (void)id;
    (void)name;
    return fail(call, FAIL_STORE, "the store is gone");
}

static void what_may_not_be_read_leaves_no_trace(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    test_call_init(&call);
    full_gadget(&call, &row);
    row.value[GADGET_OWNER] = value_ref(9);
    text json = written(&call, &row, name_all_but_nine);
    assert_true(
        text_find(json, TEXT("\"team\":\"team 4\",\"owner\":null,\"helpers\":[\"person 2\"]")) !=
        SIZE_MAX);
    call_release(&call);
}

static void a_namer_that_fails_fails_the_row(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    struct out out;
    struct json_writer writer;
    test_call_init(&call);
    full_gadget(&call, &row);
    out_init(&out, &call);
    json_writer_init(&writer, &out, false);
    assert_false(row_write_json(&call, &row, name_none, &writer));
    assert_refused(&call, FAIL_STORE, "the store is gone");
    call_release(&call);
}

static void a_row_that_was_written_reads_back(void **state)
{
    (void)state;
    struct call call;
    struct row row, back;
    struct json json;
    test_call_init(&call);
    full_gadget(&call, &row);
    assert_done(&call, row_copy(&call, &row, &back));
    text packed = written(&call, &row, NULL);
    size_t cases = text_find(packed, TEXT("\"cases\":0,"));
    text without = call_format(&call, "%.*s%.*s", TEXT_FMT(text_until(packed, cases)),
                               TEXT_FMT(text_from(packed, cases + 10)));
    assert_done(&call, json_read(&call, without, &json, NULL));
    assert_done(&call, row_read_json(&call, &json, NULL, false, &back));
    for (int i = 0; i < GADGET_FIELD_COUNT; i++)
        assert_true(value_equal(row.value[i], back.value[i]));
    assert_int_equal(back.dimensions, row.dimensions);
    call_release(&call);
}

static void check_word(struct call *call, const struct row *row, int field, const char *wanted)
{
    struct out out;
    out_init(&out, call);
    assert_done(call, value_write_text(call, &gadget_record.field[field], row->value[field],
                                       name_all_but_nine, &out));
    assert_text(out_view(&out), wanted);
}

static void words_are_as_people_write_them(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    test_call_init(&call);
    full_gadget(&call, &row);
    check_word(&call, &row, GADGET_NAME, "La\"mp");
    check_word(&call, &row, GADGET_SERIAL, "");
    check_word(&call, &row, GADGET_AMOUNT, "1");
    check_word(&call, &row, GADGET_RATIO, "0.1");
    check_word(&call, &row, GADGET_IS_LOUD, "no");
    check_word(&call, &row, GADGET_OPENED, "1970-01-01T00:00:00Z");
    check_word(&call, &row, GADGET_DUE, "1969-12-31");
    check_word(&call, &row, GADGET_TEAM, "team 4");
    check_word(&call, &row, GADGET_HELPERS, "person 2");
    check_word(&call, &row, GADGET_TAGS, "new,old");
    check_word(&call, &row, GADGET_EXTRA, "{\"a\":[1]}");
    check_word(&call, &row, GADGET_PICTURE, "/wAB");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_come_in_order_and_secrets_not_at_all),
        cmocka_unit_test(what_may_not_be_read_leaves_no_trace),
        cmocka_unit_test(a_namer_that_fails_fails_the_row),
        cmocka_unit_test(a_row_that_was_written_reads_back),
        cmocka_unit_test(words_are_as_people_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
