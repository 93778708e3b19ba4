/* Search: what is found, in which order, by whom; that words follow their rows. */
#include "base/out.h"
#include "store/driver.h"
#include "store/match.h"
#include "store/match_index.h"
#include "store/setting.h"
#include "support/test_store.h"

/* The question as it is typed: the last word may go on. */
static struct match_question question_of(struct call *call, const char *words)
{
    struct match_question question = { .limit = MATCH_LIMIT_MAX };
    assert_done(call, match_question_words(call, &question, text_of(words)));
    if (question.word_count)
        question.is_start[question.last_word] = true;
    return question;
}

/* The titles that are found, in their order, each followed by a bar. */
static const char *ask(struct call *call, const struct match_question *question)
{
    struct matches matches;
    struct out out;
    assert_done(call, match_find(call, question, &matches));
    out_init(&out, call);
    for (size_t i = 0; i < matches.count; i++) {
        out_text(&out, row_title(call, &matches.match[i].row));
        out_char(&out, '|');
    }
    return call_string(call, out_view(&out));
}

static const char *found(struct call *call, const char *words)
{
    struct match_question question = question_of(call, words);
    return ask(call, &question);
}

#define assert_found(call, words, wanted) assert_string_equal(found((call), (words)), (wanted))

static struct row make_about(struct call *call, const char *name, const char *about)
{
    struct row row = test_row(call, &gadget_record, name, 0);
    row.value[GADGET_ABOUT] = value_text(text_of(about));
    assert_done(call, ledger_create(call, &row));
    return row;
}

/* --- what is found --- */

static void all_words_must_be_there_and_the_last_may_go_on(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    make_about(&call, "alpha", "ship the agent");
    make_about(&call, "beta", "ship the evaluation");
    assert_found(&call, "ship agent", "alpha|");
    assert_found(&call, "agent ship", "alpha|");
    assert_found(&call, "ship age", "alpha|");
    assert_found(&call, "age ship", ""); /* only the last */
    assert_found(&call, "ship train", "");
    assert_found(&call, "SHIP Evalu", "beta|");
    assert_found(&call, "gent", ""); /* a start, no middle */
    assert_found(&call, "agents", "");
    test_call_end(&call);
}

static void a_word_may_stand_in_any_field_that_is_searched(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    static const text tags[] = { { "fragile", 7 } };
    struct row row = test_row(&call, &gadget_record, "lamp", 0);
    row.value[GADGET_ABOUT] = value_text(TEXT("gives light"));
    row.value[GADGET_TAGS] = (struct value){ .kind = VALUE_TEXTS, .count = 1, .texts = tags };
    row.value[GADGET_SERIAL] = value_text(TEXT("xq77"));
    assert_done(&call, ledger_create(&call, &row));
    assert_found(&call, "lamp light fragile", "lamp|");
    assert_found(&call, "xq77", ""); /* a field that is not */
    test_call_end(&call);
}

static void any_script_is_found(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    make_about(&call, "street", "Lange Stra\u00dfe");
    make_about(&call, "chinese", "\u6a21\u578b\u8bc4\u6d4b\u7ed3\u679c");
    make_about(&call, "thai", "\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22");
    make_about(&call, "arabic",
               "\u062a\u0642\u064a\u064a\u0645 \u0627\u0644\u0646\u0645\u0648\u0630\u062c");
    make_about(&call, "rocket", "lift \U0001F680 off");
    assert_found(&call, "STRASSE", "street|");
    assert_found(&call, "\u8bc4\u6d4b", "chinese|");
    assert_found(&call, "\u578b\u8bc4\u6d4b", "chinese|");
    assert_found(&call, "\u6d4b\u8bc4", ""); /* the other way round */
    assert_found(&call, "\u679c", "chinese|");
    assert_found(&call, "\u0e44\u0e17\u0e22", "thai|");
    assert_found(&call, "\u062a\u0642\u064a\u064a\u0645", "arabic|");
    assert_found(&call, "\U0001F680", "rocket|");
    assert_found(&call, "\U0001F6F0", "");
    test_call_end(&call);
}

