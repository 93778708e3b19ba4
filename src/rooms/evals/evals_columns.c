/* See evals_columns.h. With stored_verdicts.c the only SQL of the room: facts are not records. */
#include "rooms/evals/evals_columns.h"

#include "base/sort.h"
#include "engine/bits.h"
#include "engine/column.h"
#include "store/sql.h"

static bool column_store(struct call *call, struct run_place place, const char *name, text body)
{
    struct sql *sql = SQL(
        call,
        "INSERT INTO eval_column (surface, run, content, name, body) VALUES (?1, ?2, ?3, ?4, ?5)");
    if (!sql)
        return false;
    sql_bind_int(sql, 1, place.surface);
    sql_bind_int(sql, 2, place.run);
    sql_bind_int(sql, 3, place.content);
    sql_bind_text(sql, 4, text_of(name));
    sql_bind_blob(sql, 5, body);
    return sql_run(call, sql);
}

/* TEXT_NONE when the run does not have the column. */
static bool column_fetch(struct call *call, struct run_place place, const char *name, text *body)
{
    struct sql *sql = SQL(call, "SELECT body FROM eval_column WHERE surface = ?1 AND run = ?2 AND "
                                "content = ?3 AND name = ?4");
    *body = TEXT_NONE;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, place.surface);
    sql_bind_int(sql, 2, place.run);
    sql_bind_int(sql, 3, place.content);
    sql_bind_text(sql, 4, text_of(name));
    enum sql_step step = sql_step(call, sql);
    if (step == SQL_ROW)
        *body = call_text(call, sql_blob(sql, 0));
    sql_done(sql);
    return step != SQL_FAILED && call->fail.kind == FAIL_NONE;
}

bool columns_each(struct call *call, struct run_place place, column_visitor visit, void *to)
{
    struct sql *sql = SQL(call, "SELECT name, body FROM eval_column WHERE surface = ?1 AND "
                                "run = ?2 AND content = ?3 ORDER BY name");
    enum sql_step step = SQL_FAILED;
    text body;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, place.surface);
    sql_bind_int(sql, 2, place.run);
    sql_bind_int(sql, 3, place.content);
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        struct arena_mark mark = arena_mark(&call->arena);
        char *name = call_string(call, sql_text(sql, 0));
        bool done = name && visit(call, name, sql_blob(sql, 1), to);
        arena_rewind(&call->arena, mark);
        if (!done)
            break;
    }
    sql_done(sql);
    return step == SQL_DONE && stored_verdicts_body(call, place, &body) &&
           (!body.at || visit(call, VERDICTS_NAME, body, to));
}

bool columns_put(struct call *call, struct run_place place, const char *name, text body)
{
    return strcmp(name, VERDICTS_NAME) == 0 ? stored_verdicts_body_put(call, place, body)
                                            : column_store(call, place, name, body);
}

bool columns_without_run(struct call *call, int64_t *count)
{
    struct sql *sql =
        SQL(call, "SELECT (SELECT count(*) FROM eval_column c LEFT JOIN eval_runs r ON "
                  "r.id = c.run AND r.surface = c.surface WHERE r.id IS NULL) + "
                  "(SELECT count(*) FROM eval_verdicts v LEFT JOIN eval_runs r ON "
                  "r.id = v.run AND r.surface = v.surface WHERE r.id IS NULL)");
    if (!sql)
        return false;
    enum sql_step step = sql_step(call, sql);
    *count = step == SQL_ROW ? sql_int(sql, 0) : 0;
    sql_done(sql);
    return step == SQL_ROW;
}

/* --- results --- */

static bool write_numbers(struct call *call, struct run_place place, const char *name,
                          const uint32_t *value, uint32_t count)
{
    text body;
    return column_pack_numbers(call, value, count, &body) && column_store(call, place, name, body);
}

