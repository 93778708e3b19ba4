/*
 * Importers that rooms offer, and the report that every import ends in. The walk over files (open,
 * recognise, read, report) is import.c; what is stored and how is the room's.
 */
#ifndef RONDO_IMPORTER_H
#define RONDO_IMPORTER_H

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/source.h"
#include "catalog/table.h"

struct import_report;

struct import_options {
    text format; /* TEXT_NONE: recognised from the bytes */
    text suite, surface, run, started_at, zone, encoding;
    const struct json *map;
    bool has_threshold;
    double threshold;
    text threshold_metric;
    char delimiter;
    bool dry_run, replace, strict;
    /* Of a dry run: looks at what would be stored, before it is taken back. NULL: nobody does. */
    bool (*look)(void *of, struct call *call, const struct import_report *report);
    void *look_of;
};

struct import_names {
    text *name;
    size_t count, room;
};

struct import_refusal {
    text run, reason;
};

struct import_bad_line {
    text file, reason, bytes;
    int64_t line;
    /* For the replay: who reads it, which run it belongs to, what must stand before it. */
    text format, run_key, header;
};

struct import_note {
    const char *code;
    text words;
    int64_t count;
};

/* A run that was read, for whoever looks at a dry run: the row is there as long as he does. */
struct import_run {
    text run, surface;
    rid row;
};

struct import_file {
    text file, format;
    int64_t lines, results;
    text refused; /* why nothing of it counts, or TEXT_NONE */
};

struct import_report {
    struct call *call;
    struct import_file *file;
    size_t file_count, file_room;
    struct import_names new_runs, unchanged, replaced;
    struct import_names new_suites, known_suites, new_surfaces, known_surfaces;
    struct import_refusal *refused;
    size_t refused_count, refused_room;
    struct import_bad_line *bad;
    size_t bad_count, bad_room;
    struct import_note *note;
    size_t note_count, note_room;
    struct import_run *run; /* only where somebody looks */
    size_t run_count, run_room;
    bool dry_run;
    struct arena memory; /* what is reported outlives what a file needed; the call's in the end */
};

/* Quarantined lines of one run, each whole: a table's with its header. */
struct import_replay {
    text run_key;
    const text *line;
    size_t count;
    bool others_wait; /* further lines of the run stay in quarantine */
};

struct importer {
    const char *name; /* --format NAME; NULL ends the table */
    const char *label;
    bool (*recognise)(text head, const char *file_name);
    /*
     * Reads one file inside the open change and adds to the report. A failure of kind
     * FAIL_INVALID or FAIL_TOO_LARGE refuses this file only, when nothing of it has been
     * written; one that fails amid writing dooms the transaction (store_doom), and that
     * ends the whole import, as failures of other kinds do.
     */
    bool (*read)(struct call *call, const struct importer *importer, struct source *source,
                 const struct import_options *options, struct import_report *report);
    /*
     * Reads quarantined lines of one run again, perhaps repaired; those that are still
     * no good are reported, with their place among the lines, from 1, as their line.
     */
    bool (*replay)(struct call *call, const struct importer *importer,
                   const struct import_replay *replay, const struct import_options *options,
                   struct import_report *report);
    const void *context;
};

/* Before the first file or line, and after the last one, when it has gone well or not. */
void import_report_begin(struct call *call, const struct import_options *options,
                         struct import_report *report);
void import_report_end(struct import_report *report);

bool import_report_name(struct import_report *report, struct import_names *names, text name);
/* The same for what several runs share. */
bool import_report_name_once(struct import_report *report, struct import_names *names, text name);
bool import_report_run(struct import_report *report, text run, text surface, rid row);
bool import_report_refuse(struct import_report *report, text run, text reason);

/* Adds the line to the report; it goes to the quarantine when its file is in. Texts are copied. */
bool import_report_bad_line(struct import_report *report, const struct importer *importer,
                            const struct import_bad_line *bad);

/* Counts equal notes (same code and words) together. */
bool import_report_note(struct import_report *report, const char *code, text words);

/*
 * Imports files ("-" is standard input) or one body from memory, as one
 * change. Needs an attached call that may write.
 */
bool import_files(struct call *call, const struct importer *const *importers, const text *path,
                  size_t path_count, const struct import_options *options,
                  struct import_report *report);
bool import_bytes(struct call *call, const struct importer *const *importers, text name, text bytes,
                  const struct import_options *options, struct import_report *report);

void import_report_write_json(const struct import_report *report, struct json_writer *writer);

/* The same as one text, to be kept. TEXT_NONE: the call has failed. */
text import_report_json(struct call *call, const struct import_report *report);

/* 0 all in, 1 something was quarantined or refused, 2 a file was refused as a whole. */
int import_report_exit(const struct import_report *report);

#endif
