/*
 * See as_of.h. A version lasts until the next one is written: what was there at an instant is what
 * the first version written after it replaced, else the row as it is stored. A list is read row by
 * row, each with the same memory; what the page keeps is copied, and never more than two pages of
 * it.
 */
#include "ledger/as_of.h"

#include "ledger/image.h"
#include "ledger/ledger.h"
#include "store/filter.h"
#include "store/page_mark.h"
#include "store/reader.h"
#include "store/rows.h"
#include "store/sql.h"

enum { PARENTS_MAX = 4 };

/* The first version written after the instant: what it replaced is what was there. */
static enum image image_at(struct call *call, const struct record *record, rid id, stamp at,
                           struct row *row)
{
    struct sql *sql = SQL(
        call,
        "SELECT min(version) FROM history WHERE record = ?1 AND \"row\" = ?2 AND valid_to > ?3");
    if (!sql)
        return IMAGE_FAILED;
    sql_bind_text(sql, 1, text_of(record->name));
    sql_bind_int(sql, 2, id);
    sql_bind_int(sql, 3, at);
    enum sql_step step = sql_step(call, sql);
    bool is_later = step == SQL_ROW && !sql_is_null(sql, 0);
    int64_t version = is_later ? sql_int(sql, 0) : 0;
    sql_done(sql);
    if (step == SQL_FAILED)
        return IMAGE_FAILED;
    if (is_later)
        return image_before(call, record, id, version, row);
    return rows_get(call, record, id, row) ? IMAGE_FOUND : IMAGE_FAILED;
}

/* --- who reads --- */

static bool is_own_team(const struct call *call, struct value team)
{
    for (size_t i = 0; i < call->actor.team_count; i++)
        if (!value_is_null(team) && call->actor.team[i].team == team.integer)
            return true;
    return false;
}

/* Whether the row or what it belongs to stands under a team. */
static bool is_under_team(const struct call *call, const struct record *record)
{
    for (int depth = 0; record && depth <= PARENTS_MAX; depth++) {
        int parent = record_parent(record);
        if (record->privacy == PRIVACY_TEAM)
            return true;
        record = parent < 0 ? NULL
                            : catalog_record(call->catalog, text_of(record->field[parent].refers));
    }
    return false;
}

/*
 * A row that came to the reader's team from another keeps its past with that one, and so does what
 * belongs to it. False without failure: it was not the reader's then.
 */
static bool was_readable(struct call *call, const struct row *then, stamp at)
{
    struct row row = *then;
    while (!call->all_rows && is_under_team(call, row.record)) {
        const struct record *record = row.record;
        int team = record_field(record, TEXT("team")), parent = record_parent(record);
        if (record->privacy == PRIVACY_TEAM && !is_own_team(call, row.value[team]))
            return false;
        if (parent < 0 || value_is_null(row.value[parent]))
            return true;
        record = catalog_record(call->catalog, text_of(record->field[parent].refers));
        if (image_at(call, record, row.value[parent].integer, at, &row) != IMAGE_FOUND)
            return false;
    }
    return true;
}

static bool rule_allows(struct call *call, const struct row *row)
{
    return call->all_rows || !row->record->readable || row->record->readable(call, row);
}

bool ledger_row_at(struct call *call, const struct record *record, rid id, stamp at,
                   struct row *row)
{
    struct row now;
    if (!find_row(call, record, id, &now))
        return false;
    enum image image = image_at(call, record, id, at, row);
    if (image == IMAGE_FAILED)
        return false;
    row->as_of = at < call->now ? at : 0;
    if (image == IMAGE_FOUND && was_readable(call, row, at))
        return reader_hide_fields(call, row);
    if (call->fail.kind != FAIL_NONE)
        return false;
    text public_id = row_public_id(call, record, id);
    return fail(call, FAIL_NOT_FOUND, "there was no %s '%.*s' then", record->label,
                TEXT_FMT(public_id));
}

/* --- lists --- */

/* A list in the making. */
struct past {
    const struct query *query;
    stamp at;
    rid after_id; /* the mark, when there is one */
    struct value after;
    struct arena kept; /* the memory of `page` */
    struct rows page;
};

static int place_compare(const struct query *query, const struct row *a, const struct row *b)
{
    return page_mark_compare(query, a->id, page_mark_value(a, query->sort), b->id,
                             page_mark_value(b, query->sort));
}

/* Merges two sorted halves; `room` has space for both. */
static void sort_rows(const struct query *query, struct row *row, size_t count, struct row *room)
{
    size_t half = count / 2, a = 0, b = half, to = 0;
    if (count < 2)
        return;
    sort_rows(query, row, half, room);
    sort_rows(query, row + half, count - half, room);
    while (a < half || b < count) {
        bool takes_first = b == count || (a < half && place_compare(query, &row[a], &row[b]) <= 0);
        room[to++] = row[takes_first ? a++ : b++];
    }
    memcpy(row, room, count * sizeof *row);
}

static bool page_sort(struct call *call, struct past *past)
{
    struct row *room = call_array(call, past->page.count + 1, sizeof *room);
    if (!room)
        return false;
    sort_rows(past->query, past->page.row, past->page.count, room);
    return true;
}

/* Copies what the page needs into memory of its own and lets go of the rest. */
static bool page_cut(struct call *call, struct past *past, size_t most)
{
    struct rows old = past->page;
    struct arena fresh;
    if (!page_sort(call, past))
        return false;
    arena_init(&fresh, call->arena.limit);
    call_swap_memory(call, &fresh);
    past->page =
        (struct rows){ .row = call_array(call, 2 * most, sizeof *old.row), .room = 2 * most };
    bool done = past->page.row != NULL;
    for (size_t i = 0; done && i < old.count && i < most; i++)
        done = row_copy(call, &old.row[i], &past->page.row[past->page.count++]);
    call_swap_memory(call, &fresh);
    arena_release(&past->kept);
    past->kept = fresh;
    return done;
}

