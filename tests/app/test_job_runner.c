/*
 * What becomes of a job's run, with kinds made for it: step by step and without threads. What the
 * kinds do is what a long import does: read, store in pieces, ask how things stand.
 */
#include "support/support.h"

#include "app/job_runner.h"
#include "app/node.h"
#include "base/stamp.h"
#include "rooms/evals/evals.h"
#include "rooms/people/people.h"
#include "store/sql.h"
#include "support/house.h"

#include <sys/wait.h>
#include <unistd.h>

enum { RETRIES = 2, SUITES = 4 };

static struct test_house *house; /* of the running test */
static int runs, due, swept;
static enum fail_kind trouble;
static int cancel_after, stop_after, lose_after; /* so many suites; -1: never */
static struct job_runner runner;

static void cancel(void)
{
    test_house_renew(house);
    assert_done(&house->call, job_cancel(&house->call, TEXT("1")));
}

/* Somebody else finds an old heartbeat. */
static void lose(void)
{
    struct job_claim claim;
    const struct job_claimer other = { .node = TEXT("other"),
                                       .clock = stamp_clock() + STAMP_HOUR,
                                       .kinds = runner.house->jobs };
    test_house_renew(house);
    assert_done(&house->call, job_claim(&house->call, &other, &claim));
    assert_int_equal(claim.id, 1);
}

static void happen_after(int suites)
{
    if (suites == cancel_after)
        cancel();
    if (suites == lose_after)
        lose();
    if (suites == stop_after)
        atomic_store(&runner.is_stopping, true);
}

static bool find_suite(struct call *call, text name)
{
    struct query query;
    struct row row;
    query_init(&query, &suite_record);
    return query_add(call, &query, SUITE_NAME, FILTER_IS, value_text(name)) &&
           find_first(call, &query, &row);
}

static bool make_suite(struct call *call, int number)
{
    struct row row;
    text name = call_format(call, "suite %d", number);
    if (!name.at || find_suite(call, name))
        return call->fail.kind == FAIL_NONE;
    if (!row_init(call, &suite_record, &row))
        return false;
    row.value[SUITE_NAME] = value_text(name);
    return ledger_create(call, &row);
}

/*
 * Stores suites, each a piece of its own; others write while it is paused, as they do while a file
 * is read. It finds what it has made before.
 */
static bool run_suites(struct call *call, struct job_run *run)
{
    runs++;
    call->door = DOOR_IMPORT;
    if (!change_open(call, TEXT("make suites")))
        return false;
    for (int i = 0; i < SUITES; i++) {
        change_pause(call);
        happen_after(i);
        bool goes_on = call_progress(call, "making suites", i, SUITES);
        if (!change_resume(call) || !goes_on || !make_suite(call, i) || !change_checkpoint(call)) {
            change_rollback(call);
            return false;
        }
    }
    if (!change_commit(call))
        return false;
    run->sentence = TEXT("made suites");
    run->result = TEXT("{\"suites\":4}");
    return true;
}

static bool run_in_trouble(struct call *call, struct job_run *run)
{
    (void)run;
    runs++;
    return trouble == FAIL_NONE || fail(call, trouble, "in trouble number %d", runs);
}

static bool run_refused(struct call *call, struct job_run *run)
{
    (void)call;
    run->is_refused = true;
    run->sentence = TEXT("no file of ours");
    run->result = TEXT("[]");
    return true;
}

static bool sweep_is_due(struct call *call, bool *is_due)
{
    (void)call;
    *is_due = due;
    return true;
}

static bool run_sweep(struct call *call, struct job_run *run)
{
    assert_null(run);
    assert_int_equal(call->door, DOOR_JOB);
    swept++;
    return true;
}

static const struct job_kind test_kinds[] = {
    { .name = "suites", .run = run_suites, .retries_max = RETRIES },
    { .name = "trouble", .run = run_in_trouble, .retries_max = RETRIES },
    { .name = "refused", .run = run_refused },
    { .name = "sweep", .run = run_sweep, .is_due = sweep_is_due, .period_seconds = 3600 },
};
static const struct job_kind *const kinds[] = { &test_kinds[0], &test_kinds[1], &test_kinds[2],
                                                &test_kinds[3], NULL };
