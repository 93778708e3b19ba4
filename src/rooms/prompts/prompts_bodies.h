/* Room prompts: what its verbs take, and what its gate answers, as the OpenAPI page says it. */
#ifndef RONDO_PROMPTS_BODIES_H
#define RONDO_PROMPTS_BODIES_H

#include "offers/reply_schema.h"
#include "offers/room.h"

extern const struct room_schema prompts_schemas[];
extern const struct reply_schema prompts_replies[];

#endif
