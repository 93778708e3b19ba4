/*
 * See label_move.h. The order of the questions: is there something to move, has somebody been
 * faster, may it move, and then all rows at once.
 */
#include "rooms/prompts/label_move.h"

#include "base/stamp.h"
#include "ledger/ledger.h"
#include "rooms/evals/evals.h"
#include "rooms/prompts/change_rules.h"
#include "rooms/prompts/risk_rule.h"
#include "store/find.h"

static const char *const kind_words[] = { "deploy", "rollback", "drill" };
static const char *const what_words[] = { "move label", "roll back label", "drill" };

/* Everything that is known of a move while it is decided on. */
struct moving {
    const struct label_move *move;
    struct row prompt, before, version, change;
    bool has_label, has_change, is_guarded;
    struct change_pass pass; /* what let a guarded label move */
};

/* --- finding --- */

bool label_find(struct call *call, rid prompt, text label, bool *has, struct row *row)
{
    struct query query;
    query_init(&query, &prompt_label_record);
    *has = query_add(call, &query, PROMPT_LABEL_PROMPT, FILTER_IS, value_ref(prompt)) &&
           query_add(call, &query, PROMPT_LABEL_NAME, FILTER_IS, value_text(label)) &&
           find_first(call, &query, row);
    return call->fail.kind == FAIL_NONE;
}

static bool moves_of(struct call *call, rid prompt, text label, struct query *query)
{
    query_init(query, &deployment_record);
    query->sort = DEPLOYMENT_EFFECTIVE_AT;
    query->is_descending = true;
    return query_add(call, query, DEPLOYMENT_PROMPT, FILTER_IS, value_ref(prompt)) &&
           query_add(call, query, DEPLOYMENT_LABEL, FILTER_IS, value_text(label));
}

bool label_last_move(struct call *call, rid prompt, text label, bool *has, struct row *deployment)
{
    struct query query;
    *has = moves_of(call, prompt, label, &query) && find_first(call, &query, deployment);
    return call->fail.kind == FAIL_NONE;
}

bool label_previous(struct call *call, rid prompt, text label, rid carried, rid *version)
{
    struct query query;
    struct rows moves;
    *version = 0;
    if (!moves_of(call, prompt, label, &query) || !find_rows(call, &query, &moves))
        return false;
    for (size_t i = 0; i < moves.count && !*version; i++) {
        const struct value *value = moves.row[i].value;
        if (value_as_int(value[DEPLOYMENT_TO_VERSION]) == carried &&
            !text_is(value_as_text(value[DEPLOYMENT_KIND]), "rollback"))
            *version = value_as_int(value[DEPLOYMENT_FROM_VERSION]);
    }
    return true;
}

bool prompt_version_find(struct call *call, rid prompt, text word, struct row *version)
{
    struct query query;
    int64_t number;
    text digits = text_starts(word, TEXT("v")) ? text_from(word, 1) : word;
    rid id;
    if (row_id_read(&prompt_version_record, word, &id) && text_starts(word, TEXT("P")))
        return find_row(call, &prompt_version_record, id, version) &&
               (value_as_int(version->value[PROMPT_VERSION_PROMPT]) == prompt ||
                fail_at(call, "version", "%.*s is a version of another prompt", TEXT_FMT(word)));
    query_init(&query, &prompt_version_record);
    if (!text_to_int(digits, &number))
        return fail_at(call, "version", "'%.*s' is no version: write its number, such as 3",
                       TEXT_FMT(word));
    return (query_add(call, &query, PROMPT_VERSION_PROMPT, FILTER_IS, value_ref(prompt)) &&
            query_add(call, &query, PROMPT_VERSION_NUMBER, FILTER_IS, value_int(number)) &&
            find_first(call, &query, version)) ||
           (call->fail.kind == FAIL_NONE &&
            fail(call, FAIL_NOT_FOUND, "there is no version %lld of '%.*s'", (long long)number,
                 TEXT_FMT(find_title(call, &prompt_record, prompt))));
}

