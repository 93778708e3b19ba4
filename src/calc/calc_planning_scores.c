/* See calc_planning.h: order, goals and pointing (methods/planning.md, 4 to 6). */
#include "calc/calc_planning.h"

#include "calc/calc_day.h"
#include "engine/goals.h"
#include "engine/order.h"
#include "engine/pointing.h"

#include <math.h>

/* --- order --- */

#define WSJF_PARTS                                                                                 \
    CALC_INPUT("business_value", CALC_AMOUNT), CALC_INPUT("time_criticality", CALC_AMOUNT),        \
        CALC_INPUT("risk_opportunity", CALC_AMOUNT), CALC_INPUT("job_size", CALC_POSITIVE)

const struct calc_input calc_planning_wsjf_inputs[] = { WSJF_PARTS, { 0 } };

static struct wsjf_job read_job(const struct calc_values *in)
{
    return (struct wsjf_job){ .value = calc_real(in, "business_value"),
                              .time_criticality = calc_real(in, "time_criticality"),
                              .risk_opportunity = calc_real(in, "risk_opportunity"),
                              .size = calc_real(in, "job_size") };
}

bool calc_planning_wsjf(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    (void)call;
    struct wsjf_job job = read_job(in);
    json_put_real(out, "value", order_wsjf(&job));
    return true;
}

static const struct calc_input job_members[] = {
    CALC_INPUT("id", CALC_LABEL),
    WSJF_PARTS,
    { 0 },
};

const struct calc_input calc_planning_wsjf_rank_inputs[] = {
    CALC_INPUT("items", CALC_OBJECTS, .members = job_members),
    { 0 },
};

bool calc_planning_wsjf_rank(struct call *call, const struct calc_values *in,
                             struct json_writer *out)
{
    size_t count = calc_size(in, "items");
    struct wsjf_job *job = call_array(call, count + 1, sizeof *job);
    size_t *place = call_array(call, count + 1, sizeof *place);
    const struct json **id = call_array(call, count + 1, sizeof *id);
    struct calc_values one;
    if (!job || !place || !id)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!calc_item(call, in, "items", i, &one))
            return false;
        job[i] = read_job(&one);
        id[i] = calc_json(&one, "id");
        job[i].has_number = json_is_number(id[i]);
        job[i].number = job[i].has_number ? json_number(id[i]) : 0;
        job[i].id = calc_text(&one, "id");
    }
    if (!order_wsjf_rank(call, job, count, place))
        return false;
    json_key(out, "value");
    json_list(out);
    for (size_t i = 0; i < count; i++)
        json_tree(out, id[place[i]]);
    json_list_end(out);
    return true;
}

const struct calc_input calc_planning_rice_inputs[] = {
    CALC_INPUT("reach", CALC_AMOUNT),
    CALC_INPUT("impact", CALC_AMOUNT),
    CALC_INPUT("confidence", CALC_AMOUNT),
    CALC_INPUT("effort_person_months", CALC_POSITIVE),
    { 0 },
};

bool calc_planning_rice(struct call *call, const struct calc_values *in, struct json_writer *out)
{
    double confidence = calc_real(in, "confidence");
    if (confidence > 1)
        return calc_refuse(call, in, "confidence",
                           "is %g: it must be from 0 to 1; write 80 %% as 0.8", confidence);
    json_put_real(out, "value",
                  order_rice(calc_real(in, "reach"), calc_real(in, "impact"), confidence,
                             calc_real(in, "effort_person_months")));
    return true;
}

static const struct calc_input delay_members[] = {
    CALC_INPUT("cod_per_week", CALC_AMOUNT),
    CALC_INPUT("weeks", CALC_AMOUNT),
    { 0 },
};

const struct calc_input calc_planning_delay_cost_inputs[] = {
    CALC_INPUT("items_in_order", CALC_OBJECTS, .members = delay_members),
    { 0 },
};

bool calc_planning_delay_cost(struct call *call, const struct calc_values *in,
                              struct json_writer *out)
{
    size_t count = calc_size(in, "items_in_order");
    struct order_delay *item = call_array(call, count + 1, sizeof *item);
    struct calc_values one;
    if (!item)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!calc_item(call, in, "items_in_order", i, &one))
            return false;
        item[i] = (struct order_delay){ calc_real(&one, "cod_per_week"), calc_real(&one, "weeks") };
    }
    json_put_real(out, "value", order_delay_cost(item, count));
    return true;
}

const struct calc_input calc_planning_drag_order_inputs[] = {
    CALC_INPUT("order", CALC_TEXTS),
    CALC_INPUT("move", CALC_TEXT),
    CALC_INPUT("before", CALC_TEXT, .fallback = "null"),
    { 0 },
};

