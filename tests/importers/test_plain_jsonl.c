/* JSON lines: what is a line, what a damaged one still tells, and the end of the file. */
#include "support/eval_collect.h"

#include <zlib.h>

#define GOOD "{\"suite\":\"s\",\"surface\":\"f\",\"run\":\"r1\",\"case\":\"a\",\"pass\":true}\n"
#define DAMAGED "{\"suite\":\"s\",\"surface\":\"f\",\"run\":\"r2\",\"case\":\"a\" \"pass\":true}\n"

static void collect_lines(struct collected *all, text bytes)
{
    collect(all, "plain", "x.jsonl", bytes, NULL);
    assert_done(&all->call, all->is_done);
}

static void lines_are_read_and_blank_ones_skipped(void **state)
{
    (void)state;
    struct collected all;
    collect_lines(&all, TEXT("\n" GOOD "  \t\n" GOOD "\n"));
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.line[0].number, 2);
    assert_int_equal(all.line[1].number, 4);
    assert_int_equal(all.bads + all.cuts + all.notes, 0);
    collected_release(&all);
}

static void a_mark_and_crlf_are_noted_once(void **state)
{
    (void)state;
    struct collected all;
    collect_lines(&all, TEXT("\xEF\xBB\xBF{\"suite\":\"s\",\"case\":1,\"pass\":true}\r\n"
                             "{\"suite\":\"s\",\"case\":2,\"pass\":true}\r\n"));
    assert_int_equal(all.lines, 2);
    assert_int_equal(notes_of(&all, "bom"), 1);
    assert_int_equal(notes_of(&all, "crlf"), 1);
    collected_release(&all);
}

static void the_last_of_two_equal_keys_counts(void **state)
{
    (void)state;
    struct collected all;
    collect_lines(&all, TEXT("{\"suite\":\"s\",\"case\":1,\"pass\":true,\"pass\":false}\n"));
    assert_int_equal(all.line[0].verdict, EVAL_FAIL);
    assert_int_equal(notes_of(&all, "duplicate_key"), 1);
    collected_release(&all);
}

/* What a line has like the one before it is not read anew; what it has otherwise is. */
static void lines_unlike_the_one_before_are_read_as_they_are(void **state)
{
    (void)state;
    struct collected all;
    collect_lines(&all, TEXT("{\"suite\":\"s\",\"case\":1,\"pass\":true,"
                             "\"started_at\":\"2026-11-16T10:00:00Z\"}\n"
                             "{\"case\":2,\"suite\":\"s\",\"pass\":false,"
                             "\"started_at\":\"2026-11-16T10:00:00+01:00\"}\n"
                             "{\"suite\":\"s\",\"case\":3,\"past\":true,"
                             "\"started_at\":\"2026-11-16T10:00:00Z\"}\n"
                             "{\"suite\":\"s\",\"case\":4,\"pass\":true,\"started_at\":\"noon\"}\n"
                             "{\"suite\":\"s\",\"case\":5,\"pass\":true,\"started_at\":\"noon\"}\n"
                             "{\"suite\":\"s\",\"case\":6,\"pass\":true,\"started_at\":\"\"}\n"
                             "{\"suite\":\"s\",\"case\":7,\"pass\":true,"
                             "\"started_at\":\"2026-11-16T10:00:00+01:00\"}\n"));
    assert_int_equal(all.lines, 3);
    assert_text(all.line[1].case_key, "2");
    assert_text(all.line[0].started_zone, "Z");
    assert_text(all.line[1].started_zone, "+01:00");
    assert_text(all.line[2].started_zone, "+01:00");
    assert_int_equal(all.line[1].started_at, all.line[2].started_at);
    assert_int_equal(all.line[0].started_at - all.line[1].started_at, 3600 * STAMP_SECOND);
    assert_int_equal(all.bads, 4); /* no verdict, no time three times */
    collected_release(&all);
}

