/* See search.h. Qualifiers are one table. */
#include "offers/search.h"

#include "base/stamp.h"
#include "offers/nearest.h"
#include "offers/refs.h"

enum { WORD_SHOWN_BYTES = 80 };

typedef bool (*qualifier_reader)(struct call *call, text value, struct match_question *question);

static bool read_tag(struct call *call, text value, struct match_question *question)
{
    if (question->tag_count == MATCH_TAGS_MAX)
        return fail_at(call, "q", "more than %d tags: search with fewer", MATCH_TAGS_MAX);
    question->tag[question->tag_count++] = value;
    return true;
}

static bool read_person(struct call *call, text value, struct match_question *question)
{
    const struct record *person = catalog_record(call->catalog, TEXT("person"));
    if (question->person)
        return fail_at(call, "q", "'by:' is given twice: search for one person at a time");
    if (person && refs_find(call, person, value, &question->person))
        return true;
    if (person && call->fail.kind != FAIL_NOT_FOUND)
        return false;
    fail_clear(call);
    return fail_at(call, "q", "'by:' needs a person, and there is no person '%.*s'",
                   TEXT_FMT(text_until_character(value, WORD_SHOWN_BYTES)));
}

/* The day begins where the workspace is. */
static bool read_day(struct call *call, const char *name, text value, int later, stamp *at)
{
    int64_t days;
    if (*at)
        return fail_at(call, "q", "'%s:' is given twice: search from one day to another", name);
    if (!date_read(value, &days))
        return fail_at(call, "q", "'%s:' needs a day such as 2026-11-16, not '%.*s'", name,
                       TEXT_FMT(text_until_character(value, WORD_SHOWN_BYTES)));
    if (!stamp_from_local(call, call->workspace_zone, (days + later) * STAMP_DAY, at))
        return false;
    *at += *at == 0; /* 0 is no time at all */
    return true;
}

static bool read_since(struct call *call, text value, struct match_question *question)
{
    return read_day(call, "since", value, 0, &question->since);
}

/* The whole day counts. */
static bool read_until(struct call *call, text value, struct match_question *question)
{
    return read_day(call, "until", value, 1, &question->until);
}

static const struct qualifier {
    const char *name;
    qualifier_reader read;
} qualifiers[] = {
    { "tag", read_tag },
    { "by", read_person },
    { "since", read_since },
    { "until", read_until },
};
enum { QUALIFIER_COUNT = sizeof qualifiers / sizeof qualifiers[0] };

static const struct qualifier *qualifier_of(text word)
{
    text value, name = text_cut(word, ':', &value);
    for (int i = 0; value.at && i < QUALIFIER_COUNT; i++)
        if (text_same_word(name, text_of(qualifiers[i].name)))
            return &qualifiers[i];
    return NULL;
}

bool search_is_qualifier(text word)
{
    return qualifier_of(word) != NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next word, up to a blank; of a qualifier a value in quotes is one word. */
static text next_word(text *rest)
{
    size_t end = 0;
    bool is_quoted = false;
    *rest = text_trim(*rest);
    while (end < rest->size && (is_quoted || !is_blank(rest->at[end]))) {
        if (rest->at[end] == '"' && (is_quoted || search_is_qualifier(text_until(*rest, end))))
            is_quoted = !is_quoted;
        end++;
    }
    text word = text_until(*rest, end);
    *rest = text_from(*rest, end);
    return word;
}

static bool read_qualifier(struct call *call, const struct qualifier *qualifier, text word,
                           struct match_question *question)
{
    text value;
    text_cut(word, ':', &value);
    bool is_quoted = value.size && value.at[0] == '"';
    if (is_quoted && (value.size < 2 || value.at[value.size - 1] != '"'))
        return fail_at(call, "q", "the quotes after '%s:' are not closed: write %s:\"two words\"",
                       qualifier->name, qualifier->name);
    if (is_quoted)
        value = text_until(text_from(value, 1), value.size - 2);
    value = text_trim(value);
    if (value.size == 0)
        return fail_at(call, "q", "'%s:' needs a value right behind it", qualifier->name);
    return qualifier->read(call, value, question);
}

static bool read_word(struct call *call, text word, struct match_question *question)
{
    struct match_id *id = &question->id[question->id_count];
    const struct qualifier *qualifier = qualifier_of(word);
    if (qualifier)
        return read_qualifier(call, qualifier, word, question);
    if (question->id_count < MATCH_IDS_MAX &&
        catalog_id_read(call->catalog, word, &id->record, &id->id))
        question->id_count++;
    return match_question_words(call, question, word);
}

static bool fail_unknown_kind(struct call *call, text kind)
{
    struct nearest nearest;
    nearest_init(&nearest, kind);
    for (size_t i = 0; i < call->catalog->record_count; i++)
        nearest_try(&nearest, text_of(call->catalog->record[i]->name));
    text best = nearest_best(&nearest), shown = text_until_character(kind, WORD_SHOWN_BYTES);
    if (best.at)
        return fail_at(call, "kind", "there is no record called '%.*s': did you mean '%.*s'?",
                       TEXT_FMT(shown), TEXT_FMT(best));
    return fail_at(call, "kind", "there is no record called '%.*s'", TEXT_FMT(shown));
}

static bool read_kind(struct call *call, text kind, struct match_question *question)
{
    if (!kind.size)
        return true;
    question->kind = catalog_record_word(call->catalog, kind);
    return question->kind || fail_unknown_kind(call, kind);
}

bool search_read(struct call *call, text words, text kind, int64_t after, int64_t limit,
                 struct match_question *question)
{
    *question = (struct match_question){ .after = (int)after, .limit = (int)limit };
    if (!read_kind(call, kind, question))
        return false;
    if (!text_is_utf8(words))
        return fail_at(call, "q", "the words to search for are not UTF-8");
    for (text rest = text_trim(words); rest.size; rest = text_trim(rest))
        if (!read_word(call, next_word(&rest), question))
            return false;
    bool has_qualifier =
        question->tag_count || question->person || question->since || question->until;
    if (!question->word_count && !has_qualifier)
        return fail_at(call, "q",
                       "there is nothing to search for: give words, an id, or one of tag:, by:, "
                       "since: and until:");
    if (question->word_count) /* people search while they type */
        question->is_start[question->last_word] = true;
    return true;
}
