/*
 * See listen.h. The socket is opened here and not by the HTTP library, which cannot say why it
 * could not.
 */
#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 511 };

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
};

static bool address_read(const char *host, union address *address)
{
    *address = (union address){ .six = { .sin6_family = AF_UNSPEC } };
    if (strcmp(host, "localhost") == 0)
        host = "127.0.0.1";
    if (inet_pton(AF_INET, host, &address->four.sin_addr) == 1) {
        address->any.sa_family = AF_INET;
        return true;
    }
    if (inet_pton(AF_INET6, host, &address->six.sin6_addr) == 1) {
        address->any.sa_family = AF_INET6;
        return true;
    }
    return false;
}

bool listen_is_loopback(const char *host)
{
    union address address;
    if (!address_read(host, &address))
        return false;
    if (address.any.sa_family == AF_INET)
        return ntohl(address.four.sin_addr.s_addr) >> 24 == 127;
    return IN6_IS_ADDR_LOOPBACK(&address.six.sin6_addr);
}

static bool fail_bind(struct call *call, const char *host, int port)
{
    if (errno == EADDRINUSE)
        return fail(call, FAIL_STORE,
                    "port %d of '%s' is in use by another program: stop it or choose another port",
                    port, host);
    if (errno == EACCES)
        return fail(call, FAIL_STORE,
                    "port %d of '%s' is not allowed for this user: choose one from 1024 on", port,
                    host);
    if (errno == EADDRNOTAVAIL)
        return fail(call, FAIL_INVALID, "'%s' is not an address of this machine: try '127.0.0.1'",
                    host);
    return fail(call, FAIL_STORE, "cannot listen on port %d of '%s': %s", port, host,
                strerror(errno));
}

static bool bind_and_listen(int fd, const union address *address)
{
    int on = 1; /* a restart need not wait for the old connections to be forgotten */
    return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
           bind(fd, &address->any, sizeof *address) == 0 && listen(fd, BACKLOG) == 0;
}

static int port_of(int fd)
{
    union address address;
    socklen_t size = sizeof address;
    if (getsockname(fd, &address.any, &size) != 0)
        return 0;
    return ntohs(address.any.sa_family == AF_INET ? address.four.sin_port : address.six.sin6_port);
}

int listen_open(struct call *call, const char *host, int port, int *bound_port)
{
    union address address;
    if (!address_read(host, &address)) {
        fail(call, FAIL_INVALID,
             "cannot listen on '%s': give an address such as '127.0.0.1', '::1' or 'localhost'",
             host);
        return -1;
    }
    if (port < 0 || port > 65535) {
        fail(call, FAIL_INVALID, "%d is not a port: give a number from 0 to 65535", port);
        return -1;
    }
    if (address.any.sa_family == AF_INET)
        address.four.sin_port = htons((uint16_t)port);
    else
        address.six.sin6_port = htons((uint16_t)port);
    int fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || !bind_and_listen(fd, &address)) {
        fail_bind(call, host, port);
        if (fd >= 0)
            close(fd);
        return -1;
    }
    *bound_port = port_of(fd);
    return fd;
}
