/* See change_page.h. */
#include "rooms/prompts/change_page.h"

#include "base/stamp.h"
#include "offers/agenda.h"
#include "offers/refs.h"
#include "rooms/prompts/change_gate.h"
#include "rooms/prompts/impact_review.h"
#include "rooms/prompts/label_move.h"
#include "rooms/prompts/prompt_diff.h"
#include "rooms/prompts/risk_rule.h"
#include "rooms/releases/releases.h"

enum { AROUND_DAYS = 7 }; /* urgent changes since the last council */

/* --- the queue --- */

static int tier_rank(const struct row *change)
{
    text tier = value_as_text(change->value[PROMPT_CHANGE_TIER]);
    return text_is(tier, "executive") ? 0 : text_is(tier, "council") ? 1 : 2;
}

static int compare_urgency(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    if (tier_rank(a) != tier_rank(b))
        return tier_rank(a) - tier_rank(b);
    stamp x = value_as_int(a->value[PROMPT_CHANGE_SUBMITTED]),
          y = value_as_int(b->value[PROMPT_CHANGE_SUBMITTED]);
    return x < y ? -1 : x > y ? 1 : a->id < b->id ? -1 : a->id > b->id;
}

static bool is_due(const struct row *change, stamp now)
{
    return change_is(change, "in_review") ||
           (change_is(change, "deferred") &&
            value_as_int(change->value[PROMPT_CHANGE_DEFERRED_TO]) * STAMP_DAY <= now);
}

static bool add_state(struct call *call, rid team, const char *state, struct rows *changes)
{
    struct query query;
    struct rows found;
    query_init(&query, &prompt_change_record);
    if (!query_add(call, &query, PROMPT_CHANGE_STATE, FILTER_IS, value_choice(state)) ||
        !find_rows(call, &query, &found))
        return false;
    for (size_t i = 0; i < found.count; i++) {
        rid of = value_as_int(found.row[i].value[PROMPT_CHANGE_TEAM]);
        if (!is_due(&found.row[i], call->now) || (team && of && of != team))
            continue;
        changes->row = call_more(call, changes->row, changes->count, &changes->room,
                                 sizeof *changes->row);
        if (!changes->row)
            return false;
        changes->row[changes->count++] = found.row[i];
    }
    return true;
}

bool council_queue(struct call *call, rid team, struct rows *changes)
{
    *changes = (struct rows){ .count = 0 };
    if (!add_state(call, team, "in_review", changes) || !add_state(call, team, "deferred", changes))
        return false;
    if (changes->count)
        qsort(changes->row, changes->count, sizeof *changes->row, compare_urgency);
    return true;
}

int64_t change_days_in_review(const struct row *change, stamp now)
{
    struct value submitted = change->value[PROMPT_CHANGE_SUBMITTED];
    return value_is_null(submitted) ? 0 : (now - value_as_int(submitted)) / STAMP_DAY;
}

bool change_is_overdue(const struct row *change, const struct change_approvals *approvals,
                       stamp now)
{
    return (change_is(change, "in_review") || change_is(change, "deferred")) &&
           change_days_in_review(change, now) >= approvals->escalate_days;
}

/* --- the page --- */

static bool put_missing(struct call *call, const struct row *change, struct json_writer *writer)
{
    const char *missing[4];
    size_t count;
    if (!change_missing(call, change, missing, &count))
        return false;
    json_key(writer, "missing");
    json_list(writer);
    for (size_t i = 0; i < count; i++)
        json_string(writer, missing[i]);
    json_list_end(writer);
    return true;
}

static void put_approvals(const struct row *change, const struct change_approvals *approvals,
                          stamp now, struct json_writer *writer)
{
    json_key(writer, "approvals");
    json_object(writer);
    json_put_string(writer, "tier", risk_tier_words[approvals->tier]);
    json_put_int(writer, "needed", approvals->needed);
    json_put_int(writer, "given", approvals->given);
    json_put_bool(writer, "enough", approvals->is_enough);
    json_put_text(writer, "who_can", approvals->who_can);
    json_object_end(writer);
    json_put_int(writer, "days_in_review", change_days_in_review(change, now));
    json_put_bool(writer, "is_overdue", change_is_overdue(change, approvals, now));
}

static bool put_rows(struct call *call, const char *key, const struct rows *rows, const bool *holds,
                     struct json_writer *writer)
{
    json_key(writer, key);
    json_list(writer);
    for (size_t i = 0; i < rows->count; i++) {
        json_object(writer);
        json_key(writer, "row");
        if (!row_show_json(call, &rows->row[i], refs_name, writer))
            return false;
        if (holds)
            json_put_bool(writer, "holds", holds[i]);
        json_object_end(writer);
    }
    json_list_end(writer);
    return true;
}

static bool put_waiver(struct call *call, const struct row *change, struct json_writer *writer)
{
    struct row waiver;
    bool has;
    if (!waiver_of(call, &prompt_change_record, change->id, &has, &waiver))
        return false;
    json_key(writer, "waiver");
    if (has)
        return row_show_json(call, &waiver, refs_name, writer);
    json_null(writer);
    return true;
}

