/*
 * The demo's Fridays: the update that was sent the week before the last, with three bets, and what
 * this week's one needs to be told besides its figures: two of the bets are scored, and what
 * Tuesday's council decides about Monday's fault.
 */
#include "app/demo_world.h"

#include "ledger/ledger.h"
#include "rooms/knowledge/knowledge.h"
#include "rooms/updates/update_draft.h"
#include "rooms/updates/update_send.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

enum { FRIDAY = 4 };

static const struct {
    const char *title, *outcome;
    size_t owner; /* in demo_persons; 0: whoever acts */
    const char *state, *evidence;
} bets[] = {
    { "Shorten the answers about warranty", "Warranty cases hold, and a case costs a tenth less", 1,
      "missed", "{{figure evals.broken surface=support-answers}} cases broke on Monday" },
    { "Move the receipts to the new extraction", "Half of the receipts that fail today pass", 0,
      "hit", "Cases that pass again: {{figure evals.fixed surface=document-extraction}}" },
    { "Ask five customers about summaries in Spanish", "We know which sentence they miss", 4,
      "open", NULL },
};
enum { BETS = sizeof bets / sizeof *bets };

static const struct {
    enum update_field field;
    const char *words;
} said[] = {
    { UPDATE_USER, "Support hears that customers ask for the warranty in one line, not in five." },
    { UPDATE_WORLD, "Two providers raised their prices for long contexts. Ours did not." },
};

static bool owner_of(struct call *call, size_t person, rid *owner)
{
    struct row row;
    *owner = call->actor.person;
    if (person == 0)
        return true;
    if (!demo_person_find(call, person, &row))
        return false;
    *owner = row.id;
    return true;
}

static bool bet_make(struct call *call, rid update, size_t at)
{
    struct row row;
    rid owner;
    if (!owner_of(call, bets[at].owner, &owner) || !row_init(call, &bet_record, &row))
        return false;
    row.value[BET_TITLE] = value_choice(bets[at].title);
    row.value[BET_OUTCOME] = value_choice(bets[at].outcome);
    row.value[BET_OWNER] = value_ref(owner);
    row.value[BET_UPDATE] = value_ref(update);
    return ledger_create(call, &row);
}

static bool update_store(struct call *call, struct row *update)
{
    bool done = ledger_create(call, update);
    for (size_t i = 0; done && i < BETS; i++)
        done = bet_make(call, update->id, i);
    return done;
}

bool demo_friday_write(struct call *call, iso_week week, struct row *update)
{
    char word[WEEK_TEXT_SIZE];
    week_write(week, word);
    if (!update_draft_make(call, 0, text_of(word), update))
        return false;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        update->value[said[i].field] = value_choice(said[i].words);
    return change_open(call, TEXT("write the update")) &&
           demo_change_end(call, update_store(call, update));
}

bool demo_friday_send(struct call *call, const struct demo_options *options)
{
    struct row update;
    iso_week last;
    char word[WEEK_TEXT_SIZE];
    if (!demo_world_week(call, options, &last))
        return false;
    call->now = (week_monday_days(last - 1) + FRIDAY) * STAMP_DAY + 15 * STAMP_HOUR;
    week_write(last - 1, word);
    return update_find(call, 0, text_of(word), &update) && update_send(call, &update);
}

/* --- this week --- */

static bool bet_score(struct call *call, const struct row *bet, size_t at)
{
    struct row after;
    if (!bets[at].evidence)
        return true;
    if (!row_copy(call, bet, &after))
        return false;
    after.value[BET_STATE] = value_choice(bets[at].state);
    after.value[BET_EVIDENCE] = value_choice(bets[at].evidence);
    return ledger_update(call, bet, &after);
}

static bool bets_score(struct call *call, const struct demo_options *options)
{
    struct rows rows;
    struct row before;
    iso_week last;
    char word[WEEK_TEXT_SIZE];
    if (!demo_world_week(call, options, &last))
        return false;
    week_write(last, word);
    if (!update_before(call, 0, text_of(word), &before) || !update_bets(call, before.id, &rows))
        return false;
    for (size_t i = 0; i < rows.count && i < BETS; i++)
        if (!bet_score(call, &rows.row[i], i))
            return false;
    return true;
}

/* Written by whoever owns the surface's prompt. */
bool demo_decision_init(struct call *call, struct row *row)
{
    rid owner;
    if (!owner_of(call, 1, &owner) || !row_init(call, &decision_record, row))
        return false;
    row->value[DECISION_TITLE] =
        value_choice("Answer warranty questions with the longer prompt again");
    row->value[DECISION_OWNER] = value_ref(owner);
    row->value[DECISION_CONTEXT] = value_choice(
        "Monday's review shows that support-answers fell, and that the cases that broke are about "
        "warranty: the prompt was shortened for them.");
    row->value[DECISION_OPTIONS] = value_choice(
        "- back to the prompt before\n- keep the short prompt, and name the terms in it");
    row->value[DECISION_DECISION] = value_choice(
        "Back to the prompt before, and a shorter one only with an eval of the warranty cases.");
    row->value[DECISION_CONSEQUENCES] = value_choice("A case costs as much as before.");
    return true;
}

bool demo_friday(struct call *call, const struct demo_options *options)
{
    return change_open(call, TEXT("score the bets")) &&
           demo_change_end(call, bets_score(call, options));
}
