/*
 * The record `note`: people write the body; title, author, tags, mentions and, where nobody says
 * otherwise, day and dimension are read from it, whichever door it came through.
 */
#include "base/lower_case.h"
#include "engine/dimensions.h"
#include "rooms/day/day.h"
#include "rooms/day/note_text.h"
#include "rooms/people/people.h"
#include "store/find.h"

static const char *const state_words[] = { "open", "done", NULL };

static const struct field note_fields[] = {
    [NOTE_TITLE] = { .name = "title",
                     .label = "Title",
                     .kind = FIELD_TEXT,
                     .flags = FIELD_COUNTED,
                     .help = "The first line of the note." },
    [NOTE_BODY] = { .name = "body",
                    .label = "Note",
                    .kind = FIELD_PROSE,
                    .flags = FIELD_NEEDED | FIELD_SEARCHED,
                    .help = "Markdown; @person shares it, #tag sorts it, due:friday dates it." },
    [NOTE_AUTHOR] = { .name = "author",
                      .label = "Author",
                      .kind = FIELD_REF,
                      .refers = "person",
                      .flags = FIELD_BY_NAME | FIELD_COUNTED,
                      .help = "Who wrote it." },
    [NOTE_STATE] = { .name = "state",
                     .label = "State",
                     .kind = FIELD_CHOICE,
                     .flags = FIELD_NEEDED,
                     .choices = state_words,
                     .fallback = "open",
                     .help = "Whether anything is to be done about it." },
    [NOTE_DUE] = { .name = "due",
                   .label = "Due",
                   .kind = FIELD_DATE,
                   .flags = FIELD_INDEXED,
                   .help = "The day it is for; 'due:2026-12-01' in the text sets it." },
    [NOTE_TAGS] = { .name = "tags",
                    .label = "Tags",
                    .kind = FIELD_TAGS,
                    .flags = FIELD_COUNTED,
                    .help = "Its #tags." },
    [NOTE_MENTIONS] = { .name = "mentions",
                        .label = "Mentions",
                        .kind = FIELD_REFS,
                        .refers = "person",
                        .flags = FIELD_BY_NAME | FIELD_COUNTED,
                        .help = "Whom the text names with @: they may read it." },
    [NOTE_DIMENSION_REASON] = { .name = "dimension_reason",
                                .label = "Why this dimension",
                                .kind = FIELD_TEXT,
                                .flags = FIELD_COUNTED,
                                .help = "The words that decided, or who set it." },
};

static const struct transition note_states[] = {
    { "open", "done", "finish", 0, NULL, UNDO_YES },
    { "done", "open", "reopen", 0, NULL, UNDO_YES },
    { 0 },
};

/* --- what the text says --- */

/* The person whose whole name stands there, the longest; else the one with that first name. */
static rid mentioned(const struct rows *persons, const struct note_mark *mark)
{
    const struct row *best = NULL, *first = NULL;
    size_t best_size = 0, firsts = 0;
    for (size_t i = 0; i < persons->count; i++) {
        text rest, name = value_as_text(persons->row[i].value[PERSON_NAME]);
        if (name.size > best_size && note_text_names(mark->rest, name)) {
            best = &persons->row[i];
            best_size = name.size;
        }
        if (text_same_word(text_cut(name, ' ', &rest), mark->word)) {
            first = &persons->row[i];
            firsts++;
        }
    }
    return best ? best->id : firsts == 1 ? first->id : 0;
}

