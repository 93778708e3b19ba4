/* See markdown_doors.h. */
#include "offers/markdown_doors.h"

#include "base/markdown.h"

/* As JSON a byte of the text can take six. */
enum { MARKDOWN_BODY_MAX = 6 * MARKDOWN_BYTES_MAX + 4096 };

static bool post_markdown(struct call *call, const struct request *request, struct reply *reply)
{
    struct json object;
    text html;
    if (!request_object(call, request, &object))
        return false;
    const struct json *source = json_get(&object, "text");
    if (!source || source->kind != JSON_TEXT)
        return fail_at(call, "text", "'text' is missing: give the Markdown as a text");
    if (!markdown_html(call, source->text, &html))
        return false;
    json_object(&reply->json);
    json_put_text(&reply->json, "html", html);
    json_object_end(&reply->json);
    return true;
}

const struct route markdown_routes[] = {
    { .method = "POST",
      .path = "/api/v1/markdown",
      .handle = post_markdown,
      .body_max = MARKDOWN_BODY_MAX,
      .body_schema = "markdown",
      .reply_schema = "rendered",
      .help = "Render Markdown as HTML that is safe to show." },
    { 0 },
};
