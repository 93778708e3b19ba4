/* Room rituals: the nouns that people edit. Those of one day stand in occurrence_records.c. */
#include "base/recurrence.h"
#include "base/stamp.h"
#include "offers/agenda.h"
#include "rooms/people/people.h"
#include "rooms/rituals/ritual_days.h"
#include "rooms/rituals/rituals.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { MINUTES_MAX = 480, PLACES_MAX = 1000, ARTIFACTS_MAX = 100 };

static const char *const ritual_state_words[] = { "active", "paused", "retired", NULL };

static const struct field ritual_fields[] = {
    [RITUAL_NAME] = { .name = "name", .label = "Name", .kind = FIELD_TEXT, .max = 200,
                      .flags = FIELD_NEEDED | FIELD_SEARCHED,
                      .help = "What people call it." },
    [RITUAL_TEAM] = { .name = "team", .label = "Team", .kind = FIELD_REF, .refers = "team",
                      .flags = FIELD_BY_NAME | FIELD_INDEXED,
                      .help = "Whose it is; empty: the whole workspace's." },
    [RITUAL_PURPOSE] = { .name = "purpose", .label = "Purpose", .kind = FIELD_PROSE,
                         .help = "What it is for: what would be missed without it." },
    [RITUAL_RULE] = { .name = "rule", .label = "Rule", .kind = FIELD_TEXT, .max = 500,
                      .flags = FIELD_NEEDED,
                      .help = "On which days, as iCalendar says it: FREQ=WEEKLY;BYDAY=MO." },
    [RITUAL_STARTS] = { .name = "starts", .label = "First day", .kind = FIELD_DATE,
                        .flags = FIELD_NEEDED,
                        .help = "From when on; weeks of the rule are counted from here." },
    [RITUAL_AT] = { .name = "at", .label = "Time of day", .kind = FIELD_TEXT, .max = 5,
                    .flags = FIELD_NEEDED,
                    .help = "When it begins where the team is, such as 09:30." },
    [RITUAL_MINUTES] = { .name = "minutes", .label = "Minutes", .kind = FIELD_INT,
                         .flags = FIELD_NEEDED, .fallback = "30", .min = 1, .max = MINUTES_MAX,
                         .help = "How long it takes." },
    [RITUAL_ZONE] = { .name = "zone", .label = "Time zone", .kind = FIELD_ZONE,
                      .help = "Where its time of day is meant; empty: the team's zone." },
    [RITUAL_OWNER] = { .name = "owner", .label = "Owner", .kind = FIELD_REF, .refers = "person",
                       .flags = FIELD_BY_NAME,
                       .help = "Who sees to it that it is held, and is asked when it is not." },
    [RITUAL_ATTENDEES] = { .name = "attendees", .label = "Attendees", .kind = FIELD_REFS,
                           .refers = "person", .flags = FIELD_BY_NAME,
                           .help = "Who is expected to come." },
    [RITUAL_AGENDA] = { .name = "agenda", .label = "Agenda", .kind = FIELD_TAGS,
                        .help = "What fills its agenda, by name: evals.flips, actions.overdue; "
                                "'rondo ritual sources' lists them." },
    [RITUAL_CONDITION] = { .name = "condition", .label = "Only when", .kind = FIELD_TEXT,
                           .max = 100,
                           .help = "One name of an agenda source: when it brings nothing, the "
                                   "occurrence is cancelled." },
    [RITUAL_NOT_AFTER] = { .name = "not_after", .label = "Never the day after",
                           .kind = FIELD_REFS, .refers = "ritual", .flags = FIELD_BY_NAME,
                           .help = "On the day after one of these it is not held." },
    [RITUAL_ON_HOLIDAYS] = { .name = "on_holidays", .label = "On holidays, too",
                             .kind = FIELD_BOOL, .fallback = "no",
                             .help = "Whether it is held on holidays." },
    [RITUAL_HOUR_RATE] = { .name = "hour_rate", .label = "Cost of an hour", .kind = FIELD_REAL,
                           .max = 100000,
                           .help = "What an hour of one person costs; empty: costs are told in "
                                   "hours." },
    [RITUAL_STATE] = { .name = "state", .label = "State", .kind = FIELD_CHOICE,
                       .choices = ritual_state_words, .flags = FIELD_NEEDED,
                       .fallback = "active", .help = "Whether it is held." },
    [RITUAL_REASON] = { .name = "reason", .label = "Reason", .kind = FIELD_TEXT,
                        .help = "Why it is paused or retired." },
    [RITUAL_REPLACEMENT] = { .name = "replacement", .label = "Replaced by", .kind = FIELD_REF,
                             .refers = "ritual", .flags = FIELD_BY_NAME,
                             .help = "The ritual that takes over what it was for." },
    [RITUAL_REVIEW_DATE] = { .name = "review_date", .label = "Look again on",
                             .kind = FIELD_DATE,
                             .help = "When somebody looks whether it is missed." },
    [RITUAL_RESTED_BY] = { .name = "rested_by", .label = "Rested by", .kind = FIELD_REF,
                           .refers = "person", .flags = FIELD_COUNTED | FIELD_BY_NAME,
                           .help = "Who paused or retired it." },
    [RITUAL_RESTED] = { .name = "rested", .label = "Rested since", .kind = FIELD_STAMP,
                        .flags = FIELD_COUNTED,
                        .help = "Since when it is not held; what was held before stays." },
    [RITUAL_TEMPLATE] = { .name = "template", .label = "Template", .kind = FIELD_TEXT,
                          .flags = FIELD_COUNTED | FIELD_INDEXED, .max = 100,
                          .help = "The pack and the ritual in it that this came from." },
    [RITUAL_SURFACE] = { .name = "surface", .label = "Surface", .kind = FIELD_REF,
                         .refers = "surface", .flags = FIELD_BY_NAME | FIELD_INDEXED,
                         .help = "The surface that it is about; empty: all of the team's." },
    [RITUAL_CLONE_OF] = { .name = "clone_of", .label = "Clone of", .kind = FIELD_REF,
                          .refers = "ritual",
                          .flags = FIELD_COUNTED | FIELD_BY_NAME | FIELD_INDEXED,
                          .help = "The ritual that it was cloned from; its changes are offered "
                                  "here." },
    [RITUAL_CLONE_BASE] = { .name = "clone_base", .label = "Decided on", .kind = FIELD_JSON,
                            .flags = FIELD_COUNTED,
                            .help = "What its original said, part by part, when this was cloned "
                                    "or last decided on an offer." },
};

