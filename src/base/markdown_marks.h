/*
 * Where a Markdown text is cut: its rules, its headings, and the comments that are not shown. A
 * rule in a code fence is none, and neither is the line below a heading: the parser of what is
 * rendered decides, so that a text is never cut where readers see no cut.
 */
#ifndef RONDO_MARKDOWN_MARKS_H
#define RONDO_MARKDOWN_MARKS_H

#include "base/call.h"

enum markdown_mark_kind { MARKDOWN_BREAK, MARKDOWN_HEADING, MARKDOWN_COMMENT };

struct markdown_mark {
    enum markdown_mark_kind kind;
    int level;       /* of a heading, 1 to 6 */
    size_t at, next; /* where its block begins; the byte behind a rule, or behind raw HTML */
    text words;      /* of a comment: what stands between `<!--` and `-->` */
};

struct markdown_marks {
    struct markdown_mark *mark;
    size_t count, room;
};

/*
 * Rules and headings that stand in no other block, and all comments, in the order of the text.
 * FAIL_TOO_LARGE above MARKDOWN_BYTES_MAX.
 */
bool markdown_marks_of(struct call *call, text source, struct markdown_marks *marks);

#endif
