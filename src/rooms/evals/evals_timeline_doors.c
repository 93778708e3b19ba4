/* Room evals: the doors of its timeline. */
#include "rooms/evals/evals_timeline_doors.h"

#include "offers/grid.h"
#include "rooms/evals/evals_timeline.h"
#include "rooms/evals/phrase.h"

/* A day that ends a span is in it to its last instant. */
static bool read_end(struct call *call, const char *name, text word, bool is_last, bool *has,
                     stamp *at)
{
    *has = word.at != NULL;
    if (!word.at)
        return true;
    enum stamp_form form = stamp_read(word, at, NULL);
    if (form == STAMP_DATE_ONLY && is_last)
        *at += STAMP_DAY - 1;
    return form == STAMP_DATE_ONLY || form == STAMP_WITH_ZONE ||
           fail_at(call, name,
                   "'%.*s' is neither a day nor an instant: write it like 2026-11-16 or "
                   "2026-11-16T07:00:00Z",
                   TEXT_FMT(word));
}

static bool read_options(struct call *call, text surface, text from, text to,
                         struct timeline_options *options)
{
    *options = (struct timeline_options){ .surface = surface };
    return read_end(call, "from", from, false, &options->has_from, &options->from) &&
           read_end(call, "to", to, true, &options->has_to, &options->to);
}

/* --- the command --- */

static const struct grid_column columns[] = {
    { "At", GRID_LEFT },   { "Id", GRID_LEFT },     { "Surfaces", GRID_LEFT },
    { "What", GRID_LEFT }, { "Result", GRID_LEFT }, { NULL, GRID_LEFT },
};

static text result_of(struct call *call, const struct timeline_item *item)
{
    struct out words;
    out_init(&words, call);
    if (item->is_change)
        out_text(&words, value_as_text(item->row->value[CHANGE_EVENT_KIND]));
    else
        phrase_share(&words, value_as_int(item->row->value[EVAL_RUN_PASSED]),
                     value_as_int(item->row->value[EVAL_RUN_CASES]));
    return out_view(&words);
}

static text surfaces_of(struct call *call, const struct timeline_item *item)
{
    struct out words;
    if (item->surface_count == 0)
        return TEXT("all");
    out_init(&words, call);
    phrase_names(&words, item->surface, item->surface_count, 2);
    return out_view(&words);
}

static bool write_grid(struct call *call, const struct timeline *timeline,
                       struct invocation *invocation)
{
    struct grid grid;
    grid_init(&grid, call, columns);
    for (size_t i = 0; i < timeline->count; i++) {
        const struct timeline_item *item = &timeline->item[i];
        char at[STAMP_TEXT_SIZE];
        stamp_write(stamp_to_second(item->at), at);
        grid_format(&grid, "%s", at);
        grid_push(&grid, item->id);
        grid_push(&grid, surfaces_of(call, item));
        grid_push(&grid, item->title);
        grid_push(&grid, result_of(call, item));
    }
    return grid_write(&grid, invocation->out, &invocation->terminal);
}

bool evals_timeline_run(struct call *call, struct invocation *invocation)
{
    struct timeline_options options;
    struct timeline timeline;
    struct json_writer writer;
    if (!read_options(call, option_text(invocation, "surface"), option_text(invocation, "from"),
                      option_text(invocation, "to"), &options) ||
        !evals_timeline(call, &options, &timeline))
        return false;
    if (!invocation->as_json)
        return write_grid(call, &timeline, invocation);
    json_writer_init(&writer, invocation->out, true);
    timeline_write_json(&timeline, &writer);
    out_char(invocation->out, '\n');
    return call->fail.kind == FAIL_NONE;
}

const struct option evals_timeline_options[] = {
    { .name = "surface",
      .kind = OPTION_TEXT,
      .placeholder = "S",
      .help = "Runs of this surface, and the changes that touched it." },
    { .name = "from",
      .kind = OPTION_TEXT,
      .placeholder = "DAY",
      .help = "From this day or instant on." },
    { .name = "to",
      .kind = OPTION_TEXT,
      .placeholder = "DAY",
      .help = "Up to the end of this day, or to this instant." },
    { 0 },
};

/* --- the route --- */

bool evals_timeline_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct timeline_options options;
    struct timeline timeline;
    if (!read_options(call, request_query(request, "surface"), request_query(request, "from"),
                      request_query(request, "to"), &options) ||
        !evals_timeline(call, &options, &timeline))
        return false;
    timeline_write_json(&timeline, &reply->json);
    return true;
}

const struct query_parameter evals_timeline_parameters[] = {
    { "surface", "Runs of this surface, and the changes that touched it.", "string" },
    { "from", "From this day or instant on.", "string" },
    { "to", "Up to the end of this day, or to this instant.", "string" },
    { 0 },
};
