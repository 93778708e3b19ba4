/* Room updates: the update of a week. Once sent only update_send.c changes it. */
#include "base/stamp.h"
#include "rooms/people/people.h"
#include "rooms/updates/update_session.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

const char *const audience_words[AUDIENCES + 1] = { "engineering", "design", "executives", NULL };

static const char *const state_words[] = { "draft", "sent", NULL };

#define PROSE(word, shown, words)                                                                  \
    {                                                                                              \
        .name = word, .label = shown, .kind = FIELD_PROSE, .flags = FIELD_SEARCHED, .help = words  \
    }
#define REASON(word, words)                                                                        \
    {                                                                                              \
        .name = word, .label = "None, because", .kind = FIELD_TEXT, .help = words                  \
    }

static const struct field update_fields[] = {
    [UPDATE_TITLE] = { .name = "title",
                       .label = "Title",
                       .kind = FIELD_TEXT,
                       .flags = FIELD_COUNTED | FIELD_SEARCHED,
                       .help = "Its week and team." },
    [UPDATE_WEEK] = { .name = "week",
                      .label = "Week",
                      .kind = FIELD_TEXT,
                      .flags = FIELD_FIXED | FIELD_INDEXED | FIELD_SORTED,
                      .max = 8,
                      .help = "The week that it tells of, such as 2026-W47; without one, this." },
    [UPDATE_TEAM] = { .name = "team",
                      .label = "Team",
                      .kind = FIELD_REF,
                      .refers = "team",
                      .flags = FIELD_FIXED | FIELD_BY_NAME,
                      .help = "Whose it is; none: the whole workspace's." },
    [UPDATE_STATE] = { .name = "state",
                       .label = "State",
                       .kind = FIELD_CHOICE,
                       .choices = state_words,
                       .flags = FIELD_COUNTED | FIELD_NEEDED,
                       .fallback = "draft",
                       .help = "'rondo update send' sends it; then it never changes." },
    [UPDATE_AUTHOR] = { .name = "author",
                        .label = "Author",
                        .kind = FIELD_REF,
                        .refers = "person",
                        .flags = FIELD_BY_NAME,
                        .help = "Who signs it; without one, whoever drafts it." },
    [UPDATE_REVIEWER] = { .name = "reviewer",
                          .label = "Reviewer",
                          .kind = FIELD_REF,
                          .refers = "person",
                          .flags = FIELD_BY_NAME,
                          .help = "Who has to read it before it is sent; none: nobody has to." },
    [UPDATE_REVIEWED_HASH] = { .name = "reviewed_hash",
                               .label = "Reviewed",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_COUNTED,
                               .max = 64,
                               .help = "Of the words that the reviewer agreed to; an edit voids "
                                       "it." },
    [UPDATE_PRODUCTION] = PROSE("production", "What changed in production",
                             "A line each, with a figure or a link; else it ends with 'no measured "
                             "effect'."),
    [UPDATE_EVAL] = PROSE("eval", "One eval insight", "What the evals taught: one."),
    [UPDATE_EVAL_NONE] = REASON("eval_none", "Why there is no eval insight this week."),
    [UPDATE_USER] = PROSE("user", "One user insight", "What users taught: one."),
    [UPDATE_USER_NONE] = REASON("user_none", "Why there is no user insight this week."),
    [UPDATE_COST_LATENCY] = PROSE("cost_latency", "One cost or latency observation",
                                  "What was seen of cost or latency: one."),
    [UPDATE_COST_LATENCY_NONE] =
        REASON("cost_latency_none", "Why there is no cost or latency observation this week."),
    [UPDATE_WORLD] = PROSE("world", "What changed in the world", "Two sentences at most."),
    [UPDATE_SENT_AT] = { .name = "sent_at",
                         .label = "Sent",
                         .kind = FIELD_STAMP,
                         .flags = FIELD_COUNTED | FIELD_INDEXED,
                         .help = "When it was sent first." },
    [UPDATE_EDITIONS] = { .name = "editions",
                          .label = "Editions",
                          .kind = FIELD_INT,
                          .flags = FIELD_COUNTED,
                          .help = "How often it was sent: each correction is one more." },
};

bool audience_check(struct call *call, text word, enum audience otherwise, enum audience *audience)
{
    *audience = otherwise;
    if (!word.at)
        return true;
    for (size_t i = 0; i < AUDIENCES; i++)
        if (text_is(word, audience_words[i])) {
            *audience = (enum audience)i;
            return true;
        }
    return fail_at(call, "audience",
                   "'%.*s' is no audience: it is engineering, design or executives",
                   TEXT_FMT(word));
}