static bool has_id(const rid *ids, uint32_t count, rid id)
{
    for (uint32_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

/* A name that is nobody's stays a word of the text. */
static bool settle_mentions(struct call *call, const struct note_marks *marks, struct row *note)
{
    struct rows persons;
    struct query query;
    uint32_t count = 0;
    rid *ids = call_array(call, marks->count + 1, sizeof *ids);
    query_init(&query, &person_record);
    if (!ids || !find_rows(call, &query, &persons))
        return false;
    for (size_t i = 0; i < marks->count; i++) {
        rid id = marks->mark[i].kind == MARK_PERSON ? mentioned(&persons, &marks->mark[i]) : 0;
        if (id && !has_id(ids, count, id))
            ids[count++] = id;
    }
    note->value[NOTE_MENTIONS] =
        count ? (struct value){ .kind = VALUE_IDS, .count = count, .ids = ids } : VALUE_NONE;
    return true;
}

static bool has_text(const text *texts, uint32_t count, text word)
{
    for (uint32_t i = 0; i < count; i++)
        if (text_equal(texts[i], word))
            return true;
    return false;
}

static bool settle_tags(struct call *call, const struct note_marks *marks, struct row *note)
{
    uint32_t count = 0;
    text *tags = call_array(call, marks->count + 1, sizeof *tags);
    if (!tags)
        return false;
    for (size_t i = 0; i < marks->count; i++) {
        text tag = marks->mark[i].kind == MARK_TAG ? lower_case(call, marks->mark[i].word)
                                                   : TEXT_NONE;
        if (tag.size && tag.size <= TAG_BYTES_MAX && count < TAGS_MAX &&
            !has_text(tags, count, tag))
            tags[count++] = tag;
    }
    note->value[NOTE_TAGS] =
        count ? (struct value){ .kind = VALUE_TEXTS, .count = count, .texts = tags } : VALUE_NONE;
    return call->fail.kind == FAIL_NONE;
}

/* The first due: that is a day; TEXT_NONE: none. */
static text due_word(const struct note_marks *marks, int64_t today, int64_t *day)
{
    for (size_t i = 0; i < marks->count; i++)
        if (marks->mark[i].kind == MARK_DUE && day_read(marks->mark[i].word, today, day))
            return marks->mark[i].word;
    return TEXT_NONE;
}

/* "due:friday" means the Friday after it was written, also when the note is changed later. */
static bool settle_due(struct call *call, const struct note_marks *marks, const struct row *before,
                       struct row *note)
{
    int64_t today, day, was;
    text zone;
    struct note_marks old;
    if (!day_today(call, value_as_int(note->value[NOTE_AUTHOR]), &today, &zone))
        return false;
    text word = due_word(marks, today, &day);
    if (!word.at)
        return true;
    if (before) {
        if (!note_text_marks(call, value_as_text(before->value[NOTE_BODY]), &old))
            return false;
        text old_word = due_word(&old, today, &was);
        if (old_word.at && text_equal(old_word, word))
            return true;
    }
    note->value[NOTE_DUE] = value_int(day);
    return true;
}

static unsigned dimensions_written(const struct note_marks *marks)
{
    unsigned bits = 0;
    for (size_t i = 0; i < marks->count; i++)
        for (int bit = 0; bit < DIMENSION_COUNT; bit++)
            if ((marks->mark[i].kind == MARK_TAG || marks->mark[i].kind == MARK_DIMENSION) &&
                text_same_word(marks->mark[i].word, text_of(dimension_facts[bit].word)))
                bits |= 1u << bit;
    return bits;
}

static bool settle_dimensions(struct call *call, const struct note_marks *marks, struct row *note)
{
    struct dimensions_hint hint = { .reason = TEXT("") };
    unsigned written = dimensions_written(marks);
    if (note->dimensions) {
        note->value[NOTE_DIMENSION_REASON] = value_choice("set by hand");
    } else if (written) {
        note->dimensions = written;
        note->value[NOTE_DIMENSION_REASON] = value_choice("written in the note");
    } else {
        if (!dimensions_suggest(call, value_as_text(note->value[NOTE_BODY]), &hint))
            return false;
        note->dimensions = hint.bits;
        note->value[NOTE_DIMENSION_REASON] =
            hint.bits ? value_text(text_until_character(hint.reason, 900)) : VALUE_NONE;
    }
    return true;
}

/* One line that may be shown: what is no character becomes a blank. */
static bool settle_title(struct call *call, struct row *note)
{
    text title = call_text(call, note_text_title(value_as_text(note->value[NOTE_BODY])));
    char *copy = call_take(call, title.size + 1);
    if (!title.at || !copy)
        return false;
    if (title.size == 0)
        return fail_at(call, "body", "a note needs words: 'body' is empty");
    for (size_t i = 0; i < title.size; i++)
        copy[i] = (unsigned char)title.at[i] < 32 || title.at[i] == 127 ? ' ' : title.at[i];
    note->value[NOTE_TITLE] = value_text((text){ copy, title.size });
    return true;
}

static bool note_settle(struct call *call, const struct row *before, struct row *note)
{
    struct note_marks marks;
    if (!before)
        note->value[NOTE_AUTHOR] = value_ref(call->actor.person);
    bool is_same = before && value_equal(before->value[NOTE_BODY], note->value[NOTE_BODY]);
    if (before && before->dimensions != note->dimensions)
        note->value[NOTE_DIMENSION_REASON] =
            note->dimensions ? value_choice("set by hand") : VALUE_NONE;
    if (is_same || value_is_null(note->value[NOTE_BODY]))
        return true;
    return settle_title(call, note) &&
           note_text_marks(call, value_as_text(note->value[NOTE_BODY]), &marks) &&
           settle_mentions(call, &marks, note) && settle_tags(call, &marks, note) &&
           settle_due(call, &marks, before, note) &&
           (before || settle_dimensions(call, &marks, note));
}

static const char *const note_listed[] = { "state", "due", "author", "tags", "mentions", NULL };

const struct record note_record = {
    .name = "note",
    .plural = "notes",
    .prefix = "NOTE",
    .label = "note",
    .help = "A thought caught in a line, for its author and whom it mentions: 'rondo note TEXT'.",
    .field = note_fields,
    .field_count = sizeof note_fields / sizeof note_fields[0],
    .title = NOTE_TITLE,
    .state = NOTE_STATE,
    .states = note_states,
    .listed = note_listed,
    .settle = note_settle,
    .readers = "mentions",
    .sought = { "author", "created" },
    .privacy = PRIVACY_NAMED,
};