static void a_match_says_where_it_is(void **state)
{
    struct call call;
    struct matches matches;
    test_call_as(&call, *state, ADA);
    make_about(&call, "lamp", "gives warm light");
    struct match_question question = question_of(&call, "warm");
    assert_done(&call, match_find(&call, &question, &matches));
    assert_int_equal(matches.count, 1);
    assert_int_equal(matches.match[0].field, GADGET_ABOUT);
    assert_int_equal(matches.match[0].at, 6);
    assert_int_equal(matches.match[0].size, 4);
    question = question_of(&call, "lamp");
    assert_done(&call, match_find(&call, &question, &matches));
    assert_int_equal(matches.match[0].field, GADGET_NAME);
    test_call_end(&call);
}

static void the_kind_and_the_limit_hold(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    test_make(&call, &gadget_record, "common one", 0);
    test_make(&call, &gadget_record, "common two", 0);
    test_make(&call, &memo_record, "common three", 0);
    struct match_question question = question_of(&call, "common");
    question.kind = &memo_record;
    assert_string_equal(ask(&call, &question), "common three|");
    question.kind = &test_team_record; /* has no words at all */
    assert_string_equal(ask(&call, &question), "");
    question = question_of(&call, "common");
    question.limit = 1;
    assert_string_equal(ask(&call, &question), "common two|");
    test_call_end(&call);
}

static void too_many_words_are_refused(void **state)
{
    struct call call;
    struct match_question question = { .limit = 1 };
    test_call_as(&call, *state, ADA);
    struct out out;
    out_init(&out, &call);
    for (int i = 0; i < MATCH_WORDS_MAX; i++)
        out_format(&out, "w%d ", i);
    assert_done(&call, match_question_words(&call, &question, out_view(&out)));
    assert_int_equal(question.word_count, MATCH_WORDS_MAX);
    question.is_start[question.last_word] = true;
    assert_string_equal(ask(&call, &question), "");
    assert_done(&call, match_question_words(&call, &question, TEXT("w0"))); /* asked already */
    assert_false(match_question_words(&call, &question, TEXT("another")));
    assert_refused(&call, FAIL_INVALID, "search with fewer");
    test_call_end(&call);
}

/* --- the order --- */

static void the_better_row_comes_first(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    make_about(&call, "in passing",
               "a long text of many other words where drift is named but once");
    make_about(&call, "drift", "the title has it");
    make_about(&call, "often", "drift and drift again");
    make_about(&call, "once", "drift and nothing again");
    assert_found(&call, "drift", "drift|often|once|in passing|");
    test_call_end(&call);
}

static void the_rarer_word_weighs_more(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    for (int i = 0; i < 20; i++)
        make_about(&call, call_format(&call, "filler %d", i).at, "usual here");
    make_about(&call, "more usual", "usual usual usual seldom");
    make_about(&call, "more seldom", "usual seldom seldom seldom");
    assert_found(&call, "usual seldom", "more seldom|more usual|");
    test_call_end(&call);
}

static void equals_come_with_the_latest_first(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    make_about(&call, "old", "same words");
    make_about(&call, "new", "same words");
    assert_found(&call, "same", "new|old|");
    test_call_end(&call);
}

/* More rows than are read of one word: the newest are, and a rarer word finds the oldest. */
static void common_words_do_not_hide_a_rare_one(void **state)
{
    enum { ROWS = 2600 };
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    assert_done(&call, change_open(&call, TEXT("fill")));
    make_about(&call, "first", "usual also seldom");
    make_about(&call, "second", "usual also");
    for (int i = 0; i < ROWS; i++)
        make_about(&call, call_format(&call, "filler %d", i).at, i % 2 ? "usual" : "also");
    assert_done(&call, change_commit(&call));
    assert_found(&call, "usual seldom", "first|");
    assert_found(&call, "usual seld", "first|");
    assert_found(&call, "usual also", "second|first|");
    assert_found(&call, "also usual f", "first|");
    struct match_question question = question_of(&call, "usual");
    question.limit = 1;
    assert_string_equal(ask(&call, &question), "filler 2599|");
    test_call_end(&call);
}

