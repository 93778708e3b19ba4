/*
 * Room rituals: the nouns of one day. An occurrence changes its state by the verbs of
 * occurrence_rules.c alone: closing also writes minutes, which no generic verb could.
 */
#include "rooms/rituals/rituals.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { STEP_MINUTES_MAX = 480, PLACES_MAX = 1000, PARAGRAPH_MAX = 4000 };

static const char *const occurrence_state_words[] = {
    "scheduled", "open", "closed", "held_incomplete", "skipped", "cancelled", NULL,
};

static const struct field occurrence_fields[] = {
    [OCCURRENCE_TITLE] = { .name = "title", .label = "Title", .kind = FIELD_TEXT,
                           .flags = FIELD_COUNTED | FIELD_SEARCHED,
                           .help = "Ritual and day, as they were when it was first touched." },
    [OCCURRENCE_RITUAL] = { .name = "ritual", .label = "Ritual", .kind = FIELD_REF,
                            .refers = "ritual",
                            .flags = FIELD_NEEDED | FIELD_OWNED | FIELD_FIXED | FIELD_BY_NAME,
                            .help = "Which ritual it is a day of." },
    [OCCURRENCE_DAY] = { .name = "day", .label = "Day", .kind = FIELD_DATE,
                         .flags = FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
                         .help = "The day that the rule gives, also after it was moved." },
    [OCCURRENCE_STATE] = { .name = "state", .label = "State", .kind = FIELD_CHOICE,
                           .choices = occurrence_state_words,
                           .flags = FIELD_NEEDED | FIELD_COUNTED, .fallback = "scheduled",
                           .help = "Where it stands; changed by opening, closing, skipping." },
    [OCCURRENCE_MOVED_TO] = { .name = "moved_to", .label = "Moved to", .kind = FIELD_STAMP,
                              .flags = FIELD_COUNTED | FIELD_INDEXED,
                              .help = "When it is held instead." },
    [OCCURRENCE_STARTED] = { .name = "started", .label = "Started", .kind = FIELD_STAMP,
                             .flags = FIELD_COUNTED, .help = "When it was opened." },
    [OCCURRENCE_ENDED] = { .name = "ended", .label = "Ended", .kind = FIELD_STAMP,
                           .flags = FIELD_COUNTED,
                           .help = "When it was closed, skipped or cancelled." },
    [OCCURRENCE_FACILITATOR] = { .name = "facilitator", .label = "Facilitator",
                                 .kind = FIELD_REF, .refers = "person", .flags = FIELD_BY_NAME,
                                 .help = "Who leads it." },
    [OCCURRENCE_ATTENDEES] = { .name = "attendees", .label = "Attendees", .kind = FIELD_REFS,
                               .refers = "person", .flags = FIELD_BY_NAME,
                               .help = "Who is there." },
    [OCCURRENCE_PREPARED] = { .name = "prepared", .label = "Prepared", .kind = FIELD_REFS,
                              .refers = "ritual_preparation", .flags = FIELD_BY_NAME,
                              .help = "What has been prepared." },
    [OCCURRENCE_PARAGRAPH] = { .name = "paragraph", .label = "Paragraph", .kind = FIELD_PROSE,
                               .max = PARAGRAPH_MAX, .flags = FIELD_SEARCHED,
                               .help = "The one paragraph for the broader team." },
    [OCCURRENCE_REASON] = { .name = "reason", .label = "Reason", .kind = FIELD_TEXT,
                            .flags = FIELD_COUNTED,
                            .help = "Why it was skipped, cancelled, or closed incomplete." },
    [OCCURRENCE_SETTLED_BY] = { .name = "settled_by", .label = "Settled by", .kind = FIELD_REF,
                                .refers = "person", .flags = FIELD_COUNTED | FIELD_BY_NAME,
                                .help = "Who closed, skipped or cancelled it." },
};

/* "One paragraph enforced": a blank line begins a second one. */
static bool paragraph_check(struct call *call, text paragraph)
{
    text rest = text_trim(paragraph);
    while (rest.size) {
        text line = text_cut(rest, '\n', &rest);
        if (text_trim(line).size == 0)
            return fail_at(call, "paragraph",
                           "the paragraph is one: take out the blank line, or write the rest as a "
                           "note");
    }
    return true;
}

static bool occurrence_check(struct call *call, const struct row *before, const struct row *after)
{
    bool is_over = before && !value_is_null(before->value[OCCURRENCE_ENDED]);
    if (is_over && !value_equal(before->value[OCCURRENCE_PARAGRAPH],
                                after->value[OCCURRENCE_PARAGRAPH]))
        return fail_at(call, "paragraph",
                       "the ritual is over and its minutes are written: the paragraph stays");
    return paragraph_check(call, value_as_text(after->value[OCCURRENCE_PARAGRAPH]));
}

static const char *const occurrence_listed[] = { "day", "state", "facilitator", "reason", NULL };

