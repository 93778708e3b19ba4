/* See pull.h. */
#include "links/pull.h"

#include "base/out.h"
#include "links/outward.h"

enum { STAMP_BYTES_MAX = 200 }; /* of an ETag or a date that is kept */

/* What comes back: the document, and what is said of it. */
struct catching {
    struct call *call;
    struct out body;
    size_t size_max;
    bool is_over;
    text etag, modified;
};

static size_t catch_piece(char *piece, size_t size, size_t count, void *to)
{
    struct catching *catching = to;
    size_t total = size * count;
    catching->is_over = total > catching->size_max - catching->body.size;
    if (catching->is_over)
        return 0;
    out_text(&catching->body, (text){ piece, total });
    return catching->body.failed ? 0 : total;
}

static size_t catch_header(char *line, size_t size, size_t count, void *to)
{
    struct catching *catching = to;
    text value, name = text_cut((text){ line, size * count }, ':', &value);
    bool is_etag = text_same_word(text_trim(name), TEXT("ETag"));
    bool is_modified = text_same_word(text_trim(name), TEXT("Last-Modified"));
    if ((is_etag || is_modified) && value.at && value.size <= STAMP_BYTES_MAX)
        *(is_etag ? &catching->etag : &catching->modified) =
            call_text(catching->call, text_trim(value));
    return size * count;
}

/* --- why nothing came --- */

static bool put_failure(struct pulled *pulled, text sentence)
{
    pulled->failure = sentence;
    return sentence.at != NULL;
}

static bool tell_broken(struct call *call, const char *reason, const struct outward *outward,
                        const struct catching *catching, struct pulled *pulled)
{
    if (call->fail.kind != FAIL_NONE)
        return false;
    if (outward->was_inside)
        return put_failure(pulled, TEXT("the address lies in the own network: an owner of the "
                                        "workspace has to say that it is meant ('inside')"));
    if (catching->is_over)
        return put_failure(pulled, call_format(call, "it is larger than the %zu MB that are read",
                                               catching->size_max / (1024 * 1024)));
    return put_failure(pulled, call_format(call, "nobody answers: %s", reason));
}

static bool tell_status(struct call *call, long status, struct pulled *pulled)
{
    static const struct {
        int least, most;
        const char *why;
    } reasons[] = {
        { 300, 399, "it leads on to another address: give that one instead" },
        { 401, 401, "nobody is let in there: copy the address again from the other program" },
        { 403, 403, "nobody is let in there: copy the address again from the other program" },
        { 404, 404, "nothing is there: copy the address again from the other program" },
        { 410, 410, "nothing is there any more: copy the address again from the other program" },
        { 429, 429, "it was asked too often: it is asked again later" },
        { 500, 599, "it is in trouble: it is asked again later" },
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (status >= reasons[i].least && status <= reasons[i].most)
            return put_failure(pulled, call_format(call, "the other side answers %ld: %s", status,
                                                   reasons[i].why));
    return put_failure(pulled, call_format(call, "the other side answers %ld, which is no document",
                                           status));
}

/* --- asking --- */

/* One more header; false: no memory. */
static bool add_header(struct call *call, const struct curl_functions *curl, const char *name,
                       text value, struct curl_slist **headers)
{
    if (!value.size)
        return true;
    text line = call_format(call, "%s: %.*s", name, TEXT_FMT(value));
    struct curl_slist *longer = line.at ? curl->slist_append(*headers, line.at) : NULL;
    *headers = longer ? longer : *headers;
    return longer != NULL;
}

static CURLcode ask(struct call *call, const struct curl_functions *curl, CURL *handle,
                    const struct pull *pull)
{
    struct curl_slist *headers = NULL;
    CURLcode code = CURLE_OUT_OF_MEMORY;
    if (add_header(call, curl, "Accept", pull->accept, &headers) &&
        add_header(call, curl, "If-None-Match", pull->etag, &headers) &&
        add_header(call, curl, "If-Modified-Since", pull->modified, &headers)) {
        curl->easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
        code = curl->easy_perform(handle);
    }
    curl->slist_free_all(headers);
    return code;
}

static bool perform(struct call *call, const struct curl_functions *curl, CURL *handle,
                    const struct pull *pull, struct pulled *pulled)
{
    struct outward outward = { .may_be_inside = pull->may_be_inside };
    struct catching catching = { .call = call, .size_max = pull->size_max, .etag = TEXT_NONE };
    const char *url = call_string(call, pull->url);
    curl_off_t retry_after = 0;
    long status = 0;
    if (!url)
        return false;
    out_init(&catching.body, call);
    outward_set(curl, handle, &outward);
    curl->easy_setopt(handle, CURLOPT_URL, url);
    curl->easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");
    curl->easy_setopt(handle, CURLOPT_WRITEFUNCTION, catch_piece);
    curl->easy_setopt(handle, CURLOPT_WRITEDATA, &catching);
    curl->easy_setopt(handle, CURLOPT_HEADERFUNCTION, catch_header);
    curl->easy_setopt(handle, CURLOPT_HEADERDATA, &catching);
    CURLcode code = ask(call, curl, handle, pull);
    if (code != CURLE_OK)
        return tell_broken(call, curl->easy_strerror(code), &outward, &catching, pulled);
    curl->easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    curl->easy_getinfo(handle, CURLINFO_RETRY_AFTER, &retry_after);
    pulled->retry_after = (int64_t)retry_after;
    pulled->is_same = status == 304 && (pull->etag.size || pull->modified.size);
    if (status != 200 && !pulled->is_same)
        return tell_status(call, status, pulled);
    pulled->body = pulled->is_same ? TEXT_NONE : out_view(&catching.body);
    pulled->etag = catching.etag;
    pulled->modified = catching.modified;
    return call->fail.kind == FAIL_NONE;
}

bool pull_document(struct call *call, const struct pull *pull, struct pulled *pulled)
{
    const struct curl_functions *curl = curl_library();
    *pulled = (struct pulled){ .failure = TEXT_NONE };
    if (!curl)
        return put_failure(pulled, TEXT("'libcurl.so.4' is not on this machine: install the "
                                        "package libcurl4"));
    CURL *handle = curl->easy_init();
    if (!handle)
        return fail(call, FAIL_BUSY, "libcurl has no memory to ask for a document");
    bool done = perform(call, curl, handle, pull, pulled);
    curl->easy_cleanup(handle);
    return done;
}
