/* See verify.h. */
#include "ledger/verify.h"

#include "base/json_write.h"
#include "catalog/row.h"
#include "store/sql.h"

/* --- the report --- */

struct verify_check *verify_add(struct call *call, struct verify_report *report, const char *what)
{
    struct verify_check *check =
        call_more(call, report->check, report->count, &report->room, sizeof *report->check);
    if (!check)
        return NULL;
    report->check = check;
    check[report->count] = (struct verify_check){ .what = what };
    return &check[report->count++];
}

bool verify_wrong(struct call *call, struct verify_check *check, text words)
{
    check->wrong++;
    if (check->shown_count < VERIFY_SHOWN_MAX && words.at)
        check->shown[check->shown_count++] = words;
    return call->fail.kind == FAIL_NONE;
}

bool verify_is_sound(const struct verify_report *report)
{
    for (size_t i = 0; i < report->count; i++)
        if (report->check[i].wrong)
            return false;
    return true;
}

void verify_write_json(const struct verify_report *report, struct json_writer *writer)
{
    json_object(writer);
    json_put_bool(writer, "sound", verify_is_sound(report));
    json_key(writer, "checks");
    json_list(writer);
    for (size_t i = 0; i < report->count; i++) {
        const struct verify_check *check = &report->check[i];
        json_object(writer);
        json_put_string(writer, "what", check->what);
        json_put_int(writer, "checked", check->checked);
        json_put_int(writer, "wrong", check->wrong);
        json_key(writer, "first");
        json_list(writer);
        for (int at = 0; at < check->shown_count; at++)
            json_text(writer, check->shown[at]);
        json_list_end(writer);
        json_object_end(writer);
    }
    json_list_end(writer);
    json_object_end(writer);
}

/* --- questions --- */

bool verify_count(struct call *call, struct verify_check *check, text words)
{
    struct sql *sql = words.at ? sql_prepare(call, words) : NULL;
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW)
        check->checked += sql_int(sql, 0);
    sql_done(sql);
    return step == SQL_ROW;
}

bool verify_rows(struct call *call, struct verify_check *check, const struct record *record,
                 const char *what, text words)
{
    struct sql *sql = words.at ? sql_prepare(call, words) : NULL;
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        text told = TEXT_NONE;
        if (check->shown_count < VERIFY_SHOWN_MAX)
            told = call_format(call, "%.*s: %s",
                               TEXT_FMT(row_public_id(call, record, sql_int(sql, 0))), what);
        if (!verify_wrong(call, check, told))
            break;
    }
    sql_done(sql);
    return step == SQL_DONE;
}
