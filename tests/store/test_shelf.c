/* What was worked out once: who is given it again, until when, and what makes room. */
#include "store/shelf.h"
#include "support/test_store.h"

#include <pthread.h>

enum { PLACES = 16, MOST_BYTES = 512 * 1024 * 1024, PIECE = 100 };

static const char kind, other_kind;

static struct shelf_name name_of(const void *of, const char *how, int64_t moment)
{
    const text part = text_of(how);
    return (struct shelf_name){ .of = of, .how = hash_strong_parts(&part, 1), .moment = moment };
}

/* A thing of `size` bytes that holds `word`; NULL: the shelf did not take it. */
static const char *lay(struct call *call, const struct shelf_name *name, const char *word,
                       size_t size)
{
    struct arena memory;
    arena_init(&memory, SIZE_MAX / 2);
    char *what = arena_take_unset(&memory, size);
    assert_non_null(what);
    snprintf(what, size, "%s", word);
    const struct sources sources = { .record = { &gadget_record }, .count = 1 };
    if (shelf_put(call, name, what, &sources, &memory))
        return what;
    assert_string_equal(what, word); /* it is still the caller's */
    arena_release(&memory);
    return NULL;
}

static void it_is_given_again_to_whom_it_was_made_for(void **state)
{
    struct test_store *at = *state;
    struct call call;
    const struct shelf_name name = name_of(&kind, "week 47", 1);
    test_call_as(&call, at, ADA);
    assert_null(shelf_find(&call, &name));
    const char *what = lay(&call, &name, "mine", PIECE);
    assert_ptr_equal(shelf_find(&call, &name), what);
    const struct shelf_name others[] = { name_of(&other_kind, "week 47", 1),
                                         name_of(&kind, "week 46", 1),
                                         name_of(&kind, "week 47", 2) };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_null(shelf_find(&call, &others[i]));
    test_act(&call, at, BEN);
    assert_null(shelf_find(&call, &name));
    test_act(&call, at, MACHINE);
    assert_null(shelf_find(&call, &name));
    test_call_end(&call);
    test_call_as(&call, at, ADA);
    assert_string_equal(shelf_find(&call, &name), "mine");
    test_call_end(&call);
}

/* What is asked for is how often it was made; 0: it cannot be made. */
static const void *make_counted(struct call *call, const void *ask)
{
    int *made = *(int *const *)ask;
    int *copy = call_new(call, int);
    assert_non_null(copy);
    if (*made < 0) {
        fail(call, FAIL_INVALID, "it cannot be made");
        return NULL;
    }
    *copy = ++*made;
    return copy;
}

static void what_is_not_there_is_made_once(void **state)
{
    struct test_store *at = *state;
    struct call call;
    int made = 0, *ask = &made;
    const struct shelf_name name = name_of(&kind, "week 47", 1),
                            next = name_of(&kind, "week 47", 2);
    test_call_as(&call, at, ADA);
    size_t used = call.arena.used;
    const int *first = shelf_have(&call, &name, make_counted, &ask);
    assert_int_equal(*first, 1);
    assert_int_equal(call.arena.used, used); /* it lies on the shelf */
    assert_ptr_equal(shelf_have(&call, &name, make_counted, &ask), first);
    assert_int_equal(made, 1);
    assert_int_equal(*(const int *)shelf_have(&call, &next, make_counted, &ask), 2);
    made = -1;
    assert_null(shelf_have(&call, &(struct shelf_name){ .of = &other_kind }, make_counted, &ask));
    assert_refused(&call, FAIL_INVALID, "it cannot be made");
    assert_null(shelf_find(&call, &(struct shelf_name){ .of = &other_kind }));
    test_call_end(&call);
}

