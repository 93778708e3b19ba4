/* See postgresql_library.h. The library stays loaded until the process ends. */
#include "store/postgresql_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>

static struct postgresql_library library;
static bool is_loaded;

/* Where the address of each function goes. */
static const struct {
    const char *symbol;
    size_t place;
} functions[] = {
#define POSTGRESQL_PLACE(name) { "PQ" #name, offsetof(struct postgresql_library, name) },
    POSTGRESQL_FUNCTIONS(POSTGRESQL_PLACE)
#undef POSTGRESQL_PLACE
};

static void load(void)
{
    void *handle = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; handle && i < sizeof functions / sizeof functions[0]; i++) {
        void *address = dlsym(handle, functions[i].symbol);
        if (!address)
            return;
        /* C has no cast from an object's address to a function's; POSIX has their bytes alike. */
        memcpy((char *)&library + functions[i].place, &address, sizeof address);
    }
    is_loaded = handle != NULL;
}

const struct postgresql_library *postgresql_library(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return is_loaded ? &library : NULL;
}
