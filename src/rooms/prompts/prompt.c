/*
 * Room prompts: the registry. A prompt has a name that applications ask for; its versions never
 * change; its labels say which version is served, and are moved by label_move alone.
 */
#include "rooms/prompts/prompt_content.h"
#include "rooms/prompts/prompts.h"
#include "rooms/prompts/risk_rule.h"
#include "store/find.h"

static const char *const kind_words[] = { "text", "chat", NULL };
static const char *const touch_words[] = { "safety", "money", "personal_data" };

static const struct field prompt_fields[] = {
    [PROMPT_NAME] = { .name = "name",
                      .label = "Name",
                      .kind = FIELD_TEXT,
                      .flags = FIELD_NEEDED | FIELD_UNIQUE | FIELD_SEARCHED | FIELD_SORTED,
                      .max = 100,
                      .help = "What applications ask for: letters, digits, '.', '_' and '-'." },
    [PROMPT_KIND] = { .name = "kind",
                      .label = "Kind",
                      .kind = FIELD_CHOICE,
                      .choices = kind_words,
                      .flags = FIELD_NEEDED | FIELD_FIXED,
                      .fallback = "text",
                      .help = "One text, or the messages of a chat." },
    [PROMPT_OWNER] = { .name = "owner",
                       .label = "Owner",
                       .kind = FIELD_REF,
                       .refers = "person",
                       .flags = FIELD_BY_NAME,
                       .help = "Who answers for it." },
    [PROMPT_TEAM] = { .name = "team",
                      .label = "Team",
                      .kind = FIELD_REF,
                      .refers = "team",
                      .flags = FIELD_BY_NAME,
                      .help = "Whose it is; only that team's members change it." },
    [PROMPT_SURFACES] = { .name = "surfaces",
                          .label = "Surfaces",
                          .kind = FIELD_REFS,
                          .refers = "surface",
                          .flags = FIELD_BY_NAME,
                          .help = "Where users meet it; several make a change cross-cutting." },
    [PROMPT_TOUCHES] = { .name = "touches",
                         .label = "Touches",
                         .kind = FIELD_TAGS,
                         .help = "safety, money, personal_data: what makes a change "
                                 "cross-cutting." },
    [PROMPT_SHARED] = { .name = "shared",
                        .label = "Shared",
                        .kind = FIELD_BOOL,
                        .fallback = "false",
                        .help = "Whether it is a part of other prompts." },
    [PROMPT_DESCRIPTION] = { .name = "description",
                             .label = "Description",
                             .kind = FIELD_PROSE,
                             .flags = FIELD_SEARCHED,
                             .help = "What it is for." },
    [PROMPT_DRILL_MONTHS] = { .name = "drill_months",
                              .label = "Drill every",
                              .kind = FIELD_INT,
                              .fallback = "3",
                              .min = 0,
                              .max = 24,
                              .help = "Months between rollback drills; 0 for none." },
};

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '.' || c == '_' || c == '-';
}

/* It stands in addresses and is the name of a folder. */
static bool check_name(struct call *call, text name)
{
    bool is_good = name.size > 0 && name.at[0] != '.' && name.at[0] != '-';
    for (size_t i = 0; i < name.size; i++)
        is_good &= is_name_character(name.at[i]);
    return is_good ||
           fail_at(call, "name",
                   "'%.*s' is no name for a prompt: use letters, digits, '.', '_' and '-'",
                   TEXT_FMT(name));
}

static bool check_touches(struct call *call, struct value touches)
{
    for (size_t i = 0; i < touches.count; i++) {
        bool is_known = false;
        for (size_t j = 0; j < sizeof touch_words / sizeof *touch_words; j++)
            is_known |= text_is(touches.texts[i], touch_words[j]);
        if (!is_known)
            return fail_at(call, "touches", "'%.*s' is not one of safety, money, personal_data",
                           TEXT_FMT(touches.texts[i]));
    }
    return true;
}

