/* See eval_review.h. */
#include "rooms/evals/eval_review.h"

#include "ledger/ledger.h"
#include "rooms/actions/actions.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_week.h"
#include "rooms/people/people.h"
#include "store/find.h"

/* --- records --- */

static const struct field eval_review_fields[] = {
    [EVAL_REVIEW_WEEK] = { .name = "week",
                           .label = "Week",
                           .kind = FIELD_TEXT,
                           .flags = FIELD_NEEDED | FIELD_UNIQUE | FIELD_COUNTED,
                           .max = 8,
                           .help = "The ISO week that was reviewed." },
    [EVAL_REVIEW_DAY] = { .name = "day",
                          .label = "Opened on",
                          .kind = FIELD_DATE,
                          .flags = FIELD_COUNTED,
                          .help = "The day of the opening, in the workspace's zone." },
    [EVAL_REVIEW_SUMMARY] = { .name = "summary",
                              .label = "Summary",
                              .kind = FIELD_PROSE,
                              .flags = FIELD_SEARCHED,
                              .help = "One paragraph for the broader team; edit it freely." },
    [EVAL_REVIEW_FROZEN] = { .name = "frozen",
                             .label = "As it was",
                             .kind = FIELD_JSON,
                             .flags = FIELD_COUNTED,
                             .help = "The review as it was when it was opened." },
};

static const char *const eval_review_listed[] = { "day", NULL };

const struct record eval_review_record = {
    .name = "eval_review",
    .plural = "eval_reviews",
    .prefix = "REV",
    .label = "eval review",
    .help = "A Monday review that was opened; 'rondo review --open' opens one.",
    .field = eval_review_fields,
    .field_count = sizeof eval_review_fields / sizeof eval_review_fields[0],
    .title = EVAL_REVIEW_WEEK,
    .listed = eval_review_listed,
    .made_by_program = true,
};

static const struct field comparison_override_fields[] = {
    [COMPARISON_OVERRIDE_REASON] = { .name = "reason",
                                     .label = "Reason",
                                     .kind = FIELD_TEXT,
                                     .flags = FIELD_NEEDED | FIELD_SEARCHED,
                                     .help =
                                         "Why the two are compared although the ruler changed." },
    [COMPARISON_OVERRIDE_SURFACE] = { .name = "surface",
                                      .label = "Surface",
                                      .kind = FIELD_REF,
                                      .refers = "surface",
                                      .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_BY_NAME,
                                      .help = "On which surface." },
    [COMPARISON_OVERRIDE_WEEK] = { .name = "week",
                                   .label = "Week",
                                   .kind = FIELD_TEXT,
                                   .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
                                   .max = 8,
                                   .help = "In which ISO week." },
};

static bool comparison_override_check(struct call *call, const struct row *before,
                                      const struct row *after)
{
    iso_week week;
    text word = value_as_text(after->value[COMPARISON_OVERRIDE_WEEK]);
    (void)before;
    return week_read(word, &week) ||
           fail_at(call, "week", "'%.*s' is not an ISO week: write it like 2026-W47",
                   TEXT_FMT(word));
}

const struct record comparison_override_record = {
    .name = "comparison_override",
    .plural = "comparison_overrides",
    .prefix = "OVR",
    .label = "comparison override",
    .help = "A comparison that somebody wants although the ruler changed, and why.",
    .field = comparison_override_fields,
    .field_count = sizeof comparison_override_fields / sizeof comparison_override_fields[0],
    .title = COMPARISON_OVERRIDE_REASON,
    .unique = { { "surface", "week" } },
    .check = comparison_override_check,
};

static bool rows_of_week(struct call *call, const struct record *record, int field, iso_week week,
                         struct rows *rows)
{
    char *word = call_take(call, WEEK_TEXT_SIZE);
    struct query query;
    if (!word)
        return false;
    text words = { word, (size_t)week_write(week, word) };
    query_init(&query, record);
    return query_add(call, &query, field, FILTER_IS, value_text(words)) &&
           find_rows(call, &query, rows);
}

/* --- what was decided about rulers --- */

