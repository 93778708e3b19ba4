/*
 * Comments in the cells of ticket exports, which put who and when into the text. What is not there
 * is TEXT_NONE; dates stay as they were written.
 */
#ifndef RONDO_COMMENT_CELL_H
#define RONDO_COMMENT_CELL_H

#include "base/text.h"

struct comment_cell {
    text date, author, body;
};

/* Jira: "date;author;body"; only the first two ; are structure. Without two it is all body. */
struct comment_cell comment_cell_jira(text cell);

/* Pivotal Tracker: "body (Author - Mon D, YYYY)"; only the last such group is structure. */
struct comment_cell comment_cell_tracker(text cell);

#endif
