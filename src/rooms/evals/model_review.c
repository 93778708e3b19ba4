/* See model_review.h. */
#include "rooms/evals/model_review.h"

#include "catalog/row.h"
#include "rooms/evals/evals.h"
#include "store/find.h"

static const char *const state_words[] = { "open", "decided", NULL };

#define RUN_FIELD(field_name, field_label, field_help)                                             \
    {                                                                                              \
        .name = field_name, .label = field_label, .kind = FIELD_REF, .refers = "eval_run",         \
        .flags = FIELD_BY_NAME, .help = field_help                                                 \
    }
#define PROSE_FIELD(field_name, field_label, field_help)                                           \
    {                                                                                              \
        .name = field_name, .label = field_label, .kind = FIELD_PROSE, .flags = FIELD_SEARCHED,    \
        .help = field_help                                                                         \
    }

static const struct field model_review_fields[] = {
    [MODEL_REVIEW_TITLE] = { .name = "title",
                             .label = "Title",
                             .kind = FIELD_TEXT,
                             .flags = FIELD_NEEDED | FIELD_SEARCHED,
                             .help = "What was refined, and with what." },
    [MODEL_REVIEW_SURFACE] = { .name = "surface",
                               .label = "Surface",
                               .kind = FIELD_REF,
                               .refers = "surface",
                               .flags = FIELD_NEEDED | FIELD_BY_NAME,
                               .help = "Where the model serves." },
    [MODEL_REVIEW_BASELINE] =
        RUN_FIELD("baseline", "Baseline run", "The run of the model as it was."),
    [MODEL_REVIEW_CANDIDATE] =
        RUN_FIELD("candidate", "Candidate run", "The run of the refined model."),
    [MODEL_REVIEW_RESULTS] =
        PROSE_FIELD("results", "Results", "What the comparison shows, in words."),
    [MODEL_REVIEW_DISCREPANCIES] =
        PROSE_FIELD("discrepancies", "Discrepancies", "Where it did not do what was expected."),
    [MODEL_REVIEW_ADJUSTMENTS] =
        PROSE_FIELD("adjustments", "Planned adjustments", "What is changed next."),
    [MODEL_REVIEW_INTEGRATION] = PROSE_FIELD("integration_issues", "Integration issues",
                                             "What each target system has trouble with."),
    [MODEL_REVIEW_QUESTIONS] =
        PROSE_FIELD("questions", "Questions and answers",
                    "What stakeholders asked about why it decides as it does, and the answers."),
    [MODEL_REVIEW_HELP] =
        PROSE_FIELD("help_needed", "Help asked for", "What the team needs, from whom."),
    [MODEL_REVIEW_OWNER] = { .name = "decision_owner",
                             .label = "Decision owner",
                             .kind = FIELD_REF,
                             .refers = "person",
                             .flags = FIELD_NEEDED | FIELD_BY_NAME,
                             .help = "The one person whose decision it is." },
    [MODEL_REVIEW_DELEGATE] = { .name = "delegate",
                                .label = "Delegated to",
                                .kind = FIELD_REF,
                                .refers = "person",
                                .flags = FIELD_BY_NAME,
                                .help = "Who may decide in the owner's place; named by the "
                                        "owner alone." },
    [MODEL_REVIEW_DECISION] =
        PROSE_FIELD("decision", "Decision", "What is done with the model, and why."),
    [MODEL_REVIEW_STATE] = { .name = "state",
                             .label = "State",
                             .kind = FIELD_CHOICE,
                             .flags = FIELD_NEEDED,
                             .choices = state_words,
                             .fallback = "open",
                             .help = "Where it stands." },
};

static rid person_of(const struct row *row, enum model_review_field field)
{
    return value_is_null(row->value[field]) ? 0 : value_as_int(row->value[field]);
}

static text owner_name(struct call *call, const struct row *row)
{
    return find_title(call, catalog_record(call->catalog, TEXT("person")),
                      person_of(row, MODEL_REVIEW_OWNER));
}

/* Whoever decides may also take it back, and nobody else. */
static bool guard_decider(struct call *call, const struct row *row)
{
    rid actor = call->actor.person;
    return actor == person_of(row, MODEL_REVIEW_OWNER) ||
           actor == person_of(row, MODEL_REVIEW_DELEGATE) ||
           fail(call, FAIL_CONFLICT, "who decides is %.*s: ask for it, or have it delegated to you",
                TEXT_FMT(owner_name(call, row)));
}

