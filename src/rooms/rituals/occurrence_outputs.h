/*
 * What came out of an occurrence, and what still has to: rows of any record that are linked to it
 * as `made_in`, counted by kind. The kind of a row is its record's name; of a document, its own.
 */
#ifndef RONDO_OCCURRENCE_OUTPUTS_H
#define RONDO_OCCURRENCE_OUTPUTS_H

#include "rooms/rituals/occurrence_slots.h"

/* The required artifact that is a field of the occurrence itself. */
#define KIND_PARAGRAPH "paragraph"

struct output {
    struct row row;
    text kind;
    bool is_dropped; /* somebody dropped the row since */
};

struct outputs {
    struct output *output;
    size_t count;
};

/* One required artifact of a ritual, and how an occurrence stands to it. */
struct requirement {
    text kind;
    int64_t least, most; /* most 0: any number */
    bool or_reason;
    int64_t have;
    text reason; /* why there is none; TEXT_NONE: not written */
    bool is_met;
};

struct requirements {
    struct requirement *requirement;
    size_t count, met;
};

/* The rows that the actor may read, oldest link first. */
bool occurrence_outputs_read(struct call *call, rid occurrence, struct outputs *outputs);

/* The required artifacts of the slot's ritual, by id. Of what is not stored none is met. */
bool occurrence_requirements_read(struct call *call, const struct occurrence_slot *slot,
                                  struct requirements *requirements);

/* "incident (1 to 2)": how people say what is asked for. */
text requirement_words(struct call *call, const struct requirement *requirement);

/*
 * Stores a new row and links it to the open occurrence, in one change. An action needs owner and
 * due; one more than a requirement allows is refused.
 */
bool occurrence_output_create(struct call *call, const struct row *occurrence, struct row *row);

/* Links a row that is there already. */
bool occurrence_output_link(struct call *call, const struct row *occurrence,
                            const struct record *record, rid row);

#endif
