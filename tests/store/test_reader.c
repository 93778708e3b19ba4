/* Who reads which row: each privacy class, what is owned, what only an author reads. */
#include "store/reader.h"
#include "support/test_store.h"

static bool reads(struct call *call, const struct row *row)
{
    struct query query;
    struct row found;
    int64_t count;
    query_init(&query, row->record);
    assert_done(call, query_add(call, &query, FIND_ID, FILTER_IS, value_int(row->id)));
    assert_done(call, find_count(call, &query, &count));
    bool may_read = find_may_read(call, row->record, row->id);
    assert_int_equal(count, may_read);
    assert_int_equal(find_first(call, &query, &found), may_read);
    assert_int_equal(find_title(call, row->record, row->id).at != NULL, may_read);
    if (!find_row(call, row->record, row->id, &found)) {
        assert_false(may_read);
        assert_refused(call, FAIL_NOT_FOUND, "there is no");
        return false;
    }
    assert_true(may_read);
    return true;
}

static void assert_readers(struct call *call, const struct test_store *at, const struct row *row,
                           unsigned readers)
{
    for (int who = NOBODY; who < ACTOR_COUNT; who++) {
        test_act(call, at, (enum test_actor)who);
        bool wanted = who == MACHINE || (readers & (1u << who));
        if (reads(call, row) != wanted)
            print_error("%s, actor %d\n", row->record->name, who);
        assert_int_equal(reads(call, row), wanted);
    }
}

enum { ALL = ~0 };

static void each_class_has_its_readers(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row gadget = test_make(&call, &gadget_record, "lamp", 0);
    struct row plan = test_make(&call, &plan_item_record, "dig", at->red);
    struct row memo = test_make(&call, &memo_record, "plans", 0);
    struct row diary = test_make(&call, &diary_record, "thoughts", 0);
    assert_done(&call, ledger_share(&call, &memo_record, memo.id, at->person[BEN]));
    assert_readers(&call, at, &gadget, (unsigned)ALL);
    assert_readers(&call, at, &plan, 1u << ADA | 1u << CARL | 1u << TINA);
    assert_readers(&call, at, &memo, 1u << ADA | 1u << BEN);
    assert_readers(&call, at, &diary, 1u << ADA);
    test_call_end(&call);
}

static void a_person_may_be_in_any_number_of_teams(void **state)
{
    enum { TEAMS = 400 };
    struct test_store *at = *state;
    struct call call;
    static struct team_roles team[TEAMS];
    test_call_as(&call, at, ADA);
    struct row plan = test_make(&call, &plan_item_record, "dig", at->red);
    for (int i = 0; i < TEAMS; i++)
        team[i] = (struct team_roles){ 1000 + i, ROLE_MEMBER };
    call.actor.team = team;
    call.actor.team_count = TEAMS;
    assert_false(reads(&call, &plan));
    team[TEAMS - 1].team = at->red;
    assert_true(reads(&call, &plan));
    test_call_end(&call);
}

/* What the machine's holder makes without being a person has no reader, and nobody is none. */
static void nobody_is_not_a_reader(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    struct row diary = test_make(&call, &diary_record, "thoughts", 0);
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM reader"), 0);
    test_call_end(&call);
    test_tamper(at, "INSERT INTO reader SELECT 'diary', id, 0 FROM diaries");
    test_call_as(&call, at, NOBODY);
    assert_readers(&call, at, &diary, 0);
    test_call_end(&call);
}

static void a_row_changes_readers_with_its_team(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, MACHINE);
    struct row plan = test_make(&call, &plan_item_record, "dig", at->red);
    assert_done(&call, test_set(&call, &plan, PLAN_ITEM_TEAM, value_ref(at->blue)));
    assert_readers(&call, at, &plan, 1u << BEN);
    test_call_end(&call);
}

static void the_id_of_another_record_opens_nothing(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row memo = test_make(&call, &memo_record, "hers", 0);
    test_act(&call, at, BEN);
    struct row diary = test_row(&call, &diary_record, "his", 0);
    diary.id = memo.id; /* same number, other table */
    assert_done(&call, ledger_create(&call, &diary));
    assert_readers(&call, at, &memo, 1u << ADA);
    assert_readers(&call, at, &diary, 1u << BEN);
    test_call_end(&call);
}

