/* Inputs and outputs of results: they are compressed while a file is read, and nothing shows it. */
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "support/house.h"

enum { MIB = 1 << 20, LONG_TEXT = 100 * 1000 };

static void keep_texts(struct test_house *test)
{
    struct call *call = &test->call;
    struct row suite;
    assert_done(call, row_init(call, &suite_record, &suite));
    suite.value[SUITE_NAME] = value_text(TEXT("s"));
    suite.value[SUITE_KEEPS_TEXTS] = value_bool(true);
    assert_done(call, ledger_create(call, &suite));
}

/* A file on the heap, so that the limit of a call is not the file's. */
struct file {
    char *bytes;
    size_t size, room;
};

static void file_line(struct file *file, int run, int number, const char *input, char fill,
                      size_t size)
{
    if (file->room < file->size + size + 1000) {
        file->room = 2 * (file->size + size + 1000);
        file->bytes = realloc(file->bytes, file->room);
        assert_non_null(file->bytes);
    }
    file->size += (size_t)snprintf(file->bytes + file->size, 1000,
                                   "{\"suite\":\"s\",\"run\":\"r%d\",\"case\":\"c%d\","
                                   "\"pass\":true,\"input\":\"%s\",\"output\":\"",
                                   run, number, input);
    memset(file->bytes + file->size, fill, size);
    file->size += size;
    file->size += (size_t)snprintf(file->bytes + file->size, 10, "\"}\n");
}

static struct import_report import_file(struct test_house *test, struct file *file)
{
    struct import_report report = test_import(test, "a.jsonl", file->bytes, NULL);
    free(file->bytes);
    *file = (struct file){ .size = 0 };
    return report;
}

/* One text of each result of the run. */
static const text *words_of(struct test_house *test, const char *name, enum results_word which,
                            int64_t wanted)
{
    struct call *call = &test->call;
    struct row run = test_run_row(test, name);
    struct verdicts verdicts;
    const text *word;
    int64_t count = value_as_int(run.value[EVAL_RUN_RESULTS]);
    assert_int_equal(count, wanted);
    assert_done(call, stored_verdicts_read(call, run_place(&run), &verdicts) &&
                          columns_read_words(call, run_place(&run), which, (uint32_t)count, &word));
    assert_non_null(word);
    return word;
}

static void assert_filled(text word, char fill, size_t size)
{
    assert_int_equal(word.size, size);
    for (size_t i = 0; i < size; i++)
        assert_int_equal(word.at[i], fill);
}

static void more_texts_are_imported_than_fit_into_the_memory_of_the_call(void **state)
{
    enum { RUNS = 6, CASES = 20 };
    struct test_house *test = *state;
    struct file file = { .size = 0 };
    keep_texts(test);
    for (int run = 0; run < RUNS; run++)
        for (int number = 0; number < CASES; number++)
            file_line(&file, run, number, "in", (char)('a' + number), LONG_TEXT + (size_t)run);
    size_t limit = test->call.arena.limit;
    test->call.arena.limit = 4 * MIB;
    assert_true(file.size > 2 * test->call.arena.limit);
    assert_int_equal(import_file(test, &file).new_runs.count, RUNS);
    test->call.arena.limit = limit;
    const text *word = words_of(test, "r5", RESULTS_OUTPUT, CASES);
    for (int number = 0; number < CASES; number++)
        assert_filled(word[number], (char)('a' + number), LONG_TEXT + 5);
}

static void runs_whose_lines_stand_between_each_other_keep_their_texts_apart(void **state)
{
    enum { RUNS = 3, CASES = 26 };
    struct test_house *test = *state;
    struct file file = { .size = 0 };
    char name[] = "r0";
    keep_texts(test);
    for (int number = 0; number < CASES; number++)
        for (int run = 0; run < RUNS; run++)
            file_line(&file, run, number, name, (char)('a' + number), LONG_TEXT + (size_t)run);
    assert_int_equal(import_file(test, &file).new_runs.count, RUNS);
    for (int run = 0; run < RUNS; run++) {
        name[1] = (char)('0' + run);
        const text *output = words_of(test, name, RESULTS_OUTPUT, CASES);
        for (int number = 0; number < CASES; number++)
            assert_filled(output[number], (char)('a' + number), LONG_TEXT + (size_t)run);
        assert_text(words_of(test, name, RESULTS_INPUT, CASES)[CASES - 1], "r0");
    }
}

/* The text of the line that is left out was compressed long before the line came again. */
static void a_line_far_behind_its_like_is_left_out_and_another_waits_with_its_texts(void **state)
{
    enum { CASES = 60 };
    struct test_house *test = *state;
    struct file file = { .size = 0 };
    keep_texts(test);
    for (int number = 0; number < CASES; number++)
        file_line(&file, 0, number, "in", (char)('A' + number % 26), LONG_TEXT);
    file_line(&file, 0, 0, "in", 'A', LONG_TEXT);
    file_line(&file, 0, 1, "in", '!', 10);
    assert_true(file.size > 4 * MIB);
    struct import_report report = import_file(test, &file);
    assert_text(test_note(&report, "repeated_line"), "identical lines were left out");
    assert_int_equal(report.bad_count, 1);
    assert_true(text_find(report.bad[0].bytes, TEXT("\"output\":\"!!!!!!!!!!\"")) != SIZE_MAX);
    const text *word = words_of(test, "r0", RESULTS_OUTPUT, CASES);
    for (int number = 0; number < CASES; number++)
        assert_filled(word[number], (char)('A' + number % 26), LONG_TEXT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(more_texts_are_imported_than_fit_into_the_memory_of_the_call),
        WITH_HOUSE(runs_whose_lines_stand_between_each_other_keep_their_texts_apart),
        WITH_HOUSE(a_line_far_behind_its_like_is_left_out_and_another_waits_with_its_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
