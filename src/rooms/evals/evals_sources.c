/* See evals_sources.h. */
#include "rooms/evals/evals_sources.h"

#include "rooms/actions/actions.h"
#include "rooms/evals/eval_review.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_week.h"
#include "rooms/evals/phrase.h"
#include "rooms/evals/review_facts.h"
#include "rooms/evals/review_marks.h"
#include "rooms/evals/review_once.h"
#include "store/find.h"

enum { NAMES_MAX = 5 };

/* --- the week that is asked for --- */

/* Runs of the ask's week may be missing: then it is about the latest week before it. */
static bool options_of(struct call *call, const struct agenda_ask *ask, bool *has_week,
                       struct review_options *options)
{
    *options = (struct review_options){ .weeks = REVIEW_WEEKS_DEFAULT, .has_week = true };
    return evals_latest_week(call, ask->week, has_week, &options->week);
}

/* The review that was opened of that week, or one with id 0. */
static bool opened_of(struct call *call, iso_week week, struct row *opened)
{
    struct rows rows;
    if (!review_marks_of_week(call, &eval_review_record, EVAL_REVIEW_WEEK, week, &rows))
        return false;
    *opened = rows.count ? rows.row[0] : (struct row){ .id = 0 };
    return true;
}

/* --- points about surfaces --- */

/* Fills title and why of a point, or leaves the title out: there is nothing to talk about. */
typedef bool (*surface_teller)(struct call *call, const struct surface_review *surface,
                               struct agenda_point *point);

static bool each_surface(struct call *call, const struct agenda_ask *ask, struct agenda *agenda,
                         surface_teller tell)
{
    const struct review *review;
    if (!review_once(call, ask->week, &review))
        return false;
    for (size_t i = 0; review && i < review->surface_count; i++) {
        const struct surface_review *surface = &review->surface[i];
        struct agenda_point point = { .record = &surface_record, .row = surface->surface_id };
        bool concerns;
        if (!review_concerns(call, ask, surface->surface_id, &concerns) ||
            (concerns && !tell(call, surface, &point)))
            return false;
        if (point.title.at && !agenda_add(call, agenda, point))
            return false;
    }
    return true;
}

static void write_trend(struct out *out, const struct review_trend *trend)
{
    out_format(out, "; %s ", trend_verdict_words[trend->verdict]);
    if (trend->test.has_slope) {
        phrase_points(out, trend->test.slope);
        out_string(out, " a listed week ");
    }
    out_format(out, "over %zu weeks (Mann-Kendall ", trend->test.n);
    phrase_p_is(out, trend->test.p);
    out_string(out, ", indicative)");
}

/* What moved, or is on its way. */
static bool tell_trend(struct call *call, const struct surface_review *surface,
                       struct agenda_point *point)
{
    const struct review_trend *trend = &surface->trend;
    bool has_trend = surface->has_trend && trend->has_test &&
                     (trend->verdict == TREND_FALLING || trend->verdict == TREND_RISING);
    struct out why;
    if (!has_trend && surface->verdict != REVIEW_REGRESSED && surface->verdict != REVIEW_IMPROVED)
        return true;
    out_init(&why, call);
    text sentence = surface_review_sentence(call, surface);
    out_text(&why, text_ends(sentence, TEXT(".")) ? text_until(sentence, sentence.size - 1)
                                                  : sentence);
    if (has_trend)
        write_trend(&why, trend);
    point->title = surface->surface;
    point->why = out_view(&why);
    return point->why.at != NULL;
}

static bool tell_tail(struct call *call, const struct surface_review *surface,
                      struct agenda_point *point)
{
    const struct review_subject subject = { .surface = surface, .weeks = REVIEW_WEEKS_DEFAULT };
    struct out why;
    if (!surface->tail.has_stealth || !surface->tail.is_stealth)
        return true;
    out_init(&why, call);
    review_facts_tail(&why, &subject);
    point->title =
        call_format(call, "%.*s has a stealth problem", TEXT_FMT(surface->surface));
    point->why = out_view(&why);
    return point->title.at && point->why.at;
}