/* What the label carries now, which may be another version than the one it was compared with. */
static bool put_served(struct call *call, const struct row *change, struct json_writer *writer)
{
    struct row label;
    bool has;
    if (!label_find(call, value_as_int(change->value[PROMPT_CHANGE_PROMPT]),
                    value_as_text(change->value[PROMPT_CHANGE_LABEL]), &has, &label))
        return false;
    text title = has ? find_title(call, &prompt_version_record,
                                  value_as_int(label.value[PROMPT_LABEL_VERSION]))
                     : TEXT_NONE;
    json_put_text(writer, "served", title);
    return call->fail.kind == FAIL_NONE;
}

/* By words; of a label that carried nothing everything is new. */
static bool put_diff(struct call *call, const struct row *change, struct json_writer *writer)
{
    struct row from, to;
    struct prompt_diff diff;
    rid before = value_as_int(change->value[PROMPT_CHANGE_FROM_VERSION]);
    if ((before && !find_row(call, &prompt_version_record, before, &from)) ||
        !find_row(call, &prompt_version_record,
                  value_as_int(change->value[PROMPT_CHANGE_TO_VERSION]), &to) ||
        !prompt_diff(call, before ? &from : NULL, &to, DIFF_WORDS, &diff))
        return false;
    json_key(writer, "diff");
    prompt_diff_write_json(&diff, writer);
    return true;
}

/* What it did beside what was expected: by whom it was scored, or when that is due. */
static bool put_impact(struct call *call, const struct row *change, struct json_writer *writer)
{
    struct row review;
    stamp due;
    bool is_scored, was_served;
    if (!impact_review_of(call, change->id, &is_scored, &review) ||
        !impact_due_at(call, change->id, &was_served, &due))
        return false;
    json_key(writer, "impact");
    json_object(writer);
    if (was_served)
        json_put_stamp(writer, "due_at", due);
    else
        json_put_null(writer, "due_at");
    json_key(writer, "review");
    if (is_scored && !row_show_json(call, &review, refs_name, writer))
        return false;
    if (!is_scored)
        json_null(writer);
    json_object_end(writer);
    return true;
}

static bool put_gate(struct call *call, const struct row *change, struct json_writer *writer)
{
    struct change_gate gate;
    if (!change_gate(call, change, &gate))
        return false;
    json_key(writer, "gate");
    json_object(writer);
    json_put_string(writer, "verdict", gate_verdict_words[gate.verdict]);
    json_put_bool(writer, "is_open", !gate.is_shut);
    json_key(writer, "surfaces");
    change_gate_write_json(call, &gate, writer);
    json_object_end(writer);
    return true;
}

bool change_page_write_json(struct call *call, rid id, struct json_writer *writer)
{
    struct row change;
    struct rows deltas;
    struct change_approvals approvals;
    if (!find_row(call, &prompt_change_record, id, &change) ||
        !change_approvals(call, &change, &approvals) || !change_deltas(call, id, &deltas))
        return false;
    json_object(writer);
    json_key(writer, "change");
    if (!row_show_json(call, &change, refs_name, writer) || !put_served(call, &change, writer) ||
        !put_diff(call, &change, writer) || !put_missing(call, &change, writer))
        return false;
    put_approvals(&change, &approvals, call->now, writer);
    if (!put_rows(call, "reviews", &approvals.reviews, approvals.holds, writer) ||
        !put_rows(call, "eval_deltas", &deltas, NULL, writer) ||
        !put_gate(call, &change, writer) || !put_waiver(call, &change, writer) ||
        !put_impact(call, &change, writer))
        return false;
    json_object_end(writer);
    return true;
}

/* What the council looks at besides, in the order of its agenda. */
static const text around[] = { { "prompts.urgent", 14 },
                               { "prompts.watch", 13 },
                               { "prompts.outside", 15 },
                               { "prompts.drills", 14 },
                               { "prompts.impact", 14 } };

static bool put_around(struct call *call, struct json_writer *writer)
{
    const struct agenda_ask ask = { .from = call->now - AROUND_DAYS * STAMP_DAY,
                                    .until = call->now };
    struct agenda agenda = { .count = 0 };
    if (!agenda_compile(call, &ask, around, sizeof around / sizeof *around, &agenda))
        return false;
    json_key(writer, "around");
    json_list(writer);
    for (size_t i = 0; i < agenda.count; i++) {
        const struct agenda_point *point = &agenda.point[i];
        json_object(writer);
        json_put_string(writer, "source", point->source);
        json_put_text(writer, "title", point->title);
        json_put_text(writer, "why", point->why);
        json_put_text(writer, "record", record_address(call, point->record));
        json_put_text(writer, "id", row_public_id(call, point->record, point->row));
        json_object_end(writer);
    }
    json_list_end(writer);
    return call->fail.kind == FAIL_NONE;
}

bool council_write_json(struct call *call, struct json_writer *writer)
{
    struct rows changes;
    if (!council_queue(call, 0, &changes))
        return false;
    json_object(writer);
    json_key(writer, "items");
    json_list(writer);
    for (size_t i = 0; i < changes.count; i++) {
        struct change_approvals approvals;
        if (!change_approvals(call, &changes.row[i], &approvals))
            return false;
        json_object(writer);
        json_key(writer, "change");
        if (!row_show_json(call, &changes.row[i], refs_name, writer) ||
            !put_missing(call, &changes.row[i], writer))
            return false;
        put_approvals(&changes.row[i], &approvals, call->now, writer);
        json_object_end(writer);
    }
    json_list_end(writer);
    if (!put_around(call, writer))
        return false;
    json_object_end(writer);
    return true;
}
