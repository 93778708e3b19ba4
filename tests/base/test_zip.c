/* Archives: every way of packing that is read, and what is refused or cut. */
#include "base/zip.h"
#include "support/support.h"
#include "support/zip_make.h"

#define SOME TEXT("some bytes, some bytes, some bytes, some bytes and some more")

static void assert_entry(struct call *call, const struct zip *zip, const char *name, text wanted)
{
    text bytes;
    const struct zip_entry *entry = zip_find(zip, text_of(name));
    assert_non_null(entry);
    assert_done(call, zip_read(call, zip, entry, &bytes));
    assert_true(text_equal(bytes, wanted));
}

static void every_way_of_packing_is_read(void **state)
{
    static const struct {
        int method, flags;
    } ways[] = {
        { 0, 0 },
        { 8, 0 },
        { 93, 0 },
        { 93, MAKE_TWO_FRAMES },
        { 8, MAKE_ZIP64 },
        { 93, MAKE_ZIP64 | MAKE_TWO_FRAMES },
        { 8, MAKE_SIZES_BEHIND },
    };
    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct call call;
        struct zip_making making;
        struct zip zip;
        test_call_init(&call);
        zip_make_begin(&making, &call);
        zip_make_entry(&making, "a", SOME, ways[i].method, ways[i].flags);
        zip_make_entry(&making, "b/c", TEXT(""), 0, 0);
        assert_done(&call, zip_open(&call, "x.zip", zip_make_end(&making), &zip));
        assert_int_equal(zip.count, 2);
        assert_false(zip.is_cut);
        assert_entry(&call, &zip, "a", SOME);
        assert_entry(&call, &zip, "b/c", TEXT(""));
        assert_null(zip_find(&zip, TEXT("c")));
        call_release(&call);
    }
}

static void of_two_entries_with_one_name_the_last_counts(void **state)
{
    struct call call;
    struct zip_making making;
    struct zip zip;
    (void)state;
    test_call_init(&call);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "a", TEXT("old"), 0, 0);
    zip_make_entry(&making, "a", TEXT("new"), 8, 0);
    assert_done(&call, zip_open(&call, "x.zip", zip_make_end(&making), &zip));
    assert_entry(&call, &zip, "a", TEXT("new"));
    call_release(&call);
}

/* Whatever is missing at the end, what is whole before it is there. */
static void an_archive_without_its_end_keeps_its_whole_entries(void **state)
{
    (void)state;
    for (int behind = 0; behind < 2; behind++) {
        struct call call;
        struct zip_making making;
        struct zip zip;
        test_call_init(&call);
        zip_make_begin(&making, &call);
        zip_make_entry(&making, "a", SOME, 8, behind ? MAKE_SIZES_BEHIND : 0);
        zip_make_entry(&making, "z", SOME, 93, behind ? MAKE_SIZES_BEHIND : MAKE_TWO_FRAMES);
        size_t second = making.out.size;
        zip_make_entry(&making, "c", SOME, 8, 0);
        size_t third = making.out.size;
        text whole = zip_make_end(&making);
        for (size_t size = second; size < whole.size; size++) {
            assert_done(&call, zip_open(&call, "x.zip", text_until(whole, size), &zip));
            assert_true(zip.is_cut);
            assert_int_equal(zip.count, size < third ? 2 : 3);
            assert_entry(&call, &zip, "z", SOME);
        }
        call_release(&call);
    }
}

static void assert_entry_refused(int method, int flags, const char *part)
{
    struct call call;
    struct zip_making making;
    struct zip zip;
    text bytes;
    test_call_init(&call);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "bad", SOME, method, flags);
    bool is_open = zip_open(&call, "x.zip", zip_make_end(&making), &zip);
    assert_false(is_open && zip_read(&call, &zip, &zip.entry[0], &bytes));
    assert_refused(&call, FAIL_INVALID, part);
    call_release(&call);
}