/* Of a common word the places in titles are read before others, while it is typed, too. */
static void a_title_is_found_however_old(void **state)
{
    enum { ROWS = 1200 };
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    assert_done(&call, change_open(&call, TEXT("fill")));
    make_about(&call, "beacon", "");
    make_about(&call, "harbour beacon", "dark dark dark dark dark");
    for (int i = 0; i < ROWS; i++)
        make_about(&call, call_format(&call, "filler %d", i).at, "a beacon in the harbour");
    assert_done(&call, change_commit(&call));
    static const char *const asked[][2] = {
        { "beacon", "beacon|" },
        { "beac", "beacon|" },
        { "harbour beacon", "harbour beacon|" },
        { "beacon harb", "harbour beacon|" },
    };
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        struct match_question question = question_of(&call, asked[i][0]);
        question.limit = 1;
        assert_string_equal(ask(&call, &question), asked[i][1]);
    }
    test_call_end(&call);
}

/* --- words follow their rows --- */

static void a_change_changes_the_words(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row row = make_about(&call, "lamp", "warm light");
    assert_done(&call, test_set(&call, &row, GADGET_ABOUT, value_text(TEXT("cold light"))));
    assert_found(&call, "warm", "");
    assert_found(&call, "cold", "lamp|");
    assert_done(&call, ledger_undo(&call, row.change));
    assert_found(&call, "warm", "lamp|");
    assert_found(&call, "cold", "");
    test_call_end(&call);
}

/* Words that were taken away behind its back show that they were not written again. */
static void a_change_of_other_fields_leaves_the_words_alone(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = make_about(&call, "lamp", "warm light");
    test_call_end(&call);
    test_tamper(at, "DELETE FROM word WHERE word = 'warm'");
    test_call_as(&call, at, ADA);
    assert_done(&call, find_row(&call, &gadget_record, row.id, &row));
    assert_done(&call, test_set(&call, &row, GADGET_AMOUNT, value_int(7)));
    assert_found(&call, "light", "lamp|");
    assert_found(&call, "warm", "");
    assert_done(&call, test_set(&call, &row, GADGET_NAME, value_text(TEXT("lantern"))));
    assert_found(&call, "warm", "lantern|");
    test_call_end(&call);
}

static void a_dropped_row_is_not_found_until_it_is_back(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row row = make_about(&call, "lamp", "warm light");
    struct row part = test_make(&call, &gizmo_record, "bulb", row.id);
    assert_found(&call, "bulb", "bulb|");
    assert_done(&call, ledger_archive(&call, &gadget_record, row.id));
    assert_found(&call, "warm", "");
    assert_found(&call, part.id ? "bulb" : "", "");
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM word WHERE record IN "
                                     "('gadget', 'gizmo')"),
                     0);
    assert_done(&call, ledger_undo_row(&call, &gadget_record, row.id));
    assert_found(&call, "warm", "lamp|");
    test_call_end(&call);
}

static void what_is_rolled_back_leaves_no_words(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    assert_done(&call, change_open(&call, TEXT("try")));
    make_about(&call, "lamp", "warm light");
    change_rollback(&call);
    assert_found(&call, "warm", "");
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM word WHERE record = 'gadget'"), 0);
    test_call_end(&call);
}

/* --- who finds --- */

