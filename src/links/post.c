/* See post.h. */
#include "links/post.h"

#include "base/curl_library.h"
#include "base/out.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

enum { POST_SECONDS = 20, POST_CONNECT_SECONDS = 10, BODY_MAX = 16 * 1024 };

bool link_answered(struct link_answer *answer, enum link_outcome outcome, text sentence)
{
    answer->outcome = outcome;
    answer->sentence = sentence;
    return true;
}

bool post_check_url(struct call *call, const char *field, text url, bool may_be_inside)
{
    text rest = text_starts(url, TEXT("https://"))                   ? text_from(url, 8)
                : may_be_inside && text_starts(url, TEXT("http://")) ? text_from(url, 7)
                                                                     : TEXT_NONE;
    text host = rest.at ? text_cut(rest, '/', &(text){ 0 }) : TEXT_NONE;
    bool is_plain = host.size > 0 && text_find(host, TEXT("@")) == SIZE_MAX;
    for (size_t i = 0; i < url.size; i++)
        is_plain &= (unsigned char)url.at[i] > ' ' && (unsigned char)url.at[i] < 0x7f;
    return is_plain || fail_at(call, field,
                               "a webhook's address begins with https:// and holds no user and no "
                               "blank: copy it from where it was made");
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

static bool is_inside(const struct sockaddr *address)
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

struct connecting {
    bool may_be_inside, was_inside;
};

static curl_socket_t open_socket(void *to, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct connecting *connecting = to;
    (void)purpose;
    if (!connecting->may_be_inside && is_inside(&address->addr)) {
        connecting->was_inside = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* --- what comes back --- */

/* More than BODY_MAX says nothing that we would read: it is taken and forgotten. */
static size_t catch_piece(char *piece, size_t size, size_t count, void *to)
{
    struct out *out = to;
    size_t total = size * count;
    if (out->size + total <= BODY_MAX)
        out_text(out, (text){ piece, total });
    return total;
}

static bool tell_broken(const struct curl_functions *curl, CURL *handle, CURLcode code,
                        const struct connecting *connecting, struct call *call,
                        struct link_answer *answer)
{
    long sent = 0;
    curl->easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &sent);
    if (connecting->was_inside)
        return link_answered(answer, LINK_REFUSED,
                             TEXT("the address lies in the own network: the owner of the channel "
                                  "has to say that it is meant ('inside')"));
    text reason = text_of(curl->easy_strerror(code));
    if (sent > 0)
        return link_answered(answer, LINK_UNSURE,
                             call_format(call, "the connection broke when it was on its way: %.*s",
                                         TEXT_FMT(reason)));
    return link_answered(answer, LINK_AGAIN,
                         call_format(call, "nobody answers: %.*s", TEXT_FMT(reason)));
}

static bool perform(struct call *call, const struct curl_functions *curl, CURL *handle,
                    const struct post *post, struct posted *posted, struct link_answer *answer)
{
    struct connecting connecting = { .may_be_inside = post->may_be_inside };
    const char *url = call_string(call, post->url);
    curl_off_t retry_after = 0;
    long status = 0;
    struct out body;
    if (!url)
        return false;
    out_init(&body, call);
    curl->easy_setopt(handle, CURLOPT_URL, url);
    curl->easy_setopt(handle, CURLOPT_PROTOCOLS_STR, post->may_be_inside ? "http,https" : "https");
    curl->easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl->easy_setopt(handle, CURLOPT_PROXY, "");
    curl->easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl->easy_setopt(handle, CURLOPT_TIMEOUT, (long)POST_SECONDS);
    curl->easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, (long)POST_CONNECT_SECONDS);
    curl->easy_setopt(handle, CURLOPT_USERAGENT, "rondo/" RONDO_VERSION);
    curl->easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl->easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &connecting);
    curl->easy_setopt(handle, CURLOPT_WRITEFUNCTION, catch_piece);
    curl->easy_setopt(handle, CURLOPT_WRITEDATA, &body);
    curl->easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)post->json.size);
    curl->easy_setopt(handle, CURLOPT_POSTFIELDS, post->json.at);
    struct curl_slist *headers = curl->slist_append(NULL, "Content-Type: application/json");
    curl->easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    CURLcode code = headers ? curl->easy_perform(handle) : CURLE_OUT_OF_MEMORY;
    curl->slist_free_all(headers);
    if (code != CURLE_OK)
        return tell_broken(curl, handle, code, &connecting, call, answer);
    curl->easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    curl->easy_getinfo(handle, CURLINFO_RETRY_AFTER, &retry_after);
    *posted = (struct posted){ .status = (int)status, .body = out_view(&body),
                               .retry_after = (int64_t)retry_after };
    return posted->body.at || body.size == 0;
}

bool post_json(struct call *call, const struct post *post, struct posted *posted,
               struct link_answer *answer)
{
    const struct curl_functions *curl = curl_library();
    *posted = (struct posted){ .status = 0 };
    *answer = (struct link_answer){ .outcome = LINK_AGAIN };
    if (!curl)
        return link_answered(answer, LINK_AGAIN,
                             TEXT("'libcurl.so.4' is not on this machine: install the package "
                                  "libcurl4"));
    CURL *handle = curl->easy_init();
    if (!handle)
        return fail(call, FAIL_BUSY, "libcurl has no memory to send a message");
    bool done = perform(call, curl, handle, post, posted, answer);
    curl->easy_cleanup(handle);
    return done;
}
