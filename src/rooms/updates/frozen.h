/* Room updates: what is kept of a text that was sent: its figures, and a hash of both. */
#ifndef RONDO_FROZEN_H
#define RONDO_FROZEN_H

#include "offers/figure_text.h"

/* The figures as JSON; TEXT_NONE: the call has failed. */
text frozen_figures(struct call *call, const struct figure_text *filled);

/* BLAKE2b of the text and its figures, in hexadecimal. */
text frozen_hash(struct call *call, text markdown, text figures);

#endif