static bool prompt_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)before;
    return check_name(call, value_as_text(after->value[PROMPT_NAME])) &&
           check_touches(call, after->value[PROMPT_TOUCHES]);
}

/* Applications would be left without what they ask for. */
static bool fail_carried(struct call *call, const struct row *label)
{
    return fail(call, FAIL_CONFLICT,
                "the label '%.*s' carries it: applications would be left without a prompt",
                TEXT_FMT(value_as_text(label->value[PROMPT_LABEL_NAME])));
}

static bool check_not_carried(struct call *call, enum prompt_label_field field, rid id)
{
    struct query query;
    struct row label;
    query_init(&query, &prompt_label_record);
    if (query_add(call, &query, field, FILTER_IS, value_ref(id)) &&
        find_first(call, &query, &label))
        return fail_carried(call, &label);
    return call->fail.kind == FAIL_NONE;
}

static bool prompt_check_drop(struct call *call, const struct row *prompt)
{
    return check_not_carried(call, PROMPT_LABEL_PROMPT, prompt->id);
}

static const char *const prompt_listed[] = { "kind", "surfaces", "owner", "touches", NULL };

const struct record prompt_record = {
    .name = "prompt",
    .plural = "prompts",
    .prefix = "PRM",
    .label = "prompt",
    .help = "What is said to a model, in versions: 'rondo prompt add --name support-reply', then "
            "'rondo prompt-version add'.",
    .field = prompt_fields,
    .field_count = sizeof prompt_fields / sizeof prompt_fields[0],
    .title = PROMPT_NAME,
    .listed = prompt_listed,
    .check = prompt_check,
    .check_drop = prompt_check_drop,
};

/* --- versions --- */

static const struct field version_fields[] = {
    [PROMPT_VERSION_TITLE] = { .name = "title",
                               .label = "Title",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_COUNTED | FIELD_SEARCHED,
                               .help = "The prompt's name, and the number." },
    [PROMPT_VERSION_PROMPT] = { .name = "prompt",
                                .label = "Prompt",
                                .kind = FIELD_REF,
                                .refers = "prompt",
                                .flags = FIELD_NEEDED | FIELD_OWNED | FIELD_BY_NAME,
                                .help = "Whose version it is." },
    [PROMPT_VERSION_NUMBER] = { .name = "number",
                                .label = "Number",
                                .kind = FIELD_INT,
                                .flags = FIELD_COUNTED,
                                .help = "1 for the first version of the prompt, never given "
                                        "twice." },
    [PROMPT_VERSION_MESSAGE] = { .name = "message",
                                 .label = "Message",
                                 .kind = FIELD_TEXT,
                                 .flags = FIELD_NEEDED | FIELD_SEARCHED,
                                 .help = "What is different, and why." },
    [PROMPT_VERSION_TEXT] = { .name = "text",
                              .label = "Text",
                              .kind = FIELD_PROSE,
                              .flags = FIELD_SEARCHED,
                              .help = "What is said, with variables as {{name}}." },
    [PROMPT_VERSION_MESSAGES] = { .name = "messages",
                                  .label = "Messages",
                                  .kind = FIELD_JSON,
                                  .help = "Of a chat: [{\"role\", \"content\"}], with variables as "
                                          "{{name}}." },
    [PROMPT_VERSION_MODEL] = { .name = "model",
                               .label = "Model",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_INDEXED,
                               .help = "The model that is asked." },
    [PROMPT_VERSION_PARAMETERS] = { .name = "parameters",
                                    .label = "Parameters",
                                    .kind = FIELD_JSON,
                                    .help = "An object, such as {\"temperature\": 0}." },
    [PROMPT_VERSION_TOOLS] = { .name = "tools",
                               .label = "Tools",
                               .kind = FIELD_JSON,
                               .help = "A list of the tools that the model may call." },
    [PROMPT_VERSION_VARIABLES] = { .name = "variables",
                                   .label = "Variables",
                                   .kind = FIELD_TAGS,
                                   .flags = FIELD_COUNTED,
                                   .help = "The names of its variables." },
    [PROMPT_VERSION_CONTENT_HASH] = { .name = "content_hash",
                                      .label = "Content hash",
                                      .kind = FIELD_TEXT,
                                      .flags = FIELD_COUNTED | FIELD_INDEXED,
                                      .max = 64,
                                      .help = "SHA-256 of what is served; the same content has "
                                              "the same hash." },
    [PROMPT_VERSION_AUTHOR] = { .name = "author",
                                .label = "Author",
                                .kind = FIELD_REF,
                                .refers = "person",
                                .flags = FIELD_COUNTED | FIELD_BY_NAME,
                                .help = "Who made it." },
    [PROMPT_VERSION_MADE_AT] = { .name = "made_at",
                                 .label = "Made at",
                                 .kind = FIELD_STAMP,
                                 .flags = FIELD_COUNTED,
                                 .help = "Since when there is this version; of one out of a file, "
                                         "what the file says." },
    [PROMPT_VERSION_SOURCE] = { .name = "source",
                                .label = "Source",
                                .kind = FIELD_TEXT,
                                .help = "Where it came from, such as a file at a commit." },
};

