/* See worked_out.h. */
#include "ledger/worked_out.h"

#include "ledger/audit.h"
#include "store/sql.h"

/* Behind more lines it is made anew: looking through them would take as long. */
enum { LINES_LOOKED_AT_MAX = 4096 };

bool worked_out_is_kept(const struct call *call)
{
    return shelf_is_there(call) && !call->change.is_open;
}

/* Whether a line after one, up to another, may have changed what is made of the sources. */
static bool is_changed(struct call *call, const struct sources *sources, rid after, rid last,
                       bool *changed)
{
    *changed = last - after > LINES_LOOKED_AT_MAX;
    if (*changed)
        return true;
    struct sql *sql = SQL(call, "SELECT DISTINCT record FROM audit WHERE id > ?1 AND id <= ?2");
    enum sql_step step = SQL_DONE;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, after);
    sql_bind_int(sql, 2, last);
    while (!*changed && (step = sql_step(call, sql)) == SQL_ROW) {
        text record = sql_text(sql, 0);
        *changed = record.size == 0 || sources_have(sources, record);
    }
    sql_done(sql);
    return step != SQL_FAILED;
}

const void *worked_out(struct call *call, const void *of, struct hash how,
                       const void *(*make)(struct call *call, const void *ask), const void *ask)
{
    struct shelf_name name = { .of = of, .how = how };
    struct sources sources;
    rid until;
    bool changed;
    if (!audit_last(call, &name.moment))
        return NULL;
    if (!shelf_find(call, &name) && shelf_find_earlier(call, &name, &sources, &until)) {
        if (!is_changed(call, &sources, until, name.moment, &changed))
            return NULL;
        if (!changed)
            shelf_stands(call, &name, until);
    }
    return shelf_have(call, &name, make, ask);
}
