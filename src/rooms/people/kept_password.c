/* Room people: see kept_password.h. */
#include "rooms/people/kept_password.h"

#include "store/sql.h"

text kept_password_of(struct call *call, rid person)
{
    struct sql *sql = SQL(call, "SELECT kept FROM password WHERE person = ?1");
    if (!sql)
        return TEXT_NONE;
    sql_bind_int(sql, 1, person);
    text kept = sql_step(call, sql) == SQL_ROW ? call_text(call, sql_text(sql, 0)) : TEXT_NONE;
    sql_done(sql);
    return kept;
}

bool kept_password_write(struct call *call, text kept)
{
    struct sql *sql = SQL(call, "INSERT INTO password (person, kept) VALUES (?1, ?2) "
                                "ON CONFLICT (person) DO UPDATE SET kept = excluded.kept");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, call->actor.person);
    sql_bind_text(sql, 2, kept);
    return sql_run(call, sql);
}
