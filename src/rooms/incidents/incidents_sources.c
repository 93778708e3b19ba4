/* Room incidents: what it brings to a ritual, what waits for a lead; what the room offers. */
#include "rooms/incidents/incidents.h"

#include "offers/agenda.h"
#include "offers/figure.h"
#include "offers/needs.h"
#include "offers/update_source.h"
#include "store/find.h"

/* Those that are not closed, oldest first; of one lead, or of all when `lead` is 0. */
static bool find_open(struct call *call, rid lead, struct rows *rows)
{
    struct query query;
    query_init(&query, &incident_record);
    query.sort = INCIDENT_OPENED;
    return query_add(call, &query, INCIDENT_STATE, FILTER_IS_NOT, value_choice("closed")) &&
           (lead == 0 || query_add(call, &query, INCIDENT_LEAD, FILTER_IS, value_ref(lead))) &&
           find_rows(call, &query, rows);
}

static text words_of(struct call *call, const struct row *row)
{
    struct out words;
    out_init(&words, call);
    out_text(&words, value_as_text(row->value[INCIDENT_STATE]));
    if (!value_is_null(row->value[INCIDENT_SEVERITY]))
        out_format(&words, ", %.*s", TEXT_FMT(value_as_text(row->value[INCIDENT_SEVERITY])));
    if (!value_is_null(row->value[INCIDENT_PRIORITY]))
        out_format(&words, ", %.*s", TEXT_FMT(value_as_text(row->value[INCIDENT_PRIORITY])));
    if (value_is_null(row->value[INCIDENT_LEAD]))
        out_string(&words, ", nobody leads it");
    return out_view(&words);
}

static bool compile_open(struct call *call, const struct agenda_ask *ask, struct agenda *agenda)
{
    struct rows *rows = call_new(call, struct rows);
    if (!rows || !find_open(call, 0, rows))
        return false;
    for (size_t i = 0; i < rows->count; i++) {
        const struct row *row = &rows->row[i];
        bool concerns;
        if (!agenda_concerns(call, ask, row, &concerns))
            return false;
        if (concerns &&
            !agenda_add(call, agenda,
                        (struct agenda_point){ .title = row_title(call, row),
                                               .why = words_of(call, row),
                                               .record = &incident_record,
                                               .row = row->id,
                                               .owner = value_as_int(row->value[INCIDENT_LEAD]) }))
            return false;
    }
    return true;
}

static bool collect_mine(struct call *call, rid person, struct needs *needs)
{
    struct rows rows;
    if (person == 0)
        return true;
    if (!find_open(call, person, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        text state = value_as_text(rows.row[i].value[INCIDENT_STATE]);
        if (!needs_add(call, needs,
                       (struct need){ .kind = "incident",
                                      .title = row_title(call, &rows.row[i]),
                                      .why = call_format(call, "you lead it, and it is %.*s",
                                                         TEXT_FMT(state)),
                                      .record = &incident_record,
                                      .row = rows.row[i].id }))
            return false;
    }
    return true;
}

static const struct agenda_source incidents_agenda[] = {
    { .name = "incidents.open",
      .label = "Open incidents",
      .help = "Incidents that are not closed, the oldest first.",
      .compile = compile_open },
    { 0 },
};

static const struct need_source incidents_needs[] = {
    { "incidents.mine", collect_mine },
    { 0 },
};

/* --- the weekly update --- */

static bool read_open_count(struct call *call, const struct figure_ask *ask,
                            struct figure_answer *answer)
{
    const struct agenda_ask whose = { .team = ask->scope.team };
    struct rows rows;
    if (!find_open(call, 0, &rows))
        return false;
    answer->is_known = true;
    answer->link = TEXT("/incidents");
    answer->working = TEXT("rondo incident list");
    for (size_t i = 0; i < rows.count; i++) {
        bool concerns;
        if (!agenda_concerns(call, &whose, &rows.row[i], &concerns))
            return false;
        answer->value += concerns;
    }
    return true;
}

static const struct figure incidents_figures[] = {
    { "incidents.open", "Open incidents", "Incidents that are not closed.", FIGURE_COUNT,
      { { 0 } }, read_open_count },
    { 0 },
};

/* What began in the week, and what is not over. */
static bool collect_incidents(struct call *call, const struct agenda_ask *ask,
                              struct update_lines *lines)
{
    struct query query;
    struct rows rows;
    query_init(&query, &incident_record);
    query.sort = INCIDENT_OPENED;
    if (!query_add(call, &query, INCIDENT_OPENED, FILTER_LESS, value_stamp(ask->until)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct row *row = &rows.row[i];
        bool is_new = value_as_int(row->value[INCIDENT_OPENED]) >= ask->from;
        bool is_closed = text_is(value_as_text(row->value[INCIDENT_STATE]), "closed");
        text line = call_format(call, "Incident %.*s: %.*s.", TEXT_FMT(update_link(call, row)),
                                TEXT_FMT(words_of(call, row)));
        if ((is_new || !is_closed) && !update_line_about(call, ask, row, line, 2, lines))
            return false;
    }
    return true;
}

static const struct update_source incidents_update[] = {
    { "incidents.week", "Incidents", UPDATE_PART_CHANGED, collect_incidents },
    { 0 },
};

static const struct record *const incidents_records[] = { &incident_record, NULL };

const struct room incidents_room = {
    .name = "incidents",
    .label = "Incidents",
    .help = "What broke for users, who leads it, and what it came from.",
    .records = incidents_records,
    .agenda = incidents_agenda,
    .needs = incidents_needs,
    .figures = incidents_figures,
    .update = incidents_update,
};
