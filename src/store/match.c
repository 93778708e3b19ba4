/*
 * See match.h. Record by record the rows of each word are read, with the reader clause inside the
 * statement; rows that have all words are weighed and put in order here, so that both stores answer
 * alike.
 *
 * Of a common word only the newest POSTINGS_MAX rows of a record are read; the rarest word says
 * which rows are weighed, and the others are asked about these alone.
 */
#include "store/match.h"

#include "store/find.h"
#include "store/match_draft.h"
#include "store/match_index.h"

#include <math.h>

enum { POSTINGS_MAX = 2000, ROWS_AT_ONCE = 200, WIDE = 10000 };

/*
 * BM25: S. Robertson, H. Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond,
 * Foundations and Trends in Information Retrieval 3(4), 2009, equation 3.15; the weight of a word
 * with one added, so that it is never negative. The collection is the rows that have any of the
 * words and that the actor may read, because those alone are read.
 */
static const double BM25_K1 = 1.2, BM25_B = 0.75;

/* A word in one of the two documents of a row; words with the same start are one. */
struct posting {
    rid row, person;
    double count, length;
};

struct postings {
    struct posting *posting; /* newest rows first, then by person */
    size_t count, room;
    bool is_cut; /* there are more */
};

struct candidate {
    int record; /* in the catalogue */
    rid id;
    double score;
    stamp changed;
};

struct weighing {
    struct call *call;
    const struct match_question *question;
    struct postings (*list)[MATCH_WORDS_MAX]; /* by record */
    bool is_wide[MATCH_WORDS_MAX];            /* stands for very many words: see match_draft.h */
    double rows_with[MATCH_WORDS_MAX], rows;
    double average_length;
    struct candidate *candidate;
    size_t count, room;
};

/* --- the rows of a word --- */

static bool postings_add(struct call *call, struct postings *list, const struct posting *posting)
{
    struct posting *last = list->count ? &list->posting[list->count - 1] : NULL;
    if (last && last->row == posting->row && last->person == posting->person) {
        last->count += posting->count;
        return true;
    }
    struct posting *more = call_more(call, list->posting, list->count, &list->room, sizeof *more);
    if (!more)
        return false;
    list->posting = more;
    more[list->count++] = *posting;
    return true;
}

/* A rule of the record's own is asked once a row. */
static bool posting_is_readable(struct call *call, const struct record *record,
                                const struct postings *list, rid row, bool *is_readable)
{
    struct row ignored;
    struct fail none = { .kind = FAIL_NONE };
    *is_readable = true;
    if (!record->readable || call->all_rows ||
        (list->count && list->posting[list->count - 1].row == row))
        return true;
    if (find_row(call, record, row, &ignored))
        return true;
    *is_readable = false;
    if (call->fail.kind != FAIL_NOT_FOUND)
        return false;
    call->fail = none;
    return true;
}

static bool postings_read(struct call *call, const struct record *record, struct sql *sql,
                          int limit, struct postings *list)
{
    int seen = 0;
    bool done = true;
    enum sql_step step = SQL_FAILED;
    while (done && sql && (step = sql_step(call, sql)) == SQL_ROW) {
        bool is_readable;
        struct posting posting = { .row = sql_int(sql, 0),
                                   .person = sql_int(sql, 1),
                                   .count = (double)sql_int(sql, 2),
                                   .length = (double)sql_int(sql, 3) };
        done = posting_is_readable(call, record, list, posting.row, &is_readable) &&
               (!is_readable || postings_add(call, list, &posting));
        seen++;
    }
    sql_done(sql);
    list->is_cut = limit && seen == limit;
    return done && step == SQL_DONE;
}

/* Where a rule of the record's own hides rows, all are read: hidden ones take no place. */
static bool word_read(struct weighing *weighing, const struct record *record, int word,
                      struct postings *list)
{
    struct call *call = weighing->call;
    struct statement_draft draft;
    int limit = record->readable ? 0 : POSTINGS_MAX;
    return match_draft_word(call, weighing->question, record, word, weighing->is_wide[word], NULL,
                            0, limit, &draft) &&
           postings_read(call, record, draft_prepare(call, &draft), limit, list);
}

