/* See occurrence_page.h. */
#include "rooms/rituals/occurrence_page.h"

#include "offers/refs.h"
#include "rooms/people/people.h"
#include "rooms/rituals/minutes.h"
#include "rooms/rituals/occurrence_agenda.h"
#include "rooms/rituals/ritual_roles.h"
#include "rooms/rituals/ritual_week.h"
#include "rooms/rituals/rituals.h"

struct page {
    struct call *call;
    struct json_writer *writer;
    struct occurrence_slot slot;
    struct agenda_ask ask;
    bool is_frozen;
};

static void put_id(struct page *page, const char *key, const struct row *row)
{
    json_put_text(page->writer, key,
                  row->id ? row_public_id(page->call, row->record, row->id) : TEXT_NONE);
}

/* What a change of the row gives as If-Match; of what is not stored yet there is none. */
static void put_version(struct page *page, const struct row *row)
{
    json_key(page->writer, "version");
    if (row)
        json_int(page->writer, row->version);
    else
        json_null(page->writer);
}

/* A field of a row as it stands in the row's own JSON. */
static bool put_field(struct page *page, const char *key, const struct row *row, int field)
{
    json_key(page->writer, key);
    return value_write_json(page->call, &row->record->field[field], row->value[field], refs_name,
                            page->writer);
}

/* --- who, when --- */

static bool put_ritual(struct page *page)
{
    const struct row *ritual = page->slot.ritual;
    json_key(page->writer, "ritual");
    json_object(page->writer);
    put_id(page, "id", ritual);
    bool done = put_field(page, "name", ritual, RITUAL_NAME) &&
                put_field(page, "purpose", ritual, RITUAL_PURPOSE) &&
                put_field(page, "team", ritual, RITUAL_TEAM) &&
                put_field(page, "owner", ritual, RITUAL_OWNER) &&
                put_field(page, "minutes", ritual, RITUAL_MINUTES) &&
                put_field(page, "expected", ritual, RITUAL_ATTENDEES);
    json_object_end(page->writer);
    return done;
}

static bool put_head(struct page *page)
{
    const struct occurrence_slot *slot = &page->slot;
    char day[DATE_TEXT_SIZE];
    text zone;
    if (!ritual_zone(page->call, slot->ritual, &zone))
        return false;
    date_write(slot->day, day);
    json_put_text(page->writer, "occurrence", occurrence_slot_key(page->call, slot));
    json_put_string(page->writer, "day", day);
    json_put_stamp(page->writer, "at", slot->at);
    json_put_stamp(page->writer, "until", slot->until);
    json_put_text(page->writer, "zone", zone);
    json_put_text(page->writer, "state", occurrence_slot_state(slot));
    json_put_text(page->writer, "reason", slot->reason);
    json_put_stamp(page->writer, "now", page->call->now);
    return put_ritual(page);
}

/* Of what nothing has happened to yet, all of it is unknown. */
static bool put_stored(struct page *page)
{
    struct row empty;
    const struct row *row = page->slot.stored;
    if (!row && !row_init(page->call, &occurrence_record, &empty))
        return false;
    put_version(page, row);
    row = row ? row : &empty;
    return put_field(page, "facilitator", row, OCCURRENCE_FACILITATOR) &&
           put_field(page, "attendees", row, OCCURRENCE_ATTENDEES) &&
           put_field(page, "started", row, OCCURRENCE_STARTED) &&
           put_field(page, "ended", row, OCCURRENCE_ENDED) &&
           put_field(page, "settled_by", row, OCCURRENCE_SETTLED_BY) &&
           put_field(page, "paragraph", row, OCCURRENCE_PARAGRAPH);
}

static bool put_role(struct page *page, const struct ritual_role *role)
{
    json_object(page->writer);
    put_id(page, "id", role->row);
    bool done = put_field(page, "name", role->row, RITUAL_ROLE_NAME) &&
                put_field(page, "person", role->row, RITUAL_ROLE_PERSON);
    json_put_bool(page->writer, "left", role->has_left);
    json_put_bool(page->writer, "rotates", value_as_bool(role->row->value[RITUAL_ROLE_ROTATES]));
    json_put_text(page->writer, "advice", ritual_roles_advice(page->call, role));
    json_object_end(page->writer);
    return done;
}