/* Where the item named by an input stands. False: nowhere, or twice; it is refused. */
static bool find_item(struct call *call, const struct calc_values *in, const char *name, size_t *at)
{
    const struct json *order = calc_json(in, "order");
    text item = calc_text(in, name);
    size_t found = 0;
    for (size_t i = 0; i < order->count; i++)
        if (text_equal(order->item[i].text, item)) {
            *at = i;
            found++;
        }
    if (found > 1)
        return calc_refuse(call, in, "order", "has '%.*s' %zu times: it is not clear which",
                           TEXT_FMT(item), found);
    return found == 1 ||
           calc_refuse(call, in, name, "is '%.*s', which is not in 'order'", TEXT_FMT(item));
}

bool calc_planning_drag_order(struct call *call, const struct calc_values *in,
                              struct json_writer *out)
{
    const struct json *order = calc_json(in, "order");
    size_t moved, before = order->count, *place = call_array(call, order->count + 1, sizeof *place);
    if (!place || !find_item(call, in, "move", &moved) ||
        (calc_given(in, "before") && !find_item(call, in, "before", &before)))
        return false;
    order_move(order->count, moved, before, place);
    json_key(out, "value");
    json_list(out);
    for (size_t i = 0; i < order->count; i++)
        json_text(out, order->item[place[i]].text);
    json_list_end(out);
    return true;
}

/* --- goals --- */

enum goal_type { GOAL_METRIC, GOAL_BINARY, GOAL_MILESTONES };

static const char *const goal_types[] = { "metric", "binary", "milestones", NULL };

const struct calc_input calc_planning_okr_kr_score_inputs[] = {
    CALC_INPUT("type", CALC_CHOICE, .choices = goal_types,
               .words = "\"metric\", \"binary\" or \"milestones\""),
    CALC_INPUT("start", CALC_NUMBER, .fallback = "null"),
    CALC_INPUT("target", CALC_NUMBER, .fallback = "null"),
    CALC_INPUT("current", CALC_NUMBER, .fallback = "null"),
    CALC_INPUT("done", CALC_ANY, .fallback = "null", .words = "bool or number"),
    CALC_INPUT("total", CALC_COUNT, .fallback = "null"),
    { 0 },
};

static bool need(struct call *call, const struct calc_values *in, const char *name)
{
    return calc_given(in, name) || calc_refuse(call, in, name,
                                               "is missing: a key result of type "
                                               "'%.*s' needs it",
                                               TEXT_FMT(calc_text(in, "type")));
}

static bool metric_score(struct call *call, const struct calc_values *in, double *score)
{
    if (!need(call, in, "start") || !need(call, in, "target") || !need(call, in, "current"))
        return false;
    *score = goals_metric_score(calc_real(in, "start"), calc_real(in, "target"),
                                calc_real(in, "current"));
    return true;
}

static bool binary_score(struct call *call, const struct calc_values *in, double *score)
{
    if (!need(call, in, "done"))
        return false;
    if (calc_json(in, "done")->kind != JSON_BOOL)
        return calc_refuse(call, in, "done", "must be true or false");
    *score = calc_bool(in, "done");
    return true;
}

static bool milestones_score(struct call *call, const struct calc_values *in, double *score)
{
    if (!need(call, in, "done") || !need(call, in, "total"))
        return false;
    double done = calc_real(in, "done"), total = calc_real(in, "total");
    if (!isfinite(done) || done < 0 || done != floor(done))
        return calc_refuse(call, in, "done", "must be a whole number, 0 or more");
    if (total == 0)
        return calc_refuse(call, in, "total", "is 0: a key result needs a milestone");
    if (done > total)
        return calc_refuse(call, in, "done", "is %g, more than 'total' (%g)", done, total);
    *score = done / total;
    return true;
}

static bool key_result_score(struct call *call, const struct calc_values *in, double *score)
{
    enum json_kind done = calc_json(in, "done")->kind;
    if (done != JSON_NULL && done != JSON_BOOL && !json_is_number(calc_json(in, "done")))
        return calc_refuse(call, in, "done", "must be true, false or a number");
    switch ((enum goal_type)calc_choice(in, "type")) {
    case GOAL_METRIC:
        return metric_score(call, in, score);
    case GOAL_BINARY:
        return binary_score(call, in, score);
    case GOAL_MILESTONES:
        return milestones_score(call, in, score);
    }
    return false;
}

static void put_score(struct json_writer *out, bool is_known, double score)
{
    calc_put_real(out, "score", is_known, score);
    json_put_string(out, "band", is_known ? goals_band(score) : NULL);
}

bool calc_planning_okr_kr_score(struct call *call, const struct calc_values *in,
                                struct json_writer *out)
{
    double score = NAN;
    if (!key_result_score(call, in, &score))
        return false;
    put_score(out, true, score);
    return true;
}

