/* See deployment_watch.h. */
#include "rooms/prompts/deployment_watch.h"

#include "rooms/prompts/gate_policy.h"
#include "rooms/prompts/label_move.h"
#include "store/find.h"

const char *const watch_state_words[WATCH_STATES] = {
    [WATCH_NO_RUN] = "no_run",
    [WATCH_NO_FLOOR] = "no_floor",
    [WATCH_HOLDS] = "holds",
    [WATCH_BELOW] = "below_floor",
};

/* --- one deployment --- */

static bool watch_surface(struct call *call, const struct row *deployment, struct watched *watched)
{
    struct gate_policy policy;
    bool has_run, has_policy;
    stamp since = value_as_int(deployment->value[DEPLOYMENT_EFFECTIVE_AT]);
    if (!evals_last_rate(call, watched->surface, since, &has_run, &watched->rate) ||
        !gate_policy_of(call, watched->surface, &has_policy, &policy))
        return false;
    watched->floor = policy.floor;
    if (!has_run || watched->rate.n == 0)
        watched->state = WATCH_NO_RUN;
    else if (!policy.has_floor)
        watched->state = WATCH_NO_FLOOR;
    else
        watched->state = watched->rate.interval.lower < policy.floor ? WATCH_BELOW : WATCH_HOLDS;
    return true;
}

bool deployment_watch(struct call *call, const struct row *deployment, struct watched **watched,
                      size_t *count)
{
    struct row prompt;
    if (!find_row(call, &prompt_record, value_as_int(deployment->value[DEPLOYMENT_PROMPT]),
                  &prompt))
        return false;
    struct value surfaces = prompt.value[PROMPT_SURFACES];
    *count = surfaces.count;
    *watched = call_array(call, surfaces.count + 1, sizeof **watched);
    for (size_t i = 0; *watched && i < *count; i++) {
        (*watched)[i].surface = surfaces.ids[i];
        if (!watch_surface(call, deployment, &(*watched)[i]))
            return false;
    }
    return *watched != NULL;
}

static void write_watched(struct call *call, const struct watched *watched,
                          struct json_writer *writer)
{
    bool has_run = watched->state != WATCH_NO_RUN, has_floor = watched->state != WATCH_NO_FLOOR;
    json_object(writer);
    json_put_text(writer, "surface", find_title(call, &surface_record, watched->surface));
    json_put_string(writer, "state", watch_state_words[watched->state]);
    if (has_run) {
        const struct run_rate *rate = &watched->rate;
        json_put_text(writer, "run", row_title(call, &rate->run));
        json_put_real(writer, "pass_rate", (double)rate->passed / (double)rate->n);
        json_put_real(writer, "low", rate->interval.lower);
        json_put_real(writer, "high", rate->interval.upper);
    }
    if (has_floor && has_run)
        json_put_real(writer, "floor", watched->floor);
    json_object_end(writer);
}

