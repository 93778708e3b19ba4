/* See update_check.h. */
#include "rooms/updates/update_check.h"

#include "base/hash.h"
#include "engine/weekly_update.h"
#include "rooms/people/people.h"
#include "rooms/updates/update_audience.h"

enum { LINE_SHOWN = 60 };

static bool add(struct call *call, struct update_problems *problems, text sentence)
{
    problems->problem = call_more(call, problems->problem, problems->count, &problems->room,
                                  sizeof *problems->problem);
    if (!problems->problem || !sentence.at)
        return false;
    problems->problem[problems->count++] = sentence;
    return true;
}

/* --- the parts as anybody reads them --- */

static const struct {
    enum update_field field;
    const char *name;
} parts[] = {
    { UPDATE_PRODUCTION, "changed" },           { UPDATE_EVAL, "learned (eval)" },
    { UPDATE_USER, "learned (user)" },       { UPDATE_COST_LATENCY, "learned (cost or latency)" },
    { UPDATE_WORLD, "world" },
};
enum { PARTS = sizeof parts / sizeof *parts };
enum { PART_CHANGED, PART_EVAL, PART_USER, PART_COST_LATENCY, PART_WORLD };

static bool read_parts(struct call *call, const struct update_document *document,
                       text words[PARTS], struct update_problems *problems)
{
    for (size_t i = 0; i < PARTS; i++) {
        text mistake;
        if (!update_audience_text(call, value_as_text(document->update.value[parts[i].field]),
                                  AUDIENCES, &words[i], &mistake))
            return false;
        if (mistake.at && !add(call, problems,
                               call_format(call, "%s: %.*s", parts[i].name, TEXT_FMT(mistake))))
            return false;
    }
    return true;
}

/* --- lines --- */

/* The next line that says something, without its mark of a list; what is indented goes with it. */
static text next_line(text *rest)
{
    while (rest->at) {
        text line = text_cut(*rest, '\n', rest);
        text words = text_trim(line);
        if (words.size == 0 || text_starts(words, TEXT("#")))
            continue;
        if (text_starts(line, TEXT("  ")))
            continue;
        if (text_starts(words, TEXT("- ")) || text_starts(words, TEXT("* ")))
            words = text_trim(text_from(words, 2));
        return words;
    }
    return TEXT_NONE;
}

static size_t count_lines(text words)
{
    size_t count = 0;
    while (next_line(&words).at)
        count++;
    return count;
}

static bool has_evidence(text line)
{
    return figure_text_has(line) || text_find(line, TEXT("](")) != SIZE_MAX ||
           text_find(line, TEXT("http://")) != SIZE_MAX ||
           text_find(line, TEXT("https://")) != SIZE_MAX;
}

static bool is_marked(text line)
{
    if (text_ends(line, TEXT(".")))
        line.size--;
    return text_ends(line, TEXT("no measured effect"));
}

static text shown(text line)
{
    return text_until_character(line, LINE_SHOWN);
}

static bool check_changed(struct call *call, text words, struct update_problems *problems)
{
    for (text line; (line = next_line(&words)).at;)
        if (!has_evidence(line) && !is_marked(line) &&
            !add(call, problems,
                 call_format(call,
                             "changed: '%.*s' has neither a figure nor a link: add one, or end it "
                             "with 'no measured effect'",
                             TEXT_FMT(shown(line)))))
            return false;
    return true;
}

/* Exactly one of each; what was measured has its evidence. */
static bool check_slot(struct call *call, size_t part, text words,
                       struct update_problems *problems)
{
    size_t count = count_lines(words);
    if (count > 1)
        return add(call, problems,
                   call_format(call, "%s: one insight, not %zu: keep the one that matters",
                               parts[part].name, count));
    if (count == 0 || part == PART_USER || has_evidence(words))
        return true;
    return add(call, problems, call_format(call, "%s: '%.*s' has neither a figure nor a link",
                                           parts[part].name, TEXT_FMT(shown(words))));
}

/* --- links --- */

static bool is_for_all(const struct record *record)
{
    return record->privacy == PRIVACY_PUBLIC || record->privacy == PRIVACY_TEAM;
}

/* `address` is "plural/ID" with whatever follows; other pages of the house are let be. */
static bool check_address(struct call *call, const char *part, text address,
                          struct update_problems *problems)
{
    text rest;
    const struct record *record =
        catalog_record_word(call->catalog, text_cut(address, '/', &rest));
    text word = text_cut(text_cut(text_cut(rest, '?', &(text){ 0 }), '#', &(text){ 0 }), '/',
                         &(text){ 0 });
    struct row row;
    rid id;
    if (!record || !rest.at || !row_id_read(record, word, &id))
        return true;
    if (!is_for_all(record))
        return add(call, problems,
                   call_format(call, "%s: '%.*s' is private to those who can read it: take it out",
                               part, TEXT_FMT(word)));
    if (find_row(call, record, id, &row) && row.archived == 0)
        return true;
    fail_clear(call);
    return add(call, problems,
               call_format(call,
                           "%s: a line leads to '%.*s', which is gone: take it out, or say it with "
                           "other evidence",
                           part, TEXT_FMT(word)));
}

static bool check_links(struct call *call, const char *part, text words,
                        struct update_problems *problems)
{
    for (;;) {
        size_t at = text_find(words, TEXT("](/"));
        if (at == SIZE_MAX)
            return true;
        words = text_from(words, at + 3);
        text rest, address = text_cut(words, ')', &rest);
        if (!check_address(call, part, address, problems))
            return false;
    }
}

/* --- figures --- */

