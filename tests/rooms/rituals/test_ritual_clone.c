/* Clones of a ritual: what they share with it, and how its changes are offered to them. */
#include "rooms/rituals/ritual_clone.h"

#include "rooms/people/people.h"
#include "rooms/rituals/ritual_offers.h"
#include "rooms/rituals/ritual_packs.h"
#include "rooms/rituals/rituals.h"
#include "support/house.h"

enum { A_MONDAY = 20773 }; /* 2026-11-16 */

static rid team(struct test_house *test, const char *name)
{
    struct row row;
    assert_done(&test->call, row_init(&test->call, &team_record, &row));
    row.value[TEAM_NAME] = value_choice(name);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row.id;
}

/* The Monday review of the pack, of a team of its own. */
static rid review(struct test_house *test)
{
    struct installed_pack installed;
    assert_done(&test->call, ritual_pack_install(&test->call, TEXT("ai-week"), team(test, "Red"),
                                                 A_MONDAY, &installed));
    return installed.ritual[0].ritual;
}

static rid clone_for(struct test_house *test, rid original, rid of, bool is_new)
{
    struct clones_made made;
    struct clone_wish wish = { .ritual = &original, .count = 1, .to_team = of };
    assert_done(&test->call, ritual_clone(&test->call, &wish, &made));
    assert_int_equal(made.count, 1);
    assert_int_equal(made.made[0].is_new, is_new);
    return made.made[0].ritual;
}

static void set(struct test_house *test, rid ritual, enum ritual_field field, struct value value)
{
    struct row before, after;
    assert_done(&test->call, find_row(&test->call, &ritual_record, ritual, &before) &&
                                 row_copy(&test->call, &before, &after));
    after.value[field] = value;
    assert_done(&test->call, ledger_update(&test->call, &before, &after));
}

/* The parts that differ, those that are decided in brackets: "rule (minutes)". */
static void assert_offers(struct test_house *test, rid clone, const char *expected)
{
    struct ritual_offers offers;
    struct out out;
    assert_done(&test->call, ritual_offers_read(&test->call, clone, &offers));
    out_init(&out, &test->call);
    for (size_t i = 0; i < offers.count; i++)
        out_format(&out, offers.offer[i].is_open ? "%s%s" : "%s(%s)", i ? " " : "",
                   offers.offer[i].part->name);
    assert_text(out.size ? out_view(&out) : TEXT(""), expected);
}

static void every_part_of_a_clone_says_what_its_original_says(void **state)
{
    struct test_house *test = *state;
    struct row ours, theirs;
    rid original = review(test);
    rid clone = clone_for(test, original, team(test, "Blue"), true);
    assert_done(&test->call, find_row(&test->call, &ritual_record, clone, &ours) &&
                                 find_row(&test->call, &ritual_record, original, &theirs));
    for (const struct ritual_part *part = ritual_parts; part->name; part++) {
        text here, there;
        assert_done(&test->call, ritual_part_read(&test->call, part, &ours, &here) &&
                                     ritual_part_read(&test->call, part, &theirs, &there));
        assert_true(text_equal(here, there));
    }
    assert_offers(test, clone, "");
}

static void cloning_twice_adds_nothing_and_brings_nothing_over(void **state)
{
    struct test_house *test = *state;
    rid original = review(test), blue = team(test, "Blue");
    rid clone = clone_for(test, original, blue, true);
    set(test, original, RITUAL_MINUTES, value_int(50));
    int64_t rows = test_house_live(test);
    assert_int_equal(clone_for(test, original, blue, false), clone);
    assert_int_equal(test_house_live(test), rows);
    assert_offers(test, clone, "minutes");
}

