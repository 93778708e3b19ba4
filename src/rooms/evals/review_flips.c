/*
 * The table of cases that passed before and do not now: how sure that is, and what the case did
 * before. A candidate that was run again says how often.
 */
#include "rooms/evals/review_page.h"

#include "rooms/evals/phrase.h"
#include "rooms/evals/review_facts.h"

#include <inttypes.h>

static const struct grid_column columns[] = {
    { "Case", GRID_LEFT },    { "Flip", GRID_LEFT }, { "Class", GRID_LEFT },
    { "History", GRID_LEFT }, { "p", GRID_RIGHT },   { NULL, GRID_LEFT },
};

/* Once the review is open. */
static const struct grid_column columns_opened[] = {
    { "Case", GRID_LEFT },    { "Flip", GRID_LEFT }, { "Class", GRID_LEFT },
    { "History", GRID_LEFT }, { "p", GRID_RIGHT },   { "Action", GRID_LEFT },
    { "Owner", GRID_LEFT },   { NULL, GRID_LEFT },
};

enum { FLIP_COLUMNS = 5, FLIP_COLUMNS_OPENED = 7 };

static struct flip_week history_sum(const struct review_flip *flip)
{
    struct flip_week sum = { 0 };
    for (size_t i = 0; i < flip->history_count; i++) {
        sum.passed += flip->history[i].passed;
        sum.n += flip->history[i].n;
    }
    return sum;
}

static text flip_history(struct call *call, const struct review_flip *flip)
{
    struct flip_week sum = history_sum(flip);
    if (sum.n == 0)
        return TEXT("none");
    return call_format(call, "%" PRId32 " of %" PRId32, sum.passed, sum.n);
}

/* One that was run again says how often: once is what every other candidate was. */
static text candidate_label(struct call *call, const struct review_flip *flip)
{
    if (flip->now_n == 1)
        return TEXT("candidate");
    return call_format(call, "candidate, %" PRId64 " runs", flip->now_n);
}

static text flip_label(struct call *call, const struct review_flip *flip)
{
    static const char *const label[FLIP_CLASSES] = {
        [FLIP_NO_CLASS] = "-",
        [FLIP_CONFIRMED] = "confirmed",
        [FLIP_FLAKY] = "flaky", /* its history stands in the column beside it */
    };
    return flip->class == FLIP_CANDIDATE ? candidate_label(call, flip)
                                         : text_of(label[flip->class]);
}

static text flip_p(struct call *call, const struct review_flip *flip)
{
    struct out out;
    if (!flip->has_p)
        return TEXT("-");
    out_init(&out, call);
    phrase_p(&out, flip->p_worse);
    return out_view(&out);
}

static void fill_row(struct call *call, const struct review_flip *flip, text *cell)
{
    cell[0] = flip->case_key;
    cell[1] = call_format(call, "%s -> %s", verdict_words[flip->from], verdict_words[flip->to]);
    cell[2] = flip_label(call, flip);
    cell[3] = flip_history(call, flip);
    cell[4] = flip_p(call, flip);
}

static void fill_owner(const struct review_flip *flip, stamp now, text *cell)
{
    cell[0] = flip->action.at ? flip->action : TEXT("-");
    if (flip->owner.at)
        cell[1] = flip->owner;
    else
        cell[1] = flip_is_late(flip, now) ? TEXT("nobody, late")
                  : flip->action.at       ? TEXT("nobody")
                                          : TEXT("-");
}

void review_page_flips(const struct review_pen *pen, const struct surface_review *surface)
{
    size_t count = surface->flip_count, width = FLIP_COLUMNS;
    for (size_t i = 0; i < surface->flip_count; i++)
        width = surface->flip[i].action.at ? FLIP_COLUMNS_OPENED : width;
    if (count > REVIEW_FACTS_FLIPS_MAX)
        count = REVIEW_FACTS_FLIPS_MAX;
    text *cell = count ? call_array(pen->call, count * width, sizeof *cell) : NULL;
    if (!cell)
        return;
    for (size_t i = 0; i < count; i++) {
        fill_row(pen->call, &surface->flip[i], cell + i * width);
        if (width == FLIP_COLUMNS_OPENED)
            fill_owner(&surface->flip[i], pen->call->now, cell + i * width + FLIP_COLUMNS);
    }
    pen->table(pen, width == FLIP_COLUMNS ? columns : columns_opened, cell, count * width);
    if (count < surface->flip_count)
        pen->after_table(pen, call_format(pen->call, "and %zu more: rondo %s --json",
                                          surface->flip_count - count,
                                          surface->has_trend ? "review" : "compare"));
}
