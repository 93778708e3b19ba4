/*
 * Room evals: whether two names that runs give for their model mean one, by the rules of
 * model_name.h and the aliases that the workspace keeps. Only what is no such pair is a change of
 * the model.
 */
#ifndef RONDO_MODEL_ALIAS_H
#define RONDO_MODEL_ALIAS_H

#include "base/call.h"

/* The aliases are read once for a call, for the first two names that differ. */
bool model_alias_same(struct call *call, text a, text b, bool *is_same);

#endif
