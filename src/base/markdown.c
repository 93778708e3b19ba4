/*
 * See markdown.h. A thin layer over cmark-gfm, which takes its own memory and gives it back. Its
 * safe mode is what is left when CMARK_OPT_UNSAFE is not asked for.
 */
#include "base/markdown.h"

#include "base/out.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <string.h>

/* No smart quotes: what was written is shown. */
enum { MARKDOWN_OPTIONS = CMARK_OPT_VALIDATE_UTF8 };

static const char *const extensions[] = { "strikethrough", "autolink", "tasklist" };

static pthread_once_t registered = PTHREAD_ONCE_INIT;

/* --- counting --- */

/*
 * The columns of a line that can be the rule below a table's head: its end of dashes, colons, bars
 * and blanks, whatever quotes and lists it stands in. 0 when it is none.
 */
static size_t columns_of(text line)
{
    size_t bars = 0, dashes = 0;
    for (size_t i = line.size; i > 0; i--) {
        char c = line.at[i - 1];
        if (c != '|' && c != '-' && c != ':' && c != ' ' && c != '\t' && c != '\r')
            break;
        bars += c == '|';
        dashes += c == '-';
    }
    return dashes ? bars + 1 : 0;
}

/* Lines end with either byte or both, as they do for the library. */
static text next_line(text *rest)
{
    size_t size = 0;
    while (size < rest->size && rest->at[size] != '\n' && rest->at[size] != '\r')
        size++;
    text line = text_until(*rest, size);
    bool is_last = size == rest->size;
    *rest = is_last ? TEXT_NONE : text_from(*rest, size + 1);
    if (!is_last && line.at[size] == '\r' && text_starts(*rest, TEXT("\n")))
        *rest = text_from(*rest, 1);
    return line;
}

/*
 * A line is a row of one table at most, and that one's rule stands above it with no blank line
 * between: so the widest such rule bounds its cells.
 */
size_t markdown_cells(text source)
{
    size_t cells = 0, widest = 0;
    while (source.at) {
        text line = next_line(&source);
        size_t columns = columns_of(line);
        if (columns > widest) {
            cells += columns; /* the head */
            widest = columns;
        }
        cells += widest;
        if (text_trim(line).size == 0)
            widest = 0;
    }
    return cells;
}

/* --- rendering --- */

static void attach(cmark_parser *parser, const char *name)
{
    cmark_syntax_extension *extension = cmark_find_syntax_extension(name);
    if (extension)
        cmark_parser_attach_syntax_extension(parser, extension);
}

/* Pictures within the text are bytes of it. */
static bool is_within(const char *url)
{
    return strncmp(url, "data:image/", 11) == 0;
}

/* Browsers read `//host` and `/\\host` alike: both lie elsewhere. */
static bool is_here(const char *url)
{
    return is_within(url) || (url[0] == '/' && url[1] != '/' && url[1] != '\\');
}

/* A picture becomes a link to it with its words. */
static void close_picture(cmark_node *picture)
{
    cmark_node *link = cmark_node_new(CMARK_NODE_LINK);
    cmark_node_set_url(link, cmark_node_get_url(picture));
    for (cmark_node *child; (child = cmark_node_first_child(picture));)
        cmark_node_append_child(link, child);
    cmark_node_replace(picture, link);
    cmark_node_free(picture);
}

/* Shown are those pictures that `is_shown` lets through by their address. */
static char *render(cmark_parser *parser, text source, bool (*is_shown)(const char *))
{
    cmark_parser_feed(parser, source.at, source.size);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_iter *walk = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(walk);
        if (event != CMARK_EVENT_EXIT || cmark_node_get_type(node) != CMARK_NODE_IMAGE)
            continue;
        const char *url = cmark_node_get_url(node);
        if (!url || !is_shown(url))
            close_picture(node);
    }
    cmark_iter_free(walk);
    char *html =
        cmark_render_html(document, MARKDOWN_OPTIONS, cmark_parser_get_syntax_extensions(parser));
    cmark_node_free(document);
    return html;
}

/* A parser with what we read; NULL: the call has failed. The caller frees it. */
static cmark_parser *open_parser(struct call *call, text source)
{
    if (source.size > MARKDOWN_BYTES_MAX) {
        fail(call, FAIL_TOO_LARGE, "the text is larger than the %d bytes that are rendered",
             MARKDOWN_BYTES_MAX);
        return NULL;
    }
    pthread_once(&registered, cmark_gfm_core_extensions_ensure_registered);
    cmark_parser *parser = cmark_parser_new(MARKDOWN_OPTIONS);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        attach(parser, extensions[i]);
    if (markdown_cells(source) <= MARKDOWN_CELLS_MAX)
        attach(parser, "table");
    return parser;
}

static bool take_made(struct call *call, cmark_parser *parser, char *made, text *result)
{
    *result = call_text(call, text_of(made));
    cmark_get_default_mem_allocator()->free(made);
    cmark_parser_free(parser);
    return result->at != NULL;
}

bool markdown_html(struct call *call, text source, text *html)
{
    cmark_parser *parser = open_parser(call, source);
    return parser &&
           take_made(call, parser, render(parser, source.at ? source : TEXT(""), is_here), html);
}

bool markdown_html_closed(struct call *call, text source, text *html)
{
    cmark_parser *parser = open_parser(call, source);
    return parser &&
           take_made(call, parser, render(parser, source.at ? source : TEXT(""), is_within), html);
}

/* --- as plain text --- */

/* The address of a link that its words do not say already, in brackets after them, and once. */
static void add_address(struct call *call, cmark_node *link, text host, struct out *told)
{
    const char *url = cmark_node_get_url(link);
    cmark_node *words = cmark_node_first_child(link);
    if (!url || !*url ||
        (words && cmark_node_get_literal(words) && strcmp(cmark_node_get_literal(words), url) == 0))
        return;
    text before = *url == '/' && host.at ? host : TEXT("");
    char *address = call_string(call, call_format(call, " <%.*s%s>", TEXT_FMT(before), url));
    if (!address || text_find(out_view(told), text_of(address)) != SIZE_MAX)
        return;
    out_string(told, address);
    cmark_node *node = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(node, address);
    cmark_node_append_child(link, node);
}

static char *render_plain(struct call *call, cmark_parser *parser, text source, int columns,
                          text host)
{
    cmark_parser_feed(parser, source.at, source.size);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_iter *walk = cmark_iter_new(document);
    struct out told;
    out_init(&told, call);
    out_char(&told, ' ');
    for (cmark_event_type event; (event = cmark_iter_next(walk)) != CMARK_EVENT_DONE;)
        if (event == CMARK_EVENT_EXIT &&
            cmark_node_get_type(cmark_iter_get_node(walk)) == CMARK_NODE_LINK)
            add_address(call, cmark_iter_get_node(walk), host, &told);
    cmark_iter_free(walk);
    char *plain = cmark_render_plaintext(document, MARKDOWN_OPTIONS, columns);
    cmark_node_free(document);
    return plain;
}

bool markdown_plain(struct call *call, text source, int columns, text host, text *plain)
{
    cmark_parser *parser = open_parser(call, source);
    return parser &&
           take_made(call, parser,
                     render_plain(call, parser, source.at ? source : TEXT(""), columns, host),
                     plain) &&
           call->fail.kind == FAIL_NONE;
}
