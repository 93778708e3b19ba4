/*
 * See sign_in_doors.h. A session travels in a cookie that no script can read and no other site's
 * page can send.
 */
#include "rooms/people/sign_in_doors.h"

#include "offers/refs.h"
#include "rooms/people/me_doors.h"
#include "rooms/people/people.h"
#include "rooms/people/sign_in.h"

enum { AGENT_BYTES_MAX = 200 };

/* --- what bodies hold --- */

/* TEXT_NONE when it is not there or null; fails when it is no text. */
static bool member_text(struct call *call, const struct json *object, const char *name, text *value)
{
    const struct json *member = json_get(object, name);
    *value = TEXT_NONE;
    if (!member || member->kind == JSON_NULL)
        return true;
    if (member->kind != JSON_TEXT)
        return fail_at(call, name, "'%s' is a text", name);
    *value = member->text;
    return true;
}

static bool needed_text(struct call *call, const struct json *object, const char *name, text *value)
{
    if (!member_text(call, object, name, value))
        return false;
    return value->size || fail_at(call, name, "'%s' is missing: give one", name);
}

static bool keys_are_known(struct call *call, const struct json *object, const char *const *known)
{
    for (uint32_t i = 0; i < object->count; i++) {
        text key = object->member[i].key;
        int at = 0;
        while (known[at] && !text_is(key, known[at]))
            at++;
        if (!known[at])
            return fail(call, FAIL_INVALID, "'%.*s' is nothing that is asked for here",
                        TEXT_FMT(text_until_character(key, 80)));
    }
    return true;
}

/* --- the cookie --- */

static void put_cookie(struct call *call, const struct request *request, text secret,
                       int64_t seconds, struct reply *reply)
{
    bool is_secure =
        text_same_word(text_trim(request_header(request, "x-forwarded-proto")), TEXT("https"));
    reply_header(reply, "Set-Cookie",
                 call_format(call, "%s=%.*s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%lld%s",
                             PEOPLE_COOKIE, TEXT_FMT(secret), (long long)seconds,
                             is_secure ? "; Secure" : ""));
}

static bool open_session(struct call *call, const struct request *request, struct reply *reply)
{
    text agent = request_header(request, "user-agent"), secret;
    agent = text_is_utf8(agent) ? text_until_character(agent, AGENT_BYTES_MAX) : TEXT("unknown");
    call->door = DOOR_WEB;
    if (!session_open(call, agent, &secret))
        return false;
    put_cookie(call, request, secret, SESSION_IDLE_DAYS * (int64_t)86400, reply);
    return me_show(call, request, reply);
}

/* --- signing in and out --- */

bool sign_in_post(struct call *call, const struct request *request, struct reply *reply)
{
    static const char *const known[] = { "name", "email", "password", NULL };
    struct json object;
    text name, email, password;
    bool is_too_often = false;
    if (!request_object(call, request, &object) || !keys_are_known(call, &object, known) ||
        !member_text(call, &object, "email", &email) ||
        !member_text(call, &object, "name", &name) ||
        !needed_text(call, &object, "password", &password))
        return false;
    if (!email.size && !name.size)
        return fail_at(call, "email", "'email' is missing: give it, or 'name'");
    if (sign_in(call, email.size ? email : name, password, &is_too_often))
        return open_session(call, request, reply);
    if (is_too_often)
        reply->status = 429;
    return false;
}

bool sign_out_post(struct call *call, const struct request *request, struct reply *reply)
{
    text secret = request_cookie(request, PEOPLE_COOKIE);
    call->door = DOOR_WEB;
    if (secret.at && !session_end(call, secret))
        return false;
    put_cookie(call, request, TEXT(""), 0, reply);
    reply->status = 204;
    return true;
}

/* --- one's own password --- */

bool own_password_post(struct call *call, const struct request *request, struct reply *reply)
{
    static const char *const known[] = { "old_password", "password", NULL };
    struct json object;
    text old, password;
    bool is_too_often = false;
    if (!request_object(call, request, &object) || !keys_are_known(call, &object, known) ||
        !needed_text(call, &object, "old_password", &old) ||
        !needed_text(call, &object, "password", &password))
        return false;
    if (own_password_change(call, old, password, request_cookie(request, PEOPLE_COOKIE),
                            &is_too_often))
        return true;
    if (is_too_often)
        reply->status = 429;
    return false;
}

/* --- invitations --- */

static void write_invitation(struct call *call, const struct row *row, text secret,
                             struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "id", row_public_id(call, &invitation_record, row->id));
    json_put_text(writer, "person",
                  row_public_id(call, &person_record, value_as_int(row->value[INVITATION_PERSON])));
    json_put_text(writer, "name", value_as_text(row->value[INVITATION_NAME]));
    json_put_stamp(writer, "expires", value_as_int(row->value[INVITATION_EXPIRES]));
    json_put_text(writer, "token", secret);
    /* After the mark: a browser keeps it to itself, and no log has it. */
    json_put_text(writer, "path", call_format(call, "/invitation#%.*s", TEXT_FMT(secret)));
    json_object_end(writer);
}

