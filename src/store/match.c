/*
 * See match.h. Record by record the rows of each word are read, with the reader clause inside the
 * statement; rows that have all words are weighed and put in order here, so that both stores answer
 * alike.
 *
 * Little is read. Where the actor may read few rows, or a qualifier leaves few, these alone are
 * asked for the words. Else of a common word only some places in a record are read: those in titles
 * before others, and of each the newest; of a beginning the word itself before longer ones; where
 * several words are common, of the rows that have all of them.
 */
#include "store/match.h"

#include "store/find.h"
#include "store/match_draft.h"
#include "store/match_index.h"

#include <math.h>

enum {
    POSTINGS_MAX = 400, /* of one word in one record */
    PASSING_MAX = 1000, /* so few rows are asked one by one */
    LONGER_MAX = 1000,  /* of the longer words that begin so */
    ROWS_AT_ONCE = 200,
};

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
    bool in_title;
};

struct postings {
    struct posting *posting; /* newest rows first, then by person */
    size_t count, room;
    bool is_cut; /* there are more */
    rid reach;   /* then: how far back those go that it was cut in, titles or others */
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
    double rows_with[MATCH_WORDS_MAX], rows;
    double average_length;
    struct candidate *candidate;
    size_t count, room;
};

/* --- the rows of a word --- */

static bool postings_add(struct call *call, struct postings *list, const struct posting *posting)
{
    struct posting *more = call_more(call, list->posting, list->count, &list->room, sizeof *more);
    if (!more)
        return false;
    list->posting = more;
    more[list->count++] = *posting;
    return true;
}

static int newest_first(const void *left, const void *right)
{
    const struct posting *a = left, *b = right;
    if (a->row != b->row)
        return a->row > b->row ? -1 : 1;
    return (a->person < b->person) - (a->person > b->person);
}

/* The order in which places are worth being read. */
static int titles_first(const void *left, const void *right)
{
    const struct posting *a = left, *b = right;
    return a->in_title != b->in_title ? b->in_title - a->in_title : newest_first(left, right);
}

static void postings_order(struct postings *list, int (*compare)(const void *, const void *))
{
    if (list->count)
        qsort(list->posting, list->count, sizeof *list->posting, compare);
}

/* Words with the same start become one. */
static void postings_join(struct postings *list)
{
    size_t kept = 0;
    if (list->count == 0)
        return;
    for (size_t i = 1; i < list->count; i++) {
        const struct posting *next = &list->posting[i];
        struct posting *last = &list->posting[kept];
        if (newest_first(next, last) != 0) {
            list->posting[++kept] = *next;
            continue;
        }
        last->count += next->count;
        last->in_title |= next->in_title;
    }
    list->count = kept + 1;
}

/* The row as its reader sees it. A row that he does not see, or no more, is no failure. */
static bool row_look(struct call *call, const struct record *record, rid id, struct row *row,
                     bool *is_there)
{
    *is_there = find_row(call, record, id, row);
    if (*is_there)
        return true;
    if (call->fail.kind != FAIL_NOT_FOUND)
        return false;
    fail_clear(call);
    return true;
}

static bool row_is_readable(struct call *call, const struct record *record, rid row,
                            bool *is_readable)
{
    struct row ignored;
    *is_readable = true;
    return !record->readable || call->all_rows ||
           row_look(call, record, row, &ignored, is_readable);
}

/* The first places alone; of the last row perhaps not all were read, so it goes unless alone. */
static void postings_cut(struct postings *list, size_t most)
{
    size_t kept = most;
    if (list->count < most)
        return;
    while (kept && list->posting[kept - 1].row == list->posting[most - 1].row)
        kept--;
    list->count = kept ? kept : most;
    list->is_cut = true;
}

/* A rule of the record's own is asked once a row, until there are enough. */
static bool postings_hide(struct call *call, const struct record *record, struct postings *list)
{
    size_t kept = 0;
    bool is_readable = false;
    if (!record->readable || call->all_rows)
        return true;
    postings_order(list, titles_first);
    for (size_t i = 0; i < list->count && kept < POSTINGS_MAX; i++) {
        const struct posting *posting = &list->posting[i];
        bool is_same = i && posting[-1].row == posting->row;
        if (!is_same && !row_is_readable(call, record, posting->row, &is_readable))
            return false;
        if (is_readable)
            list->posting[kept++] = *posting;
    }
    list->is_cut = kept == POSTINGS_MAX;
    list->count = kept;
    return true;
}

static bool postings_fetch(struct call *call, struct sql *sql, struct postings *list)
{
    bool done = true;
    enum sql_step step = SQL_FAILED;
    while (done && sql && (step = sql_step(call, sql)) == SQL_ROW) {
        const struct posting posting = { .row = sql_int(sql, 0),
                                         .person = sql_int(sql, 1),
                                         .count = (double)sql_int(sql, 2),
                                         .length = (double)sql_int(sql, 3),
                                         .in_title = sql_int(sql, 4) != 0 };
        done = postings_add(call, list, &posting);
    }
    sql_done(sql);
    return done && step == SQL_DONE;
}