static void what_is_held_outlives_what_came_after_it(void **state)
{
    struct test_store *at = *state;
    struct call holder, writer;
    const struct shelf_name old = name_of(&kind, "week 47", 1), new = name_of(&kind, "week 47", 2);
    test_call_as(&holder, at, ADA);
    test_call_as(&writer, at, ADA);
    const char *what = lay(&holder, &old, "old", PIECE);
    assert_non_null(lay(&writer, &new, "new", PIECE));
    assert_string_equal(what, "old");
    test_call_end(&holder);
    assert_ptr_equal(shelf_find(&writer, &old), what); /* nobody has taken its place yet */
    test_call_end(&writer);
    test_call_as(&writer, at, BEN);
    assert_non_null(lay(&writer, &new, "his", PIECE));
    test_call_end(&writer);
    test_call_as(&writer, at, ADA);
    const struct shelf_name newer = name_of(&kind, "week 47", 3),
                            other = name_of(&kind, "week 46", 3);
    assert_non_null(lay(&writer, &newer, "newer", PIECE));
    assert_non_null(lay(&writer, &other, "other", PIECE));
    assert_null(shelf_find(&writer, &old)); /* its namesake of a later moment has its place */
    assert_null(shelf_find(&writer, &new));
    assert_string_equal(shelf_find(&writer, &newer), "newer");
    test_act(&writer, at, BEN);
    assert_string_equal(shelf_find(&writer, &new), "his");
    test_call_end(&writer);
}

static void what_is_found_unchanged_stands_up_to_that_moment(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct sources sources;
    int64_t until = 0;
    const struct shelf_name made = name_of(&kind, "week 47", 3),
                            before = name_of(&kind, "week 47", 2),
                            between = name_of(&kind, "week 47", 5),
                            now = name_of(&kind, "week 47", 7),
                            other = name_of(&kind, "week 46", 7);
    test_call_as(&call, at, ADA);
    assert_false(shelf_find_earlier(&call, &now, &sources, &until));
    const char *what = lay(&call, &made, "mine", PIECE);
    assert_false(shelf_find_earlier(&call, &other, &sources, &until));
    assert_false(shelf_find_earlier(&call, &made, &sources, &until));
    assert_false(shelf_find_earlier(&call, &before, &sources, &until));
    assert_true(shelf_find_earlier(&call, &now, &sources, &until));
    assert_int_equal(until, 3);
    assert_int_equal(sources.count, 1);
    assert_ptr_equal(sources.record[0], &gadget_record);
    test_act(&call, at, BEN);
    assert_false(shelf_find_earlier(&call, &now, &sources, &until));
    shelf_stands(&call, &now, 3); /* he has no such thing */
    test_act(&call, at, ADA);
    assert_null(shelf_find(&call, &now));
    shelf_stands(&call, &now, 2); /* nor is there one that stood until then */
    assert_null(shelf_find(&call, &now));
    shelf_stands(&call, &now, 3);
    assert_ptr_equal(shelf_find(&call, &now), what);
    assert_ptr_equal(shelf_find(&call, &between), what);
    assert_ptr_equal(shelf_find(&call, &made), what);
    assert_null(shelf_find(&call, &before));
    test_call_end(&call);
}

/* Whoever is given a thing has read what it is made of. */
static const void *make_of_another(struct call *call, const void *ask)
{
    return shelf_find(call, ask);
}

static void what_is_made_of_a_thing_is_made_of_its_sources(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct sources sources;
    int64_t until;
    const struct shelf_name part = name_of(&kind, "part", 1),
                            whole = name_of(&other_kind, "all", 1),
                            later = name_of(&other_kind, "all", 2);
    test_call_as(&call, at, ADA);
    assert_non_null(lay(&call, &part, "part", PIECE));
    assert_non_null(shelf_have(&call, &whole, make_of_another, &part));
    assert_true(shelf_find_earlier(&call, &later, &sources, &until));
    assert_true(sources_have(&sources, TEXT("gadget")));
    assert_false(sources_have(&sources, TEXT("gizmo")));
    test_call_end(&call);
}

