/* Questions: filters, orders, pages, counts; what may not be asked. Who may read is test_reader. */
#include "support/test_store.h"

enum { LAMPS = 23 };

/* Twenty-three gadgets whose values repeat and are now and then unknown. */
static void make_lamps(struct call *call, const struct test_store *at)
{
    static const char *const colors[] = { "red", "green", "blue" };
    static const text tags[] = { { "loud", 4 }, { "heavy", 5 } };
    assert_done(call, change_open(call, TEXT("make lamps")));
    for (int i = 0; i < LAMPS; i++) {
        char name[32];
        snprintf(name, sizeof name, "%s %d", i % 2 ? "lamp" : "Lamp", (i * 7) % LAMPS);
        struct row row = test_row(call, &gadget_record, name, 0);
        rid helpers[] = { at->person[ADA], at->person[BEN] };
        if (i % 3)
            row.value[GADGET_AMOUNT] = value_int(i % 5);
        else
            row.value[GADGET_AMOUNT] = VALUE_NONE;
        if (i % 4)
            row.value[GADGET_RATIO] = value_real((i % 6) / 7.0);
        if (i % 5)
            row.value[GADGET_COLOR] = value_choice(colors[i % 3]);
        if (i % 6 == 1)
            row.value[GADGET_WEIGHT] = value_real(1e20 * i);
        if (i % 7 == 1)
            row.value[GADGET_ABOUT] = value_text(TEXT("two\nlines: and a colon"));
        row.value[GADGET_DUE] = i % 2 ? value_int(-i) : VALUE_NONE;
        if (i % 3 == 1)
            row.value[GADGET_TAGS] =
                (struct value){ .kind = VALUE_TEXTS, .count = i % 2 ? 2 : 1, .texts = tags };
        if (i % 4 == 1)
            row.value[GADGET_HELPERS] =
                (struct value){ .kind = VALUE_IDS, .count = i % 8 == 1 ? 2 : 1, .ids = helpers };
        row.dimensions = (unsigned)i % 4;
        assert_done(call, ledger_create(call, &row));
    }
    assert_done(call, change_commit(call));
}

static int lamps_setup(void **state)
{
    struct call call;
    test_store_setup(state);
    test_call_as(&call, *state, MACHINE);
    make_lamps(&call, *state);
    test_call_end(&call);
    return 0;
}

static int64_t count_of(struct call *call, int field, enum filter_op op, struct value value)
{
    struct query query;
    struct rows rows;
    int64_t count;
    query_init(&query, &gadget_record);
    assert_done(call, query_add(call, &query, field, op, value));
    assert_done(call, find_count(call, &query, &count));
    assert_done(call, find_rows(call, &query, &rows));
    assert_int_equal(rows.count, count);
    return count;
}