static void each_finds_what_he_may_read(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    test_make(&call, &gadget_record, "secretword gadget", 0);
    test_make(&call, &plan_item_record, "secretword plan", at->red);
    struct row memo = test_make(&call, &memo_record, "secretword memo", 0);
    test_make(&call, &diary_record, "secretword diary", 0);
    static const struct {
        enum test_actor who;
        bool plan, memo, diary;
    } reads[] = {
        { MACHINE, true, true, true }, { ADA, true, true, true },
        { CARL, true, false, false },  { TINA, true, false, false },
        { BEN, false, true, false },   { OLGA, false, false, false },
        { VERA, false, false, false }, { NOBODY, false, false, false },
    };
    assert_done(&call, ledger_share(&call, &memo_record, memo.id, at->person[BEN]));
    for (size_t i = 0; i < sizeof reads / sizeof reads[0]; i++) {
        test_act(&call, at, reads[i].who);
        const char *titles = found(&call, "secretword");
        assert_non_null(strstr(titles, "secretword gadget|"));
        assert_int_equal(strstr(titles, "plan|") != NULL, reads[i].plan);
        assert_int_equal(strstr(titles, "memo|") != NULL, reads[i].memo);
        assert_int_equal(strstr(titles, "diary|") != NULL, reads[i].diary);
        assert_string_equal(found(&call, "secretw"), titles);
    }
    test_call_end(&call);
}

/* Everything a search tells: which rows, in which order. */
static void what_is_hidden_moves_nothing_in_the_order(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, BEN);
    make_about(&call, "one", "usual usual usual seldom");
    make_about(&call, "two", "usual seldom seldom seldom");
    for (int i = 0; i < 8; i++)
        make_about(&call, call_format(&call, "filler %d", i).at, "usual");
    const char *before = found(&call, "usual seldom");
    test_act(&call, at, ADA);
    for (int i = 0; i < 60; i++) {
        struct row diary = test_row(&call, &diary_record, "seldom", 0);
        diary.value[DIARY_ENTRY] = value_text(TEXT("seldom and seldom again"));
        assert_done(&call, ledger_create(&call, &diary));
        test_make(&call, &plan_item_record, "seldom", at->red);
    }
    test_act(&call, at, BEN);
    assert_string_equal(before, "two|one|");
    assert_found(&call, "usual seldom", before);
    test_call_end(&call);
}

static void a_private_field_is_found_by_its_author_alone(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_row(&call, &gadget_record, "lamp", 0);
    row.value[GADGET_REMARK] = value_text(TEXT("hush"));
    row.value[GADGET_PASSWORD] = value_text(TEXT("sesame"));
    assert_done(&call, ledger_create(&call, &row));
    assert_found(&call, "hush", "lamp|");
    assert_found(&call, "lamp hush", "lamp|");
    test_act(&call, at, BEN);
    assert_found(&call, "hush", "");
    assert_found(&call, "hus", "");
    assert_found(&call, "lamp hush", "");
    assert_found(&call, "lamp", "lamp|");
    /* His change keeps her words hers. */
    assert_done(&call, find_row(&call, &gadget_record, row.id, &row));
    assert_done(&call, test_set(&call, &row, GADGET_ABOUT, value_text(TEXT("bright"))));
    assert_found(&call, "hush", "");
    test_act(&call, at, ADA);
    assert_found(&call, "bright hush", "lamp|");
    test_call_end(&call);
}

static void a_secret_has_no_words(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row row = test_row(&call, &gadget_record, "lamp", 0);
    row.value[GADGET_PASSWORD] = value_text(TEXT("sesame"));
    assert_done(&call, ledger_create(&call, &row));
    assert_found(&call, "sesame", "");
    test_act(&call, at, MACHINE);
    assert_found(&call, "sesame", "");
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM word WHERE word LIKE 'sesam%'"), 0);
    test_call_end(&call);
}

/* Rows of odd worth are kept from everybody but the machine's holder, by a rule of the record. */
static bool is_even(struct call *call, const struct row *row)
{
    (void)call;
    return value_as_int(row->value[1]) % 2 == 0;
}

