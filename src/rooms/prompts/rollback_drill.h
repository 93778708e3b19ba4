/*
 * Room prompts: practising the way back, before the hour when it is needed. A drill moves a shadow
 * label, `drill/production`, with the very command that is used in earnest; the program itself sees
 * when the old version is served.
 *
 * States: running -> confirmed (the old version is served) -> held (with lessons); running ->
 * abandoned (with a reason); postponed (with a reason and a day) from the start.
 */
#ifndef RONDO_ROLLBACK_DRILL_H
#define RONDO_ROLLBACK_DRILL_H

#include "offers/agenda.h"
#include "offers/calendar.h"
#include "offers/needs.h"
#include "rooms/prompts/prompts.h"

struct drill_plan {
    rid prompt;
    text label;    /* that the drill is about; "production" */
    text scenario;
    text plan;     /* TEXT_NONE: that of the last change that was served there */
    int64_t target_seconds; /* 0: five minutes */
};

/* Sets the shadow label to what is served and starts the stopwatch; `row` is the running drill. */
bool drill_start(struct call *call, const struct drill_plan *plan, struct row *row);

/*
 * Stops the stopwatch, if the shadow label carries the old version: else it says what it carries,
 * and the drill goes on.
 */
bool drill_confirm(struct call *call, rid drill, struct row *row);

/* No drill until a day, by somebody with a reason. */
bool drill_postpone(struct call *call, rid prompt, text reason, int64_t until, struct row *row);

/*
 * Whether a prompt is due for a drill: it is served as production, and none was confirmed in the
 * present period (a quarter, unless the prompt says another number of months), nor is it postponed.
 * `*end` is the last day of the period.
 */
bool drill_is_due(struct call *call, const struct row *prompt, bool *is_due, int64_t *end);

/* Agenda, needs and calendars: the prompts that are due. */
bool drill_compile(struct call *call, const struct agenda_ask *ask, struct agenda *agenda);
bool drill_collect(struct call *call, rid person, struct needs *needs);
extern const struct calendar_source drill_calendar[];

#endif
