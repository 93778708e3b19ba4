/* See deck.h. */
#include "rooms/updates/deck.h"

#include "base/markdown.h"
#include "offers/listing.h"

enum { REFUSAL_SHOWN = 900 };

/* --- front matter --- */

/* A value as YAML between single quotes. */
static void write_quoted(struct out *out, const char *key, text value)
{
    if (value.size == 0)
        return;
    out_format(out, "%s: '", key);
    for (size_t i = 0; i < value.size; i++) {
        if (value.at[i] == '\'')
            out_char(out, '\'');
        out_char(out, value.at[i]);
    }
    out_string(out, "'\n");
}

static void write_head(const struct deck *deck, struct out *out)
{
    const struct deck_template *template = &deck->template;
    out_string(out, "---\nmarp: true\n");
    write_quoted(out, "title", deck->title);
    out_format(out, "theme: %.*s\nsize: %s\npaginate: %s\n", TEXT_FMT(template->theme),
               template->is_narrow ? "4:3" : "16:9", template->has_numbers ? "true" : "false");
    if (template->heading_divider)
        out_format(out, "headingDivider: %d\n", (int)template->heading_divider);
    write_quoted(out, "header", template->header);
    write_quoted(out, "footer", template->footer);
    out_string(out, "---\n\n");
}

/* --- what the speaker has of the figures --- */

/* Within a comment: what would end it is pulled apart. */
static void write_note_text(struct out *out, text words)
{
    for (size_t i = 0; i < words.size; i++) {
        out_char(out, words.at[i] == '\n' ? ' ' : words.at[i]);
        if (words.at[i] == '-' && i + 1 < words.size && words.at[i + 1] == '>')
            out_char(out, ' ');
    }
}

static void write_note(struct call *call, const struct deck_figure *figure, struct out *out)
{
    char at[STAMP_TEXT_SIZE];
    const struct told_figure *told = &figure->told;
    stamp as_of = told->ask.scope.as_of == LISTING_NOW ? call->now : told->ask.scope.as_of;
    stamp_write(stamp_to_second(as_of), at);
    out_string(out, "- ");
    write_note_text(out, told->written);
    out_string(out, " is ");
    write_note_text(out, told->answer.words);
    out_format(out, ", as of %s", at);
    if (!told->answer.is_known) {
        out_string(out, ", because ");
        write_note_text(out, told->answer.why_unknown);
    }
    if (told->answer.working.size) {
        out_string(out, "; see ");
        write_note_text(out, told->answer.working);
    }
    out_char(out, '\n');
}

/* The notes of the figures that stand before the byte, from the next one on. */
static void write_notes(struct call *call, const struct deck *deck, size_t *next, size_t before,
                        struct out *out)
{
    const struct deck_filled *filled = &deck->filled;
    if (*next == filled->figure_count || filled->figure[*next].at >= before)
        return;
    out_string(out, "\n<!--\nFigures\n");
    for (; *next < filled->figure_count && filled->figure[*next].at < before; (*next)++)
        write_note(call, &filled->figure[*next], out);
    out_string(out, "-->\n\n");
}

/* Links that begin with a slash lead to where Rondo is reached. */
static void write_addressed(const struct deck *deck, text piece, struct out *out)
{
    for (size_t at; deck->scope.address.at && (at = text_find(piece, TEXT("](/"))) != SIZE_MAX;) {
        out_text(out, text_until(piece, at + 2));
        out_text(out, deck->scope.address);
        piece = text_from(piece, at + 2);
    }
    out_text(out, piece);
}

/* Each slide with its notes behind it; a figure lies on the slide whose bytes hold it. */
static bool compose(struct call *call, struct deck *deck)
{
    struct slides slides;
    struct out head, out;
    size_t next = 0, at = 0;
    out_init(&head, call);
    write_head(deck, &head);
    text whole = CALL_JOIN(call, out_view(&head), deck->filled.markdown);
    if (!whole.at || !slides_read(call, whole, &slides))
        return false;
    out_init(&out, call);
    for (size_t i = 0; i < slides.count; i++) {
        size_t end = slides.slide[i].at + slides.slide[i].markdown.size;
        bool is_last = i + 1 == slides.count;
        write_addressed(deck, text_until(text_from(whole, at), end - at), &out);
        write_notes(call, deck, &next, is_last ? SIZE_MAX : end - head.size, &out);
        at = end;
    }
    deck->markdown = out_view(&out);
    return call->fail.kind == FAIL_NONE;
}

