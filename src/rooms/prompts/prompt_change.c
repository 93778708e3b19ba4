/*
 * Room prompts: the change request. A draft may lack anything and is always saved; in review it has
 * its artifacts. What the council says is moved by the verbs of change_rules.c, which write who
 * said it; the guards here let no other way through.
 */
#include "rooms/people/people.h"
#include "rooms/prompts/change_rules.h"
#include "rooms/prompts/label_move.h"
#include "rooms/prompts/prompts.h"
#include "rooms/prompts/risk_rule.h"
#include "store/find.h"

static const char *const state_words[] = { "draft",    "in_review",   "changes_requested",
                                           "deferred", "approved",    "deployed",
                                           "rejected", "rolled_back", "withdrawn", NULL };
static const char *const raised_words[] = { "council", "executive", NULL };

static const struct field change_fields[] = {
    [PROMPT_CHANGE_TITLE] = { .name = "title",
                              .label = "Title",
                              .kind = FIELD_TEXT,
                              .flags = FIELD_COUNTED | FIELD_SEARCHED,
                              .help = "The version, and where it is to be served." },
    [PROMPT_CHANGE_PROMPT] = { .name = "prompt",
                               .label = "Prompt",
                               .kind = FIELD_REF,
                               .refers = "prompt",
                               .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_BY_NAME | FIELD_INDEXED,
                               .help = "Which prompt." },
    [PROMPT_CHANGE_STATE] = { .name = "state",
                              .label = "State",
                              .kind = FIELD_CHOICE,
                              .choices = state_words,
                              .flags = FIELD_NEEDED | FIELD_INDEXED,
                              .fallback = "draft",
                              .help = "Where it stands." },
    [PROMPT_CHANGE_LABEL] = { .name = "label",
                              .label = "Label",
                              .kind = FIELD_TEXT,
                              .flags = FIELD_NEEDED,
                              .fallback = "production",
                              .max = 100,
                              .help = "Which label is to move." },
    [PROMPT_CHANGE_FROM_VERSION] = { .name = "from_version",
                                     .label = "From version",
                                     .kind = FIELD_REF,
                                     .refers = "prompt_version",
                                     .flags = FIELD_BY_NAME,
                                     .help = "What is served now; none given: what the label "
                                             "carries." },
    [PROMPT_CHANGE_TO_VERSION] = { .name = "to_version",
                                   .label = "To version",
                                   .kind = FIELD_REF,
                                   .refers = "prompt_version",
                                   .flags = FIELD_NEEDED | FIELD_BY_NAME,
                                   .help = "What is to be served." },
    [PROMPT_CHANGE_SURFACES] = { .name = "surfaces",
                                 .label = "Surfaces",
                                 .kind = FIELD_REFS,
                                 .refers = "surface",
                                 .flags = FIELD_BY_NAME,
                                 .help = "Where users will meet it; none given: the prompt's." },
    [PROMPT_CHANGE_WHY] = { .name = "why",
                            .label = "Why",
                            .kind = FIELD_PROSE,
                            .flags = FIELD_SEARCHED,
                            .help = "What it is for." },
    [PROMPT_CHANGE_EXPECTED_IMPACT] = { .name = "expected_impact",
                                        .label = "Expected user impact",
                                        .kind = FIELD_PROSE,
                                        .flags = FIELD_SEARCHED,
                                        .help = "What users will notice; it is held against what "
                                                "happened two weeks later." },
    [PROMPT_CHANGE_ROLLBACK_PLAN] = { .name = "rollback_plan",
                                      .label = "Rollback plan",
                                      .kind = FIELD_PROSE,
                                      .flags = FIELD_SEARCHED,
                                      .help = "Who does what to go back, and how one sees that it "
                                              "worked." },
    [PROMPT_CHANGE_URGENT] = { .name = "urgent",
                               .label = "Urgent",
                               .kind = FIELD_BOOL,
                               .fallback = "false",
                               .help = "It cannot wait for the council: an executive alone may "
                                       "approve it, and the next council looks at it." },
    [PROMPT_CHANGE_RAISED_TIER] = { .name = "raised_tier",
                                    .label = "Raised to",
                                    .kind = FIELD_CHOICE,
                                    .choices = raised_words,
                                    .help = "A stricter tier than the rules say." },
    [PROMPT_CHANGE_AUTHOR] = { .name = "author",
                               .label = "Author",
                               .kind = FIELD_REF,
                               .refers = "person",
                               .flags = FIELD_COUNTED | FIELD_BY_NAME,
                               .help = "Who asks for it." },
    [PROMPT_CHANGE_SUBMITTED] = { .name = "submitted",
                                  .label = "Submitted",
                                  .kind = FIELD_STAMP,
                                  .flags = FIELD_COUNTED | FIELD_INDEXED,
                                  .help = "When it came into review." },
    [PROMPT_CHANGE_TIER] = { .name = "tier",
                             .label = "Tier",
                             .kind = FIELD_CHOICE,
                             .choices = risk_tier_words,
                             .flags = FIELD_COUNTED,
                             .help = "Who approves, by the risk rules." },
    [PROMPT_CHANGE_TIER_REASON] = { .name = "tier_reason",
                                    .label = "Tier, because",
                                    .kind = FIELD_TEXT,
                                    .flags = FIELD_COUNTED,
                                    .help = "The rule that says so." },
    [PROMPT_CHANGE_REASON] = { .name = "reason",
                               .label = "Reason",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_COUNTED | FIELD_SEARCHED,
                               .help = "What was said when it came to this state." },
    [PROMPT_CHANGE_DEFERRED_TO] = { .name = "deferred_to",
                                    .label = "Deferred to",
                                    .kind = FIELD_DATE,
                                    .flags = FIELD_COUNTED,
                                    .help = "The day from which it is on the agenda again." },
    [PROMPT_CHANGE_TEAM] = PROMPT_TEAM_FIELD,
};

