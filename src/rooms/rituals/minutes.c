/* See minutes.h. */
#include "rooms/rituals/minutes.h"

#include "base/hash.h"
#include "ledger/ledger.h"
#include "offers/refs.h"
#include "rooms/rituals/occurrence_agenda.h"
#include "rooms/rituals/occurrence_outputs.h"
#include "rooms/rituals/ritual_roles.h"
#include "rooms/rituals/ritual_week.h"
#include "rooms/rituals/rituals.h"

/* --- pieces --- */

static void heading(struct out *out, const char *words)
{
    out_format(out, "\n## %s\n\n", words);
}

static bool write_value(struct call *call, const struct row *row, int field, struct out *out)
{
    return value_write_text(call, &row->record->field[field], row->value[field], refs_name, out);
}

/* "10:02" where the ritual is. */
static bool write_clock(struct call *call, text zone, stamp at, struct out *out)
{
    int seconds;
    if (!zone_offset(call, zone, at, &seconds))
        return false;
    stamp local = at + seconds * STAMP_SECOND;
    int minute = (int)((local % STAMP_DAY + STAMP_DAY) % STAMP_DAY / STAMP_MINUTE);
    out_format(out, "%02d:%02d", minute / 60, minute % 60);
    return true;
}

static bool write_when(struct call *call, const struct occurrence_slot *slot, struct out *out)
{
    const struct row *row = slot->stored;
    text zone;
    if (!ritual_zone(call, slot->ritual, &zone))
        return false;
    out_string(out, "- When: ");
    if (!write_clock(call, zone, value_as_int(row->value[OCCURRENCE_STARTED]), out))
        return false;
    out_string(out, " to ");
    if (!write_clock(call, zone, value_as_int(row->value[OCCURRENCE_ENDED]), out))
        return false;
    out_format(out, ", %.*s\n", TEXT_FMT(zone));
    return true;
}

/* "- There: Ana, Bert" */
static bool write_people(struct call *call, const struct row *row, struct out *out)
{
    const struct field *field = &occurrence_record.field[OCCURRENCE_ATTENDEES];
    struct value there = row->value[OCCURRENCE_ATTENDEES];
    if (!value_is_null(row->value[OCCURRENCE_FACILITATOR])) {
        out_string(out, "- Facilitator: ");
        if (!write_value(call, row, OCCURRENCE_FACILITATOR, out))
            return false;
        out_char(out, '\n');
    }
    for (uint32_t i = 0; i < there.count; i++) {
        text name;
        if (!refs_name(call, field, there.ids[i], &name))
            return false;
        out_format(out, "%s%.*s", i ? ", " : "- There: ", TEXT_FMT(name));
    }
    if (there.count)
        out_char(out, '\n');
    return true;
}

/* The roles that somebody had; who led it stands among the people. */
static bool write_roles(struct call *call, const struct row *ritual, struct out *out)
{
    struct ritual_roles roles;
    if (!ritual_roles_read(call, ritual->id, &roles))
        return false;
    for (size_t i = 0; i < roles.count; i++) {
        const struct ritual_role *role = &roles.role[i];
        if (!role->person || role->has_left || ritual_roles_leads(role))
            continue;
        out_format(out, "- As %.*s: ",
                   TEXT_FMT(value_as_text(role->row->value[RITUAL_ROLE_NAME])));
        if (!write_value(call, role->row, RITUAL_ROLE_PERSON, out))
            return false;
        out_char(out, '\n');
    }
    return true;
}

static bool write_items(struct call *call, const struct rows *items, bool parked, struct out *out)
{
    bool is_first = true;
    for (size_t i = 0; i < items->count; i++) {
        const struct row *item = &items->row[i];
        text state = value_as_text(item->value[AGENDA_ITEM_STATE]);
        text why = value_as_text(item->value[AGENDA_ITEM_WHY]);
        text about = value_as_text(item->value[AGENDA_ITEM_ABOUT]);
        if (text_is(state, "parked") != parked)
            continue;
        if (is_first)
            heading(out, parked ? "Parking lot" : "Agenda");
        is_first = false;
        out_format(out, "- [%c] %.*s", text_is(state, "done") ? 'x' : ' ',
                   TEXT_FMT(value_as_text(item->value[AGENDA_ITEM_TITLE])));
        if (about.at)
            out_format(out, " (%.*s)", TEXT_FMT(about));
        if (why.at)
            out_format(out, ": %.*s", TEXT_FMT(why));
        out_char(out, '\n');
    }
    return call->fail.kind == FAIL_NONE;
}

/* An instant as it is where the ritual is, beside the clock of the meeting. */
static bool write_told(struct call *call, text zone, const struct row *row, int field,
                       struct out *out)
{
    if (row->record->field[field].kind != FIELD_STAMP)
        return write_value(call, row, field, out);
    text clock = ritual_clock(call, zone, value_as_int(row->value[field]));
    out_text(out, clock);
    return clock.at != NULL;
}

/*
 * "- ACT-3 Look at it again (action; owner: Ana; due: Wed 25 Nov 12:00)"; of what a council
 * said: on what, what, and who.
 */
