/*
 * What people type to search: words, public ids, and the qualifiers `tag:x`, `by:PERSON`,
 * `since:DATE`, `until:DATE`; values with blanks in double quotes.
 */
#ifndef RONDO_SEARCH_H
#define RONDO_SEARCH_H

#include "store/match.h"

enum { SEARCH_LIMIT_DEFAULT = 20 };

/*
 * Fails, naming the word, when it is empty or a qualifier makes no sense; `kind` may be absent.
 * `after` is how many of the best were shown before.
 */
bool search_read(struct call *call, text words, text kind, int64_t after, int64_t limit,
                 struct match_question *question);

/* True for a qualifier: `by:Ada`. */
bool search_is_qualifier(text word);

#endif
