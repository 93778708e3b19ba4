/*
 * The canary of privacy, at the level of store and ledger. Ada writes a word of its own into every
 * text that only she, her readers or her team may read. Then everybody else asks everything that
 * can be asked. Their answers must hold none of the words and ids, and must be the same, byte for
 * byte, as in a store where Ada never wrote these rows.
 */
#include "ledger/audit.h"
#include "support/test_store.h"

enum { HIDDEN_MAX = 16, WORD_SIZE = 32 };

/* What Ada hides: known to the test alone. */
struct hidden {
    const struct record *record;
    rid id, change;
    char public_id[48];
};

struct secret_life {
    struct hidden row[HIDDEN_MAX];
    int row_count;
    char word[64][WORD_SIZE];
    int word_count;
};

static text canary(struct call *call, struct secret_life *life)
{
    assert_true(life->word_count < 64);
    char *word = life->word[life->word_count++];
    snprintf(word, WORD_SIZE, "zanzibar%dquokka", life->word_count);
    return call_text(call, text_of(word));
}

static bool holds_text(const struct field *field)
{
    return field->kind == FIELD_TEXT || field->kind == FIELD_PROSE;
}

/* What all may read; private fields hold canaries here, and other words in the twin store. */
static void live_openly(struct call *call, const struct test_store *at, struct secret_life *life)
{
    test_act(call, at, ADA);
    for (int i = 0; i < 3; i++) {
        char name[16];
        snprintf(name, sizeof name, "lamp %d", i);
        struct row row = test_row(call, &gadget_record, name, 0);
        row.value[GADGET_REMARK] = value_text(life ? canary(call, life) : TEXT("plain"));
        row.value[GADGET_PASSWORD] = value_text(life ? canary(call, life) : TEXT("plain"));
        assert_done(call, ledger_create(call, &row));
        assert_done(call, test_set(call, &row, GADGET_AMOUNT, value_int(i)));
        assert_done(call, test_set(call, &row, GADGET_REMARK,
                                   value_text(life ? canary(call, life) : TEXT("plainer"))));
        test_make(call, &gizmo_record, "knob", row.id);
    }
    test_act(call, at, BEN);
    struct row own = test_row(call, &diary_record, "Ben's own", 0);
    own.id = 7777777; /* not by chance, so that two stores can be compared */
    assert_done(call, ledger_create(call, &own));
}

static void hide(struct secret_life *life, struct call *call, const struct row *row)
{
    assert_true(life->row_count < HIDDEN_MAX);
    struct hidden *hidden = &life->row[life->row_count++];
    *hidden = (struct hidden){ .record = row->record, .id = row->id, .change = row->change };
    text id = row_public_id(call, row->record, row->id);
    snprintf(hidden->public_id, sizeof hidden->public_id, "\"%.*s\"", TEXT_FMT(id));
}

/* Ada's rows of every class that is not for all: made, changed, one dropped, one undone. */
static void live_secretly(struct call *call, const struct test_store *at, struct secret_life *life)
{
    test_act(call, at, ADA);
    for (size_t r = 0; r < test_catalog.record_count; r++) {
        const struct record *record = test_catalog.record[r];
        for (int n = 0; record->privacy != PRIVACY_PUBLIC && n < 3; n++) {
            struct row row = test_row(call, record, "", at->red);
            for (size_t i = 0; i < record->field_count; i++)
                if (holds_text(&record->field[i]))
                    row.value[i] = value_text(canary(call, life));
            assert_done(call, ledger_create(call, &row));
            assert_done(call, test_set(call, &row, record->title,
                                       value_text(canary(call, life))));
            hide(life, call, &row);
            if (n == 1)
                assert_done(call, ledger_archive(call, record, row.id));
            if (n == 2)
                assert_done(call, ledger_undo(call, row.change));
        }
    }
    struct hidden *memo = NULL;
    for (int i = 0; i < life->row_count && !memo; i++)
        memo = life->row[i].record == &memo_record ? &life->row[i] : NULL;
    assert_done(call, ledger_share(call, &memo_record, memo->id, at->person[CARL]));
}

/* --- asking --- */

struct transcript {
    struct call call;
    const struct test_store *at;
    const struct secret_life *life;
    struct out out;
    struct json_writer writer;
};

static bool name_of(struct call *call, const struct field *field, rid id, text *name)
{
    const struct record *record = catalog_record(call->catalog, text_of(field->refers));
    *name = find_title(call, record, id);
    return call->fail.kind == FAIL_NONE;
}