bool change_is(const struct row *change, const char *state)
{
    return text_is(value_as_text(change->value[PROMPT_CHANGE_STATE]), state);
}

/* --- states --- */

static const struct transition change_states[] = {
    { "draft", "in_review", "submit", 0, change_guard_submit, UNDO_YES },
    { "changes_requested", "in_review", "submit", 0, change_guard_submit, UNDO_YES },
    { "deferred", "in_review", "resume", 0, change_guard_submit, UNDO_YES },
    { "rejected", "draft", "reopen", 0, NULL, UNDO_YES },
    { "withdrawn", "draft", "reopen", 0, NULL, UNDO_YES },
    { "approved", "in_review", "reopen", 0, NULL, UNDO_YES },
    { "draft", "withdrawn", "withdraw", 0, NULL, UNDO_YES },
    { "in_review", "withdrawn", "withdraw", 0, NULL, UNDO_YES },
    { "changes_requested", "withdrawn", "withdraw", 0, NULL, UNDO_YES },
    { "deferred", "withdrawn", "withdraw", 0, NULL, UNDO_YES },
    { "approved", "withdrawn", "withdraw", 0, NULL, UNDO_YES },
    { "in_review", "approved", "approve", 0, change_guard_approved, UNDO_COUNTER },
    { "deferred", "approved", "approve", 0, change_guard_approved, UNDO_COUNTER },
    { "in_review", "changes_requested", "request-changes", 0, change_guard_said, UNDO_COUNTER },
    { "deferred", "changes_requested", "request-changes", 0, change_guard_said, UNDO_COUNTER },
    { "approved", "changes_requested", "request-changes", 0, change_guard_said, UNDO_COUNTER },
    { "in_review", "deferred", "defer", 0, change_guard_said, UNDO_COUNTER },
    { "in_review", "rejected", "reject", 0, change_guard_said, UNDO_COUNTER },
    { "deferred", "rejected", "reject", 0, change_guard_said, UNDO_COUNTER },
    { "approved", "deployed", "deploy", 0, change_guard_moved, UNDO_NO },
    { "deployed", "rolled_back", "roll-back", 0, change_guard_moved, UNDO_NO },
    { 0 },
};

/* --- what the program fills in --- */

static bool settle_begin(struct call *call, struct row *after, const struct row *prompt)
{
    struct row label;
    bool has;
    struct value *value = after->value;
    value[PROMPT_CHANGE_AUTHOR] = value_ref(call->actor.person);
    value[PROMPT_CHANGE_TEAM] = prompt->value[PROMPT_TEAM];
    if (value_is_null(value[PROMPT_CHANGE_SURFACES]))
        value[PROMPT_CHANGE_SURFACES] = prompt->value[PROMPT_SURFACES];
    if (!value_is_null(value[PROMPT_CHANGE_FROM_VERSION]))
        return true;
    if (!label_find(call, prompt->id, value_as_text(value[PROMPT_CHANGE_LABEL]), &has, &label))
        return false;
    if (has)
        value[PROMPT_CHANGE_FROM_VERSION] = label.value[PROMPT_LABEL_VERSION];
    return true;
}

static bool settle_tier(struct call *call, struct row *after, const struct row *prompt)
{
    struct risk risk;
    struct value *value = after->value;
    struct risk_ask ask = risk_ask_of(prompt, value_as_text(value[PROMPT_CHANGE_LABEL]),
                                      value[PROMPT_CHANGE_SURFACES]);
    text raised = value_as_text(value[PROMPT_CHANGE_RAISED_TIER]);
    if (!risk_of(call, &ask, &risk))
        return false;
    bool is_raised = raised.at && (risk.tier == TIER_SELF ||
                                   text_is(raised, risk_tier_words[TIER_EXECUTIVE]));
    is_raised &= !text_is(raised, risk_tier_words[risk.tier]);
    value[PROMPT_CHANGE_TIER] =
        is_raised ? value_text(raised) : value_choice(risk_tier_words[risk.tier]);
    value[PROMPT_CHANGE_TIER_REASON] = value_text(is_raised ? TEXT("raised by hand") : risk.rule);
    return true;
}

