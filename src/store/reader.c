/* See reader.h. */
#include "store/reader.h"

enum { PARENTS_MAX = 4 };

static void write_team_clause(struct call *call, const char *alias, struct statement_draft *draft)
{
    out_format(&draft->words, " AND \"%s\".\"team\" IN (", alias);
    for (size_t i = 0; i < call->actor.team_count; i++) {
        if (i)
            out_string(&draft->words, ", ");
        draft_int(draft, call->actor.team[i].team);
    }
    out_string(&draft->words, call->actor.team_count ? ")" : "NULL)");
}

static void write_reader_clause(struct call *call, const struct record *record, const char *alias,
                                struct statement_draft *draft)
{
    if (call->actor.person == 0) { /* nobody is not a reader, whatever the table says */
        out_string(&draft->words, " AND 1 = 0");
        return;
    }
    out_string(&draft->words, " AND EXISTS (SELECT 1 FROM reader WHERE reader.record = ");
    draft_text(draft, text_of(record->name));
    out_format(&draft->words, " AND reader.\"row\" = \"%s\".id AND reader.person = ", alias);
    draft_int(draft, call->actor.person);
    out_char(&draft->words, ')');
}

static bool clause_at(struct call *call, const struct record *record, const char *alias, int depth,
                      struct statement_draft *draft);

/* A row is hidden with the parent that owns it. */
static bool write_parent_clause(struct call *call, const struct record *record, const char *alias,
                                int depth, struct statement_draft *draft)
{
    int parent_field = record_parent(record);
    const struct record *parent =
        parent_field < 0
            ? NULL
            : catalog_record(call->catalog, text_of(record->field[parent_field].refers));
    if (!parent)
        return true;
    if (depth == PARENTS_MAX)
        return fail(call, FAIL_INTERNAL, "record '%s' has more than %d parents above it",
                    record->name, PARENTS_MAX);
    char parent_alias[24];
    snprintf(parent_alias, sizeof parent_alias, "parent%d", depth);
    if (parent->privacy == PRIVACY_PUBLIC && record_parent(parent) < 0)
        return true;
    out_format(&draft->words,
               " AND EXISTS (SELECT 1 FROM \"%s\" AS \"%s\" WHERE \"%s\".id = \"%s\".\"%s\"",
               parent->plural, parent_alias, parent_alias, alias, record->field[parent_field].name);
    if (!clause_at(call, parent, parent_alias, depth + 1, draft))
        return false;
    out_char(&draft->words, ')');
    return true;
}

static bool clause_at(struct call *call, const struct record *record, const char *alias, int depth,
                      struct statement_draft *draft)
{
    switch (record->privacy) {
    case PRIVACY_PUBLIC:
        break;
    case PRIVACY_TEAM:
        write_team_clause(call, alias, draft);
        break;
    case PRIVACY_NAMED:
    case PRIVACY_PRIVATE:
        write_reader_clause(call, record, alias, draft);
        break;
    }
    return write_parent_clause(call, record, alias, depth, draft);
}

bool reader_clause(struct call *call, const struct record *record, const char *alias,
                   struct statement_draft *draft)
{
    return call->all_rows || clause_at(call, record, alias, 0, draft);
}

bool reader_is_everybody(struct call *call, const struct record *record)
{
    for (int depth = 0; depth <= PARENTS_MAX; depth++) {
        if (!record || record->privacy != PRIVACY_PUBLIC || record->readable)
            return false;
        int parent_field = record_parent(record);
        if (parent_field < 0)
            return true;
        record = catalog_record(call->catalog, text_of(record->field[parent_field].refers));
    }
    return false;
}

bool reader_author(struct call *call, const struct record *record, rid row, rid *author)
{
    struct sql *sql =
        SQL(call, "SELECT change.actor FROM history JOIN change ON change.id = history.change "
                  "WHERE history.record = ?1 AND history.\"row\" = ?2 AND history.version = 1");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(record->name));
    sql_bind_int(sql, 2, row);
    enum sql_step step = sql_step(call, sql);
    *author = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return step != SQL_FAILED;
}

bool reader_is_author(struct call *call, const struct record *record, rid row, bool *is_author)
{
    rid author;
    *is_author = call->all_rows;
    if (call->all_rows || call->actor.person == 0)
        return true;
    if (!reader_author(call, record, row, &author))
        return false;
    *is_author = author == call->actor.person;
    return true;
}

bool reader_hide_fields(struct call *call, struct row *row)
{
    bool is_known = false, is_author = false;
    for (size_t i = 0; i < row->record->field_count; i++) {
        if (!(row->record->field[i].flags & FIELD_PRIVATE))
            continue;
        if (!is_known && !reader_is_author(call, row->record, row->id, &is_author))
            return false;
        is_known = true;
        if (!is_author)
            row->value[i] = VALUE_NONE;
    }
    return true;
}
