/* See evals_timeline.h. */
#include "rooms/evals/evals_timeline.h"

#include "offers/refs.h"
#include "rooms/evals/review_put.h"
#include "store/find.h"
#include "store/page_mark.h"

/* --- places in it --- */

/* Where a page ended; without a record: before everything, at the newest end. */
struct place {
    stamp at;
    const struct record *record;
    rid row;
};

/* The mark of an item: "<microseconds>:<id>". */
static text mark_write(struct call *call, const struct timeline_item *item)
{
    return call_format(call, "%lld:%.*s", (long long)item->at, TEXT_FMT(item->id));
}

static bool mark_read(struct call *call, text mark, struct place *place)
{
    text id, at = text_cut(mark, ':', &id);
    *place = (struct place){ .at = INT64_MAX };
    if (!mark.at)
        return true;
    bool is_mark = text_to_int(at, &place->at) &&
                   catalog_id_read(call->catalog, id, &place->record, &place->row);
    return (is_mark &&
            (place->record == &eval_run_record || place->record == &change_event_record)) ||
           fail_at(call, "after",
                   "'after' is not the 'next' of an earlier page of the timeline: leave it out to "
                   "begin with the newest");
}

/*
 * The place in the order of one record's rows: of its own it is as it stands; at its very instant
 * all changes are older than a run, and no run is older than a change.
 */
static bool set_after(struct call *call, const struct place *place, struct query *query)
{
    struct row row;
    if (!place->record)
        return true;
    if (!row_init(call, query->record, &row))
        return false;
    row.value[query->sort] = value_stamp(place->at);
    if (query->record == place->record)
        row.id = place->row;
    else
        row.id = query->record == &change_event_record ? INT64_MAX : 0;
    query->after = page_mark_write(call, query, &row);
    return query->after.at != NULL;
}

/* --- gathering --- */

struct gathering {
    struct call *call;
    const struct timeline_options *options;
    struct place place;
    struct timeline *to;
    size_t room;
    bool has_more;
};

static bool push(struct gathering *gathering, const struct row *row)
{
    struct timeline *to = gathering->to;
    bool is_change = row->record == &change_event_record;
    int at = is_change ? CHANGE_EVENT_EFFECTIVE_AT : EVAL_RUN_STARTED_AT;
    int title = is_change ? CHANGE_EVENT_TITLE : EVAL_RUN_RUN;
    struct timeline_item *items =
        call_more(gathering->call, to->item, to->count, &gathering->room, sizeof *items);
    if (!items)
        return false;
    to->item = items;
    to->item[to->count++] = (struct timeline_item){ .at = value_as_int(row->value[at]),
                                                    .is_change = is_change,
                                                    .row = row,
                                                    .title = value_as_text(row->value[title]) };
    return true;
}

/* Of the query's rows the newest behind the place: a page holds no more of them. */
static bool gather(struct gathering *gathering, struct query *query, int at)
{
    struct call *call = gathering->call;
    const struct timeline_options *options = gathering->options;
    stamp last = options->has_to ? options->to : INT64_MAX;
    struct rows *rows = call_new(call, struct rows);
    if (gathering->place.at < last)
        last = gathering->place.at;
    query->sort = at;
    query->is_descending = true;
    query->limit = options->limit;
    if (!rows || !set_after(call, &gathering->place, query) ||
        !query_add(call, query, at, FILTER_AT_MOST, value_stamp(last)) ||
        (options->has_from &&
         !query_add(call, query, at, FILTER_AT_LEAST, value_stamp(options->from))) ||
        !find_rows(call, query, rows))
        return false;
    gathering->has_more = gathering->has_more || rows->next.at;
    for (size_t i = 0; i < rows->count; i++)
        if (!push(gathering, &rows->row[i]))
            return false;
    return true;
}

/* Runs of a surface, of all for null. */
static bool gather_runs(struct gathering *gathering, struct value surface)
{
    struct query query;
    query_init(&query, &eval_run_record);
    return (value_is_null(surface) ||
            query_add(gathering->call, &query, EVAL_RUN_SURFACE, FILTER_IS, surface)) &&
           gather(gathering, &query, EVAL_RUN_STARTED_AT);
}

