/*
 * See stored_verdicts.h. A body has a head (the layout, what each set is, and the number of cases),
 * the hash of what follows, and the bitsets that the head does not tell, as they are in memory.
 */
#include "rooms/evals/stored_verdicts.h"

#include "base/hash.h"
#include "base/sort.h"
#include "engine/bits.h"
#include "rooms/evals/evals.h"
#include "store/sql.h"

enum {
    VERDICT_SETS = 5,
    VERDICTS_LAYOUT = 3,
    VERDICTS_HEAD = 2,
    /* Two bits of the head for each set, above the layout; the case count is its upper half. */
    SETS_SHIFT = 8,
    SET_WRITTEN = 0,
    SET_EMPTY = 1,
    SET_AS_BEFORE = 2, /* as the set before it: the cases held are usually those evaluated */
    SET_FULL = 3,      /* every case */
    AHEAD_RUNS_MAX = 2,  /* read for each run that is asked for */
    AHEAD_INDEX_MAX = 8, /* the same of an index, which is small */
};

struct run_place run_place(const struct row *run)
{
    return (struct run_place){ .surface = value_as_int(run->value[EVAL_RUN_SURFACE]),
                               .run = run->id,
                               .content = value_as_int(run->value[EVAL_RUN_CONTENT]) };
}

bool stored_verdicts_fail_damaged(struct call *call, struct run_place place)
{
    text id = row_public_id(call, &eval_run_record, place.run);
    return fail(call, FAIL_STORE,
                "the results of run %.*s are damaged: restore the store from a backup",
                TEXT_FMT(id));
}

bool stored_verdicts_body(struct call *call, struct run_place place, text *body)
{
    struct sql *sql =
        SQL(call, "SELECT body FROM eval_verdicts WHERE surface = ?1 AND run = ?2 AND "
                  "content = ?3");
    *body = TEXT_NONE;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, place.surface);
    sql_bind_int(sql, 2, place.run);
    sql_bind_int(sql, 3, place.content);
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW)
        *body = call_text(call, sql_blob(sql, 0));
    sql_done(sql);
    return step != SQL_FAILED && call->fail.kind == FAIL_NONE;
}

bool stored_verdicts_latest_content(struct call *call, struct run_place place, int64_t *content)
{
    struct sql *sql =
        SQL(call, "SELECT max(content) FROM eval_verdicts WHERE surface = ?1 AND run = ?2");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, place.surface);
    sql_bind_int(sql, 2, place.run);
    bool is_found = sql_step(call, sql) == SQL_ROW;
    *content = is_found ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return is_found;
}

bool stored_verdicts_contents(struct call *call, struct run_place place, int64_t **content,
                              size_t *count)
{
    size_t room = 0;
    enum sql_step step = SQL_FAILED;
    struct sql *sql = SQL(call, "SELECT content FROM eval_verdicts WHERE surface = ?1 AND run = ?2 "
                                "ORDER BY content");
    *content = NULL;
    *count = 0;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, place.surface);
    sql_bind_int(sql, 2, place.run);
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        int64_t *more = call_more(call, *content, *count, &room, sizeof **content);
        if (!more)
            break;
        *content = more;
        more[(*count)++] = sql_int(sql, 0);
    }
    sql_done(sql);
    return step == SQL_DONE;
}

/* --- what a body says --- */

static uint64_t sets_hash(const uint64_t *head, const uint64_t *set, size_t words)
{
    return hash_quick((text){ (const char *)set, words * sizeof *set }, *head);
}

static unsigned set_kind(const uint64_t *set, const uint64_t *before, uint32_t case_count)
{
    int64_t count = bits_count(set, case_count);
    if (count == 0 || count == case_count)
        return count ? SET_FULL : SET_EMPTY;
    bool is_as_before = before && memcmp(set, before, bits_words(case_count) * sizeof *set) == 0;
    return is_as_before ? SET_AS_BEFORE : SET_WRITTEN;
}

/*
 * Equal for equal verdicts (verdicts_equal), whatever cases the suite had beyond those held: empty
 * words at the end do not count.
 */
