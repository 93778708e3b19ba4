/*
 * The parts of a ritual that its clones share with it: fields, and the lists that it owns (steps,
 * required artifacts, preparation, roles). Each part can be read as words, to see whether two
 * rituals say the same, and be brought from one to the other. Knows nothing of offers.
 */
#ifndef RONDO_RITUAL_PARTS_H
#define RONDO_RITUAL_PARTS_H

#include "catalog/row.h"

enum { RITUAL_PART_FIELDS_MAX = 4 };

struct ritual_part {
    const char *name; /* as in JSON: "rule", "steps" */
    const char *label;
    int field;                   /* of the ritual; -1: it is a list of rows */
    const struct record *record; /* of the list, whose field 0 is the ritual */
    int copied[RITUAL_PART_FIELDS_MAX]; /* fields of the list's rows, the title first; 0 ends */
    int order; /* the number by which the list goes; 0: it goes by the title */
};

/* Ended by one without a name. */
extern const struct ritual_part ritual_parts[];

/* The part of that name, or NULL. */
const struct ritual_part *ritual_part_find(text name);

/* What the ritual says there: "Trends: Minutes 10, Place 1; Decide: ..."; empty: nothing. */
bool ritual_part_read(struct call *call, const struct ritual_part *part, const struct row *ritual,
                      text *words);

/* Brings a field over into `to`, which the caller stores; lists are left alone. */
void ritual_part_set(const struct ritual_part *part, const struct row *from, struct row *to);

/*
 * Makes the list of the stored ritual `to` like that of `from`: rows of the same title are changed,
 * missing ones made, others dropped. A person comes along only as a member of `team`. Fields are
 * left alone.
 */
bool ritual_part_copy(struct call *call, const struct ritual_part *part, rid from, rid to,
                      rid team);

#endif
