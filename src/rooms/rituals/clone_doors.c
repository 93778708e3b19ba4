/* See clone_doors.h. */
#include "rooms/rituals/clone_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "offers/grid.h"
#include "offers/idempotency.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/rituals/ritual_clone.h"
#include "rooms/rituals/ritual_offers.h"
#include "rooms/rituals/rituals.h"
#include "store/find.h"

/* --- what was asked --- */

/* The wish as words, from either door. */
struct asked {
    const text *ritual;
    size_t count;
    text from_team, to_team, surface, suffix;
};

static bool read_wish(struct call *call, const struct asked *asked, struct clone_wish *wish)
{
    const struct record *surface = catalog_record(call->catalog, TEXT("surface"));
    rid *ids = call_array(call, asked->count + 1, sizeof *ids);
    if (!ids)
        return false;
    for (size_t i = 0; i < asked->count; i++)
        if (!refs_find(call, &ritual_record, asked->ritual[i], &ids[i]))
            return false;
    *wish = (struct clone_wish){ .ritual = ids, .count = asked->count, .suffix = asked->suffix };
    return (!asked->from_team.at ||
            refs_find(call, &team_record, asked->from_team, &wish->from_team)) &&
           (!asked->to_team.at || refs_find(call, &team_record, asked->to_team, &wish->to_team)) &&
           (!asked->surface.at || refs_find(call, surface, asked->surface, &wish->surface));
}

/* A list of texts under that key; without it, none. */
static bool read_texts(struct call *call, const struct json *body, const char *key,
                       const text **texts, size_t *count)
{
    const struct json *list = json_get(body, key);
    *count = 0;
    if (!list || list->kind == JSON_NULL)
        return true;
    if (list->kind != JSON_LIST)
        return fail_at(call, key, "'%s' is a list of texts", key);
    text *read = call_array(call, list->count + 1, sizeof *read);
    if (!read)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        if (list->item[i].kind != JSON_TEXT)
            return fail_at(call, key, "'%s' is a list of texts", key);
        read[(*count)++] = list->item[i].text;
    }
    *texts = read;
    return true;
}

static bool check_keys(struct call *call, const struct json *body, const char *const *known,
                       const char *example)
{
    for (size_t i = 0; i < body->count; i++) {
        bool is_known = false;
        for (const char *const *key = known; *key; key++)
            is_known = is_known || text_is(body->member[i].key, *key);
        if (!is_known)
            return fail(call, FAIL_INVALID, "the body of this request is %s", example);
    }
    return true;
}

static bool read_text(struct call *call, const struct json *body, const char *key, text *word)
{
    const struct json *json = json_get(body, key);
    *word = json && json->kind == JSON_TEXT ? json->text : TEXT_NONE;
    return word->at || !json || json->kind == JSON_NULL ||
           fail_at(call, key, "'%s' is a text", key);
}

static bool read_clone_body(struct call *call, const struct json *body, struct asked *asked)
{
    static const char *const keys[] = { "rituals", "from_team", "to_team", "surface",
                                        "name_suffix", NULL };
    return check_keys(call, body, keys,
                      "{\"rituals\" or \"from_team\", \"to_team\", \"surface\", "
                      "\"name_suffix\"}") &&
           read_texts(call, body, "rituals", &asked->ritual, &asked->count) &&
           read_text(call, body, "from_team", &asked->from_team) &&
           read_text(call, body, "to_team", &asked->to_team) &&
           read_text(call, body, "surface", &asked->surface) &&
           read_text(call, body, "name_suffix", &asked->suffix);
}

/* --- cloning --- */

