/*
 * Markdown as chats know it. Slack has marks of its own (mrkdwn), Teams a small part of Markdown.
 * What people wrote can form no mention and no command there. A text that is too long is cut at a
 * line.
 */
#ifndef RONDO_CHAT_TEXT_H
#define RONDO_CHAT_TEXT_H

#include "links/link.h"

/* *bold*, _italic_, <address|words>, bullets; & < > escaped. */
text chat_text_slack(struct call *call, text markdown, text pages);

/* Headings as bold lines; links that begin with '/' get the pages' address or are words. */
text chat_text_teams(struct call *call, text markdown, text pages);

/* At most so many bytes: whole lines, and "... more at LINK" where some were left out. */
text chat_text_cut(struct call *call, text words, size_t bytes_max, text link);

#endif
