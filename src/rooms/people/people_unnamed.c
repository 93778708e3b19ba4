/*
 * Room people: who acts where a command or a request names nobody. One person is everybody. Of
 * several it is the one owner, but only as long as nobody could say who he is: with the first
 * password, or somebody else's token, each has to. Until then refusing would lock the owner out,
 * who cannot have signed in, and would protect nobody.
 */
#include "rooms/people/people.h"
#include "rooms/people/sign_in.h"
#include "store/find.h"
#include "store/sql.h"

static bool all_of(struct call *call, const struct record *record, struct rows *rows)
{
    struct query query;
    query_init(&query, record);
    return find_rows(call, &query, rows);
}

/* Leaves out robots, which act by their tokens only. */
static bool find_people(struct call *call, struct rows *persons)
{
    size_t kept = 0;
    if (!all_of(call, &person_record, persons))
        return false;
    for (size_t i = 0; i < persons->count; i++)
        if (!value_as_bool(persons->row[i].value[PERSON_IS_ROBOT]))
            persons->row[kept++] = persons->row[i];
    persons->count = kept;
    return true;
}

static bool is_among(const struct rows *persons, rid person)
{
    for (size_t i = 0; i < persons->count; i++)
        if (persons->row[i].id == person)
            return true;
    return false;
}

static bool owns(const struct row *membership)
{
    struct value roles = membership->value[MEMBERSHIP_ROLES];
    for (uint32_t i = 0; i < roles.count; i++)
        if (text_same_word(roles.texts[i], TEXT("owner")))
            return true;
    return false;
}

/* `*owner` 0: nobody, or several. */
static bool find_owner(struct call *call, const struct rows *persons, rid *owner)
{
    struct rows memberships;
    bool is_one = true;
    *owner = 0;
    if (!all_of(call, &membership_record, &memberships))
        return false;
    for (size_t i = 0; i < memberships.count; i++) {
        rid person = value_as_int(memberships.row[i].value[MEMBERSHIP_PERSON]);
        if (!owns(&memberships.row[i]) || !is_among(persons, person))
            continue;
        is_one = is_one && (*owner == 0 || *owner == person);
        *owner = person;
    }
    if (!is_one)
        *owner = 0;
    return true;
}

static bool find_password(struct call *call, bool *has_password)
{
    struct sql *sql = SQL(call, "SELECT person FROM password LIMIT 1");
    if (!sql)
        return false;
    *has_password = sql_step(call, sql) == SQL_ROW;
    sql_done(sql);
    return call->fail.kind == FAIL_NONE;
}

static bool find_token(struct call *call, const struct rows *persons, rid owner, bool *has_token)
{
    struct rows tokens;
    *has_token = false;
    if (!all_of(call, &token_record, &tokens))
        return false;
    for (size_t i = 0; i < tokens.count; i++) {
        rid person = value_as_int(tokens.row[i].value[TOKEN_PERSON]);
        *has_token = *has_token || (person != owner && is_among(persons, person));
    }
    return true;
}

/* `*person` 0: the store has nobody yet. */
static bool find_unnamed(struct call *call, rid *person)
{
    struct rows persons;
    bool has_password = false, has_token = false;
    if (!find_people(call, &persons))
        return false;
    *person = persons.count ? persons.row[0].id : 0;
    if (persons.count <= 1)
        return true;
    if (!find_password(call, &has_password) || !find_owner(call, &persons, person) ||
        !find_token(call, &persons, *person, &has_token))
        return false;
    return (*person && !has_password && !has_token) ||
           fail(call, FAIL_UNKNOWN_USER,
                "this workspace has several persons: say who you are with --as PERSON, RONDO_AS or "
                "a token");
}

bool people_act_unnamed(struct call *call)
{
    rid person;
    bool all_rows = call->all_rows;
    call->all_rows = true;
    bool is_found = find_unnamed(call, &person);
    call->all_rows = all_rows;
    return is_found && (person == 0 || people_act_for(call, person, SCOPE_ALL));
}
