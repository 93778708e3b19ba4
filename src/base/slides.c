/* See slides.h: the cutting. */
#include "base/slides.h"

#include "base/markdown_marks.h"

const char *const slides_themes[] = { "default", "gaia", "uncover", NULL };

/* What holds for a slide; the head of the file sets it for all, directives from there on. */
struct looks {
    text classes, header, footer;
    bool has_number;
};

struct cutting {
    struct call *call;
    struct slides *slides;
    struct looks looks;
    struct looks only; /* of the open slide, where `said` has the directive */
    unsigned said;
    struct out notes;
    text source;
    size_t at;    /* where the open slide begins */
    size_t shown; /* behind the comments that it begins with */
};

/* --- directives --- */

enum directive { SAYS_CLASS, SAYS_HEADER, SAYS_FOOTER, SAYS_PAGINATE, SAYS_KNOWN, SAYS_NOTHING };

/* Marp's own; the last ones change colours or how the file is made, and are passed over. */
static const struct {
    const char *key;
    enum directive directive;
} directives[] = {
    { "class", SAYS_CLASS },           { "header", SAYS_HEADER },
    { "footer", SAYS_FOOTER },         { "paginate", SAYS_PAGINATE },
    { "backgroundColor", SAYS_KNOWN }, { "backgroundImage", SAYS_KNOWN },
    { "backgroundPosition", SAYS_KNOWN }, { "backgroundRepeat", SAYS_KNOWN },
    { "backgroundSize", SAYS_KNOWN },  { "color", SAYS_KNOWN },
    { "theme", SAYS_KNOWN },           { "size", SAYS_KNOWN },
    { "style", SAYS_KNOWN },           { "headingDivider", SAYS_KNOWN },
    { "math", SAYS_KNOWN },            { "marp", SAYS_KNOWN },
    { "title", SAYS_KNOWN },           { "author", SAYS_KNOWN },
    { "description", SAYS_KNOWN },     { "lang", SAYS_KNOWN },
};

static enum directive directive_of(text key)
{
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (text_is(key, directives[i].key))
            return directives[i].directive;
    return SAYS_NOTHING;
}

/* What stands between single quotes has each of its own twice. */
static text unquoted(struct call *call, text words)
{
    struct out out;
    if (text_find(words, TEXT("''")) == SIZE_MAX)
        return words;
    out_init(&out, call);
    for (size_t i = 0; i < words.size; i++) {
        out_char(&out, words.at[i]);
        i += text_starts(text_from(words, i), TEXT("''"));
    }
    return out_view(&out);
}

/* "key: value", and what stands in quotes without them. False: the line is no pair. */
static bool read_pair(struct call *call, text line, text *key, text *value)
{
    *key = text_trim(text_cut(line, ':', value));
    if (!value->at || key->size == 0)
        return false;
    *value = text_trim(*value);
    char quote = value->size ? value->at[0] : 0;
    if (value->size >= 2 && (quote == '"' || quote == '\'') &&
        value->at[value->size - 1] == quote)
        *value = (text){ value->at + 1, value->size - 2 };
    if (quote == '\'')
        *value = unquoted(call, *value);
    return true;
}

/* Classes become an attribute: of other words than plain ones nothing is taken. */
static text plain_classes(struct call *call, text words)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < words.size; i++) {
        char c = words.at[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '-';
        out_char(&out, is_plain ? c : ' ');
    }
    return text_trim(out_view(&out));
}

static void say(struct call *call, enum directive directive, text value, struct looks *looks)
{
    if (directive == SAYS_CLASS)
        looks->classes = plain_classes(call, value);
    else if (directive == SAYS_HEADER)
        looks->header = value;
    else if (directive == SAYS_FOOTER)
        looks->footer = value;
    else if (directive == SAYS_PAGINATE)
        looks->has_number = !text_same_word(value, TEXT("false"));
}

/* --- the head of the file --- */

static bool is_theme(text word)
{
    for (const char *const *theme = slides_themes; *theme; theme++)
        if (text_is(word, *theme))
            return true;
    return false;
}

static void take_head_line(struct cutting *cutting, text line)
{
    struct slides *slides = cutting->slides;
    int64_t level;
    text key, value;
    if (!read_pair(cutting->call, line, &key, &value))
        return;
    if (text_is(key, "theme") && is_theme(value))
        slides->theme = value;
    else if (text_is(key, "size"))
        slides->is_narrow = text_is(value, "4:3");
    else if (text_is(key, "headingDivider") && text_to_int(value, &level) && level >= 0 &&
             level <= SLIDES_DIVIDER_MAX)
        slides->heading_divider = (int)level;
    else
        say(cutting->call, directive_of(key), value, &cutting->looks);
}

static text without_return(text line)
{
    return text_ends(line, TEXT("\r")) ? text_until(line, line.size - 1) : line;
}

static bool is_fence(text line)
{
    return text_is(without_return(line), "---");
}

