/* See stream.h. */
#include "http/stream.h"

#include "base/stamp.h"

struct stream {
    struct stream_home *home;
    struct stream *next, *before;
    struct MHD_Connection *connection;
    const struct request *request;
    struct reply_stream source;

    bool is_woken;  /* guarded by the home's lock */
    bool is_asleep; /* likewise: the connection is suspended */

    struct call call; /* owns the piece that is being sent */
    text left;        /* what is left of it */
    bool has_ended;
};

void stream_home_init(struct stream_home *home, const struct server_options *options)
{
    *home = (struct stream_home){ .options = options };
    pthread_mutex_init(&home->lock, NULL);
}

void stream_home_release(struct stream_home *home)
{
    pthread_mutex_destroy(&home->lock);
}

/* --- the list --- */

static bool enlist(struct stream_home *home, struct stream *stream)
{
    pthread_mutex_lock(&home->lock);
    bool has_room = home->count < STREAMS_MAX;
    if (has_room) {
        home->count++;
        stream->next = home->first;
        if (home->first)
            home->first->before = stream;
        home->first = stream;
    }
    pthread_mutex_unlock(&home->lock);
    return has_room;
}

struct stream *stream_open(struct stream_home *home, struct call *call,
                           struct MHD_Connection *connection, const struct request *request,
                           const struct reply_stream *source)
{
    struct stream *stream = call_new(call, struct stream);
    if (!stream)
        return NULL;
    *stream = (struct stream){ .home = home,
                               .connection = connection,
                               .request = request,
                               .source = *source,
                               .is_woken = true };
    call_init(&stream->call, 0);
    if (enlist(home, stream))
        return stream;
    fail(call, FAIL_BUSY,
         "%d clients listen to this server already: try again when one of them has left, or ask "
         "another server of the workspace",
         STREAMS_MAX);
    return NULL;
}

void stream_close(struct stream *stream)
{
    struct stream_home *home = stream->home;
    pthread_mutex_lock(&home->lock);
    *(stream->before ? &stream->before->next : &home->first) = stream->next;
    if (stream->next)
        stream->next->before = stream->before;
    home->count--;
    pthread_mutex_unlock(&home->lock);
    call_release(&stream->call);
}

/* --- sleeping and waking --- */

/* False: there may be something to say, or the end has come. */
static bool fall_asleep(struct stream *stream)
{
    struct stream_home *home = stream->home;
    pthread_mutex_lock(&home->lock);
    bool sleeps = !stream->is_woken && !home->is_ending;
    stream->has_ended = stream->has_ended || home->is_ending;
    stream->is_woken = false;
    stream->is_asleep = sleeps;
    if (sleeps)
        microhttpd()->suspend_connection(stream->connection);
    pthread_mutex_unlock(&home->lock);
    return sleeps;
}

static void wake(struct stream_home *home, bool is_end)
{
    pthread_mutex_lock(&home->lock);
    home->is_ending = home->is_ending || is_end;
    for (struct stream *stream = home->first; stream; stream = stream->next) {
        stream->is_woken = true;
        if (stream->is_asleep)
            microhttpd()->resume_connection(stream->connection);
        stream->is_asleep = false;
    }
    pthread_mutex_unlock(&home->lock);
}

void stream_wake_all(struct stream_home *home)
{
    wake(home, false);
}

void stream_end_all(struct stream_home *home)
{
    wake(home, true);
}

/* --- pieces --- */

static void wake_oneself(struct stream *stream)
{
    pthread_mutex_lock(&stream->home->lock);
    stream->is_woken = true;
    pthread_mutex_unlock(&stream->home->lock);
}

static enum stream_state read_as_now(struct stream *stream, struct out *out)
{
    const struct server_options *options = stream->home->options;
    struct call *call = &stream->call;
    enum stream_state state = STREAM_ENDS;
    if (!options->begin || options->begin(options->context, call, stream->request))
        state = stream->source.read(stream->source.of, call, out);
    if (options->end)
        options->end(options->context, call);
    return out_flush(out) && call->fail.kind == FAIL_NONE ? state : STREAM_ENDS;
}

static void read_piece(struct stream *stream)
{
    size_t memory = stream->home->options->call_memory;
    struct out out;
    call_release(&stream->call);
    call_init(&stream->call, memory ? memory : CALL_MEMORY_DEFAULT);
    stream->call.door = DOOR_API;
    stream->call.now = stamp_clock();
    out_init(&out, &stream->call);
    enum stream_state state = read_as_now(stream, &out);
    stream->left = out_view(&out);
    stream->has_ended = state == STREAM_ENDS;
    if (!stream->left.size)
        call_release(&stream->call);
    if (state == STREAM_HAS_MORE)
        wake_oneself(stream);
}

static ssize_t hand_out(struct stream *stream, char *room, size_t size)
{
    size_t part = stream->left.size < size ? stream->left.size : size;
    memcpy(room, stream->left.at, part);
    stream->left = text_from(stream->left, part);
    if (!stream->left.size)
        call_release(&stream->call);
    return (ssize_t)part;
}

ssize_t stream_take(void *of, uint64_t position, char *room, size_t size)
{
    struct stream *stream = of;
    (void)position;
    for (;;) {
        if (stream->left.size)
            return hand_out(stream, room, size);
        if (stream->has_ended)
            return MHD_CONTENT_READER_END_OF_STREAM;
        if (fall_asleep(stream))
            return 0;
        if (!stream->has_ended)
            read_piece(stream);
    }
}
