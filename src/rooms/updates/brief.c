/* See brief.h. */
#include "rooms/updates/brief.h"

#include "rooms/updates/told_text.h"
#include "rooms/updates/update_audience.h"
#include "rooms/updates/update_document.h"

enum { FIGURES = 3, RISKS_MAX = 5, ASKS_MAX = 5 };

static const char no_data[] = "*no data*";

/* What executives read of a part. */
static text said(struct call *call, const struct deck_scope *scope, int field)
{
    text read, mistake;
    return update_audience_text(call, value_as_text(scope->update.value[field]), scope->audience,
                                &read, &mistake)
               ? read
               : TEXT_NONE;
}

/* The first line, without the mark of a list. */
static void write_headline(struct call *call, const struct deck_scope *scope, struct out *out)
{
    static const int parts[] = { UPDATE_PRODUCTION, UPDATE_EVAL };
    text line = TEXT("");
    for (size_t i = 0; i < sizeof parts / sizeof *parts && line.size == 0; i++) {
        text rest;
        line = text_trim(text_cut(said(call, scope, parts[i]), '\n', &rest));
        if (text_starts(line, TEXT("- ")))
            line = text_from(line, 2);
    }
    out_format(out, "**%.*s**\n", TEXT_FMT(line.size ? line : TEXT("No data")));
}

/* --- three figures --- */

static bool is_taken(const struct told_figure *const *taken, size_t count,
                     const struct told_figure *told)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(taken[i]->written, told->written))
            return true;
    return false;
}

/* The next one that is not there yet of what was learned and what changed, each in its turn. */
static const struct told_figure *next_figure(const struct figure_text *text_of_part,
                                             const struct told_figure *const *taken, size_t count)
{
    for (size_t i = 0; i < text_of_part->figure_count; i++)
        if (!is_taken(taken, count, &text_of_part->figure[i]))
            return &text_of_part->figure[i];
    return NULL;
}

static bool choose_figures(struct call *call, const struct deck_scope *scope,
                           const struct told_figure *taken[FIGURES], size_t *count)
{
    static const int parts[] = { UPDATE_EVAL, UPDATE_COST_LATENCY, UPDATE_USER,
                                 UPDATE_PRODUCTION };
    enum { PARTS = sizeof parts / sizeof *parts };
    struct figure_text *filled = call_array(call, PARTS, sizeof *filled);
    if (!filled)
        return false;
    for (size_t i = 0; i < PARTS; i++)
        if (!figure_text_fill(call, said(call, scope, parts[i]), &scope->figures, &filled[i]))
            return false;
    *count = 0;
    for (size_t before = SIZE_MAX; *count < FIGURES && *count != before;) {
        before = *count;
        for (size_t i = 0; i < PARTS && *count < FIGURES; i++) {
            const struct told_figure *told = next_figure(&filled[i], taken, *count);
            if (told)
                taken[(*count)++] = told;
        }
    }
    return true;
}

/* Whose it is: what its parameters name. */
static void write_of(struct call *call, const struct told_figure *told, struct out *out)
{
    const struct figure_parameter *parameter = told->figure->parameter;
    for (size_t i = 0; i < FIGURE_PARAMETERS_MAX && parameter[i].name; i++) {
        if (!told->ask.word[i].at)
            continue;
        text word = told->ask.word[i];
        if (parameter[i].refers)
            word = find_title(call, catalog_record(call->catalog, text_of(parameter[i].refers)),
                              told->ask.row[i]);
        out_format(out, ", %.*s", TEXT_FMT(word));
    }
}

static bool write_figures(struct call *call, const struct deck_scope *scope, struct out *out)
{
    const struct told_figure *taken[FIGURES];
    size_t count;
    if (!choose_figures(call, scope, taken, &count))
        return false;
    out_string(out, "\n## Three figures\n\n");
    for (size_t i = 0; i < FIGURES; i++) {
        if (i == count) {
            out_format(out, "- %s\n", no_data);
            break;
        }
        out_format(out, "- %s", taken[i]->figure->label);
        write_of(call, taken[i], out);
        out_format(out, ": {{figure %.*s}}\n", TEXT_FMT(taken[i]->written));
    }
    return true;
}