/* The word in the rows of `base` alone. */
static bool word_read_in(struct weighing *weighing, const struct record *record, int word,
                         const struct postings *base, struct postings *list)
{
    struct call *call = weighing->call;
    *list = (struct postings){ .count = 0 };
    for (size_t at = 0; at < base->count;) {
        struct statement_draft draft;
        rid row[ROWS_AT_ONCE];
        int count = 0;
        for (; at < base->count && count < ROWS_AT_ONCE; at++)
            if (count == 0 || row[count - 1] != base->posting[at].row)
                row[count++] = base->posting[at].row;
        if (!match_draft_word(call, weighing->question, record, word, false, row, count, 0,
                              &draft) ||
            !postings_read(call, record, draft_prepare(call, &draft), 0, list))
            return false;
    }
    return true;
}

static bool words_measure(struct weighing *weighing)
{
    for (int i = 0; i < weighing->question->word_count; i++) {
        struct statement_draft draft;
        if (!weighing->question->is_start[i])
            continue;
        if (!match_draft_width(weighing->call, weighing->question, i, WIDE, &draft))
            return false;
        struct sql *sql = draft_prepare(weighing->call, &draft);
        enum sql_step step = sql ? sql_step(weighing->call, sql) : SQL_FAILED;
        weighing->is_wide[i] = step == SQL_ROW && sql_int(sql, 0) == WIDE;
        sql_done(sql);
        if (step != SQL_ROW)
            return false;
    }
    return true;
}

static double rows_of(const struct postings *list)
{
    size_t rows = 0;
    for (size_t i = 0; i < list->count; i++)
        rows += i == 0 || list->posting[i].row != list->posting[i - 1].row;
    return (double)rows;
}

/* The rarest word's list; one that is whole goes before one that is cut. */
static int rarest(const struct postings *list, int words)
{
    int best = 0;
    for (int i = 1; i < words; i++)
        if (list[i].is_cut < list[best].is_cut ||
            (list[i].is_cut == list[best].is_cut && list[i].count < list[best].count))
            best = i;
    return best;
}

static bool record_read(struct weighing *weighing, int r)
{
    const struct record *record = weighing->call->catalog->record[r];
    struct postings *list = weighing->list[r];
    int words = weighing->question->word_count;
    for (int i = 0; i < words; i++) {
        if (!word_read(weighing, record, i, &list[i]))
            return false;
        weighing->rows_with[i] += rows_of(&list[i]);
        weighing->rows += rows_of(&list[i]);
    }
    int base = rarest(list, words);
    for (int i = 0; i < words; i++)
        if (i != base && list[i].is_cut && list[base].count &&
            !word_read_in(weighing, record, i, &list[base], &list[i]))
            return false;
    return true;
}

/* --- weighing --- */

/* The candidate's postings of each word stand at `at`, which has moved past later rows. */
static bool has_all_words(const struct postings *list, int words, rid row, size_t *at)
{
    bool has_all = true;
    for (int i = 0; i < words; i++) {
        while (at[i] < list[i].count && list[i].posting[at[i]].row > row)
            at[i]++;
        has_all &= at[i] < list[i].count && list[i].posting[at[i]].row == row;
    }
    return has_all;
}

typedef bool (*row_visitor)(struct weighing *weighing, int r, rid row, const size_t *at);

static bool rows_visit(struct weighing *weighing, row_visitor visit)
{
    int words = weighing->question->word_count;
    for (int r = 0; r < (int)weighing->call->catalog->record_count; r++) {
        const struct postings *list = weighing->list[r];
        const struct postings *base = &list[rarest(list, words)];
        size_t at[MATCH_WORDS_MAX] = { 0 };
        for (size_t i = 0; i < base->count; i++) {
            rid row = base->posting[i].row;
            if (i && base->posting[i - 1].row == row)
                continue;
            if (has_all_words(list, words, row, at) && !visit(weighing, r, row, at))
                return false;
        }
    }
    return true;
}

