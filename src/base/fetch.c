/* See fetch.h. */
#include "base/fetch.h"

#include "base/curl_library.h"

enum { FETCH_SECONDS = 30, FETCH_CONNECT_SECONDS = 10 };

#define FETCH_SIZE_MAX ((size_t)64 * 1024 * 1024)

bool fetch_check_url(struct call *call, const char *field, text url)
{
    text rest = text_starts(url, TEXT("http://"))    ? text_from(url, 7)
                : text_starts(url, TEXT("https://")) ? text_from(url, 8)
                                                     : TEXT_NONE,
         after;
    text host = rest.at ? text_cut(rest, '/', &after) : TEXT_NONE;
    if (!host.size)
        return fail_at(call, field,
                       "'%.*s' is not an address of http or https: write it like "
                       "http://prometheus:9090",
                       TEXT_FMT(url));
    for (size_t i = 0; i < url.size; i++)
        if ((unsigned char)url.at[i] <= ' ' || url.at[i] == '?' || url.at[i] == '#')
            return fail_at(call, field,
                           "an address has no blank, '?' or '#': leave out what "
                           "follows the path of '%.*s'",
                           TEXT_FMT(url));
    if (text_find(host, TEXT("@")) != SIZE_MAX)
        return fail_at(call, field,
                       "an address holds no user and no password: everybody who sees "
                       "the series would read them");
    return true;
}

void fetch_form_add(struct out *form, const char *name, text value)
{
    out_format(form, "%s%s=", form->size ? "&" : "", name);
    for (size_t i = 0; i < value.size; i++) {
        unsigned char c = (unsigned char)value.at[i];
        bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
        if (is_plain)
            out_char(form, (char)c);
        else
            out_format(form, "%%%02X", c);
    }
}

/* What has come so far. */
struct catching {
    struct out out;
    size_t size_max;
    bool is_over;
};

static size_t catch_piece(char *piece, size_t size, size_t count, void *to)
{
    struct catching *catching = to;
    size_t total = size * count;
    catching->is_over = total > catching->size_max - catching->out.size;
    if (catching->is_over)
        return 0;
    out_text(&catching->out, (text){ piece, total });
    return catching->out.failed ? 0 : total;
}

static bool fail_fetch(struct call *call, const struct fetch *question,
                       const struct catching *catching, const char *reason)
{
    if (call->fail.kind != FAIL_NONE)
        return false;
    if (catching->is_over)
        return fail(call, FAIL_TOO_LARGE, "'%.*s' answers more than %zu MiB: ask for less",
                    TEXT_FMT(question->url), catching->size_max / (1024 * 1024));
    return fail(call, FAIL_BUSY, "cannot fetch '%.*s': %s; try again when it answers",
                TEXT_FMT(question->url), reason);
}

/* The headers beside libcurl's own; NULL when there are none, or no memory: then `*is_full`. */
static struct curl_slist *headers_of(struct call *call, const struct curl_functions *curl,
                                     const struct fetch *question, bool *is_full)
{
    struct curl_slist *list = NULL;
    *is_full = false;
    if (question->json.at)
        list = curl->slist_append(list, "Content-Type: application/json");
    if (question->bearer.at) {
        text line = call_format(call, "Authorization: Bearer %.*s", TEXT_FMT(question->bearer));
        struct curl_slist *longer = line.at ? curl->slist_append(list, line.at) : NULL;
        *is_full = !longer;
        list = longer ? longer : list;
    }
    return list;
}

static bool perform(struct call *call, const struct curl_functions *curl, CURL *handle,
                    const struct fetch *question, struct fetched *answer)
{
    char reason[CURL_ERROR_SIZE] = "";
    long status = 0, seconds = question->seconds_max ? question->seconds_max : FETCH_SECONDS;
    struct catching catching = { .size_max =
                                     question->size_max ? question->size_max : FETCH_SIZE_MAX };
    const char *url = call_string(call, question->url);
    if (!url)
        return false;
    out_init(&catching.out, call);
    curl->easy_setopt(handle, CURLOPT_URL, url);
    curl->easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl->easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl->easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl->easy_setopt(handle, CURLOPT_TIMEOUT, seconds);
    curl->easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, (long)FETCH_CONNECT_SECONDS);
    curl->easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");
    curl->easy_setopt(handle, CURLOPT_USERAGENT, "rondo/" RONDO_VERSION);
    curl->easy_setopt(handle, CURLOPT_ERRORBUFFER, reason);
    curl->easy_setopt(handle, CURLOPT_WRITEFUNCTION, catch_piece);
    curl->easy_setopt(handle, CURLOPT_WRITEDATA, &catching);
    text body = question->form.at ? question->form : question->json;
    if (body.at) {
        curl->easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.size);
        curl->easy_setopt(handle, CURLOPT_POSTFIELDS, body.at);
    }
    bool is_full;
    struct curl_slist *headers = headers_of(call, curl, question, &is_full);
    curl->easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    CURLcode code = is_full ? CURLE_OUT_OF_MEMORY : curl->easy_perform(handle);
    curl->slist_free_all(headers);
    if (code != CURLE_OK)
        return fail_fetch(call, question, &catching,
                          reason[0] ? reason : curl->easy_strerror(code));
    curl->easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    *answer = (struct fetched){ .status = (int)status, .body = out_view(&catching.out) };
    return true;
}

bool fetch(struct call *call, const struct fetch *question, struct fetched *answer)
{
    const struct curl_functions *curl = curl_library();
    if (!curl)
        return fail(call, FAIL_BUSY,
                    "'libcurl.so.4' is not on this machine, which fetching needs: "
                    "install the package libcurl4");
    if (!fetch_check_url(call, "url", question->url))
        return false;
    CURL *handle = curl->easy_init();
    if (!handle)
        return fail(call, FAIL_BUSY, "libcurl has no memory to fetch '%.*s'",
                    TEXT_FMT(question->url));
    bool done = perform(call, curl, handle, question, answer);
    curl->easy_cleanup(handle);
    return done;
}
