/* The record `week_review`: what a person or a team says of a week. */
#include "base/stamp.h"
#include "rooms/day/day.h"

enum { TOP_MAX = 3 };

#define PROSE(field_name, field_label, field_help)                                                 \
    {                                                                                              \
        .name = field_name, .label = field_label, .kind = FIELD_PROSE, .flags = FIELD_SEARCHED,    \
        .help = field_help                                                                         \
    }

static const struct field week_review_fields[] = {
    [WEEK_REVIEW_PERSON] = { .name = "person",
                             .label = "Person",
                             .kind = FIELD_REF,
                             .refers = "person",
                             .flags = FIELD_BY_NAME | FIELD_FIXED | FIELD_INDEXED,
                             .help = "Whose week it is; without person and team, the writer's." },
    [WEEK_REVIEW_TEAM] = { .name = "team",
                           .label = "Team",
                           .kind = FIELD_REF,
                           .refers = "team",
                           .flags = FIELD_BY_NAME | FIELD_FIXED | FIELD_INDEXED,
                           .help = "Or the team whose week it is." },
    [WEEK_REVIEW_WEEK] = { .name = "week",
                           .label = "Week",
                           .kind = FIELD_TEXT,
                           .flags = FIELD_FIXED | FIELD_INDEXED,
                           .max = 8,
                           .help = "The ISO week, such as 2026-W47; else this one." },
    [WEEK_REVIEW_DONE] = PROSE("done", "Done", "What was finished."),
    [WEEK_REVIEW_ACHIEVEMENTS] = PROSE("achievements", "Achievements", "What is worth telling."),
    [WEEK_REVIEW_MISSED] = PROSE("missed", "Missed", "What was to be done and was not."),
    [WEEK_REVIEW_TOP_THREE] = PROSE("top_three", "Top three",
                                    "The next week's three, a line for each."),
};

static bool week_review_settle(struct call *call, const struct row *before, struct row *review)
{
    int64_t today;
    text zone;
    iso_week week;
    char word[WEEK_TEXT_SIZE];
    if (before)
        return true;
    if (value_is_null(review->value[WEEK_REVIEW_PERSON]) &&
        value_is_null(review->value[WEEK_REVIEW_TEAM]))
        review->value[WEEK_REVIEW_PERSON] = value_ref(call->actor.person);
    if (!value_is_null(review->value[WEEK_REVIEW_WEEK]))
        return true;
    if (!day_today(call, call->actor.person, &today, &zone) ||
        !week_of_stamp(call, zone, call->now, &week))
        return false;
    week_write(week, word);
    review->value[WEEK_REVIEW_WEEK] = value_text(call_text(call, text_of(word)));
    return call->fail.kind == FAIL_NONE;
}

static size_t lines_of(text prose)
{
    size_t count = 0;
    while (prose.at)
        count += text_trim(text_cut(prose, '\n', &prose)).size > 0;
    return count;
}

static bool week_review_check(struct call *call, const struct row *before, const struct row *after)
{
    iso_week week;
    (void)before;
    if (!value_is_null(after->value[WEEK_REVIEW_PERSON]) &&
        !value_is_null(after->value[WEEK_REVIEW_TEAM]))
        return fail_at(call, "team", "a week review is a person's or a team's, not both's");
    if (!week_check(call, value_as_text(after->value[WEEK_REVIEW_WEEK]), &week))
        return false;
    size_t lines = lines_of(value_as_text(after->value[WEEK_REVIEW_TOP_THREE]));
    return lines <= TOP_MAX ||
           fail_at(call, "top_three",
                   "the top three are at most three lines, these are %zu: leave some for later",
                   lines);
}

static const char *const week_review_listed[] = { "person", "team", NULL };

const struct record week_review_record = {
    .name = "week_review",
    .plural = "week_reviews",
    .prefix = "WRV",
    .label = "week review",
    .help = "What a week brought, and the three of the next: 'rondo week-review --write'.",
    .field = week_review_fields,
    .field_count = sizeof week_review_fields / sizeof week_review_fields[0],
    .title = WEEK_REVIEW_WEEK,
    .listed = week_review_listed,
    .unique = { { "person", "week" }, { "team", "week" } },
    .check = week_review_check,
    .settle = week_review_settle,
};
