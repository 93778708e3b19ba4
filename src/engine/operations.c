/* See operations.h. */
#include "engine/operations.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

const char *const deploy_frequency_words[] = { "daily", "weekly", "monthly", "yearly" };

/* --- delivery --- */

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double operations_quantile(double *value, size_t count, double share)
{
    qsort(value, count, sizeof *value, by_value);
    double place = share * (double)(count - 1);
    size_t below = (size_t)floor(place), above = below + 1 < count ? below + 1 : below;
    return value[below] + (place - (double)below) * (value[above] - value[below]);
}

bool operations_lead_time(double *minutes, size_t count, double *median, double *p90)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (minutes[i] > 0)
            minutes[kept++] = minutes[i];
    if (kept == 0)
        return false;
    *median = operations_quantile(minutes, kept, 0.5);
    *p90 = operations_quantile(minutes, kept, 0.9);
    return true;
}

enum { MONTHS_MAX = 3 };
static const size_t month_weeks[MONTHS_MAX] = { 4, 4, 5 };

/* Weeks with a deployment in each block of 4, 4 and 5 weeks; the median over the blocks. */
static double median_of_months(const double *days, size_t weeks)
{
    double month[MONTHS_MAX] = { 0 };
    size_t months = 0;
    for (size_t at = 0; at < weeks && months < MONTHS_MAX; months++)
        for (size_t i = 0; i < month_weeks[months] && at < weeks; i++, at++)
            month[months] += days[at] > 0;
    return operations_quantile(month, months, 0.5);
}

bool operations_deploy_frequency(struct call *call, const double *days, size_t weeks,
                                 enum deploy_frequency *frequency, double *median_days)
{
    double *sorted = call_array(call, weeks + 1, sizeof *sorted);
    if (weeks == 0 || !sorted)
        return false;
    memcpy(sorted, days, weeks * sizeof *sorted);
    *median_days = operations_quantile(sorted, weeks, 0.5);
    for (size_t i = 0; i < weeks; i++)
        sorted[i] = days[i] > 0;
    if (*median_days >= 3)
        *frequency = DEPLOYS_DAILY;
    else if (operations_quantile(sorted, weeks, 0.5) >= 1)
        *frequency = DEPLOYS_WEEKLY;
    else
        *frequency = median_of_months(days, weeks) >= 1 ? DEPLOYS_MONTHLY : DEPLOYS_YEARLY;
    return true;
}

/* --- queues --- */

/* B(k) = a B(k-1) / (k + a B(k-1)): no factorials, which overflow. */
static double next_b(double load, int64_t servers, double b)
{
    return load * b / ((double)servers + load * b);
}

static struct queue queue_of(double load, double service_s, int64_t servers, double target_wait_s,
                             double b)
{
    struct queue queue = { .offered_load = load,
                           .utilisation = load / (double)servers,
                           .is_stable = load < (double)servers,
                           .erlang_b = b };
    if (!queue.is_stable) {
        queue.p_wait = 1;
        return queue;
    }
    double spare = (double)servers - load;
    queue.p_wait = b / (1 - queue.utilisation * (1 - b));
    queue.mean_wait_s = queue.p_wait * service_s / spare;
    queue.service_level =
        service_s > 0 ? 1 - queue.p_wait * exp(-spare * target_wait_s / service_s) : 1;
    queue.mean_length = queue.p_wait * load / spare;
    return queue;
}

struct queue operations_erlang_c(double arrivals_per_s, double service_s, int64_t servers,
                                 double target_wait_s)
{
    double load = arrivals_per_s * service_s, b = 1;
    for (int64_t k = 1; k <= servers; k++)
        b = next_b(load, k, b);
    return queue_of(load, service_s, servers, target_wait_s, b);
}

int64_t operations_fewest_servers(double arrivals_per_s, double service_s, double target_wait_s,
                                  double target_level, struct queue *queue)
{
    double load = arrivals_per_s * service_s, b = 1;
    for (int64_t servers = 1;; servers++) {
        b = next_b(load, servers, b);
        *queue = queue_of(load, service_s, servers, target_wait_s, b);
        if (queue->is_stable && queue->service_level >= target_level)
            return servers;
    }
}

bool operations_runway(double used, double capacity, double weekly_growth, double threshold,
                       double *weeks)
{
    *weeks = 0;
    if (used >= threshold * capacity)
        return true;
    if (weekly_growth <= 0 || used <= 0)
        return false;
    *weeks = log(threshold * capacity / used) / log1p(weekly_growth);
    return true;
}

/* --- forecasts --- */

