/*
 * The bytes that a job works on, kept in pieces from the request that queued it until it has ended.
 */
#ifndef RONDO_JOB_INPUT_H
#define RONDO_JOB_INPUT_H

#include "catalog/table.h"

extern const struct table job_input_table;

/* Inside a transaction; TEXT_NONE writes nothing. */
bool job_input_write(struct call *call, rid job, text input);
bool job_input_drop(struct call *call, rid job);

/* The whole of it. Fails when a piece is missing. */
bool job_input_read(struct call *call, rid job, size_t size, text *input);

#endif
