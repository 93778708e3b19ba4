/*
 * Random histories over all real records, imports among them: whatever was done can be undone,
 * newest first, down to a store without a live row; every row is seen as it was; the audit holds.
 */
#include "ledger/audit.h"
#include "ledger/verify_ledger.h"
#include "offers/archive_export.h"
#include "offers/archive_import.h"
#include "rooms/evals/evals.h"
#include "rooms/evals/evals_columns.h"
#include "rooms/evals/evals_contents.h"
#include "rooms/people/people.h"
#include "store/sql.h"
#include "support/house.h"
#include "support/runs.h"

#include <unistd.h>

enum { CHANGES = 300, SAMPLES_MAX = 150, SUITES = 3, RUNS = 12, ARCHIVES = 6 };

/* What a row looked like at an instant, packed, in memory that outlives the call. */
struct sample {
    const struct record *record;
    rid id;
    stamp at;
    char *packed;
};

/* The manifest of an archive has the digests of all that was there at that instant. */
struct archived {
    stamp at;
    char *manifest;
};

struct history {
    struct test_house *test;
    struct call *call;
    uint64_t seed;
    rid change[CHANGES];
    int change_count, names;
    struct sample sample[SAMPLES_MAX];
    int sample_count;
    struct archived archive[ARCHIVES];
    int archive_count;
    int imports, restatements;
};

/* Each change is a call of its own, as from outside: the machine's holder acts. */
static void renew(struct history *history)
{
    stamp now = history->call->now;
    store_leave(history->call);
    call_release(history->call);
    test_call_init(history->call);
    history->call->now = now;
    assert_done(history->call, store_attach(history->call, history->test->store));
    history->call->all_rows = true;
}

static bool draw_row(struct history *history, const struct record *record, struct row *row)
{
    struct query query;
    struct rows rows;
    query_init(&query, record);
    assert_done(history->call, find_rows(history->call, &query, &rows));
    if (rows.count == 0)
        return false;
    *row = rows.row[test_random(&history->seed, (uint32_t)rows.count)];
    return true;
}

static rid draw_id(struct history *history, const struct record *record)
{
    struct row row;
    return draw_row(history, record, &row) ? row.id : 0;
}

static text draw_name(struct history *history)
{
    return call_format(history->call, "name %d", history->names++);
}

/* --- acts --- */

static struct value one_word(struct history *history, const char *const *words, uint32_t count)
{
    text *word = call_array(history->call, 1, sizeof *word);
    *word = text_of(words[test_random(&history->seed, count)]);
    return (struct value){ .kind = VALUE_TEXTS, .count = 1, .texts = word };
}

static void make_team_or_person(struct history *history)
{
    struct row row;
    bool is_team = test_random(&history->seed, 2);
    assert_done(history->call,
                row_init(history->call, is_team ? &team_record : &person_record, &row));
    row.value[row.record->title] = value_text(draw_name(history));
    if (is_team && test_random(&history->seed, 2))
        row.value[TEAM_ZONE] = value_choice("Europe/Berlin");
    assert_done(history->call, ledger_create(history->call, &row));
}

static void make_membership(struct history *history)
{
    static const char *const roles[] = { "member", "viewer", "council" };
    struct row row;
    assert_done(history->call, row_init(history->call, &membership_record, &row));
    row.value[MEMBERSHIP_PERSON] = value_ref(draw_id(history, &person_record));
    row.value[MEMBERSHIP_TEAM] = value_ref(draw_id(history, &team_record));
    row.value[MEMBERSHIP_ROLES] = one_word(history, roles, 3);
    if (value_is_null(row.value[MEMBERSHIP_PERSON]))
        return;
    if (!ledger_create(history->call, &row))
        assert_refused(history->call, FAIL_CONFLICT, "already");
}

static void make_token(struct history *history)
{
    static const char *const scopes[] = { "read", "import", "write" };
    struct row row;
    text secret;
    rid person = draw_id(history, &person_record);
    if (!person)
        return;
    assert_done(history->call, row_init(history->call, &token_record, &row));
    row.value[TOKEN_NAME] = value_text(draw_name(history));
    row.value[TOKEN_PERSON] = value_ref(person);
    row.value[TOKEN_SCOPES] = one_word(history, scopes, 3);
    assert_done(history->call, people_token_create(history->call, &row, &secret));
}

