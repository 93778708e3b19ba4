/* See prompt_used_show.h. */
#include "rooms/prompts/prompt_used_show.h"

#include "rooms/evals/evals.h"
#include "rooms/prompts/prompt_used.h"
#include "rooms/prompts/risk_rule.h"

static const struct group {
    const char *key;
    size_t place; /* in struct prompt_used */
} groups[] = {
    { "surfaces", offsetof(struct prompt_used, surfaces) },
    { "prompts", offsetof(struct prompt_used, prompts) },
    { "experiments", offsetof(struct prompt_used, experiments) },
    { "incidents", offsetof(struct prompt_used, incidents) },
};

enum { GROUPS = sizeof groups / sizeof groups[0] };

static const struct prompt_uses *uses_of(const struct prompt_used *used, const struct group *group)
{
    return (const struct prompt_uses *)(const void *)((const char *)used + group->place);
}

static text use_title(struct call *call, const struct prompt_use *use)
{
    text title = find_title(call, use->record, use->id);
    return title.at ? title : row_public_id(call, use->record, use->id);
}

/* --- JSON --- */

static void write_affected(struct call *call, const struct prompt_used *used,
                           const struct prompt_use *use, struct json_writer *writer)
{
    json_key(writer, "affected_by");
    json_list(writer);
    for (size_t i = 0; i < used->open.count; i++)
        if (prompt_use_is_affected(use, &used->open.row[i]))
            json_text(writer, row_public_id(call, &prompt_change_record, used->open.row[i].id));
    json_list_end(writer);
}

static void write_uses(struct call *call, const struct prompt_used *used,
                       const struct group *group, struct json_writer *writer)
{
    const struct prompt_uses *uses = uses_of(used, group);
    json_key(writer, group->key);
    json_list(writer);
    for (size_t i = 0; i < uses->count; i++) {
        const struct prompt_use *use = &uses->use[i];
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, use->record, use->id));
        json_put_text(writer, "title", use_title(call, use));
        json_put_string(writer, "by", use->by);
        write_affected(call, used, use, writer);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static bool is_open(const struct prompt_used *used, const struct row *change)
{
    bool is = false;
    for (size_t i = 0; i < used->open.count; i++)
        is |= used->open.row[i].id == change->id;
    return is;
}

static void write_changes(struct call *call, const struct prompt_used *used,
                          struct json_writer *writer)
{
    json_key(writer, "changes");
    json_list(writer);
    for (size_t i = 0; i < used->changes.count; i++) {
        const struct row *change = &used->changes.row[i];
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, change->record, change->id));
        json_put_text(writer, "title", row_title(call, change));
        json_put_string(writer, "by", "itself");
        json_put_text(writer, "state", value_as_text(change->value[PROMPT_CHANGE_STATE]));
        json_put_text(writer, "label", value_as_text(change->value[PROMPT_CHANGE_LABEL]));
        json_put_text(writer, "tier", value_as_text(change->value[PROMPT_CHANGE_TIER]));
        json_put_bool(writer, "is_open", is_open(used, change));
        json_object_end(writer);
    }
    json_list_end(writer);
}

/* Of an application counts which label it asks for. */
static void write_applications(struct call *call, const struct prompt_used *used,
                               struct json_writer *writer)
{
    json_key(writer, "applications");
    json_list(writer);
    for (size_t i = 0; i < used->applications.count; i++) {
        const struct row *row = &used->applications.row[i];
        text label = value_as_text(row->value[OUTSIDE_CHANGE_LABEL]);
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, row->record, row->id));
        json_put_text(writer, "title", value_as_text(row->value[OUTSIDE_CHANGE_APPLICATION]));
        json_put_text(writer, "label", label);
        json_put_text(writer, "state", value_as_text(row->value[OUTSIDE_CHANGE_STATE]));
        json_put_stamp(writer, "last_seen", value_as_int(row->value[OUTSIDE_CHANGE_LAST_SEEN]));
        json_key(writer, "affected_by");
        json_list(writer);
        for (size_t j = 0; j < used->open.count; j++)
            if (text_equal(value_as_text(used->open.row[j].value[PROMPT_CHANGE_LABEL]), label))
                json_text(writer, row_public_id(call, &prompt_change_record, used->open.row[j].id));
        json_list_end(writer);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void write_runs(struct call *call, const struct prompt_used *used,
                       struct json_writer *writer)
{
    json_object(writer);
    json_put_int(writer, "count", used->runs);
    json_key(writer, "last");
    if (used->has_last) {
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, &eval_run_record, used->last.id));
        json_put_stamp(writer, "started_at", value_as_int(used->last.value[EVAL_RUN_STARTED_AT]));
        json_put_text(writer, "prompt_version",
                      value_as_text(used->last.value[EVAL_RUN_PROMPT_VERSION]));
        json_object_end(writer);
    } else {
        json_null(writer);
    }
    json_object_end(writer);
}