static bool write_reals(struct call *call, struct run_place place, int which, const double *column,
                        const uint32_t *order, uint32_t count)
{
    double *value = call_array(call, count, sizeof *value);
    text body;
    if (!value)
        return false;
    for (uint32_t i = 0; i < count; i++)
        value[i] = column[order[i]];
    return column_pack_reals(call, value, count, &body) &&
           (!body.at || column_store(call, place, results_real_names[which], body));
}

static bool write_words(struct call *call, struct run_place place, int which,
                        const uint32_t *column, const struct lexicon *words, const uint32_t *order,
                        uint32_t count)
{
    text *value = call_array(call, count, sizeof *value);
    text body;
    if (!value)
        return false;
    for (uint32_t i = 0; i < count; i++)
        value[i] = column[order[i]] == LEXICON_NONE ? TEXT_NONE : words->word[column[order[i]]];
    return column_pack_texts(call, results_word_names[which], value, count, &body) &&
           (!body.at || column_store(call, place, results_word_names[which], body));
}

/* Whether every text is of one of the results that are written: not all that came in may be. */
static bool all_are_used(struct call *call, const struct gathered_texts *texts,
                         const uint32_t *index, uint32_t count)
{
    uint32_t used = 0;
    uint64_t *seen = bits_new(call, texts->count);
    for (uint32_t i = 0; seen && i < count; i++)
        if (index[i] && !bits_has(seen, index[i] - 1)) {
            bits_set(seen, index[i] - 1);
            used++;
        }
    return seen && used == texts->count;
}

static bool pack_used(struct call *call, const char *name, const struct gathered_texts *texts,
                      const uint32_t *index, uint32_t count, text *body)
{
    const text *view = gathered_texts_view(call, texts);
    text *value = call_array(call, (size_t)count + 1, sizeof *value);
    if (!view || !value)
        return false;
    for (uint32_t i = 0; i < count; i++)
        value[i] = index[i] ? view[index[i] - 1] : TEXT_NONE;
    return column_pack_texts(call, name, value, count, body);
}

static bool write_texts(struct call *call, struct run_place place, int which,
                        const uint32_t *column, const struct gathered_texts *texts,
                        const uint32_t *order, uint32_t count)
{
    const char *name = results_word_names[which];
    uint32_t *index = call_array(call, (size_t)count + 1, sizeof *index);
    text body;
    if (!index)
        return false;
    for (uint32_t i = 0; i < count; i++)
        index[i] = column[order[i]] + 1; /* LEXICON_NONE becomes 0 */
    bool is_packed = all_are_used(call, texts, index, count)
                         ? column_pack_gathered(call, name, texts, index, count, &body)
                         : pack_used(call, name, texts, index, count, &body);
    return is_packed && call->fail.kind == FAIL_NONE &&
           (!body.at || column_store(call, place, name, body));
}

/*
 * Where each case has one result, number 1, the bitsets say it all;
 * else cases, trials and verdicts stand apart.
 */
static bool write_trials(struct call *call, struct run_place place, const struct results *results,
                         const uint32_t *order, uint32_t count, const uint32_t *dense)
{
    uint32_t *value = call_array(call, 3 * (size_t)count, sizeof *value);
    bool is_plain = true;
    if (!value)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        value[i] = dense[results->case_number[order[i]]];
        value[count + i] = results->trial[order[i]];
        value[2 * count + i] = results->verdict[order[i]];
        is_plain = is_plain && value[count + i] == 1 && (i == 0 || value[i] > value[i - 1]);
    }
    return is_plain || (write_numbers(call, place, "case", value, count) &&
                        write_numbers(call, place, "trial", value + count, count) &&
                        write_numbers(call, place, "verdict", value + 2 * count, count));
}

