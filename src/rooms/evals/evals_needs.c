/*
 * Room evals: what waits for a person: flips that nobody took in time, verdicts on cases that the
 * person was asked for, and model reviews that the person decides. Each goes when it is done.
 */
#include "rooms/actions/actions.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_sources.h"
#include "rooms/evals/model_review.h"
#include "rooms/people/people.h"
#include "store/find.h"

/* --- flips that nobody took in time --- */

static bool waits_for(struct call *call, rid person, const struct row *action, bool *waits)
{
    struct row surface;
    rid id = value_as_int(action->value[ACTION_SURFACE]);
    if (id == 0)
        return people_is_member(call, person, 0, waits);
    return find_row(call, &surface_record, id, &surface) &&
           people_is_member(call, person, value_as_int(surface.value[SURFACE_TEAM]), waits);
}

static bool collect_late(struct call *call, rid person, struct needs *needs)
{
    struct query query;
    struct rows rows;
    query_init(&query, &action_record);
    if (person == 0)
        return true;
    if (!query_add(call, &query, ACTION_STATE, FILTER_IS, value_choice("open")) ||
        !query_add(call, &query, ACTION_OWNER, FILTER_IS, VALUE_NONE) ||
        !query_add(call, &query, ACTION_CASE, FILTER_IS_NOT, VALUE_NONE) ||
        !query_add(call, &query, ACTION_DUE, FILTER_LESS, value_stamp(call->now)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        bool waits;
        if (!waits_for(call, person, &rows.row[i], &waits))
            return false;
        if (waits && !needs_add(call, needs,
                                (struct need){
                                    .kind = "flip",
                                    .title = row_title(call, &rows.row[i]),
                                    .why = TEXT("nobody owns it, and its time to be taken is over"),
                                    .record = &action_record,
                                    .row = rows.row[i].id,
                                    .due = value_as_int(rows.row[i].value[ACTION_DUE]),
                                    .is_late = true }))
            return false;
    }
    return true;
}

/* --- verdicts that are asked for --- */

static bool add_asked(struct call *call, const struct row *asked, struct needs *needs)
{
    struct row run;
    if (!find_row(call, &eval_run_record, value_as_int(asked->value[HUMAN_VERDICT_RUN]), &run))
        return false;
    text id = row_public_id(call, &human_verdict_record, asked->id);
    struct need need = { .kind = "human_verdict",
                         .record = &human_verdict_record,
                         .row = asked->id,
                         .hand_on = "person" };
    need.title =
        find_title(call, &eval_case_record, value_as_int(asked->value[HUMAN_VERDICT_CASE]));
    need.why = call_format(
        call, "your verdict is asked for: '%.*s' in run '%.*s'",
        TEXT_FMT(find_title(call, &surface_record, value_as_int(run.value[EVAL_RUN_SURFACE]))),
        TEXT_FMT(value_as_text(run.value[EVAL_RUN_RUN])));
    need.link = CALL_JOIN(call, TEXT("/cases/"), id);
    return need.why.at && need.link.at && needs_add(call, needs, need);
}

/* The person's queue: rows without a verdict. */
static bool collect_asked(struct call *call, rid person, struct needs *needs)
{
    struct query query;
    struct rows rows;
    query_init(&query, &human_verdict_record);
    if (person == 0)
        return true;
    if (!query_add(call, &query, HUMAN_VERDICT_PERSON, FILTER_IS, value_ref(person)) ||
        !query_add(call, &query, HUMAN_VERDICT_VERDICT, FILTER_IS, VALUE_NONE) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!add_asked(call, &rows.row[i], needs))
            return false;
    return true;
}

/* --- model reviews that are to be decided --- */

/* Whoever it was delegated to may decide as well as the owner: it waits for both. */
static bool add_undecided(struct call *call, const struct row *review, rid person,
                          struct needs *needs)
{
    rid owner = value_as_int(review->value[MODEL_REVIEW_OWNER]);
    struct need need = { .kind = "model_review",
                         .title = row_title(call, review),
                         .why = TEXT("you decide it"),
                         .record = &model_review_record,
                         .row = review->id,
                         .hand_on = "delegate" };
    if (owner != person && value_as_int(review->value[MODEL_REVIEW_DELEGATE]) != person)
        return true;
    if (owner != person)
        need.why = call_format(call, "%.*s delegated the decision to you",
                               TEXT_FMT(find_title(call, &person_record, owner)));
    return need.why.at && needs_add(call, needs, need);
}

static bool collect_undecided(struct call *call, rid person, struct needs *needs)
{
    struct query query;
    struct rows rows;
    query_init(&query, &model_review_record);
    if (person == 0)
        return true;
    if (!query_add(call, &query, MODEL_REVIEW_STATE, FILTER_IS, value_choice("open")) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!add_undecided(call, &rows.row[i], person, needs))
            return false;
    return true;
}

const struct need_source evals_needs[] = {
    { "evals.late", collect_late },
    { "evals.asked", collect_asked },
    { "evals.undecided", collect_undecided },
    { 0 },
};
