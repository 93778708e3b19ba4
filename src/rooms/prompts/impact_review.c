/* See impact_review.h. */
#include "rooms/prompts/impact_review.h"

#include "base/stamp.h"
#include "rooms/prompts/change_rules.h"
#include "store/find.h"

const char *const impact_score_words[] = { "hit", "partly", "missed", "unknown", NULL };

static const struct field impact_fields[] = {
    [IMPACT_REVIEW_ACTUAL] = { .name = "actual",
                               .label = "What happened",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_NEEDED | FIELD_SEARCHED,
                               .help = "What users noticed, with its figures." },
    [IMPACT_REVIEW_CHANGE] = { .name = "prompt_change",
                               .label = "Change request",
                               .kind = FIELD_REF,
                               .refers = "prompt_change",
                               .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_UNIQUE,
                               .help = "Which change." },
    [IMPACT_REVIEW_SCORE] = { .name = "score",
                              .label = "Score",
                              .kind = FIELD_CHOICE,
                              .choices = impact_score_words,
                              .flags = FIELD_NEEDED,
                              .help = "Whether it came as expected; 'unknown' when nobody can "
                                      "tell." },
    [IMPACT_REVIEW_EXPECTED] = { .name = "expected",
                                 .label = "What was expected",
                                 .kind = FIELD_PROSE,
                                 .flags = FIELD_COUNTED,
                                 .help = "The words of the change request." },
    [IMPACT_REVIEW_REVIEWER] = { .name = "reviewer",
                                 .label = "Reviewer",
                                 .kind = FIELD_REF,
                                 .refers = "person",
                                 .flags = FIELD_COUNTED | FIELD_BY_NAME,
                                 .help = "Who scored it: not the author of the change." },
};

static bool impact_settle(struct call *call, const struct row *before, struct row *after)
{
    struct row change;
    rid id = value_as_int(after->value[IMPACT_REVIEW_CHANGE]);
    if (before || !id)
        return true;
    if (!find_row(call, &prompt_change_record, id, &change))
        return false;
    after->value[IMPACT_REVIEW_EXPECTED] = change.value[PROMPT_CHANGE_EXPECTED_IMPACT];
    after->value[IMPACT_REVIEW_REVIEWER] = value_ref(call->actor.person);
    return true;
}

static bool impact_check(struct call *call, const struct row *before, const struct row *after)
{
    struct row change;
    if (!find_row(call, &prompt_change_record, value_as_int(after->value[IMPACT_REVIEW_CHANGE]),
                  &change))
        return false;
    if (value_as_int(change.value[PROMPT_CHANGE_AUTHOR]) == call->actor.person && !call->all_rows)
        return fail(call, FAIL_FORBIDDEN,
                    "whoever asked for a change does not score what it did: let somebody else");
    return before || change_is(&change, "deployed") || change_is(&change, "rolled_back") ||
           fail(call, FAIL_CONFLICT, "%.*s was never served: there is nothing to score",
                TEXT_FMT(row_public_id(call, &prompt_change_record, change.id)));
}

static const char *const impact_listed[] = { "prompt_change", "score", "reviewer", NULL };

const struct record impact_review_record = {
    .name = "impact_review",
    .plural = "impact_reviews",
    .prefix = "IMP",
    .label = "impact review",
    .help = "What a change did beside what was expected: 'rondo impact-review add --prompt-change "
            "PCR-1 --score hit --actual ...'.",
    .field = impact_fields,
    .field_count = sizeof impact_fields / sizeof impact_fields[0],
    .title = IMPACT_REVIEW_ACTUAL,
    .listed = impact_listed,
    .check = impact_check,
    .settle = impact_settle,
};

/* --- what is due --- */

bool impact_review_of(struct call *call, rid change, bool *has, struct row *review)
{
    struct query query;
    query_init(&query, &impact_review_record);
    *has = query_add(call, &query, IMPACT_REVIEW_CHANGE, FILTER_IS, value_ref(change)) &&
           find_first(call, &query, review);
    return call->fail.kind == FAIL_NONE;
}

