/* Results at rest: every column comes back as it was written, and damaged bytes are refused. */
#include "engine/column.h"
#include "rooms/evals/evals_columns.h"

#include "rooms/evals/evals.h"
#include "store/sql.h"
#include "support/house.h"
#include "support/runs.h"

#include <math.h>

static const struct run_place place = { .surface = 3, .run = 7, .content = 2 };

/* Columns are written in transactions of a change. */
static void begin(struct test_house *test)
{
    assert_done(&test->call, change_open(&test->call, TEXT("write columns")));
}

static void end(struct test_house *test)
{
    assert_done(&test->call, change_commit(&test->call));
}

static void verdicts_come_back(void **state)
{
    static const char *const words[] = { "", "P", "PFEUS.", "......P" };
    struct test_house *test = *state;
    struct call *call = &test->call;
    uint64_t seed = 3;
    for (int i = 0; i < 12; i++) {
        struct run_place here = { 1, i + 1, 1 };
        const char *word =
            i < 4 ? words[i] : test_random_word(call, &seed, 60 + test_random(&seed, 10), 'P');
        struct verdicts written = test_run(call, word), read;
        begin(test);
        assert_done(call, stored_verdicts_write(call, here, &written));
        end(test);
        assert_done(call, stored_verdicts_read(call, here, &read));
        assert_string_equal(test_word(call, &read), word);
    }
}

static void another_content_has_columns_of_its_own(void **state)
{
    struct test_house *test = *state;
    struct call *call = &test->call;
    struct verdicts first = test_run(call, "PF"), second = test_run(call, "FP"), read;
    int64_t latest;
    begin(test);
    assert_done(call, stored_verdicts_latest_content(call, place, &latest));
    assert_int_equal(latest, 0);
    assert_done(call, stored_verdicts_write(call, (struct run_place){ 3, 7, 1 }, &first) &&
                          stored_verdicts_write(call, place, &second));
    end(test);
    assert_done(call, stored_verdicts_latest_content(call, place, &latest));
    assert_int_equal(latest, 2);
    assert_done(call, stored_verdicts_read(call, (struct run_place){ 3, 7, 1 }, &read));
    assert_string_equal(test_word(call, &read), "PF");
    assert_done(call, stored_verdicts_read(call, place, &read));
    assert_string_equal(test_word(call, &read), "FP");
    assert_false(stored_verdicts_read(call, (struct run_place){ 3, 7, 3 }, &read));
    assert_refused(call, FAIL_STORE, "the results of run RUN-7 are damaged");
}

static void several_runs_are_read_at_once_each_by_its_content(void **state)
{
    static const struct run_place places[] = {
        { 3, 5, 1 }, { 3, 7, 1 }, { 3, 7, 2 }, { 3, 9, 1 }, { 4, 8, 1 }
    };
    static const char *const words[] = { "PPF", "PF.", "FFP", "PPP", "FFF" };
    struct test_house *test = *state;
    struct call *call = &test->call;
    struct verdicts written, read[3] = { { 0 } };
    begin(test);
    for (int i = 0; i < 5; i++) {
        written = test_run(call, words[i]);
        assert_done(call, stored_verdicts_write(call, places[i], &written));
    }
    end(test);
    struct run_verdicts asked[] = { { places[3], &read[0] },
                                    { places[0], &read[1] },
                                    { places[2], &read[2] } };
    assert_done(call, stored_verdicts_read_runs(call, asked, 3));
    assert_string_equal(test_word(call, &read[0]), "PPP");
    assert_string_equal(test_word(call, &read[1]), "PPF");
    assert_string_equal(test_word(call, &read[2]), "FFP");
    assert_done(call, stored_verdicts_read_runs(call, asked, 0));
    struct run_verdicts missing[] = { { places[0], &read[0] }, { { 3, 6, 1 }, &read[1] } };
    assert_false(stored_verdicts_read_runs(call, missing, 2));
    assert_refused(call, FAIL_STORE, "the results of run RUN-6 are damaged");
}

static bool sum_reals(struct call *call, const struct run_results *run, const double *real,
                      void *to)
{
    double *sum = to;
    (void)call;
    for (uint32_t i = 0; i < run->count; i++)
        sum[run->at] += real[i];
    return true;
}

