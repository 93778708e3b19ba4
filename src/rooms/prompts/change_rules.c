/* See change_rules.h. What a change has and lacks, what was said of it, and what that is worth. */
#include "rooms/prompts/change_rules.h"

#include "base/hash.h"
#include "rooms/people/people.h"
#include "rooms/prompts/risk_rule.h"

const char *const council_verdict_words[COUNCIL_VERDICTS + 1] = {
    "approve", "request_changes", "reject", "defer", "escalate", "roll_back", NULL,
};

bool version_is_called(struct call *call, const struct row *version, text word)
{
    int64_t number;
    text digits = text_starts(word, TEXT("v")) ? text_from(word, 1) : word;
    text id = row_public_id(call, &prompt_version_record, version->id);
    return (text_to_int(digits, &number) &&
            number == value_as_int(version->value[PROMPT_VERSION_NUMBER])) ||
           text_equal(word, id) || text_equal(word, row_title(call, version)) ||
           text_equal(word, value_as_text(version->value[PROMPT_VERSION_CONTENT_HASH]));
}

/* --- artifacts --- */

bool change_deltas(struct call *call, rid change, struct rows *deltas)
{
    struct query query;
    query_init(&query, &eval_delta_record);
    return query_add(call, &query, EVAL_DELTA_CHANGE, FILTER_IS, value_ref(change)) &&
           find_rows(call, &query, deltas);
}

static bool says(const struct row *change, enum prompt_change_field field)
{
    return text_trim(value_as_text(change->value[field])).size > 0;
}

static bool has_delta_of(const struct rows *deltas, rid surface)
{
    for (size_t i = 0; i < deltas->count; i++)
        if (value_as_int(deltas->row[i].value[EVAL_DELTA_SURFACE]) == surface)
            return true;
    return false;
}

/* One for each surface, and one at least. */
static bool has_deltas(const struct row *change, const struct rows *deltas)
{
    struct value surfaces = change->value[PROMPT_CHANGE_SURFACES];
    for (size_t i = 0; i < surfaces.count; i++)
        if (!has_delta_of(deltas, surfaces.ids[i]))
            return false;
    return deltas->count > 0;
}

bool change_missing(struct call *call, const struct row *change, const char *missing[4],
                    size_t *count)
{
    struct rows deltas;
    *count = 0;
    if (!change_deltas(call, change->id, &deltas))
        return false;
    if (value_is_null(change->value[PROMPT_CHANGE_TO_VERSION]))
        missing[(*count)++] = "diff";
    if (!has_deltas(change, &deltas))
        missing[(*count)++] = "eval_delta";
    if (!says(change, PROMPT_CHANGE_EXPECTED_IMPACT))
        missing[(*count)++] = "expected_impact";
    if (!says(change, PROMPT_CHANGE_ROLLBACK_PLAN))
        missing[(*count)++] = "rollback_plan";
    return true;
}

bool change_guard_submit(struct call *call, const struct row *row)
{
    const char *missing[4];
    struct out names;
    size_t count;
    if (!change_missing(call, row, missing, &count))
        return false;
    if (count == 0)
        return true;
    out_init(&names, call);
    for (size_t i = 0; i < count; i++) {
        fail_missing(call, missing[i]);
        out_format(&names, "%s'%s'", i == 0 ? "" : i + 1 < count ? ", " : " and ", missing[i]);
    }
    return fail_at(call, missing[0], "no artifact, no review: %.*s %s missing%s",
                   TEXT_FMT(out_view(&names)), count == 1 ? "is" : "are",
                   text_find(out_view(&names), TEXT("eval_delta")) == SIZE_MAX
                       ? ""
                       : "; an eval delta is made of two runs of each surface by 'rondo eval-delta "
                         "add'");
}

/* --- what is approved --- */

static text number_text(struct call *call, int64_t number)
{
    return call_format(call, "%lld", (long long)number);
}

text change_hash(struct call *call, const struct row *change)
{
    struct row version;
    struct rows deltas;
    char room[HASH_TEXT_SIZE];
    struct value surfaces = change->value[PROMPT_CHANGE_SURFACES];
    if (!change_deltas(call, change->id, &deltas) ||
        !find_row(call, &prompt_version_record,
                  value_as_int(change->value[PROMPT_CHANGE_TO_VERSION]), &version))
        return TEXT_NONE;
    static const enum prompt_change_field words[] = {
        PROMPT_CHANGE_LABEL, PROMPT_CHANGE_WHY, PROMPT_CHANGE_EXPECTED_IMPACT,
        PROMPT_CHANGE_ROLLBACK_PLAN, PROMPT_CHANGE_RAISED_TIER,
    };
    enum { WORDS = sizeof words / sizeof *words, FIXED = WORDS + 3 };
    text *part = call_array(call, FIXED + surfaces.count + 2 * deltas.count, sizeof *part);
    size_t count = 0;
    if (!part)
        return TEXT_NONE;
    part[count++] = value_as_text(version.value[PROMPT_VERSION_CONTENT_HASH]);
    part[count++] = number_text(call, value_as_int(change->value[PROMPT_CHANGE_FROM_VERSION]));
    part[count++] = number_text(call, value_as_bool(change->value[PROMPT_CHANGE_URGENT]));
    for (size_t i = 0; i < WORDS; i++)
        part[count++] = value_as_text(change->value[words[i]]);
    for (size_t i = 0; i < surfaces.count; i++)
        part[count++] = number_text(call, surfaces.ids[i]);
    for (size_t i = 0; i < deltas.count; i++) {
        part[count++] = number_text(call, deltas.row[i].id);
        part[count++] = value_as_text(deltas.row[i].value[EVAL_DELTA_FIGURES]);
    }
    if (call->fail.kind != FAIL_NONE)
        return TEXT_NONE;
    struct hash hash = hash_strong_parts(part, count);
    hash_write(&hash, room);
    return call_format(call, "%s", room);
}

