/* See openapi.h. Several routes of one path stand together, as the format wants them. */
#include "offers/openapi.h"

#include "base/json_write.h"
#include "catalog/openapi_schema.h"
#include "offers/offers_replies.h"
#include "offers/room.h"

enum { API_PREFIX_SIZE = sizeof "/api/v1/" - 1 };

struct page {
    struct call *call;
    const struct catalog *catalog;
    const struct route *const *route;
    size_t count;
    struct json_writer *writer;
};

/* --- operations --- */

/* "get_gadgets_id": method and path make it unique. */
static text operation_id(struct call *call, const struct route *route)
{
    struct out out;
    out_init(&out, call);
    for (const char *at = route->method; *at; at++)
        out_char(&out, (char)(*at | 0x20));
    bool has_prefix = strncmp(route->path, "/api/v1/", API_PREFIX_SIZE) == 0;
    out_char(&out, '_');
    for (const char *at = route->path + (has_prefix ? API_PREFIX_SIZE : 1); *at; at++)
        if (*at == '/' || *at == '-' || *at == '.')
            out_char(&out, '_');
        else if (*at != '{' && *at != '}')
            out_char(&out, *at);
    return out_view(&out);
}

static void put_ref(struct json_writer *writer, const char *schema)
{
    json_object(writer);
    json_key(writer, "$ref");
    json_text(writer, call_format(writer->out->call, "#/components/schemas/%s", schema));
    json_object_end(writer);
}

static void put_parameter(struct json_writer *writer, text name, const char *in, const char *help,
                          const char *type)
{
    json_object(writer);
    json_put_text(writer, "name", name);
    json_put_string(writer, "in", in);
    if (strcmp(in, "path") == 0)
        json_put_bool(writer, "required", true);
    if (help)
        json_put_string(writer, "description", help);
    json_key(writer, "schema");
    json_object(writer);
    json_put_string(writer, "type", type ? type : "string");
    json_object_end(writer);
    json_object_end(writer);
}

static void put_path_parameters(struct json_writer *writer, const struct route *route)
{
    text rest = text_of(route->path);
    while (rest.at) {
        text segment = text_cut(rest, '/', &rest);
        if (text_starts(segment, TEXT("{")))
            put_parameter(writer, (text){ segment.at + 1, segment.size - 2 }, "path", NULL, NULL);
    }
}

static bool is_writing(const struct route *route)
{
    return strcmp(route->method, "GET") != 0;
}

static void put_parameters(struct json_writer *writer, const struct route *route)
{
    json_key(writer, "parameters");
    json_list(writer);
    put_path_parameters(writer, route);
    for (const struct query_parameter *query = route->query; query && query->name; query++)
        put_parameter(writer, text_of(query->name), "query", query->help, query->type);
    for (const char *const *name = route->headers; name && *name; name++)
        put_parameter(writer, text_of(*name), "header", NULL, NULL);
    json_list_end(writer);
}

static void put_content(struct json_writer *writer, const char *type, const char *schema)
{
    json_key(writer, "content");
    json_object(writer);
    json_key(writer, type);
    json_object(writer);
    json_key(writer, "schema");
    if (schema) {
        put_ref(writer, schema);
    } else {
        json_object(writer);
        json_object_end(writer);
    }
    json_object_end(writer);
    json_object_end(writer);
}

static void put_body(struct json_writer *writer, const struct route *route)
{
    if (!is_writing(route) || (!route->takes_body && !route->body_schema))
        return;
    json_key(writer, "requestBody");
    json_object(writer);
    put_content(writer, route->takes_body ? "*/*" : "application/json", route->body_schema);
    json_object_end(writer);
}

static void put_responses(struct json_writer *writer, const struct route *route)
{
    int status = route->status ? route->status : 200;
    bool is_api = strncmp(route->path, "/api/", 5) == 0;
    const char *usual = is_api ? "application/json" : "*/*";
    json_key(writer, "responses");
    json_object(writer);
    json_key_text(writer, call_format(writer->out->call, "%d", status));
    json_object(writer);
    json_put_string(writer, "description", "Done.");
    if (status != 204)
        put_content(writer, route->reply_type ? route->reply_type : usual, route->reply_schema);
    json_object_end(writer);
    json_key(writer, "default");
    json_object(writer);
    json_put_string(writer, "description", "Refused; 'detail' says why and what to do.");
    put_content(writer, "application/problem+json", "problem");
    json_object_end(writer);
    json_object_end(writer);
}

