/* Room evals: its nouns. */
#include "rooms/evals/evals.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const nulls_choices[] = { "fail", "exclude", NULL };
static const char *const trial_choices[] = { "majority", "all", "any", NULL };

static const struct field suite_fields[] = {
    [SUITE_NAME] = { .name = "name",
                     .label = "Name",
                     .kind = FIELD_TEXT,
                     .flags = FIELD_NEEDED | FIELD_UNIQUE | FIELD_SEARCHED,
                     .help = "The named set of cases." },
    [SUITE_NULLS] = { .name = "nulls",
                      .label = "No verdict counts as",
                      .kind = FIELD_CHOICE,
                      .choices = nulls_choices,
                      .flags = FIELD_NEEDED,
                      .fallback = "fail",
                      .help = "Whether a case without a verdict counts as not passed (fail) or not "
                              "at all (exclude)." },
    [SUITE_TRIAL_RULE] = { .name = "trial_rule",
                           .label = "A case passes when",
                           .kind = FIELD_CHOICE,
                           .choices = trial_choices,
                           .flags = FIELD_NEEDED,
                           .fallback = "majority",
                           .help = "How several trials of a case become one verdict: more than "
                                   "half pass, all, or any." },
    [SUITE_KEEPS_TEXTS] = { .name = "keeps_texts",
                            .label = "Keeps texts",
                            .kind = FIELD_BOOL,
                            .fallback = "no",
                            .help = "Whether input, output and expected texts are stored with the "
                                    "results." },
    [SUITE_THRESHOLD_METRIC] = { .name = "threshold_metric",
                                 .label = "Threshold metric",
                                 .kind = FIELD_TEXT,
                                 .help = "The metric that the threshold is for." },
    [SUITE_THRESHOLD] = { .name = "threshold",
                          .label = "Threshold",
                          .kind = FIELD_REAL,
                          .help =
                              "A result without a verdict passes when its score reaches this." },
    [SUITE_EFFECT_FLOOR] = { .name = "effect_floor",
                             .label = "Effect floor",
                             .kind = FIELD_REAL,
                             .flags = FIELD_NEEDED,
                             .min = 0,
                             .max = 1,
                             .fallback = "0.02",
                             .help = "The smallest fall of the rate that is worth an alarm, "
                                     "between 0 and 1." },
};

const struct record suite_record = {
    .name = "suite", .plural = "suites", .prefix = "SUITE", .label = "suite",
    .help = "A named set of eval cases; 'rondo import FILE' makes it from the results.",
    .field = suite_fields, .field_count = COUNT(suite_fields), .title = SUITE_NAME,
};

static const char *const direction_choices[] = { "higher", "lower", NULL };

static const struct field surface_fields[] = {
    [SURFACE_NAME] = { .name = "name",
                       .label = "Name",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_NEEDED | FIELD_SEARCHED,
                       .help = "The part of the product, or the split of the suite, that is "
                               "measured." },
    [SURFACE_SUITE] = { .name = "suite",
                        .label = "Suite",
                        .kind = FIELD_REF,
                        .refers = "suite",
                        .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_OWNED | FIELD_BY_NAME,
                        .help = "The cases it is measured with." },
    [SURFACE_TEAM] = { .name = "team",
                       .label = "Team",
                       .kind = FIELD_REF,
                       .refers = "team",
                       .flags = FIELD_BY_NAME,
                       .help = "Who owns it; the team's zone decides its weeks." },
    [SURFACE_OWNER] = { .name = "owner",
                        .label = "Owner",
                        .kind = FIELD_REF,
                        .refers = "person",
                        .flags = FIELD_BY_NAME,
                        .help = "The person who answers for it." },
    [SURFACE_METRIC] = { .name = "metric",
                         .label = "Headline metric",
                         .kind = FIELD_TEXT,
                         .flags = FIELD_NEEDED,
                         .fallback = "pass rate",
                         .help = "The ONE headline metric; further metrics are secondary and do "
                                 "not stand here." },
    [SURFACE_DIRECTION] = { .name = "direction",
                            .label = "Better is",
                            .kind = FIELD_CHOICE,
                            .choices = direction_choices,
                            .flags = FIELD_NEEDED,
                            .fallback = "higher",
                            .help = "Which way the headline metric is better; where that is lower, "
                                    "it is the share of the cases that do not pass." },
    [SURFACE_FLOOR] = { .name = "floor",
                        .label = "Floor",
                        .kind = FIELD_REAL,
                        .min = 0,
                        .max = 1,
                        .help =
                            "The lowest acceptable rate of the headline metric, between 0 and 1; "
                            "where better is lower, the highest." },
};

