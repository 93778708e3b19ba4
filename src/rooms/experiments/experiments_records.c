/* Room experiments: its noun. */
#include "rooms/experiments/experiments.h"

static const char *const state_words[] = { "planned", "running",   "stopped",
                                           "decided", "abandoned", NULL };

static const struct field experiment_fields[] = {
    [EXPERIMENT_TITLE] = { .name = "title",
                           .label = "Title",
                           .kind = FIELD_TEXT,
                           .flags = FIELD_NEEDED | FIELD_SEARCHED,
                           .help = "What is tried, in a few words." },
    [EXPERIMENT_HYPOTHESIS] = { .name = "hypothesis",
                                .label = "Hypothesis",
                                .kind = FIELD_TEXT,
                                .flags = FIELD_SEARCHED,
                                .help = "The one sentence that it tests." },
    [EXPERIMENT_PRIMARY_METRIC] = { .name = "primary_metric",
                                    .label = "Primary metric",
                                    .kind = FIELD_TEXT,
                                    .flags = FIELD_SEARCHED,
                                    .help = "The one figure that decides it." },
    [EXPERIMENT_OWNER] = { .name = "owner",
                           .label = "Owner",
                           .kind = FIELD_REF,
                           .refers = "person",
                           .flags = FIELD_BY_NAME,
                           .help = "The one person who runs it." },
    [EXPERIMENT_SURFACE] = { .name = "surface",
                             .label = "Surface",
                             .kind = FIELD_REF,
                             .refers = "surface",
                             .flags = FIELD_BY_NAME,
                             .help = "Where it is tried." },
    [EXPERIMENT_STATE] = { .name = "state",
                           .label = "State",
                           .kind = FIELD_CHOICE,
                           .choices = state_words,
                           .flags = FIELD_NEEDED,
                           .fallback = "planned",
                           .help = "Where it stands." },
};

static const int start_needs[] = { EXPERIMENT_HYPOTHESIS, EXPERIMENT_PRIMARY_METRIC,
                                   EXPERIMENT_OWNER, -1 };

static bool guard_start(struct call *call, const struct row *row)
{
    return row_require(call, row, start_needs, "to start an experiment");
}

static const struct transition experiment_states[] = {
    { "planned", "running", "start", 0, guard_start, UNDO_YES },
    { "running", "stopped", "stop", 0, NULL, UNDO_YES },
    { "stopped", "decided", "decide", 0, NULL, UNDO_YES },
    { "planned", "abandoned", "abandon", 0, NULL, UNDO_YES },
    { "running", "abandoned", "abandon", 0, NULL, UNDO_YES },
    { "stopped", "abandoned", "abandon", 0, NULL, UNDO_YES },
    { 0 },
};

/* What it was started with stays said: an experiment does not lose its question on the way. */
static bool experiment_check(struct call *call, const struct row *before, const struct row *after)
{
    if (!before || text_is(value_as_text(before->value[EXPERIMENT_STATE]), "planned"))
        return true;
    for (const int *field = start_needs; *field >= 0; field++)
        if (!value_is_null(before->value[*field]) && value_is_null(after->value[*field]))
            return fail_at(call, after->record->field[*field].name,
                           "an experiment that was started keeps its '%s': give another one",
                           after->record->field[*field].name);
    return true;
}

static const char *const experiment_listed[] = { "state", "owner", "surface", "primary_metric",
                                                 "hypothesis", NULL };

const struct record experiment_record = {
    .name = "experiment",
    .plural = "experiments",
    .prefix = "EXP",
    .label = "experiment",
    .help = "What is tried to learn whether one idea holds: 'rondo experiment add --title TITLE'.",
    .field = experiment_fields,
    .field_count = sizeof experiment_fields / sizeof experiment_fields[0],
    .title = EXPERIMENT_TITLE,
    .state = EXPERIMENT_STATE,
    .states = experiment_states,
    .listed = experiment_listed,
    .check = experiment_check,
    .is_learned_from = true,
};
