/*
 * See ledger.h. Every write goes the same way: may the actor write this, do the values fit,
 * are unique values free, do refs lead to rows the actor may read; then version, row,
 * history and audit line, in one transaction.
 */
#include "ledger/ledger.h"

#include "ledger/audit.h"
#include "ledger/change.h"
#include "ledger/state.h"
#include "store/find.h"
#include "store/match_index.h"
#include "store/reader.h"
#include "store/rows.h"
#include "store/sql.h"

static bool scope_allows(const struct call *call)
{
    return (call->actor.scopes & SCOPE_WRITE) ||
           (call->door == DOOR_IMPORT && (call->actor.scopes & SCOPE_IMPORT));
}

static bool somebody_may(struct call *call)
{
    if (call->actor.person == 0)
        return fail(call, FAIL_UNKNOWN_USER,
                    "nobody is signed in: say who you are with --as PERSON or a token");
    if (scope_allows(call))
        return true;
    return fail(call, FAIL_FORBIDDEN, "this token does not have the scope '%s'",
                call->door == DOOR_IMPORT ? "import" : "write");
}

bool ledger_may_import(struct call *call)
{
    if (call->all_rows)
        return true;
    if (!somebody_may(call))
        return false;
    return (call->actor.roles & (ROLE_MEMBER | ROLE_ROBOT)) ||
           fail(call, FAIL_FORBIDDEN, "importing needs the role 'member', which %.*s does not have",
                TEXT_FMT(call->actor.name));
}

bool ledger_may_write(struct call *call, const struct record *record, const struct row *row)
{
    if (call->all_rows)
        return true;
    if (!somebody_may(call))
        return false;
    unsigned needed = record->writers ? record->writers : ROLE_MEMBER;
    unsigned held = role_held(call, row);
    if ((held & needed) || (call->door == DOOR_IMPORT && (held & ROLE_ROBOT)) ||
        (record->is_own && record->is_own(call, row)))
        return true;
    return fail(call, FAIL_FORBIDDEN, "writing %s %s needs the role '%s', which %.*s does not have",
                record_article(record), record->label, role_words(needed),
                TEXT_FMT(call->actor.name));
}

static bool ref_check(struct call *call, const struct field *field, rid target)
{
    const struct record *record = catalog_record(call->catalog, text_of(field->refers));
    if (find_may_read(call, record, target))
        return true;
    if (call->fail.kind != FAIL_NONE)
        return false;
    text id = row_public_id(call, record, target);
    return fail_at(call, field->name, "there is no %s '%.*s' for '%s'", record->label, TEXT_FMT(id),
                   field->name);
}

/* Only refs that are new: an old one may lead to a row that is hidden from this actor. */
static bool refs_check(struct call *call, const struct row *before, const struct row *after)
{
    if (after->record->is_bulk)
        return true; /* made by an importer, which has just found the target itself */
    for (size_t i = 0; i < after->record->field_count; i++) {
        const struct field *field = &after->record->field[i];
        struct value value = after->value[i];
        if (before && value_equal(before->value[i], value))
            continue;
        if (field->kind == FIELD_REF && !value_is_null(value) &&
            !ref_check(call, field, value.integer))
            return false;
        for (uint32_t item = 0; field->kind == FIELD_REFS && item < value.count; item++)
            if (!ref_check(call, field, value.ids[item]))
                return false;
    }
    return true;
}

static bool fail_dropped(struct call *call, const struct record *record, rid id)
{
    text public_id = row_public_id(call, record, id);
    return fail(call, FAIL_CONFLICT, "%.*s was dropped: bring it back with 'undo' first",
                TEXT_FMT(public_id));
}

bool owner_check(struct call *call, const struct row *row)
{
    const struct field *field = row->record->field;
    struct row owner;
    int parent = record_parent(row->record);
    if (parent < 0 || row->record->is_bulk || value_is_null(row->value[parent]))
        return true;
    const struct record *record = catalog_record(call->catalog, text_of(field[parent].refers));
    if (!rows_get(call, record, row->value[parent].integer, &owner))
        return call->fail.kind == FAIL_NONE;
    return !owner.archived || fail_dropped(call, record, owner.id);
}

static bool reader_add(struct call *call, const struct row *row, rid person)
{
    struct sql *sql = SQL(call, "INSERT INTO reader (record, \"row\", person) VALUES (?1, ?2, ?3) "
                                "ON CONFLICT (record, \"row\", person) DO NOTHING");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(row->record->name));
    sql_bind_int(sql, 2, row->id);
    sql_bind_int(sql, 3, person);
    return sql_run(call, sql);
}

/* Nobody is no reader: what the machine's holder makes is for those it is shared with. */
static bool author_becomes_reader(struct call *call, const struct row *row)
{
    bool is_named =
        row->record->privacy == PRIVACY_NAMED || row->record->privacy == PRIVACY_PRIVATE;
    return !is_named || call->actor.person == 0 || reader_add(call, row, call->actor.person);
}

