/* See kept.h. */
#include "http/kept.h"

#include "base/stamp.h"

#include <pthread.h>

enum { QUERY_MAX = 4, PARTS = 3 + 2 * QUERY_MAX };

struct kept_reply {
    struct kept_name name;
    int64_t made_us;
    struct arena arena; /* holds the two texts */
    text body, etag;
};

struct kept_replies {
    pthread_mutex_t lock; /* of all places: it is held for a copy of one body */
    struct kept_reply reply[KEPT_REPLIES];
};

struct kept_replies *kept_replies_new(struct call *call)
{
    struct kept_replies *kept = call_new(call, struct kept_replies);
    if (!kept)
        return NULL;
    pthread_mutex_init(&kept->lock, NULL);
    for (size_t i = 0; i < KEPT_REPLIES; i++)
        arena_init(&kept->reply[i].arena, 2 * (size_t)KEPT_BYTES_MAX);
    return kept;
}

void kept_replies_release(struct kept_replies *kept)
{
    for (size_t i = 0; i < KEPT_REPLIES; i++)
        arena_release(&kept->reply[i].arena);
    pthread_mutex_destroy(&kept->lock);
}

/* --- under which name --- */

/* Of a browser's session more is asked than its cookie, such as from which page it comes. */
static bool is_for_keeping(const struct server_options *options, const struct request *request)
{
    return options->kept && options->moment && request->route->is_kept &&
           strcmp(request->method, "GET") == 0 && request->query_count <= QUERY_MAX &&
           !request_header(request, "cookie").at;
}

static struct hash digest_of(const struct request *request)
{
    text part[PARTS] = { request->path, request_header(request, "authorization") };
    size_t count = 2;
    /* An empty header names somebody else than none does. */
    part[count++] = part[1].at ? TEXT("named") : TEXT("unnamed");
    for (size_t i = 0; i < request->query_count; i++) {
        part[count++] = request->query[i].name;
        part[count++] = request->query[i].value;
    }
    return hash_strong_parts(part, count);
}

void kept_name_of(const struct server_options *options, const struct request *request,
                  struct kept_name *name)
{
    *name = (struct kept_name){ .is_kept = is_for_keeping(options, request) };
    if (!name->is_kept)
        return;
    name->moment = options->moment(options->context);
    name->is_kept = name->moment != 0;
    if (name->is_kept)
        name->digest = digest_of(request);
}

/* --- the shelf --- */

static struct kept_reply *place_of(struct kept_replies *kept, const struct kept_name *name)
{
    size_t number;
    memcpy(&number, name->digest.byte, sizeof number);
    return &kept->reply[number % KEPT_REPLIES];
}

static bool is_the_same(const struct kept_reply *reply, const struct kept_name *name)
{
    return reply->name.is_kept && reply->name.moment == name->moment &&
           memcmp(&reply->name.digest, &name->digest, sizeof name->digest) == 0 &&
           stamp_ticks() - reply->made_us < KEPT_AGE_US;
}

bool kept_give(struct kept_replies *kept, const struct kept_name *name, struct reply *reply)
{
    pthread_mutex_lock(&kept->lock);
    const struct kept_reply *found = place_of(kept, name);
    bool is_given = is_the_same(found, name);
    if (is_given) {
        reply_header(reply, "ETag", found->etag);
        out_text(&reply->body, found->body);
    }
    pthread_mutex_unlock(&kept->lock);
    return is_given;
}

static bool is_plain(const struct reply *reply)
{
    return reply->status == 200 && !reply->type && !reply->stream.read &&
           reply->header_count == 1 && strcmp(reply->header[0].name, "ETag") == 0 &&
           out_view(&reply->body).size <= KEPT_BYTES_MAX;
}

/* The copy's `at` is NULL when there is no room for it. */
static text copy(struct arena *arena, text source)
{
    char *at = arena_take_unset(arena, source.size + 1);
    if (at)
        memcpy(at, source.at, source.size);
    return (text){ at, at ? source.size : 0 };
}

static void put(struct kept_reply *to, const struct kept_name *name, const struct reply *reply)
{
    arena_release(&to->arena);
    arena_init(&to->arena, 2 * (size_t)KEPT_BYTES_MAX);
    to->body = copy(&to->arena, out_view(&reply->body));
    to->etag = copy(&to->arena, reply->header[0].value);
    to->name = *name;
    to->name.is_kept = to->body.at && to->etag.at;
    to->made_us = stamp_ticks();
}

void kept_put(struct kept_replies *kept, const struct kept_name *name, const struct reply *reply)
{
    if (!is_plain(reply))
        return;
    pthread_mutex_lock(&kept->lock);
    put(place_of(kept, name), name, reply);
    pthread_mutex_unlock(&kept->lock);
}
