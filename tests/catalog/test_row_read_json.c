/* Rows out of JSON: strict by type, and every key that may not be set refused by its name. */
#include "support/support.h"

#include "base/json_read.h"
#include "support/test_catalog.h"

static struct json parse(struct call *call, const char *source)
{
    struct json json;
    assert_done(call, json_read(call, text_of(source), &json, NULL));
    return json;
}

static bool read_row(struct call *call, const char *source, bool creating, struct row *row)
{
    struct json json = parse(call, source);
    return row_read_json(call, &json, NULL, creating, row);
}

static void new_gadget(struct call *call, struct row *row)
{
    test_call_init(call);
    assert_done(call, row_init(call, &gadget_record, row));
}

static void every_kind_is_read_from_its_json_type(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    new_gadget(&call, &row);
    assert_done(
        &call,
        read_row(
            &call,
            "{\"name\":\"Lamp\",\"amount\":3,\"ratio\":1,\"weight\":2.5,\"is_loud\":true,"
            "\"opened\":\"2026-11-16T07:00:00Z\",\"due\":\"1970-01-02\","
             "\"zone\":\"UTC\",\"color\":\"red\","
            "\"team\":\"4\",\"helpers\":[\"2\",1],\"tags\":[\"Old\",\"old\"],\"place\":\"a1\","
            "\"extra\":{\"deep\":[1]},\"picture\":\"/wAB\","
             "\"password\":\"sesame\",\"dimensions\":[\"ai\",\"people\"]}",
            true, &row));
    assert_text(row.value[GADGET_NAME].text, "Lamp");
    assert_int_equal(row.value[GADGET_AMOUNT].integer, 3);
    assert_int_equal(row.value[GADGET_RATIO].kind, VALUE_REAL);
    assert_true(row.value[GADGET_WEIGHT].real == 2.5);
    assert_int_equal(row.value[GADGET_IS_LOUD].integer, 1);
    assert_true(row.value[GADGET_OPENED].integer == TEST_NOW);
    assert_int_equal(row.value[GADGET_DUE].integer, 1);
    assert_int_equal(row.value[GADGET_TEAM].integer, 4);
    assert_int_equal(row.value[GADGET_HELPERS].ids[1], 1);
    assert_int_equal(row.value[GADGET_TAGS].count, 1);
    assert_text(row.value[GADGET_EXTRA].text, "{\"deep\":[1]}");
    assert_int_equal(row.value[GADGET_PICTURE].text.size, 3);
    assert_text(row.value[GADGET_PASSWORD].text, "sesame");
    assert_int_equal(row.dimensions, DIMENSION_AI | DIMENSION_PEOPLE);
    call_release(&call);
}

