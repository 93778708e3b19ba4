/* See inbox.h. */
#include "rooms/day/inbox.h"

#include "base/stamp.h"
#include "base/visible.h"
#include "ledger/ledger.h"
#include "offers/refs.h"
#include "rooms/day/day.h"
#include "store/find.h"

/* Nobody's rows but the actor's own are read of a private record. */
static bool marks_of(struct call *call, struct rows *marks)
{
    struct query query;
    query_init(&query, &inbox_mark_record);
    return find_rows(call, &query, marks);
}

static text id_of(struct call *call, const struct need *need)
{
    return row_public_id(call, need->record, need->row);
}

/* The mark of that thing, or NULL. */
static const struct row *mark_of(struct call *call, const struct rows *marks,
                                 const struct need *need)
{
    text id = id_of(call, need);
    for (size_t i = 0; i < marks->count; i++)
        if (text_equal(value_as_text(marks->row[i].value[INBOX_MARK_ITEM]), id) &&
            text_is(value_as_text(marks->row[i].value[INBOX_MARK_KIND]), need->kind))
            return &marks->row[i];
    return NULL;
}

static bool is_snoozed(const struct row *mark)
{
    return text_is(value_as_text(mark->value[INBOX_MARK_STATE]), "snoozed");
}

/* Null and no time are both 0. */
static bool is_aside(const struct call *call, const struct row *mark, const struct need *need)
{
    if (!mark)
        return false;
    return is_snoozed(mark) ? value_as_int(mark->value[INBOX_MARK_UNTIL]) > call->now
                            : value_as_int(mark->value[INBOX_MARK_DUE]) == need->due;
}

bool inbox_read(struct call *call, struct inbox *inbox)
{
    struct rows marks;
    size_t kept = 0;
    *inbox = (struct inbox){ .snoozed = 0 };
    if (!needs_collect(call, call->actor.person, &inbox->needs) || !marks_of(call, &marks))
        return false;
    for (size_t i = 0; i < inbox->needs.count; i++) {
        const struct row *mark = mark_of(call, &marks, &inbox->needs.need[i]);
        if (is_aside(call, mark, &inbox->needs.need[i]))
            inbox->snoozed += is_snoozed(mark);
        else
            inbox->needs.need[kept++] = inbox->needs.need[i];
    }
    inbox->needs.count = kept;
    return call->fail.kind == FAIL_NONE;
}

bool inbox_write_json(struct call *call, const struct inbox *inbox, struct json_writer *writer)
{
    json_object(writer);
    json_put_text(writer, "person",
                  find_title(call, catalog_record(call->catalog, TEXT("person")),
                             call->actor.person));
    json_key(writer, "items");
    needs_write_json(call, &inbox->needs, writer);
    json_put_int(writer, "snoozed", inbox->snoozed);
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}

bool inbox_write_words(struct call *call, const struct inbox *inbox, struct out *out)
{
    for (size_t i = 0; i < inbox->needs.count; i++) {
        const struct need *need = &inbox->needs.need[i];
        out_format(out, "%.*s  ", TEXT_FMT(id_of(call, need)));
        visible_write(out, need->title);
        out_string(out, "  (");
        visible_write(out, need->why);
        out_format(out, ")%s\n", need->is_late ? "  late" : "");
    }
    if (inbox->needs.count == 0)
        out_string(out, "Nothing waits for you.\n");
    if (inbox->snoozed)
        out_format(out, "%lld put aside for now\n", (long long)inbox->snoozed);
    return call->fail.kind == FAIL_NONE && !out->failed;
}

/* --- putting aside --- */

static bool mark_write(struct call *call, const struct rows *marks, const struct need *need,
                       stamp until)
{
    const struct row *before = mark_of(call, marks, need);
    struct row after;
    if (!(before ? row_copy(call, before, &after)
                 : row_init(call, &inbox_mark_record, &after)))
        return false;
    after.value[INBOX_MARK_ITEM] = value_text(id_of(call, need));
    after.value[INBOX_MARK_KIND] = value_choice(need->kind);
    after.value[INBOX_MARK_STATE] = value_choice(until ? "snoozed" : "done");
    after.value[INBOX_MARK_UNTIL] = until ? value_stamp(until) : VALUE_NONE;
    after.value[INBOX_MARK_DUE] = need->due ? value_stamp(need->due) : VALUE_NONE;
    return before ? ledger_update(call, before, &after) : ledger_create(call, &after);
}

static bool fail_nothing_waits(struct call *call, text public_id)
{
    return fail(call, FAIL_NOT_FOUND, "nothing in your inbox is about '%.*s': see 'rondo inbox'",
                TEXT_FMT(text_until_character(public_id, FAIL_FIELD_SIZE)));
}

static bool put_aside_inside(struct call *call, text public_id, stamp until)
{
    struct needs needs;
    struct rows marks;
    bool is_found = false;
    if (!needs_collect(call, call->actor.person, &needs) || !marks_of(call, &marks))
        return false;
    for (size_t i = 0; i < needs.count; i++) {
        if (!text_same_word(id_of(call, &needs.need[i]), public_id))
            continue;
        is_found = true;
        if (!mark_write(call, &marks, &needs.need[i], until))
            return false;
    }
    return is_found || fail_nothing_waits(call, public_id);
}

/* Runs inside the caller's change, or in one of its own. */
bool inbox_put_aside(struct call *call, text public_id, stamp until)
{
    bool own = !call->change.is_open;
    if (until && until <= call->now)
        return fail_at(call, "until", "that time has passed: give one to come");
    if (own && !change_open(call, until ? TEXT("snooze") : TEXT("inbox done")))
        return false;
    bool done = put_aside_inside(call, public_id, until);
    if (own && done)
        return change_commit(call);
    if (own)
        change_rollback(call);
    return done;
}

/* By which field the row becomes another's: what waits for the actor says it, else it is the owner.
 */
static bool hand_on_field(struct call *call, const struct record *record, rid id, int *field)
{
    const char *name = NULL;
    struct needs needs;
    if (!needs_collect(call, call->actor.person, &needs))
        return false;
    for (size_t i = 0; i < needs.count && !name; i++)
        if (needs.need[i].record == record && needs.need[i].row == id)
            name = needs.need[i].hand_on;
    *field = record_field(record, text_of(name ? name : "owner"));
    return true;
}

bool inbox_delegate(struct call *call, text public_id, text person)
{
    const struct record *record;
    struct row before, after;
    rid id;
    int owner;
    if (!catalog_id_read(call->catalog, public_id, &record, &id) ||
        !find_may_read(call, record, id))
        return call->fail.kind == FAIL_NONE && fail_nothing_waits(call, public_id);
    if (!hand_on_field(call, record, id, &owner))
        return false;
    if (owner < 0 || record->field[owner].kind != FIELD_REF ||
        (record->field[owner].flags & (FIELD_FIXED | FIELD_COUNTED)))
        return fail(call, FAIL_CONFLICT,
                    "%s %s has no owner that can be changed: it cannot be delegated",
                    record_article(record), record->label);
    return find_row(call, record, id, &before) && row_copy(call, &before, &after) &&
           value_read_text(call, &record->field[owner], person, refs_resolve,
                           &after.value[owner]) &&
           (!value_is_null(after.value[owner]) ||
            fail_at(call, "to", "say who it goes to: 'to' is missing")) &&
           ledger_update(call, &before, &after);
}
