/*
 * See match_index.h. The words of a row are two documents: what all its readers read, and what only
 * its author does, each with its own length, so that the second never shows in the first.
 */
#include "store/match_index.h"

#include "base/words.h"
#include "store/draft.h"
#include "store/ground.h"
#include "store/reader.h"
#include "store/rows.h"
#include "store/session.h"
#include "store/setting.h"
#include "store/transaction.h"

enum {
    TITLE_WEIGHT = 3, /* a word of the title counts as so many */
    ROWS_AT_ONCE = 200,
};

struct counted {
    text word;
    int64_t count;
    bool in_title;
};

/* One of the two documents. */
struct document {
    struct call *call;
    struct counted *word;
    size_t count, room;
    int64_t length;
    int64_t weight; /* of the field at hand, which is the title or not */
    bool in_title;
    rid person;
};

bool match_index_has_field(const struct record *record, const struct field *field)
{
    if (field->flags & FIELD_SECRET)
        return false;
    return (field->flags & FIELD_SEARCHED) || (field->kind == FIELD_TAGS && !record->is_bulk);
}

bool match_index_has(const struct record *record)
{
    for (size_t i = 0; i < record->field_count; i++)
        if (match_index_has_field(record, &record->field[i]))
            return true;
    return false;
}

text match_index_text(struct call *call, const struct field *field, struct value value)
{
    struct out out;
    if (value.kind == VALUE_TEXT)
        return field->kind == FIELD_BLOB ? TEXT_NONE : value.text;
    if (value.kind != VALUE_TEXTS)
        return TEXT_NONE;
    out_init(&out, call);
    for (uint32_t i = 0; i < value.count; i++) {
        out_string(&out, i ? ", " : "");
        out_text(&out, value.texts[i]);
    }
    return out_view(&out);
}

static bool document_take(void *to, const struct word *word)
{
    struct document *document = to;
    struct counted *list =
        call_more(document->call, document->word, document->count, &document->room, sizeof *list);
    if (!list)
        return false;
    document->word = list;
    list[document->count] = (struct counted){ call_text(document->call, word->folded),
                                              document->weight, document->in_title };
    document->length += document->weight;
    return list[document->count++].word.at != NULL;
}

static int compare_words(const void *a, const void *b)
{
    return text_compare(((const struct counted *)a)->word, ((const struct counted *)b)->word);
}

/* Each word once, in order. */
static void document_settle(struct document *document)
{
    size_t kept = 0;
    if (document->count == 0)
        return;
    qsort(document->word, document->count, sizeof *document->word, compare_words);
    for (size_t i = 1; i < document->count; i++) {
        const struct counted *next = &document->word[i];
        struct counted *last = &document->word[kept];
        if (!text_equal(next->word, last->word)) {
            document->word[++kept] = *next;
            continue;
        }
        last->count += next->count;
        last->in_title |= next->in_title;
    }
    document->count = kept + 1;
}

static bool write_words(struct call *call, const struct row *row, const struct document *document,
                        size_t from, size_t count)
{
    struct statement_draft draft;
    draft_init(&draft, call);
    out_string(&draft.words,
               "INSERT INTO word (record, \"row\", word, person, count, length, in_title) VALUES ");
    for (size_t i = from; i < from + count; i++) {
        out_string(&draft.words, i == from ? "(" : ", (");
        draft_text(&draft, text_of(row->record->name));
        out_string(&draft.words, ", ");
        draft_int(&draft, row->id);
        out_string(&draft.words, ", ");
        draft_text(&draft, document->word[i].word);
        out_string(&draft.words, ", ");
        draft_int(&draft, document->person);
        out_string(&draft.words, ", ");
        draft_int(&draft, document->word[i].count);
        out_string(&draft.words, ", ");
        draft_int(&draft, document->length);
        out_string(&draft.words, ", ");
        draft_int(&draft, document->word[i].in_title);
        out_char(&draft.words, ')');
    }
    struct sql *sql = draft_prepare(call, &draft);
    return sql && sql_run(call, sql);
}

/* Few lengths of statements, so that all stay prepared. */
static size_t words_at_once(size_t left)
{
    static const size_t lengths[] = { 32, 8, 1 };
    size_t i = 0;
    while (lengths[i] > left)
        i++;
    return lengths[i];
}

static bool document_write(struct call *call, const struct row *row, struct document *document)
{
    document_settle(document);
    for (size_t at = 0, count; at < document->count; at += count) {
        struct arena_mark mark = arena_mark(&call->arena);
        count = words_at_once(document->count - at);
        if (!write_words(call, row, document, at, count))
            return false;
        arena_rewind(&call->arena, mark);
    }
    return true;
}

static bool document_read(struct call *call, const struct row *row, unsigned is_private,
                          struct document *document)
{
    for (size_t i = 0; i < row->record->field_count; i++) {
        const struct field *field = &row->record->field[i];
        if (!match_index_has_field(row->record, field) ||
            (field->flags & FIELD_PRIVATE) != is_private || value_is_null(row->value[i]))
            continue;
        text words = match_index_text(call, field, row->value[i]);
        document->in_title = (int)i == row->record->title;
        document->weight = document->in_title ? TITLE_WEIGHT : 1;
        if (!words_cut(call, words, WORDS_STORED, document_take, document) ||
            call->fail.kind != FAIL_NONE)
            return false;
    }
    return true;
}