const struct record occurrence_record = {
    .name = "occurrence", .plural = "occurrences", .prefix = "OCC", .label = "occurrence",
    .help = "One day of a ritual: 'rondo ritual open RITUAL'.",
    .field = occurrence_fields, .field_count = COUNT(occurrence_fields),
    .title = OCCURRENCE_TITLE, .unique = { { "ritual", "day" } }, .listed = occurrence_listed,
    .check = occurrence_check, .made_by_program = true,
};

/* The parent of what an occurrence owns. */
#define OF_OCCURRENCE                                                                              \
    {                                                                                              \
        .name = "occurrence", .label = "Occurrence", .kind = FIELD_REF, .refers = "occurrence",    \
        .flags = FIELD_NEEDED | FIELD_OWNED | FIELD_FIXED, .help = "Of which day it is."           \
    }

static const struct field occurrence_step_fields[] = {
    [OCCURRENCE_STEP_OCCURRENCE] = OF_OCCURRENCE,
    [OCCURRENCE_STEP_NAME] = { .name = "name", .label = "Step", .kind = FIELD_TEXT, .max = 200,
                               .flags = FIELD_NEEDED, .help = "What is done in it." },
    [OCCURRENCE_STEP_MINUTES] = { .name = "minutes", .label = "Minutes", .kind = FIELD_INT,
                                  .flags = FIELD_NEEDED, .min = 1, .max = STEP_MINUTES_MAX,
                                  .help = "How long it takes today." },
    [OCCURRENCE_STEP_PLACE] = { .name = "place", .label = "Place", .kind = FIELD_INT,
                                .flags = FIELD_NEEDED, .min = 1, .max = PLACES_MAX,
                                .help = "1 is the first step." },
    [OCCURRENCE_STEP_STARTED] = { .name = "started", .label = "Started", .kind = FIELD_STAMP,
                                  .help = "When its time began to run." },
};

const struct record occurrence_step_record = {
    .name = "occurrence_step", .plural = "occurrence_steps", .prefix = "OST",
    .label = "timed step", .help = "One timed part of one day of a ritual; opening makes them.",
    .field = occurrence_step_fields, .field_count = COUNT(occurrence_step_fields),
    .title = OCCURRENCE_STEP_NAME,
};

static const char *const agenda_item_states[] = {
    "open", "done", "parked", "carried", "dropped", NULL,
};

static const struct field agenda_item_fields[] = {
    [AGENDA_ITEM_OCCURRENCE] = OF_OCCURRENCE,
    [AGENDA_ITEM_TITLE] = { .name = "title", .label = "Title", .kind = FIELD_TEXT,
                            .flags = FIELD_NEEDED | FIELD_SEARCHED,
                            .help = "What to talk about." },
    [AGENDA_ITEM_WHY] = { .name = "why", .label = "Why", .kind = FIELD_TEXT,
                          .help = "Why it is here." },
    [AGENDA_ITEM_STATE] = { .name = "state", .label = "State", .kind = FIELD_CHOICE,
                            .choices = agenda_item_states, .flags = FIELD_NEEDED,
                            .fallback = "open",
                            .help = "Parked is the parking lot; carried went on to the next "
                                    "time." },
    [AGENDA_ITEM_OWNER] = { .name = "owner", .label = "Owner", .kind = FIELD_REF,
                            .refers = "person", .flags = FIELD_BY_NAME,
                            .help = "Who brings it up." },
    [AGENDA_ITEM_ABOUT] = { .name = "about", .label = "About", .kind = FIELD_TEXT, .max = 100,
                            .help = "The public id of the row that it is about." },
    [AGENDA_ITEM_SOURCE] = { .name = "source", .label = "Source", .kind = FIELD_TEXT, .max = 100,
                             .flags = FIELD_COUNTED,
                             .help = "What brought it; empty: a person." },
    [AGENDA_ITEM_CARRIED] = { .name = "carried", .label = "Carried over", .kind = FIELD_INT,
                              .flags = FIELD_COUNTED,
                              .help = "How many times it was carried over unfinished." },
};

static const char *const agenda_item_listed[] = { "state", "owner", "carried", "about", NULL };

const struct record agenda_item_record = {
    .name = "agenda_item", .plural = "agenda_items", .prefix = "AGI", .label = "agenda item",
    .help = "One thing to talk about in an occurrence: 'rondo agenda-item add --occurrence OCC-1 "
            "--title WORDS'.",
    .field = agenda_item_fields, .field_count = COUNT(agenda_item_fields),
    .title = AGENDA_ITEM_TITLE, .listed = agenda_item_listed, .sought = { "owner", "created" },
};

static const struct field occurrence_note_fields[] = {
    [OCCURRENCE_NOTE_OCCURRENCE] = OF_OCCURRENCE,
    [OCCURRENCE_NOTE_TEXT] = { .name = "text", .label = "Text", .kind = FIELD_TEXT, .max = 4000,
                               .flags = FIELD_NEEDED | FIELD_SEARCHED, .help = "What was said." },
    [OCCURRENCE_NOTE_AUTHOR] = { .name = "author", .label = "Author", .kind = FIELD_REF,
                                 .refers = "person", .flags = FIELD_COUNTED | FIELD_BY_NAME,
                                 .help = "Who wrote it down." },
};

