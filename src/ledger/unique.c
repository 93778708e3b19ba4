/*
 * Unique values among live rows: asked before the store refuses, so
 * that the sentence can name the other row.
 */
#include "ledger/change.h"
#include "store/draft.h"
#include "store/find.h"

static bool find_twin(struct call *call, const struct row *row, const int *field, int count,
                      rid *twin)
{
    struct statement_draft draft;
    draft_init(&draft, call);
    out_format(&draft.words, "SELECT id FROM \"%s\" WHERE archived = 0 AND id <> ",
               row->record->plural);
    draft_int(&draft, row->id);
    for (int i = 0; i < count; i++) {
        out_format(&draft.words, " AND \"%s\" = ", row->record->field[field[i]].name);
        draft_value(&draft, row->value[field[i]]);
    }
    struct sql *sql = draft_prepare(call, &draft);
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    *twin = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return step != SQL_FAILED;
}

/* The actor has named the row himself: its id tells him nothing. */
static bool name_ref(struct call *call, const struct field *field, rid id, text *name)
{
    *name = row_public_id(call, catalog_record(call->catalog, text_of(field->refers)), id);
    return name->at != NULL;
}

/* A row that the actor may not read is not named. */
static bool fail_twin(struct call *call, const struct row *row, const int *field, int count,
                      rid twin)
{
    const struct record *record = row->record;
    const char *name = record->field[field[count - 1]].name;
    const struct field *last = &record->field[field[count - 1]];
    struct out words;
    out_init(&words, call);
    if ((last->flags & (FIELD_SECRET | FIELD_PRIVATE)) || !find_may_read(call, record, twin))
        return fail(call, FAIL_CONFLICT, "this '%s' is taken: choose another", name);
    if (!value_write_text(call, last, row->value[field[count - 1]], name_ref, &words))
        return false;
    text value = out_view(&words);
    text id = row_public_id(call, record, twin);
    return fail(call, FAIL_CONFLICT, "there is already %s %s with %s '%.*s': %.*s",
                record_article(record), record->label, name, TEXT_FMT(value), TEXT_FMT(id));
}

static bool combination_check(struct call *call, const struct row *row, const int *field, int count)
{
    rid twin;
    for (int i = 0; i < count; i++)
        if (value_is_null(row->value[field[i]]))
            return true; /* unknown equals nothing */
    if (!find_twin(call, row, field, count, &twin))
        return false;
    return twin == 0 || fail_twin(call, row, field, count, twin);
}

bool unique_check(struct call *call, const struct row *row)
{
    const struct record *record = row->record;
    for (int i = 0; i < (int)record->field_count; i++)
        if ((record->field[i].flags & FIELD_UNIQUE) && !combination_check(call, row, &i, 1))
            return false;
    for (int set = 0; set < 2; set++) {
        int field[UNIQUE_FIELDS_MAX], count = 0;
        while (count < UNIQUE_FIELDS_MAX && record->unique[set][count]) {
            field[count] = record_field(record, text_of(record->unique[set][count]));
            count++;
        }
        if (count && !combination_check(call, row, field, count))
            return false;
    }
    return true;
}