static void each_filter_gives_its_rows(void **state)
{
    struct call call;
    test_call_as(&call, *state, BEN);
    assert_int_equal(count_of(&call, GADGET_AMOUNT, FILTER_IS, value_int(2)), 4);
    assert_int_equal(count_of(&call, GADGET_AMOUNT, FILTER_IS_NOT, value_int(2)), LAMPS - 4);
    assert_int_equal(count_of(&call, GADGET_AMOUNT, FILTER_IS, VALUE_NONE), 8);
    assert_int_equal(count_of(&call, GADGET_AMOUNT, FILTER_IS_NOT, VALUE_NONE), 15);
    assert_int_equal(count_of(&call, GADGET_AMOUNT, FILTER_LESS, value_int(2)), 6);
    assert_int_equal(count_of(&call, GADGET_AMOUNT, FILTER_AT_MOST, value_int(2)), 10);
    assert_int_equal(count_of(&call, GADGET_AMOUNT, FILTER_MORE, value_int(2)), 5);
    assert_int_equal(count_of(&call, GADGET_AMOUNT, FILTER_AT_LEAST, value_int(2)), 9);
    assert_int_equal(count_of(&call, GADGET_AMOUNT, FILTER_IS, value_int(999)), 0);
    assert_int_equal(count_of(&call, GADGET_RATIO, FILTER_IS, value_real(3 / 7.0)), 4);
    assert_int_equal(count_of(&call, GADGET_RATIO, FILTER_MORE, value_real(4 / 7.0)), 3);
    assert_int_equal(count_of(&call, GADGET_COLOR, FILTER_IS, value_choice("red")), 6);
    assert_int_equal(count_of(&call, FIND_ID, FILTER_AT_MOST, value_int(5)), 5);
    assert_int_equal(count_of(&call, FIND_DIMENSIONS, FILTER_IS, value_int(3)), 5);
    assert_int_equal(count_of(&call, FIND_DIMENSIONS, FILTER_HAS, value_int(2)), 11);
    assert_int_equal(count_of(&call, FIND_CREATED, FILTER_LESS, value_int(TEST_NOW)), 0);
    assert_int_equal(count_of(&call, FIND_CHANGED, FILTER_AT_LEAST, value_int(TEST_NOW)), LAMPS);
    assert_int_equal(count_of(&call, FIND_CHANGE, FILTER_IS, value_int(2)), LAMPS);
    test_call_end(&call);
}

static void what_is_left_out_comes_as_unknown_and_filters_still(void **state)
{
    struct call call;
    struct query query;
    struct rows all, some;
    test_call_as(&call, *state, MACHINE);
    query_init(&query, &gadget_record);
    assert_done(&call, query_add(&call, &query, GADGET_COLOR, FILTER_IS, value_text(TEXT("red"))));
    assert_done(&call, find_rows(&call, &query, &all));
    query.left_out = UINT64_C(1) << GADGET_COLOR | UINT64_C(1) << GADGET_DUE;
    assert_done(&call, find_rows(&call, &query, &some));
    assert_true(all.count > 1);
    assert_int_equal(some.count, all.count);
    for (size_t i = 0; i < all.count; i++) {
        assert_true(value_is_null(some.row[i].value[GADGET_COLOR]));
        assert_true(value_is_null(some.row[i].value[GADGET_DUE]));
        assert_true(value_equal(some.row[i].value[GADGET_NAME], all.row[i].value[GADGET_NAME]));
        assert_true(value_equal(some.row[i].value[GADGET_RATIO], all.row[i].value[GADGET_RATIO]));
        assert_int_equal(some.row[i].version, 1);
    }
    query.is_bare = true;
    assert_done(&call, find_rows(&call, &query, &some));
    assert_int_equal(some.count, all.count);
    for (size_t i = 0; i < all.count; i++) {
        assert_int_equal(some.row[i].id, all.row[i].id);
        assert_int_equal(some.row[i].version + some.row[i].created + some.row[i].change, 0);
        assert_true(value_is_null(some.row[i].value[GADGET_COLOR]));
        assert_true(value_equal(some.row[i].value[GADGET_NAME], all.row[i].value[GADGET_NAME]));
    }
    test_call_end(&call);
}

/* Whether the filter told it or the row did. */
static void what_was_asked_for_is_in_each_row(void **state)
{
    static const struct filter asked[] = { { GADGET_AMOUNT, FILTER_IS, { 0 } },
                                           { GADGET_AMOUNT, FILTER_IS_NOT, { 0 } },
                                           { GADGET_AMOUNT, FILTER_AT_MOST, { 0 } },
                                           { GADGET_DUE, FILTER_IS, { 0 } },
                                           { GADGET_RATIO, FILTER_IS, { 0 } } };
    struct call call;
    test_call_as(&call, *state, BEN);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        struct query query;
        struct rows rows;
        struct row alone;
        query_init(&query, &gadget_record);
        int64_t number = asked[i].field == GADGET_DUE ? -3 : 3;
        struct value value = asked[i].field == GADGET_RATIO ? value_int(0) : value_int(number);
        assert_done(&call, query_add(&call, &query, asked[i].field, asked[i].op, value));
        assert_done(&call, find_rows(&call, &query, &rows));
        assert_true(rows.count > 0);
        for (size_t at = 0; at < rows.count; at++) {
            assert_done(&call, find_row(&call, &gadget_record, rows.row[at].id, &alone));
            for (size_t field = 0; field < gadget_record.field_count; field++)
                assert_true(value_equal(rows.row[at].value[field], alone.value[field]));
        }
    }
    test_call_end(&call);
}

