/* See evals_figures.h: what Monday's review brings to the weekly update. */
#include "rooms/evals/evals_figures.h"

#include "rooms/evals/evals.h"
#include "rooms/evals/review_costs.h"
#include "rooms/evals/review_marks.h"
#include "rooms/evals/review_once.h"
#include "store/find.h"

#include <math.h>

/* Writes the line of one surface with its weight, or leaves it without: there is none. */
typedef bool (*surface_line)(struct call *call, const struct review *review,
                             const struct surface_review *surface, struct update_line *line);

static bool each_surface(struct call *call, const struct agenda_ask *ask,
                         struct update_lines *lines, surface_line write)
{
    const struct review *review;
    if (!review_once(call, ask->week, &review))
        return false;
    for (size_t i = 0; review && i < review->surface_count; i++) {
        const struct surface_review *surface = &review->surface[i];
        struct update_line line = { .record = &surface_record, .row = surface->surface_id };
        bool concerns;
        if (!review_concerns(call, ask, surface->surface_id, &concerns) ||
            (concerns && !write(call, review, surface, &line)))
            return false;
        if (line.line.at && !update_line_add(call, lines, line))
            return false;
    }
    return call->fail.kind == FAIL_NONE;
}

/* A verdict of an earlier week is no news of this one. */
static text surface_link(struct call *call, const struct review *review,
                         const struct surface_review *surface)
{
    char week[WEEK_TEXT_SIZE];
    week_write(review->week, week);
    return call_format(call, "[%.*s](/monday?week=%s)", TEXT_FMT(surface->surface), week);
}

static const char *moved_word(const struct surface_review *surface)
{
    if (surface->verdict != REVIEW_REGRESSED && surface->verdict != REVIEW_IMPROVED)
        return "holds at";
    bool is_down = (surface->verdict == REVIEW_REGRESSED) != surface->is_lower_better;
    return is_down ? "fell to" : "rose to";
}

/* A share that is better lower is told by its name, and is no pass rate. */
static const char *rate_figure(const struct surface_review *surface)
{
    return surface->is_lower_better ? "evals.headline" : "evals.pass_rate";
}

/* A loss weighs more than a gain, and what stayed is told only when nothing moved. */
static double verdict_weight(const struct surface_review *surface)
{
    double size = surface->has_delta ? fabs(surface->delta) : 0;
    switch (surface->verdict) {
    case REVIEW_REGRESSED:
        return 3 + size;
    case REVIEW_IMPROVED:
        return 2 + size;
    case REVIEW_NO_EVIDENCE:
        return 1 - size;
    case REVIEW_NOT_COMPARABLE:
    case REVIEW_COULD_NOT_MEASURE:
    case REVIEW_INSUFFICIENT:
    case REVIEW_VERDICTS:
        break;
    }
    return 0;
}

static bool write_verdict(struct call *call, const struct review *review,
                          const struct surface_review *surface, struct update_line *line)
{
    text name = surface->surface;
    if (!surface->has_delta || verdict_weight(surface) == 0)
        return true;
    struct out words;
    out_init(&words, call);
    out_text(&words, surface_link(call, review, surface));
    if (surface->is_lower_better)
        out_format(&words, ": %.*s", TEXT_FMT(surface->metric));
    out_format(&words,
               " %s {{figure %s surface=\"%.*s\"}} ({{figure %s_change surface=\"%.*s\"}}, "
               "{{figure evals.verdict surface=\"%.*s\"}})",
               moved_word(surface), rate_figure(surface), TEXT_FMT(name), rate_figure(surface),
               TEXT_FMT(name), TEXT_FMT(name));
    if (surface->pass_to_fail)
        out_format(&words,
                   ": {{figure evals.broken surface=\"%.*s\"}} case%s broke, {{figure "
                   "evals.followed surface=\"%.*s\"}}",
                   TEXT_FMT(name), surface->pass_to_fail == 1 ? "" : "s", TEXT_FMT(name));
    out_char(&words, '.');
    line->line = out_view(&words);
    line->weight = verdict_weight(surface);
    return call->fail.kind == FAIL_NONE;
}

static bool collect_verdicts(struct call *call, const struct agenda_ask *ask,
                             struct update_lines *lines)
{
    return each_surface(call, ask, lines, write_verdict);
}

/* --- cost and latency --- */

static bool write_costs(struct call *call, const struct review *review,
                        const struct surface_review *surface, struct update_line *line)
{
    struct review_costs costs;
    struct out words;
    text name = surface->surface;
    if (!review_costs_read(call, review, surface, &costs))
        return false;
    double cost_moved = costs.cost_usd / costs.baseline_cost_usd - 1;
    double latency_moved = costs.latency_p95_ms / costs.baseline_latency_p95_ms - 1;
    bool has_cost = isfinite(cost_moved), has_latency = isfinite(latency_moved);
    if (!has_cost && !has_latency)
        return true;
    out_init(&words, call);
    out_text(&words, surface_link(call, review, surface));
    if (has_cost)
        out_format(&words,
                   ": a case costs {{figure evals.cost_usd surface=\"%.*s\"}} ({{figure "
                   "evals.cost_change surface=\"%.*s\"}})",
                   TEXT_FMT(name), TEXT_FMT(name));
    if (has_latency)
        out_format(&words,
                   "%s 95 of 100 answers within {{figure evals.latency_p95_ms surface=\"%.*s\"}} "
                   "({{figure evals.latency_change surface=\"%.*s\"}})",
                   has_cost ? "," : ":", TEXT_FMT(name), TEXT_FMT(name));
    out_char(&words, '.');
    line->line = out_view(&words);
    line->weight = fmax(has_cost ? fabs(cost_moved) : 0, has_latency ? fabs(latency_moved) : 0);
    return call->fail.kind == FAIL_NONE;
}