/* Where the first name ends: at a comma or semicolon that stands in no brackets. */
static size_t first_name_end(text metric)
{
    int depth = 0;
    for (size_t i = 0; i < metric.size; i++) {
        depth += metric.at[i] == '(';
        depth -= metric.at[i] == ')' && depth > 0;
        if (depth == 0 && (metric.at[i] == ',' || metric.at[i] == ';'))
            return i;
    }
    return metric.size;
}

/* A list of metrics in the one headline is a second headline. */
static bool surface_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)before;
    text metric = value_as_text(after->value[SURFACE_METRIC]);
    size_t end = first_name_end(metric);
    if (end == metric.size)
        return true;
    return fail_at(call, "metric",
                   "a surface has one headline metric, and '%.*s' is the first named: keep one "
                   "here, and make a metric series of each other ('rondo metric-series add')",
                   TEXT_FMT(text_trim(text_until(metric, end))));
}

const struct record surface_record = {
    .name = "surface",
    .plural = "surfaces",
    .prefix = "SUR",
    .label = "surface",
    .help = "What is measured each week; 'rondo import FILE' makes it, 'rondo surface set' gives "
            "it team and floor.",
    .field = surface_fields,
    .field_count = COUNT(surface_fields),
    .title = SURFACE_NAME,
    .unique = { { "suite", "name" } },
    .check = surface_check,
};

static const char *const key_kind_choices[] = { "id", "content", "position", NULL };

static const struct field eval_case_fields[] = {
    [EVAL_CASE_SUITE] = { .name = "suite",
                          .label = "Suite",
                          .kind = FIELD_REF,
                          .refers = "suite",
                          .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_OWNED | FIELD_BY_NAME,
                          .help = "The suite it is part of." },
    [EVAL_CASE_NUMBER] = { .name = "number",
                           .label = "Number",
                           .kind = FIELD_INT,
                           .flags = FIELD_NEEDED | FIELD_COUNTED,
                           .help = "Its place in the columns of every run of the suite, from 0." },
    [EVAL_CASE_KEY] = { .name = "key",
                        .label = "Case",
                        .kind = FIELD_TEXT,
                        .flags = FIELD_NEEDED | FIELD_FIXED,
                        .help = "What the eval tool calls the case.",
                        .max = 4096 },
    [EVAL_CASE_KEY_KIND] = { .name = "key_kind",
                             .label = "Known by",
                             .kind = FIELD_CHOICE,
                             .choices = key_kind_choices,
                             .flags = FIELD_NEEDED,
                             .fallback = "id",
                             .help = "Whether the key is an id, a hash of the content, or a "
                                     "position." },
    [EVAL_CASE_INPUT_HASH] = { .name = "input_hash",
                               .label = "Input hash",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_COUNTED | FIELD_FIXED,
                               .help = "Tells equal inputs from other ones: of the inputs that "
                                       "the case first came with, where its source told any.",
                               .max = 16 },
};

const struct record eval_case_record = {
    .name = "eval_case",
    .plural = "eval_cases",
    .prefix = "CASE",
    .label = "eval case",
    .help = "One case of a suite; 'rondo import FILE' makes it.",
    .field = eval_case_fields,
    .field_count = COUNT(eval_case_fields),
    .title = EVAL_CASE_KEY,
    .unique = { { "suite", "key" }, { "suite", "number" } },
    .made_by_program = true,
    .is_bulk = true,
};

static const char *const status_choices[] = { "complete", "partial", "cancelled", "error", NULL };

#define RUN_TEXT(field_name, field_label, field_help)                                              \
    {                                                                                              \
        .name = field_name, .label = field_label, .kind = FIELD_TEXT, .flags = FIELD_COUNTED,      \
        .help = field_help, .max = 4096                                                            \
    }
#define RUN_COUNT(field_name, field_label, field_help)                                             \
    {                                                                                              \
        .name = field_name, .label = field_label, .kind = FIELD_INT, .flags = FIELD_COUNTED,       \
        .help = field_help                                                                         \
    }