static void a_list_is_asked_for_its_items(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, BEN);
    assert_int_equal(count_of(&call, GADGET_TAGS, FILTER_HAS, value_text(TEXT("loud"))), 8);
    assert_int_equal(count_of(&call, GADGET_TAGS, FILTER_IS, value_text(TEXT("heavy"))), 4);
    assert_int_equal(count_of(&call, GADGET_TAGS, FILTER_IS_NOT, value_text(TEXT("heavy"))), 19);
    assert_int_equal(count_of(&call, GADGET_TAGS, FILTER_HAS, value_text(TEXT("lou"))), 0);
    assert_int_equal(count_of(&call, GADGET_TAGS, FILTER_IS, VALUE_NONE), 15);
    assert_int_equal(count_of(&call, GADGET_TAGS, FILTER_IS_NOT, VALUE_NONE), 8);
    struct value ada = value_ref(at->person[ADA]), ben = value_ref(at->person[BEN]);
    assert_int_equal(count_of(&call, GADGET_HELPERS, FILTER_HAS, ada), 6);
    assert_int_equal(count_of(&call, GADGET_HELPERS, FILTER_IS, ben), 3);
    assert_int_equal(count_of(&call, GADGET_HELPERS, FILTER_IS_NOT, ben), 20);
    assert_int_equal(count_of(&call, GADGET_HELPERS, FILTER_IS, VALUE_NONE), 17);
    struct query query;
    query_init(&query, &gadget_record);
    assert_false(query_add(&call, &query, GADGET_TAGS, FILTER_LESS, value_text(TEXT("loud"))));
    assert_refused(&call, FAIL_INVALID, "'tags' is a list");
    test_call_end(&call);
}

static void bytes_are_asked_only_whether_they_are_there(void **state)
{
    struct call call;
    struct query query;
    struct rows rows;
    struct value bytes = value_text(TEXT("GIF89a"));
    test_call_as(&call, *state, BEN);
    assert_int_equal(count_of(&call, GADGET_PICTURE, FILTER_IS, VALUE_NONE), LAMPS);
    query_init(&query, &gadget_record);
    assert_false(query_add(&call, &query, GADGET_PICTURE, FILTER_IS, bytes));
    assert_refused(&call, FAIL_INVALID, "'picture' is bytes and cannot be compared");
    query.sort = GADGET_PICTURE;
    assert_false(find_rows(&call, &query, &rows));
    assert_refused(&call, FAIL_INVALID, "'picture' is bytes and cannot be sorted by");
    test_call_end(&call);
}

static void case_matters_unless_the_field_is_folded(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, BEN);
    assert_int_equal(count_of(&call, GADGET_NAME, FILTER_IS, value_text(TEXT("LAMP 7"))), 1);
    assert_int_equal(count_of(&call, GADGET_NAME, FILTER_IS_NOT, value_text(TEXT("LAMP 7"))), 22);
    assert_int_equal(count_of(&call, GADGET_COLOR, FILTER_IS, value_text(TEXT("Red"))), 0);
    struct query query;
    int64_t count;
    query_init(&query, &test_person_record);
    assert_done(&call, query_add(&call, &query, PERSON_NAME, FILTER_IS, value_text(TEXT("ada"))));
    assert_done(&call, find_count(&call, &query, &count));
    assert_int_equal(count, 0);
    test_call_end(&call);
}

