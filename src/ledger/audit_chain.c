/*
 * The chain of the audit: sealing lines in batches, and verifying that they are what was written.
 *
 * A line's fingerprint covers its columns and, for each value, the value's own salted hash. A
 * seal covers a run of lines: chain = BLAKE2b(chain before, fingerprint), line by line.
 * Changing, removing or inserting a sealed line breaks the chain; erasing a value (before and
 * after become null, its hash stays) does not.
 */
#include "base/json_read.h"
#include "ledger/audit.h"
#include "ledger/audit_line.h"
#include "store/store.h"

enum { LINE_PARTS = 5, LINE_VALUES_MAX = ROW_FIELDS_MAX + 2 };

enum { MEMBERS_HIDDEN = 1, MEMBERS_KEPT = 5, MEMBERS_ERASED = 6 };

static bool is_text_or_null(const struct json *json)
{
    return json && (json->kind == JSON_TEXT || json->kind == JSON_NULL);
}

static text text_or_none(const struct json *json)
{
    return json->kind == JSON_TEXT ? json->text : TEXT_NONE;
}

/* True when `hash` is the hash of what stands beside it. */
static bool hash_holds(const struct json *item, text salt, text hash)
{
    const struct json *before = json_get(item, "before"), *after = json_get(item, "after");
    char hexadecimal[HASH_TEXT_SIZE];
    if (!is_text_or_null(before) || !is_text_or_null(after))
        return false;
    struct hash digest = audit_value_hash(salt, text_or_none(before), text_or_none(after));
    hash_write(&digest, hexadecimal);
    return text_is(hash, hexadecimal);
}

/* An erased value has nothing beside its hash. */
static bool is_erased(const struct json *item)
{
    const struct json *erased = json_get(item, "erased");
    const struct json *before = json_get(item, "before"), *after = json_get(item, "after");
    return erased && erased->kind == JSON_BOOL && erased->boolean && before && after &&
           before->kind == JSON_NULL && after->kind == JSON_NULL;
}

/* One value's two parts: the field's name, and its hash (empty for a hidden value). */
static bool value_fingerprint(const struct json *item, text part[2], int64_t *erased)
{
    const struct json *name = json_get(item, "field"), *salt = json_get(item, "salt");
    const struct json *hash = json_get(item, "hash");
    if (!name || name->kind != JSON_TEXT)
        return false;
    part[0] = name->text;
    part[1] = TEXT("");
    if (item->count == MEMBERS_HIDDEN)
        return true;
    if (!salt || salt->kind != JSON_TEXT || !hash || hash->kind != JSON_TEXT)
        return false;
    part[1] = hash->text;
    *erased += item->count == MEMBERS_ERASED;
    return item->count == MEMBERS_ERASED ? is_erased(item)
                                         : item->count == MEMBERS_KEPT &&
                                               hash_holds(item, salt->text, hash->text);
}

/* Checks each value that is still there against its hash; `part` receives names and hashes. */
static bool fields_fingerprint(struct call *call, text fields, text *part, size_t *count,
                               int64_t *erased)
{
    struct json list;
    if (!json_read(call, fields, &list, NULL)) {
        if (call->fail.kind == FAIL_INVALID) /* anything else is no word about the line */
            fail_clear(call);
        return false;
    }
    if (list.kind != JSON_LIST || list.count > LINE_VALUES_MAX)
        return false;
    for (uint32_t i = 0; i < list.count; i++) {
        if (list.item[i].kind != JSON_OBJECT ||
            !value_fingerprint(&list.item[i], &part[*count], erased))
            return false;
        *count += 2;
    }
    return true;
}