/* --- approvals --- */

static enum risk_tier tier_of(const struct row *change)
{
    text word = value_as_text(change->value[PROMPT_CHANGE_TIER]);
    for (int tier = 0; tier < TIERS; tier++)
        if (text_is(word, risk_tier_words[tier]))
            return (enum risk_tier)tier;
    return TIER_EXECUTIVE;
}

/* An approval that counts: of these contents, by somebody of the tier who is not the author. */
static bool review_holds(const struct row *review, const struct row *change, enum risk_tier tier,
                         text hash)
{
    const struct value *value = review->value;
    text role = value_as_text(value[PROMPT_REVIEW_ROLE]);
    bool is_author = value_equal(value[PROMPT_REVIEW_PERSON], change->value[PROMPT_CHANGE_AUTHOR]);
    bool is_executive = text_is(role, "executive");
    if (!text_is(value_as_text(value[PROMPT_REVIEW_VERDICT]), "approve") ||
        !text_equal(value_as_text(value[PROMPT_REVIEW_CONTENT_HASH]), hash))
        return false;
    if (tier == TIER_SELF)
        return true;
    return !is_author && (is_executive || (tier == TIER_COUNCIL && text_is(role, "council")));
}

static bool said_before(const struct change_approvals *approvals, size_t until)
{
    struct value person = approvals->reviews.row[until].value[PROMPT_REVIEW_PERSON];
    for (size_t i = 0; i < until; i++)
        if (approvals->holds[i] &&
            value_equal(approvals->reviews.row[i].value[PROMPT_REVIEW_PERSON], person))
            return true;
    return false;
}

static void count_approvals(const struct row *change, text hash,
                            struct change_approvals *approvals)
{
    bool is_urgent = value_as_bool(change->value[PROMPT_CHANGE_URGENT]);
    for (size_t i = 0; i < approvals->reviews.count; i++) {
        const struct row *review = &approvals->reviews.row[i];
        bool holds = review_holds(review, change, approvals->tier, hash) &&
                     !said_before(approvals, i);
        approvals->holds[i] = holds;
        approvals->given += holds;
        bool is_executive = text_is(value_as_text(review->value[PROMPT_REVIEW_ROLE]), "executive");
        approvals->is_enough |= holds && is_urgent && is_executive;
    }
    approvals->is_enough |= approvals->given >= approvals->needed;
}

static unsigned roles_of_tier(enum risk_tier tier)
{
    return tier == TIER_EXECUTIVE ? ROLE_EXECUTIVE : ROLE_COUNCIL | ROLE_EXECUTIVE;
}

bool change_approvals(struct call *call, const struct row *change,
                      struct change_approvals *approvals)
{
    struct query query;
    struct row prompt;
    struct risk risk;
    *approvals = (struct change_approvals){ .tier = tier_of(change) };
    query_init(&query, &prompt_review_record);
    text hash = change_hash(call, change);
    if (!hash.at ||
        !query_add(call, &query, PROMPT_REVIEW_CHANGE, FILTER_IS, value_ref(change->id)) ||
        !find_rows(call, &query, &approvals->reviews) ||
        !find_row(call, &prompt_record, value_as_int(change->value[PROMPT_CHANGE_PROMPT]), &prompt))
        return false;
    struct risk_ask ask = risk_ask_of(&prompt, value_as_text(change->value[PROMPT_CHANGE_LABEL]),
                                      change->value[PROMPT_CHANGE_SURFACES]);
    approvals->holds = call_array(call, approvals->reviews.count + 1, sizeof(bool));
    if (!approvals->holds || !risk_of(call, &ask, &risk))
        return false;
    approvals->has_risen = risk.tier > approvals->tier;
    if (approvals->has_risen)
        approvals->tier = risk.tier;
    if (!people_with_role(call, roles_of_tier(approvals->tier),
                          value_as_int(change->value[PROMPT_CHANGE_AUTHOR]), &approvals->who_can))
        return false;
    approvals->needed = risk.approvals > 0 ? risk.approvals : 1;
    approvals->escalate_days = risk.escalate_days;
    count_approvals(change, hash, approvals);
    return true;
}
