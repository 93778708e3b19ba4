/*
 * libcurl, loaded when something is fetched: it brings two dozen libraries of its own, and hardly
 * any command needs it.
 */
#ifndef RONDO_CURL_LIBRARY_H
#define RONDO_CURL_LIBRARY_H

#include <curl/curl.h>
#include <stdbool.h>

/* The functions that are used, by their names without the library's curl_. */
#define CURL_FUNCTIONS(each)                                                                       \
    each(easy_cleanup) each(easy_getinfo) each(easy_init) each(easy_perform) each(easy_setopt)     \
        each(easy_strerror) each(global_init) each(slist_append) each(slist_free_all)

struct curl_functions {
#define CURL_MEMBER(name) __typeof__(curl_##name) *name;
    CURL_FUNCTIONS(CURL_MEMBER)
#undef CURL_MEMBER
};

/* NULL: this machine has none that fits. Any thread, any time. */
const struct curl_functions *curl_library(void);

#endif