bool update_is_sent(const struct row *update)
{
    return text_is(value_as_text(update->value[UPDATE_STATE]), "sent");
}

bool update_before(struct call *call, rid team, text week, struct row *before)
{
    struct query query;
    query_init(&query, &update_record);
    query.sort = UPDATE_WEEK;
    query.is_descending = true;
    query.limit = 1;
    *before = (struct row){ .id = 0 };
    return query_add(call, &query, UPDATE_WEEK, FILTER_LESS, value_text(week)) &&
           query_add(call, &query, UPDATE_TEAM, FILTER_IS, team ? value_ref(team) : VALUE_NONE) &&
           query_add(call, &query, UPDATE_STATE, FILTER_IS, value_choice("sent")) &&
           (find_first(call, &query, before) || call->fail.kind == FAIL_NONE);
}

/* One update for a week and a team; the store's own index does not see those of no team. */
static bool check_one(struct call *call, const struct row *update)
{
    struct query query;
    struct row other;
    rid team = value_as_int(update->value[UPDATE_TEAM]);
    query_init(&query, &update_record);
    if (!query_add(call, &query, UPDATE_WEEK, FILTER_IS, update->value[UPDATE_WEEK]) ||
        !query_add(call, &query, UPDATE_TEAM, FILTER_IS, team ? value_ref(team) : VALUE_NONE))
        return false;
    if (!find_first(call, &query, &other))
        return call->fail.kind == FAIL_NONE;
    return fail(call, FAIL_CONFLICT, "the update of %.*s is there already: '%.*s'",
                TEXT_FMT(value_as_text(update->value[UPDATE_WEEK])),
                TEXT_FMT(row_public_id(call, &update_record, other.id)));
}

static bool settle_new(struct call *call, struct row *update)
{
    char word[WEEK_TEXT_SIZE];
    iso_week week;
    text zone;
    rid team = value_as_int(update->value[UPDATE_TEAM]);
    if (!people_team_zone(call, team, &zone) || !week_of_stamp(call, zone, call->now, &week) ||
        !week_check(call, value_as_text(update->value[UPDATE_WEEK]), &week))
        return false;
    week_write(week, word);
    update->value[UPDATE_WEEK] = value_text(call_text(call, text_of(word)));
    if (value_is_null(update->value[UPDATE_AUTHOR]))
        update->value[UPDATE_AUTHOR] = value_ref(call->actor.person);
    text name = team ? find_title(call, &team_record, team) : TEXT_NONE;
    update->value[UPDATE_TITLE] =
        value_text(name.at ? call_format(call, "Update of %s, %.*s", word, TEXT_FMT(name))
                           : call_format(call, "Update of %s", word));
    return call->fail.kind == FAIL_NONE;
}

static bool update_settle(struct call *call, const struct row *before, struct row *after)
{
    return before || (settle_new(call, after) && check_one(call, after));
}

static bool update_check(struct call *call, const struct row *before, const struct row *after)
{
    if (!people_check_assigned(call, before, after, UPDATE_AUTHOR) ||
        !people_check_assigned(call, before, after, UPDATE_REVIEWER))
        return false;
    /* People cannot write the number of editions: only a correction sends one more. */
    if (!before || !update_is_sent(before) ||
        value_as_int(after->value[UPDATE_EDITIONS]) > value_as_int(before->value[UPDATE_EDITIONS]))
        return true;
    return fail(call, FAIL_CONFLICT,
                "'%.*s' was sent and does not change: 'rondo update correct' sends a correction",
                TEXT_FMT(row_public_id(call, &update_record, before->id)));
}

static bool update_check_drop(struct call *call, const struct row *update)
{
    return !update_is_sent(update) ||
           fail(call, FAIL_CONFLICT, "'%.*s' was sent: it stays at its address",
                TEXT_FMT(row_public_id(call, &update_record, update->id)));
}

/* What Friday has to leave behind. */
static text update_kind(const struct row *row)
{
    (void)row;
    return TEXT(UPDATE_ARTIFACT);
}

static const char *const update_listed[] = { "week", "team", "state", "author", "sent_at", NULL };

const struct record update_record = {
    .name = "update",
    .plural = "updates",
    .prefix = "UPD",
    .label = "update",
    .help = "The written update of a week: 'rondo update draft' begins it.",
    .field = update_fields,
    .field_count = sizeof update_fields / sizeof update_fields[0],
    .title = UPDATE_TITLE,
    .state = UPDATE_STATE,
    .listed = update_listed,
    .sought = { "week", "team" },
    .check = update_check,
    .check_drop = update_check_drop,
    .settle = update_settle,
    .output_kind = update_kind,
};