static bool row_collect(struct weighing *weighing, int r, rid row, const size_t *at)
{
    const struct postings *list = weighing->list[r];
    double length = 0;
    for (int i = 0; i < weighing->question->word_count; i++)
        length = fmax(length, list[i].posting[at[i]].length);
    weighing->average_length += length;
    struct candidate *more = call_more(weighing->call, weighing->candidate, weighing->count,
                                       &weighing->room, sizeof *more);
    if (!more)
        return false;
    weighing->candidate = more;
    more[weighing->count++] = (struct candidate){ .record = r, .id = row };
    return true;
}

static double word_weight(const struct weighing *weighing, int word)
{
    double rows_with = weighing->rows_with[word];
    return log(1.0 + (weighing->rows - rows_with + 0.5) / (rows_with + 0.5));
}

static bool row_weigh(struct weighing *weighing, int r, rid row, const size_t *at)
{
    struct candidate *candidate = &weighing->candidate[weighing->count++];
    for (int i = 0; i < weighing->question->word_count; i++) {
        const struct postings *list = &weighing->list[r][i];
        for (size_t p = at[i]; p < list->count && list->posting[p].row == row; p++) {
            const struct posting *posting = &list->posting[p];
            double length = posting->length / weighing->average_length;
            candidate->score += word_weight(weighing, i) * posting->count * (BM25_K1 + 1.0) /
                                (posting->count + BM25_K1 * (1.0 - BM25_B + BM25_B * length));
        }
    }
    return true;
}

static int by_score(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->changed != b->changed)
        return a->changed > b->changed ? -1 : 1;
    if (a->record != b->record)
        return a->record - b->record;
    return (a->id > b->id) - (a->id < b->id);
}

static bool takes_part(const struct match_question *question, const struct record *record)
{
    return match_index_has(record) && (!question->kind || question->kind == record);
}

static bool weigh_words(struct weighing *weighing)
{
    struct call *call = weighing->call;
    weighing->list = call_array(call, call->catalog->record_count, sizeof *weighing->list);
    if (!weighing->list || !words_measure(weighing))
        return false;
    for (int r = 0; r < (int)call->catalog->record_count; r++)
        if (takes_part(weighing->question, call->catalog->record[r]) && !record_read(weighing, r))
            return false;
    if (!rows_visit(weighing, row_collect))
        return false;
    weighing->average_length /= weighing->count ? (double)weighing->count : 1.0;
    weighing->count = 0; /* the same rows again, in the same order */
    return rows_visit(weighing, row_weigh);
}

/* --- without words: what changed last --- */

static bool candidates_read(struct weighing *weighing, int r, struct sql *sql)
{
    const struct record *record = weighing->call->catalog->record[r];
    const struct postings none = { .count = 0 };
    bool done = true;
    enum sql_step step = SQL_FAILED;
    while (done && sql && (step = sql_step(weighing->call, sql)) == SQL_ROW) {
        struct candidate found = { .record = r, .id = sql_int(sql, 0), .changed = sql_int(sql, 1) };
        bool is_readable;
        done = posting_is_readable(weighing->call, record, &none, found.id, &is_readable);
        struct candidate *more = done && is_readable
                                     ? call_more(weighing->call, weighing->candidate,
                                                 weighing->count, &weighing->room, sizeof *more)
                                     : NULL;
        if (!more) {
            done = done && !is_readable;
            continue;
        }
        weighing->candidate = more;
        more[weighing->count++] = found;
    }
    sql_done(sql);
    return done && step == SQL_DONE;
}

static bool collect_newest(struct weighing *weighing)
{
    struct call *call = weighing->call;
    for (int r = 0; r < (int)call->catalog->record_count; r++) {
        const struct record *record = call->catalog->record[r];
        struct statement_draft draft;
        int limit = record->readable ? 0 : weighing->question->limit;
        if (!takes_part(weighing->question, record))
            continue;
        if (!match_draft_newest(call, weighing->question, record, 0, limit, &draft) ||
            !candidates_read(weighing, r, draft_prepare(call, &draft)))
            return false;
    }
    return true;
}

/* --- rows that are asked for by their ids --- */

static int record_place(const struct catalog *catalog, const struct record *record)
{
    int r = 0;
    while (catalog->record[r] != record)
        r++;
    return r;
}