/* False, without failure, when the line's own values do not fit their hashes; check call->fail. */
static bool line_fingerprint(struct call *call, const struct audit_line *line,
                             struct hash *fingerprint, int64_t *erased)
{
    text part[LINE_PARTS + 2 * LINE_VALUES_MAX];
    size_t count = 0;
    part[count++] =
        call_format(call, "%lld %lld %lld %lld %lld", (long long)line->id, (long long)line->change,
                    (long long)line->at, (long long)line->actor, (long long)line->row);
    part[count++] = line->door;
    part[count++] = line->record;
    part[count++] = line->verb;
    part[count++] = line->what;
    if (!fields_fingerprint(call, line->fields, part, &count, erased))
        return false;
    *fingerprint = hash_strong_parts(part, count);
    return true;
}

static void chain_add(struct hash *chain, const struct hash *fingerprint)
{
    const text part[] = { { (const char *)chain->byte, HASH_SIZE },
                          { (const char *)fingerprint->byte, HASH_SIZE } };
    *chain = hash_strong_parts(part, 2);
}

/* Where a walk over lines stands. */
struct chain_walk {
    struct hash chain;
    rid first, last;
    int64_t count, erased;
    bool has_bad;
    rid bad; /* the first line whose values or number do not fit */
};

/* Lines are numbered without gaps, so a gap is a line that was taken away. */
static bool chain_walk(struct call *call, rid after, rid until, struct chain_walk *walk)
{
    struct sql *sql =
        SQL(call, "SELECT " AUDIT_COLUMNS " FROM audit WHERE id > ?1 AND id <= ?2 ORDER BY id");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, after ? after : INT64_MIN); /* the first is 1: nothing hides below it */
    sql_bind_int(sql, 2, until);
    enum sql_step step;
    walk->last = after;
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        struct arena_mark mark = arena_mark(&call->arena);
        struct audit_line line;
        struct hash fingerprint = { { 0 } };
        audit_line_read(sql, &line);
        bool fits = line_fingerprint(call, &line, &fingerprint, &walk->erased) &&
                    line.id == walk->last + 1;
        if (call->fail.kind != FAIL_NONE)
            break;
        if (!fits && !walk->has_bad) {
            walk->has_bad = true;
            walk->bad = line.id;
        }
        chain_add(&walk->chain, &fingerprint);
        walk->first = walk->count ? walk->first : line.id;
        walk->last = line.id;
        walk->count++;
        arena_rewind(&call->arena, mark);
    }
    sql_done(sql);
    return step == SQL_DONE;
}

struct seal {
    rid id, first, last;
    int64_t count;
    stamp at;
    struct hash chain;
};

/* The seal's own columns end its part of the chain. */
static void chain_end(const struct seal *seal, struct hash *chain)
{
    char words[5 * 24];
    int size = snprintf(words, sizeof words, "%lld %lld %lld %lld %lld", (long long)seal->id,
                        (long long)seal->first, (long long)seal->last, (long long)seal->count,
                        (long long)seal->at);
    struct hash fingerprint = hash_strong((text){ words, (size_t)size });
    chain_add(chain, &fingerprint);
}

static bool last_seal(struct call *call, struct seal *seal)
{
    struct sql *sql = SQL(call, "SELECT id, last, chain FROM audit_seal ORDER BY id DESC LIMIT 1");
    if (!sql)
        return false;
    *seal = (struct seal){ .id = 0 };
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW) {
        seal->id = sql_int(sql, 0);
        seal->last = sql_int(sql, 1);
        hash_read(sql_text(sql, 2), &seal->chain);
    }
    sql_done(sql);
    return step != SQL_FAILED;
}

static bool seal_write(struct call *call, const struct seal *last, struct chain_walk *walk)
{
    char chain[HASH_TEXT_SIZE];
    const struct seal seal = { .id = last->id + 1, .first = walk->first, .last = walk->last,
                               .count = walk->count, .at = call->now };
    chain_end(&seal, &walk->chain);
    struct sql *sql = SQL(call, "INSERT INTO audit_seal (id, first, last, count, at, chain) VALUES "
                                "(?1, ?2, ?3, ?4, ?5, ?6)");
    if (!sql)
        return false;
    hash_write(&walk->chain, chain);
    sql_bind_int(sql, 1, seal.id);
    sql_bind_int(sql, 2, seal.first);
    sql_bind_int(sql, 3, seal.last);
    sql_bind_int(sql, 4, seal.count);
    sql_bind_int(sql, 5, seal.at);
    sql_bind_text(sql, 6, text_of(chain));
    return sql_run(call, sql);
}

