/*
 * Jobs without threads: who sees them, who takes them, what becomes of them when their server dies
 * or the store is in trouble. The machines' clock is a number here.
 */
#include "support/support.h"

#include "base/stamp.h"
#include "ledger/ledger.h"
#include "offers/job_claim.h"
#include "offers/job_doors.h"
#include "offers/job_input.h"
#include "store/sql.h"
#include "support/test_rest.h"

static const struct job_kind import_kind = { .name = "import" };
static const struct job_kind sweep_kind = { .name = "sweep", .period_seconds = 5 };
static const struct job_kind *const kinds[] = { &import_kind, &sweep_kind, NULL };

#define START (1000 * STAMP_SECOND)

/* The generic routes with those of jobs beside them. */
static int setup(void **state)
{
    struct test_rest *rest = calloc(1, sizeof *rest);
    assert_non_null(rest);
    test_rest_open(rest);
    size_t count = rest->all.count;
    const struct route **route = call_array(&rest->routes_call, count + 3, sizeof *route);
    assert_non_null(route);
    memcpy(route, rest->route, count * sizeof *route);
    for (size_t i = 0; job_routes[i].method; i++)
        route[count++] = &job_routes[i];
    rest->options.route = route;
    rest->options.route_count = count;
    *state = rest;
    return 0;
}

static int teardown(void **state)
{
    test_rest_close(*state);
    free(*state);
    return 0;
}

/* --- a short hand --- */

static rid add(struct test_rest *rest, text input)
{
    rid id;
    assert_done(&rest->store.call,
                job_add(&rest->store.call, "import", TEXT("{\"run\":\"r\"}"), input, &id));
    return id;
}

static struct job_claim claim_by(struct test_rest *rest, const char *node, stamp clock)
{
    struct job_claim claim;
    const struct job_claimer claimer = { .node = text_of(node), .clock = clock, .kinds = kinds };
    assert_done(&rest->store.call, job_claim(&rest->store.call, &claimer, &claim));
    return claim;
}

static void end(struct test_rest *rest, const struct job_claim *claim, enum job_state state,
                const char *result)
{
    const struct job_end how = { .state = state,
                                 .progress = state == JOB_DONE ? 100 : 40,
                                 .sentence = TEXT("3 new runs"),
                                 .result = text_of(result) };
    assert_done(&rest->store.call, job_end(&rest->store.call, claim, &how));
}

static rid keep_job(struct test_rest *rest, enum job_state state, const char *result)
{
    rid id = add(rest, TEXT_NONE);
    struct job_claim claim = claim_by(rest, "a", START);
    assert_int_equal(claim.id, id);
    end(rest, &claim, state, result);
    return id;
}

static enum job_answer beat(struct test_rest *rest, const struct job_claim *claim, stamp clock)
{
    enum job_answer answer;
    const struct job_beat how = {
        .clock = clock, .progress = 30, .sentence = TEXT("reading"), .change = 7
    };
    assert_done(&rest->store.call, job_beat(&rest->store.call, claim, &how, &answer));
    return answer;
}

static struct job look(struct test_rest *rest, const char *id)
{
    struct job job;
    assert_done(&rest->store.call, job_get(&rest->store.call, text_of(id), &job));
    return job;
}

static int64_t count(struct test_rest *rest, text statement)
{
    struct sql *sql = sql_prepare(&rest->store.call, statement);
    assert_done(&rest->store.call, sql && sql_step(&rest->store.call, sql) == SQL_ROW);
    int64_t found = sql_int(sql, 0);
    sql_done(sql);
    return found;
}

/* --- as they are shown --- */

static void a_command_leaves_a_job_that_has_ended_and_is_nobodys_to_run(void **state)
{
    struct test_rest *rest = *state;
    const struct job_kept kept = { .kind = "import",
                                   .sentence = TEXT("3 new runs"),
                                   .result = TEXT("[3]") };
    struct job_kept refused = kept;
    refused.has_failed = true;
    assert_done(&rest->store.call, job_keep(&rest->store.call, &kept));
    assert_done(&rest->store.call, job_keep(&rest->store.call, &refused));
    struct job first = look(rest, "1"), second = look(rest, "2");
    assert_int_equal(first.state, JOB_DONE);
    assert_int_equal(first.progress, 100);
    assert_text(first.result, "[3]");
    assert_int_equal(second.state, JOB_FAILED);
    assert_true(second.version > first.version);
    assert_int_equal(claim_by(rest, "a", START).id, 0);
    assert_int_equal(add(rest, TEXT_NONE), 3);
    assert_int_equal(claim_by(rest, "a", START).id, 3);
}

