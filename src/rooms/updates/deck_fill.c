/* See deck_fill.h: figures and loops. */
#include "rooms/updates/deck_fill.h"

#include "offers/figure_text.h"
#include "offers/listing.h"
#include "offers/nearest.h"
#include "rooms/updates/deck_words.h"

#include <string.h>

enum { EACH_MAX = 50, TAG_SHOWN = 60 };

struct filling {
    struct call *call;
    const struct deck_scope *scope;
    text body;            /* the whole template */
    struct slides slides; /* of the template: where mistakes are */
    const struct row *each; /* whose turn it is in a loop; NULL: in none */
    struct deck_filled *filled;
    struct out out;
};

/* --- mistakes --- */

/* Each once, however often its loop turns. */
static bool add_error(struct filling *filling, text at, text sentence)
{
    struct deck_filled *filled = filling->filled;
    text told = call_format(filling->call, "slide %zu: %.*s",
                            slides_at(&filling->slides, (size_t)(at.at - filling->body.at)),
                            TEXT_FMT(sentence));
    if (!told.at)
        return false;
    for (size_t i = 0; i < filled->error_count; i++)
        if (text_equal(filled->error[i], told))
            return true;
    filled->error = call_more(filling->call, filled->error, filled->error_count,
                              &filled->error_room, sizeof *filled->error);
    if (!filled->error)
        return false;
    filled->error[filled->error_count++] = told;
    return true;
}

/* What the call failed with, when it is what somebody wrote. */
static bool keep_failure(struct filling *filling, text at)
{
    if (!figure_text_is_written(filling->call))
        return false;
    text sentence = call_text(filling->call, text_of(filling->call->fail.sentence));
    fail_clear(filling->call);
    return add_error(filling, at, sentence);
}

/* --- figures --- */

static bool keep_figure(struct filling *filling, const struct told_figure *told)
{
    struct deck_filled *filled = filling->filled;
    filled->figure = call_more(filling->call, filled->figure, filled->figure_count,
                               &filled->figure_room, sizeof *filled->figure);
    if (!filled->figure)
        return false;
    filled->figure[filled->figure_count++] =
        (struct deck_figure){ .told = *told, .at = filling->out.size };
    return true;
}

/* Words within a link's title, or within its text: what would end either is escaped. */
static void write_title(struct out *out, text words)
{
    for (size_t i = 0; i < words.size; i++) {
        if (strchr("\\\"|&<`{", words.at[i]) && words.at[i])
            out_char(out, '\\');
        out_char(out, words.at[i] == '\n' ? ' ' : words.at[i]);
    }
}

/* The value as a link to its evidence, with its query and date as the link's title. */
static void write_figure(struct filling *filling, const struct told_figure *told)
{
    const struct figure_answer *answer = &told->answer;
    struct out *out = &filling->out;
    char at[STAMP_TEXT_SIZE];
    stamp as_of = told->ask.scope.as_of == LISTING_NOW ? filling->call->now : told->ask.scope.as_of;
    stamp_write(stamp_to_second(as_of), at);
    out_char(out, '[');
    deck_write_plain(out, answer->words);
    out_format(out, "](%.*s \"", TEXT_FMT(answer->link.at ? answer->link : TEXT("#")));
    write_title(out, told->written);
    out_format(out, ", as of %s", at);
    if (!answer->is_known) {
        out_string(out, ": ");
        write_title(out, answer->why_unknown);
    }
    out_string(out, "\")");
    for (size_t i = 0; i < answer->mark_count; i++) {
        out_format(out, " *(%s: ", figure_mark_words[answer->mark[i].kind]);
        deck_write_plain(out, answer->mark[i].why);
        out_string(out, ")*");
    }
}

/* In a loop a figure that needs such a row, and names none, is of the row whose turn it is. */
static text with_each(struct filling *filling, text written)
{
    text rest;
    const struct figure *figure = figure_find(filling->call, text_cut(written, ' ', &rest));
    if (!figure || !filling->each)
        return written;
    for (size_t i = 0; i < FIGURE_PARAMETERS_MAX && figure->parameter[i].name; i++) {
        const struct figure_parameter *parameter = &figure->parameter[i];
        text given = call_format(filling->call, "%s=", parameter->name);
        if (parameter->refers && strcmp(parameter->refers, filling->each->record->name) == 0 &&
            text_find(written, given) == SIZE_MAX)
            return call_format(
                filling->call, "%.*s %.*s%.*s", TEXT_FMT(written), TEXT_FMT(given),
                TEXT_FMT(row_public_id(filling->call, filling->each->record, filling->each->id)));
    }
    return written;
}

static bool fill_figure(struct filling *filling, text tag, text written)
{
    struct told_figure told;
    if (!figure_tell(filling->call, with_each(filling, text_trim(written)),
                     &filling->scope->figures, &told))
        return keep_failure(filling, tag);
    if (!keep_figure(filling, &told))
        return false;
    write_figure(filling, &told);
    return filling->call->fail.kind == FAIL_NONE;
}

