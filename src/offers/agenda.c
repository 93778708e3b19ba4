/* See agenda.h. */
#include "offers/agenda.h"

#include "offers/room.h"
#include "store/find.h"

bool agenda_add(struct call *call, struct agenda *agenda, struct agenda_point point)
{
    agenda->point =
        call_more(call, agenda->point, agenda->count, &agenda->room, sizeof *agenda->point);
    if (!agenda->point)
        return false;
    agenda->point[agenda->count++] = point;
    return true;
}

/* Of the rows that the field leads to, any is enough. */
static bool concerns_through(struct call *call, const struct agenda_ask *ask, const struct row *row,
                             int field, bool *concerns)
{
    struct value value = row->value[field];
    const rid *ids = value.kind == VALUE_IDS ? value.ids : &value.integer;
    uint32_t count = value.kind == VALUE_IDS ? value.count : value.kind == VALUE_INT;
    const struct record *record =
        catalog_record(call->catalog, text_of(row->record->field[field].refers));
    *concerns = count == 0;
    for (uint32_t i = 0; i < count && !*concerns; i++) {
        const struct agenda_ask whose = { .team = ask->team };
        struct row owner;
        if (!find_row(call, record, ids[i], &owner) ||
            !agenda_concerns(call, &whose, &owner, concerns))
            return false;
    }
    return true;
}

static const char *const through[] = { "surface", "surfaces" };

static bool leads_to(struct value value, rid id)
{
    if (value.kind != VALUE_IDS)
        return value_as_int(value) == id;
    for (uint32_t i = 0; i < value.count; i++)
        if (value.ids[i] == id)
            return true;
    return false;
}

/* It is that surface, or about it; what is about none is about all. */
static bool is_about(const struct row *row, rid surface)
{
    if (text_is(text_of(row->record->name), through[0]))
        return row->id == surface;
    for (size_t i = 0; i < sizeof through / sizeof *through; i++) {
        int field = record_field(row->record, text_of(through[i]));
        if (field >= 0 && !value_is_null(row->value[field]))
            return leads_to(row->value[field], surface);
    }
    return true;
}

bool agenda_concerns(struct call *call, const struct agenda_ask *ask, const struct row *row,
                     bool *concerns)
{
    int team = record_field(row->record, TEXT("team"));
    *concerns = !ask->surface || is_about(row, ask->surface);
    if (!*concerns || !ask->team)
        return true;
    if (team >= 0 && !value_is_null(row->value[team])) {
        *concerns = value_as_int(row->value[team]) == ask->team;
        return true;
    }
    for (size_t i = 0; i < sizeof through / sizeof *through; i++) {
        int field = record_field(row->record, text_of(through[i]));
        if (field >= 0)
            return concerns_through(call, ask, row, field, concerns);
    }
    *concerns = true;
    return true;
}

const struct agenda_source *agenda_source_find(const struct call *call, text name)
{
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct agenda_source *source = (*room)->agenda; source && source->name; source++)
            if (text_is(name, source->name))
                return source;
    return NULL;
}

const struct agenda_source *const *agenda_sources(struct call *call)
{
    size_t count = 0;
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct agenda_source *source = (*room)->agenda; source && source->name; source++)
            count++;
    const struct agenda_source **list = call_array(call, count + 1, sizeof *list);
    if (!list)
        return NULL;
    count = 0;
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct agenda_source *source = (*room)->agenda; source && source->name; source++)
            list[count++] = source;
    return list;
}

bool agenda_compile(struct call *call, const struct agenda_ask *ask, const text *name, size_t count,
                    struct agenda *agenda)
{
    for (size_t i = 0; i < count; i++) {
        const struct agenda_source *source = agenda_source_find(call, name[i]);
        size_t before = agenda->count;
        if (!source)
            continue;
        if (!source->compile(call, ask, agenda))
            return false;
        for (size_t point = before; point < agenda->count; point++)
            agenda->point[point].source = source->name;
    }
    return true;
}
