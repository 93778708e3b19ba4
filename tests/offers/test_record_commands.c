/* The commands that every record has, from the typed line to what is printed. */
#include "support/support.h"

#include "store/sql.h"
#include "support/test_lines.h"

static struct test_lines lines;

static int set_up(void **state)
{
    (void)state;
    test_lines_open(&lines);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_lines_close(&lines);
    return 0;
}

static void the_tables_are_sound(void **state)
{
    (void)state;
    assert_done(&lines.tables_call, command_verify(&lines.tables_call, lines.command, lines.count));
}

static void a_row_is_added_shown_and_changed_by_its_fields(void **state)
{
    (void)state;
    assert_prints(
        &lines,
        "gadget add --name 'Old lamp' --team Red --helpers Bert --helpers Olga --is-loud no "
        "--amount 3 --dimensions ai,it --about 'one\ntwo' --tags a,b",
        "GAD-1 Old lamp\n");
    assert_prints(&lines, "gadget show 'Old lamp'",
                  "GAD-1 Old lamp\n"
                  "  Name        Old lamp\n"
                  "  About       one\n"
                  "              two\n"
                  "  Amount      3\n"
                  "  Loud        no\n"
                  "  Time zone   UTC\n"
                  "  State       draft\n"
                  "  Team        Red\n"
                  "  Helpers     PER-2,PER-3\n"
                  "  Tags        a,b\n"
                  "  Cases       0\n"
                  "  Dimensions  AI, IT\n"
                  "  Created     2026-11-16T07:00:00Z\n"
                  "  Changed     2026-11-16T07:00:00Z\n");
    assert_prints(&lines, "gadget set GAD-1 --name Lamp --helpers '' --amount=7", "GAD-1 Lamp\n");
    assert_shows(&lines, "gadget show 1 --json", "\"helpers\":[]");
    assert_shows(&lines, "gadget show 1 --json", "\"amount\":7");
    assert_shows(&lines, "gadget show 1 --json", "\"dimensions\":[\"ai\",\"it\"]");
    assert_shows(&lines, "gadget set lamp --dimensions '' --json", "\"dimensions\":[]");
}

static void bad_lines_are_refused(void **state)
{
    (void)state;
    assert_prints(&lines, "gadget add --name Lamp --serial S1", "GAD-1 Lamp\n");
    assert_fails(&lines, "gadget add", FAIL_INVALID, "'name' is needed");
    assert_fails(&lines, "gadget add --name Lamp", FAIL_CONFLICT, "GAD-1");
    assert_fails(&lines, "gadget add --name X --amount many", FAIL_INVALID, "whole number");
    assert_fails(&lines, "gadget add --name X --amount 1001", FAIL_INVALID, "between 0 and 1000");
    assert_fails(&lines, "gadget add --name X --color pink", FAIL_USAGE, "red, green, blue");
    assert_fails(&lines, "gadget add --name X --team Green", FAIL_INVALID,
                 "there is no Team 'Green'");
    assert_fails(&lines, "gadget add --name X --dimensions tech", FAIL_INVALID, "not 'tech'");
    assert_fails(&lines, "gadget add --name X --cases 3", FAIL_USAGE, "--cases");
    assert_fails(&lines, "gadget add --name X --state sent", FAIL_USAGE, "--state");
    assert_fails(&lines, "gadget set GAD-1 --serial S2", FAIL_USAGE, "--serial");
    assert_fails(&lines, "gadget set GAD-1 --name ''", FAIL_INVALID,
                 "'name' of a Gadget cannot be empty");
    assert_fails(&lines, "gadget set GAD-1", FAIL_USAGE, "nothing to set");
    assert_fails(&lines, "gadget set GAD-1 --json --as Ada", FAIL_USAGE, "nothing to set");
    assert_fails(&lines, "gadget set GAD-9 --name X", FAIL_NOT_FOUND, "there is no Gadget 'GAD-9'");
    assert_fails(&lines, "gadget show nothing", FAIL_NOT_FOUND, "there is no Gadget 'nothing'");
    assert_fails(&lines, "batch add --name X", FAIL_USAGE, "add");
    assert_fails(&lines, "plan-item add --name X --team Blue", FAIL_FORBIDDEN, "belongs to others");
    test_act_as(&lines.store.call, TEST_OLGA);
    assert_fails(&lines, "gadget add --name X", FAIL_FORBIDDEN, "member");
}

