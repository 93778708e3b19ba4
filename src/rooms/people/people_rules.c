/* Room people: founding, acting as somebody, signing in with a token. */
#include "ledger/ledger.h"
#include "ledger/state.h"
#include "rooms/people/people.h"
#include "base/secret.h"
#include "rooms/people/sign_in.h"
#include "store/find.h"

/* Who acts is asked before anybody acts: these questions see every row. */
static bool find_unseen(struct call *call, const struct query *query, struct rows *rows)
{
    bool all_rows = call->all_rows;
    call->all_rows = true;
    bool is_found = find_rows(call, query, rows);
    call->all_rows = all_rows;
    return is_found;
}

static bool rows_where(struct call *call, const struct record *record, int field,
                       struct value value, struct rows *rows)
{
    struct query query;
    query_init(&query, record);
    bool hides_secret = field >= 0 && (record->field[field].flags & FIELD_SECRET);
    if (hides_secret) /* the token's own door: the filter is not a person's */
        query.filter[query.filter_count++] = (struct filter){ field, FILTER_IS, value };
    else if (!query_add(call, &query, field, FILTER_IS, value))
        return false;
    return find_unseen(call, &query, rows);
}

static unsigned roles_of(const struct row *membership)
{
    unsigned roles = 0, role;
    struct value words = membership->value[MEMBERSHIP_ROLES];
    for (uint32_t i = 0; i < words.count; i++)
        if (role_read(words.texts[i], &role))
            roles |= role;
    return roles;
}

static bool act_as_row(struct call *call, const struct row *person, unsigned scopes)
{
    struct rows memberships;
    if (!rows_where(call, &membership_record, MEMBERSHIP_PERSON, value_ref(person->id),
                    &memberships))
        return false;
    struct team_roles *team = call_array(call, memberships.count + 1, sizeof *team);
    if (!team)
        return false;
    call->actor = (struct actor){ .person = person->id,
                                  .name = value_as_text(person->value[PERSON_NAME]),
                                  .team = team,
                                  .team_count = memberships.count,
                                  .scopes = scopes };
    for (size_t i = 0; i < memberships.count; i++) {
        team[i].team = value_as_int(memberships.row[i].value[MEMBERSHIP_TEAM]);
        team[i].roles = roles_of(&memberships.row[i]);
        call->actor.roles |= team[i].roles;
    }
    return true;
}

static bool live_persons(struct call *call, struct rows *persons)
{
    struct query query;
    query_init(&query, &person_record);
    return find_unseen(call, &query, persons);
}

bool people_found(struct call *call, text name, bool *is_new)
{
    struct rows persons;
    struct row person, membership;
    *is_new = false;
    if (!live_persons(call, &persons) || persons.count)
        return call->fail.kind == FAIL_NONE;
    bool all_rows = call->all_rows;
    call->all_rows = true;
    static const text roles[] = { { "member", 6 }, { "owner", 5 } };
    bool done = row_init(call, &person_record, &person) &&
                row_init(call, &membership_record, &membership) &&
                change_open(call, TEXT("found the workspace"));
    if (done) {
        person.value[PERSON_NAME] = value_text(name);
        done = ledger_create(call, &person);
        membership.value[MEMBERSHIP_PERSON] = value_ref(person.id);
        membership.value[MEMBERSHIP_ROLES] =
            (struct value){ .kind = VALUE_TEXTS, .count = 2, .texts = roles };
        done = done && ledger_create(call, &membership) && change_commit(call);
        if (!done)
            change_rollback(call);
    }
    call->all_rows = all_rows;
    *is_new = done;
    return done;
}

static bool person_answers_to(const struct row *person, text word)
{
    text email = value_as_text(person->value[PERSON_EMAIL]);
    return text_same_word(value_as_text(person->value[PERSON_NAME]), word) ||
           (email.at && text_same_word(email, word));
}

/* A robot is bound by the scopes of its tokens, which nothing but a token names. */
static bool act_as_found(struct call *call, const struct row *person)
{
    if (!value_as_bool(person->value[PERSON_IS_ROBOT]))
        return act_as_row(call, person, SCOPE_ALL);
    return fail(call, FAIL_FORBIDDEN,
                "'%.*s' is a robot, which acts by its tokens only: name a person",
                TEXT_FMT(value_as_text(person->value[PERSON_NAME])));
}

static bool fail_several(struct call *call, const struct row *a, const struct row *b, text word)
{
    text one = row_public_id(call, &person_record, a->id),
         other = row_public_id(call, &person_record, b->id);
    return fail(call, FAIL_UNKNOWN_USER,
                "several persons answer to '%.*s': name one by its id, '%.*s' or '%.*s'",
                TEXT_FMT(word), TEXT_FMT(one), TEXT_FMT(other));
}

