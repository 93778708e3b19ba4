/* See council_sources.h. */
#include "rooms/prompts/council_sources.h"

#include "rooms/people/people.h"
#include "rooms/prompts/change_page.h"

/* "executive: several surfaces; 3 days in review; 0 of 1 approvals". */
static text words_of(struct call *call, const struct row *change,
                     const struct change_approvals *approvals)
{
    struct out words;
    int64_t days = change_days_in_review(change, call->now);
    out_init(&words, call);
    out_format(&words, "%.*s: %.*s; %lld day%s in review%s; %lld of %lld approvals",
               TEXT_FMT(value_as_text(change->value[PROMPT_CHANGE_TIER])),
               TEXT_FMT(value_as_text(change->value[PROMPT_CHANGE_TIER_REASON])), (long long)days,
               days == 1 ? "" : "s",
               change_is_overdue(change, approvals, call->now) ? ", for an executive to decide"
                                                               : "",
               (long long)approvals->given, (long long)approvals->needed);
    return out_view(&words);
}

static bool add_point(struct call *call, const struct row *change, struct agenda *agenda)
{
    struct change_approvals approvals;
    if (!change_approvals(call, change, &approvals))
        return false;
    return agenda_add(call, agenda,
                      (struct agenda_point){
                          .title = row_title(call, change),
                          .why = words_of(call, change, &approvals),
                          .record = &prompt_change_record,
                          .row = change->id,
                          .owner = value_as_int(change->value[PROMPT_CHANGE_AUTHOR]) });
}

bool council_compile(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct rows *changes = call_new(call, struct rows);
    if (!changes || !council_queue(call, ask->team, changes))
        return false;
    for (size_t i = 0; i < changes->count; i++)
        if (!add_point(call, &changes->row[i], agenda))
            return false;
    return true;
}

bool council_may_close(struct call *call, const struct agenda_ask *ask)
{
    struct rows changes;
    struct out names;
    if (!council_queue(call, ask->team, &changes))
        return false;
    if (changes.count == 0)
        return true;
    out_init(&names, call);
    for (size_t i = 0; i < changes.count; i++)
        out_format(&names, "%s%.*s (%.*s)", i ? ", " : "",
                   TEXT_FMT(row_public_id(call, &prompt_change_record, changes.row[i].id)),
                   TEXT_FMT(row_title(call, &changes.row[i])));
    return fail(call, FAIL_CONFLICT,
                "the council has not decided on %.*s: approve, request changes, reject or escalate "
                "and approve, or defer with a reason",
                TEXT_FMT(out_view(&names)));
}

/* What an executive approved alone since the last council: it has a look at it. */
bool council_compile_urgent(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct query query;
    struct rows *changes = call_new(call, struct rows);
    query_init(&query, &prompt_change_record);
    if (!changes ||
        !query_add(call, &query, PROMPT_CHANGE_URGENT, FILTER_IS, value_bool(true)) ||
        !find_rows(call, &query, changes))
        return false;
    for (size_t i = 0; i < changes->count; i++) {
        const struct row *change = &changes->row[i];
        bool went_out = change_is(change, "approved") || change_is(change, "deployed") ||
                        change_is(change, "rolled_back");
        bool concerns;
        if (!went_out || change->changed < ask->from)
            continue;
        if (!agenda_concerns(call, ask, change, &concerns) ||
            (concerns && !add_point(call, change, agenda)))
            return false;
    }
    return true;
}

/* --- needs --- */

static bool add_need(struct call *call, struct needs *needs, const struct row *change, text why,
                     bool is_late)
{
    return needs_add(call, needs,
                     (struct need){ .kind = "change",
                                    .title = row_title(call, change),
                                    .why = why,
                                    .record = &prompt_change_record,
                                    .row = change->id,
                                    .is_late = is_late });
}

static bool has_approved(const struct change_approvals *approvals, rid person)
{
    for (size_t i = 0; i < approvals->reviews.count; i++)
        if (approvals->holds[i] &&
            value_as_int(approvals->reviews.row[i].value[PROMPT_REVIEW_PERSON]) == person)
            return true;
    return false;
}

static bool collect_reviews(struct call *call, rid person, unsigned roles, struct needs *needs)
{
    struct rows *changes = call_new(call, struct rows);
    if (!changes || !council_queue(call, 0, changes))
        return false;
    for (size_t i = 0; i < changes->count; i++) {
        const struct row *change = &changes->row[i];
        struct change_approvals approvals;
        if (!change_approvals(call, change, &approvals))
            return false;
        bool is_late = change_is_overdue(change, &approvals, call->now);
        bool is_asked = approvals.tier == TIER_EXECUTIVE || is_late ? roles & ROLE_EXECUTIVE
                                                                    : roles & ROLE_COUNCIL;
        if (value_as_int(change->value[PROMPT_CHANGE_AUTHOR]) == person || !is_asked ||
            approvals.tier == TIER_SELF || has_approved(&approvals, person))
            continue;
        if (!add_need(call, needs, change, words_of(call, change, &approvals), is_late))
            return false;
    }
    return true;
}

/* What came back to its author, and what may go out. */
static bool collect_own(struct call *call, rid person, struct needs *needs)
{
    static const struct {
        const char *state, *why;
    } waiting[] = { { "changes_requested", "the council asked you for changes" },
                    { "approved", "it is approved and not served yet: move its label" } };
    for (size_t k = 0; k < sizeof waiting / sizeof *waiting; k++) {
        struct query query;
        struct rows *changes = call_new(call, struct rows);
        query_init(&query, &prompt_change_record);
        if (!changes ||
            !query_add(call, &query, PROMPT_CHANGE_STATE, FILTER_IS,
                       value_choice(waiting[k].state)) ||
            !query_add(call, &query, PROMPT_CHANGE_AUTHOR, FILTER_IS, value_ref(person)) ||
            !find_rows(call, &query, changes))
            return false;
        for (size_t i = 0; i < changes->count; i++)
            if (!add_need(call, needs, &changes->row[i], text_of(waiting[k].why), false))
                return false;
    }
    return true;
}

bool council_collect(struct call *call, rid person, struct needs *needs)
{
    unsigned roles;
    return person == 0 || (people_roles(call, person, &roles) &&
                           collect_reviews(call, person, roles, needs) &&
                           collect_own(call, person, needs));
}
