/* What a decision needs, how it is superseded, when it comes back, and how files of it come in. */
#include "rooms/knowledge/knowledge.h"

#include "base/stamp.h"
#include "ledger/link.h"
#include "ledger/state.h"
#include "offers/agenda.h"
#include "offers/needs.h"
#include "rooms/knowledge/decision_import.h"
#include "rooms/knowledge/decision_markdown.h"
#include "rooms/people/people.h"
#include "support/house.h"

#define TODAY days_from_date(2026, 11, 16) /* of TEST_NOW, in UTC */

static struct row decision(struct test_house *test, const char *title)
{
    struct row row;
    test->call.door = DOOR_CLI;
    assert_done(&test->call, row_init(&test->call, &decision_record, &row));
    row.value[DECISION_TITLE] = value_choice(title);
    assert_done(&test->call, ledger_create(&test->call, &row));
    return row;
}

static struct row found(struct test_house *test, rid id)
{
    struct row row;
    assert_done(&test->call, find_row(&test->call, &decision_record, id, &row));
    return row;
}

static bool set(struct test_house *test, struct row *row, int field, struct value value)
{
    struct row after;
    assert_done(&test->call, row_copy(&test->call, row, &after));
    after.value[field] = value;
    if (!ledger_update(&test->call, row, &after))
        return false;
    *row = after;
    return true;
}

static bool move(struct test_house *test, struct row *row, const char *verb)
{
    struct row after;
    assert_done(&test->call, row_copy(&test->call, row, &after));
    if (!state_move(&test->call, &after, verb) || !ledger_update(&test->call, row, &after))
        return false;
    *row = after;
    return true;
}

static struct row accepted(struct test_house *test, const char *title)
{
    struct row row = decision(test, title);
    assert_done(&test->call,
                set(test, &row, DECISION_OWNER, value_ref(test->call.actor.person)));
    assert_done(&test->call, set(test, &row, DECISION_OPTIONS, value_choice("this or that")));
    assert_done(&test->call, move(test, &row, "accept"));
    return row;
}

static int64_t number_of(const struct row *row)
{
    return value_as_int(row->value[DECISION_NUMBER]);
}

/* --- a decision --- */

static void numbers_go_up_and_are_not_given_again(void **state)
{
    struct test_house *test = *state;
    struct row a = decision(test, "a"), b = decision(test, "b");
    assert_int_equal(number_of(&a), 1);
    assert_int_equal(number_of(&b), 2);
    assert_done(&test->call, ledger_archive(&test->call, &decision_record, b.id));
    struct row c = decision(test, "c");
    assert_int_equal(number_of(&c), 3);
    assert_done(&test->call, ledger_undo_row(&test->call, &decision_record, b.id));
}

static void accepting_needs_owner_and_options_and_keeps_them(void **state)
{
    struct test_house *test = *state;
    struct row row = decision(test, "a");
    assert_false(move(test, &row, "accept"));
    assert_int_equal(test->call.fail.missing_count, 2);
    assert_refused(&test->call, FAIL_INVALID,
                   "'owner' and 'options' are needed to accept a decision");
    assert_done(&test->call, move(test, &row, "reject")); /* a draft may lack them */
    row = accepted(test, "b");
    assert_false(set(test, &row, DECISION_OPTIONS, value_choice(" ")));
    assert_refused(&test->call, FAIL_INVALID, "an accepted decision keeps its 'options'");
    assert_false(set(test, &row, DECISION_OWNER, VALUE_NONE));
    assert_refused(&test->call, FAIL_INVALID, "an accepted decision keeps its 'owner'");
    assert_false(move(test, &row, "accept"));
    assert_refused(&test->call, FAIL_CONFLICT, "which is accepted");
}

