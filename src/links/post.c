/* See post.h. */
#include "links/post.h"

#include "base/out.h"
#include "links/outward.h"

enum { BODY_MAX = 16 * 1024 };

bool link_answered(struct link_answer *answer, enum link_outcome outcome, text sentence)
{
    answer->outcome = outcome;
    answer->sentence = sentence;
    return true;
}

bool post_check_url(struct call *call, const char *field, text url, bool may_be_inside)
{
    return outward_is_address(url, may_be_inside) ||
           fail_at(call, field,
                   "a webhook's address begins with https:// and holds no user and no blank: copy "
                   "it from where it was made");
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
                        const struct outward *outward, struct call *call,
                        struct link_answer *answer)
{
    long sent = 0;
    curl->easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &sent);
    if (outward->was_inside)
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
    struct outward outward = { .may_be_inside = post->may_be_inside };
    const char *url = call_string(call, post->url);
    curl_off_t retry_after = 0;
    long status = 0;
    struct out body;
    if (!url)
        return false;
    out_init(&body, call);
    curl->easy_setopt(handle, CURLOPT_URL, url);
    outward_set(curl, handle, &outward);
    curl->easy_setopt(handle, CURLOPT_WRITEFUNCTION, catch_piece);
    curl->easy_setopt(handle, CURLOPT_WRITEDATA, &body);
    curl->easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)post->json.size);
    curl->easy_setopt(handle, CURLOPT_POSTFIELDS, post->json.at);
    struct curl_slist *headers = curl->slist_append(NULL, "Content-Type: application/json");
    curl->easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    CURLcode code = headers ? curl->easy_perform(handle) : CURLE_OUT_OF_MEMORY;
    curl->slist_free_all(headers);
    if (code != CURLE_OK)
        return tell_broken(curl, handle, code, &outward, call, answer);
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
