/* What metric series answer, for the OpenAPI page; as metrics_json.c and metrics_points.c write. */
#include "offers/reply_keys.h"
#include "rooms/metrics/metrics.h"

static const struct reply_key taken_keys[] = {
    COUNT("points", "How many were taken in."),
    { 0 },
};

#define OF_A_RATIO(name) REPLY_KEY(name, REPLY_REAL, REPLY_OPTIONAL, "Of a ratio only.")

static const struct reply_key point_keys[] = {
    STAMP("at", NULL),
    OF_A_RATIO("numerator"),
    OF_A_RATIO("denominator"),
    REPLY_KEY("value", REPLY_ANY, REPLY_OPTIONAL,
              "Not of a ratio: a number, or the text NaN, +Inf or -Inf."),
    REPLY_KEY("labels", REPLY_TEXT, REPLY_MAP, NULL),
    { 0 },
};

static const struct reply_key points_keys[] = {
    REPLY_INSIDE("items", REPLY_LIST, NULL, point_keys),
    TEXT_OR_NULL("next", "'after' of the next page."),
    { 0 },
};

static const char *const kinds[] = { "ratio", "value" };
static const char *const directions[] = { "higher", "lower" };
static const char *const verdicts[] = { "too_few_weeks", "no_trend", "falling", "rising" };

static const struct reply_key week_keys[] = {
    WEEK("week", NULL),
    REAL_OR_NULL("figure", "Null: nothing was measured."),
    COUNT("n", NULL),
    REPLY_KEY("interval", REPLY_REAL, REPLY_LIST | REPLY_NULLABLE, "95 %: from, to."),
    REAL_OR_NULL("numerator", "Of a ratio only."),
    REAL_OR_NULL("denominator", "Of a ratio only."),
    COUNT("points", NULL),
    COUNT("no_data", "Points that are NaN."),
    COUNT("infinite", "Points that no figure counts."),
    { 0 },
};

static const struct reply_key delta_keys[] = {
    WEEK("from_week", NULL),
    COUNT("weeks_apart", NULL),
    REAL("delta", NULL),
    { 0 },
};

static const struct reply_key test_keys[] = {
    REPLY_CHOICE("verdict", 0, NULL, verdicts),
    COUNT("weeks", "Those that have a figure."),
    REAL_OR_NULL("p", "Of the Mann-Kendall test; null: there are too few weeks."),
    REAL_OR_NULL("p_exact", NULL),
    REAL_OR_NULL("tau_b", NULL),
    REAL_OR_NULL("slope_per_week", NULL),
    { 0 },
};

static const struct reply_key trend_keys[] = {
    TEXT_ALWAYS("series", "Its id."),
    TEXT_ALWAYS("name", NULL),
    TEXT_OR_NULL("surface", NULL),
    REPLY_CHOICE("kind", 0, NULL, kinds),
    TEXT_OR_NULL("unit", NULL),
    REPLY_CHOICE("direction", 0, "Which is better.", directions),
    TEXT_ALWAYS("zone", NULL),
    WEEK("week", "The last one."),
    REPLY_INSIDE("weeks", REPLY_LIST, "In the order of time.", week_keys),
    REPLY_INSIDE("delta", REPLY_NULLABLE, "Null: there is nothing to compare.", delta_keys),
    REPLY_INSIDE("trend", 0, NULL, test_keys),
    { 0 },
};

const struct reply_schema metrics_replies[] = {
    { .name = "metric_points_taken", .help = "What was stored.", .keys = taken_keys },
    { .name = "metric_points_told", .help = "Points in the order of time.", .keys = points_keys },
    { .name = "metric_trend", .help = "The weeks of a metric series.", .keys = trend_keys },
    { 0 },
};
