/* See sources.h. */
#include "store/sources.h"

static bool is_noted(const struct sources *sources, const struct record *record)
{
    for (size_t i = 0; i < sources->count; i++)
        if (sources->record[i] == record)
            return true;
    return false;
}

static void note(struct sources *sources, const struct record *record)
{
    if (is_noted(sources, record))
        return;
    if (sources->count == SOURCES_MAX)
        sources->is_all = true;
    else
        sources->record[sources->count++] = record;
}

void sources_note(struct call *call, const struct record *record)
{
    if (call->sources)
        note(call->sources, record);
}

void sources_note_all(struct call *call)
{
    if (call->sources)
        call->sources->is_all = true;
}

void sources_note_made(struct call *call, const struct sources *sources)
{
    if (!call->sources)
        return;
    for (size_t i = 0; i < sources->count; i++)
        note(call->sources, sources->record[i]);
    call->sources->is_all = call->sources->is_all || sources->is_all;
}

bool sources_have(const struct sources *sources, text record)
{
    if (sources->is_all)
        return true;
    for (size_t i = 0; i < sources->count; i++)
        if (text_is(record, sources->record[i]->name))
            return true;
    return false;
}
