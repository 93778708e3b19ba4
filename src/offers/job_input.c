/* See job_input.h. */
#include "offers/job_input.h"

#include "store/sql.h"

#define PIECE_BYTES ((size_t)1024 * 1024)

static const struct column job_input_columns[] = {
    { "job", COLUMN_INT, true },
    { "part", COLUMN_INT, true },
    { "bytes", COLUMN_BLOB, true },
    { 0 },
};

const struct table job_input_table = {
    .name = "job_input",
    .column = job_input_columns,
    .key = { "job", "part" },
};

static bool write_piece(struct call *call, rid job, int64_t part, text piece)
{
    struct sql *sql = SQL(call, "INSERT INTO job_input (job, part, bytes) VALUES (?1, ?2, ?3)");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, job);
    sql_bind_int(sql, 2, part);
    sql_bind_blob(sql, 3, piece);
    return sql_run(call, sql);
}

bool job_input_write(struct call *call, rid job, text input)
{
    for (int64_t part = 0; input.at && input.size; part++) {
        size_t size = input.size < PIECE_BYTES ? input.size : PIECE_BYTES;
        if (!write_piece(call, job, part, text_until(input, size)))
            return false;
        input = text_from(input, size);
    }
    return true;
}

bool job_input_drop(struct call *call, rid job)
{
    struct sql *sql = SQL(call, "DELETE FROM job_input WHERE job = ?1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, job);
    return sql_run(call, sql);
}

bool job_input_read(struct call *call, rid job, size_t size, text *input)
{
    char *room = call_take(call, size + 1);
    struct sql *sql =
        room ? SQL(call, "SELECT bytes FROM job_input WHERE job = ?1 ORDER BY part") : NULL;
    size_t used = 0;
    enum sql_step step;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, job);
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        text piece = sql_blob(sql, 0);
        if (piece.size > size - used)
            break;
        memcpy(room + used, piece.at, piece.size);
        used += piece.size;
    }
    sql_done(sql);
    *input = (text){ room, used };
    if (step == SQL_FAILED)
        return false;
    return (step == SQL_DONE && used == size) ||
           fail(call, FAIL_INTERNAL, "the input of job '%lld' is not whole: start it again",
                (long long)job);
}
