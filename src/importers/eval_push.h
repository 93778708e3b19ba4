/*
 * What readers of other tools' formats share: names that the person gave go before the file's own,
 * times without a zone, thresholds, notes that are told once, and rows that cannot be used. Knows
 * no format.
 */
#ifndef RONDO_EVAL_PUSH_H
#define RONDO_EVAL_PUSH_H

#include "base/json_read.h"
#include "importers/content_key.h"
#include "importers/plain_value.h"

struct eval_push {
    struct source *source;
    const struct eval_read_options *options;
    const struct eval_sink *sink;
    struct plain_rules rules;
    struct json_notes notes; /* of all JSON read so far */
    int64_t lines, bads;
    char first_bad[FAIL_SENTENCE_SIZE]; /* why the first bad line was one */
    int64_t first_bad_line;
    bool is_cut;          /* the document or archive ended early */
    int64_t no_threshold; /* rows with a score and no verdict */
};

/* Refuses options that can hold for no line: an unknown zone, an unreadable start. */
bool eval_push_init(struct call *call, struct eval_push *push, struct source *source,
                    const struct eval_read_options *options, const struct eval_sink *sink);

/* A line that says nothing yet. */
struct eval_line eval_push_blank(void);

/*
 * Suite, surface and run of a line: what the person gave, else what is given here, else the file's
 * name for the run and the suite for the surface.
 */
bool eval_push_names(struct call *call, const struct eval_push *push, struct eval_line *line,
                     text suite, text surface, text run);

/* TEXT_NONE: the source does not say, and what the person gave counts. A time without zone and
 * without --zone leaves the line undated, with a note; so does what is no time. */
bool eval_push_started(struct call *call, struct eval_push *push, struct eval_line *line,
                       text started);
bool eval_push_started_unix(struct call *call, struct eval_push *push, struct eval_line *line,
                            double seconds);

/*
 * The verdict of a line that has only a score: by the threshold given for that metric (TEXT_NONE:
 * for any) or the suite's own; without
 * one the line has no verdict, and it is told once.
 */
bool eval_push_judge(struct call *call, struct eval_push *push, struct eval_line *line,
                     text metric);

bool eval_push_note(struct call *call, struct eval_push *push, const char *code, text words);

/* Pushes; numbers it where it has no number. */
bool eval_push_line(struct call *call, struct eval_push *push, struct eval_line *line);

/* The call's failure of kind invalid becomes the reason of a bad line; false for other failures. */
bool eval_push_bad(struct call *call, struct eval_push *push, const struct eval_line *line,
                   text bytes);

/*
 * What is told once at the end: notes, and that the file was cut (`is_cut`, or its gzip stream
 * was), of which the quarantine tells, too.
 */
bool eval_push_end(struct call *call, struct eval_push *push, const struct eval_line *line,
                   bool is_cut);

/*
 * The whole file as one JSON value. A file that was cut is read up to its last whole row: rows
 * stand `depth` levels deep. Noise, empty files and other JSON mistakes are refused.
 */
bool eval_push_document(struct call *call, struct eval_push *push, int depth, struct json *tree,
                        bool *is_cut);

/* Of a file without a row: whether it ended before its first one, which is then the failure. */
bool eval_push_fail_early(struct call *call, const struct eval_push *push);

/* ---- looking into JSON ---- */

/* The member's text; TEXT_NONE when it is none or empty. */
text eval_text(const struct json *object, const char *key);

/* A text, or a whole number as its digits; TEXT_NONE otherwise. */
text eval_label(struct call *call, const struct json *value);

/* NAN: no number, or no member. */
double eval_number(const struct json *object, const char *key);

/* A text as it is, any other value as its JSON text; TEXT_NONE for null and NULL. */
text eval_any(struct call *call, const struct json *value);

/*
 * What a run was run with, as one JSON object of the parts that say something; of more than 4096
 * bytes only "sha256:" and its content key. TEXT_NONE: nothing. False: the call has failed.
 */
bool eval_parameters(struct call *call, const struct content_part *part, size_t count,
                     text *parameters);

/* True when there is such a member and it is not null. */
bool eval_says(const struct json *object, const char *key);

#endif
