/* Every rule of the catalogue, each broken once: a table of mistakes and what is said about them.
 */
#include "support/support.h"

#include "support/test_catalog.h"

/* A small sound catalogue that each case breaks at one place. */
enum { THING_NAME, THING_STATE, THING_TEAM, THING_PARTS, THING_FIELD_COUNT };

struct draft {
    struct field field[THING_FIELD_COUNT];
    struct transition step[4];
    struct record thing;
    struct record team;
    struct column column[3];
    struct table table;
    const struct record *record[2];
    const struct table *plain[1];
    struct catalog catalog;
};

static const char *const words[] = { "open", "shut", NULL };
static const char *const more_words[] = { "open", "shut", "gone", NULL };
static const char *const twice[] = { "open", "open", NULL };
static const char *const no_words[] = { NULL };

static const struct field team_fields[] = {
    { "name", "Name", "Its name.", FIELD_TEXT, .flags = FIELD_NEEDED },
};

static void draft_init(struct draft *draft)
{
    *draft = (struct draft){
        .field = {
            [THING_NAME] = { "name", "Name", "Its name.", FIELD_TEXT, FIELD_NEEDED },
            [THING_STATE] = { "state", "State", "Its state.", FIELD_CHOICE, FIELD_NEEDED,
                              .choices = words, .fallback = "open" },
            [THING_TEAM] = { "team", "Team", "Its team.", FIELD_REF, FIELD_NEEDED | FIELD_OWNED,
                             .refers = "team" },
            [THING_PARTS] = { "parts", "Parts", "Its parts.", FIELD_REFS, 0, .refers = "thing" },
        },
        .step = { { "open", "shut", "shut", 0, NULL, UNDO_YES } },
        .thing = { .name = "thing", .plural = "things", .prefix = "THI", .label = "Thing",
                   .help = "A thing.", .field_count = THING_FIELD_COUNT, .state = THING_STATE,
                   .unique = { { "name", "team" } }, .privacy = PRIVACY_TEAM },
        .team = { .name = "team", .plural = "teams", .prefix = "TEAM", .label = "Team",
                  .help = "A team.", .field = team_fields, .field_count = 1 },
        .column = { { "at", COLUMN_INT, true }, { "score", COLUMN_REAL, false } },
        .table = { .name = "reading", .key = { "at" }, .index = { { .column = { "score" } } } },
    };
    draft->thing.field = draft->field;
    draft->thing.states = draft->step;
    draft->table.column = draft->column;
    draft->record[0] = &draft->thing;
    draft->record[1] = &draft->team;
    draft->plain[0] = &draft->table;
    draft->catalog = (struct catalog){
        .record = draft->record, .record_count = 2, .table = draft->plain, .table_count = 1
    };
}

static void command_word(struct draft *d) { d->thing.name = "review"; }
static void capital_name(struct draft *d) { d->thing.name = "Thing"; }
static void bad_plural(struct draft *d) { d->thing.plural = "my-things"; }
static void long_prefix(struct draft *d) { d->thing.prefix = "THINGIE"; }
static void small_prefix(struct draft *d) { d->thing.prefix = "Thi"; }
static void no_help(struct draft *d) { d->thing.help = ""; }
static void many_fields(struct draft *d) { d->thing.field_count = ROW_FIELDS_MAX + 1; }
static void shared_plural(struct draft *d) { d->team.plural = "things"; }
static void unread_rows(struct draft *d) { d->field[THING_TEAM].flags = FIELD_OWNED; }
static void shared_prefix(struct draft *d) { d->team.prefix = "THI"; }
static void no_title(struct draft *d) { d->thing.title = THING_FIELD_COUNT; }
static void number_title(struct draft *d) { d->thing.title = THING_TEAM; }
static void bad_field_name(struct draft *d) { d->field[THING_NAME].name = "its__name"; }
static void built_in_name(struct draft *d) { d->field[THING_NAME].name = "version"; }
static void field_twice(struct draft *d) { d->field[THING_PARTS].name = "name"; }
static void no_label(struct draft *d) { d->field[THING_NAME].label = NULL; }
static void list_unique(struct draft *d) { d->field[THING_PARTS].flags = FIELD_UNIQUE; }
static void text_by_name(struct draft *d) { d->field[THING_NAME].flags = FIELD_BY_NAME; }
static void owned_refs(struct draft *d) { d->field[THING_PARTS].flags = FIELD_OWNED; }
static void secret_search(struct draft *d)
{
    d->field[THING_NAME].flags = FIELD_SECRET | FIELD_SEARCHED;
}
static void min_above_max(struct draft *d) { d->field[THING_NAME].min = 3; }
static void late_needed(struct draft *d) { d->field[THING_NAME].since = 2; }
static void no_choices(struct draft *d) { d->field[THING_STATE].choices = no_words; }
static void choice_twice(struct draft *d) { d->field[THING_STATE].choices = twice; }
static void choices_of_text(struct draft *d) { d->field[THING_NAME].choices = words; }
static void unknown_target(struct draft *d) { d->field[THING_PARTS].refers = "part"; }
static void no_target(struct draft *d) { d->field[THING_PARTS].refers = NULL; }
static void ref_fallback(struct draft *d) { d->field[THING_PARTS].fallback = "1"; }
static void bad_fallback(struct draft *d) { d->field[THING_STATE].fallback = "ajar"; }
static void unknown_unique(struct draft *d) { d->thing.unique[0][1] = "size"; }
static const char *const unknown_words[] = { "state", "size", NULL };
static const char *const title_words[] = { "name", NULL };
static void unknown_listed(struct draft *d) { d->thing.listed = unknown_words; }
static void title_listed(struct draft *d) { d->thing.listed = title_words; }
static void unknown_sort(struct draft *d)
{
    d->thing.usual_sort = "-size";
}
static void list_sort(struct draft *d)
{
    d->thing.usual_sort = "parts";
}
static void unknown_sought(struct draft *d) { d->thing.sought[0] = "size"; }
static void list_in_sought(struct draft *d) { d->thing.sought[0] = "parts"; }
static void unique_by_created(struct draft *d) { d->thing.unique[0][1] = "created"; }
static void sought_by_changed(struct draft *d) { d->thing.sought[0] = "changed"; }
static struct value always(const struct row *row, stamp now)
{
    (void)row;
    (void)now;
    return value_bool(true);
}

