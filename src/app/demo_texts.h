/*
 * For the files demo*.c: what was asked, answered and judged of the demo's cases, in words. The
 * words of a wrong answer fit what the judge found wrong with it.
 */
#ifndef RONDO_DEMO_TEXTS_H
#define RONDO_DEMO_TEXTS_H

#include "app/demo_world.h"
#include "importers/eval_line.h"

/*
 * Gives the line of the case its input, the expected output, the output and the judge's reason.
 * `failure` is the place of the line's failure in the surface's list. No answer has no output.
 */
bool demo_texts_fill(struct call *call, const struct demo_surface *surface, uint32_t number,
                     size_t failure, struct eval_line *line);

#endif