static void the_day_of_a_decision_is_the_days_it_was_taken_unless_said(void **state)
{
    struct test_house *test = *state;
    struct row row = accepted(test, "a"), after;
    assert_int_equal(value_as_int(row.value[DECISION_DECIDED]), TODAY);
    row = decision(test, "b");
    assert_true(value_is_null(row.value[DECISION_DECIDED]));
    assert_done(&test->call, row_copy(&test->call, &row, &after));
    after.value[DECISION_DECIDED] = value_int(TODAY - 3);
    assert_done(&test->call, state_move(&test->call, &after, "reject"));
    assert_done(&test->call, ledger_update(&test->call, &row, &after));
    assert_int_equal(value_as_int(after.value[DECISION_DECIDED]), TODAY - 3);
}

static void an_outcome_is_words_about_what_was_done(void **state)
{
    struct test_house *test = *state;
    struct row row = decision(test, "a");
    assert_false(set(test, &row, DECISION_OUTCOME, value_choice("good")));
    assert_refused(&test->call, FAIL_INVALID, "what was never done: the decision is proposed");
    row = accepted(test, "b");
    assert_false(set(test, &row, DECISION_OUTCOME, value_choice(" \n")));
    assert_refused(&test->call, FAIL_INVALID, "an outcome says how it turned out");
    assert_done(&test->call, set(test, &row, DECISION_OUTCOME, value_choice("good")));
    assert_int_equal(value_as_int(row.value[DECISION_OUTCOME_RECORDED]), TODAY);
    assert_false(set(test, &row, DECISION_OUTCOME, VALUE_NONE));
    assert_refused(&test->call, FAIL_INVALID, "an outcome says how it turned out");
}

/* --- superseding --- */

static size_t links(struct test_house *test, rid id, bool is_from)
{
    struct link *link;
    size_t count, of = 0;
    assert_done(&test->call, link_list(&test->call, &decision_record, id, &link, &count));
    for (size_t i = 0; i < count; i++)
        of += link[i].is_from == is_from;
    return of;
}

static void superseding_joins_both_and_is_undone_as_one(void **state)
{
    struct test_house *test = *state;
    struct row old = accepted(test, "old"), newer = accepted(test, "new");
    assert_false(move(test, &old, "supersede"));
    assert_refused(&test->call, FAIL_CONFLICT, "say which decision supersedes DEC-1");
    assert_done(&test->call, decision_supersede(&test->call, old.id, newer.id));
    old = found(test, old.id);
    assert_true(decision_is(&old, "superseded"));
    assert_int_equal(links(test, old.id, false), 1);
    assert_int_equal(links(test, newer.id, true), 1);
    assert_false(decision_supersede(&test->call, old.id, newer.id));
    assert_refused(&test->call, FAIL_CONFLICT, "which is superseded");
    assert_done(&test->call, ledger_undo_row(&test->call, &decision_record, old.id));
    old = found(test, old.id);
    assert_true(decision_is(&old, "accepted"));
    assert_int_equal(links(test, newer.id, true), 0);
}

static void only_another_accepted_decision_supersedes(void **state)
{
    struct test_house *test = *state;
    struct row old = accepted(test, "old"), draft = decision(test, "draft");
    assert_false(decision_supersede(&test->call, old.id, old.id));
    assert_refused(&test->call, FAIL_INVALID, "does not supersede itself");
    assert_false(decision_supersede(&test->call, old.id, draft.id));
    assert_refused(&test->call, FAIL_CONFLICT, "DEC-2 is proposed: only an accepted decision");
    assert_int_equal(links(test, old.id, false), 0);
    struct row newer = accepted(test, "new");
    assert_done(&test->call, decision_supersede(&test->call, old.id, newer.id));
    assert_false(decision_supersede(&test->call, newer.id, old.id)); /* no circle */
    assert_refused(&test->call, FAIL_CONFLICT, "DEC-1 is superseded");
}

/* --- what comes back --- */

static struct agenda compile(struct test_house *test, const char *source)
{
    const struct agenda_ask ask = { .until = test->call.now };
    const text name = text_of(source);
    struct agenda agenda = { .point = NULL };
    assert_done(&test->call, agenda_compile(&test->call, &ask, &name, 1, &agenda));
    return agenda;
}