#define COMPUTED (FIELD_COUNTED | FIELD_COMPUTED)
static const struct computed good_computed[] = {
    { { "late", "Late", "Is it late.", FIELD_BOOL, .flags = COMPUTED }, always },
    { .value = NULL },
};
static const struct computed taken_computed[] = {
    { { "name", "Name", "Its name.", FIELD_TEXT, .flags = COMPUTED }, always },
    { .value = NULL },
};
static const struct computed stored_computed[] = {
    { { "late", "Late", "Is it late.", FIELD_BOOL, .flags = FIELD_COUNTED }, always },
    { .value = NULL },
};
static const struct computed ref_computed[] = {
    { { "late", "Late", "Is it late.", FIELD_REF, .flags = COMPUTED, .refers = "team" }, always },
    { .value = NULL },
};
static const struct computed empty_computed[] = {
    { { "late", "Late", "Is it late.", FIELD_BOOL, .flags = COMPUTED }, NULL },
    { .value = NULL },
};
static const char *const late_words[] = { "late", NULL };
static void name_computed_twice(struct draft *d) { d->thing.computed = taken_computed; }
static void computed_unflagged(struct draft *d) { d->thing.computed = stored_computed; }
static void computed_is_ref(struct draft *d) { d->thing.computed = ref_computed; }
static void computed_by_nothing(struct draft *d) { d->thing.computed = empty_computed; }
static void column_computed(struct draft *d) { d->field[THING_NAME].flags |= FIELD_COMPUTED; }

static void list_in_unique(struct draft *d) { d->thing.unique[1][0] = "parts"; }
static void other_team(struct draft *d) { d->field[THING_TEAM].refers = "thing"; }
static void state_not_needed(struct draft *d) { d->field[THING_STATE].flags = 0; }
static void state_no_fallback(struct draft *d) { d->field[THING_STATE].fallback = NULL; }
static void state_is_text(struct draft *d) { d->thing.state = THING_NAME; }
static void empty_verb(struct draft *d) { d->step[0].verb = ""; }
static void no_verb(struct draft *d) { d->step[0].verb = NULL; }
static void unknown_from(struct draft *d) { d->step[0].from = "ajar"; }
static void unknown_to(struct draft *d) { d->step[0].to = "ajar"; }
static void verb_twice(struct draft *d) { d->step[1] = d->step[0]; }
static void unreachable(struct draft *d) { d->field[THING_STATE].choices = more_words; }
static void table_like_record(struct draft *d) { d->table.name = "things"; }
static void table_like_refs(struct draft *d) { d->table.name = "thing_parts"; }
static void bad_table_name(struct draft *d) { d->table.name = "Reading"; }
static void unknown_key(struct draft *d) { d->table.key[0] = "when"; }
static void live_index(struct draft *d) { d->table.index[0].live_only = true; }
static void long_index(struct draft *d)
{
    d->table.name = "a_name_of_so_many_letters_that_its_index_is_cut_by_the_store";
}

static void two_parents(struct draft *d)
{
    d->field[THING_PARTS] = d->field[THING_TEAM];
    d->field[THING_PARTS].name = "other";
}

