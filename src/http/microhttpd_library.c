/* See microhttpd_library.h. */
#include "http/microhttpd_library.h"

#include "base/library.h"

#include <pthread.h>

static struct microhttpd library;
static bool is_loaded;

static const struct library_function functions[] = {
#define MICROHTTPD_PLACE(name) { "MHD_" #name, offsetof(struct microhttpd, name) },
    MICROHTTPD_FUNCTIONS(MICROHTTPD_PLACE)
#undef MICROHTTPD_PLACE
};

static void load(void)
{
    is_loaded = library_load("libmicrohttpd.so.12", functions,
                             sizeof functions / sizeof functions[0], &library);
}

const struct microhttpd *microhttpd(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return is_loaded ? &library : NULL;
}
