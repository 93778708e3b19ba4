/* Room prompts: what one person said of a change; change_rules.c makes such rows. */
#include "rooms/prompts/change_rules.h"
#include "rooms/prompts/prompts.h"

static const char *const role_choices[] = { "author", "council", "executive", NULL };

static const struct field review_fields[] = {
    [PROMPT_REVIEW_NOTE] = { .name = "note",
                             .label = "Note",
                             .kind = FIELD_TEXT,
                             .flags = FIELD_COUNTED | FIELD_SEARCHED,
                             .help = "What was said with it." },
    [PROMPT_REVIEW_CHANGE] = { .name = "prompt_change",
                               .label = "Change request",
                               .kind = FIELD_REF,
                               .refers = "prompt_change",
                               .flags = FIELD_COUNTED | FIELD_OWNED,
                               .help = "What it is about." },
    [PROMPT_REVIEW_VERDICT] = { .name = "verdict",
                                .label = "Verdict",
                                .kind = FIELD_CHOICE,
                                .choices = council_verdict_words,
                                .flags = FIELD_COUNTED,
                                .help = "What was decided." },
    [PROMPT_REVIEW_PERSON] = { .name = "person",
                               .label = "Person",
                               .kind = FIELD_REF,
                               .refers = "person",
                               .flags = FIELD_COUNTED | FIELD_BY_NAME,
                               .help = "Who said it." },
    [PROMPT_REVIEW_ROLE] = { .name = "role",
                             .label = "Role",
                             .kind = FIELD_CHOICE,
                             .choices = role_choices,
                             .flags = FIELD_COUNTED,
                             .help = "As what." },
    [PROMPT_REVIEW_CONTENT_HASH] = { .name = "content_hash",
                                     .label = "Content hash",
                                     .kind = FIELD_TEXT,
                                     .flags = FIELD_COUNTED,
                                     .max = 64,
                                     .help = "Of everything that was decided on; an approval holds "
                                             "while it is the same." },
    [PROMPT_REVIEW_AT] = { .name = "at",
                           .label = "At",
                           .kind = FIELD_STAMP,
                           .flags = FIELD_COUNTED | FIELD_INDEXED,
                           .help = "When." },
    [PROMPT_REVIEW_TEAM] = PROMPT_TEAM_FIELD,
};

/* What was put off or handed on is not decided. */
static text review_kind(const struct row *row)
{
    text verdict = value_as_text(row->value[PROMPT_REVIEW_VERDICT]);
    bool is_open = text_is(verdict, council_verdict_words[COUNCIL_DEFER]) ||
                   text_is(verdict, council_verdict_words[COUNCIL_ESCALATE]);
    return is_open ? text_of(row->record->name) : TEXT("decision");
}

static const char *const review_listed[] = { "prompt_change", "verdict", "person", "role", "at",
                                             NULL };

const struct record prompt_review_record = {
    .name = "prompt_review",
    .plural = "prompt_reviews",
    .prefix = "APR",
    .label = "approval",
    .help = "What one person of the council said of a change: 'rondo prompt-change approve PCR-1'.",
    .field = review_fields,
    .field_count = sizeof review_fields / sizeof review_fields[0],
    .title = PROMPT_REVIEW_NOTE,
    .listed = review_listed,
    .output_kind = review_kind,
    .made_by_program = true,
    .writers = ROLE_MEMBER | ROLE_COUNCIL | ROLE_EXECUTIVE | ROLE_OWNER,
};
