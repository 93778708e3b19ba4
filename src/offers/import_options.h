/*
 * What an import can be told: one table, whose rows are options of the command line and query
 * parameters of the address, with the same names, the same help and one reading.
 */
#ifndef RONDO_IMPORT_OPTIONS_H
#define RONDO_IMPORT_OPTIONS_H

#include "http/route.h"
#include "offers/command.h"
#include "offers/importer.h"

/* Everything an import can be told, ended by one without a name. */
extern const struct option import_option_table[];

/*
 * The rows of the names (ended by NULL) after those of `own`, both ended as tables are. NULL: the
 * call has failed.
 */
const struct option *import_options_some(struct call *call, const struct option *own,
                                         const char *const *name);

/*
 * The same options as query parameters, "started_at" for "started-at". NULL: the call has failed.
 */
const struct query_parameter *import_options_parameters(struct call *call,
                                                        const struct option *option);

/* The map is a file on the command line and JSON in an address. */
bool import_options_of_command(struct call *call, const struct invocation *invocation,
                               struct import_options *options);
bool import_options_of_request(struct call *call, const struct request *request,
                               struct import_options *options);

/*
 * The options of a request as JSON for a job that reads them later; `line` is a quarantined one,
 * or 0. TEXT_NONE: the call has failed. And back; `line` may be NULL.
 */
text import_options_for_job(struct call *call, const struct request *request, int64_t line);
bool import_options_of_job(struct call *call, text kept, struct import_options *options,
                           int64_t *line);

/* What the file of a job is called; "upload" when nobody said. TEXT_NONE: the call has failed. */
text import_name_of_job(struct call *call, text words);

#endif