static void a_damaged_line_is_kept_with_the_run_that_its_bytes_tell(void **state)
{
    (void)state;
    struct collected all;
    collect_lines(&all, TEXT(GOOD DAMAGED GOOD));
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.bad[0].number, 2);
    assert_text(all.bad[0].run, "r2");
    assert_text(all.bad[0].suite, "s");
    assert_text(all.bad[0].surface, "f");
    assert_text(all.bad[0].bytes,
                "{\"suite\":\"s\",\"surface\":\"f\",\"run\":\"r2\",\"case\":\"a\" \"pass\":true}");
    assert_non_null(strstr(all.bad[0].reason.at, "byte"));
    assert_int_equal(all.cuts, 0);
    collected_release(&all);
}

static void a_damaged_line_without_a_run_belongs_to_the_run_before(void **state)
{
    (void)state;
    struct collected all;
    collect_lines(&all, TEXT("{\"case\":\n" GOOD "{\"case\":\n"));
    assert_int_equal(all.bads, 2);
    assert_null(all.bad[0].run.at);
    assert_text(all.bad[1].run, "r1");
    assert_text(all.bad[1].surface, "f");
    collected_release(&all);
}

static void a_line_that_breaks_a_rule_keeps_its_own_run(void **state)
{
    (void)state;
    struct collected all;
    collect_lines(&all, TEXT(GOOD "{\"suite\":\"t\",\"run\":\"r3\",\"case\":\"a\",\"pass\":7}"));
    assert_int_equal(all.bads, 1);
    assert_text(all.bad[0].suite, "t");
    assert_text(all.bad[0].surface, "t");
    assert_text(all.bad[0].run, "r3");
    assert_int_equal(all.cuts, 0); /* it is whole, though the file has no last line end */
    collected_release(&all);
}

static void what_is_no_object_is_a_bad_line(void **state)
{
    (void)state;
    struct collected all;
    collect_lines(&all, TEXT(GOOD "[1]\n\"text\"\n3"));
    assert_int_equal(all.bads, 3);
    assert_text(all.bad[0].reason, "the line must be a JSON object");
    assert_int_equal(all.cuts, 0);
    collected_release(&all);
}

static void bytes_that_are_not_utf8_are_refused_with_their_place(void **state)
{
    (void)state;
    struct collected all;
    collect_lines(&all,
                  TEXT(GOOD "{\"suite\":\"s\",\"run\":\"r4\",\"case\":\"\xff\",\"pass\":true}\n"));
    assert_int_equal(all.bads, 1);
    assert_text(all.bad[0].run, "r4");
    assert_non_null(strstr(all.bad[0].reason.at, "byte"));
    collected_release(&all);
}

static void an_unreadable_last_line_without_an_end_is_a_cut(void **state)
{
    (void)state;
    struct collected all;
    collect_lines(&all, TEXT(GOOD "{\"suite\":\"s\",\"surface\":\"f\",\"run\":\"r\\u0035\",\"ca"));
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.cuts, 1);
    assert_text(all.cut_run, "r5");
    assert_text(all.cut_suite, "s");
    assert_text(all.cut_surface, "f");
    collected_release(&all);
    collect_lines(&all, TEXT(GOOD "{\"suite\":\"s\",\"run\":\"r5"));
    assert_text(all.cut_run, "r1");
    collected_release(&all);
}

static void a_readable_last_line_needs_no_end(void **state)
{
    (void)state;
    struct collected all;
    collect_lines(&all, TEXT(GOOD "{\"suite\":\"s\",\"case\":2,\"pass\":true}"));
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.bads + all.cuts, 0);
    collected_release(&all);
}

