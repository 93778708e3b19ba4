/* See goals.h. */
#include "engine/goals.h"

#include <math.h>

#define EPSILON 1e-9

static double clamp(double value)
{
    return value > 0 ? fmin(value, 1) : 0;
}

double goals_metric_score(double start, double target, double current)
{
    if (start == target)
        return current == target;
    return clamp((current - start) / (target - start));
}

bool goals_objective_score(const double *score, const double *weight, size_t count, double *result)
{
    double sum = 0, whole = 0;
    for (size_t i = 0; i < count; i++) {
        double share = weight ? weight[i] : 1;
        sum += share * score[i];
        whole += share;
    }
    *result = whole > 0 ? sum / whole : NAN;
    return whole > 0;
}

const char *goals_band(double score)
{
    if (score >= 0.7 - EPSILON)
        return "green";
    return score >= 0.4 - EPSILON ? "yellow" : "red";
}

bool goals_is_met(double score)
{
    return score >= 1 - EPSILON;
}

double goals_expected(int64_t start, int64_t end, int64_t today)
{
    return clamp((double)(today - start) / (double)(end - start));
}

const char *goals_pace(double expected, double score)
{
    double gap = expected - score;
    if (gap <= 0.1 + EPSILON)
        return "on track";
    return gap <= 0.2 + EPSILON ? "at risk" : "off track";
}
