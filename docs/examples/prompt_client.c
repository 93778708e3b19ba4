/*
 * A prompt of Rondo in an application: asked for every second, sent only when it is another one, kept when the server
 * is away. Printed as it is sent, one line of JSON for each version.
 *
 *     cc prompt_client.c -lcurl -o prompt_client
 *     RONDO_TOKEN=rondo_... ./prompt_client http://127.0.0.1:8080 greeting production
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { SECONDS = 1, TIMEOUT_S = 5, ADDRESS_MAX = 2048, HEADER_MAX = 512 };

struct prompt {
    char *json; /* the last good one; NULL until there was one */
    size_t size;
    char etag[HEADER_MAX]; /* of it; empty: none */
};

static size_t take_body(char *bytes, size_t one, size_t size, void *to)
{
    struct prompt *prompt = to;
    char *more = realloc(prompt->json, prompt->size + size + 1);
    if (!more)
        return 0;
    (void)one; /* always 1 */
    memcpy(more + prompt->size, bytes, size);
    prompt->json = more;
    prompt->size += size;
    prompt->json[prompt->size] = '\0';
    return size;
}

static size_t take_header(char *line, size_t one, size_t size, void *to)
{
    struct prompt *prompt = to;
    static const char name[] = "ETag: ";
    (void)one;
    if (size > sizeof name && strncasecmp(line, name, sizeof name - 1) == 0)
        snprintf(prompt->etag, sizeof prompt->etag, "%.*s",
                 (int)strcspn(line + sizeof name - 1, "\r\n"), line + sizeof name - 1);
    return size;
}

static struct curl_slist *headers_for(const struct prompt *known)
{
    struct curl_slist *list = NULL;
    char header[HEADER_MAX + 32];
    const char *token = getenv("RONDO_TOKEN");
    if (known->etag[0]) {
        snprintf(header, sizeof header, "If-None-Match: %s", known->etag);
        list = curl_slist_append(list, header);
    }
    if (token) {
        snprintf(header, sizeof header, "Authorization: Bearer %s", token);
        list = curl_slist_append(list, header);
    }
    return list;
}

/* The status of the reply, which is in `fresh`; 0: there was none, and `trouble` says why. */
static long ask(CURL *curl, const char *address, const struct prompt *known, struct prompt *fresh,
                char trouble[CURL_ERROR_SIZE])
{
    long status = 0;
    struct curl_slist *headers = headers_for(known);
    trouble[0] = '\0';
    curl_easy_setopt(curl, CURLOPT_URL, address);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, fresh);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, fresh);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, trouble);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TIMEOUT_S);
    if (curl_easy_perform(curl) == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    return status;
}

/* Whatever goes wrong, the last good one stays. */
static void refresh(CURL *curl, const char *address, struct prompt *prompt)
{
    struct prompt fresh = { NULL, 0, "" };
    char trouble[CURL_ERROR_SIZE];
    long status = ask(curl, address, prompt, &fresh, trouble);
    if (status == 200 && fresh.json) {
        free(prompt->json);
        *prompt = fresh;
        printf("%s\n", prompt->json);
        fflush(stdout);
        return;
    }
    free(fresh.json);
    if (status != 304)
        fprintf(stderr, "the last good prompt stays: the server answers %ld %s\n", status, trouble);
}

int main(int count, char **word)
{
    char address[ADDRESS_MAX];
    struct prompt prompt = { NULL, 0, "" };
    if (count != 3 && count != 4) {
        fprintf(stderr, "usage: prompt_client SERVER NAME [LABEL]\n");
        return 2;
    }
    CURL *curl = curl_easy_init(); /* one handle keeps its connection */
    if (!curl)
        return 1;
    char *name = curl_easy_escape(curl, word[2], 0);
    char *label = curl_easy_escape(curl, count == 4 ? word[3] : "production", 0);
    int size = name && label ? snprintf(address, sizeof address,
                                        "%s/api/v1/prompts/%s/serve?label=%s", word[1], name, label)
                             : -1;
    curl_free(name);
    curl_free(label);
    while (size > 0 && size < ADDRESS_MAX) {
        refresh(curl, address, &prompt);
        sleep(SECONDS);
    }
    return 1;
}