bool columns_write_results(struct call *call, struct run_place place, const struct results *results,
                           const struct lexicon *words, const uint32_t *order, uint32_t count,
                           const uint32_t *dense, bool keeps_texts)
{
    if (!write_trials(call, place, results, order, count, dense))
        return false;
    for (int i = 0; i < RESULTS_REALS; i++)
        if (results->real[i] && !write_reals(call, place, i, results->real[i], order, count))
            return false;
    for (int i = 0; i < RESULTS_INPUT; i++)
        if (results->word[i] && !write_words(call, place, i, results->word[i], words, order, count))
            return false;
    for (int i = RESULTS_INPUT; keeps_texts && i < RESULTS_WORDS; i++)
        if (results->word[i] && !write_texts(call, place, i, results->word[i],
                                             &results->text[i - RESULTS_INPUT], order, count))
            return false;
    return true;
}

static bool read_numbers(struct call *call, struct run_place place, const char *name,
                         uint32_t count, uint32_t **value)
{
    text body;
    *value = NULL;
    return column_fetch(call, place, name, &body) &&
           (!body.at || column_unpack_numbers(call, name, body, count, value));
}

static bool all_below(const uint32_t *value, uint32_t count, uint32_t limit)
{
    for (uint32_t i = 0; i < count; i++)
        if (value[i] >= limit)
            return false;
    return true;
}

/* As many results as cases: each case has one, and they stand in the order of the cases. */
static bool number_held(struct call *call, const struct verdicts *verdicts, uint32_t count,
                        uint32_t **case_number)
{
    uint32_t *value = call_take_unset(call, ((size_t)count + 1) * sizeof *value), i = 0;
    *case_number = value;
    for (uint32_t at = 0; value && at < bits_words(verdicts->case_count); at++)
        for (uint64_t rest = verdicts->held[at]; rest; rest &= rest - 1)
            value[i++] = 64 * at + (uint32_t)__builtin_ctzll(rest);
    return value != NULL;
}

bool columns_read_cases(struct call *call, struct run_place place, const struct verdicts *verdicts,
                        int64_t result_count, const uint32_t **case_number)
{
    uint32_t *value, count = (uint32_t)result_count;
    if (bits_count(verdicts->held, verdicts->case_count) == result_count) {
        bool done = number_held(call, verdicts, count, &value);
        *case_number = value;
        return done;
    }
    if (!read_numbers(call, place, "case", count, &value))
        return false;
    *case_number = value;
    return (value && all_below(value, count, verdicts->case_count)) ||
           stored_verdicts_fail_damaged(call, place);
}

bool columns_read_words(struct call *call, struct run_place place, enum results_word which,
                        uint32_t count, const text **word)
{
    text body, *value = NULL;
    if (!column_fetch(call, place, results_word_names[which], &body))
        return false;
    if (body.at && !column_unpack_texts(call, results_word_names[which], body, count, &value))
        return false;
    *word = value;
    return true;
}

bool columns_read_reals(struct call *call, struct run_place place, int which, uint32_t count,
                        const double **real)
{
    text body;
    double *value = NULL;
    if (!column_fetch(call, place, results_real_names[which], &body))
        return false;
    if (body.at && !column_unpack_reals(call, results_real_names[which], body, count, &value))
        return false;
    *real = value;
    return true;
}

static struct sql *ask_reals(struct call *call, const struct run_results *asked, size_t count,
                             int which)
{
    struct sql *sql = SQL(call, "SELECT run, content, body FROM eval_column WHERE surface = ?1 AND "
                                "run BETWEEN ?2 AND ?3 AND name = ?4 ORDER BY run, content");
    if (!sql)
        return NULL;
    sql_bind_int(sql, 1, asked[0].place.surface);
    sql_bind_int(sql, 2, asked[0].place.run);
    sql_bind_int(sql, 3, asked[count - 1].place.run);
    sql_bind_text(sql, 4, text_of(results_real_names[which]));
    return sql;
}

/* The column of one run in its own memory. */
static bool visit_reals(struct call *call, const struct run_results *run, text body, int which,
                        reals_visitor visit, void *to)
{
    double *real;
    struct arena_mark mark = arena_mark(&call->arena);
    bool done = column_unpack_reals(call, results_real_names[which], body, run->count, &real) &&
                visit(call, run, real, to);
    arena_rewind(&call->arena, mark);
    return done;
}