/* --- words --- */

/* What cannot be told stays visible: whoever wrote the line sees it in the update, too. */
static bool fill_line_figure(struct filling *filling, text written)
{
    struct told_figure told;
    if (figure_tell(filling->call, written, &filling->scope->figures, &told)) {
        if (!keep_figure(filling, &told))
            return false;
        write_figure(filling, &told);
        return filling->call->fail.kind == FAIL_NONE;
    }
    if (!figure_text_is_written(filling->call))
        return false;
    fail_clear(filling->call);
    out_string(&filling->out, "**[no figure: ");
    deck_write_plain(&filling->out, written);
    out_string(&filling->out, "]**");
    return true;
}

/* Lines of rooms and updates have figures of their own, and nothing else between braces. */
static bool fill_word(struct filling *filling, const struct deck_word *word)
{
    struct out written;
    size_t in_code = 0;
    out_init(&written, filling->call);
    if (!word->write(filling->call, filling->scope, &written))
        return false;
    text rest = text_trim(out_view(&written));
    for (size_t at; (at = figure_text_find(rest, TEXT("{{figure "), &in_code)) != SIZE_MAX;) {
        text inside = text_from(rest, at + 9);
        size_t end = text_find(inside, TEXT("}}"));
        if (end == SIZE_MAX)
            break;
        out_text(&filling->out, text_until(rest, at));
        if (!fill_line_figure(filling, text_trim(text_until(inside, end))))
            return false;
        rest = text_from(inside, end + 2);
    }
    out_text(&filling->out, rest);
    return filling->call->fail.kind == FAIL_NONE;
}

static bool refuse_word(struct filling *filling, text tag, text word)
{
    struct nearest nearest;
    nearest_init(&nearest, word);
    nearest_try(&nearest, TEXT("figure"));
    nearest_try(&nearest, TEXT("each"));
    for (const struct deck_word *known = deck_words; known->word; known++)
        nearest_try(&nearest, text_of(known->word));
    text best = nearest_best(&nearest), shown = text_until_character(word, TAG_SHOWN);
    return add_error(
        filling, tag,
        best.at ? call_format(filling->call, "there is no '{{%.*s}}'; did you mean '{{%.*s}}'?",
                              TEXT_FMT(shown), TEXT_FMT(best))
                : call_format(filling->call,
                              "there is no '{{%.*s}}': write a figure as '{{figure NAME}}'",
                              TEXT_FMT(shown)));
}

/* --- loops --- */

static bool fill_piece(struct filling *filling, text piece);

/* A tag alone on its line leaves no empty line behind: that would end a table. */
static text drop_line_end(struct filling *filling, text rest)
{
    size_t blanks = 0, size = filling->out.size;
    while (blanks < rest.size && (rest.at[blanks] == ' ' || rest.at[blanks] == '\r'))
        blanks++;
    bool is_alone = (size == 0 || filling->out.at[size - 1] == '\n') &&
                    text_starts(text_from(rest, blanks), TEXT("\n"));
    return is_alone ? text_from(rest, blanks + 1) : rest;
}

/*
 * What figures are of is there from the beginning, as runs of long ago may be imported today: a
 * figure without data says so. Everything else is as it was then.
 */
static bool is_measured(const struct call *call, const struct record *record)
{
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct figure *figure = (*room)->figures; figure && figure->name; figure++)
            for (size_t i = 0; i < FIGURE_PARAMETERS_MAX && figure->parameter[i].name; i++)
                if (figure->parameter[i].refers &&
                    strcmp(figure->parameter[i].refers, record->name) == 0)
                    return true;
    return false;
}

static bool fill_rows(struct filling *filling, text tag, const struct record *record, text inside)
{
    struct query query;
    struct rows rows;
    query_init(&query, record);
    query.limit = EACH_MAX + 1;
    bool is_read = is_measured(filling->call, record)
                       ? find_rows(filling->call, &query, &rows)
                       : deck_scope_rows(filling->call, filling->scope, &query, &rows);
    if (!is_read)
        return false;
    if (rows.count > EACH_MAX)
        return add_error(filling, tag,
                         call_format(filling->call, "'{{each %s}}' is of more than %d rows",
                                     record->name, EACH_MAX));
    size_t told = 0;
    for (size_t i = 0; i < rows.count; i++) {
        bool concerns;
        if (!agenda_concerns(filling->call, &filling->scope->ask, &rows.row[i], &concerns))
            return false;
        if (!concerns)
            continue;
        filling->each = &rows.row[i];
        bool is_filled = fill_piece(filling, inside);
        filling->each = NULL;
        if (!is_filled)
            return false;
        told++;
    }
    if (told == 0)
        out_string(&filling->out, "*no data*\n");
    return true;
}

