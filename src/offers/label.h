/* Sentences of tables that hold for every record, said of one. */
#ifndef RONDO_LABEL_H
#define RONDO_LABEL_H

#include "catalog/record.h"

/*
 * The sentence with the record's label in the place of its one "%s"; "a %s" becomes "an ..."
 * before a vowel. NULL: the call has failed.
 */
const char *label_sentence(struct call *call, const char *sentence, const struct record *record);

#endif
