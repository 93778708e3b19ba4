/* See moved.h. Read from the history table: nothing is kept for it. */
#include "ledger/moved.h"

#include "ledger/image.h"
#include "ledger/state.h"
#include "store/find.h"
#include "store/sql.h"

struct place {
    const struct record *record;
    rid id;
    int64_t first, last; /* versions that the person's changes made */
};

struct places {
    struct place *place;
    size_t count, room;
};

static struct sql *query_places(struct call *call, rid person, stamp from, stamp until)
{
    struct sql *sql =
        SQL(call, "SELECT history.record, history.\"row\", min(history.version), "
                  "max(history.version) FROM change JOIN history ON history.change = change.id "
                  "WHERE change.actor = ?1 AND change.at >= ?2 AND change.at < ?3 "
                  "GROUP BY history.record, history.\"row\" "
                  "ORDER BY history.record, history.\"row\"");
    if (!sql)
        return NULL;
    sql_bind_int(sql, 1, person);
    sql_bind_int(sql, 2, from);
    sql_bind_int(sql, 3, until);
    return sql;
}

static bool find_places(struct call *call, struct sql *sql, struct places *places)
{
    enum sql_step step;
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        const struct record *record = catalog_record(call->catalog, sql_text(sql, 0));
        if (!record || !record->states || !find_is_for_everybody(call, record))
            continue;
        places->place =
            call_more(call, places->place, places->count, &places->room, sizeof *places->place);
        if (!places->place)
            break;
        places->place[places->count++] = (struct place){ .record = record,
                                                         .id = sql_int(sql, 1),
                                                         .first = sql_int(sql, 2),
                                                         .last = sql_int(sql, 3) };
    }
    sql_done(sql);
    return step == SQL_DONE;
}

/* `*is_moved` is false where nothing is to be told. */
static bool look(struct call *call, const struct place *place, struct moved *moved, bool *is_moved)
{
    struct row before, after;
    if (!find_row(call, place->record, place->id, &moved->row) ||
        !image_after(call, &moved->row, place->last, &after))
        return false;
    enum image image = image_before(call, place->record, place->id, place->first, &before);
    if (image == IMAGE_FAILED)
        return false;
    moved->from = image == IMAGE_FOUND ? state_of(&before) : TEXT_NONE;
    moved->to = state_of(&after);
    *is_moved = !moved->row.archived &&
                (image == IMAGE_MISSING || !text_equal(moved->from, moved->to));
    return true;
}

bool moved_list(struct call *call, rid person, stamp from, stamp until, struct moved_rows *rows)
{
    struct places places = { .place = NULL };
    *rows = (struct moved_rows){ .count = 0 };
    struct sql *sql = query_places(call, person, from, until);
    if (!sql || !find_places(call, sql, &places))
        return false;
    rows->moved = call_array(call, places.count + 1, sizeof *rows->moved);
    for (size_t i = 0; rows->moved && i < places.count; i++) {
        bool is_moved;
        if (!look(call, &places.place[i], &rows->moved[rows->count], &is_moved))
            return false;
        rows->count += is_moved;
    }
    return rows->moved != NULL;
}
