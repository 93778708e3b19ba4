/*
 * Markdown (CommonMark with GitHub's tables, strikethrough, plain links and task lists) as HTML
 * that is safe to show: raw HTML and links to scripts are left out. The one renderer for pages and
 * mail. It knows nothing of what the text is about.
 */
#ifndef RONDO_MARKDOWN_H
#define RONDO_MARKDOWN_H

#include "base/call.h"

/*
 * Above so many cells a text is rendered without tables: the library fills short rows up to the
 * width of the head, so that 24 KB can become gigabytes.
 */
enum { MARKDOWN_BYTES_MAX = 256 * 1024, MARKDOWN_CELLS_MAX = 20000 };

/*
 * FAIL_TOO_LARGE above MARKDOWN_BYTES_MAX. What is not UTF-8 becomes U+FFFD. Pictures that lie at
 * another host become links to them: whoever reads a text is not told of to strangers.
 */
bool markdown_html(struct call *call, text source, text *html);

/*
 * The text without marks, for mail and terminals: lines of at most that many columns, each address
 * in full after the first link that leads there. What starts with `/` gets `host` before it;
 * TEXT_NONE: nothing.
 */
bool markdown_plain(struct call *call, text source, int columns, text host, text *plain);

/* As HTML, and showing it loads nothing: pictures of this host become links, too. */
bool markdown_html_closed(struct call *call, text source, text *html);

/* How many cells the tables of a text can have at most, without parsing it. */
size_t markdown_cells(text source);

#endif
