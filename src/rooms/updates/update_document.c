/* See update_document.h. */
#include "rooms/updates/update_document.h"

#include "offers/listing.h"
#include "rooms/people/people.h"
#include "rooms/updates/update_audience.h"

/* --- reading --- */

/* What happened since the update before it was sent belongs to this one: nothing falls between. */
static bool begin_after(struct call *call, const struct row *update, struct agenda_ask *ask)
{
    struct row before;
    if (!update_before(call, ask->team, value_as_text(update->value[UPDATE_WEEK]), &before))
        return false;
    ask->from = before.id ? value_as_int(before.value[UPDATE_SENT_AT])
                          : ask->from - 7 * STAMP_DAY;
    return true;
}

bool update_ask(struct call *call, const struct row *update, struct agenda_ask *ask)
{
    text zone;
    rid team = value_as_int(update->value[UPDATE_TEAM]);
    *ask = (struct agenda_ask){ .team = team };
    if (!week_check(call, value_as_text(update->value[UPDATE_WEEK]), &ask->week) ||
        !people_team_zone(call, team, &zone) || !week_monday(call, zone, ask->week, &ask->from) ||
        !week_monday(call, zone, ask->week + 1, &ask->until))
        return false;
    if (ask->until > call->now && ask->from < call->now)
        ask->until = call->now;
    return begin_after(call, update, ask);
}

static bool read_explanations(struct call *call, struct update_document *document)
{
    struct query query;
    if (document->update.id == 0)
        return true;
    query_init(&query, &update_explanation_record);
    return query_add(call, &query, UPDATE_EXPLANATION_UPDATE, FILTER_IS,
                     value_ref(document->update.id)) &&
           find_rows(call, &query, &document->explanations);
}

bool update_document_read(struct call *call, const struct row *update,
                          struct update_document *document)
{
    *document = (struct update_document){ .update = *update };
    if (!update_ask(call, update, &document->ask))
        return false;
    document->scope = (struct figure_scope){ .team = document->ask.team,
                                             .week = document->ask.week,
                                             .as_of = LISTING_NOW };
    return update_bets(call, update->id, &document->bets) &&
           update_before(call, document->ask.team, value_as_text(update->value[UPDATE_WEEK]),
                         &document->last) &&
           update_bets(call, document->last.id, &document->last_bets) &&
           update_lines_of(call, &document->ask, UPDATE_PART_EXCEPTION, &document->exceptions) &&
           read_explanations(call, document);
}

text update_explained(struct call *call, const struct update_document *document,
                      const struct update_line *exception)
{
    text about = row_public_id(call, exception->record, exception->row);
    for (size_t i = 0; i < document->explanations.count; i++) {
        const struct row *row = &document->explanations.row[i];
        if (text_equal(value_as_text(row->value[UPDATE_EXPLANATION_ABOUT]), about))
            return value_as_text(row->value[UPDATE_EXPLANATION_EXPLANATION]);
    }
    return TEXT_NONE;
}

/* --- writing: the source, in which figures are not filled in yet --- */

struct writing {
    struct call *call;
    const struct update_document *document;
    enum audience audience;
    struct out out;
};

static text said(struct writing *writing, int field)
{
    text read, mistake;
    if (!update_audience_text(writing->call,
                              value_as_text(writing->document->update.value[field]),
                              writing->audience, &read, &mistake))
        return TEXT_NONE;
    return read;
}

static text person_name(struct writing *writing, struct value person)
{
    text name = find_title(writing->call, &person_record, value_as_int(person));
    return name.at ? name : TEXT("nobody");
}

static void write_head(struct writing *writing, text correction)
{
    const struct row *update = &writing->document->update;
    out_format(&writing->out, "# %.*s\n", TEXT_FMT(value_as_text(update->value[UPDATE_TITLE])));
    if (correction.at)
        out_format(&writing->out, "\n> **Corrected:** %.*s\n", TEXT_FMT(correction));
    if (!value_is_null(update->value[UPDATE_AUTHOR]))
        out_format(&writing->out, "\nBy %.*s\n",
                   TEXT_FMT(person_name(writing, update->value[UPDATE_AUTHOR])));
}

static void write_part(struct writing *writing, const char *heading, int field)
{
    text words = said(writing, field);
    out_format(&writing->out, "\n## %s\n\n%.*s\n", heading,
               TEXT_FMT(words.size ? words : TEXT("*Nothing yet.*")));
}

