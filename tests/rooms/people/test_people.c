/* Who we are and who may do what: founding, acting as somebody, tokens and their scopes, zones. */
#include "rooms/people/people.h"

#include "rooms/evals/evals.h"
#include "store/sql.h"
#include "store/transaction.h"
#include "support/house.h"

static struct row add_person(struct test_house *test, const char *name, const char *email,
                             bool is_robot)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &person_record, &row));
    row.value[PERSON_NAME] = value_choice(name);
    row.value[PERSON_EMAIL] = value_choice(email);
    row.value[PERSON_IS_ROBOT] = value_bool(is_robot);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row;
}

static struct row add_team(struct test_house *test, const char *name, const char *zone)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &team_record, &row));
    row.value[TEAM_NAME] = value_choice(name);
    row.value[TEAM_ZONE] = value_choice(zone);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row;
}

/* Roles by the bits of enum role, written as words. */
static bool add_membership(struct test_house *test, rid person, rid team, const char *role)
{
    struct row row;
    text words[1] = { text_of(role) };
    assert_done(&test->call, row_init(&test->call, &membership_record, &row));
    row.value[MEMBERSHIP_PERSON] = value_ref(person);
    row.value[MEMBERSHIP_TEAM] = value_ref(team);
    row.value[MEMBERSHIP_ROLES] =
        (struct value){ .kind = VALUE_TEXTS, .count = 1, .texts = words };
    return ledger_create(&test->call, &row);
}

static bool act_as(struct test_house *test, const char *word)
{
    return people_act_as(&test->call, text_of(word));
}

/* --- founding --- */

static void the_founder_owns_the_workspace_and_is_founded_once(void **state)
{
    struct test_house *test = *state;
    bool is_new = true;
    assert_text(test->call.actor.name, "Ada");
    assert_int_equal(test->call.actor.roles, ROLE_OWNER | ROLE_MEMBER);
    assert_int_equal(test->call.actor.team_count, 1);
    assert_int_equal(test->call.actor.team[0].team, 0);
    assert_int_equal(test->call.actor.scopes, SCOPE_ALL);
    assert_done(&test->call, people_found(&test->call, TEXT("Eve"), &is_new));
    assert_false(is_new);
    assert_false(test->call.all_rows);
    assert_int_equal(test_count(test, "persons"), 1);
    assert_int_equal(test_count(test, "memberships"), 1);
}

/* --- acting as somebody --- */

static void a_person_answers_to_name_address_and_id_in_any_case(void **state)
{
    static const char *const words[] = { "Bert Baker", "bert baker", "BERT@example.org", "per-2" };
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert Baker", "bert@example.org", false).id;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_done(&test->call, act_as(test, words[i]));
        assert_int_equal(test->call.actor.person, bert);
        assert_int_equal(test->call.actor.roles, 0);
    }
    static const char *const strangers[] = {
        "Bert", "2", "PER-3", "SUR-2", "bert@example.com", ""
    };
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        assert_false(act_as(test, strangers[i]));
        assert_refused(&test->call, FAIL_UNKNOWN_USER, "there is no person");
    }
}

static void names_that_differ_in_case_alone_are_told_apart_by_id(void **state)
{
    struct test_house *test = *state;
    add_person(test, "ada", NULL, false);
    assert_false(act_as(test, "Ada"));
    assert_refused(&test->call, FAIL_UNKNOWN_USER,
                   "several persons answer to 'Ada': name one by its id, 'PER-1' or 'PER-2'");
    assert_done(&test->call, act_as(test, "PER-2"));
    assert_text(test->call.actor.name, "ada");
}

static void a_name_that_looks_like_an_id_shadows_nobody(void **state)
{
    struct test_house *test = *state;
    add_person(test, "PER-1", NULL, false);
    assert_done(&test->call, act_as(test, "PER-1"));
    assert_text(test->call.actor.name, "Ada");
}

static void a_dropped_person_is_nobody(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, false).id;
    assert_done(&test->call, ledger_archive(&test->call, &person_record, bert));
    assert_false(act_as(test, "Bert"));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "no person 'Bert'");
}

static void a_robot_acts_by_its_tokens_only(void **state)
{
    struct test_house *test = *state;
    add_person(test, "ci", NULL, true);
    assert_false(act_as(test, "ci"));
    assert_refused(&test->call, FAIL_FORBIDDEN, "'ci' is a robot");
    assert_text(test->call.actor.name, "Ada"); /* whoever acted still does */
}

