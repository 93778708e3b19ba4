/* See ics_text.h. */
#include "base/ics_text.h"

#include "base/out.h"

text ics_text_escape(struct call *call, text plain)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < plain.size; i++) {
        char c = plain.at[i];
        bool is_line_end = c == '\n' || c == '\r';
        if (c == '\r' && i + 1 < plain.size && plain.at[i + 1] == '\n')
            i++;
        if (is_line_end || c == '\\' || c == ';' || c == ',')
            out_char(&out, '\\');
        out_char(&out, is_line_end ? 'n' : c);
    }
    return call_text(call, plain.size ? out_view(&out) : TEXT(""));
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
