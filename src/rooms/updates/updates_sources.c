/* See updates_sources.h. */
#include "rooms/updates/updates_sources.h"

#include "rooms/updates/insight.h"
#include "rooms/updates/update_check.h"
#include "rooms/updates/update_document.h"
#include "rooms/updates/update_draft.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

enum { HIT_WEEKS = 12 };

static text week_text(struct call *call, iso_week week)
{
    char room[WEEK_TEXT_SIZE];
    week_write(week, room);
    return call_text(call, text_of(room));
}

static bool is_open(const struct row *bet)
{
    return text_is(value_as_text(bet->value[BET_STATE]), "open");
}

/* --- Friday's ritual --- */

/* Bets that the last update made. */
static bool last_bets(struct call *call, const struct agenda_ask *ask, struct rows *bets)
{
    struct row last;
    return update_before(call, ask->team, week_text(call, ask->week), &last) &&
           update_bets(call, last.id, bets);
}

static bool compile_bets(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct rows *bets = call_new(call, struct rows);
    if (!bets || !last_bets(call, ask, bets))
        return false;
    for (size_t i = 0; i < bets->count; i++) {
        const struct row *bet = &bets->row[i];
        text outcome = value_as_text(bet->value[BET_OUTCOME]);
        if (is_open(bet) &&
            !agenda_add(call, agenda,
                        (struct agenda_point){
                            .title = row_title(call, bet),
                            .why = call_format(call, "to be scored; expected: %.*s",
                                               TEXT_FMT(outcome)),
                            .record = &bet_record,
                            .row = bet->id,
                            .owner = value_as_int(bet->value[BET_OWNER]) }))
            return false;
    }
    return true;
}

/* What the update of the week still lacks. */
static bool compile_missing(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct update_document document;
    struct update_problems problems;
    struct row update;
    if (!update_find(call, ask->team, week_text(call, ask->week), &update))
        return call->fail.kind == FAIL_NONE;
    if (update_is_sent(&update))
        return true;
    if (!update_document_read(call, &update, &document) ||
        !update_check_all(call, &document, &problems))
        return false;
    for (size_t i = 0; i < problems.count; i++)
        if (!agenda_add(call, agenda,
                        (struct agenda_point){ .title = problems.problem[i],
                                               .record = &update_record,
                                               .row = update.id,
                                               .owner = value_as_int(
                                                   update.value[UPDATE_AUTHOR]) }))
            return false;
    return true;
}

const struct agenda_source updates_agenda[] = {
    { .name = "updates.bets",
      .label = "Last week's bets",
      .help = "Bets that are to be scored.",
      .compile = compile_bets },
    { .name = "updates.missing",
      .label = "What the update lacks",
      .help = "What keeps the week's update from being sent.",
      .compile = compile_missing },
    { 0 },
};

/* --- what waits --- */

static bool collect_reviews(struct call *call, rid person, struct needs *needs)
{
    struct query query;
    struct rows rows;
    query_init(&query, &update_record);
    if (person == 0)
        return true;
    if (!query_add(call, &query, UPDATE_REVIEWER, FILTER_IS, value_ref(person)) ||
        !query_add(call, &query, UPDATE_STATE, FILTER_IS, value_choice("draft")) ||
        !query_add(call, &query, UPDATE_REVIEWED_HASH, FILTER_IS, VALUE_NONE) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!needs_add(call, needs,
                       (struct need){ .kind = "update",
                                      .title = row_title(call, &rows.row[i]),
                                      .why = TEXT("you are asked to read it before it is sent"),
                                      .record = &update_record,
                                      .row = rows.row[i].id }))
            return false;
    return true;
}

/* A bet is scored in the week after the one that made it. */
static bool add_bet(struct call *call, const struct row *bet, struct needs *needs)
{
    struct row update;
    struct agenda_ask ask;
    if (!find_row(call, &update_record, value_as_int(bet->value[BET_UPDATE]), &update) ||
        !update_ask(call, &update, &ask))
        return false;
    stamp monday = week_monday_days(ask.week + 1) * STAMP_DAY;
    stamp due = monday + 5 * STAMP_DAY; /* the end of that Friday */
    if (!update_is_sent(&update) || call->now < monday)
        return true;
    return needs_add(call, needs,
                     (struct need){ .kind = "bet",
                                    .title = row_title(call, bet),
                                    .why = TEXT("your bet is to be scored: hit, missed or dropped"),
                                    .record = &bet_record,
                                    .row = bet->id,
                                    .due = due,
                                    .is_late = due < call->now });
}

static bool collect_bets(struct call *call, rid person, struct needs *needs)
{
    struct query query;
    struct rows rows;
    query_init(&query, &bet_record);
    if (person == 0)
        return true;
    if (!query_add(call, &query, BET_OWNER, FILTER_IS, value_ref(person)) ||
        !query_add(call, &query, BET_STATE, FILTER_IS, value_choice("open")) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!add_bet(call, &rows.row[i], needs))
            return false;
    return true;
}

const struct need_source updates_needs[] = {
    { "updates.reviews", collect_reviews },
    { "updates.bets", collect_bets },
    { 0 },
};