/* Pausing is better than deleting, and neither is done without a word. */
static bool guard_rest(struct call *call, const struct row *row)
{
    static const struct {
        enum ritual_field field;
        const char *name;
    } needed[] = { { RITUAL_REASON, "reason" }, { RITUAL_REVIEW_DATE, "review_date" } };
    bool is_complete = true;
    for (size_t i = 0; i < COUNT(needed); i++) {
        if (!value_is_null(row->value[needed[i].field]))
            continue;
        fail_missing(call, needed[i].name);
        is_complete = false;
    }
    return is_complete ||
           fail(call, FAIL_INVALID,
                "a ritual rests with a reason and a day to look at it again: write 'reason' and "
                "'review_date', and 'replacement' where another takes over");
}

static const struct transition ritual_states[] = {
    { "active", "paused", "pause", 0, guard_rest, UNDO_YES },
    { "active", "retired", "retire", 0, guard_rest, UNDO_YES },
    { "paused", "retired", "retire", 0, guard_rest, UNDO_YES },
    { "paused", "active", "resume", 0, NULL, UNDO_YES },
    { "retired", "active", "resume", 0, NULL, UNDO_YES },
    { 0 },
};

static bool is_active(const struct row *ritual)
{
    return text_is(value_as_text(ritual->value[RITUAL_STATE]), "active");
}

/* Who lets it rest is written beside the reason; held again, it has none, so the next needs one. */
static bool ritual_settle(struct call *call, const struct row *before, struct row *after)
{
    static const enum ritual_field of_rest[] = { RITUAL_REASON, RITUAL_REPLACEMENT,
                                                 RITUAL_REVIEW_DATE, RITUAL_RESTED_BY,
                                                 RITUAL_RESTED };
    if (!before || value_equal(before->value[RITUAL_STATE], after->value[RITUAL_STATE]))
        return true;
    for (size_t i = 0; i < COUNT(of_rest); i++)
        if (is_active(after))
            after->value[of_rest[i]] = VALUE_NONE;
    if (!is_active(after))
        after->value[RITUAL_RESTED_BY] = value_ref(call->actor.person);
    if (is_active(before))
        after->value[RITUAL_RESTED] = value_stamp(call->now);
    return true;
}

