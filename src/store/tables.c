/* See tables.h. */
#include "store/tables.h"

#include "store/ground.h"

static bool visit_record(struct call *call, const struct record *record, table_visitor visit,
                         void *to)
{
    struct table *table = call_new(call, struct table);
    if (!table || !table_of_record(call, record, table) || !visit(call, table, to))
        return false;
    for (size_t i = 0; i < record->field_count; i++) {
        if (record->field[i].kind != FIELD_REFS)
            continue;
        table = call_new(call, struct table);
        if (!table || !table_of_refs(call, record, &record->field[i], table) ||
            !visit(call, table, to))
            return false;
    }
    return true;
}

bool tables_visit(struct call *call, const struct catalog *catalog, table_visitor visit, void *to)
{
    for (int i = 0; i < GROUND_TABLE_COUNT; i++)
        if (!visit(call, ground_tables[i], to))
            return false;
    for (size_t i = 0; i < catalog->table_count; i++)
        if (!visit(call, catalog->table[i], to))
            return false;
    for (size_t i = 0; i < catalog->record_count; i++)
        if (!visit_record(call, catalog->record[i], visit, to))
            return false;
    return true;
}