static bool next_number(struct call *call, rid prompt, int64_t *number)
{
    struct query query;
    struct row last;
    query_init(&query, &prompt_version_record);
    query.with_archived = true;
    query.sort = PROMPT_VERSION_NUMBER;
    query.is_descending = true;
    bool is_found = query_add(call, &query, PROMPT_VERSION_PROMPT, FILTER_IS, value_ref(prompt)) &&
                    find_first(call, &query, &last);
    *number = is_found ? value_as_int(last.value[PROMPT_VERSION_NUMBER]) + 1 : 1;
    return call->fail.kind == FAIL_NONE;
}

/* Files tell number, author and time of versions that were made elsewhere; numbers only go up. */
static void keep_told(const struct call *call, int64_t next, struct value *value)
{
    bool is_import = call->door == DOOR_IMPORT;
    int64_t number = value_as_int(value[PROMPT_VERSION_NUMBER]);
    struct value author = value[PROMPT_VERSION_AUTHOR], made_at = value[PROMPT_VERSION_MADE_AT];
    value[PROMPT_VERSION_NUMBER] = value_int(is_import && number > next ? number : next);
    value[PROMPT_VERSION_AUTHOR] =
        is_import && !value_is_null(author) ? author : value_ref(call->actor.person);
    value[PROMPT_VERSION_MADE_AT] =
        is_import && !value_is_null(made_at) ? made_at : value_stamp(call->now);
}

static bool version_settle(struct call *call, const struct row *before, struct row *after)
{
    struct row prompt;
    struct template_variables variables;
    struct value *value = after->value;
    int64_t next;
    rid id = value_as_int(value[PROMPT_VERSION_PROMPT]);
    if (before || id == 0)
        return true;
    if (!find_row(call, &prompt_record, id, &prompt) || !next_number(call, id, &next) ||
        !prompt_content_variables(call, after, &variables))
        return false;
    keep_told(call, next, value);
    text name = row_title(call, &prompt), hash = prompt_content_hash(call, after);
    value[PROMPT_VERSION_TITLE] =
        value_text(call_format(call, "%.*s %lld", TEXT_FMT(name),
                               (long long)value_as_int(value[PROMPT_VERSION_NUMBER])));
    value[PROMPT_VERSION_CONTENT_HASH] = value_text(hash);
    value[PROMPT_VERSION_VARIABLES] =
        (struct value){ .kind = variables.count ? VALUE_TEXTS : VALUE_NULL,
                        .count = (uint32_t)variables.count,
                        .texts = variables.name };
    return hash.at != NULL;
}

stamp prompt_version_made_at(const struct row *version)
{
    struct value made_at = version->value[PROMPT_VERSION_MADE_AT];
    return value_is_null(made_at) ? version->created : value_as_int(made_at);
}