static bool share_check(struct call *call, const struct record *record, rid id, rid person,
                        struct row *row)
{
    const struct record *persons = catalog_record(call->catalog, TEXT("person"));
    if (!find_row(call, record, id, row) || !ledger_may_write(call, record, row))
        return false;
    if (record->privacy != PRIVACY_NAMED)
        return fail(call, FAIL_CONFLICT, "%s %s is not shared with single persons",
                    record_article(record), record->label);
    struct row reader;
    return find_row(call, persons, person, &reader);
}

static bool share_inside(struct call *call, const struct record *record, rid id, rid person)
{
    struct row row;
    return share_check(call, record, id, person, &row) && change_require(call) &&
           written(call, reader_add(call, &row, person) &&
                             audit_share(call, call->change.id, &row, person));
}

static bool names(struct value persons, rid person)
{
    for (uint32_t i = 0; i < persons.count; i++)
        if (persons.ids[i] == person)
            return true;
    return false;
}

/* Who is named in the field of readers from now on reads the row; who is no more, still does. */
static bool named_become_readers(struct call *call, const struct row *before,
                                 const struct row *after)
{
    const struct record *record = after->record;
    if (!record->readers)
        return true;
    int field = record_field(record, text_of(record->readers));
    struct value persons = after->value[field];
    for (uint32_t i = 0; i < persons.count; i++) {
        bool is_new = !before || !names(before->value[field], persons.ids[i]);
        if (is_new && persons.ids[i] != call->actor.person &&
            !(reader_add(call, after, persons.ids[i]) &&
              audit_share(call, call->change.id, after, persons.ids[i])))
            return false;
    }
    return true;
}

static bool settle(struct call *call, const struct row *before, struct row *after)
{
    return !after->record->settle || after->record->settle(call, before, after);
}

bool ledger_share(struct call *call, const struct record *record, rid id, rid person)
{
    bool own;
    return change_enter(call, "share", record, &own) &&
           change_finish(call, own, share_inside(call, record, id, person));
}

bool written(struct call *call, bool done)
{
    if (!done)
        store_doom(call);
    return done;
}

static bool create_check(struct call *call, const struct row *row)
{
    return ledger_may_write(call, row->record, row) && row_check(call, NULL, row) &&
           state_check_new(call, row) && refs_check(call, NULL, row) && owner_check(call, row) &&
           unique_check(call, row);
}

static bool create_write(struct call *call, struct row *row)
{
    row->version = 1;
    row->created = row->changed = call->change.at;
    row->archived = 0;
    row->change = call->change.id;
    return rows_insert(call, row) && history_write(call, NULL, row) &&
           author_becomes_reader(call, row) && match_index(call, NULL, row) &&
           (row->record->is_bulk || audit_row(call, row->change, "add", NULL, row)) &&
           named_become_readers(call, NULL, row);
}

static bool create_inside(struct call *call, struct row *row)
{
    return settle(call, NULL, row) && create_check(call, row) && change_require(call) &&
           written(call, create_write(call, row));
}

bool ledger_create(struct call *call, struct row *row)
{
    bool own;
    return change_enter(call, "add", row->record, &own) &&
           change_finish(call, own, create_inside(call, row));
}

bool version_write(struct call *call, const char *verb, const struct row *before, struct row *after)
{
    if (!change_require(call))
        return false;
    after->id = before->id;
    after->created = before->created;
    after->version = before->version + 1;
    after->changed = call->change.at;
    after->change = call->change.id;
    return written(call, history_write(call, before, after) && rows_update(call, after) &&
                             match_index(call, before, after) &&
                             audit_row(call, after->change, verb, before, after));
}

bool row_is_equal(const struct row *a, const struct row *b)
{
    for (size_t i = 0; i < a->record->field_count; i++)
        if (!value_equal(a->value[i], b->value[i]))
            return false;
    return a->dimensions == b->dimensions && a->archived == b->archived;
}

text change_actor_name(struct call *call, rid change)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    struct sql *sql = person ? SQL(call, "SELECT actor FROM change WHERE id = ?1") : NULL;
    if (!sql)
        return TEXT("somebody");
    sql_bind_int(sql, 1, change);
    rid actor = sql_step(call, sql) == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    text name = actor ? find_title(call, person, actor) : TEXT_NONE;
    return name.at ? name : TEXT("somebody");
}

static bool stale_check(struct call *call, const struct row *before, const struct row *stored)
{
    if (stored->version == before->version)
        return true;
    text id = row_public_id(call, stored->record, stored->id);
    text who = change_actor_name(call, stored->change);
    return fail(
        call, FAIL_STALE,
        "%.*s was changed by %.*s meanwhile (version %lld, yours is %lld): read it again and "
        "repeat",
        TEXT_FMT(id), TEXT_FMT(who), (long long)stored->version, (long long)before->version);
}