bool impact_due_at(struct call *call, rid change, bool *was_served, stamp *due)
{
    struct query query;
    struct row move;
    query_init(&query, &deployment_record);
    query.sort = DEPLOYMENT_EFFECTIVE_AT;
    *was_served = query_add(call, &query, DEPLOYMENT_CHANGE, FILTER_IS, value_ref(change)) &&
                  query_add(call, &query, DEPLOYMENT_KIND, FILTER_IS, value_choice("deploy")) &&
                  find_first(call, &query, &move);
    if (*was_served)
        *due = value_as_int(move.value[DEPLOYMENT_EFFECTIVE_AT]) + IMPACT_AFTER_DAYS * STAMP_DAY;
    return call->fail.kind == FAIL_NONE;
}

bool impact_find_due(struct call *call, struct rows *changes, stamp **since)
{
    struct query query;
    struct rows moves;
    query_init(&query, &deployment_record);
    query.sort = DEPLOYMENT_EFFECTIVE_AT;
    *changes = (struct rows){ .count = 0 };
    if (!query_add(call, &query, DEPLOYMENT_KIND, FILTER_IS, value_choice("deploy")) ||
        !query_add(call, &query, DEPLOYMENT_CHANGE, FILTER_IS_NOT, VALUE_NONE) ||
        !query_add(call, &query, DEPLOYMENT_EFFECTIVE_AT, FILTER_AT_MOST,
                   value_stamp(call->now - IMPACT_AFTER_DAYS * STAMP_DAY)) ||
        !find_rows(call, &query, &moves))
        return false;
    changes->row = call_array(call, moves.count + 1, sizeof *changes->row);
    *since = call_array(call, moves.count + 1, sizeof **since);
    for (size_t i = 0; changes->row && *since && i < moves.count; i++) {
        rid change = value_as_int(moves.row[i].value[DEPLOYMENT_CHANGE]);
        struct row review;
        bool is_scored;
        if (!impact_review_of(call, change, &is_scored, &review))
            return false;
        if (is_scored)
            continue;
        if (!find_row(call, &prompt_change_record, change, &changes->row[changes->count]))
            return false;
        (*since)[changes->count++] = value_as_int(moves.row[i].value[DEPLOYMENT_EFFECTIVE_AT]) +
                                     IMPACT_AFTER_DAYS * STAMP_DAY;
    }
    return changes->row && *since;
}

static text words_of(struct call *call, const struct row *change)
{
    text expected = value_as_text(change->value[PROMPT_CHANGE_EXPECTED_IMPACT]);
    return call_format(call, "expected: %.*s; what happened?",
                       TEXT_FMT(text_until_character(text_trim(expected), 200)));
}

bool impact_compile(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct rows *changes = call_new(call, struct rows);
    stamp *since;
    if (!changes || !impact_find_due(call, changes, &since))
        return false;
    for (size_t i = 0; i < changes->count; i++) {
        const struct row *change = &changes->row[i];
        bool concerns;
        if (!agenda_concerns(call, ask, change, &concerns))
            return false;
        if (concerns && !agenda_add(call, agenda,
                                    (struct agenda_point){
                                        .title = row_title(call, change),
                                        .why = words_of(call, change),
                                        .record = &prompt_change_record,
                                        .row = change->id,
                                        .owner =
                                            value_as_int(change->value[PROMPT_CHANGE_AUTHOR]) }))
            return false;
    }
    return true;
}

/* Its author sees to it that somebody scores it. */
bool impact_collect(struct call *call, rid person, struct needs *needs)
{
    struct rows *changes = call_new(call, struct rows);
    stamp *since;
    if (person == 0)
        return true;
    if (!changes || !impact_find_due(call, changes, &since))
        return false;
    for (size_t i = 0; i < changes->count; i++) {
        const struct row *change = &changes->row[i];
        if (value_as_int(change->value[PROMPT_CHANGE_AUTHOR]) == person &&
            !needs_add(call, needs,
                       (struct need){ .kind = "impact",
                                      .title = row_title(call, change),
                                      .why = TEXT("two weeks are over: let somebody score what it "
                                                  "did"),
                                      .record = &prompt_change_record,
                                      .row = change->id,
                                      .due = since[i],
                                      .is_late = true }))
            return false;
    }
    return true;
}