/* The first `keep` bytes of the gzip stream that holds `plain`; 0 = all of it. */
static size_t gzip(const char *plain, unsigned char *room, size_t size, size_t leave_out)
{
    z_stream stream = { .next_in = (unsigned char *)(uintptr_t)plain,
                        .avail_in = (unsigned)strlen(plain) };
    stream.next_out = room;
    stream.avail_out = (unsigned)size;
    assert_int_equal(deflateInit2(&stream, 0, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t written = size - stream.avail_out;
    deflateEnd(&stream);
    return written - leave_out;
}

static void a_cut_gzip_marks_the_last_run_even_when_its_last_line_is_whole(void **state)
{
    (void)state;
    struct collected all;
    unsigned char room[1000];
    size_t size = gzip(GOOD GOOD, room, sizeof room, 8);
    collect(&all, "plain", "x.jsonl.gz", (text){ (const char *)room, size }, NULL);
    assert_done(&all.call, all.is_done);
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.bads, 1);
    assert_text(all.bad[0].reason, "the gzip stream was cut: write the file again and import it "
                                   "with --replace");
    assert_int_equal(all.cuts, 1);
    assert_text(all.cut_run, "r1");
    collected_release(&all);
    size = gzip(GOOD GOOD, room, sizeof room, 30);
    collect(&all, "plain", "x.jsonl.gz", (text){ (const char *)room, size }, NULL);
    assert_int_equal(all.lines, 1);
    assert_int_equal(all.bads, 1);
    assert_int_equal(all.cuts, 1);
    collected_release(&all);
    size = gzip(GOOD GOOD, room, sizeof room, 0);
    collect(&all, "plain", "x.jsonl.gz", (text){ (const char *)room, size }, NULL);
    assert_int_equal(all.lines, 2);
    assert_int_equal(all.bads + all.cuts, 0);
    collected_release(&all);
}

static void assert_file_refused(text bytes, const char *part)
{
    struct collected all;
    collect(&all, "plain", "x.jsonl", bytes, NULL);
    assert_false(all.is_done);
    assert_refused(&all.call, FAIL_INVALID, part);
    collected_release(&all);
}

static void files_without_lines_are_refused(void **state)
{
    (void)state;
    assert_file_refused(TEXT(""), "'x.jsonl' is empty");
    assert_file_refused(TEXT("\n \n"), "'x.jsonl' is empty");
    assert_file_refused(TEXT("\xEF\xBB\xBF"), "'x.jsonl' is empty");
}

static void noise_is_refused_with_the_formats_that_are_known(void **state)
{
    (void)state;
    assert_file_refused(TEXT(GOOD "\0\0"), "'x.jsonl' is not text: known formats are inspect, ");
    assert_file_refused(TEXT("\x89PNG\r\n\x1a\n"), "plain, csv");
    assert_file_refused(TEXT("not json\nat all\n"), "'x.jsonl' holds no line that can be read");
}

static void the_bytes_of_a_bad_line_are_capped_between_characters(void **state)
{
    (void)state;
    static char bytes[200000];
    struct collected all;
    int start = snprintf(bytes, sizeof bytes, "%s{\"x", GOOD);
    for (int i = 0; i < 40000; i++)
        memcpy(bytes + start + 3 * i, "\xe2\x82\xac", 3);
    collect_lines(&all, (text){ bytes, (size_t)start + 120000 });
    assert_int_equal(all.bads, 1);
    assert_true(all.bad[0].bytes.size <= 65536 && all.bad[0].bytes.size > 65532);
    assert_true(text_is_utf8(all.bad[0].bytes));
    collected_release(&all);
    memset(bytes + start, 0x80, 150000);
    collect_lines(&all, (text){ bytes, (size_t)start + 150000 });
    assert_int_equal(all.bad[0].bytes.size, 65536);
    collected_release(&all);
}

/* A sink that only counts, for files larger than the memory of the call. */
static bool count_line(struct call *call, void *to, const struct eval_line *line)
{
    (void)call;
    *(int64_t *)to += line->case_key.size > 0;
    return true;
}

static bool ignore_bad(struct call *call, void *to, const struct eval_bad_line *bad)
{
    (void)call;
    (void)to;
    (void)bad;
    return true;
}

static bool ignore_note(struct call *call, void *to, const struct eval_note *note)
{
    (void)call;
    (void)to;
    (void)note;
    return true;
}

static bool ignore_cut(struct call *call, void *to, text suite, text surface, text run)
{
    (void)call;
    (void)to;
    (void)suite;
    (void)surface;
    (void)run;
    return true;
}

static bool refuse_line(struct call *call, void *to, const struct eval_line *line)
{
    (void)to;
    (void)line;
    return fail(call, FAIL_STORE, "the disk is full");
}

static void memory_stays_flat_over_many_lines(void **state)
{
    (void)state;
    enum { LINES = 20000 };
    struct call call;
    int64_t count = 0;
    const struct eval_sink sink = { &count,      count_line, ignore_bad,
                                    ignore_note, ignore_cut, ignore_cut };
    const struct eval_read_options options = { .map = NULL };
    char *bytes = malloc(LINES * 100);
    size_t size = 0;
    assert_non_null(bytes);
    for (int i = 0; i < LINES; i++)
        size += (size_t)snprintf(
            bytes + size, 100,
            "{\"suite\":\"s\",\"run\":\"r%d\",\"case\":%d,\"pass\":true,\"turns\":%d}\n", i % 7, i,
            i);
    call_init(&call, 256 * 1024);
    struct source *source = source_open_memory(&call, "x.jsonl", (text){ bytes, size }, TEXT_NONE);
    assert_done(&call, source && format_named("plain")->read(&call, source, &options, &sink));
    assert_int_equal(count, LINES);
    source_close(source);
    call_release(&call);
    free(bytes);
}

static void a_sink_that_fails_stops_the_reading(void **state)
{
    (void)state;
    struct call call;
    const struct eval_sink sink = { NULL,        refuse_line, ignore_bad,
                                    ignore_note, ignore_cut,  ignore_cut };
    const struct eval_read_options options = { .map = NULL };
    test_call_init(&call);
    struct source *source = source_open_memory(&call, "x.jsonl", TEXT(GOOD GOOD), TEXT_NONE);
    assert_false(format_named("plain")->read(&call, source, &options, &sink));
    assert_refused(&call, FAIL_STORE, "the disk is full");
    source_close(source);
    call_release(&call);
}

/* Every way out for want of memory is walked: the limit rises until the file is read. */
static void too_little_memory_is_said_and_never_a_bad_line(void **state)
{
    (void)state;
    text bytes = TEXT(GOOD "{\"suite\":\"s\",\"run\":\"r9\",\"case\":1,\"pass\":true,\"x\":[1],"
                           "\"tags\":[\"a\"]}\n" DAMAGED);
    bool is_done = false;
    for (size_t limit = 0; !is_done; limit += 64) {
        struct call call;
        int64_t count = 0;
        const struct eval_sink sink = { &count,      count_line, ignore_bad,
                                        ignore_note, ignore_cut, ignore_cut };
        const struct eval_read_options options = { .map = NULL };
        call_init(&call, limit);
        struct source *source = source_open_memory(&call, "x.jsonl", bytes, TEXT_NONE);
        is_done = source && format_named("plain")->read(&call, source, &options, &sink);
        if (is_done)
            assert_int_equal(count, 2);
        else
            assert_int_equal(call.fail.kind, FAIL_TOO_LARGE);
        source_close(source);
        call_release(&call);
        assert_true(limit < 100000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_read_and_blank_ones_skipped),
        cmocka_unit_test(a_mark_and_crlf_are_noted_once),
        cmocka_unit_test(the_last_of_two_equal_keys_counts),
        cmocka_unit_test(lines_unlike_the_one_before_are_read_as_they_are),
        cmocka_unit_test(a_damaged_line_is_kept_with_the_run_that_its_bytes_tell),
        cmocka_unit_test(a_damaged_line_without_a_run_belongs_to_the_run_before),
        cmocka_unit_test(a_line_that_breaks_a_rule_keeps_its_own_run),
        cmocka_unit_test(what_is_no_object_is_a_bad_line),
        cmocka_unit_test(bytes_that_are_not_utf8_are_refused_with_their_place),
        cmocka_unit_test(an_unreadable_last_line_without_an_end_is_a_cut),
        cmocka_unit_test(a_readable_last_line_needs_no_end),
        cmocka_unit_test(a_cut_gzip_marks_the_last_run_even_when_its_last_line_is_whole),
        cmocka_unit_test(files_without_lines_are_refused),
        cmocka_unit_test(noise_is_refused_with_the_formats_that_are_known),
        cmocka_unit_test(the_bytes_of_a_bad_line_are_capped_between_characters),
        cmocka_unit_test(memory_stays_flat_over_many_lines),
        cmocka_unit_test(a_sink_that_fails_stops_the_reading),
        cmocka_unit_test(too_little_memory_is_said_and_never_a_bad_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
