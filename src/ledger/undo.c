/*
 * Undo, read from the history table alone. A change is undone as a whole: for
 * each row it touched, the fields that it changed get the value they had before. That is
 * refused, naming who and what, when one of these fields has another value by now. Undoing is a
 * change like any other and can be undone.
 */
#include "ledger/image.h"
#include "ledger/ledger.h"
#include "ledger/state.h"
#include "store/find.h"
#include "store/reader.h"
#include "store/rows.h"
#include "store/sql.h"

/* Where a change touched a row. A change may touch many: this is all that is kept of each. */
struct place {
    const struct record *record;
    rid id;
    int64_t first_version, last_version; /* that the change made */
    stamp archived;                      /* before the row was set aside */
};

struct undoing {
    struct place *place;
    size_t count, room;
    bool is_redo;   /* what is undone was an undo itself */
    bool goes_back; /* it makes a difference to some row */
};

/* One row that a change touched: as it was before, as the change left it, as it is now. */
struct touched {
    const struct record *record;
    rid id;
    int64_t last_version;
    bool was_made; /* the change made the row: there is no before */
    struct row before, after, now;
};

static bool stored_row(struct call *call, const struct place *place, struct row *row)
{
    return rows_get(call, place->record, place->id, row) ||
           fail(call, FAIL_INTERNAL, "history names a row of '%s' that is not there",
                place->record->name);
}

static bool touched_load(struct call *call, const struct place *place, struct touched *touched)
{
    *touched = (struct touched){ .record = place->record, .id = place->id,
                                 .last_version = place->last_version };
    if (!stored_row(call, place, &touched->now))
        return false;
    touched->now.archived = place->archived;
    enum image before =
        image_before(call, place->record, place->id, place->first_version, &touched->before);
    touched->was_made = before == IMAGE_MISSING;
    return before != IMAGE_FAILED &&
           image_after(call, &touched->now, place->last_version, &touched->after);
}

/* First and last version that the change made of each row, newest rows first. */
static struct sql *touched_rows(struct call *call, rid change)
{
    struct sql *sql = SQL(
        call, "SELECT record, \"row\", min(version), max(version) FROM history WHERE change = ?1 "
              "GROUP BY record, \"row\" ORDER BY record, \"row\" DESC");
    if (sql)
        sql_bind_int(sql, 1, change);
    return sql;
}

/* What two versions of a row may differ in, beside its fields. */
enum { WHOLE_ROW = -1, DIMENSIONS = -2, ARCHIVED = -3 };

static bool is_different(const struct row *a, const struct row *b, int what)
{
    switch (what) {
    case WHOLE_ROW:
        return !row_is_equal(a, b);
    case DIMENSIONS:
        return a->dimensions != b->dimensions;
    case ARCHIVED:
        return !a->archived != !b->archived;
    default:
        return !value_equal(a->value[what], b->value[what]);
    }
}

/* The first change after the undone one that made the row differ from what that one left. */
static bool later_change(struct call *call, const struct touched *touched, int what, rid *change)
{
    *change = touched->now.change;
    for (int64_t version = touched->last_version + 1; version < touched->now.version; version++) {
        struct row later;
        if (!image_after(call, &touched->now, version, &later))
            return false;
        if (!is_different(&later, &touched->after, what))
            continue;
        *change = later.change;
        return true;
    }
    return true;
}

static bool fail_later_change(struct call *call, const struct touched *touched, int what)
{
    rid change;
    if (!later_change(call, touched, what, &change))
        return false;
    text id = row_public_id(call, touched->record, touched->id);
    text who = change_actor_name(call, change);
    if (what == WHOLE_ROW || what == ARCHIVED)
        return fail(call, FAIL_CONFLICT,
                    "this cannot be undone: %.*s changed %.*s later (change %lld): undo that first",
                    TEXT_FMT(who), TEXT_FMT(id), (long long)change);
    return fail(call, FAIL_CONFLICT,
                "this cannot be undone: %.*s changed '%s' of %.*s later (change %lld): undo that "
                "first",
                TEXT_FMT(who),
                what == DIMENSIONS ? "dimensions" : touched->record->field[what].name, TEXT_FMT(id),
                (long long)change);
}

/*
 * What was sent stays sent; what has a counter verb is taken
 * back by that; what needed a role needs it again.
 */