/* An id is nobody else's name: it decides where a name or an address would be somebody's too. */
bool people_act_as(struct call *call, text word)
{
    struct rows persons;
    const struct row *found = NULL;
    rid id = 0;
    if (!live_persons(call, &persons))
        return false;
    for (size_t i = 0; i < persons.count && text_find(word, TEXT("-")) != SIZE_MAX; i++)
        if (row_id_read(&person_record, word, &id) && persons.row[i].id == id)
            return act_as_found(call, &persons.row[i]);
    for (size_t i = 0; i < persons.count; i++) {
        const struct row *person = &persons.row[i];
        if (!person_answers_to(person, word))
            continue;
        if (found)
            return fail_several(call, found, person, word);
        found = person;
    }
    if (found)
        return act_as_found(call, found);
    return fail(call, FAIL_UNKNOWN_USER,
                "there is no person '%.*s' in this workspace: see 'rondo person list'",
                TEXT_FMT(word));
}

bool people_act_for(struct call *call, rid person, unsigned scopes)
{
    struct rows persons;
    if (!rows_where(call, &person_record, FIND_ID, value_int(person), &persons))
        return false;
    if (persons.count == 0)
        return fail(call, FAIL_UNKNOWN_USER,
                    "whoever began this is no longer in the workspace: begin it again");
    return act_as_row(call, &persons.row[0], scopes);
}

static unsigned scopes_of(const struct row *token)
{
    unsigned scopes = 0;
    struct value words = token->value[TOKEN_SCOPES];
    for (uint32_t i = 0; i < words.count; i++)
        scopes |= text_is(words.texts[i], "read")     ? SCOPE_READ
                  : text_is(words.texts[i], "import") ? SCOPE_IMPORT
                                                      : SCOPE_READ | SCOPE_WRITE;
    return scopes;
}

static bool is_expired(const struct call *call, const struct row *token)
{
    struct value expires = token->value[TOKEN_EXPIRES];
    return !value_is_null(expires) && value_as_int(expires) <= call->now;
}

bool people_sign_in(struct call *call, text secret)
{
    struct rows tokens, persons;
    text hash = secret_digest(call, secret);
    if (!hash.at || !rows_where(call, &token_record, TOKEN_HASH, value_text(hash), &tokens))
        return false;
    const struct row *token = tokens.count ? &tokens.row[0] : NULL;
    if (!token || is_expired(call, token))
        return fail(call, FAIL_UNKNOWN_USER,
                    "this token is not valid: make one with 'rondo token add'");
    if (!rows_where(call, &person_record, FIND_ID,
                    value_int(value_as_int(token->value[TOKEN_PERSON])), &persons))
        return false;
    if (persons.count == 0)
        return fail(call, FAIL_UNKNOWN_USER,
                    "this token is not valid: make one with 'rondo token add'");
    return act_as_row(call, &persons.row[0], scopes_of(token));
}

bool people_session(struct call *call, text secret)
{
    return session_act(call, secret);
}

/* What the row says of its zone, or the workspace's. */
static bool zone_of(struct call *call, const struct record *record, rid id, int field, text *zone)
{
    struct rows rows;
    *zone = call->workspace_zone;
    if (id == 0)
        return true;
    if (!rows_where(call, record, FIND_ID, value_int(id), &rows))
        return false;
    if (rows.count && !value_is_null(rows.row[0].value[field]))
        *zone = value_as_text(rows.row[0].value[field]);
    return true;
}

bool people_team_zone(struct call *call, rid team, text *zone)
{
    return zone_of(call, &team_record, team, TEAM_ZONE, zone);
}

bool people_person_zone(struct call *call, rid person, text *zone)
{
    return zone_of(call, &person_record, person, PERSON_ZONE, zone);
}

/* --- who is there --- */

bool people_is_here(struct call *call, rid person, bool *is_here)
{
    struct rows rows = { .count = 0 };
    if (person && !rows_where(call, &person_record, FIND_ID, value_int(person), &rows))
        return false;
    *is_here = rows.count > 0;
    return true;
}

bool people_team_lead(struct call *call, rid team, rid *lead)
{
    struct rows rows = { .count = 0 };
    bool is_here;
    *lead = 0;
    if (team && !rows_where(call, &team_record, FIND_ID, value_int(team), &rows))
        return false;
    rid named = rows.count ? value_as_int(rows.row[0].value[TEAM_LEAD]) : 0;
    if (!people_is_here(call, named, &is_here))
        return false;
    if (is_here)
        *lead = named;
    return true;
}

bool people_check_here(struct call *call, const struct row *before, const struct row *after,
                       int field)
{
    struct value named = after->value[field];
    bool is_here;
    if (value_is_null(named) || (before && value_equal(before->value[field], named)))
        return true;
    if (!people_is_here(call, value_as_int(named), &is_here))
        return false;
    text name = is_here ? TEXT_NONE : find_title(call, &person_record, value_as_int(named));
    return is_here ||
           fail_at(call, after->record->field[field].name,
                   "'%.*s' was dropped and does nothing here any more: name somebody who is there",
                   TEXT_FMT(name.at ? name : TEXT("this person")));
}