static bool seal_inside(struct call *call)
{
    struct seal last;
    if (!last_seal(call, &last))
        return false;
    struct chain_walk walk = { .chain = last.chain };
    if (!chain_walk(call, last.last, INT64_MAX, &walk))
        return false;
    return walk.count == 0 || seal_write(call, &last, &walk);
}

bool audit_is_sealed(struct call *call, bool *is_sealed)
{
    struct sql *sql = SQL(call, "SELECT coalesce(max(id), 0), "
                                "(SELECT coalesce(max(last), 0) FROM audit_seal) FROM audit");
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    *is_sealed = step == SQL_ROW && sql_int(sql, 0) <= sql_int(sql, 1);
    sql_done(sql);
    return step == SQL_ROW;
}

bool audit_seal(struct call *call)
{
    if (!store_begin(call))
        return false;
    if (seal_inside(call))
        return store_commit(call);
    store_rollback(call);
    return false;
}

static bool seal_holds(struct call *call, const struct seal *seal, const struct hash *before,
                       rid after, struct audit_report *report, struct hash *chain)
{
    struct chain_walk walk = { .chain = *before };
    if (!chain_walk(call, after, seal->last, &walk))
        return false;
    chain_end(seal, &walk.chain);
    report->sealed += walk.count;
    report->erased_values += walk.erased;
    *chain = walk.chain;
    bool fits = !walk.has_bad && walk.count == seal->count && walk.first == seal->first &&
                memcmp(walk.chain.byte, seal->chain.byte, HASH_SIZE) == 0;
    if (!fits && report->is_intact) {
        report->is_intact = false;
        report->first_bad = walk.has_bad ? walk.bad : seal->first;
    }
    return true;
}

static bool verify_seals(struct call *call, struct audit_report *report, rid *last)
{
    struct sql *sql = SQL(call, "SELECT id, first, last, count, at, chain "
                                "FROM audit_seal ORDER BY id");
    if (!sql)
        return false;
    struct hash chain = { { 0 } };
    enum sql_step step;
    *last = 0;
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        struct seal seal = { .id = sql_int(sql, 0),
                             .first = sql_int(sql, 1),
                             .last = sql_int(sql, 2),
                             .count = sql_int(sql, 3),
                             .at = sql_int(sql, 4) };
        hash_read(sql_text(sql, 5), &seal.chain);
        if (!seal_holds(call, &seal, &chain, *last, report, &chain))
            break;
        *last = seal.last;
    }
    sql_done(sql);
    return step == SQL_DONE;
}

bool audit_verify(struct call *call, struct audit_report *report)
{
    rid last;
    *report = (struct audit_report){ .is_intact = true };
    if (!verify_seals(call, report, &last))
        return false;
    struct chain_walk tail = { .count = 0 };
    if (!chain_walk(call, last, INT64_MAX, &tail))
        return false;
    if (tail.has_bad && report->is_intact) {
        report->is_intact = false;
        report->first_bad = tail.bad;
    }
    report->unsealed = tail.count;
    report->erased_values += tail.erased;
    report->lines = report->sealed + report->unsealed;
    report->sentence =
        report->is_intact
            ? call_format(call, "the audit is intact: %lld lines, %lld of them not sealed yet",
                          (long long)report->lines, (long long)report->unsealed)
            : call_format(
                  call,
                  "the audit was tampered with: line %lld, or one near it, is not what was written",
                  (long long)report->first_bad);
    return report->sentence.at != NULL;
}