static void one_column_of_several_runs_is_read_at_once(void **state)
{
    static const struct run_place places[] = {
        { 3, 5, 1 }, { 3, 7, 1 }, { 3, 7, 2 }, { 3, 9, 1 }, { 4, 8, 1 }
    };
    struct test_house *test = *state;
    struct call *call = &test->call;
    double sum[4] = { 0 };
    begin(test);
    for (int i = 0; i < 5; i++) {
        const double value[] = { i + 1, 0.5 };
        text body;
        assert_done(call, column_pack_reals(call, value, 2, &body));
        assert_done(call, columns_put(call, places[i], i == 3 ? "cost_usd" : "score", body));
    }
    end(test);
    struct run_results asked[] = {
        { places[3], 2, 0 }, { places[2], 2, 1 }, { places[0], 2, 2 }, { { 3, 6, 1 }, 2, 3 }
    };
    assert_done(call, columns_each_real(call, asked, 4, RESULTS_SCORE, sum_reals, sum));
    assert_true(sum[1] == 3.5 && sum[2] == 1.5); /* by content; neither the run's other one */
    assert_true(sum[0] == 0 && sum[3] == 0);     /* has another column; is not there */
    assert_done(call, columns_each_real(call, asked, 0, RESULTS_SCORE, sum_reals, sum));
    for (size_t i = 0; i < 4; i++)
        asked[i].count = 3;
    assert_false(columns_each_real(call, asked, 4, RESULTS_SCORE, sum_reals, sum));
    assert_refused(call, FAIL_STORE, "score");
}

/* --- results --- */

enum { CASES = 30, ROWS_MAX = 90 };

/* What was gathered, and how it is to be stored. */
struct gathered {
    struct results results;
    struct lexicon words;
    struct text_packer packer;
    uint32_t dense[CASES], *order;
    struct verdicts verdicts;
};

static void gather(struct call *call, uint64_t *seed, bool has_trials, bool has_all,
                   struct gathered *gathered)
{
    static const char *const words[] = { "one", "two", "", "a longer text\nof two lines" };
    *gathered = (struct gathered){ .words = { .count = 0 } };
    struct gathered_texts *texts = gathered->results.text;
    uint32_t case_number[ROWS_MAX];
    for (uint32_t i = 0; i < CASES; i++)
        gathered->dense[i] = (i * 7 + 5) % CASES;
    for (uint32_t row = 0; row < (has_trials ? ROWS_MAX : CASES); row++) {
        struct result result = { .case_number = row % CASES, .line = row + 1,
                                 .trial = has_trials ? 1 + row / CASES * 3 : 1 };
        result.verdict = (uint8_t)test_random(seed, 5);
        for (int i = 0; i < RESULTS_REALS; i++)
            result.real[i] = has_all && test_random(seed, 3) ? test_random(seed, 100) / 7.0 : NAN;
        for (int i = 0; i < RESULTS_WORDS; i++) {
            text word = text_of(words[test_random(seed, 4)]);
            result.word[i] = !has_all || !test_random(seed, 3) ? LEXICON_NONE
                             : i < RESULTS_INPUT
                                 ? lexicon_add(call, &gathered->words, word)
                                 : gathered_texts_add(call, &texts[i - RESULTS_INPUT],
                                                      &gathered->packer, word);
        }
        assert_true(results_push(call, &gathered->results, &result));
    }
    for (int i = 0; i < RESULTS_TEXTS; i++)
        assert_done(call, gathered_texts_pack(call, &texts[i], &gathered->packer));
    assert_done(call, results_order(call, &gathered->results, gathered->dense, &gathered->order));
    for (uint32_t i = 0; i < gathered->results.count; i++)
        case_number[i] = gathered->dense[gathered->results.case_number[i]];
    assert_done(call, verdicts_build(call, CASES, case_number, gathered->results.verdict,
                                     gathered->results.count, TRIAL_MAJORITY, NULLS_FAIL,
                                     &gathered->verdicts));
}

static void release(struct gathered *gathered)
{
    results_release(&gathered->results);
    lexicon_release(&gathered->words);
    text_packer_release(&gathered->packer);
}

static bool write_gathered(struct call *call, const struct gathered *gathered, bool keeps_texts)
{
    return stored_verdicts_write(call, place, &gathered->verdicts) &&
           columns_write_results(call, place, &gathered->results, &gathered->words, gathered->order,
                                 gathered->results.count, gathered->dense, keeps_texts);
}

