/* Room knowledge: its noun. */
#include "base/stamp.h"
#include "ledger/link.h"
#include "rooms/knowledge/knowledge.h"
#include "rooms/people/people.h"
#include "store/find.h"

static const char *const state_words[] = { "proposed",   "accepted",   "rejected",
                                           "deprecated", "superseded", NULL };

#define PROSE_FIELD(field_name, field_label, field_help)                                           \
    {                                                                                              \
        .name = field_name, .label = field_label, .kind = FIELD_PROSE, .flags = FIELD_SEARCHED,    \
        .help = field_help                                                                         \
    }

static const struct field decision_fields[] = {
    [DECISION_NUMBER] = { .name = "number",
                          .label = "Number",
                          .kind = FIELD_INT,
                          .flags = FIELD_UNIQUE | FIELD_COUNTED,
                          .help = "Its number among the decisions, which is never given twice." },
    [DECISION_TITLE] = { .name = "title",
                         .label = "Title",
                         .kind = FIELD_TEXT,
                         .flags = FIELD_NEEDED | FIELD_SEARCHED,
                         .help = "What is decided, in a few words." },
    [DECISION_STATE] = { .name = "state",
                         .label = "State",
                         .kind = FIELD_CHOICE,
                         .choices = state_words,
                         .flags = FIELD_NEEDED,
                         .fallback = "proposed",
                         .help = "Where it stands." },
    [DECISION_OWNER] = { .name = "owner",
                         .label = "Owner",
                         .kind = FIELD_REF,
                         .refers = "person",
                         .flags = FIELD_BY_NAME,
                         .help = "The one person who answers for it and looks at it again." },
    [DECISION_CONTEXT] = PROSE_FIELD("context", "Context", "What made a decision necessary."),
    [DECISION_OPTIONS] =
        PROSE_FIELD("options", "Options considered", "What else could have been done."),
    [DECISION_DECISION] = PROSE_FIELD("decision", "Decision", "What is done, and why that."),
    [DECISION_CONSEQUENCES] =
        PROSE_FIELD("consequences", "Consequences", "What becomes easier, and what harder."),
    [DECISION_DECIDED] = { .name = "decided",
                           .label = "Decided",
                           .kind = FIELD_DATE,
                           .help = "The day of the decision; without one, that of accepting or "
                                   "rejecting it." },
    [DECISION_REVISIT] = { .name = "revisit",
                           .label = "Revisit",
                           .kind = FIELD_DATE,
                           .flags = FIELD_INDEXED,
                           .help = "The day on which its owner records how it turned out." },
    [DECISION_OUTCOME] = PROSE_FIELD("outcome", "Outcome", "How it turned out."),
    [DECISION_OUTCOME_RECORDED] = { .name = "outcome_recorded",
                                    .label = "Outcome recorded",
                                    .kind = FIELD_DATE,
                                    .flags = FIELD_COUNTED,
                                    .help = "The day on which the outcome was written down." },
    [DECISION_MORE] =
        PROSE_FIELD("more", "More", "Further sections, each under a heading of its own."),
    [DECISION_FRONT_MATTER] = { .name = "front_matter",
                                .label = "Front matter",
                                .kind = FIELD_PROSE,
                                .flags = FIELD_COUNTED,
                                .help = "What the file it came from says at its head beside all "
                                        "this." },
};

bool decision_day(struct call *call, stamp at, int64_t *day)
{
    int seconds;
    if (!zone_offset(call, call->workspace_zone, at, &seconds))
        return false;
    stamp local = at + seconds * STAMP_SECOND;
    *day = local / STAMP_DAY - (local % STAMP_DAY < 0);
    return true;
}

bool decision_is(const struct row *decision, const char *state)
{
    return text_is(value_as_text(decision->value[DECISION_STATE]), state);
}

/* --- states --- */

static const int accepting_needs[] = { DECISION_OWNER, DECISION_OPTIONS, -1 };

/* What was decided elsewhere was decided: its file comes in as it is. */
static bool guard_accept(struct call *call, const struct row *row)
{
    return call->door == DOOR_IMPORT ||
           row_require(call, row, accepting_needs, "to accept a decision");
}