static bool forecast_init(struct call *call, size_t horizon, size_t season,
                          struct forecast *forecast)
{
    *forecast = (struct forecast){
        .mean = call_array(call, horizon + 1, sizeof(double)),
        .lower = call_array(call, horizon + 1, sizeof(double)),
        .upper = call_array(call, horizon + 1, sizeof(double)),
        .seasonal = season ? call_array(call, season, sizeof(double)) : NULL,
    };
    return forecast->mean && forecast->lower && forecast->upper && (!season || forecast->seasonal);
}

static void put_interval(struct forecast *forecast, size_t at, double variance, double coverage)
{
    double half = gsl_cdf_ugaussian_Pinv(1 - (1 - coverage) / 2) * sqrt(variance);
    forecast->lower[at] = forecast->mean[at] - half;
    forecast->upper[at] = forecast->mean[at] + half;
}

bool operations_holt(struct call *call, const double *y, size_t count, double alpha,
                     double beta_star, size_t horizon, double coverage, struct forecast *forecast)
{
    double beta = alpha * beta_star, squares = 0;
    if (!forecast_init(call, horizon, 0, forecast))
        return false;
    double level = y[0], trend = y[1] - y[0];
    for (size_t i = 1; i < count; i++) {
        double ahead = level + trend, error = y[i] - ahead;
        level = ahead + alpha * error;
        trend += beta * error;
        squares += error * error;
    }
    forecast->level = level;
    forecast->trend = trend;
    forecast->sigma2 = squares / (double)(count - 1);
    for (size_t i = 0; i < horizon; i++) {
        double h = (double)(i + 1);
        double growth = alpha * alpha + alpha * beta * h + beta * beta * h * (2 * h - 1) / 6;
        forecast->mean[i] = level + h * trend;
        put_interval(forecast, i, forecast->sigma2 * (1 + (h - 1) * growth), coverage);
    }
    return true;
}

static double mean_of(const double *y, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += y[i];
    return sum / (double)count;
}

static void start_seasons(const double *y, size_t season, struct forecast *forecast)
{
    double first = mean_of(y, season), second = mean_of(y + season, season);
    forecast->level = first;
    forecast->trend = (second - first) / (double)season;
    for (size_t i = 0; i < season; i++)
        forecast->seasonal[i] = y[i] - first;
}

bool operations_holt_winters(struct call *call, const double *y, size_t count,
                             const struct season_weights *weights, size_t horizon, double coverage,
                             struct forecast *forecast)
{
    size_t season = weights->season;
    double alpha = weights->alpha, beta = alpha * weights->beta_star, squares = 0, spread = 1;
    if (!forecast_init(call, horizon, season, forecast))
        return false;
    start_seasons(y, season, forecast);
    for (size_t i = 0; i < count; i++) {
        double *seasonal = &forecast->seasonal[i % season];
        double error = y[i] - (forecast->level + forecast->trend + *seasonal);
        forecast->level += forecast->trend + alpha * error;
        forecast->trend += beta * error;
        *seasonal += weights->gamma * error;
        squares += error * error;
    }
    forecast->sigma2 = squares / (double)count;
    for (size_t i = 0; i < horizon; i++) {
        size_t h = i + 1;
        forecast->mean[i] = forecast->level + (double)h * forecast->trend +
                            forecast->seasonal[(count + i) % season];
        put_interval(forecast, i, forecast->sigma2 * spread, coverage);
        double c = alpha + beta * (double)h + (h % season == 0 ? weights->gamma : 0);
        spread += c * c;
    }
    return true;
}

bool operations_line(const double *t, const double *v, size_t count, double *slope,
                     double *intercept)
{
    double t_mean = 0, v_mean = 0, square = 0, product = 0;
    for (size_t i = 0; i < count; i++) {
        t_mean += (t[i] - t[count - 1]) / (double)count;
        v_mean += v[i] / (double)count;
    }
    for (size_t i = 0; i < count; i++) {
        double x = t[i] - t[count - 1] - t_mean;
        square += x * x;
        product += x * (v[i] - v_mean);
    }
    if (count == 0 || square <= 0)
        return false;
    *slope = product / square;
    *intercept = v_mean - *slope * t_mean;
    return true;
}

/* --- follow-through --- */

struct follow_through operations_follow_through(const struct followed_action *action, size_t count,
                                                int64_t today)
{
    struct follow_through sum = { .total = (int64_t)count };
    for (size_t i = 0; i < count; i++) {
        const struct followed_action *one = &action[i];
        if (one->is_done) {
            sum.closed++;
            sum.on_time += one->has_due && one->done <= one->due;
        } else if (!one->has_due) {
            sum.undated++;
        } else if (one->due < today) {
            sum.overdue++;
            if (today - one->due > sum.most_overdue_days)
                sum.most_overdue_days = today - one->due;
        }
    }
    return sum;
}