static struct house test_kinds_house;

static int setup(void **state)
{
    test_house_setup(state);
    house = *state;
    runs = due = swept = 0;
    cancel_after = stop_after = lose_after = -1;
    trouble = FAIL_NONE;
    test_kinds_house = house->house;
    test_kinds_house.jobs = kinds;
    runner = (struct job_runner){ .house = &test_kinds_house,
                                  .store = house->store,
                                  .node = TEXT("test"),
                                  .call_memory = CALL_MEMORY_DEFAULT };
    return 0;
}

static void add(const char *kind)
{
    rid id;
    assert_done(&house->call, job_add(&house->call, kind, TEXT("{}"), TEXT_NONE, &id));
    assert_int_equal(id, 1);
    store_leave(&house->call); /* the step gets the store for itself */
    test_house_renew(house);
}

static struct job look(void)
{
    struct job job;
    test_house_renew(house);
    assert_done(&house->call, job_get(&house->call, TEXT("1"), &job));
    return job;
}

static int64_t suites(void)
{
    return test_count(house, "suites WHERE archived = 0");
}

/* A server that begins when the one before has stopped. */
static void start_anew(void)
{
    atomic_store(&runner.is_stopping, false);
    runner.node = TEXT("next");
    stop_after = cancel_after = lose_after = -1;
}

/* --- coming to its end --- */

static void a_job_is_run_as_its_person_and_ends_with_its_result(void **state)
{
    (void)state;
    add("suites");
    assert_true(job_runner_step(&runner));
    struct job job = look();
    assert_int_equal(job.state, JOB_DONE);
    assert_int_equal(job.progress, 100);
    assert_text(job.sentence, "made suites");
    assert_text(job.result, "{\"suites\":4}");
    assert_int_equal(suites(), SUITES);
    assert_int_equal(test_count(house, "change WHERE what = 'make suites' AND actor = 1"), 1);
    assert_false(job_runner_step(&runner));
    assert_int_equal(runs, 1);
}

static void a_job_that_is_refused_has_failed_with_its_result(void **state)
{
    (void)state;
    add("refused");
    assert_true(job_runner_step(&runner));
    struct job job = look();
    assert_int_equal(job.state, JOB_FAILED);
    assert_text(job.sentence, "no file of ours");
    assert_text(job.result, "[]");
}

static void a_job_has_no_more_scopes_than_who_began_it(void **state)
{
    (void)state;
    house->call.actor.scopes = SCOPE_READ;
    add("suites");
    assert_true(job_runner_step(&runner));
    struct job job = look();
    assert_int_equal(job.state, JOB_FAILED);
    assert_true(text_find(job.sentence, TEXT("scope 'import'")) != SIZE_MAX);
    assert_int_equal(suites(), 0);
}

static void a_job_of_somebody_who_was_dropped_fails(void **state)
{
    (void)state;
    add("suites");
    assert_done(&house->call, ledger_archive(&house->call, &person_record, 1));
    assert_true(job_runner_step(&runner));
    assert_int_equal(runs, 0);
    assert_int_equal(test_count(house, "job WHERE state = 'failed' AND sentence LIKE "
                                       "'%no longer in the workspace%'"),
                     1);
}

/* --- trouble --- */

static void trouble_with_the_store_is_tried_again_later(void **state)
{
    (void)state;
    trouble = FAIL_BUSY;
    add("trouble");
    assert_true(job_runner_step(&runner));
    struct job job = look();
    assert_int_equal(job.state, JOB_QUEUED);
    assert_text(job.sentence, "is tried again in 1 s: in trouble number 1");
    assert_false(job_runner_step(&runner)); /* not yet */
    assert_int_equal(runs, 1);
    assert_int_equal(test_count(house, "job WHERE not_before > 0"), 1);
}

/* As if the time had come. */
static void let_time_pass(void)
{
    test_house_renew(house);
    assert_done(&house->call, store_begin(&house->call));
    struct sql *sql = SQL(&house->call, "UPDATE job SET not_before = 0");
    assert_done(&house->call, sql && sql_run(&house->call, sql) && store_commit(&house->call));
}