static void a_job_is_shown_with_its_result(void **state)
{
    struct test_rest *rest = *state;
    assert_int_equal(keep_job(rest, JOB_DONE, "{\"runs\":[1,2]}"), 1);
    test_rest_ask(rest, 200, "GET /api/v1/jobs/1", "", "");
    assert_member(rest, "id", "1"); /* a text: ids are opaque */
    assert_member(rest, "kind", "import");
    assert_member(rest, "state", "done");
    assert_member(rest, "sentence", "3 new runs");
    assert_int_equal(test_member(rest, "progress")->integer, 100);
    assert_int_equal(test_member(rest, "result/runs/1")->integer, 2);
    assert_member(rest, "created", "2026-11-16T07:00:00Z");
    assert_member(rest, "ended", "2026-11-16T07:00:00Z");
}

static void a_job_that_waits_says_so(void **state)
{
    struct test_rest *rest = *state;
    add(rest, TEXT("bytes"));
    test_rest_ask(rest, 200, "GET /api/v1/jobs/1", "", "");
    assert_member(rest, "state", "queued");
    assert_int_equal(test_member(rest, "progress")->integer, 0);
    assert_int_equal(test_member(rest, "started")->kind, JSON_NULL);
    assert_int_equal(test_member(rest, "ended")->kind, JSON_NULL);
}

static void a_failed_job_has_no_result(void **state)
{
    struct test_rest *rest = *state;
    keep_job(rest, JOB_FAILED, NULL);
    test_rest_ask(rest, 200, "GET /api/v1/jobs/1", "", "");
    assert_member(rest, "state", "failed");
    assert_int_equal(test_member(rest, "result")->kind, JSON_NULL);
    assert_int_equal(test_member(rest, "progress")->integer, 40);
}

static void a_job_is_nothing_to_others(void **state)
{
    struct test_rest *rest = *state;
    keep_job(rest, JOB_DONE, NULL);
    add(rest, TEXT_NONE);
    test_act_as(&rest->store.call, TEST_BERT);
    test_rest_ask(rest, 404, "GET /api/v1/jobs/1", "", "");
    assert_problem(rest, "not_found", "there is no job '1'");
    test_rest_ask(rest, 404, "POST /api/v1/jobs/2/cancel", "", "");
    assert_problem(rest, "not_found", "there is no job '2'");
    test_rest_ask(rest, 200, "GET /api/v1/jobs", "", "");
    assert_int_equal(test_member(rest, "items")->count, 0);
    test_act_as(&rest->store.call, TEST_ADA);
    assert_int_equal(look(rest, "2").state, JOB_QUEUED);
}

static void jobs_that_are_none_are_not_found(void **state)
{
    struct test_rest *rest = *state;
    static const char *const paths[] = { "GET /api/v1/jobs/2",  "GET /api/v1/jobs/0",
                                         "GET /api/v1/jobs/x",  "GET /api/v1/jobs/1x",
                                         "GET /api/v1/jobs/-1", "POST /api/v1/jobs/2/cancel" };
    keep_job(rest, JOB_DONE, NULL);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        test_rest_ask(rest, 404, paths[i], "", "");
}

static void ones_own_jobs_are_listed_newest_first(void **state)
{
    struct test_rest *rest = *state;
    for (int i = 0; i < 5; i++) {
        test_act_as(&rest->store.call, i == 2 ? TEST_BERT : TEST_ADA);
        keep_job(rest, JOB_DONE, NULL);
    }
    test_rest_ask(rest, 200, "GET /api/v1/jobs?limit=3", "", "");
    assert_int_equal(test_member(rest, "items")->count, 3);
    assert_member(rest, "items/0/id", "5");
    assert_member(rest, "items/1/id", "4");
    assert_member(rest, "items/2/id", "2");
    assert_int_equal(test_member(rest, "next")->kind, JSON_NULL);
    test_rest_ask(rest, 422, "GET /api/v1/jobs?limit=0", "", "");
    assert_problem(rest, "invalid", "limit");
}

/* --- who takes them --- */

