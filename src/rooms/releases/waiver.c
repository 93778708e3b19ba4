/*
 * The waiver: a named person lets something past a gate, for a reason and a while, with something
 * else that guards in the meantime. Whoever asks for it does not approve it. It ends by itself:
 * whether it is alive is worked out from the clock.
 */
#include "ledger/state.h"
#include "rooms/releases/releases.h"
#include "rooms/releases/waiver_calendar.h"
#include "store/find.h"

static const char *const state_words[] = { "requested", "approved", "declined", "revoked", NULL };

static const struct field waiver_fields[] = {
    [WAIVER_REASON] = { .name = "reason",
                        .label = "Reason",
                        .kind = FIELD_TEXT,
                        .flags = FIELD_NEEDED | FIELD_SEARCHED,
                        .help = "Why it goes out although the gate says no." },
    [WAIVER_GATE] = { .name = "gate",
                      .label = "Gate",
                      .kind = FIELD_TEXT,
                      .flags = FIELD_NEEDED | FIELD_INDEXED | FIELD_FIXED,
                      .max = 40,
                      .help = "What it lets through, by its id, such as PCR-4." },
    [WAIVER_STATE] = { .name = "state",
                       .label = "State",
                       .kind = FIELD_CHOICE,
                       .choices = state_words,
                       .flags = FIELD_NEEDED,
                       .fallback = "requested",
                       .help = "Where it stands." },
    [WAIVER_REQUESTER] = { .name = "requester",
                           .label = "Requester",
                           .kind = FIELD_REF,
                           .refers = "person",
                           .flags = FIELD_COUNTED | FIELD_BY_NAME,
                           .help = "Who asked for it." },
    [WAIVER_APPROVER] = { .name = "approver",
                          .label = "Approver",
                          .kind = FIELD_REF,
                          .refers = "person",
                          .flags = FIELD_NEEDED | FIELD_BY_NAME,
                          .help = "Who is asked to approve it: somebody else." },
    [WAIVER_EXPIRY] = { .name = "expiry",
                        .label = "Expiry",
                        .kind = FIELD_STAMP,
                        .flags = FIELD_NEEDED | FIELD_INDEXED,
                        .help = "When the gate blocks again, by itself." },
    [WAIVER_COMPENSATING_CONTROL] = { .name = "compensating_control",
                                      .label = "Compensating control",
                                      .kind = FIELD_PROSE,
                                      .flags = FIELD_NEEDED | FIELD_SEARCHED,
                                      .help = "What guards in the meantime." },
    [WAIVER_RENEWS] = { .name = "renews",
                        .label = "Renews",
                        .kind = FIELD_REF,
                        .refers = "waiver",
                        .flags = FIELD_FIXED,
                        .help = "The waiver that it goes on from." },
    [WAIVER_RENEWALS] = { .name = "renewals",
                          .label = "Renewals",
                          .kind = FIELD_INT,
                          .flags = FIELD_COUNTED,
                          .help = "How often it was renewed by now; 0 is the first." },
    [WAIVER_APPROVED_AT] = { .name = "approved_at",
                             .label = "Approved at",
                             .kind = FIELD_STAMP,
                             .flags = FIELD_COUNTED,
                             .help = "Since when it lets through." },
    [WAIVER_TEAM] = { .name = "team",
                      .label = "Team",
                      .kind = FIELD_REF,
                      .refers = "team",
                      .flags = FIELD_COUNTED | FIELD_BY_NAME,
                      .help = "That of what it lets through: its roles count." },
};

static bool waiver_is(const struct row *waiver, const char *state)
{
    return text_is(value_as_text(waiver->value[WAIVER_STATE]), state);
}

bool waiver_is_live(const struct row *waiver, stamp now)
{
    return waiver_is(waiver, "approved") && !waiver->archived &&
           value_as_int(waiver->value[WAIVER_EXPIRY]) > now;
}

static struct value live_value(const struct row *waiver, stamp now)
{
    return value_bool(waiver_is_live(waiver, now));
}

static const struct computed waiver_computed[] = {
    { .field = { .name = "live",
                 .label = "Live",
                 .kind = FIELD_BOOL,
                 .flags = FIELD_COUNTED | FIELD_COMPUTED | FIELD_NEEDED,
                 .help = "Whether it is approved and has not expired." },
      .value = live_value },
    { .value = NULL },
};

/* --- states --- */

static bool fail_not_approver(struct call *call, const struct row *row)
{
    struct row person;
    const struct record *record = catalog_record(call->catalog, TEXT("person"));
    if (!find_row(call, record, value_as_int(row->value[WAIVER_APPROVER]), &person))
        return false;
    text name = row_title(call, &person);
    return fail(call, FAIL_FORBIDDEN, "%.*s was asked to decide on this waiver: only they can",
                TEXT_FMT(name));
}

static bool guard_decide(struct call *call, const struct row *row)
{
    if (call->all_rows)
        return true;
    if (call->actor.person == value_as_int(row->value[WAIVER_REQUESTER]))
        return fail(call, FAIL_FORBIDDEN,
                    "whoever asks for a waiver does not decide on it: let the approver do that");
    return call->actor.person == value_as_int(row->value[WAIVER_APPROVER]) ||
           fail_not_approver(call, row);
}

static bool guard_approve(struct call *call, const struct row *row)
{
    if (!guard_decide(call, row))
        return false;
    return value_as_int(row->value[WAIVER_EXPIRY]) > call->now ||
           fail_at(call, "expiry", "this waiver has expired already: give it a later expiry");
}

