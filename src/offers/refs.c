/* See refs.h. */
#include "offers/refs.h"

#include "base/hash.h"
#include "store/find.h"

enum {
    SAME_TITLE_SHOWN = 5,
    CACHE_PLACES = 256,
    CACHE_WORDS = 64,
    WORD_KEPT_BYTES = 104, /* of a longer word nothing is kept */
    WORD_SHOWN_BYTES = 80,
};

/* --- what the call has looked up --- */

/* A row and what it is called. */
struct refs_place {
    const struct record *record;
    rid id;
    bool by_name;
    text name;
};

/* A word and the row that it means. */
struct refs_word {
    const struct record *record;
    rid id;
    size_t size;
    char byte[WORD_KEPT_BYTES];
};

/* Each row and each word has one place; a newer one takes it. */
struct refs_cache {
    struct refs_place place[CACHE_PLACES];
    struct refs_word word[CACHE_WORDS];
};

static struct refs_cache *cache_of(struct call *call)
{
    static const char known_by;
    struct refs_cache *cache = call_recall(call, &known_by);
    if (cache)
        return cache;
    cache = call_new(call, struct refs_cache);
    return cache && call_remember(call, &known_by, cache) ? cache : NULL;
}

/* --- from words to rows --- */

/* "CASE-3", but not "case-3", which may be what somebody calls another row. */
static bool is_public_id(struct call *call, const struct record *record, text word)
{
    rid number;
    return row_id_read(record, word, &number) &&
           text_equal(row_public_id(call, record, number), word);
}

/* `*id` stays 0, without failure, when there is no such row for the actor. */
static bool find_by_id(struct call *call, const struct record *record, text word, rid *id)
{
    rid number;
    if (row_id_read(record, word, &number) && find_may_read(call, record, number))
        *id = number;
    return call->fail.kind == FAIL_NONE;
}

static bool fail_several(struct call *call, const struct record *record, text word,
                         const struct rows *rows)
{
    struct out ids;
    out_init(&ids, call);
    for (size_t i = 0; i < rows->count; i++)
        out_format(&ids, "%s%.*s", i ? ", " : "",
                   TEXT_FMT(row_public_id(call, record, rows->row[i].id)));
    text view = out_view(&ids);
    return fail(call, FAIL_CONFLICT, "'%.*s' is the name of several: %.*s%s; give the id of one",
                TEXT_FMT(text_until_character(word, WORD_SHOWN_BYTES)), TEXT_FMT(view),
                rows->next.at ? ", ..." : "");
}

static bool find_by_title(struct call *call, const struct record *record, text word, rid *id)
{
    enum field_kind kind = record->field[record->title].kind;
    struct query query;
    struct rows rows;
    if (kind != FIELD_TEXT && kind != FIELD_PROSE)
        return true;
    query_init(&query, record);
    query.limit = SAME_TITLE_SHOWN;
    if (!query_add(call, &query, record->title, FILTER_IS, value_text(word)) ||
        !find_rows(call, &query, &rows))
        return false;
    if (rows.count > 1)
        return fail_several(call, record, word, &rows);
    if (rows.count == 1)
        *id = rows.row[0].id;
    return true;
}

static bool look_for(struct call *call, const struct record *record, text word, rid *id)
{
    *id = 0;
    bool is_id = is_public_id(call, record, word);
    if (is_id && !find_by_id(call, record, word, id))
        return false;
    if (*id == 0 && word.size && !find_by_title(call, record, word, id))
        return false;
    if (*id == 0 && !is_id && !find_by_id(call, record, word, id))
        return false;
    return *id || fail(call, FAIL_NOT_FOUND, "there is no %s '%.*s'", record->label,
                       TEXT_FMT(text_until_character(word, WORD_SHOWN_BYTES)));
}

bool refs_find(struct call *call, const struct record *record, text word, rid *id)
{
    word = text_trim(word);
    if (call->change.is_open || word.size > WORD_KEPT_BYTES) /* rows may change in between */
        return look_for(call, record, word, id);
    struct refs_cache *cache = cache_of(call);
    if (!cache)
        return false;
    struct refs_word *kept = &cache->word[hash_quick(word, (uintptr_t)record) % CACHE_WORDS];
    if (kept->record == record && text_equal((text){ kept->byte, kept->size }, word)) {
        *id = kept->id;
        return true;
    }
    if (!look_for(call, record, word, id))
        return false;
    kept->record = record;
    kept->id = *id;
    kept->size = word.size;
    memcpy(kept->byte, word.at, word.size);
    return true;
}

bool refs_resolve(struct call *call, const struct field *field, text word, rid *id)
{
    const struct record *record = catalog_record(call->catalog, text_of(field->refers));
    if (refs_find(call, record, word, id))
        return true;
    struct fail reason = call->fail;
    if (reason.kind != FAIL_NOT_FOUND && reason.kind != FAIL_CONFLICT)
        return false;
    fail_clear(call);
    return fail_at(call, field->name, "%s", reason.sentence);
}

/* --- from rows to words --- */

static bool look_up(struct call *call, const struct record *record, rid id, bool by_name,
                    text *name)
{
    *name = TEXT_NONE;
    if (by_name)
        *name = find_title(call, record, id);
    else if (find_may_read(call, record, id))
        *name = row_public_id(call, record, id);
    return call->fail.kind == FAIL_NONE;
}

bool refs_name(struct call *call, const struct field *field, rid id, text *name)
{
    const struct record *record = catalog_record(call->catalog, text_of(field->refers));
    bool by_name = field->flags & FIELD_BY_NAME;
    if (call->change.is_open) /* rows may change between two questions */
        return look_up(call, record, id, by_name, name);
    struct refs_cache *cache = cache_of(call);
    if (!cache)
        return false;
    struct refs_place *place =
        &cache->place[((uintptr_t)record / sizeof *record + (uint64_t)id) % CACHE_PLACES];
    if (place->record != record || place->id != id || place->by_name != by_name) {
        if (!look_up(call, record, id, by_name, name))
            return false;
        *place = (struct refs_place){ record, id, by_name, *name };
    }
    *name = place->name;
    return true;
}
