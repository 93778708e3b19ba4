/*
 * Room evals: results in an archive. `facts/eval_columns.jsonl` has every column as it is stored,
 * and is what is read back; `facts/results/RUN.jsonl` has the results of each run in the plain
 * shape, which other tools and `rondo import` read.
 */
#ifndef RONDO_EVALS_ARCHIVE_H
#define RONDO_EVALS_ARCHIVE_H

#include "base/call.h"

struct archive_reader;
struct archive_writer;

bool evals_facts_export(struct call *call, struct archive_writer *writer);

/* Inside a transaction, when the runs are in. */
bool evals_facts_import(struct call *call, struct archive_reader *reader);

#endif
