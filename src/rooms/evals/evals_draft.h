/*
 * Room evals, the inside of an import: lines of any format gathered into runs,
 * before anything is stored. A draft knows what the lines of one run said; what is
 * wrong with it as a whole stands in `refused`.
 */
#ifndef RONDO_EVALS_DRAFT_H
#define RONDO_EVALS_DRAFT_H

#include "engine/results.h"
#include "importers/eval_line.h"
#include "offers/importer.h"
#include "rooms/evals/evals.h"

/* What all lines of a run say alike. */
enum run_word {
    RUN_MODEL,
    RUN_AGENT,
    RUN_PROMPT,
    RUN_PROMPT_VERSION,
    RUN_DATASET_VERSION,
    RUN_JUDGE,
    RUN_HARNESS_VERSION,
    RUN_MODEL_SERVED, /* last of those that count as content: see content_hash */
    RUN_CONTENT_WORDS,
    RUN_GIT_COMMIT = RUN_CONTENT_WORDS, /* from here on told, not compared */
    RUN_PARAMETERS,
    RUN_WORDS,
};

extern const char *const run_word_names[RUN_WORDS];
extern const enum eval_run_field run_word_fields[RUN_WORDS];
extern const char *const eval_run_status_words[]; /* by enum eval_run_status; "complete" */

/* What a file is evidence by. */
struct draft_evidence {
    text file, sha256;
};

struct run_draft {
    text suite, surface, run;
    text word[RUN_WORDS];     /* TEXT_NONE: not said, or said differently */
    bool is_mixed[RUN_WORDS]; /* said differently */
    bool is_dated;
    stamp started_at;
    text started_zone;
    int64_t dataset_cases; /* 0: unknown */
    enum eval_run_status status;
    text refused; /* why nothing of it is stored, or TEXT_NONE */
    struct results results;
    const text *text_view[RESULTS_TEXTS]; /* unpacked, when a line has to be written again */
    uint32_t trial;   /* of lines that do not say: 1 where that is certain; else 0 */
    bool is_stored;   /* a replay's: these are the results of a stored run, and lines join it */
    struct draft_evidence evidence; /* where the stored run came from */
};

/* The runs of one file. Cases are numbered per file and suite; what a number means is in `key`. */
struct draft_suite {
    text name;
    struct lexicon key;
    uint32_t last_case; /* of the line before */
    uint8_t *key_kind; /* by case number */
    size_t key_kind_room;
    bool is_asked, has_threshold; /* the suite's own, as it is stored */
    double threshold;
};

/* A run that a bad line belongs to, as far as its bytes told; applied when all lines are in. */
struct run_mark {
    text suite, surface, run;
    const char *reason; /* NULL: its totals differ, and no line is in doubt */
};

struct drafts {
    struct run_draft *draft;
    size_t count, room;
    struct draft_suite *suite;
    size_t suite_count, suite_room;
    struct run_mark *mark;
    size_t mark_count, mark_room;
    struct lexicon word; /* slices, failures and other words of all runs */
    struct text_packer packer[RESULTS_TEXTS];
    size_t open_bytes; /* of texts that are not packed; about */
    size_t last;         /* the draft of the line before: lines of a run mostly stand together */
    const struct import_options *options;
    const struct importer *importer;
    struct import_report *report;
    text file;
    size_t first_bad; /* bad lines of the report from here on are this file's */
    int64_t place; /* of a replayed line among its like, from 1; 0: a file is read */
    struct arena memory; /* what is kept of lines: readers take their own memory back after each */
    int64_t results;
    bool is_damaged; /* where is not known: any line before may be another than was written */
};

void drafts_init(struct call *call, struct drafts *drafts, const struct importer *importer,
                 const struct import_options *options, struct import_report *report, text file);

/* Gives back what was kept of lines; the report has copies of what it tells. */
void drafts_release(struct drafts *drafts);

/* Where an importer pushes what it reads. */
struct eval_sink drafts_sink(struct drafts *drafts);

/* The suite of that name, made when it is new. NULL: the call has failed. */
struct draft_suite *drafts_suite(struct call *call, struct drafts *drafts, text name);

/*
 * The number of a word of results, in the lexicon or among the run's texts; LEXICON_NONE for
 * TEXT_NONE. False: the call has failed.
 */
bool drafts_word(struct call *call, struct drafts *drafts, struct results *results,
                 enum results_word which, text word, uint32_t *number);

/* Compresses the texts of a run that are not yet. */
bool drafts_pack(struct call *call, struct drafts *drafts, struct run_draft *draft);

/* A case's number in its suite; LEXICON_NONE when the call has failed. */
uint32_t drafts_case(struct call *call, struct draft_suite *suite, text key,
                     enum eval_key_kind kind);

/* A draft made from outside (replay): the caller fills it. NULL: the call has failed. */
struct run_draft *drafts_add(struct call *call, struct drafts *drafts, text suite, text surface,
                             text run);

bool draft_is(const struct run_draft *draft, text suite, text surface, text run);

/* Sends a line to the quarantine; `format` names who can read its bytes again. */
bool drafts_quarantine(struct call *call, struct drafts *drafts, const struct eval_bad_line *bad,
                       const char *format);
#define DRAFTS_PLAIN "plain" /* for bytes that are drafts_plain_words */

/* A line in the plain shape, for the quarantine: its own bytes are gone by now. */
text drafts_plain_words(struct call *call, const struct eval_line *line);

/*
 * All lines are in (evals_settle.c): marks runs that bad lines belong to, names runs that several
 * judges share, puts results in order, leaves identical ones out and sends others of the same
 * (run, case, trial) to quarantine. `order[i]` receives the
 * rows of draft i that count, `row_count[i]` how many.
 */
bool drafts_settle(struct call *call, struct drafts *drafts, uint32_t ***order,
                   uint32_t **row_count);

/* When a run started, for sentences: "no date" when nobody knows. */
text draft_stamp_words(struct call *call, bool is_dated, stamp at);

/* How the room finds a run again that a quarantined line belongs to; TEXT_NONE: not told. */
text run_key(struct call *call, text suite, text surface, text run);
void run_key_read(text key, text *suite, text *surface, text *run);

#endif
