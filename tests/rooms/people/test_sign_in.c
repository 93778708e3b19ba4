/* Signing in: passwords by invitation, sessions that end, tries that are counted. */
#include "rooms/people/sign_in.h"
#include "rooms/people/sign_in_try.h"

#include "base/stamp.h"
#include "rooms/people/people.h"
#include "rooms/people/sign_in_try.h"
#include "support/house.h"

#define PASSWORD TEXT("correct horse")

static text invite(struct test_house *test, const char *name)
{
    const struct invitation_wish wish = { .name = text_of(name) };
    struct row row;
    text secret;
    assert_done(&test->call, people_act_as(&test->call, TEXT("Ada")));
    assert_done(&test->call, invitation_make(&test->call, &wish, &row, &secret));
    return secret;
}

static void nobody(struct test_house *test)
{
    test->call.actor = (struct actor){ .person = 0 };
}

static bool accept(struct test_house *test, text secret)
{
    nobody(test);
    return invitation_accept(&test->call, secret, TEXT_NONE, PASSWORD);
}

/* Bert has the password and a session; its secret. */
static text bert(struct test_house *test)
{
    text secret;
    assert_done(&test->call, accept(test, invite(test, "Bert")));
    assert_done(&test->call, session_open(&test->call, TEXT("Firefox"), &secret));
    nobody(test);
    return secret;
}

static bool try(struct test_house *test, const char *word, text password)
{
    bool is_too_often;
    nobody(test);
    return sign_in(&test->call, text_of(word), password, &is_too_often);
}

static void an_invitation_makes_a_member_with_a_password_once(void **state)
{
    struct test_house *test = *state;
    text secret = invite(test, "Bert");
    assert_done(&test->call, accept(test, secret));
    assert_text(test->call.actor.name, "Bert");
    assert_int_equal(test->call.actor.roles, ROLE_MEMBER);
    assert_false(test->call.all_rows);
    assert_false(accept(test, secret));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "not valid");
    assert_int_equal(test->call.actor.person, 0);
    assert_false(test->call.all_rows);
    assert_int_equal(test_count(test, "invitation_key"), 0);
    assert_int_equal(test_count(test, "password"), 1);
}

static void who_is_no_owner_invites_nobody(void **state)
{
    struct test_house *test = *state;
    const struct invitation_wish wishes[] = { { .name = TEXT("Cleo") }, { .person = 1 } };
    bert(test);
    for (size_t i = 0; i < 2; i++) {
        struct row row;
        text secret;
        assert_done(&test->call, people_act_as(&test->call, TEXT("Bert")));
        assert_false(invitation_make(&test->call, &wishes[i], &row, &secret));
        assert_refused(&test->call, FAIL_FORBIDDEN, "'owner'");
    }
    assert_int_equal(test_count(test, "persons"), 2);
    assert_int_equal(test_count(test, "invitation_key"), 0);
}

static void an_invitation_holds_for_seven_days(void **state)
{
    struct test_house *test = *state;
    text early = invite(test, "Bert"), late = invite(test, "Cleo");
    test->call.now += 7 * STAMP_DAY - 1;
    assert_done(&test->call, accept(test, early));
    test->call.now += 1;
    assert_false(accept(test, late));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "not valid");
}

static void the_right_password_signs_in_and_what_is_wrong_reads_alike(void **state)
{
    struct test_house *test = *state;
    bert(test);
    assert_done(&test->call, try(test, "bert", PASSWORD));
    assert_text(test->call.actor.name, "Bert");
    static const char *const others[] = { "Ada", "Nobody", "" };
    for (size_t i = 0; i < 3; i++) {
        assert_false(try(test, others[i], PASSWORD));
        assert_refused(&test->call, FAIL_UNKNOWN_USER, "the name or the password is wrong");
        assert_int_equal(test->call.actor.person, 0);
    }
    assert_false(try(test, "Bert", TEXT("wrong horse")));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "the name or the password is wrong");
    assert_int_equal(test->call.actor.person, 0);
}