bool columns_each_real(struct call *call, struct run_results *asked, size_t count, int which,
                       reals_visitor visit, void *to)
{
    size_t at = 0;
    enum sql_step step = SQL_FAILED;
    if (count == 0)
        return true;
    sort_items(asked, count, sizeof *asked, run_place_compare);
    struct sql *sql = ask_reals(call, asked, count, which);
    if (!sql)
        return false;
    while ((step = sql_step(call, sql)) == SQL_ROW) {
        struct run_place found = { asked[0].place.surface, sql_int(sql, 0), sql_int(sql, 1) };
        while (at < count && run_place_compare(&asked[at].place, &found) < 0)
            at++; /* has no such column */
        bool is_asked = at < count && run_place_compare(&asked[at].place, &found) == 0;
        if (is_asked && !visit_reals(call, &asked[at], sql_blob(sql, 2), which, visit, to))
            break;
    }
    sql_done(sql);
    return step == SQL_DONE;
}

bool columns_words_named(struct call *call, rid surface, rid first, rid last, unsigned *words)
{
    struct sql *sql = SQL(call, "SELECT DISTINCT name FROM eval_column WHERE surface = ?1 AND "
                                "run BETWEEN ?2 AND ?3");
    enum sql_step step = SQL_FAILED;
    *words = 0;
    if (!sql)
        return false;
    sql_bind_int(sql, 1, surface);
    sql_bind_int(sql, 2, first);
    sql_bind_int(sql, 3, last);
    while ((step = sql_step(call, sql)) == SQL_ROW)
        for (unsigned i = 0; i < RESULTS_WORDS; i++)
            if (text_is(sql_text(sql, 0), results_word_names[i]))
                *words |= 1u << i;
    sql_done(sql);
    return step == SQL_DONE;
}

/* What the bitsets imply where each case has one result. */
static bool imply_trials(struct call *call, const struct verdicts *verdicts,
                         struct stored_results *results)
{
    uint32_t *trial = call_array(call, 2 * (size_t)results->count + 1, sizeof *trial);
    if (!trial)
        return false;
    uint32_t *verdict = trial + results->count;
    for (uint32_t i = 0; i < results->count; i++) {
        trial[i] = 1;
        verdict[i] = verdict_of(verdicts, results->case_number[i]);
    }
    results->trial = trial;
    results->verdict = verdict;
    return true;
}

bool columns_read_trials(struct call *call, struct run_place place, const struct verdicts *verdicts,
                         int64_t result_count, struct stored_results *results)
{
    uint32_t *trial, *verdict;
    *results = (struct stored_results){ .count = (uint32_t)result_count };
    if (!columns_read_cases(call, place, verdicts, result_count, &results->case_number) ||
        !read_numbers(call, place, "trial", results->count, &trial) ||
        !read_numbers(call, place, "verdict", results->count, &verdict))
        return false;
    if (!trial && !verdict)
        return imply_trials(call, verdicts, results);
    results->trial = trial;
    results->verdict = verdict;
    return (trial && verdict && all_below(verdict, results->count, VERDICT_SKIPPED + 1)) ||
           stored_verdicts_fail_damaged(call, place);
}

bool columns_read_results(struct call *call, struct run_place place,
                          const struct verdicts *verdicts, int64_t result_count,
                          struct stored_results *results)
{
    if (!columns_read_trials(call, place, verdicts, result_count, results))
        return false;
    for (int i = 0; i < RESULTS_REALS; i++)
        if (!columns_read_reals(call, place, i, results->count, &results->real[i]))
            return false;
    for (int i = 0; i < RESULTS_WORDS; i++)
        if (!columns_read_words(call, place, (enum results_word)i, results->count,
                                &results->word[i]))
            return false;
    return true;
}