const struct calc_input calc_planning_okr_objective_score_inputs[] = {
    CALC_INPUT("key_results", CALC_OBJECTS, .members = calc_planning_okr_kr_score_inputs),
    CALC_INPUT("weights", CALC_AMOUNTS, .fallback = "null", .pairs_with = "key_results"),
    { 0 },
};

bool calc_planning_okr_objective_score(struct call *call, const struct calc_values *in,
                                       struct json_writer *out)
{
    size_t count = calc_size(in, "key_results");
    double *score = call_array(call, count + 1, sizeof *score),
           *weight = calc_reals(call, in, "weights"), mean;
    struct calc_values one;
    if (!score || !weight)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!calc_item(call, in, "key_results", i, &one) ||
            !key_result_score(call, &one, &score[i]))
            return false;
    bool is_known =
        goals_objective_score(score, calc_given(in, "weights") ? weight : NULL, count, &mean);
    put_score(out, is_known, mean);
    return true;
}

const struct calc_input calc_planning_okr_committed_verdict_inputs[] = {
    CALC_INPUT("score", CALC_PROBABILITY),
    { 0 },
};

bool calc_planning_okr_committed_verdict(struct call *call, const struct calc_values *in,
                                         struct json_writer *out)
{
    (void)call;
    json_put_string(out, "value", goals_is_met(calc_real(in, "score")) ? "met" : "missed");
    return true;
}

const struct calc_input calc_planning_okr_pace_inputs[] = {
    CALC_INPUT("score", CALC_PROBABILITY),
    CALC_INPUT("start", CALC_TEXT),
    CALC_INPUT("end", CALC_TEXT),
    CALC_INPUT("today", CALC_TEXT),
    { 0 },
};

bool calc_planning_okr_pace(struct call *call, const struct calc_values *in,
                            struct json_writer *out)
{
    int64_t start, end, today;
    if (!calc_day(call, in, "start", &start) || !calc_day(call, in, "end", &end) ||
        !calc_day(call, in, "today", &today))
        return false;
    if (end <= start)
        return calc_refuse(call, in, "end", "is not after 'start'");
    double expected = goals_expected(start, end, today);
    json_put_real(out, "expected", expected);
    json_put_string(out, "status", goals_pace(expected, calc_real(in, "score")));
    return true;
}

/* --- pointing --- */

const struct calc_input calc_planning_poker_round_inputs[] = {
    CALC_INPUT("votes", CALC_LABELS, .words = "list of cards, \"?\" or \"coffee\""),
    CALC_INPUT("deck", CALC_AMOUNTS),
    { 0 },
};

static bool is_abstention(const struct json *vote)
{
    return vote->kind == JSON_TEXT && (text_is(vote->text, "?") || text_is(vote->text, "coffee"));
}

static bool read_votes(struct call *call, const struct calc_values *in, const double *deck,
                       size_t cards, double *vote, size_t *votes)
{
    const struct json *list = calc_json(in, "votes");
    for (uint32_t i = 0; i < list->count; i++) {
        const struct json *one = &list->item[i];
        if (is_abstention(one))
            continue;
        if (one->kind == JSON_TEXT)
            return calc_refuse(call, in, "votes", "has '%.*s', which is no card of the deck",
                               TEXT_FMT(one->text));
        if (!pointing_has_card(deck, cards, json_number(one)))
            return calc_refuse(call, in, "votes", "has %g, which is no card of the deck",
                               json_number(one));
        vote[(*votes)++] = json_number(one);
    }
    return true;
}

bool calc_planning_poker_round(struct call *call, const struct calc_values *in,
                               struct json_writer *out)
{
    size_t votes = 0, shown = calc_size(in, "votes");
    double *vote = call_array(call, shown + 1, sizeof *vote), *deck = calc_reals(call, in, "deck");
    if (!vote || !deck)
        return false;
    size_t cards = pointing_sort_deck(deck, calc_size(in, "deck"));
    if (cards == 0)
        return calc_refuse(call, in, "deck", "is empty: there is no card to show");
    if (!read_votes(call, in, deck, cards, vote, &votes))
        return false;
    struct pointing round = pointing_round(vote, votes, deck, cards);
    const double outliers[] = { round.lowest, round.highest };
    json_put_int(out, "counted", (int64_t)votes);
    json_put_int(out, "abstain", (int64_t)(shown - votes));
    json_put_bool(out, "consensus", round.is_consensus);
    calc_put_real(out, "suggest", round.is_known, round.suggest);
    if (round.is_known)
        json_put_int(out, "spread", (int64_t)round.spread);
    else
        json_put_null(out, "spread");
    calc_put_reals(out, "outliers", outliers, round.has_outliers ? 2 : 0);
    return true;
}