static void the_only_person_is_meant_and_robots_do_not_count(void **state)
{
    struct test_house *test = *state;
    add_person(test, "ci", NULL, true);
    assert_done(&test->call, people_act_unnamed(&test->call));
    assert_text(test->call.actor.name, "Ada");
}

static void refuse_unnamed(struct test_house *test)
{
    test->call.actor = (struct actor){ .person = 0 };
    assert_false(people_act_unnamed(&test->call));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "say who you are with --as PERSON");
    assert_false(test->call.all_rows);
    assert_done(&test->call, act_as(test, "Ada"));
}

static void of_several_the_owner_is_meant(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, false).id;
    assert_done(&test->call, add_membership(test, bert, 0, "council"));
    test->call.actor = (struct actor){ .person = 0 };
    assert_done(&test->call, people_act_unnamed(&test->call));
    assert_text(test->call.actor.name, "Ada");
    assert_int_equal(test->call.actor.roles, ROLE_OWNER | ROLE_MEMBER);
    assert_false(test->call.all_rows);
}

static void of_two_owners_nobody_is_meant(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, false).id, red = add_team(test, "Red", NULL).id;
    assert_done(&test->call, add_membership(test, bert, red, "owner"));
    refuse_unnamed(test);
    assert_done(&test->call, ledger_archive(&test->call, &person_record, bert));
    assert_done(&test->call, people_act_unnamed(&test->call));
}

static void without_an_owner_nobody_is_meant(void **state)
{
    struct test_house *test = *state;
    add_person(test, "Bert", NULL, false);
    assert_done(&test->call, ledger_archive(&test->call, &membership_record, 1));
    test->call.actor = (struct actor){ .person = 0 };
    assert_false(people_act_unnamed(&test->call));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "several persons");
}

static void keep_password(struct test_house *test, rid person)
{
    assert_done(&test->call, store_begin(&test->call));
    struct sql *sql = SQL(&test->call, "INSERT INTO password (person, kept) VALUES (?1, 'x')");
    assert_non_null(sql);
    sql_bind_int(sql, 1, person);
    assert_done(&test->call, sql_run(&test->call, sql) && store_commit(&test->call));
}

static void with_the_first_password_nobody_is_meant(void **state)
{
    struct test_house *test = *state;
    rid ada = test->call.actor.person;
    keep_password(test, ada);
    assert_done(&test->call, people_act_unnamed(&test->call)); /* still alone */
    add_person(test, "Bert", NULL, false);
    refuse_unnamed(test);
}

static void roles_are_gathered_over_teams_and_kept_by_team(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, false).id, red = add_team(test, "Red", NULL).id;
    assert_done(&test->call, add_membership(test, bert, red, "council"));
    assert_done(&test->call, add_membership(test, bert, 0, "viewer"));
    assert_done(&test->call, act_as(test, "Bert"));
    assert_int_equal(test->call.actor.roles, ROLE_COUNCIL | ROLE_VIEWER);
    assert_int_equal(test->call.actor.team_count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(test->call.actor.team[i].roles,
                         test->call.actor.team[i].team == red ? ROLE_COUNCIL : ROLE_VIEWER);
}

static void roles_that_are_none_and_second_memberships_are_refused(void **state)
{
    struct test_house *test = *state;
    rid bert = add_person(test, "Bert", NULL, false).id, red = add_team(test, "Red", NULL).id;
    assert_false(add_membership(test, bert, red, "king"));
    assert_refused(&test->call, FAIL_INVALID, "'king' is not a role");
    assert_done(&test->call, add_membership(test, bert, red, "member"));
    assert_false(add_membership(test, bert, red, "viewer"));
    assert_refused(&test->call, FAIL_CONFLICT, "already");
}

static void only_an_owner_makes_persons(void **state)
{
    struct test_house *test = *state;
    struct row row;
    add_person(test, "Bert", NULL, false);
    assert_done(&test->call, add_membership(test, 2, 0, "member"));
    assert_done(&test->call, act_as(test, "Bert"));
    assert_done(&test->call, row_init(&test->call, &person_record, &row));
    row.value[PERSON_NAME] = value_choice("Carl");
    assert_false(ledger_create(&test->call, &row));
    assert_refused(&test->call, FAIL_FORBIDDEN, "'owner'");
}

/* --- tokens --- */

