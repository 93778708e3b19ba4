/* See deck_words.h. */
#include "rooms/updates/deck_words.h"

#include "rooms/people/people.h"
#include "rooms/updates/update_audience.h"

#include <string.h>

static const char no_data[] = "*no data*\n";

void deck_write_plain(struct out *out, text words)
{
    for (size_t i = 0; i < words.size; i++) {
        if (strchr("\\`*_{}[]<>#|~&", words.at[i]) && words.at[i])
            out_char(out, '\\');
        out_char(out, words.at[i] == '\n' || words.at[i] == '\r' ? ' ' : words.at[i]);
    }
}

static bool write_week(struct call *call, const struct deck_scope *scope, struct out *out)
{
    char week[WEEK_TEXT_SIZE];
    (void)call;
    week_write(scope->figures.week, week);
    out_string(out, week);
    return true;
}

static bool write_team(struct call *call, const struct deck_scope *scope, struct out *out)
{
    text name = scope->figures.team ? find_title(call, &team_record, scope->figures.team)
                                    : TEXT("The whole workspace");
    deck_write_plain(out, name);
    return true;
}

static bool write_as_of(struct call *call, const struct deck_scope *scope, struct out *out)
{
    char at[STAMP_TEXT_SIZE];
    stamp_write(stamp_to_second(deck_scope_is_past(scope) ? scope->figures.as_of : call->now), at);
    out_string(out, at);
    return true;
}

/* What the deck's audience may read of a part; empty where nobody has written it. */
static text said(struct call *call, const struct deck_scope *scope, int field)
{
    text read, mistake;
    bool is_read = update_audience_text(call, value_as_text(scope->update.value[field]),
                                        scope->audience, &read, &mistake);
    return is_read ? read : TEXT_NONE;
}

static bool write_part(struct call *call, const struct deck_scope *scope, int field,
                       struct out *out)
{
    text words = said(call, scope, field);
    if (words.size)
        out_format(out, "%.*s\n", TEXT_FMT(words));
    else
        out_string(out, no_data);
    return call->fail.kind == FAIL_NONE;
}

static bool write_changed(struct call *call, const struct deck_scope *scope, struct out *out)
{
    return write_part(call, scope, UPDATE_PRODUCTION, out);
}

static bool write_world(struct call *call, const struct deck_scope *scope, struct out *out)
{
    return write_part(call, scope, UPDATE_WORLD, out);
}

static bool write_learned(struct call *call, const struct deck_scope *scope, struct out *out)
{
    static const struct {
        const char *label;
        int field, none;
    } slots[] = { { "Eval", UPDATE_EVAL, UPDATE_EVAL_NONE },
                  { "Users", UPDATE_USER, UPDATE_USER_NONE },
                  { "Cost and latency", UPDATE_COST_LATENCY, UPDATE_COST_LATENCY_NONE } };
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        text words = said(call, scope, slots[i].field);
        text none = value_as_text(scope->update.value[slots[i].none]);
        out_format(out, "- **%s:** ", slots[i].label);
        if (words.size)
            out_format(out, "%.*s\n", TEXT_FMT(words));
        else if (none.size)
            out_format(out, "None this week: %.*s\n", TEXT_FMT(none));
        else
            out_string(out, no_data);
    }
    return call->fail.kind == FAIL_NONE;
}

static bool write_bets_of(struct call *call, const struct rows *bets, bool is_scored,
                          struct out *out)
{
    if (bets->count == 0)
        out_string(out, no_data);
    for (size_t i = 0; i < bets->count; i++) {
        const struct row *bet = &bets->row[i];
        text owner = find_title(call, &person_record, value_as_int(bet->value[BET_OWNER]));
        out_string(out, "- ");
        if (is_scored)
            out_format(out, "**%.*s:** ", TEXT_FMT(value_as_text(bet->value[BET_STATE])));
        out_format(out, "%.*s (", TEXT_FMT(update_link(call, bet)));
        deck_write_plain(out, owner.at ? owner : TEXT("nobody"));
        out_char(out, ')');
        text more = value_as_text(bet->value[is_scored ? BET_EVIDENCE : BET_OUTCOME]);
        if (more.size)
            out_format(out, ": %.*s", TEXT_FMT(more));
        out_char(out, '\n');
    }
    return call->fail.kind == FAIL_NONE;
}

static bool write_bets(struct call *call, const struct deck_scope *scope, struct out *out)
{
    return write_bets_of(call, &scope->bets, false, out);
}

static bool write_last_bets(struct call *call, const struct deck_scope *scope, struct out *out)
{
    return write_bets_of(call, &scope->last_bets, true, out);
}

/* They are worked out of what is, and kept nowhere: of the past they are unknown. */
static bool write_exceptions(struct call *call, const struct deck_scope *scope, struct out *out)
{
    struct update_lines lines = { .line = NULL };
    if (deck_scope_is_past(scope)) {
        out_string(out, "*no data: exceptions are told of now only*\n");
        return true;
    }
    if (!update_lines_of(call, &scope->ask, UPDATE_PART_EXCEPTION, &lines))
        return false;
    if (lines.count == 0)
        out_string(out, "None.\n");
    for (size_t i = 0; i < lines.count; i++)
        out_format(out, "- %.*s\n", TEXT_FMT(lines.line[i].line));
    return call->fail.kind == FAIL_NONE;
}

const struct deck_word deck_words[] = {
    { "week", "The week.", write_week },
    { "team", "Whose deck it is.", write_team },
    { "as_of", "The instant whose figures are shown.", write_as_of },
    { "changed", "What changed in production, from the week's update.", write_changed },
    { "learned", "The three things learned, from the week's update.", write_learned },
    { "world", "What changed in the world, from the week's update.", write_world },
    { "bets", "The bets of next week.", write_bets },
    { "last_bets", "The bets of the update before, as they were scored.", write_last_bets },
    { "exceptions", "What no update may leave out.", write_exceptions },
    { NULL, NULL, NULL },
};

void deck_words_write_json(struct json_writer *writer)
{
    json_key(writer, "words");
    json_list(writer);
    for (const struct deck_word *word = deck_words; word->word; word++) {
        json_object(writer);
        json_put_string(writer, "word", word->word);
        json_put_string(writer, "help", word->help);
        json_object_end(writer);
    }
    json_list_end(writer);
}