static void a_value_is_never_part_of_the_question(void **state)
{
    struct call call;
    test_call_as(&call, *state, BEN);
    struct value hostile = value_text(TEXT("x') OR 1 = 1 --"));
    assert_int_equal(count_of(&call, GADGET_NAME, FILTER_IS, hostile), 0);
    assert_int_equal(count_of(&call, GADGET_TAGS, FILTER_HAS, hostile), 0);
    test_call_end(&call);
}

static void filters_are_joined_and_bounded(void **state)
{
    struct call call;
    struct query query;
    int64_t count;
    test_call_as(&call, *state, BEN);
    query_init(&query, &gadget_record);
    assert_done(&call, query_add(&call, &query, GADGET_AMOUNT, FILTER_IS, value_int(2)));
    assert_done(&call, query_add(&call, &query, GADGET_COLOR, FILTER_IS, value_choice("green")));
    assert_done(&call, find_count(&call, &query, &count));
    assert_int_equal(count, 2);
    for (int i = 2; i < FIND_FILTERS_MAX; i++)
        assert_done(&call, query_add(&call, &query, FIND_ID, FILTER_MORE, value_int(0)));
    assert_done(&call, find_count(&call, &query, &count));
    assert_int_equal(count, 2);
    assert_false(query_add(&call, &query, FIND_ID, FILTER_MORE, value_int(0)));
    assert_refused(&call, FAIL_USAGE, "more than 16 filters");
    test_call_end(&call);
}

static void hidden_fields_answer_no_questions(void **state)
{
    static const int hidden[] = { GADGET_PASSWORD, GADGET_REMARK };
    struct test_store *at = *state;
    struct call call;
    struct query query;
    struct rows rows;
    test_call_as(&call, at, OLGA);
    for (int i = 0; i < 2; i++) {
        query_init(&query, &gadget_record);
        assert_false(query_add(&call, &query, hidden[i], FILTER_IS, value_text(TEXT("x"))));
        assert_refused(&call, FAIL_INVALID, "cannot be filtered or sorted by");
        assert_false(query_add(&call, &query, hidden[i], FILTER_IS_NOT, VALUE_NONE));
        assert_refused(&call, FAIL_INVALID, "cannot be filtered or sorted by");
        query.sort = hidden[i];
        assert_false(find_rows(&call, &query, &rows));
        assert_refused(&call, FAIL_INVALID, "cannot be filtered or sorted by");
    }
    query.sort = GADGET_TAGS;
    assert_false(find_rows(&call, &query, &rows));
    assert_refused(&call, FAIL_INVALID, "'tags' is a list and cannot be sorted by");
    test_call_end(&call);
}

static int compare_values(struct value a, struct value b)
{
    if (value_is_null(a) || value_is_null(b))
        return value_is_null(a) - value_is_null(b);
    if (a.kind == VALUE_INT)
        return (a.integer > b.integer) - (a.integer < b.integer);
    if (a.kind == VALUE_REAL)
        return (a.real > b.real) - (a.real < b.real);
    return text_compare(a.text, b.text);
}

static struct value value_of(const struct row *row, int sort)
{
    return sort == FIND_ID           ? value_int(row->id)
           : sort == FIND_CREATED    ? value_int(row->created)
           : sort == FIND_CHANGED    ? value_int(row->changed)
           : sort == FIND_CHANGE     ? value_int(row->change)
           : sort == FIND_DIMENSIONS ? value_int(row->dimensions)
                                     : row->value[sort];
}

/* Unknown values stand last whichever way the others run; equal ones in the order of ids. */
static void assert_in_order(const struct row *a, const struct row *b, const struct query *query)
{
    struct value first = value_of(a, query->sort), second = value_of(b, query->sort);
    int direction = query->is_descending ? -1 : 1;
    int order = compare_values(first, second);
    if (value_is_null(first) == value_is_null(second))
        order *= direction;
    assert_true(order <= 0);
    if (order == 0)
        assert_true(direction * (a->id < b->id ? -1 : 1) < 0);
}