/* Puts the rows in front, in the order of the question. */
static bool collect_ids(struct weighing *weighing)
{
    const struct match_question *question = weighing->question;
    for (int i = 0; i < question->id_count; i++) {
        const struct match_id *id = &question->id[i];
        struct statement_draft draft;
        if (question->kind && question->kind != id->record)
            continue;
        int r = record_place(weighing->call->catalog, id->record);
        if (!match_draft_newest(weighing->call, question, id->record, id->id, 1, &draft) ||
            !candidates_read(weighing, r, draft_prepare(weighing->call, &draft)))
            return false;
    }
    for (size_t i = 0; i < weighing->count; i++)
        weighing->candidate[i].score = HUGE_VAL;
    return true;
}

/* --- what is shown of them --- */

/* Which words of the question a text has, and where the first of them stands. */
struct looking {
    const struct match_question *question;
    uint32_t found;
    int words;
    size_t at, size;
};

static bool look_at_word(void *to, const struct word *word)
{
    struct looking *looking = to;
    uint32_t fresh = match_question_answered(looking->question, word->folded) & ~looking->found;
    if (fresh && !looking->found) {
        looking->at = word->start;
        looking->size = word->size;
    }
    looking->found |= fresh;
    looking->words += __builtin_popcount(fresh);
    return looking->words < looking->question->word_count;
}

/* The field with the most of the words; the title before others, then the first. */
static bool find_field(struct call *call, const struct match_question *question,
                       struct match *match)
{
    const struct record *record = match->row.record;
    int most = 0;
    match->field = -1;
    for (int i = -1; i < (int)record->field_count && most < question->word_count; i++) {
        int at = i < 0 ? record->title : i;
        struct looking looking = { .question = question };
        if (!match_index_has_field(record, &record->field[at]))
            continue;
        text words = match_index_text(call, &record->field[at], match->row.value[at]);
        if (!words_cut(call, words, WORDS_STORED, look_at_word, &looking))
            return false;
        if (looking.words <= most)
            continue;
        most = looking.words;
        match->field = at;
        match->at = looking.at;
        match->size = looking.size;
    }
    return true;
}

static bool candidate_is_new(const struct weighing *weighing, size_t at)
{
    const struct candidate *candidate = weighing->candidate;
    for (size_t i = 0; i < at && candidate[i].score == HUGE_VAL; i++)
        if (candidate[i].record == candidate[at].record && candidate[i].id == candidate[at].id)
            return false;
    return true;
}

/* Every row is found once more by who may read it, and comes without what is not for him. */
static bool show(struct weighing *weighing, struct matches *matches)
{
    struct call *call = weighing->call;
    const struct match_question *question = weighing->question;
    matches->match = call_array(call, (size_t)question->limit, sizeof *matches->match);
    matches->count = 0;
    if (!matches->match)
        return false;
    for (size_t i = 0; i < weighing->count && matches->count < (size_t)question->limit; i++) {
        const struct candidate *candidate = &weighing->candidate[i];
        const struct record *record = call->catalog->record[candidate->record];
        struct match *match = &matches->match[matches->count];
        if (!candidate_is_new(weighing, i))
            continue;
        if (!find_row(call, record, candidate->id, &match->row) ||
            !find_field(call, question, match))
            return false;
        matches->count++;
    }
    return true;
}

bool match_find(struct call *call, const struct match_question *question, struct matches *matches)
{
    struct weighing weighing = { .call = call, .question = question };
    if (!match_index_ensure(call) || !collect_ids(&weighing))
        return false;
    size_t ids = weighing.count;
    struct candidate *front = weighing.candidate;
    weighing.candidate = NULL;
    weighing.count = weighing.room = 0;
    if (!(question->word_count ? weigh_words(&weighing) : collect_newest(&weighing)))
        return false;
    size_t all = ids + weighing.count;
    struct candidate *joined = call_array(call, all + 1, sizeof *joined);
    if (!joined)
        return false;
    if (weighing.count)
        qsort(weighing.candidate, weighing.count, sizeof *joined, by_score);
    for (size_t i = 0; i < all; i++)
        joined[i] = i < ids ? front[i] : weighing.candidate[i - ids];
    weighing.candidate = joined;
    weighing.count = all;
    return show(&weighing, matches);
}
