/*
 * Words of others within a Markdown text of ours, escaped character by character, so that a name
 * can neither break a table nor bring links, images or HTML. An "@" stands as code: readers make
 * mentions and addresses even of an escaped one.
 */
#ifndef RONDO_MARKDOWN_WORDS_H
#define RONDO_MARKDOWN_WORDS_H

#include "base/out.h"

/*
 * Writes the words so that they are read as they are, in a cell of a table, too. Line breaks and
 * what else moves a cursor stand as escapes; TEXT_NONE writes nothing.
 */
void markdown_write_words(struct call *call, text words, struct out *out);

#endif
