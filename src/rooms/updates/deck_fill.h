/*
 * Room updates: a template's slides with everything filled in. Between double braces stand figures
 * (`{{figure evals.pass_rate surface=support}}`), words of the week (`{{changed}}`), and loops:
 * from `{{each surface}}` to `{{end}}` for every surface, in which `{{surface}}` is its title and a
 * figure that needs a surface takes this one. What stands in code is left as it is. A mistake is
 * told with the number of its slide; what has no data says so, and is no mistake.
 */
#ifndef RONDO_DECK_FILL_H
#define RONDO_DECK_FILL_H

#include "base/slides.h"
#include "rooms/updates/deck_scope.h"
#include "rooms/updates/deck_template.h"

/* A figure, and where it stands in the filled text. */
struct deck_figure {
    struct told_figure told;
    size_t at;
};

struct deck_filled {
    text markdown;
    struct deck_figure *figure;
    size_t figure_count, figure_room;
    text *error; /* "slide 3: ...", without their end */
    size_t error_count, error_room;
};

bool deck_fill(struct call *call, const struct deck_scope *scope,
               const struct deck_template *template, struct deck_filled *filled);

#endif
