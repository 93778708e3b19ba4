/*
 * See me_doors.h. The door is what the caller came by: a session by its cookie, a token by its
 * header, else the machine itself.
 */
#include "rooms/people/me_doors.h"

#include "http/reply.h"
#include "http/request.h"
#include "ledger/state.h"
#include "offers/refs.h"
#include "rooms/people/people.h"
#include "store/find.h"

static bool put_person(struct call *call, struct json_writer *writer)
{
    struct row person;
    if (call->actor.person == 0) { /* a store without persons */
        json_put_null(writer, "person");
        return true;
    }
    json_key(writer, "person");
    return find_row(call, &person_record, call->actor.person, &person) &&
           row_show_json(call, &person, refs_name, writer);
}

static bool put_team(struct call *call, rid team, struct json_writer *writer)
{
    if (team == 0) {
        json_put_null(writer, "team"); /* the whole workspace */
        return true;
    }
    text id = row_public_id(call, &team_record, team), name = find_title(call, &team_record, team);
    json_key(writer, "team");
    json_object(writer);
    json_put_text(writer, "id", id);
    json_put_text(writer, "name", name);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

static void put_roles(const char *key, unsigned roles, struct json_writer *writer)
{
    json_key(writer, key);
    json_list(writer);
    for (unsigned role = ROLE_VIEWER; role <= ROLE_ROBOT; role <<= 1)
        if (roles & role)
            json_string(writer, role_words(role));
    json_list_end(writer);
}

static bool put_memberships(struct call *call, struct json_writer *writer)
{
    json_key(writer, "memberships");
    json_list(writer);
    for (size_t i = 0; i < call->actor.team_count; i++) {
        json_object(writer);
        if (!put_team(call, call->actor.team[i].team, writer))
            return false;
        put_roles("roles", call->actor.team[i].roles, writer);
        json_object_end(writer);
    }
    json_list_end(writer);
    return true;
}

static void put_scopes(unsigned scopes, struct json_writer *writer)
{
    static const struct {
        unsigned scope;
        const char *word;
    } words[] = { { SCOPE_READ, "read" }, { SCOPE_IMPORT, "import" }, { SCOPE_WRITE, "write" } };
    json_key(writer, "scopes");
    json_list(writer);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (scopes & words[i].scope)
            json_string(writer, words[i].word);
    json_list_end(writer);
}

static const char *door_of(const struct call *call, const struct request *request)
{
    if (call->door == DOOR_WEB)
        return "session";
    return request_header(request, "authorization").at ? "token" : "loopback";
}

static void put_server(const struct call *call, struct json_writer *writer)
{
    json_key(writer, "server");
    json_object(writer);
    json_put_string(writer, "name", "Rondo");
    json_put_string(writer, "version", RONDO_VERSION);
    json_put_stamp(writer, "now", call->now);
    json_put_text(writer, "zone", call->workspace_zone);
    json_object_end(writer);
}

bool me_show(struct call *call, const struct request *request, struct reply *reply)
{
    struct json_writer *writer = &reply->json;
    json_object(writer);
    if (!put_person(call, writer) || !put_memberships(call, writer))
        return false;
    put_roles("role_words", call->actor.roles, writer);
    put_scopes(call->actor.scopes, writer);
    json_put_string(writer, "door", door_of(call, request));
    put_server(call, writer);
    json_object_end(writer);
    return true;
}