static void a_private_field_is_the_authors(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct row found;
    test_call_as(&call, at, ADA);
    struct row row = test_row(&call, &gadget_record, "lamp", 0);
    row.value[GADGET_REMARK] = value_text(TEXT("mine"));
    assert_done(&call, ledger_create(&call, &row));
    for (int who = NOBODY; who < ACTOR_COUNT; who++) {
        bool does;
        test_act(&call, at, (enum test_actor)who);
        bool wanted = who == ADA || who == MACHINE;
        assert_done(&call, reader_reads_private(&call, &row, &does));
        assert_int_equal(does, wanted);
        assert_done(&call, find_row(&call, &gadget_record, row.id, &found));
        assert_int_equal(!value_is_null(found.value[GADGET_REMARK]), wanted);
        struct query query;
        struct rows rows;
        query_init(&query, &gadget_record);
        assert_done(&call, find_rows(&call, &query, &rows));
        assert_int_equal(!value_is_null(rows.row[0].value[GADGET_REMARK]), wanted);
    }
    test_call_end(&call);
}

/* --- what is owned is hidden with its owner --- */

static const struct field page_fields[] = {
    { "diary", "Diary", "What it belongs to.", FIELD_REF, FIELD_NEEDED | FIELD_OWNED | FIELD_FIXED,
      .refers = "diary" },
    { .name = "words", .label = "Words", .help = "What it says.", .kind = FIELD_TEXT,
      .flags = FIELD_NEEDED },
};
static const struct record page_record = {
    .name = "page", .plural = "pages", .prefix = "PAGE", .label = "Page", .help = "A page.",
    .field = page_fields, .field_count = 2, .title = 1,
};
static const struct field blot_fields[] = {
    { "page", "Page", "Where it is.", FIELD_REF, FIELD_NEEDED | FIELD_OWNED | FIELD_FIXED,
      .refers = "page" },
    { .name = "words", .label = "Words", .help = "What it says.", .kind = FIELD_TEXT,
      .flags = FIELD_NEEDED },
};
static const struct record blot_record = {
    .name = "blot", .plural = "blots", .prefix = "BLOT", .label = "Blot", .help = "A blot.",
    .field = blot_fields, .field_count = 2, .title = 1,
};

/* Odd numbers are kept from everybody but the machine's holder. */
static bool is_even(struct call *call, const struct row *row)
{
    (void)call;
    return value_as_int(row->value[0]) % 2 == 0;
}

static const struct field coin_fields[] = {
    { .name = "worth", .label = "Worth", .help = "How much.", .kind = FIELD_INT,
      .flags = FIELD_NEEDED },
};
static const struct record coin_record = {
    .name = "coin", .plural = "coins", .prefix = "COIN", .label = "Coin", .help = "A coin.",
    .field = coin_fields, .field_count = 1, .readable = is_even,
};

static const struct record *const more_records[] = { &page_record, &blot_record, &coin_record };

static struct row make_owned(struct call *call, const struct record *record, rid owner)
{
    struct row row;
    assert_done(call, row_init(call, record, &row));
    row.value[0] = value_ref(owner);
    row.value[1] = value_text(TEXT("words"));
    assert_done(call, ledger_create(call, &row));
    return row;
}

/* How many of the rows of one owner the actor sees. */
static int64_t owned_by(struct call *call, const struct record *record, rid owner)
{
    struct query query;
    struct rows rows;
    int64_t count;
    query_init(&query, record);
    assert_done(call, query_add(call, &query, 0, FILTER_IS, value_ref(owner)));
    assert_done(call, find_count(call, &query, &count));
    assert_done(call, find_rows(call, &query, &rows));
    assert_int_equal(rows.count, count);
    return count;
}

