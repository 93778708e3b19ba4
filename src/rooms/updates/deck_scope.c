/* See deck_scope.h. */
#include "rooms/updates/deck_scope.h"

#include "base/stamp.h"
#include "ledger/as_of.h"
#include "ledger/ledger.h"
#include "offers/listing.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/updates/update_document.h"
#include "rooms/updates/update_draft.h"

#include <string.h>

bool deck_scope_is_past(const struct deck_scope *scope)
{
    return scope->figures.as_of != LISTING_NOW;
}

bool deck_scope_rows(struct call *call, const struct deck_scope *scope, const struct query *query,
                     struct rows *rows)
{
    return deck_scope_is_past(scope) ? as_of_rows(call, query, scope->figures.as_of, rows)
                                     : find_rows(call, query, rows);
}

/* It becomes a part of links: nothing that would end one. */
static bool read_address(struct call *call, text word, text *address)
{
    *address = TEXT_NONE;
    if (!word.at)
        return true;
    bool is_web = text_starts(word, TEXT("https://")) || text_starts(word, TEXT("http://"));
    for (size_t i = 0; i < word.size; i++)
        is_web = is_web && word.at[i] > ' ' && !strchr("()<>\"'\\`[]", word.at[i]);
    if (!is_web)
        return fail_at(call, "address", "'%.*s' is no address such as https://rondo.example",
                       TEXT_FMT(word));
    while (text_ends(word, TEXT("/")))
        word = text_until(word, word.size - 1);
    *address = word;
    return true;
}

/* The week of the instant, unless another one is named. */
static bool read_week(struct call *call, text word, struct deck_scope *scope)
{
    stamp at = deck_scope_is_past(scope) ? scope->figures.as_of : call->now;
    return week_of_stamp(call, scope->zone, at, &scope->figures.week) &&
           week_check(call, word, &scope->figures.week);
}

/* The stretch of the week's update, up to the instant; `update` becomes a row of that week. */
static bool read_stretch(struct call *call, struct deck_scope *scope)
{
    char week[WEEK_TEXT_SIZE];
    stamp last = deck_scope_is_past(scope) ? scope->figures.as_of : call->now;
    week_write(scope->figures.week, week);
    if (!row_init(call, &update_record, &scope->update))
        return false;
    scope->update.value[UPDATE_WEEK] = value_text(call_text(call, text_of(week)));
    if (scope->figures.team)
        scope->update.value[UPDATE_TEAM] = value_ref(scope->figures.team);
    if (!update_ask(call, &scope->update, &scope->ask))
        return false;
    if (scope->ask.until > last)
        scope->ask.until = last > scope->ask.from ? last : scope->ask.from;
    return true;
}

/* As it was stored then; false without a failure: it was not. */
static bool row_then(struct call *call, const struct deck_scope *scope, struct row *update)
{
    rid id = update->id;
    if (!deck_scope_is_past(scope) ||
        ledger_row_at(call, &update_record, id, scope->figures.as_of, update))
        return true;
    if (call->fail.kind == FAIL_NOT_FOUND)
        fail_clear(call);
    return false;
}

static bool read_update(struct call *call, struct deck_scope *scope)
{
    struct row stored;
    text week = value_as_text(scope->update.value[UPDATE_WEEK]);
    if (update_find(call, scope->figures.team, week, &stored) && row_then(call, scope, &stored)) {
        scope->update = stored;
        return true;
    }
    return call->fail.kind == FAIL_NONE && update_draft_fill(call, &scope->ask, &scope->update);
}

static bool bets_then(struct call *call, const struct deck_scope *scope, rid update,
                      struct rows *bets)
{
    struct query query;
    *bets = (struct rows){ .row = NULL };
    if (update == 0)
        return true;
    query_init(&query, &bet_record);
    return query_add(call, &query, BET_UPDATE, FILTER_IS, value_ref(update)) &&
           deck_scope_rows(call, scope, &query, bets);
}

bool deck_scope_read(struct call *call, const struct deck_ask *ask, struct deck_scope *scope)
{
    struct row last;
    *scope = (struct deck_scope){ .audience = AUDIENCE_EXECUTIVES };
    if (ask->team.at && !refs_find(call, &team_record, ask->team, &scope->figures.team))
        return false;
    if (!listing_read_as_of(call, ask->as_of, &scope->figures.as_of))
        return false;
    if (scope->figures.as_of != LISTING_NOW && scope->figures.as_of > call->now)
        return fail_at(call, "as_of", "'%.*s' is still to come: a deck is of now or of the past",
                       TEXT_FMT(ask->as_of));
    return audience_check(call, ask->audience, AUDIENCE_EXECUTIVES, &scope->audience) &&
           people_team_zone(call, scope->figures.team, &scope->zone) &&
           read_address(call, ask->address, &scope->address) &&
           read_week(call, ask->week, scope) && read_stretch(call, scope) &&
           read_update(call, scope) &&
           update_before(call, scope->figures.team,
                         value_as_text(scope->update.value[UPDATE_WEEK]), &last) &&
           bets_then(call, scope, scope->update.id, &scope->bets) &&
           bets_then(call, scope, last.id, &scope->last_bets);
}
