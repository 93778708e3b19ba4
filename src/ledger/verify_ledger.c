/* See verify_ledger.h: what refers to what. History is walked by verify_history.c. */
#include "ledger/verify_ledger.h"

#include "catalog/row.h"
#include "ledger/audit.h"
#include "ledger/verify_history.h"
#include "store/sql.h"

/* --- references --- */

static bool check_ref(struct call *call, const struct record *record, const struct field *field,
                      struct verify_check *check)
{
    const struct record *target = catalog_record(call->catalog, text_of(field->refers));
    text what = call_format(call, "its %s is not there", field->name);
    return what.at &&
           verify_count(call, check,
                        call_format(call, "SELECT count(*) FROM \"%s\" WHERE \"%s\" IS NOT NULL",
                                    record->plural, field->name)) &&
           verify_rows(call, check, record, what.at,
                       call_format(call,
                                   "SELECT t.id FROM \"%s\" t LEFT JOIN \"%s\" x ON x.id = "
                                   "t.\"%s\" WHERE t.\"%s\" IS NOT NULL AND x.id IS NULL "
                                   "ORDER BY t.id",
                                   record->plural, target->plural, field->name, field->name));
}

static bool check_refs(struct call *call, const struct record *record, const struct field *field,
                       struct verify_check *check)
{
    const struct record *target = catalog_record(call->catalog, text_of(field->refers));
    text what = call_format(call, "a row of its list %s is not there", field->name);
    text owner = call_format(call, "its list %s is there without it", field->name);
    return what.at && owner.at &&
           verify_count(
               call, check,
               call_format(call, "SELECT count(*) FROM \"%s_%s\"", record->name, field->name)) &&
           verify_rows(call, check, record, what.at,
                       call_format(call,
                                   "SELECT l.\"row\" FROM \"%s_%s\" l LEFT JOIN \"%s\" x ON x.id "
                                   "= l.target WHERE x.id IS NULL ORDER BY l.\"row\"",
                                   record->name, field->name, target->plural)) &&
           verify_rows(call, check, record, owner.at,
                       call_format(call,
                                   "SELECT l.\"row\" FROM \"%s_%s\" l LEFT JOIN \"%s\" x ON x.id "
                                   "= l.\"row\" WHERE x.id IS NULL ORDER BY l.\"row\"",
                                   record->name, field->name, record->plural));
}

static bool check_references(struct call *call, struct verify_report *report)
{
    struct verify_check *check = verify_add(call, report, "references");
    for (size_t i = 0; check && i < call->catalog->record_count; i++) {
        const struct record *record = call->catalog->record[i];
        for (size_t at = 0; at < record->field_count; at++) {
            const struct field *field = &record->field[at];
            if ((field->kind == FIELD_REF && !check_ref(call, record, field, check)) ||
                (field->kind == FIELD_REFS && !check_refs(call, record, field, check)))
                return false;
        }
    }
    return check != NULL;
}

/* --- tables that name a record and a row --- */

/* Columns `record` and `row` of a table of names; the row that is told is in column `told`. */
struct named {
    const char *what, *table, *record, *row;
    const char *told; /* NULL: the named row itself */
};

static const struct named named_tables[] = {
    { "tags", "tag", "record", "row", NULL },
    { "readers", "reader", "record", "row", NULL },
    { "link starts", "links", "from_record", "from_row", "id" },
    { "link ends", "links", "to_record", "to_row", "id" },
};

/* Rows that are named are of records that there are. */
static bool check_names(struct call *call, const struct named *named, struct verify_check *check)
{
    text words = call_format(call,
                             "SELECT \"%s\", count(*) FROM \"%s\" GROUP BY \"%s\" "
                             "ORDER BY \"%s\"",
                             named->record, named->table, named->record, named->record);
    struct sql *sql = words.at ? sql_prepare(call, words) : NULL;
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW) {
        text name = sql_text(sql, 0);
        check->checked += sql_int(sql, 1);
        if (!catalog_record(call->catalog, name) &&
            !verify_wrong(
                call, check,
                call_format(call, "%s: there is no record '%.*s'", named->table, TEXT_FMT(name))))
            break;
    }
    sql_done(sql);
    return step == SQL_DONE;
}

static bool check_named(struct call *call, const struct named *named, struct verify_report *report)
{
    const struct record *link = catalog_record(call->catalog, TEXT("link"));
    bool is_link = named->told != NULL;
    struct verify_check *check;
    if (is_link && !link)
        return true;
    check = verify_add(call, report, named->what);
    if (!check || !check_names(call, named, check))
        return false;
    for (size_t i = 0; i < call->catalog->record_count; i++) {
        const struct record *record = call->catalog->record[i];
        text words = call_format(
            call,
            "SELECT DISTINCT t.\"%s\" FROM \"%s\" t LEFT JOIN \"%s\" x ON x.id = t.\"%s\" "
            "WHERE t.\"%s\" = '%s' AND x.id IS NULL ORDER BY t.\"%s\"",
            is_link ? named->told : named->row, named->table, record->plural, named->row,
            named->record, record->name, is_link ? named->told : named->row);
        text what =
            call_format(call, is_link ? "its end %s is not there" : "it is not there", named->row);
        if (!what.at || !verify_rows(call, check, is_link ? link : record, what.at, words))
            return false;
    }
    return true;
}

/* --- the audit --- */

static bool check_audit(struct call *call, struct verify_report *report)
{
    struct verify_check *check = verify_add(call, report, "audit");
    struct audit_report audit;
    if (!check || !audit_verify(call, &audit))
        return false;
    check->checked = audit.lines;
    return audit.is_intact || verify_wrong(call, check, audit.sentence);
}

bool verify_ledger(struct call *call, struct verify_report *report)
{
    if (!check_references(call, report))
        return false;
    for (size_t i = 0; i < sizeof named_tables / sizeof *named_tables; i++)
        if (!check_named(call, &named_tables[i], report))
            return false;
    return verify_history(call, report) && check_audit(call, report);
}
