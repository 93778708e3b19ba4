/* See git2_library.h. Its interface changes with the version: the one that was built against. */
#include "base/git2_library.h"

#include "base/library.h"

#include <pthread.h>

static struct git2_functions library;
static bool is_loaded;

static const struct library_function functions[] = {
#define GIT2_PLACE(name) { "git_" #name, offsetof(struct git2_functions, name) },
    GIT2_FUNCTIONS(GIT2_PLACE)
#undef GIT2_PLACE
};

static void load(void)
{
    is_loaded = library_load("libgit2.so." LIBGIT2_SOVERSION, functions,
                             sizeof functions / sizeof functions[0], &library) &&
                library.libgit2_init() > 0;
}

const struct git2_functions *git2_library(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return is_loaded ? &library : NULL;
}