static const struct field eval_run_fields[] = {
    [EVAL_RUN_RUN] = { .name = "run",
                       .label = "Run",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_NEEDED | FIELD_COUNTED | FIELD_SEARCHED,
                       .help = "The run's name, unique in its surface.",
                       .max = 4096 },
    [EVAL_RUN_SURFACE] = { .name = "surface",
                           .label = "Surface",
                           .kind = FIELD_REF,
                           .refers = "surface",
                           .flags = FIELD_NEEDED | FIELD_COUNTED | FIELD_OWNED | FIELD_BY_NAME,
                           .help = "What was measured." },
    [EVAL_RUN_SUITE] = { .name = "suite",
                         .label = "Suite",
                         .kind = FIELD_REF,
                         .refers = "suite",
                         .flags = FIELD_NEEDED | FIELD_COUNTED | FIELD_BY_NAME,
                         .help = "The cases it was measured with." },
    [EVAL_RUN_STARTED_AT] = { .name = "started_at",
                              .label = "Started",
                              .kind = FIELD_STAMP,
                              .flags = FIELD_COUNTED | FIELD_INDEXED,
                              .help =
                                  "When it started; a run without a date stays out of trends." },
    [EVAL_RUN_STARTED_ZONE] =
        RUN_TEXT("started_zone", "Source zone", "The zone that the source wrote the time in."),
    [EVAL_RUN_STATUS] = { .name = "status",
                          .label = "Status",
                          .kind = FIELD_CHOICE,
                          .choices = status_choices,
                          .flags = FIELD_NEEDED | FIELD_COUNTED,
                          .fallback = "complete",
                          .help = "Only complete runs stand in reviews and trends." },
    [EVAL_RUN_MODEL] = RUN_TEXT("model", "Model", "The model that was asked."),
    [EVAL_RUN_MODEL_SERVED] = RUN_TEXT("model_served", "Served model",
                                       "The model that answered, where the source tells it."),
    [EVAL_RUN_AGENT] = RUN_TEXT("agent", "Agent", "The harness or agent around the model."),
    [EVAL_RUN_PROMPT] = RUN_TEXT("prompt", "Prompt", "The prompt's name or id."),
    [EVAL_RUN_PROMPT_VERSION] =
        RUN_TEXT("prompt_version", "Prompt version", "The prompt's version."),
    [EVAL_RUN_DATASET_VERSION] =
        RUN_TEXT("dataset_version", "Dataset version", "The version of the cases."),
    [EVAL_RUN_JUDGE] =
        RUN_TEXT("judge", "Judge", "Who gave the verdicts; another judge is another scale."),
    [EVAL_RUN_HARNESS_VERSION] =
        RUN_TEXT("harness_version", "Harness version", "The version of the tool that ran it."),
    [EVAL_RUN_GIT_COMMIT] =
        RUN_TEXT("git_commit", "Git commit", "The commit that it ran at, where the source tells."),
    [EVAL_RUN_PARAMETERS] = RUN_TEXT("parameters", "Parameters",
                                     "What it was run with, as JSON; of long ones the SHA-256."),
    [EVAL_RUN_DATASET_CASES] =
        RUN_COUNT("dataset_cases", "Cases of the dataset",
                  "How many cases there are, where the source tells; the run covers some of them."),
    [EVAL_RUN_CASES] = RUN_COUNT("cases", "Cases", "Cases that the run holds."),
    [EVAL_RUN_RESULTS] = RUN_COUNT("results", "Results", "Results, trials counted apart."),
    [EVAL_RUN_PASSED] = RUN_COUNT("passed", "Passed", "Cases that passed."),
    [EVAL_RUN_FAILED] = RUN_COUNT("failed", "Failed", "Cases that failed."),
    [EVAL_RUN_ERRORS] = RUN_COUNT("errors", "Errors", "Cases that ended in an error: no verdict."),
    [EVAL_RUN_UNSCORED] = RUN_COUNT("unscored", "Unscored", "Cases without a score: no verdict."),
    [EVAL_RUN_SKIPPED] = RUN_COUNT("skipped", "Skipped", "Cases that were skipped: no verdict."),
    [EVAL_RUN_SCORED] = RUN_COUNT("scored", "Scored", "Cases that have a score."),
    [EVAL_RUN_MEAN_SCORE] = { .name = "mean_score",
                              .label = "Mean score",
                              .kind = FIELD_REAL,
                              .flags = FIELD_COUNTED,
                              .help = "Mean of their scores, a case tried several times by the "
                                      "mean of its trials." },
    [EVAL_RUN_CONTENT] = RUN_COUNT(
        "content", "Content", "1, and one more with every restatement; earlier contents are kept."),
    [EVAL_RUN_CONTENT_HASH] =
        RUN_TEXT("content_hash", "Content hash", "Tells equal results from other ones."),
    [EVAL_RUN_FILE] = RUN_TEXT("file", "File", "The file that it came from."),
    [EVAL_RUN_FILE_SHA256] =
        RUN_TEXT("file_sha256", "File SHA-256", "The digest of that file, as evidence."),
    [EVAL_RUN_SAME_AS] = { .name = "same_as",
                           .label = "Same results as",
                           .kind = FIELD_REF,
                           .refers = "eval_run",
                           .flags = FIELD_COUNTED,
                           .help = "The earlier run of its surface that had the same results to "
                                   "the last when it came in." },
    [EVAL_RUN_IS_RERUN] = { .name = "is_rerun",
                            .label = "Measured anew",
                            .kind = FIELD_BOOL,
                            .help = "Whether a run with the results of an earlier one was measured "
                                    "anew; what was not counts as no rerun." },
};