static void a_job_is_taken_once_with_all_that_belongs_to_it(void **state)
{
    struct test_rest *rest = *state;
    rest->store.call.actor.scopes = SCOPE_IMPORT;
    add(rest, TEXT("bytes"));
    struct job_claim claim = claim_by(rest, "a", START);
    assert_int_equal(claim.id, 1);
    assert_ptr_equal(claim.kind, &import_kind);
    assert_int_equal(claim.person, TEST_ADA);
    assert_int_equal(claim.scopes, SCOPE_IMPORT);
    assert_int_equal(claim.attempt, 1);
    assert_text(claim.options, "{\"run\":\"r\"}");
    text input;
    assert_true(claim.has_input);
    assert_done(&rest->store.call, job_input_read(&rest->store.call, 1, claim.input_bytes, &input));
    assert_text(input, "bytes");
    assert_int_equal(claim_by(rest, "b", START).id, 0);
    assert_int_equal(look(rest, "1").state, JOB_RUNNING);
}

static void the_oldest_job_is_taken_first(void **state)
{
    struct test_rest *rest = *state;
    add(rest, TEXT_NONE);
    add(rest, TEXT_NONE);
    assert_int_equal(claim_by(rest, "a", START).id, 1);
    assert_int_equal(claim_by(rest, "b", START).id, 2);
    assert_int_equal(claim_by(rest, "a", START).id, 0);
}

static void a_kind_that_is_not_known_is_left_to_others(void **state)
{
    struct test_rest *rest = *state;
    rid id;
    assert_done(&rest->store.call, job_add(&rest->store.call, "newer", TEXT("{}"), TEXT_NONE, &id));
    add(rest, TEXT_NONE);
    assert_int_equal(claim_by(rest, "a", START).id, 2);
    assert_int_equal(look(rest, "1").state, JOB_QUEUED);
}

static void large_input_comes_back_as_it_was(void **state)
{
    enum { SIZE = 3 * 1024 * 1024 + 17 };
    struct test_rest *rest = *state;
    struct call *call = &rest->store.call;
    char *bytes = call_take(call, SIZE);
    text input;
    assert_non_null(bytes);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * 31 >> 5);
    add(rest, (text){ bytes, SIZE });
    assert_int_equal(count(rest, TEXT("SELECT count(*) FROM job_input")), 4);
    assert_done(call, job_input_read(call, 1, SIZE, &input));
    assert_true(text_equal(input, (text){ bytes, SIZE }));
    assert_false(job_input_read(call, 1, SIZE - 1, &input));
    assert_refused(call, FAIL_INTERNAL, "is not whole");
}

static void what_a_job_worked_on_goes_when_it_ends(void **state)
{
    struct test_rest *rest = *state;
    add(rest, TEXT("bytes"));
    struct job_claim claim = claim_by(rest, "a", START);
    assert_int_equal(count(rest, TEXT("SELECT count(*) FROM job_input")), 1);
    end(rest, &claim, JOB_DONE, NULL);
    assert_int_equal(count(rest, TEXT("SELECT count(*) FROM job_input")), 0);
}

/* --- servers that die --- */

static void a_job_whose_heart_stopped_is_taken_by_another(void **state)
{
    struct test_rest *rest = *state;
    add(rest, TEXT_NONE);
    struct job_claim first = claim_by(rest, "a", START);
    stamp later = START + JOB_HEARTBEAT_SECONDS * STAMP_SECOND - 1;
    assert_int_equal(claim_by(rest, "b", later).id, 0);
    assert_int_equal(beat(rest, &first, later), JOB_GO_ON);
    assert_int_equal(claim_by(rest, "b", later + 1).id, 0);
    struct job_claim second = claim_by(rest, "b", later + JOB_HEARTBEAT_SECONDS * STAMP_SECOND);
    assert_int_equal(second.id, 1);
    assert_int_equal(second.attempt, 2);
    assert_int_equal(second.change, 7); /* what the first one has stored */
}

static bool all_are_gone(text node)
{
    return text_is(node, "a") || text_is(node, "b");
}

static void a_job_whose_server_is_known_to_be_gone_is_taken_at_once(void **state)
{
    struct test_rest *rest = *state;
    struct job_claim claim;
    add(rest, TEXT_NONE);
    claim_by(rest, "a", START);
    struct job_claimer claimer = {
        .node = TEXT("a"), .clock = START, .kinds = kinds, .is_gone = all_are_gone
    };
    assert_done(&rest->store.call, job_claim(&rest->store.call, &claimer, &claim));
    assert_int_equal(claim.id, 0); /* its own, and it is here */
    claimer.node = TEXT("b");
    assert_done(&rest->store.call, job_claim(&rest->store.call, &claimer, &claim));
    assert_int_equal(claim.id, 1);
}