static bool guard_decide(struct call *call, const struct row *row)
{
    if (!guard_decider(call, row))
        return false;
    if (value_is_null(row->value[MODEL_REVIEW_DECISION]) ||
        text_trim(value_as_text(row->value[MODEL_REVIEW_DECISION])).size == 0)
        return fail_at(call, "decision",
                       "there is no decision yet: write down what is done and why");
    return true;
}

static const struct transition model_review_states[] = {
    { "open", "decided", "decide", 0, guard_decide, UNDO_COUNTER },
    { "decided", "open", "reopen", 0, guard_decider, UNDO_COUNTER },
    { 0 },
};

static bool check_run(struct call *call, const struct row *review, enum model_review_field field)
{
    struct row run;
    rid surface = value_as_int(review->value[MODEL_REVIEW_SURFACE]);
    if (value_is_null(review->value[field]))
        return true;
    if (!find_row(call, &eval_run_record, value_as_int(review->value[field]), &run))
        return false;
    rid measured = value_as_int(run.value[EVAL_RUN_SURFACE]);
    return measured == surface ||
           fail_at(call, model_review_record.field[field].name,
                   "run %.*s is of surface '%.*s', not of '%.*s': choose one of its own",
                   TEXT_FMT(row_public_id(call, &eval_run_record, run.id)),
                   TEXT_FMT(find_title(call, &surface_record, measured)),
                   TEXT_FMT(find_title(call, &surface_record, surface)));
}

/* Two runs of the surface, or one, or none yet: a run held against itself says nothing. */
static bool check_runs(struct call *call, const struct row *review)
{
    struct value baseline = review->value[MODEL_REVIEW_BASELINE];
    if (!value_is_null(baseline) && value_equal(baseline, review->value[MODEL_REVIEW_CANDIDATE]))
        return fail_at(call, "candidate",
                       "the candidate is the baseline itself: name the run of the refined model");
    return check_run(call, review, MODEL_REVIEW_BASELINE) &&
           check_run(call, review, MODEL_REVIEW_CANDIDATE);
}

static bool runs_changed(const struct row *before, const struct row *after)
{
    static const enum model_review_field fields[] = { MODEL_REVIEW_SURFACE, MODEL_REVIEW_BASELINE,
                                                      MODEL_REVIEW_CANDIDATE };
    bool changed = before == NULL;
    for (size_t i = 0; !changed && i < sizeof fields / sizeof *fields; i++)
        changed = !value_equal(before->value[fields[i]], after->value[fields[i]]);
    return changed;
}

/* Who decides is the owner's to say, and what was decided stays as it was said. */
static bool model_review_check(struct call *call, const struct row *before, const struct row *after)
{
    if (runs_changed(before, after) && !check_runs(call, after))
        return false;
    if (!before)
        return person_of(after, MODEL_REVIEW_DELEGATE) == 0 ||
               call->actor.person == person_of(after, MODEL_REVIEW_OWNER) ||
               fail_at(call, "delegate", "only %.*s can delegate the decision",
                       TEXT_FMT(owner_name(call, after)));
    bool is_owner = call->actor.person == person_of(before, MODEL_REVIEW_OWNER);
    bool is_handed_on =
        person_of(before, MODEL_REVIEW_OWNER) != person_of(after, MODEL_REVIEW_OWNER) ||
        person_of(before, MODEL_REVIEW_DELEGATE) != person_of(after, MODEL_REVIEW_DELEGATE);
    if (is_handed_on && !is_owner)
        return fail_at(call, "delegate", "only %.*s can hand the decision on",
                       TEXT_FMT(owner_name(call, before)));
    bool is_decided = text_is(value_as_text(before->value[MODEL_REVIEW_STATE]), "decided") &&
                      text_is(value_as_text(after->value[MODEL_REVIEW_STATE]), "decided");
    if (is_decided &&
        !value_equal(before->value[MODEL_REVIEW_DECISION], after->value[MODEL_REVIEW_DECISION]))
        return fail_at(call, "decision", "the decision was made: reopen the review to change it");
    return true;
}

static const char *const model_review_listed[] = { "surface",   "state",    "decision_owner",
                                                   "candidate", "delegate", NULL };

const struct record model_review_record = {
    .name = "model_review",
    .plural = "model_reviews",
    .prefix = "MOR",
    .label = "model review",
    .help = "The review of a refined model, with the one person who decides.",
    .field = model_review_fields,
    .field_count = sizeof model_review_fields / sizeof model_review_fields[0],
    .title = MODEL_REVIEW_TITLE,
    .state = MODEL_REVIEW_STATE,
    .states = model_review_states,
    .listed = model_review_listed,
    .check = model_review_check,
};