/* What was asked, and yes or why not. */
static void note(struct transcript *transcript, const char *question, bool answer)
{
    const struct fail *reason = &transcript->call.fail;
    out_format(&transcript->out, "\n%s: %s %s %s", question, answer ? "yes" : "no",
               fail_fact(reason->kind)->code, reason->sentence);
    for (int i = 0; i < reason->missing_count; i++)
        out_format(&transcript->out, " %s", reason->missing[i]);
    fail_clear(&transcript->call);
}

static void note_row(struct transcript *transcript, const struct row *row)
{
    assert_done(&transcript->call,
                row_write_json(&transcript->call, row, name_of, &transcript->writer));
}

static void ask_rows(struct transcript *transcript, const struct query *query)
{
    struct rows rows;
    int64_t count = 0;
    bool done = find_rows(&transcript->call, query, &rows);
    note(transcript, query->record->plural, done);
    for (size_t i = 0; done && i < rows.count; i++)
        note_row(transcript, &rows.row[i]);
    if (done)
        out_format(&transcript->out, " next %.*s", TEXT_FMT(rows.next));
    note(transcript, "count", find_count(&transcript->call, query, &count));
    out_format(&transcript->out, " %d", (int)count);
}

static void ask_lists(struct transcript *transcript, const struct record *record)
{
    for (int sort = FIND_CHANGE; sort < (int)record->field_count; sort++)
        for (int way = 0; way < 4; way++) {
            struct query query;
            query_init(&query, record);
            query.sort = sort;
            query.is_descending = way & 1;
            query.with_archived = way & 2;
            query.limit = way ? 2 : 0;
            ask_rows(transcript, &query);
        }
}

static void ask_filters(struct transcript *transcript, const struct record *record)
{
    const struct secret_life *life = transcript->life;
    for (int field = 0; field < (int)record->field_count; field++) {
        if (!holds_text(&record->field[field]))
            continue;
        for (int op = FILTER_IS; op <= FILTER_HAS; op++) {
            struct query query;
            query_init(&query, record);
            query.with_archived = true;
            const char *word = life->word[(field + op) % life->word_count];
            bool done = query_add(&transcript->call, &query, field, (enum filter_op)op,
                                  value_text(text_of(word)));
            note(transcript, "filter", done);
            if (done)
                ask_rows(transcript, &query);
        }
    }
}

/* A row as somebody would forge it who has guessed its number. */
static struct row forge(struct transcript *transcript, const struct hidden *hidden, int version)
{
    struct row row = test_row(&transcript->call, hidden->record, "forged", transcript->at->red);
    row.id = hidden->id;
    row.version = version;
    return row;
}

static void ask_row(struct transcript *transcript, const struct hidden *hidden)
{
    struct call *call = &transcript->call;
    const struct record *record = hidden->record;
    rid ben = transcript->at->person[BEN];
    struct row row;
    note(transcript, "find", find_row(call, record, hidden->id, &row));
    note(transcript, "may read", find_may_read(call, record, hidden->id));
    note(transcript, "title", find_title(call, record, hidden->id).at != NULL);
    note(transcript, "now", ledger_row_at(call, record, hidden->id, INT64_MAX, &row));
    note(transcript, "then", ledger_row_at(call, record, hidden->id, TEST_NOW, &row));
    note(transcript, "drop", ledger_archive(call, record, hidden->id));
    note(transcript, "share", ledger_share(call, record, hidden->id, ben));
    note(transcript, "undo row", ledger_undo_row(call, record, hidden->id));
    for (rid change = hidden->change - 1; change <= hidden->change + 1; change++)
        note(transcript, "undo", ledger_undo(call, change));
    for (int version = 1; version < 4; version++) {
        struct row before = forge(transcript, hidden, version), after;
        assert_done(call, row_copy(call, &before, &after));
        note(transcript, "set nothing", ledger_update(call, &before, &after));
        after.value[record->title] = value_text(TEXT("forged again"));
        note(transcript, "set", ledger_update(call, &before, &after));
    }
}

static void ask_audit(struct transcript *transcript, const struct audit_query *query)
{
    bool done = audit_write_json(&transcript->call, query, &transcript->writer);
    note(transcript, "audit", done);
}

static void ask_all(struct transcript *transcript)
{
    const struct secret_life *life = transcript->life;
    for (size_t r = 0; r < test_catalog.record_count; r++) {
        ask_lists(transcript, test_catalog.record[r]);
        ask_filters(transcript, test_catalog.record[r]);
        ask_audit(transcript, &(struct audit_query){
                                  .record = text_of(test_catalog.record[r]->name), .limit = 2 });
    }
    ask_audit(transcript, &(struct audit_query){ .limit = 1000 });
    for (int i = 0; i < life->row_count; i++) {
        const struct hidden *hidden = &life->row[i];
        ask_row(transcript, hidden);
        ask_audit(transcript, &(struct audit_query){ .record = text_of(hidden->record->name),
                                                     .row = hidden->id });
        ask_audit(transcript, &(struct audit_query){ .change = hidden->change });
    }
    for (rid gadget = 1; gadget <= 3; gadget++) {
        struct row row;
        bool done = ledger_row_at(&transcript->call, &gadget_record, gadget, INT64_MAX, &row);
        note(transcript, "gadget", done);
        if (!done)
            continue;
        note_row(transcript, &row);
        note(transcript, "undo remark", ledger_undo(&transcript->call, row.change));
    }
}