static void an_empty_list_teaches_how_it_is_filled(void **state)
{
    (void)state;
    assert_prints(&lines, "gadget list",
                  "A thing with everything on it; 'rondo gadget add' makes one.\n");
    assert_prints(&lines, "gadget list --amount 3", "no Gadget is like that\n");
    assert_prints(&lines, "gadget list --json", "{\"items\":[],\"next\":null}\n");
}

static void a_list_shows_what_is_set_and_filters_by_options(void **state)
{
    (void)state;
    assert_prints(&lines, "gizmo list", "A part of a gadget; 'rondo gizmo add' makes one.\n");
    test_line(&lines, "gadget add --name Lamp");
    test_line(&lines, "gizmo add --gadget Lamp --name Knob --size 12");
    test_line(&lines, "gizmo add --gadget Lamp --name Cord --size 900");
    test_line(&lines, "gizmo add --gadget Lamp --name Foot");
    assert_prints(&lines, "gizmo list",
                  "Id     Name  Gadget  Size\n"
                  "GIZ-1  Knob  GAD-1     12\n"
                  "GIZ-2  Cord  GAD-1    900\n"
                  "GIZ-3  Foot  GAD-1\n");
    assert_prints(&lines, "gizmo list --size-min 100",
                  "Id     Name  Gadget  Size\n"
                  "GIZ-2  Cord  GAD-1    900\n");
    assert_prints(&lines, "gizmo list --size ''",
                  "Id     Name  Gadget\n"
                  "GIZ-3  Foot  GAD-1\n");
    assert_shows(&lines, "gizmo list --sort=-size --limit 1 --json", "\"next\":\"2:i900\"");
    assert_shows(&lines, "gizmo list --sort=-size --limit 1 --after 2:i900 --json", "GIZ-1");
    assert_prints(&lines, "gizmo list --name-not Foot --limit 1",
                  "Id     Name  Gadget  Size\n"
                  "GIZ-1  Knob  GAD-1     12\n");
    assert_text(out_view(&lines.err), "there are more: --after '1'\n");
    assert_fails(&lines, "gizmo list --sise 3", FAIL_USAGE, "--size");
    assert_fails(&lines, "gizmo list --limit 0", FAIL_INVALID, "1 to 1000");
    assert_fails(&lines, "gizmo list --after x", FAIL_INVALID, "'next'");
}

static void a_narrow_terminal_gets_the_columns_that_fit(void **state)
{
    (void)state;
    test_line(&lines, "gadget add --name Lamp");
    test_line(&lines, "gizmo add --gadget Lamp --name Knob --size 12");
    lines.terminal = (struct terminal){ .is_terminal = true, .width = 20 };
    assert_prints(&lines, "gizmo list", "Id     Name  Gadget\nGIZ-1  Knob  GAD-1\n");
}

static void a_verb_of_a_state_is_a_command(void **state)
{
    (void)state;
    test_line(&lines, "gadget add --name Lamp");
    assert_fails(&lines, "gadget finish Lamp", FAIL_CONFLICT, "'about' is needed");
    assert_prints(&lines, "gadget finish Lamp --about light", "GAD-1 Lamp: ready\n");
    assert_fails(&lines, "gadget finish Lamp", FAIL_CONFLICT, "possible now is");
    assert_fails(&lines, "gadget fly Lamp", FAIL_USAGE, "fly");
    assert_prints(&lines, "gadget send GAD-1", "GAD-1 Lamp: sent\n");
    assert_fails(&lines, "gadget undo GAD-1", FAIL_CONFLICT, "'send' cannot be undone");
}

static void dropping_says_how_it_is_undone(void **state)
{
    (void)state;
    test_line(&lines, "gadget add --name Lamp");
    assert_prints(&lines, "gadget drop Lamp",
                  "dropped GAD-1 Lamp; 'rondo gadget undo GAD-1' brings it back\n");
    assert_prints(&lines, "gadget list --archived --json --name Bulb",
                  "{\"items\":[],\"next\":null}\n");
    assert_shows(&lines, "gadget list --archived", "GAD-1");
    assert_fails(&lines, "gadget drop GAD-1", FAIL_CONFLICT, "dropped before");
    assert_prints(&lines, "gadget undo GAD-1", "undone: GAD-1 Lamp is as it was before\n");
    assert_shows(&lines, "gadget list", "GAD-1");
}

