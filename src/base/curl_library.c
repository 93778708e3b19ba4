/* See curl_library.h. */
#include "base/curl_library.h"

#include "base/library.h"

#include <pthread.h>

static struct curl_functions library;
static bool is_loaded;

static const struct library_function functions[] = {
#define CURL_PLACE(name) { "curl_" #name, offsetof(struct curl_functions, name) },
    CURL_FUNCTIONS(CURL_PLACE)
#undef CURL_PLACE
};

static void load(void)
{
    is_loaded =
        library_load("libcurl.so.4", functions, sizeof functions / sizeof functions[0], &library) &&
        library.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

const struct curl_functions *curl_library(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return is_loaded ? &library : NULL;
}
