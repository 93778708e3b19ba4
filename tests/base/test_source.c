/* Bytes from outside: lines, gzip whole and cut, encodings, limits. */
#include "base/source.h"
#include "support/support.h"

#include <unistd.h>
#include <zlib.h>

static struct call call;

static int begin(void **state)
{
    (void)state;
    call_init(&call, (size_t)512 * 1024 * 1024);
    return 0;
}

static int end(void **state)
{
    (void)state;
    call_release(&call);
    return 0;
}

/* One gzip member, at its best. */
static text gzip(text plain)
{
    z_stream packer = { .zalloc = NULL };
    assert_int_equal(deflateInit2(&packer, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&packer, plain.size);
    char *at = call_take(&call, room);
    packer.next_in = (unsigned char *)(uintptr_t)plain.at;
    packer.avail_in = (uInt)plain.size;
    packer.next_out = (unsigned char *)at;
    packer.avail_out = (uInt)room;
    assert_int_equal(deflate(&packer, Z_FINISH), Z_STREAM_END);
    size_t size = room - packer.avail_out;
    deflateEnd(&packer);
    return (text){ at, size };
}

static text joined(text a, text b)
{
    char *at = call_take(&call, a.size + b.size + 1);
    memcpy(at, a.at, a.size);
    memcpy(at + a.size, b.at, b.size);
    return (text){ at, a.size + b.size };
}

static struct source *open_memory(text bytes, const char *encoding)
{
    struct source *source = source_open_memory(&call, "upload", bytes, text_of(encoding));
    assert_done(&call, source != NULL);
    return source;
}

/* The lines with '|' after each that was ended and '!' after one that was not. */
static text lines_of(struct source *source)
{
    size_t size = 0, room = 1 << 20;
    char *all = call_take(&call, room);
    text line;
    bool ended;
    enum source_step step;
    while ((step = source_line(&call, source, &line, &ended)) == SOURCE_LINE) {
        assert_true(size + line.size + 1 < room);
        memcpy(all + size, line.at, line.size);
        size += line.size;
        all[size++] = ended ? '|' : '!';
    }
    assert_done(&call, step == SOURCE_END);
    assert_int_equal(source_line(&call, source, &line, &ended), SOURCE_END);
    return (text){ all, size };
}

static void lines_come_without_their_ends(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *lines;
        int64_t count;
        bool had_bom, had_crlf;
    } cases[] = {
        { "", "", 0, false, false },
        { "\n", "|", 1, false, false },
        { "a\nb\n", "a|b|", 2, false, false },
        { "a\nb", "a|b!", 2, false, false },
        { "a\r\n\r\nb\r\n", "a||b|", 3, false, true },
        { "a\rb\nc\r", "a\rb|c\r!", 2, false, false },
        { "\xEF\xBB\xBF" "a\n", "a|", 1, true, false },
        { "\xEF\xBB\xBF", "", 0, true, false },
        { "\xEF\xBB", "\xEF\xBB!", 1, false, false },
        { "a\n\xEF\xBB\xBF" "b\n", "a|\xEF\xBB\xBF" "b|", 2, false, false },
        { "\x1f", "\x1f!", 1, false, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct source *source = open_memory(text_of(cases[i].bytes), NULL);
        assert_text(lines_of(source), cases[i].lines);
        const struct source_facts *facts = source_facts(source);
        assert_int_equal(facts->line, cases[i].count);
        assert_int_equal(facts->bytes_read, strlen(cases[i].bytes));
        assert_int_equal(facts->bytes_total, strlen(cases[i].bytes));
        assert_true(facts->had_bom == cases[i].had_bom && facts->had_crlf == cases[i].had_crlf);
        assert_false(facts->is_cut);
        struct hash hash = hash_sha256(text_of(cases[i].bytes));
        assert_memory_equal(facts->sha256.byte, hash.byte, HASH_SIZE);
        source_close(source);
    }
}

/* Lines of many lengths, so that they meet the borders of the window in many ways. */
static text many_lines(size_t count)
{
    struct out { size_t size; char *at; } out = { 0, call_take(&call, count * 700) };
    for (size_t i = 0; i < count; i++) {
        size_t size = i * 7919 % 600;
        out.size += (size_t)snprintf(out.at + out.size, 24, "%zu:", i);
        memset(out.at + out.size, 'a' + (int)(i % 26), size);
        out.size += size;
        out.at[out.size++] = '\n';
    }
    return (text){ out.at, out.size };
}

static void assert_same_lines(struct source *source, text plain)
{
    text line;
    bool ended;
    size_t at = 0;
    enum source_step step;
    while ((step = source_line(&call, source, &line, &ended)) == SOURCE_LINE) {
        assert_true(at + line.size < plain.size && memcmp(plain.at + at, line.at, line.size) == 0);
        at += line.size + 1;
    }
    assert_done(&call, step == SOURCE_END);
    assert_true(at == plain.size);
}

static void lines_survive_the_borders_of_the_window(void **state)
{
    (void)state;
    text plain = many_lines(9000);
    struct source *source = open_memory(plain, NULL);
    assert_same_lines(source, plain);
    source_close(source);
    source = open_memory(gzip(plain), NULL);
    assert_same_lines(source, plain);
    source_close(source);
    source = open_memory(plain, "ISO-8859-1");
    assert_same_lines(source, plain);
    source_close(source);
}

static void a_file_is_read_and_a_missing_one_refused(void **state)
{
    (void)state;
    char path[] = "/tmp/rondo-test-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, "one\ntwo", 7), 7);
    close(file);
    struct source *source = source_open(&call, path, TEXT_NONE);
    assert_done(&call, source != NULL);
    assert_text(lines_of(source), "one|two!");
    assert_string_equal(source_facts(source)->name, path);
    assert_int_equal(source_facts(source)->bytes_total, 7);
    source_close(source);
    unlink(path);
    assert_null(source_open(&call, path, TEXT_NONE));
    assert_refused(&call, FAIL_INVALID, path);
    assert_null(source_open(&call, path, TEXT_NONE));
    assert_refused(&call, FAIL_INVALID, "No such file");
    assert_null(source_open(&call, "/tmp", TEXT_NONE));
    assert_refused(&call, FAIL_INVALID, "'/tmp': Is a directory");
}

static void standard_input_is_a_dash(void **state)
{
    (void)state;
    int ends[2];
    int kept = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "from\npipe\n", 10), 10);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    struct source *source = source_open(&call, "-", TEXT_NONE);
    assert_text(lines_of(source), "from|pipe|");
    assert_string_equal(source_facts(source)->name, "standard input");
    assert_int_equal(source_facts(source)->bytes_total, 0);
    source_close(source);
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(ends[0]);
}

