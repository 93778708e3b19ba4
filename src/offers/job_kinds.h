/* The kinds of jobs that the offers themselves have: import, replay, seal. */
#ifndef RONDO_JOB_KINDS_H
#define RONDO_JOB_KINDS_H

#include "offers/importer.h"
#include "offers/job.h"

/* In the call's memory, ended by one without a name. NULL: the call has failed. */
const struct job_kind *job_kinds(struct call *call, const struct importer *const *importers);

#endif