static void visit_all_pages(struct call *call, struct query *query)
{
    bool seen[LAMPS + 1] = { false };
    struct row last = { .id = 0 };
    size_t visited = 0;
    struct rows rows;
    query->after = TEXT_NONE;
    do {
        assert_done(call, find_rows(call, query, &rows));
        assert_true(rows.count <= (size_t)query->limit);
        for (size_t i = 0; i < rows.count; i++) {
            assert_false(seen[rows.row[i].id]);
            seen[rows.row[i].id] = true;
            if (last.id)
                assert_in_order(&last, &rows.row[i], query);
            last = rows.row[i];
        }
        visited += rows.count;
        query->after = rows.next;
    } while (rows.next.at);
    assert_int_equal(visited, LAMPS);
}

static void pages_visit_each_row_once_in_every_order(void **state)
{
    static const int sorts[] = {
        FIND_ID, FIND_CREATED, FIND_CHANGED, FIND_DIMENSIONS, FIND_CHANGE, GADGET_NAME,
        GADGET_SERIAL, GADGET_ABOUT, GADGET_AMOUNT, GADGET_RATIO, GADGET_WEIGHT, GADGET_IS_LOUD,
        GADGET_DUE, GADGET_COLOR, GADGET_STATE, GADGET_TEAM, GADGET_PLACE,
    };
    static const int limits[] = { 1, 4, LAMPS - 1, LAMPS, LAMPS + 1 };
    for (size_t i = 0; i < sizeof sorts / sizeof sorts[0]; i++)
        for (size_t at = 0; at < sizeof limits / sizeof limits[0]; at++)
            for (int descending = 0; descending < 2; descending++) {
                struct call call;
                struct query query;
                test_call_as(&call, *state, BEN);
                query_init(&query, &gadget_record);
                query.sort = sorts[i];
                query.is_descending = descending;
                query.limit = limits[at];
                visit_all_pages(&call, &query);
                test_call_end(&call);
            }
}

static void a_page_goes_on_where_rows_came_and_went(void **state)
{
    struct call call;
    struct query query;
    struct rows rows;
    test_call_as(&call, *state, MACHINE);
    query_init(&query, &gadget_record);
    query.sort = GADGET_NAME;
    query.limit = 5;
    assert_done(&call, find_rows(&call, &query, &rows));
    rid last = rows.row[4].id, next = 0;
    struct query after = query;
    after.after = rows.next;
    assert_done(&call, find_rows(&call, &after, &rows));
    next = rows.row[0].id;
    assert_done(&call, ledger_archive(&call, &gadget_record, last));
    test_make(&call, &gadget_record, "A lamp before all others", 0);
    assert_done(&call, find_rows(&call, &after, &rows));
    assert_int_equal(rows.row[0].id, next);
    test_call_end(&call);
}

static void a_mark_of_another_list_is_refused(void **state)
{
    static const struct {
        int sort;
        const char *mark;
        bool is_good;
    } marks[] = {
        { FIND_ID, "7", true },           { FIND_ID, "", false },
        { FIND_ID, "seven", false },      { FIND_ID, "7:n", false },
        { FIND_ID, "7:i7", false },       { FIND_ID, "7; DROP TABLE gadgets", false },
        { GADGET_AMOUNT, "7:i2", true },  { GADGET_AMOUNT, "7", false },
        { GADGET_AMOUNT, "7:n", true },   { GADGET_AMOUNT, "7:nothing", false },
        { GADGET_AMOUNT, "7:", false },   { GADGET_AMOUNT, "7:itwo", false },
        { GADGET_AMOUNT, "7:i", false },  { GADGET_AMOUNT, "7:tred", false },
        { GADGET_NAME, "7:tLamp", true }, { GADGET_NAME, "7:t", true },
        { GADGET_NAME, "7:i2", false },   { GADGET_RATIO, "7:r0.5", true },
        { GADGET_RATIO, "7:r", false },   { GADGET_RATIO, "7:rinf", false },
        { FIND_CHANGED, "7:i5", true },   { FIND_CHANGED, "7:t5", false },
    };
    struct call call;
    test_call_as(&call, *state, BEN);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        struct query query;
        struct rows rows;
        query_init(&query, &gadget_record);
        query.sort = marks[i].sort;
        query.limit = 3;
        query.after = text_of(marks[i].mark);
        bool done = find_rows(&call, &query, &rows);
        if (done != marks[i].is_good)
            print_error("mark '%s'\n", marks[i].mark);
        assert_int_equal(done, marks[i].is_good);
        if (!done)
            assert_refused(&call, FAIL_INVALID, "'after' is not the 'next'");
    }
    test_call_end(&call);
}

