/*
 * See review_page.h. A surface is a list of facts, each of which writes itself or stays silent:
 * what is not known makes no line.
 */
#include "rooms/evals/review_page.h"

#include "rooms/evals/review_facts.h"

#include "rooms/evals/evals_review_words.h"
#include "rooms/evals/phrase.h"

static const struct {
    const char *words;
    enum paint paint;
} verdict_looks[REVIEW_VERDICTS] = {
    [REVIEW_NOT_COMPARABLE] = { "not comparable", PAINT_YELLOW },
    [REVIEW_COULD_NOT_MEASURE] = { "could not measure", PAINT_YELLOW },
    [REVIEW_INSUFFICIENT] = { "too few to compare", PAINT_NONE },
    [REVIEW_REGRESSED] = { "regressed", PAINT_RED },
    [REVIEW_IMPROVED] = { "improved", PAINT_GREEN },
    [REVIEW_NO_EVIDENCE] = { "no evidence of a change", PAINT_NONE },
};

static const struct {
    const char *label;
    enum paint (*write)(struct out *out, const struct review_subject *subject);
    bool is_list; /* of cases or slices: not shown of what is not comparable */
} facts[] = {
    { "Headline", review_facts_headline, false },
    { "Pass rate", review_facts_rate, false },
    { "Pairs", review_facts_pairs, false },
    { "Clusters", review_facts_clusters, false },
    { "Scores", review_facts_scores, false },
    { "Alarm", review_facts_alarm, false },
    { "Can see", review_facts_sensitivity, false },
    { "Noise", review_facts_repeats, false },
    { "Trend", review_facts_trend, false },
    { "Ruler", review_facts_breaks, false },
    { "Level", review_facts_level, false },
    { "Score level", review_facts_score_level, false },
    { "Tail", review_facts_tail, false },
    { "Slices", review_facts_slices, true },
    { "Changed", review_facts_changed, false },
    { "Run", review_facts_run, false },
    { "Fixed", review_facts_fixed, true },
    { "Slid", review_facts_slid, true },
    { "Missing", review_facts_missing, true },
    { "New", review_facts_new, true },
    { "Renamed", review_facts_renamed, true },
    { "No verdict", review_facts_errors, true },
    { "Flips", review_facts_flips, true },
};

static void write_notes(const struct review_pen *pen, const struct surface_review *surface)
{
    for (size_t i = 0; i < surface->note_count; i++) {
        const struct review_note *note = &surface->note[i];
        pen->fact(pen, "Note", PAINT_NONE, note->words.size ? note->words : text_of(note->code));
    }
}

/* A comparison of two runs was asked for by their names, and holds nothing back. */
static bool holds_back_lists(const struct surface_review *surface)
{
    return surface->has_trend && surface->verdict == REVIEW_NOT_COMPARABLE;
}

/* The flips come last, next to the table that holds them. */
static void write_facts(const struct review_pen *pen, const struct review_subject *subject)
{
    size_t count = sizeof facts / sizeof *facts;
    for (size_t i = 0; i < count; i++) {
        struct out out;
        out_init(&out, pen->call);
        enum paint paint = facts[i].write(&out, subject);
        if (i + 1 == count)
            write_notes(pen, subject->surface);
        if (out_view(&out).size && !(facts[i].is_list && holds_back_lists(subject->surface)))
            pen->fact(pen, facts[i].label, paint, out_view(&out));
    }
}

static void write_surface(const struct review_pen *pen, const struct review_subject *subject)
{
    const struct surface_review *surface = subject->surface;
    pen->surface(pen, surface->surface, verdict_looks[surface->verdict].paint,
                 verdict_looks[surface->verdict].words);
    pen->sentence(pen, surface_review_sentence(pen->call, surface));
    write_facts(pen, subject);
    if (holds_back_lists(surface))
        pen->fact(pen, "Held back", PAINT_YELLOW,
                  TEXT("the lists of cases, for the ruler changed: to see them, say why with "
                       "--compare-anyway REASON"));
    else
        review_page_flips(pen, surface);
    review_page_suspects(pen, surface);
    if (surface->compared_anyway.at)
        pen->fact(pen, "Anyway", PAINT_YELLOW, surface->compared_anyway);
}

static text review_title(struct call *call, const struct review *review)
{
    struct out out;
    out_init(&out, call);
    out_string(&out, "Eval review ");
    phrase_week(&out, review->week);
    if (!review->has_baseline_week) {
        out_string(&out, " (no earlier week to compare with)");
        return out_view(&out);
    }
    out_string(&out, " (against ");
    phrase_week(&out, review->baseline_week);
    out_string(&out, ", ");
    phrase_count(&out, review->weeks_apart, "week apart", "weeks apart");
    evals_review_words_others(&out, review);
    out_char(&out, ')');
    return out_view(&out);
}

/* Surfaces that were expected: silence must not look like health. */
static void write_without_run(const struct review_pen *pen, const struct review *review)
{
    struct out out;
    if (review->without_run_count == 0)
        return;
    out_init(&out, pen->call);
    out_string(&out, "No run this week: ");
    phrase_names(&out, review->without_run, review->without_run_count, review->without_run_count);
    out_char(&out, '.');
    pen->paragraph(pen, out_view(&out));
}

void review_page(const struct review_pen *pen, const struct review *review)
{
    pen->title(pen, review_title(pen->call, review));
    if (review->summary.size)
        pen->paragraph(pen, review->summary);
    for (size_t i = 0; i < review->surface_count; i++) {
        struct review_subject subject = { &review->surface[i], review->options.weeks };
        write_surface(pen, &subject);
    }
    write_without_run(pen, review);
}

void review_page_comparison(const struct review_pen *pen, const struct surface_review *surface)
{
    struct review_subject subject = { surface, 0 };
    pen->title(pen, call_format(pen->call, "Comparison of '%.*s' against '%.*s'",
                                TEXT_FMT(surface->run), TEXT_FMT(surface->baseline_run)));
    write_surface(pen, &subject);
}
