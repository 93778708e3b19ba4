/* See agenda.h. */
#include "offers/agenda.h"

#include "offers/room.h"

bool agenda_add(struct call *call, struct agenda *agenda, struct agenda_point point)
{
    agenda->point =
        call_more(call, agenda->point, agenda->count, &agenda->room, sizeof *agenda->point);
    if (!agenda->point)
        return false;
    agenda->point[agenda->count++] = point;
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