static bool try_token(struct test_house *test, const char *scope, rid person, stamp expires,
                      struct row *row, text *secret)
{
    static text words[1];
    words[0] = text_of(scope);
    assert_done(&test->call, row_init(&test->call, &token_record, row));
    row->value[TOKEN_NAME] = value_choice("ci");
    row->value[TOKEN_SCOPES] = (struct value){ .kind = VALUE_TEXTS, .count = 1, .texts = words };
    row->value[TOKEN_PERSON] = value_ref(person);
    row->value[TOKEN_EXPIRES] = expires ? value_stamp(expires) : VALUE_NONE;
    return people_token_create(&test->call, row, secret);
}

static text add_token(struct test_house *test, const char *scope, rid person, stamp expires,
                      struct row *row)
{
    text secret;
    assert_done(&test->call, try_token(test, scope, person, expires, row, &secret));
    return secret;
}

static void a_token_gives_its_scopes_and_no_more(void **state)
{
    static const struct {
        const char *scope;
        unsigned scopes;
    } cases[] = {
        { "read", SCOPE_READ }, { "import", SCOPE_IMPORT }, { "write", SCOPE_READ | SCOPE_WRITE },
    };
    struct test_house *test = *state;
    struct row row;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        text secret = add_token(test, cases[i].scope, 0, 0, &row);
        assert_done(&test->call, people_sign_in(&test->call, secret));
        assert_text(test->call.actor.name, "Ada");
        assert_int_equal(test->call.actor.scopes, cases[i].scopes);
        assert_int_equal(test->call.actor.roles, ROLE_OWNER | ROLE_MEMBER);
        assert_done(&test->call, people_act_unnamed(&test->call));
    }
    text secret;
    assert_false(try_token(test, "admin", 0, 0, &row, &secret));
    assert_refused(&test->call, FAIL_INVALID, "'admin' is not a scope");
    assert_int_equal(test_count(test, "tokens"), 3);
}

static void a_scope_binds_what_is_written(void **state)
{
    struct test_house *test = *state;
    struct row row;
    struct import_report report;
    const char *line = "{\"suite\":\"s\",\"run\":\"r\",\"case\":\"1\",\"pass\":true}\n";
    text reading = add_token(test, "read", 0, 0, &row), importing = add_token(test, "import", 0, 0,
                                                                              &row);
    assert_done(&test->call, people_sign_in(&test->call, reading));
    assert_false(test_try_import(test, "a.jsonl", line, NULL, &report));
    assert_refused(&test->call, FAIL_FORBIDDEN, "scope 'import'");
    assert_done(&test->call, people_sign_in(&test->call, importing));
    test_import(test, "a.jsonl", line, NULL);
    test->call.door = DOOR_API;
    assert_done(&test->call, row_init(&test->call, &team_record, &row));
    row.value[TEAM_NAME] = value_choice("Red");
    assert_false(ledger_create(&test->call, &row));
    assert_refused(&test->call, FAIL_FORBIDDEN, "scope 'write'");
}

static void secrets_are_kept_as_hashes_and_no_two_are_alike(void **state)
{
    struct test_house *test = *state;
    struct row first, second;
    text one = add_token(test, "read", 0, 0, &first),
         other = add_token(test, "read", 0, 0, &second);
    assert_true(text_starts(one, TEXT("rondo_")) && one.size == 6 + 48);
    assert_false(text_equal(one, other));
    text hash = value_as_text(first.value[TOKEN_HASH]);
    assert_int_equal(hash.size, 64);
    assert_true(text_find(hash, text_from(one, 6)) == SIZE_MAX);
    text question = call_format(&test->call, "history WHERE body LIKE '%%%.*s%%'", TEXT_FMT(one));
    assert_int_equal(test_count(test, question.at), 0);
}

static void wrong_expired_and_dropped_tokens_are_refused_alike(void **state)
{
    static const char sentence[] = "this token is not valid: make one with 'rondo token add'";
    struct test_house *test = *state;
    struct row row;
    text secret = add_token(test, "read", 0, TEST_NOW + STAMP_SECOND, &row);
    assert_done(&test->call, people_sign_in(&test->call, secret));
    test->call.now = TEST_NOW + STAMP_SECOND; /* from then on */
    assert_false(people_sign_in(&test->call, secret));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, sentence);
    assert_done(&test->call, people_act_unnamed(&test->call));
    secret = add_token(test, "read", 0, 0, &row);
    assert_done(&test->call, ledger_archive(&test->call, &token_record, row.id));
    assert_false(people_sign_in(&test->call, secret));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, sentence);
    static const char *const wrong[] = { "", "rondo_", "rondo_000000000000000000000000" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(people_sign_in(&test->call, text_of(wrong[i])));
        assert_refused(&test->call, FAIL_UNKNOWN_USER, sentence);
    }
}