static void put_operation(const struct page *page, const struct route *route)
{
    struct json_writer *writer = page->writer;
    char method[16] = "";
    for (size_t i = 0; i < sizeof method - 1 && route->method[i]; i++)
        method[i] = (char)(route->method[i] | 0x20);
    json_key_text(writer, call_text(page->call, text_of(method)));
    json_object(writer);
    json_put_text(writer, "operationId", operation_id(page->call, route));
    json_put_string(writer, "summary", route->help ? route->help : "");
    put_parameters(writer, route);
    put_body(writer, route);
    put_responses(writer, route);
    if (route->is_open) {
        json_key(writer, "security");
        json_list(writer);
        json_list_end(writer);
    }
    json_object_end(writer);
}

static bool is_first_of_path(const struct page *page, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(page->route[i]->path, page->route[at]->path) == 0)
            return false;
    return true;
}

/* What is always refused is not offered. */
static bool is_refused(const struct route *route)
{
    return route->status >= 400;
}

/* The first of two routes is the one that answers. */
static bool is_first_of_method(const struct page *page, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(page->route[i]->path, page->route[at]->path) == 0 &&
            strcmp(page->route[i]->method, page->route[at]->method) == 0)
            return false;
    return true;
}

static void put_paths(const struct page *page)
{
    json_key(page->writer, "paths");
    json_object(page->writer);
    for (size_t i = 0; i < page->count; i++) {
        if (!is_first_of_path(page, i))
            continue;
        json_key(page->writer, page->route[i]->path);
        json_object(page->writer);
        for (size_t j = i; j < page->count; j++)
            if (strcmp(page->route[j]->path, page->route[i]->path) == 0 &&
                !is_refused(page->route[j]) && is_first_of_method(page, j))
                put_operation(page, page->route[j]);
        json_object_end(page->writer);
    }
    json_object_end(page->writer);
}

/* --- schemas --- */

static const char problem_schema[] =
    "{\"type\":\"object\",\"description\":\"Why a request was refused (RFC "
    "9457).\",\"properties\":{"
    "\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":"
    "\"integer\"},"
    "\"code\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"},\"field\":{\"type\":"
    "\"string\"},"
    "\"missing\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
    "\"version\":{\"type\":\"integer\"},\"conflicts\":{\"type\":\"array\",\"items\":{\"type\":"
    "\"object\","
    "\"properties\":{\"field\":{\"type\":\"string\"},\"yours\":{},\"theirs\":{}}}}},"
    "\"required\":[\"type\",\"title\",\"status\",\"code\",\"detail\"]}";

static const char bulk_update_schema[] =
    "{\"type\":\"object\",\"description\":\"One edit of several rows.\",\"properties\":{"
    "\"ids\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":1,"
    "\"maxItems\":1000,\"uniqueItems\":true},"
    "\"set\":{\"type\":\"object\",\"description\":\"The fields to change.\"},"
    "\"drop\":{\"type\":\"boolean\",\"const\":true,\"description\":\"Drop them instead.\"}},"
    "\"required\":[\"ids\"]}";

static const char bulk_list_schema[] =
    "{\"type\":\"object\",\"description\":\"The rows after one edit.\",\"properties\":{"
    "\"change\":{\"type\":[\"integer\",\"null\"],\"description\":\"What undo takes back.\"},"
    "\"items\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}}},"
    "\"required\":[\"change\",\"items\"]}";

static const char me_schema[] =
    "{\"type\":\"object\",\"description\":\"Who asks.\",\"properties\":{"
    "\"person\":{\"anyOf\":[{\"$ref\":\"#/components/schemas/person\"},{\"type\":\"null\"}]},"
    "\"memberships\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{"
    "\"team\":{\"type\":[\"object\",\"null\"],\"properties\":{\"id\":{\"type\":\"string\"},"
    "\"name\":{\"type\":\"string\"}},\"required\":[\"id\",\"name\"]},"
    "\"roles\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}},"
    "\"required\":[\"team\",\"roles\"]}},"
    "\"role_words\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
    "\"scopes\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
    "\"door\":{\"type\":\"string\",\"enum\":[\"session\",\"token\",\"loopback\"]},"
    "\"server\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},"
    "\"version\":{\"type\":\"string\"},\"now\":{\"type\":\"string\",\"format\":\"date-time\"},"
    "\"zone\":{\"type\":\"string\"}},\"required\":[\"name\",\"version\",\"now\",\"zone\"]}},"
    "\"required\":[\"person\",\"memberships\",\"role_words\",\"scopes\",\"door\",\"server\"]}";