/* Reads the front matter; the offset behind it. What does not end is a part of the first slide. */
static size_t take_head(struct cutting *cutting)
{
    text source = cutting->source, rest;
    size_t mark = text_starts(source, TEXT("\xEF\xBB\xBF")) ? 3 : 0;
    if (!is_fence(text_cut(text_from(source, mark), '\n', &rest)))
        return mark;
    text lines = rest;
    while (rest.at) {
        text line = text_cut(rest, '\n', &rest);
        if (!is_fence(line))
            continue;
        for (text left = text_until(lines, (size_t)(line.at - lines.at)); left.at;)
            take_head_line(cutting, without_return(text_cut(left, '\n', &left)));
        return rest.at ? (size_t)(rest.at - source.at) : source.size;
    }
    return mark;
}

/* --- slides --- */

/* Directives of a comment, or the words of the speaker: of both at once they are his. */
static bool is_directives(struct call *call, text words)
{
    size_t count = 0;
    while (words.at) {
        text key, value, line = text_trim(text_cut(words, '\n', &words));
        if (line.size == 0)
            continue;
        if (!read_pair(call, line, &key, &value))
            return false;
        if (directive_of(text_from(key, text_starts(key, TEXT("_")))) == SAYS_NOTHING)
            return false;
        count++;
    }
    return count > 0;
}

static void take_comment(struct cutting *cutting, text words)
{
    words = text_trim(words);
    if (!is_directives(cutting->call, words)) {
        if (words.size)
            out_format(&cutting->notes, "%s%.*s", cutting->notes.size ? "\n\n" : "",
                       TEXT_FMT(words));
        return;
    }
    while (words.at) {
        text key, value;
        text line = text_trim(text_cut(words, '\n', &words));
        if (!read_pair(cutting->call, line, &key, &value))
            continue;
        bool is_only = text_starts(key, TEXT("_"));
        enum directive directive = directive_of(text_from(key, is_only));
        say(cutting->call, directive, value, is_only ? &cutting->only : &cutting->looks);
        cutting->said |= is_only ? 1u << directive : 0;
    }
}

static bool close_slide(struct cutting *cutting, size_t end)
{
    struct slides *slides = cutting->slides;
    const struct looks *all = &cutting->looks, *only = &cutting->only;
    unsigned said = cutting->said;
    if (slides->count == SLIDES_MAX)
        return fail(cutting->call, FAIL_TOO_LARGE, "the deck has more than %d slides", SLIDES_MAX);
    slides->slide = call_more(cutting->call, slides->slide, slides->count, &slides->room,
                              sizeof *slides->slide);
    if (!slides->slide)
        return false;
    slides->slide[slides->count++] = (struct slide){
        .markdown = text_until(text_from(cutting->source, cutting->at), end - cutting->at),
        .at = cutting->at,
        .classes = said & 1u << SAYS_CLASS ? only->classes : all->classes,
        .header = said & 1u << SAYS_HEADER ? only->header : all->header,
        .footer = said & 1u << SAYS_FOOTER ? only->footer : all->footer,
        .has_number = said & 1u << SAYS_PAGINATE ? only->has_number : all->has_number,
        .notes = call_text(cutting->call, out_view(&cutting->notes)),
    };
    cutting->said = 0;
    cutting->only = (struct looks){ .classes = TEXT("") };
    out_init(&cutting->notes, cutting->call);
    return true;
}

/* Nothing is shown before the byte on the open slide. */
static bool begins_slide(const struct cutting *cutting, size_t at)
{
    size_t size = at > cutting->shown ? at - cutting->shown : 0;
    return text_trim(text_until(text_from(cutting->source, cutting->shown), size)).size == 0;
}

/* A heading that begins its slide divides nothing: a rule above it did so. */
static bool take_mark(struct cutting *cutting, size_t head, const struct markdown_mark *mark)
{
    size_t at = head + mark->at;
    if (mark->kind == MARKDOWN_COMMENT) {
        take_comment(cutting, mark->words);
        if (begins_slide(cutting, at))
            cutting->shown = head + mark->next;
        return true;
    }
    if (mark->kind == MARKDOWN_HEADING &&
        (mark->level > cutting->slides->heading_divider || begins_slide(cutting, at)))
        return true;
    if (!close_slide(cutting, at))
        return false;
    cutting->at = mark->kind == MARKDOWN_BREAK ? head + mark->next : at;
    cutting->shown = cutting->at;
    return true;
}

bool slides_read(struct call *call, text source, struct slides *slides)
{
    struct cutting cutting = { .call = call, .slides = slides, .source = source };
    struct markdown_marks marks;
    *slides = (struct slides){ .theme = text_of(slides_themes[0]) };
    out_init(&cutting.notes, call);
    cutting.looks = cutting.only =
        (struct looks){ .classes = TEXT(""), .header = TEXT(""), .footer = TEXT("") };
    size_t head = take_head(&cutting);
    cutting.at = cutting.shown = head;
    if (!markdown_marks_of(call, text_from(source, head), &marks))
        return false;
    for (size_t i = 0; i < marks.count; i++)
        if (!take_mark(&cutting, head, &marks.mark[i]))
            return false;
    return close_slide(&cutting, source.size) && call->fail.kind == FAIL_NONE;
}

size_t slides_at(const struct slides *slides, size_t at)
{
    size_t number = 1;
    while (number < slides->count && slides->slide[number].at <= at)
        number++;
    return number;
}
