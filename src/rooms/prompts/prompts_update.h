/* Room prompts: what it brings to the weekly update, and the effect of a deployment as a figure. */
#ifndef RONDO_PROMPTS_UPDATE_H
#define RONDO_PROMPTS_UPDATE_H

#include "offers/figure.h"
#include "offers/update_source.h"

extern const struct figure prompts_figures[];
extern const struct update_source prompts_update[];

#endif