bool deployment_watch_write_json(struct call *call, const struct row *deployment,
                                 struct json_writer *writer)
{
    struct watched *watched;
    size_t count;
    if (!deployment_watch(call, deployment, &watched, &count))
        return false;
    json_object(writer);
    json_put_stamp(writer, "watch_until",
                   value_as_int(deployment->value[DEPLOYMENT_WATCH_UNTIL]));
    json_key(writer, "surfaces");
    json_list(writer);
    for (size_t i = 0; i < count; i++)
        write_watched(call, &watched[i], writer);
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

/* --- what is watched now --- */

/* Deployments that are watched and still are what their label carries. */
static bool find_watched(struct call *call, struct rows *deployments)
{
    struct query query;
    struct rows found;
    query_init(&query, &deployment_record);
    *deployments = (struct rows){ .count = 0 };
    if (!query_add(call, &query, DEPLOYMENT_WATCH_UNTIL, FILTER_MORE, value_stamp(call->now)) ||
        !find_rows(call, &query, &found))
        return false;
    deployments->row = call_array(call, found.count + 1, sizeof *deployments->row);
    for (size_t i = 0; deployments->row && i < found.count; i++) {
        const struct row *row = &found.row[i];
        struct row last;
        bool has;
        if (!label_last_move(call, value_as_int(row->value[DEPLOYMENT_PROMPT]),
                             value_as_text(row->value[DEPLOYMENT_LABEL]), &has, &last))
            return false;
        if (has && last.id == row->id)
            deployments->row[deployments->count++] = *row;
    }
    return deployments->row != NULL;
}

/* "support-answers: 84.0 % (78.2 to 88.5) of 200 since, below the floor of 90 %: roll back?" */
static text proposal(struct call *call, const struct watched *watched)
{
    const struct run_rate *rate = &watched->rate;
    text surface = find_title(call, &surface_record, watched->surface);
    return call_format(call,
                       "%.*s is at %.1f %% (%.1f to %.1f) of %lld since, below the floor of "
                       "%.4g %%: roll it back, or say why not",
                       TEXT_FMT(surface), 100 * (double)rate->passed / (double)rate->n,
                       100 * rate->interval.lower, 100 * rate->interval.upper, (long long)rate->n,
                       100 * watched->floor);
}

/* The first surface below its floor as a sentence; TEXT_NONE: there is none. */
static bool find_proposal(struct call *call, const struct row *deployment, text *why)
{
    struct watched *watched;
    size_t count;
    *why = TEXT_NONE;
    if (!deployment_watch(call, deployment, &watched, &count))
        return false;
    for (size_t i = 0; i < count && !why->at; i++)
        if (watched[i].state == WATCH_BELOW)
            *why = proposal(call, &watched[i]);
    return call->fail.kind == FAIL_NONE;
}

bool deployment_watch_compile(struct call *call, const struct agenda_ask *ask,
                              struct agenda *agenda)
{
    struct rows *deployments = call_new(call, struct rows);
    if (!deployments || !find_watched(call, deployments))
        return false;
    for (size_t i = 0; i < deployments->count; i++) {
        const struct row *row = &deployments->row[i];
        bool concerns;
        text why;
        if (!agenda_concerns(call, ask, row, &concerns) || !find_proposal(call, row, &why))
            return false;
        if (concerns && why.at &&
            !agenda_add(call, agenda,
                        (struct agenda_point){ .title = row_title(call, row),
                                               .why = why,
                                               .record = &deployment_record,
                                               .row = row->id }))
            return false;
    }
    return true;
}

/* It waits for who moved the label, and for the prompt's owner. */
static bool is_asked(struct call *call, const struct row *deployment, rid person, bool *is_asked)
{
    struct row prompt;
    if (!find_row(call, &prompt_record, value_as_int(deployment->value[DEPLOYMENT_PROMPT]),
                  &prompt))
        return false;
    *is_asked = value_as_int(deployment->value[DEPLOYMENT_PERSON]) == person ||
                value_as_int(prompt.value[PROMPT_OWNER]) == person;
    return true;
}

bool deployment_watch_collect(struct call *call, rid person, struct needs *needs)
{
    struct rows *deployments = call_new(call, struct rows);
    if (person == 0)
        return true;
    if (!deployments || !find_watched(call, deployments))
        return false;
    for (size_t i = 0; i < deployments->count; i++) {
        const struct row *row = &deployments->row[i];
        bool asked;
        text why = TEXT_NONE;
        if (!is_asked(call, row, person, &asked) ||
            (asked && !find_proposal(call, row, &why)))
            return false;
        if (why.at &&
            !needs_add(call, needs,
                       (struct need){ .kind = "rollback",
                                      .title = row_title(call, row),
                                      .why = why,
                                      .record = &deployment_record,
                                      .row = row->id,
                                      .is_late = true }))
            return false;
    }
    return true;
}