static void write_slot(struct writing *writing, const char *label, int field, int reason)
{
    text words = said(writing, field);
    text none = value_as_text(writing->document->update.value[reason]);
    out_format(&writing->out, "- **%s:** ", label);
    if (words.size)
        out_text(&writing->out, words);
    else if (none.size)
        out_format(&writing->out, "None this week: %.*s", TEXT_FMT(none));
    else
        out_string(&writing->out, "*Nothing yet.*");
    out_char(&writing->out, '\n');
}

static void write_learned(struct writing *writing)
{
    out_string(&writing->out, "\n## What we learned\n\n");
    write_slot(writing, "Eval", UPDATE_EVAL, UPDATE_EVAL_NONE);
    write_slot(writing, "Users", UPDATE_USER, UPDATE_USER_NONE);
    write_slot(writing, "Cost and latency", UPDATE_COST_LATENCY, UPDATE_COST_LATENCY_NONE);
}

static void write_next(struct writing *writing)
{
    const struct rows *bets = &writing->document->bets;
    out_string(&writing->out, "\n## Next week\n\n");
    if (bets->count == 0)
        out_string(&writing->out, "*Nothing yet.*\n");
    for (size_t i = 0; i < bets->count; i++) {
        const struct row *bet = &bets->row[i];
        out_format(&writing->out, "%zu. %.*s (%.*s): %.*s\n", i + 1,
                   TEXT_FMT(update_link(writing->call, bet)),
                   TEXT_FMT(person_name(writing, bet->value[BET_OWNER])),
                   TEXT_FMT(value_as_text(bet->value[BET_OUTCOME])));
    }
}

static void write_last(struct writing *writing)
{
    const struct rows *bets = &writing->document->last_bets;
    if (bets->count == 0)
        return;
    out_string(&writing->out, "\n## Last week's bets\n\n");
    for (size_t i = 0; i < bets->count; i++) {
        const struct row *bet = &bets->row[i];
        text evidence = value_as_text(bet->value[BET_EVIDENCE]);
        out_format(&writing->out, "- **%.*s:** %.*s (%.*s)",
                   TEXT_FMT(value_as_text(bet->value[BET_STATE])),
                   TEXT_FMT(update_link(writing->call, bet)),
                   TEXT_FMT(person_name(writing, bet->value[BET_OWNER])));
        if (evidence.size)
            out_format(&writing->out, ": %.*s", TEXT_FMT(evidence));
        out_char(&writing->out, '\n');
    }
}

static void write_exceptions(struct writing *writing)
{
    const struct update_lines *lines = &writing->document->exceptions;
    if (lines->count == 0)
        return;
    out_string(&writing->out, "\n## Exceptions\n\n");
    for (size_t i = 0; i < lines->count; i++) {
        text explained = update_explained(writing->call, writing->document, &lines->line[i]);
        out_format(&writing->out, "- %.*s", TEXT_FMT(lines->line[i].line));
        if (explained.at)
            out_format(&writing->out, " *%.*s*", TEXT_FMT(explained));
        out_char(&writing->out, '\n');
    }
}

bool update_document_write(struct call *call, const struct update_document *document,
                           enum audience audience, text correction, struct figure_text *filled)
{
    struct writing writing = { .call = call, .document = document, .audience = audience };
    out_init(&writing.out, call);
    write_head(&writing, correction);
    write_part(&writing, "What changed in production", UPDATE_PRODUCTION);
    write_learned(&writing);
    write_part(&writing, "What changed in the world", UPDATE_WORLD);
    write_next(&writing);
    write_last(&writing);
    write_exceptions(&writing);
    *filled = (struct figure_text){ .markdown = TEXT_NONE };
    return figure_text_fill(call, out_view(&writing.out), &document->scope, filled);
}

/* Addresses are no words. */
size_t update_words(text markdown)
{
    size_t count = 0;
    bool in_word = false, in_address = false;
    for (size_t i = 0; i < markdown.size; i++) {
        char c = markdown.at[i];
        if (c == '(' && i > 0 && markdown.at[i - 1] == ']')
            in_address = true;
        bool is_letter = !in_address && c != ' ' && c != '\n' && c != '#' && c != '*' && c != '-';
        count += is_letter && !in_word;
        in_word = is_letter;
        if (c == ')')
            in_address = false;
    }
    return count;
}
