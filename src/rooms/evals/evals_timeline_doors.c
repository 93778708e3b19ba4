/* Room evals: the doors of its timeline. */
#include "rooms/evals/evals_timeline_doors.h"

#include "offers/grid.h"
#include "rooms/evals/evals_timeline.h"
#include "rooms/evals/phrase.h"

enum { WORD_SHOWN_BYTES = 80 };

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

static const char *const type_choices[] = { "run", "change", NULL };

static bool read_type(struct call *call, text word, enum timeline_what *what)
{
    *what = TIMELINE_ALL;
    if (text_is(word, "run"))
        *what = TIMELINE_RUNS;
    else if (text_is(word, "change"))
        *what = TIMELINE_CHANGES;
    return !word.at || *what != TIMELINE_ALL ||
           fail_at(call, "type", "'%.*s' is not one of run, change",
                   TEXT_FMT(text_until_character(word, WORD_SHOWN_BYTES)));
}

/* The words that a door was given, by their names in an address. */
struct given {
    text surface, from, to, type, after;
    int64_t limit;
};

static bool read_options(struct call *call, const struct given *given,
                         struct timeline_options *options)
{
    *options = (struct timeline_options){ .surface = given->surface,
                                          .limit = (int)given->limit,
                                          .after = given->after };
    return read_end(call, "from", given->from, false, &options->has_from, &options->from) &&
           read_end(call, "to", given->to, true, &options->has_to, &options->to) &&
           read_type(call, given->type, &options->what);
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
    if (!grid_write(&grid, invocation->out, &invocation->terminal))
        return false;
    if (timeline->next.at)
        out_format(invocation->err, "there are older ones: --after '%.*s'\n",
                   TEXT_FMT(timeline->next));
    return call->fail.kind == FAIL_NONE;
}

bool evals_timeline_run(struct call *call, struct invocation *invocation)
{
    struct timeline_options options;
    struct timeline timeline;
    struct json_writer writer;
    const struct given given = {
        .surface = option_text(invocation, "surface"),
        .from = option_text(invocation, "from"),
        .to = option_text(invocation, "to"),
        .type = option_text(invocation, "type"),
        .after = option_text(invocation, "after"),
        .limit = option_int(invocation, "limit", TIMELINE_LIMIT_MAX),
    };
    if (!read_options(call, &given, &options) || !evals_timeline(call, &options, &timeline))
        return false;
    if (!invocation->as_json && timeline.count == 0) {
        out_string(invocation->out,
                   "Nothing stands there: 'rondo import FILE' brings runs in, 'rondo change-event "
                   "add' says what changed around them.\n");
        return true;
    }
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
    { .name = "type",
      .kind = OPTION_CHOICE,
      .placeholder = "TYPE",
      .choices = type_choices,
      .help = "Only runs, or only changes." },
    { .name = "limit",
      .kind = OPTION_INT,
      .placeholder = "N",
      .help = "The newest N; else 1000.",
      .min = 1,
      .max = TIMELINE_LIMIT_MAX },
    { .name = "after",
      .kind = OPTION_TEXT,
      .placeholder = "MARK",
      .help = "Go on with those before the page that said this." },
    { 0 },
};

/* --- the route --- */

bool evals_timeline_get(struct call *call, const struct request *request, struct reply *reply)
{
    struct timeline_options options;
    struct timeline timeline;
    struct given given = {
        .surface = request_query(request, "surface"),
        .from = request_query(request, "from"),
        .to = request_query(request, "to"),
        .type = request_query(request, "type"),
        .after = request_query(request, "after"),
        .limit = TIMELINE_LIMIT_MAX,
    };
    if (!request_int(call, request, "limit", 1, TIMELINE_LIMIT_MAX, &given.limit) ||
        !read_options(call, &given, &options) || !evals_timeline(call, &options, &timeline))
        return false;
    timeline_write_json(&timeline, &reply->json);
    return true;
}

const struct query_parameter evals_timeline_parameters[] = {
    { "surface", "Runs of this surface, and the changes that touched it.", "string" },
    { "from", "From this day or instant on.", "string" },
    { "to", "Up to the end of this day, or to this instant.", "string" },
    { "type", "Only these: run or change.", "string" },
    { "limit", "At most so many, the newest, 1 to 1000; else 1000.", "integer" },
    { "after", "The `next` of the page before: older ones follow.", "string" },
    { 0 },
};