static bool version_check(struct call *call, const struct row *before, const struct row *after)
{
    struct row prompt;
    if (before)
        for (size_t i = 0; i < after->record->field_count; i++)
            if (!value_equal(before->value[i], after->value[i]))
                return fail_at(call, after->record->field[i].name,
                               "a stored version does not change: make a new version");
    return find_row(call, &prompt_record, value_as_int(after->value[PROMPT_VERSION_PROMPT]),
                    &prompt) &&
           prompt_content_check(call, &prompt, after);
}

static bool version_check_drop(struct call *call, const struct row *version)
{
    return check_not_carried(call, PROMPT_LABEL_VERSION, version->id);
}

static const char *const version_listed[] = { "message", "author", "model", "content_hash", NULL };

const struct record prompt_version_record = {
    .name = "prompt_version",
    .plural = "prompt_versions",
    .prefix = "PV",
    .label = "prompt version",
    .help = "What a prompt says from some moment on, for ever: 'rondo prompt-version add --prompt "
            "NAME --text ... --message ...'.",
    .field = version_fields,
    .field_count = sizeof version_fields / sizeof version_fields[0],
    .title = PROMPT_VERSION_TITLE,
    .unique = { { "prompt", "number" } },
    .sought = { "prompt", "number" },
    .listed = version_listed,
    .check = version_check,
    .check_drop = version_check_drop,
    .settle = version_settle,
};

/* --- labels --- */

static const struct field label_fields[] = {
    [PROMPT_LABEL_NAME] = { .name = "name",
                            .label = "Name",
                            .kind = FIELD_TEXT,
                            .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
                            .max = 100,
                            .help = "production, test, canary; with an environment behind a "
                                    "slash." },
    [PROMPT_LABEL_PROMPT] = { .name = "prompt",
                              .label = "Prompt",
                              .kind = FIELD_REF,
                              .refers = "prompt",
                              .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_OWNED | FIELD_BY_NAME,
                              .help = "Whose label it is." },
    [PROMPT_LABEL_VERSION] = { .name = "prompt_version",
                               .label = "Version",
                               .kind = FIELD_REF,
                               .refers = "prompt_version",
                               .flags = FIELD_COUNTED | FIELD_BY_NAME,
                               .help = "What is served under it." },
    [PROMPT_LABEL_MOVED_AT] = { .name = "moved_at",
                                .label = "Moved at",
                                .kind = FIELD_STAMP,
                                .flags = FIELD_COUNTED,
                                .help = "Since when." },
    [PROMPT_LABEL_MOVED_BY] = { .name = "moved_by",
                                .label = "Moved by",
                                .kind = FIELD_REF,
                                .refers = "person",
                                .flags = FIELD_COUNTED | FIELD_BY_NAME,
                                .help = "Who moved it there." },
    [PROMPT_LABEL_TEAM] = PROMPT_TEAM_FIELD,
};

/* What needs an approval to move is not taken away without one. */
static bool label_check_drop(struct call *call, const struct row *label)
{
    struct row prompt;
    struct risk risk;
    if (!find_row(call, &prompt_record, value_as_int(label->value[PROMPT_LABEL_PROMPT]), &prompt))
        return false;
    struct risk_ask ask =
        risk_ask_of(&prompt, value_as_text(label->value[PROMPT_LABEL_NAME]), VALUE_NONE);
    return risk_of(call, &ask, &risk) && (risk.tier == TIER_SELF || fail_carried(call, label));
}

static const char *const label_listed[] = { "prompt", "prompt_version", "moved_at", "moved_by",
                                            NULL };

const struct record prompt_label_record = {
    .name = "prompt_label",
    .plural = "prompt_labels",
    .prefix = "LBL",
    .label = "label",
    .help = "Which version of a prompt is served under a name: 'rondo prompt move NAME LABEL "
            "VERSION'.",
    .field = label_fields,
    .field_count = sizeof label_fields / sizeof label_fields[0],
    .title = PROMPT_LABEL_NAME,
    .unique = { { "prompt", "name" } },
    .listed = label_listed,
    .check_drop = label_check_drop,
    .made_by_program = true,
    .writers = ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};