/* The first suspect; a change event is shown itself. */
static bool tell_suspect(struct call *call, const struct surface_review *surface,
                         struct agenda_point *point)
{
    rid event;
    if (surface->suspects.count == 0)
        return true;
    const struct review_suspect *suspect = &surface->suspects.suspect[0];
    if (row_id_read(&change_event_record, suspect->id, &event) &&
        text_starts(suspect->id, TEXT("CHG-"))) {
        point->record = &change_event_record;
        point->row = event;
    }
    point->title = call_format(call, "%.*s: %.*s", TEXT_FMT(surface->surface),
                               TEXT_FMT(suspect->title));
    point->why =
        call_format(call, "%.1f %% of the suspicion of the drop after '%.*s'; %s",
                    100 * suspect->rank.posterior, TEXT_FMT(surface->suspects.last_good),
                    suspect->verdict);
    return point->title.at && point->why.at;
}

static bool compile_trend(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    return each_surface(call, ask, agenda, tell_trend);
}

static bool compile_tail(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    return each_surface(call, ask, agenda, tell_tail);
}

static bool compile_suspects(struct call *call, const struct agenda_ask *ask,
                             struct agenda *agenda)
{
    return each_surface(call, ask, agenda, tell_suspect);
}

/* --- flips --- */

static bool is_unowned_flip(const struct row *action)
{
    return text_is(value_as_text(action->value[ACTION_STATE]), "open") &&
           value_is_null(action->value[ACTION_OWNER]) &&
           !value_is_null(action->value[ACTION_CASE]);
}

/* Those of the week that nobody owns and that belong on the agenda. */
static bool unowned_flips(struct call *call, const struct agenda_ask *ask, iso_week week,
                          struct rows *rows)
{
    struct rows all;
    *rows = (struct rows){ .row = NULL };
    if (!review_marks_of_week(call, &action_record, ACTION_WEEK, week, &all))
        return false;
    for (size_t i = 0; i < all.count; i++) {
        bool concerns;
        if (!is_unowned_flip(&all.row[i]))
            continue;
        if (!agenda_concerns(call, ask, &all.row[i], &concerns))
            return false;
        if (concerns)
            all.row[rows->count++] = all.row[i];
    }
    rows->row = all.row;
    return true;
}

static text flip_words(struct call *call, const struct row *action)
{
    text class = value_as_text(action->value[ACTION_CLASS]),
         suspect = value_as_text(action->value[ACTION_SUSPECT]);
    if (!suspect.size)
        return call_format(call, "%.*s, nobody owns it", TEXT_FMT(class));
    return call_format(call, "%.*s, nobody owns it; suspected: %.*s", TEXT_FMT(class),
                       TEXT_FMT(suspect));
}

