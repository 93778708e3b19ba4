/* See match_draft.h. */
#include "store/match_draft.h"

#include "store/reader.h"

/* Above every character: what begins with a word stands between the word and it with this. */
#define LAST_CHARACTER "\xf4\x8f\xbf\xbf"

/* The order of the index. */
#define TITLES_FIRST "word_.in_title DESC, word_.\"row\" DESC, word_.person DESC"

static bool is_open(const struct field *field)
{
    return !(field->flags & (FIELD_SECRET | FIELD_PRIVATE));
}

/* The rows of the tag are looked up once, instead of the tags of every row. */
static void draft_tag(struct statement_draft *draft, const struct record *record, text tag)
{
    struct out *words = &draft->words;
    bool is_first = true;
    out_string(words, " AND row_.id IN (SELECT tag.\"row\" FROM tag WHERE tag.record = ");
    draft_text(draft, text_of(record->name));
    out_string(words, " AND tag.tag = ");
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

static void draft_qualifiers(struct statement_draft *draft, const struct match_question *question,
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
bool match_draft_filters(const struct call *call, const struct match_question *question,
                         const struct record *record)
{
    bool is_hidden = record->privacy != PRIVACY_PUBLIC || record_parent(record) >= 0;
    return question->tag_count || question->person || question->since || question->until ||
           (is_hidden && !call->all_rows);
}

static void draft_is_word(struct statement_draft *draft, const char *alias,
                          const struct match_question *question, int word, enum match_part part)
{
    struct call *call = draft->words.call;
    bool is_exact = !question->is_start[word] || part == MATCH_EXACT;
    text start = question->word[word];
    out_format(&draft->words, " AND %s.word %s ", alias,
               is_exact               ? "="
               : part == MATCH_LONGER ? ">"
                                      : ">=");
    draft_text(draft, start);
    if (is_exact)
        return;
    out_format(&draft->words, " AND %s.word < ", alias);
    draft_text(draft, call_format(call, "%.*s" LAST_CHARACTER, TEXT_FMT(start)));
}

/* What only an author reads is for the actor's own eyes; nobody is person 0, who has none. */
static void draft_persons(struct statement_draft *draft, const char *alias)
{
    const struct call *call = draft->words.call;
    if (call->all_rows)
        return;
    out_format(&draft->words, " AND %s.person IN (0, ", alias);
    draft_int(draft, call->actor.person);
    out_char(&draft->words, ')');
}

static void draft_others(struct statement_draft *draft, const struct match_question *question,
                         const struct match_reading *reading)
{
    for (int i = 0; i < question->word_count; i++) {
        if (i == reading->word)
            continue;
        out_string(&draft->words, " AND EXISTS (SELECT 1 FROM word AS other_ WHERE "
                                  "other_.\"row\" = word_.\"row\" AND other_.record = ");
        draft_text(draft, text_of(reading->record->name));
        draft_is_word(draft, "other_", question, i, MATCH_ALL);
        draft_persons(draft, "other_");
        out_char(&draft->words, ')');
    }
}

static void draft_limit(struct statement_draft *draft, int limit)
{
    if (!limit)
        return;
    out_string(&draft->words, " LIMIT ");
    draft_int(draft, limit);
}

static void draft_rows(struct statement_draft *draft, const struct match_reading *reading)
{
    for (int i = 0; i < reading->count; i++) {
        out_string(&draft->words, i ? ", " : " AND word_.\"row\" IN (");
        draft_int(draft, reading->row[i]);
    }
    out_string(&draft->words, reading->count ? ")" : "");
}

bool match_draft_word(struct call *call, const struct match_question *question,
                      const struct match_reading *reading, struct statement_draft *draft)
{
    const struct record *record = reading->record;
    bool is_filtered = !reading->row && match_draft_filters(call, question, record);
    draft_init(draft, call);
    struct out *words = &draft->words;
    out_string(words, "SELECT word_.\"row\", word_.person, word_.count, word_.length, "
                      "word_.in_title FROM word AS word_");
    if (is_filtered) /* crossed: words are read first */
        out_format(words, " CROSS JOIN \"%s\" AS row_", record->plural);
    out_string(words, " WHERE word_.record = ");
    draft_text(draft, text_of(record->name));
    draft_is_word(draft, "word_", question, reading->word, reading->part);
    draft_persons(draft, "word_");
    draft_rows(draft, reading);
    if (is_filtered) {
        out_string(words, " AND row_.id = word_.\"row\"");
        draft_qualifiers(draft, question, record);
        if (!reader_clause(call, record, "row_", 0, draft))
            return false;
    }
    if (reading->with_others)
        draft_others(draft, question, reading);
    if (reading->part == MATCH_LONGER)
        out_string(words, " ORDER BY word_.word, " TITLES_FIRST);
    else if (!reading->row && (!question->is_start[reading->word] || reading->part == MATCH_EXACT))
        out_string(words, " ORDER BY " TITLES_FIRST);
    draft_limit(draft, reading->limit);
    return call->fail.kind == FAIL_NONE;
}

static bool has_named_readers(const struct call *call, const struct record *record)
{
    return !call->all_rows &&
           (record->privacy == PRIVACY_NAMED || record->privacy == PRIVACY_PRIVATE);
}

static void draft_named(struct statement_draft *draft, const char *alias,
                        const struct record *record)
{
    out_format(&draft->words, "%s.record = ", alias);
    draft_text(draft, text_of(record->name));
    out_format(&draft->words, " AND %s.person = ", alias);
    draft_int(draft, draft->words.call->actor.person);
}

bool match_draft_passing(struct call *call, const struct match_question *question,
                         const struct record *record, int limit, struct statement_draft *draft)
{
    struct out *words = &draft->words;
    draft_init(draft, call);
    out_string(words, "SELECT row_.id FROM ");
    if (has_named_readers(call, record)) { /* the few that the actor reads, instead of all */
        out_format(words, "reader AS named_ CROSS JOIN \"%s\" AS row_ WHERE ", record->plural);
        draft_named(draft, "named_", record);
        out_string(words, " AND row_.id = named_.\"row\"");
    } else {
        out_format(words, "\"%s\" AS row_ WHERE 1 = 1", record->plural);
    }
    draft_qualifiers(draft, question, record);
    if (!reader_clause(call, record, "row_", 0, draft))
        return false;
    draft_limit(draft, limit);
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
    draft_qualifiers(draft, question, record);
    if (has_named_readers(call, record)) { /* signed, so that it is compared and not looked up */
        out_string(words, " AND +row_.id IN (SELECT named_.\"row\" FROM reader AS named_ WHERE ");
        draft_named(draft, "named_", record);
        out_char(words, ')');
    }
    if (!reader_clause(call, record, "row_", 0, draft))
        return false;
    /* by the change, which has an index, instead of its time */
    out_string(words, " ORDER BY row_.change DESC, row_.id DESC");
    draft_limit(draft, limit);
    return call->fail.kind == FAIL_NONE;
}