static void change_surface(struct history *history)
{
    struct row row, after;
    if (!draw_row(history, &surface_record, &row))
        return;
    assert_done(history->call, row_copy(history->call, &row, &after));
    after.value[SURFACE_TEAM] = value_ref(draw_id(history, &team_record));
    after.value[SURFACE_OWNER] = value_ref(draw_id(history, &person_record));
    after.value[SURFACE_FLOOR] = value_real(test_random(&history->seed, 10) / 10.0);
    assert_done(history->call, ledger_update(history->call, &row, &after));
}

static void change_suite(struct history *history)
{
    static const char *const rules[] = { "majority", "all", "any" };
    struct row row, after;
    if (!draw_row(history, &suite_record, &row))
        return;
    assert_done(history->call, row_copy(history->call, &row, &after));
    after.value[SUITE_TRIAL_RULE] = value_choice(rules[test_random(&history->seed, 3)]);
    after.value[SUITE_KEEPS_TEXTS] = value_bool(test_random(&history->seed, 2));
    assert_done(history->call, ledger_update(history->call, &row, &after));
}

static void drop_one(struct history *history)
{
    static const struct record *const records[] = {
        &suite_record,  &surface_record, &eval_case_record,  &eval_run_record,
        &person_record, &team_record,    &membership_record, &token_record,
    };
    struct row row;
    const struct record *record = records[test_random(&history->seed, 8)];
    if (record == &suite_record && test_random(&history->seed, 4)) /* it takes much with it */
        return;
    if (draw_row(history, record, &row))
        assert_done(history->call, ledger_archive(history->call, record, row.id));
}

/* A few runs of a suite, partly known ones with other content; now and then with a bad line. */
static void import_one(struct history *history)
{
    const struct import_options options = { .replace = true };
    struct import_report report;
    struct out file;
    uint32_t suite = test_random(&history->seed, SUITES), runs = 1 + test_random(&history->seed, 3);
    out_init(&file, history->call);
    for (uint32_t i = 0; i < runs; i++) {
        uint32_t run = test_random(&history->seed, RUNS);
        for (uint32_t at = 0; at < 4 + test_random(&history->seed, 5); at++)
            out_format(&file,
                       "{\"suite\":\"s%u\",\"surface\":\"x%u\",\"run\":\"r%u\",\"case\":"
                       "\"c%u\",\"pass\":%s,\"output\":\"o\"}\n",
                       suite, run % 2, run, at,
                       test_random(&history->seed, 20) == 0  ? "\"?\""
                       : test_random(&history->seed, 2) == 0 ? "true"
                                                             : "false");
    }
    char *bytes = call_string(history->call, out_view(&file));
    assert_done(history->call,
                import_bytes(history->call, history->test->house.importers, TEXT("drawn.jsonl"),
                             text_of(bytes), &options, &report));
    history->imports += report.new_runs.count > 0;
    history->restatements += report.replaced.count > 0;
}

static void undo_latest(struct history *history)
{
    if (history->change_count == 0)
        return;
    if (!ledger_undo(history->call, history->change[history->change_count - 1]))
        assert_refused(history->call, FAIL_CONFLICT, "left nothing");
}

static int64_t latest_change(struct history *history)
{
    return test_count(history->test, "change");
}

static void change_once(struct history *history)
{
    static void (*const acts[])(struct history * history) = {
        import_one,          import_one,      import_one, import_one,     make_team_or_person,
        make_team_or_person, make_membership, make_token, change_surface, change_surface,
        change_suite,        drop_one,        drop_one,   undo_latest,
    };
    int64_t before = latest_change(history);
    history->call->now += (stamp)test_random(&history->seed, 3) * STAMP_MINUTE;
    acts[test_random(&history->seed, sizeof acts / sizeof *acts)](history);
    int64_t after = latest_change(history);
    assert_true(after <= before + 1);
    if (after > before)
        history->change[history->change_count++] = after;
}

/* --- what was seen --- */

static stamp latest_instant(struct history *history)
{
    struct row row;
    stamp latest = 0;
    for (size_t i = 0; i < history->test->house.catalog.record_count; i++) {
        struct query query;
        query_init(&query, history->test->house.catalog.record[i]);
        query.with_archived = true;
        query.sort = FIND_CHANGED;
        query.is_descending = true;
        if (find_first(history->call, &query, &row) && row.changed > latest)
            latest = row.changed;
        assert_done(history->call, history->call->fail.kind == FAIL_NONE);
    }
    return latest;
}