static int64_t fingerprint_of(const struct verdicts *verdicts)
{
    const uint64_t *set[VERDICT_SETS] = { verdicts->held, verdicts->evaluated, verdicts->passed,
                                          verdicts->error, verdicts->skipped };
    uint64_t hash = 0;
    for (unsigned i = 0; i < VERDICT_SETS; i++) {
        size_t words = bits_words(verdicts->case_count);
        while (words && set[i][words - 1] == 0)
            words--;
        hash = hash_quick((text){ (const char *)set[i], words * sizeof *set[i] }, hash);
    }
    return (int64_t)hash;
}

static bool body_store(struct call *call, struct run_place place, text body,
                       const struct verdicts *verdicts)
{
    struct sql *sql = SQL(call, "INSERT INTO eval_verdicts (surface, run, content, fingerprint, "
                                "body) VALUES (?1, ?2, ?3, ?4, ?5)");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, place.surface);
    sql_bind_int(sql, 2, place.run);
    sql_bind_int(sql, 3, place.content);
    if (verdicts)
        sql_bind_int(sql, 4, fingerprint_of(verdicts));
    else
        sql_bind_null(sql, 4);
    sql_bind_blob(sql, 5, body);
    return sql_run(call, sql);
}

bool stored_verdicts_write(struct call *call, struct run_place place,
                           const struct verdicts *verdicts)
{
    const uint64_t *set[VERDICT_SETS] = { verdicts->held, verdicts->evaluated, verdicts->passed,
                                          verdicts->error, verdicts->skipped };
    size_t words = bits_words(verdicts->case_count), size = VERDICTS_HEAD;
    uint64_t *body = call_array(call, VERDICTS_HEAD + VERDICT_SETS * words, sizeof *body);
    if (!body)
        return false;
    body[0] = VERDICTS_LAYOUT | (uint64_t)verdicts->case_count << 32;
    for (unsigned i = 0; i < VERDICT_SETS; i++) {
        unsigned kind = set_kind(set[i], i ? set[i - 1] : NULL, verdicts->case_count);
        body[0] |= (uint64_t)kind << (SETS_SHIFT + 2 * i);
        if (kind != SET_WRITTEN)
            continue;
        memcpy(body + size, set[i], words * sizeof *body);
        size += words;
    }
    body[1] = sets_hash(body, body + VERDICTS_HEAD, size - VERDICTS_HEAD);
    return body_store(call, place, (text){ (const char *)body, size * sizeof *body }, verdicts);
}

/* The sets that are not written, each made once for all runs of a size. */
struct plain_sets {
    uint32_t case_count;
    const uint64_t *empty, *full;
};

static bool plain_sets_make(struct call *call, uint32_t case_count, struct plain_sets *plain)
{
    if (plain->empty && plain->case_count == case_count)
        return true;
    uint64_t *full = bits_new(call, case_count);
    *plain = (struct plain_sets){ case_count, bits_new(call, case_count), full };
    if (!plain->empty || !full)
        return false;
    for (size_t i = 0; i < case_count; i++)
        bits_set(full, i);
    return true;
}

/* False for bytes that are no verdicts; what is written is used where it lies. */
static bool unpack_verdicts(struct call *call, text body, struct plain_sets *plain,
                            struct verdicts *verdicts)
{
    const uint64_t *head = (const uint64_t *)(const void *)body.at, *set[VERDICT_SETS];
    size_t size = body.size / sizeof *head, at = VERDICTS_HEAD;
    if (body.size % sizeof *head || size < VERDICTS_HEAD || (uint8_t)head[0] != VERDICTS_LAYOUT ||
        head[1] != sets_hash(head, head + VERDICTS_HEAD, size - VERDICTS_HEAD))
        return false;
    uint32_t case_count = (uint32_t)(head[0] >> 32);
    size_t words = bits_words(case_count);
    if (!plain_sets_make(call, case_count, plain))
        return false;
    for (unsigned i = 0; i < VERDICT_SETS; i++) {
        unsigned kind = head[0] >> (SETS_SHIFT + 2 * i) & 3;
        const uint64_t *known[] = { [SET_WRITTEN] = head + at,
                                    [SET_EMPTY] = plain->empty,
                                    [SET_AS_BEFORE] = i ? set[i - 1] : NULL,
                                    [SET_FULL] = plain->full };
        at += kind == SET_WRITTEN ? words : 0;
        if (!known[kind] || at > size)
            return false;
        set[i] = known[kind];
    }
    *verdicts = (struct verdicts){ .case_count = case_count,
                                   .held = set[0],
                                   .evaluated = set[1],
                                   .passed = set[2],
                                   .error = set[3],
                                   .skipped = set[4] };
    return at == size;
}