bool eval_review_overrides(struct call *call, iso_week week, const struct surface_input *input,
                           struct surface_review *review, size_t count)
{
    struct rows rows;
    if (!rows_of_week(call, &comparison_override_record, COMPARISON_OVERRIDE_WEEK, week, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        for (size_t at = 0; at < count; at++)
            if (value_as_int(rows.row[i].value[COMPARISON_OVERRIDE_SURFACE]) ==
                input[at].surface->row->id)
                review[at].compared_anyway =
                    value_as_text(rows.row[i].value[COMPARISON_OVERRIDE_REASON]);
    return true;
}

static rid surface_id(struct call *call, const struct surface_review *review)
{
    struct query query;
    struct row suite, surface;
    query_init(&query, &suite_record);
    if (!query_add(call, &query, SUITE_NAME, FILTER_IS, value_text(review->suite)) ||
        !find_first(call, &query, &suite))
        return 0;
    query_init(&query, &surface_record);
    return query_add(call, &query, SURFACE_SUITE, FILTER_IS, value_ref(suite.id)) &&
                   query_add(call, &query, SURFACE_NAME, FILTER_IS, value_text(review->surface)) &&
                   find_first(call, &query, &surface)
               ? surface.id
               : 0;
}

static bool override_create(struct call *call, const struct surface_review *surface, text week,
                            text reason)
{
    struct row row;
    if (!row_init(call, &comparison_override_record, &row))
        return false;
    row.value[COMPARISON_OVERRIDE_REASON] = value_text(reason);
    row.value[COMPARISON_OVERRIDE_SURFACE] = value_ref(surface_id(call, surface));
    row.value[COMPARISON_OVERRIDE_WEEK] = value_text(week);
    return ledger_create(call, &row);
}

bool eval_review_compare_anyway(struct call *call, const struct review_options *options,
                                text reason)
{
    struct review review;
    char word[WEEK_TEXT_SIZE];
    size_t overridden = 0;
    reason = text_trim(reason);
    if (reason.size == 0)
        return fail_at(call, "compare_anyway",
                       "say why the two are compared although the ruler "
                       "changed: the reason is recorded");
    if (!evals_review(call, options, &review))
        return false;
    text week = { word, (size_t)week_write(review.week, word) };
    bool done = change_open(call, TEXT("compare although the ruler changed"));
    for (size_t i = 0; done && i < review.surface_count; i++) {
        if (review.surface[i].verdict != REVIEW_NOT_COMPARABLE)
            continue;
        done = override_create(call, &review.surface[i], week, reason);
        overridden++;
    }
    if (done && overridden)
        return change_commit(call);
    change_rollback(call);
    return done && fail(call, FAIL_INVALID,
                        "every surface of %.*s is comparable: there is nothing to compare anyway",
                        TEXT_FMT(week));
}

/* --- actions of flips --- */

struct known_action {
    rid surface;
    text key;
    const struct row *row;
};

static int compare_actions(const void *left, const void *right)
{
    const struct known_action *a = left, *b = right;
    if (a->surface != b->surface)
        return a->surface < b->surface ? -1 : 1;
    return text_compare(a->key, b->key);
}

static bool list_actions(struct call *call, iso_week week, struct known_action **known,
                         size_t *count)
{
    struct rows *rows = call_new(call, struct rows);
    *count = 0;
    if (!rows || !rows_of_week(call, &action_record, ACTION_WEEK, week, rows))
        return false;
    *known = call_array(call, rows->count + 1, sizeof **known);
    for (size_t i = 0; *known && i < rows->count; i++) {
        const struct row *row = &rows->row[i];
        if (value_is_null(row->value[ACTION_CASE]) || value_is_null(row->value[ACTION_SURFACE]))
            continue;
        (*known)[(*count)++] = (struct known_action){
            value_as_int(row->value[ACTION_SURFACE]),
            find_title(call, &eval_case_record, value_as_int(row->value[ACTION_CASE])), row
        };
    }
    if (*known)
        qsort(*known, *count, sizeof **known, compare_actions);
    return *known != NULL;
}

bool eval_review_actions(struct call *call, iso_week week, const struct surface_input *input,
                         struct surface_review *review, size_t count)
{
    struct known_action *known;
    size_t known_count;
    if (!list_actions(call, week, &known, &known_count))
        return false;
    for (size_t i = 0; known_count && i < count; i++)
        for (size_t at = 0; at < review[i].flip_count; at++) {
            struct review_flip *flip = &review[i].flip[at];
            struct known_action wanted = { input[i].surface->row->id, flip->case_key, NULL };
            const struct known_action *found =
                bsearch(&wanted, known, known_count, sizeof *known, compare_actions);
            if (!found)
                continue;
            struct value owner = found->row->value[ACTION_OWNER];
            flip->action = row_public_id(call, &action_record, found->row->id);
            flip->is_late = action_is_late(found->row, call->now);
            if (!value_is_null(owner))
                flip->owner = find_title(call, &person_record, value_as_int(owner));
        }
    return call->fail.kind == FAIL_NONE;
}

/* --- opening --- */

/* The rows of the cases of a suite, by key. */
struct case_rows {
    text suite;
    struct rows rows;
};

static int compare_keys(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    return text_compare(value_as_text(a->value[EVAL_CASE_KEY]),
                        value_as_text(b->value[EVAL_CASE_KEY]));
}

static bool load_cases(struct call *call, rid suite, text name, struct case_rows *cases)
{
    struct query query;
    if (cases->suite.at && text_equal(cases->suite, name))
        return true;
    query_init(&query, &eval_case_record);
    query.with_archived = true;
    if (!query_add(call, &query, EVAL_CASE_SUITE, FILTER_IS, value_ref(suite)) ||
        !find_rows(call, &query, &cases->rows))
        return false;
    qsort(cases->rows.row, cases->rows.count, sizeof *cases->rows.row, compare_keys);
    cases->suite = name;
    return true;
}

static rid case_id(const struct case_rows *cases, text key)
{
    size_t low = 0, high = cases->rows.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(value_as_text(cases->rows.row[middle].value[EVAL_CASE_KEY]), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return cases->rows.row[low].id;
}

/* 12:00 of the day that it is now, where the surface's team is. */
static bool noon_of(struct call *call, const struct row *surface, stamp *noon)
{
    text zone;
    int seconds;
    if (!people_team_zone(call, value_as_int(surface->value[SURFACE_TEAM]), &zone) ||
        !zone_offset(call, zone, call->now, &seconds))
        return false;
    stamp local = call->now + seconds * STAMP_SECOND;
    stamp day = local - (local % STAMP_DAY + STAMP_DAY) % STAMP_DAY;
    return stamp_from_local(call, zone, day + 12 * STAMP_HOUR, noon);
}

static text first_suspect(const struct surface_review *surface)
{
    return surface->suspects.count ? surface->suspects.suspect[0].title : TEXT_NONE;
}

/* What the actions of one surface share. */
struct opening {
    text week;
    struct row surface;
    stamp due;
    struct case_rows cases;
    struct opened_review *opened;
    rid *action;
    size_t room;
};

static bool action_create(struct call *call, const struct surface_review *surface,
                          const struct review_flip *flip, struct opening *opening)
{
    struct row row;
    bool is_candidate = flip->class == FLIP_CANDIDATE;
    text title = call_format(call, "%.*s on %.*s: passed before, fails now",
                             TEXT_FMT(flip->case_key), TEXT_FMT(surface->surface));
    text suspect = first_suspect(surface);
    if (!title.at || !row_init(call, &action_record, &row))
        return false;
    row.value[ACTION_TITLE] = value_text(text_until_character(title, 400));
    row.value[ACTION_STATE] = value_text(TEXT("open"));
    row.value[ACTION_DUE] = value_stamp(opening->due);
    row.value[ACTION_FIRST_STEP] =
        value_text(is_candidate ? TEXT("run it again 3 times") : TEXT("look at the two outputs"));
    row.value[ACTION_WEEK] = value_text(opening->week);
    row.value[ACTION_SURFACE] = value_ref(opening->surface.id);
    row.value[ACTION_CASE] = value_ref(case_id(&opening->cases, flip->case_key));
    row.value[ACTION_CLASS] = value_text(text_of(flip_class_words[flip->class]));
    row.value[ACTION_SUSPECT] = suspect.at ? value_text(suspect) : VALUE_NONE;
    if (!ledger_create(call, &row))
        return false;
    opening->action = call_more(call, opening->action, opening->opened->action_count,
                                &opening->room, sizeof *opening->action);
    if (!opening->action)
        return false;
    opening->action[opening->opened->action_count++] = row.id;
    opening->opened->action = opening->action;
    return true;
}

/* Flaky flips are listed and get none by themselves; those that are not comparable get none. */
static bool open_surface(struct call *call, const struct surface_review *surface,
                         struct opening *opening)
{
    bool needs_any = false;
    for (size_t i = 0; i < surface->flip_count; i++)
        needs_any = needs_any || surface->flip[i].class == FLIP_CANDIDATE ||
                    surface->flip[i].class == FLIP_CONFIRMED;
    if (!needs_any || surface->verdict == REVIEW_NOT_COMPARABLE)
        return true;
    if (!find_row(call, &surface_record, surface_id(call, surface), &opening->surface) ||
        !noon_of(call, &opening->surface, &opening->due) ||
        !load_cases(call, value_as_int(opening->surface.value[SURFACE_SUITE]), surface->suite,
                    &opening->cases))
        return false;
    for (size_t i = 0; i < surface->flip_count; i++) {
        const struct review_flip *flip = &surface->flip[i];
        if ((flip->class == FLIP_CANDIDATE || flip->class == FLIP_CONFIRMED) && !flip->action.at &&
            !action_create(call, surface, flip, opening))
            return false;
    }
    return true;
}

static text frozen(struct call *call, const struct review *review)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    review_write_json(review, &writer);
    return out_view(&out);
}

static bool eval_review_create(struct call *call, const struct review *review, text week,
                               struct opened_review *opened)
{
    struct row row;
    int seconds;
    text body = frozen(call, review);
    if (!body.at || !row_init(call, &eval_review_record, &row) ||
        !zone_offset(call, call->workspace_zone, call->now, &seconds))
        return false;
    row.value[EVAL_REVIEW_WEEK] = value_text(week);
    row.value[EVAL_REVIEW_DAY] = value_int((call->now + seconds * STAMP_SECOND) / STAMP_DAY);
    row.value[EVAL_REVIEW_SUMMARY] = value_text(review->summary);
    row.value[EVAL_REVIEW_FROZEN] = value_text(body);
    if (!ledger_create(call, &row))
        return false;
    opened->id = row.id;
    opened->is_new = true;
    return true;
}

static bool open_week(struct call *call, const struct review *review, text week,
                      struct opened_review *opened)
{
    struct opening opening = { .week = week, .opened = opened };
    if (!eval_review_create(call, review, week, opened))
        return false;
    for (size_t i = 0; i < review->surface_count; i++)
        if (!open_surface(call, &review->surface[i], &opening))
            return false;
    return true;
}

bool eval_review_open(struct call *call, const struct review_options *options,
                      struct opened_review *opened)
{
    struct review review;
    struct rows rows;
    char *word = call_take(call, WEEK_TEXT_SIZE);
    *opened = (struct opened_review){ .is_new = false };
    if (!word || !evals_review(call, options, &review))
        return false;
    opened->week = review.week;
    text week = { word, (size_t)week_write(review.week, word) };
    if (!rows_of_week(call, &eval_review_record, EVAL_REVIEW_WEEK, review.week, &rows))
        return false;
    if (rows.count) {
        opened->id = rows.row[0].id;
        return true;
    }
    if (!change_open(call, call_format(call, "open the eval review of %.*s", TEXT_FMT(week))))
        return false;
    if (open_week(call, &review, week, opened))
        return change_commit(call);
    change_rollback(call);
    return false;
}