static void gzip_is_unpacked_member_by_member(void **state)
{
    (void)state;
    text two = joined(gzip(TEXT("one\ntw")), gzip(TEXT("o\nthree\n")));
    struct source *source = open_memory(two, NULL);
    assert_text(lines_of(source), "one|two|three|");
    assert_false(source_facts(source)->is_cut);
    struct hash hash = hash_sha256(two);
    assert_memory_equal(source_facts(source)->sha256.byte, hash.byte, HASH_SIZE);
    assert_int_equal(source_facts(source)->bytes_read, two.size);
    source_close(source);
    source = open_memory(joined(two, TEXT("\0\0\0\0")), NULL); /* filled up */
    assert_text(lines_of(source), "one|two|three|");
    assert_false(source_facts(source)->is_cut);
    source_close(source);
    source = open_memory(joined(two, TEXT("\0\0\x1f\x8b")), NULL); /* a third begins */
    assert_text(lines_of(source), "one|two|three|");
    assert_true(source_facts(source)->is_cut);
    assert_false(source_facts(source)->had_junk);
    source_close(source);
}

/* What was unpacked has its checksum: it is whole, and what follows is named what it is. */
static void what_is_no_gzip_behind_a_gzip_is_junk(void **state)
{
    (void)state;
    const text junk[] = { TEXT("garbage"), TEXT("\0\0x"), TEXT("\x1f"), TEXT("\x1f\x1f\x8b") };
    for (size_t i = 0; i < sizeof junk / sizeof junk[0]; i++) {
        text whole = joined(gzip(TEXT("one\ntwo\n")), junk[i]);
        struct source *source = open_memory(whole, NULL);
        assert_text(lines_of(source), "one|two|");
        assert_false(source_facts(source)->is_cut);
        assert_true(source_facts(source)->had_junk);
        assert_int_equal(source_facts(source)->bytes_read, whole.size);
        source_close(source);
    }
    struct source *source = open_memory(joined(gzip(TEXT("one\n")), TEXT("\0")), NULL);
    assert_text(lines_of(source), "one|");
    assert_false(source_facts(source)->had_junk);
    source_close(source);
}