static void who_has_lost_a_job_writes_nothing_more(void **state)
{
    struct test_rest *rest = *state;
    add(rest, TEXT_NONE);
    struct job_claim first = claim_by(rest, "a", START);
    stamp later = START + JOB_HEARTBEAT_SECONDS * STAMP_SECOND;
    struct job_claim second = claim_by(rest, "a", later); /* of the same name, even */
    assert_int_equal(second.id, 1);
    assert_int_equal(beat(rest, &first, later), JOB_IS_LOST);
    end(rest, &first, JOB_FAILED, NULL);
    assert_done(&rest->store.call,
                job_put_back(&rest->store.call, &first, 0, TEXT("again"), false));
    assert_int_equal(look(rest, "1").state, JOB_RUNNING);
    assert_int_equal(beat(rest, &second, later), JOB_GO_ON);
    end(rest, &second, JOB_DONE, NULL);
    assert_int_equal(look(rest, "1").state, JOB_DONE);
    end(rest, &second, JOB_FAILED, NULL); /* what has ended stays as it is */
    assert_int_equal(look(rest, "1").state, JOB_DONE);
}

static void a_job_that_is_put_back_waits_for_its_time(void **state)
{
    struct test_rest *rest = *state;
    struct call *call = &rest->store.call;
    add(rest, TEXT_NONE);
    struct job_claim claim = claim_by(rest, "a", START);
    assert_done(call, job_put_back(call, &claim, START + 2, TEXT("is tried again"), false));
    assert_text(look(rest, "1").sentence, "is tried again");
    assert_int_equal(claim_by(rest, "a", START + 1).id, 0);
    claim = claim_by(rest, "a", START + 2);
    assert_int_equal(claim.attempt, 2);
    assert_done(call, job_put_back(call, &claim, 0, TEXT("the server stops"), true));
    assert_int_equal(claim_by(rest, "a", START).attempt, 2); /* that one did not count */
}

/* --- cancelling --- */

static void a_job_that_waits_is_cancelled_at_once(void **state)
{
    struct test_rest *rest = *state;
    add(rest, TEXT("bytes"));
    test_rest_ask(rest, 200, "POST /api/v1/jobs/1/cancel", "", "");
    assert_member(rest, "state", "cancelled");
    assert_int_equal(count(rest, TEXT("SELECT count(*) FROM job_input")), 0);
    assert_int_equal(claim_by(rest, "a", START).id, 0);
    test_rest_ask(rest, 409, "POST /api/v1/jobs/1/cancel", "", "");
    assert_problem(rest, "conflict", "job '1' has ended already: it is cancelled");
}

static void a_job_that_runs_is_asked_to_stop(void **state)
{
    struct test_rest *rest = *state;
    add(rest, TEXT_NONE);
    struct job_claim claim = claim_by(rest, "a", START);
    assert_int_equal(beat(rest, &claim, START), JOB_GO_ON);
    test_rest_ask(rest, 200, "POST /api/v1/jobs/1/cancel", "", "");
    assert_member(rest, "state", "running");
    assert_true(test_member(rest, "wants_cancel")->boolean);
    assert_int_equal(beat(rest, &claim, START), JOB_IS_CANCELLED);
    end(rest, &claim, JOB_CANCELLED, NULL);
    assert_int_equal(look(rest, "1").state, JOB_CANCELLED);
}

/* It has stored something, which a server has to undo first. */
static void a_job_that_waits_in_its_middle_is_cancelled_by_who_takes_it(void **state)
{
    struct test_rest *rest = *state;
    struct call *call = &rest->store.call;
    add(rest, TEXT_NONE);
    struct job_claim claim = claim_by(rest, "a", START);
    assert_int_equal(beat(rest, &claim, START), JOB_GO_ON);
    assert_done(call, job_put_back(call, &claim, START + 100, TEXT("later"), false));
    assert_done(call, job_cancel(call, TEXT("1")));
    assert_int_equal(look(rest, "1").state, JOB_QUEUED);
    claim = claim_by(rest, "a", START); /* at once */
    assert_true(claim.wants_cancel);
    assert_int_equal(claim.change, 7);
}

static void a_token_that_only_reads_cancels_nothing(void **state)
{
    struct test_rest *rest = *state;
    add(rest, TEXT_NONE);
    rest->store.call.actor.scopes = SCOPE_READ;
    test_rest_ask(rest, 403, "POST /api/v1/jobs/1/cancel", "", "");
    assert_problem(rest, "forbidden", "scope 'write'");
    assert_int_equal(look(rest, "1").state, JOB_QUEUED);
    rest->store.call.actor.scopes = SCOPE_IMPORT;
    test_rest_ask(rest, 200, "POST /api/v1/jobs/1/cancel", "", "");
}