/* Private fields came to others empty: their stored values stay. */
static bool keep_private_fields(struct call *call, const struct row *stored, struct row *after)
{
    for (size_t i = 0; i < after->record->field_count; i++) {
        const struct field *field = &after->record->field[i];
        bool reads;
        if (!(field->flags & FIELD_PRIVATE))
            continue;
        if (!reader_reads_private(call, stored, &reads))
            return false;
        if (reads)
            return true;
        if (!value_is_null(after->value[i]))
            return fail(call, FAIL_FORBIDDEN, "'%s' can only be set by who made the %s",
                        field->name, after->record->label);
        after->value[i] = stored->value[i];
    }
    return true;
}

static bool update_check(struct call *call, const struct row *stored, const struct row *after)
{
    return ledger_may_write(call, stored->record, stored) &&
           ledger_may_write(call, stored->record, after) && row_check(call, stored, after) &&
           state_check(call, stored, after) && refs_check(call, stored, after) &&
           owner_check(call, after) && unique_check(call, after);
}

static bool update_inside(struct call *call, const struct row *before, struct row *after)
{
    struct row readable, stored;
    if (!find_row(call, before->record, before->id, &readable) ||
        !rows_get(call, before->record, before->id, &stored) ||
        !stale_check(call, before, &stored) || !keep_private_fields(call, &stored, after))
        return false;
    after->archived = stored.archived;
    if (!stored.archived && !settle(call, &stored, after))
        return false;
    if (row_is_equal(&stored, after))
        after->version = stored.version;
    else if (stored.archived)
        return fail_dropped(call, stored.record, stored.id);
    else if (!update_check(call, &stored, after) || !version_write(call, "set", &stored, after) ||
             !written(call, named_become_readers(call, &stored, after)))
        return false;
    return reader_hide_fields(call, after); /* what was kept for the author goes to no other */
}

bool ledger_update(struct call *call, const struct row *before, struct row *after)
{
    bool own;
    return change_enter(call, "set", before->record, &own) &&
           change_finish(call, own, update_inside(call, before, after));
}

static bool archive_one(struct call *call, const struct row *before)
{
    struct row after;
    if (!row_copy(call, before, &after) || !change_require(call))
        return false;
    after.archived = call->change.at;
    return version_write(call, "drop", before, &after);
}

static bool archive_with_children(struct call *call, const struct row *row);

/* The first live rows that refer to their owner by that field, whoever reads them. */
static bool first_owned(struct call *call, const struct record *record, int field, rid owner,
                        struct rows *rows)
{
    enum { AT_ONCE = 100 };
    struct query query;
    bool all_rows = call->all_rows;
    query_init(&query, record);
    query.limit = AT_ONCE;
    call->all_rows = true;
    bool is_found = query_add(call, &query, field, FILTER_IS, value_ref(owner)) &&
                    find_rows(call, &query, rows);
    call->all_rows = all_rows;
    return is_found;
}

/* A few at a time: what is archived is no longer found, and many need no more memory than few. */
static bool archive_owned_by(struct call *call, const struct record *record, int field, rid owner)
{
    bool has_more;
    do {
        struct arena_mark mark = arena_mark(&call->arena);
        struct rows owned;
        if (!first_owned(call, record, field, owner, &owned))
            return false;
        for (size_t i = 0; i < owned.count; i++)
            if (!archive_with_children(call, &owned.row[i]))
                return false;
        has_more = owned.next.at != NULL;
        arena_rewind(&call->arena, mark);
    } while (has_more);
    return true;
}

bool owned_archive(struct call *call, const struct row *row)
{
    for (size_t i = 0; i < call->catalog->record_count; i++) {
        const struct record *child = call->catalog->record[i];
        int parent = record_parent(child);
        if (parent >= 0 && strcmp(child->field[parent].refers, row->record->name) == 0 &&
            !archive_owned_by(call, child, parent, row->id))
            return false;
    }
    return true;
}

static bool archive_with_children(struct call *call, const struct row *row)
{
    return (!row->record->check_drop || row->record->check_drop(call, row)) &&
           owned_archive(call, row) && archive_one(call, row);
}

static bool archive_inside(struct call *call, const struct record *record, rid id)
{
    struct row readable, stored;
    if (!find_row(call, record, id, &readable))
        return false;
    if (readable.archived) {
        text public_id = row_public_id(call, record, id);
        return fail(call, FAIL_CONFLICT, "%.*s was dropped before: bring it back with 'undo'",
                    TEXT_FMT(public_id));
    }
    return ledger_may_write(call, record, &readable) && rows_get(call, record, id, &stored) &&
           archive_with_children(call, &stored);
}

bool ledger_archive(struct call *call, const struct record *record, rid id)
{
    bool own;
    return change_enter(call, "drop", record, &own) &&
           change_finish(call, own, archive_inside(call, record, id));
}