static bool add_actions(struct call *call, const struct agenda_ask *ask, iso_week week,
                        struct agenda *agenda)
{
    struct rows rows;
    if (!unowned_flips(call, ask, week, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!agenda_add(call, agenda,
                        (struct agenda_point){ .title = row_title(call, &rows.row[i]),
                                               .why = flip_words(call, &rows.row[i]),
                                               .record = &action_record,
                                               .row = rows.row[i].id }))
            return false;
    return true;
}

/* As long as the review is not opened, its flips are no actions yet. */
static bool tell_flips(struct call *call, const struct surface_review *surface,
                       struct agenda *agenda)
{
    for (size_t i = 0; i < surface->flip_count; i++) {
        const struct review_flip *flip = &surface->flip[i];
        if (!eval_review_flip_needs_action(surface, flip))
            continue;
        text title = eval_review_flip_title(call, surface, flip);
        text why = call_format(call, "%s, not assigned yet", flip_class_words[flip->class]);
        if (!title.at || !why.at ||
            !agenda_add(call, agenda,
                        (struct agenda_point){ .title = title,
                                               .why = why,
                                               .record = &surface_record,
                                               .row = surface->surface_id }))
            return false;
    }
    return true;
}

static bool add_flips(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    const struct review *review;
    if (!review_once(call, ask->week, &review))
        return false;
    for (size_t i = 0; review && i < review->surface_count; i++) {
        bool concerns;
        if (!review_concerns(call, ask, review->surface[i].surface_id, &concerns) ||
            (concerns && !tell_flips(call, &review->surface[i], agenda)))
            return false;
    }
    return true;
}

static bool compile_flips(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct review_options options;
    struct row opened;
    bool has_week;
    if (!options_of(call, ask, &has_week, &options))
        return false;
    if (!has_week)
        return true;
    if (!opened_of(call, options.week, &opened) ||
        !add_actions(call, ask, options.week, agenda))
        return false;
    return opened.id || add_flips(call, ask, agenda);
}

/* --- starting, closing, the paragraph --- */

/*
 * Without a run there is nothing to open, and the ritual takes place all the same. What is open
 * already is not made again to find that out: each source of an agenda starts.
 */
static bool start(struct call *call, const struct agenda_ask *ask)
{
    struct review_options options;
    struct opened_review opened;
    struct row before;
    bool has_week;
    if (!options_of(call, ask, &has_week, &options))
        return false;
    if (!has_week)
        return true;
    return opened_of(call, options.week, &before) &&
           (before.id || eval_review_open(call, &options, &opened));
}

static bool fail_unowned(struct call *call, iso_week week, const struct rows *rows)
{
    char word[WEEK_TEXT_SIZE];
    text *name = call_array(call, rows->count, sizeof *name);
    struct out names;
    if (!name)
        return false;
    for (size_t i = 0; i < rows->count; i++)
        name[i] = find_title(call, &eval_case_record,
                             value_as_int(rows->row[i].value[ACTION_CASE]));
    week_write(week, word);
    out_init(&names, call);
    phrase_names(&names, name, rows->count, NAMES_MAX);
    return fail(call, FAIL_CONFLICT,
                "%zu flip%s of %s %s no owner: give %s one first: %.*s", rows->count,
                rows->count == 1 ? "" : "s", word, rows->count == 1 ? "has" : "have",
                rows->count == 1 ? "it" : "each", TEXT_FMT(out_view(&names)));
}

static bool may_close(struct call *call, const struct agenda_ask *ask)
{
    struct review_options options;
    struct rows rows;
    bool has_week;
    if (!options_of(call, ask, &has_week, &options))
        return false;
    if (!has_week)
        return true;
    return unowned_flips(call, ask, options.week, &rows) &&
           (rows.count == 0 || fail_unowned(call, options.week, &rows));
}

/* Of one surface, what is told about it. */
static bool draft_of_surface(struct call *call, const struct agenda_ask *ask, text *paragraph)
{
    const struct review *review;
    if (!review_once(call, ask->week, &review))
        return false;
    const struct surface_review *surface = review_surface(review, ask->surface);
    *paragraph = surface ? surface_review_sentence(call, surface) : TEXT_NONE;
    return call->fail.kind == FAIL_NONE;
}

/* What somebody made of the opened review's summary counts for more than what it would say now. */
static bool draft(struct call *call, const struct agenda_ask *ask, text *paragraph)
{
    const struct review *review;
    struct review_options options;
    struct row opened;
    bool has_week;
    *paragraph = TEXT_NONE;
    if (!options_of(call, ask, &has_week, &options))
        return false;
    if (!has_week)
        return true;
    if (ask->surface)
        return draft_of_surface(call, ask, paragraph);
    if (!opened_of(call, options.week, &opened))
        return false;
    if (opened.id) {
        *paragraph = value_as_text(opened.value[EVAL_REVIEW_SUMMARY]);
        return true;
    }
    if (!review_once(call, ask->week, &review))
        return false;
    *paragraph = review->summary;
    return true;
}

/* Starting is the same for each: the first opens the review, the others find it open. */
const struct agenda_source evals_agenda[] = {
    { .name = "evals.trend",
      .label = "What moved",
      .help = "Surfaces that regressed, improved, or are on their way.",
      .compile = compile_trend,
      .start = start,
      .draft = draft },
    { .name = "evals.flips",
      .label = "Cases that broke",
      .help = "Cases that passed before, fail now, and need an owner.",
      .compile = compile_flips,
      .start = start,
      .may_close = may_close },
    { .name = "evals.suspects",
      .label = "Suspects",
      .help = "What is suspected of each drop.",
      .compile = compile_suspects,
      .start = start },
    { .name = "evals.tail",
      .label = "Stealth problems",
      .help = "Surfaces whose hardest cases do worse while the average hides it.",
      .compile = compile_tail,
      .start = start },
    { 0 },
};
