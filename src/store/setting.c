/* See setting.h. */
#include "store/setting.h"

#include "store/sql.h"

bool store_setting(struct call *call, const char *name, text *value)
{
    *value = TEXT_NONE;
    struct sql *sql = SQL(call, "SELECT value FROM setting WHERE name = ?1");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(name));
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW && !sql_is_null(sql, 0))
        *value = call_text(call, sql_text(sql, 0));
    sql_done(sql);
    return step != SQL_FAILED && call->fail.kind == FAIL_NONE;
}

bool store_setting_set(struct call *call, const char *name, text value)
{
    struct sql *sql = SQL(call, "INSERT INTO setting (name, value) VALUES (?1, ?2) "
                                "ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(name));
    sql_bind_text(sql, 2, value);
    return sql_run(call, sql);
}
