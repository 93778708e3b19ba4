/* States and transitions: which verbs are possible, who may use them, what they need. */
#include "ledger/state.h"

#include "base/out.h"

static bool leads_from(const struct transition *transition, text state)
{
    return transition->from[0] == '\0' || text_is(state, transition->from);
}

text state_of(const struct row *row)
{
    return value_as_text(row->value[row->record->state]);
}

static text possible_verbs(struct call *call, const struct record *record, text state)
{
    struct out words;
    out_init(&words, call);
    for (const struct transition *transition = record->states; transition->verb; transition++)
        if (leads_from(transition, state))
            out_format(&words, "%s'%s'", words.size ? ", " : "", transition->verb);
    return words.size ? out_view(&words) : TEXT("nothing");
}

static bool fail_transition(struct call *call, const struct row *row, text state, const char *verb)
{
    text id = row_public_id(call, row->record, row->id);
    text verbs = possible_verbs(call, row->record, state);
    return fail(call, FAIL_CONFLICT,
                "'%s' is not possible for %.*s, which is %.*s: possible now is %.*s", verb,
                TEXT_FMT(id), TEXT_FMT(state), TEXT_FMT(verbs));
}

bool state_move(struct call *call, struct row *row, const char *verb)
{
    text state = state_of(row);
    for (const struct transition *transition = row->record->states; transition->verb; transition++)
        if (strcmp(transition->verb, verb) == 0 && leads_from(transition, state)) {
            row->value[row->record->state] = value_choice(transition->to);
            return true;
        }
    return fail_transition(call, row, state, verb);
}

const struct transition *state_transition(const struct record *record, text from, text to)
{
    for (const struct transition *transition = record->states; transition && transition->verb;
         transition++)
        if (leads_from(transition, from) && text_is(to, transition->to))
            return transition;
    return NULL;
}

unsigned role_held(const struct call *call, const struct row *row)
{
    const struct actor *actor = &call->actor;
    int field = record_field(row->record, TEXT("team"));
    rid team = field < 0 ? 0 : value_as_int(row->value[field]);
    unsigned held = team ? 0 : actor->roles & (ROLE_MEMBER | ROLE_ROBOT);
    for (size_t i = 0; i < actor->team_count; i++)
        if (actor->team[i].team == 0 || actor->team[i].team == team)
            held |= actor->team[i].roles;
    return held;
}

static bool transition_check(struct call *call, const struct transition *transition,
                             const struct row *before, const struct row *after)
{
    if (transition->roles && !(role_held(call, before) & transition->roles) && !call->all_rows)
        return fail(call, FAIL_FORBIDDEN, "'%s' needs the role '%s', which %.*s does not have",
                    transition->verb, role_words(transition->roles), TEXT_FMT(call->actor.name));
    return !transition->guard || transition->guard(call, after);
}

bool state_check(struct call *call, const struct row *before, const struct row *after)
{
    if (!after->record->states || text_equal(state_of(before), state_of(after)))
        return true;
    text to = state_of(after);
    const struct transition *transition = state_transition(after->record, state_of(before), to);
    if (!transition) {
        text words = call_format(call, "to %.*s", TEXT_FMT(to));
        return words.at && fail_transition(call, before, state_of(before), words.at);
    }
    return transition_check(call, transition, before, after);
}

/* What comes from elsewhere, or is put back, keeps its state. */
static bool may_begin_anywhere(const struct call *call)
{
    return call->all_rows || call->door == DOOR_IMPORT;
}

bool state_check_new(struct call *call, const struct row *row)
{
    const struct record *record = row->record;
    if (!record->states || may_begin_anywhere(call))
        return true;
    text state = state_of(row), first = text_of(record->field[record->state].fallback);
    if (text_equal(state, first))
        return true;
    for (const struct transition *transition = record->states; transition->verb; transition++)
        if (transition->from[0] == '\0' && text_is(state, transition->to))
            return transition_check(call, transition, row, row);
    return fail_at(call, record->field[record->state].name,
                   "a new %s cannot be '%.*s': it begins as '%.*s'", record->label, TEXT_FMT(state),
                   TEXT_FMT(first));
}

static const struct {
    enum role role;
    const char *word;
} role_table[] = {
    { ROLE_VIEWER, "viewer" },       { ROLE_MEMBER, "member" }, { ROLE_COUNCIL, "council" },
    { ROLE_EXECUTIVE, "executive" }, { ROLE_OWNER, "owner" },   { ROLE_ROBOT, "robot" },
};

const char *role_words(unsigned roles)
{
    for (size_t i = 0; i < sizeof role_table / sizeof role_table[0]; i++)
        if (roles & role_table[i].role)
            return role_table[i].word;
    return "none";
}

bool role_read(text word, unsigned *role)
{
    for (size_t i = 0; i < sizeof role_table / sizeof role_table[0]; i++)
        if (text_is(word, role_table[i].word)) {
            *role = role_table[i].role;
            return true;
        }
    return false;
}