bool people_roles(struct call *call, rid person, unsigned *roles)
{
    struct rows memberships;
    *roles = 0;
    if (!rows_where(call, &membership_record, MEMBERSHIP_PERSON, value_ref(person), &memberships))
        return false;
    for (size_t i = 0; i < memberships.count; i++)
        *roles |= roles_of(&memberships.row[i]);
    return true;
}

static bool holds_id(const rid *list, size_t count, rid id)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == id)
            return true;
    return false;
}

static bool find_with_role(struct call *call, unsigned roles, rid without, rid **known,
                           size_t *count)
{
    struct rows memberships;
    struct query query;
    *count = 0;
    query_init(&query, &membership_record);
    if (!find_rows(call, &query, &memberships))
        return false;
    *known = call_array(call, memberships.count + 1, sizeof **known);
    if (!*known)
        return false;
    for (size_t i = 0; i < memberships.count; i++) {
        rid person = value_as_int(memberships.row[i].value[MEMBERSHIP_PERSON]);
        if ((roles_of(&memberships.row[i]) & roles) && person != without &&
            !holds_id(*known, *count, person))
            (*known)[(*count)++] = person;
    }
    return true;
}

bool people_with_role(struct call *call, unsigned roles, rid without, text *names)
{
    struct out words;
    size_t count;
    rid *known;
    if (!find_with_role(call, roles, without, &known, &count))
        return false;
    out_init(&words, call);
    for (size_t i = 0; i < count; i++) {
        text name = find_title(call, &person_record, known[i]);
        out_format(&words, "%s%.*s", i == 0 ? "" : i + 1 < count ? ", " : " or ", TEXT_FMT(name));
    }
    *names = count ? out_view(&words) : TEXT_NONE;
    return call->fail.kind == FAIL_NONE;
}

bool people_warn_role_away(struct call *call, unsigned roles, rid without)
{
    size_t count;
    rid *known;
    if (!find_with_role(call, roles, without, &known, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!people_warn_away(call, known[i], VALUE_NONE))
            return false;
    return true;
}

bool people_is_member(struct call *call, rid person, rid team, bool *is_member)
{
    struct rows memberships = { .count = 0 };
    bool has_members = false;
    unsigned roles;
    *is_member = false;
    if (team &&
        !rows_where(call, &membership_record, MEMBERSHIP_TEAM, value_ref(team), &memberships))
        return false;
    for (size_t i = 0; i < memberships.count; i++) {
        if (!(roles_of(&memberships.row[i]) & ROLE_MEMBER))
            continue;
        has_members = true;
        *is_member |= value_as_int(memberships.row[i].value[MEMBERSHIP_PERSON]) == person;
    }
    if (has_members)
        return true;
    if (!people_roles(call, person, &roles))
        return false;
    *is_member = (roles & ROLE_MEMBER) != 0;
    return true;
}

/*
 * Only an owner makes tokens for somebody else, and only a robot's: nobody acts as another person.
 */
static bool token_person_check(struct call *call, const struct row *row)
{
    rid person = value_as_int(row->value[TOKEN_PERSON]);
    struct row found;
    if (person == call->actor.person || call->all_rows)
        return true;
    if (!find_row(call, &person_record, person, &found))
        return false;
    if ((call->actor.roles & ROLE_OWNER) && value_as_bool(found.value[PERSON_IS_ROBOT]))
        return true;
    return fail(call, FAIL_FORBIDDEN,
                "a token for '%.*s' is made by that person; an owner makes tokens for robots only",
                TEXT_FMT(value_as_text(found.value[PERSON_NAME])));
}

/* A token that leaks must not make one that may more. */
static bool token_scopes_check(struct call *call, const struct row *row)
{
    return call->all_rows || !(scopes_of(row) & ~call->actor.scopes) ||
           fail_at(call, "scopes",
                   "a token makes no token that may more than itself: ask for fewer 'scopes', or "
                   "make it with 'rondo token add'");
}

bool people_token_create(struct call *call, struct row *row, text *secret)
{
    text hash;
    if (value_is_null(row->value[TOKEN_PERSON]))
        row->value[TOKEN_PERSON] = value_ref(call->actor.person);
    if (!token_person_check(call, row) || !token_scopes_check(call, row))
        return false;
    if (!secret_new(call, "rondo_", secret, &hash))
        return false;
    row->value[TOKEN_HASH] = value_text(hash);
    return change_open(call, TEXT("add token")) &&
           ((ledger_create(call, row) &&
             ledger_share(call, &token_record, row->id, value_as_int(row->value[TOKEN_PERSON])) &&
             change_commit(call)) ||
            (change_rollback(call), false));
}