/* The row goes on the page; one row more than the page holds tells whether there is a next. */
static bool page_take(struct call *call, struct past *past, const struct row *row)
{
    size_t most = (size_t)past->query->limit + 1;
    call_swap_memory(call, &past->kept);
    struct row *list =
        call_more(call, past->page.row, past->page.count, &past->page.room, sizeof *list);
    if (list) {
        past->page.row = list;
        if (row_copy(call, row, &list[past->page.count]))
            past->page.count++;
    }
    call_swap_memory(call, &past->kept);
    if (call->fail.kind != FAIL_NONE)
        return false;
    return past->query->limit == 0 || past->page.count < 2 * most || page_cut(call, past, most);
}

/*
 * The present row and, of one that was changed since, what the first later version replaced. Rows
 * made later are left out, and in the order of ids what stands before the mark.
 */
static bool draft_past(struct call *call, const struct past *past, struct statement_draft *draft)
{
    const struct record *record = past->query->record;
    struct out *words = &draft->words;
    draft_init(draft, call);
    out_string(words, "SELECT past_.body, ");
    rows_columns(record, "row_", words);
    out_format(words,
               " FROM \"%s\" AS row_ LEFT JOIN history AS past_ ON past_.\"row\" = row_.id "
               "AND past_.record = ",
               record->plural);
    draft_text(draft, text_of(record->name));
    out_string(words, " AND past_.version = (SELECT min(later_.version) FROM history AS later_ "
                      "WHERE later_.\"row\" = row_.id AND later_.record = ");
    draft_text(draft, text_of(record->name));
    out_string(words, " AND later_.valid_to > ");
    draft_int(draft, past->at);
    out_string(words, ") WHERE row_.created <= ");
    draft_int(draft, past->at);
    if (past->query->sort == FIND_ID && past->query->after.at) {
        out_format(words, " AND row_.id %s ", past->query->is_descending ? "<" : ">");
        draft_int(draft, past->after_id);
    }
    if (!reader_clause(call, record, "row_", 0, draft))
        return false;
    out_format(words, " ORDER BY row_.id %s", past->query->is_descending ? "DESC" : "ASC");
    return true;
}

static bool row_then(struct call *call, struct sql *sql, const struct record *record,
                     struct row *then)
{
    if (sql_is_null(sql, 0))
        return rows_read(call, sql, 1, record, then);
    text body = call_text(call, sql_text(sql, 0));
    return body.at && row_unpack(call, record, body, then);
}

static bool is_asked_for(struct call *call, const struct past *past, const struct row *then)
{
    const struct query *query = past->query;
    if ((then->archived && !query->with_archived) || !filter_holds(query, then))
        return false;
    if (query->after.at && page_mark_compare(query, then->id, page_mark_value(then, query->sort),
                                             past->after_id, past->after) <= 0)
        return false;
    return was_readable(call, then, past->at);
}

static bool past_step(struct call *call, struct sql *sql, struct past *past)
{
    const struct record *record = past->query->record;
    struct row then, now;
    if (!row_then(call, sql, record, &then))
        return false;
    if (!is_asked_for(call, past, &then))
        return call->fail.kind == FAIL_NONE;
    if (record->readable && (!rows_read(call, sql, 1, record, &now) || !rule_allows(call, &now) ||
                             !rule_allows(call, &then)))
        return call->fail.kind == FAIL_NONE;
    return reader_hide_fields(call, &then) && page_take(call, past, &then);
}

/* In the order of ids nothing that comes later can stand on this page. */
static bool is_full(const struct past *past)
{
    const struct query *query = past->query;
    return query->limit && query->sort == FIND_ID && past->page.count > (size_t)query->limit;
}

static bool past_read(struct call *call, struct past *past)
{
    struct statement_draft draft;
    struct sql *sql = draft_past(call, past, &draft) ? draft_prepare(call, &draft) : NULL;
    if (!sql)
        return false;
    enum sql_step step = SQL_DONE;
    bool done = true;
    while (done && !is_full(past) && (step = sql_step(call, sql)) == SQL_ROW) {
        struct arena_mark mark = arena_mark(&call->arena);
        done = past_step(call, sql, past);
        arena_rewind(&call->arena, mark);
    }
    sql_done(sql);
    return done && step != SQL_FAILED && page_sort(call, past);
}

bool as_of_rows(struct call *call, const struct query *query, stamp at, struct rows *rows)
{
    struct past past = { .query = query, .at = at };
    *rows = (struct rows){ .next = TEXT_NONE };
    if (!find_check_sort(call, query) ||
        (query->after.at && !page_mark_read(call, query, &past.after_id, &past.after)))
        return false;
    arena_init(&past.kept, call->arena.limit);
    bool done = past_read(call, &past);
    arena_adopt(&call->arena, &past.kept);
    if (!done)
        return false;
    *rows = past.page;
    rows->next = TEXT_NONE;
    for (size_t i = 0; i < rows->count; i++)
        rows->row[i].as_of = at < call->now ? at : 0;
    if (query->limit == 0 || rows->count <= (size_t)query->limit)
        return true;
    rows->count = (size_t)query->limit;
    rows->next = page_mark_write(call, query, &rows->row[rows->count - 1]);
    return rows->next.at != NULL;
}
