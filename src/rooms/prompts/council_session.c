/*
 * See council_session.h. Rituals are another room's: they are
 * asked for by the names of their records.
 */
#include "rooms/prompts/council_session.h"

#include "ledger/ledger.h"
#include "ledger/link.h"
#include "rooms/prompts/prompts.h"
#include "store/find.h"

#define QUEUE TEXT("prompts.council")

static struct value value_of(const struct row *row, const char *name)
{
    int field = record_field(row->record, text_of(name));
    return field < 0 ? VALUE_NONE : row->value[field];
}

static bool is_on_agenda(struct value agenda, text source)
{
    for (size_t i = 0; i < agenda.count; i++)
        if (text_equal(agenda.texts[i], source))
            return true;
    return false;
}

static bool is_council(struct call *call, const struct row *occurrence, const struct row *review,
                       bool *is)
{
    struct row ritual;
    const struct record *record = catalog_record(call->catalog, TEXT("ritual"));
    if (!find_row(call, record, value_as_int(value_of(occurrence, "ritual")), &ritual))
        return false;
    struct value team = value_of(&ritual, "team");
    *is = is_on_agenda(value_of(&ritual, "agenda"), QUEUE) &&
          (value_is_null(team) || value_equal(team, review->value[PROMPT_REVIEW_TEAM]));
    return true;
}

static bool link_to(struct call *call, const struct row *review, const struct row *occurrence)
{
    struct row link;
    if (!row_init(call, &link_record, &link))
        return false;
    link.value[LINK_KIND] = value_choice("made_in");
    link.value[LINK_FROM] = value_text(row_public_id(call, review->record, review->id));
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

static bool keep(struct call *call, const struct row *review)
{
    struct rows occurrences;
    if (!find_open(call, &occurrences))
        return false;
    for (size_t i = 0; i < occurrences.count; i++) {
        bool is;
        if (!is_council(call, &occurrences.row[i], review, &is) ||
            (is && !link_to(call, review, &occurrences.row[i])))
            return false;
    }
    return true;
}

/* Whoever may decide is heard: that needs no right to write minutes. */
bool council_session_keep(struct call *call, const struct row *review)
{
    bool all_rows = call->all_rows;
    call->all_rows = true;
    bool done = keep(call, review);
    call->all_rows = all_rows;
    return done;
}
