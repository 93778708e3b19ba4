/* See outward.h. */
#include "links/outward.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

enum { OUTWARD_SECONDS = 20, OUTWARD_CONNECT_SECONDS = 10 };

bool outward_is_address(text url, bool may_be_inside)
{
    text rest = text_starts(url, TEXT("https://"))                   ? text_from(url, 8)
                : may_be_inside && text_starts(url, TEXT("http://")) ? text_from(url, 7)
                                                                     : TEXT_NONE;
    text host = rest.at ? text_cut(rest, '/', &(text){ 0 }) : TEXT_NONE;
    bool is_plain = host.size > 0 && text_find(host, TEXT("@")) == SIZE_MAX;
    for (size_t i = 0; i < url.size; i++)
        is_plain &= (unsigned char)url.at[i] > ' ' && (unsigned char)url.at[i] < 0x7f;
    return is_plain;
}

/* --- where it leads --- */

/* Loopback, private, link-local, shared and unspecified networks, and the multicast ones. */
static bool is_inside_4(uint32_t address)
{
    static const struct {
        uint32_t network;
        int bits;
    } inside[] = { { 0x00000000, 8 },  { 0x0a000000, 8 },  { 0x64400000, 10 }, { 0x7f000000, 8 },
                   { 0xa9fe0000, 16 }, { 0xac100000, 12 }, { 0xc0000000, 24 }, { 0xc0a80000, 16 },
                   { 0xc6120000, 15 }, { 0xe0000000, 3 } };
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        if ((address ^ inside[i].network) >> (32 - inside[i].bits) == 0)
            return true;
    return false;
}

static bool is_inside_6(const struct in6_addr *address)
{
    const unsigned char *byte = address->s6_addr;
    if (IN6_IS_ADDR_V4MAPPED(address) || IN6_IS_ADDR_V4COMPAT(address))
        return is_inside_4((uint32_t)byte[12] << 24 | (uint32_t)byte[13] << 16 |
                           (uint32_t)byte[14] << 8 | byte[15]) ||
               !IN6_IS_ADDR_V4MAPPED(address);
    bool is_unique_local = (byte[0] & 0xfe) == 0xfc;
    bool is_translated = byte[0] == 0 && byte[1] == 0x64 && byte[2] == 0xff && byte[3] == 0x9b;
    return is_unique_local || is_translated || IN6_IS_ADDR_LINKLOCAL(address) ||
           IN6_IS_ADDR_MULTICAST(address) || IN6_IS_ADDR_LOOPBACK(address) ||
           IN6_IS_ADDR_UNSPECIFIED(address);
}

bool outward_is_inside(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;
        memcpy(&in, address, sizeof in);
        return is_inside_4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in;
        memcpy(&in, address, sizeof in);
        return is_inside_6(&in.sin6_addr);
    }
    return true;
}

static curl_socket_t open_socket(void *to, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct outward *outward = to;
    (void)purpose;
    if (!outward->may_be_inside && outward_is_inside(&address->addr)) {
        outward->was_inside = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void outward_set(const struct curl_functions *curl, CURL *handle, struct outward *outward)
{
    curl->easy_setopt(handle, CURLOPT_PROTOCOLS_STR,
                      outward->may_be_inside ? "http,https" : "https");
    curl->easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl->easy_setopt(handle, CURLOPT_PROXY, "");
    curl->easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl->easy_setopt(handle, CURLOPT_TIMEOUT, (long)OUTWARD_SECONDS);
    curl->easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, (long)OUTWARD_CONNECT_SECONDS);
    curl->easy_setopt(handle, CURLOPT_USERAGENT, "rondo/" RONDO_VERSION);
    curl->easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl->easy_setopt(handle, CURLOPT_OPENSOCKETDATA, outward);
}
