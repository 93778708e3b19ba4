/* The plain shape as CSV: headers, delimiters, quotes, words for verdicts, and rows that do not
 * fit. */
#include "support/eval_collect.h"

#include <math.h>

static void collect_csv(struct collected *all, const char *bytes)
{
    collect(all, "csv", "x.csv", text_of(bytes), NULL);
    assert_done(&all->call, all->is_done);
}

static void assert_csv_refused(const char *bytes, const char *part)
{
    struct collected all;
    collect(&all, "csv", "x.csv", text_of(bytes), NULL);
    assert_false(all.is_done);
    assert_refused(&all.call, FAIL_INVALID, part);
    collected_release(&all);
}

static void columns_may_stand_in_any_order_under_any_delimiter(void **state)
{
    (void)state;
    static const char *const files[] = {
        "pass,case,suite,run,score\ntrue,007,s,r,0.5\n",
        "pass;case;suite;run;score\ntrue;007;s;r;0.5\n",
        "pass\tcase\tsuite\trun\tscore\ntrue\t007\ts\tr\t0.5\n",
        "\xEF\xBB\xBF\"pass\", case ,suite,\"run\",score\r\ntrue,007,s,r,0.5\r\n",
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct collected all;
        collect_csv(&all, files[i]);
        assert_int_equal(all.lines, 1);
        assert_text(all.line[0].case_key, "007");
        assert_text(all.line[0].suite, "s");
        assert_text(all.line[0].surface, "s");
        assert_text(all.line[0].run, "r");
        assert_true(all.line[0].score == 0.5);
        assert_int_equal(all.line[0].verdict, EVAL_PASS);
        assert_int_equal(all.line[0].number, 2);
        assert_int_equal(notes_of(&all, "bom"), i == 3);
        assert_int_equal(notes_of(&all, "crlf"), i == 3);
        collected_release(&all);
    }
}

static void a_given_delimiter_wins(void **state)
{
    (void)state;
    struct collected all;
    const struct eval_read_options options = { .delimiter = '|' };
    collect(&all, "csv", "x.csv", TEXT("case|suite|pass\na,b|s|yes\n"), &options);
    assert_int_equal(all.lines, 1);
    assert_text(all.line[0].case_key, "a,b");
    collected_release(&all);
}

static void quotes_hold_delimiters_quotes_and_line_breaks(void **state)
{
    (void)state;
    struct collected all;
    collect_csv(&all, "suite,case,pass,output\n"
                      "s,\"a,\"\"b\"\"\",1,\"one\r\n\r\n\"\"two\"\"\"\n"
                      "s,5\" disk,1,\"\"\n");
    assert_int_equal(all.lines, 2);
    assert_text(all.line[0].case_key, "a,\"b\"");
    assert_text(all.line[0].output, "one\n\n\"two\"");
    assert_int_equal(all.line[0].number, 2);
    assert_text(all.line[1].case_key, "5\" disk");
    assert_null(all.line[1].output.at);
    assert_int_equal(all.line[1].number, 5);
    collected_release(&all);
}

static void a_broken_quote_is_a_bad_row(void **state)
{
    (void)state;
    struct collected all;
    collect_csv(&all, "suite,run,case,pass\ns,r1,a,1\ns,r2,\"b\"x,1\ns,r1,c,1\n");
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.bads, 1);
    assert_text(all.bad[0].reason,
                "the quote of cell 3 is not closed where the cell ends: close it there, and "
                "double quotes inside it");
    assert_text(all.bad[0].run, "r2");
    collected_release(&all);
}

static void a_quote_open_at_the_end_is_a_cut(void **state)
{
    (void)state;
    struct collected all;
    collect_csv(&all, "suite,run,case,pass\ns,r1,a,1\ns,r2,\"b\nmore\n");
    assert_int_equal(all.lines, 1);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.bad[0].number, 3);
    assert_int_equal(all.cuts, 1);
    assert_text(all.cut_run, "r2");
    collected_release(&all);
}

