/* Room evals: what its routes answer, key by key, for the OpenAPI page. */
#ifndef RONDO_EVALS_REPLIES_H
#define RONDO_EVALS_REPLIES_H

#include "offers/reply_schema.h"

extern const struct reply_schema evals_replies[];

#endif
