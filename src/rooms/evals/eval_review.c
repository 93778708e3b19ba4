/* See eval_review.h. */
#include "rooms/evals/eval_review.h"

#include "base/json_read.h"
#include "ledger/ledger.h"
#include "offers/refs.h"
#include "rooms/actions/actions.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_week.h"
#include "rooms/evals/review_marks.h"
#include "rooms/people/people.h"
#include "store/find.h"

static bool override_create(struct call *call, const struct surface_review *surface, text week,
                            text reason)
{
    struct row row;
    if (!row_init(call, &comparison_override_record, &row))
        return false;
    row.value[COMPARISON_OVERRIDE_REASON] = value_text(reason);
    row.value[COMPARISON_OVERRIDE_SURFACE] = value_ref(surface->surface_id);
    row.value[COMPARISON_OVERRIDE_WEEK] = value_text(week);
    return ledger_create(call, &row);
}

bool eval_review_compare_anyway(struct call *call, const struct review_options *options,
                                text reason)
{
    struct review review;
    char word[WEEK_TEXT_SIZE];
    size_t overridden = 0;
    reason = text_trim(reason);
    if (reason.size == 0)
        return fail_at(call, "compare_anyway",
                       "say why the two are compared although the ruler "
                       "changed: the reason is recorded");
    if (!evals_review(call, options, &review))
        return false;
    text week = { word, (size_t)week_write(review.week, word) };
    bool done = change_open(call, TEXT("compare although the ruler changed"));
    for (size_t i = 0; done && i < review.surface_count; i++) {
        if (review.surface[i].verdict != REVIEW_NOT_COMPARABLE)
            continue;
        done = override_create(call, &review.surface[i], week, reason);
        overridden++;
    }
    if (done && overridden)
        return change_commit(call);
    change_rollback(call);
    return done && fail(call, FAIL_INVALID,
                        "every surface of %.*s is comparable: there is nothing to compare anyway",
                        TEXT_FMT(week));
}

/* --- opening --- */

/* The rows of the cases of a suite, by key. */
struct case_rows {
    rid suite; /* 0: none is loaded */
    struct rows rows;
};

static int compare_keys(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    return text_compare(value_as_text(a->value[EVAL_CASE_KEY]),
                        value_as_text(b->value[EVAL_CASE_KEY]));
}

static bool load_cases(struct call *call, rid suite, struct case_rows *cases)
{
    struct query query;
    if (cases->suite == suite)
        return true;
    query_init(&query, &eval_case_record);
    query.with_archived = true;
    if (!query_add(call, &query, EVAL_CASE_SUITE, FILTER_IS, value_ref(suite)) ||
        !find_rows(call, &query, &cases->rows))
        return false;
    qsort(cases->rows.row, cases->rows.count, sizeof *cases->rows.row, compare_keys);
    cases->suite = suite;
    return true;
}