static void write_made(struct call *call, const struct clones_made *made,
                       struct json_writer *writer)
{
    json_object(writer);
    json_key(writer, "rituals");
    json_list(writer);
    for (size_t i = 0; i < made->count; i++) {
        const struct clone_made *one = &made->made[i];
        json_object(writer);
        json_put_text(writer, "id", row_public_id(call, &ritual_record, one->ritual));
        json_put_text(writer, "name", find_title(call, &ritual_record, one->ritual));
        json_put_text(writer, "clone_of", row_public_id(call, &ritual_record, one->original));
        json_put_bool(writer, "new", one->is_new);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_object_end(writer);
}

static bool clone_asked(struct call *call, const struct asked *asked, struct clones_made *made)
{
    struct clone_wish wish;
    return read_wish(call, asked, &wish) && ritual_clone(call, &wish, made);
}

static bool post_inside(struct call *call, const struct request *request, struct reply *reply)
{
    struct json body;
    struct clones_made made;
    struct asked asked = { .count = 0 };
    if (!request_object(call, request, &body) || !read_clone_body(call, &body, &asked) ||
        !clone_asked(call, &asked, &made))
        return false;
    write_made(call, &made, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

bool clone_post(struct call *call, const struct request *request, struct reply *reply)
{
    return idempotency_run(call, request, reply, TEXT("clone rituals"), post_inside);
}

bool clone_run(struct call *call, struct invocation *invocation)
{
    struct clones_made made;
    struct json_writer writer;
    struct asked asked = {
        .ritual = invocation->argument, .count = invocation->argument_count,
        .from_team = option_text(invocation, "from-team"),
        .to_team = option_text(invocation, "to-team"),
        .surface = option_text(invocation, "surface"),
        .suffix = option_text(invocation, "name-suffix"),
    };
    if (!clone_asked(call, &asked, &made))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_made(call, &made, &writer);
        out_char(invocation->out, '\n');
        return call->fail.kind == FAIL_NONE;
    }
    for (size_t i = 0; i < made.count; i++)
        out_format(invocation->out, "%.*s %.*s%s\n",
                   TEXT_FMT(row_public_id(call, &ritual_record, made.made[i].ritual)),
                   TEXT_FMT(find_title(call, &ritual_record, made.made[i].ritual)),
                   made.made[i].is_new ? "" : ", is there already");
    return !invocation->out->failed;
}

/* --- what is offered --- */

static bool read_offers_of(struct call *call, text word, struct ritual_offers *offers)
{
    rid id;
    return refs_find(call, &ritual_record, word, &id) && ritual_offers_read(call, id, offers);
}

bool clone_get_offers(struct call *call, const struct request *request, struct reply *reply)
{
    struct ritual_offers offers;
    if (!read_offers_of(call, request->part[0], &offers))
        return false;
    ritual_offers_write_json(call, &offers, &reply->json);
    return call->fail.kind == FAIL_NONE;
}

/* Every live clone to which something is offered that it has not decided on. */
static bool write_all(struct call *call, struct json_writer *writer)
{
    struct query query;
    struct rows clones;
    query_init(&query, &ritual_record);
    if (!query_add(call, &query, RITUAL_CLONE_OF, FILTER_IS_NOT, VALUE_NONE) ||
        !find_rows(call, &query, &clones))
        return false;
    json_object(writer);
    json_key(writer, "rituals");
    json_list(writer);
    for (size_t i = 0; i < clones.count; i++) {
        struct ritual_offers offers;
        if (!ritual_offers_read(call, clones.row[i].id, &offers))
            return false;
        if (offers.open)
            ritual_offers_write_json(call, &offers, writer);
    }
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

bool clone_get_all_offers(struct call *call, const struct request *request, struct reply *reply)
{
    (void)request;
    return write_all(call, &reply->json);
}

static bool write_terminal(struct call *call, const struct ritual_offers *offers,
                           struct invocation *invocation)
{
    static const struct grid_column columns[] = {
        { "Part", GRID_LEFT }, { "Was", GRID_LEFT },     { "Is now", GRID_LEFT },
        { "Here", GRID_LEFT }, { "Decided", GRID_LEFT }, { NULL, GRID_LEFT },
    };
    struct grid grid;
    if (!offers->count) {
        out_format(invocation->out, "Nothing is offered to %.*s.\n",
                   TEXT_FMT(row_title(call, &offers->clone)));
        return !invocation->out->failed;
    }
    grid_init(&grid, call, columns);
    for (size_t i = 0; i < offers->count; i++) {
        const struct ritual_offer *offer = &offers->offer[i];
        const text words[] = { offer->was, offer->now, offer->here };
        grid_push(&grid, text_of(offer->part->name));
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            grid_push(&grid, words[w].size ? words[w] : TEXT("-"));
        grid_push(&grid, offer->is_open ? TEXT("no") : TEXT("yes"));
    }
    return grid_write(&grid, invocation->out, &invocation->terminal);
}

static bool print_offers(struct call *call, text word, struct invocation *invocation)
{
    struct ritual_offers offers;
    struct json_writer writer;
    if (!read_offers_of(call, word, &offers))
        return false;
    if (!invocation->as_json)
        return write_terminal(call, &offers, invocation);
    json_writer_init(&writer, invocation->out, true);
    ritual_offers_write_json(call, &offers, &writer);
    out_char(invocation->out, '\n');
    return call->fail.kind == FAIL_NONE;
}

bool clone_run_offers(struct call *call, struct invocation *invocation)
{
    return print_offers(call, invocation->argument[0], invocation);
}

/* --- decided --- */

/* The answer is what is offered still. */
static bool post_decision(struct call *call, const struct request *request, struct reply *reply,
                          bool is_taken)
{
    static const char *const keys[] = { "parts", NULL };
    struct json body = { .kind = JSON_OBJECT };
    const text *part = NULL;
    size_t count;
    rid id;
    if ((request->body.size && !request_object(call, request, &body)) ||
        !check_keys(call, &body, keys, "{\"parts\": [\"rule\"]}") ||
        !read_texts(call, &body, "parts", &part, &count) ||
        !refs_find(call, &ritual_record, request->part[0], &id))
        return false;
    return ritual_offers_decide(call, id, part, count, is_taken) &&
           clone_get_offers(call, request, reply);
}

static bool take_inside(struct call *call, const struct request *request, struct reply *reply)
{
    return post_decision(call, request, reply, true);
}

static bool decline_inside(struct call *call, const struct request *request, struct reply *reply)
{
    return post_decision(call, request, reply, false);
}

bool clone_post_take(struct call *call, const struct request *request, struct reply *reply)
{
    return idempotency_run(call, request, reply, TEXT("take what the original offers"),
                           take_inside);
}

bool clone_post_decline(struct call *call, const struct request *request, struct reply *reply)
{
    return idempotency_run(call, request, reply, TEXT("decline what the original offers"),
                           decline_inside);
}

static bool run_decision(struct call *call, struct invocation *invocation, bool is_taken)
{
    rid id;
    return refs_find(call, &ritual_record, invocation->argument[0], &id) &&
           ritual_offers_decide(call, id, invocation->argument + 1,
                                invocation->argument_count - 1, is_taken) &&
           print_offers(call, invocation->argument[0], invocation);
}

bool clone_run_take(struct call *call, struct invocation *invocation)
{
    return run_decision(call, invocation, true);
}

bool clone_run_decline(struct call *call, struct invocation *invocation)
{
    return run_decision(call, invocation, false);
}
