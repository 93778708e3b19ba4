/* Room prompts: what its verbs take, as the OpenAPI page says it. */
#ifndef RONDO_PROMPTS_BODIES_H
#define RONDO_PROMPTS_BODIES_H

#include "offers/room.h"

extern const struct room_schema prompts_schemas[];

#endif
