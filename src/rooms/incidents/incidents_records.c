/* Room incidents: its noun. */
#include "rooms/incidents/incidents.h"

static const char *const state_words[] = { "investigating", "open", "stable", "closed", NULL };
static const char *const severity_words[] = { "sev1", "sev2", "sev3", "sev4", NULL };
static const char *const priority_words[] = { "p1", "p2", "p3", "p4", NULL };

static const struct field incident_fields[] = {
    [INCIDENT_TITLE] = { .name = "title",
                         .label = "Title",
                         .kind = FIELD_TEXT,
                         .flags = FIELD_NEEDED | FIELD_SEARCHED,
                         .help = "What is broken, in a few words." },
    [INCIDENT_STATE] = { .name = "state",
                         .label = "State",
                         .kind = FIELD_CHOICE,
                         .choices = state_words,
                         .flags = FIELD_NEEDED,
                         .fallback = "investigating",
                         .help = "Where it stands." },
    [INCIDENT_SEVERITY] = { .name = "severity",
                            .label = "Severity",
                            .kind = FIELD_CHOICE,
                            .choices = severity_words,
                            .help = "How much users are hurt; sev1 is the worst." },
    [INCIDENT_PRIORITY] = { .name = "priority",
                            .label = "Priority",
                            .kind = FIELD_CHOICE,
                            .choices = priority_words,
                            .help = "How soon it is worked on; p1 is at once." },
    [INCIDENT_SURFACES] = { .name = "surfaces",
                            .label = "Surfaces",
                            .kind = FIELD_REFS,
                            .refers = "surface",
                            .flags = FIELD_BY_NAME,
                            .help = "Where users meet it; none named: not known." },
    [INCIDENT_LEAD] = { .name = "lead",
                        .label = "Lead",
                        .kind = FIELD_REF,
                        .refers = "person",
                        .flags = FIELD_BY_NAME,
                        .help = "The one person who leads it and owns it." },
    [INCIDENT_IMPACT] = { .name = "impact",
                          .label = "Impact",
                          .kind = FIELD_PROSE,
                          .flags = FIELD_SEARCHED,
                          .help = "Who was hurt, how much, for how long." },
    [INCIDENT_CAUSE] = { .name = "cause",
                         .label = "Cause",
                         .kind = FIELD_PROSE,
                         .flags = FIELD_SEARCHED,
                         .help = "What brought it about." },
    [INCIDENT_OPENED] = { .name = "opened",
                          .label = "Opened",
                          .kind = FIELD_STAMP,
                          .flags = FIELD_INDEXED,
                          .help = "When it began; without one, when it was declared." },
};

static const int closing_needs[] = { INCIDENT_IMPACT, INCIDENT_CAUSE, -1 };

static const struct transition incident_states[] = {
    { "investigating", "open", "open", 0, NULL, UNDO_YES },
    { "investigating", "stable", "stabilise", 0, NULL, UNDO_YES },
    { "open", "stable", "stabilise", 0, NULL, UNDO_YES },
    { "investigating", "closed", "close", 0, NULL, UNDO_YES },
    { "open", "closed", "close", 0, NULL, UNDO_YES },
    { "stable", "closed", "close", 0, NULL, UNDO_YES },
    { "stable", "open", "reopen", 0, NULL, UNDO_YES },
    { "closed", "open", "reopen", 0, NULL, UNDO_YES },
    { 0 },
};

/* Without another time it began when it was declared. */
static bool incident_settle(struct call *call, const struct row *before, struct row *after)
{
    if (!before && value_is_null(after->value[INCIDENT_OPENED]))
        after->value[INCIDENT_OPENED] = value_stamp(call->now);
    return true;
}

/* What a closed incident has to say is asked of every version, so that it is not emptied later. */
static bool incident_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)before;
    return !text_is(value_as_text(after->value[INCIDENT_STATE]), "closed") ||
           row_require(call, after, closing_needs, "to close an incident");
}

static const char *const incident_listed[] = { "state", "severity", "priority", "lead",
                                               "opened", "surfaces", NULL };

const struct record incident_record = {
    .name = "incident",
    .plural = "incidents",
    .prefix = "INC",
    .label = "incident",
    .help = "Something that broke for users: 'rondo incident add --title TITLE --lead PERSON'.",
    .field = incident_fields,
    .field_count = sizeof incident_fields / sizeof incident_fields[0],
    .title = INCIDENT_TITLE,
    .state = INCIDENT_STATE,
    .states = incident_states,
    .listed = incident_listed,
    .check = incident_check,
    .settle = incident_settle,
    .is_learned_from = true,
};