bool stored_verdicts_body_put(struct call *call, struct run_place place, text body)
{
    struct verdicts verdicts;
    struct plain_sets plain = { .case_count = 0 };
    text aligned = call_text(call, body);
    bool is_sound = aligned.at && unpack_verdicts(call, aligned, &plain, &verdicts);
    return call->fail.kind == FAIL_NONE &&
           body_store(call, place, body, is_sound ? &verdicts : NULL);
}

/*
 * PostgreSQL, which knows nothing yet of a store that is being filled, would walk an index over all
 * live runs for each one that has the fingerprint: coalesce keeps it from seeing that it could.
 */
#define LIKE_RUNS                                                                                  \
    "FROM eval_verdicts v JOIN eval_runs r ON r.id = v.run AND r.content = v.content WHERE "       \
    "v.surface = ?1 AND v.fingerprint = ?2 AND v.run <> ?3 AND coalesce(r.archived, 0) = 0 "

static void bind_like(struct sql *sql, struct run_place place, const struct verdicts *verdicts,
                      text model)
{
    sql_bind_int(sql, 1, place.surface);
    sql_bind_int(sql, 2, fingerprint_of(verdicts));
    sql_bind_int(sql, 3, place.run);
    sql_bind_text(sql, 4, model.at ? model : TEXT(""));
}

bool stored_verdicts_same_results(struct call *call, struct run_place place, text model,
                                  const struct verdicts *verdicts, text results,
                                  struct like_run *like)
{
    *like = (struct like_run){ .run = 0, .name = TEXT_NONE };
    struct sql *sql =
        SQL(call, "SELECT r.id, r.run, CASE WHEN coalesce(r.model, '') = ?4 THEN 0 ELSE 1 END AS "
                  "is_other " LIKE_RUNS "AND substr(r.content_hash, ?5) = ?6 ORDER BY is_other, "
                  "v.run LIMIT 1");
    if (!sql)
        return false;
    bind_like(sql, place, verdicts, model);
    sql_bind_int(sql, 5, CONTENT_HASH_RESULTS_AT + 1);
    sql_bind_text(sql, 6, results);
    if (sql_step(call, sql) == SQL_ROW)
        *like = (struct like_run){ sql_int(sql, 0), call_text(call, sql_text(sql, 1)),
                                   sql_int(sql, 2) != 0 };
    sql_done(sql);
    return call->fail.kind == FAIL_NONE;
}

bool stored_verdicts_other_model(struct call *call, struct run_place place, text model,
                                 const struct verdicts *verdicts, struct like_run *like)
{
    struct plain_sets plain = { .case_count = 0 };
    enum sql_step step;
    *like = (struct like_run){ .run = 0, .name = TEXT_NONE, .is_other_model = true };
    struct sql *sql = SQL(call, "SELECT r.id, r.run, v.body " LIKE_RUNS
                                "AND coalesce(r.model, '') <> ?4 ORDER BY v.run");
    if (!sql)
        return false;
    bind_like(sql, place, verdicts, model);
    while (!like->run && (step = sql_step(call, sql)) == SQL_ROW) {
        struct verdicts other;
        text body = call_text(call, sql_blob(sql, 2));
        if (body.at && unpack_verdicts(call, body, &plain, &other) &&
            verdicts_equal(&other, verdicts)) {
            like->run = sql_int(sql, 0);
            like->name = call_text(call, sql_text(sql, 1));
        }
    }
    sql_done(sql);
    return call->fail.kind == FAIL_NONE;
}