static bool index_part(struct call *call, const struct row *row, unsigned is_private)
{
    struct document document = { .call = call };
    if (!document_read(call, row, is_private, &document) || document.count == 0)
        return call->fail.kind == FAIL_NONE;
    if (is_private && !reader_author(call, row->record, row->id, &document.person))
        return false;
    if (is_private && document.person == 0)
        return true; /* nobody made it, and nobody reads it */
    return document_write(call, row, &document);
}

static bool clear_words(struct call *call, const struct row *row)
{
    struct sql *sql = SQL(call, "DELETE FROM word WHERE record = ?1 AND \"row\" = ?2");
    if (!sql)
        return false;
    sql_bind_text(sql, 1, text_of(row->record->name));
    sql_bind_int(sql, 2, row->id);
    return sql_run(call, sql);
}

/* Most changes are of states and numbers. */
static bool has_same_words(const struct row *before, const struct row *row)
{
    if ((before->archived == 0) != (row->archived == 0))
        return false;
    for (size_t i = 0; i < row->record->field_count; i++)
        if (match_index_has_field(row->record, &row->record->field[i]) &&
            !value_equal(before->value[i], row->value[i]))
            return false;
    return true;
}

bool match_index(struct call *call, const struct row *before, const struct row *row)
{
    if (!match_index_has(row->record) || (before && has_same_words(before, row)))
        return true;
    if (before && !clear_words(call, row))
        return false;
    if (row->archived)
        return true;
    struct arena_mark mark = arena_mark(&call->arena);
    bool done = index_part(call, row, 0) && index_part(call, row, FIELD_PRIVATE);
    arena_rewind(&call->arena, mark);
    return done;
}

/* --- a store that was filled before there were words, or with other searched fields --- */

static bool index_batch(struct call *call, const struct record *record, rid *last, int *seen)
{
    struct out words;
    struct row row;
    out_init(&words, call);
    out_string(&words, "SELECT ");
    rows_columns(record, NULL, &words);
    out_format(&words, " FROM \"%s\" WHERE id > ?1 AND archived = 0 ORDER BY id LIMIT ?2",
               record->plural);
    struct sql *sql = sql_prepare(call, out_view(&words));
    if (!sql)
        return false;
    sql_bind_int(sql, 1, *last);
    sql_bind_int(sql, 2, ROWS_AT_ONCE);
    enum sql_step step;
    for (*seen = 0; (step = sql_step(call, sql)) == SQL_ROW; (*seen)++) {
        struct arena_mark mark = arena_mark(&call->arena);
        if (!rows_read(call, sql, 0, record, &row) || !match_index(call, NULL, &row))
            break;
        *last = row.id;
        arena_rewind(&call->arena, mark);
    }
    sql_done(sql);
    return step == SQL_DONE;
}

static bool index_record(struct call *call, const struct record *record)
{
    rid last = 0;
    int seen = ROWS_AT_ONCE;
    while (seen == ROWS_AT_ONCE) {
        struct arena_mark mark = arena_mark(&call->arena);
        if (!index_batch(call, record, &last, &seen))
            return false;
        arena_rewind(&call->arena, mark);
    }
    return true;
}

/* What the words of a store depend on: how they are cut, and which fields have any. */
static text index_shape(struct call *call)
{
    struct out out;
    out_init(&out, call);
    out_string(&out, GROUND_WORDS);
    for (size_t r = 0; r < call->catalog->record_count; r++) {
        const struct record *record = call->catalog->record[r];
        for (size_t i = 0; i < record->field_count; i++)
            if (match_index_has_field(record, &record->field[i]))
                out_format(&out, " %s.%s%s%s", record->name, record->field[i].name,
                           (int)i == record->title ? "*" : "",
                           record->field[i].flags & FIELD_PRIVATE ? "-" : "");
    }
    return out_view(&out);
}

bool match_index_settle(struct call *call)
{
    text shape = index_shape(call);
    return call->fail.kind == FAIL_NONE && store_setting_set(call, "words", shape);
}

static bool is_ready(struct call *call, bool *ready)
{
    text stored, shape = index_shape(call);
    if (!store_setting(call, "words", &stored))
        return false;
    *ready = stored.at && text_equal(stored, shape);
    return call->fail.kind == FAIL_NONE;
}

/* Another process may have done it while this one waited for the writer. */
static bool index_all(struct call *call)
{
    bool ready = false;
    if (!is_ready(call, &ready) || ready)
        return ready;
    if (!sql_script(call, TEXT("DELETE FROM word;")))
        return false;
    for (size_t i = 0; i < call->catalog->record_count; i++)
        if (match_index_has(call->catalog->record[i]) &&
            !index_record(call, call->catalog->record[i]))
            return false;
    return match_index_settle(call);
}

bool match_index_ensure(struct call *call)
{
    bool ready = false;
    if (!is_ready(call, &ready) || ready)
        return ready;
    if (call->store->read_only)
        return fail(call, FAIL_STORE,
                    "the store '%s' has no words to search in yet: search once with the store open "
                    "for writing",
                    call->store->where);
    if (store_in_transaction(call))
        return index_all(call);
    if (!store_begin(call))
        return false;
    if (index_all(call))
        return store_commit(call);
    store_rollback(call);
    return false;
}
