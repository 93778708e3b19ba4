/* See figure_text.h. */
#include "offers/figure_text.h"


#define OPENING TEXT("{{figure ")

/* A run of backticks opens code, and the same run closes it. */
size_t figure_text_find(text source, text opening, size_t *in_code)
{
    for (size_t at = 0; at < source.size; at++) {
        size_t run = 0;
        while (at + run < source.size && source.at[at + run] == '`')
            run++;
        if (run) {
            *in_code = *in_code == 0 ? run : *in_code == run ? 0 : *in_code;
            at += run - 1;
        } else if (source.at[at] == '\\') {
            at++;
        } else if (*in_code == 0 && text_starts(text_from(source, at), opening)) {
            return at;
        }
    }
    return SIZE_MAX;
}

bool figure_text_has(text source)
{
    size_t in_code = 0;
    return figure_text_find(source, OPENING, &in_code) != SIZE_MAX;
}

bool figure_text_error(struct call *call, struct figure_text *filled, text sentence)
{
    filled->error = call_more(call, filled->error, filled->error_count, &filled->error_room,
                              sizeof *filled->error);
    if (!filled->error || !sentence.at)
        return false;
    filled->error[filled->error_count++] = sentence;
    return true;
}

bool figure_text_is_written(const struct call *call)
{
    enum fail_kind kind = call->fail.kind;
    return kind == FAIL_INVALID || kind == FAIL_NOT_FOUND || kind == FAIL_CONFLICT;
}

static bool keep_error(struct call *call, text written, struct figure_text *filled, struct out *out)
{
    if (!figure_text_is_written(call))
        return false;
    text sentence = call_text(call, text_of(call->fail.sentence));
    fail_clear(call);
    out_format(out, "**[no figure: %.*s]**", TEXT_FMT(written));
    return figure_text_error(call, filled, sentence);
}

/* A stale or restated figure says so where it stands. */
static void write_told(const struct told_figure *told, struct out *out)
{
    const struct figure_answer *answer = &told->answer;
    if (answer->link.at)
        out_format(out, "[%.*s](%.*s)", TEXT_FMT(answer->words), TEXT_FMT(answer->link));
    else
        out_text(out, answer->words);
    for (size_t i = 0; i < answer->mark_count; i++)
        out_format(out, " *(%s: %.*s)*", figure_mark_words[answer->mark[i].kind],
                   TEXT_FMT(answer->mark[i].why));
}

static bool check_told(struct call *call, const struct told_figure *told,
                       struct figure_text *filled)
{
    const struct figure_answer *answer = &told->answer;
    if (!answer->is_known)
        return figure_text_error(call, filled,
                                 call_format(call, "'%.*s' has no data: %.*s",
                                             TEXT_FMT(told->written),
                                             TEXT_FMT(answer->why_unknown)));
    for (size_t i = 0; i < answer->mark_count; i++)
        if (answer->mark[i].kind == FIGURE_UNVERIFIED &&
            !figure_text_error(call, filled,
                               call_format(call, "'%.*s' is unverified and cannot be sent: %.*s",
                                           TEXT_FMT(told->written),
                                           TEXT_FMT(answer->mark[i].why))))
            return false;
    return true;
}

static bool fill_one(struct call *call, text written, const struct figure_scope *scope,
                     struct figure_text *filled, struct out *out)
{
    struct told_figure told;
    if (!figure_tell(call, written, scope, &told))
        return keep_error(call, written, filled, out);
    filled->figure = call_more(call, filled->figure, filled->figure_count, &filled->figure_room,
                               sizeof *filled->figure);
    if (!filled->figure)
        return false;
    filled->figure[filled->figure_count++] = told;
    write_told(&told, out);
    return check_told(call, &told, filled);
}

bool figure_text_fill(struct call *call, text source, const struct figure_scope *scope,
                      struct figure_text *filled)
{
    struct out out;
    size_t in_code = 0;
    out_init(&out, call);
    while (source.size) {
        size_t at = figure_text_find(source, OPENING, &in_code);
        if (at == SIZE_MAX)
            break;
        out_text(&out, text_until(source, at));
        text rest = text_from(source, at + OPENING.size);
        size_t end = text_find(rest, TEXT("}}"));
        if (end == SIZE_MAX) {
            source = text_from(source, at);
            if (!figure_text_error(call, filled,
                                   call_format(call, "a figure does not end: '%.*s'",
                                               TEXT_FMT(text_until_character(source, 60)))))
                return false;
            break;
        }
        if (!fill_one(call, text_trim(text_until(rest, end)), scope, filled, &out))
            return false;
        source = text_from(rest, end + 2);
    }
    out_text(&out, source);
    filled->markdown = out_view(&out);
    return call->fail.kind == FAIL_NONE;
}

bool figure_text_write_json(struct call *call, const struct figure_text *filled,
                            struct json_writer *writer)
{
    json_list(writer);
    for (size_t i = 0; i < filled->figure_count; i++)
        if (!figure_write_json(call, &filled->figure[i], writer))
            return false;
    json_list_end(writer);
    return true;
}