/* --- making --- */

static bool refuse(struct call *call, const struct deck *deck)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < deck->filled.error_count; i++)
        out_format(&out, "%s%.*s", i ? "; " : "", TEXT_FMT(deck->filled.error[i]));
    return fail_at(call, "template", "the deck template '%.*s' cannot be filled: %.*s",
                   TEXT_FMT(deck->template.name),
                   TEXT_FMT(text_until_character(out_view(&out), REFUSAL_SHOWN)));
}

bool deck_make(struct call *call, const struct deck_ask *ask, struct deck *deck)
{
    char week[WEEK_TEXT_SIZE];
    *deck = (struct deck){ .markdown = TEXT_NONE };
    if (!deck_template_find(call, ask->template, &deck->template) ||
        !deck_scope_read(call, ask, &deck->scope) ||
        !deck_fill(call, &deck->scope, &deck->template, &deck->filled))
        return false;
    if (deck->filled.error_count)
        return refuse(call, deck);
    week_write(deck->scope.figures.week, week);
    deck->title = call_format(call, "%.*s, %s", TEXT_FMT(deck->template.name), week);
    return deck->title.at && compose(call, deck);
}

bool deck_write_html(struct call *call, const struct deck *deck, struct out *out)
{
    struct slides slides;
    return slides_read(call, deck->markdown, &slides) &&
           slides_write_html(call, &slides, deck->title, out);
}

/* --- JSON --- */

static bool write_slides(struct call *call, const struct deck *deck, struct json_writer *writer)
{
    struct slides slides;
    if (!slides_read(call, deck->markdown, &slides))
        return false;
    json_key(writer, "slides");
    json_list(writer);
    for (size_t i = 0; i < slides.count; i++) {
        const struct slide *slide = &slides.slide[i];
        text html;
        if (!markdown_html_closed(call, slide->markdown, &html))
            return false;
        json_object(writer);
        json_put_int(writer, "number", (int64_t)i + 1);
        json_put_text(writer, "classes", slide->classes);
        json_put_text(writer, "header", slide->header);
        json_put_text(writer, "footer", slide->footer);
        json_put_text(writer, "html", html);
        json_put_text(writer, "notes", slide->notes);
        json_object_end(writer);
    }
    json_list_end(writer);
    return true;
}

static bool write_figures(struct call *call, const struct deck *deck, struct json_writer *writer)
{
    int64_t unknown = 0;
    json_key(writer, "figures");
    json_list(writer);
    for (size_t i = 0; i < deck->filled.figure_count; i++) {
        const struct told_figure *told = &deck->filled.figure[i].told;
        unknown += !told->answer.is_known;
        if (!figure_write_json(call, told, writer))
            return false;
    }
    json_list_end(writer);
    json_put_int(writer, "unknown", unknown);
    return true;
}

bool deck_write_json(struct call *call, const struct deck *deck, struct json_writer *writer)
{
    char week[WEEK_TEXT_SIZE];
    const struct figure_scope *scope = &deck->scope.figures;
    week_write(scope->week, week);
    json_object(writer);
    json_put_text(writer, "title", deck->title);
    json_put_text(writer, "template", deck->template.name);
    json_put_string(writer, "week", week);
    json_put_stamp(writer, "as_of", deck_scope_is_past(&deck->scope) ? scope->as_of : 0);
    json_put_string(writer, "audience", audience_words[deck->scope.audience]);
    json_put_text(writer, "theme", deck->template.theme);
    json_put_string(writer, "size", deck->template.is_narrow ? "4:3" : "16:9");
    json_put_text(writer, "markdown", deck->markdown);
    bool is_written = write_slides(call, deck, writer) && write_figures(call, deck, writer);
    json_object_end(writer);
    return is_written;
}
