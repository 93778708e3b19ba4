/*
 * Connections to addresses that people gave: https alone, no redirect, no proxy, and only to the
 * outside. An address in the own network is refused unless whoever may say so said that it is
 * meant. Addresses are judged when the socket opens, whatever the name stood for before.
 */
#ifndef RONDO_OUTWARD_H
#define RONDO_OUTWARD_H

#include "base/curl_library.h"
#include "base/text.h"

#include <sys/socket.h>

struct outward {
    bool may_be_inside; /* http and the own network are allowed */
    bool was_inside;    /* why there is no connection */
};

/* Whether it reads like such an address: a host, no user, no blank. */
bool outward_is_address(text url, bool may_be_inside);

/*
 * Whether it lies in the own network, or in none: loopback, private, link-local, shared,
 * unspecified and multicast addresses, also where they are written as one of IPv6.
 */
bool outward_is_inside(const struct sockaddr *address);

/* Sets the handle to such connections; `outward` must live until it has performed. */
void outward_set(const struct curl_functions *curl, CURL *handle, struct outward *outward);

#endif