static bool undo_class_check(struct call *call, const struct touched *touched)
{
    const struct record *record = touched->record;
    if (!record->states || touched->was_made)
        return true;
    text from = state_of(&touched->before), to = state_of(&touched->after);
    const struct transition *moved =
        text_equal(from, to) ? NULL : state_transition(record, from, to);
    if (!moved)
        return true;
    if (moved->undo == UNDO_YES) {
        if (!moved->roles || call->all_rows || (role_held(call, &touched->now) & moved->roles))
            return true;
        return fail(call, FAIL_FORBIDDEN, "undoing '%s' needs the role '%s'", moved->verb,
                    role_words(moved->roles));
    }
    const struct transition *counter = state_transition(record, to, from);
    if (moved->undo == UNDO_COUNTER && counter)
        return fail(call, FAIL_CONFLICT, "'%s' is not undone, it is taken back: use '%s'",
                    moved->verb, counter->verb);
    return fail(call, FAIL_CONFLICT, "'%s' cannot be undone", moved->verb);
}

static bool undo_field(struct call *call, const struct touched *touched, int field,
                       struct row *undone)
{
    bool reads;
    if (is_different(&touched->now, &touched->after, field))
        return fail_later_change(call, touched, field);
    undone->value[field] = touched->before.value[field];
    if (!(touched->record->field[field].flags & FIELD_PRIVATE))
        return true;
    if (!reader_reads_private(call, &touched->now, &reads))
        return false;
    return reads || fail(call, FAIL_FORBIDDEN, "'%s' can only be set by who made the %s",
                         touched->record->field[field].name, touched->record->label);
}

static bool undo_fields(struct call *call, const struct touched *touched, struct row *undone)
{
    for (int i = 0; i < (int)touched->record->field_count; i++)
        if (is_different(&touched->before, &touched->after, i) &&
            !undo_field(call, touched, i, undone))
            return false;
    for (int what = ARCHIVED; what <= DIMENSIONS; what++)
        if (is_different(&touched->before, &touched->after, what) &&
            is_different(&touched->now, &touched->after, what))
            return fail_later_change(call, touched, what);
    if (is_different(&touched->before, &touched->after, DIMENSIONS))
        undone->dimensions = touched->before.dimensions;
    if (is_different(&touched->before, &touched->after, ARCHIVED))
        undone->archived = touched->before.archived;
    return true;
}

/* A row that the change made goes away, unless somebody has worked on it since. */
static bool undo_making(struct call *call, const struct touched *touched, struct row *undone)
{
    if (is_different(&touched->now, &touched->after, WHOLE_ROW))
        return fail_later_change(call, touched, WHOLE_ROW);
    if (!undone->archived)
        undone->archived = call->change.at;
    return true;
}

/* A rule of the record holds on the way back, too: what may not be dropped or changed stays. */
static bool rules_check(struct call *call, const struct touched *touched, const struct row *undone)
{
    const struct record *record = touched->record;
    if (undone->archived)
        return touched->now.archived || !record->check_drop ||
               record->check_drop(call, &touched->now);
    return !record->check || record->check(call, &touched->now, undone);
}

/* Undoing an undo goes forward again, so what stood in the way then may stand there now. */
static bool undone_check(struct call *call, const struct touched *touched, bool is_redo,
                         const struct row *undone)
{
    if (!(is_redo ? state_check(call, &touched->now, undone) : undo_class_check(call, touched)))
        return false;
    return ledger_may_write(call, touched->record, &touched->now) &&
           ledger_may_write(call, touched->record, undone) && rules_check(call, touched, undone) &&
           (undone->archived || unique_check(call, undone));
}

/*
 * Rows of one change may have handed a unique value on to each other: none of them stands in the
 * way of another while they go back.
 */
static bool set_aside(struct call *call, struct undoing *undoing, struct place *place)
{
    struct row aside;
    if (!stored_row(call, place, &aside))
        return false;
    place->archived = aside.archived;
    if (undoing->count == 1 || aside.archived)
        return true;
    aside.archived = call->change.at;
    return rows_update(call, &aside);
}

static bool undo_place(struct call *call, struct undoing *undoing, struct place *place)
{
    struct touched touched;
    struct row undone;
    if (!touched_load(call, place, &touched) || !row_copy(call, &touched.now, &undone))
        return false;
    if (!(touched.was_made ? undo_making(call, &touched, &undone)
                           : undo_fields(call, &touched, &undone)))
        return false;
    if (row_is_equal(&touched.now, &undone))
        return rows_update(call, &touched.now); /* no longer aside */
    undoing->goes_back = true;
    return undone_check(call, &touched, undoing->is_redo, &undone) &&
           version_write(call, "undo", &touched.now, &undone);
}

