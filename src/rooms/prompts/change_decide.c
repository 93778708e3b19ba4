/*
 * What the council says of a change (see change_rules.h): each word is a row of its own with who,
 * when, why, and of which contents; the change's state follows from it in the same change.
 */
#include "base/stamp.h"
#include "ledger/ledger.h"
#include "ledger/state.h"
#include "rooms/people/people.h"
#include "rooms/prompts/change_rules.h"
#include "rooms/prompts/council_session.h"
#include "rooms/prompts/label_move.h"

enum { DEFER_DAYS = 7 };

/* What each word does: the verb of the change's states, or NULL where the state stays. */
static const struct {
    const char *verb, *what;
    bool needs_note;
} words_table[COUNCIL_VERDICTS] = {
    [COUNCIL_APPROVE] = { NULL, "approve change", false }, /* the state follows when it is enough */
    [COUNCIL_REQUEST_CHANGES] = { "request-changes", "request changes", true },
    [COUNCIL_REJECT] = { "reject", "reject change", true },
    [COUNCIL_DEFER] = { "defer", "defer change", true },
    [COUNCIL_ESCALATE] = { NULL, "escalate change", true },
    [COUNCIL_ROLL_BACK] = { NULL, "roll back change", true }, /* the label's move does it */
};

/* One change that is decided on. */
struct deciding {
    const struct council_word *word;
    struct row change, prompt;
    struct change_approvals approvals;
    unsigned held; /* the actor's roles where the prompt belongs */
};

static bool has(const struct deciding *deciding, unsigned role)
{
    return (deciding->held & role) != 0;
}

static text who_can(const struct deciding *deciding)
{
    return deciding->approvals.who_can.at ? deciding->approvals.who_can
                                          : TEXT("nobody yet: give somebody the role");
}

static bool check_approver(struct call *call, const struct deciding *deciding)
{
    enum risk_tier tier = deciding->approvals.tier;
    bool is_author =
        value_as_int(deciding->change.value[PROMPT_CHANGE_AUTHOR]) == call->actor.person;
    text names = who_can(deciding);
    if (tier == TIER_SELF)
        return true;
    if (is_author)
        return fail(call, FAIL_FORBIDDEN,
                    "nobody approves a change of their own with the tier '%s'; who can: %.*s",
                    risk_tier_words[tier], TEXT_FMT(names));
    if (has(deciding, ROLE_EXECUTIVE) || (tier == TIER_COUNCIL && has(deciding, ROLE_COUNCIL)))
        return true;
    return fail(
        call, FAIL_FORBIDDEN,
        "approving this change needs the role '%s', which %.*s does not have; who can: %.*s",
        tier == TIER_EXECUTIVE ? "executive" : "council", TEXT_FMT(call->actor.name),
        TEXT_FMT(names));
}

/* Everything else that a council says. */
static bool check_member(struct call *call, const struct deciding *deciding)
{
    return has(deciding, ROLE_COUNCIL | ROLE_EXECUTIVE) ||
           deciding->approvals.tier == TIER_SELF ||
           fail(call, FAIL_FORBIDDEN,
                "deciding on this change needs the role 'council', which %.*s does not have; who "
                "can: %.*s",
                TEXT_FMT(call->actor.name), TEXT_FMT(who_can(deciding)));
}

static bool is_open(const struct row *change)
{
    return change_is(change, "in_review") || change_is(change, "deferred");
}

static bool check_state(struct call *call, const struct deciding *deciding)
{
    const struct row *change = &deciding->change;
    enum council_verdict verdict = deciding->word->verdict;
    text id = row_public_id(call, &prompt_change_record, change->id);
    if (verdict == COUNCIL_ROLL_BACK)
        return change_is(change, "deployed") ||
               fail(call, FAIL_CONFLICT, "%.*s is not served: there is nothing to roll back",
                    TEXT_FMT(id));
    if (verdict == COUNCIL_REQUEST_CHANGES && change_is(change, "approved"))
        return true;
    return is_open(change) ||
           fail(call, FAIL_CONFLICT, "%.*s is %.*s: only what is in review is decided on",
                TEXT_FMT(id), TEXT_FMT(value_as_text(change->value[PROMPT_CHANGE_STATE])));
}

