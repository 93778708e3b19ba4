/* The statements of a search, for match.c alone: what is asked, and who may read. */
#ifndef RONDO_MATCH_DRAFT_H
#define RONDO_MATCH_DRAFT_H

#include "store/draft.h"
#include "store/match_question.h"

/*
 * Rows of the record that have the word: row, person, count, length; newest first. With `count`
 * rows given, of these alone. Limit 0: all. `is_wide` says that many words begin so: a hint to the
 * store how to look, without influence on what is found.
 */
bool match_draft_word(struct call *call, const struct match_question *question,
                      const struct record *record, int word, bool is_wide, const rid *row,
                      int count, int limit, struct statement_draft *draft);

/* How many words of the store the word stands for, counted up to the limit. */
bool match_draft_width(struct call *call, const struct match_question *question, int word,
                       int limit, struct statement_draft *draft);

/* Rows of the record that changed last, id and changed; or the one row of that id, if it fits. */
bool match_draft_newest(struct call *call, const struct match_question *question,
                        const struct record *record, rid id, int limit,
                        struct statement_draft *draft);

#endif