static bool read_days(struct call *call, const struct json *object, int64_t *days)
{
    const struct json *member = json_get(object, "days");
    if (!member || member->kind == JSON_NULL)
        return true;
    *days = member->kind == JSON_INT ? member->integer : 0;
    return *days > 0 ||
           fail_at(call, "days", "an invitation holds for 1 to %d days", INVITATION_DAYS_MAX);
}

static bool read_wish(struct call *call, const struct json *object, struct invitation_wish *wish)
{
    static const char *const known[] = { "person", "name", "email", "roles", "team", "days", NULL };
    text person, team;
    const struct json *roles = json_get(object, "roles");
    *wish = (struct invitation_wish){ .person = 0 };
    if (!keys_are_known(call, object, known) || !member_text(call, object, "person", &person) ||
        !member_text(call, object, "team", &team) ||
        !member_text(call, object, "name", &wish->name) ||
        !member_text(call, object, "email", &wish->email) || !read_days(call, object, &wish->days))
        return false;
    return (!roles || value_read_json(call, &membership_record.field[MEMBERSHIP_ROLES], roles,
                                      refs_resolve, &wish->roles)) &&
           (!person.size || refs_find(call, &person_record, person, &wish->person)) &&
           (!team.size || refs_find(call, &team_record, team, &wish->team));
}

bool invitation_post(struct call *call, const struct request *request, struct reply *reply)
{
    struct json object;
    struct invitation_wish wish;
    struct row row;
    text secret;
    if (!request_object(call, request, &object) || !read_wish(call, &object, &wish) ||
        !invitation_make(call, &wish, &row, &secret))
        return false;
    write_invitation(call, &row, secret, &reply->json);
    reply->status = 201;
    return true;
}

bool invitation_accept_post(struct call *call, const struct request *request, struct reply *reply)
{
    static const char *const known[] = { "token", "name", "password", NULL };
    struct json object;
    text token, name, password;
    call->door = DOOR_WEB;
    return request_object(call, request, &object) && keys_are_known(call, &object, known) &&
           needed_text(call, &object, "token", &token) &&
           member_text(call, &object, "name", &name) &&
           needed_text(call, &object, "password", &password) &&
           invitation_accept(call, token, name, password) && open_session(call, request, reply);
}

/* --- the command line --- */

const struct option invite_options[] = {
    { .name = "email",
      .kind = OPTION_TEXT,
      .placeholder = "ADDRESS",
      .help = "The e-mail address of a new person." },
    { .name = "roles",
      .kind = OPTION_TEXT,
      .placeholder = "LIST",
      .help = "Roles to give, with commas; a new person is a member at least." },
    { .name = "team",
      .kind = OPTION_TEXT,
      .placeholder = "TEAM",
      .help = "Where the roles hold; else in the whole workspace." },
    { .name = "days",
      .kind = OPTION_INT,
      .placeholder = "N",
      .help = "How long the invitation holds; else 7.",
      .min = 1,
      .max = INVITATION_DAYS_MAX },
    { 0 },
};

/* Who is there already is invited as that person. */
static bool read_invited(struct call *call, text name, struct invitation_wish *wish)
{
    if (refs_find(call, &person_record, name, &wish->person))
        return true;
    if (call->fail.kind != FAIL_NOT_FOUND)
        return false;
    fail_clear(call);
    wish->name = name;
    return true;
}

bool invite_run(struct call *call, struct invocation *invocation)
{
    struct invitation_wish wish = { .days = option_int(invocation, "days", 0),
                                    .email = option_text(invocation, "email") };
    text roles = option_text(invocation, "roles"), team = option_text(invocation, "team"), secret;
    struct json_writer writer;
    struct row row;
    if (!read_invited(call, invocation->argument[0], &wish) ||
        (roles.at && !value_read_text(call, &membership_record.field[MEMBERSHIP_ROLES], roles,
                                      refs_resolve, &wish.roles)) ||
        (team.at && !refs_find(call, &team_record, team, &wish.team)) ||
        !invitation_make(call, &wish, &row, &secret))
        return false;
    if (invocation->as_json) {
        json_writer_init(&writer, invocation->out, true);
        write_invitation(call, &row, secret, &writer);
        out_char(invocation->out, '\n');
        return true;
    }
    out_format(invocation->out, "/invitation#%.*s\n", TEXT_FMT(secret));
    out_format(invocation->err,
               "This place on your server lets %.*s choose a password, once; it is shown once. "
               "Revoke it with 'rondo invitation drop %.*s'.\n",
               TEXT_FMT(value_as_text(row.value[INVITATION_NAME])),
               TEXT_FMT(row_public_id(call, &invitation_record, row.id)));
    return true;
}