static const char sign_in_schema[] =
    "{\"type\":\"object\",\"description\":\"Who signs in; one of 'email'"
    " and 'name'.\",\"properties\":{\"email\":{\"type\":\"string\"},\"name\""
    ":{\"type\":\"string\"},\"password\":{\"type\":\"string\"}},\"required\":"
    "[\"password\"]}";

static const char password_change_schema[] =
    "{\"type\":\"object\",\"description\":\"One's own password: 'password' is the new one.\","
    "\"properties\":{\"old_password\":{\"type\":\"string\"},\"password\":{\"type\":\"string\"}},"
    "\"required\":[\"old_password\",\"password\"]}";

static const char invitation_wish_schema[] =
    "{\"type\":\"object\",\"description\":\"Who is invited: 'person' is "
    "one that there is, 'name' a new one.\",\"properties\":{\"person\""
    ":{\"type\":\"string\"},\"name\":{\"type\":\"string\"},\"email\":{\"type\":"
    "\"string\"},\"roles\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"
    ",\"team\":{\"type\":\"string\"},\"days\":{\"type\":\"integer\",\"minimum\""
    ":1,\"maximum\":90}},\"required\":[]}";

static const char invitation_made_schema[] =
    "{\"type\":\"object\",\"description\":\"The link, which is shown onc"
    "e.\",\"properties\":{\"id\":{\"type\":\"string\"},\"person\":{\"type\":\"s"
    "tring\"},\"name\":{\"type\":\"string\"},\"expires\":{\"type\":\"string\","
    "\"format\":\"date-time\"},\"token\":{\"type\":\"string\"},\"path\":{\"typ"
    "e\":\"string\"}},\"required\":[\"id\",\"person\",\"name\",\"expires\",\"to"
    "ken\",\"path\"]}";

static const char invitation_acceptance_schema[] =
    "{\"type\":\"object\",\"description\":\"The password that is chosen."
    "\",\"properties\":{\"token\":{\"type\":\"string\"},\"name\":{\"type\":\"st"
    "ring\"},\"password\":{\"type\":\"string\"}},\"required\":[\"token\",\"pa"
    "ssword\"]}";

static const char markdown_schema[] =
    "{\"type\":\"object\",\"description\":\"A Markdown text of at most 256 KiB.\","
    "\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}";

static const char rendered_schema[] =
    "{\"type\":\"object\",\"description\":\"HTML without scripts.\","
    "\"properties\":{\"html\":{\"type\":\"string\"}},\"required\":[\"html\"]}";

static const char metric_points_schema[] =
    "{\"type\":\"array\",\"description\":\"Points of one series: of a ratio with numerator and "
    "denominator, of others with a value.\",\"items\":{\"type\":\"object\",\"properties\":{"
    "\"at\":{\"type\":\"string\",\"format\":\"date-time\"},"
    "\"value\":{\"type\":[\"number\",\"string\"],\"description\":\"A number, or the text NaN, "
    "+Inf or -Inf.\"},"
    "\"numerator\":{\"type\":\"number\"},\"denominator\":{\"type\":\"number\",\"minimum\":0},"
    "\"labels\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}}},"
    "\"required\":[\"at\"],\"oneOf\":[{\"required\":[\"value\"]},"
    "{\"required\":[\"numerator\",\"denominator\"]}],\"additionalProperties\":false}}";

static const char eval_review_opening_schema[] =
    "{\"type\":\"object\",\"description\":\"Which week's review is opened; the latest when none "
    "is named.\",\"properties\":{\"week\":{\"type\":\"string\","
    "\"pattern\":\"^[0-9]{4}-W[0-9]{2}$\"}},\"additionalProperties\":false}";

