/*
 * The pieces of the demo in the order in which they would have come about: a team and its rhythm,
 * two weeks in which nothing is measured, eleven weeks of results and the first review, the last
 * week. What is stored is dated by then.
 */
#include "app/demo_rhythm.h"

#include "rooms/evals/eval_review.h"

enum { MORNING = 7 }; /* UTC: before any meeting begins */

/* The results come in through the same door as anybody's. */
static bool import_part(struct call *call, const struct importer *const *importers,
                        const struct demo_options *options)
{
    struct import_options importing = {
        .format = TEXT("plain"), .suite = TEXT_NONE, .surface = TEXT_NONE, .run = TEXT_NONE
    };
    struct import_report report;
    struct out lines;
    enum door door = call->door;
    out_init(&lines, call);
    if (!demo_evals(call, options, &lines) ||
        !import_bytes(call, importers, TEXT("demo"), out_view(&lines), &importing, &report))
        return false;
    call->door = door;
    return import_report_exit(&report) == 0 ||
           fail(call, FAIL_INTERNAL, "the demo's own results were refused");
}

/* Where a team with a rhythm begins: it takes the pack before its first meeting. */
bool demo_begin(struct call *call, const struct demo_options *options)
{
    iso_week week;
    if (!demo_world_week(call, options, &week))
        return false;
    call->now = week_monday_days(week - DEMO_RHYTHM_WEEKS) * STAMP_DAY + MORNING * STAMP_HOUR;
    return true;
}

/* The week before the last: the first that is measured, and told. */
static bool measured_week(struct call *call, const struct importer *const *importers,
                          const struct demo_options *options, const struct demo_rhythm *rhythm)
{
    struct demo_options part = *options;
    struct opened_review opened;
    part.part = DEMO_UNTIL_LAST_WEEK;
    call->now = week_monday_days(rhythm->last_week - 1) * STAMP_DAY + MORNING * STAMP_HOUR;
    return import_part(call, importers, &part) && demo_changes(call, &part) &&
           demo_prompts(call, &part) && demo_monday(call, options, &opened) &&
           demo_rhythm_hold(call, rhythm, 1, DEMO_MONDAY, DEMO_TUESDAY, INT64_MAX) &&
           demo_monday_done(call, options, &opened) &&
           demo_rhythm_hold(call, rhythm, 1, DEMO_WEDNESDAY, DEMO_FRIDAY, INT64_MAX) &&
           demo_friday_send(call, options);
}

/* As far as it is over. Its Monday may still wait for whoever looks at the demo. */
static bool last_meetings(struct call *call, const struct demo_options *options,
                          const struct demo_rhythm *rhythm)
{
    struct opened_review opened;
    bool monday, tuesday;
    if (!demo_rhythm_is_over(call, rhythm, DEMO_MONDAY, options->now, &monday) ||
        !demo_rhythm_is_over(call, rhythm, DEMO_TUESDAY, options->now, &tuesday))
        return false;
    return (!monday || demo_monday_last(call, options, &opened)) &&
           demo_rhythm_hold(call, rhythm, 0, DEMO_MONDAY, DEMO_TUESDAY, options->now) &&
           (!tuesday || demo_monday_last_done(call, &opened)) &&
           demo_rhythm_hold(call, rhythm, 0, DEMO_WEDNESDAY, DEMO_FRIDAY, options->now);
}

static bool last_week(struct call *call, const struct importer *const *importers,
                      const struct demo_options *options, const struct demo_rhythm *rhythm)
{
    struct demo_options part = *options;
    part.part = DEMO_LAST_WEEK;
    call->now = options->now;
    if (!import_part(call, importers, &part) || !demo_changes(call, &part) ||
        !demo_prompts(call, &part) || !demo_extras(call, options) || !demo_friday(call, options) ||
        !last_meetings(call, options, rhythm))
        return false;
    call->now = options->now;
    return demo_rhythm_prepare(call, rhythm);
}

bool demo_make(struct call *call, const struct importer *const *importers,
               const struct demo_options *options)
{
    struct demo_rhythm rhythm;
    return demo_begin(call, options) && demo_people(call) &&
           demo_rhythm_begin(call, options, &rhythm) &&
           demo_rhythm_hold(call, &rhythm, 3, DEMO_MONDAY, DEMO_FRIDAY, INT64_MAX) &&
           demo_rhythm_hold(call, &rhythm, 2, DEMO_MONDAY, DEMO_FRIDAY, INT64_MAX) &&
           measured_week(call, importers, options, &rhythm) &&
           last_week(call, importers, options, &rhythm);
}
