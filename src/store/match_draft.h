/* The statements of a search, for match.c alone: what is asked, and who may read. */
#ifndef RONDO_MATCH_DRAFT_H
#define RONDO_MATCH_DRAFT_H

#include "store/draft.h"
#include "store/match_question.h"

/* Of a word that may go on: itself, or longer ones. */
enum match_part { MATCH_ALL, MATCH_EXACT, MATCH_LONGER };

/* Which places of a word of the question are read. */
struct match_reading {
    const struct record *record;
    int word;
    enum match_part part;
    bool with_others; /* only rows that have the other words of the question, too */
    const rid *row;   /* only these, which passed the filters before; NULL: all */
    int count;
    int limit; /* 0: all */
};

/*
 * Places of the word: row, person, count, length, in_title. Those of one whole word come with
 * titles first, then the newest rows; longer words by the alphabet, each of them so, too; those of
 * given rows, and all words that begin so, in no order.
 */
bool match_draft_word(struct call *call, const struct match_question *question,
                      const struct match_reading *reading, struct statement_draft *draft);

/* Whether some rows of the record are hidden from the actor, or ruled out by a qualifier. */
bool match_draft_filters(const struct call *call, const struct match_question *question,
                         const struct record *record);

/* The ids of the rows that pass, in no order. */
bool match_draft_passing(struct call *call, const struct match_question *question,
                         const struct record *record, int limit, struct statement_draft *draft);

/* Rows of the record that changed last, id and changed; or the one row of that id, if it fits. */
bool match_draft_newest(struct call *call, const struct match_question *question,
                        const struct record *record, rid id, int limit,
                        struct statement_draft *draft);

#endif
