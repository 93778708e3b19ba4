/* Room experiments: what it brings to a ritual, what waits for an owner; what the room offers. */
#include "rooms/experiments/experiments.h"

#include "offers/agenda.h"
#include "offers/needs.h"
#include "store/find.h"

static bool compile_planned(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct query query;
    struct rows rows;
    query_init(&query, &experiment_record);
    if (!query_add(call, &query, EXPERIMENT_STATE, FILTER_IS, value_choice("planned")) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *row = &rows.row[i];
        bool concerns;
        if (!agenda_concerns(call, ask, row, &concerns))
            return false;
        if (concerns && !agenda_add(call, agenda,
                                    (struct agenda_point){
                                        .title = row_title(call, row),
                                        .why = value_as_text(row->value[EXPERIMENT_HYPOTHESIS]),
                                        .record = &experiment_record,
                                        .row = row->id,
                                        .owner = value_as_int(row->value[EXPERIMENT_OWNER]) }))
            return false;
    }
    return true;
}

/* What an experiment in this state asks of its owner; no state: nothing. */
static const struct {
    const char *state, *why;
} asks[] = {
    { "planned", "you own it: start it, or abandon it" },
    { "running", "you own it, and it is running" },
    { "stopped", "you own it, and it was stopped: decide it" },
};

static bool collect_in_state(struct call *call, rid person, size_t at, struct needs *needs)
{
    struct query query;
    struct rows rows;
    query_init(&query, &experiment_record);
    if (!query_add(call, &query, EXPERIMENT_OWNER, FILTER_IS, value_ref(person)) ||
        !query_add(call, &query, EXPERIMENT_STATE, FILTER_IS, value_choice(asks[at].state)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!needs_add(call, needs,
                       (struct need){ .kind = "experiment",
                                      .title = row_title(call, &rows.row[i]),
                                      .why = text_of(asks[at].why),
                                      .record = &experiment_record,
                                      .row = rows.row[i].id }))
            return false;
    return true;
}

static bool collect_mine(struct call *call, rid person, struct needs *needs)
{
    for (size_t at = 0; person && at < sizeof asks / sizeof *asks; at++)
        if (!collect_in_state(call, person, at, needs))
            return false;
    return true;
}

static const struct agenda_source experiments_agenda[] = {
    { .name = "experiments.planned",
      .label = "Planned experiments",
      .help = "Experiments that wait to be started, the oldest first.",
      .compile = compile_planned },
    { 0 },
};

static const struct need_source experiments_needs[] = {
    { "experiments.mine", collect_mine },
    { 0 },
};

static const struct record *const experiments_records[] = { &experiment_record, NULL };

const struct room experiments_room = {
    .name = "experiments",
    .label = "Experiments",
    .help = "What is tried to learn whether one idea holds.",
    .records = experiments_records,
    .agenda = experiments_agenda,
    .needs = experiments_needs,
};
