/* See rest.h. The routes of a record are one table of patterns, filled in for each record. */
#include "offers/rest.h"

#include "offers/catalog_page.h"
#include "offers/label.h"
#include "offers/listing.h"
#include "offers/openapi.h"
#include "offers/rest_bulk.h"
#include "offers/rest_ledger.h"
#include "offers/rest_rows.h"
#include "offers/search_doors.h"

static const char *const write_headers[] = { "If-Match", "Idempotency-Key", NULL };
static const char *const once_headers[] = { "Idempotency-Key", NULL };
static const char *const read_headers[] = { "If-None-Match", NULL };

static const struct query_parameter history_query[] = {
    { "limit", "At most so many versions, 1 to 200.", "integer" },
    { "before", "The 'next' of the page before.", "integer" },
    { 0 },
};

static const struct query_parameter show_query[] = {
    { "as_of", LISTING_AS_OF_HELP, "string" },
    { 0 },
};

/* When a record has the route. */
enum pattern_use { USE_ALWAYS, USE_MADE_BY_PEOPLE, USE_MADE_BY_PROGRAM, USE_STATES };

/* `%s` of the help is the record's label; schemas are "" or what follows the record's name. */
static const struct pattern {
    const char *method, *rest, *help;
    route_handler handle;
    enum pattern_use use;
    int status;
    const char *body, *reply;
    const struct query_parameter *query;
    const char *const *headers;
} patterns[] = {
    { "GET", "", "List rows of '%s', filtered, sorted, a page at a time.", rest_list,
      .reply = "_list" },
    { "POST", "", "Make a %s.", rest_create, USE_MADE_BY_PEOPLE, 201, "_creation", "",
      .headers = once_headers },
    { "POST", "", "Refused: a %s is made by the program.", rest_refuse_create,
      .use = USE_MADE_BY_PROGRAM, .status = 405 },
    { "PATCH", "", "Change the fields given of several rows of '%s', or drop them; all or none.",
      rest_bulk_update, .body = ":bulk_update", .reply = ":bulk_list", .headers = once_headers },
    { "GET", "/{id}", "Show a %s.", rest_show, .reply = "", .query = show_query,
      .headers = read_headers },
    { "PATCH", "/{id}", "Change the fields that are given of a %s.", rest_update, .body = "_update",
      .reply = "", .headers = write_headers },
    { "DELETE", "/{id}", "Drop a %s: take it out of lists; undo brings it back.", rest_archive,
      .status = 204, .headers = write_headers },
    { "POST", "/{id}/undo", "Undo the latest change of a %s.", rest_undo, .reply = "",
      .headers = once_headers },
    { "GET", "/{id}/history", "List the versions of a %s, newest first.", rest_history,
      .reply = ":row_history", .query = history_query },
    { "GET", "/{id}/links", "List the links from and to a %s.", rest_links, .reply = ":row_links" },
    { "POST", "/{id}/{verb}", "Move a %s to another state; fields may come with the verb.",
      rest_move, USE_STATES, 0, "_update", "", .headers = write_headers },
};
enum { PATTERN_COUNT = sizeof patterns / sizeof patterns[0] };

static const struct query_parameter audit_query[] = {
    { "record", "Only lines about this record.", "string" },
    { "row", "Only lines about the row with this id.", "string" },
    { "change", "Only lines of this change.", "integer" },
    { "actor", "Only what this person did: an id or a name.", "string" },
    { "door", "Only what came through this door: cli, api, web, import, job.", "string" },
    { "verb", "Only lines with this verb, such as set or drop.", "string" },
    { "since", "Only what was done at this instant or later.", "string" },
    { "until", "Only what was done before this instant.", "string" },
    { "limit", "At most so many lines, 1 to 1000.", "integer" },
    { "before", "The 'next' of the page before.", "integer" },
    { 0 },
};

