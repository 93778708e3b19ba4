/*
 * What lets a label move to the version of a change (see change_rules.h): approvals of these very
 * contents, and the gate over each of its eval deltas as it stands now; a waiver stands in for the
 * gate and never for an approval.
 */
#include "ledger/ledger.h"
#include "ledger/state.h"
#include "rooms/prompts/change_gate.h"
#include "rooms/prompts/change_rules.h"

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
    if (!approvals.is_enough && approvals.has_risen)
        return fail(call, FAIL_CONFLICT,
                    "what %.*s is about has changed since, and by now it takes '%s': 'rondo "
                    "prompt-change reopen %.*s', and let %.*s approve it",
                    TEXT_FMT(id), risk_tier_words[approvals.tier], TEXT_FMT(id),
                    TEXT_FMT(approvals.who_can.at ? approvals.who_can : TEXT("an executive")));
    return approvals.is_enough ||
           fail(call, FAIL_CONFLICT,
                "%.*s was edited after it was approved, so its approvals no longer hold: "
                "%lld of %lld; 'rondo prompt-change reopen %.*s', and let %.*s approve it again",
                TEXT_FMT(id), (long long)approvals.given, (long long)approvals.needed,
                TEXT_FMT(id),
                TEXT_FMT(approvals.who_can.at ? approvals.who_can : TEXT("the council")));
}

/* "support: a regression: 9 cases now fail, ...; the floor ...": what the gate holds against it. */
static void write_objections(const struct gate_decision *decision, struct out *words)
{
    const struct gate_judgement *judgement = &decision->judgement;
    for (size_t i = 0; i < judgement->rule_count; i++)
        if (judgement->rule[i].verdict != GATE_PASS)
            out_format(words, "%s%.*s: %.*s", words->size ? "; " : "",
                       TEXT_FMT(decision->surface), TEXT_FMT(judgement->rule[i].sentence));
}

bool change_gate(struct call *call, const struct row *change, struct change_gate *gate)
{
    struct rows deltas;
    *gate = (struct change_gate){ .verdict = GATE_PASS };
    if (!change_deltas(call, change->id, &deltas))
        return false;
    gate->decision = call_array(call, deltas.count + 1, sizeof *gate->decision);
    if (!gate->decision)
        return false;
    for (size_t i = 0; i < deltas.count; i++) {
        struct gate_decision *decision = &gate->decision[gate->count++];
        const struct value *value = deltas.row[i].value;
        if (!gate_of_runs(call, value_as_int(value[EVAL_DELTA_BASELINE]),
                          value_as_int(value[EVAL_DELTA_CANDIDATE]), NULL, decision) ||
            !gate_waive(call, &prompt_change_record, change->id, decision))
            return false;
        if (decision->judgement.verdict > gate->verdict)
            gate->verdict = decision->judgement.verdict;
        gate->is_shut |= !gate_is_open(decision);
    }
    if (deltas.count == 0) {
        gate->verdict = GATE_COULD_NOT_MEASURE;
        gate->is_shut = true;
    }
    return true;
}

static bool fail_gate(struct call *call, const struct row *change, const struct change_gate *gate)
{
    struct out words;
    text id = row_public_id(call, &prompt_change_record, change->id);
    out_init(&words, call);
    for (size_t i = 0; i < gate->count; i++)
        if (!gate_is_open(&gate->decision[i]))
            write_objections(&gate->decision[i], &words);
    if (gate->count == 0)
        out_string(&words, "it has no eval delta");
    if (gate->verdict == GATE_COULD_NOT_MEASURE)
        return fail(call, FAIL_CONFLICT, "the gate could not measure %.*s: %.*s", TEXT_FMT(id),
                    TEXT_FMT(out_view(&words)));
    return fail(call, FAIL_CONFLICT,
                "the gate blocks %.*s: %.*s; only a waiver lets it through: 'rondo waiver add "
                "--gate %.*s'",
                TEXT_FMT(id), TEXT_FMT(out_view(&words)), TEXT_FMT(id));
}

bool change_may_deploy(struct call *call, const struct row *change, struct change_pass *pass)
{
    struct change_gate gate;
    struct json_writer writer;
    struct out figures;
    *pass = (struct change_pass){ .figures = TEXT_NONE };
    if (!check_approvals(call, change) || !change_gate(call, change, &gate))
        return false;
    if (gate.is_shut)
        return fail_gate(call, change, &gate);
    if (gate.verdict != GATE_PASS)
        pass->waiver = gate.decision[0].waiver.id;
    out_init(&figures, call);
    json_writer_init(&writer, &figures, false);
    change_gate_write_json(call, &gate, &writer);
    pass->figures = out_view(&figures);
    return pass->figures.at != NULL;
}

void change_gate_write_json(struct call *call, const struct change_gate *gate,
                            struct json_writer *writer)
{
    json_list(writer);
    for (size_t i = 0; i < gate->count; i++)
        gate_write_json(call, &gate->decision[i], writer);
    json_list_end(writer);
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
