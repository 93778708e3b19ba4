/*
 * Room rituals: rituals of the week that were held incomplete, skipped or silently missed, which no
 * update leaves out; and how the week was kept, as figures.
 */
#include "offers/figure.h"
#include "offers/update_source.h"
#include "rooms/people/people.h"
#include "rooms/rituals/ritual_week.h"
#include "rooms/rituals/rituals.h"
#include "store/find.h"

/* --- figures --- */

/* The slots of the week up to now. */
static bool read_week(struct call *call, rid team, iso_week week, struct ritual_week *read)
{
    return ritual_week_read(call, team, &week, read);
}

static bool is_held(const struct occurrence_slot *slot)
{
    return text_is(slot->state, "closed") || text_is(slot->state, "held_incomplete");
}

static bool is_due(struct call *call, const struct occurrence_slot *slot)
{
    return slot->at <= call->now && !text_is(slot->state, "cancelled");
}

static bool read_held(struct call *call, const struct figure_ask *ask,
                      struct figure_answer *answer)
{
    struct ritual_week week;
    int64_t held = 0, due = 0;
    if (!read_week(call, ask->scope.team, ask->scope.week, &week))
        return false;
    for (size_t i = 0; i < week.count; i++) {
        due += is_due(call, &week.line[i].slot);
        held += is_held(&week.line[i].slot);
    }
    answer->link = TEXT("/rhythm");
    answer->working = TEXT("rondo week");
    if (due == 0)
        return figure_unknown(answer, TEXT("no ritual of the week has been due yet"));
    answer->is_known = true;
    answer->value = (double)held / (double)due;
    answer->words = call_format(call, "%lld of %lld", (long long)held, (long long)due);
    answer->has_n = true;
    answer->n = due;
    return call->fail.kind == FAIL_NONE;
}

const struct figure rituals_figures[] = {
    { "rituals.held", "Rituals held", "Rituals of the week that were held, of those due so far.",
      FIGURE_SHARE, { { 0 } }, read_held },
    { 0 },
};

/* --- what no update leaves out --- */

static const struct {
    const char *state, *words;
} told[] = {
    { "held_incomplete", "was held incomplete" },
    { "skipped", "was skipped" },
    { "missed", "was missed, and nobody said why" },
};

static const char *told_words(text state)
{
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (text_is(state, told[i].state))
            return told[i].words;
    return NULL;
}

static text slot_line(struct call *call, const struct ritual_week_line *line, const char *words)
{
    const struct row *stored = line->slot.stored;
    rid by = stored ? value_as_int(stored->value[OCCURRENCE_SETTLED_BY]) : 0;
    struct out out;
    out_init(&out, call);
    out_format(&out, "[%.*s](/occurrences/%.*s/run) %s",
               TEXT_FMT(row_title(call, line->slot.ritual)), TEXT_FMT(line->key), words);
    if (line->slot.reason.size)
        out_format(&out, ": %.*s", TEXT_FMT(line->slot.reason));
    if (by)
        out_format(&out, " (%.*s)", TEXT_FMT(find_title(call, &person_record, by)));
    out_char(&out, '.');
    return out_view(&out);
}

static bool collect_broken(struct call *call, const struct agenda_ask *ask,
                           struct update_lines *lines)
{
    struct ritual_week week;
    if (!read_week(call, ask->team, ask->week, &week))
        return false;
    for (size_t i = 0; i < week.count; i++) {
        const struct ritual_week_line *line = &week.line[i];
        const char *words = told_words(occurrence_slot_state(&line->slot));
        const struct row *row = line->slot.stored ? line->slot.stored : line->slot.ritual;
        if (words && !update_line_about(call, ask, row, slot_line(call, line, words), 2, lines))
            return false;
    }
    return true;
}

const struct update_source rituals_update[] = {
    { "rituals.broken", "Skipped and incomplete rituals", UPDATE_PART_EXCEPTION, collect_broken },
    { 0 },
};
