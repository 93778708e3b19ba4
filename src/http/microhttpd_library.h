/*
 * libmicrohttpd, loaded when a server starts: it brings a dozen libraries of its own, and the
 * command line needs none of them.
 */
#ifndef RONDO_MICROHTTPD_LIBRARY_H
#define RONDO_MICROHTTPD_LIBRARY_H

#include <microhttpd.h>
#include <stdbool.h>

/* The functions that are used, by their names without the library's MHD_. */
#define MICROHTTPD_FUNCTIONS(each)                                                                 \
    each(add_response_header) each(create_response_from_buffer)                                    \
        each(create_response_from_callback) each(destroy_response) each(get_connection_values_n)   \
            each(queue_response) each(quiesce_daemon) each(resume_connection) each(start_daemon)   \
                each(stop_daemon) each(suspend_connection)

struct microhttpd {
#define MICROHTTPD_MEMBER(name) __typeof__(MHD_##name) *name;
    MICROHTTPD_FUNCTIONS(MICROHTTPD_MEMBER)
#undef MICROHTTPD_MEMBER
};

/* NULL: this machine has none that fits; never after a server has started. Any thread, any time. */
const struct microhttpd *microhttpd(void);

#endif