/* Schemas that are no record's. */
static const struct {
    const char *name, *schema;
} fixed_schemas[] = {
    { "problem", problem_schema },
    { "bulk_update", bulk_update_schema },
    { "bulk_list", bulk_list_schema },
    { "me", me_schema },
    { "sign_in", sign_in_schema },
    { "password_change", password_change_schema },
    { "invitation_wish", invitation_wish_schema },
    { "invitation_made", invitation_made_schema },
    { "invitation_acceptance", invitation_acceptance_schema },
    { "markdown", markdown_schema },
    { "rendered", rendered_schema },
    { "metric_points", metric_points_schema },
    { "eval_review_opening", eval_review_opening_schema },
};

static void put_list_schema(struct json_writer *writer, const char *row)
{
    json_object(writer);
    json_put_string(writer, "type", "object");
    json_key(writer, "properties");
    json_object(writer);
    json_key(writer, "items");
    json_object(writer);
    json_put_string(writer, "type", "array");
    json_key(writer, "items");
    put_ref(writer, row);
    json_object_end(writer);
    json_key(writer, "next");
    json_raw(
        writer,
        TEXT("{\"type\":[\"string\",\"null\"],\"description\":\"'after' of the next page.\"}"));
    json_object_end(writer);
    json_key(writer, "required");
    json_raw(writer, TEXT("[\"items\",\"next\"]"));
    json_object_end(writer);
}

static bool put_record_schemas(const struct page *page, const struct record *record)
{
    struct json_writer *writer = page->writer;
    json_key(writer, record->name);
    if (!openapi_schema_row(page->call, record, writer))
        return false;
    json_key_text(writer, call_format(page->call, "%s_creation", record->name));
    if (!openapi_schema_creation(page->call, record, writer))
        return false;
    json_key_text(writer, call_format(page->call, "%s_update", record->name));
    if (!openapi_schema_update(page->call, record, writer))
        return false;
    json_key_text(writer, call_format(page->call, "%s_list", record->name));
    put_list_schema(writer, record->name);
    return !writer->out->failed;
}

static void put_room_schemas(const struct page *page)
{
    for (const struct room *const *room = page->catalog->rooms; room && *room; room++)
        for (const struct room_schema *one = (*room)->schemas; one && one->name; one++) {
            json_key(page->writer, one->name);
            json_raw(page->writer, text_of(one->json));
        }
}

static void put_replies(const struct page *page, const struct reply_schema *reply)
{
    for (; reply && reply->name; reply++) {
        json_key(page->writer, reply->name);
        reply_schema_write(page->writer, reply);
    }
}

static void put_reply_schemas(const struct page *page)
{
    put_replies(page, offers_replies);
    for (const struct room *const *room = page->catalog->rooms; room && *room; room++)
        put_replies(page, (*room)->replies);
}

static bool put_components(const struct page *page)
{
    struct json_writer *writer = page->writer;
    json_key(writer, "components");
    json_object(writer);
    json_key(writer, "securitySchemes");
    json_raw(writer, TEXT("{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"}}"));
    json_key(writer, "schemas");
    json_object(writer);
    for (size_t i = 0; i < sizeof fixed_schemas / sizeof *fixed_schemas; i++) {
        json_key(writer, fixed_schemas[i].name);
        json_raw(writer, text_of(fixed_schemas[i].schema));
    }
    put_room_schemas(page);
    put_reply_schemas(page);
    for (size_t i = 0; i < page->catalog->record_count; i++)
        if (!put_record_schemas(page, page->catalog->record[i]))
            return false;
    json_object_end(writer);
    json_object_end(writer);
    return true;
}

bool openapi_write(struct call *call, const struct catalog *catalog,
                   const struct route *const *route, size_t count, struct json_writer *writer)
{
    const struct page page = { call, catalog, route, count, writer };
    json_object(writer);
    json_put_string(writer, "openapi", "3.1.0");
    json_key(writer, "info");
    json_object(writer);
    json_put_string(writer, "title", "Rondo");
    json_put_string(writer, "version", RONDO_VERSION);
    json_object_end(writer);
    json_key(writer, "security");
    json_raw(writer, TEXT("[{\"bearer\":[]}]"));
    put_paths(&page);
    if (!put_components(&page))
        return false;
    json_object_end(writer);
    return !writer->out->failed && call->fail.kind == FAIL_NONE;
}