/* --- refusals --- */

static text version_name(struct call *call, rid version)
{
    text title = version ? find_title(call, &prompt_version_record, version) : TEXT_NONE;
    return title.at ? title : TEXT("nothing");
}

static text label_words(struct call *call, const struct moving *moving)
{
    return call_format(call, "'%.*s' of %.*s", TEXT_FMT(moving->move->label),
                       TEXT_FMT(row_title(call, &moving->prompt)));
}

/* Somebody else was faster: says who, when, and where the label is now. */
static bool fail_moved_by_other(struct call *call, const struct moving *moving)
{
    const struct label_move *move = moving->move;
    struct row label;
    char when[STAMP_TEXT_SIZE];
    bool has;
    fail_clear(call);
    if (!label_find(call, move->prompt, move->label, &has, &label))
        return false;
    if (!has)
        return fail(call, FAIL_CONFLICT, "%.*s is not there any more",
                    TEXT_FMT(label_words(call, moving)));
    text person = find_title(call, catalog_record(call->catalog, TEXT("person")),
                             value_as_int(label.value[PROMPT_LABEL_MOVED_BY]));
    stamp_write(value_as_int(label.value[PROMPT_LABEL_MOVED_AT]), when);
    return fail(call, FAIL_CONFLICT,
                "%.*s moved %.*s to %.*s at %s: look at it, and move it from there",
                TEXT_FMT(person.at ? person : TEXT("somebody")),
                TEXT_FMT(label_words(call, moving)),
                TEXT_FMT(version_name(call, value_as_int(label.value[PROMPT_LABEL_VERSION]))),
                when);
}

/* --- the questions --- */

static rid carried(const struct moving *moving)
{
    return moving->has_label ? value_as_int(moving->before.value[PROMPT_LABEL_VERSION]) : 0;
}

static bool check_label_name(struct call *call, const struct label_move *move)
{
    bool is_drill = text_starts(move->label, TEXT("drill/"));
    bool is_good = move->label.size > 0;
    for (size_t i = 0; i < move->label.size; i++) {
        char c = move->label.at[i];
        is_good &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                   c == '.' || (c == '/' && i > 0 && i + 1 < move->label.size);
    }
    if (!is_good)
        return fail_at(call, "label",
                       "'%.*s' is no label: use small letters, digits, '-', '_', '.', and a slash "
                       "before the environment, as in production/eu",
                       TEXT_FMT(move->label));
    return is_drill == (move->kind == MOVE_DRILL) || move->kind == MOVE_ROLLBACK ||
           fail_at(call, "label",
                   is_drill ? "labels below 'drill/' are moved by 'rondo prompt drill'"
                            : "a drill moves labels below 'drill/' only");
}

static bool check_expected(struct call *call, const struct moving *moving)
{
    return !moving->move->has_expected || moving->move->expected == carried(moving) ||
           fail_moved_by_other(call, moving);
}

static bool was_carried(struct call *call, const struct moving *moving, bool *was)
{
    struct query query;
    struct row found;
    *was = moves_of(call, moving->move->prompt, moving->move->label, &query) &&
           query_add(call, &query, DEPLOYMENT_TO_VERSION, FILTER_IS,
                     value_ref(moving->version.id)) &&
           find_first(call, &query, &found);
    return call->fail.kind == FAIL_NONE;
}

static bool find_previous(struct call *call, const struct moving *moving, rid *version)
{
    const struct label_move *move = moving->move;
    if (!label_previous(call, move->prompt, move->label, carried(moving), version))
        return false;
    return *version ||
           fail(call, FAIL_CONFLICT, "%.*s carried no other version before: there is nothing to "
                "roll back to", TEXT_FMT(label_words(call, moving)));
}

static bool find_version(struct call *call, struct moving *moving)
{
    rid version = moving->move->version;
    if (!version && !find_previous(call, moving, &version))
        return false;
    return find_row(call, &prompt_version_record, version, &moving->version);
}