static bool read_gathered(struct call *call, int64_t count, struct stored_results *stored)
{
    struct verdicts verdicts;
    return stored_verdicts_read(call, place, &verdicts) &&
           columns_read_results(call, place, &verdicts, count, stored);
}

static text gathered_word(struct call *call, const struct gathered *gathered, int which,
                          uint32_t number)
{
    return which < RESULTS_INPUT
               ? gathered->words.word[number]
               : gathered_texts_view(call, &gathered->results.text[which - RESULTS_INPUT])[number];
}

static void assert_row(struct call *call, const struct gathered *gathered,
                       const struct stored_results *stored, uint32_t at, bool keeps_texts)
{
    struct result wanted;
    results_get(&gathered->results, gathered->order[at], &wanted);
    assert_int_equal(stored->case_number[at], gathered->dense[wanted.case_number]);
    assert_int_equal(stored->trial[at], wanted.trial);
    assert_int_equal(stored->verdict[at], wanted.verdict);
    for (int i = 0; i < RESULTS_REALS; i++) {
        double real = stored->real[i] ? stored->real[i][at] : NAN;
        assert_true(real == wanted.real[i] || (isnan(real) && isnan(wanted.real[i])));
    }
    for (int i = 0; i < RESULTS_WORDS; i++) {
        text word = stored->word[i] ? stored->word[i][at] : TEXT_NONE;
        bool is_kept = wanted.word[i] != LEXICON_NONE && (keeps_texts || i < RESULTS_INPUT);
        assert_int_equal(word.at != NULL, is_kept);
        if (is_kept)
            assert_true(text_equal(word, gathered_word(call, gathered, i, wanted.word[i])));
    }
}

static void check_round_trip(struct test_house *test, bool has_trials, bool has_all,
                             bool keeps_texts)
{
    struct call *call = &test->call;
    struct gathered gathered;
    struct stored_results stored;
    uint64_t seed = 5;
    gather(call, &seed, has_trials, has_all, &gathered);
    begin(test);
    assert_done(call, write_gathered(call, &gathered, keeps_texts));
    end(test);
    assert_done(call, read_gathered(call, gathered.results.count, &stored));
    assert_int_equal(stored.count, gathered.results.count);
    for (uint32_t i = 0; i < stored.count; i++)
        assert_row(call, &gathered, &stored, i, keeps_texts);
    if (!has_all)
        assert_int_equal(test_count(test, "eval_column"), has_trials ? 3 : 0);
    if (!has_trials)
        assert_int_equal(test_count(test, "eval_column WHERE name IN ('case', 'trial')"), 0);
    release(&gathered);
}

static void every_column_comes_back(void **state)
{
    check_round_trip(*state, false, true, true);
}

static void trials_come_back(void **state)
{
    check_round_trip(*state, true, true, true);
}

static void texts_of_cases_are_left_out_where_they_are_not_kept(void **state)
{
    check_round_trip(*state, true, true, false);
}

static void columns_that_no_result_has_are_not_there(void **state)
{
    check_round_trip(*state, false, false, true);
}

static void trials_alone_need_no_other_columns(void **state)
{
    check_round_trip(*state, true, false, true);
}

/* --- damage --- */

static void delete_columns(struct test_house *test, const char *statement)
{
    begin(test);
    assert_done(&test->call, sql_script(&test->call, text_of(statement)));
    end(test);
}

static void write_trials(struct test_house *test)
{
    struct gathered gathered;
    uint64_t seed = 5;
    gather(&test->call, &seed, true, true, &gathered);
    begin(test);
    assert_done(&test->call, write_gathered(&test->call, &gathered, true));
    end(test);
    release(&gathered);
}

static void restore(struct test_house *test)
{
    delete_columns(test, "DELETE FROM eval_column");
    delete_columns(test, "DELETE FROM eval_verdicts");
    write_trials(test);
}

enum damage { CUT, LENGTHENED, EMPTIED, OTHER_END, OTHER_START, DAMAGE_COUNT };

