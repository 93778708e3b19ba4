/* What was odd about the bytes of a file, whatever their format, and could be read all the same. */
#ifndef RONDO_EVAL_ODDITIES_H
#define RONDO_EVAL_ODDITIES_H

#include "importers/eval_line.h"

/* Tells the sink of each once. When all is read: they are not known before. */
bool eval_oddities_tell(struct call *call, const struct source *source,
                        const struct eval_sink *sink);

#endif
