/* See events.h. */
#include "offers/events.h"

#include "base/stamp.h"
#include "ledger/audit.h"
#include "offers/job.h"

enum {
    LOOK_MAX = 500,            /* lines in one piece: others want to be heard, too */
    SILENCE_US = 15 * 1000000, /* after that a comment shows that the line is not dead */
    RETRY_MS = 1000,           /* how long a client waits before it comes back */
};

bool events_now(struct call *call, struct event_mark *mark)
{
    return audit_last(call, &mark->line) && job_version(call, &mark->job);
}

bool events_begin(struct call *call, struct events *events, text last_word)
{
    struct event_mark now;
    if (!event_mark_key(call, &events->key) || !events_now(call, &now))
        return false;
    events->mark = now;
    if (!last_word.at)
        return true;
    if (!event_mark_read(&events->key, last_word, &events->mark))
        return fail(call, FAIL_INVALID,
                    "the header 'Last-Event-ID' is not an id of an event of this workspace: leave "
                    "it out, and read again what you show");
    events->has_gap = events->mark.line > now.line || events->mark.job > now.job;
    if (events->has_gap)
        events->mark = now;
    return true;
}

/* --- one event --- */

static void write_mark(const struct events *events, struct out *out)
{
    char word[EVENT_MARK_SIZE];
    event_mark_write(&events->key, &events->mark, word);
    out_format(out, "id: %s\n", word);
}

/* JSON has no line ends inside, so it is one line of data. */
static void begin_event(const struct events *events, const char *name, struct out *out,
                        struct json_writer *writer)
{
    out_format(out, "event: %s\n", name);
    write_mark(events, out);
    out_string(out, "data: ");
    json_writer_init(writer, out, false);
    json_object(writer);
}

static void end_event(struct out *out, struct json_writer *writer)
{
    json_object_end(writer);
    out_string(out, "\n\n");
}

struct telling {
    struct events *events;
    struct out *out;
};

static bool tell_change(void *to, struct call *call, const struct audit_event *event)
{
    const struct telling *telling = to;
    const struct record *record = catalog_record(call->catalog, event->record);
    struct json_writer writer;
    telling->events->mark.line = event->id;
    begin_event(telling->events, "change", telling->out, &writer);
    json_put_text(&writer, "record", record ? event->record : TEXT_NONE);
    json_put_text(&writer, "id", record ? row_public_id(call, record, event->row) : TEXT_NONE);
    json_put_text(&writer, "verb", event->verb);
    json_put_int(&writer, "change", event->change);
    end_event(telling->out, &writer);
    return call->fail.kind == FAIL_NONE;
}

static void tell_job(struct events *events, const struct job *job, struct out *out)
{
    char id[24];
    struct json_writer writer;
    snprintf(id, sizeof id, "%lld", (long long)job->id);
    begin_event(events, "job", out, &writer);
    json_put_string(&writer, "id", id);
    json_put_text(&writer, "kind", job->kind);
    json_put_string(&writer, "state", job_state_words[job->state]);
    json_put_int(&writer, "progress", job->progress);
    json_put_text(&writer, "sentence", job->sentence);
    end_event(out, &writer);
}

/* --- all that is new --- */

static bool tell_changes(struct call *call, struct events *events, struct out *out, bool *has_more)
{
    struct telling telling = { events, out };
    struct audit_follower follower = { .after = events->mark.line,
                                       .record = events->record,
                                       .row = events->row,
                                       .look_max = LOOK_MAX,
                                       .take = tell_change,
                                       .to = &telling };
    if (events->without_changes)
        return true;
    bool done = audit_follow(call, &follower);
    events->mark.line = follower.after;
    *has_more = follower.has_more;
    return done;
}

/* After the changes: what a job has stored is told before its end. */
static bool tell_jobs(struct call *call, struct events *events, struct out *out)
{
    int64_t until;
    struct job *list;
    size_t count;
    if (events->without_jobs)
        return true;
    if (!job_version(call, &until))
        return false;
    if (until <= events->mark.job)
        return true;
    if (!job_changed(call, events->mark.job, until, &list, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        events->mark.job = list[i].version;
        if (!events->job || events->job == list[i].id)
            tell_job(events, &list[i], out);
    }
    events->mark.job = until;
    return true;
}

/* The first bytes show that the stream is open, and say where it begins. */
static void greet(struct events *events, struct out *out)
{
    struct json_writer writer;
    out_format(out, ": rondo\nretry: %d\n", RETRY_MS);
    if (events->has_gap) {
        begin_event(events, "reset", out, &writer);
        end_event(out, &writer);
    } else {
        write_mark(events, out);
        out_char(out, '\n');
    }
    events->has_begun = true;
    events->has_gap = false;
}

static void break_silence(struct events *events, struct out *out)
{
    int64_t now = stamp_ticks();
    if (out->size == 0 && now - events->told_us >= SILENCE_US)
        out_string(out, ":\n\n");
    if (out->size)
        events->told_us = now;
}

enum stream_state events_read(void *of, struct call *call, struct out *out)
{
    struct events *events = of;
    bool has_more = false;
    if (!events->has_begun)
        greet(events, out);
    if (!tell_changes(call, events, out, &has_more) || (!has_more && !tell_jobs(call, events, out)))
        return STREAM_ENDS;
    break_silence(events, out);
    if (has_more)
        return STREAM_HAS_MORE;
    return events->ends ? STREAM_ENDS : STREAM_WAITS;
}