static bool postings_read(struct weighing *weighing, const struct match_reading *reading,
                          struct postings *list)
{
    struct call *call = weighing->call;
    struct statement_draft draft;
    return match_draft_word(call, weighing->question, reading, &draft) &&
           postings_fetch(call, draft_prepare(call, &draft), list);
}

/*
 * The longer words that begin so, in the order of the alphabet until it is enough: however many
 * there are, little is read, and who goes on typing comes to all of them.
 */
static bool longer_read(struct weighing *weighing, struct match_reading reading,
                        struct postings *list)
{
    struct postings longer = { .count = 0 };
    size_t most = POSTINGS_MAX - list->count;
    bool is_limited = reading.limit > 0;
    reading.part = MATCH_LONGER;
    reading.limit = is_limited ? LONGER_MAX : 0;
    if (!postings_read(weighing, &reading, &longer))
        return false;
    longer.is_cut = is_limited && longer.count == LONGER_MAX;
    postings_order(&longer, titles_first);
    if (is_limited)
        postings_cut(&longer, most);
    for (size_t i = 0; i < longer.count; i++)
        if (!postings_add(weighing->call, list, &longer.posting[i]))
            return false;
    list->is_cut = longer.is_cut;
    postings_order(list, newest_first);
    postings_join(list);
    return true;
}

/* Of a list that is cut, with titles first. */
static rid reach_of(const struct postings *list)
{
    const struct posting *first = list->posting, *last = &first[list->count - 1];
    while (first->in_title != last->in_title)
        first++;
    return first->row - last->row;
}

/* Where a rule of the record's own hides rows, all are read: hidden ones take no place. */
static bool word_read(struct weighing *weighing, const struct record *record, int word,
                      bool with_others, struct postings *list)
{
    bool is_hiding = record->readable && !weighing->call->all_rows;
    bool is_start = weighing->question->is_start[word];
    const struct match_reading reading = { .record = record,
                                           .word = word,
                                           .part = is_start ? MATCH_EXACT : MATCH_ALL,
                                           .with_others = with_others,
                                           .limit = is_hiding ? 0 : POSTINGS_MAX };
    *list = (struct postings){ .count = 0 };
    if (!postings_read(weighing, &reading, list))
        return false;
    if (!is_hiding)
        postings_cut(list, POSTINGS_MAX);
    if (is_start && !list->is_cut && !longer_read(weighing, reading, list))
        return false;
    if (!postings_hide(weighing->call, record, list))
        return false;
    if (list->is_cut && !is_start) /* longer words were not cut by age */
        list->reach = reach_of(list);
    postings_order(list, newest_first);
    return true;
}

/* The word in these rows alone, which come with the newest first. */
static bool word_read_in(struct weighing *weighing, const struct record *record, int word,
                         const rid *row, int count, struct postings *list)
{
    *list = (struct postings){ .count = 0 };
    for (int at = 0; at < count; at += ROWS_AT_ONCE) {
        const struct match_reading reading = { .record = record,
                                               .word = word,
                                               .row = row + at,
                                               .count = count - at < ROWS_AT_ONCE ? count - at
                                                                                  : ROWS_AT_ONCE };
        if (!postings_read(weighing, &reading, list))
            return false;
    }
    postings_order(list, newest_first);
    postings_join(list);
    return true;
}

/* --- which rows are asked --- */

struct ids {
    rid *id;
    int count;
};

static int larger_first(const void *left, const void *right)
{
    rid a = *(const rid *)left, b = *(const rid *)right;
    return (a < b) - (a > b);
}

/* The rows that pass the filters, newest first; as many as there is room for: there are more. */
static bool passing_read(struct weighing *weighing, const struct record *record,
                         struct ids *passing)
{
    struct call *call = weighing->call;
    struct statement_draft draft;
    *passing = (struct ids){ .id = call_array(call, PASSING_MAX, sizeof(rid)) };
    if (!passing->id || !match_draft_passing(call, weighing->question, record, PASSING_MAX, &draft))
        return false;
    struct sql *sql = draft_prepare(call, &draft);
    enum sql_step step = SQL_FAILED;
    while (sql && (step = sql_step(call, sql)) == SQL_ROW)
        passing->id[passing->count++] = sql_int(sql, 0);
    sql_done(sql);
    qsort(passing->id, (size_t)passing->count, sizeof(rid), larger_first);
    return step == SQL_DONE;
}

static bool rows_of(struct call *call, const struct postings *list, struct ids *rows)
{
    *rows = (struct ids){ .id = call_array(call, list->count + 1, sizeof(rid)) };
    for (size_t i = 0; rows->id && i < list->count; i++)
        if (i == 0 || list->posting[i].row != list->posting[i - 1].row)
            rows->id[rows->count++] = list->posting[i].row;
    return rows->id != NULL;
}

