/* See search_doors.h. */
#include "offers/search_doors.h"

#include "base/stamp.h"
#include "offers/grid.h"
#include "offers/search.h"
#include "offers/search_page.h"
#include "store/match_index.h"

const struct query_parameter search_query[] = {
    { "q", "Words, ids, tag:x, by:PERSON, since:DATE, until:DATE.", "string" },
    { "kind", "Only rows of this record.", "string" },
    { "after", "The 'next' of the page before; the best come first.", "string" },
    { "limit", "At most so many rows, 1 to 100; else 20.", "integer" },
    { 0 },
};

bool rest_search(struct call *call, const struct request *request, struct reply *reply)
{
    struct match_question question;
    struct matches matches;
    int64_t limit = SEARCH_LIMIT_DEFAULT, after = 0;
    return request_int(call, request, "limit", 1, MATCH_LIMIT_MAX, &limit) &&
           request_int(call, request, "after", 1, MATCH_AFTER_MAX, &after) &&
           search_read(call, request_query(request, "q"), request_query(request, "kind"), after,
                       limit, &question) &&
           match_find(call, &question, &matches) &&
           search_page_write(call, &question, &matches, &reply->json);
}

/* The shell has taken quotes away: by:"Ada L." arrives as one argument with a blank. */
static text join_arguments(struct call *call, const struct invocation *invocation)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < invocation->argument_count; i++) {
        text value, word = invocation->argument[i];
        bool is_split = text_find(word, TEXT(" ")) != SIZE_MAX;
        out_string(&out, i ? " " : "");
        if (is_split && search_is_qualifier(word) && text_find(word, TEXT("\"")) == SIZE_MAX) {
            text name = text_cut(word, ':', &value);
            out_format(&out, "%.*s:\"%.*s\"", TEXT_FMT(name), TEXT_FMT(value));
        } else {
            out_text(&out, word);
        }
    }
    return out_view(&out);
}

static bool write_nothing(const struct invocation *invocation)
{
    out_string(invocation->out,
               "nothing was found: search with fewer or shorter words, or list all rows of a "
               "record, as in 'rondo person list'\n");
    return !invocation->out->failed;
}

static text where_found(struct call *call, const struct record *record, const struct field *field)
{
    return field ? call_format(call, "%s: %s", record->label, field->label)
                 : text_of(record->label);
}

static bool write_grid(struct call *call, const struct invocation *invocation,
                       const struct matches *matches)
{
    static const struct grid_column columns[] = {
        { "Id", GRID_LEFT },    { "Title", GRID_LEFT },   { "Where", GRID_LEFT },
        { "Found", GRID_LEFT }, { "Changed", GRID_LEFT }, { NULL, GRID_LEFT },
    };
    struct grid grid;
    char changed[STAMP_TEXT_SIZE];
    grid_init(&grid, call, columns);
    for (size_t i = 0; i < matches->count; i++) {
        const struct match *match = &matches->match[i];
        const struct row *row = &match->row;
        const struct field *field = match->field < 0 ? NULL : &row->record->field[match->field];
        bool is_title = !field || match->field == row->record->title;
        text excerpt = TEXT("");
        if (!is_title) /* the title is there already */
            excerpt =
                search_page_excerpt(call, match_index_text(call, field, row->value[match->field]),
                                    match->at, match->size);
        stamp_write(stamp_to_second(row->changed), changed);
        grid_push(&grid, row_public_id(call, row->record, row->id));
        grid_push(&grid, row_title(call, row));
        grid_push(&grid, where_found(call, row->record, field));
        grid_push(&grid, excerpt);
        grid_format(&grid, "%s", changed);
    }
    return grid_write(&grid, invocation->out, &invocation->terminal);
}

static bool run_search(struct call *call, struct invocation *invocation)
{
    struct match_question question;
    struct matches matches;
    if (!search_read(call, join_arguments(call, invocation), option_text(invocation, "kind"),
                     option_int(invocation, "after", 0),
                     option_int(invocation, "limit", SEARCH_LIMIT_DEFAULT), &question) ||
        !match_find(call, &question, &matches))
        return false;
    if (invocation->as_json) {
        struct json_writer writer;
        json_writer_init(&writer, invocation->out, invocation->terminal.is_terminal);
        if (!search_page_write(call, &question, &matches, &writer))
            return false;
        out_char(invocation->out, '\n');
        return !invocation->out->failed;
    }
    return matches.count ? write_grid(call, invocation, &matches) : write_nothing(invocation);
}

static const struct option search_options[] = {
    { .name = "kind",
      .kind = OPTION_TEXT,
      .placeholder = "RECORD",
      .help = "Only rows of this record." },
    { .name = "after",
      .kind = OPTION_INT,
      .placeholder = "N",
      .min = 1,
      .max = MATCH_AFTER_MAX,
      .help = "Leave out the best N: those that were shown before." },
    { .name = "limit",
      .kind = OPTION_INT,
      .placeholder = "N",
      .min = 1,
      .max = MATCH_LIMIT_MAX,
      .help = "At most so many rows; else 20." },
    { 0 },
};

const struct command search_commands[] = {
    { .name = "search",
      .arguments = "WORDS...",
      .arguments_min = 1,
      .arguments_max = -1,
      .group = "Finding",
      .option = search_options,
      .help = "Search the rows of all records, the best first.",
      .note = "All words must be there, the last may go on; an id such as TEAM-1 puts that row in "
              "front. tag:x, by:PERSON, since:DATE and until:DATE narrow the search.",
      .run = run_search },
    { 0 },
};