static void asking_by_the_owner_opens_nothing(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_store_add_records(at, more_records, 3);
    test_call_as(&call, at, ADA);
    struct row diary = test_make(&call, &diary_record, "thoughts", 0);
    struct row page = make_owned(&call, &page_record, diary.id);
    struct row blot = make_owned(&call, &blot_record, page.id);
    for (int who = NOBODY; who < ACTOR_COUNT; who++) {
        int64_t wanted = who == ADA || who == MACHINE;
        test_act(&call, at, (enum test_actor)who);
        assert_int_equal(owned_by(&call, &page_record, diary.id), wanted);
        assert_int_equal(owned_by(&call, &blot_record, page.id), wanted);
        assert_int_equal(owned_by(&call, &blot_record, page.id + 1), 0);
    }
    assert_int_equal(blot.version, 1);
    test_call_end(&call);
}

static void what_is_owned_is_hidden_with_its_owners(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_store_add_records(at, more_records, 3);
    test_call_as(&call, at, ADA);
    struct row diary = test_make(&call, &diary_record, "thoughts", 0);
    struct row page = make_owned(&call, &page_record, diary.id);
    struct row blot = make_owned(&call, &blot_record, page.id);
    assert_readers(&call, at, &page, 1u << ADA);
    assert_readers(&call, at, &blot, 1u << ADA);
    test_act(&call, at, BEN);
    struct row forged;
    assert_done(&call, row_init(&call, &page_record, &forged));
    forged.value[0] = value_ref(diary.id);
    forged.value[1] = value_text(TEXT("words"));
    assert_false(ledger_create(&call, &forged));
    assert_refused(&call, FAIL_INVALID, "there is no Diary entry");
    test_call_end(&call);
}

static void a_records_own_rule_holds_in_lists_pages_and_counts(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct query query;
    struct rows rows;
    int64_t count, visited = 0;
    test_store_add_records(at, more_records, 3);
    test_call_as(&call, at, ADA);
    for (int i = 0; i < 20; i++) {
        struct row row;
        assert_done(&call, row_init(&call, &coin_record, &row));
        row.value[0] = value_int(i < 12 ? 2 * i + 1 : i); /* a long run that is hidden */
        assert_done(&call, ledger_create(&call, &row));
    }
    query_init(&query, &coin_record);
    assert_done(&call, find_count(&call, &query, &count));
    assert_int_equal(count, 4);
    query.limit = 3;
    do {
        assert_done(&call, find_rows(&call, &query, &rows));
        for (size_t i = 0; i < rows.count; i++)
            assert_int_equal(value_as_int(rows.row[i].value[0]) % 2, 0);
        visited += (int64_t)rows.count;
        query.after = rows.next;
    } while (rows.next.at);
    assert_int_equal(visited, 4);
    assert_false(find_may_read(&call, &coin_record, 1));
    test_act(&call, at, MACHINE);
    assert_true(find_may_read(&call, &coin_record, 1));
    test_call_end(&call);
}

/* Page and blot are public and belong to what is not; a coin has a rule of its own. */
static void only_what_is_open_throughout_is_for_everybody(void **state)
{
    static const struct record *const closed[] = { &plan_item_record, &memo_record, &diary_record,
                                                   &page_record, &blot_record, &coin_record };
    struct test_store *at = *state;
    struct call call;
    test_store_add_records(at, more_records, sizeof more_records / sizeof *more_records);
    test_call_as(&call, at, ADA);
    assert_true(find_is_for_everybody(&call, &gadget_record));
    assert_true(find_is_for_everybody(&call, &gizmo_record));
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        assert_false(find_is_for_everybody(&call, closed[i]));
    test_call_end(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(each_class_has_its_readers),
        WITH_STORE(a_person_may_be_in_any_number_of_teams),
        WITH_STORE(nobody_is_not_a_reader),
        WITH_STORE(a_row_changes_readers_with_its_team),
        WITH_STORE(the_id_of_another_record_opens_nothing),
        WITH_STORE(a_private_field_is_the_authors),
        WITH_STORE(what_is_owned_is_hidden_with_its_owners),
        WITH_STORE(asking_by_the_owner_opens_nothing),
        WITH_STORE(a_records_own_rule_holds_in_lists_pages_and_counts),
        WITH_STORE(only_what_is_open_throughout_is_for_everybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