static void take_sample(struct history *history)
{
    const struct catalog *catalog = &history->test->house.catalog;
    struct row row;
    text packed;
    const struct record *record = NULL;
    size_t at = test_random(&history->seed, (uint32_t)catalog->record_count);
    for (size_t i = 0; i < catalog->record_count && !record; i++) { /* most have no rows here */
        const struct record *next = catalog->record[(at + i) % catalog->record_count];
        record = draw_row(history, next, &row) ? next : NULL;
    }
    if (history->sample_count == SAMPLES_MAX || !record)
        return;
    assert_done(history->call, row_pack(history->call, &row, &packed));
    history->sample[history->sample_count++] = (struct sample){
        .record = record,
        .id = row.id,
        .at = latest_instant(history),
        .packed = strndup(packed.at, packed.size),
    };
}

static void assert_samples_hold(struct history *history)
{
    for (int i = 0; i < history->sample_count; i++) {
        const struct sample *sample = &history->sample[i];
        struct row then;
        text packed;
        renew(history);
        assert_done(history->call,
                    ledger_row_at(history->call, sample->record, sample->id, sample->at, &then));
        assert_done(history->call, row_pack(history->call, &then, &packed));
        assert_text(packed, sample->packed);
    }
}

/* --- archives --- */

static void remove_archives(const struct test_house *test)
{
    char words[128];
    snprintf(words, sizeof words, "rm -rf %s/archive", test->folder);
    assert_int_equal(system(words), 0);
}

