/* See events_doors.h. */
#include "offers/events_doors.h"

#include "offers/audit_page.h"
#include "offers/events.h"
#include "offers/job.h"

static text given(const void *door, const char *name)
{
    return request_query(door, name);
}

/* With one of the filters, nothing is told of what the other could be of. */
static bool read_filters(struct call *call, const struct request *request, struct events *events)
{
    struct audit_query rows = { .limit = 0 };
    text record = request_query(request, "record"), row = request_query(request, "row");
    text word = request_query(request, "job");
    struct job job = { .id = 0 };
    if (!audit_page_read(call, given, request, &rows) || (word.at && !job_get(call, word, &job)))
        return false;
    events->record = rows.record;
    events->row = rows.row;
    events->job = job.id;
    events->without_changes = word.at && !record.at && !row.at;
    events->without_jobs = !word.at && (record.at || row.at);
    return true;
}

static bool get_events(struct call *call, const struct request *request, struct reply *reply)
{
    struct events *events = call_new(call, struct events);
    bool follows;
    if (!events || !request_flag(call, request, "follow", &follows))
        return false;
    events->ends = request_query(request, "follow").at && !follows;
    if (!read_filters(call, request, events) ||
        !events_begin(call, events, request_header(request, "last-event-id")))
        return false;
    reply->type = "text/event-stream";
    reply_header(reply, "Cache-Control", TEXT("no-store"));
    reply_header(reply, "X-Accel-Buffering", TEXT("no")); /* a proxy in between must not collect */
    reply->stream = (struct reply_stream){ .read = events_read, .of = events };
    return true;
}

static const struct query_parameter events_parameters[] = {
    { "record", "Only changes to rows of this record.", "string" },
    { "row", "Only changes to the row with this id.", "string" },
    { "job", "Only the job with this id; it is one of yours.", "string" },
    { "follow", "false: the stream ends when all that is there was told.", "boolean" },
    { 0 },
};

static const char *const events_headers[] = { "Last-Event-ID", NULL };

const struct route events_routes[] = {
    { .method = "GET",
      .path = "/api/v1/events",
      .handle = get_events,
      .help = "Hear of changes to rows and of your jobs while they happen, as server-sent events.",
      .query = events_parameters,
      .reply_type = "text/event-stream",
      .headers = events_headers },
    { 0 },
};