bool stored_verdicts_repeats(struct call *call, struct run_place place, bool *repeats)
{
    struct sql *sql =
        SQL(call, "SELECT 1 FROM eval_verdicts mine JOIN eval_runs me ON me.id = mine.run JOIN "
                  "eval_verdicts v ON v.surface = mine.surface AND v.fingerprint = "
                  "mine.fingerprint AND v.run < mine.run JOIN eval_runs r ON r.id = v.run AND "
                  "r.content = v.content WHERE mine.surface = ?1 AND mine.run = ?2 AND "
                  "mine.content = ?3 AND coalesce(me.is_rerun, 0) = 0 AND coalesce(r.archived, 0) "
                  "= 0 AND substr(r.content_hash, "
                  "?4) = substr(me.content_hash, ?4) LIMIT 1");
    *repeats = false;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, place.surface);
    sql_bind_int(sql, 2, place.run);
    sql_bind_int(sql, 3, place.content);
    sql_bind_int(sql, 4, CONTENT_HASH_RESULTS_AT + 1);
    *repeats = sql_step(call, sql) == SQL_ROW;
    sql_done(sql);
    return call->fail.kind == FAIL_NONE;
}

/* The arena aligns what it copies. */
bool stored_verdicts_read(struct call *call, struct run_place place, struct verdicts *verdicts)
{
    text body;
    struct plain_sets plain = { .case_count = 0 };
    if (!stored_verdicts_body(call, place, &body))
        return false;
    return unpack_verdicts(call, body, &plain, verdicts) ||
           stored_verdicts_fail_damaged(call, place);
}

/* Where others lie between them, as after an import of a long history, it would read those too. */
bool stored_verdicts_ahead(struct call *call, stamp since)
{
    struct sql *sql = SQL(call, "SELECT count(*), coalesce(min(id), 0), coalesce(max(id), 0) FROM "
                                "eval_runs WHERE started_at >= ?1");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, since);
    bool is_found = sql_step(call, sql) == SQL_ROW;
    int64_t count = is_found ? sql_int(sql, 0) : 0, first = is_found ? sql_int(sql, 1) : 0,
            last = is_found ? sql_int(sql, 2) : 0;
    sql_done(sql);
    if (last - first >= AHEAD_RUNS_MAX * count)
        return is_found;
    const struct ahead_wish wishes[] = {
        { "eval_runs_by_surface_started_at", false, 0 },
        { "eval_runs", false, first },
        { "eval_verdicts", false, first },
        { "eval_column", true, first }, /* which runs have slices */
    };
    size_t skipped = last >= AHEAD_INDEX_MAX * count;
    sql_ahead(call, wishes + skipped, sizeof wishes / sizeof *wishes - skipped);
    return is_found;
}

int run_place_compare(const void *left, const void *right)
{
    const struct run_place *a = left, *b = right;
    if (a->run != b->run)
        return a->run < b->run ? -1 : 1;
    return (a->content > b->content) - (a->content < b->content);
}

bool stored_verdicts_read_runs(struct call *call, struct run_verdicts *asked, size_t count)
{
    struct plain_sets plain = { .case_count = 0 };
    size_t at = 0;
    if (count == 0)
        return true;
    sort_items(asked, count, sizeof *asked, run_place_compare);
    struct sql *sql =
        SQL(call, "SELECT run, content, body FROM eval_verdicts WHERE surface = ?1 AND "
                  "run BETWEEN ?2 AND ?3 ORDER BY run, content");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, asked[0].place.surface);
    sql_bind_int(sql, 2, asked[0].place.run);
    sql_bind_int(sql, 3, asked[count - 1].place.run);
    while (at < count && sql_step(call, sql) == SQL_ROW) {
        if (sql_int(sql, 0) != asked[at].place.run || sql_int(sql, 1) != asked[at].place.content)
            continue; /* another run, or contents that were restated */
        if (!unpack_verdicts(call, call_text(call, sql_blob(sql, 2)), &plain, asked[at].verdicts))
            break;
        at++;
    }
    sql_done(sql);
    return at == count || stored_verdicts_fail_damaged(call, asked[at].place);
}