/* What is owned goes with its owner, and does not come back without it. */
static bool undo_owned(struct call *call, struct undoing *undoing, struct place *place)
{
    struct row now;
    (void)undoing;
    if (!stored_row(call, place, &now))
        return false;
    return now.archived ? owned_archive(call, &now) : owner_check(call, &now);
}

static bool fail_no_change(struct call *call, rid change)
{
    return fail(call, FAIL_NOT_FOUND,
                "there is no change %lld: 'rondo audit list' shows the numbers of those there are",
                (long long)change);
}

/* A change that touched what the actor may not read is no change to him. */
static bool place_is_readable(struct call *call, struct undoing *undoing, struct place *place)
{
    (void)undoing;
    return find_may_read(call, place->record, place->id);
}

typedef bool (*place_visitor)(struct call *call, struct undoing *undoing, struct place *place);

/* Row by row, each with the same memory. */
static bool places_visit(struct call *call, struct undoing *undoing, place_visitor visit)
{
    bool done = true;
    for (size_t i = 0; done && i < undoing->count; i++) {
        struct arena_mark mark = arena_mark(&call->arena);
        done = visit(call, undoing, &undoing->place[i]);
        arena_rewind(&call->arena, mark);
    }
    return done;
}

static bool place_add(struct call *call, struct undoing *undoing, struct sql *sql)
{
    struct place *place =
        call_more(call, undoing->place, undoing->count, &undoing->room, sizeof *place);
    if (!place)
        return false;
    undoing->place = place;
    const struct record *record = catalog_record(call->catalog, sql_text(sql, 0));
    if (!record)
        return fail(call, FAIL_INTERNAL,
                    "history names a record that this program does not know");
    place[undoing->count++] = (struct place){ .record = record, .id = sql_int(sql, 1),
                                              .first_version = sql_int(sql, 2),
                                              .last_version = sql_int(sql, 3) };
    return true;
}

static bool places_collect(struct call *call, rid change, struct undoing *undoing)
{
    struct sql *sql = touched_rows(call, change);
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW)
        if (!place_add(call, undoing, sql))
            break;
    sql_done(sql);
    if (step != SQL_DONE)
        return false;
    if (undoing->count && places_visit(call, undoing, place_is_readable))
        return true;
    return call->fail.kind == FAIL_NONE && fail_no_change(call, change);
}

/* The undoing change that stands, or 0: an undo that was itself undone does not count. */
static bool undone_by(struct call *call, rid change, rid *by)
{
    struct sql *sql = SQL(call, "SELECT id FROM change WHERE undoes = ?1 ORDER BY id DESC LIMIT 1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, change);
    enum sql_step step = sql_step(call, sql);
    rid last = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    *by = last;
    if (step == SQL_FAILED || last == 0)
        return step != SQL_FAILED;
    rid counter;
    if (!undone_by(call, last, &counter))
        return false;
    if (counter)
        *by = 0;
    return true;
}

/* What the change itself undid; 0 for an ordinary one. */
static bool change_undoes(struct call *call, rid change, rid *undoes)
{
    struct sql *sql = SQL(call, "SELECT undoes FROM change WHERE id = ?1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, change);
    enum sql_step step = sql_step(call, sql);
    *undoes = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return step != SQL_FAILED;
}

static bool undo_places(struct call *call, struct undoing *undoing)
{
    if (!places_visit(call, undoing, set_aside) || !places_visit(call, undoing, undo_place))
        return false;
    if (!undoing->goes_back)
        return fail(call, FAIL_CONFLICT, "change %lld left nothing that could be undone",
                    (long long)call->change.undoes);
    return places_visit(call, undoing, undo_owned);
}

static bool undo_inside(struct call *call, rid change)
{
    struct undoing undoing = { .place = NULL };
    rid by, undoes;
    if (!places_collect(call, change, &undoing) || !undone_by(call, change, &by))
        return false;
    if (by)
        return fail(call, FAIL_CONFLICT, "change %lld was undone before, by change %lld",
                    (long long)change, (long long)by);
    if (!change_undoes(call, change, &undoes))
        return false;
    undoing.is_redo = undoes != 0;
    call->change.undoes = change;
    return change_require(call) && written(call, undo_places(call, &undoing));
}

bool ledger_undo(struct call *call, rid change)
{
    text what = call_format(call, "undo change %lld", (long long)change);
    bool own = !call->change.is_open;
    if (!what.at || (own && !change_open(call, what)))
        return false;
    return change_finish(call, own, undo_inside(call, change));
}

bool ledger_undo_row(struct call *call, const struct record *record, rid id)
{
    struct row row;
    return find_row(call, record, id, &row) && ledger_undo(call, row.change);
}