/* --- what was promised --- */

static enum promise_kept kept_of(const struct row *bet)
{
    text state = value_as_text(bet->value[BET_STATE]);
    if (text_is(state, "open"))
        return PROMISE_UNDECIDED;
    return text_is(state, "hit") ? PROMISE_KEPT : PROMISE_NOT_KEPT;
}

static bool promise_bets(struct call *call, const struct row *update, struct promises *promises)
{
    struct rows bets;
    if (!update_bets(call, update->id, &bets))
        return false;
    for (size_t i = 0; i < bets.count; i++) {
        const struct row *bet = &bets.row[i];
        if (!promises_add(call, promises,
                          (struct promise){ .title = row_title(call, bet),
                                            .state = value_as_text(bet->value[BET_STATE]),
                                            .kept = kept_of(bet),
                                            .record = &bet_record,
                                            .row = bet->id,
                                            .owner = value_as_int(bet->value[BET_OWNER]) }))
            return false;
    }
    return true;
}

static bool query_sent(struct call *call, const struct agenda_ask *ask, struct query *query)
{
    query_init(query, &update_record);
    query->sort = UPDATE_WEEK;
    query->is_descending = true;
    return query_add(call, query, UPDATE_STATE, FILTER_IS, value_choice("sent")) &&
           query_add(call, query, UPDATE_WEEK, FILTER_LESS,
                     value_text(week_text(call, ask->week))) &&
           query_add(call, query, UPDATE_WEEK, FILTER_AT_LEAST,
                     value_text(week_text(call, ask->week - HIT_WEEKS)));
}

static bool is_of_earlier_team(const struct rows *updates, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (value_equal(updates->row[i].value[UPDATE_TEAM], updates->row[at].value[UPDATE_TEAM]))
            return true;
    return false;
}

/* Bets of each team's latest update: where a week was left out, of the one before. */
static bool collect_promised(struct call *call, const struct agenda_ask *ask,
                             struct promises *promises)
{
    struct query query;
    struct rows updates;
    if (!query_sent(call, ask, &query) || !find_rows(call, &query, &updates))
        return false;
    for (size_t i = 0; i < updates.count; i++) {
        bool concerns;
        if (!agenda_concerns(call, ask, &updates.row[i], &concerns))
            return false;
        if (concerns && !is_of_earlier_team(&updates, i) &&
            !promise_bets(call, &updates.row[i], promises))
            return false;
    }
    return true;
}

const struct promise_source updates_promises[] = {
    { "updates.bets", collect_promised },
    { 0 },
};

/* --- the figure of bets --- */

/* Dropped ones count, so that nothing is gained by dropping. */
static bool read_hit_rate(struct call *call, const struct figure_ask *ask,
                          struct figure_answer *answer)
{
    struct query query;
    struct rows rows;
    int64_t hit = 0;
    stamp since = call->now - (stamp)HIT_WEEKS * 7 * STAMP_DAY;
    (void)ask;
    query_init(&query, &bet_record);
    if (!query_add(call, &query, BET_SCORED_AT, FILTER_AT_LEAST, value_stamp(since)) ||
        !find_rows(call, &query, &rows))
        return false;
    answer->link = TEXT("/bets");
    answer->working = TEXT("rondo bet list");
    if (rows.count == 0)
        return figure_unknown(answer, TEXT("no bet was scored in the last 12 weeks"));
    for (size_t i = 0; i < rows.count; i++)
        hit += text_is(value_as_text(rows.row[i].value[BET_STATE]), "hit");
    answer->is_known = true;
    answer->value = (double)hit / (double)rows.count;
    answer->words = call_format(call, "%lld of %zu", (long long)hit, rows.count);
    answer->has_n = true;
    answer->n = (int64_t)rows.count;
    return call->fail.kind == FAIL_NONE;
}

const struct figure updates_figures[] = {
    { "updates.bets_hit", "Bets that came true", "Of the bets scored in the last 12 weeks.",
      FIGURE_SHARE, { { 0 } }, read_hit_rate },
    { 0 },
};

/* --- bets that suggest themselves --- */

/* What was not decided last week is bet again, or dropped with a word. */
static bool collect_again(struct call *call, const struct agenda_ask *ask,
                          struct update_lines *lines)
{
    struct rows bets;
    if (!last_bets(call, ask, &bets))
        return false;
    for (size_t i = 0; i < bets.count; i++) {
        bool is_lost = text_is(value_as_text(bets.row[i].value[BET_STATE]), "missed");
        if ((is_lost || is_open(&bets.row[i])) &&
            !update_line_about(call, ask, &bets.row[i], row_title(call, &bets.row[i]), 1, lines))
            return false;
    }
    return true;
}

const struct update_source updates_update[] = {
    { "updates.bets", "Bets of last week that did not come true", UPDATE_PART_NEXT, collect_again },
    { "updates.insights", "Insight cards of the week", UPDATE_PART_EVAL, insight_collect_eval },
    { "updates.insights_of_users", "Insight cards of users", UPDATE_PART_USER,
      insight_collect_user },
    { 0 },
};
