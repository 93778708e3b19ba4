/*
 * See metrics.h. Every series there can be has its place from the start, so that counting takes no
 * lock.
 */
#include "http/metrics.h"

#include <inttypes.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* Statuses that are counted apart; any other is counted as "other". */
static const int statuses[] = {
    200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 400, 401, 403, 404,
    405, 409, 412, 413, 415, 422, 429, 431, 500, 501, 502, 503, 504,
};

static const struct {
    int64_t upper_us;
    const char *label; /* in seconds */
} buckets[] = {
    { 500, "0.0005" },  { 1000, "0.001" },  { 2500, "0.0025" }, { 5000, "0.005" },
    { 10000, "0.01" },  { 25000, "0.025" }, { 50000, "0.05" },  { 100000, "0.1" },
    { 250000, "0.25" }, { 500000, "0.5" },  { 1000000, "1" },   { 2500000, "2.5" },
    { 5000000, "5" },   { 10000000, "10" },
};

struct metrics_route {
    atomic_int_fast64_t by_status[LENGTH(statuses) + 1]; /* the last: other */
    atomic_int_fast64_t by_bucket[LENGTH(buckets) + 1];  /* not cumulated; the last: above all */
    atomic_int_fast64_t duration_us;
};

static void add(atomic_int_fast64_t *counter, int64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

static int64_t value(atomic_int_fast64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

bool metrics_init(struct metrics *metrics, struct call *call, const struct route *const *route,
                  size_t route_count)
{
    metrics->route = route;
    metrics->route_count = route_count;
    atomic_init(&metrics->in_flight, 0);
    atomic_init(&metrics->response_bytes, 0);
    metrics->counts = call_array(call, route_count + 1, sizeof *metrics->counts);
    return metrics->counts != NULL;
}

/* Not relaxed: server_stop waits for it. */
void metrics_enter(struct metrics *metrics)
{
    atomic_fetch_add(&metrics->in_flight, 1);
}

void metrics_leave(struct metrics *metrics)
{
    atomic_fetch_sub(&metrics->in_flight, 1);
}

int64_t metrics_in_flight(struct metrics *metrics)
{
    return atomic_load(&metrics->in_flight);
}

static size_t route_place(const struct metrics *metrics, const struct route *route)
{
    size_t i = 0;
    while (i < metrics->route_count && metrics->route[i] != route)
        i++;
    return i;
}

static size_t status_place(int status)
{
    size_t i = 0;
    while (i < LENGTH(statuses) && statuses[i] != status)
        i++;
    return i;
}

static size_t bucket_place(int64_t duration_us)
{
    size_t i = 0;
    while (i < LENGTH(buckets) && duration_us > buckets[i].upper_us)
        i++;
    return i;
}

void metrics_count(struct metrics *metrics, const struct route *route, int status,
                   int64_t duration_us, size_t response_bytes)
{
    struct metrics_route *counts = &metrics->counts[route_place(metrics, route)];
    add(&counts->by_status[status_place(status)], 1);
    add(&counts->by_bucket[bucket_place(duration_us)], 1);
    add(&counts->duration_us, duration_us);
    add(&metrics->response_bytes, (int64_t)response_bytes);
}

static void write_head(struct out *out, const char *name, const char *type, const char *help)
{
    out_format(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void write_labels(struct out *out, const struct metrics *metrics, size_t place)
{
    bool is_route = place < metrics->route_count;
    out_format(out, "{route=\"%s\",method=\"%s\"", is_route ? metrics->route[place]->path : "none",
               is_route ? metrics->route[place]->method : "any");
}

static void write_statuses(struct out *out, const struct metrics *metrics, size_t place)
{
    for (size_t i = 0; i <= LENGTH(statuses); i++) {
        int64_t count = value(&metrics->counts[place].by_status[i]);
        if (!count)
            continue;
        out_string(out, "rondo_http_requests_total");
        write_labels(out, metrics, place);
        if (i < LENGTH(statuses))
            out_format(out, ",status=\"%d\"} %" PRId64 "\n", statuses[i], count);
        else
            out_format(out, ",status=\"other\"} %" PRId64 "\n", count);
    }
}

/*
 * The count is the sum of the buckets as they were read, so that both agree while others go on
 * counting.
 */
static void write_durations(struct out *out, const struct metrics *metrics, size_t place)
{
    struct metrics_route *counts = &metrics->counts[place];
    int64_t below[LENGTH(buckets) + 1];
    int64_t sum = 0;
    for (size_t i = 0; i <= LENGTH(buckets); i++)
        below[i] = sum += value(&counts->by_bucket[i]);
    if (!sum)
        return;
    for (size_t i = 0; i <= LENGTH(buckets); i++) {
        out_string(out, "rondo_http_request_duration_seconds_bucket");
        write_labels(out, metrics, place);
        out_format(out, ",le=\"%s\"} %" PRId64 "\n",
                   i < LENGTH(buckets) ? buckets[i].label : "+Inf", below[i]);
    }
    int64_t duration = value(&counts->duration_us);
    out_string(out, "rondo_http_request_duration_seconds_sum");
    write_labels(out, metrics, place);
    out_format(out, "} %" PRId64 ".%06" PRId64 "\n", duration / 1000000, duration % 1000000);
    out_string(out, "rondo_http_request_duration_seconds_count");
    write_labels(out, metrics, place);
    out_format(out, "} %" PRId64 "\n", sum);
}

void metrics_write(struct metrics *metrics, struct out *out)
{
    write_head(out, "rondo_build_info", "gauge", "The version that is running, as a label.");
    out_string(out, "rondo_build_info{version=\"" RONDO_VERSION "\"} 1\n");
    write_head(out, "rondo_http_requests_in_flight", "gauge",
               "Requests begun and not yet answered in full.");
    out_format(out, "rondo_http_requests_in_flight %" PRId64 "\n", metrics_in_flight(metrics));
    write_head(out, "rondo_http_response_bytes_total", "counter",
               "Bytes of reply bodies, without headers.");
    out_format(out, "rondo_http_response_bytes_total %" PRId64 "\n",
               value(&metrics->response_bytes));
    write_head(out, "rondo_http_requests_total", "counter",
               "Requests answered, by route, method and status.");
    for (size_t i = 0; i <= metrics->route_count; i++)
        write_statuses(out, metrics, i);
    write_head(out, "rondo_http_request_duration_seconds", "histogram",
               "Time from the whole request to the whole reply, without sending it.");
    for (size_t i = 0; i <= metrics->route_count; i++)
        write_durations(out, metrics, i);
}
