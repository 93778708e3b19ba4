/*
 * What changed between two texts, word by word: the fewest words taken out and put in (Myers 1986,
 * "An O(ND) difference algorithm and its variations"). Knows nothing of what the texts are.
 */
#ifndef RONDO_WORD_DIFF_H
#define RONDO_WORD_DIFF_H

#include "base/call.h"

enum word_change { WORD_SAME, WORD_REMOVED, WORD_ADDED };

/*
 * Neighbours of the same kind are one piece, and so are changes with nothing but blanks of one line
 * between them; views into the two texts.
 */
struct word_piece {
    enum word_change change;
    text words;
};

/*
 * Pieces in the order of reading: same and removed are `from`, same and added are `to`, byte for
 * byte. Texts that share too little (over 1,000 words to change) come back as what is the same at
 * both ends, and one removed and one added piece between.
 */
bool word_diff(struct call *call, text from, text to, struct word_piece **piece, size_t *count);

#endif
