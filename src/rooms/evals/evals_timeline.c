/* See evals_timeline.h. */
#include "rooms/evals/evals_timeline.h"

#include "rooms/evals/review_put.h"
#include "store/find.h"

/* --- which surfaces --- */

/* Several suites may have a surface of that name. */
struct wanted {
    bool is_all;
    struct rows surfaces;
};

static bool find_wanted(struct call *call, text name, struct wanted *wanted)
{
    struct query query;
    *wanted = (struct wanted){ .is_all = !name.at };
    if (wanted->is_all)
        return true;
    query_init(&query, &surface_record);
    if (!query_add(call, &query, SURFACE_NAME, FILTER_IS, value_text(name)) ||
        !find_rows(call, &query, &wanted->surfaces))
        return false;
    return wanted->surfaces.count > 0 ||
           fail(call, FAIL_NOT_FOUND, "there is no surface '%.*s': see 'rondo surface list'",
                TEXT_FMT(name));
}

static bool is_wanted(const struct wanted *wanted, rid surface)
{
    for (size_t i = 0; !wanted->is_all && i < wanted->surfaces.count; i++)
        if (wanted->surfaces.row[i].id == surface)
            return true;
    return wanted->is_all;
}

static bool is_any_wanted(const struct wanted *wanted, struct value surfaces)
{
    if (value_is_null(surfaces))
        return true;
    for (uint32_t i = 0; i < surfaces.count; i++)
        if (is_wanted(wanted, surfaces.ids[i]))
            return true;
    return false;
}

/* --- gathering --- */

static bool find_between(struct call *call, const struct record *record, int field,
                         const struct timeline_options *options, struct rows *rows)
{
    struct query query;
    query_init(&query, record);
    if (options->has_from &&
        !query_add(call, &query, field, FILTER_AT_LEAST, value_stamp(options->from)))
        return false;
    if (options->has_to &&
        !query_add(call, &query, field, FILTER_AT_MOST, value_stamp(options->to)))
        return false;
    return find_rows(call, &query, rows);
}

static bool name_surfaces(struct call *call, const rid *surface, size_t count,
                          struct timeline_item *item)
{
    text *name = call_array(call, count + 1, sizeof *name);
    for (size_t i = 0; name && i < count; i++)
        name[i] = find_title(call, &surface_record, surface[i]);
    item->surface = name;
    item->surface_count = count;
    return name && call->fail.kind == FAIL_NONE;
}

static bool add_run(struct call *call, const struct row *row, struct timeline *timeline)
{
    struct timeline_item *item = &timeline->item[timeline->count++];
    rid surface = value_as_int(row->value[EVAL_RUN_SURFACE]);
    *item = (struct timeline_item){ .at = value_as_int(row->value[EVAL_RUN_STARTED_AT]),
                                    .row = row,
                                    .id = row_public_id(call, &eval_run_record, row->id),
                                    .title = value_as_text(row->value[EVAL_RUN_RUN]) };
    return item->id.at && name_surfaces(call, &surface, 1, item);
}

static bool add_change(struct call *call, const struct row *row, struct timeline *timeline)
{
    struct timeline_item *item = &timeline->item[timeline->count++];
    struct value surfaces = row->value[CHANGE_EVENT_SURFACES];
    bool is_all = value_is_null(surfaces);
    *item = (struct timeline_item){ .at = value_as_int(row->value[CHANGE_EVENT_EFFECTIVE_AT]),
                                    .is_change = true,
                                    .row = row,
                                    .id = row_public_id(call, &change_event_record, row->id),
                                    .title = value_as_text(row->value[CHANGE_EVENT_TITLE]) };
    return item->id.at &&
           name_surfaces(call, is_all ? NULL : surfaces.ids, is_all ? 0 : surfaces.count, item);
}

static int compare_items(const void *left, const void *right)
{
    const struct timeline_item *a = left, *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->is_change != b->is_change)
        return a->is_change ? -1 : 1;
    return (a->row->id > b->row->id) - (a->row->id < b->row->id);
}

bool evals_timeline(struct call *call, const struct timeline_options *options,
                    struct timeline *timeline)
{
    struct wanted wanted;
    struct rows *runs = call_new(call, struct rows), *changes = call_new(call, struct rows);
    *timeline = (struct timeline){ .count = 0 };
    if (!runs || !changes || !find_wanted(call, options->surface, &wanted) ||
        !find_between(call, &eval_run_record, EVAL_RUN_STARTED_AT, options, runs) ||
        !find_between(call, &change_event_record, CHANGE_EVENT_EFFECTIVE_AT, options, changes))
        return false;
    timeline->item = call_array(call, runs->count + changes->count + 1, sizeof *timeline->item);
    if (!timeline->item)
        return false;
    for (size_t i = 0; i < runs->count; i++) {
        const struct row *run = &runs->row[i];
        if (!value_is_null(run->value[EVAL_RUN_STARTED_AT]) &&
            is_wanted(&wanted, value_as_int(run->value[EVAL_RUN_SURFACE])) &&
            !add_run(call, run, timeline))
            return false;
    }
    for (size_t i = 0; i < changes->count; i++)
        if (is_any_wanted(&wanted, changes->row[i].value[CHANGE_EVENT_SURFACES]) &&
            !add_change(call, &changes->row[i], timeline))
            return false;
    qsort(timeline->item, timeline->count, sizeof *timeline->item, compare_items);
    return true;
}

/* --- JSON --- */

static void put_value(struct json_writer *writer, const char *key, const struct row *row, int field)
{
    json_put_text(writer, key, value_as_text(row->value[field]));
}

static void put_run(struct json_writer *writer, const struct row *row)
{
    int64_t cases = value_as_int(row->value[EVAL_RUN_CASES]);
    int64_t passed = value_as_int(row->value[EVAL_RUN_PASSED]);
    put_value(writer, "status", row, EVAL_RUN_STATUS);
    put_value(writer, "model", row, EVAL_RUN_MODEL);
    json_put_int(writer, "cases", cases);
    json_put_int(writer, "passed", passed);
    review_put_rate(writer, "pass_rate", passed, cases);
}

static void put_change(struct json_writer *writer, const struct row *row)
{
    put_value(writer, "kind", row, CHANGE_EVENT_KIND);
    put_value(writer, "from", row, CHANGE_EVENT_FROM);
    put_value(writer, "to", row, CHANGE_EVENT_TO);
    put_value(writer, "slice", row, CHANGE_EVENT_SLICE);
    put_value(writer, "source", row, CHANGE_EVENT_SOURCE);
    put_value(writer, "url", row, CHANGE_EVENT_URL);
}

void timeline_write_json(const struct timeline *timeline, struct json_writer *writer)
{
    json_object(writer);
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; i < timeline->count; i++) {
        const struct timeline_item *item = &timeline->item[i];
        json_object(writer);
        json_put_stamp(writer, "at", item->at);
        json_put_string(writer, "type", item->is_change ? "change" : "run");
        json_put_text(writer, "id", item->id);
        json_put_text(writer, "title", item->title);
        review_put_texts(writer, "surfaces", item->surface, item->surface_count);
        if (item->is_change)
            put_change(writer, item->row);
        else
            put_run(writer, item->row);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_object_end(writer);
}
