/*
 * The demo's Fridays: the update that was sent the week before the last, with three bets, and what
 * this week's one needs to be told besides its figures: two of the bets are scored, and on Tuesday
 * somebody decided what is done about Monday's fault.
 */
#include "app/demo_world.h"

#include "ledger/ledger.h"
#include "rooms/knowledge/knowledge.h"
#include "rooms/updates/update_draft.h"
#include "rooms/updates/update_send.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

enum { FRIDAY = 4, TUESDAY = 1 };

static const struct {
    const char *title, *outcome;
    size_t owner; /* in demo_persons; 0: whoever acts */
    const char *state, *evidence;
} bets[] = {
    { "Shorten the answers about warranty", "Warranty cases hold, and a case costs a tenth less", 1,
      "missed", "{{figure evals.broken surface=support-answers}} cases broke on Monday" },
    { "Move the receipts to the new extraction", "Half of the receipts that fail today pass", 0,
      "hit", "{{figure evals.fixed surface=document-extraction}} cases of the surface pass again" },
    { "Ask five customers about summaries in Spanish", "We know which sentence they miss", 4,
      "open", NULL },
};
enum { BETS = sizeof bets / sizeof *bets };

static const struct {
    enum update_field field;
    const char *words;
} said[] = {
    { UPDATE_PRODUCTION, "- Nothing was moved in production: no measured effect." },
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

static bool friday_of(struct call *call, const struct demo_options *options, text *week)
{
    char word[WEEK_TEXT_SIZE];
    iso_week last;
    if (!demo_world_week(call, options, &last))
        return false;
    call->now = (week_monday_days(last - 1) + FRIDAY) * STAMP_DAY + 15 * STAMP_HOUR;
    week_write(last - 1, word);
    *week = call_text(call, text_of(word));
    return week->at != NULL;
}

bool demo_friday_before(struct call *call, const struct demo_options *options)
{
    struct row update;
    text week;
    if (!friday_of(call, options, &week) || !update_draft_make(call, 0, week, &update))
        return false;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        update.value[said[i].field] = value_choice(said[i].words);
    if (!ledger_create(call, &update))
        return false;
    for (size_t i = 0; i < BETS; i++)
        if (!bet_make(call, update.id, i))
            return false;
    return update_send(call, &update);
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

/* Written by whoever owns the surface's prompt, and accepted at once. */
static bool decision_make(struct call *call)
{
    struct row row, after;
    rid owner;
    if (!owner_of(call, 1, &owner) || !row_init(call, &decision_record, &row))
        return false;
    row.value[DECISION_TITLE] =
        value_choice("Answer warranty questions with the longer prompt again");
    row.value[DECISION_OWNER] = value_ref(owner);
    row.value[DECISION_CONTEXT] = value_choice(
        "Monday's review shows that support-answers fell, and that the cases that broke are about "
        "warranty: the prompt was shortened for them.");
    row.value[DECISION_OPTIONS] = value_choice(
        "- back to the prompt before\n- keep the short prompt, and name the terms in it");
    row.value[DECISION_DECISION] = value_choice(
        "Back to the prompt before, and a shorter one only with an eval of the warranty cases.");
    row.value[DECISION_CONSEQUENCES] = value_choice("A case costs as much as before.");
    if (!ledger_create(call, &row) || !row_copy(call, &row, &after))
        return false;
    after.value[record_field(&decision_record, TEXT("state"))] = value_choice("accepted");
    return ledger_update(call, &row, &after);
}

bool demo_friday(struct call *call, const struct demo_options *options)
{
    iso_week last;
    stamp now = call->now;
    if (!demo_world_week(call, options, &last) || !bets_score(call, options))
        return false;
    stamp tuesday = (week_monday_days(last) + TUESDAY) * STAMP_DAY + 10 * STAMP_HOUR;
    if (!(options->plant & DEMO_REGRESSION) || tuesday > now)
        return true;
    call->now = tuesday;
    bool is_made = decision_make(call);
    call->now = now;
    return is_made;
}