static void the_longest_unused_makes_room(void **state)
{
    static const char *const how[PLACES + 1] = { "0", "1",  "2",  "3",  "4",  "5",  "6",  "7", "8",
                                                 "9", "10", "11", "12", "13", "14", "15", "16" };
    struct test_store *at = *state;
    struct call call;
    struct shelf_name name[PLACES + 1];
    for (int i = 0; i <= PLACES; i++)
        name[i] = name_of(&kind, how[i], 1);
    test_call_as(&call, at, ADA);
    for (int i = 0; i < PLACES; i++)
        assert_non_null(lay(&call, &name[i], how[i], PIECE));
    assert_null(lay(&call, &name[PLACES], how[PLACES], PIECE)); /* all of them are held */
    test_call_end(&call);
    test_call_as(&call, at, ADA);
    assert_non_null(shelf_find(&call, &name[0]));
    test_call_end(&call);
    test_call_as(&call, at, ADA);
    assert_non_null(lay(&call, &name[PLACES], how[PLACES], PIECE));
    assert_null(shelf_find(&call, &name[1]));
    for (int i = 0; i <= PLACES; i++)
        assert_int_equal(shelf_find(&call, &name[i]) != NULL, i != 1);
    test_call_end(&call);
}

static void what_is_too_large_stays_the_callers(void **state)
{
    struct test_store *at = *state;
    struct call call;
    const struct shelf_name small = name_of(&kind, "small", 1), large = name_of(&kind, "large", 1);
    test_call_as(&call, at, ADA);
    assert_non_null(lay(&call, &small, "small", PIECE));
    test_call_end(&call);
    test_call_as(&call, at, ADA);
    assert_null(lay(&call, &large, "large", (size_t)MOST_BYTES + 1));
    assert_non_null(shelf_find(&call, &small));
    test_call_end(&call);
}

enum { READERS = 4, ROUNDS = 400, QUESTIONS = 5, ROUNDS_OF_MOMENT = 20 };

struct reader {
    pthread_t thread;
    const struct test_store *at;
    int wrong;
};

/* Asks for a thing of the moment and reads it while others lay theirs; else makes it. */
static void ask(struct call *call, struct reader *reader, int round)
{
    char word[16];
    struct arena memory;
    int question = round % QUESTIONS;
    int64_t moment = 1 + round / ROUNDS_OF_MOMENT;
    snprintf(word, sizeof word, "%d at %d", question, (int)moment);
    const struct shelf_name name = name_of(&kind, word, moment);
    const char *what = shelf_find(call, &name);
    if (what) {
        reader->wrong += strcmp(what, word) != 0;
        return;
    }
    arena_init(&memory, SIZE_MAX / 2);
    char *made = arena_take_unset(&memory, PIECE);
    snprintf(made, PIECE, "%s", word);
    if (!shelf_put(call, &name, made, &(struct sources){ .count = 0 }, &memory))
        arena_release(&memory);
}

static void *read_on(void *argument)
{
    struct reader *reader = argument;
    for (int round = 0; round < ROUNDS; round++) {
        struct call call;
        test_call_init(&call);
        call.all_rows = true;
        if (store_attach(&call, reader->at->store))
            ask(&call, reader, round);
        else
            reader->wrong++;
        store_leave(&call);
        call_release(&call);
    }
    return NULL;
}

static void threads_read_what_is_held_while_others_lay_theirs(void **state)
{
    struct reader reader[READERS];
    for (int i = 0; i < READERS; i++) {
        reader[i] = (struct reader){ .at = *state };
        assert_int_equal(pthread_create(&reader[i].thread, NULL, read_on, &reader[i]), 0);
    }
    for (int i = 0; i < READERS; i++) {
        pthread_join(reader[i].thread, NULL);
        assert_int_equal(reader[i].wrong, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(it_is_given_again_to_whom_it_was_made_for),
        WITH_STORE(what_is_not_there_is_made_once),
        WITH_STORE(what_is_held_outlives_what_came_after_it),
        WITH_STORE(what_is_found_unchanged_stands_up_to_that_moment),
        WITH_STORE(what_is_made_of_a_thing_is_made_of_its_sources),
        WITH_STORE(the_longest_unused_makes_room),
        WITH_STORE(threads_read_what_is_held_while_others_lay_theirs),
        WITH_STORE(what_is_too_large_stays_the_callers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