const struct record occurrence_note_record = {
    .name = "occurrence_note", .plural = "occurrence_notes", .prefix = "OCN",
    .label = "note of a ritual",
    .help = "What was said; a row each, so that several people write at once.",
    .field = occurrence_note_fields, .field_count = COUNT(occurrence_note_fields),
    .title = OCCURRENCE_NOTE_TEXT, .made_by_program = true,
};

static const struct field artifact_reason_fields[] = {
    [ARTIFACT_REASON_OCCURRENCE] = OF_OCCURRENCE,
    [ARTIFACT_REASON_KIND] = { .name = "kind", .label = "Kind", .kind = FIELD_TEXT, .max = 100,
                               .flags = FIELD_NEEDED | FIELD_FIXED,
                               .help = "Of which required artifact there is none." },
    [ARTIFACT_REASON_REASON] = { .name = "reason", .label = "Reason", .kind = FIELD_TEXT,
                                 .flags = FIELD_NEEDED, .help = "Why there is none." },
};

const struct record artifact_reason_record = {
    .name = "artifact_reason", .plural = "artifact_reasons", .prefix = "ARE",
    .label = "reason for none",
    .help = "Why an occurrence leaves none of a required artifact: 'rondo artifact-reason add "
            "--occurrence OCC-1 --kind incident --reason WORDS'.",
    .field = artifact_reason_fields, .field_count = COUNT(artifact_reason_fields),
    .title = ARTIFACT_REASON_REASON, .unique = { { "occurrence", "kind" } },
};

static const struct field minutes_fields[] = {
    [MINUTES_TITLE] = { .name = "title", .label = "Title", .kind = FIELD_TEXT,
                        .flags = FIELD_NEEDED | FIELD_SEARCHED, .help = "Ritual and day." },
    [MINUTES_OCCURRENCE] = { .name = "occurrence", .label = "Occurrence", .kind = FIELD_REF,
                             .refers = "occurrence", .flags = FIELD_NEEDED,
                             .help = "What they are the minutes of." },
    [MINUTES_DAY] = { .name = "day", .label = "Day", .kind = FIELD_DATE,
                      .flags = FIELD_NEEDED | FIELD_INDEXED, .help = "When it was held." },
    [MINUTES_BODY] = { .name = "body", .label = "Minutes", .kind = FIELD_PROSE,
                       .flags = FIELD_NEEDED | FIELD_SEARCHED, .help = "As Markdown." },
    [MINUTES_HASH] = { .name = "hash", .label = "Hash", .kind = FIELD_TEXT, .max = 64,
                       .flags = FIELD_NEEDED, .help = "Of the Markdown, as 32 hex digits." },
};

/* What was agreed stays as it was written down; dropped, it may come back. */
static bool minutes_check(struct call *call, const struct row *before, const struct row *after)
{
    bool is_same = true;
    for (int field = 0; before && field < MINUTES_FIELDS; field++)
        is_same = is_same && value_equal(before->value[field], after->value[field]);
    return is_same || fail(call, FAIL_CONFLICT,
                           "minutes stay as they were written: put what came later into a note");
}

static const char *const minutes_listed[] = { "day", "occurrence", NULL };

const struct record minutes_record = {
    .name = "minutes", .plural = "minutes", .prefix = "MIN", .label = "minutes",
    .help = "What came out of one day of a ritual, as it was when it closed.",
    .field = minutes_fields, .field_count = COUNT(minutes_fields), .title = MINUTES_TITLE,
    .listed = minutes_listed, .check = minutes_check, .made_by_program = true,
    .is_learned_from = true,
};

static const struct field document_fields[] = {
    [DOCUMENT_TITLE] = { .name = "title", .label = "Title", .kind = FIELD_TEXT,
                         .flags = FIELD_NEEDED | FIELD_SEARCHED, .help = "What it is." },
    [DOCUMENT_KIND] = { .name = "kind", .label = "Kind", .kind = FIELD_TEXT, .max = 100,
                        .flags = FIELD_NEEDED | FIELD_INDEXED,
                        .help = "Such as 'watch log' or 'triage record'." },
    [DOCUMENT_BODY] = { .name = "body", .label = "Text", .kind = FIELD_PROSE,
                        .flags = FIELD_NEEDED | FIELD_SEARCHED, .help = "As Markdown." },
};

static const char *const document_listed[] = { "kind", NULL };

static text document_kind(const struct row *row)
{
    return value_as_text(row->value[DOCUMENT_KIND]);
}

const struct record document_record = {
    .name = "document", .plural = "documents", .prefix = "DOC", .label = "document",
    .help = "A written artifact that has no record of its own: 'rondo document add --kind \"watch "
            "log\" --title T --body B'.",
    .field = document_fields, .field_count = COUNT(document_fields), .title = DOCUMENT_TITLE,
    .listed = document_listed, .output_kind = document_kind, .is_learned_from = true,
};
