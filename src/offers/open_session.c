/* See open_session.h. */
#include "offers/open_session.h"

#include "ledger/ledger.h"
#include "ledger/link.h"
#include "store/find.h"

struct value session_value(const struct row *row, const char *name)
{
    int field = record_field(row->record, text_of(name));
    return field < 0 ? VALUE_NONE : row->value[field];
}

static bool is_linked(struct call *call, const struct row *made, const struct row *occurrence,
                      bool *is)
{
    struct link *list;
    size_t count;
    *is = false;
    if (!link_list(call, made->record, made->id, &list, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        *is = *is || (list[i].is_from && list[i].record == occurrence->record &&
                      list[i].id == occurrence->id &&
                      text_is(value_as_text(list[i].row.value[LINK_KIND]), "made_in"));
    return true;
}

static bool link_to(struct call *call, const struct row *made, const struct row *occurrence)
{
    struct row link;
    bool is;
    if (!is_linked(call, made, occurrence, &is))
        return false;
    if (is)
        return true;
    if (!row_init(call, &link_record, &link))
        return false;
    link.value[LINK_KIND] = value_choice("made_in");
    link.value[LINK_FROM] = value_text(row_public_id(call, made->record, made->id));
    link.value[LINK_TO] = value_text(row_public_id(call, occurrence->record, occurrence->id));
    return ledger_create(call, &link);
}

static bool find_open(struct call *call, struct rows *occurrences)
{
    struct query query;
    const struct record *record = catalog_record(call->catalog, TEXT("occurrence"));
    *occurrences = (struct rows){ .count = 0 };
    if (!record)
        return true;
    query_init(&query, record);
    return query_add(call, &query, record_field(record, TEXT("state")), FILTER_IS,
                     value_choice("open")) &&
           find_rows(call, &query, occurrences);
}

static bool keep(struct call *call, const struct row *made, session_takes takes)
{
    const struct record *rituals = catalog_record(call->catalog, TEXT("ritual"));
    struct rows occurrences;
    if (!find_open(call, &occurrences))
        return false;
    for (size_t i = 0; i < occurrences.count; i++) {
        const struct row *occurrence = &occurrences.row[i];
        struct row ritual;
        bool is;
        if (!find_row(call, rituals, value_as_int(session_value(occurrence, "ritual")), &ritual) ||
            !takes(call, &ritual, made, &is) || (is && !link_to(call, made, occurrence)))
            return false;
    }
    return true;
}

bool open_session_keep(struct call *call, const struct row *made, session_takes takes)
{
    bool all_rows = call->all_rows;
    call->all_rows = true;
    bool done = keep(call, made, takes);
    call->all_rows = all_rows;
    return done;
}
