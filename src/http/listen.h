/*
 * The socket that listens, and what its address means: a loopback address is reached from this
 * machine only. Names other than "localhost" are not resolved.
 */
#ifndef RONDO_LISTEN_H
#define RONDO_LISTEN_H

#include "base/call.h"

/*
 * A listening socket, or -1: the host is no address, or the port is taken. `*bound_port` is the
 * real one when port is 0.
 */
int listen_open(struct call *call, const char *host, int port, int *bound_port);

/* True for "localhost", 127.0.0.0/8 and ::1. */
bool listen_is_loopback(const char *host);

#endif
