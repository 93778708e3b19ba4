/* See chat_text.h. */
#include "links/chat_text.h"

#include "base/out.h"

/* How one chat writes what Markdown says. */
struct style {
    bool escapes;       /* & < > */
    const char *strong; /* around bold words */
    const char *bullet;
};

static const struct style slack = { true, "*", "\xE2\x80\xA2 " };
static const struct style teams = { false, "**", "- " };

struct writing {
    const struct style *style;
    text pages;
    struct out out;
};

static void put_char(struct writing *writing, char c)
{
    if (writing->style->escapes && (c == '&' || c == '<' || c == '>'))
        out_string(&writing->out, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
    else
        out_char(&writing->out, c);
}

static void put_words(struct writing *writing, text words)
{
    for (size_t i = 0; i < words.size; i++) {
        if (words.at[i] == '\\' && i + 1 < words.size)
            i++;
        put_char(writing, words.at[i]);
    }
}

/* Addresses cannot hold what would end them. */
static void put_address(struct writing *writing, text address)
{
    if (text_starts(address, TEXT("/")))
        out_text(&writing->out, writing->pages);
    for (size_t i = 0; i < address.size; i++) {
        char c = address.at[i];
        if (c == '|' || c == '>' || c == '<' || c == ' ' || c == ')')
            out_format(&writing->out, "%%%02X", (unsigned char)c);
        else
            out_char(&writing->out, c);
    }
}

static bool leads_somewhere(const struct writing *writing, text address)
{
    return text_starts(address, TEXT("https://")) || text_starts(address, TEXT("http://")) ||
           (text_starts(address, TEXT("/")) && writing->pages.at);
}

static void put_link(struct writing *writing, text words, text address)
{
    if (!leads_somewhere(writing, address)) {
        put_words(writing, words);
        return;
    }
    out_string(&writing->out, writing->style->escapes ? "<" : "[");
    if (writing->style->escapes) {
        put_address(writing, address);
        out_char(&writing->out, '|');
        put_words(writing, words);
        out_char(&writing->out, '>');
        return;
    }
    put_words(writing, words);
    out_string(&writing->out, "](");
    put_address(writing, address);
    out_char(&writing->out, ')');
}

/* "[words](address)" at the start; false: there is none. */
static bool read_link(text source, text *words, text *address, size_t *size)
{
    size_t end = text_find(source, TEXT("]("));
    if (!text_starts(source, TEXT("[")) || end == SIZE_MAX)
        return false;
    text after = text_from(source, end + 2);
    size_t close = text_find(after, TEXT(")"));
    if (close == SIZE_MAX)
        return false;
    *words = text_until(text_from(source, 1), end - 1);
    *address = text_until(after, close);
    *size = end + 2 + close + 1;
    return true;
}

static void put_inline(struct writing *writing, text line)
{
    while (line.size) {
        text words, address;
        size_t size = 1;
        if (read_link(line, &words, &address, &size))
            put_link(writing, words, address);
        else if (text_starts(line, TEXT("**"))) {
            out_string(&writing->out, writing->style->strong);
            size = 2;
        } else if (line.at[0] == '*')
            out_char(&writing->out, '_');
        else if (line.at[0] == '\\' && line.size > 1) {
            put_char(writing, line.at[1]);
            size = 2;
        } else
            put_char(writing, line.at[0]);
        line = text_from(line, size);
    }
}

static void put_line(struct writing *writing, text line)
{
    size_t level = 0;
    while (level < line.size && line.at[level] == '#')
        level++;
    if (level && level < line.size && line.at[level] == ' ') {
        out_string(&writing->out, writing->style->strong);
        put_inline(writing, text_trim(text_from(line, level)));
        out_string(&writing->out, writing->style->strong);
        return;
    }
    if (text_starts(line, TEXT("- ")) || text_starts(line, TEXT("* "))) {
        out_string(&writing->out, writing->style->bullet);
        line = text_from(line, 2);
    }
    if (text_starts(line, TEXT("> ")))
        line = text_from(line, 2);
    put_inline(writing, line);
}

static text write(struct call *call, const struct style *style, text markdown, text pages)
{
    struct writing writing = { .style = style, .pages = pages };
    out_init(&writing.out, call);
    while (markdown.at) {
        put_line(&writing, text_cut(markdown, '\n', &markdown));
        if (markdown.at)
            out_char(&writing.out, '\n');
    }
    return writing.out.size ? out_view(&writing.out) : TEXT("");
}

text chat_text_slack(struct call *call, text markdown, text pages)
{
    return write(call, &slack, markdown, pages);
}

text chat_text_teams(struct call *call, text markdown, text pages)
{
    return write(call, &teams, markdown, pages);
}

text chat_text_cut(struct call *call, text words, size_t bytes_max, text link)
{
    text more = link.at ? call_format(call, "\n... more at %.*s", TEXT_FMT(link))
                        : TEXT("\n... more in Rondo");
    size_t size = 0;
    if (words.size <= bytes_max)
        return words;
    for (size_t i = 0; i + more.size < bytes_max && i < words.size; i++)
        if (words.at[i] == '\n')
            size = i;
    text start = size ? text_until(words, size)
                      : text_until_character(words, bytes_max - more.size);
    return call_format(call, "%.*s%.*s", TEXT_FMT(start), TEXT_FMT(more));
}