/* Only of a run that looks like a copy is there anything to say. */
static bool eval_run_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)before;
    bool is_alike = !value_is_null(after->value[EVAL_RUN_SAME_AS]);
    bool is_said = !value_is_null(after->value[EVAL_RUN_IS_RERUN]);
    text name = value_as_text(after->value[EVAL_RUN_RUN]);
    if (is_alike == is_said)
        return true;
    if (is_said)
        return fail_at(call, "is_rerun",
                       "no earlier run has the results of '%.*s': it was measured anew, and there "
                       "is nothing to say",
                       TEXT_FMT(name));
    return fail_at(call, "is_rerun",
                   "'%.*s' has the results of an earlier run: say yes if it was measured anew, no "
                   "if it is a copy",
                   TEXT_FMT(name));
}

/* Who looks for a run asks how it went; what made it and its hashes are for `show`. */
static const char *const eval_run_listed[] = {
    "surface", "passed", "cases", "status", "started_at", "errors", "model", "suite",
    "failed",  "unscored", "skipped", "results", "prompt_version", "file", NULL,
};

const struct record eval_run_record = {
    .name = "eval_run",
    .plural = "eval_runs",
    .prefix = "RUN",
    .label = "eval run",
    .help = "What a tool measured at one time; 'rondo import FILE' makes it.",
    .field = eval_run_fields,
    .field_count = COUNT(eval_run_fields),
    .title = EVAL_RUN_RUN,
    .unique = { { "surface", "run" } },
    .sought = { "surface", "started_at" },
    .listed = eval_run_listed,
    .check = eval_run_check,
    .usual_sort = "-started_at",
    .made_by_program = true,
};

/* Results: one row for each run and column, the rows of a surface lying together. */
static const struct column eval_column_columns[] = {
    { "surface", COLUMN_INT, true }, { "run", COLUMN_INT, true },   { "content", COLUMN_INT, true },
    { "name", COLUMN_TEXT, true },   { "body", COLUMN_BLOB, true }, { 0 },
};

const struct table eval_column_table = {
    .name = "eval_column",
    .column = eval_column_columns,
    .key = { "surface", "run", "content", "name" },
};

static const struct column eval_verdicts_columns[] = {
    { "surface", COLUMN_INT, true },
    { "run", COLUMN_INT, true },
    { "content", COLUMN_INT, true },
    { "fingerprint", COLUMN_INT, false }, /* equal for equal verdicts; none for damaged ones */
    { "body", COLUMN_BLOB, true },
    { 0 },
};

const struct table eval_verdicts_table = {
    .name = "eval_verdicts",
    .column = eval_verdicts_columns,
    .key = { "surface", "run", "content" },
    .lies_by_key = true,
    .index = { { .column = { "surface", "fingerprint" } } },
};