/* The next tag of a piece with what stands before and behind it. False: there is none. */
struct tag {
    text whole, inside; /* with its braces; without */
    text before, after;
    bool has_end;
};

static bool next_tag(text piece, size_t *in_code, struct tag *tag)
{
    size_t at = figure_text_find(piece, TEXT("{{"), in_code);
    if (at == SIZE_MAX)
        return false;
    text rest = text_from(piece, at + 2);
    size_t end = text_find(rest, TEXT("}}"));
    tag->before = text_until(piece, at);
    tag->has_end = end != SIZE_MAX;
    tag->whole = text_from(piece, at);
    if (!tag->has_end)
        return true;
    tag->whole = text_until(tag->whole, end + 4);
    tag->inside = text_trim(text_until(rest, end));
    tag->after = text_from(rest, end + 2);
    return true;
}

/* Cuts what stands up to the loop's end. False: it does not end; `inside` is then empty. */
static bool cut_loop(text piece, text *inside, text *after)
{
    struct tag tag;
    size_t in_code = 0, depth = 1;
    for (text rest = piece; next_tag(rest, &in_code, &tag) && tag.has_end; rest = tag.after) {
        depth += text_starts(tag.inside, TEXT("each "));
        depth -= text_is(tag.inside, "end");
        if (depth)
            continue;
        *inside = text_until(piece, (size_t)(tag.whole.at - piece.at));
        *after = tag.after;
        return true;
    }
    *inside = TEXT("");
    *after = piece;
    return false;
}

static bool fill_loop(struct filling *filling, const struct tag *tag, text *rest)
{
    text inside, name = text_trim(text_from(tag->inside, 4));
    const struct record *record = catalog_record_word(filling->call->catalog, name);
    text begin = drop_line_end(filling, tag->after);
    bool has_end = cut_loop(begin, &inside, rest);
    if (filling->each)
        return add_error(filling, tag->whole, TEXT("a loop stands within another one"));
    if (!has_end)
        return add_error(filling, tag->whole,
                         call_format(filling->call, "'{{each %.*s}}' has no '{{end}}'",
                                     TEXT_FMT(name)));
    if (!record)
        return add_error(filling, tag->whole,
                         call_format(filling->call,
                                     "there is no record '%.*s' for '{{each}}', such as 'surface'",
                                     TEXT_FMT(text_until_character(name, TAG_SHOWN))));
    if (!fill_rows(filling, tag->whole, record, inside))
        return false;
    *rest = drop_line_end(filling, *rest);
    return true;
}

/* --- a piece --- */

static bool fill_tag(struct filling *filling, const struct tag *tag, text *rest)
{
    text inside = tag->inside;
    *rest = tag->after;
    if (text_starts(inside, TEXT("figure ")))
        return fill_figure(filling, tag->whole, text_from(inside, 7));
    if (text_starts(inside, TEXT("each ")))
        return fill_loop(filling, tag, rest);
    if (text_is(inside, "end"))
        return add_error(filling, tag->whole, TEXT("'{{end}}' ends no loop"));
    if (filling->each && text_is(inside, filling->each->record->name)) {
        deck_write_plain(&filling->out, row_title(filling->call, filling->each));
        return true;
    }
    for (const struct deck_word *word = deck_words; word->word; word++)
        if (text_is(inside, word->word))
            return fill_word(filling, word);
    return refuse_word(filling, tag->whole, inside);
}

static bool fill_piece(struct filling *filling, text piece)
{
    struct tag tag;
    size_t in_code = 0;
    while (next_tag(piece, &in_code, &tag)) {
        out_text(&filling->out, tag.before);
        if (!tag.has_end)
            return add_error(filling, tag.whole,
                             call_format(filling->call, "'%.*s' has no '}}'",
                                         TEXT_FMT(text_until_character(
                                             text_cut(tag.whole, '\n', &(text){ 0 }), TAG_SHOWN))));
        if (!fill_tag(filling, &tag, &piece))
            return false;
    }
    out_text(&filling->out, piece);
    return filling->call->fail.kind == FAIL_NONE;
}

bool deck_fill(struct call *call, const struct deck_scope *scope,
               const struct deck_template *template, struct deck_filled *filled)
{
    struct filling filling = { .call = call, .scope = scope, .body = template->body,
                               .filled = filled };
    *filled = (struct deck_filled){ .markdown = TEXT_NONE };
    out_init(&filling.out, call);
    text head = call_format(call, "---\nheadingDivider: %d\n---\n", (int)template->heading_divider);
    text whole = CALL_JOIN(call, head, template->body);
    if (!whole.at || !slides_read(call, whole, &filling.slides))
        return false;
    for (size_t i = 0; i < filling.slides.count; i++)
        filling.slides.slide[i].at -= head.size;
    if (!fill_piece(&filling, template->body))
        return false;
    filled->markdown = out_view(&filling.out);
    return call->fail.kind == FAIL_NONE;
}