static void trouble_that_stays_ends_the_job(void **state)
{
    (void)state;
    trouble = FAIL_STORE;
    add("trouble");
    for (int i = 0; i < RETRIES; i++) {
        assert_true(job_runner_step(&runner));
        assert_int_equal(look().state, JOB_QUEUED);
        let_time_pass();
    }
    assert_true(job_runner_step(&runner));
    struct job job = look();
    assert_int_equal(job.state, JOB_FAILED);
    assert_text(job.sentence, "in trouble number 3");
}

static void trouble_that_passes_is_forgotten(void **state)
{
    (void)state;
    trouble = FAIL_BUSY;
    add("trouble");
    assert_true(job_runner_step(&runner));
    let_time_pass();
    trouble = FAIL_NONE;
    assert_true(job_runner_step(&runner));
    assert_int_equal(look().state, JOB_DONE);
    assert_text(look().sentence, "done");
}

static void other_failures_end_the_job_at_once(void **state)
{
    (void)state;
    trouble = FAIL_INVALID;
    add("trouble");
    assert_true(job_runner_step(&runner));
    assert_int_equal(look().state, JOB_FAILED);
    assert_text(look().sentence, "in trouble number 1");
    assert_int_equal(runs, 1);
}

/* --- being stopped --- */

static void a_job_that_is_cancelled_leaves_nothing(void **state)
{
    (void)state;
    cancel_after = 2;
    add("suites");
    assert_true(job_runner_step(&runner));
    struct job job = look();
    assert_int_equal(job.state, JOB_CANCELLED);
    assert_text(job.sentence, "cancelled; what it had stored was undone");
    assert_int_equal(suites(), 0);
    assert_int_equal(test_count(house, "suites"), 2); /* made, and taken back */
    assert_int_equal(test_count(house, "change WHERE undoes IS NOT NULL"), 1);
}

static void a_job_that_is_cancelled_before_it_stores_changes_nothing(void **state)
{
    (void)state;
    cancel_after = 0;
    add("suites");
    assert_true(job_runner_step(&runner));
    assert_int_equal(look().state, JOB_CANCELLED);
    assert_text(look().sentence, "cancelled; nothing was stored");
    assert_int_equal(test_count(house, "suites"), 0);
}

static void a_job_whose_server_stops_goes_on_as_the_same_change(void **state)
{
    (void)state;
    stop_after = 2;
    add("suites");
    assert_true(job_runner_step(&runner));
    struct job job = look();
    assert_int_equal(job.state, JOB_QUEUED);
    assert_text(job.sentence, "goes on when a server runs again");
    assert_int_equal(suites(), 2);
    start_anew();
    assert_true(job_runner_step(&runner));
    job = look();
    assert_int_equal(job.state, JOB_DONE);
    assert_int_equal(job.attempt, 1);
    assert_int_equal(suites(), SUITES);
    assert_int_equal(test_count(house, "change WHERE what = 'make suites'"), 1);
    struct row row = test_titled(house, &suite_record, "suite 0");
    assert_done(&house->call, ledger_undo(&house->call, row.change));
    assert_int_equal(suites(), 0);
}

static void a_change_that_was_undone_meanwhile_is_not_gone_on_with(void **state)
{
    (void)state;
    stop_after = 2;
    add("suites");
    assert_true(job_runner_step(&runner));
    look();
    rid change = test_titled(house, &suite_record, "suite 1").change;
    assert_done(&house->call, ledger_undo(&house->call, change));
    start_anew();
    assert_true(job_runner_step(&runner));
    assert_int_equal(look().state, JOB_DONE);
    assert_int_equal(suites(), SUITES);
    assert_int_equal(test_count(house, "change WHERE what = 'make suites'"), 2);
}

static void a_job_that_waits_in_its_middle_is_undone_when_it_is_cancelled(void **state)
{
    (void)state;
    stop_after = 3;
    add("suites");
    assert_true(job_runner_step(&runner));
    cancel();
    start_anew();
    assert_true(job_runner_step(&runner));
    assert_int_equal(look().state, JOB_CANCELLED);
    assert_int_equal(suites(), 0);
    assert_int_equal(runs, 1);
}

