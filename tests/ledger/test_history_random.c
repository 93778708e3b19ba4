/*
 * Random histories over all records of the test catalogue: whatever was done can be undone, newest
 * first, down to a store without a live row, and done again; and every row and list is seen as it
 * was.
 */
#include "base/stamp.h"
#include "ledger/as_of.h"
#include "support/test_store.h"

enum { CHANGES = 300, ROWS_MAX = 400, SAMPLES_MAX = 120, LISTS_MAX = 25 };

/* What a row looked like at an instant, packed, in memory that outlives the call. */
struct sample {
    const struct record *record;
    rid id;
    stamp at;
    char *packed;
};

/* What all lists looked like at an instant, row by row. */
struct list_sample {
    stamp at;
    char *packed;
};

struct history {
    const struct test_store *at;
    struct call call;
    uint64_t random;
    struct {
        const struct record *record;
        rid id;
    } row[ROWS_MAX];
    size_t row_count;
    rid change[CHANGES];
    int change_count;
    struct sample sample[SAMPLES_MAX];
    int sample_count;
    struct list_sample list[LISTS_MAX];
    int list_count;
    int names;
};

static uint64_t draw(struct history *history, uint64_t below)
{
    history->random = history->random * 6364136223846793005u + 1442695040888963407u;
    return (history->random >> 33) % below;
}

static const struct record *draw_record(struct history *history)
{
    return test_catalog.record[draw(history, test_catalog.record_count)];
}

static text draw_name(struct history *history)
{
    return call_format(&history->call, "name %d", history->names++);
}

static bool draw_row(struct history *history, const struct record *record, bool live,
                     struct row *row)
{
    for (int attempt = 0; attempt < 30 && history->row_count; attempt++) {
        size_t i = draw(history, history->row_count);
        if (record && history->row[i].record != record)
            continue;
        assert_done(&history->call, find_row(&history->call, history->row[i].record,
                                             history->row[i].id, row));
        if (!live || !row->archived)
            return true;
    }
    return false;
}

static rid draw_id(struct history *history, const char *record_name)
{
    struct row row;
    const struct record *record = catalog_record(&test_catalog, text_of(record_name));
    return draw_row(history, record, true, &row) ? row.id : 0;
}

static struct value draw_tags(struct history *history)
{
    static const text words[] = { { "loud", 4 }, { "heavy", 5 }, { "old", 3 }, { "new", 3 } };
    uint32_t first = (uint32_t)draw(history, 3);
    return (struct value){ .kind = VALUE_TEXTS, .count = 1 + (uint32_t)draw(history, 4 - first),
                           .texts = words + first };
}

static struct value draw_refs(struct history *history, const struct field *field)
{
    rid *ids = call_array(&history->call, 3, sizeof *ids);
    uint32_t count = 0;
    for (uint64_t n = draw(history, 4); n > 0; n--) {
        rid id = draw_id(history, field->refers);
        bool is_there = false;
        for (uint32_t i = 0; i < count; i++)
            is_there = is_there || ids[i] == id;
        if (id && !is_there)
            ids[count++] = id;
    }
    return count ? (struct value){ .kind = VALUE_IDS, .count = count, .ids = ids } : VALUE_NONE;
}

static struct value draw_value(struct history *history, const struct field *field)
{
    struct call *call = &history->call;
    static const char *const zones[] = { "UTC", "Europe/Berlin", "Asia/Tokyo" };
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_PROSE:
        return value_text(draw_name(history));
    case FIELD_RANK:
        return value_text(call_format(call, "a%d", history->names++));
    case FIELD_INT:
    case FIELD_DATE:
        return value_int((int64_t)draw(history, 900));
    case FIELD_REAL:
        return value_real((double)draw(history, 1000) / 1000);
    case FIELD_BOOL:
        return value_bool(draw(history, 2));
    case FIELD_STAMP:
        return value_stamp(TEST_NOW + (stamp)draw(history, 1000000));
    case FIELD_ZONE:
        return value_text(text_of(zones[draw(history, 3)]));
    case FIELD_CHOICE:
        return value_choice(field->choices[draw(history, 3)]);
    case FIELD_REF:
        return value_ref(draw_id(history, field->refers));
    case FIELD_REFS:
        return draw_refs(history, field);
    case FIELD_TAGS:
        return draw_tags(history);
    case FIELD_JSON:
        return value_text(call_format(call, "{\"n\":%d}", (int)draw(history, 100)));
    case FIELD_BLOB:
        return value_text(call_format(call, "bytes %d", (int)draw(history, 100)));
    case FIELD_KIND_COUNT:
        break;
    }
    return VALUE_NONE;
}

static bool is_left_alone(const struct record *record, int field)
{
    bool is_state = record->states && record->state == field;
    return is_state || (record->field[field].flags & FIELD_FIXED);
}

