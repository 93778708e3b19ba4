/* See queue.h. Knows neither whether arrivals are random nor what waits. */
#include "engine/queue.h"

#include <math.h>

/* The share turned away with one server more. */
static double next_b(double b, double load, int64_t servers)
{
    return load * b / ((double)servers + load * b);
}

static struct erlang_c queue_of(double load, double service, int64_t servers, double target,
                                double b)
{
    double count = (double)servers, spare = count - load;
    struct erlang_c queue = {
        .offered_load = load,
        .utilisation = load / count,
        .is_stable = load < count,
        .p_wait = 1,
        .erlang_b = b,
    };
    if (!queue.is_stable)
        return queue;
    queue.p_wait = b / (1 - queue.utilisation * (1 - b));
    queue.mean_wait_seconds = queue.p_wait * service / spare;
    queue.service_level = 1 - queue.p_wait * exp(-spare * target / service);
    queue.mean_queue_length = queue.p_wait * load / spare;
    return queue;
}

struct erlang_c erlang_c(double arrivals_per_second, double mean_service_seconds, int64_t servers,
                         double target_wait_seconds)
{
    double load = arrivals_per_second * mean_service_seconds, b = 1;
    for (int64_t k = 1; k <= servers; k++)
        b = next_b(b, load, k);
    return queue_of(load, mean_service_seconds, servers, target_wait_seconds, b);
}

int64_t erlang_c_min_servers(double arrivals_per_second, double mean_service_seconds,
                             double target_wait_seconds, double target_service_level)
{
    double load = arrivals_per_second * mean_service_seconds, b = 1;
    for (int64_t k = 1; k <= QUEUE_SERVERS_MAX; k++) {
        b = next_b(b, load, k);
        struct erlang_c queue = queue_of(load, mean_service_seconds, k, target_wait_seconds, b);
        if (queue.is_stable && queue.service_level >= target_service_level)
            return k;
    }
    return 0;
}
