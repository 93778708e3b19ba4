/* Sorting: a list in order stays as it is, every other is sorted. */
#include "base/sort.h"
#include "support/runs.h"

struct item {
    int key, place;
};

static int by_key(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

static void a_list_in_order_keeps_the_places_of_equals(void **state)
{
    (void)state;
    struct item list[] = { { 1, 0 }, { 1, 1 }, { 2, 2 }, { 2, 3 }, { 2, 4 }, { 7, 5 } };
    sort_items(list, 6, sizeof *list, by_key);
    for (int i = 0; i < 6; i++)
        assert_int_equal(list[i].place, i);
}

static void every_order_of_a_few_is_sorted(void **state)
{
    (void)state;
    enum { MOST = 5 };
    for (int count = 0; count <= MOST; count++) {
        int orders = 1;
        for (int i = 0; i < count; i++)
            orders *= MOST;
        for (int order = 0; order < orders; order++) {
            struct item list[MOST];
            int seen[MOST] = { 0 };
            for (int i = 0, rest = order; i < count; i++, rest /= MOST)
                list[i] = (struct item){ rest % MOST, i };
            sort_items(list, (size_t)count, sizeof *list, by_key);
            for (int i = 0; i < count; i++) {
                assert_true(i == 0 || list[i - 1].key <= list[i].key);
                assert_int_equal(seen[list[i].place]++, 0);
            }
        }
    }
}

static int by_number(const void *left, const void *right)
{
    const int *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static void the_least_of_many_come_to_the_front(void **state)
{
    (void)state;
    enum { COUNT = 97 };
    int number[COUNT];
    for (size_t most = 0; most <= COUNT; most++) {
        const void *pointer[COUNT];
        int seen[COUNT] = { 0 };
        for (int i = 0; i < COUNT; i++) {
            number[i] = i * 35 % COUNT; /* each once, in no order */
            pointer[i] = &number[i];
        }
        sort_least(pointer, COUNT, most, by_number);
        for (size_t i = 0; i < COUNT; i++) {
            int found = *(const int *)pointer[i];
            assert_int_equal(seen[found]++, 0);
            assert_int_equal(i < most, found < (int)most);
        }
    }
}

static int by_value_and_place(const void *left, const void *right)
{
    const struct sorted_real *a = left, *b = right;
    if (a->value < b->value || a->value > b->value)
        return a->value < b->value ? -1 : 1;
    return (a->at > b->at) - (a->at < b->at);
}

/* Beside qsort: of all sizes, ties and tiny numbers among them. */
static void numbers_are_sorted_and_equal_ones_stay(void **state)
{
    (void)state;
    enum { MOST = 3000 };
    static struct sorted_real list[MOST], other[MOST], spare[MOST];
    uint64_t seed = 5;
    for (size_t count = 0; count <= MOST; count += count / 2 + 1) {
        for (size_t i = 0; i < count; i++) {
            double value = (double)test_random(&seed, 200) / 199;
            value = test_random(&seed, 3) ? value : value * value * 1e-300;
            list[i] = other[i] = (struct sorted_real){ value, i };
        }
        sort_reals(list, count, spare);
        qsort(other, count, sizeof *other, by_value_and_place);
        assert_memory_equal(list, other, count * sizeof *list);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_in_order_keeps_the_places_of_equals),
        cmocka_unit_test(every_order_of_a_few_is_sorted),
        cmocka_unit_test(the_least_of_many_come_to_the_front),
        cmocka_unit_test(numbers_are_sorted_and_equal_ones_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