static bool check_figures(struct call *call, const struct update_document *document,
                          const char *part, text words, struct update_problems *problems)
{
    struct figure_text filled = { .markdown = TEXT_NONE };
    if (!figure_text_fill(call, words, &document->scope, &filled))
        return false;
    for (size_t i = 0; i < filled.error_count; i++)
        if (!add(call, problems,
                 call_format(call, "%s: %.*s", part, TEXT_FMT(filled.error[i]))))
            return false;
    return true;
}

/* Words that stand beside the parts hold to the same: of bets, scores and explanations. */
static bool check_rows(struct call *call, const struct update_document *document,
                       const char *part, const struct rows *rows, int field,
                       struct update_problems *problems)
{
    for (size_t i = 0; i < rows->count; i++) {
        text words = value_as_text(rows->row[i].value[field]);
        if (words.size && (!check_links(call, part, words, problems) ||
                           !check_figures(call, document, part, words, problems)))
            return false;
    }
    return true;
}

static bool check_beside(struct call *call, const struct update_document *document,
                         struct update_problems *problems)
{
    return check_rows(call, document, "next", &document->bets, BET_OUTCOME, problems) &&
           check_rows(call, document, "bet of last week", &document->last_bets, BET_EVIDENCE,
                      problems) &&
           check_rows(call, document, "exceptions", &document->explanations,
                      UPDATE_EXPLANATION_EXPLANATION, problems);
}

/* --- the rules of the method --- */

static text slot(const struct update_document *document, text words, int reason)
{
    return words.size ? words : value_as_text(document->update.value[reason]);
}

static bool check_rules(struct call *call, const struct update_document *document,
                        const text words[PARTS], struct update_problems *problems)
{
    const struct rows *bets = &document->bets;
    struct update_bet *next = call_array(call, bets->count + 1, sizeof *next);
    struct update_errors errors;
    if (!next)
        return false;
    for (size_t i = 0; i < bets->count; i++)
        next[i] = (struct update_bet){
            .title = value_as_text(bets->row[i].value[BET_TITLE]),
            .owner = find_title(call, &person_record, value_as_int(bets->row[i].value[BET_OWNER])),
            .outcome = value_as_text(bets->row[i].value[BET_OUTCOME])
        };
    const struct weekly_update update = {
        .changed = &words[PART_CHANGED],
        .changed_count = 1,
        .eval = slot(document, words[PART_EVAL], UPDATE_EVAL_NONE),
        .user = slot(document, words[PART_USER], UPDATE_USER_NONE),
        .cost_latency = slot(document, words[PART_COST_LATENCY], UPDATE_COST_LATENCY_NONE),
        .world = words[PART_WORLD],
        .next = next,
        .next_count = bets->count,
    };
    if (!weekly_update_errors(call, &update, &errors))
        return false;
    for (size_t i = 0; i < errors.count; i++)
        if (!add(call, problems, errors.error[i]))
            return false;
    return words[PART_WORLD].size || add(call, problems, TEXT("world: nothing said"));
}

static bool check_scores(struct call *call, const struct update_document *document,
                         struct update_problems *problems)
{
    for (size_t i = 0; i < document->last_bets.count; i++) {
        const struct row *bet = &document->last_bets.row[i];
        if (text_is(value_as_text(bet->value[BET_STATE]), "open") &&
            !add(call, problems,
                 call_format(call, "bet of last week not scored: %.*s",
                             TEXT_FMT(value_as_text(bet->value[BET_TITLE])))))
            return false;
    }
    return true;
}

/* --- the reviewer --- */

bool update_words_hash(struct call *call, const struct update_document *document, text *hash)
{
    char room[HASH_TEXT_SIZE];
    size_t count = 0, bets = document->bets.count;
    text *part = call_array(call, UPDATE_FIELDS + 2 * bets, sizeof *part);
    if (!part)
        return false;
    for (int field = UPDATE_PRODUCTION; field <= UPDATE_WORLD; field++)
        part[count++] = value_as_text(document->update.value[field]);
    for (size_t i = 0; i < bets; i++) {
        part[count++] = value_as_text(document->bets.row[i].value[BET_TITLE]);
        part[count++] = value_as_text(document->bets.row[i].value[BET_OUTCOME]);
    }
    struct hash made = hash_strong_parts(part, count);
    hash_write(&made, room);
    *hash = call_text(call, text_of(room));
    return hash->at != NULL;
}

static bool check_reviewer(struct call *call, const struct update_document *document,
                           struct update_problems *problems)
{
    const struct row *update = &document->update;
    text hash;
    if (value_is_null(update->value[UPDATE_REVIEWER]))
        return true;
    if (!update_words_hash(call, document, &hash))
        return false;
    if (text_equal(value_as_text(update->value[UPDATE_REVIEWED_HASH]), hash))
        return true;
    text name = find_title(call, &person_record, value_as_int(update->value[UPDATE_REVIEWER]));
    return add(call, problems,
               call_format(call, "%.*s has not agreed to these words: 'rondo update review'",
                           TEXT_FMT(name)));
}

bool update_check_all(struct call *call, const struct update_document *document,
                      struct update_problems *problems)
{
    text words[PARTS];
    *problems = (struct update_problems){ .problem = NULL };
    if (!read_parts(call, document, words, problems) ||
        !check_rules(call, document, words, problems) ||
        !check_changed(call, words[PART_CHANGED], problems))
        return false;
    for (size_t i = PART_EVAL; i <= PART_COST_LATENCY; i++)
        if (!check_slot(call, i, words[i], problems))
            return false;
    for (size_t i = 0; i < PARTS; i++)
        if (!check_links(call, parts[i].name, words[i], problems) ||
            !check_figures(call, document, parts[i].name, words[i], problems))
            return false;
    return check_beside(call, document, problems) && check_scores(call, document, problems) &&
           check_reviewer(call, document, problems);
}