static const struct transition waiver_states[] = {
    { "requested", "approved", "approve", ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
      guard_approve, UNDO_COUNTER },
    { "requested", "declined", "decline", 0, guard_decide, UNDO_COUNTER },
    { "approved", "revoked", "revoke", 0, NULL, UNDO_COUNTER },
    { 0 },
};

/* --- checks --- */

static bool count_renewals(struct call *call, struct row *after)
{
    struct row earlier;
    rid renews = value_as_int(after->value[WAIVER_RENEWS]);
    after->value[WAIVER_RENEWALS] = value_int(0);
    if (!renews)
        return true;
    if (!find_row(call, &waiver_record, renews, &earlier))
        return false;
    after->value[WAIVER_RENEWALS] =
        value_int(value_as_int(earlier.value[WAIVER_RENEWALS]) + 1);
    return text_equal(value_as_text(earlier.value[WAIVER_GATE]),
                      value_as_text(after->value[WAIVER_GATE])) ||
           fail_at(call, "renews",
                   "that waiver is of another gate, %.*s: it cannot be renewed here",
                   TEXT_FMT(value_as_text(earlier.value[WAIVER_GATE])));
}

/* The team of what is let through; fails when the gate is no row that the actor may read. */
static bool settle_team(struct call *call, struct row *after)
{
    const struct record *record;
    rid id;
    struct row row;
    text gate = value_as_text(after->value[WAIVER_GATE]);
    if (!gate.at || call->door == DOOR_IMPORT)
        return true;
    if (!catalog_id_read(call->catalog, gate, &record, &id))
        return fail_at(call, "gate", "'%.*s' is no id: say what is let through, such as PCR-4",
                       TEXT_FMT(gate));
    if (!find_row(call, record, id, &row))
        return false;
    after->value[WAIVER_GATE] = value_text(row_public_id(call, record, id));
    int team = record_field(record, TEXT("team"));
    if (team >= 0)
        after->value[WAIVER_TEAM] = row.value[team];
    return true;
}

static bool waiver_settle(struct call *call, const struct row *before, struct row *after)
{
    if (before) {
        if (!waiver_is(before, "approved") && waiver_is(after, "approved"))
            after->value[WAIVER_APPROVED_AT] = value_stamp(call->now);
        return true;
    }
    after->value[WAIVER_REQUESTER] = value_ref(call->actor.person);
    return settle_team(call, after) && count_renewals(call, after);
}

/* What was approved stays as it was approved. */
static bool check_kept(struct call *call, const struct row *before, const struct row *after)
{
    static const int kept[] = { WAIVER_REASON, WAIVER_APPROVER, WAIVER_EXPIRY,
                                WAIVER_COMPENSATING_CONTROL };
    if (waiver_is(before, "requested"))
        return true;
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (!value_equal(before->value[kept[i]], after->value[kept[i]]))
            return fail_at(call, after->record->field[kept[i]].name,
                           "a waiver that was decided on does not change: ask for a new one with "
                           "'renews'");
    return true;
}

static bool waiver_check(struct call *call, const struct row *before, const struct row *after)
{
    static const int parts[] = { WAIVER_REASON, WAIVER_COMPENSATING_CONTROL, -1 };
    if (!row_require(call, after, parts, "for a waiver"))
        return false;
    if (value_equal(after->value[WAIVER_APPROVER], after->value[WAIVER_REQUESTER]))
        return fail_at(call, "approver",
                       "whoever asks for a waiver does not approve it: name somebody else");
    if (before)
        return check_kept(call, before, after);
    if (value_as_int(after->value[WAIVER_EXPIRY]) <= call->now && call->door != DOOR_IMPORT)
        return fail_at(call, "expiry", "a waiver ends some time to come: give a later expiry");
    return true;
}

static const char *const waiver_listed[] = { "gate",   "state",     "live",     "requester",
                                             "approver", "expiry", "renewals", NULL };

const struct record waiver_record = {
    .name = "waiver",
    .plural = "waivers",
    .prefix = "WVR",
    .label = "waiver",
    .help =
        "The only way past a gate: 'rondo waiver add --gate PCR-4 --reason ... --approver PERSON "
        "--expiry TIME --compensating-control ...', approved by somebody else.",
    .field = waiver_fields,
    .field_count = sizeof waiver_fields / sizeof waiver_fields[0],
    .title = WAIVER_REASON,
    .state = WAIVER_STATE,
    .states = waiver_states,
    .computed = waiver_computed,
    .listed = waiver_listed,
    .check = waiver_check,
    .settle = waiver_settle,
    .writers = ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};

bool waiver_of(struct call *call, const struct record *record, rid id, bool *has,
               struct row *waiver)
{
    struct query query;
    query_init(&query, &waiver_record);
    query.sort = WAIVER_EXPIRY;
    query.is_descending = true;
    text gate = row_public_id(call, record, id);
    *has = query_add(call, &query, WAIVER_GATE, FILTER_IS, value_text(gate)) &&
           query_add(call, &query, WAIVER_STATE, FILTER_IS, value_choice("approved")) &&
           find_first(call, &query, waiver) && waiver_is_live(waiver, call->now);
    return call->fail.kind == FAIL_NONE;
}

/* --- what the room offers --- */

static const struct record *const releases_records[] = { &waiver_record, NULL };

const struct room releases_room = {
    .name = "releases",
    .label = "Releases",
    .help = "What may go out, and what was let past a gate.",
    .records = releases_records,
    .update = releases_update,
    .calendar = waiver_calendar,
};