static bool guard_supersede(struct call *call, const struct row *row)
{
    struct link *link;
    size_t count;
    if (call->door == DOOR_IMPORT)
        return true;
    if (!link_list(call, &decision_record, row->id, &link, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct row newer;
        if (link[i].is_from || link[i].record != &decision_record ||
            !text_is(value_as_text(link[i].row.value[LINK_KIND]), "supersedes"))
            continue;
        if (!find_row(call, &decision_record, link[i].id, &newer))
            return false;
        if (decision_is(&newer, "accepted"))
            return true;
    }
    text id = row_public_id(call, &decision_record, row->id);
    return fail(call, FAIL_CONFLICT,
                "say which decision supersedes %.*s: 'rondo decision supersede %.*s --by DEC-9', "
                "or {\"by\": \"DEC-9\"} with the verb",
                TEXT_FMT(id), TEXT_FMT(id));
}

static const struct transition decision_states[] = {
    { "proposed", "accepted", "accept", 0, guard_accept, UNDO_YES },
    { "proposed", "rejected", "reject", 0, NULL, UNDO_YES },
    { "rejected", "proposed", "reopen", 0, NULL, UNDO_YES },
    { "accepted", "deprecated", "deprecate", 0, NULL, UNDO_YES },
    { "proposed", "superseded", "supersede", 0, guard_supersede, UNDO_YES },
    { "accepted", "superseded", "supersede", 0, guard_supersede, UNDO_YES },
    { "deprecated", "superseded", "supersede", 0, guard_supersede, UNDO_YES },
    { 0 },
};

/* --- checks --- */

static bool says_something(struct value value)
{
    return !value_is_null(value) && text_trim(value_as_text(value)).size > 0;
}

/* One more than the greatest there ever was: what was dropped keeps its number. */
static bool next_number(struct call *call, struct value *number)
{
    struct query query;
    struct row last;
    query_init(&query, &decision_record);
    query.with_archived = true;
    query.sort = DECISION_NUMBER;
    query.is_descending = true;
    bool is_found = query_add(call, &query, DECISION_NUMBER, FILTER_IS_NOT, VALUE_NONE) &&
                    find_first(call, &query, &last);
    *number = value_int(is_found ? value_as_int(last.value[DECISION_NUMBER]) + 1 : 1);
    return call->fail.kind == FAIL_NONE;
}

static bool check_kept(struct call *call, const struct row *before, const struct row *after)
{
    if (!decision_is(before, "accepted") || !decision_is(after, "accepted"))
        return true;
    for (const int *field = accepting_needs; *field >= 0; field++) {
        bool was_empty = value_is_null(before->value[*field]);
        bool is_text = after->value[*field].kind == VALUE_TEXT;
        if (!was_empty && (value_is_null(after->value[*field]) ||
                           (is_text && !says_something(after->value[*field]))))
            return fail_at(call, after->record->field[*field].name,
                           "an accepted decision keeps its '%s': give another one",
                           after->record->field[*field].name);
    }
    return true;
}

/* The day that came with the verb, else today. */
static bool set_decided(struct call *call, const struct row *before, struct row *after)
{
    int64_t today;
    bool is_decided = decision_is(before, "proposed") &&
                      (decision_is(after, "accepted") || decision_is(after, "rejected"));
    if (!is_decided || call->door == DOOR_IMPORT ||
        !value_equal(before->value[DECISION_DECIDED], after->value[DECISION_DECIDED]))
        return true;
    if (!decision_day(call, call->now, &today))
        return false;
    after->value[DECISION_DECIDED] = value_int(today);
    return true;
}

/* A new outcome is of today; a file may bring its day along. */
static bool set_recorded(struct call *call, const struct row *before, struct row *after)
{
    int64_t today;
    struct value was = before ? before->value[DECISION_OUTCOME] : VALUE_NONE,
                 day = before ? before->value[DECISION_OUTCOME_RECORDED] : VALUE_NONE;
    bool is_given = call->door == DOOR_IMPORT &&
                    !value_equal(day, after->value[DECISION_OUTCOME_RECORDED]);
    if (is_given || value_equal(was, after->value[DECISION_OUTCOME]))
        return true;
    if (!decision_day(call, call->now, &today))
        return false;
    after->value[DECISION_OUTCOME_RECORDED] = value_int(today);
    return true;
}

static bool decision_settle(struct call *call, const struct row *before, struct row *after)
{
    if (!before && value_is_null(after->value[DECISION_NUMBER]) &&
        !next_number(call, &after->value[DECISION_NUMBER]))
        return false;
    return (!before || set_decided(call, before, after)) && set_recorded(call, before, after);
}

static bool check_outcome(struct call *call, const struct row *before, const struct row *after)
{
    struct value was = before ? before->value[DECISION_OUTCOME] : VALUE_NONE,
                 is = after->value[DECISION_OUTCOME];
    if (value_equal(was, is))
        return true;
    if (!says_something(is))
        return fail_at(call, "outcome", "an outcome says how it turned out: write a sentence");
    bool was_never_done = decision_is(after, "proposed") || decision_is(after, "rejected");
    return call->door == DOOR_IMPORT || !was_never_done ||
           fail_at(call, "outcome",
                   "there is no outcome of what was never done: the decision is %.*s",
                   TEXT_FMT(value_as_text(after->value[DECISION_STATE])));
}

/* Who answers for what still holds, or may come to hold. */
static bool warn_away(struct call *call, const struct row *before, const struct row *after)
{
    struct value owner = after->value[DECISION_OWNER];
    bool is_same = before && value_equal(before->value[DECISION_OWNER], owner);
    bool is_live = decision_is(after, "proposed") || decision_is(after, "accepted");
    return value_is_null(owner) || is_same || !is_live ||
           people_warn_away(call, value_as_int(owner), VALUE_NONE);
}

static bool decision_check(struct call *call, const struct row *before, const struct row *after)
{
    return (!before || check_kept(call, before, after)) && check_outcome(call, before, after) &&
           warn_away(call, before, after);
}

static const char *const decision_listed[] = { "state",   "owner",  "decided",
                                               "revisit", "number", NULL };

const struct record decision_record = {
    .name = "decision",
    .plural = "decisions",
    .prefix = "DEC",
    .label = "decision",
    .help = "What was decided, and why: 'rondo decision add --title TITLE', or 'rondo decision "
            "import FILE'.",
    .field = decision_fields,
    .field_count = sizeof decision_fields / sizeof decision_fields[0],
    .title = DECISION_TITLE,
    .state = DECISION_STATE,
    .states = decision_states,
    .listed = decision_listed,
    .check = decision_check,
    .settle = decision_settle,
    .is_learned_from = true,
};