static void who_lost_a_job_stores_nothing_more_of_it(void **state)
{
    (void)state;
    lose_after = 2;
    add("suites");
    assert_true(job_runner_step(&runner));
    assert_int_equal(look().state, JOB_RUNNING);
    assert_int_equal(suites(), 2);
    assert_int_equal(test_count(house, "job WHERE node = 'other' AND attempt = 2"), 1);
}

static void a_job_that_outlived_too_many_servers_fails(void **state)
{
    (void)state;
    struct job_claim claim;
    struct job_claimer other = { .node = TEXT("other"),
                                 .clock = stamp_clock() - STAMP_HOUR,
                                 .kinds = kinds };
    add("suites");
    for (int i = 0; i <= RETRIES; i++) {
        assert_done(&house->call, job_claim(&house->call, &other, &claim));
        assert_int_equal(claim.attempt, i + 1);
        other.clock += STAMP_MINUTE;
    }
    assert_true(job_runner_step(&runner));
    assert_int_equal(runs, 0);
    assert_int_equal(look().state, JOB_FAILED);
    assert_text(look().sentence, "the servers that ran this job ended 3 times: look at its input, "
                                 "and begin it again");
}

/* --- what is periodic --- */

static void what_is_due_runs_once_a_period(void **state)
{
    (void)state;
    assert_false(job_runner_keep(&runner));
    assert_int_equal(test_count(house, "job_period"), 0); /* nothing to do, nothing written */
    due = 1;
    assert_true(job_runner_keep(&runner));
    struct job_runner second = runner;
    second.node = TEXT("second");
    assert_false(job_runner_keep(&second));
    assert_int_equal(swept, 1);
    assert_int_equal(test_count(house, "job"), 0);
}

/* --- names of servers --- */

static void a_process_is_gone_when_it_has_ended(void **state)
{
    (void)state;
    int line[2];
    char name[256] = "";
    assert_int_equal(pipe(line), 0);
    pid_t child = fork();
    if (child == 0) {
        struct call call;
        call_init(&call, CALL_MEMORY_DEFAULT);
        text own = node_name(&call);
        _exit(write(line[1], own.at, own.size) != (ssize_t)own.size);
    }
    assert_true(read(line[0], name, sizeof name - 1) > 0);
    close(line[0]);
    close(line[1]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    text own = node_name(&house->call);
    assert_done(&house->call, own.at != NULL);
    assert_false(text_is(own, name));
    assert_true(node_is_gone(text_of(name)));
    assert_false(node_is_gone(own));
}

static void of_another_machine_nothing_can_be_told(void **state)
{
    (void)state;
    text own = node_name(&house->call), rest;
    text_cut(own, ' ', &rest);
    text elsewhere = call_format(&house->call, "another-boot %.*s", TEXT_FMT(rest));
    assert_false(node_is_gone(elsewhere));
    assert_false(node_is_gone(TEXT("0123456789abcdef")));
    assert_false(node_is_gone(TEXT("")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, test_house_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_job_is_run_as_its_person_and_ends_with_its_result),
        TEST(a_job_that_is_refused_has_failed_with_its_result),
        TEST(a_job_has_no_more_scopes_than_who_began_it),
        TEST(a_job_of_somebody_who_was_dropped_fails),
        TEST(trouble_with_the_store_is_tried_again_later),
        TEST(trouble_that_stays_ends_the_job),
        TEST(trouble_that_passes_is_forgotten),
        TEST(other_failures_end_the_job_at_once),
        TEST(a_job_that_is_cancelled_leaves_nothing),
        TEST(a_job_that_is_cancelled_before_it_stores_changes_nothing),
        TEST(a_job_whose_server_stops_goes_on_as_the_same_change),
        TEST(a_change_that_was_undone_meanwhile_is_not_gone_on_with),
        TEST(a_job_that_waits_in_its_middle_is_undone_when_it_is_cancelled),
        TEST(who_lost_a_job_stores_nothing_more_of_it),
        TEST(a_job_that_outlived_too_many_servers_fails),
        TEST(what_is_due_runs_once_a_period),
        TEST(a_process_is_gone_when_it_has_ended),
        TEST(of_another_machine_nothing_can_be_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