static void a_decision_comes_back_on_its_day_until_its_outcome_is_recorded(void **state)
{
    struct test_house *test = *state;
    rid ada = test->call.actor.person;
    struct needs needs;
    struct row row = accepted(test, "a");
    assert_done(&test->call, set(test, &row, DECISION_REVISIT, value_int(TODAY + 1)));
    assert_done(&test->call, needs_collect(&test->call, ada, &needs));
    assert_int_equal(needs.count, 0);
    assert_int_equal(compile(test, "knowledge.revisit").count, 0);
    test->call.now += STAMP_DAY;
    assert_done(&test->call, needs_collect(&test->call, ada, &needs));
    assert_int_equal(needs.count, 1);
    assert_false(needs.need[0].is_late);
    assert_int_equal(needs.need[0].due, (TODAY + 2) * STAMP_DAY);
    assert_done(&test->call, needs_collect(&test->call, ada + 1, &needs));
    assert_int_equal(needs.count, 0);
    struct agenda agenda = compile(test, "knowledge.revisit");
    assert_int_equal(agenda.count, 1);
    assert_text(agenda.point[0].why,
                "to be looked at again on 2026-11-17; its outcome is not recorded");
    test->call.now += STAMP_DAY;
    assert_done(&test->call, needs_collect(&test->call, ada, &needs));
    assert_true(needs.need[0].is_late);
    assert_done(&test->call, set(test, &row, DECISION_OUTCOME, value_choice("good")));
    assert_done(&test->call, needs_collect(&test->call, ada, &needs));
    assert_int_equal(needs.count, 0);
    assert_int_equal(compile(test, "knowledge.revisit").count, 0);
}

static void the_day_is_that_of_the_workspaces_zone(void **state)
{
    struct test_house *test = *state;
    struct needs needs;
    struct row row = accepted(test, "a");
    assert_done(&test->call, set(test, &row, DECISION_REVISIT, value_int(TODAY + 1)));
    test->call.workspace_zone = TEXT("Pacific/Kiritimati"); /* UTC+14 */
    test->call.now = TODAY * STAMP_DAY + 10 * STAMP_HOUR;
    assert_done(&test->call, needs_collect(&test->call, test->call.actor.person, &needs));
    assert_int_equal(needs.count, 1);
    assert_int_equal(needs.need[0].due, (TODAY + 2) * STAMP_DAY - 14 * STAMP_HOUR);
    test->call.now -= 1;
    assert_done(&test->call, needs_collect(&test->call, test->call.actor.person, &needs));
    assert_int_equal(needs.count, 0);
}

static void what_is_proposed_waits_and_says_what_is_missing(void **state)
{
    struct test_house *test = *state;
    struct row row = decision(test, "a");
    accepted(test, "b");
    struct agenda agenda = compile(test, "knowledge.proposed");
    assert_int_equal(agenda.count, 1);
    assert_text(agenda.point[0].why,
                "waits for a decision; owner and options considered are missing");
    assert_done(&test->call,
                set(test, &row, DECISION_OWNER, value_ref(test->call.actor.person)));
    agenda = compile(test, "knowledge.proposed");
    assert_text(agenda.point[0].why, "waits for a decision; the options considered are missing");
    assert_int_equal(agenda.point[0].owner, test->call.actor.person);
}

/* --- files --- */

#define FILE_OF(name, bytes) { TEXT(name), TEXT(bytes) }

static struct decision_import import(struct test_house *test, const struct decision_file *file,
                                     size_t count)
{
    struct decision_import result;
    assert_done(&test->call, decision_import(&test->call, file, count, &result));
    return result;
}

static void assert_import_refused(struct test_house *test, struct decision_file file,
                                  enum fail_kind kind, const char *words)
{
    struct decision_import result;
    int64_t before = test_count(test, "decisions");
    assert_false(decision_import(&test->call, &file, 1, &result));
    assert_refused(&test->call, kind, words);
    assert_int_equal(test_count(test, "decisions"), before);
}