static void words_for_a_verdict_are_a_closed_list(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        enum eval_verdict verdict;
    } words[] = {
        { "true", EVAL_PASS },   { "FALSE", EVAL_FAIL },      { "1", EVAL_PASS },
        { "0", EVAL_FAIL },      { "Yes", EVAL_PASS },        { "no", EVAL_FAIL },
        { "pass", EVAL_PASS },   { "fail", EVAL_FAIL },       { "Passed", EVAL_PASS },
        { "failed", EVAL_FAIL }, { "", EVAL_UNSCORED },       { "null", EVAL_UNSCORED },
        { "Error", EVAL_ERROR }, { "skipped", EVAL_SKIPPED }, { " true ", EVAL_PASS },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct collected all;
        char bytes[100];
        snprintf(bytes, sizeof bytes, "suite,case,pass\ns,c,%s\n", words[i].word);
        collect_csv(&all, bytes);
        assert_int_equal(all.lines, 1);
        assert_int_equal(all.line[0].verdict, words[i].verdict);
        collected_release(&all);
    }
    struct collected all;
    collect_csv(&all, "suite,case,pass\ns,c,maybe\ns,c,2\n");
    assert_int_equal(all.bads, 2);
    assert_non_null(strstr(all.bad[0].reason.at, "'pass' is \"maybe\"; it must be true, false, 1"));
    collected_release(&all);
}

static void empty_cells_are_unknown(void **state)
{
    (void)state;
    struct collected all;
    collect_csv(&all, "suite,case,pass,score,model,trial,tags,turns\ns,c,1,,,,,\n");
    assert_true(isnan(all.line[0].score));
    assert_null(all.line[0].model.at);
    assert_int_equal(all.line[0].trial, 0);
    assert_int_equal(all.line[0].tag_count, 0);
    assert_null(all.line[0].attributes.at);
    assert_int_equal(all.notes, 0);
    collected_release(&all);
    collect_csv(&all, "suite,case,pass\ns,,1\n,c,1\n");
    assert_int_equal(all.bads, 2);
    assert_non_null(strstr(all.bad[0].reason.at, "no 'case'"));
    assert_non_null(strstr(all.bad[1].reason.at, "no 'suite'"));
    collected_release(&all);
}

static void cells_become_numbers_tags_and_attributes(void **state)
{
    (void)state;
    struct collected all;
    collect_csv(&all, "suite;case;pass;score;tags;trial;tokens_in;turns;\n"
                      "s;c;1; 0.25 ;\"x; y;;z\";2;911;3;idx\n");
    assert_true(all.line[0].score == 0.25 && all.line[0].tokens_in == 911);
    assert_int_equal(all.line[0].trial, 2);
    assert_int_equal(all.line[0].tag_count, 3);
    assert_text(all.line[0].tag[1], "y");
    assert_text(all.line[0].attributes, "{\"column_9\":\"idx\",\"turns\":\"3\"}");
    assert_int_equal(notes_of(&all, "attribute_kept"), 2);
    collected_release(&all);
    collect_csv(&all, "suite,case,pass,score,trial\ns,c,1,\"0,25\",1\ns,c,1,0.5,1.5\n");
    assert_int_equal(all.bads, 2);
    assert_non_null(
        strstr(all.bad[0].reason.at, "'score' is \"0,25\"; it must be a number with a point"));
    assert_non_null(strstr(all.bad[1].reason.at, "'trial'"));
    collected_release(&all);
}

static void words_for_no_number_are_noted(void **state)
{
    (void)state;
    struct collected all;
    collect_csv(&all, "suite,case,pass,score\ns,c,1,NaN\ns,d,1,-inf\n");
    assert_int_equal(all.lines, 2);
    assert_true(isnan(all.line[1].score));
    assert_int_equal(notes_of(&all, "no_number"), 2);
    collected_release(&all);
}

static void a_row_with_other_cells_than_the_header_names_both_numbers(void **state)
{
    (void)state;
    struct collected all;
    collect_csv(&all, "suite,run,case,pass\ns,r1,a,1\ns,r2,b,1,x\ns,r3,c\ns,r1,d,1\n");
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.bads, 2);
    assert_text(all.bad[0].reason,
                "the row has 5 cells where the header has 4: give it as many, and quote cells that "
                "hold the delimiter");
    assert_text(all.bad[0].run, "r2");
    assert_text(all.bad[1].reason,
                "the row has 3 cells where the header has 4: give it as many, and quote cells that "
                "hold the delimiter");
    assert_text(all.bad[1].bytes, "s,r3,c");
    assert_int_equal(all.cuts, 0);
    collected_release(&all);
}