static bool check_source(struct call *call, const char *field, text name)
{
    return agenda_source_find(call, name) ||
           fail_at(call, field,
                   "nothing is offered under the name '%.*s': 'rondo ritual sources' lists what "
                   "can fill an agenda",
                   TEXT_FMT(name));
}

/* What was right when it was written stays right: a room may go, and an import may bring it. */
static bool is_changed(const struct row *before, const struct row *after, enum ritual_field field)
{
    return !before || !value_equal(before->value[field], after->value[field]);
}

static bool check_sources(struct call *call, const struct row *before, const struct row *after)
{
    struct value agenda = after->value[RITUAL_AGENDA];
    if (is_changed(before, after, RITUAL_AGENDA))
        for (uint32_t i = 0; i < agenda.count; i++)
            if (!check_source(call, "agenda", agenda.texts[i]))
                return false;
    return value_is_null(after->value[RITUAL_CONDITION]) ||
           !is_changed(before, after, RITUAL_CONDITION) ||
           check_source(call, "condition", value_as_text(after->value[RITUAL_CONDITION]));
}

static bool check_not_after(struct call *call, const struct row *after)
{
    struct value others = after->value[RITUAL_NOT_AFTER];
    for (uint32_t i = 0; i < others.count; i++)
        if (after->id && others.ids[i] == after->id)
            return fail_at(call, "not_after",
                           "a ritual cannot be kept from the day after itself: name another");
    return true;
}

static bool ritual_check(struct call *call, const struct row *before, const struct row *after)
{
    int minute;
    text rule = value_as_text(after->value[RITUAL_RULE]);
    bool has_new_rule = is_changed(before, after, RITUAL_RULE) ||
                        is_changed(before, after, RITUAL_STARTS);
    return ritual_minute_read(call, value_as_text(after->value[RITUAL_AT]), &minute) &&
           (!has_new_rule ||
            recurrence_check(call, rule, value_as_int(after->value[RITUAL_STARTS]))) &&
           check_sources(call, before, after) && check_not_after(call, after);
}

static const char *const ritual_listed[] = { "team", "rule", "at", "owner", "state", NULL };

const struct record ritual_record = {
    .name = "ritual", .plural = "rituals", .prefix = "RIT", .label = "ritual",
    .help = "A meeting that comes again and has to leave something behind: 'rondo ritual install "
            "ai-week'.",
    .field = ritual_fields, .field_count = COUNT(ritual_fields), .title = RITUAL_NAME,
    .state = RITUAL_STATE, .states = ritual_states, .listed = ritual_listed,
    .check = ritual_check, .settle = ritual_settle, .unique = { { "name", "team" } },
};

/* The parent of what a ritual owns. */
#define OF_RITUAL                                                                                  \
    {                                                                                              \
        .name = "ritual", .label = "Ritual", .kind = FIELD_REF, .refers = "ritual",                \
        .flags = FIELD_NEEDED | FIELD_OWNED | FIELD_FIXED | FIELD_BY_NAME,                         \
        .help = "Which ritual it belongs to."                                                      \
    }

static const struct field ritual_step_fields[] = {
    [RITUAL_STEP_RITUAL] = OF_RITUAL,
    [RITUAL_STEP_NAME] = { .name = "name", .label = "Step", .kind = FIELD_TEXT, .max = 200,
                           .flags = FIELD_NEEDED, .help = "What is done in it." },
    [RITUAL_STEP_MINUTES] = { .name = "minutes", .label = "Minutes", .kind = FIELD_INT,
                              .flags = FIELD_NEEDED, .min = 1, .max = MINUTES_MAX,
                              .help = "How long it takes." },
    [RITUAL_STEP_PLACE] = { .name = "place", .label = "Place", .kind = FIELD_INT,
                            .flags = FIELD_NEEDED, .min = 1, .max = PLACES_MAX,
                            .help = "1 is the first step." },
};

const struct record ritual_step_record = {
    .name = "ritual_step", .plural = "ritual_steps", .prefix = "RST", .label = "step",
    .help = "One timed part of a ritual: 'rondo ritual-step add --ritual R --name N --minutes M'.",
    .field = ritual_step_fields, .field_count = COUNT(ritual_step_fields),
    .title = RITUAL_STEP_NAME,
};