/* Everything that `who` gets to know, in memory that outlives the call. */
static char *transcript_of(const struct test_store *at, const struct secret_life *life,
                           enum test_actor who)
{
    struct transcript *transcript = calloc(1, sizeof *transcript);
    assert_non_null(transcript);
    transcript->at = at;
    transcript->life = life;
    test_call_as(&transcript->call, at, who);
    out_init(&transcript->out, &transcript->call);
    json_writer_init(&transcript->writer, &transcript->out, false);
    ask_all(transcript);
    text words = out_view(&transcript->out);
    char *copy = strndup(words.at, words.size);
    test_call_end(&transcript->call);
    free(transcript);
    return copy;
}

static void assert_no_canary(const char *words, const struct secret_life *life)
{
    for (int i = 0; i < life->word_count; i++) {
        if (strstr(words, life->word[i]))
            print_error("'%s' came out\n", life->word[i]);
        assert_null(strstr(words, life->word[i]));
    }
    for (int i = 0; i < life->row_count; i++)
        assert_null(strstr(words, life->row[i].public_id)); /* quoted: as an answer, no echo */
}

/* Prints where two transcripts part. */
static void assert_same(const char *with, const char *without)
{
    size_t at = 0;
    while (with[at] && with[at] == without[at])
        at++;
    if (with[at] || without[at])
        print_error("with:    %.200s\nwithout: %.200s\n", with + (at > 60 ? at - 60 : 0),
                    without + (at > 60 ? at - 60 : 0));
    assert_int_equal(with[at], 0);
    assert_int_equal(without[at], 0);
}

static void nobody_else_learns_of_what_ada_hides(void **state)
{
    static const enum test_actor others[] = { NOBODY, BEN, OLGA, VERA, ROBOT };
    struct test_store *with = *state, *without;
    void *second;
    struct call call;
    struct secret_life *life = calloc(1, sizeof *life);
    test_store_setup(&second);
    without = second;
    test_call_as(&call, with, ADA);
    live_openly(&call, with, life);
    live_secretly(&call, with, life);
    test_call_end(&call);
    test_call_as(&call, without, ADA);
    live_openly(&call, without, NULL);
    test_call_end(&call);
    assert_int_equal(life->row_count, 9);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        char *heard = transcript_of(with, life, others[i]);
        char *silence = transcript_of(without, life, others[i]);
        assert_true(strlen(heard) > 10000);
        assert_no_canary(heard, life);
        assert_same(heard, silence);
        free(heard);
        free(silence);
    }
    test_store_teardown(&second);
    free(life);
}

/* The canary can sing: what is asked would bring the words out if they were readable. */
static void ada_hears_her_own_words(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct secret_life *life = calloc(1, sizeof *life);
    test_call_as(&call, at, ADA);
    live_secretly(&call, at, life);
    test_call_end(&call);
    int words = 0, ids = 0;
    char *heard = transcript_of(at, life, ADA);
    for (int i = 0; i < life->word_count; i++)
        words += strstr(heard, life->word[i]) != NULL;
    for (int i = 0; i < life->row_count; i++)
        ids += strstr(heard, life->row[i].public_id) != NULL;
    assert_true(words >= life->row_count);
    assert_int_equal(ids, life->row_count);
    free(heard);
    free(life);
}

/* Whose reader one becomes, that one hears, and no more. */
static void readers_hear_what_is_theirs(void **state)
{
    struct test_store *at = *state;
    struct call call;
    struct secret_life *life = calloc(1, sizeof *life);
    test_call_as(&call, at, ADA);
    live_secretly(&call, at, life);
    test_act(&call, at, CARL); /* of team Red, and a reader of the first memo */
    for (int i = 0; i < life->row_count; i++) {
        const struct hidden *hidden = &life->row[i];
        bool is_first_memo = hidden->record == &memo_record && hidden->id == 1;
        bool wanted = hidden->record == &plan_item_record || is_first_memo;
        assert_int_equal(find_may_read(&call, hidden->record, hidden->id), wanted);
    }
    test_call_end(&call);
    free(life);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(nobody_else_learns_of_what_ada_hides),
        WITH_STORE(ada_hears_her_own_words),
        WITH_STORE(readers_hear_what_is_theirs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