/* Whom a change of what users meet has to convince: the map decides it. */
static bool write_tier(struct call *call, const struct row *prompt, struct json_writer *writer)
{
    struct risk risk;
    struct risk_ask ask = risk_ask_of(prompt, TEXT("production"), VALUE_NONE);
    if (!risk_of(call, &ask, &risk))
        return false;
    json_key(writer, "tier");
    json_object(writer);
    json_put_text(writer, "label", ask.label);
    json_put_string(writer, "tier", risk_tier_words[risk.tier]);
    json_put_text(writer, "rule", risk.rule);
    json_object_end(writer);
    return true;
}

bool prompt_used_write_json(struct call *call, const struct row *prompt,
                            struct json_writer *writer)
{
    struct prompt_used used;
    if (!prompt_used_gather(call, prompt, &used))
        return false;
    json_object(writer);
    json_put_text(writer, "prompt", row_title(call, prompt));
    json_put_text(writer, "id", row_public_id(call, prompt->record, prompt->id));
    if (!write_tier(call, prompt, writer))
        return false;
    for (size_t i = 0; i < GROUPS; i++)
        write_uses(call, &used, &groups[i], writer);
    write_changes(call, &used, writer);
    write_applications(call, &used, writer);
    json_key(writer, "models");
    json_list(writer);
    for (size_t i = 0; i < used.models; i++)
        json_text(writer, used.model[i]);
    json_list_end(writer);
    json_key(writer, "eval_runs");
    write_runs(call, &used, writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

/* --- the terminal --- */

static void say_uses(struct call *call, const struct prompt_used *used, const struct group *group,
                     struct out *out)
{
    const struct prompt_uses *uses = uses_of(used, group);
    for (size_t i = 0; i < uses->count; i++) {
        const struct prompt_use *use = &uses->use[i];
        out_format(out, "%s: %.*s %.*s", group->key,
                   TEXT_FMT(row_public_id(call, use->record, use->id)),
                   TEXT_FMT(use_title(call, use)));
        for (size_t j = 0; j < used->open.count; j++)
            if (prompt_use_is_affected(use, &used->open.row[j]))
                out_format(out, ", meets %.*s",
                           TEXT_FMT(row_public_id(call, &prompt_change_record,
                                                  used->open.row[j].id)));
        out_char(out, '\n');
    }
}

static void say_changes(struct call *call, const struct prompt_used *used, struct out *out)
{
    for (size_t i = 0; i < used->changes.count; i++) {
        const struct row *change = &used->changes.row[i];
        out_format(out, "changes: %.*s %.*s, %.*s\n",
                   TEXT_FMT(row_public_id(call, change->record, change->id)),
                   TEXT_FMT(row_title(call, change)),
                   TEXT_FMT(value_as_text(change->value[PROMPT_CHANGE_STATE])));
    }
}

bool prompt_used_write_text(struct call *call, const struct row *prompt, struct out *out)
{
    struct prompt_used used;
    if (!prompt_used_gather(call, prompt, &used))
        return false;
    for (size_t i = 0; i < GROUPS; i++)
        say_uses(call, &used, &groups[i], out);
    say_changes(call, &used, out);
    for (size_t i = 0; i < used.applications.count; i++) {
        const struct value *value = used.applications.row[i].value;
        out_format(out, "applications: %.*s serves %.*s\n",
                   TEXT_FMT(value_as_text(value[OUTSIDE_CHANGE_APPLICATION])),
                   TEXT_FMT(value_as_text(value[OUTSIDE_CHANGE_LABEL])));
    }
    for (size_t i = 0; i < used.models; i++)
        out_format(out, "models: %.*s\n", TEXT_FMT(used.model[i]));
    out_format(out, "eval runs: %lld", (long long)used.runs);
    if (used.has_last)
        out_format(out, ", the last is %.*s",
                   TEXT_FMT(row_public_id(call, &eval_run_record, used.last.id)));
    out_char(out, '\n');
    return call->fail.kind == FAIL_NONE;
}
