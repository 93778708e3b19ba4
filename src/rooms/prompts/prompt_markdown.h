/*
 * Room prompts: a prompt, and a version of it, as a text file with front matter: what is served is
 * in it to the byte. Knows no folders.
 */
#ifndef RONDO_PROMPT_MARKDOWN_H
#define RONDO_PROMPT_MARKDOWN_H

#include "base/json.h"
#include "rooms/prompts/prompts.h"

/* A file that was taken apart: the front matter as an object, and what follows it. */
struct prompt_document {
    text file;  /* its name, for sentences */
    text front; /* as it stands, with the first line */
    struct json keys;
    text body;
};

/* Whether the file begins with front matter; what does not is no prompt. */
bool prompt_document_begins(text bytes);

/* Fails naming file and line: not UTF-8, no end of the front matter, front matter of no object. */
bool prompt_document_read(struct call *call, text file, text bytes,
                          struct prompt_document *document);

/* After a failure at a field: names the file, and the line where the key of that field stands. */
bool prompt_document_about(struct call *call, const struct prompt_document *document);

/* The messages of a chat: a list of {"role", "content"} out of what stands under headings. */
bool prompt_messages_read(struct call *call, text body, struct json *messages);

/* The files that are read back as the same rows; TEXT_NONE: the call has failed. */
text prompt_markdown(struct call *call, const struct row *prompt);
text prompt_version_markdown(struct call *call, const struct row *version);

#endif
