/* What is asked of a search, and how words come into it. Knows nothing of rows or readers. */
#ifndef RONDO_MATCH_QUESTION_H
#define RONDO_MATCH_QUESTION_H

#include "base/words.h"
#include "catalog/row.h"

enum { MATCH_WORDS_MAX = 32, MATCH_TAGS_MAX = 8, MATCH_IDS_MAX = 8, MATCH_LIMIT_MAX = 100,
       MATCH_AFTER_MAX = 1000000 };

struct match_id {
    const struct record *record;
    rid id;
};

/* What is asked: all of it must hold. Without words the rows changed last come first. */
struct match_question {
    text word[MATCH_WORDS_MAX];     /* folded */
    bool is_start[MATCH_WORDS_MAX]; /* longer words that begin so will do */
    int word_count;
    int last_word; /* the one that was asked last */
    text tag[MATCH_TAGS_MAX];
    int tag_count;
    struct match_id id[MATCH_IDS_MAX]; /* these rows stand in front, words or not */
    int id_count;
    rid person;                /* changed the row last, or the row refers to that person; 0: any */
    stamp since, until;        /* changed then or later, before; 0: any time */
    const struct record *kind; /* NULL: all records */
    int after; /* so many of the best were shown before */
    int limit;
};

/* Takes the words of a text into the question. Fails when they are too many. */
bool match_question_words(struct call *call, struct match_question *question, text words);

/* Which of the question's words this word answers, as bits. */
uint32_t match_question_answered(const struct match_question *question, text folded);

#endif
