/* See golden.h. */
#include "support/support.h"

#include "support/golden.h"

enum { GOLDEN_BYTES_MAX = 4 * 1024 * 1024 };

static text first_line(text whole)
{
    text rest;
    return text_cut(whole, '\n', &rest);
}

/* Where two texts part: the number of the line and both lines. */
static void print_difference(const char *path, text wanted, text got)
{
    int line = 1;
    while (wanted.size && got.size && text_equal(first_line(wanted), first_line(got))) {
        text_cut(wanted, '\n', &wanted);
        text_cut(got, '\n', &got);
        line++;
    }
    print_error("%s:%d\n  wanted '%.*s'\n  got    '%.*s'\n(RONDO_GOLDEN=write rewrites it)\n", path,
                line, TEXT_FMT(first_line(wanted)), TEXT_FMT(first_line(got)));
}

static void write_golden(const char *path, text got)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(got.at, 1, got.size, file), got.size);
    assert_int_equal(fclose(file), 0);
}

void assert_golden(const char *path, text got)
{
    static char room[GOLDEN_BYTES_MAX];
    const char *wish = getenv("RONDO_GOLDEN");
    if (wish && strcmp(wish, "write") == 0)
        write_golden(path, got);
    FILE *file = fopen(path, "r");
    if (!file)
        print_error("%s is not there; tests run from the top of the repository\n", path);
    assert_non_null(file);
    text wanted = { room, fread(room, 1, sizeof room, file) };
    assert_true(feof(file));
    fclose(file);
    if (!text_equal(wanted, got))
        print_difference(path, wanted, got);
    assert_true(text_equal(wanted, got));
}