static bool check_word(struct call *call, const struct deciding *deciding)
{
    const struct council_word *word = deciding->word;
    if (words_table[word->verdict].needs_note && text_trim(word->note).size == 0)
        return fail_at(call, "note", "say why: 'note' is needed to %s",
                       words_table[word->verdict].what);
    if (!check_state(call, deciding))
        return false;
    return word->verdict == COUNCIL_APPROVE ? check_approver(call, deciding)
                                            : check_member(call, deciding);
}

/* --- what follows --- */

static const char *role_word(const struct deciding *deciding)
{
    if (has(deciding, ROLE_EXECUTIVE))
        return "executive";
    return has(deciding, ROLE_COUNCIL) ? "council" : "author";
}

static bool write_review(struct call *call, const struct deciding *deciding)
{
    struct row review;
    text hash = change_hash(call, &deciding->change), note = text_trim(deciding->word->note);
    if (!hash.at || !row_init(call, &prompt_review_record, &review))
        return false;
    review.value[PROMPT_REVIEW_NOTE] = value_text(note.size ? note : TEXT_NONE);
    review.value[PROMPT_REVIEW_CHANGE] = value_ref(deciding->change.id);
    review.value[PROMPT_REVIEW_VERDICT] =
        value_choice(council_verdict_words[deciding->word->verdict]);
    review.value[PROMPT_REVIEW_PERSON] = value_ref(call->actor.person);
    review.value[PROMPT_REVIEW_ROLE] = value_choice(role_word(deciding));
    review.value[PROMPT_REVIEW_CONTENT_HASH] = value_text(hash);
    review.value[PROMPT_REVIEW_AT] = value_stamp(call->now);
    review.value[PROMPT_REVIEW_TEAM] = deciding->prompt.value[PROMPT_TEAM];
    return ledger_create(call, &review) && council_session_keep(call, &review);
}

static bool deferred_day(struct call *call, const struct council_word *word, int64_t *day)
{
    int64_t today = call->now / STAMP_DAY;
    *day = word->has_until ? word->until : today + DEFER_DAYS;
    return *day > today || fail_at(call, "until", "a change is deferred to a day that is to come");
}

static bool move_state(struct call *call, const struct deciding *deciding, const char *verb)
{
    struct row after;
    int64_t day;
    text note = text_trim(deciding->word->note);
    if (!row_copy(call, &deciding->change, &after))
        return false;
    if (note.size)
        after.value[PROMPT_CHANGE_REASON] = value_text(text_until_character(note, 1000));
    if (deciding->word->verdict == COUNCIL_ESCALATE)
        after.value[PROMPT_CHANGE_RAISED_TIER] = value_choice("executive");
    if (deciding->word->verdict == COUNCIL_DEFER) {
        if (!deferred_day(call, deciding->word, &day))
            return false;
        after.value[PROMPT_CHANGE_DEFERRED_TO] = value_int(day);
    }
    bool is_again = deciding->word->verdict == COUNCIL_DEFER &&
                    change_is(&deciding->change, "deferred");
    return (!verb || is_again || state_move(call, &after, verb)) &&
           ledger_update(call, &deciding->change, &after);
}

static bool follow_approval(struct call *call, const struct deciding *deciding)
{
    struct change_approvals now;
    if (!change_approvals(call, &deciding->change, &now))
        return false;
    return !now.is_enough || move_state(call, deciding, "approve");
}