/* --- risks and asks --- */

static void write_more(struct out *out, size_t count, size_t shown)
{
    if (count > shown)
        out_format(out, "- and %zu more\n", count - shown);
}

static bool write_risks(struct call *call, const struct deck_scope *scope, struct out *out)
{
    struct update_lines lines = { .line = NULL };
    out_string(out, "\n## Risks\n\n");
    if (deck_scope_is_past(scope)) {
        out_format(out, "%s: risks are told of now only\n", no_data);
        return true;
    }
    if (!update_lines_of(call, &scope->ask, UPDATE_PART_EXCEPTION, &lines))
        return false;
    for (size_t i = 0; i < lines.count && i < RISKS_MAX; i++)
        out_format(out, "- %.*s\n", TEXT_FMT(lines.line[i].line));
    write_more(out, lines.count, RISKS_MAX);
    if (lines.count == 0)
        out_string(out, "None that the house knows of.\n");
    return true;
}

/* What waits for a word of those who decide. */
static bool write_asks(struct call *call, const struct deck_scope *scope, struct out *out)
{
    static const text sources[] = { { "prompts.council", 15 }, { "knowledge.proposed", 18 },
                                    { "knowledge.revisit", 17 } };
    struct agenda agenda = { .point = NULL };
    out_string(out, "\n## Asks\n\n");
    if (deck_scope_is_past(scope)) {
        out_format(out, "%s: asks are told of now only\n", no_data);
        return true;
    }
    if (!agenda_compile(call, &scope->ask, sources, sizeof sources / sizeof *sources, &agenda))
        return false;
    for (size_t i = 0; i < agenda.count && i < ASKS_MAX; i++) {
        const struct agenda_point *point = &agenda.point[i];
        struct row row;
        if (point->record && find_row(call, point->record, point->row, &row))
            out_format(out, "- Decide on %.*s\n", TEXT_FMT(update_link(call, &row)));
        else if (call->fail.kind != FAIL_NONE)
            return false;
    }
    write_more(out, agenda.count, ASKS_MAX);
    if (agenda.count == 0)
        out_string(out, "None.\n");
    return true;
}

/* --- the whole --- */

bool brief_make(struct call *call, const struct deck_scope *scope, struct brief *brief)
{
    char week[WEEK_TEXT_SIZE];
    struct out out;
    *brief = (struct brief){ .words = 0 };
    week_write(scope->figures.week, week);
    out_init(&out, call);
    out_format(&out, "# Brief, %s\n\n", week);
    write_headline(call, scope, &out);
    if (!write_figures(call, scope, &out) || !write_risks(call, scope, &out) ||
        !write_asks(call, scope, &out) ||
        !figure_text_fill(call, out_view(&out), &scope->figures, &brief->filled))
        return false;
    brief->markdown = brief->filled.markdown;
    brief->words = update_words(brief->markdown);
    return true;
}

text brief_warning(struct call *call, const struct brief *brief)
{
    if (brief->words <= UPDATE_BRIEF_WORDS_MAX)
        return TEXT_NONE;
    return call_format(call, "it has %zu words: half a page is %d", brief->words,
                       UPDATE_BRIEF_WORDS_MAX);
}

bool brief_write_json(struct call *call, const struct deck_scope *scope, const struct brief *brief,
                      struct json_writer *writer)
{
    char week[WEEK_TEXT_SIZE];
    text warning = brief_warning(call, brief);
    week_write(scope->figures.week, week);
    json_object(writer);
    json_put_string(writer, "week", week);
    json_put_stamp(writer, "as_of", deck_scope_is_past(scope) ? scope->figures.as_of : 0);
    if (!told_text_write_json(call, brief->markdown, writer))
        return false;
    json_key(writer, "figures");
    if (!figure_text_write_json(call, &brief->filled, writer))
        return false;
    json_put_int(writer, "words", (int64_t)brief->words);
    json_put_int(writer, "words_max", UPDATE_BRIEF_WORDS_MAX);
    json_key(writer, "warnings");
    json_list(writer);
    if (warning.at)
        json_text(writer, warning);
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}
