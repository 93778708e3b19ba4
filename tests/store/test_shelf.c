/* What was worked out once: who is given it again, until when, and what makes room. */
#include "store/shelf.h"
#include "support/test_store.h"

#include <pthread.h>

enum { PLACES = 8, MOST_BYTES = 512 * 1024 * 1024, PIECE = 100 };

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
    if (shelf_put(call, name, what, &memory))
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
    assert_ptr_equal(shelf_find(&writer, &old), what); /* nothing needs its place yet */
    test_call_end(&writer);
    test_call_as(&writer, at, BEN);
    assert_non_null(lay(&writer, &new, "his", PIECE));
    test_call_end(&writer);
    test_call_as(&holder, at, ADA);
    assert_null(shelf_find(&holder, &old)); /* what is of an earlier moment went first */
    assert_string_equal(shelf_find(&holder, &new), "new");
    test_call_end(&holder);
}

static void the_longest_unused_makes_room(void **state)
{
    static const char *const how[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8" };
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
    if (!shelf_put(call, &name, made, &memory))
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
        WITH_STORE(what_is_held_outlives_what_came_after_it),
        WITH_STORE(the_longest_unused_makes_room),
        WITH_STORE(threads_read_what_is_held_while_others_lay_theirs),
        WITH_STORE(what_is_too_large_stays_the_callers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