static bool collect_costs(struct call *call, const struct agenda_ask *ask,
                          struct update_lines *lines)
{
    return each_surface(call, ask, lines, write_costs);
}

/* --- what was overridden --- */

static bool collect_overrides(struct call *call, const struct agenda_ask *ask,
                              struct update_lines *lines)
{
    struct rows rows;
    if (!review_marks_of_week(call, &comparison_override_record, COMPARISON_OVERRIDE_WEEK,
                              ask->week, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *row = &rows.row[i];
        text surface = find_title(call, &surface_record,
                                  value_as_int(row->value[COMPARISON_OVERRIDE_SURFACE]));
        text line = call_format(call, "%.*s is compared although its ruler changed: %.*s.",
                                TEXT_FMT(surface), TEXT_FMT(update_link(call, row)));
        if (!update_line_about(call, ask, row, line, 0, lines))
            return false;
    }
    return true;
}

/* --- what changed around the runs --- */

static bool is_of_world(const struct row *event)
{
    return text_is(value_as_text(event->value[CHANGE_EVENT_KIND]), "provider");
}

/* Moves of labels are told by the room of prompts, which makes such events. */
static bool is_of_production(const struct row *event)
{
    return !is_of_world(event) &&
           !text_is(value_as_text(event->value[CHANGE_EVENT_SOURCE]), "deployment");
}

/* ": support is at 88.0 % since (down 5 points)"; a share that is better lower by its name. */
static bool write_effect(struct call *call, rid surface, struct out *line)
{
    struct row row;
    if (!find_row(call, &surface_record, surface, &row))
        return false;
    text name = value_as_text(row.value[SURFACE_NAME]);
    bool is_lower = text_is(value_as_text(row.value[SURFACE_DIRECTION]), "lower");
    const char *figure = is_lower ? "evals.headline" : "evals.pass_rate";
    out_format(line, ": %.*s is at ", TEXT_FMT(name));
    if (is_lower)
        out_format(line, "%.*s ", TEXT_FMT(value_as_text(row.value[SURFACE_METRIC])));
    out_format(line, "{{figure %s surface=\"%.*s\"}} since ({{figure %s_change surface=\"%.*s\"}})",
               figure, TEXT_FMT(name), figure, TEXT_FMT(name));
    return true;
}

/* What moved after it on the one surface that it names is its measured effect. */
static text event_line(struct call *call, const struct row *event)
{
    struct value surfaces = event->value[CHANGE_EVENT_SURFACES];
    struct out line;
    out_init(&line, call);
    out_text(&line, update_link(call, event));
    if (surfaces.count == 1 && !write_effect(call, surfaces.ids[0], &line))
        return TEXT_NONE;
    out_char(&line, '.');
    return out_view(&line);
}

static bool collect_events(struct call *call, const struct agenda_ask *ask,
                           bool (*is_wanted)(const struct row *event), struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    query_init(&query, &change_event_record);
    query.sort = CHANGE_EVENT_EFFECTIVE_AT;
    if (!query_add(call, &query, CHANGE_EVENT_EFFECTIVE_AT, FILTER_AT_LEAST,
                   value_stamp(ask->from)) ||
        !query_add(call, &query, CHANGE_EVENT_EFFECTIVE_AT, FILTER_LESS,
                   value_stamp(ask->until)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *event = &rows.row[i];
        text line = is_of_world(event) ? update_link(call, event) : event_line(call, event);
        if (is_wanted(event) && !update_line_about(call, ask, event, line, 1, lines))
            return false;
    }
    return true;
}

static bool collect_production(struct call *call, const struct agenda_ask *ask,
                               struct update_lines *lines)
{
    return collect_events(call, ask, is_of_production, lines);
}

static bool collect_world(struct call *call, const struct agenda_ask *ask,
                          struct update_lines *lines)
{
    return collect_events(call, ask, is_of_world, lines);
}

const struct update_source evals_update[] = {
    { "evals.verdicts", "Verdicts of Monday", UPDATE_PART_EVAL, collect_verdicts },
    { "evals.costs", "Cost and latency of the runs", UPDATE_PART_COST_LATENCY, collect_costs },
    { "evals.changes", "Changes around the runs", UPDATE_PART_CHANGED, collect_production },
    { "evals.provider", "What providers changed", UPDATE_PART_WORLD, collect_world },
    { "evals.overrides", "Compared anyway", UPDATE_PART_EXCEPTION, collect_overrides },
    { 0 },
};
