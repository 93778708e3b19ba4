/* See note_text.h. */
#include "rooms/day/note_text.h"

enum { TITLE_BYTES_MAX = 200, INDENT_MAX = 3, FENCE_MIN = 3 };

static bool is_word(unsigned char c)
{
    unsigned char small = (unsigned char)(c | 32);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
}

/* How often the byte stands there in a row. */
static size_t run_of(text body, size_t at, char c)
{
    size_t end = at;
    while (end < body.size && body.at[end] == c)
        end++;
    return end - at;
}

static size_t line_end(text body, size_t at)
{
    while (at < body.size && body.at[at] != '\n')
        at++;
    return at < body.size ? at + 1 : at;
}

/* The size of the fence that the line consists of or begins with, and its sign; 0: none. */
static size_t fence_at(text body, size_t line, char *sign)
{
    size_t at = line + run_of(body, line, ' ');
    if (at - line > INDENT_MAX || at >= body.size || (body.at[at] != '`' && body.at[at] != '~'))
        return 0;
    *sign = body.at[at];
    size_t size = run_of(body, at, *sign);
    text info = text_from(text_until(body, line_end(body, at)), at + size);
    bool is_span = *sign == '`' && text_find(info, TEXT("`")) != SIZE_MAX;
    return size >= FENCE_MIN && !is_span ? size : 0;
}

static bool closes(text body, size_t line, char sign, size_t size)
{
    char other;
    size_t found = fence_at(body, line, &other);
    if (found < size || other != sign)
        return false;
    size_t at = line + run_of(body, line, ' ') + found;
    return text_trim(text_from(text_until(body, line_end(body, at)), at)).size == 0;
}

/* Behind the fenced code whose first line is here; one that is not closed goes to the end. */
static size_t fence_end(text body, size_t line, char sign, size_t size)
{
    for (size_t at = line_end(body, line); at < body.size; at = line_end(body, at))
        if (closes(body, at, sign, size))
            return line_end(body, at);
    return body.size;
}

/* Behind the code span that begins here, or behind its signs where nothing closes them. */
static size_t span_end(text body, size_t at)
{
    size_t size = run_of(body, at, '`'), begin = at + size;
    for (size_t end = begin; end < body.size;) {
        if (body.at[end] == '\n' && end + 1 < body.size && body.at[end + 1] == '\n')
            return begin; /* spans end with their paragraph */
        if (body.at[end] != '`') {
            end++;
            continue;
        }
        size_t found = run_of(body, end, '`');
        end += found;
        if (found == size)
            return end;
    }
    return begin;
}

/* The word of a mark: letters, digits, and single signs between them. */
static text word_at(text body, size_t at)
{
    size_t end = at;
    while (end < body.size &&
           (is_word((unsigned char)body.at[end]) ||
            ((body.at[end] == '-' || body.at[end] == '.' || body.at[end] == '/') && end > at &&
             end + 1 < body.size && is_word((unsigned char)body.at[end + 1]))))
        end++;
    return (text){ body.at + at, end - at };
}

/* #12 is a number and no tag. */
static bool has_letter(text word)
{
    for (size_t i = 0; i < word.size; i++)
        if (is_word((unsigned char)word.at[i]) && !(word.at[i] >= '0' && word.at[i] <= '9'))
            return true;
    return false;
}

/* The mark that begins here; false when there is none. */
static bool mark_at(text body, size_t at, struct note_mark *mark)
{
    static const struct {
        const char *sign;
        enum note_mark_kind kind;
    } signs[] = { { "@", MARK_PERSON }, { "#", MARK_TAG }, { "due:", MARK_DUE },
                  { "dim:", MARK_DIMENSION } };
    text rest = text_from(body, at);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        text sign = text_of(signs[i].sign);
        if (!text_starts(rest, sign))
            continue;
        mark->kind = signs[i].kind;
        mark->word = word_at(body, at + sign.size);
        mark->rest = text_from(body, at + sign.size);
        return mark->word.size > 0 && (mark->kind != MARK_TAG || has_letter(mark->word));
    }
    return false;
}

/* In the middle of an address, a path or a word nothing begins. */
static bool may_begin(text body, size_t at)
{
    if (at == 0)
        return true;
    unsigned char before = (unsigned char)body.at[at - 1];
    return !is_word(before) && before != '/' && before != '@' && before != '#' && before != '&' &&
           before != ':' && before != '=' && before != '\\';
}

static bool add(struct call *call, struct note_marks *marks, struct note_mark mark)
{
    marks->mark = call_more(call, marks->mark, marks->count, &marks->room, sizeof mark);
    if (marks->mark)
        marks->mark[marks->count++] = mark;
    return marks->mark != NULL;
}

bool note_text_marks(struct call *call, text body, struct note_marks *marks)
{
    struct note_mark mark;
    char sign;
    *marks = (struct note_marks){ .mark = NULL };
    for (size_t at = 0; at < body.size;) {
        bool is_line = at == 0 || body.at[at - 1] == '\n';
        size_t fence = is_line ? fence_at(body, at, &sign) : 0;
        if (fence) {
            at = fence_end(body, at, sign, fence);
        } else if (body.at[at] == '`') {
            at = span_end(body, at);
        } else if (may_begin(body, at) && mark_at(body, at, &mark)) {
            if (!add(call, marks, mark))
                return false;
            at = (size_t)(mark.word.at - body.at) + mark.word.size;
        } else {
            at++;
        }
    }
    return true;
}

static text without_signs(text line)
{
    line = text_trim(line);
    while (line.size && (line.at[0] == '#' || line.at[0] == '>' || line.at[0] == '-' ||
                         line.at[0] == '*')) {
        size_t size = run_of(line, 0, line.at[0]);
        if (size < line.size && line.at[size] != ' ')
            return line; /* a tag, or words in bold */
        line = text_trim(text_from(line, size));
    }
    return line;
}

text note_text_title(text body)
{
    for (size_t at = 0; at < body.size; at = line_end(body, at)) {
        size_t end = line_end(body, at);
        text line = without_signs((text){ body.at + at, end - at });
        if (line.size)
            return text_trim(text_until_character(line, TITLE_BYTES_MAX));
    }
    return TEXT("");
}

bool note_text_names(text rest, text name)
{
    if (name.size == 0 || rest.size < name.size ||
        !text_same_word(text_until(rest, name.size), name))
        return false;
    bool is_end = rest.size == name.size || !is_word((unsigned char)rest.at[name.size]);
    bool goes_on = rest.size > name.size + 1 && rest.at[name.size] == '-' &&
                   is_word((unsigned char)rest.at[name.size + 1]);
    return is_end && !goes_on;
}
