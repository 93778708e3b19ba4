/*
 * Replies that go on (reply.h): which are open, what each has still to send, and the waiting
 * between two pieces, in which a connection costs no thread.
 *
 *   READING   the next piece is made               on the connection's thread
 *   SENDING   a piece is on its way
 *   ASLEEP    there was nothing to say             until stream_wake_all
 *   ENDED     what was left is on its way
 *
 * Invariants: a stream that is woken while it is not asleep reads again before it sleeps, so that
 * no wake is lost; after stream_end_all none falls asleep. It knows nothing of what is said.
 */
#ifndef RONDO_STREAM_H
#define RONDO_STREAM_H

#include "http/microhttpd_library.h"
#include "http/server_options.h"

#include <pthread.h>

enum { STREAMS_MAX = 1000 };

struct stream;

/* The streams of one server. */
struct stream_home {
    const struct server_options *options;
    pthread_mutex_t lock; /* of the list, and of who is asleep */
    struct stream *first;
    int count;
    bool is_ending;
};

void stream_home_init(struct stream_home *home, const struct server_options *options);
void stream_home_release(struct stream_home *home);

/* In the call's memory. NULL: the call has failed, because so many listen already. */
struct stream *stream_open(struct stream_home *home, struct call *call,
                           struct MHD_Connection *connection, const struct request *request,
                           const struct reply_stream *source);
void stream_close(struct stream *stream);

/* What libmicrohttpd asks for the next bytes. */
ssize_t stream_take(void *of, uint64_t position, char *room, size_t size);

/* All look again whether there is something to say; or end after what they have begun to send. */
void stream_wake_all(struct stream_home *home);
void stream_end_all(struct stream_home *home);

#endif
