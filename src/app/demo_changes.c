/*
 * The change events of the demo, stored as a person would tell of them. Knows which rows they are
 * about by name and key; that some of them did harm it does not know.
 */
#include "app/demo_world.h"

#include "ledger/ledger.h"
#include "rooms/evals/evals.h"
#include "store/find.h"

bool demo_find(struct call *call, const struct record *record, int field, text name, int parent,
               rid of, struct row *row)
{
    struct query query;
    query_init(&query, record);
    if (!query_add(call, &query, field, FILTER_IS, value_text(name)) ||
        (of && !query_add(call, &query, parent, FILTER_IS, value_ref(of))))
        return false;
    return find_first(call, &query, row) ||
           (call->fail.kind == FAIL_NONE &&
            fail(call, FAIL_INTERNAL, "the demo has no '%.*s'", TEXT_FMT(name)));
}

bool demo_change_end(struct call *call, bool done)
{
    if (done)
        return change_commit(call);
    change_rollback(call);
    return false;
}

static bool find_cases(struct call *call, const struct demo_surface *surface, rid suite,
                       const struct demo_change *change, struct value *cases)
{
    rid *id = call_array(call, change->case_count, sizeof *id);
    if (!id)
        return false;
    for (size_t i = 0; i < change->case_count; i++) {
        struct row row;
        text key = demo_world_key(call, surface, change->cases[i]);
        if (!key.at ||
            !demo_find(call, &eval_case_record, EVAL_CASE_KEY, key, EVAL_CASE_SUITE, suite, &row))
            return false;
        id[i] = row.id;
    }
    *cases = (struct value){ .kind = VALUE_IDS, .count = (uint32_t)change->case_count, .ids = id };
    return true;
}

static bool change_store(struct call *call, const struct demo_surface *surface,
                         const struct row *of, const struct demo_change *change)
{
    struct row row;
    rid *surfaces = call_new(call, rid);
    if (!surfaces || !row_init(call, &change_event_record, &row))
        return false;
    *surfaces = of->id;
    row.value[CHANGE_EVENT_TITLE] = value_text(change->title);
    row.value[CHANGE_EVENT_KIND] = value_text(text_of(change->kind));
    row.value[CHANGE_EVENT_FROM] = value_text(change->from);
    row.value[CHANGE_EVENT_TO] = value_text(change->to);
    row.value[CHANGE_EVENT_EFFECTIVE_AT] = value_stamp(change->effective_at);
    row.value[CHANGE_EVENT_SURFACES] =
        (struct value){ .kind = VALUE_IDS, .count = 1, .ids = surfaces };
    row.value[CHANGE_EVENT_SLICE] = change->slice ? value_text(text_of(change->slice)) : VALUE_NONE;
    row.value[CHANGE_EVENT_SOURCE] = value_text(text_of(change->source));
    if (change->cases && !find_cases(call, surface, value_as_int(of->value[SURFACE_SUITE]), change,
                                     &row.value[CHANGE_EVENT_CASES]))
        return false;
    return ledger_create(call, &row);
}

/* Of the last week are those that were made since the Monday before. */
static bool is_of_part(const struct demo_world *world, const struct demo_change *change,
                       enum demo_part part)
{
    bool is_last = change->effective_at > (week_monday_days(world->last_week) - 7) * STAMP_DAY;
    return part == DEMO_WHOLE || is_last == (part == DEMO_LAST_WEEK);
}

static bool surface_store(struct call *call, const struct demo_world *world, enum demo_part part)
{
    struct row surface;
    if (!demo_find(call, &surface_record, SURFACE_NAME, text_of(world->surface->name), 0, 0,
                    &surface))
        return false;
    for (size_t i = 0; i < world->change_count; i++)
        if (is_of_part(world, &world->change[i], part) &&
            !change_store(call, world->surface, &surface, &world->change[i]))
            return false;
    return true;
}

static bool changes_store(struct call *call, const struct demo_options *options)
{
    for (size_t i = 0; i < DEMO_SURFACE_COUNT; i++) {
        struct demo_world world;
        if (!demo_world_make(call, options, i, &world) ||
            !demo_plant_into(call, &world, options->plant) ||
            !demo_tell_earlier(call, &world) ||
            !surface_store(call, &world, options->part))
            return false;
    }
    return true;
}

bool demo_changes(struct call *call, const struct demo_options *options)
{
    return change_open(call, TEXT("demo changes")) &&
           demo_change_end(call, changes_store(call, options));
}
