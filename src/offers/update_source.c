/* See update_source.h. */
#include "offers/update_source.h"

#include "offers/room.h"

#include <string.h>

const char *const update_part_words[UPDATE_PARTS] = { "changed", "eval", "user", "cost_latency",
                                                      "world",   "next", "exception" };

bool update_line_add(struct call *call, struct update_lines *lines, struct update_line line)
{
    lines->line = call_more(call, lines->line, lines->count, &lines->room, sizeof *lines->line);
    if (!lines->line)
        return false;
    lines->line[lines->count++] = line;
    return true;
}

bool update_line_about(struct call *call, const struct agenda_ask *ask, const struct row *row,
                       text line, double weight, struct update_lines *lines)
{
    bool concerns;
    if (!line.at || !agenda_concerns(call, ask, row, &concerns))
        return false;
    return !concerns ||
           update_line_add(call, lines,
                           (struct update_line){ .line = line,
                                                 .record = row->record,
                                                 .row = row->id,
                                                 .weight = weight });
}

text update_link(struct call *call, const struct row *row)
{
    struct out link;
    text title = row_title(call, row);
    out_init(&link, call);
    out_char(&link, '[');
    for (size_t i = 0; i < title.size; i++) {
        if (strchr("[]\\`*_<{", title.at[i]))
            out_char(&link, '\\');
        out_char(&link, title.at[i] == '\n' ? ' ' : title.at[i]);
    }
    out_format(&link, "](/%.*s/%.*s)", TEXT_FMT(record_address(call, row->record)),
               TEXT_FMT(row_public_id(call, row->record, row->id)));
    return out_view(&link);
}

/* They are few, and the order among equals stays. */
static void sort_lines(struct update_lines *lines)
{
    for (size_t i = 1; i < lines->count; i++) {
        struct update_line line = lines->line[i];
        size_t at = i;
        for (; at > 0 && lines->line[at - 1].weight < line.weight; at--)
            lines->line[at] = lines->line[at - 1];
        lines->line[at] = line;
    }
}

static bool collect(struct call *call, const struct agenda_ask *ask,
                    const struct update_source *source, struct update_lines *lines)
{
    size_t before = lines->count;
    if (!source->collect(call, ask, lines))
        return false;
    for (size_t i = before; i < lines->count; i++)
        lines->line[i].source = source;
    return true;
}

bool update_lines_of(struct call *call, const struct agenda_ask *ask, enum update_part part,
                     struct update_lines *lines)
{
    *lines = (struct update_lines){ .line = NULL };
    for (const struct room *const *room = call->catalog->rooms; room && *room; room++)
        for (const struct update_source *source = (*room)->update; source && source->name; source++)
            if (source->part == part && !collect(call, ask, source, lines))
                return false;
    sort_lines(lines);
    return true;
}
