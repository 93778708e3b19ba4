/* See reader.h. */
#include "store/reader.h"

#include "store/sources.h"

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

/* Rows of a record as they stand in the statement, `depth` parents above those asked for. */
struct readers_of {
    const struct record *record;
    const char *alias;
    rid parent; /* the one of all rows; 0: what each says */
    int depth;
};

static bool clause_at(struct call *call, struct readers_of of, struct statement_draft *draft);

/* A row is hidden with the parent that owns it. */
static bool write_parent_clause(struct call *call, struct readers_of of,
                                struct statement_draft *draft)
{
    const struct record *record = of.record;
    int parent_field = record_parent(record);
    const struct record *parent =
        parent_field < 0
            ? NULL
            : catalog_record(call->catalog, text_of(record->field[parent_field].refers));
    if (!parent)
        return true;
    if (of.depth == PARENTS_MAX)
        return fail(call, FAIL_INTERNAL, "record '%s' has more than %d parents above it",
                    record->name, PARENTS_MAX);
    char alias[24];
    snprintf(alias, sizeof alias, "parent%d", of.depth);
    if (parent->privacy == PRIVACY_PUBLIC && record_parent(parent) < 0)
        return true;
    out_format(&draft->words, " AND EXISTS (SELECT 1 FROM \"%s\" AS \"%s\" WHERE \"%s\".id = ",
               parent->plural, alias, alias);
    if (of.parent)
        draft_int(draft, of.parent);
    else
        out_format(&draft->words, "\"%s\".\"%s\"", of.alias, record->field[parent_field].name);
    if (!clause_at(call, (struct readers_of){ parent, alias, 0, of.depth + 1 }, draft))
        return false;
    out_char(&draft->words, ')');
    return true;
}

static bool clause_at(struct call *call, struct readers_of of, struct statement_draft *draft)
{
    switch (of.record->privacy) {
    case PRIVACY_PUBLIC:
        break;
    case PRIVACY_TEAM:
        write_team_clause(call, of.alias, draft);
        break;
    case PRIVACY_NAMED:
    case PRIVACY_PRIVATE:
        write_reader_clause(call, of.record, of.alias, draft);
        break;
    }
    return write_parent_clause(call, of, draft);
}

bool reader_clause(struct call *call, const struct record *record, const char *alias, rid parent,
                   struct statement_draft *draft)
{
    sources_note(call, record);
    if (!call->all_rows && !reader_is_everybody(call, record))
        sources_note_all(call); /* who may read changes with memberships, parents and rules */
    return call->all_rows ||
           clause_at(call, (struct readers_of){ record, alias, parent, 0 }, draft);
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

bool reader_reads_private(struct call *call, const struct row *row, bool *reads)
{
    rid author;
    *reads = call->all_rows;
    if (call->all_rows || call->actor.person == 0)
        return true;
    if (!reader_author(call, row->record, row->id, &author))
        return false;
    *reads = author == call->actor.person;
    return *reads || !row->record->reads_private || row->record->reads_private(call, row, reads);
}

bool reader_hide_fields(struct call *call, struct row *row)
{
    bool is_known = false, reads = false;
    for (size_t i = 0; i < row->record->field_count; i++) {
        if (!(row->record->field[i].flags & FIELD_PRIVATE))
            continue;
        if (!is_known && !reader_reads_private(call, row, &reads))
            return false;
        is_known = true;
        if (!reads)
            row->value[i] = VALUE_NONE;
    }
    return true;
}
