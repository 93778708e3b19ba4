/*
 * Command lines on a test store: the commands of every record and of the ledger, each on a new
 * call, as somebody. What was printed stays until the next line.
 */
#ifndef RONDO_TEST_LINES_H
#define RONDO_TEST_LINES_H

#include "offers/command.h"
#include "support/test_doors.h"

enum { TEST_COMMANDS_MAX = 256 };

struct test_lines {
    struct test_doors store;
    struct call tables_call; /* owns the commands */
    const struct command *command[TEST_COMMANDS_MAX];
    size_t count;
    struct out out, err;
    struct terminal terminal;
    enum exit_code exit;
};

void test_lines_open(struct test_lines *lines);
void test_lines_close(struct test_lines *lines);

/* Words are parted by blanks; single quotes hold a word together. False: the call has failed. */
bool test_line(struct test_lines *lines, const char *line);

/* The line succeeds and prints exactly that; or something that holds it. */
#define assert_prints(lines, line, words)                                                          \
    test_assert_prints((lines), (line), (words), true, __FILE__, __LINE__)
#define assert_shows(lines, line, words)                                                           \
    test_assert_prints((lines), (line), (words), false, __FILE__, __LINE__)
void test_assert_prints(struct test_lines *lines, const char *line, const char *words, bool is_all,
                        const char *file, int at);

/* The line fails with that kind, and its sentence holds `part`. */
#define assert_fails(lines, line, kind, part)                                                      \
    do {                                                                                           \
        assert_false(test_line((lines), (line)));                                                  \
        assert_refused(&(lines)->store.call, (kind), (part));                                      \
    } while (0)

#endif