static void draw_values(struct history *history, struct row *row, uint64_t one_in)
{
    for (int i = 0; i < (int)row->record->field_count; i++) {
        if (is_left_alone(row->record, i) || draw(history, one_in))
            continue;
        bool is_needed = row->record->field[i].flags & FIELD_NEEDED;
        struct value value = draw_value(history, &row->record->field[i]);
        if (is_needed && value_is_null(value))
            continue;
        row->value[i] = is_needed || draw(history, 4) ? value : VALUE_NONE;
    }
    if (!draw(history, one_in))
        row->dimensions = (unsigned)draw(history, 64);
    if (row->record == &gadget_record && value_is_null(row->value[GADGET_WEIGHT]))
        row->value[GADGET_IS_LOUD] = value_bool(false);
}

static void make_one(struct history *history)
{
    const struct record *record = draw_record(history);
    rid parent = record == &gizmo_record       ? draw_id(history, "gadget")
                 : record == &plan_item_record ? draw_id(history, "team")
                                               : 0;
    if (parent == 0 && (record == &gizmo_record || record == &plan_item_record))
        return;
    struct row row = test_row(&history->call, record, "", parent);
    row.value[record->title] = value_text(draw_name(history));
    draw_values(history, &row, 3);
    assert_done(&history->call, ledger_create(&history->call, &row));
    assert_true(history->row_count < ROWS_MAX);
    history->row[history->row_count].record = record;
    history->row[history->row_count++].id = row.id;
}

static void update_one(struct history *history)
{
    struct row row, after;
    if (!draw_row(history, NULL, true, &row))
        return;
    assert_done(&history->call, row_copy(&history->call, &row, &after));
    draw_values(history, &after, 4);
    assert_done(&history->call, ledger_update(&history->call, &row, &after));
}

/* To and fro by 'finish' and its counter verb would stand in the way of undo: only forwards. */
static void finish_one(struct history *history)
{
    struct row row, after;
    if (!draw_row(history, &gadget_record, true, &row) ||
        !text_is(value_as_text(row.value[GADGET_STATE]), "draft"))
        return;
    assert_done(&history->call, row_copy(&history->call, &row, &after));
    after.value[GADGET_ABOUT] = value_text(draw_name(history));
    after.value[GADGET_STATE] = value_choice("ready");
    assert_done(&history->call, ledger_update(&history->call, &row, &after));
}

static void archive_one(struct history *history)
{
    struct row row;
    if (draw_row(history, NULL, true, &row))
        assert_done(&history->call, ledger_archive(&history->call, row.record, row.id));
}

static void share_one(struct history *history)
{
    struct row row;
    rid person = draw_id(history, "person");
    if (person && draw_row(history, &memo_record, true, &row))
        assert_done(&history->call,
                    ledger_share(&history->call, &memo_record, row.id, person));
}

static void undo_one(struct history *history)
{
    if (history->change_count == 0)
        return;
    rid change = history->change[history->change_count - 1];
    if (!ledger_undo(&history->call, change))
        assert_refused(&history->call, FAIL_CONFLICT, "left nothing");
}

static void act_once(struct history *history)
{
    static void (*const acts[])(struct history *history) = {
        make_one, make_one, make_one, update_one, update_one, update_one, finish_one, archive_one,
    };
    acts[draw(history, sizeof acts / sizeof acts[0])](history);
}

/* One change: mostly of one row, now and then of several; now and then the last one is undone. */
static void change_once(struct history *history)
{
    struct call *call = &history->call;
    rid before = test_ask(call, "SELECT max(id) FROM change");
    call->now += (stamp)draw(history, 3) * STAMP_MINUTE;
    if (draw(history, 15) == 0) {
        undo_one(history);
    } else if (draw(history, 4) == 0) {
        assert_done(call, change_open(call, TEXT("several")));
        for (uint64_t n = 2 + draw(history, 4); n > 0; n--)
            act_once(history);
        assert_done(call, change_commit(call));
    } else {
        act_once(history);
    }
    rid after = test_ask(call, "SELECT max(id) FROM change");
    assert_true(after <= before + 1);
    if (after > before)
        history->change[history->change_count++] = after;
    if (draw(history, 10) == 0)
        share_one(history);
}

static void take_sample(struct history *history)
{
    struct row row;
    text packed;
    if (history->sample_count == SAMPLES_MAX || !draw_row(history, NULL, false, &row))
        return;
    assert_done(&history->call, row_pack(&history->call, &row, &packed));
    history->sample[history->sample_count++] = (struct sample){
        .record = row.record, .id = row.id, .packed = strndup(packed.at, packed.size),
        .at = test_ask(&history->call, "SELECT max(at) FROM change"),
    };
}

/* Each change gets a fresh call, as from outside: its memory and snapshot are its own. */
static void renew_call(struct history *history)
{
    stamp now = history->call.now;
    test_call_end(&history->call);
    test_call_as(&history->call, history->at, MACHINE);
    history->call.now = now;
}

typedef bool (*list_reader)(struct call *call, const struct query *query, stamp at,
                            struct rows *rows);

static bool read_now(struct call *call, const struct query *query, stamp at, struct rows *rows)
{
    (void)at;
    return find_rows(call, query, rows);
}