static void a_list_of_two_steps_of_one_name_is_brought_over_whole(void **state)
{
    struct test_house *test = *state;
    rid original = review(test);
    rid clone = clone_for(test, original, team(test, "Blue"), true);
    for (int i = 0; i < 2; i++) {
        struct row step;
        assert_done(&test->call, row_init(&test->call, &ritual_step_record, &step));
        step.value[RITUAL_STEP_RITUAL] = value_ref(original);
        step.value[RITUAL_STEP_NAME] = value_choice("Talk");
        step.value[RITUAL_STEP_MINUTES] = value_int(5 + i);
        step.value[RITUAL_STEP_PLACE] = value_int(8 + i);
        assert_done(&test->call, ledger_create(&test->call, &step));
    }
    assert_offers(test, clone, "steps");
    assert_done(&test->call, ritual_offers_decide(&test->call, clone, NULL, 0, true));
    assert_offers(test, clone, "");
}

static void what_is_declined_stays_until_the_next_change(void **state)
{
    struct test_house *test = *state;
    text minutes = TEXT("minutes");
    rid original = review(test);
    rid clone = clone_for(test, original, team(test, "Blue"), true);
    set(test, original, RITUAL_MINUTES, value_int(50));
    set(test, original, RITUAL_AT, value_choice("11:00"));
    assert_done(&test->call, ritual_offers_decide(&test->call, clone, &minutes, 1, false));
    assert_offers(test, clone, "at (minutes)");
    set(test, original, RITUAL_MINUTES, value_int(55));
    assert_offers(test, clone, "at minutes");
    /* Back at what the clone has: there is nothing to decide. */
    set(test, original, RITUAL_MINUTES, value_int(45));
    assert_offers(test, clone, "at");
}

static void what_is_not_offered_changes_nothing(void **state)
{
    struct test_house *test = *state;
    const text parts[] = { TEXT("at"), TEXT("rule") };
    rid original = review(test);
    rid clone = clone_for(test, original, team(test, "Blue"), true);
    assert_false(ritual_offers_decide(&test->call, clone, NULL, 0, true));
    assert_refused(&test->call, FAIL_CONFLICT, "nothing is offered");
    set(test, original, RITUAL_AT, value_choice("11:00"));
    assert_false(ritual_offers_decide(&test->call, clone, parts, 2, true));
    assert_refused(&test->call, FAIL_INVALID, "'rule' is not offered");
    assert_offers(test, clone, "at");
}

static void a_clone_of_a_clone_is_offered_what_its_own_original_took(void **state)
{
    struct test_house *test = *state;
    rid original = review(test);
    rid clone = clone_for(test, original, team(test, "Blue"), true);
    rid second = clone_for(test, clone, team(test, "Green"), true);
    set(test, original, RITUAL_AT, value_choice("11:00"));
    assert_offers(test, second, "");
    assert_done(&test->call, ritual_offers_decide(&test->call, clone, NULL, 0, true));
    assert_offers(test, second, "at");
}

static void a_clone_has_to_be_somewhere_else(void **state)
{
    struct test_house *test = *state;
    struct clones_made made;
    rid original = review(test);
    struct clone_wish wish = { .ritual = &original, .count = 1 };
    assert_false(ritual_clone(&test->call, &wish, &made));
    assert_refused(&test->call, FAIL_INVALID, "say for whom they are");
    wish.to_team = test_titled(test, &team_record, "Red").id;
    assert_false(ritual_clone(&test->call, &wish, &made));
    assert_refused(&test->call, FAIL_INVALID, "that team's already");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(every_part_of_a_clone_says_what_its_original_says),
        WITH_HOUSE(cloning_twice_adds_nothing_and_brings_nothing_over),
        WITH_HOUSE(a_list_of_two_steps_of_one_name_is_brought_over_whole),
        WITH_HOUSE(what_is_declined_stays_until_the_next_change),
        WITH_HOUSE(what_is_not_offered_changes_nothing),
        WITH_HOUSE(a_clone_of_a_clone_is_offered_what_its_own_original_took),
        WITH_HOUSE(a_clone_has_to_be_somewhere_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