static const struct field coin_fields[] = {
    { .name = "name",
      .label = "Name",
      .help = "Its name.",
      .kind = FIELD_TEXT,
      .flags = FIELD_NEEDED | FIELD_SEARCHED },
    { .name = "worth",
      .label = "Worth",
      .help = "How much.",
      .kind = FIELD_INT,
      .flags = FIELD_NEEDED },
};
static const struct record coin_record = {
    .name = "coin",
    .plural = "coins",
    .prefix = "COIN",
    .label = "Coin",
    .help = "A coin.",
    .field = coin_fields,
    .field_count = 2,
    .readable = is_even,
};
static const struct record *const coin_records[] = { &coin_record };

static void a_rule_of_the_record_hides_rows(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_store_add_records(at, coin_records, 1);
    test_call_as(&call, at, MACHINE);
    for (int i = 0; i < 4; i++) {
        struct row row;
        assert_done(&call, row_init(&call, &coin_record, &row));
        row.value[0] = value_text(call_format(&call, "gold %d", i));
        row.value[1] = value_int(i);
        assert_done(&call, ledger_create(&call, &row));
    }
    assert_found(&call, "gold", "gold 3|gold 2|gold 1|gold 0|");
    test_act(&call, at, ADA);
    assert_found(&call, "gold", "gold 2|gold 0|");
    assert_found(&call, "gold 1", "");
    struct match_question question = question_of(&call, "");
    question.since = 1;
    question.kind = &coin_record;
    assert_string_equal(ask(&call, &question), "gold 2|gold 0|");
    question.id[0] = (struct match_id){ &coin_record, 2 }; /* worth 1 */
    question.id_count = 1;
    assert_string_equal(ask(&call, &question), "gold 2|gold 0|");
    test_call_end(&call);
}

/* --- ids and qualifiers --- */

static void an_id_stands_in_front_if_it_may_be_read(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    struct row lamp = make_about(&call, "lamp", "warm");
    make_about(&call, "warm warm", "warm");
    struct row diary = test_make(&call, &diary_record, "warm thoughts", 0);
    struct match_question question = question_of(&call, "warm");
    question.id_count = 1;
    question.id[0] = (struct match_id){ &gadget_record, lamp.id };
    const char *titles = ask(&call, &question);
    assert_memory_equal(titles, "lamp|", 5);
    assert_null(strstr(titles + 5, "lamp|")); /* once */
    question.id[0] = (struct match_id){ &diary_record, diary.id };
    assert_memory_equal(ask(&call, &question), "warm thoughts|", 14);
    test_act(&call, at, BEN);
    assert_string_equal(ask(&call, &question), "warm warm|lamp|");
    question = question_of(&call, "nothing");
    question.id_count = 1;
    question.id[0] = (struct match_id){ &gadget_record, lamp.id };
    assert_string_equal(ask(&call, &question), "lamp|");
    question.id[0].id = 4711;
    assert_string_equal(ask(&call, &question), "");
    test_act(&call, at, ADA);
    assert_done(&call, ledger_archive(&call, &gadget_record, lamp.id));
    question.id[0].id = lamp.id;
    assert_string_equal(ask(&call, &question), "");
    test_call_end(&call);
}

static void a_tag_narrows_the_search(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    static const text tags[] = { { "loud", 4 }, { "heavy", 5 } };
    for (int i = 0; i < 3; i++) {
        struct row row = test_row(&call, &gadget_record, call_format(&call, "lamp %d", i).at, 0);
        row.value[GADGET_TAGS] =
            (struct value){ .kind = VALUE_TEXTS, .count = (uint32_t)i, .texts = tags };
        if (i)
            assert_done(&call, ledger_create(&call, &row));
    }
    struct match_question question = question_of(&call, "lamp");
    question.tag[question.tag_count++] = TEXT("loud");
    assert_string_equal(ask(&call, &question), "lamp 1|lamp 2|");
    question.tag[question.tag_count++] = TEXT("heavy");
    assert_string_equal(ask(&call, &question), "lamp 2|");
    question.tag[1] = TEXT("heav"); /* a tag is whole */
    assert_string_equal(ask(&call, &question), "");
    test_call_end(&call);
}

