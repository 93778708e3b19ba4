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

/* What all lines of a run say alike. */
enum run_word {
    RUN_MODEL,
    RUN_AGENT,
    RUN_PROMPT,
    RUN_PROMPT_VERSION,
    RUN_DATASET_VERSION,
    RUN_JUDGE,
    RUN_HARNESS_VERSION,
    RUN_WORDS,
};

extern const char *const run_word_names[RUN_WORDS];

struct run_draft {
    text suite, surface, run;
    text word[RUN_WORDS];
    bool is_dated;
    stamp started_at;
    text started_zone;
    enum eval_run_status status;
    text refused; /* why nothing of it is stored, or TEXT_NONE */
    struct results results;
    int64_t repeated; /* identical lines that were left out */
};

/* The runs of one file. Cases are numbered per file and suite; what a number means is in `key`. */
struct draft_suite {
    text name;
    struct lexicon key;
    uint8_t *key_kind; /* by case number */
    uint32_t key_kind_room;
};

struct drafts {
    struct run_draft *draft;
    size_t count, room;
    struct draft_suite *suite;
    size_t suite_count, suite_room;
    struct lexicon word; /* slices, failures and other texts of all runs */
    size_t last;         /* the draft of the line before: lines of a run mostly stand together */
    const struct import_options *options;
    const struct importer *importer;
    struct import_report *report;
    text file;
    int64_t place; /* of a replayed line among its like, from 1; 0: a file is read */
    int trial;     /* of lines that do not say, where 1 is certain; else 0 */
    struct arena memory; /* what is kept of lines: readers take their own memory back after each */
    int64_t results;
};

void drafts_init(struct call *call, struct drafts *drafts, const struct importer *importer,
                 const struct import_options *options, struct import_report *report, text file);

/*
 * Gives the heap back; what was kept of lines lives on with the
 * call, because the report points into it.
 */
void drafts_release(struct call *call, struct drafts *drafts);

/* Where an importer pushes what it reads. */
struct eval_sink drafts_sink(struct drafts *drafts);

/* The suite of that name, made when it is new. NULL: the call has failed. */
struct draft_suite *drafts_suite(struct call *call, struct drafts *drafts, text name);

/* A case's number in its suite; LEXICON_NONE when the call has failed. */
uint32_t drafts_case(struct call *call, struct draft_suite *suite, text key,
                     enum eval_key_kind kind);

/* A draft made from outside (replay): the caller fills it. NULL: the call has failed. */
struct run_draft *drafts_add(struct call *call, struct drafts *drafts, text suite, text surface,
                             text run);

/*
 * All lines are in: names runs that several judges share, puts results in order, leaves identical
 * ones out and sends others of the same (run, case, trial) to quarantine. `order[i]` receives the
 * rows of draft i that count, `row_count[i]` how many.
 */
bool drafts_settle(struct call *call, struct drafts *drafts, uint32_t ***order,
                   uint32_t **row_count);

/* When a run started, for sentences: "no date" when nobody knows. */
text draft_stamp_words(struct call *call, bool is_dated, stamp at);

/* How the room finds a run again that a quarantined line belongs to. */
text run_key(struct call *call, text suite, text surface, text run);
void run_key_read(text key, text *suite, text *surface, text *run);

#endif