static void the_token_of_a_dropped_person_is_not_valid(void **state)
{
    struct test_house *test = *state;
    struct row row;
    rid robot = add_person(test, "ci", NULL, true).id;
    text secret = add_token(test, "import", robot, 0, &row);
    assert_done(&test->call, people_sign_in(&test->call, secret));
    assert_text(test->call.actor.name, "ci");
    assert_done(&test->call, people_act_unnamed(&test->call));
    assert_done(&test->call, ledger_archive(&test->call, &person_record, robot));
    assert_false(people_sign_in(&test->call, secret));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "not valid");
}

static void tokens_for_others_are_an_owners_and_for_robots(void **state)
{
    struct test_house *test = *state;
    struct row row;
    text secret;
    rid bert = add_person(test, "Bert", NULL, false).id, robot = add_person(test, "ci", NULL,
                                                                            true).id;
    assert_done(&test->call, add_membership(test, bert, 0, "member"));
    assert_false(try_token(test, "read", bert, 0, &row, &secret));
    assert_refused(&test->call, FAIL_FORBIDDEN, "a token for 'Bert' is made by that person");
    assert_done(&test->call, act_as(test, "Bert"));
    assert_done(&test->call, try_token(test, "read", bert, 0, &row, &secret));
    assert_false(try_token(test, "read", robot, 0, &row, &secret));
    assert_refused(&test->call, FAIL_FORBIDDEN, "an owner makes tokens for robots only");
}

static void with_somebody_elses_token_nobody_is_meant(void **state)
{
    struct test_house *test = *state;
    struct row row;
    rid bert = add_person(test, "Bert", NULL, false).id, robot = add_person(test, "ci", NULL,
                                                                            true).id;
    assert_done(&test->call, add_membership(test, bert, 0, "member"));
    add_token(test, "read", 0, 0, &row);
    add_token(test, "read", robot, 0, &row);
    assert_done(&test->call, people_act_unnamed(&test->call));
    assert_done(&test->call, act_as(test, "Bert"));
    add_token(test, "read", 0, 0, &row);
    assert_done(&test->call, act_as(test, "Ada"));
    refuse_unnamed(test);
    assert_done(&test->call, act_as(test, "Bert"));
    assert_done(&test->call, ledger_archive(&test->call, &token_record, row.id));
    assert_done(&test->call, people_act_unnamed(&test->call));
    assert_text(test->call.actor.name, "Ada");
}

static void a_token_makes_none_that_may_more(void **state)
{
    struct test_house *test = *state;
    struct row row;
    text made, secret = add_token(test, "write", 0, 0, &row);
    assert_done(&test->call, people_sign_in(&test->call, secret));
    assert_false(try_token(test, "import", 0, 0, &row, &made));
    assert_refused(&test->call, FAIL_INVALID, "may more than itself");
    assert_done(&test->call, try_token(test, "read", 0, 0, &row, &made));
}

static void others_do_not_see_a_token(void **state)
{
    struct test_house *test = *state;
    struct row row, found;
    add_person(test, "Bert", NULL, false);
    assert_done(&test->call, add_membership(test, 2, 0, "member"));
    add_token(test, "read", 0, 0, &row);
    assert_done(&test->call, find_row(&test->call, &token_record, row.id, &found));
    assert_done(&test->call, act_as(test, "Bert"));
    assert_false(find_row(&test->call, &token_record, row.id, &found));
    assert_refused(&test->call, FAIL_NOT_FOUND, "token");
}

/* --- zones --- */

static bool set_lead(struct test_house *test, rid team, rid person)
{
    struct row before, after;
    assert_done(&test->call, find_row(&test->call, &team_record, team, &before));
    assert_done(&test->call, row_copy(&test->call, &before, &after));
    after.value[TEAM_LEAD] = value_ref(person);
    return ledger_update(&test->call, &before, &after);
}

static void a_team_is_led_by_somebody_who_is_there(void **state)
{
    struct test_house *test = *state;
    rid team = add_team(test, "Support", "UTC").id, lead;
    rid bert = add_person(test, "Bert", NULL, false).id,
        cleo = add_person(test, "Cleo", NULL, false).id;
    assert_done(&test->call, people_team_lead(&test->call, team, &lead));
    assert_int_equal(lead, 0);
    assert_done(&test->call, ledger_archive(&test->call, &person_record, cleo));
    assert_false(set_lead(test, team, cleo));
    assert_refused(&test->call, FAIL_INVALID, "'Cleo' was dropped");
    assert_done(&test->call, set_lead(test, team, bert));
    assert_done(&test->call, people_team_lead(&test->call, team, &lead));
    assert_int_equal(lead, bert);
}

