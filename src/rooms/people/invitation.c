/*
 * Room people: invitations. Whoever makes one needs the role owner, which the ledger asks for; who
 * accepts one has no role to ask for, so there the program writes, as that person.
 */
#include "base/password.h"
#include "base/stamp.h"
#include "ledger/ledger.h"
#include "rooms/people/kept_password.h"
#include "rooms/people/people.h"
#include "base/secret.h"
#include "rooms/people/sign_in.h"
#include "store/find.h"
#include "store/sql.h"

/* --- making --- */

static bool check_wish(struct call *call, const struct invitation_wish *wish)
{
    if (wish->days < 0 || wish->days > INVITATION_DAYS_MAX)
        return fail_at(call, "days", "an invitation holds for 1 to %d days", INVITATION_DAYS_MAX);
    if (wish->person || wish->name.size)
        return true;
    return fail_at(call, "name", "'name' is missing: say who is invited");
}

static bool find_invited(struct call *call, rid person, struct row *row)
{
    if (!find_row(call, &person_record, person, row))
        return false;
    return !value_as_bool(row->value[PERSON_IS_ROBOT]) ||
           fail(call, FAIL_INVALID, "'%.*s' is a robot, which acts by its tokens only",
                TEXT_FMT(value_as_text(row->value[PERSON_NAME])));
}

static bool make_person(struct call *call, const struct invitation_wish *wish, struct row *row)
{
    if (!row_init(call, &person_record, row))
        return false;
    row->value[PERSON_NAME] = value_text(wish->name);
    row->value[PERSON_EMAIL] = value_text(wish->email);
    return ledger_create(call, row);
}

static bool make_membership(struct call *call, const struct invitation_wish *wish, rid person)
{
    static const text member[] = { { "member", 6 } };
    struct row row;
    if (wish->person && value_is_null(wish->roles))
        return true;
    if (!row_init(call, &membership_record, &row))
        return false;
    row.value[MEMBERSHIP_PERSON] = value_ref(person);
    row.value[MEMBERSHIP_TEAM] = value_ref(wish->team);
    row.value[MEMBERSHIP_ROLES] = wish->roles;
    if (value_is_null(wish->roles))
        row.value[MEMBERSHIP_ROLES] =
            (struct value){ .kind = VALUE_TEXTS, .count = 1, .texts = member };
    return ledger_create(call, &row);
}

static bool write_key(struct call *call, text digest, rid invitation)
{
    struct sql *sql = SQL(call, "INSERT INTO invitation_key (digest, invitation) VALUES (?1, ?2)");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, digest);
    sql_bind_int(sql, 2, invitation);
    return sql_run(call, sql);
}

static bool make_inside(struct call *call, const struct invitation_wish *wish,
                        struct row *invitation, text digest)
{
    struct row person;
    int64_t days = wish->days ? wish->days : INVITATION_DAYS_DEFAULT;
    if (!(wish->person ? find_invited(call, wish->person, &person)
                       : make_person(call, wish, &person)) ||
        !make_membership(call, wish, person.id))
        return false;
    invitation->value[INVITATION_NAME] = person.value[PERSON_NAME];
    invitation->value[INVITATION_PERSON] = value_ref(person.id);
    invitation->value[INVITATION_EXPIRES] =
        value_stamp(stamp_to_second(call->now) + days * STAMP_DAY);
    return ledger_create(call, invitation) && write_key(call, digest, invitation->id);
}

bool invitation_make(struct call *call, const struct invitation_wish *wish, struct row *invitation,
                     text *secret)
{
    text digest;
    if (!check_wish(call, wish) || !row_init(call, &invitation_record, invitation) ||
        !secret_new(call, "", secret, &digest) || !change_open(call, TEXT("invite")))
        return false;
    if (make_inside(call, wish, invitation, digest) && change_commit(call))
        return true;
    change_rollback(call);
    return false;
}

/* --- accepting --- */

/* Used, expired, dropped or never made: all read alike. */
static bool fail_invitation(struct call *call)
{
    if (call->fail.kind == FAIL_NOT_FOUND)
        fail_clear(call);
    return call->fail.kind == FAIL_NONE &&
           fail(call, FAIL_UNKNOWN_USER,
                "this invitation is not valid (any more): ask an owner for a new one");
}

static rid invitation_of(struct call *call, text digest)
{
    struct sql *sql = SQL(call, "SELECT invitation FROM invitation_key WHERE digest = ?1");
    if (!sql)
        return 0;
    sql_bind_text(sql, 1, digest);
    rid id = sql_step(call, sql) == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return id;
}

static bool find_invitation(struct call *call, text digest, struct row *row)
{
    rid id = invitation_of(call, digest);
    if (!id || !find_row(call, &invitation_record, id, row) || row->archived ||
        value_as_int(row->value[INVITATION_EXPIRES]) <= call->now)
        return fail_invitation(call);
    if (people_act_for(call, value_as_int(row->value[INVITATION_PERSON]), SCOPE_ALL))
        return true;
    if (call->fail.kind == FAIL_UNKNOWN_USER)
        fail_clear(call); /* the person was dropped */
    return fail_invitation(call);
}

static bool rename_actor(struct call *call, text name)
{
    struct row before, after;
    if (!name.size)
        return true;
    if (!find_row(call, &person_record, call->actor.person, &before) ||
        !row_copy(call, &before, &after))
        return false;
    after.value[PERSON_NAME] = value_text(name);
    call->actor.name = name;
    return ledger_update(call, &before, &after);
}

static bool mark_used(struct call *call, const struct row *invitation)
{
    struct row after;
    if (!row_copy(call, invitation, &after))
        return false;
    after.value[INVITATION_USED] = value_stamp(call->now);
    return ledger_update(call, invitation, &after);
}

static bool drop_key(struct call *call, text digest)
{
    struct sql *sql = SQL(call, "DELETE FROM invitation_key WHERE digest = ?1");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, digest);
    return sql_run(call, sql);
}

/* Looked for again: between the first look and the change somebody else may have been faster. */
static bool accept_inside(struct call *call, text digest, text name, text kept)
{
    struct row invitation;
    return find_invitation(call, digest, &invitation) && rename_actor(call, name) &&
           mark_used(call, &invitation) && kept_password_write(call, kept) &&
           drop_key(call, digest) && session_end_others(call, TEXT_NONE);
}

static bool accept_known(struct call *call, text digest, text name, text password)
{
    struct row invitation;
    text kept;
    if (!find_invitation(call, digest, &invitation) || !password_hash(call, password, &kept) ||
        !change_open(call, TEXT("accept an invitation")))
        return false;
    if (accept_inside(call, digest, name, kept) && change_commit(call))
        return true;
    change_rollback(call);
    return false;
}

bool invitation_accept(struct call *call, text secret, text name, text password)
{
    text digest = secret_digest(call, secret);
    bool all_rows = call->all_rows;
    call->all_rows = true;
    bool done = digest.at && accept_known(call, digest, name, password);
    call->all_rows = all_rows;
    if (!done)
        call->actor = (struct actor){ .person = 0 };
    return done;
}