static bool follow_rollback(struct call *call, const struct deciding *deciding)
{
    struct row deployment;
    const struct value *value = deciding->change.value;
    const struct label_move move = {
        .prompt = deciding->prompt.id,
        .label = value_as_text(value[PROMPT_CHANGE_LABEL]),
        .kind = MOVE_ROLLBACK,
        .version = value_as_int(value[PROMPT_CHANGE_FROM_VERSION]),
        .has_expected = true,
        .expected = value_as_int(value[PROMPT_CHANGE_TO_VERSION]),
        .reason = deciding->word->note,
    };
    return label_move(call, &move, &deployment);
}

static bool follow(struct call *call, const struct deciding *deciding)
{
    switch (deciding->word->verdict) {
    case COUNCIL_APPROVE:
        return follow_approval(call, deciding);
    case COUNCIL_ROLL_BACK:
        return follow_rollback(call, deciding);
    case COUNCIL_REQUEST_CHANGES:
    case COUNCIL_REJECT:
    case COUNCIL_DEFER:
    case COUNCIL_ESCALATE:
    case COUNCIL_VERDICTS:
        break;
    }
    return move_state(call, deciding, words_table[deciding->word->verdict].verb);
}

static bool decide_inside(struct call *call, rid change, const struct council_word *word)
{
    struct deciding deciding = { .word = word };
    if (!find_row(call, &prompt_change_record, change, &deciding.change) ||
        !find_row(call, &prompt_record,
                  value_as_int(deciding.change.value[PROMPT_CHANGE_PROMPT]), &deciding.prompt) ||
        !change_approvals(call, &deciding.change, &deciding.approvals))
        return false;
    deciding.held = call->all_rows ? ROLE_COUNCIL | ROLE_EXECUTIVE
                                   : role_held(call, &deciding.prompt);
    return check_word(call, &deciding) && write_review(call, &deciding) &&
           follow(call, &deciding);
}

bool change_decide(struct call *call, rid change, const struct council_word *word)
{
    if (call->change.is_open)
        return decide_inside(call, change, word);
    if (!change_open(call, text_of(words_table[word->verdict].what)))
        return false;
    if (decide_inside(call, change, word))
        return change_commit(call);
    change_rollback(call);
    return false;
}

/* --- guards: the words above are the only way --- */

bool change_guard_approved(struct call *call, const struct row *row)
{
    struct change_approvals approvals;
    if (call->all_rows)
        return true;
    if (!change_approvals(call, row, &approvals))
        return false;
    return approvals.is_enough ||
           fail(
               call, FAIL_CONFLICT,
               "%lld of %lld approvals of these contents are there: 'rondo prompt-change approve "
               "%.*s' by %.*s",
               (long long)approvals.given, (long long)approvals.needed,
               TEXT_FMT(row_public_id(call, &prompt_change_record, row->id)),
               TEXT_FMT(approvals.who_can.at ? approvals.who_can : TEXT("somebody with the role")));
}

/* A row of the record with that change request, made by the change that is open. */
static bool was_made_now(struct call *call, const struct record *record, int field, rid change)
{
    struct query query;
    struct row last;
    query_init(&query, record);
    query.is_descending = true;
    return call->all_rows ||
           (query_add(call, &query, field, FILTER_IS, value_ref(change)) &&
            find_first(call, &query, &last) && last.change == change_id(call));
}

bool change_guard_said(struct call *call, const struct row *row)
{
    return was_made_now(call, &prompt_review_record, PROMPT_REVIEW_CHANGE, row->id) ||
           (call->fail.kind == FAIL_NONE &&
            fail(call, FAIL_CONFLICT,
                 "say who decides and why: 'rondo prompt-change decide %.*s --verdict ... --note "
                 "...'",
                 TEXT_FMT(row_public_id(call, &prompt_change_record, row->id))));
}

bool change_guard_moved(struct call *call, const struct row *row)
{
    return was_made_now(call, &deployment_record, DEPLOYMENT_CHANGE, row->id) ||
           (call->fail.kind == FAIL_NONE &&
            fail(call, FAIL_CONFLICT,
                 "a change is deployed by moving its label: 'rondo prompt move', and taken back by "
                 "'rondo prompt rollback'"));
}