static bool put_roles(struct page *page)
{
    struct ritual_roles roles;
    if (!ritual_roles_read(page->call, page->slot.ritual->id, &roles))
        return false;
    rid leader = ritual_roles_leader(&roles, &page->slot);
    json_put_text(page->writer, "leader",
                  leader ? find_title(page->call, &person_record, leader) : TEXT_NONE);
    json_key(page->writer, "roles");
    json_list(page->writer);
    for (size_t i = 0; i < roles.count; i++)
        if (!put_role(page, &roles.role[i]))
            return false;
    json_list_end(page->writer);
    return true;
}

/* --- lists --- */

/* Steps of the day once they are frozen, else those of the ritual. */
static bool put_steps(struct page *page)
{
    bool is_own = page->is_frozen;
    struct rows steps;
    if (!occurrence_owned_read(page->call, is_own ? &occurrence_step_record : &ritual_step_record,
                               is_own ? page->slot.stored->id : page->slot.ritual->id, &steps))
        return false;
    json_key(page->writer, "steps");
    json_list(page->writer);
    for (size_t i = 0; i < steps.count; i++) {
        const struct row *row = &steps.row[i];
        json_object(page->writer);
        json_put_text(page->writer, "id",
                      is_own ? row_public_id(page->call, row->record, row->id) : TEXT_NONE);
        json_put_text(page->writer, "name", row_title(page->call, row));
        json_put_int(page->writer, "minutes",
                     value_as_int(row->value[is_own ? (int)OCCURRENCE_STEP_MINUTES
                                                    : (int)RITUAL_STEP_MINUTES]));
        json_put_stamp(page->writer, "started",
                       is_own ? value_as_int(row->value[OCCURRENCE_STEP_STARTED]) : 0);
        put_version(page, is_own ? row : NULL);
        json_object_end(page->writer);
    }
    json_list_end(page->writer);
    return true;
}

static bool put_item(struct page *page, const struct row *item)
{
    const struct agenda_source *source =
        agenda_source_find(page->call, value_as_text(item->value[AGENDA_ITEM_SOURCE]));
    json_object(page->writer);
    put_id(page, "id", item);
    bool done = put_field(page, "title", item, AGENDA_ITEM_TITLE) &&
                put_field(page, "why", item, AGENDA_ITEM_WHY) &&
                put_field(page, "state", item, AGENDA_ITEM_STATE) &&
                put_field(page, "owner", item, AGENDA_ITEM_OWNER) &&
                put_field(page, "about", item, AGENDA_ITEM_ABOUT) &&
                put_field(page, "source", item, AGENDA_ITEM_SOURCE);
    json_put_string(page->writer, "source_label", source ? source->label : NULL);
    json_put_int(page->writer, "carried", value_as_int(item->value[AGENDA_ITEM_CARRIED]));
    json_put_int(page->writer, "version", item->version);
    json_object_end(page->writer);
    return done;
}

static bool put_agenda(struct page *page)
{
    struct rows items;
    struct row last;
    bool has_last;
    if (!occurrence_last_held(page->call, &page->slot, &last, &has_last) ||
        !occurrence_agenda_read(page->call, &page->slot, &page->ask, has_last ? last.id : 0,
                                &items))
        return false;
    json_put_bool(page->writer, "agenda_is_frozen", page->is_frozen);
    json_key(page->writer, "agenda");
    json_list(page->writer);
    for (size_t i = 0; i < items.count; i++)
        if (!put_item(page, &items.row[i]))
            return false;
    json_list_end(page->writer);
    return true;
}

static bool put_notes(struct page *page)
{
    struct rows notes = { .row = NULL };
    if (page->slot.stored && !occurrence_owned_read(page->call, &occurrence_note_record,
                                                    page->slot.stored->id, &notes))
        return false;
    json_key(page->writer, "notes");
    json_list(page->writer);
    for (size_t i = 0; i < notes.count; i++) {
        json_object(page->writer);
        put_id(page, "id", &notes.row[i]);
        if (!put_field(page, "text", &notes.row[i], OCCURRENCE_NOTE_TEXT) ||
            !put_field(page, "author", &notes.row[i], OCCURRENCE_NOTE_AUTHOR))
            return false;
        json_put_stamp(page->writer, "at", notes.row[i].created);
        json_object_end(page->writer);
    }
    json_list_end(page->writer);
    return true;
}

static bool is_prepared(const struct page *page, rid preparation)
{
    struct value done = page->slot.stored ? page->slot.stored->value[OCCURRENCE_PREPARED]
                                          : VALUE_NONE;
    for (uint32_t i = 0; i < done.count; i++)
        if (done.ids[i] == preparation)
            return true;
    return false;
}