static bool settle_title(struct call *call, struct row *after)
{
    text to = find_title(call, &prompt_version_record,
                         value_as_int(after->value[PROMPT_CHANGE_TO_VERSION]));
    after->value[PROMPT_CHANGE_TITLE] =
        value_text(call_format(call, "%.*s to %.*s", TEXT_FMT(to),
                               TEXT_FMT(value_as_text(after->value[PROMPT_CHANGE_LABEL]))));
    return call->fail.kind == FAIL_NONE;
}

static bool change_settle(struct call *call, const struct row *before, struct row *after)
{
    struct row prompt;
    rid id = value_as_int(after->value[PROMPT_CHANGE_PROMPT]);
    if (!id)
        return true; /* refused by the check of what is needed */
    if (!find_row(call, &prompt_record, id, &prompt) ||
        (!before && !settle_begin(call, after, &prompt)) || !settle_tier(call, after, &prompt))
        return false;
    bool came_in = change_is(after, "in_review") && before && !change_is(before, "in_review");
    if (came_in && !change_is(before, "deferred"))
        after->value[PROMPT_CHANGE_SUBMITTED] = value_stamp(call->now);
    return settle_title(call, after);
}

/* --- checks --- */

static bool check_version(struct call *call, const struct row *after,
                          enum prompt_change_field field)
{
    struct row version;
    rid id = value_as_int(after->value[field]);
    if (!id)
        return true;
    if (!find_row(call, &prompt_version_record, id, &version))
        return false;
    return value_equal(version.value[PROMPT_VERSION_PROMPT], after->value[PROMPT_CHANGE_PROMPT]) ||
           fail_at(call, after->record->field[field].name, "%.*s is a version of another prompt",
                   TEXT_FMT(row_title(call, &version)));
}

/* What was asked of a council stays what the rules and people raised it to. */
static bool check_raised(struct call *call, const struct row *before, const struct row *after)
{
    text was = value_as_text(before->value[PROMPT_CHANGE_RAISED_TIER]),
         is = value_as_text(after->value[PROMPT_CHANGE_RAISED_TIER]);
    bool is_lower = was.at && !text_equal(was, is) && !text_is(is, "executive");
    bool is_author = value_as_int(after->value[PROMPT_CHANGE_AUTHOR]) == call->actor.person;
    return !is_lower || !is_author || change_is(before, "draft") ||
           fail(call, FAIL_FORBIDDEN,
                "the author does not lower the tier of a change: somebody of the council may");
}

static bool check_settled(struct call *call, const struct row *before, const struct row *after)
{
    if (!change_is(before, "deployed") && !change_is(before, "rolled_back"))
        return true;
    for (size_t i = 0; i < after->record->field_count; i++)
        if (i != PROMPT_CHANGE_STATE && i != PROMPT_CHANGE_REASON &&
            !value_equal(before->value[i], after->value[i]) &&
            !(after->record->field[i].flags & FIELD_COUNTED))
            return fail_at(call, after->record->field[i].name,
                           "what was deployed stays as it was approved: make a new change request");
    return true;
}

/* Whoever asks is told which of those who are asked, by this or by a stricter tier, are away. */
static bool warn_away(struct call *call, const struct row *before, const struct row *after)
{
    text tier = value_as_text(after->value[PROMPT_CHANGE_TIER]);
    bool is_same = before && change_is(before, "in_review") &&
                   value_equal(before->value[PROMPT_CHANGE_TIER], after->value[PROMPT_CHANGE_TIER]);
    if (!change_is(after, "in_review") || is_same || text_is(tier, risk_tier_words[TIER_SELF]))
        return true;
    return people_warn_role_away(
        call, text_is(tier, risk_tier_words[TIER_EXECUTIVE]) ? ROLE_EXECUTIVE : ROLE_COUNCIL,
        value_as_int(after->value[PROMPT_CHANGE_AUTHOR]));
}

static bool change_check(struct call *call, const struct row *before, const struct row *after)
{
    if (value_equal(after->value[PROMPT_CHANGE_FROM_VERSION],
                    after->value[PROMPT_CHANGE_TO_VERSION]))
        return fail_at(call, "to_version",
                       "from and to are the same version: there is nothing to change");
    return check_version(call, after, PROMPT_CHANGE_FROM_VERSION) &&
           check_version(call, after, PROMPT_CHANGE_TO_VERSION) &&
           (!before || (check_raised(call, before, after) && check_settled(call, before, after))) &&
           warn_away(call, before, after);
}

static const char *const change_listed[] = { "state",  "tier",      "author", "urgent",
                                             "label",  "submitted", "surfaces", NULL };

const struct record prompt_change_record = {
    .name = "prompt_change",
    .plural = "prompt_changes",
    .prefix = "PCR",
    .label = "change request",
    .help = "A version that is to be served: 'rondo prompt-change add --prompt NAME --to-version "
            "\"NAME 4\"'; in review it has eval delta, expected impact and rollback plan.",
    .field = change_fields,
    .field_count = sizeof change_fields / sizeof change_fields[0],
    .title = PROMPT_CHANGE_TITLE,
    .state = PROMPT_CHANGE_STATE,
    .states = change_states,
    .listed = change_listed,
    .check = change_check,
    .settle = change_settle,
    .writers = ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};
