/* See image.h. */
#include "ledger/image.h"

#include "store/sql.h"

enum image image_before(struct call *call, const struct record *record, rid id, int64_t version,
                        struct row *row)
{
    struct sql *sql = SQL(call, "SELECT body FROM history WHERE record = ?1 AND \"row\" = ?2 "
                                "AND version = ?3");
    if (!sql)
        return IMAGE_FAILED;
    sql_bind_text(sql, 1, text_of(record->name));
    sql_bind_int(sql, 2, id);
    sql_bind_int(sql, 3, version);
    enum sql_step step = sql_step(call, sql);
    bool has_body = step == SQL_ROW && !sql_is_null(sql, 0);
    text body = has_body ? call_text(call, sql_text(sql, 0)) : TEXT_NONE;
    sql_done(sql);
    if (step == SQL_FAILED || call->fail.kind != FAIL_NONE)
        return IMAGE_FAILED;
    if (!body.at)
        return IMAGE_MISSING;
    return row_unpack(call, record, body, row) ? IMAGE_FOUND : IMAGE_FAILED;
}

bool image_after(struct call *call, const struct row *now, int64_t version, struct row *row)
{
    enum image image = IMAGE_MISSING;
    if (version == now->version)
        return row_copy(call, now, row);
    if (version >= 1 && version < now->version)
        image = image_before(call, now->record, now->id, version + 1, row);
    if (image != IMAGE_MISSING)
        return image == IMAGE_FOUND;
    text id = row_public_id(call, now->record, now->id);
    return fail(call, FAIL_NOT_FOUND, "%.*s has no version %lld", TEXT_FMT(id), (long long)version);
}