static void ten_wrong_tries_end_in_a_pause_of_a_quarter_of_an_hour(void **state)
{
    struct test_house *test = *state;
    bert(test);
    for (int i = 0; i < SIGN_IN_TRIES_MAX; i++) {
        assert_false(try(test, "Bert", TEXT("wrong")));
        assert_refused(&test->call, FAIL_UNKNOWN_USER, "wrong");
    }
    assert_false(try(test, "BERT", PASSWORD));
    assert_refused(&test->call, FAIL_FORBIDDEN, "too many tries");
    test->call.now += SIGN_IN_TRIES_MINUTES * STAMP_MINUTE;
    assert_done(&test->call, try(test, "Bert", PASSWORD));
    assert_int_equal(test_count(test, "sign_in_try"), 0);
}

static void a_session_ends_after_thirty_idle_days(void **state)
{
    struct test_house *test = *state;
    text secret = bert(test);
    test->call.now += SESSION_IDLE_DAYS * STAMP_DAY - 1;
    assert_done(&test->call, session_act(&test->call, secret));
    assert_text(test->call.actor.name, "Bert");
    test->call.now += SESSION_IDLE_DAYS * STAMP_DAY - 1; /* it was used meanwhile */
    assert_done(&test->call, session_act(&test->call, secret));
    test->call.now += SESSION_IDLE_DAYS * STAMP_DAY;
    assert_false(session_act(&test->call, secret));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "has ended");
}

static void who_was_here_lately_is_told_by_the_sessions(void **state)
{
    struct test_house *test = *state;
    rid here[2];
    size_t count;
    text secret;
    assert_done(&test->call, people_lately_here(&test->call, 2, here, &count));
    assert_int_equal(count, 0);
    text first = bert(test);
    assert_done(&test->call, accept(test, invite(test, "Cleo")));
    rid cleo = test->call.actor.person;
    assert_done(&test->call, session_open(&test->call, TEXT("Firefox"), &secret));
    assert_done(&test->call,
                session_open(&test->call, TEXT("Chromium"), &secret)); /* is one person */
    test->call.now += 2 * STAMP_HOUR;
    assert_done(&test->call, session_act(&test->call, first));
    assert_done(&test->call, people_lately_here(&test->call, 2, here, &count));
    assert_int_equal(count, 2);
    assert_int_equal(here[0], test->call.actor.person);
    assert_int_equal(here[1], cleo);
    assert_done(&test->call, people_lately_here(&test->call, 1, here, &count));
    assert_int_equal(count, 1);
    test->call.now += 40 * STAMP_DAY; /* by then all have ended */
    assert_done(&test->call, people_lately_here(&test->call, 2, here, &count));
    assert_int_equal(count, 0);
}

static void an_ended_session_is_nobodys_and_ending_it_again_is_no_failure(void **state)
{
    struct test_house *test = *state;
    text secret = bert(test);
    assert_done(&test->call, session_end(&test->call, secret));
    assert_false(session_act(&test->call, secret));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "has ended");
    assert_done(&test->call, session_end(&test->call, secret));
    assert_done(&test->call, session_end(&test->call, TEXT("no such session")));
    assert_false(session_act(&test->call, TEXT("no such session")));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "has ended");
}

static void a_dropped_session_is_ended(void **state)
{
    struct test_house *test = *state;
    text secret = bert(test);
    assert_done(&test->call, people_act_as(&test->call, TEXT("Bert")));
    assert_done(&test->call, ledger_archive(&test->call, &session_record, 1));
    assert_false(session_act(&test->call, secret));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "has ended");
}

static void no_secret_lies_in_the_store_as_it_is(void **state)
{
    struct test_house *test = *state;
    text secret = bert(test);
    char condition[200];
    snprintf(condition, sizeof condition, "session_key WHERE digest = '%.*s'", TEXT_FMT(secret));
    assert_int_equal(test_count(test, condition), 0);
    assert_int_equal(test_count(test, "password WHERE kept LIKE '$argon2id$%'"), 1);
}

static bool change_password(struct test_house *test, text old, text password, text session)
{
    bool is_too_often;
    assert_done(&test->call, people_act_as(&test->call, TEXT("Bert")));
    return own_password_change(&test->call, old, password, session, &is_too_often);
}

static void ones_own_password_is_changed_by_the_old_one_and_other_sessions_end(void **state)
{
    struct test_house *test = *state;
    text here = bert(test), elsewhere;
    assert_done(&test->call, people_act_as(&test->call, TEXT("Bert")));
    assert_done(&test->call, session_open(&test->call, TEXT("Chromium"), &elsewhere));
    assert_done(&test->call, change_password(test, PASSWORD, TEXT("another horse"), here));
    assert_false(test->call.all_rows);
    assert_done(&test->call, session_act(&test->call, here));
    assert_false(session_act(&test->call, elsewhere));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "has ended");
    assert_int_equal(test_count(test, "sessions WHERE archived = 0"), 1);
    assert_false(try(test, "Bert", PASSWORD));
    assert_refused(&test->call, FAIL_UNKNOWN_USER, "wrong");
    assert_done(&test->call, try(test, "Bert", TEXT("another horse")));
}