/* Every list of the catalogue, as its rows are packed; dropped rows are in every second one. */
static char *pack_lists(struct history *history, list_reader read, stamp at)
{
    struct out out;
    renew_call(history);
    out_init(&out, &history->call);
    for (size_t r = 0; r < test_catalog.record_count; r++) {
        struct query query;
        struct rows rows;
        text packed;
        query_init(&query, test_catalog.record[r]);
        query.with_archived = r % 2;
        query.is_descending = r % 3 == 0;
        assert_done(&history->call, read(&history->call, &query, at, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            assert_done(&history->call, row_pack(&history->call, &rows.row[i], &packed));
            out_format(&out, "%.*s\n", TEXT_FMT(packed));
        }
    }
    text words = out_view(&out);
    assert_done(&history->call, words.at != NULL);
    return strndup(words.at, words.size);
}

static void take_lists(struct history *history)
{
    if (history->list_count == LISTS_MAX)
        return;
    stamp at = test_ask(&history->call, "SELECT max(at) FROM change");
    history->list[history->list_count++] =
        (struct list_sample){ .at = at, .packed = pack_lists(history, read_now, 0) };
}

static void assert_samples_hold(struct history *history)
{
    for (int i = 0; i < history->list_count; i++) {
        char *then = pack_lists(history, as_of_rows, history->list[i].at);
        assert_string_equal(then, history->list[i].packed);
        free(then);
    }
    for (int i = 0; i < history->sample_count; i++) {
        const struct sample *sample = &history->sample[i];
        struct row then;
        text packed;
        renew_call(history);
        assert_done(&history->call, ledger_row_at(&history->call, sample->record, sample->id,
                                                  sample->at, &then));
        assert_done(&history->call, row_pack(&history->call, &then, &packed));
        assert_text(packed, sample->packed);
    }
}

/* Everything live, in words, without versions and times: equal stores have equal digests. */
static void write_store(struct history *history, struct out *out)
{
    for (size_t r = 0; r < test_catalog.record_count; r++) {
        struct query query;
        struct rows rows;
        query_init(&query, test_catalog.record[r]);
        assert_done(&history->call, find_rows(&history->call, &query, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            struct row row = rows.row[i];
            text packed;
            row.version = row.created = row.changed = row.change = 0;
            assert_done(&history->call, row_pack(&history->call, &row, &packed));
            out_text(out, packed);
            out_char(out, '\n');
        }
    }
}

static char *store_words(struct history *history)
{
    struct out out;
    renew_call(history);
    out_init(&out, &history->call);
    write_store(history, &out);
    text words = out_view(&out);
    return words.size ? strndup(words.at, words.size) : strdup("");
}

static void undo_all(struct history *history, const rid *change, rid *undo)
{
    for (int i = CHANGES - 1; i >= 0; i--) {
        renew_call(history);
        undo[i] = 0;
        if (change[i] == 0)
            continue;
        bool done = ledger_undo(&history->call, change[i]);
        bool is_void = strstr(history->call.fail.sentence, "left nothing") != NULL;
        if (is_void)
            fail_clear(&history->call); /* a row made and dropped in one breath */
        else
            assert_done(&history->call, done);
        undo[i] = done ? change_id(&history->call) : 0;
    }
}

static void live_a_history(uint64_t seed)
{
    struct test_store at;
    struct history *history = calloc(1, sizeof *history);
    struct call call;
    test_store_prepare(&at);
    test_call_init(&call);
    at.store = test_store_open(&call, &at, true);
    assert_done(&call, at.store != NULL);
    call_release(&call);
    history->at = &at;
    history->random = seed;
    test_call_as(&history->call, &at, MACHINE);
    while (history->change_count < CHANGES) {
        renew_call(history);
        change_once(history);
        if (draw(history, 3) == 0)
            take_sample(history);
        if (draw(history, 12) == 0)
            take_lists(history);
    }
    assert_true(history->list_count > 10);
    assert_samples_hold(history);
    char *full = store_words(history);
    assert_true(strlen(full) > 1000);

    rid undo[CHANGES], redo[CHANGES];
    undo_all(history, history->change, undo);
    renew_call(history);
    assert_int_equal(test_live_rows(&history->call), 0);
    assert_samples_hold(history);

    /* Oldest first again: what was undone last is done first. */
    rid order[CHANGES];
    for (int i = 0; i < CHANGES; i++)
        order[i] = undo[CHANGES - 1 - i];
    undo_all(history, order, redo);
    char *again = store_words(history);
    assert_string_equal(full, again);
    assert_samples_hold(history);

    test_call_end(&history->call);
    store_close(at.store);
    test_store_remove(&at);
    for (int i = 0; i < history->sample_count; i++)
        free(history->sample[i].packed);
    for (int i = 0; i < history->list_count; i++)
        free(history->list[i].packed);
    free(full);
    free(again);
    free(history);
}

static void a_history_goes_back_to_nothing_and_forward_again(void **state)
{
    static const uint64_t seeds[] = { 1, 20261116 };
    (void)state;
    for (size_t i = 0; i < sizeof seeds / sizeof seeds[0]; i++)
        live_a_history(seeds[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_history_goes_back_to_nothing_and_forward_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
