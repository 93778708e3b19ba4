/* Room updates: what is told, as its readers take it along: Markdown, HTML, and plain text. */
#ifndef RONDO_TOLD_TEXT_H
#define RONDO_TOLD_TEXT_H

#include "base/call.h"
#include "base/json_write.h"

/* As plain text of 72 columns, as mails and terminals show it. */
bool told_text_plain(struct call *call, text markdown, text *plain);

/* Members "markdown", "html" and "text" of the object that is open. */
bool told_text_write_json(struct call *call, text markdown, struct json_writer *writer);

#endif