static void a_wrong_old_password_changes_nothing_and_is_counted(void **state)
{
    struct test_house *test = *state;
    text here = bert(test), elsewhere;
    assert_done(&test->call, people_act_as(&test->call, TEXT("Bert")));
    assert_done(&test->call, session_open(&test->call, TEXT("Chromium"), &elsewhere));
    assert_false(change_password(test, PASSWORD, TEXT("too short"), here));
    assert_refused(&test->call, FAIL_INVALID, "10");
    for (int i = 0; i < SIGN_IN_TRIES_MAX; i++) {
        assert_false(change_password(test, TEXT("wrong"), TEXT("another horse"), here));
        assert_refused(&test->call, FAIL_INVALID, "not your password");
    }
    assert_false(change_password(test, PASSWORD, TEXT("another horse"), here));
    assert_refused(&test->call, FAIL_FORBIDDEN, "too many tries");
    assert_done(&test->call, session_act(&test->call, elsewhere));
    assert_done(&test->call, try(test, "Bert", PASSWORD));
    test->call.now += SIGN_IN_TRIES_MINUTES * STAMP_MINUTE;
    assert_done(&test->call, change_password(test, PASSWORD, TEXT("another horse"), here));
}

static void who_has_no_password_or_may_not_write_changes_none(void **state)
{
    struct test_house *test = *state;
    bool is_too_often;
    text here = bert(test);
    assert_done(&test->call, people_act_as(&test->call, TEXT("Ada")));
    assert_false(own_password_change(&test->call, TEXT("nobody at all"), TEXT("another horse"),
                                     TEXT_NONE, &is_too_often));
    assert_refused(&test->call, FAIL_INVALID, "not your password");
    assert_done(&test->call, people_act_as(&test->call, TEXT("Bert")));
    test->call.actor.scopes = SCOPE_READ;
    assert_false(own_password_change(&test->call, PASSWORD, TEXT("another horse"), here,
                                     &is_too_often));
    assert_refused(&test->call, FAIL_FORBIDDEN, "'write'");
    assert_int_equal(test_count(test, "password"), 1);
}

static void who_accepts_an_invitation_again_is_signed_out_in_the_list_of_sessions_too(void **state)
{
    struct test_house *test = *state;
    bert(test);
    assert_done(&test->call, people_act_as(&test->call, TEXT("Ada")));
    const struct invitation_wish wish = { .person = 2 };
    struct row row;
    text secret;
    assert_done(&test->call, invitation_make(&test->call, &wish, &row, &secret));
    assert_done(&test->call, accept(test, secret));
    assert_int_equal(test_count(test, "session_key"), 0);
    assert_int_equal(test_count(test, "sessions WHERE archived = 0"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(an_invitation_makes_a_member_with_a_password_once),
        WITH_HOUSE(who_is_no_owner_invites_nobody),
        WITH_HOUSE(an_invitation_holds_for_seven_days),
        WITH_HOUSE(the_right_password_signs_in_and_what_is_wrong_reads_alike),
        WITH_HOUSE(ten_wrong_tries_end_in_a_pause_of_a_quarter_of_an_hour),
        WITH_HOUSE(a_session_ends_after_thirty_idle_days),
        WITH_HOUSE(who_was_here_lately_is_told_by_the_sessions),
        WITH_HOUSE(an_ended_session_is_nobodys_and_ending_it_again_is_no_failure),
        WITH_HOUSE(a_dropped_session_is_ended),
        WITH_HOUSE(ones_own_password_is_changed_by_the_old_one_and_other_sessions_end),
        WITH_HOUSE(a_wrong_old_password_changes_nothing_and_is_counted),
        WITH_HOUSE(who_has_no_password_or_may_not_write_changes_none),
        WITH_HOUSE(who_accepts_an_invitation_again_is_signed_out_in_the_list_of_sessions_too),
        WITH_HOUSE(no_secret_lies_in_the_store_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