static const struct field ritual_artifact_fields[] = {
    [RITUAL_ARTIFACT_RITUAL] = OF_RITUAL,
    [RITUAL_ARTIFACT_KIND] = { .name = "kind", .label = "Kind", .kind = FIELD_TEXT, .max = 100,
                               .flags = FIELD_NEEDED,
                               .help = "A record such as incident or decision, the paragraph, or "
                                       "a kind of document such as 'watch log'." },
    [RITUAL_ARTIFACT_LEAST] = { .name = "least", .label = "At least", .kind = FIELD_INT,
                                .flags = FIELD_NEEDED, .fallback = "1", .max = ARTIFACTS_MAX,
                                .help = "How many there have to be." },
    [RITUAL_ARTIFACT_MOST] = { .name = "most", .label = "At most", .kind = FIELD_INT, .min = 1,
                               .max = ARTIFACTS_MAX,
                               .help = "How many there may be; empty: any number." },
    [RITUAL_ARTIFACT_OR_REASON] = { .name = "or_reason", .label = "Or a reason",
                                    .kind = FIELD_BOOL, .fallback = "no",
                                    .help = "Whether a written reason stands for none of them." },
};

static bool ritual_artifact_check(struct call *call, const struct row *before,
                                  const struct row *after)
{
    (void)before;
    int64_t least = value_as_int(after->value[RITUAL_ARTIFACT_LEAST]);
    struct value most = after->value[RITUAL_ARTIFACT_MOST];
    return value_is_null(most) || least <= value_as_int(most) ||
           fail_at(call, "most", "at most %lld is fewer than at least %lld",
                   (long long)value_as_int(most), (long long)least);
}

const struct record ritual_artifact_record = {
    .name = "ritual_artifact", .plural = "ritual_artifacts", .prefix = "RAR",
    .label = "required artifact",
    .help = "What has to exist before a ritual closes: 'rondo ritual-artifact add --ritual R "
            "--kind decision'.",
    .field = ritual_artifact_fields, .field_count = COUNT(ritual_artifact_fields),
    .title = RITUAL_ARTIFACT_KIND, .unique = { { "ritual", "kind" } },
    .check = ritual_artifact_check,
};

static const struct field ritual_preparation_fields[] = {
    [RITUAL_PREPARATION_RITUAL] = OF_RITUAL,
    [RITUAL_PREPARATION_TASK] = { .name = "task", .label = "Task", .kind = FIELD_TEXT, .max = 300,
                                  .flags = FIELD_NEEDED, .help = "What is done beforehand." },
};

const struct record ritual_preparation_record = {
    .name = "ritual_preparation", .plural = "ritual_preparations", .prefix = "RPR",
    .label = "preparation",
    .help = "What is done before each occurrence: 'rondo ritual-preparation add --ritual R --task "
            "WORDS'.",
    .field = ritual_preparation_fields, .field_count = COUNT(ritual_preparation_fields),
    .title = RITUAL_PREPARATION_TASK,
};

static const struct field ritual_role_fields[] = {
    [RITUAL_ROLE_RITUAL] = OF_RITUAL,
    [RITUAL_ROLE_NAME] = { .name = "name", .label = "Role", .kind = FIELD_TEXT, .max = 100,
                           .flags = FIELD_NEEDED, .help = "Such as facilitator or scribe." },
    [RITUAL_ROLE_PERSON] = { .name = "person", .label = "Person", .kind = FIELD_REF,
                             .refers = "person", .flags = FIELD_BY_NAME,
                             .help = "Who has it; empty: whoever takes it on the day." },
    [RITUAL_ROLE_ROTATES] = { .name = "rotates", .label = "Takes turns", .kind = FIELD_BOOL,
                              .fallback = "no",
                              .help = "Whether the next of the attendees has it each time." },
};

static bool ritual_role_check(struct call *call, const struct row *before,
                              const struct row *after)
{
    return people_check_assigned(call, before, after, RITUAL_ROLE_PERSON);
}

const struct record ritual_role_record = {
    .name = "ritual_role", .plural = "ritual_roles", .prefix = "RRO", .label = "role",
    .help = "Who does what in a ritual, the 'facilitator' leads it: 'rondo ritual-role add "
            "--ritual R --name scribe'.",
    .field = ritual_role_fields, .field_count = COUNT(ritual_role_fields),
    .title = RITUAL_ROLE_NAME, .unique = { { "ritual", "name" } },
    .check = ritual_role_check,
};
