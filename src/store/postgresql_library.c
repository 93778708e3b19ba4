/* See postgresql_library.h. */
#include "store/postgresql_library.h"

#include "base/library.h"

#include <pthread.h>

static struct postgresql_library library;
static bool is_loaded;

static const struct library_function functions[] = {
#define POSTGRESQL_PLACE(name) { "PQ" #name, offsetof(struct postgresql_library, name) },
    POSTGRESQL_FUNCTIONS(POSTGRESQL_PLACE)
#undef POSTGRESQL_PLACE
};

static void load(void)
{
    is_loaded =
        library_load("libpq.so.5", functions, sizeof functions / sizeof functions[0], &library);
}

const struct postgresql_library *postgresql_library(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return is_loaded ? &library : NULL;
}
