/* A sink for tests of importers: reads bytes in memory with one format and keeps copies of all that
 * is pushed. */
#ifndef RONDO_TEST_EVAL_COLLECT_H
#define RONDO_TEST_EVAL_COLLECT_H

#include "importers/eval_line.h"
#include "support/support.h"

enum { COLLECT_MAX = 64 };

struct collected {
    struct call call;
    struct arena kept; /* copies: an importer takes the call's memory back after each line */
    bool is_done;
    struct eval_line line[COLLECT_MAX];
    struct eval_bad_line bad[COLLECT_MAX];
    struct {
        char code[32];
        text words;
        int count;
    } note[COLLECT_MAX];
    text cut_run, cut_suite, cut_surface;
    text partial_surface; /* of the last run whose totals differ */
    int lines, bads, notes, cuts, partials;
};

/* The format of that name. */
const struct eval_format *format_named(const char *name);

/* Reads `bytes` as the file `file_name`; options may be NULL. Life cycle: collect, look,
 * collected_release. */
void collect(struct collected *all, const char *format, const char *file_name, text bytes,
             const struct eval_read_options *options);
void collected_release(struct collected *all);

/* The same for tests/fixtures/NAME, as a file that a person names. */
void collect_file(struct collected *all, const char *format, const char *name,
                  const struct eval_read_options *options);

/* The line of that case and trial (0: any); fails the test when there is none. */
const struct eval_line *line_of_case(const struct collected *all, const char *key, int trial);

/* How often a note of that code was sent. */
int notes_of(const struct collected *all, const char *code);

/* One line of JSON lines: the line, or NULL when it was not accepted; release afterwards either
 * way. */
const struct eval_line *collect_one(struct collected *all, const char *json,
                                    const struct eval_read_options *options);

#endif
