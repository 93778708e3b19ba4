/* Room prompts: the doors of the registry as files. */
#ifndef RONDO_PROMPT_FILES_DOORS_H
#define RONDO_PROMPT_FILES_DOORS_H

#include "offers/room.h"

enum { PROMPT_FILE_BODY_MAX = 1024 * 1024 };

extern const struct query_parameter prompt_import_parameters[];
extern const struct option prompt_import_options[], prompt_export_options[];

bool prompt_import_post(struct call *call, const struct request *request, struct reply *reply);
bool prompt_import_run(struct call *call, struct invocation *invocation);
bool prompt_export_run(struct call *call, struct invocation *invocation);

#endif