static void another_json_type_is_refused(void **state)
{
    (void)state;
    static const struct { const char *source, *said; } cases[] = {
        { "{\"name\":5}", "'name' must be a text" },
        { "{\"amount\":\"3\"}", "'amount' must be a whole number" },
        { "{\"amount\":2.5}", "'amount' must be a whole number" },
        { "{\"amount\":9223372036854775808}", "at most 64 bits" },
        { "{\"ratio\":\"1\"}", "'ratio' must be a number" },
        { "{\"ratio\":NaN}", "'ratio' must be a number" },
        { "{\"is_loud\":1}", "'is_loud' must be true or false" },
        { "{\"opened\":1794812400}", "'opened' must be a text such as" },
        { "{\"opened\":\"2026-11-16T07:00\"}", "needs a time zone" },
        { "{\"team\":0}", "'team' must be the id of a row" },
        { "{\"helpers\":\"1\"}", "'helpers' must be a list of ids" },
        { "{\"helpers\":[null]}", "'helpers' must be a list of ids" },
        { "{\"tags\":\"a,b\"}", "'tags' must be a list of words" },
        { "{\"tags\":[1]}", "'tags' must be a list of words" },
        { "{\"picture\":\"?\"}", "base64" },
        { "{\"dimensions\":\"ai\"}", "'dimensions' must be a list" },
        { "{\"dimensions\":[\"art\"]}", "'dimensions' takes the words data, ai" },
        { "{\"dimensions\":[1]}", "'dimensions' takes the words" },
        { "[]", "must come as one JSON object" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct call call;
        struct row row;
        new_gadget(&call, &row);
        assert_false(read_row(&call, cases[i].source, true, &row));
        assert_refused(&call, FAIL_INVALID, cases[i].said);
        call_release(&call);
    }
}

static void whole_reals_are_integers_where_a_double_is_exact(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    new_gadget(&call, &row);
    assert_done(&call, read_row(&call, "{\"amount\":3.0}", true, &row));
    assert_int_equal(row.value[GADGET_AMOUNT].integer, 3);
    assert_false(read_row(&call, "{\"amount\":1e17}", true, &row));
    assert_refused(&call, FAIL_INVALID, "whole number");
    assert_done(&call, read_row(&call, "{\"weight\":100000000000000000000}", true, &row));
    assert_true(row.value[GADGET_WEIGHT].real == 1e20);
    call_release(&call);
}

static void null_and_empty_take_values_away(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    new_gadget(&call, &row);
    row.value[GADGET_NAME] = value_text(TEXT("Lamp"));
    row.value[GADGET_TEAM] = value_ref(3);
    row.dimensions = DIMENSION_AI;
    assert_done(
        &call,
        read_row(&call,
                 "{\"name\":\"\",\"team\":null,\"amount\":null,\"tags\":[],\"dimensions\":[]}",
                 false, &row));
    assert_true(value_is_null(row.value[GADGET_NAME]));
    assert_true(value_is_null(row.value[GADGET_TEAM]));
    assert_true(value_is_null(row.value[GADGET_AMOUNT]));
    assert_true(value_is_null(row.value[GADGET_TAGS]));
    assert_int_equal(row.dimensions, 0);
    assert_text(row.value[GADGET_STATE].text, "draft"); /* not named, not touched */
    call_release(&call);
}

static void unknown_keys_are_refused_with_the_nearest(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    new_gadget(&call, &row);
    assert_false(read_row(&call, "{\"colour\":\"red\"}", true, &row));
    assert_string_equal(call.fail.field, "colour");
    assert_refused(&call, FAIL_INVALID,
                   "'colour' is not a field of 'gadget'; the nearest is 'color'");
    assert_false(read_row(&call, "{\"nmae\":\"x\"}", true, &row));
    assert_refused(&call, FAIL_INVALID, "the nearest is 'name'");
    assert_false(read_row(&call, "{\"dimension\":[]}", true, &row));
    assert_refused(&call, FAIL_INVALID, "the nearest is 'dimensions'");
    assert_false(read_row(&call, "{\"change\":1}", false, &row));
    assert_refused(&call, FAIL_INVALID, "'change' is not a field");
    call_release(&call);
}

static void what_the_program_sets_is_refused(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    new_gadget(&call, &row);
    assert_false(read_row(&call, "{\"cases\":1}", true, &row));
    assert_refused(&call, FAIL_INVALID, "'cases' is counted by Rondo and cannot be set");
    assert_false(read_row(&call, "{\"id\":\"GAD-1\"}", true, &row));
    assert_refused(&call, FAIL_INVALID, "'id' is set by Rondo");
    assert_done(
        &call,
        read_row(&call,
                 "{\"id\":\"GAD-9\",\"version\":9,\"created\":1,\"changed\":1,\"archived\":1}",
                 false, &row));
    assert_int_equal(row.id, 0);
    assert_int_equal(row.version, 0);
    assert_int_equal(row.archived, 0);
    call_release(&call);
}

static void a_fixed_field_is_set_once_and_may_be_repeated(void **state)
{
    (void)state;
    struct call call;
    struct row row;
    new_gadget(&call, &row);
    assert_done(&call, read_row(&call, "{\"serial\":\"A1\"}", true, &row));
    assert_done(&call, read_row(&call, "{\"serial\":\"A1\"}", false, &row));
    assert_false(read_row(&call, "{\"serial\":\"A2\"}", false, &row));
    assert_refused(&call, FAIL_INVALID, "'serial' is fixed at creation and cannot be changed");
    call_release(&call);
}

static bool resolve_none(struct call *call, const struct field *field, text word, rid *id)
{
    (void)id;
    return fail_at(call, field->name, "there is no '%.*s'", TEXT_FMT(word));
}

static void with_a_resolver_numbers_are_no_refs(void **state)
{
    (void)state;
    struct call call;
    struct value value;
    test_call_init(&call);
    struct json number = parse(&call, "4"), name = parse(&call, "\"Core\"");
    const struct field *team = &gadget_record.field[GADGET_TEAM];
    assert_false(value_read_json(&call, team, &number, resolve_none, &value));
    assert_refused(&call, FAIL_INVALID, "'team' must be the id of a row");
    assert_false(value_read_json(&call, team, &name, resolve_none, &value));
    assert_refused(&call, FAIL_INVALID, "there is no 'Core'");
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_read_from_its_json_type),
        cmocka_unit_test(another_json_type_is_refused),
        cmocka_unit_test(whole_reals_are_integers_where_a_double_is_exact),
        cmocka_unit_test(null_and_empty_take_values_away),
        cmocka_unit_test(unknown_keys_are_refused_with_the_nearest),
        cmocka_unit_test(what_the_program_sets_is_refused),
        cmocka_unit_test(a_fixed_field_is_set_once_and_may_be_repeated),
        cmocka_unit_test(with_a_resolver_numbers_are_no_refs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