static bool write_output(struct call *call, text zone, const struct output *output, struct out *out)
{
    static const char *const told[] = {
        "owner", "lead", "due", "prompt_change", "verdict", "person"
    };
    const struct row *row = &output->row;
    out_format(out, "- %.*s %.*s (%.*s", TEXT_FMT(row_public_id(call, row->record, row->id)),
               TEXT_FMT(row_title(call, row)), TEXT_FMT(output->kind));
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        int field = record_field(row->record, text_of(told[i]));
        if (field < 0 || value_is_null(row->value[field]))
            continue;
        out_format(out, "; %s: ", told[i]);
        if (!write_told(call, zone, row, field, out))
            return false;
    }
    out_string(out, output->is_dropped ? "; dropped)\n" : ")\n");
    return true;
}

static bool write_outputs(struct call *call, const struct occurrence_slot *slot, struct out *out)
{
    struct outputs outputs;
    text zone;
    if (!ritual_zone(call, slot->ritual, &zone) ||
        !occurrence_outputs_read(call, slot->stored->id, &outputs))
        return false;
    if (outputs.count)
        heading(out, "What came out of it");
    for (size_t i = 0; i < outputs.count; i++)
        if (!write_output(call, zone, &outputs.output[i], out))
            return false;
    return true;
}

static bool write_notes(struct call *call, rid occurrence, struct out *out)
{
    struct rows notes;
    if (!occurrence_owned_read(call, &occurrence_note_record, occurrence, &notes))
        return false;
    if (notes.count)
        heading(out, "Notes");
    for (size_t i = 0; i < notes.count; i++) {
        out_string(out, "- ");
        if (!write_value(call, &notes.row[i], OCCURRENCE_NOTE_AUTHOR, out))
            return false;
        out_format(out, ": %.*s\n",
                   TEXT_FMT(value_as_text(notes.row[i].value[OCCURRENCE_NOTE_TEXT])));
    }
    return true;
}

static bool write_lacks(struct call *call, const struct occurrence_slot *slot, struct out *out)
{
    struct requirements all;
    text reason = value_as_text(slot->stored->value[OCCURRENCE_REASON]);
    bool is_incomplete = text_is(slot->state, "held_incomplete");
    if (!occurrence_requirements_read(call, slot, &all))
        return false;
    if (is_incomplete)
        out_format(out, "\nHeld, incomplete: %.*s\n", TEXT_FMT(reason));
    for (size_t i = 0; i < all.count; i++) {
        const struct requirement *one = &all.requirement[i];
        if (one->have)
            continue;
        if (one->reason.at)
            out_format(out, "\nNo %.*s: %.*s\n", TEXT_FMT(one->kind), TEXT_FMT(one->reason));
        else if (is_incomplete)
            out_format(out, "\nNo %.*s.\n", TEXT_FMT(one->kind));
    }
    return true;
}

static bool write_body(struct call *call, const struct occurrence_slot *slot, text title,
                       struct out *out)
{
    const struct row *row = slot->stored;
    struct rows items;
    text paragraph = text_trim(value_as_text(row->value[OCCURRENCE_PARAGRAPH]));
    out_format(out, "# %.*s\n\n", TEXT_FMT(title));
    if (!write_when(call, slot, out) || !write_people(call, row, out) ||
        !write_roles(call, slot->ritual, out))
        return false;
    if (paragraph.size)
        out_format(out, "\n%.*s\n", TEXT_FMT(paragraph));
    return write_lacks(call, slot, out) && write_outputs(call, slot, out) &&
           occurrence_owned_read(call, &agenda_item_record, row->id, &items) &&
           write_items(call, &items, false, out) && write_notes(call, row->id, out) &&
           write_items(call, &items, true, out) && !out->failed;
}

/* --- as a row --- */

bool minutes_find(struct call *call, rid occurrence, struct row *minutes)
{
    struct query query;
    query_init(&query, &minutes_record);
    return query_add(call, &query, MINUTES_OCCURRENCE, FILTER_IS, value_ref(occurrence)) &&
           find_first(call, &query, minutes);
}

static text hash_of(struct call *call, text body)
{
    enum { BYTES = 16 };
    struct hash hash = hash_strong(body);
    struct out out;
    out_init(&out, call);
    for (int i = 0; i < BYTES; i++)
        out_format(&out, "%02x", hash.byte[i]);
    return out_view(&out);
}

bool minutes_write(struct call *call, const struct occurrence_slot *slot)
{
    struct row row;
    struct out body;
    char day[DATE_TEXT_SIZE];
    text zone;
    int64_t held;
    stamp started = value_as_int(slot->stored->value[OCCURRENCE_STARTED]);
    out_init(&body, call);
    if (!ritual_zone(call, slot->ritual, &zone) || !day_of_stamp(call, zone, started, &held))
        return false;
    date_write(held, day);
    text title = call_format(call, "%.*s, %s", TEXT_FMT(row_title(call, slot->ritual)), day);
    if (!title.at || !write_body(call, slot, title, &body) ||
        !row_init(call, &minutes_record, &row))
        return false;
    row.value[MINUTES_TITLE] = value_text(title);
    row.value[MINUTES_OCCURRENCE] = value_ref(slot->stored->id);
    row.value[MINUTES_DAY] = value_int(held);
    row.value[MINUTES_BODY] = value_text(out_view(&body));
    row.value[MINUTES_HASH] = value_text(hash_of(call, out_view(&body)));
    return ledger_create(call, &row);
}
