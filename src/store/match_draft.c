/* See match_draft.h. */
#include "store/match_draft.h"

#include "store/reader.h"

/* Above every character: what begins with a word stands between the word and it with this. */
#define LAST_CHARACTER "\xf4\x8f\xbf\xbf"

static bool is_open(const struct field *field)
{
    return !(field->flags & (FIELD_SECRET | FIELD_PRIVATE));
}

static void draft_tag(struct statement_draft *draft, const struct record *record, text tag)
{
    struct out *words = &draft->words;
    bool is_first = true;
    out_string(words, " AND EXISTS (SELECT 1 FROM tag WHERE tag.record = ");
    draft_text(draft, text_of(record->name));
    out_string(words, " AND tag.\"row\" = row_.id AND tag.tag = ");
    draft_text(draft, tag);
    out_string(words, " AND tag.field IN (");
    for (size_t i = 0; i < record->field_count; i++) {
        if (record->field[i].kind != FIELD_TAGS || !is_open(&record->field[i]))
            continue;
        out_string(words, is_first ? "" : ", ");
        draft_text(draft, text_of(record->field[i].name));
        is_first = false;
    }
    out_string(words, is_first ? "NULL))" : "))");
}

static bool is_of_person(const struct field *field)
{
    return (field->kind == FIELD_REF || field->kind == FIELD_REFS) && is_open(field) &&
           strcmp(field->refers, "person") == 0;
}

static void draft_person(struct statement_draft *draft, const struct record *record, rid person)
{
    struct out *words = &draft->words;
    out_string(words, " AND (EXISTS (SELECT 1 FROM change WHERE change.id = row_.change AND "
                      "change.actor = ");
    draft_int(draft, person);
    out_char(words, ')');
    for (size_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->field[i];
        if (!is_of_person(field))
            continue;
        if (field->kind == FIELD_REF)
            out_format(words, " OR row_.\"%s\" = ", field->name);
        else
            out_format(words,
                       " OR EXISTS (SELECT 1 FROM \"%s_%s\" AS list_ WHERE list_.\"row\" = row_.id "
                       "AND list_.target = ",
                       record->name, field->name);
        draft_int(draft, person);
        out_string(words, field->kind == FIELD_REF ? "" : ")");
    }
    out_char(words, ')');
}

static void draft_filters(struct statement_draft *draft, const struct match_question *question,
                          const struct record *record)
{
    out_string(&draft->words, " AND row_.archived = 0");
    for (int i = 0; i < question->tag_count; i++)
        draft_tag(draft, record, question->tag[i]);
    if (question->person)
        draft_person(draft, record, question->person);
    if (question->since) {
        out_string(&draft->words, " AND row_.changed >= ");
        draft_int(draft, question->since);
    }
    if (question->until) {
        out_string(&draft->words, " AND row_.changed < ");
        draft_int(draft, question->until);
    }
}

/* The words alone will do where everybody reads every row: dropped rows have none. */
static bool needs_row(const struct call *call, const struct match_question *question,
                      const struct record *record)
{
    bool is_hidden = record->privacy != PRIVACY_PUBLIC || record_parent(record) >= 0;
    return question->tag_count || question->person || question->since || question->until ||
           (is_hidden && !call->all_rows);
}

static void draft_word(struct statement_draft *draft, text word, bool is_start)
{
    struct call *call = draft->words.call;
    out_string(&draft->words, is_start ? "word_.word >= " : "word_.word = ");
    draft_text(draft, word);
    if (!is_start)
        return;
    out_string(&draft->words, " AND word_.word < ");
    draft_text(draft, call_format(call, "%.*s" LAST_CHARACTER, TEXT_FMT(word)));
}

/* What only an author reads is for the actor's own eyes; nobody is person 0, who has none. */
static void draft_persons(struct statement_draft *draft)
{
    const struct call *call = draft->words.call;
    if (call->all_rows)
        return;
    out_string(&draft->words, " AND word_.person IN (0, ");
    draft_int(draft, call->actor.person);
    out_char(&draft->words, ')');
}

static void draft_limit(struct statement_draft *draft, int limit)
{
    if (!limit)
        return;
    out_string(&draft->words, " LIMIT ");
    draft_int(draft, limit);
}

bool match_draft_word(struct call *call, const struct match_question *question,
                      const struct record *record, int word, bool is_wide, const rid *row,
                      int count, int limit, struct statement_draft *draft)
{
    bool joins = needs_row(call, question, record);
    draft_init(draft, call);
    struct out *words = &draft->words;
    out_string(words, "SELECT word_.\"row\", word_.person, word_.count, word_.length "
                      "FROM word AS word_");
    if (joins) /* crossed, so that the words are read first */
        out_format(words, " CROSS JOIN \"%s\" AS row_", record->plural);
    /*
     * The start of a word is looked up among the words of all records: neither the record nor the
     * order must tempt the store to read all words of the record instead. Where it stands for a
     * great many words that is just what it should do, until it has enough.
     */
    bool is_range = question->is_start[word] && !is_wide && count == 0;
    out_string(words, is_range ? " WHERE word_.record || '' = " : " WHERE word_.record = ");
    draft_text(draft, text_of(record->name));
    out_string(words, " AND ");
    draft_word(draft, question->word[word], question->is_start[word]);
    draft_persons(draft);
    for (int i = 0; i < count; i++) {
        out_string(words, i ? ", " : " AND word_.\"row\" IN (");
        draft_int(draft, row[i]);
    }
    out_string(words, count ? ")" : "");
    if (joins) {
        out_string(words, " AND row_.id = word_.\"row\"");
        draft_filters(draft, question, record);
        if (!reader_clause(call, record, "row_", draft))
            return false;
    }
    out_format(words, " ORDER BY word_.\"row\"%s DESC, word_.person, word_.word",
               is_range ? " + 0" : "");
    draft_limit(draft, limit);
    return call->fail.kind == FAIL_NONE;
}

bool match_draft_width(struct call *call, const struct match_question *question, int word,
                       int limit, struct statement_draft *draft)
{
    draft_init(draft, call);
    out_string(&draft->words, "SELECT count(*) FROM (SELECT 1 FROM word AS word_ WHERE ");
    draft_word(draft, question->word[word], question->is_start[word]);
    draft_limit(draft, limit);
    out_string(&draft->words, ") AS some_");
    return call->fail.kind == FAIL_NONE;
}

bool match_draft_newest(struct call *call, const struct match_question *question,
                        const struct record *record, rid id, int limit,
                        struct statement_draft *draft)
{
    draft_init(draft, call);
    struct out *words = &draft->words;
    out_format(words, "SELECT row_.id, row_.changed FROM \"%s\" AS row_ WHERE 1 = 1",
               record->plural);
    if (id) {
        out_string(words, " AND row_.id = ");
        draft_int(draft, id);
    }
    draft_filters(draft, question, record);
    if (!reader_clause(call, record, "row_", draft))
        return false;
    out_string(words, " ORDER BY row_.changed DESC, row_.id");
    draft_limit(draft, limit);
    return call->fail.kind == FAIL_NONE;
}