static rid case_id(const struct case_rows *cases, text key)
{
    size_t low = 0, high = cases->rows.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text_compare(value_as_text(cases->rows.row[middle].value[EVAL_CASE_KEY]), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return cases->rows.row[low].id;
}

/* 12:00 of the day that it is now, where the surface's team is. */
static bool noon_of(struct call *call, rid surface, stamp *noon)
{
    struct row row;
    text zone;
    int seconds;
    if (!find_row(call, &surface_record, surface, &row) ||
        !people_team_zone(call, value_as_int(row.value[SURFACE_TEAM]), &zone) ||
        !zone_offset(call, zone, call->now, &seconds))
        return false;
    stamp local = call->now + seconds * STAMP_SECOND;
    stamp day = local - (local % STAMP_DAY + STAMP_DAY) % STAMP_DAY;
    return stamp_from_local(call, zone, day + 12 * STAMP_HOUR, noon);
}

/* Noise is nothing that anybody could look for. */
static text first_suspect(const struct surface_review *surface)
{
    const struct review_suspect *first = surface->suspects.suspect;
    return surface->suspects.count && !text_is(first->id, "noise") ? first->title : TEXT_NONE;
}

/* What the actions of one surface share. */
struct opening {
    text week;
    stamp due;
    struct case_rows cases;
    struct rows known; /* what was made of the week before, dropped or not */
    struct opened_review *opened;
    rid *action;
    size_t room;
};

bool eval_review_flip_needs_action(const struct surface_review *surface,
                                   const struct review_flip *flip)
{
    return (flip->class == FLIP_CANDIDATE || flip->class == FLIP_CONFIRMED) && !flip->action.at &&
           surface->verdict != REVIEW_NOT_COMPARABLE;
}

text eval_review_flip_title(struct call *call, const struct surface_review *surface,
                            const struct review_flip *flip)
{
    return text_until_character(call_format(call, "%.*s on %.*s: passed before, fails now",
                                            TEXT_FMT(flip->case_key), TEXT_FMT(surface->surface)),
                                400);
}

/* What to do before anything else; of a flaky one somebody asked for its action. */
static text first_step(enum flip_class class)
{
    static const char *const step[FLIP_CLASSES] = {
        [FLIP_NO_CLASS] = "look at the two outputs",
        [FLIP_CANDIDATE] = "run it again 3 times",
        [FLIP_CONFIRMED] = "look at the two outputs",
        [FLIP_FLAKY] = "find out why it flickers",
    };
    return text_of(step[class]);
}

static bool action_create(struct call *call, const struct surface_review *surface,
                          const struct review_flip *flip, struct opening *opening)
{
    struct row row;
    const char *class = flip_class_words[flip->class];
    text title = eval_review_flip_title(call, surface, flip);
    text suspect = first_suspect(surface);
    if (!title.at || !row_init(call, &action_record, &row))
        return false;
    row.value[ACTION_TITLE] = value_text(title);
    row.value[ACTION_STATE] = value_text(TEXT("open"));
    row.value[ACTION_DUE] = value_stamp(opening->due);
    row.value[ACTION_FIRST_STEP] = value_text(first_step(flip->class));
    row.value[ACTION_WEEK] = value_text(opening->week);
    row.value[ACTION_SURFACE] = value_ref(surface->surface_id);
    row.value[ACTION_CASE] = value_ref(case_id(&opening->cases, flip->case_key));
    row.value[ACTION_CLASS] = class ? value_text(text_of(class)) : VALUE_NONE;
    row.value[ACTION_SUSPECT] = suspect.at ? value_text(suspect) : VALUE_NONE;
    if (!ledger_create(call, &row))
        return false;
    opening->action = call_more(call, opening->action, opening->opened->action_count,
                                &opening->room, sizeof *opening->action);
    if (!opening->action)
        return false;
    opening->action[opening->opened->action_count++] = row.id;
    opening->opened->action = opening->action;
    return true;
}

/* Somebody who dropped an action of the flip does not get it again. */
static bool is_known(const struct opening *opening, const struct surface_review *surface,
                     const struct review_flip *flip)
{
    rid eval_case = case_id(&opening->cases, flip->case_key);
    bool is = false;
    for (size_t i = 0; i < opening->known.count && !is; i++) {
        const struct value *value = opening->known.row[i].value;
        is = value_as_int(value[ACTION_SURFACE]) == surface->surface_id &&
             value_as_int(value[ACTION_CASE]) == eval_case;
    }
    return is;
}

/* Whether a flip is to get an action now. */
typedef bool (*flip_choice)(const struct surface_review *surface, const struct review_flip *flip);

static bool create_chosen(struct call *call, const struct surface_review *surface,
                          flip_choice is_chosen, struct opening *opening)
{
    bool has_any = false;
    for (size_t i = 0; i < surface->flip_count; i++)
        has_any = has_any || is_chosen(surface, &surface->flip[i]);
    if (!has_any)
        return true;
    if (!noon_of(call, surface->surface_id, &opening->due) ||
        !load_cases(call, surface->suite_id, &opening->cases))
        return false;
    if (!opening->opened->due || opening->due < opening->opened->due)
        opening->opened->due = opening->due;
    for (size_t i = 0; i < surface->flip_count; i++)
        if (is_chosen(surface, &surface->flip[i]) &&
            !is_known(opening, surface, &surface->flip[i]) &&
            !action_create(call, surface, &surface->flip[i], opening))
            return false;
    return true;
}

static bool open_surface(struct call *call, const struct surface_review *surface,
                         struct opening *opening)
{
    return create_chosen(call, surface, eval_review_flip_needs_action, opening);
}

static text frozen(struct call *call, const struct review *review)
{
    struct out out;
    struct json_writer writer;
    out_init(&out, call);
    json_writer_init(&writer, &out, false);
    review_write_json(review, &writer);
    return out_view(&out);
}

static bool eval_review_create(struct call *call, const struct review *review, text week,
                               struct opened_review *opened)
{
    struct row row;
    int seconds;
    text body = frozen(call, review);
    if (!body.at || !row_init(call, &eval_review_record, &row) ||
        !zone_offset(call, call->workspace_zone, call->now, &seconds))
        return false;
    row.value[EVAL_REVIEW_WEEK] = value_text(week);
    row.value[EVAL_REVIEW_DAY] = value_int((call->now + seconds * STAMP_SECOND) / STAMP_DAY);
    row.value[EVAL_REVIEW_SUMMARY] = value_text(review->summary);
    row.value[EVAL_REVIEW_FROZEN] = value_text(body);
    if (!ledger_create(call, &row))
        return false;
    opened->id = row.id;
    opened->is_new = true;
    return true;
}

static bool open_week(struct call *call, const struct review *review, text week,
                      struct opened_review *opened)
{
    struct opening opening = { .week = week, .opened = opened };
    if (!eval_review_create(call, review, week, opened))
        return false;
    for (size_t i = 0; i < review->surface_count; i++)
        if (!open_surface(call, &review->surface[i], &opening))
            return false;
    return true;
}

/* Whether the review as it was opened made no actions of the surface, for its ruler had changed. */
static bool was_held_back(const struct json *frozen, text surface)
{
    const struct json *surfaces = json_get(frozen, "surfaces");
    for (size_t i = 0; surfaces && i < surfaces->count; i++) {
        const struct json *name = json_get(&surfaces->item[i], "surface");
        const struct json *verdict = json_get(&surfaces->item[i], "verdict");
        if (name && verdict && text_equal(name->text, surface))
            return text_is(verdict->text, review_verdict_words[REVIEW_NOT_COMPARABLE]);
    }
    return false;
}

/*
 * What an opening held back gets its actions once somebody has said why it is compared anyway; all
 * else of a review that is open stays as it is.
 */
static bool open_rest(struct call *call, const struct review *review, text week,
                      const struct row *before, struct opened_review *opened)
{
    struct opening opening = { .week = week, .opened = opened };
    struct json frozen = { .kind = JSON_NULL };
    struct query query;
    query_init(&query, &action_record);
    query.with_archived = true;
    if (!query_add(call, &query, ACTION_WEEK, FILTER_IS, value_text(week)) ||
        !find_rows(call, &query, &opening.known))
        return false;
    for (size_t i = 0; i < review->surface_count; i++) {
        const struct surface_review *surface = &review->surface[i];
        if (!surface->compared_anyway.at)
            continue;
        if (frozen.kind == JSON_NULL &&
            !json_read(call, value_as_text(before->value[EVAL_REVIEW_FROZEN]), &frozen, NULL))
            return false;
        if (was_held_back(&frozen, surface->surface) && !open_surface(call, surface, &opening))
            return false;
    }
    return true;
}

/* Inside the change, which holds the store's one writer: of two openings one is the first. */
static bool open_once(struct call *call, const struct review *review, text week,
                      struct opened_review *opened)
{
    struct rows rows;
    if (!review_marks_of_week(call, &eval_review_record, EVAL_REVIEW_WEEK, review->week, &rows))
        return false;
    if (rows.count == 0)
        return open_week(call, review, week, opened);
    opened->id = rows.row[0].id;
    return open_rest(call, review, week, &rows.row[0], opened);
}

bool eval_review_open(struct call *call, const struct review_options *options,
                      struct opened_review *opened)
{
    struct review review;
    char word[WEEK_TEXT_SIZE];
    bool joins = call->change.is_open;
    *opened = (struct opened_review){ .is_new = false };
    if (!evals_review(call, options, &review))
        return false;
    opened->week = review.week;
    text week = { word, (size_t)week_write(review.week, word) };
    if (joins)
        return open_once(call, &review, week, opened);
    if (!change_open(call, call_format(call, "open the eval review of %.*s", TEXT_FMT(week))))
        return false;
    if (open_once(call, &review, week, opened))
        return change_commit(call);
    change_rollback(call);
    return false;
}

/* --- an action of each flip of a surface --- */

static bool is_without_action(const struct surface_review *surface, const struct review_flip *flip)
{
    (void)surface;
    return flip->to == VERDICT_FAIL && !flip->action.at;
}

/* The surface by its name or id, as the week's default review has it, where flips may be acted on.
 */
static bool find_surface(struct call *call, const struct review *review, text word, text week,
                         const struct surface_review **surface)
{
    rid id;
    *surface = NULL;
    if (!refs_find(call, &surface_record, word, &id))
        return false;
    for (size_t i = 0; i < review->surface_count && !*surface; i++)
        if (review->surface[i].surface_id == id)
            *surface = &review->surface[i];
    if (!*surface)
        return fail(call, FAIL_NOT_FOUND, "the review of %.*s has no run of %.*s", TEXT_FMT(week),
                    TEXT_FMT(word));
    if ((*surface)->verdict == REVIEW_NOT_COMPARABLE)
        return fail(call, FAIL_CONFLICT,
                    "%.*s is not comparable in %.*s, for the ruler changed: say first why it is "
                    "compared all the same ('rondo review --compare-anyway REASON')",
                    TEXT_FMT((*surface)->surface), TEXT_FMT(week));
    return true;
}

/* Inside the change, which holds the store's one writer: what was made since is known. */
static bool make_rest(struct call *call, const struct review *review,
                      const struct surface_review *surface, struct opening *opening)
{
    struct rows opened;
    if (!review_marks_of_week(call, &eval_review_record, EVAL_REVIEW_WEEK, review->week, &opened) ||
        !review_marks_of_week(call, &action_record, ACTION_WEEK, review->week, &opening->known))
        return false;
    if (opened.count == 0)
        return fail(call, FAIL_CONFLICT,
                    "the review of %.*s is not opened yet, which makes actions of its surer flips: "
                    "open it first ('rondo review --open --week %.*s')",
                    TEXT_FMT(opening->week), TEXT_FMT(opening->week));
    opening->opened->id = opened.row[0].id;
    if (!create_chosen(call, surface, is_without_action, opening))
        return false;
    return opening->opened->action_count ||
           fail(call, FAIL_CONFLICT,
                "there is nothing to make: in %.*s no flip to fail of %.*s is without an action",
                TEXT_FMT(opening->week), TEXT_FMT(surface->surface));
}

bool eval_review_make_actions(struct call *call, const struct review_options *options, text word,
                              struct opened_review *made)
{
    struct review review;
    const struct surface_review *surface;
    char buffer[WEEK_TEXT_SIZE];
    struct opening opening = { .opened = made };
    *made = (struct opened_review){ .is_new = false };
    if (!evals_review(call, options, &review))
        return false;
    made->week = review.week;
    opening.week = (text){ buffer, (size_t)week_write(review.week, buffer) };
    if (!find_surface(call, &review, word, opening.week, &surface) ||
        !change_open(call, call_format(call, "make actions of the flips of %.*s in %.*s",
                                       TEXT_FMT(surface->surface), TEXT_FMT(opening.week))))
        return false;
    if (make_rest(call, &review, surface, &opening))
        return change_commit(call);
    change_rollback(call);
    return false;
}
