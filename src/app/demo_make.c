/*
 * The pieces of the demo in the order in which they would have come about: a team, eleven weeks,
 * a Monday that is past, the last week. What is stored is dated by then.
 */
#include "app/demo_world.h"

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

bool demo_begin(struct call *call, const struct demo_options *options)
{
    iso_week week;
    if (!demo_world_week(call, options, &week))
        return false;
    call->now = week_monday_days(week - 1) * STAMP_DAY + 7 * STAMP_HOUR;
    return true;
}

bool demo_make(struct call *call, const struct importer *const *importers,
               const struct demo_options *options)
{
    struct demo_options part = *options;
    part.part = DEMO_UNTIL_LAST_WEEK;
    if (!demo_begin(call, options) || !demo_people(call) ||
        !import_part(call, importers, &part) || !demo_changes(call, &part) ||
        !demo_prompts(call, &part) || !demo_monday(call, options) ||
        !demo_friday_before(call, options))
        return false;
    call->now = options->now;
    part.part = DEMO_LAST_WEEK;
    return import_part(call, importers, &part) && demo_changes(call, &part) &&
           demo_prompts(call, &part) && demo_extras(call, options) &&
           demo_friday(call, options);
}
