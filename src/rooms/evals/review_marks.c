/* See review_marks.h. */
#include "rooms/evals/review_marks.h"

#include "rooms/actions/actions.h"
#include "rooms/evals/evals.h"
#include "rooms/people/people.h"

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
    (void)before;
    return week_check(call, value_as_text(after->value[COMPARISON_OVERRIDE_WEEK]), &week);
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

bool review_marks_of_week(struct call *call, const struct record *record, int field, iso_week week,
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

bool review_marks_overrides(struct call *call, iso_week week, const struct surface_input *input,
                            struct surface_review *review, size_t count)
{
    struct rows rows;
    if (!review_marks_of_week(call, &comparison_override_record, COMPARISON_OVERRIDE_WEEK, week,
                              &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        for (size_t at = 0; at < count; at++) {
            const struct row *row = &rows.row[i];
            if (review[at].not_comparable_count == 0 ||
                value_as_int(row->value[COMPARISON_OVERRIDE_SURFACE]) !=
                    input[at].surface->row->id)
                continue;
            review[at].compared_anyway = value_as_text(row->value[COMPARISON_OVERRIDE_REASON]);
            review[at].override = row_public_id(call, &comparison_override_record, row->id);
        }
    return call->fail.kind == FAIL_NONE;
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
    if (!rows || !review_marks_of_week(call, &action_record, ACTION_WEEK, week, rows))
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

bool review_marks_actions(struct call *call, iso_week week, const struct surface_input *input,
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
            flip->late_from = action_untaken_from(found->row);
            if (!value_is_null(owner))
                flip->owner = find_title(call, &person_record, value_as_int(owner));
        }
    return call->fail.kind == FAIL_NONE;
}