static const struct mistake {
    void (*make)(struct draft *draft);
    const char *said;
} mistakes[] = {
    { command_word, "has the name of a command" },
    { capital_name, "needs a snake_case name and plural" },
    { bad_plural, "needs a snake_case name and plural" },
    { long_prefix, "prefix of 2 to 6" },
    { small_prefix, "prefix of 2 to 6" },
    { no_help, "needs a label and a help" },
    { many_fields, "1 to 64 fields" },
    { shared_plural, "share a name or plural" },
    { unread_rows, "who reads the row: it must be needed" },
    { shared_prefix, "share the prefix 'THI'" },
    { no_title, "needs a title" },
    { number_title, "needs a title" },
    { bad_field_name, "not 'its__name'" },
    { built_in_name, "'version' of the record 'thing' has the name of a built-in" },
    { field_twice, "is there twice" },
    { no_label, "needs a label and a help" },
    { list_unique, "cannot be FIELD_UNIQUE" },
    { text_by_name, "cannot be FIELD_BY_NAME" },
    { owned_refs, "cannot be FIELD_OWNED" },
    { name_computed_twice, "needs a snake_case name of its own" },
    { computed_unflagged, "is computed: it needs a function, the flags" },
    { computed_is_ref, "a kind that is no ref" },
    { computed_by_nothing, "is computed: it needs a function" },
    { column_computed, "has a column and cannot be FIELD_COMPUTED" },
    { secret_search, "secret and cannot be searched" },
    { min_above_max, "min above its max" },
    { late_needed, "must have a fallback" },
    { no_choices, "needs choices" },
    { choice_twice, "empty or there twice" },
    { choices_of_text, "is no choice" },
    { unknown_target, "'parts' of the record 'thing' refers to a record that is not known" },
    { no_target, "not known" },
    { ref_fallback, "cannot have a fallback" },
    { bad_fallback, "a fallback that it would refuse" },
    { unknown_unique, "unique by 'size'" },
    { unknown_listed, "lists 'size'" },
    { title_listed, "lists 'name'" },
    { unknown_sort, "is sorted by '-size'" },
    { list_sort, "is sorted by 'parts'" },
    { list_in_unique, "unique by 'parts'" },
    { unknown_sought, "sought by 'size'" },
    { list_in_sought, "sought by 'parts'" },
    { unique_by_created, "unique by 'created'" },
    { sought_by_changed, "sought by 'changed'" },
    { other_team, "a ref 'team' to a team" },
    { state_not_needed, "a needed choice with a fallback" },
    { state_no_fallback, "a needed choice with a fallback" },
    { state_is_text, "a needed choice with a fallback" },
    { empty_verb, "verb is empty" },
    { no_verb, "without a verb" },
    { unknown_from, "does not have" },
    { unknown_to, "does not have" },
    { verb_twice, "is there twice from 'open'" },
    { unreachable, "'gone' of the record 'thing' cannot be reached from 'open'" },
    { table_like_record, "are called 'things'" },
    { table_like_refs, "are called 'thing_parts'" },
    { bad_table_name, "table 'Reading'" },
    { unknown_key, "keyed or indexed by 'when'" },
    { live_index, "no 'archived'" },
    { long_index, "more than 63 letters" },
    { two_parents, "owned by two parents" },
};

static void sound_catalogues_pass(void **state)
{
    (void)state;
    struct call call;
    struct draft draft;
    test_call_init(&call);
    draft_init(&draft);
    assert_done(&call, catalog_verify(&call, &draft.catalog));
    assert_done(&call, catalog_verify(&call, &test_catalog));
    call_release(&call);
}

static void every_mistake_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        struct call call;
        struct draft draft;
        test_call_init(&call);
        draft_init(&draft);
        mistakes[i].make(&draft);
        assert_false(catalog_verify(&call, &draft.catalog));
        assert_refused(&call, FAIL_INTERNAL, mistakes[i].said);
        call_release(&call);
    }
}

static void a_transition_from_any_state_reaches(void **state)
{
    (void)state;
    struct call call;
    struct draft draft;
    test_call_init(&call);
    draft_init(&draft);
    draft.field[THING_STATE].choices = more_words;
    draft.step[1] = (struct transition){ "", "gone", "drop_out", 0, NULL, UNDO_NO };
    assert_done(&call, catalog_verify(&call, &draft.catalog));
    call_release(&call);
}

static void rows_may_be_sought_by_when_they_were_made(void **state)
{
    (void)state;
    struct call call;
    struct draft draft;
    test_call_init(&call);
    draft_init(&draft);
    draft.thing.sought[0] = "name";
    draft.thing.sought[1] = "created";
    assert_done(&call, catalog_verify(&call, &draft.catalog));
    call_release(&call);
}

static void what_is_computed_may_be_listed(void **state)
{
    struct draft draft;
    struct call call;
    (void)state;
    draft_init(&draft);
    draft.thing.computed = good_computed;
    draft.thing.listed = late_words;
    draft.thing.usual_sort = "-state";
    test_call_init(&call);
    assert_true(catalog_verify(&call, &draft.catalog));
    assert_int_equal(record_shown(&draft.thing, TEXT("late")), THING_FIELD_COUNT);
    assert_int_equal(record_field(&draft.thing, TEXT("late")), -1);
    assert_int_equal(record_shown_count(&draft.thing), THING_FIELD_COUNT + 1);
    call_release(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_may_be_sought_by_when_they_were_made),
        cmocka_unit_test(what_is_computed_may_be_listed),
        cmocka_unit_test(sound_catalogues_pass),
        cmocka_unit_test(every_mistake_is_named),
        cmocka_unit_test(a_transition_from_any_state_reaches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
