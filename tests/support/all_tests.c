/*
 * All test programs as one, linked once: it runs the one whose name it is called by, for example
 * build/base-test_text. Another name is refused with code 2.
 */
#include <stdio.h>
#include <string.h>

#define TEST(name, main) int main(void);
#include "all_tests.inc"
#undef TEST

static const struct {
    const char *name;
    int (*main)(void);
} tests[] = {
#define TEST(name, main) { name, main },
#include "all_tests.inc"
#undef TEST
};

int main(int argc, char **argv)
{
    const char *path = argc > 0 ? argv[0] : "";
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (strcmp(tests[i].name, name) == 0)
            return tests[i].main();
    fprintf(stderr, "'%s' is no test; call one by its link beside this program, as build/%s\n",
            name, tests[0].name);
    return 2;
}