/* Writes an archive and gives its manifest; the archive stays until remove_archives. */
static char *write_archive(struct test_house *test, struct call *call, stamp at)
{
    const struct archive_options options = { .at = at };
    struct archive_report report;
    char path[128], manifest[160], *bytes = calloc(1, 1 << 20);
    snprintf(path, sizeof path, "%s/archive", test->folder);
    snprintf(manifest, sizeof manifest, "%s/" ARCHIVE_MANIFEST, path);
    assert_done(call, archive_export(call, test->house.rooms, text_of(path), &options, &report));
    FILE *file = fopen(manifest, "re");
    assert_true(file && bytes);
    assert_true(fread(bytes, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return bytes;
}

/* A change may leave no row: lines in quarantine have one. */
static stamp last_change_at(struct history *history)
{
    struct sql *sql = SQL(history->call, "SELECT max(at) FROM change");
    assert_true(sql && sql_step(history->call, sql) == SQL_ROW);
    stamp at = sql_int(sql, 0);
    sql_done(sql);
    return at;
}

/* cmocka cuts long texts: the place is told here. */
static void assert_manifests_equal(const char *one, const char *other)
{
    size_t at = 0;
    while (one[at] && one[at] == other[at])
        at++;
    size_t from = at > 300 ? at - 300 : 0;
    if (one[at] || other[at])
        print_error("%.500s\n--- and ---\n%.500s\n", one + from, other + from);
    assert_true(!one[at] && !other[at]);
}

static void take_archive(struct history *history)
{
    if (history->change_count % (CHANGES / ARCHIVES) || history->archive_count == ARCHIVES)
        return;
    renew(history);
    history->archive[history->archive_count++] = (struct archived){
        .at = last_change_at(history),
        .manifest = write_archive(history->test, history->call, 0),
    };
    remove_archives(history->test);
}

/* As of each instant it is the archive that was written then. */
static void assert_archives_hold(struct history *history)
{
    for (int i = 0; i < history->archive_count; i++) {
        renew(history);
        char *again = write_archive(history->test, history->call, history->archive[i].at);
        assert_manifests_equal(again, history->archive[i].manifest);
        free(again);
        remove_archives(history->test);
    }
}

static void assert_it_holds_together(struct history *history)
{
    struct verify_report report = { .count = 0 };
    renew(history);
    assert_done(history->call, verify_ledger(history->call, &report));
    assert_done(history->call, evals_verify(history->call, &report));
    for (size_t i = 0; i < report.count; i++)
        if (report.check[i].wrong)
            print_error("%s: %.*s\n", report.check[i].what, TEXT_FMT(report.check[i].shown[0]));
    assert_true(verify_is_sound(&report));
}

/* All of it goes into an archive, and out of another store comes the same archive. */
static void assert_it_comes_back_equal(struct history *history)
{
    struct test_house *test = history->test;
    struct call call;
    struct archive_reader reader;
    int64_t rows;
    char where[96], path[96];
    renew(history);
    char *first = write_archive(test, history->call, 0);
    snprintf(where, sizeof where, "%s/other.db", test->folder);
    snprintf(path, sizeof path, "%s/archive", test->folder);
    const struct store_options options = { .where = text_of(where),
                                           .create = true,
                                           .catalog = &test->house.catalog };
    test_call_init(&call);
    struct store *other = store_open(&call, &options);
    assert_done(&call, other && store_attach(&call, other));
    assert_done(&call, archive_open(&call, text_of(path), &reader));
    assert_done(&call, archive_import(&reader, test->house.rooms, &rows));
    remove_archives(test);
    char *second = write_archive(test, &call, 0);
    assert_manifests_equal(first, second);
    remove_archives(test);
    store_leave(&call);
    store_close(other);
    call_release(&call);
    unlink(where);
    free(first);
    free(second);
}

/* Every live run has the verdicts that its row counts. */
static void assert_runs_have_their_columns(struct history *history)
{
    struct query query;
    struct rows runs;
    query_init(&query, &eval_run_record);
    assert_done(history->call, find_rows(history->call, &query, &runs));
    for (size_t i = 0; i < runs.count; i++) {
        struct verdicts verdicts;
        assert_done(history->call,
                    stored_verdicts_read(history->call, run_place(&runs.row[i]), &verdicts));
        struct tally tally = verdicts_tally(&verdicts);
        assert_int_equal(tally.cases, value_as_int(runs.row[i].value[EVAL_RUN_CASES]));
        assert_int_equal(tally.passed, value_as_int(runs.row[i].value[EVAL_RUN_PASSED]));
    }
}

static void assert_audit_holds(struct history *history)
{
    struct audit_report report;
    renew(history);
    assert_done(history->call, audit_seal(history->call));
    assert_done(history->call, audit_verify(history->call, &report));
    assert_true(report.is_intact);
    assert_int_equal(report.unsealed, 0);
}

static void undo_change(struct history *history, rid change)
{
    renew(history);
    if (ledger_undo(history->call, change))
        return;
    /* Made and dropped in one breath, or undone before: there is nothing to take back. */
    assert_refused(history->call, FAIL_CONFLICT, "left nothing");
}

static void live_a_history(struct test_house *test, uint64_t seed)
{
    static struct history drawn;
    struct history *history = &drawn;
    drawn = (struct history){ .test = test, .call = &test->call, .seed = seed };
    history->change[history->change_count++] = 1; /* the founding */
    while (history->change_count < CHANGES) {
        renew(history);
        change_once(history);
        if (test_random(&history->seed, 2))
            take_sample(history);
        take_archive(history);
    }
    renew(history);
    assert_true(history->imports > 20 && history->restatements > 10);
    assert_true(test_house_live(test) > 20 && history->sample_count > 50);
    assert_runs_have_their_columns(history);
    assert_samples_hold(history);
    assert_int_equal(history->archive_count, ARCHIVES);
    assert_archives_hold(history);
    assert_it_holds_together(history);
    assert_it_comes_back_equal(history);
    for (int i = CHANGES; i-- > 0;) {
        undo_change(history, history->change[i]);
        if (i % 37 == 0)
            assert_runs_have_their_columns(history);
    }
    renew(history);
    assert_int_equal(test_house_live(test), 0);
    assert_samples_hold(history);
    assert_audit_holds(history);
    assert_archives_hold(history);
    assert_it_holds_together(history);
    for (int i = 0; i < history->archive_count; i++)
        free(history->archive[i].manifest);
    for (int i = 0; i < history->sample_count; i++)
        free(history->sample[i].packed);
}

static void a_history_goes_back_to_nothing(void **state)
{
    live_a_history(*state, 1);
}

static void another_history_goes_back_to_nothing(void **state)
{
    live_a_history(*state, 20261116);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOUSE(a_history_goes_back_to_nothing),
        WITH_HOUSE(another_history_goes_back_to_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
