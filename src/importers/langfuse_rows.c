/* See langfuse_rows.h. */
#include "importers/langfuse_rows.h"

static bool list_add(struct call *call, struct langfuse_list *list, struct langfuse_row row)
{
    struct langfuse_row *grown =
        call_more(call, list->row, list->count, &list->room, sizeof *grown);
    if (!grown)
        return false;
    list->row = grown;
    grown[list->count++] = row;
    return true;
}

static text owner_of(const struct json *score)
{
    const struct json *subject = json_get(score, "subject");
    static const char *const keys[] = { "observationId", "traceId", "id" };
    text owner = TEXT_NONE;
    for (size_t i = 0; i < 3 && !owner.at; i++)
        if (subject && subject->kind == JSON_OBJECT)
            owner = eval_text(subject, keys[i]);
    for (size_t i = 0; i < 2 && !owner.at; i++)
        owner = eval_text(score, keys[i]);
    return owner;
}

static bool is_item(const struct json *row)
{
    return eval_says(row, "experimentItemId") || eval_says(row, "datasetItemId");
}

static bool is_score(const struct json *row)
{
    return eval_says(row, "name") && (eval_says(row, "dataType") || json_get(row, "value"));
}

static bool is_observation(const struct json *row)
{
    static const char *const keys[] = { "type", "level", "startTime", "parentObservationId" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (eval_says(row, "id") && eval_says(row, "traceId") && json_get(row, keys[i]))
            return true;
    return false;
}

static bool is_trace(const struct json *row)
{
    static const char *const keys[] = { "latency", "totalCost", "htmlPath", "observations" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (eval_says(row, "id") && !json_get(row, "traceId") && json_get(row, keys[i]))
            return true;
    return false;
}

bool langfuse_rows_is_trace(const struct json *row)
{
    return !is_item(row) && !is_score(row) && (is_observation(row) || is_trace(row));
}

static bool trace_add(struct call *call, struct langfuse_rows *rows, struct langfuse_row row)
{
    row.owner = row.id;
    if (!is_observation(row.json))
        return list_add(call, &rows->traces, row);
    if (!list_add(call, &rows->observations, row))
        return false;
    row.owner = eval_text(row.json, "traceId");
    return list_add(call, &rows->parts, row);
}

bool langfuse_rows_add(struct call *call, struct langfuse_rows *rows, const struct json *json,
                       int64_t number)
{
    struct langfuse_row row = { .json = json,
                                .id = eval_text(json, "id"),
                                .at = eval_text(json, "updatedAt"),
                                .number = number };
    if (is_item(json))
        return list_add(call, &rows->items, row);
    if (langfuse_rows_is_trace(json))
        return trace_add(call, rows, row);
    if (!is_score(json))
        return fail(call, FAIL_INVALID,
                    "the row must be an experiment's item (experimentItemId or datasetItemId) or "
                    "a score (name and value)");
    row.owner = owner_of(json);
    return list_add(call, &rows->scores, row);
}

const struct json *langfuse_rows_inside(const struct json *row, size_t which)
{
    static const char *const keys[LANGFUSE_LISTS] = { "data",   "items",  "datasetRunItems",
                                                      "scores", "traces", "observations" };
    if (is_item(row))
        return NULL;
    const struct json *list = json_get(row, keys[which]);
    return list && list->kind == JSON_LIST ? list : NULL;
}

/* ---- the newest of each ---- */

static int by_owner_and_id(const void *a, const void *b)
{
    const struct langfuse_row *one = a, *other = b;
    int order = text_compare(one->owner, other->owner);
    if (!order)
        order = text_compare(one->id, other->id);
    if (!order)
        order = text_compare(one->at, other->at);
    return order ? order : one->number < other->number ? -1 : one->number > other->number;
}

static int by_number(const void *a, const void *b)
{
    const struct langfuse_row *one = a, *other = b;
    return one->number < other->number ? -1 : one->number > other->number;
}

static int64_t newest_keep(struct langfuse_list *list)
{
    size_t kept = 0, count = list->count;
    if (count == 0)
        return 0;
    qsort(list->row, count, sizeof *list->row, by_owner_and_id);
    for (size_t i = 0; i < count; i++) {
        const struct langfuse_row *next = i + 1 < count ? &list->row[i + 1] : NULL;
        bool is_replaced = next && list->row[i].id.at && text_equal(next->id, list->row[i].id) &&
                           text_equal(next->owner, list->row[i].owner);
        if (!is_replaced)
            list->row[kept++] = list->row[i];
    }
    list->count = kept;
    return (int64_t)(count - kept);
}

void langfuse_rows_settle(struct langfuse_rows *rows)
{
    rows->repeated = newest_keep(&rows->items) + newest_keep(&rows->scores) +
                     newest_keep(&rows->traces) + newest_keep(&rows->observations);
    newest_keep(&rows->parts);
    if (rows->items.count)
        qsort(rows->items.row, rows->items.count, sizeof *rows->items.row, by_number);
}

const struct langfuse_row *langfuse_rows_of(const struct langfuse_list *list, text owner,
                                            size_t *count)
{
    size_t low = 0, high = list->count;
    *count = 0;
    if (!owner.at)
        return NULL;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(list->row[middle].owner, owner) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + *count < list->count && text_equal(list->row[low + *count].owner, owner))
        (*count)++;
    return *count ? &list->row[low] : NULL;
}