static bool check_rollback(struct call *call, const struct moving *moving)
{
    bool was;
    if (text_trim(moving->move->reason).size == 0)
        return fail_at(call, "reason", "say why it is rolled back: 'reason' is needed");
    if (!was_carried(call, moving, &was))
        return false;
    return was || fail_at(call, "version",
                          "%.*s never carried %.*s: only what it carried before is a way back, the "
                          "rest needs a change request",
                          TEXT_FMT(label_words(call, moving)),
                          TEXT_FMT(row_title(call, &moving->version)));
}

static bool check_forward(struct call *call, struct moving *moving)
{
    const struct label_move *move = moving->move;
    struct risk risk;
    struct risk_ask ask = risk_ask_of(&moving->prompt, move->label, VALUE_NONE);
    if (!risk_of(call, &ask, &risk))
        return false;
    moving->is_guarded = risk.tier != TIER_SELF;
    if (!moving->is_guarded && !move->change)
        return true;
    moving->has_change = true;
    return change_for_move(call, move->change, &moving->prompt, move->label, &moving->version,
                           &moving->change) &&
           change_may_deploy(call, &moving->change, &moving->pass);
}

static bool check_move(struct call *call, struct moving *moving)
{
    const struct label_move *move = moving->move;
    if (!check_label_name(call, move) ||
        !find_row(call, &prompt_record, move->prompt, &moving->prompt) ||
        !label_find(call, move->prompt, move->label, &moving->has_label, &moving->before) ||
        !check_expected(call, moving) || !find_version(call, moving))
        return false;
    if (moving->version.id == carried(moving))
        return fail(call, FAIL_CONFLICT, "%.*s is at %.*s already",
                    TEXT_FMT(label_words(call, moving)),
                    TEXT_FMT(row_title(call, &moving->version)));
    if (move->kind == MOVE_ROLLBACK)
        return check_rollback(call, moving);
    return move->kind == MOVE_DRILL || check_forward(call, moving);
}

/* --- the rows --- */

static bool write_label(struct call *call, const struct moving *moving)
{
    struct row after;
    bool is_ready = moving->has_label ? row_copy(call, &moving->before, &after)
                                      : row_init(call, &prompt_label_record, &after);
    if (!is_ready)
        return false;
    after.value[PROMPT_LABEL_NAME] = value_text(moving->move->label);
    after.value[PROMPT_LABEL_PROMPT] = value_ref(moving->move->prompt);
    after.value[PROMPT_LABEL_VERSION] = value_ref(moving->version.id);
    after.value[PROMPT_LABEL_MOVED_AT] = value_stamp(call->now);
    after.value[PROMPT_LABEL_MOVED_BY] = value_ref(call->actor.person);
    after.value[PROMPT_LABEL_TEAM] = moving->prompt.value[PROMPT_TEAM];
    if (moving->has_label ? ledger_update(call, &moving->before, &after)
                          : ledger_create(call, &after))
        return true;
    bool was_faster = call->fail.kind == FAIL_STALE || call->fail.kind == FAIL_CONFLICT;
    return was_faster && fail_moved_by_other(call, moving);
}

/* The change that brought what is rolled back, and since when it was served. */
static bool find_taken_back(struct call *call, struct moving *moving, stamp *since)
{
    struct row last;
    bool has;
    if (!label_last_move(call, moving->move->prompt, moving->move->label, &has, &last))
        return false;
    *since = has ? value_as_int(last.value[DEPLOYMENT_EFFECTIVE_AT]) : 0;
    rid change = has ? value_as_int(last.value[DEPLOYMENT_CHANGE]) : 0;
    moving->has_change = change != 0;
    return !change || find_row(call, &prompt_change_record, change, &moving->change);
}

static bool fill_rollback(struct call *call, struct moving *moving, struct row *row)
{
    stamp since;
    if (!find_taken_back(call, moving, &since))
        return false;
    if (moving->move->noticed)
        since = moving->move->noticed;
    if (since)
        row->value[DEPLOYMENT_MINUTES_TAKEN] =
            value_real((double)(call->now - since) / (double)STAMP_MINUTE);
    return true;
}

