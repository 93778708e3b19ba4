/*
 * See evals_surface.h: from which weeks on a surface was measured with another ruler, or on other
 * cases. A ruler that a week does not name is taken for the one before it. Says where the breaks
 * are, not what they mean for a test.
 */
#include "engine/bits.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_surface.h"

#include <inttypes.h>

/* Whoever scores is named as the judge: the sources know no scorer apart from it. */
static const struct {
    const char *name;
    int field;
} rulers[] = {
    { "dataset_version", EVAL_RUN_DATASET_VERSION },
    { "judge", EVAL_RUN_JUDGE },
    { "harness_version", EVAL_RUN_HARNESS_VERSION },
};
enum { RULERS = sizeof rulers / sizeof *rulers, BREAKS_OF_WEEK = RULERS + 1 };

/* What is known of the stretch of weeks that lies behind. */
struct stretch {
    text ruler[RULERS];
    const struct verdicts *first; /* its cases are those of its first week */
};

struct breaks {
    struct review_break *item;
    size_t count;
};

static void break_rulers(struct surface_week *week, struct stretch *stretch, struct breaks *breaks)
{
    const struct row *row = week->chosen.latest->row;
    for (size_t i = 0; i < RULERS; i++) {
        text ruler = value_as_text(row->value[rulers[i].field]);
        if (!ruler.at)
            continue;
        if (stretch->ruler[i].at && !text_equal(stretch->ruler[i], ruler)) {
            breaks->item[breaks->count++] = (struct review_break){
                week->runs.week, rulers[i].name, stretch->ruler[i], ruler
            };
            week->is_cut = true;
        }
        stretch->ruler[i] = ruler;
    }
}

/*
 * More than 5 % of either side's cases are not on the other: a rate can move that much by
 * the cases alone. A case or two that come or go every week break nothing until they add up.
 */
static bool break_cases(struct call *call, struct surface_week *week, const struct stretch *stretch,
                        struct breaks *breaks)
{
    const struct verdicts *now = &week->chosen.verdicts;
    struct compare_counts counts = compare_count(stretch->first, now, NULLS_FAIL);
    int64_t gone = counts.held_before - counts.held_both;
    int64_t added = counts.held_now - counts.held_both;
    if (gone * 20 <= counts.held_before && added * 20 <= counts.held_now)
        return true;
    text from = call_format(call, "%" PRId64 " cases", counts.held_before);
    text to = call_format(call, "%" PRId64 " cases (%" PRId64 " gone, %" PRId64 " new)",
                          counts.held_now, gone, added);
    breaks->item[breaks->count++] = (struct review_break){ week->runs.week, "cases", from, to };
    week->is_cut = true;
    return from.at && to.at;
}

bool surface_breaks(struct call *call, struct surface_input *input, struct surface_review *review)
{
    struct stretch stretch = { .first = NULL };
    struct breaks breaks = {
        .item = call_array(call, BREAKS_OF_WEEK * input->listed_count + 1, sizeof *breaks.item),
    };
    if (!breaks.item)
        return false;
    for (size_t i = 0; i < input->listed_count; i++) {
        struct surface_week *week = &input->listed[i];
        break_rulers(week, &stretch, &breaks);
        if (week->is_cut)
            review->trend.tested_from = i;
        if (stretch.first && !break_cases(call, week, &stretch, &breaks))
            return false;
        if (!stretch.first || week->is_cut)
            stretch.first = &week->chosen.verdicts;
    }
    review->breaks = breaks.item;
    review->break_count = breaks.count;
    return true;
}
