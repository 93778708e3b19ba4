/*
 * Room updates: what was sent, as it was sent, and the words that explain an exception. Editions
 * are made by update_send.c alone and never change.
 */
#include "rooms/updates/updates.h"
#include "store/find.h"

static const struct field edition_fields[] = {
    [UPDATE_EDITION_TITLE] = { .name = "title",
                               .label = "Title",
                               .kind = FIELD_TEXT,
                               .flags = FIELD_COUNTED | FIELD_SEARCHED,
                               .help = "The update, the audience, and the number." },
    [UPDATE_EDITION_UPDATE] = { .name = "update",
                                .label = "Update",
                                .kind = FIELD_REF,
                                .refers = "update",
                                .flags = FIELD_COUNTED | FIELD_INDEXED | FIELD_BY_NAME,
                                .help = "What it is of." },
    [UPDATE_EDITION_NUMBER] = { .name = "number",
                                .label = "Number",
                                .kind = FIELD_INT,
                                .flags = FIELD_COUNTED,
                                .help = "1 as it was sent first; each correction is one more." },
    [UPDATE_EDITION_AUDIENCE] = { .name = "audience",
                                  .label = "Audience",
                                  .kind = FIELD_CHOICE,
                                  .choices = audience_words,
                                  .flags = FIELD_COUNTED,
                                  .help = "For whom." },
    [UPDATE_EDITION_CORRECTION] = { .name = "correction",
                                    .label = "Correction",
                                    .kind = FIELD_TEXT,
                                    .flags = FIELD_COUNTED | FIELD_SEARCHED,
                                    .help = "What it corrects; none: it is the first." },
    [UPDATE_EDITION_MARKDOWN] = { .name = "markdown",
                                  .label = "Text",
                                  .kind = FIELD_PROSE,
                                  .flags = FIELD_COUNTED | FIELD_SEARCHED,
                                  .help = "Every word, with the figures as they were." },
    [UPDATE_EDITION_FIGURES] = { .name = "figures",
                                 .label = "Figures",
                                 .kind = FIELD_JSON,
                                 .flags = FIELD_COUNTED,
                                 .help = "Each figure with what it was asked, its value, its "
                                         "evidence and its time." },
    [UPDATE_EDITION_CONTENT_HASH] = { .name = "content_hash",
                                      .label = "Content hash",
                                      .kind = FIELD_TEXT,
                                      .flags = FIELD_COUNTED,
                                      .max = 64,
                                      .help = "BLAKE2b of the text and the figures." },
    [UPDATE_EDITION_PERSON] = { .name = "person",
                                .label = "Sent by",
                                .kind = FIELD_REF,
                                .refers = "person",
                                .flags = FIELD_COUNTED | FIELD_BY_NAME,
                                .help = "Who sent it." },
    [UPDATE_EDITION_SENT_AT] = { .name = "sent_at",
                                 .label = "Sent",
                                 .kind = FIELD_STAMP,
                                 .flags = FIELD_COUNTED | FIELD_INDEXED,
                                 .help = "When." },
};

static bool edition_check(struct call *call, const struct row *before, const struct row *after)
{
    (void)after;
    return !before || fail(call, FAIL_CONFLICT, "what was sent does not change");
}

static bool edition_check_drop(struct call *call, const struct row *edition)
{
    return fail(call, FAIL_CONFLICT, "'%.*s' was sent: it stays at its address",
                TEXT_FMT(row_public_id(call, &update_edition_record, edition->id)));
}

static const char *const edition_listed[] = { "audience", "number",     "sent_at",
                                              "person",   "correction", NULL };

const struct record update_edition_record = {
    .name = "update_edition",
    .plural = "update_editions",
    .prefix = "UED",
    .label = "edition",
    .help = "An update as it was sent to one audience: 'rondo update send' makes it.",
    .field = edition_fields,
    .field_count = sizeof edition_fields / sizeof edition_fields[0],
    .title = UPDATE_EDITION_TITLE,
    .listed = edition_listed,
    .sought = { "update", "number" },
    .check = edition_check,
    .check_drop = edition_check_drop,
    .made_by_program = true,
};

static const struct field explanation_fields[] = {
    [UPDATE_EXPLANATION_EXPLANATION] = { .name = "explanation",
                                         .label = "Explanation",
                                         .kind = FIELD_TEXT,
                                         .flags = FIELD_NEEDED | FIELD_SEARCHED,
                                         .help = "Why it is so, and what is done about it." },
    [UPDATE_EXPLANATION_UPDATE] = { .name = "update",
                                    .label = "Update",
                                    .kind = FIELD_REF,
                                    .refers = "update",
                                    .flags = FIELD_NEEDED | FIELD_OWNED | FIELD_FIXED |
                                             FIELD_BY_NAME,
                                    .help = "Where it is explained." },
    [UPDATE_EXPLANATION_ABOUT] = { .name = "about",
                                   .label = "About",
                                   .kind = FIELD_TEXT,
                                   .flags = FIELD_NEEDED | FIELD_FIXED,
                                   .max = 60,
                                   .help = "What is explained, by its id, such as WAI-3." },
};

static bool explanation_check(struct call *call, const struct row *before, const struct row *after)
{
    struct row update;
    (void)before;
    if (!find_row(call, &update_record,
                  value_as_int(after->value[UPDATE_EXPLANATION_UPDATE]), &update))
        return false;
    return !update_is_sent(&update) ||
           fail(call, FAIL_CONFLICT, "'%.*s' was sent: its words do not change",
                TEXT_FMT(row_title(call, &update)));
}

const struct record update_explanation_record = {
    .name = "update_explanation",
    .plural = "update_explanations",
    .prefix = "UEX",
    .label = "explanation",
    .help = "Words beside an exception that an update cannot leave out: 'rondo update explain'.",
    .field = explanation_fields,
    .field_count = sizeof explanation_fields / sizeof explanation_fields[0],
    .title = UPDATE_EXPLANATION_EXPLANATION,
    .unique = { { "update", "about" } },
    .check = explanation_check,
};
