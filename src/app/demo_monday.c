/*
 * What the demo's team did about the review of the week before the last: opened it, took most of
 * its actions, and did what they say. A few are still nobody's, and late.
 */
#include "app/demo_world.h"

#include "ledger/ledger.h"
#include "rooms/actions/actions.h"
#include "rooms/evals/eval_review.h"
#include "rooms/evals/evals.h"
#include "rooms/people/people.h"
#include "store/find.h"

/* Who takes an action, in turn: whoever acts, the surface's owner, or nobody. */
enum taker { TAKER_NOBODY, TAKER_ACTOR, TAKER_OWNER };

static const struct {
    enum taker taker;
    const char *state; /* by Wednesday */
} turns[] = {
    { TAKER_OWNER, "done" },
    { TAKER_ACTOR, "open" },
    { TAKER_NOBODY, "open" },
    { TAKER_OWNER, "done" },
};

enum { TURNS = sizeof turns / sizeof *turns, WEDNESDAY = 2, MORNING = 7, LEFT_OPEN = 6 };

static bool find_taker(struct call *call, const struct row *action, enum taker taker, rid *person)
{
    struct row surface;
    *person = call->actor.person;
    if (taker == TAKER_ACTOR)
        return true;
    if (!find_row(call, &surface_record, value_as_int(action->value[ACTION_SURFACE]), &surface))
        return false;
    *person = value_as_int(surface.value[SURFACE_OWNER]);
    return true;
}

static bool action_write(struct call *call, rid id, enum action_field field, struct value value)
{
    struct row before, after;
    if (!find_row(call, &action_record, id, &before) || !row_copy(call, &before, &after))
        return false;
    after.value[field] = value;
    return ledger_update(call, &before, &after);
}

/* By the person whose it is, as the history tells. */
static bool action_move(struct call *call, rid id, size_t turn, enum action_field field)
{
    struct row action;
    rid actor = call->actor.person, person;
    if (turns[turn].taker == TAKER_NOBODY)
        return true;
    if (!find_row(call, &action_record, id, &action) ||
        !find_taker(call, &action, turns[turn].taker, &person) ||
        !people_act_for(call, person, SCOPE_ALL))
        return false;
    struct value value = field == ACTION_OWNER ? value_ref(person)
                                               : value_text(text_of(turns[turn].state));
    return action_write(call, id, field, value) && people_act_for(call, actor, SCOPE_ALL);
}

static bool actions_move(struct call *call, const struct opened_review *opened,
                         enum action_field field)
{
    for (size_t i = 0; i < opened->action_count; i++)
        if (!action_move(call, opened->action[i], i % TURNS, field))
            return false;
    return true;
}

bool demo_monday(struct call *call, const struct demo_options *options,
                 struct opened_review *opened)
{
    struct review_options of = { .has_week = true, .weeks = DEMO_WEEK_COUNT };
    if (!demo_world_week(call, options, &of.week))
        return false;
    of.week--;
    if (!eval_review_open(call, &of, opened))
        return false;
    call->now += STAMP_HOUR;
    return actions_move(call, opened, ACTION_OWNER);
}

bool demo_monday_done(struct call *call, const struct demo_options *options,
                      const struct opened_review *opened)
{
    iso_week last;
    if (!demo_world_week(call, options, &last))
        return false;
    call->now = (week_monday_days(last - 1) + WEDNESDAY) * STAMP_DAY + MORNING * STAMP_HOUR;
    return actions_move(call, opened, ACTION_STATE);
}

/* --- the last week's, once its Monday is over --- */

static bool actions_hand_out(struct call *call, const struct opened_review *opened)
{
    for (size_t i = 1; i < opened->action_count; i++) {
        struct row action;
        rid owner;
        if (!find_row(call, &action_record, opened->action[i], &action) ||
            !find_taker(call, &action, TAKER_OWNER, &owner) ||
            !action_write(call, action.id, ACTION_OWNER, value_ref(owner)))
            return false;
    }
    return true;
}

bool demo_monday_last(struct call *call, const struct demo_options *options,
                      struct opened_review *opened)
{
    struct review_options of = { .has_week = true, .weeks = DEMO_WEEK_COUNT };
    if (!demo_world_week(call, options, &of.week))
        return false;
    call->now = week_monday_days(of.week) * STAMP_DAY + MORNING * STAMP_HOUR;
    return eval_review_open(call, &of, opened) && change_open(call, TEXT("hand out the flips")) &&
           demo_change_end(call, actions_hand_out(call, opened));
}

/* One of some is not understood yet. */
static bool actions_finish(struct call *call, const struct opened_review *opened)
{
    for (size_t i = 1; i < opened->action_count; i++)
        if (i % LEFT_OPEN != 0 &&
            !action_write(call, opened->action[i], ACTION_STATE, value_choice("done")))
            return false;
    return true;
}

bool demo_monday_last_done(struct call *call, const struct opened_review *opened)
{
    return change_open(call, TEXT("look at what broke")) &&
           demo_change_end(call, actions_finish(call, opened));
}
