/* See fyaml_library.h. */
#include "base/fyaml_library.h"

#include "base/library.h"

#include <pthread.h>

static struct fyaml_functions library;
static bool is_loaded;

static const struct library_function functions[] = {
#define FYAML_PLACE(name) { "fy_" #name, offsetof(struct fyaml_functions, name) },
    FYAML_FUNCTIONS(FYAML_PLACE)
#undef FYAML_PLACE
};

static void load(void)
{
    is_loaded = library_load("libfyaml.so.0", functions, sizeof functions / sizeof functions[0],
                             &library);
}

const struct fyaml_functions *fyaml_library(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return is_loaded ? &library : NULL;
}