/*
 * The rarest word: of whole lists the shortest, before any that is cut; of those that are cut the
 * one that reaches back farthest.
 */
static int rarest(const struct match_question *question, const struct postings *list)
{
    int best = 0;
    for (int i = 1; i < question->word_count; i++) {
        bool is_shorter =
            list[i].is_cut ? list[i].reach > list[best].reach : list[i].count < list[best].count;
        if (list[i].is_cut < list[best].is_cut ||
            (list[i].is_cut == list[best].is_cut && is_shorter))
            best = i;
    }
    return best;
}

static bool count_rows(struct weighing *weighing, int word, const struct postings *list)
{
    struct ids rows;
    if (!rows_of(weighing->call, list, &rows))
        return false;
    weighing->rows_with[word] += rows.count;
    weighing->rows += rows.count;
    return true;
}

/* All words in the few rows that pass. */
static bool record_read_in(struct weighing *weighing, const struct record *record,
                           const struct ids *passing, struct postings *list)
{
    for (int i = 0; i < weighing->question->word_count; i++)
        if (!word_read_in(weighing, record, i, passing->id, passing->count, &list[i]) ||
            !postings_hide(weighing->call, record, &list[i]) || !count_rows(weighing, i, &list[i]))
            return false;
    return true;
}

static bool record_read_all(struct weighing *weighing, const struct record *record,
                            struct postings *list)
{
    int words = weighing->question->word_count;
    struct ids rows;
    for (int i = 0; i < words; i++) {
        if (!word_read(weighing, record, i, false, &list[i]) || !count_rows(weighing, i, &list[i]))
            return false;
        if (list[i].count == 0)
            return true; /* no row has all words */
    }
    int base = rarest(weighing->question, list);
    if (words > 1 && list[base].is_cut && !word_read(weighing, record, base, true, &list[base]))
        return false;
    if (!rows_of(weighing->call, &list[base], &rows))
        return false;
    for (int i = 0; i < words; i++)
        if (i != base && list[i].is_cut &&
            !word_read_in(weighing, record, i, rows.id, rows.count, &list[i]))
            return false;
    return true;
}

static bool record_read(struct weighing *weighing, int r)
{
    struct call *call = weighing->call;
    const struct record *record = call->catalog->record[r];
    struct ids passing = { .count = PASSING_MAX };
    if (match_draft_filters(call, weighing->question, record) &&
        !passing_read(weighing, record, &passing))
        return false;
    if (passing.count < PASSING_MAX)
        return record_read_in(weighing, record, &passing, weighing->list[r]);
    return record_read_all(weighing, record, weighing->list[r]);
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
        const struct postings *base = &list[rarest(weighing->question, list)];
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
    return (a->id < b->id) - (a->id > b->id); /* what was made later comes first */
}

static bool takes_part(const struct match_question *question, const struct record *record)
{
    return match_index_has(record) && (!question->kind || question->kind == record);
}

static bool weigh_words(struct weighing *weighing)
{
    struct call *call = weighing->call;
    weighing->list = call_array(call, call->catalog->record_count, sizeof *weighing->list);
    if (!weighing->list)
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
    bool done = true;
    enum sql_step step = SQL_FAILED;
    while (done && sql && (step = sql_step(weighing->call, sql)) == SQL_ROW) {
        struct candidate found = { .record = r, .id = sql_int(sql, 0), .changed = sql_int(sql, 1) };
        bool is_readable;
        done = row_is_readable(weighing->call, record, found.id, &is_readable);
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

static bool match_add(struct call *call, const struct match_question *question,
                      const struct row *row, struct matches *matches)
{
    struct match *match = &matches->match[matches->count++];
    match->row = *row;
    return find_field(call, question, match);
}

/* Every row is found once more by who may read it, and comes without what is not for him. */
static bool show(struct weighing *weighing, struct matches *matches)
{
    struct call *call = weighing->call;
    const struct match_question *question = weighing->question;
    size_t limit = (size_t)question->limit;
    int skipped = 0;
    matches->match = call_array(call, limit, sizeof *matches->match);
    matches->count = 0;
    matches->has_more = false;
    if (!matches->match)
        return false;
    for (size_t i = 0; i < weighing->count && !matches->has_more; i++) {
        const struct candidate *candidate = &weighing->candidate[i];
        const struct record *record = call->catalog->record[candidate->record];
        struct row row;
        bool is_there;
        if (!candidate_is_new(weighing, i))
            continue;
        if (!row_look(call, record, candidate->id, &row, &is_there))
            return false;
        if (!is_there || skipped++ < question->after)
            continue;
        matches->has_more = matches->count == limit;
        if (!matches->has_more && !match_add(call, question, &row, matches))
            return false;
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