/* --- what changed --- */

static void every_step_of_a_job_gives_it_a_newer_version(void **state)
{
    struct test_rest *rest = *state;
    struct call *call = &rest->store.call;
    struct job *list;
    size_t changed;
    int64_t version, before;
    add(rest, TEXT_NONE);
    add(rest, TEXT_NONE);
    assert_done(call, job_version(call, &before));
    assert_int_equal(before, 2);
    struct job_claim claim = claim_by(rest, "a", START);
    beat(rest, &claim, START);
    end(rest, &claim, JOB_DONE, NULL);
    assert_done(call, job_version(call, &version));
    assert_int_equal(version, 5);
    assert_done(call, job_changed(call, before, version, &list, &changed));
    assert_int_equal(changed, 1);
    assert_int_equal(list[0].id, 1);
    assert_done(call, job_changed(call, 0, version, &list, &changed));
    assert_int_equal(changed, 2);
    assert_int_equal(list[0].id, 2); /* by what came first */
    test_act_as(call, TEST_BERT);
    assert_done(call, job_changed(call, 0, version, &list, &changed));
    assert_int_equal(changed, 0);
}

static void adding_a_job_that_cannot_be_leaves_no_transaction(void **state)
{
    struct test_rest *rest = *state;
    struct call *call = &rest->store.call;
    rid id;
    assert_false(job_add(call, NULL, TEXT("{}"), TEXT("bytes"), &id)); /* a job has a kind */
    assert_false(store_in_transaction(call));
    fail_clear(call);
    assert_int_equal(count(rest, TEXT("SELECT count(*) FROM job_input")), 0);
    assert_int_equal(keep_job(rest, JOB_DONE, NULL), 1);
}

/* --- periods --- */

static bool is_mine(struct test_rest *rest, stamp clock)
{
    bool mine;
    assert_done(&rest->store.call, job_claim_period(&rest->store.call, &sweep_kind, clock, &mine));
    return mine;
}

static void a_period_is_one_persons_and_comes_again(void **state)
{
    struct test_rest *rest = *state;
    assert_true(is_mine(rest, START));
    assert_false(is_mine(rest, START));
    assert_false(is_mine(rest, START + 5 * STAMP_SECOND - 1));
    assert_true(is_mine(rest, START + 5 * STAMP_SECOND));
    assert_true(is_mine(rest, START - 3600 * STAMP_SECOND)); /* the clock was set back */
}

#define WITH_JOBS(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_JOBS(a_command_leaves_a_job_that_has_ended_and_is_nobodys_to_run),
        WITH_JOBS(a_job_is_shown_with_its_result),
        WITH_JOBS(a_job_that_waits_says_so),
        WITH_JOBS(a_failed_job_has_no_result),
        WITH_JOBS(a_job_is_nothing_to_others),
        WITH_JOBS(jobs_that_are_none_are_not_found),
        WITH_JOBS(ones_own_jobs_are_listed_newest_first),
        WITH_JOBS(a_job_is_taken_once_with_all_that_belongs_to_it),
        WITH_JOBS(the_oldest_job_is_taken_first),
        WITH_JOBS(a_kind_that_is_not_known_is_left_to_others),
        WITH_JOBS(large_input_comes_back_as_it_was),
        WITH_JOBS(what_a_job_worked_on_goes_when_it_ends),
        WITH_JOBS(a_job_whose_heart_stopped_is_taken_by_another),
        WITH_JOBS(a_job_whose_server_is_known_to_be_gone_is_taken_at_once),
        WITH_JOBS(who_has_lost_a_job_writes_nothing_more),
        WITH_JOBS(a_job_that_is_put_back_waits_for_its_time),
        WITH_JOBS(a_job_that_waits_is_cancelled_at_once),
        WITH_JOBS(a_job_that_runs_is_asked_to_stop),
        WITH_JOBS(a_job_that_waits_in_its_middle_is_cancelled_by_who_takes_it),
        WITH_JOBS(a_token_that_only_reads_cancels_nothing),
        WITH_JOBS(every_step_of_a_job_gives_it_a_newer_version),
        WITH_JOBS(adding_a_job_that_cannot_be_leaves_no_transaction),
        WITH_JOBS(a_period_is_one_persons_and_comes_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
