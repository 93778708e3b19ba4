/* See actions.h. */
#include "rooms/actions/actions.h"

#include "rooms/actions/actions_calendar.h"
#include "rooms/actions/actions_sources.h"
#include "rooms/people/people.h"

static const char *const state_words[] = { "open", "done", "dropped", NULL };
static const char *const class_words[] = { "candidate", "confirmed", "flaky", NULL };

static const struct field action_fields[] = {
    [ACTION_TITLE] = { .name = "title",
                       .label = "Title",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_NEEDED | FIELD_SEARCHED,
                       .help = "What is to be done." },
    [ACTION_STATE] = { .name = "state",
                       .label = "State",
                       .kind = FIELD_CHOICE,
                       .choices = state_words,
                       .flags = FIELD_NEEDED,
                       .fallback = "open",
                       .help = "Where it stands." },
    [ACTION_OWNER] = { .name = "owner",
                       .label = "Owner",
                       .kind = FIELD_REF,
                       .refers = "person",
                       .flags = FIELD_BY_NAME,
                       .help = "The one person who does it." },
    [ACTION_DUE] = { .name = "due",
                     .label = "Due",
                     .kind = FIELD_STAMP,
                     .flags = FIELD_INDEXED,
                     .help = "When it has to have an owner, and after that to be done." },
    [ACTION_FIRST_STEP] = { .name = "first_step",
                            .label = "First step",
                            .kind = FIELD_TEXT,
                            .help = "What to do before anything else." },
    [ACTION_WEEK] = { .name = "week",
                      .label = "Week",
                      .kind = FIELD_TEXT,
                      .flags = FIELD_INDEXED,
                      .max = 8,
                      .help = "The ISO week of the review that it comes from." },
    [ACTION_SURFACE] = { .name = "surface",
                         .label = "Surface",
                         .kind = FIELD_REF,
                         .refers = "surface",
                         .flags = FIELD_BY_NAME,
                         .help = "Where it was seen." },
    [ACTION_CASE] = { .name = "case",
                      .label = "Case",
                      .kind = FIELD_REF,
                      .refers = "eval_case",
                      .flags = FIELD_BY_NAME,
                      .help = "The case that flipped." },
    [ACTION_CLASS] = { .name = "class",
                       .label = "Flip",
                       .kind = FIELD_CHOICE,
                       .choices = class_words,
                       .help = "How sure the flip was when the review was opened." },
    [ACTION_SUSPECT] = { .name = "suspect",
                         .label = "Suspect",
                         .kind = FIELD_TEXT,
                         .flags = FIELD_INDEXED,
                         .help = "What is suspected of it; actions of one suspect are a group." },
};

static const struct transition action_states[] = {
    { "open", "done", "finish", 0, NULL, UNDO_YES },
    { "open", "dropped", "give-up", 0, NULL, UNDO_YES },
    { "done", "open", "reopen", 0, NULL, UNDO_YES },
    { "dropped", "open", "reopen", 0, NULL, UNDO_YES },
    { 0 },
};

static struct value late_value(const struct row *action, stamp now)
{
    return value_bool(action_is_late(action, now));
}

static const struct computed action_computed[] = {
    { .field = { .name = "late",
                 .label = "Late",
                 .kind = FIELD_BOOL,
                 .flags = FIELD_COUNTED | FIELD_COMPUTED | FIELD_NEEDED,
                 .help = "Whether it is open and past its due instant, whoever's it is." },
      .value = late_value },
    { .value = NULL },
};

/* Who is away on its day may have it all the same: whoever gives it may know better. */
static bool action_check(struct call *call, const struct row *before, const struct row *after)
{
    struct value owner = after->value[ACTION_OWNER], due = after->value[ACTION_DUE];
    bool is_same = before && value_equal(before->value[ACTION_OWNER], owner) &&
                   value_equal(before->value[ACTION_DUE], due);
    bool is_open = text_is(value_as_text(after->value[ACTION_STATE]), "open");
    return value_is_null(owner) || is_same || !is_open ||
           people_warn_away(call, value_as_int(owner), due);
}

static const char *const action_listed[] = { "owner", "state",   "due",  "late", "surface",
                                             "class", "suspect", "week", NULL };

const struct record action_record = {
    .name = "action",
    .plural = "actions",
    .prefix = "ACT",
    .label = "action",
    .help = "What somebody has to do, by when; 'rondo review --open' makes one of each flip.",
    .field = action_fields,
    .field_count = sizeof action_fields / sizeof action_fields[0],
    .title = ACTION_TITLE,
    .state = ACTION_STATE,
    .states = action_states,
    .computed = action_computed,
    .listed = action_listed,
    .usual_sort = "-state", /* open ones before dropped and done: words by their bytes */
    .unique = { { "surface", "week", "case" } },
    .sought = { "owner", "created" },
    .check = action_check,
};

static stamp due_while_open(const struct row *action)
{
    bool is_open = text_is(value_as_text(action->value[ACTION_STATE]), "open");
    return is_open ? value_as_int(action->value[ACTION_DUE]) : 0;
}

stamp action_untaken_from(const struct row *action)
{
    return value_is_null(action->value[ACTION_OWNER]) ? due_while_open(action) : 0;
}

bool action_is_late(const struct row *action, stamp now)
{
    stamp due = due_while_open(action);
    return due && due < now;
}

static const struct record *const actions_records[] = { &action_record, NULL };

const struct room actions_room = {
    .name = "actions",
    .label = "Actions",
    .help = "What somebody has to do, by when, and what nobody has taken yet.",
    .records = actions_records,
    .agenda = actions_agenda,
    .needs = actions_needs,
    .promises = actions_promises,
    .figures = actions_figures,
    .update = actions_update,
    .calendar = actions_calendar,
};
