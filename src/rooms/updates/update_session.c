/* See update_session.h. */
#include "rooms/updates/update_session.h"

#include "offers/open_session.h"
#include "rooms/updates/updates.h"
#include "store/find.h"

static bool asks_for_update(struct call *call, const struct row *ritual, bool *asks)
{
    const struct record *record = catalog_record(call->catalog, TEXT("ritual_artifact"));
    struct query query;
    struct rows rows;
    query_init(&query, record);
    *asks = false;
    if (!query_add(call, &query, record_parent(record), FILTER_IS, value_ref(ritual->id)) ||
        !find_rows(call, &query, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        *asks = *asks || text_same_word(value_as_text(session_value(&rows.row[i], "kind")),
                                        TEXT(UPDATE_ARTIFACT));
    return true;
}

static bool takes_update(struct call *call, const struct row *ritual, const struct row *update,
                         bool *takes)
{
    struct value of_ritual = session_value(ritual, "team"), own = update->value[UPDATE_TEAM];
    *takes = false;
    return !(value_is_null(of_ritual) || value_is_null(own) || value_equal(of_ritual, own)) ||
           asks_for_update(call, ritual, takes);
}

bool update_session_keep(struct call *call, const struct row *update)
{
    return open_session_keep(call, update, takes_update);
}