static void a_person_changed_the_row_or_stands_in_it(void **state)
{
    struct test_store *at = *state;
    struct call call;
    test_call_as(&call, at, ADA);
    make_about(&call, "lamp of Ada", "");
    struct row row = test_row(&call, &gadget_record, "lamp for Ben", 0);
    row.value[GADGET_OWNER] = value_ref(at->person[BEN]);
    assert_done(&call, ledger_create(&call, &row));
    row = test_row(&call, &gadget_record, "lamp with Ben", 0);
    rid helpers[] = { at->person[BEN] };
    row.value[GADGET_HELPERS] = (struct value){ .kind = VALUE_IDS, .count = 1, .ids = helpers };
    assert_done(&call, ledger_create(&call, &row));
    test_act(&call, at, BEN);
    make_about(&call, "lamp of Ben", "");
    struct match_question question = question_of(&call, "lamp");
    question.person = at->person[BEN];
    assert_string_equal(ask(&call, &question), "lamp of Ben|lamp with Ben|lamp for Ben|");
    question.person = at->person[OLGA];
    assert_string_equal(ask(&call, &question), "");
    test_call_end(&call);
}

static void days_hold_at_both_ends(void **state)
{
    struct call call;
    test_call_as(&call, *state, ADA);
    struct row row = make_about(&call, "lamp", "");
    struct match_question question = question_of(&call, "lamp");
    question.since = row.changed;
    assert_string_equal(ask(&call, &question), "lamp|");
    question.since = row.changed + 1;
    assert_string_equal(ask(&call, &question), "");
    question.since = 0;
    question.until = row.changed;
    assert_string_equal(ask(&call, &question), "");
    question.until = row.changed + 1;
    assert_string_equal(ask(&call, &question), "lamp|");
    test_call_end(&call);
}

/* --- stores that were filled before --- */

static void an_old_store_gets_its_words_once(void **state)
{
    struct test_store *at = *state;
    struct call call;
    text shape;
    test_call_as(&call, at, ADA);
    struct row lamp = make_about(&call, "lamp", "warm light");
    struct row gone = make_about(&call, "gone", "warm light");
    struct row row = test_row(&call, &gadget_record, "hers", 0);
    row.value[GADGET_REMARK] = value_text(TEXT("hush"));
    assert_done(&call, ledger_create(&call, &row));
    assert_done(&call, ledger_archive(&call, &gadget_record, gone.id));
    int64_t words = test_ask(&call, "SELECT count(*) FROM word");
    test_call_end(&call);
    test_tamper(at, "DELETE FROM word; DELETE FROM setting WHERE name = 'words'");
    test_call_as(&call, at, BEN);
    assert_found(&call, "warm", "lamp|");
    assert_found(&call, "hush", "");
    assert_int_equal(test_ask(&call, "SELECT count(*) FROM word"), words);
    assert_done(&call, store_setting(&call, "words", &shape));
    assert_non_null(shape.at);
    test_act(&call, at, ADA);
    assert_found(&call, "hush", "hers|");
    test_call_end(&call);
    test_tamper(at, "DELETE FROM word"); /* it is settled: nothing is made again */
    test_call_as(&call, at, ADA);
    assert_found(&call, "warm", "");
    assert_true(lamp.id > 0);
    test_call_end(&call);
}

/* A record whose second version searches one more field. */
static const struct field shelf_fields_1[] = {
    { .name = "name",
      .label = "Name",
      .help = "Its name.",
      .kind = FIELD_TEXT,
      .flags = FIELD_NEEDED | FIELD_SEARCHED },
    { .name = "note", .label = "Note", .help = "A note.", .kind = FIELD_PROSE },
};
static const struct field shelf_fields_2[] = {
    { .name = "name",
      .label = "Name",
      .help = "Its name.",
      .kind = FIELD_TEXT,
      .flags = FIELD_NEEDED | FIELD_SEARCHED },
    { .name = "note",
      .label = "Note",
      .help = "A note.",
      .kind = FIELD_PROSE,
      .flags = FIELD_SEARCHED },
    { .name = "more",
      .label = "More",
      .help = "More.",
      .kind = FIELD_TEXT,
      .fallback = "novel",
      .flags = FIELD_SEARCHED },
};
#define SHELF(fields)                                                                              \
    {                                                                                              \
        .name = "shelf", .plural = "shelves", .prefix = "SHE", .label = "Shelf",                   \
        .help = "A shelf.", .field = fields, .field_count = sizeof fields / sizeof fields[0]       \
    }
