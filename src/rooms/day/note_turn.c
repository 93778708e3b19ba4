/* See note_turn.h. What can be made of a note is found in the catalogue: no room is known here. */
#include "rooms/day/note_turn.h"

#include "base/stamp.h"
#include "ledger/ledger.h"
#include "ledger/link.h"
#include "ledger/state.h"
#include "offers/refs.h"
#include "rooms/day/day.h"
#include "store/find.h"

/* A new row of the record needs nothing but its title, and perhaps an owner. */
static bool can_be_made(const struct record *record)
{
    const struct field *title = &record->field[record->title];
    if (record->made_by_program || record == &note_record || record->privacy != PRIVACY_PUBLIC ||
        strcmp(title->name, "title") != 0 || (title->flags & FIELD_COUNTED))
        return false;
    for (size_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->field[i];
        bool is_ours = field == title || strcmp(field->name, "owner") == 0;
        if ((field->flags & FIELD_NEEDED) && !field->fallback && !is_ours)
            return false;
    }
    return true;
}

static bool fail_into(struct call *call, text into)
{
    struct out out;
    out_init(&out, call);
    for (size_t i = 0; i < call->catalog->record_count; i++)
        if (can_be_made(call->catalog->record[i]))
            out_format(&out, "%s%s", out.size ? ", " : "", call->catalog->record[i]->name);
    text names = out_view(&out);
    return fail_at(call, "into", "a note cannot be turned into '%.*s': there are %.*s",
                   TEXT_FMT(text_until_character(into, FAIL_FIELD_SIZE)), TEXT_FMT(names));
}

static bool fail_no_field(struct call *call, const struct record *record, const char *name)
{
    return fail_at(call, name, "%s %s has no '%s': leave it out", record_article(record),
                   record->label, name);
}

static bool set_owner(struct call *call, const struct note_turn *turn, struct row *made)
{
    int i = record_field(made->record, TEXT("owner"));
    bool is_person = i >= 0 && made->record->field[i].kind == FIELD_REF &&
                     text_is(text_of(made->record->field[i].refers), "person");
    if (!is_person)
        return !turn->owner.at || fail_no_field(call, made->record, "owner");
    if (turn->owner.at)
        return value_read_text(call, &made->record->field[i], turn->owner, refs_resolve,
                               &made->value[i]);
    if (made->record->field[i].flags & FIELD_NEEDED)
        made->value[i] = value_ref(call->actor.person);
    return true;
}

/* The day that is asked for, else the note's; due by its last second where the actor is. */
static bool set_due(struct call *call, const struct row *note, const struct note_turn *turn,
                    struct row *made)
{
    int i = record_field(made->record, TEXT("due"));
    int64_t today, day = value_as_int(note->value[NOTE_DUE]);
    text zone;
    stamp after;
    enum field_kind kind = i >= 0 ? made->record->field[i].kind : FIELD_KIND_COUNT;
    if (kind != FIELD_DATE && kind != FIELD_STAMP)
        return !turn->due.at || fail_no_field(call, made->record, "due");
    if (!day_today(call, call->actor.person, &today, &zone))
        return false;
    if (turn->due.at && !day_read(turn->due, today, &day))
        return fail_at(call, "due", "'%.*s' is not a day: write it like 2026-12-01, or 'friday'",
                       TEXT_FMT(text_until_character(turn->due, FAIL_FIELD_SIZE)));
    if (!turn->due.at && value_is_null(note->value[NOTE_DUE]))
        return true;
    if (kind == FIELD_DATE)
        made->value[i] = value_int(day);
    else if (!day_begin(call, zone, day + 1, &after))
        return false;
    else
        made->value[i] = value_stamp(after - STAMP_SECOND);
    return true;
}

static bool link_back(struct call *call, const struct row *note, const struct row *made)
{
    struct row link;
    if (!row_init(call, &link_record, &link))
        return false;
    link.value[LINK_KIND] = value_choice("made_from");
    link.value[LINK_FROM] = value_text(row_public_id(call, made->record, made->id));
    link.value[LINK_TO] = value_text(row_public_id(call, note->record, note->id));
    return ledger_create(call, &link);
}

static bool turn_inside(struct call *call, const struct row *note, const struct note_turn *turn,
                        struct row *made)
{
    struct row after;
    const struct record *record = catalog_record_word(call->catalog, turn->into);
    if (!record || !can_be_made(record))
        return fail_into(call, turn->into);
    if (text_is(state_of(note), "done"))
        return fail(call, FAIL_CONFLICT, "%.*s is done: reopen it first",
                    TEXT_FMT(row_public_id(call, note->record, note->id)));
    if (!row_init(call, record, made))
        return false;
    made->value[record->title] = note->value[NOTE_TITLE];
    made->dimensions = note->dimensions;
    return set_owner(call, turn, made) && set_due(call, note, turn, made) &&
           ledger_create(call, made) && link_back(call, note, made) &&
           row_copy(call, note, &after) && state_move(call, &after, "finish") &&
           ledger_update(call, note, &after);
}

bool note_turn(struct call *call, const struct row *note, const struct note_turn *turn,
               struct row *made)
{
    bool own = !call->change.is_open;
    if (own && !change_open(call, TEXT("turn note")))
        return false;
    bool done = turn_inside(call, note, turn, made);
    if (own && done)
        return change_commit(call);
    if (own)
        change_rollback(call);
    return done;
}