static bool gather_all(struct gathering *gathering)
{
    struct query changes;
    query_init(&changes, &change_event_record);
    return (gathering->options->what == TIMELINE_CHANGES || gather_runs(gathering, VALUE_NONE)) &&
           (gathering->options->what == TIMELINE_RUNS ||
            gather(gathering, &changes, CHANGE_EVENT_EFFECTIVE_AT));
}

/* Changes that name the surface; with null, those that name none: they touched all. */
static bool gather_changes(struct gathering *gathering, struct value surface)
{
    struct query query;
    query_init(&query, &change_event_record);
    return query_add(gathering->call, &query, CHANGE_EVENT_SURFACES, FILTER_IS, surface) &&
           gather(gathering, &query, CHANGE_EVENT_EFFECTIVE_AT);
}

/* Several suites may have a surface of that name. */
static bool gather_surfaces(struct gathering *gathering)
{
    struct call *call = gathering->call;
    const struct timeline_options *options = gathering->options;
    struct query query;
    struct rows surfaces;
    query_init(&query, &surface_record);
    if (!query_add(call, &query, SURFACE_NAME, FILTER_IS, value_text(options->surface)) ||
        !find_rows(call, &query, &surfaces))
        return false;
    if (surfaces.count == 0)
        return fail(call, FAIL_NOT_FOUND, "there is no surface '%.*s': see 'rondo surface list'",
                    TEXT_FMT(options->surface));
    for (size_t i = 0; i < surfaces.count; i++) {
        struct value surface = value_ref(surfaces.row[i].id);
        if ((options->what != TIMELINE_CHANGES && !gather_runs(gathering, surface)) ||
            (options->what != TIMELINE_RUNS && !gather_changes(gathering, surface)))
            return false;
    }
    return options->what == TIMELINE_RUNS || gather_changes(gathering, VALUE_NONE);
}

/* --- the page --- */

static int compare_items(const void *left, const void *right)
{
    const struct timeline_item *a = left, *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->is_change != b->is_change)
        return a->is_change ? -1 : 1;
    return (a->row->id > b->row->id) - (a->row->id < b->row->id);
}

/* A change that names several of the surfaces was found for each. */
static void put_in_order(struct timeline *timeline)
{
    size_t kept = 0;
    if (timeline->count > 1) /* there may be no list at all */
        qsort(timeline->item, timeline->count, sizeof *timeline->item, compare_items);
    for (size_t i = 0; i < timeline->count; i++)
        if (kept == 0 || compare_items(&timeline->item[kept - 1], &timeline->item[i]) != 0)
            timeline->item[kept++] = timeline->item[i];
    timeline->count = kept;
}

static bool name_item(struct call *call, struct timeline_item *item)
{
    const struct record *record = item->row->record;
    int surfaces = item->is_change ? CHANGE_EVENT_SURFACES : EVAL_RUN_SURFACE;
    struct value value = item->row->value[surfaces];
    const rid *id = item->is_change ? value.ids : &value.integer;
    size_t count = value_is_null(value) ? 0 : item->is_change ? value.count : 1;
    text *name = call_array(call, count + 1, sizeof *name);
    for (size_t i = 0; name && i < count; i++)
        if (!refs_name(call, &record->field[surfaces], id[i], &name[i]))
            return false;
    item->id = row_public_id(call, record, item->row->id);
    item->surface = name;
    item->surface_count = count;
    return name && item->id.at;
}

bool evals_timeline(struct call *call, const struct timeline_options *options,
                    struct timeline *timeline)
{
    struct gathering gathering = { .call = call, .options = options, .to = timeline };
    const size_t limit = (size_t)options->limit;
    *timeline = (struct timeline){ .next = TEXT_NONE };
    if (!mark_read(call, options->after, &gathering.place) ||
        !(options->surface.at ? gather_surfaces(&gathering) : gather_all(&gathering)))
        return false;
    put_in_order(timeline);
    if (timeline->count > limit) {
        gathering.has_more = true;
        timeline->item += timeline->count - limit;
        timeline->count = limit;
    }
    for (size_t i = 0; i < timeline->count; i++)
        if (!name_item(call, &timeline->item[i]))
            return false;
    if (gathering.has_more)
        timeline->next = mark_write(call, &timeline->item[0]);
    return !gathering.has_more || timeline->next.at;
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
    json_put_text(writer, "next", timeline->next);
    json_object_end(writer);
}
