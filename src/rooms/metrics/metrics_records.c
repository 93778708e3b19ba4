/* Room metrics: its nouns, and the tables of its facts. */
#include "base/fetch.h"
#include "rooms/metrics/metrics.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const kind_choices[] = { "ratio", "value", NULL };
static const char *const direction_choices[] = { "higher", "lower", NULL };
static const char *const source_choices[] = { "api", "csv", "prometheus", NULL };

static const struct field metric_series_fields[] = {
    [METRIC_SERIES_NAME] = { .name = "name",
                             .label = "Name",
                             .kind = FIELD_TEXT,
                             .flags = FIELD_NEEDED | FIELD_SEARCHED,
                             .help = "What is measured: 'acceptance rate'." },
    [METRIC_SERIES_SURFACE] = { .name = "surface",
                                .label = "Surface",
                                .kind = FIELD_REF,
                                .refers = "surface",
                                .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_OWNED | FIELD_BY_NAME,
                                .help = "Whose metric it is; the zone of its team decides its "
                                        "weeks." },
    [METRIC_SERIES_KIND] = { .name = "kind",
                             .label = "Kind",
                             .kind = FIELD_CHOICE,
                             .choices = kind_choices,
                             .flags = FIELD_NEEDED | FIELD_FIXED,
                             .fallback = "value",
                             .help = "Whether a point is a numerator and a denominator (ratio), or "
                                     "one value." },
    [METRIC_SERIES_UNIT] = { .name = "unit",
                             .label = "Unit",
                             .kind = FIELD_TEXT,
                             .help = "What stands behind the numbers: 's', 'USD'; a ratio without "
                                     "one is told in percent.",
                             .max = 40 },
    [METRIC_SERIES_DIRECTION] = { .name = "direction",
                                  .label = "Better is",
                                  .kind = FIELD_CHOICE,
                                  .choices = direction_choices,
                                  .flags = FIELD_NEEDED,
                                  .fallback = "higher",
                                  .help = "Which way the metric is better." },
    [METRIC_SERIES_SOURCE] = { .name = "source",
                               .label = "Source",
                               .kind = FIELD_CHOICE,
                               .choices = source_choices,
                               .flags = FIELD_NEEDED,
                               .fallback = "api",
                               .help = "Where its points come from." },
    [METRIC_SERIES_URL] = { .name = "url",
                            .label = "Address",
                            .kind = FIELD_TEXT,
                            .help = "The Prometheus server, such as http://prometheus:9090." },
    [METRIC_SERIES_QUERY] = { .name = "query",
                              .label = "Query",
                              .kind = FIELD_TEXT,
                              .help = "What Prometheus is asked, in PromQL; of a counter its rate "
                                      "or increase.",
                              .max = 4096 },
    [METRIC_SERIES_STEP] = { .name = "step",
                             .label = "Step",
                             .kind = FIELD_INT,
                             .help = "Seconds from point to point of the query.",
                             .min = 1,
                             .max = 7 * 86400 },
};

static const struct {
    enum metric_series_field field;
    const char *what;
} prometheus_needs[] = {
    { METRIC_SERIES_URL, "the server's address" },
    { METRIC_SERIES_QUERY, "a query" },
    { METRIC_SERIES_STEP, "a step in seconds" },
};

static bool metric_series_check(struct call *call, const struct row *before,
                                const struct row *after)
{
    (void)before;
    text url = value_as_text(after->value[METRIC_SERIES_URL]);
    if (url.at && !fetch_check_url(call, "url", url))
        return false;
    if (!text_is(value_as_text(after->value[METRIC_SERIES_SOURCE]), "prometheus"))
        return true;
    if (text_is(value_as_text(after->value[METRIC_SERIES_KIND]), "ratio"))
        return fail_at(call, "kind",
                       "Prometheus answers one value a time, no numerator and "
                       "denominator: choose the kind 'value'");
    for (size_t i = 0; i < COUNT(prometheus_needs); i++) {
        const char *name = metric_series_fields[prometheus_needs[i].field].name;
        if (value_is_null(after->value[prometheus_needs[i].field]))
            return fail_at(call, name, "a series from Prometheus needs %s: give '%s'",
                           prometheus_needs[i].what, name);
    }
    return true;
}

static const char *const listed[] = { "surface", "kind", "unit", "direction", "source", NULL };

const struct record metric_series_record = {
    .name = "metric_series",
    .plural = "metric_series",
    .prefix = "MET",
    .label = "metric series",
    .help = "A headline metric that is no eval: 'rondo metric-series add --name NAME --surface "
            "SURFACE'.",
    .field = metric_series_fields,
    .field_count = COUNT(metric_series_fields),
    .title = METRIC_SERIES_NAME,
    .unique = { { "surface", "name" } },
    .listed = listed,
    .check = metric_series_check,
};

/* `word` is what a value is that is no number; then `value` is null. */
static const struct column point_columns[] = {
    { "series", COLUMN_INT, true },
    { "labels", COLUMN_TEXT, true },
    { "at", COLUMN_INT, true },
    { "numerator", COLUMN_REAL, false },
    { "denominator", COLUMN_REAL, false },
    { "value", COLUMN_REAL, false },
    { "word", COLUMN_TEXT, false },
    { .name = NULL },
};

const struct table metric_point_table = {
    .name = "metric_point",
    .column = point_columns,
    .key = { "series", "labels", "at" },
    .lies_by_key = true,
    .index = { { .column = { "series", "at" } } },
};

/* What Prometheus was asked, and when: where points of that series come from. */
static const struct column fetch_columns[] = {
    { "series", COLUMN_INT, true },  { "at", COLUMN_INT, true },
    { "since", COLUMN_INT, true },   { "until", COLUMN_INT, true },
    { "url", COLUMN_TEXT, true },    { "query", COLUMN_TEXT, true },
    { "step", COLUMN_INT, true },    { "points", COLUMN_INT, true },
    { "notes", COLUMN_TEXT, false }, { .name = NULL },
};

const struct table metric_fetch_table = {
    .name = "metric_fetch",
    .column = fetch_columns,
    .key = { "series", "at" },
};