static bool write_deployment(struct call *call, struct moving *moving, struct row *row)
{
    const struct label_move *move = moving->move;
    if (!row_init(call, &deployment_record, row))
        return false;
    if (move->kind == MOVE_ROLLBACK && !fill_rollback(call, moving, row))
        return false;
    text from = version_name(call, carried(moving)), to = row_title(call, &moving->version);
    row->value[DEPLOYMENT_TITLE] =
        value_text(call_format(call, "%.*s: %.*s to %.*s", TEXT_FMT(move->label), TEXT_FMT(from),
                               TEXT_FMT(to)));
    row->value[DEPLOYMENT_PROMPT] = value_ref(move->prompt);
    row->value[DEPLOYMENT_LABEL] = value_text(move->label);
    row->value[DEPLOYMENT_KIND] = value_choice(kind_words[move->kind]);
    row->value[DEPLOYMENT_FROM_VERSION] = value_ref(carried(moving));
    row->value[DEPLOYMENT_TO_VERSION] = value_ref(moving->version.id);
    row->value[DEPLOYMENT_CHANGE] = value_ref(moving->has_change ? moving->change.id : 0);
    row->value[DEPLOYMENT_WAIVER] = value_ref(moving->pass.waiver);
    row->value[DEPLOYMENT_REASON] = value_text(text_trim(move->reason).size ? move->reason
                                                                            : TEXT_NONE);
    row->value[DEPLOYMENT_PERSON] = value_ref(call->actor.person);
    row->value[DEPLOYMENT_EFFECTIVE_AT] = value_stamp(call->now);
    row->value[DEPLOYMENT_TEAM] = moving->prompt.value[PROMPT_TEAM];
    row->value[DEPLOYMENT_FIGURES] = value_text(moving->pass.figures);
    if (moving->is_guarded)
        row->value[DEPLOYMENT_WATCH_UNTIL] = value_stamp(call->now + WATCH_DAYS * STAMP_DAY);
    return ledger_create(call, row);
}

/* A change of what users meet is a suspect of Monday's review. */
static bool write_event(struct call *call, const struct moving *moving)
{
    struct row event;
    text from = version_name(call, carried(moving)), to = row_title(call, &moving->version);
    if (!text_starts(moving->move->label, TEXT("production")))
        return true;
    if (!row_init(call, &change_event_record, &event))
        return false;
    event.value[CHANGE_EVENT_TITLE] =
        value_text(call_format(call, "%.*s served as %.*s", TEXT_FMT(to),
                               TEXT_FMT(moving->move->label)));
    event.value[CHANGE_EVENT_KIND] = value_choice("prompt_version");
    event.value[CHANGE_EVENT_FROM] = value_text(from);
    event.value[CHANGE_EVENT_TO] = value_text(to);
    event.value[CHANGE_EVENT_EFFECTIVE_AT] = value_stamp(call->now);
    event.value[CHANGE_EVENT_SURFACES] = moving->prompt.value[PROMPT_SURFACES];
    event.value[CHANGE_EVENT_SOURCE] = value_text(TEXT("deployment"));
    return ledger_create(call, &event);
}

static bool move_inside(struct call *call, const struct label_move *move, struct row *deployment)
{
    struct moving moving = { .move = move };
    if (!check_move(call, &moving) || !write_label(call, &moving) ||
        !write_deployment(call, &moving, deployment) || !write_event(call, &moving))
        return false;
    if (!moving.has_change)
        return true;
    return move->kind == MOVE_ROLLBACK ? change_rolled_back(call, &moving.change)
                                       : change_deployed(call, &moving.change);
}

bool label_move(struct call *call, const struct label_move *move, struct row *deployment)
{
    if (call->change.is_open)
        return move_inside(call, move, deployment);
    if (!change_open(call, text_of(what_words[move->kind])))
        return false;
    if (move_inside(call, move, deployment))
        return change_commit(call);
    change_rollback(call);
    return false;
}
