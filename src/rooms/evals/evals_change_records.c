/* Room evals: the nouns around the runs: what changed, and which names are one model. */
#include "rooms/evals/evals.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const kind_choices[] = {
    "prompt_version", "model_asked", "model_served", "dataset", "judge", "release",
    "config",         "provider",    "retrieval",    "code",    NULL,
};

static const struct field change_event_fields[] = {
    [CHANGE_EVENT_TITLE] = { .name = "title",
                             .label = "Title",
                             .kind = FIELD_TEXT,
                             .flags = FIELD_NEEDED | FIELD_SEARCHED,
                             .help = "What changed, in a few words." },
    [CHANGE_EVENT_KIND] = { .name = "kind",
                            .label = "Kind",
                            .kind = FIELD_CHOICE,
                            .choices = kind_choices,
                            .flags = FIELD_NEEDED,
                            .help = "What was changed; model_served and provider are changes that "
                                    "the provider made." },
    [CHANGE_EVENT_FROM] = { .name = "from",
                            .label = "From",
                            .kind = FIELD_TEXT,
                            .help = "What it was before: a version, a name, a hash." },
    [CHANGE_EVENT_TO] = { .name = "to",
                          .label = "To",
                          .kind = FIELD_TEXT,
                          .help = "What it is now; as runs write it, so that they are matched." },
    [CHANGE_EVENT_EFFECTIVE_AT] = { .name = "effective_at",
                                    .label = "Effective",
                                    .kind = FIELD_STAMP,
                                    .flags = FIELD_NEEDED | FIELD_INDEXED,
                                    .help = "From when on it could change results." },
    [CHANGE_EVENT_SURFACES] = { .name = "surfaces",
                                .label = "Surfaces",
                                .kind = FIELD_REFS,
                                .refers = "surface",
                                .flags = FIELD_BY_NAME,
                                .help = "The surfaces it touched; none named means all." },
    [CHANGE_EVENT_SLICE] = { .name = "slice",
                             .label = "Slice or tag",
                             .kind = FIELD_TEXT,
                             .help = "It touched only cases of this slice or with this tag." },
    [CHANGE_EVENT_CASES] = { .name = "cases",
                             .label = "Cases",
                             .kind = FIELD_REFS,
                             .refers = "eval_case",
                             .help = "It touched only these cases, and those of the slice." },
    [CHANGE_EVENT_SOURCE] = { .name = "source",
                              .label = "Source",
                              .kind = FIELD_TEXT,
                              .flags = FIELD_SEARCHED,
                              .help = "Where it is known from: a person, a repository, a status "
                                      "page." },
    [CHANGE_EVENT_URL] = { .name = "url",
                           .label = "Address",
                           .kind = FIELD_TEXT,
                           .help = "Where it can be read up." },
};

static const char *const change_event_listed[] = { "kind",     "from",  "to", "effective_at",
                                                   "surfaces", "slice", NULL };

const struct record change_event_record = {
    .name = "change_event",
    .plural = "change_events",
    .prefix = "CHG",
    .label = "change event",
    .help = "Something that changed around the runs: a prompt, a model, a judge, a release; "
            "'rondo change-event add' tells of one, and the review suspects it.",
    .field = change_event_fields,
    .field_count = COUNT(change_event_fields),
    .title = CHANGE_EVENT_TITLE,
    .listed = change_event_listed,
    .writers = ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER, /* who moves labels */
};

static const struct field model_alias_fields[] = {
    [MODEL_ALIAS_ALIAS] = { .name = "alias",
                            .label = "Alias",
                            .kind = FIELD_TEXT,
                            .flags = FIELD_NEEDED | FIELD_UNIQUE | FIELD_SEARCHED,
                            .help = "A name that results use for the model." },
    [MODEL_ALIAS_MODEL] = { .name = "model",
                            .label = "Model",
                            .kind = FIELD_TEXT,
                            .flags = FIELD_NEEDED | FIELD_SEARCHED,
                            .help = "The model that it means." },
};

const struct record model_alias_record = {
    .name = "model_alias",
    .plural = "model_aliases",
    .prefix = "ALIAS",
    .label = "model alias",
    .help = "Two names of one model: going from one to the other is no change.",
    .field = model_alias_fields,
    .field_count = COUNT(model_alias_fields),
    .title = MODEL_ALIAS_ALIAS,
};
