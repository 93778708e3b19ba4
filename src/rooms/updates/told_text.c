/* See told_text.h. */
#include "rooms/updates/told_text.h"

#include "base/markdown.h"

enum { COLUMNS = 72 };

bool told_text_plain(struct call *call, text markdown, text *plain)
{
    return markdown_plain(call, markdown, COLUMNS, TEXT_NONE, plain);
}

bool told_text_write_json(struct call *call, text markdown, struct json_writer *writer)
{
    text html, plain;
    if (!markdown_html(call, markdown, &html) || !told_text_plain(call, markdown, &plain))
        return false;
    json_put_text(writer, "markdown", markdown);
    json_put_text(writer, "html", html);
    json_put_text(writer, "text", plain);
    return true;
}