/* The body after the damage, in new memory. */
static text damaged(struct call *call, text body, enum damage damage)
{
    char *bytes = call_take(call, body.size + 1);
    assert_non_null(bytes);
    memcpy(bytes, body.at, body.size);
    bytes[body.size] = '\0';
    if (damage == OTHER_END)
        memset(bytes + body.size - 2, 'Z', 2);
    if (damage == OTHER_START)
        bytes[0] = 'Z';
    return (text){ bytes, damage == EMPTIED      ? 0
                          : damage == CUT        ? body.size - 1
                          : damage == LENGTHENED ? body.size + 1
                                                 : body.size };
}

/* The column of the only run that is stored. */
static void damage_column(struct test_house *test, const char *name, enum damage damage)
{
    struct call *call = &test->call;
    bool of_verdicts = strcmp(name, VERDICTS_NAME) == 0;
    struct sql *sql = of_verdicts ? SQL(call, "SELECT body FROM eval_verdicts")
                                  : SQL(call, "SELECT body FROM eval_column WHERE name = ?1");
    assert_done(call, sql != NULL);
    if (!of_verdicts)
        sql_bind_text(sql, 1, text_of(name));
    assert_int_equal(sql_step(call, sql), SQL_ROW);
    text body = damaged(call, sql_blob(sql, 0), damage);
    sql_done(sql);
    begin(test);
    sql = of_verdicts ? SQL(call, "UPDATE eval_verdicts SET body = ?1")
                      : SQL(call, "UPDATE eval_column SET body = ?1 WHERE name = ?2");
    assert_done(call, sql != NULL);
    sql_bind_blob(sql, 1, body);
    if (!of_verdicts)
        sql_bind_text(sql, 2, text_of(name));
    assert_done(call, sql_run(call, sql));
    end(test);
}

/* Cut, lengthened, emptied, and with other bytes at either end. */
static void damaged_columns_are_refused_with_a_sentence(void **state)
{
    static const char *const names[] = { "verdicts", "case",  "trial", "verdict",
                                         "score",    "slice", "tags",  "input" };
    struct test_house *test = *state;
    struct stored_results stored;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (enum damage damage = CUT; damage < DAMAGE_COUNT; damage++) {
            restore(test);
            assert_done(&test->call, read_gathered(&test->call, ROWS_MAX, &stored));
            damage_column(test, names[i], damage);
            assert_false(read_gathered(&test->call, ROWS_MAX, &stored));
            assert_refused(&test->call, FAIL_STORE, "damaged");
        }
}

static void columns_that_belong_together_are_missed(void **state)
{
    static const char *const losses[] = { "DELETE FROM eval_verdicts",
                                          "DELETE FROM eval_column WHERE name = 'trial'",
                                          "DELETE FROM eval_column WHERE name = 'verdict'" };
    struct test_house *test = *state;
    struct stored_results stored;
    for (size_t i = 0; i < sizeof losses / sizeof *losses; i++) {
        restore(test);
        delete_columns(test, losses[i]);
        assert_false(read_gathered(&test->call, ROWS_MAX, &stored));
        assert_refused(&test->call, FAIL_STORE, "damaged");
    }
}

static void sound_columns_of_another_run_are_refused(void **state)
{
    struct test_house *test = *state;
    struct call *call = &test->call;
    struct stored_results stored;
    struct verdicts small = test_run(call, "PF");
    write_trials(test);
    assert_false(read_gathered(call, ROWS_MAX - 1, &stored)); /* another count of results */
    assert_refused(call, FAIL_STORE, "damaged");
    assert_false(columns_read_trials(call, place, &small, ROWS_MAX, &stored)); /* of cases */
    assert_refused(call, FAIL_STORE, "the results of run RUN-7 are damaged");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(verdicts_come_back),
        WITH_HOUSE(another_content_has_columns_of_its_own),
        WITH_HOUSE(several_runs_are_read_at_once_each_by_its_content),
        WITH_HOUSE(one_column_of_several_runs_is_read_at_once),
        WITH_HOUSE(every_column_comes_back),
        WITH_HOUSE(trials_come_back),
        WITH_HOUSE(texts_of_cases_are_left_out_where_they_are_not_kept),
        WITH_HOUSE(columns_that_no_result_has_are_not_there),
        WITH_HOUSE(trials_alone_need_no_other_columns),
        WITH_HOUSE(damaged_columns_are_refused_with_a_sentence),
        WITH_HOUSE(columns_that_belong_together_are_missed),
        WITH_HOUSE(sound_columns_of_another_run_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
