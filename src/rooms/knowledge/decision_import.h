/* Room knowledge: architecture decision records come in, all of them in one change or none. */
#ifndef RONDO_DECISION_IMPORT_H
#define RONDO_DECISION_IMPORT_H

#include "base/json_write.h"
#include "store/find.h"

/* A file as it came; the name may have folders before it. */
struct decision_file {
    text name, bytes;
};

struct decision_imported {
    text name;
    rid decision;
    int64_t number;
    const char *result; /* "made", "changed" or "unchanged" */
};

struct decision_import {
    struct decision_imported *item; /* in the order of the files */
    size_t count;
    text *note; /* what was left out, for people */
    size_t note_count, note_room;
};

/*
 * A decision is known by its number, or by its title where the file has no number: it takes over
 * what the file says and keeps what the file is silent about. A file that came before changes
 * nothing. Refused, naming the file: what cannot be read, a number that another decision has or
 * had, an owner who is not here, a state that the decision cannot go to.
 */
bool decision_import(struct call *call, const struct decision_file *file, size_t count,
                     struct decision_import *import);

/* {"change","items":[{"file","decision","number","result"}],"notes":[]}. */
bool decision_import_write_json(struct call *call, const struct decision_import *import,
                                struct json_writer *writer);

#endif
