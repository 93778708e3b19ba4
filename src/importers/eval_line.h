/*
 * The neutral item of every eval importer: what one line, row or sample says
 * about one case in one run. Importers turn bytes into these and know nothing
 * of the store; the evals room turns them into runs.
 */
#ifndef RONDO_EVAL_LINE_H
#define RONDO_EVAL_LINE_H

#include "base/json_read.h"
#include "base/source.h"
#include "base/stamp.h"

enum eval_verdict { EVAL_FAIL, EVAL_PASS, EVAL_ERROR, EVAL_UNSCORED, EVAL_SKIPPED };

/* "explicit id > content hash > position" */
enum eval_key_kind { EVAL_KEY_ID, EVAL_KEY_CONTENT, EVAL_KEY_POSITION };

enum eval_run_status { EVAL_RUN_COMPLETE, EVAL_RUN_PARTIAL, EVAL_RUN_CANCELLED, EVAL_RUN_ERROR };

/*
 * Texts are TEXT_NONE and numbers NAN when the source
 * does not say. Views last until the sink returns.
 */
struct eval_line {
    int64_t number; /* of the line, from 1 */
    text suite, surface, run;
    bool is_dated;
    stamp started_at;
    enum eval_run_status status; /* of the whole run, as the source says */
    text started_zone; /* as written: "Z", "-04:00"; TEXT_NONE for a date */
    text case_key;
    enum eval_key_kind key_kind;
    enum eval_verdict verdict;
    double score;
    text model_served; /* what answered, where the source tells it apart from what was asked */
    text model, agent, prompt, prompt_version, dataset_version, judge, harness_version;
    text git_commit, parameters; /* of the whole run; parameters are a JSON object or a hash */
    int64_t dataset_cases;       /* how many there are, of which the run has some; 0: unknown */
    text slice;
    const text *tag;
    size_t tag_count;
    text cluster;
    int trial; /* 0 = not given */
    double latency_ms, cost_usd, tokens_in, tokens_out;
    text input, output, expected; /* JSON values as their JSON text */
    text error, failure;
    text attributes; /* every other key as one JSON object, or TEXT_NONE */
};

/*
 * A line that could not be read or used. `run` is the run it belongs to, as far as the bytes tell.
 */
struct eval_bad_line {
    int64_t number;
    text reason; /* a sentence */
    text bytes;  /* as they came, at most 64 KiB */
    text header; /* of a table: what must stand before the bytes to read them alone */
    text suite, surface, run;
};

/* What is worth telling once, with a count: "no_number", "bom", "crlf", "unknown_field". */
struct eval_note {
    const char *code;
    text words;
};

/*
 * Where an importer pushes what it reads. Each returns false when the call has failed: stop then.
 * The call's memory is taken back after each line: a sink keeps what must last elsewhere.
 */
struct eval_sink {
    void *to;
    bool (*line)(struct call *call, void *to, const struct eval_line *line);
    bool (*bad_line)(struct call *call, void *to, const struct eval_bad_line *bad);
    bool (*note)(struct call *call, void *to, const struct eval_note *note);
    /* The end of the file was cut: the run of the last line is partial. */
    bool (*cut)(struct call *call, void *to, text suite, text surface, text run);
    /* All its lines are in, and the file told another number of them: the run is partial. */
    bool (*partial)(struct call *call, void *to, text suite, text surface, text run);
};

struct eval_read_options {
    text suite, surface, run; /* for lines that do not say */
    text started_at;          /* for lines that do not say */
    text zone;                /* for times without a zone */
    const struct json *map;   /* column map: {"case":"task_id","suite":{"value":"x"}}; NULL: none */
    bool has_threshold;
    double threshold; /* pass = score >= threshold where pass is left out */
    text threshold_metric;
    /*
     * Without has_threshold: the threshold that a suite has of its
     * own; false when it has none. May be NULL.
     */
    bool (*threshold_of)(struct call *call, void *to, text suite, double *threshold);
    void *threshold_to;
    char delimiter; /* of CSV; 0 = found from the header */
};

/*
 * One format. `recognise` says whether the first bytes look like it, given the file's
 * name. `read` pushes everything into the sink; it fails (and nothing of the file
 * counts) only for a file that is refused as a whole.
 */
struct eval_format {
    const char *name; /* --format NAME */
    const char *label;
    bool (*recognise)(text head, const char *file_name);
    bool (*read)(struct call *call, struct source *source, const struct eval_read_options *options,
                 const struct eval_sink *sink);
};

/* Ended by a row without a name; the first that recognises a file reads it. */
extern const struct eval_format eval_formats[];

#endif