static void a_short_last_row_without_an_end_is_a_cut(void **state)
{
    (void)state;
    struct collected all;
    collect_csv(&all, "suite,run,case,pass\ns,r1,a,1\ns,r2,b");
    assert_int_equal(all.cuts, 1);
    assert_text(all.cut_run, "r2");
    collected_release(&all);
    collect_csv(&all, "suite,run,case,pass\ns,r1,a,1\ns,r");
    assert_text(all.cut_run, "r1"); /* "r" may be cut itself */
    collected_release(&all);
    collect_csv(&all, "suite,run,case,pass\ns,r1,a,1\ns,r2,b,1");
    assert_int_equal(all.cuts, 0);
    assert_int_equal(all.lines, 2);
    collected_release(&all);
}

static void bytes_that_are_not_utf8_are_a_bad_row(void **state)
{
    (void)state;
    struct collected all;
    collect_csv(&all, "suite,case,pass\ns,\xc3\xbc,1\ns,\xfc,1\n");
    assert_int_equal(all.lines, 1);
    assert_text(all.bad[0].reason,
                "byte 2 of the line is not UTF-8: give the encoding with --encoding");
    collected_release(&all);
    assert_csv_refused("suite,case,pass,\xfc\ns,c,1,2\n", "not UTF-8");
}

static void a_header_that_cannot_be_used_refuses_the_file(void **state)
{
    (void)state;
    assert_csv_refused(
        "suite,id,pass\ns,1,1\n",
        "the header of 'x.csv' names no 'case', which is needed: name another column "
        "with --map; its columns are 'suite', 'id', 'pass'");
    assert_csv_refused("case,pass,case\n1,1,1\n", "names 'case' twice");
    assert_csv_refused("case,\"pass\n1,1\n", "a quote that is not closed");
    assert_csv_refused("", "'x.csv' is empty");
    assert_csv_refused("\n\n", "'x.csv' is empty");
    assert_csv_refused("case,pass\n", "'x.csv' is empty but for its header");
}

static void a_map_names_other_columns(void **state)
{
    (void)state;
    struct collected all;
    struct call call;
    struct json map;
    test_call_init(&call);
    assert_done(&call, json_read(&call,
                                 TEXT("{\"case\":\"id\",\"suite\":{\"value\":\"s\"},"
                                      "\"model_served\":\"snapshot\"}"),
                                 &map, NULL));
    const struct eval_read_options options = { .map = &map };
    collect(&all, "csv", "dir/week 3.csv", TEXT("id;pass;model;snapshot\n7;no;m;m-1\n"), &options);
    assert_int_equal(all.lines, 1);
    assert_text(all.line[0].case_key, "7");
    assert_text(all.line[0].suite, "s");
    assert_text(all.line[0].run, "week 3");
    assert_int_equal(all.line[0].verdict, EVAL_FAIL);
    assert_text(all.line[0].model, "m");
    assert_text(all.line[0].model_served, "m-1");
    collected_release(&all);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_may_stand_in_any_order_under_any_delimiter),
        cmocka_unit_test(a_given_delimiter_wins),
        cmocka_unit_test(quotes_hold_delimiters_quotes_and_line_breaks),
        cmocka_unit_test(a_broken_quote_is_a_bad_row),
        cmocka_unit_test(a_quote_open_at_the_end_is_a_cut),
        cmocka_unit_test(words_for_a_verdict_are_a_closed_list),
        cmocka_unit_test(empty_cells_are_unknown),
        cmocka_unit_test(cells_become_numbers_tags_and_attributes),
        cmocka_unit_test(words_for_no_number_are_noted),
        cmocka_unit_test(a_row_with_other_cells_than_the_header_names_both_numbers),
        cmocka_unit_test(a_short_last_row_without_an_end_is_a_cut),
        cmocka_unit_test(bytes_that_are_not_utf8_are_a_bad_row),
        cmocka_unit_test(a_header_that_cannot_be_used_refuses_the_file),
        cmocka_unit_test(a_map_names_other_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