static void a_cut_gzip_gives_what_it_has(void **state)
{
    (void)state;
    text plain = many_lines(2000);
    text packed = gzip(plain);
    const size_t sizes[] = {
        2, 5, 18, 100, packed.size / 2, packed.size - 9, packed.size - 8, packed.size - 1
    };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        text rest;
        text cut = text_until(packed, sizes[i]);
        struct source *source = open_memory(cut, NULL);
        assert_done(&call, source_rest(&call, source, plain.size, &rest));
        assert_true(source_facts(source)->is_cut);
        assert_false(source_facts(source)->is_damaged);
        assert_true(text_starts(plain, rest));
        assert_true(sizes[i] < 100 || rest.size > 0);
        assert_true(sizes[i] < packed.size - 8 || text_equal(rest, plain));
        struct hash hash = hash_sha256(cut);
        assert_memory_equal(source_facts(source)->sha256.byte, hash.byte, HASH_SIZE);
        source_close(source);
    }
}

static void a_damaged_gzip_ends_at_the_damage(void **state)
{
    (void)state;
    text plain = many_lines(2000);
    text packed = gzip(plain);
    char *damaged = call_take(&call, packed.size);
    const size_t places[] = { packed.size / 3, packed.size / 2, packed.size - 6 };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        text rest;
        memcpy(damaged, packed.at, packed.size);
        memset(damaged + places[i], 0xff, 5);
        struct source *source = open_memory((text){ damaged, packed.size }, NULL);
        assert_done(&call, source_rest(&call, source, (size_t)64 << 20, &rest));
        assert_true(source_facts(source)->is_cut);
        assert_true(source_facts(source)->is_damaged);
        assert_int_equal(source_facts(source)->bytes_read, packed.size);
        source_close(source);
    }
}

static void encodings_become_utf8(void **state)
{
    (void)state;
    struct source *source = open_memory(TEXT("gr\xfc\xdf\x80\r\n"), "windows-1252");
    assert_text(lines_of(source), "gr\xc3\xbc\xc3\x9f\xe2\x82\xac|");
    assert_true(source_facts(source)->had_crlf);
    source_close(source);
    source = open_memory(TEXT("\xff\xfe" "a\0\n\0\x3d\xd8\x00\xde"), "UTF-16");
    assert_text(lines_of(source), "a|\xf0\x9f\x98\x80!");
    source_close(source);
    source = open_memory(TEXT("\xff\xfe" "a\0\n\0"), "utf-16le");
    assert_text(lines_of(source), "a|");
    assert_true(source_facts(source)->had_bom);
    source_close(source);
    source = open_memory(TEXT("a\0b"), "utf-16le"); /* half a character at the end */
    assert_text(lines_of(source), "a\xef\xbf\xbd!");
    source_close(source);
    source = open_memory(gzip(TEXT("\xfc\n")), "latin1");
    assert_text(lines_of(source), "\xc3\xbc|");
    source_close(source);
    source = open_memory(TEXT("\xc3\xbc\xff"), "utf-8"); /* taken as it is */
    assert_text(lines_of(source), "\xc3\xbc\xff!");
    source_close(source);
}

static void an_unknown_encoding_is_refused_by_name(void **state)
{
    (void)state;
    assert_null(source_open_memory(&call, "upload", TEXT("a"), TEXT("klingon-1")));
    assert_refused(&call, FAIL_INVALID, "'klingon-1' for 'upload'");
    assert_null(source_open_memory(&call, "upload", TEXT("a"), TEXT("utf-8\0x")));
    assert_refused(&call, FAIL_INVALID, "NUL");
}

static void peeking_takes_nothing(void **state)
{
    (void)state;
    text plain = many_lines(2000), head;
    struct source *source = open_memory(gzip(joined(TEXT("\xEF\xBB\xBF"), plain)), NULL);
    assert_done(&call, source_peek(&call, source, 4, &head));
    assert_text(head, "0:\n1");
    assert_done(&call, source_peek(&call, source, 400000, &head));
    assert_true(text_equal(head, text_until(plain, 400000)));
    assert_same_lines(source, plain);
    assert_done(&call, source_peek(&call, source, 10, &head));
    assert_int_equal(head.size, 0);
    source_close(source);
}

