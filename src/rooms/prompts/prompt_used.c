/* See prompt_used.h. Rooms that are not ours are asked for by the names of their records. */
#include "rooms/prompts/prompt_used.h"

#include "ledger/link.h"
#include "rooms/evals/evals.h"
#include "rooms/prompts/change_rules.h"

enum { MODELS_SHOWN_MAX = 100 };

/* Once each: a row that is linked and of a surface was linked first. */
static bool add_use(struct call *call, struct prompt_uses *uses, struct prompt_use use)
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

static bool add_rows(struct call *call, const struct query *query, const char *by, rid surface,
                     struct prompt_uses *uses)
{
    struct rows rows;
    if (!find_rows(call, query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!add_use(call, uses, (struct prompt_use){ .record = query->record,
                                                    .id = rows.row[i].id,
                                                    .by = by,
                                                    .surface = surface }))
            return false;
    return true;
}

/* --- each group --- */

static bool add_surfaces(struct call *call, struct value surfaces, const char *by,
                         struct prompt_used *used)
{
    for (size_t i = 0; i < surfaces.count; i++) {
        const struct prompt_use use = {
            .record = &surface_record, .id = surfaces.ids[i], .by = by, .surface = surfaces.ids[i]
        };
        if (find_may_read(call, &surface_record, use.id) && !add_use(call, &used->surfaces, use))
            return false;
    }
    return true;
}

/* What it is linked with, in either direction, by the name of the other record. */
static struct prompt_uses *uses_of_record(struct prompt_used *used, text record)
{
    return text_is(record, "experiment") ? &used->experiments
           : text_is(record, "incident") ? &used->incidents
           : text_is(record, "prompt")   ? &used->prompts
                                         : NULL;
}

static bool gather_linked(struct call *call, const struct row *prompt, struct prompt_used *used)
{
    struct link *link;
    size_t count;
    if (!link_list(call, &prompt_record, prompt->id, &link, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct prompt_uses *uses = uses_of_record(used, text_of(link[i].record->name));
        const struct prompt_use use = { .record = link[i].record, .id = link[i].id, .by = "link" };
        if (uses && !add_use(call, uses, use))
            return false;
    }
    return true;
}

/* Rows of another room whose field names one of the surfaces. */
static bool gather_of_surfaces(struct call *call, const struct row *prompt, const char *name,
                               const char *field_name, enum filter_op op, struct prompt_uses *uses)
{
    const struct value surfaces = prompt->value[PROMPT_SURFACES];
    const struct record *record = catalog_record(call->catalog, text_of(name));
    int field = record ? record_field(record, text_of(field_name)) : -1;
    for (size_t i = 0; field >= 0 && i < surfaces.count; i++) {
        struct query query;
        query_init(&query, record);
        if (!query_add(call, &query, field, op, value_ref(surfaces.ids[i])) ||
            !add_rows(call, &query, "surface", surfaces.ids[i], uses))
            return false;
    }
    return true;
}

/* Decided on, or about to be served: what it concerns may be another thing tomorrow. */
static bool is_open(const struct row *change)
{
    return change_is(change, "in_review") || change_is(change, "deferred") ||
           change_is(change, "approved");
}

/* A change may name a surface that its prompt does not. */
static bool gather_changes(struct call *call, const struct row *prompt, struct prompt_used *used)
{
    struct query query;
    struct rows *open = &used->open;
    query_init(&query, &prompt_change_record);
    if (!query_add(call, &query, PROMPT_CHANGE_PROMPT, FILTER_IS, value_ref(prompt->id)) ||
        !find_rows(call, &query, &used->changes))
        return false;
    for (size_t i = 0; i < used->changes.count; i++) {
        const struct row *change = &used->changes.row[i];
        if (!is_open(change))
            continue;
        open->row = call_more(call, open->row, open->count, &open->room, sizeof *open->row);
        if (!open->row ||
            !add_surfaces(call, change->value[PROMPT_CHANGE_SURFACES], "change", used))
            return false;
        open->row[open->count++] = *change;
    }
    return true;
}

/* Applications are known by what they reported that was not the released content. */
static bool gather_applications(struct call *call, const struct row *prompt,
                                struct prompt_used *used)
{
    struct query query;
    query_init(&query, &outside_change_record);
    query.sort = OUTSIDE_CHANGE_LAST_SEEN;
    query.is_descending = true;
    return query_add(call, &query, OUTSIDE_CHANGE_PROMPT, FILTER_IS, value_ref(prompt->id)) &&
           find_rows(call, &query, &used->applications);
}

/* Runs say the prompt's name or its id. */
static bool gather_runs(struct call *call, const struct row *prompt, struct prompt_used *used)
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

static bool add_model(struct prompt_used *used, text model)
{
    for (size_t i = 0; i < used->models; i++)
        if (text_equal(used->model[i], model))
            return true;
    if (used->models < MODELS_SHOWN_MAX)
        used->model[used->models++] = model;
    return true;
}

/* The models that its versions ask, the latest first. */
static bool gather_models(struct call *call, const struct row *prompt, struct prompt_used *used)
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

bool prompt_used_gather(struct call *call, const struct row *prompt, struct prompt_used *used)
{
    *used = (struct prompt_used){ .runs = 0 };
    return add_surfaces(call, prompt->value[PROMPT_SURFACES], "itself", used) &&
           gather_changes(call, prompt, used) && gather_models(call, prompt, used) &&
           gather_runs(call, prompt, used) && gather_linked(call, prompt, used) &&
           gather_of_surfaces(call, prompt, "experiment", "surface", FILTER_IS,
                              &used->experiments) &&
           gather_of_surfaces(call, prompt, "incident", "surfaces", FILTER_HAS,
                              &used->incidents) &&
           gather_applications(call, prompt, used);
}

/* What is linked to the prompt itself is met by each of its changes. */
bool prompt_use_is_affected(const struct prompt_use *use, const struct row *change)
{
    const struct value surfaces = change->value[PROMPT_CHANGE_SURFACES];
    bool is_affected = use->surface == 0;
    for (size_t i = 0; i < surfaces.count; i++)
        is_affected |= surfaces.ids[i] == use->surface;
    return is_affected;
}
