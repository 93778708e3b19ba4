/*
 * What lets a label move to the version of a change (see change_rules.h): approvals of these very
 * contents, and the gate over each of its eval deltas as it stands now; a waiver stands in for the
 * gate and never for an approval.
 */
#include "base/json_write.h"
#include "ledger/ledger.h"
#include "ledger/state.h"
#include "rooms/prompts/change_rules.h"
#include "rooms/releases/releases.h"

/* --- which change --- */

static bool fail_no_change(struct call *call, const struct row *prompt, text label,
                           const struct row *version)
{
    text name = row_title(call, prompt), title = row_title(call, version);
    return fail(call, FAIL_CONFLICT,
                "'%.*s' of %.*s moves by an approved change request, and there is none to %.*s: "
                "'rondo prompt-change add --prompt %.*s --to-version \"%.*s\"'",
                TEXT_FMT(label), TEXT_FMT(name), TEXT_FMT(title), TEXT_FMT(name),
                TEXT_FMT(title));
}

static bool fits(const struct row *change, const struct row *prompt, text label,
                 const struct row *version)
{
    const struct value *value = change->value;
    return value_as_int(value[PROMPT_CHANGE_PROMPT]) == prompt->id &&
           value_as_int(value[PROMPT_CHANGE_TO_VERSION]) == version->id &&
           text_equal(value_as_text(value[PROMPT_CHANGE_LABEL]), label);
}

bool change_for_move(struct call *call, rid id, const struct row *prompt, text label,
                     const struct row *version, struct row *change)
{
    struct query query;
    if (id)
        return find_row(call, &prompt_change_record, id, change) &&
               (fits(change, prompt, label, version) ||
                fail_at(call, "change",
                        "%.*s is about another version or label: it does not let this move",
                        TEXT_FMT(row_public_id(call, &prompt_change_record, id))));
    query_init(&query, &prompt_change_record);
    query.is_descending = true;
    return (query_add(call, &query, PROMPT_CHANGE_PROMPT, FILTER_IS, value_ref(prompt->id)) &&
            query_add(call, &query, PROMPT_CHANGE_TO_VERSION, FILTER_IS, value_ref(version->id)) &&
            query_add(call, &query, PROMPT_CHANGE_LABEL, FILTER_IS, value_text(label)) &&
            query_add(call, &query, PROMPT_CHANGE_STATE, FILTER_IS, value_choice("approved")) &&
            find_first(call, &query, change)) ||
           (call->fail.kind == FAIL_NONE && fail_no_change(call, prompt, label, version));
}

/* --- may it --- */

static bool check_approvals(struct call *call, const struct row *change)
{
    struct change_approvals approvals;
    text id = row_public_id(call, &prompt_change_record, change->id);
    if (!change_is(change, "approved"))
        return fail(call, FAIL_CONFLICT, "%.*s is %.*s: only an approved change moves a label",
                    TEXT_FMT(id), TEXT_FMT(value_as_text(change->value[PROMPT_CHANGE_STATE])));
    if (!change_approvals(call, change, &approvals))
        return false;
    return approvals.is_enough ||
           fail(call, FAIL_CONFLICT,
                "%.*s was edited after it was approved, so its approvals no longer hold: "
                "%lld of %lld; 'rondo prompt-change reopen %.*s', and let %.*s approve it again",
                TEXT_FMT(id), (long long)approvals.given, (long long)approvals.needed,
                TEXT_FMT(id),
                TEXT_FMT(approvals.who_can.at ? approvals.who_can : TEXT("the council")));
}

bool change_may_deploy(struct call *call, const struct row *change, struct change_pass *pass)
{
    *pass = (struct change_pass){ .figures = TEXT_NONE };
    return check_approvals(call, change);
}

/* --- what follows --- */

static bool move_state(struct call *call, const struct row *change, const char *verb, text reason)
{
    struct row after;
    if (!row_copy(call, change, &after))
        return false;
    after.value[PROMPT_CHANGE_REASON] = value_text(reason);
    return state_move(call, &after, verb) && ledger_update(call, change, &after);
}

bool change_deployed(struct call *call, const struct row *change)
{
    return move_state(call, change, "deploy", TEXT_NONE);
}

bool change_rolled_back(struct call *call, const struct row *change)
{
    return !change_is(change, "deployed") ||
           move_state(call, change, "roll-back", TEXT("its label was rolled back"));
}
