/* Room knowledge: a decision as an architecture decision record, and the index of all. */
#ifndef RONDO_DECISION_MARKDOWN_H
#define RONDO_DECISION_MARKDOWN_H

#include "store/find.h"

/* "0007-use-one-store.md". */
text decision_file_name(struct call *call, const struct row *decision);

/* What importers/adr.h reads back as the same decision; TEXT_NONE: the call has failed. */
text decision_markdown(struct call *call, const struct row *decision);

/* A table of the decisions, each a link to its file. */
text decision_index(struct call *call, const struct rows *decisions);

#endif
