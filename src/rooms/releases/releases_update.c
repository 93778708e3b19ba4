/* Room releases: live waivers, which no update leaves out. */
#include "offers/update_source.h"
#include "rooms/releases/releases.h"
#include "store/find.h"

/* The day that it ends in the workspace's zone. */
static bool write_day(struct call *call, stamp at, struct out *out)
{
    int seconds;
    char day[DATE_TEXT_SIZE];
    if (!zone_offset(call, call->workspace_zone, at, &seconds))
        return false;
    date_write((at + seconds * STAMP_SECOND) / STAMP_DAY, day);
    out_string(out, day);
    return true;
}

static text waiver_line(struct call *call, const struct row *waiver)
{
    struct out line;
    text approver = find_title(call, catalog_record(call->catalog, TEXT("person")),
                               value_as_int(waiver->value[WAIVER_APPROVER]));
    out_init(&line, call);
    out_format(&line, "%.*s is let past its gate until ",
               TEXT_FMT(value_as_text(waiver->value[WAIVER_GATE])));
    if (!write_day(call, value_as_int(waiver->value[WAIVER_EXPIRY]), &line))
        return TEXT_NONE;
    out_format(&line, ": %.*s, approved by %.*s; in the meantime: %.*s.",
               TEXT_FMT(update_link(call, waiver)), TEXT_FMT(approver),
               TEXT_FMT(value_as_text(waiver->value[WAIVER_COMPENSATING_CONTROL])));
    return out_view(&line);
}

/* Those that end first at the top. */
static bool collect_waivers(struct call *call, const struct agenda_ask *ask,
                            struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    query_init(&query, &waiver_record);
    query.sort = WAIVER_EXPIRY;
    if (!query_add(call, &query, WAIVER_STATE, FILTER_IS, value_choice("approved")) ||
        !query_add(call, &query, WAIVER_EXPIRY, FILTER_MORE, value_stamp(call->now)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!update_line_about(call, ask, &rows.row[i], waiver_line(call, &rows.row[i]), 3, lines))
            return false;
    return true;
}

const struct update_source releases_update[] = {
    { "releases.waivers", "Live waivers", UPDATE_PART_EXCEPTION, collect_waivers },
    { 0 },
};
