/* The report of an import for people: what came in, what did not and why. */
#ifndef RONDO_IMPORT_WORDS_H
#define RONDO_IMPORT_WORDS_H

#include "offers/importer.h"

void import_words_write(const struct import_report *report, struct out *out);

/* Its first sentence, or why the file was refused. TEXT_NONE: the call has failed. */
text import_words_sentence(struct call *call, const struct import_report *report);

#endif