static bool show_openapi(struct call *call, const struct request *request, struct reply *reply)
{
    const struct route_list *all = request->route->context;
    return openapi_write(call, call->catalog, all->route, all->count, &reply->json);
}

static const struct route fixed_routes[] = {
    { .method = "POST",
      .path = "/api/v1/undo/{change}",
      .handle = rest_undo_change,
      .reply_schema = "undone",
      .help = "Undo a whole change.",
      .headers = once_headers },
    { .method = "GET",
      .path = "/api/v1/audit",
      .handle = rest_audit,
      .query = audit_query,
      .help = "List who did what, when, through which door, newest first.",
      .reply_schema = "audit_list" },
    { .method = "GET",
      .path = "/api/v1/audit/verify",
      .handle = rest_audit_verify,
      .reply_schema = "audit_report",
      .help = "Say whether the audit is what was written." },
    { .method = "GET",
      .path = "/api/v1/search",
      .handle = rest_search,
      .query = search_query,
      .help = "Search the rows of all records by words, ids, tags, persons and dates, the best "
              "first.",
      .reply_schema = "search_results" },
    { .method = "GET",
      .path = "/api/v1/catalog",
      .handle = catalog_page_show,
      .reply_schema = "catalog",
      .help = "Say which records there are and what they are made of." },
    { .method = "GET",
      .path = "/api/v1/openapi.json",
      .handle = show_openapi,
      .help = "Describe this interface, as OpenAPI 3.1." },
};
enum {
    FIXED_COUNT = sizeof fixed_routes / sizeof fixed_routes[0],
    FIXED_OPENAPI = FIXED_COUNT - 1
};

static bool record_has(const struct record *record, enum pattern_use use)
{
    switch (use) {
    case USE_ALWAYS: return true;
    case USE_MADE_BY_PEOPLE: return !record->made_by_program;
    case USE_MADE_BY_PROGRAM: return record->made_by_program;
    case USE_STATES: return record->states != NULL;
    }
    return false;
}

/* ":list" is a schema of its own. */
static const char *schema_name(struct call *call, const struct record *record, const char *part)
{
    if (!part)
        return NULL;
    return part[0] == ':' ? part + 1 : CALL_JOIN(call, text_of(record->name), text_of(part)).at;
}

static bool add_route(struct call *call, const struct record *record, const struct pattern *pattern,
                      text address, struct route *route)
{
    *route = (struct route){
        .method = pattern->method,
        .path = CALL_JOIN(call, TEXT("/api/v1/"), address, text_of(pattern->rest)).at,
        .handle = pattern->handle,
        .help = label_sentence(call, pattern->help, record),
        .query = pattern->query,
        .status = pattern->status,
        .context = record,
        .body_schema = schema_name(call, record, pattern->body),
        .reply_schema = schema_name(call, record, pattern->reply),
        .headers = pattern->headers,
    };
    if (pattern->handle == rest_list) {
        route->query = listing_parameters(call, record);
        route->any_query = true; /* its own refusal names the nearest filter */
    }
    return call->fail.kind == FAIL_NONE;
}

bool rest_routes(struct call *call, const struct catalog *catalog, const struct route_list *all,
                 const struct route **route, size_t *count)
{
    struct route *list =
        call_array(call, catalog->record_count * PATTERN_COUNT + FIXED_COUNT, sizeof *list);
    *count = 0;
    if (!list)
        return false;
    for (size_t i = 0; i < catalog->record_count; i++) {
        const struct record *record = catalog->record[i];
        text address = record_address(call, record);
        for (int at = 0; at < PATTERN_COUNT; at++)
            if (record_has(record, patterns[at].use) &&
                !add_route(call, record, &patterns[at], address, &list[(*count)++]))
                return false;
    }
    memcpy(list + *count, fixed_routes, sizeof fixed_routes);
    list[*count + FIXED_OPENAPI].context = all;
    *count += FIXED_COUNT;
    *route = list;
    return true;
}