static const struct record shelf_1 = SHELF(shelf_fields_1), shelf_2 = SHELF(shelf_fields_2);

static void open_as(struct call *call, struct test_store *at, const struct record *const *records,
                    bool read_only)
{
    if (at->store)
        store_close(at->store);
    at->catalog.record = records;
    at->catalog.record_count = 1;
    const struct store_options options = {
        .where = text_of(at->where), .create = true, .read_only = read_only, .catalog = &at->catalog
    };
    test_call_init(call);
    at->store = store_open(call, &options);
    assert_done(call, at->store != NULL);
    call_release(call);
    test_call_as(call, at, MACHINE);
}

static void a_field_that_is_searched_from_now_on_is_found(void **state)
{
    static const struct record *const old[] = { &shelf_1 }, *const new[] = { &shelf_2 };
    struct test_store at;
    struct call call;
    (void)state;
    test_store_prepare(&at);
    open_as(&call, &at, old, false);
    struct row row = test_row(&call, &shelf_1, "oak", 0);
    row.value[1] = value_text(TEXT("dusty"));
    assert_done(&call, ledger_create(&call, &row));
    assert_found(&call, "dusty", "");
    test_call_end(&call);
    open_as(&call, &at, new, false);
    test_call_end(&call);
    open_as(&call, &at, new, true);
    assert_false(match_find(&call, &(struct match_question){ .limit = 1, .since = 1 },
                            &(struct matches){ .count = 0 }));
    assert_refused(&call, FAIL_STORE, "search once with the store open for writing");
    test_call_end(&call);
    open_as(&call, &at, new, false);
    assert_found(&call, "dusty", "oak|");
    assert_found(&call, "novel oak", "oak|");
    test_call_end(&call);
    store_close(at.store);
    test_store_remove(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(all_words_must_be_there_and_the_last_may_go_on),
        WITH_STORE(a_word_may_stand_in_any_field_that_is_searched),
        WITH_STORE(any_script_is_found),
        WITH_STORE(a_match_says_where_it_is),
        WITH_STORE(the_kind_and_the_limit_hold),
        WITH_STORE(too_many_words_are_refused),
        WITH_STORE(the_better_row_comes_first),
        WITH_STORE(the_rarer_word_weighs_more),
        WITH_STORE(equals_come_with_the_latest_first),
        WITH_STORE(common_words_do_not_hide_a_rare_one),
        WITH_STORE(a_title_is_found_however_old),
        WITH_STORE(a_change_changes_the_words),
        WITH_STORE(a_change_of_other_fields_leaves_the_words_alone),
        WITH_STORE(a_dropped_row_is_not_found_until_it_is_back),
        WITH_STORE(what_is_rolled_back_leaves_no_words),
        WITH_STORE(each_finds_what_he_may_read),
        WITH_STORE(what_is_hidden_moves_nothing_in_the_order),
        WITH_STORE(a_private_field_is_found_by_its_author_alone),
        WITH_STORE(a_secret_has_no_words),
        WITH_STORE(a_rule_of_the_record_hides_rows),
        WITH_STORE(an_id_stands_in_front_if_it_may_be_read),
        WITH_STORE(a_tag_narrows_the_search),
        WITH_STORE(a_person_changed_the_row_or_stands_in_it),
        WITH_STORE(days_hold_at_both_ends),
        WITH_STORE(an_old_store_gets_its_words_once),
        cmocka_unit_test(a_field_that_is_searched_from_now_on_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