static void a_lead_who_was_dropped_leads_no_more_and_the_team_can_still_change(void **state)
{
    struct test_house *test = *state;
    struct row before, after;
    rid team = add_team(test, "Support", "UTC").id, lead;
    rid bert = add_person(test, "Bert", NULL, false).id;
    assert_done(&test->call, set_lead(test, team, bert));
    assert_done(&test->call, ledger_archive(&test->call, &person_record, bert));
    assert_done(&test->call, people_team_lead(&test->call, team, &lead));
    assert_int_equal(lead, 0);
    assert_done(&test->call, find_row(&test->call, &team_record, team, &before));
    assert_done(&test->call, row_copy(&test->call, &before, &after));
    after.value[TEAM_NAME] = value_choice("Help");
    assert_done(&test->call, ledger_update(&test->call, &before, &after));
}

static void a_teams_zone_is_its_own_else_the_workspaces(void **state)
{
    struct test_house *test = *state;
    rid red = add_team(test, "Red", "Europe/Berlin").id, blue = add_team(test, "Blue", NULL).id;
    text zone;
    test->call.workspace_zone = TEXT("Asia/Tokyo");
    static const char *const wanted[] = { "Europe/Berlin", "Asia/Tokyo", "Asia/Tokyo",
                                          "Asia/Tokyo" };
    const rid teams[] = { red, blue, 0, 999 };
    for (size_t i = 0; i < sizeof teams / sizeof *teams; i++) {
        assert_done(&test->call, people_team_zone(&test->call, teams[i], &zone));
        assert_text(zone, wanted[i]);
    }
    test->call.actor = (struct actor){ .person = 0 }; /* whoever asks */
    assert_done(&test->call, people_team_zone(&test->call, red, &zone));
    assert_text(zone, "Europe/Berlin");
}

static void zones_that_nobody_knows_are_refused(void **state)
{
    struct test_house *test = *state;
    struct row row;
    assert_done(&test->call, row_init(&test->call, &team_record, &row));
    row.value[TEAM_NAME] = value_choice("Red");
    row.value[TEAM_ZONE] = value_choice("Europe/Atlantis");
    assert_false(ledger_create(&test->call, &row));
    assert_refused(&test->call, FAIL_INVALID, "Europe/Atlantis");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(the_founder_owns_the_workspace_and_is_founded_once),
        WITH_HOUSE(a_person_answers_to_name_address_and_id_in_any_case),
        WITH_HOUSE(names_that_differ_in_case_alone_are_told_apart_by_id),
        WITH_HOUSE(a_name_that_looks_like_an_id_shadows_nobody),
        WITH_HOUSE(a_dropped_person_is_nobody),
        WITH_HOUSE(a_robot_acts_by_its_tokens_only),
        WITH_HOUSE(the_only_person_is_meant_and_robots_do_not_count),
        WITH_HOUSE(of_several_the_owner_is_meant),
        WITH_HOUSE(of_two_owners_nobody_is_meant),
        WITH_HOUSE(without_an_owner_nobody_is_meant),
        WITH_HOUSE(with_the_first_password_nobody_is_meant),
        WITH_HOUSE(with_somebody_elses_token_nobody_is_meant),
        WITH_HOUSE(roles_are_gathered_over_teams_and_kept_by_team),
        WITH_HOUSE(roles_that_are_none_and_second_memberships_are_refused),
        WITH_HOUSE(only_an_owner_makes_persons),
        WITH_HOUSE(a_token_gives_its_scopes_and_no_more),
        WITH_HOUSE(a_scope_binds_what_is_written),
        WITH_HOUSE(secrets_are_kept_as_hashes_and_no_two_are_alike),
        WITH_HOUSE(wrong_expired_and_dropped_tokens_are_refused_alike),
        WITH_HOUSE(the_token_of_a_dropped_person_is_not_valid),
        WITH_HOUSE(tokens_for_others_are_an_owners_and_for_robots),
        WITH_HOUSE(a_token_makes_none_that_may_more),
        WITH_HOUSE(others_do_not_see_a_token),
        WITH_HOUSE(a_team_is_led_by_somebody_who_is_there),
        WITH_HOUSE(a_lead_who_was_dropped_leads_no_more_and_the_team_can_still_change),
        WITH_HOUSE(a_teams_zone_is_its_own_else_the_workspaces),
        WITH_HOUSE(zones_that_nobody_knows_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
