/*
 * Names of models as results write them: with a provider before them, with other separators, with
 * the date of a snapshot. Says whether two names can be one model, so that a rename is not called a
 * change. Knows no list of models; aliases come from outside.
 */
#ifndef RONDO_MODEL_NAME_H
#define RONDO_MODEL_NAME_H

#include "base/call.h"

struct model_alias {
    text alias, model;
};

/*
 * Lower case, without provider ("openai/", "anthropic:", "models/"), one hyphen for each run of
 * blanks, underscores, colons and hyphens; then by the aliases, which are compared in that form.
 * TEXT_NONE: the call has failed.
 */
text model_name_normal(struct call *call, text name, const struct model_alias *alias, size_t count);

/* Of a normal name: without the date of its snapshot or "latest"; `*is_dated` with a date. */
text model_name_family(text normal, bool *is_dated);

/*
 * Whether two normal names are one model: equal, or one dated and the other the same without a
 * date, which may mean that snapshot.
 */
bool model_name_same(text a, text b);

#endif