static const struct decision_file folder[] = {
    FILE_OF("0003-new.md", "# 3. New\n\n## Status\n\nAccepted\n\nSupersedes [2. Old](0002-old.md)\n"
                           "\n## Decision\n\nNew.\n"),
    FILE_OF("free.md", "# Without a number\n"),
    FILE_OF("0002-old.md", "# 2. Old\n\nDate: 2024-02-29\n\n## Status\n\nAccepted\n"),
};

static void files_come_in_as_one_change_and_once(void **state)
{
    struct test_house *test = *state;
    struct decision_import first = import(test, folder, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(first.item[i].result, "made");
    assert_int_equal(first.item[0].number, 3);
    assert_int_equal(first.item[1].number, 4); /* free when the others had theirs */
    struct row old = found(test, first.item[2].decision);
    assert_true(decision_is(&old, "superseded"));
    assert_int_equal(links(test, old.id, false), 1);
    assert_int_equal(value_as_int(old.value[DECISION_DECIDED]), days_from_date(2024, 2, 29));
    int64_t changes = test_count(test, "change");
    struct decision_import again = import(test, folder, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(again.item[i].result, "unchanged");
    assert_int_equal(test_count(test, "change"), changes);
    assert_int_equal(test_count(test, "decisions"), 3);
    assert_done(&test->call, ledger_undo_row(&test->call, &decision_record, old.id));
    assert_int_equal(test_count(test, "decisions WHERE archived = 0"), 0);
}

static void one_bad_file_keeps_all_out(void **state)
{
    struct test_house *test = *state;
    const struct decision_file files[] = { folder[0], FILE_OF("0009-x.md", "no title\n") };
    const struct decision_file twins[] = { folder[0], FILE_OF("0003-b.md", "# B\n") };
    const struct decision_file owned[] = { folder[0], FILE_OF("0009-x.md", "# X\n\nOwner: Zoe\n") };
    struct decision_import result;
    assert_false(decision_import(&test->call, files, 2, &result));
    assert_refused(&test->call, FAIL_INVALID, "'0009-x.md' has no title");
    assert_false(decision_import(&test->call, twins, 2, &result));
    assert_refused(&test->call, FAIL_INVALID, "'0003-new.md' and '0003-b.md' are of one decision");
    assert_false(decision_import(&test->call, owned, 2, &result));
    assert_refused(&test->call, FAIL_NOT_FOUND, "0009-x.md: there is no person 'Zoe'");
    assert_int_equal(test_count(test, "decisions"), 0);
}

static void a_number_that_is_another_decisions_is_refused(void **state)
{
    struct test_house *test = *state;
    const struct decision_file file = FILE_OF("0001-other.md", "# 1. Other\n");
    struct row row = decision(test, "mine");
    assert_import_refused(test, file, FAIL_CONFLICT,
                          "0001-other.md: the number 1 is 'mine' (DEC-1)");
    assert_done(&test->call, ledger_archive(&test->call, &decision_record, row.id));
    assert_import_refused(test, file, FAIL_CONFLICT,
                          "the number 1 was given to DEC-1, which was dropped");
}

static void a_changed_file_changes_what_it_says_and_no_more(void **state)
{
    struct test_house *test = *state;
    const struct decision_file file =
        FILE_OF("0001-a.md", "# 1. a\n\n## Status\n\nAccepted\n\n## Context\n\nNew words.\n");
    const struct decision_file back = FILE_OF("0001-a.md", "# 1. a\n\n## Status\n\nProposed\n");
    struct row row = accepted(test, "a");
    struct decision_import result = import(test, &file, 1);
    assert_string_equal(result.item[0].result, "changed");
    row = found(test, row.id);
    assert_text(value_as_text(row.value[DECISION_CONTEXT]), "New words.");
    assert_text(value_as_text(row.value[DECISION_OPTIONS]), "this or that");
    assert_import_refused(test, back, FAIL_CONFLICT, "'to proposed' is not possible for DEC-1");
}

static void what_is_not_here_yet_is_told_and_joined_later(void **state)
{
    struct test_house *test = *state;
    const struct decision_file old =
        FILE_OF("0002-old.md", "# 2. Old\n\n## Status\n\nSuperseded by [3](0003-new.md)\n");
    const struct decision_file newer =
        FILE_OF("0003-new.md", "# 3. New\n\n## Status\n\nAccepted\n");
    struct decision_import result = import(test, &old, 1);
    assert_int_equal(result.note_count, 1);
    assert_text(result.note[0], "'0002-old.md' is superseded by decision 3, which is not here: "
                                "bring that in, then this file again");
    import(test, &newer, 1);
    result = import(test, &old, 1);
    assert_int_equal(result.note_count, 0);
    assert_int_equal(links(test, result.item[0].decision, false), 1);
}

static void a_proposal_that_would_supersede_leaves_the_other_as_it_is(void **state)
{
    struct test_house *test = *state;
    const struct decision_file files[] = {
        folder[2],
        FILE_OF("0003-new.md", "# 3. New\n\n## Status\n\nProposed\n\nSupersedes 2\n"),
    };
    struct decision_import result = import(test, files, 2);
    struct row old = found(test, result.item[0].decision);
    assert_true(decision_is(&old, "accepted"));
    assert_int_equal(links(test, old.id, false), 1);
    test->call.door = DOOR_CLI;
    assert_false(move(test, &old, "supersede")); /* the link alone is not enough */
    assert_refused(&test->call, FAIL_CONFLICT, "say which decision supersedes DEC-1");
}

static void what_goes_out_comes_in_as_the_same(void **state)
{
    struct test_house *test = *state;
    static const struct {
        int field;
        const char *words;
    } texts[] = {
        { DECISION_CONTEXT, "# no title\n  ## nor this\n\\# nor that\n```\n## code\n```\n### x" },
        { DECISION_DECISION, "Date: 2020-01-01\n\n- [ ] yes | no" },
        { DECISION_CONSEQUENCES, "    ## indented\n\nend" },
        { DECISION_MORE, "free words\n\n## Links\n\none" },
        { DECISION_OUTCOME, "Superseded by 9" },
    };
    struct row row = accepted(test, "2. what [a](b) title|it is");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_done(&test->call, set(test, &row, texts[i].field, value_choice(texts[i].words)));
    assert_done(&test->call, set(test, &row, DECISION_REVISIT, value_int(TODAY + 9)));
    struct decision_file file = { decision_file_name(&test->call, &row),
                                  decision_markdown(&test->call, &row) };
    assert_text(file.name, "0001-2-what-a-b-title-it-is.md");
    struct decision_import result = import(test, &file, 1);
    if (strcmp(result.item[0].result, "unchanged") != 0)
        print_error("%.*s\n", TEXT_FMT(file.bytes));
    assert_string_equal(result.item[0].result, "unchanged");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(numbers_go_up_and_are_not_given_again),
        WITH_HOUSE(accepting_needs_owner_and_options_and_keeps_them),
        WITH_HOUSE(the_day_of_a_decision_is_the_days_it_was_taken_unless_said),
        WITH_HOUSE(an_outcome_is_words_about_what_was_done),
        WITH_HOUSE(superseding_joins_both_and_is_undone_as_one),
        WITH_HOUSE(only_another_accepted_decision_supersedes),
        WITH_HOUSE(a_decision_comes_back_on_its_day_until_its_outcome_is_recorded),
        WITH_HOUSE(the_day_is_that_of_the_workspaces_zone),
        WITH_HOUSE(what_is_proposed_waits_and_says_what_is_missing),
        WITH_HOUSE(files_come_in_as_one_change_and_once),
        WITH_HOUSE(one_bad_file_keeps_all_out),
        WITH_HOUSE(a_number_that_is_another_decisions_is_refused),
        WITH_HOUSE(a_changed_file_changes_what_it_says_and_no_more),
        WITH_HOUSE(what_is_not_here_yet_is_told_and_joined_later),
        WITH_HOUSE(a_proposal_that_would_supersede_leaves_the_other_as_it_is),
        WITH_HOUSE(what_goes_out_comes_in_as_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
