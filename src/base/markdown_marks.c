/* See markdown_marks.h. */
#include "base/markdown_marks.h"

#include "base/markdown.h"

#include <cmark-gfm.h>

struct lines {
    size_t *start; /* of each line, and behind the last one */
    size_t count, room;
};

/* Lines end with either byte or both, as they do for the library. */
static bool find_lines(struct call *call, text source, struct lines *lines)
{
    for (size_t at = 0, next = 0;; at = next) {
        lines->start = call_more(call, lines->start, lines->count, &lines->room,
                                 sizeof *lines->start);
        if (!lines->start)
            return false;
        lines->start[lines->count++] = at;
        if (at >= source.size)
            return true;
        for (next = at; next < source.size && source.at[next] != '\n' && source.at[next] != '\r';)
            next++;
        if (next < source.size)
            next += text_starts(text_from(source, next), TEXT("\r\n")) ? 2 : 1;
    }
}

/* The library counts lines from 1. */
static size_t line_start(const struct lines *lines, text source, int line)
{
    size_t at = line > 0 ? (size_t)line - 1 : 0;
    return at < lines->count ? lines->start[at] : source.size;
}

static struct markdown_mark *mark_add(struct call *call, struct markdown_marks *marks,
                                      enum markdown_mark_kind kind)
{
    marks->mark = call_more(call, marks->mark, marks->count, &marks->room, sizeof *marks->mark);
    if (!marks->mark)
        return NULL;
    struct markdown_mark *mark = &marks->mark[marks->count++];
    *mark = (struct markdown_mark){ .kind = kind };
    return mark;
}

/* A piece of raw HTML may hold several. */
static bool add_comments(struct call *call, text html, struct markdown_mark at,
                         struct markdown_marks *marks)
{
    for (;;) {
        size_t start = text_find(html, TEXT("<!--"));
        text rest = start == SIZE_MAX ? TEXT("") : text_from(html, start + 4);
        size_t end = text_find(rest, TEXT("-->"));
        if (end == SIZE_MAX)
            return true;
        struct markdown_mark *mark = mark_add(call, marks, MARKDOWN_COMMENT);
        if (!mark)
            return false;
        mark->at = at.at;
        mark->next = at.next;
        mark->words = call_text(call, text_until(rest, end));
        html = text_from(rest, end + 3);
    }
}

static bool add_node(struct call *call, cmark_node *node, struct markdown_mark block,
                     bool is_top, struct markdown_marks *marks)
{
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE)
        return add_comments(call, text_of(cmark_node_get_literal(node)), block, marks);
    if (!is_top || (type != CMARK_NODE_THEMATIC_BREAK && type != CMARK_NODE_HEADING))
        return true;
    struct markdown_mark *mark = mark_add(
        call, marks, type == CMARK_NODE_HEADING ? MARKDOWN_HEADING : MARKDOWN_BREAK);
    if (!mark)
        return false;
    mark->at = block.at;
    mark->next = block.next;
    mark->level = type == CMARK_NODE_HEADING ? cmark_node_get_heading_level(node) : 0;
    return true;
}

/* The library's own end of raw HTML is that of the block before it. */
static int lines_of(cmark_node *block)
{
    int lines = 0;
    if (cmark_node_get_type(block) != CMARK_NODE_HTML_BLOCK)
        return 1;
    for (const char *at = cmark_node_get_literal(block); at && *at; at++)
        lines += *at == '\n';
    return lines;
}

static bool walk_marks(struct call *call, cmark_node *document, text source,
                       const struct lines *lines, struct markdown_marks *marks)
{
    struct markdown_mark block = { .at = 0 };
    bool is_done = true;
    cmark_iter *walk = cmark_iter_new(document);
    for (cmark_event_type event;
         is_done && (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(walk);
        bool is_top = cmark_node_parent(node) == document;
        if (event != CMARK_EVENT_ENTER || node == document)
            continue;
        if (is_top) {
            block.at = line_start(lines, source, cmark_node_get_start_line(node));
            block.next =
                line_start(lines, source, cmark_node_get_start_line(node) + lines_of(node));
        }
        is_done = add_node(call, node, block, is_top, marks);
    }
    cmark_iter_free(walk);
    return is_done && call->fail.kind == FAIL_NONE;
}

bool markdown_marks_of(struct call *call, text source, struct markdown_marks *marks)
{
    struct lines lines = { .start = NULL };
    *marks = (struct markdown_marks){ .mark = NULL };
    if (source.size > MARKDOWN_BYTES_MAX)
        return fail(call, FAIL_TOO_LARGE, "the text is larger than the %d bytes that are rendered",
                    MARKDOWN_BYTES_MAX);
    cmark_node *document =
        cmark_parse_document(source.at ? source.at : "", source.size, CMARK_OPT_DEFAULT);
    bool is_done = find_lines(call, source, &lines) &&
                   walk_marks(call, document, source, &lines, marks);
    cmark_node_free(document);
    return is_done;
}
