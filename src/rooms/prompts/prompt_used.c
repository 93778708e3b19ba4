/*
 * See prompt_used.h. Everything is gathered into one list of uses, group by group, which both
 * forms are written from. Rooms that are not ours are asked for by the names of their records.
 */
#include "rooms/prompts/prompt_used.h"

#include "ledger/link.h"
#include "rooms/evals/evals.h"
#include "store/find.h"

enum { MODELS_SHOWN_MAX = 100 };

/* A row that uses the prompt, and how: "itself", "link" or "surface". */
struct use {
    const struct record *record;
    rid id;
    const char *by;
};

struct uses {
    struct use *use;
    size_t count, room;
};

struct used {
    struct uses surfaces, experiments, incidents, changes;
    int64_t runs;
    bool has_last;
    struct row last;
    text *model;
    size_t models;
};

/* Once each: a row that is linked and of a surface was linked first. */
static bool add_use(struct call *call, struct uses *uses, struct use use)
{
    for (size_t i = 0; i < uses->count; i++)
        if (uses->use[i].id == use.id)
            return true;
    uses->use = call_more(call, uses->use, uses->count, &uses->room, sizeof use);
    if (!uses->use)
        return false;
    uses->use[uses->count++] = use;
    return true;
}

static bool add_rows(struct call *call, const struct query *query, const char *by,
                     struct uses *uses)
{
    struct rows rows;
    if (!find_rows(call, query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!add_use(call, uses, (struct use){ query->record, rows.row[i].id, by }))
            return false;
    return true;
}

/* --- each group --- */

static bool gather_surfaces(struct call *call, const struct row *prompt, struct used *used)
{
    const struct value surfaces = prompt->value[PROMPT_SURFACES];
    for (size_t i = 0; i < surfaces.count; i++)
        if (find_may_read(call, &surface_record, surfaces.ids[i]) &&
            !add_use(call, &used->surfaces,
                     (struct use){ &surface_record, surfaces.ids[i], "itself" }))
            return false;
    return true;
}

static bool gather_linked(struct call *call, const struct row *prompt, struct used *used)
{
    struct link *link;
    size_t count;
    if (!link_list(call, &prompt_record, prompt->id, &link, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct uses *uses = text_is(text_of(link[i].record->name), "experiment")
                                ? &used->experiments
                            : text_is(text_of(link[i].record->name), "incident")
                                ? &used->incidents
                                : NULL;
        if (uses && !add_use(call, uses, (struct use){ link[i].record, link[i].id, "link" }))
            return false;
    }
    return true;
}

/* Rows of another room whose field names one of the surfaces. */
static bool gather_of_surfaces(struct call *call, const struct row *prompt, const char *name,
                               const char *field_name, enum filter_op op, struct uses *uses)
{
    const struct value surfaces = prompt->value[PROMPT_SURFACES];
    const struct record *record = catalog_record(call->catalog, text_of(name));
    int field = record ? record_field(record, text_of(field_name)) : -1;
    for (size_t i = 0; field >= 0 && i < surfaces.count; i++) {
        struct query query;
        query_init(&query, record);
        if (!query_add(call, &query, field, op, value_ref(surfaces.ids[i])) ||
            !add_rows(call, &query, "surface", uses))
            return false;
    }
    return true;
}

static bool gather_changes(struct call *call, const struct row *prompt, struct used *used)
{
    struct query query;
    query_init(&query, &prompt_change_record);
    return query_add(call, &query, PROMPT_CHANGE_PROMPT, FILTER_IS, value_ref(prompt->id)) &&
           add_rows(call, &query, "itself", &used->changes);
}

/* Runs say the prompt's name or its id. */
static bool gather_runs(struct call *call, const struct row *prompt, struct used *used)
{
    const text words[] = { value_as_text(prompt->value[PROMPT_NAME]),
                           row_public_id(call, &prompt_record, prompt->id) };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct query query;
        struct row last;
        int64_t count;
        query_init(&query, &eval_run_record);
        query.sort = EVAL_RUN_STARTED_AT;
        query.is_descending = true;
        if (!query_add(call, &query, EVAL_RUN_PROMPT, FILTER_IS, value_text(words[i])) ||
            !find_count(call, &query, &count))
            return false;
        used->runs += count;
        if (!find_first(call, &query, &last)) {
            if (call->fail.kind != FAIL_NONE)
                return false;
            continue;
        }
        if (!used->has_last || value_as_int(last.value[EVAL_RUN_STARTED_AT]) >
                                   value_as_int(used->last.value[EVAL_RUN_STARTED_AT]))
            used->last = last;
        used->has_last = true;
    }
    return true;
}

static bool add_model(struct used *used, text model)
{
    for (size_t i = 0; i < used->models; i++)
        if (text_equal(used->model[i], model))
            return true;
    if (used->models < MODELS_SHOWN_MAX)
        used->model[used->models++] = model;
    return true;
}

/* The models that its versions ask, the latest first. */
static bool gather_models(struct call *call, const struct row *prompt, struct used *used)
{
    struct query query;
    struct rows rows;
    query_init(&query, &prompt_version_record);
    query.sort = PROMPT_VERSION_NUMBER;
    query.is_descending = true;
    used->model = call_array(call, MODELS_SHOWN_MAX, sizeof *used->model);
    if (!used->model ||
        !query_add(call, &query, PROMPT_VERSION_PROMPT, FILTER_IS, value_ref(prompt->id)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!value_is_null(rows.row[i].value[PROMPT_VERSION_MODEL]))
            add_model(used, value_as_text(rows.row[i].value[PROMPT_VERSION_MODEL]));
    return true;
}

static bool gather(struct call *call, const struct row *prompt, struct used *used)
{
    *used = (struct used){ .runs = 0 };
    return gather_surfaces(call, prompt, used) && gather_models(call, prompt, used) &&
           gather_runs(call, prompt, used) && gather_linked(call, prompt, used) &&
           gather_of_surfaces(call, prompt, "experiment", "surface", FILTER_IS,
                              &used->experiments) &&
           gather_of_surfaces(call, prompt, "incident", "surfaces", FILTER_HAS,
                              &used->incidents) &&
           gather_changes(call, prompt, used);
}

/* --- writing --- */

static const struct group {
    const char *key;
    size_t place; /* in struct used */
} groups[] = {
    { "surfaces", offsetof(struct used, surfaces) },
    { "experiments", offsetof(struct used, experiments) },
    { "incidents", offsetof(struct used, incidents) },
    { "changes", offsetof(struct used, changes) },
};

enum { GROUPS = sizeof groups / sizeof groups[0] };

static const struct uses *uses_of(const struct used *used, const struct group *group)
{
    return (const struct uses *)(const void *)((const char *)used + group->place);
}

static text use_title(struct call *call, const struct use *use)
{
    text title = find_title(call, use->record, use->id);
    return title.at ? title : row_public_id(call, use->record, use->id);
}

static void write_uses(struct call *call, const struct uses *uses, struct json_writer *writer)
{
    json_list(writer);
    for (size_t i = 0; i < uses->count; i++) {
        const struct use *use = &uses->use[i];
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, use->record, use->id));
        json_put_text(writer, "title", use_title(call, use));
        json_put_string(writer, "by", use->by);
        json_object_end(writer);
    }
    json_list_end(writer);
}

static void write_runs(struct call *call, const struct used *used, struct json_writer *writer)
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

bool prompt_used_write_json(struct call *call, const struct row *prompt,
                            struct json_writer *writer)
{
    struct used used;
    if (!gather(call, prompt, &used))
        return false;
    json_object(writer);
    json_put_text(writer, "prompt", row_title(call, prompt));
    for (size_t i = 0; i < GROUPS; i++) {
        json_key(writer, groups[i].key);
        write_uses(call, uses_of(&used, &groups[i]), writer);
    }
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

bool prompt_used_write_text(struct call *call, const struct row *prompt, struct out *out)
{
    struct used used;
    if (!gather(call, prompt, &used))
        return false;
    for (size_t g = 0; g < GROUPS; g++) {
        const struct uses *uses = uses_of(&used, &groups[g]);
        for (size_t i = 0; i < uses->count; i++) {
            const struct use *use = &uses->use[i];
            out_format(out, "%s: %.*s %.*s\n", groups[g].key,
                       TEXT_FMT(row_public_id(call, use->record, use->id)),
                       TEXT_FMT(use_title(call, use)));
        }
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
