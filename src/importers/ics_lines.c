/* See ics_lines.h. */
#include "importers/ics_lines.h"

#include <string.h>

static size_t find(const struct ics_lines *lines, size_t from, char mark)
{
    const char *hit =
        from < lines->size ? memchr(lines->at + from, mark, lines->size - from) : NULL;
    return hit ? (size_t)(hit - lines->at) : lines->size;
}

bool ics_lines_open(struct call *call, text bytes, struct ics_lines *lines)
{
    if (text_starts(bytes, TEXT("\xEF\xBB\xBF")))
        bytes = text_from(bytes, 3);
    *lines = (struct ics_lines){ .at = call_take_unset(call, bytes.size + 1),
                                 .size = bytes.size };
    if (!lines->at)
        return false;
    if (bytes.size)
        memcpy(lines->at, bytes.at, bytes.size);
    lines->line_feed = find(lines, 0, '\n');
    lines->carriage_return = find(lines, 0, '\r');
    return true;
}

/* The bytes up to the next line end, which is CR LF, LF or CR. */
static text take_physical(struct ics_lines *lines)
{
    size_t begin = lines->next;
    size_t end = lines->line_feed < lines->carriage_return ? lines->line_feed
                                                           : lines->carriage_return;
    lines->next = end;
    if (lines->next < lines->size && lines->at[lines->next] == '\r')
        lines->next++;
    if (lines->next < lines->size && lines->at[lines->next] == '\n')
        lines->next++;
    /* Each is looked for once for each that there is: a file that has none of one is one look. */
    if (lines->line_feed < lines->next)
        lines->line_feed = find(lines, lines->next, '\n');
    if (lines->carriage_return < lines->next)
        lines->carriage_return = find(lines, lines->next, '\r');
    lines->number++;
    return (text){ lines->at + begin, end - begin };
}

static bool is_continued(const struct ics_lines *lines)
{
    return lines->next < lines->size &&
           (lines->at[lines->next] == ' ' || lines->at[lines->next] == '\t');
}

bool ics_lines_next(struct ics_lines *lines, text *line, size_t *began)
{
    while (lines->next < lines->size) {
        *line = take_physical(lines);
        *began = lines->number;
        char *end = lines->at + (line->at - lines->at) + line->size;
        /* A continuation moves up to the end of what it continues: always towards the front. */
        while (is_continued(lines)) {
            text more = take_physical(lines);
            memmove(end, more.at + 1, more.size - 1);
            end += more.size - 1;
            line->size += more.size - 1;
        }
        if (text_trim(*line).size)
            return true;
    }
    return false;
}

/* The offset of the next of two marks outside quotes, or the size. */
static size_t find_unquoted(text words, char one, char other)
{
    bool in_quotes = false;
    for (size_t i = 0; i < words.size; i++) {
        if (words.at[i] == '"')
            in_quotes = !in_quotes;
        else if (!in_quotes && (words.at[i] == one || words.at[i] == other))
            return i;
    }
    return words.size;
}

bool ics_property_read(text line, struct ics_property *property)
{
    size_t name = find_unquoted(line, ';', ':');
    bool has_parameters = name < line.size && line.at[name] == ';';
    size_t value = has_parameters ? find_unquoted(line, ':', ':') : name;
    /* A quote that does not end hides the colon: then the first one counts. */
    if (value == line.size) {
        const char *colon = line.size ? memchr(line.at, ':', line.size) : NULL;
        if (!colon)
            return false;
        value = (size_t)(colon - line.at);
        name = name < value ? name : value;
    }
    property->name = text_trim(text_until(line, name));
    property->parameters = name < value ? (text){ line.at + name + 1, value - name - 1 } : TEXT("");
    property->value = text_from(line, value + 1);
    return property->name.size > 0;
}

text ics_parameter(const struct ics_property *property, const char *name)
{
    text rest = property->parameters;
    while (rest.size) {
        size_t end = find_unquoted(rest, ';', ';');
        text value, key = text_cut(text_until(rest, end), '=', &value);
        rest = end < rest.size ? text_from(rest, end + 1) : TEXT("");
        if (!value.at || !text_same_word(text_trim(key), text_of(name)))
            continue;
        value = text_trim(value);
        if (value.size >= 2 && value.at[0] == '"' && value.at[value.size - 1] == '"')
            value = text_until(text_from(value, 1), value.size - 2);
        return value;
    }
    return TEXT_NONE;
}
