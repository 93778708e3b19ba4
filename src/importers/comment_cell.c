/* See comment_cell.h. */
#include "importers/comment_cell.h"

#include "importers/tracker_date.h"

struct comment_cell comment_cell_jira(text cell)
{
    struct comment_cell comment;
    text rest;
    comment.date = text_cut(cell, ';', &rest);
    if (rest.at)
        comment.author = text_cut(rest, ';', &comment.body);
    if (!rest.at || !comment.body.at)
        return (struct comment_cell){ .body = cell };
    return comment;
}

/* --- Tracker --- */

/* The bracket that the last one closes; where they do not pair up, the last that opens. */
static size_t find_opening(text cell)
{
    size_t depth = 0, last = SIZE_MAX;
    for (size_t i = cell.size; i-- > 0;) {
        if (cell.at[i] == '(' && last == SIZE_MAX)
            last = i;
        if (cell.at[i] == ')')
            depth++;
        else if (cell.at[i] == '(' && --depth == 0)
            return i;
    }
    return last;
}

/* Splits "Author - Mon D, YYYY" at its last " - "; names have such dashes too. */
static bool read_signature(text inside, struct comment_cell *comment)
{
    int64_t days;
    for (size_t i = inside.size; i-- > 0;) {
        text tail = text_from(inside, i);
        if (!text_starts(tail, TEXT(" - ")))
            continue;
        comment->author = text_until(inside, i);
        comment->date = text_from(tail, 3);
        return tracker_date_read_named(comment->date, &days);
    }
    return false;
}

static text trim_end(text whole)
{
    text trimmed = text_trim(whole);
    return trimmed.size ? text_until(whole, (size_t)(trimmed.at - whole.at) + trimmed.size)
                        : text_until(whole, 0);
}

struct comment_cell comment_cell_tracker(text cell)
{
    struct comment_cell comment;
    text end = trim_end(cell);
    size_t opening = text_ends(end, TEXT(")")) ? find_opening(end) : SIZE_MAX;
    if (opening == SIZE_MAX)
        return (struct comment_cell){ .body = cell };
    text inside = text_from(text_until(end, end.size - 1), opening + 1);
    if (!read_signature(inside, &comment))
        return (struct comment_cell){ .body = cell };
    comment.body = trim_end(text_until(cell, opening));
    return comment;
}
