/* The door of the one renderer of Markdown: what a page shows is what mail and terminals get. */
#ifndef RONDO_MARKDOWN_DOORS_H
#define RONDO_MARKDOWN_DOORS_H

#include "http/route.h"

/* Ended by a row without a method. */
extern const struct route markdown_routes[];

#endif
