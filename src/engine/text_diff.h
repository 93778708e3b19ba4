/*
 * What differs between two texts, by words or by lines: pieces that are the same, removed or added,
 * in their order. The same and removed ones together are the text before, the same and added ones
 * the text after, byte by byte. The script is the shortest (Myers 1986, "An O(ND) difference
 * algorithm"), as long as the texts do not differ in too much: what is then left in the middle is
 * removed and added whole, and the diff says so.
 */
#ifndef RONDO_TEXT_DIFF_H
#define RONDO_TEXT_DIFF_H

#include "base/call.h"

enum diff_unit { DIFF_WORDS, DIFF_LINES };
enum diff_op { DIFF_SAME, DIFF_REMOVED, DIFF_ADDED, DIFF_OPS };
extern const char *const diff_op_words[DIFF_OPS]; /* of JSON */

struct diff_piece {
    enum diff_op op;
    text words; /* a view into one of the two texts */
};

struct text_diff {
    struct diff_piece *piece;
    size_t count, room;
    bool is_coarse; /* they differ in more than DIFF_EDITS_MAX words or lines */
};

enum { DIFF_EDITS_MAX = 1500 };

/*
 * A word is a run of letters, digits and other characters beyond ASCII, or a run of blanks, or any
 * other character alone; a line ends with its line break. False: memory.
 */
bool text_diff(struct call *call, text before, text after, enum diff_unit unit,
               struct text_diff *diff);

#endif