static bool put_preparation(struct page *page)
{
    struct rows rows;
    if (!occurrence_owned_read(page->call, &ritual_preparation_record, page->slot.ritual->id,
                               &rows))
        return false;
    json_key(page->writer, "preparation");
    json_list(page->writer);
    for (size_t i = 0; i < rows.count; i++) {
        json_object(page->writer);
        put_id(page, "id", &rows.row[i]);
        if (!put_field(page, "task", &rows.row[i], RITUAL_PREPARATION_TASK))
            return false;
        json_put_bool(page->writer, "done", is_prepared(page, rows.row[i].id));
        json_object_end(page->writer);
    }
    json_list_end(page->writer);
    return true;
}

/* --- what comes out --- */

/* A field that the row's record may have. */
static bool put_field_named(struct page *page, const struct row *row, const char *name)
{
    int field = record_field(row->record, text_of(name));
    if (field >= 0)
        return put_field(page, name, row, field);
    json_put_null(page->writer, name);
    return true;
}

static bool put_outputs(struct page *page)
{
    struct outputs outputs = { .output = NULL };
    if (page->slot.stored &&
        !occurrence_outputs_read(page->call, page->slot.stored->id, &outputs))
        return false;
    json_key(page->writer, "outputs");
    json_list(page->writer);
    for (size_t i = 0; i < outputs.count; i++) {
        const struct row *row = &outputs.output[i].row;
        json_object(page->writer);
        put_id(page, "id", row);
        json_put_string(page->writer, "record", row->record->name);
        json_put_text(page->writer, "kind", outputs.output[i].kind);
        json_put_text(page->writer, "title", row_title(page->call, row));
        if (!put_field_named(page, row, "state") || !put_field_named(page, row, "owner") ||
            !put_field_named(page, row, "due"))
            return false;
        json_put_stamp(page->writer, "made", row->created);
        json_put_bool(page->writer, "dropped", outputs.output[i].is_dropped);
        json_object_end(page->writer);
    }
    json_list_end(page->writer);
    return true;
}

static bool put_required(struct page *page)
{
    struct requirements all;
    if (!occurrence_requirements_read(page->call, &page->slot, &all))
        return false;
    json_key(page->writer, "required");
    json_list(page->writer);
    for (size_t i = 0; i < all.count; i++) {
        const struct requirement *one = &all.requirement[i];
        json_object(page->writer);
        json_put_text(page->writer, "kind", one->kind);
        json_put_text(page->writer, "label", requirement_words(page->call, one));
        json_put_int(page->writer, "least", one->least);
        if (one->most)
            json_put_int(page->writer, "most", one->most);
        else
            json_put_null(page->writer, "most");
        json_put_bool(page->writer, "or_reason", one->or_reason);
        json_put_int(page->writer, "have", one->have);
        json_put_text(page->writer, "reason", one->reason);
        json_put_bool(page->writer, "met", one->is_met);
        json_object_end(page->writer);
    }
    json_list_end(page->writer);
    return true;
}

/* The first words of the paragraph, from the first source that has some. */
static bool put_draft(struct page *page)
{
    struct value names = page->slot.ritual->value[RITUAL_AGENDA];
    text draft = TEXT_NONE;
    for (uint32_t i = 0; i < names.count && !draft.at; i++) {
        const struct agenda_source *source = agenda_source_find(page->call, names.texts[i]);
        if (source && source->draft && !source->draft(page->call, &page->ask, &draft))
            return false;
    }
    json_put_text(page->writer, "draft", draft);
    return true;
}

static bool put_minutes(struct page *page)
{
    struct row minutes;
    bool has = page->slot.stored && minutes_find(page->call, page->slot.stored->id, &minutes);
    json_put_text(page->writer, "minutes",
                  has ? row_public_id(page->call, &minutes_record, minutes.id) : TEXT_NONE);
    return page->call->fail.kind == FAIL_NONE;
}

bool occurrence_page_write(struct call *call, text key, struct json_writer *writer)
{
    struct page page = { .call = call, .writer = writer };
    if (!occurrence_find(call, key, &page.slot) || !occurrence_ask(call, &page.slot, &page.ask))
        return false;
    page.is_frozen =
        page.slot.stored && !value_is_null(page.slot.stored->value[OCCURRENCE_STARTED]);
    json_object(writer);
    if (!put_head(&page) || !put_stored(&page) || !put_roles(&page) || !put_steps(&page) ||
        !put_agenda(&page) || !put_notes(&page) || !put_preparation(&page) ||
        !put_outputs(&page) || !put_required(&page) || !put_draft(&page) || !put_minutes(&page))
        return false;
    json_object_end(writer);
    return call->fail.kind == FAIL_NONE;
}
