/* See ics_text.h. */
#include "base/ics_text.h"

#include "base/out.h"

/* How many bytes from there on stand for themselves. */
static size_t plain_span(text plain, size_t from)
{
    size_t at = from;
    for (; at < plain.size; at++) {
        char c = plain.at[at];
        if (c == '\\' || c == ';' || c == ',' || c == '\n' || c == '\r')
            break;
    }
    return at - from;
}

/* Most texts are as they are. */
text ics_text_escape(struct call *call, text plain)
{
    struct out out;
    size_t at = plain_span(plain, 0);
    if (at == plain.size)
        return plain.at ? plain : TEXT("");
    out_init(&out, call);
    out_text(&out, text_until(plain, at));
    while (at < plain.size) {
        char c = plain.at[at++];
        bool is_line_end = c == '\n' || c == '\r';
        if (c == '\r' && at < plain.size && plain.at[at] == '\n')
            at++;
        out_char(&out, '\\');
        out_char(&out, is_line_end ? 'n' : c);
        size_t span = plain_span(plain, at);
        out_text(&out, text_until(text_from(plain, at), span));
        at += span;
    }
    return call_text(call, out_view(&out));
}

text ics_text_unescape(struct call *call, text raw)
{
    char *plain = call_take(call, raw.size + 1);
    size_t size = 0;
    if (!plain)
        return TEXT_NONE;
    for (size_t i = 0; i < raw.size; i++) {
        char c = raw.at[i], next = i + 1 < raw.size ? raw.at[i + 1] : '\0';
        bool is_line_end = c == '\\' && (next == 'n' || next == 'N');
        bool is_escape = c == '\\' && (next == '\\' || next == ';' || next == ',');
        i += is_line_end || is_escape;
        plain[size++] = is_line_end ? '\n' : is_escape ? next : c;
    }
    return (text){ plain, size };
}

text ics_text_fold(text *rest, bool is_first)
{
    text line = text_until_character(*rest, ICS_LINE_OCTETS - !is_first);
    *rest = text_from(*rest, line.size);
    return line;
}
