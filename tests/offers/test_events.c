/*
 * Events without sockets: what each of three persons hears of what happens, in which order, and
 * where he goes on after a break.
 */
#include "offers/events.h"

#include "ledger/audit.h"
#include "ledger/ledger.h"
#include "offers/events_doors.h"
#include "offers/job_claim.h"
#include "support/support.h"
#include "support/test_rest.h"

enum { MANY = 1100 };

static const struct job_kind import_kind = { .name = "import" };
static const struct job_kind *const kinds[] = { &import_kind, NULL };

static int setup(void **state)
{
    struct test_rest *rest = calloc(1, sizeof *rest);
    assert_non_null(rest);
    test_rest_open(rest);
    size_t count = rest->all.count;
    const struct route **route = call_array(&rest->routes_call, count + 1, sizeof *route);
    assert_non_null(route);
    memcpy(route, rest->route, count * sizeof *route);
    route[count] = &events_routes[0];
    rest->options.route = route;
    rest->options.route_count = count + 1;
    assert_done(&rest->store.call, event_mark_make_key(&rest->store.call));
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

static struct events begin_after(struct test_rest *rest, rid person, const char *word)
{
    struct events events = { .job = 0 };
    test_doors_renew(&rest->store);
    test_act_as(&rest->store.call, person);
    assert_done(&rest->store.call, events_begin(&rest->store.call, &events, text_of(word)));
    test_act_as(&rest->store.call, TEST_ADA);
    return events;
}

static struct events begin_as(struct test_rest *rest, rid person)
{
    return begin_after(rest, person, NULL);
}

/* One piece, as that person; it lasts as long as the test. */
static text piece(struct test_rest *rest, rid person, struct events *events,
                  enum stream_state wanted)
{
    struct out out;
    test_doors_renew(&rest->store);
    test_act_as(&rest->store.call, person);
    out_init(&out, &rest->store.call);
    assert_int_equal(events_read(events, &rest->store.call, &out), wanted);
    assert_done(&rest->store.call, out_flush(&out));
    text said = call_text(&rest->routes_call, out_view(&out));
    test_act_as(&rest->store.call, TEST_ADA);
    return said;
}

/* All that is there: every change as "verb id", every job as "state id", a blank between two. */
static const char *heard(struct test_rest *rest, rid person, struct events *events)
{
    struct out out;
    struct call *call = &rest->routes_call;
    text rest_of = piece(rest, person, events, STREAM_WAITS);
    out_init(&out, call);
    while (rest_of.at) {
        struct json data;
        text line = text_cut(rest_of, '\n', &rest_of);
        if (!text_starts(line, TEXT("data: ")))
            continue;
        assert_done(call, json_read(call, text_from(line, strlen("data: ")), &data, NULL));
        const struct json *verb = json_get(&data, "verb"), *how = json_get(&data, "state");
        const struct json *id = json_get(&data, "id");
        text first = verb ? verb->text : how ? how->text : TEXT("reset");
        if (out.size)
            out_char(&out, ' ');
        out_format(&out, "%.*s", TEXT_FMT(first));
        if (id && id->kind == JSON_TEXT)
            out_format(&out, " %.*s", TEXT_FMT(id->text));
    }
    text words = out_view(&out);
    return words.at ? call_string(call, words) : "";
}

static rid make(struct test_rest *rest, const struct record *record, int field, struct value value)
{
    struct row row;
    struct call *call = &rest->store.call;
    test_doors_renew(&rest->store);
    assert_done(call, row_init(call, record, &row));
    row.value[record->title] = value_text(TEXT("canary"));
    if (field >= 0)
        row.value[field] = value;
    assert_done(call, ledger_create(call, &row));
    return row.id;
}

/* The id that came last in what was said. */
static const char *last_mark(struct test_rest *rest, text said)
{
    text mark = TEXT_NONE, left = said;
    while (left.at) {
        text line = text_cut(left, '\n', &left);
        if (text_starts(line, TEXT("id: ")))
            mark = text_from(line, strlen("id: "));
    }
    assert_non_null(mark.at);
    return call_string(&rest->routes_call, mark);
}

static bool holds(text whole, const char *part)
{
    return text_find(whole, text_of(part)) != SIZE_MAX;
}

/* --- what is told --- */

static void changes_are_told_in_their_order_without_a_value(void **state)
{
    struct test_rest *rest = *state;
    struct events bert = begin_as(rest, TEST_BERT);
    rid gadget = test_gadget(&rest->store.call, "canary");
    assert_done(&rest->store.call, ledger_archive(&rest->store.call, &gadget_record, gadget));
    text said = piece(rest, TEST_BERT, &bert, STREAM_WAITS);
    assert_true(text_starts(said, TEXT(": rondo\nretry: ")));
    assert_true(holds(said, "event: change\nid: "));
    assert_true(holds(said, "\ndata: {\"record\":\"gadget\",\"id\":\"GAD-1\",\"verb\":\"add\","));
    assert_true(text_find(said, TEXT("\"add\"")) < text_find(said, TEXT("\"drop\"")));
    assert_false(holds(said, "canary"));
    assert_text(text_from(said, said.size - 2), "\n\n");
}

static void who_begins_hears_nothing_of_the_past(void **state)
{
    struct test_rest *rest = *state;
    test_gadget(&rest->store.call, "early");
    struct events bert = begin_as(rest, TEST_BERT);
    assert_string_equal(heard(rest, TEST_BERT, &bert), "");
    test_gadget(&rest->store.call, "late");
    assert_string_equal(heard(rest, TEST_BERT, &bert), "add GAD-2");
    assert_string_equal(heard(rest, TEST_BERT, &bert), "");
}

static void silence_sends_nothing_until_it_is_long(void **state)
{
    struct test_rest *rest = *state;
    struct events bert = begin_as(rest, TEST_BERT);
    piece(rest, TEST_BERT, &bert, STREAM_WAITS);
    assert_int_equal(piece(rest, TEST_BERT, &bert, STREAM_WAITS).size, 0);
    bert.told_us -= 16 * 1000000;
    assert_text(piece(rest, TEST_BERT, &bert, STREAM_WAITS), ":\n\n");
    assert_int_equal(piece(rest, TEST_BERT, &bert, STREAM_WAITS).size, 0);
}

static void a_long_past_comes_in_pieces(void **state)
{
    struct test_rest *rest = *state;
    struct events bert = begin_as(rest, TEST_BERT);
    bert.mark.line = 0;
    struct call *call = &rest->store.call;
    assert_done(call, change_open(call, TEXT("many")) && change_require(call));
    for (int i = 0; i < MANY; i++)
        assert_done(call, audit_act(call, change_id(call), "import", TEXT("")));
    assert_done(call, change_commit(call));
    bert.ends = true;
    piece(rest, TEST_BERT, &bert, STREAM_HAS_MORE);
    piece(rest, TEST_BERT, &bert, STREAM_HAS_MORE);
    piece(rest, TEST_BERT, &bert, STREAM_ENDS);
}

/* --- to whom --- */

static void of_another_teams_rows_nothing_is_heard(void **state)
{
    struct test_rest *rest = *state;
    struct events ada = begin_as(rest, TEST_ADA), bert = begin_as(rest, TEST_BERT);
    struct events olga = begin_as(rest, TEST_OLGA);
    rid plan = make(rest, &plan_item_record, PLAN_ITEM_TEAM, value_int(TEST_RED));
    struct call *call = &rest->store.call;
    assert_done(call, ledger_archive(call, &plan_item_record, plan));
    assert_string_equal(heard(rest, TEST_ADA, &ada), "add PLAN-1 drop PLAN-1");
    text said = piece(rest, TEST_BERT, &bert, STREAM_WAITS);
    assert_false(holds(said, "event:"));
    assert_int_equal(piece(rest, TEST_BERT, &bert, STREAM_WAITS).size, 0);
    assert_string_equal(heard(rest, TEST_OLGA, &olga), "");
}

static void what_is_private_or_named_is_heard_by_its_readers_alone(void **state)
{
    struct test_rest *rest = *state;
    struct events ada = begin_as(rest, TEST_ADA), bert = begin_as(rest, TEST_BERT);
    make(rest, &diary_record, -1, VALUE_NONE);
    rid memo = make(rest, &memo_record, -1, VALUE_NONE);
    assert_string_equal(heard(rest, TEST_BERT, &bert), "");
    struct call *call = &rest->store.call;
    test_doors_renew(&rest->store);
    assert_done(call, ledger_share(call, &memo_record, memo, TEST_BERT));
    assert_string_equal(heard(rest, TEST_BERT, &bert), "share MEM-1");
    assert_non_null(strstr(heard(rest, TEST_ADA, &ada), "add MEM-1 share MEM-1"));
    assert_done(call, ledger_archive(call, &memo_record, memo));
    assert_string_equal(heard(rest, TEST_BERT, &bert), "drop MEM-1");
}

/* Bert is of team Blue first, then of Red. */
static void rights_are_those_of_the_moment(void **state)
{
    struct test_rest *rest = *state;
    struct events bert = begin_as(rest, TEST_BERT);
    make(rest, &plan_item_record, PLAN_ITEM_TEAM, value_int(TEST_RED));
    assert_string_equal(heard(rest, TEST_BERT, &bert), "");
    make(rest, &plan_item_record, PLAN_ITEM_TEAM, value_int(TEST_RED));
    assert_string_equal(heard(rest, TEST_ADA, &bert), "add PLAN-2");
    make(rest, &plan_item_record, PLAN_ITEM_TEAM, value_int(TEST_RED));
    assert_string_equal(heard(rest, 0, &bert), "");
}

static void jobs_are_told_to_who_began_them(void **state)
{
    struct test_rest *rest = *state;
    struct events ada = begin_as(rest, TEST_ADA), bert = begin_as(rest, TEST_BERT);
    struct call *call = &rest->store.call;
    const struct job_claimer claimer = { .node = TEXT("a"), .clock = 5, .kinds = kinds };
    struct job_claim claim;
    rid id;
    test_doors_renew(&rest->store);
    test_act_as(call, TEST_ADA);
    assert_done(call, job_add(call, "import", TEXT("{}"), TEXT_NONE, &id));
    assert_string_equal(heard(rest, TEST_ADA, &ada), "queued 1");
    assert_done(call, job_claim(call, &claimer, &claim));
    test_gadget(call, "stored");
    const struct job_end end = { JOB_DONE, 100, TEXT("3 new runs"), TEXT("[]") };
    assert_done(call, job_end(call, &claim, &end));
    assert_string_equal(heard(rest, TEST_ADA, &ada), "add GAD-1 done 1");
    assert_string_equal(heard(rest, TEST_ADA, &ada), "");
    assert_string_equal(heard(rest, TEST_BERT, &bert), "add GAD-1");
}

/* --- going on after a break --- */

static void who_comes_back_hears_what_came_since_once(void **state)
{
    struct test_rest *rest = *state;
    struct events bert = begin_as(rest, TEST_BERT);
    test_gadget(&rest->store.call, "one");
    const char *mark = last_mark(rest, piece(rest, TEST_BERT, &bert, STREAM_WAITS));
    test_gadget(&rest->store.call, "two");
    test_gadget(&rest->store.call, "three");
    struct events again = begin_after(rest, TEST_BERT, mark);
    assert_string_equal(heard(rest, TEST_BERT, &again), "add GAD-2 add GAD-3");
    struct events twice = begin_after(rest, TEST_BERT, mark);
    assert_string_equal(heard(rest, TEST_BERT, &twice), "add GAD-2 add GAD-3");
}

static void a_mark_of_a_past_that_is_not_this_one_resets(void **state)
{
    struct test_rest *rest = *state;
    struct events bert = begin_as(rest, TEST_BERT);
    char word[EVENT_MARK_SIZE];
    bert.mark.line += 1;
    event_mark_write(&bert.key, &bert.mark, word);
    struct events again = begin_after(rest, TEST_BERT, word);
    test_gadget(&rest->store.call, "one");
    assert_string_equal(heard(rest, TEST_BERT, &again), "reset add GAD-1");
    assert_string_equal(heard(rest, TEST_BERT, &again), "");
    assert_false(events_begin(&rest->store.call, &again, TEXT("17")));
    assert_refused(&rest->store.call, FAIL_INVALID, "Last-Event-ID");
}

/* --- the door --- */

static const char *heard_at(struct test_rest *rest, const char *words)
{
    struct events before = begin_as(rest, TEST_ADA);
    char word[EVENT_MARK_SIZE], headers[128], path[128];
    before.mark = (struct event_mark){ 0, 0 };
    event_mark_write(&before.key, &before.mark, word);
    snprintf(headers, sizeof headers, "last-event-id: %s\n", word);
    snprintf(path, sizeof path, "GET /api/v1/events%s", words);
    test_act_as(&rest->store.call, TEST_ADA);
    test_rest_ask(rest, 200, path, headers, "");
    assert_non_null(rest->reply.stream.read);
    struct events events = *(struct events *)rest->reply.stream.of;
    events.record = call_text(&rest->routes_call, events.record);
    return heard(rest, TEST_ADA, &events);
}

static void filters_choose_what_is_told(void **state)
{
    struct test_rest *rest = *state;
    struct call *call = &rest->store.call;
    rid id;
    test_gadget(call, "one");
    test_gadget(call, "two");
    make(rest, &memo_record, -1, VALUE_NONE);
    assert_done(call, job_add(call, "import", TEXT("{}"), TEXT_NONE, &id));
    assert_done(call, job_add(call, "import", TEXT("{}"), TEXT_NONE, &id));
    assert_string_equal(heard_at(rest, "?record=gadget"), "add GAD-1 add GAD-2");
    assert_string_equal(heard_at(rest, "?row=GAD-2"), "add GAD-2");
    assert_string_equal(heard_at(rest, "?job=2"), "queued 2");
    assert_string_equal(heard_at(rest, "?job=1&row=GAD-2"), "add GAD-2 queued 1");
    assert_non_null(strstr(heard_at(rest, ""), "queued 1 queued 2"));
}

static void filters_that_name_nothing_are_refused(void **state)
{
    struct test_rest *rest = *state;
    struct call *call = &rest->store.call;
    rid id;
    assert_done(call, job_add(call, "import", TEXT("{}"), TEXT_NONE, &id));
    test_rest_ask(rest, 422, "GET /api/v1/events?record=nothing", "", "");
    assert_problem(rest, "invalid", "'nothing'");
    test_rest_ask(rest, 422, "GET /api/v1/events?record=memo&row=GAD-1", "", "");
    test_rest_ask(rest, 422, "GET /api/v1/events?follow=perhaps", "", "");
    test_rest_ask(rest, 422, "GET /api/v1/events", "last-event-id: 12\n", "");
    test_rest_ask(rest, 404, "GET /api/v1/events?job=2", "", "");
    test_act_as(call, TEST_BERT);
    test_rest_ask(rest, 404, "GET /api/v1/events?job=1", "", "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(changes_are_told_in_their_order_without_a_value),
        TEST(who_begins_hears_nothing_of_the_past),
        TEST(silence_sends_nothing_until_it_is_long),
        TEST(a_long_past_comes_in_pieces),
        TEST(of_another_teams_rows_nothing_is_heard),
        TEST(what_is_private_or_named_is_heard_by_its_readers_alone),
        TEST(rights_are_those_of_the_moment),
        TEST(jobs_are_told_to_who_began_them),
        TEST(who_comes_back_hears_what_came_since_once),
        TEST(a_mark_of_a_past_that_is_not_this_one_resets),
        TEST(filters_choose_what_is_told),
        TEST(filters_that_name_nothing_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
