/*
 * Room updates: bets. Next week's are written in an update and scored in the one after it, with
 * evidence; what was bet stays as it was once the update was sent.
 */
#include "rooms/people/people.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

static const char *const state_words[] = { "open", "hit", "missed", "dropped", NULL };

static const struct field bet_fields[] = {
    [BET_TITLE] = { .name = "title",
                    .label = "Bet",
                    .kind = FIELD_TEXT,
                    .flags = FIELD_NEEDED | FIELD_SEARCHED,
                    .help = "What will be done." },
    [BET_UPDATE] = { .name = "update",
                     .label = "Update",
                     .kind = FIELD_REF,
                     .refers = "update",
                     .flags = FIELD_NEEDED | FIELD_OWNED | FIELD_FIXED | FIELD_BY_NAME,
                     .help = "The update that makes it." },
    [BET_OWNER] = { .name = "owner",
                    .label = "Owner",
                    .kind = FIELD_REF,
                    .refers = "person",
                    .flags = FIELD_BY_NAME | FIELD_INDEXED,
                    .help = "The one person who sees to it." },
    [BET_OUTCOME] = { .name = "outcome",
                      .label = "Expected outcome",
                      .kind = FIELD_TEXT,
                      .flags = FIELD_SEARCHED,
                      .help = "What will be seen if it comes true." },
    [BET_STATE] = { .name = "state",
                    .label = "State",
                    .kind = FIELD_CHOICE,
                    .choices = state_words,
                    .flags = FIELD_NEEDED,
                    .fallback = "open",
                    .help = "Scored the Friday after." },
    [BET_EVIDENCE] = { .name = "evidence",
                       .label = "Evidence",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_SEARCHED,
                       .help = "What shows the score: a figure, a link, or why it was dropped." },
    [BET_SCORED_AT] = { .name = "scored_at",
                        .label = "Scored",
                        .kind = FIELD_STAMP,
                        .flags = FIELD_COUNTED | FIELD_INDEXED,
                        .help = "When it was scored." },
};

static const struct transition bet_states[] = {
    { "open", "hit", "hit", 0, NULL, UNDO_YES },
    { "open", "missed", "miss", 0, NULL, UNDO_YES },
    { "open", "dropped", "drop", 0, NULL, UNDO_YES },
    { "hit", "open", "reopen", 0, NULL, UNDO_YES },
    { "missed", "open", "reopen", 0, NULL, UNDO_YES },
    { "dropped", "open", "reopen", 0, NULL, UNDO_YES },
    { 0 },
};

static bool is_open(const struct row *bet)
{
    return text_is(value_as_text(bet->value[BET_STATE]), "open");
}

bool update_bets(struct call *call, rid update, struct rows *bets)
{
    struct query query;
    *bets = (struct rows){ .row = NULL };
    if (update == 0)
        return true;
    query_init(&query, &bet_record);
    return query_add(call, &query, BET_UPDATE, FILTER_IS, value_ref(update)) &&
           find_rows(call, &query, bets);
}

static bool bet_settle(struct call *call, const struct row *before, struct row *after)
{
    if (is_open(after))
        after->value[BET_SCORED_AT] = VALUE_NONE;
    else if (!before || is_open(before))
        after->value[BET_SCORED_AT] = value_stamp(call->now);
    return true;
}

static bool check_sent(struct call *call, const struct row *before, const struct row *after)
{
    static const int said[] = { BET_TITLE, BET_OWNER, BET_OUTCOME };
    struct row update;
    if (!find_row(call, &update_record, value_as_int(after->value[BET_UPDATE]), &update))
        return false;
    if (!update_is_sent(&update))
        return true;
    for (size_t i = 0; before && i < sizeof said / sizeof *said; i++)
        if (!value_equal(before->value[said[i]], after->value[said[i]]))
            return fail(call, FAIL_CONFLICT,
                        "the bet was sent with '%.*s' and stays as it is: it can only be scored",
                        TEXT_FMT(row_title(call, &update)));
    return before || fail(call, FAIL_CONFLICT, "'%.*s' was sent: a bet belongs into the next one",
                          TEXT_FMT(row_title(call, &update)));
}

static bool bet_check(struct call *call, const struct row *before, const struct row *after)
{
    static const int scored[] = { BET_EVIDENCE, -1 };
    return people_check_assigned(call, before, after, BET_OWNER) &&
           check_sent(call, before, after) &&
           (is_open(after) || row_require(call, after, scored, "to score a bet"));
}

static bool bet_check_drop(struct call *call, const struct row *bet)
{
    struct row update;
    if (!find_row(call, &update_record, value_as_int(bet->value[BET_UPDATE]), &update))
        return false;
    return !update_is_sent(&update) ||
           fail(call, FAIL_CONFLICT,
                "'%.*s' was sent: score it as dropped, and say why",
                TEXT_FMT(row_title(call, bet)));
}

static const char *const bet_listed[] = { "state", "owner", "outcome", "update", "evidence", NULL };

const struct record bet_record = {
    .name = "bet",
    .plural = "bets",
    .prefix = "BET",
    .label = "bet",
    .help = "What will be done next week, and what is expected of it: 'rondo bet add'.",
    .field = bet_fields,
    .field_count = sizeof bet_fields / sizeof bet_fields[0],
    .title = BET_TITLE,
    .state = BET_STATE,
    .states = bet_states,
    .listed = bet_listed,
    .check = bet_check,
    .check_drop = bet_check_drop,
    .settle = bet_settle,
};