static void what_cannot_be_trusted_is_refused_by_name(void **state)
{
    (void)state;
    assert_entry_refused(8, MAKE_WRONG_CRC, "entry 'bad' of 'x.zip': its checksum is wrong");
    assert_entry_refused(8, MAKE_ENCRYPTED, "entry 'bad' of 'x.zip' is encrypted");
    assert_entry_refused(12, 0, "packed with method 12; stored, deflate (8) and Zstandard (93)");
}

/* 64 MiB of nothing in a few bytes. */
static void an_entry_that_would_exhaust_the_machine_is_refused(void **state)
{
    (void)state;
    struct call call;
    struct zip_making making;
    struct zip zip;
    text bytes;
    size_t size = (size_t)64 * 1024 * 1024;
    call_init(&call, 4 * size);
    char *zeros = call_take(&call, size);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "bomb", (text){ zeros, size }, 93, 0);
    zip_make_entry(&making, "fine", (text){ zeros, 1024 * 1024 }, 93, 0);
    assert_done(&call, zip_open(&call, "x.zip", zip_make_end(&making), &zip));
    assert_false(zip_read(&call, &zip, zip_find(&zip, TEXT("bomb")), &bytes));
    assert_refused(&call, FAIL_TOO_LARGE, "more than 1000 times its size");
    assert_done(&call, zip_read(&call, &zip, zip_find(&zip, TEXT("fine")), &bytes));
    call_release(&call);
}

static void entries_that_share_their_bytes_are_refused(void **state)
{
    struct call call;
    struct zip_making making;
    struct zip zip;
    char noise[600];
    (void)state;
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)(i * i % 251);
    test_call_init(&call);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "a", (text){ noise, sizeof noise }, 0, 0);
    text one = call_text(&call, out_view(&making.directory));
    for (int i = 0; i < 9; i++, making.count++)
        out_text(&making.directory, one);
    assert_false(zip_open(&call, "x.zip", zip_make_end(&making), &zip));
    assert_refused(&call, FAIL_INVALID, "'x.zip' is a damaged ZIP archive: its entries overlap");
    call_release(&call);
}

static void no_archive_is_not_read(void **state)
{
    struct call call;
    struct zip zip;
    (void)state;
    test_call_init(&call);
    assert_false(zip_is(TEXT("PK")));
    assert_false(zip_open(&call, "x.eval", TEXT("{\"a\":1}"), &zip));
    assert_refused(&call, FAIL_INVALID, "'x.eval' is not a ZIP archive");
    call_release(&call);
}

/* One wrong byte anywhere is a refusal or harmless, and never more than that. */
static void one_wrong_byte_does_no_harm(void **state)
{
    struct call call;
    struct zip_making making;
    struct zip zip;
    (void)state;
    test_call_init(&call);
    zip_make_begin(&making, &call);
    zip_make_entry(&making, "a", SOME, 8, 0);
    zip_make_entry(&making, "b", SOME, 93, MAKE_ZIP64);
    text whole = zip_make_end(&making);
    char *bytes = (char *)call_text(&call, whole).at;
    int refused = 0;
    for (size_t i = 0; i < whole.size; i++) {
        text read;
        struct arena_mark mark = arena_mark(&call.arena);
        bytes[i] = (char)~bytes[i];
        bool done = zip_open(&call, "x.zip", (text){ bytes, whole.size }, &zip);
        for (size_t at = 0; done && at < zip.count; at++) {
            if (zip_read(&call, &zip, &zip.entry[at], &read))
                assert_true(text_equal(read, SOME));
            fail_clear(&call);
        }
        refused += !done;
        fail_clear(&call);
        bytes[i] = (char)~bytes[i];
        arena_rewind(&call.arena, mark);
    }
    assert_true(refused > 0);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_of_packing_is_read),
        cmocka_unit_test(of_two_entries_with_one_name_the_last_counts),
        cmocka_unit_test(an_archive_without_its_end_keeps_its_whole_entries),
        cmocka_unit_test(what_cannot_be_trusted_is_refused_by_name),
        cmocka_unit_test(an_entry_that_would_exhaust_the_machine_is_refused),
        cmocka_unit_test(entries_that_share_their_bytes_are_refused),
        cmocka_unit_test(no_archive_is_not_read),
        cmocka_unit_test(one_wrong_byte_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