static void dropped_rows_are_found_by_id_and_listed_when_asked(void **state)
{
    struct call call;
    struct query query;
    struct row row;
    int64_t count;
    test_call_as(&call, *state, BEN);
    assert_done(&call, ledger_archive(&call, &gadget_record, 3));
    query_init(&query, &gadget_record);
    assert_done(&call, find_count(&call, &query, &count));
    assert_int_equal(count, LAMPS - 1);
    query.with_archived = true;
    assert_done(&call, find_count(&call, &query, &count));
    assert_int_equal(count, LAMPS);
    assert_done(&call, find_row(&call, &gadget_record, 3, &row));
    assert_true(row.archived > 0);
    test_call_end(&call);
}

static void one_row_is_found_or_named_as_missing(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct query query;
    struct row row;
    test_call_as(&call, at, BEN);
    assert_done(&call, find_row(&call, &gadget_record, 1, &row));
    assert_int_equal(row.id, 1);
    assert_false(find_row(&call, &gadget_record, 77, &row));
    assert_refused(&call, FAIL_NOT_FOUND, "there is no Gadget 'GAD-77'");
    query_init(&query, &gadget_record);
    query.sort = GADGET_AMOUNT;
    query.is_descending = true;
    assert_true(find_first(&call, &query, &row));
    assert_int_equal(value_as_int(row.value[GADGET_AMOUNT]), 4);
    assert_done(&call, query_add(&call, &query, GADGET_AMOUNT, FILTER_IS, value_int(999)));
    assert_false(find_first(&call, &query, &row));
    assert_int_equal(call.fail.kind, FAIL_NONE);
    assert_true(find_may_read(&call, &gadget_record, 1));
    assert_false(find_may_read(&call, &gadget_record, 77));
    assert_int_equal(call.fail.kind, FAIL_NONE);
    assert_text(find_title(&call, &test_person_record, at->person[ADA]), "Ada");
    assert_null(find_title(&call, &test_person_record, 77).at);
    test_call_end(&call);
}

#define WITH_LAMPS(test) cmocka_unit_test_setup_teardown(test, lamps_setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_LAMPS(each_filter_gives_its_rows),
        WITH_LAMPS(what_is_left_out_comes_as_unknown_and_filters_still),
        WITH_LAMPS(what_was_asked_for_is_in_each_row),
        WITH_LAMPS(a_list_is_asked_for_its_items),
        WITH_LAMPS(bytes_are_asked_only_whether_they_are_there),
        WITH_LAMPS(case_matters_unless_the_field_is_folded),
        WITH_LAMPS(a_value_is_never_part_of_the_question),
        WITH_LAMPS(filters_are_joined_and_bounded),
        WITH_LAMPS(hidden_fields_answer_no_questions),
        WITH_LAMPS(pages_visit_each_row_once_in_every_order),
        WITH_LAMPS(a_page_goes_on_where_rows_came_and_went),
        WITH_LAMPS(a_mark_of_another_list_is_refused),
        WITH_LAMPS(dropped_rows_are_found_by_id_and_listed_when_asked),
        WITH_LAMPS(one_row_is_found_or_named_as_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
