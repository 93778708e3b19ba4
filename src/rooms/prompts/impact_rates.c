/* See impact_rates.h. */
#include "rooms/prompts/impact_rates.h"

#include "base/stamp.h"
#include "rooms/prompts/impact_review.h"

struct team_scores {
    rid team;
    int64_t count[SCORES];
};

struct rates {
    struct team_scores *team;
    size_t count;
    struct rows due;
    stamp *since; /* of each that is due */
};

static enum impact_score score_of(const struct row *review)
{
    text word = value_as_text(review->value[IMPACT_REVIEW_SCORE]);
    for (int score = 0; score < SCORE_UNKNOWN; score++)
        if (text_is(word, impact_score_words[score]))
            return (enum impact_score)score;
    return SCORE_UNKNOWN;
}

static void count_score(struct rates *rates, rid team, enum impact_score score)
{
    size_t at = 0;
    while (at < rates->count && rates->team[at].team != team)
        at++;
    if (at == rates->count)
        rates->team[rates->count++] = (struct team_scores){ .team = team };
    rates->team[at].count[score]++;
}

static bool gather(struct call *call, struct rates *rates)
{
    struct query query;
    struct rows reviews;
    query_init(&query, &impact_review_record);
    if (!find_rows(call, &query, &reviews))
        return false;
    *rates = (struct rates){ .team = call_array(call, reviews.count + 1, sizeof *rates->team) };
    for (size_t i = 0; rates->team && i < reviews.count; i++) {
        struct row change;
        if (!find_row(call, &prompt_change_record,
                      value_as_int(reviews.row[i].value[IMPACT_REVIEW_CHANGE]), &change))
            return false;
        count_score(rates, value_as_int(change.value[PROMPT_CHANGE_TEAM]),
                    score_of(&reviews.row[i]));
    }
    return rates->team && impact_find_due(call, &rates->due, &rates->since);
}

/* Of `unknown` nobody could tell: it is neither a hit nor a miss. */
static int64_t known_of(const struct team_scores *team)
{
    return team->count[SCORE_HIT] + team->count[SCORE_PARTLY] + team->count[SCORE_MISSED];
}

static text team_name(struct call *call, const struct team_scores *team)
{
    return team->team ? find_title(call, catalog_record(call->catalog, TEXT("team")), team->team)
                      : TEXT_NONE;
}

static void write_team(struct call *call, const struct team_scores *team,
                       struct json_writer *writer)
{
    int64_t known = known_of(team);
    json_object(writer);
    json_put_text(writer, "team", team_name(call, team));
    json_put_int(writer, "scored", known + team->count[SCORE_UNKNOWN]);
    json_put_int(writer, "hits", team->count[SCORE_HIT]);
    json_put_int(writer, "partly", team->count[SCORE_PARTLY]);
    json_put_int(writer, "missed", team->count[SCORE_MISSED]);
    if (known)
        json_put_real(writer, "hit_rate", (double)team->count[SCORE_HIT] / (double)known);
    else
        json_put_null(writer, "hit_rate");
    json_object_end(writer);
}

static void write_due(struct call *call, const struct row *change, stamp since,
                      struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "change", row_public_id(call, &prompt_change_record, change->id));
    json_put_text(writer, "title", row_title(call, change));
    json_put_text(writer, "expected", value_as_text(change->value[PROMPT_CHANGE_EXPECTED_IMPACT]));
    json_put_stamp(writer, "due_at", since);
    json_object_end(writer);
}

bool impact_rates_write_json(struct call *call, struct json_writer *writer)
{
    struct rates rates;
    if (!gather(call, &rates))
        return false;
    json_object(writer);
    json_key(writer, "teams");
    json_list(writer);
    for (size_t i = 0; i < rates.count; i++)
        write_team(call, &rates.team[i], writer);
    json_list_end(writer);
    json_key(writer, "due");
    json_list(writer);
    for (size_t i = 0; i < rates.due.count; i++)
        write_due(call, &rates.due.row[i], rates.since[i], writer);
    json_list_end(writer);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

bool impact_rates_write_text(struct call *call, struct out *out)
{
    struct rates rates;
    if (!gather(call, &rates))
        return false;
    if (!rates.count)
        out_string(out, "no change was scored yet: the hit rate is unknown\n");
    for (size_t i = 0; i < rates.count; i++) {
        text name = team_name(call, &rates.team[i]);
        out_format(out, "%.*s: %lld of %lld came as expected, %lld partly\n",
                   TEXT_FMT(name.at ? name : TEXT("no team")),
                   (long long)rates.team[i].count[SCORE_HIT], (long long)known_of(&rates.team[i]),
                   (long long)rates.team[i].count[SCORE_PARTLY]);
    }
    for (size_t i = 0; i < rates.due.count; i++)
        out_format(out, "to be scored: %.*s %.*s\n",
                   TEXT_FMT(row_public_id(call, &prompt_change_record, rates.due.row[i].id)),
                   TEXT_FMT(row_title(call, &rates.due.row[i])));
    return call->fail.kind == FAIL_NONE;
}