static void a_change_is_undone_by_its_number(void **state)
{
    (void)state;
    test_line(&lines, "gadget add --name Lamp");
    char line[64], words[96];
    long long change = change_id(&lines.store.call);
    snprintf(line, sizeof line, "undo %lld", change);
    snprintf(words, sizeof words, "change %lld is undone, by change %lld\n", change, change + 1);
    assert_prints(&lines, line, words);
    assert_fails(&lines, line, FAIL_CONFLICT, "undone before");
    assert_fails(&lines, "undo 999", FAIL_NOT_FOUND, "there is no change 999: 'rondo audit list'");
    assert_fails(&lines, "undo lamp", FAIL_USAGE, "'lamp' is not the number of a change");
}

static void links_are_shown_from_both_ends(void **state)
{
    (void)state;
    test_line(&lines, "gadget add --name Lamp");
    test_line(&lines, "gadget add --name Bulb");
    assert_prints(&lines, "link add --kind fixes --from GAD-2 --to gad-1", "LNK-1\n");
    assert_prints(&lines, "link list",
                  "Id     Kind   From   To     From record  From row  To record  To row\n"
                  "LNK-1  fixes  GAD-2  GAD-1  gadget              2  gadget          1\n");
    assert_shows(&lines, "gadget show Lamp", "  Link        GAD-2 Bulb fixes this\n");
    assert_shows(&lines, "gadget show Bulb", "  Link        fixes GAD-1 Lamp\n");
}

static void a_hostile_name_does_nothing_to_the_terminal(void **state)
{
    (void)state;
    assert_prints(&lines, "gadget add --name 'a\u202eb'", "GAD-1 a\\u202eb\n");
}

static void secrets_are_never_printed(void **state)
{
    (void)state;
    test_line(&lines, "gadget add --name Lamp --password canary");
    static const char *const typed[] = { "gadget show Lamp",   "gadget list",
                                         "gadget list --json", "gadget show Lamp --json",
                                         "audit list",         "audit list --json" };
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        assert_done(&lines.store.call, test_line(&lines, typed[i]));
        assert_true(text_find(out_view(&lines.out), TEXT("canary")) == SIZE_MAX);
    }
}

static void the_audit_is_listed_and_verified(void **state)
{
    (void)state;
    test_line(&lines, "gadget add --name Lamp");
    test_line(&lines, "gadget set Lamp --amount 9");
    assert_prints(
        &lines, "audit list --row GAD-1",
        "Change  At                    Who  Door  Verb  Row    What\n"
        "     7  2026-11-16T07:00:00Z  Ada  cli   set   GAD-1  amount\n"
        "     6  2026-11-16T07:00:00Z  Ada  cli   add   GAD-1  name, amount, is_loud, "
        "zone, state, cases\n");
    assert_shows(&lines, "audit list --record gadgets --limit 1 --json", "\"after\":\"9\"");
    assert_fails(&lines, "audit list --record lamps", FAIL_INVALID,
                 "there is no record called 'lamps'");
    assert_fails(&lines, "audit list --row lamp", FAIL_INVALID, "not the id of a row");
    assert_fails(&lines, "audit list --record team --row GAD-1", FAIL_INVALID,
                 "not a row of 'team'");
    assert_shows(&lines, "audit verify", "the audit is intact: 7 lines, 7 of them not sealed yet");
    assert_int_equal(lines.exit, EXIT_DONE);
    struct call *call = &lines.store.call;
    assert_done(call, store_begin(call));
    assert_done(
        call,
        sql_run(call, SQL(call, "UPDATE audit SET fields = replace(fields, 'Lamp', 'Bulb')")));
    assert_done(call, store_commit(call));
    assert_shows(&lines, "audit verify", "the audit was tampered with: line 6");
    assert_int_equal(lines.exit, EXIT_NO);
    assert_shows(&lines, "audit verify --json", "\"is_intact\":false");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_tables_are_sound),
        TEST(a_row_is_added_shown_and_changed_by_its_fields),
        TEST(bad_lines_are_refused),
        TEST(an_empty_list_teaches_how_it_is_filled),
        TEST(a_list_shows_what_is_set_and_filters_by_options),
        TEST(a_narrow_terminal_gets_the_columns_that_fit),
        TEST(a_verb_of_a_state_is_a_command),
        TEST(dropping_says_how_it_is_undone),
        TEST(a_change_is_undone_by_its_number),
        TEST(links_are_shown_from_both_ends),
        TEST(a_hostile_name_does_nothing_to_the_terminal),
        TEST(secrets_are_never_printed),
        TEST(the_audit_is_listed_and_verified),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