static void the_rest_is_given_whole_or_not_at_all(void **state)
{
    (void)state;
    text rest, line;
    bool ended;
    struct source *source = open_memory(TEXT("one\ntwo\nthree"), NULL);
    assert_int_equal(source_line(&call, source, &line, &ended), SOURCE_LINE);
    assert_false(source_rest(&call, source, 8, &rest));
    assert_refused(&call, FAIL_TOO_LARGE, "'upload' holds more than the 8 bytes");
    assert_done(&call, source_rest(&call, source, 9, &rest));
    assert_text(rest, "two\nthree");
    assert_int_equal(source_line(&call, source, &line, &ended), SOURCE_END);
    source_close(source);
    source = open_memory(TEXT(""), NULL);
    assert_done(&call, source_rest(&call, source, 0, &rest));
    assert_int_equal(rest.size, 0);
    source_close(source);
}

static void a_line_over_64_mib_is_refused(void **state)
{
    (void)state;
    char *bytes = call_take(&call, SOURCE_LINE_MAX + 10);
    memset(bytes, 'a', SOURCE_LINE_MAX + 10);
    bytes[1] = '\n';
    bytes[SOURCE_LINE_MAX + 2] = '\n';
    text line;
    bool ended;
    struct source *source = open_memory((text){ bytes, SOURCE_LINE_MAX + 10 }, NULL);
    assert_int_equal(source_line(&call, source, &line, &ended), SOURCE_LINE);
    assert_int_equal(source_line(&call, source, &line, &ended), SOURCE_LINE);
    assert_true(line.size == SOURCE_LINE_MAX);
    source_close(source);
    bytes[SOURCE_LINE_MAX + 2] = 'a';
    bytes[SOURCE_LINE_MAX + 3] = '\n';
    source = open_memory((text){ bytes, SOURCE_LINE_MAX + 10 }, NULL);
    assert_int_equal(source_line(&call, source, &line, &ended), SOURCE_LINE);
    assert_int_equal(source_line(&call, source, &line, &ended), SOURCE_FAILED);
    assert_refused(&call, FAIL_TOO_LARGE, "line 2 of 'upload' is longer than 64 MiB");
    assert_int_equal(source_line(&call, source, &line, &ended), SOURCE_FAILED);
    assert_refused(&call, FAIL_TOO_LARGE, "line 2");
    source_close(source);
}

static enum source_step read_through(text packed)
{
    text line;
    bool ended;
    struct source *source = open_memory(packed, NULL);
    enum source_step step = SOURCE_LINE;
    while (step == SOURCE_LINE)
        step = source_line(&call, source, &line, &ended);
    source_close(source);
    return step;
}

static void a_stream_that_swells_a_thousandfold_is_refused(void **state)
{
    (void)state;
    size_t size = (size_t)70 * 1024 * 1024;
    char *plain = call_take(&call, size);
    memset(plain, '\n', size);
    text small = gzip((text){ plain, size - (size_t)10 * 1024 * 1024 }),
         large = gzip((text){ plain, size });
    assert_int_equal(read_through(small), SOURCE_END);
    assert_int_equal(read_through(large), SOURCE_FAILED);
    assert_refused(&call, FAIL_TOO_LARGE, "'upload' unpacks to more than 1000 times its size");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_come_without_their_ends, begin, end),
        cmocka_unit_test_setup_teardown(lines_survive_the_borders_of_the_window, begin, end),
        cmocka_unit_test_setup_teardown(a_file_is_read_and_a_missing_one_refused, begin, end),
        cmocka_unit_test_setup_teardown(standard_input_is_a_dash, begin, end),
        cmocka_unit_test_setup_teardown(gzip_is_unpacked_member_by_member, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_gzip_behind_a_gzip_is_junk, begin, end),
        cmocka_unit_test_setup_teardown(a_cut_gzip_gives_what_it_has, begin, end),
        cmocka_unit_test_setup_teardown(a_damaged_gzip_ends_at_the_damage, begin, end),
        cmocka_unit_test_setup_teardown(encodings_become_utf8, begin, end),
        cmocka_unit_test_setup_teardown(an_unknown_encoding_is_refused_by_name, begin, end),
        cmocka_unit_test_setup_teardown(peeking_takes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(the_rest_is_given_whole_or_not_at_all, begin, end),
        cmocka_unit_test_setup_teardown(a_line_over_64_mib_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_stream_that_swells_a_thousandfold_is_refused, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
