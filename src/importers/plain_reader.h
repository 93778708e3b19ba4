/*
 * What the two readers of the plain shape share: pushing lines, bad lines and notes into the sink,
 * remembering the run of the last good line, and judging the file as a whole at its end. Knows
 * neither JSON lines nor cells.
 */
#ifndef RONDO_PLAIN_READER_H
#define RONDO_PLAIN_READER_H

#include "importers/plain_line.h"

struct plain_reader {
    struct source *source;
    const struct eval_read_options *options;
    const struct eval_sink *sink;
    struct plain_rules rules;

    text header; /* of a table; TEXT_NONE where lines stand alone */

    /* The run of the last good line, in memory that outlives the line. */
    text suite, surface, run;
    char *memory;
    size_t memory_size;

    int64_t line_count; /* lines that are not blank */
    int64_t
        readable_count; /* of them, those that are JSON objects or full rows, whatever they say */
    char first_bad[FAIL_SENTENCE_SIZE]; /* why the first bad line was one */
    int64_t first_bad_line;             /* 0: there was none */
    bool is_cut_told;
    bool keeps_memory; /* this line's memory holds `memory`: it is not taken back */
};

/* One line on its way: its number, its bytes, and whether the file ends in the middle of it. */
struct plain_bytes {
    int64_t number;
    text bytes;
    bool is_unended;
};

/* The run that a file's name stands for, without folders and endings; TEXT_NONE: it has no name. */
text plain_reader_run(const char *file_name);

/* Refuses wrong options and files that are no text at all. */
bool plain_reader_init(struct call *call, struct plain_reader *reader, struct source *source,
                       const struct eval_read_options *options, const struct eval_sink *sink,
                       bool is_table);

/*
 * Counts a line and tells how far the file is, in lines; how many there are is judged by the bytes.
 */
bool plain_reader_count(struct call *call, struct plain_reader *reader);

/* Pushes what a readable line says, as a line or, when it breaks a rule, as a bad line. */
bool plain_reader_push(struct call *call, struct plain_reader *reader,
                       const struct plain_bytes *line, struct plain_values *values);

/*
 * Pushes a bad line whose reason is the call's failure, which is forgotten; false when the call
 * failed for another reason than its input. `values` hold what could still be told of suite,
 * surface and run. A line without its end was cut.
 */
bool plain_reader_damaged(struct call *call, struct plain_reader *reader,
                          const struct plain_bytes *line, const struct plain_values *values);

/* After the last line: what is told once, the cut of a gzip stream, and the refusal of empty and
 * unreadable files. */
bool plain_reader_end(struct call *call, struct plain_reader *reader);

#endif
